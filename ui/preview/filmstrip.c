/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "filmstrip.h"

#include <glib/gi18n-lib.h>

#include "film.h"

/**
 * DotFilmstrip:
 *
 * The updates of a gallery's candidate to scroll through, and a slider over
 * them.  Time runs from left to right, whatever way text does.
 */

struct _DotFilmstrip
{
  GtkBox parent_instance;

  DotGallery *gallery;
  GtkWidget  *film;
  GtkWidget  *slider;
};

G_DEFINE_FINAL_TYPE (DotFilmstrip, dot_filmstrip, GTK_TYPE_BOX)

static void
scrub (DotFilmstrip *strip)
{
  double value = gtk_range_get_value (GTK_RANGE (strip->slider));

  dot_gallery_set_position (strip->gallery, (guint) (value + 0.5));
}

/* A range of one position is none.  Setting a range may move the value, which
 * nobody did. */
static void
update (DotFilmstrip *strip, DotGalleryChange change)
{
  GtkRange *range = GTK_RANGE (strip->slider);
  guint     n     = dot_gallery_get_n_positions (strip->gallery);

  g_signal_handlers_block_by_func (range, scrub, strip);
  gtk_widget_set_sensitive (strip->slider, n > 1);
  gtk_range_set_range (range, 0.0, MAX (n, 2) - 1.0);
  gtk_range_set_value (range, dot_gallery_get_position (strip->gallery));
  g_signal_handlers_unblock_by_func (range, scrub, strip);
}

static GtkWidget *
make_window (DotFilmstrip *strip)
{
  GtkWidget *window = gtk_scrolled_window_new (NULL, NULL);

  strip->film = dot_film_new (strip->gallery);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (window), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_shadow_type (GTK_SCROLLED_WINDOW (window), GTK_SHADOW_IN);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (window), TRUE);
  gtk_container_add (GTK_CONTAINER (window), strip->film);
  gtk_widget_set_direction (window, GTK_TEXT_DIR_LTR);
  return window;
}

static GtkWidget *
make_slider (DotFilmstrip *strip)
{
  GtkWidget *slider = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 0.0, 1.0, 1.0);

  gtk_range_set_round_digits (GTK_RANGE (slider), 0);
  gtk_scale_set_draw_value (GTK_SCALE (slider), FALSE);
  gtk_widget_set_hexpand (slider, TRUE);
  gtk_widget_set_direction (slider, GTK_TEXT_DIR_LTR);
  gtk_widget_set_tooltip_text (slider, _ ("Which update to look at (arrow keys)"));
  atk_object_set_name (gtk_widget_get_accessible (slider), _ ("Update"));
  g_signal_connect_object (slider, "value-changed", G_CALLBACK (scrub), strip, G_CONNECT_SWAPPED);
  return slider;
}

static void
dot_filmstrip_dispose (GObject *object)
{
  g_clear_object (&DOT_FILMSTRIP (object)->gallery);

  G_OBJECT_CLASS (dot_filmstrip_parent_class)->dispose (object);
}

static void
dot_filmstrip_class_init (DotFilmstripClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dot_filmstrip_dispose;
}

static void
dot_filmstrip_init (DotFilmstrip *strip)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (strip), GTK_ORIENTATION_VERTICAL);
}

/**
 * dot_filmstrip_new:
 * @gallery: whose updates to show
 *
 * Returns: the strip
 */
GtkWidget *
dot_filmstrip_new (DotGallery *gallery)
{
  DotFilmstrip *strip = g_object_new (DOT_TYPE_FILMSTRIP, NULL);

  strip->gallery = g_object_ref (gallery);
  gtk_container_add (GTK_CONTAINER (strip), make_window (strip));
  strip->slider = make_slider (strip);
  gtk_container_add (GTK_CONTAINER (strip), strip->slider);
  gtk_widget_show_all (GTK_WIDGET (strip));

  g_signal_connect_object (gallery, "changed", G_CALLBACK (update), strip, G_CONNECT_SWAPPED);
  update (strip, DOT_GALLERY_CLEARED);
  return GTK_WIDGET (strip);
}

/**
 * dot_filmstrip_get_film:
 *
 * Returns: (transfer none): the #DotFilm, which takes the focus
 */
GtkWidget *
dot_filmstrip_get_film (DotFilmstrip *strip)
{
  return strip->film;
}

/**
 * dot_filmstrip_get_slider:
 *
 * Returns: (transfer none): the #GtkScale
 */
GtkWidget *
dot_filmstrip_get_slider (DotFilmstrip *strip)
{
  return strip->slider;
}
