/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Numbers beside pictures and curves. */

#include "config.h"

#include "small-text.h"

/**
 * dot_small_text_new:
 * @widget: what it is drawn in
 *
 * Returns: (transfer full): @text, a little smaller than the widget's
 */
PangoLayout *
dot_small_text_new (GtkWidget *widget, const char *text)
{
  PangoLayout *layout            = NULL;
  g_autoptr (PangoAttrList) list = pango_attr_list_new ();

  layout = gtk_widget_create_pango_layout (widget, text);
  pango_attr_list_insert (list, pango_attr_scale_new (PANGO_SCALE_SMALL));
  pango_layout_set_attributes (layout, list);
  return layout;
}

/**
 * dot_small_text_get_width:
 *
 * Returns: how wide it is, in GTK's pixels
 */
int
dot_small_text_get_width (PangoLayout *layout)
{
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

/**
 * dot_small_text_get_height:
 *
 * Returns: how high a line of it is in @widget, in GTK's pixels
 */
int
dot_small_text_get_height (GtkWidget *widget)
{
  g_autoptr (PangoLayout) layout = dot_small_text_new (widget, "0");
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return height;
}

/**
 * dot_small_text_number:
 *
 * Returns: (transfer full): a score or a distance, whose sign is before it
 *   where text runs from right to left, too
 */
char *
dot_small_text_number (double number)
{
  return g_strdup_printf ("\u200e%.2f", number);
}
