/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "film.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "film-frame.h"

/**
 * DotFilm:
 *
 * The updates of a gallery's candidate side by side, in the order of time,
 * whatever way text runs: small pictures with their scores, the one that is
 * shown framed, the marked ones with a badge.  All is one drawing, of which
 * only what is seen is drawn.  #DotFilmstrip has it in a scrolled window.
 */

struct _DotFilm
{
  DotScrollArea parent_instance;

  DotGallery   *gallery;
  DotFilmFrame *frame;
};

enum
{
  MOVE_CURSOR,
  TOGGLE_MARK,
  MARK_ALL,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DotFilm, dot_film, DOT_TYPE_SCROLL_AREA)

/*  where what is  */

static int
get_cell_width (DotFilm *film)
{
  return dot_film_frame_get_width (film->frame);
}

/**
 * dot_film_get_place:
 * @place: (out): where the picture after an update is in the widget, which may
 *   be out of sight
 */
void
dot_film_get_place (DotFilm *film, guint position, GdkRectangle *place)
{
  int width = get_cell_width (film);

  place->x     = (int) ((double) position * width - dot_scroll_area_get_x (DOT_SCROLL_AREA (film)));
  place->y     = 0;
  place->width = width;
  place->height = gtk_widget_get_allocated_height (GTK_WIDGET (film));
}

static gboolean
find_position (DotFilm *film, double x, guint *position)
{
  double place = (x + dot_scroll_area_get_x (DOT_SCROLL_AREA (film))) / get_cell_width (film);

  *position = (guint) MAX (place, 0.0);
  return place >= 0.0 && *position < dot_gallery_get_n_positions (film->gallery);
}

static void
show_position (DotFilm *film)
{
  int    width    = get_cell_width (film);
  double position = dot_gallery_get_position (film->gallery);

  dot_scroll_area_show_x (DOT_SCROLL_AREA (film), position * width, width);
}

/*  what changes  */

static void
resize (DotFilm *film)
{
  double n = dot_gallery_get_n_positions (film->gallery);

  if (! dot_film_frame_fit (film->frame, film->gallery))
    show_position (film);
  dot_scroll_area_set_content (DOT_SCROLL_AREA (film), n * get_cell_width (film), 0.0);
}

/* Who can't see it hears what is shown. */
static void
describe (DotFilm *film)
{
  DotGallery      *gallery   = film->gallery;
  guint            position  = dot_gallery_get_position (gallery);
  guint            candidate = dot_gallery_get_candidate (gallery);
  const char      *format    = NULL;
  g_autofree char *name      = NULL;

  if (dot_gallery_get_n_positions (gallery) == 0)
    return;

  format = dot_gallery_is_marked (gallery, position)
             /* TRANSLATORS: "Update 4 of 16, score 1.93, marked" */
             ? _ (
               "Update %u of %u, score %.2f, marked")
             /* TRANSLATORS: "Update 4 of 16, score 1.93" */
             : _ ("Update %u of %u, score %.2f");
  name = g_strdup_printf (format, dot_gallery_get_update (gallery, position),
                          dot_gallery_get_n_updates (gallery),
                          dot_gallery_get_score (gallery, candidate, position));
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (film)), name);
}

static void
update (DotFilm *film, DotGalleryChange change)
{
  if (change & (DOT_GALLERY_CLEARED | DOT_GALLERY_CANDIDATE))
    dot_film_frame_forget (film->frame);
  if (change & (DOT_GALLERY_CLEARED | DOT_GALLERY_ADDED))
    resize (film);
  if (change & DOT_GALLERY_SHOWN)
    show_position (film);
  if (change == DOT_GALLERY_SELECTION)
    return;

  describe (film);
  gtk_widget_queue_draw (GTK_WIDGET (film));
}

/*  keys  */

static guint
count_page (DotFilm *film)
{
  int width = gtk_widget_get_allocated_width (GTK_WIDGET (film));

  return MAX (width / get_cell_width (film) - 1, 1);
}

static void
move_cursor (DotFilm *film, GtkMovementStep step, int count)
{
  guint  n        = dot_gallery_get_n_positions (film->gallery);
  gint64 position = dot_gallery_get_position (film->gallery);

  if (n == 0)
    return;
  if (step == GTK_MOVEMENT_BUFFER_ENDS)
    position = count < 0 ? 0 : n - 1;
  else if (step == GTK_MOVEMENT_PAGES)
    position += count * (gint64) count_page (film);
  else
    position += count;

  dot_gallery_set_position (film->gallery, CLAMP (position, 0, n - 1));
}

static void
toggle (DotFilm *film, guint position)
{
  if (position < dot_gallery_get_n_positions (film->gallery))
    dot_gallery_set_marked (film->gallery, position,
                            ! dot_gallery_is_marked (film->gallery, position));
}

static void
toggle_mark (DotFilm *film)
{
  toggle (film, dot_gallery_get_position (film->gallery));
}

static void
mark_all (DotFilm *film, gboolean all)
{
  if (all)
    dot_gallery_mark_all (film->gallery);
  else
    dot_gallery_mark_none (film->gallery);
}

/* The same key on the number pad. */
static void
bind_move (GtkBindingSet *set, guint key, guint pad_key, GtkMovementStep step, int count)
{
  const guint keys[] = { key, pad_key };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_binding_entry_add_signal (set, keys[i], 0, "move-cursor", 2, GTK_TYPE_MOVEMENT_STEP, step,
                                  G_TYPE_INT, count);
}

static void
bind_keys (GtkBindingSet *set)
{
  bind_move (set, GDK_KEY_Left, GDK_KEY_KP_Left, GTK_MOVEMENT_VISUAL_POSITIONS, -1);
  bind_move (set, GDK_KEY_Right, GDK_KEY_KP_Right, GTK_MOVEMENT_VISUAL_POSITIONS, 1);
  bind_move (set, GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, GTK_MOVEMENT_PAGES, -1);
  bind_move (set, GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, GTK_MOVEMENT_PAGES, 1);
  bind_move (set, GDK_KEY_Home, GDK_KEY_KP_Home, GTK_MOVEMENT_BUFFER_ENDS, -1);
  bind_move (set, GDK_KEY_End, GDK_KEY_KP_End, GTK_MOVEMENT_BUFFER_ENDS, 1);

  gtk_binding_entry_add_signal (set, GDK_KEY_space, 0, "toggle-mark", 0);
  gtk_binding_entry_add_signal (set, GDK_KEY_KP_Space, 0, "toggle-mark", 0);
  gtk_binding_entry_add_signal (set, GDK_KEY_a, GDK_CONTROL_MASK, "mark-all", 1, G_TYPE_BOOLEAN,
                                TRUE);
  gtk_binding_entry_add_signal (set, GDK_KEY_a, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "mark-all", 1,
                                G_TYPE_BOOLEAN, FALSE);
}

/*  mouse  */

static gboolean
dot_film_button_press (GtkWidget *widget, GdkEventButton *event)
{
  DotFilm     *film = DOT_FILM (widget);
  GdkRectangle place;
  guint        position;

  if (event->type != GDK_BUTTON_PRESS || event->button != GDK_BUTTON_PRIMARY)
    return GDK_EVENT_PROPAGATE;

  gtk_widget_grab_focus (widget);
  if (! find_position (film, event->x, &position))
    return GDK_EVENT_STOP;

  dot_film_get_place (film, position, &place);
  if ((event->state & GDK_CONTROL_MASK) ||
      dot_film_frame_is_on_badge (film->frame, event->x - place.x, event->y - place.y))
    toggle (film, position);
  else
    dot_gallery_set_position (film->gallery, position);
  return GDK_EVENT_STOP;
}

/* The wheel turns time, for there is no other way to turn. */
static gboolean
dot_film_scroll (GtkWidget *widget, GdkEventScroll *event)
{
  DotScrollArea *area = DOT_SCROLL_AREA (widget);
  double         dx   = 0.0;
  double         dy   = 0.0;

  if (! gdk_event_get_scroll_deltas ((GdkEvent *) event, &dx, &dy))
    {
      if (event->direction == GDK_SCROLL_UP || event->direction == GDK_SCROLL_LEFT)
        dy = -1.0;
      else
        dy = 1.0;
    }
  dot_scroll_area_set_x (area, dot_scroll_area_get_x (area) +
                                 (dx + dy) * get_cell_width (DOT_FILM (area)));
  return GDK_EVENT_STOP;
}

/*  drawing  */

static void
draw_frame (DotFilm *film, cairo_t *cr, guint position)
{
  DotGallery  *gallery   = film->gallery;
  guint        candidate = dot_gallery_get_candidate (gallery);
  DotFilmState state     = 0;
  GdkRectangle place;

  if (position == dot_gallery_get_position (gallery))
    state |= DOT_FILM_SHOWN;
  if (dot_gallery_is_marked (gallery, position))
    state |= DOT_FILM_MARKED;

  dot_film_get_place (film, position, &place);
  cairo_save (cr);
  cairo_translate (cr, place.x, place.y);
  dot_film_frame_draw (film->frame, cr, gallery, candidate, position, state);
  cairo_restore (cr);
}

static gboolean
dot_film_draw (GtkWidget *widget, cairo_t *cr)
{
  DotFilm *film   = DOT_FILM (widget);
  guint    n      = dot_gallery_get_n_positions (film->gallery);
  double   width  = gtk_widget_get_allocated_width (widget);
  double   height = gtk_widget_get_allocated_height (widget);
  double   x      = dot_scroll_area_get_x (DOT_SCROLL_AREA (film));
  guint    first  = (guint) floor (x / get_cell_width (film));
  guint    end    = (guint) ceil ((x + width) / get_cell_width (film));

  gtk_render_background (gtk_widget_get_style_context (widget), cr, 0.0, 0.0, width, height);
  for (guint i = first; i < MIN (end, n); i++)
    draw_frame (film, cr, i);
  return GDK_EVENT_PROPAGATE;
}

/*  the class  */

static void
dot_film_get_preferred_height (GtkWidget *widget, int *minimum, int *natural)
{
  *minimum = *natural = dot_film_frame_get_height (DOT_FILM (widget)->frame);
}

/* Its letters may have another size. */
static void
dot_film_style_updated (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (dot_film_parent_class)->style_updated (widget);

  resize (DOT_FILM (widget));
  gtk_widget_queue_resize (widget);
}

static void
dot_film_size_allocate (GtkWidget *widget, GtkAllocation *allocation)
{
  int width = gtk_widget_get_allocated_width (widget);

  GTK_WIDGET_CLASS (dot_film_parent_class)->size_allocate (widget, allocation);

  if (allocation->width != width)
    show_position (DOT_FILM (widget));
}

static void
dot_film_dispose (GObject *object)
{
  DotFilm *film = DOT_FILM (object);

  g_clear_pointer (&film->frame, dot_film_frame_free);
  g_clear_object (&film->gallery);

  G_OBJECT_CLASS (dot_film_parent_class)->dispose (object);
}

static void
install_signals (void)
{
  /* What keys do; a theme can bind others. */
  signals[MOVE_CURSOR] = g_signal_new_class_handler ("move-cursor", DOT_TYPE_FILM,
                                                     G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION,
                                                     G_CALLBACK (move_cursor), NULL, NULL, NULL,
                                                     G_TYPE_NONE, 2, GTK_TYPE_MOVEMENT_STEP,
                                                     G_TYPE_INT);
  signals[TOGGLE_MARK] = g_signal_new_class_handler ("toggle-mark", DOT_TYPE_FILM,
                                                     G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION,
                                                     G_CALLBACK (toggle_mark), NULL, NULL, NULL,
                                                     G_TYPE_NONE, 0);
  signals[MARK_ALL]    = g_signal_new_class_handler ("mark-all", DOT_TYPE_FILM,
                                                     G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION,
                                                     G_CALLBACK (mark_all), NULL, NULL, NULL,
                                                     G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
dot_film_class_init (DotFilmClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose    = dot_film_dispose;
  widget_class->draw                 = dot_film_draw;
  widget_class->button_press_event   = dot_film_button_press;
  widget_class->scroll_event         = dot_film_scroll;
  widget_class->get_preferred_height = dot_film_get_preferred_height;
  widget_class->style_updated        = dot_film_style_updated;
  widget_class->size_allocate        = dot_film_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, ATK_ROLE_IMAGE);

  install_signals ();
  bind_keys (gtk_binding_set_by_class (klass));
}

static void
dot_film_init (DotFilm *film)
{
  GtkWidget *widget = GTK_WIDGET (film);

  film->frame = dot_film_frame_new (widget);
  gtk_widget_set_can_focus (widget, TRUE);
  gtk_widget_add_events (widget, GDK_BUTTON_PRESS_MASK | GDK_SCROLL_MASK | GDK_SMOOTH_SCROLL_MASK);
  gtk_widget_set_tooltip_text (widget,
                               _ ("Click an update to look at it (arrow keys); mark those to take "
                                  "with Ctrl and a click (Space)"));
  gtk_style_context_add_class (gtk_widget_get_style_context (widget), GTK_STYLE_CLASS_VIEW);
}

/**
 * dot_film_new:
 * @gallery: whose updates to show
 *
 * Returns: the film
 */
GtkWidget *
dot_film_new (DotGallery *gallery)
{
  DotFilm *film = g_object_new (DOT_TYPE_FILM, NULL);

  film->gallery = g_object_ref (gallery);
  g_signal_connect_object (gallery, "changed", G_CALLBACK (update), film, G_CONNECT_SWAPPED);
  resize (film);
  describe (film);
  return GTK_WIDGET (film);
}
