/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What says how a zoom view shows its picture. */

#include "config.h"

#include "zoom-bar.h"

#include <glib/gi18n-lib.h>

#include "widgets/wrap-box.h"

/* A list's texts, by their ids: the zoom, where 0 is as large as fits. */
static const guint zooms[] = { 0, 1, 2, 4, 8 };

static gboolean
to_id (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  g_value_take_string (to, g_strdup_printf ("%u", g_value_get_uint (from)));
  return TRUE;
}

static gboolean
from_id (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  const char *id = g_value_get_string (from);

  if (id)
    g_value_set_uint (to, (guint) g_ascii_strtoull (id, NULL, 10));
  return id != NULL;
}

static void
append (GtkComboBoxText *list, guint zoom)
{
  /* TRANSLATORS: how many times as large: "2×" */
  g_autofree char *times = g_strdup_printf (_ ("%u×"), zoom);
  g_autofree char *id    = g_strdup_printf ("%u", zoom);

  gtk_combo_box_text_append (list, id, zoom ? times : _ ("Fit"));
}

static GtkWidget *
make_list (DotZoomView *view)
{
  GtkWidget *list = gtk_combo_box_text_new ();

  for (guint i = 0; i < G_N_ELEMENTS (zooms); i++)
    append (GTK_COMBO_BOX_TEXT (list), zooms[i]);
  gtk_widget_set_tooltip_text (list, _ ("How large (+, −, 0)"));
  atk_object_set_name (gtk_widget_get_accessible (list), _ ("Zoom"));
  g_object_bind_property_full (view, "zoom", list, "active-id",
                               G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE, to_id, from_id,
                               NULL, NULL);
  return list;
}

static GtkWidget *
make_smooth (DotZoomView *view)
{
  GtkWidget *button = gtk_check_button_new_with_label (_ ("Smooth"));

  gtk_widget_set_tooltip_text (button, _ ("Blend pixels instead of showing squares (S)"));
  g_object_bind_property (view, "smooth", button, "active",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  return button;
}

/**
 * dot_zoom_bar_new:
 * @view: what it is for
 *
 * Returns: a list of how large, and whether pixels are smooth
 */
GtkWidget *
dot_zoom_bar_new (DotZoomView *view)
{
  GtkWidget *bar = dot_wrap_box_new (12);

  gtk_container_add (GTK_CONTAINER (bar), make_list (view));
  gtk_container_add (GTK_CONTAINER (bar), make_smooth (view));
  gtk_widget_show_all (bar);
  return bar;
}
