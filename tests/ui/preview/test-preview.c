/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Looking at a run with keys and a mouse, on an X server without a screen. */

#include <stdlib.h>

#include "preview/candidate-grid.h"
#include "preview/film.h"
#include "preview/filmstrip.h"
#include "demo/made-up.h"
#include "person.h"
#include "preview/preview.h"
#include "preview/score-plot.h"
#include "widgets/zoom-canvas.h"
#include "preview/zoom-bar.h"

#define SIZE 16

/* Longer than a press must be to be a long one. */
#define HOLD 600

typedef struct
{
  DotGallery *gallery;
  GtkWidget  *window;
  GtkWidget  *widget;
} Fixture;

/* A widget over a run of @candidates and so many updates, all of them kept. */
static void
open_widget (Fixture *fixture,
             GtkWidget *(*make) (DotGallery *gallery),
             guint candidates,
             guint updates)
{
  const DotMadeUp run = { candidates, updates, SIZE };

  fixture->gallery = dot_gallery_new ();
  for (guint i = 0; i <= updates; i++)
    dot_made_up_add (&run, fixture->gallery, i);
  fixture->widget = make (fixture->gallery);
  fixture->window = person_open (fixture->widget, 640, 480);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_widget_destroy (fixture->window);
  g_assert_finalize_object (fixture->gallery);
}

#define assert_position(fixture, position) \
  g_assert_cmpuint (dot_gallery_get_position ((fixture)->gallery), ==, position)

/* --- the filmstrip --- */

static GtkWidget *
open_film (Fixture *fixture, guint updates)
{
  GtkWidget *film;

  open_widget (fixture, dot_filmstrip_new, 2, updates);
  film = dot_filmstrip_get_film (DOT_FILMSTRIP (fixture->widget));
  gtk_widget_grab_focus (film);
  return film;
}

static void
test_film_keys (Fixture *fixture, gconstpointer data)
{
  GtkWidget  *film    = open_film (fixture, 40);
  DotGallery *gallery = fixture->gallery;

  assert_position (fixture, 40);
  person_type (film, GDK_KEY_Left, 0);
  assert_position (fixture, 39);
  person_type (film, GDK_KEY_Home, 0);
  person_type (film, GDK_KEY_Left, 0);
  assert_position (fixture, 0);
  person_type (film, GDK_KEY_Right, 0);
  assert_position (fixture, 1);
  person_type (film, GDK_KEY_Page_Down, 0);
  g_assert_cmpuint (dot_gallery_get_position (gallery), >, 4);
  g_assert_cmpuint (dot_gallery_get_position (gallery), <, 12);
  person_type (film, GDK_KEY_End, 0);
  person_type (film, GDK_KEY_Right, 0);
  assert_position (fixture, 40);

  person_type (film, GDK_KEY_space, 0);
  g_assert_true (dot_gallery_is_marked (gallery, 40));
  g_assert_cmpuint (dot_gallery_get_n_marked (gallery), ==, 1);
  person_type (film, GDK_KEY_space, 0);
  g_assert_cmpuint (dot_gallery_get_n_marked (gallery), ==, 0);
  person_type (film, GDK_KEY_a, GDK_CONTROL_MASK);
  g_assert_cmpuint (dot_gallery_get_n_marked (gallery), ==, 41);
  person_type (film, GDK_KEY_a, GDK_CONTROL_MASK | GDK_SHIFT_MASK);
  g_assert_cmpuint (dot_gallery_get_n_marked (gallery), ==, 0);
}

/* Time runs from left to right where text doesn't. */
static void
test_film_rtl (Fixture *fixture, gconstpointer data)
{
  GtkWidget   *film;
  GdkRectangle first, second;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  film = open_film (fixture, 40);
  person_type (film, GDK_KEY_Left, 0);
  assert_position (fixture, 39);
  dot_film_get_place (DOT_FILM (film), 10, &first);
  dot_film_get_place (DOT_FILM (film), 11, &second);
  g_assert_cmpint (first.x, <, second.x);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static void
click_film (GtkWidget *film, guint position, GdkModifierType state)
{
  GdkRectangle place;

  dot_film_get_place (DOT_FILM (film), position, &place);
  person_click (film, place.x + place.width / 2.0, place.height - 10.0, state);
}

static void
assert_in_sight (GtkWidget *film, guint position)
{
  GdkRectangle place;

  dot_film_get_place (DOT_FILM (film), position, &place);
  g_assert_cmpint (place.x, >=, 0);
  g_assert_cmpint (place.x + place.width, <=, gtk_widget_get_allocated_width (film));
}

static void
test_film_mouse (Fixture *fixture, gconstpointer data)
{
  GtkWidget   *film    = open_film (fixture, 40);
  DotGallery  *gallery = fixture->gallery;
  GdkRectangle place;

  assert_in_sight (film, 40);
  click_film (film, 37, 0);
  assert_position (fixture, 37);
  click_film (film, 39, GDK_CONTROL_MASK);
  assert_position (fixture, 37);
  g_assert_true (dot_gallery_is_marked (gallery, 39));
  click_film (film, 39, GDK_CONTROL_MASK);
  g_assert_false (dot_gallery_is_marked (gallery, 39));

  /* the badge is in the upper right corner */
  dot_film_get_place (DOT_FILM (film), 36, &place);
  person_click (film, place.x + place.width - 16.0, 16.0, 0);
  assert_position (fixture, 37);
  g_assert_true (dot_gallery_is_marked (gallery, 36));

  /* the wheel scrolls and shows nothing else */
  person_scroll (film, GDK_SCROLL_UP, 10.0, 10.0, 0);
  assert_position (fixture, 37);
  dot_film_get_place (DOT_FILM (film), 36, &place);
  person_type (film, GDK_KEY_Right, 0);
  assert_in_sight (film, 38);
}

/* A window of its width couldn't be: 3,000 · 76 pixels. */
static void
test_film_is_long (Fixture *fixture, gconstpointer data)
{
  GtkWidget *film = open_film (fixture, 3000);

  assert_in_sight (film, 3000);
  click_film (film, 2998, 0);
  assert_position (fixture, 2998);
  person_type (film, GDK_KEY_Home, 0);
  person_settle ();
  assert_in_sight (film, 0);
}

/* What is shown stays in sight while a run goes on. */
static void
test_film_follows (Fixture *fixture, gconstpointer data)
{
  const DotMadeUp run  = { 2, 60, SIZE };
  GtkWidget      *film = open_film (fixture, 20);
  GtkRange       *slider;

  slider = GTK_RANGE (dot_filmstrip_get_slider (DOT_FILMSTRIP (fixture->widget)));
  for (guint i = 21; i <= 30; i++)
    dot_made_up_add (&run, fixture->gallery, i);
  assert_in_sight (film, 30);
  g_assert_cmpfloat (gtk_range_get_value (slider), ==, 30.0);

  gtk_range_set_value (slider, 3.0);
  assert_position (fixture, 3);
  assert_in_sight (film, 3);
  dot_made_up_add (&run, fixture->gallery, 31);
  assert_position (fixture, 3);
  assert_in_sight (film, 3);
  dot_gallery_clear (fixture->gallery);
  person_settle ();
}

/* --- press and hold --- */

static void
test_hold (Fixture *fixture, gconstpointer data)
{
  GtkWidget *canvas;

  open_widget (fixture, dot_zoom_view_new, 2, 4);
  canvas = dot_zoom_view_get_canvas (DOT_ZOOM_VIEW (fixture->widget));

  person_press (canvas, 50.0, 50.0, 0);
  g_assert_cmpuint (dot_gallery_get_shown (fixture->gallery), ==, 4);
  person_wait (HOLD);
  g_assert_cmpuint (dot_gallery_get_shown (fixture->gallery), ==, 0);
  person_release (canvas, 50.0, 50.0, 0);
  g_assert_cmpuint (dot_gallery_get_shown (fixture->gallery), ==, 4);

  /* a click is too short, and who moves wants to drag */
  person_click (canvas, 50.0, 50.0, 0);
  person_wait (HOLD);
  g_assert_cmpuint (dot_gallery_get_shown (fixture->gallery), ==, 4);
  person_press (canvas, 50.0, 50.0, 0);
  person_move (canvas, 90.0, 90.0);
  person_wait (HOLD);
  g_assert_cmpuint (dot_gallery_get_shown (fixture->gallery), ==, 4);
  person_release (canvas, 90.0, 90.0, 0);
}

static void
test_hold_key (Fixture *fixture, gconstpointer data)
{
  GtkWidget *film;

  open_widget (fixture, dot_preview_new, 2, 4);
  film = person_find (fixture->widget, DOT_TYPE_FILM);
  gtk_widget_grab_focus (film);

  person_key (film, GDK_KEY_PRESS, GDK_KEY_b, 0);
  g_assert_cmpuint (dot_gallery_get_shown (fixture->gallery), ==, 0);
  assert_position (fixture, 4);
  person_key (film, GDK_KEY_PRESS, GDK_KEY_b, 0);
  g_assert_cmpuint (dot_gallery_get_shown (fixture->gallery), ==, 0);
  person_key (film, GDK_KEY_RELEASE, GDK_KEY_b, 0);
  g_assert_cmpuint (dot_gallery_get_shown (fixture->gallery), ==, 4);

  /* nobody hears of the release */
  person_key (film, GDK_KEY_PRESS, GDK_KEY_b, 0);
  gtk_window_set_focus (GTK_WINDOW (fixture->window), NULL);
  g_assert_cmpuint (dot_gallery_get_shown (fixture->gallery), ==, 4);
}

/* The button is held by the mouse, and toggled by a key. */
static void
test_before (Fixture *fixture, gconstpointer data)
{
  GtkWidget *button;

  open_widget (fixture, dot_preview_new, 2, 4);
  button = person_find_named (fixture->widget, GTK_TYPE_BUTTON, "Before");

  g_signal_emit_by_name (button, "pressed");
  g_assert_cmpuint (dot_gallery_get_shown (fixture->gallery), ==, 0);
  g_signal_emit_by_name (button, "released");
  g_assert_cmpuint (dot_gallery_get_shown (fixture->gallery), ==, 4);

  gtk_widget_grab_focus (button);
  person_type (button, GDK_KEY_space, 0);
  g_assert_cmpuint (dot_gallery_get_shown (fixture->gallery), ==, 0);
  person_wait (HOLD);
  person_type (button, GDK_KEY_space, 0);
  g_assert_cmpuint (dot_gallery_get_shown (fixture->gallery), ==, 4);
}

/* --- the plot --- */

static void
test_plot (Fixture *fixture, gconstpointer data)
{
  DotScorePlot *plot;

  open_widget (fixture, dot_score_plot_new, 3, 20);
  plot = DOT_SCORE_PLOT (fixture->widget);

  person_press (fixture->widget, dot_score_plot_get_x (plot, 7), 60.0, 0);
  assert_position (fixture, 7);
  person_move (fixture->widget, dot_score_plot_get_x (plot, 12) + 3.0, 90.0);
  assert_position (fixture, 12);
  person_move (fixture->widget, -50.0, 90.0);
  assert_position (fixture, 0);
  person_release (fixture->widget, 2000.0, 90.0, 0);
  person_click (fixture->widget, dot_score_plot_get_x (plot, 20) + 9.0, 5.0, 0);
  assert_position (fixture, 20);
}

/* While a run goes on, what isn't there yet can't be shown. */
static void
test_plot_before_the_end (Fixture *fixture, gconstpointer data)
{
  const DotMadeUp run = { 3, 20, SIZE };
  DotScorePlot   *plot;

  open_widget (fixture, dot_score_plot_new, 3, 0);
  plot = DOT_SCORE_PLOT (fixture->widget);
  for (guint i = 5; i <= 10; i += 5)
    dot_made_up_add (&run, fixture->gallery, i);

  person_click (fixture->widget, dot_score_plot_get_x (plot, 18), 60.0, 0);
  assert_position (fixture, 2);
  person_click (fixture->widget, dot_score_plot_get_x (plot, 7), 60.0, 0);
  assert_position (fixture, 1);
}

/* --- zooming --- */

static void
test_zoom (Fixture *fixture, gconstpointer data)
{
  DotZoomView *view;
  GtkWidget   *canvas;

  open_widget (fixture, dot_zoom_view_new, 2, 2);
  view   = DOT_ZOOM_VIEW (fixture->widget);
  canvas = dot_zoom_view_get_canvas (view);
  gtk_widget_grab_focus (canvas);

  /* it fits at about 29×: the next smaller is 8×, and there is no larger */
  g_assert_cmpuint (dot_zoom_view_get_zoom (view), ==, 0);
  person_type (canvas, GDK_KEY_minus, 0);
  g_assert_cmpuint (dot_zoom_view_get_zoom (view), ==, 8);
  person_type (canvas, GDK_KEY_KP_Subtract, 0);
  person_type (canvas, GDK_KEY_minus, 0);
  person_type (canvas, GDK_KEY_minus, 0);
  person_type (canvas, GDK_KEY_minus, 0);
  g_assert_cmpuint (dot_zoom_view_get_zoom (view), ==, 1);
  person_type (canvas, GDK_KEY_plus, 0);
  g_assert_cmpuint (dot_zoom_view_get_zoom (view), ==, 2);
  person_scroll (canvas, GDK_SCROLL_UP, 20.0, 20.0, GDK_CONTROL_MASK);
  g_assert_cmpuint (dot_zoom_view_get_zoom (view), ==, 4);
  person_scroll (canvas, GDK_SCROLL_DOWN, 20.0, 20.0, 0);
  g_assert_cmpuint (dot_zoom_view_get_zoom (view), ==, 4);
  person_scroll (canvas, GDK_SCROLL_DOWN, 20.0, 20.0, GDK_CONTROL_MASK);
  g_assert_cmpuint (dot_zoom_view_get_zoom (view), ==, 2);
  person_type (canvas, GDK_KEY_0, 0);
  g_assert_cmpuint (dot_zoom_view_get_zoom (view), ==, 0);
  person_type (canvas, GDK_KEY_s, 0);
  g_assert_true (dot_zoom_view_get_smooth (view));
}

/* In the preview these keys mean the same wherever the focus is. */
static void
test_zoom_in_preview (Fixture *fixture, gconstpointer data)
{
  DotZoomView *view;
  GtkWidget   *film;
  GtkComboBox *list;

  open_widget (fixture, dot_preview_new, 2, 2);
  view = DOT_ZOOM_VIEW (person_find (fixture->widget, DOT_TYPE_ZOOM_VIEW));
  film = person_find (fixture->widget, DOT_TYPE_FILM);
  list = GTK_COMBO_BOX (person_find (fixture->widget, GTK_TYPE_COMBO_BOX));
  gtk_widget_grab_focus (film);

  person_type (film, GDK_KEY_minus, 0);
  g_assert_cmpuint (dot_zoom_view_get_zoom (view), ==, 8);
  g_assert_cmpstr (gtk_combo_box_get_active_id (list), ==, "8");
  gtk_combo_box_set_active_id (list, "2");
  g_assert_cmpuint (dot_zoom_view_get_zoom (view), ==, 2);
}

static const guchar *
get_pixel (cairo_surface_t *surface, int x, int y)
{
  return cairo_image_surface_get_data (surface) +
         (gsize) y * cairo_image_surface_get_stride (surface) + 4 * x;
}

static void
assert_block (cairo_surface_t *surface, GdkPixbuf *picture, int left, int top, int size, int i)
{
  int           x      = i % SIZE;
  int           y      = i / SIZE;
  const guchar *wanted = gdk_pixbuf_read_pixels (picture) + y * gdk_pixbuf_get_rowstride (picture) +
                         3 * x;

  for (int j = 0; j < size * size; j++)
    {
      const guchar *found = get_pixel (surface, left + size * x + j % size,
                                       top + size * y + j / size);

      g_assert_cmpuint (found[2], ==, wanted[0]);
      g_assert_cmpuint (found[1], ==, wanted[1]);
      g_assert_cmpuint (found[0], ==, wanted[2]);
    }
}

/* Every pixel is a square of the screen's pixels and nothing between two. */
static void
assert_crisp (Fixture *fixture, guint zoom)
{
  DotZoomView     *view    = DOT_ZOOM_VIEW (fixture->widget);
  GtkWidget       *canvas  = dot_zoom_view_get_canvas (view);
  int              factor  = gtk_widget_get_scale_factor (canvas);
  int              width   = factor * gtk_widget_get_allocated_width (canvas);
  int              height  = factor * gtk_widget_get_allocated_height (canvas);
  int              size    = factor * zoom;
  GdkPixbuf       *picture = dot_gallery_get_picture (fixture->gallery, 0, 2);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t         *cr      = NULL;

  dot_zoom_view_set_zoom (view, zoom);
  person_settle ();
  cairo_surface_set_device_scale (surface, factor, factor);
  cr = cairo_create (surface);
  gtk_widget_draw (canvas, cr);
  cairo_destroy (cr);
  for (int i = 0; i < SIZE * SIZE; i++)
    assert_block (surface, picture, (width - SIZE * size + 1) / 2, (height - SIZE * size + 1) / 2,
                  size, i);
  cairo_surface_destroy (surface);
}

static void
test_crisp (Fixture *fixture, gconstpointer data)
{
  open_widget (fixture, dot_zoom_view_new, 1, 2);
  g_test_message ("%d of the screen's pixels a pixel of GTK's",
                  gtk_widget_get_scale_factor (fixture->window));
  assert_crisp (fixture, 1);
  assert_crisp (fixture, 2);
  assert_crisp (fixture, 8);
}

/* The picture is dragged as far as it goes. */
static void
test_pan (Fixture *fixture, gconstpointer data)
{
  const DotMadeUp run = { 1, 0, 256 };
  DotScrollArea  *area;
  GtkWidget      *canvas;

  fixture->gallery = dot_gallery_new ();
  dot_made_up_add (&run, fixture->gallery, 0);
  fixture->widget = dot_zoom_view_new (fixture->gallery);
  fixture->window = person_open (fixture->widget, 300, 300);
  canvas          = dot_zoom_view_get_canvas (DOT_ZOOM_VIEW (fixture->widget));
  area            = DOT_SCROLL_AREA (canvas);

  g_assert_cmpfloat (dot_scroll_area_get_x (area), ==, 0.0);
  dot_zoom_view_set_zoom (DOT_ZOOM_VIEW (fixture->widget), 4);
  person_settle ();
  /* what was in the middle still is */
  g_assert_cmpfloat_with_epsilon (dot_scroll_area_get_x (area),
                                  (1024.0 - gtk_widget_get_allocated_width (canvas)) / 2.0, 1.0);

  dot_scroll_area_set_x (area, 100.0);
  dot_scroll_area_set_y (area, 100.0);
  person_press (canvas, 50.0, 50.0, 0);
  person_move (canvas, 90.0, 80.0);
  g_assert_cmpfloat (dot_scroll_area_get_x (area), ==, 60.0);
  g_assert_cmpfloat (dot_scroll_area_get_y (area), ==, 70.0);
  person_move (canvas, 290.0, 290.0);
  g_assert_cmpfloat (dot_scroll_area_get_x (area), ==, 0.0);
  person_release (canvas, 290.0, 290.0, 0);
  gtk_widget_grab_focus (canvas);
  person_type (canvas, GDK_KEY_Right, 0);
  g_assert_cmpfloat (dot_scroll_area_get_x (area), >, 0.0);
}

/* --- candidates --- */

static void
click_candidate (Fixture *fixture, guint candidate, GdkModifierType state)
{
  GtkFlowBoxChild *child = gtk_flow_box_get_child_at_index (GTK_FLOW_BOX (fixture->widget),
                                                            candidate);

  person_click (GTK_WIDGET (child), 20.0, 20.0, state);
}

/* @selected: a bit a candidate */
static void
assert_selected (Fixture *fixture, guint selected, guint current)
{
  GtkFlowBox *box   = GTK_FLOW_BOX (fixture->widget);
  guint       found = 0;
  guint       shown = 0;

  for (guint i = 0; i < dot_gallery_get_n_candidates (fixture->gallery); i++)
    {
      GtkFlowBoxChild *child = gtk_flow_box_get_child_at_index (box, i);

      found |= (guint) dot_gallery_is_selected (fixture->gallery, i) << i;
      shown |= (guint) gtk_flow_box_child_is_selected (child) << i;
    }
  g_assert_cmphex (found, ==, selected);
  g_assert_cmphex (shown, ==, selected);
  g_assert_cmpuint (dot_gallery_get_candidate (fixture->gallery), ==, current);
}

static void
test_grid_mouse (Fixture *fixture, gconstpointer data)
{
  open_widget (fixture, dot_candidate_grid_new, 6, 1);
  assert_selected (fixture, 1 << 0, 0);
  click_candidate (fixture, 2, 0);
  assert_selected (fixture, 1 << 2, 2);
  click_candidate (fixture, 5, GDK_CONTROL_MASK);
  assert_selected (fixture, 1 << 2 | 1 << 5, 5);
  click_candidate (fixture, 5, GDK_CONTROL_MASK);
  assert_selected (fixture, 1 << 2, 2);
  click_candidate (fixture, 4, GDK_SHIFT_MASK);
  assert_selected (fixture, 1 << 2 | 1 << 3 | 1 << 4, 4);
  click_candidate (fixture, 3, 0);
  assert_selected (fixture, 1 << 3, 3);
}

static void
test_grid_keys (Fixture *fixture, gconstpointer data)
{
  open_widget (fixture, dot_candidate_grid_new, 6, 1);
  gtk_widget_child_focus (fixture->widget, GTK_DIR_TAB_FORWARD);

  /* three a row */
  person_type (fixture->widget, GDK_KEY_Right, 0);
  assert_selected (fixture, 1 << 1, 1);
  person_type (fixture->widget, GDK_KEY_Down, 0);
  assert_selected (fixture, 1 << 4, 4);
  person_type (fixture->widget, GDK_KEY_Left, GDK_CONTROL_MASK);
  person_type (fixture->widget, GDK_KEY_space, 0);
  assert_selected (fixture, 1 << 3 | 1 << 4, 3);
  person_type (fixture->widget, GDK_KEY_space, 0);
  assert_selected (fixture, 1 << 4, 4);
  person_type (fixture->widget, GDK_KEY_Home, 0);
  person_type (fixture->widget, GDK_KEY_Right, GDK_SHIFT_MASK);
  person_type (fixture->widget, GDK_KEY_Right, GDK_SHIFT_MASK);
  assert_selected (fixture, 1 << 0 | 1 << 1 | 1 << 2, 2);
  person_type (fixture->widget, GDK_KEY_a, GDK_CONTROL_MASK);
  g_assert_cmpuint (dot_gallery_get_n_selected (fixture->gallery), ==, 6);
  person_type (fixture->widget, GDK_KEY_a, GDK_CONTROL_MASK | GDK_SHIFT_MASK);
  g_assert_cmpuint (dot_gallery_get_n_selected (fixture->gallery), ==, 0);
}

/* Who comes with the Tab key, holds or looks on takes nothing back. */
static void
test_grid_keeps_selection (Fixture *fixture, gconstpointer data)
{
  const DotMadeUp run = { 6, 2, SIZE };
  GtkWidget      *child;

  open_widget (fixture, dot_candidate_grid_new, 6, 1);
  gtk_window_set_focus (GTK_WINDOW (fixture->window), NULL);
  dot_gallery_set_candidate (fixture->gallery, 3);
  dot_gallery_select (fixture->gallery, 1, TRUE);
  assert_selected (fixture, 1 << 1 | 1 << 3, 3);
  gtk_widget_child_focus (fixture->widget, GTK_DIR_TAB_FORWARD);
  assert_selected (fixture, 1 << 1 | 1 << 3, 3);
  dot_made_up_add (&run, fixture->gallery, 2);
  assert_selected (fixture, 1 << 1 | 1 << 3, 3);

  child = GTK_WIDGET (gtk_flow_box_get_child_at_index (GTK_FLOW_BOX (fixture->widget), 5));
  person_press (child, 20.0, 20.0, 0);
  person_wait (HOLD);
  g_assert_true (dot_gallery_get_comparing (fixture->gallery));
  person_release (child, 20.0, 20.0, 0);
  g_assert_false (dot_gallery_get_comparing (fixture->gallery));
  assert_selected (fixture, 1 << 1 | 1 << 3, 3);

  /* Tab leaves, arrows go on from where one was */
  g_assert_false (gtk_widget_child_focus (fixture->widget, GTK_DIR_TAB_FORWARD));
  assert_selected (fixture, 1 << 1 | 1 << 3, 3);
  person_type (fixture->widget, GDK_KEY_Right, 0);
  assert_selected (fixture, 1 << 4, 4);
}

/* A rectangle over the first two of a row, in the scrolled window that they
 * are in. */
static void
test_grid_drag (Fixture *fixture, gconstpointer data)
{
  GtkFlowBox *box;
  GtkWidget  *first, *second;
  int         x, y;

  open_widget (fixture, dot_preview_new, 6, 1);
  box    = GTK_FLOW_BOX (person_find (fixture->widget, DOT_TYPE_CANDIDATE_GRID));
  first  = GTK_WIDGET (gtk_flow_box_get_child_at_index (box, 0));
  second = GTK_WIDGET (gtk_flow_box_get_child_at_index (box, 1));
  gtk_widget_translate_coordinates (second, first, 20, 20, &x, &y);

  person_press (first, 20.0, 20.0, 0);
  person_move (first, 30.0, 30.0);
  person_move (first, x, y);
  person_settle ();
  person_release (first, x, y, 0);
  g_assert_true (dot_gallery_is_selected (fixture->gallery, 0));
  g_assert_true (dot_gallery_is_selected (fixture->gallery, 1));
  g_assert_cmpuint (dot_gallery_get_n_selected (fixture->gallery), ==, 2);
}

/* --- the whole --- */

/* The window goes while a key, or the mouse, is held down. */
static void
test_close_held (Fixture *fixture, gconstpointer data)
{
  GtkWidget *film;

  open_widget (fixture, dot_preview_new, 2, 4);
  film = person_find (fixture->widget, DOT_TYPE_FILM);
  gtk_widget_grab_focus (film);
  person_key (film, GDK_KEY_PRESS, GDK_KEY_b, 0);
  g_assert_true (dot_gallery_get_comparing (fixture->gallery));
  gtk_widget_destroy (fixture->window);
  g_assert_false (dot_gallery_get_comparing (fixture->gallery));
  g_assert_finalize_object (g_steal_pointer (&fixture->gallery));

  open_widget (fixture, dot_preview_new, 2, 4);
  person_press (person_find (fixture->widget, DOT_TYPE_ZOOM_CANVAS), 50.0, 50.0, 0);
  person_wait (HOLD);
  g_assert_true (dot_gallery_get_comparing (fixture->gallery));
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  open_widget (fixture, dot_preview_new, 6, 3);
  /* six candidates, the picture, how large, smooth, before, film, slider */
  g_assert_cmpuint (person_check_names (fixture->widget), >=, 12);
}

/* In a dialog of 1100×700, with options on its left. */
static void
test_room (Fixture *fixture, gconstpointer data)
{
  int width, height, smallest, lowest;

  open_widget (fixture, dot_preview_new, 16, 100);
  gtk_widget_get_preferred_width (fixture->widget, &smallest, &width);
  gtk_widget_get_preferred_height (fixture->widget, &lowest, &height);
  g_test_message ("%dx%d, at least %dx%d", width, height, smallest, lowest);
  g_assert_cmpint (width, <=, 680);
  g_assert_cmpint (height, <=, 600);
  g_assert_cmpint (smallest, <=, 480);
  g_assert_cmpint (lowest, <=, 480);
}

/* Nothing is left of a run that went, and the next one is shown. */
static void
test_again (Fixture *fixture, gconstpointer data)
{
  const DotMadeUp run = { 3, 2, SIZE };

  open_widget (fixture, dot_preview_new, 6, 3);
  dot_gallery_set_candidate (fixture->gallery, 5);
  dot_gallery_set_marked (fixture->gallery, 3, TRUE);
  dot_gallery_clear (fixture->gallery);
  person_settle ();
  g_assert_false (gtk_widget_get_visible (fixture->widget));
  dot_made_up_add (&run, fixture->gallery, 0);
  dot_made_up_add (&run, fixture->gallery, 1);
  person_settle ();
  g_assert_true (gtk_widget_get_visible (fixture->widget));
  assert_position (fixture, 1);
}

#define ADD(name, test) g_test_add ("/widgets/" name, Fixture, NULL, NULL, test, tear_down)

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  ADD ("film-keys", test_film_keys);
  ADD ("film-rtl", test_film_rtl);
  ADD ("film-mouse", test_film_mouse);
  ADD ("film-is-long", test_film_is_long);
  ADD ("film-follows", test_film_follows);
  ADD ("hold", test_hold);
  ADD ("hold-key", test_hold_key);
  ADD ("before", test_before);
  ADD ("plot", test_plot);
  ADD ("plot-before-the-end", test_plot_before_the_end);
  ADD ("zoom", test_zoom);
  ADD ("zoom-in-preview", test_zoom_in_preview);
  ADD ("crisp", test_crisp);
  ADD ("pan", test_pan);
  ADD ("grid-mouse", test_grid_mouse);
  ADD ("grid-keys", test_grid_keys);
  ADD ("grid-keeps-selection", test_grid_keeps_selection);
  ADD ("grid-drag", test_grid_drag);
  ADD ("close-held", test_close_held);
  ADD ("names", test_names);
  ADD ("room", test_room);
  ADD ("again", test_again);
  return g_test_run ();
}
