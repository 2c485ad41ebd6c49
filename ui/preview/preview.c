/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "preview.h"

#include <glib/gi18n-lib.h>

#include "candidate-grid.h"
#include "filmstrip.h"
#include "picture-room.h"
#include "picture-text.h"
#include "score-plot.h"
#include "widgets/wrap-box.h"
#include "zoom-bar.h"

/**
 * DotPreview:
 *
 * Looking at a run: the candidates and the one that is looked at large, which
 * have what room there is; below them a button that shows the unrefined
 * pictures as long as it is held, the updates, and the plot of its numbers.  It
 * is hidden until there is a picture.
 */

/* Pictures are no lower than this: what has no room below them is scrolled to,
 * in GTK's pixels. */
#define ROOM_HEIGHT 200

/* Of what is said of the picture so many letters are in a line. */
#define CAPTION_CHARS 22

/* So much of the film is seen beside the plot, in GTK's pixels. */
#define FILM_WIDTH 240

struct _DotPreview
{
  GtkBox parent_instance;

  DotGallery *gallery;
  GtkWidget  *candidates;
  GtkWidget  *zoom;
  GtkWidget  *caption;
  GtkWidget  *chosen;
  gboolean    pressed;
  guint16     key;
};

enum
{
  COMPARE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DotPreview, dot_preview, GTK_TYPE_BOX)

/*  what changes  */

static void
show_caption (DotPreview *preview)
{
  DotGallery      *gallery   = preview->gallery;
  guint            shown     = dot_gallery_get_shown (gallery);
  guint            candidate = dot_gallery_get_candidate (gallery);
  g_autofree char *caption   = dot_picture_text_caption (gallery, candidate, shown);
  g_autofree char *help      = dot_picture_text_help (gallery, candidate, shown);

  gtk_label_set_text (GTK_LABEL (preview->caption), caption);
  gtk_widget_set_tooltip_text (preview->caption, help);
}

/* Said only where it isn't just what is looked at. */
static void
show_chosen (DotPreview *preview)
{
  guint            n    = dot_gallery_get_n_chosen (preview->gallery);
  g_autofree char *text = NULL;

  text = g_strdup_printf (ngettext ("%u picture chosen", "%u pictures chosen", n), n);
  gtk_label_set_text (GTK_LABEL (preview->chosen), text);
  gtk_widget_set_visible (preview->chosen, n != 1 || dot_gallery_get_n_marked (preview->gallery));
}

static void
update (DotPreview *preview, DotGalleryChange change)
{
  DotGallery *gallery = preview->gallery;
  gboolean    any     = dot_gallery_get_n_positions (gallery) > 0;

  gtk_widget_set_visible (GTK_WIDGET (preview), any);
  if (! any)
    return;

  gtk_widget_set_visible (preview->candidates, dot_gallery_get_n_candidates (gallery) > 1);
  show_caption (preview);
  show_chosen (preview);
}

/*  what the person does  */

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

/* On the button a key shows it until the next one, for who can't hold one. */
static void
compare_by_key (DotPreview *preview)
{
  dot_gallery_set_comparing (preview->gallery, ! dot_gallery_get_comparing (preview->gallery));
}

static void
press (DotPreview *preview)
{
  preview->pressed = TRUE;
  compare (preview);
}

/* The release of a key goes to who has the focus by then. */
static void
release (DotPreview *preview)
{
  if (preview->pressed)
    compare_no_more (preview);
  preview->pressed = FALSE;
}

static void
dot_preview_set_focus_child (GtkContainer *container, GtkWidget *child)
{
  GTK_CONTAINER_CLASS (dot_preview_parent_class)->set_focus_child (container, child);

  if (! child)
    release (DOT_PREVIEW (container));
}

static void
dot_preview_state_flags_changed (GtkWidget *widget, GtkStateFlags before)
{
  if (gtk_widget_get_state_flags (widget) & GTK_STATE_FLAG_BACKDROP)
    release (DOT_PREVIEW (widget));
}

/* Keys that zoom do so wherever the focus is in here. */
static gboolean
dot_preview_key_press (GtkWidget *widget, GdkEventKey *event)
{
  DotPreview *preview = DOT_PREVIEW (widget);

  if (! preview->pressed)
    preview->key = event->hardware_keycode;
  return GTK_WIDGET_CLASS (dot_preview_parent_class)->key_press_event (widget, event) ||
         gtk_bindings_activate_event (G_OBJECT (preview->zoom), event);
}

/* The same key, whatever it means by now. */
static gboolean
dot_preview_key_release (GtkWidget *widget, GdkEventKey *event)
{
  DotPreview *preview = DOT_PREVIEW (widget);

  if (event->hardware_keycode == preview->key)
    release (preview);
  return GTK_WIDGET_CLASS (dot_preview_parent_class)->key_release_event (widget, event);
}

/*  what is in it  */

/* There may be more candidates than there is room for.  GTK 3.24 asks for both
 * adjustments where one drags over a flow box in a viewport, though it has to
 * be given them. */
static GtkWidget *
make_candidates (DotPreview *preview)
{
  GtkWidget         *window   = gtk_scrolled_window_new (NULL, NULL);
  GtkScrolledWindow *scrolled = GTK_SCROLLED_WINDOW (window);
  GtkWidget         *grid     = dot_candidate_grid_new (preview->gallery);

  gtk_scrolled_window_set_policy (scrolled, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_width (scrolled, TRUE);
  gtk_scrolled_window_set_propagate_natural_height (scrolled, TRUE);
  gtk_container_add (GTK_CONTAINER (window), grid);
  gtk_flow_box_set_hadjustment (GTK_FLOW_BOX (grid),
                                gtk_scrolled_window_get_hadjustment (scrolled));
  gtk_flow_box_set_vadjustment (GTK_FLOW_BOX (grid),
                                gtk_scrolled_window_get_vadjustment (scrolled));
  return window;
}

static GtkWidget *
make_pictures (DotPreview *preview)
{
  GtkWidget *room;

  preview->candidates = make_candidates (preview);
  preview->zoom       = dot_zoom_view_new (preview->gallery);
  room                = dot_picture_room_new (preview->candidates, preview->zoom);
  gtk_widget_set_vexpand (room, TRUE);
  gtk_widget_set_size_request (room, -1, ROOM_HEIGHT);
  return room;
}

static GtkWidget *
make_compare_button (DotPreview *preview)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Before"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Hold to see the pictures before refinement (hold B)"));
  g_signal_connect_object (button, "pressed", G_CALLBACK (compare), preview, G_CONNECT_SWAPPED);
  g_signal_connect_object (button, "released", G_CALLBACK (compare_no_more), preview,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (button, "activate", G_CALLBACK (compare_by_key), preview,
                           G_CONNECT_SWAPPED);
  return button;
}

/* All of it can be read, in as many lines as it needs. */
static GtkWidget *
make_caption (void)
{
  GtkWidget *caption = gtk_label_new (NULL);

  gtk_label_set_line_wrap (GTK_LABEL (caption), TRUE);
  gtk_label_set_line_wrap_mode (GTK_LABEL (caption), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (caption), 0.0);
  gtk_label_set_width_chars (GTK_LABEL (caption), CAPTION_CHARS);
  gtk_widget_set_hexpand (caption, TRUE);
  return caption;
}

static GtkWidget *
make_chosen (void)
{
  GtkWidget *chosen = gtk_label_new (NULL);

  gtk_style_context_add_class (gtk_widget_get_style_context (chosen), GTK_STYLE_CLASS_DIM_LABEL);
  return chosen;
}

/* What is looked at, and how. */
static GtkWidget *
make_line (DotPreview *preview)
{
  GtkWidget *row = dot_wrap_box_new (12);

  preview->caption = make_caption ();
  preview->chosen  = make_chosen ();
  gtk_container_add (GTK_CONTAINER (row), preview->caption);
  gtk_container_add (GTK_CONTAINER (row), preview->chosen);
  gtk_container_add (GTK_CONTAINER (row), dot_zoom_bar_new (DOT_ZOOM_VIEW (preview->zoom)));
  gtk_container_add (GTK_CONTAINER (row), make_compare_button (preview));
  return row;
}

/* What became of it, update by update: pictures, and beside them numbers. */
static GtkWidget *
make_updates (DotPreview *preview)
{
  GtkWidget *row  = dot_wrap_box_new (12);
  GtkWidget *film = dot_filmstrip_new (preview->gallery);

  gtk_widget_set_hexpand (film, TRUE);
  gtk_widget_set_size_request (film, FILM_WIDTH, -1);
  gtk_container_add (GTK_CONTAINER (row), film);
  gtk_container_add (GTK_CONTAINER (row), dot_score_plot_new (preview->gallery));
  return row;
}

/*  the class  */

static void
dot_preview_dispose (GObject *object)
{
  g_clear_object (&DOT_PREVIEW (object)->gallery);

  G_OBJECT_CLASS (dot_preview_parent_class)->dispose (object);
}

static void
dot_preview_class_init (DotPreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose              = dot_preview_dispose;
  GTK_CONTAINER_CLASS (klass)->set_focus_child = dot_preview_set_focus_child;
  widget_class->state_flags_changed            = dot_preview_state_flags_changed;
  widget_class->key_press_event                = dot_preview_key_press;
  widget_class->key_release_event              = dot_preview_key_release;

  /* What a key does as long as it is held; a theme can bind another. */
  signals[COMPARE] = g_signal_new_class_handler ("compare", DOT_TYPE_PREVIEW,
                                                 G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION,
                                                 G_CALLBACK (press), NULL, NULL, NULL, G_TYPE_NONE,
                                                 0);
  gtk_binding_entry_add_signal (gtk_binding_set_by_class (klass), GDK_KEY_b, 0, "compare", 0);
}

static void
dot_preview_init (DotPreview *preview)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (preview), GTK_ORIENTATION_VERTICAL);
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
  gtk_container_add (box, make_pictures (preview));
  gtk_container_add (box, make_line (preview));
  gtk_container_add (box, make_updates (preview));
  gtk_widget_show_all (GTK_WIDGET (preview));
  gtk_widget_set_no_show_all (GTK_WIDGET (preview), TRUE);

  g_signal_connect_object (gallery, "changed", G_CALLBACK (update), preview, G_CONNECT_SWAPPED);
  update (preview, DOT_GALLERY_CLEARED);
  return GTK_WIDGET (preview);
}
