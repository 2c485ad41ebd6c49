/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#include "config.h"

#include "preview.h"

#include <glib/gi18n-lib.h>

#include "candidate-grid.h"
#include "score-plot.h"

/**
 * DotPreview:
 *
 * Looking at a run: the candidates, the plot of their scores, a slider over
 * the updates, and a button that shows the unrefined pictures as long as it is
 * held.  It is hidden until there is a picture.
 */

struct _DotPreview
{
  GtkBox      parent_instance;

  DotGallery *gallery;
  GtkWidget  *caption;
  GtkWidget  *slider;
};

G_DEFINE_FINAL_TYPE (DotPreview, dot_preview, GTK_TYPE_BOX)

/*  what changes  */

static void
show_caption (DotPreview *preview)
{
  DotGallery      *gallery = preview->gallery;
  guint            shown   = dot_gallery_get_shown (gallery);
  guint            chosen  = dot_gallery_get_candidate (gallery);
  g_autofree char *text    = NULL;

  text = g_strdup_printf (_("%s · distance %.2f"),
                          dot_gallery_get_title (gallery, chosen, shown),
                          dot_gallery_get_distance (gallery, chosen, shown));
  gtk_label_set_text (GTK_LABEL (preview->caption), text);
}

/*  A range of one position is none.  */
static void
show_position (DotPreview *preview)
{
  guint n = dot_gallery_get_n_positions (preview->gallery);

  gtk_widget_set_sensitive (preview->slider, n > 1);
  gtk_range_set_range (GTK_RANGE (preview->slider), 0.0, MAX (n, 2) - 1.0);
  gtk_range_set_value (GTK_RANGE (preview->slider),
                       dot_gallery_get_position (preview->gallery));
}

static void
update (DotPreview *preview)
{
  gboolean any = dot_gallery_get_n_positions (preview->gallery) > 0;

  gtk_widget_set_visible (GTK_WIDGET (preview), any);
  if (! any)
    return;

  show_caption (preview);
  show_position (preview);
}

/*  what the person does  */

static void
scrub (DotPreview *preview)
{
  double value = gtk_range_get_value (GTK_RANGE (preview->slider));

  dot_gallery_set_position (preview->gallery, (guint) (value + 0.5));
}

static void
compare (DotPreview *preview)
{
  dot_gallery_set_comparing (preview->gallery, TRUE);
}

static void
compare_no_more (DotPreview *preview)
{
  dot_gallery_set_comparing (preview->gallery, FALSE);
}

/*  A key shows it until the next one, for nobody can hold Space.  */
static void
compare_by_key (DotPreview *preview)
{
  dot_gallery_set_comparing (preview->gallery,
                             ! dot_gallery_get_comparing (preview->gallery));
}

/*  what is in it  */

static GtkWidget *
make_slider (DotPreview *preview)
{
  GtkWidget *slider = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL,
                                                0.0, 1.0, 1.0);

  gtk_range_set_round_digits (GTK_RANGE (slider), 0);
  gtk_scale_set_draw_value (GTK_SCALE (slider), FALSE);
  gtk_widget_set_hexpand (slider, TRUE);
  gtk_widget_set_tooltip_text (slider, _("Which update to look at"));
  atk_object_set_name (gtk_widget_get_accessible (slider), _("Update"));
  g_signal_connect_object (slider, "value-changed", G_CALLBACK (scrub),
                           preview, G_CONNECT_SWAPPED);

  return slider;
}

static GtkWidget *
make_compare_button (DotPreview *preview)
{
  GtkWidget *button = gtk_button_new_with_label (_("Before"));

  gtk_widget_set_tooltip_text (button,
                               _("Hold to see the pictures before refinement"));
  g_signal_connect_object (button, "pressed", G_CALLBACK (compare), preview,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (button, "released", G_CALLBACK (compare_no_more),
                           preview, G_CONNECT_SWAPPED);
  g_signal_connect_object (button, "activate", G_CALLBACK (compare_by_key),
                           preview, G_CONNECT_SWAPPED);

  return button;
}

static GtkWidget *
make_controls (DotPreview *preview)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  preview->slider = make_slider (preview);
  gtk_container_add (GTK_CONTAINER (row), preview->slider);
  gtk_container_add (GTK_CONTAINER (row), make_compare_button (preview));

  return row;
}

static GtkWidget *
make_caption (void)
{
  GtkWidget *caption = gtk_label_new (NULL);

  gtk_label_set_line_wrap (GTK_LABEL (caption), TRUE);
  gtk_label_set_justify (GTK_LABEL (caption), GTK_JUSTIFY_CENTER);
  gtk_label_set_max_width_chars (GTK_LABEL (caption), 36);

  return caption;
}

static void
dot_preview_dispose (GObject *object)
{
  g_clear_object (&DOT_PREVIEW (object)->gallery);

  G_OBJECT_CLASS (dot_preview_parent_class)->dispose (object);
}

static void
dot_preview_class_init (DotPreviewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dot_preview_dispose;
}

static void
dot_preview_init (DotPreview *preview)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (preview),
                                  GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (preview), 6);
}

/**
 * dot_preview_new:
 * @gallery: what to look at
 *
 * Returns: the preview, which shows itself once there are pictures
 */
GtkWidget *
dot_preview_new (DotGallery *gallery)
{
  DotPreview   *preview = g_object_new (DOT_TYPE_PREVIEW, NULL);
  GtkContainer *box     = GTK_CONTAINER (preview);

  preview->gallery = g_object_ref (gallery);
  preview->caption = make_caption ();
  gtk_container_add (box, dot_candidate_grid_new (gallery));
  gtk_container_add (box, preview->caption);
  gtk_container_add (box, dot_score_plot_new (gallery));
  gtk_container_add (box, make_controls (preview));
  gtk_widget_show_all (GTK_WIDGET (preview));
  gtk_widget_set_no_show_all (GTK_WIDGET (preview), TRUE);

  g_signal_connect_object (gallery, "changed", G_CALLBACK (update), preview,
                           G_CONNECT_SWAPPED);
  update (preview);

  return GTK_WIDGET (preview);
}
