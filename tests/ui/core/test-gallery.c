/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What is looked at, without anything to look with: no display is needed. */

#include "core/gallery-collapse.h"

#define BATCH 3
#define SIZE  2

/* Candidate c after update u: score u + c / 10, distance u / 2, pixels whose
 * red says u, green c. */
static DotFrame *
make_frame (guint update, guint n_updates, guint candidate)
{
  DotFrame *frame = g_atomic_rc_box_new0 (DotFrame);

  *frame          = (DotFrame) { .update    = update,
                                 .n_updates = n_updates,
                                 .candidate = candidate,
                                 .batch     = BATCH,
                                 .channels  = 3,
                                 .width     = SIZE,
                                 .height    = SIZE };
  frame->title    = g_strdup_printf ("lemon · seed %u · update %u · D %.2f", 4 + candidate, update,
                                     update + candidate / 10.0);
  frame->score    = update + candidate / 10.0;
  frame->distance = update / 2.0;
  frame->image    = g_new (float, 3 * SIZE * SIZE);
  for (guint i = 0; i < 3 * SIZE * SIZE; i++)
    frame->image[i] = (i < SIZE * SIZE       ? update
                       : i < 2 * SIZE * SIZE ? candidate
                                             : 0) /
                        127.5f -
                      1.0f;
  return frame;
}

static void
add_step_of (DotGallery *gallery, guint update, guint n_updates)
{
  g_autoptr (GPtrArray) frames = NULL;

  frames = g_ptr_array_new_with_free_func ((GDestroyNotify) dot_frame_unref);
  for (guint c = 0; c < BATCH; c++)
    g_ptr_array_add (frames, make_frame (update, n_updates, c));
  dot_gallery_add (gallery, frames);
}

static void
add_step (DotGallery *gallery, guint update)
{
  add_step_of (gallery, update, 8);
}

static void
count (DotGallery *gallery, DotGalleryChange change, guint *n)
{
  ++*n;
}

/* Collects what changed. */
static void
collect (DotGallery *gallery, DotGalleryChange change, guint *all)
{
  *all |= change;
}

static guint
take (guint *changes)
{
  guint all = *changes;

  *changes = 0;
  return all;
}

static void
test_cells (void)
{
  g_autoptr (DotGallery) gallery = dot_gallery_new ();
  const guchar *pixels;

  g_assert_cmpuint (dot_gallery_get_n_candidates (gallery), ==, 0);
  add_step (gallery, 0);
  add_step (gallery, 4);
  add_step (gallery, 8);

  g_assert_cmpuint (dot_gallery_get_n_candidates (gallery), ==, BATCH);
  g_assert_cmpuint (dot_gallery_get_n_positions (gallery), ==, 3);
  g_assert_cmpuint (dot_gallery_get_n_updates (gallery), ==, 8);
  g_assert_cmpuint (dot_gallery_get_update (gallery, 1), ==, 4);
  g_assert_cmpfloat (dot_gallery_get_score (gallery, 2, 1), ==, 4.2);
  g_assert_cmpfloat (dot_gallery_get_distance (gallery, 2, 1), ==, 2.0);
  g_assert_cmpstr (dot_gallery_get_title (gallery, 1, 2), ==, "lemon · seed 5 · update 8 · D 8.10");

  pixels = gdk_pixbuf_read_pixels (dot_gallery_get_picture (gallery, 2, 1));
  g_assert_cmpuint (pixels[0], ==, 4);
  g_assert_cmpuint (pixels[1], ==, 2);
  g_assert_cmpuint (pixels[2], ==, 0);
}

/* The last update is followed, an earlier one stays. */
static void
test_position (void)
{
  g_autoptr (DotGallery) gallery = dot_gallery_new ();

  add_step (gallery, 0);
  add_step (gallery, 1);
  g_assert_cmpuint (dot_gallery_get_position (gallery), ==, 1);

  dot_gallery_set_position (gallery, 0);
  add_step (gallery, 2);
  g_assert_cmpuint (dot_gallery_get_position (gallery), ==, 0);

  dot_gallery_set_position (gallery, 99);
  g_assert_cmpuint (dot_gallery_get_position (gallery), ==, 2);
  add_step (gallery, 3);
  g_assert_cmpuint (dot_gallery_get_position (gallery), ==, 3);
}

static void
test_comparing (void)
{
  g_autoptr (DotGallery) gallery = dot_gallery_new ();

  add_step (gallery, 0);
  add_step (gallery, 5);
  g_assert_cmpuint (dot_gallery_get_shown (gallery), ==, 1);
  dot_gallery_set_comparing (gallery, TRUE);
  g_assert_cmpuint (dot_gallery_get_shown (gallery), ==, 0);
  g_assert_cmpuint (dot_gallery_get_position (gallery), ==, 1);
  dot_gallery_set_comparing (gallery, FALSE);
  g_assert_cmpuint (dot_gallery_get_shown (gallery), ==, 1);
}

/* Who shows it is told of what changes, and of nothing else. */
static void
test_signals (void)
{
  g_autoptr (DotGallery) gallery = dot_gallery_new ();
  guint changes                  = 0;

  g_signal_connect (gallery, "changed", G_CALLBACK (count), &changes);
  add_step (gallery, 0);
  add_step (gallery, 1);
  g_assert_cmpuint (changes, ==, 2);
  dot_gallery_set_position (gallery, 1);
  dot_gallery_set_candidate (gallery, 0);
  dot_gallery_set_candidate (gallery, BATCH);
  dot_gallery_set_comparing (gallery, FALSE);
  g_assert_cmpuint (changes, ==, 2);
  dot_gallery_set_candidate (gallery, 2);
  dot_gallery_set_position (gallery, 0);
  g_assert_cmpuint (changes, ==, 4);
  g_assert_cmpuint (dot_gallery_get_candidate (gallery), ==, 2);

  dot_gallery_clear (gallery);
  g_assert_cmpuint (changes, ==, 5);
  g_assert_cmpuint (dot_gallery_get_n_positions (gallery), ==, 0);
  g_assert_cmpuint (dot_gallery_get_candidate (gallery), ==, 0);
}

/* Listeners needn't look at what didn't change. */
static void
test_kinds_of_change (void)
{
  g_autoptr (DotGallery) gallery = dot_gallery_new ();
  guint changes                  = 0;

  g_signal_connect (gallery, "changed", G_CALLBACK (collect), &changes);
  add_step (gallery, 0);
  g_assert_cmphex (take (&changes), ==,
                   DOT_GALLERY_ADDED | DOT_GALLERY_SHOWN | DOT_GALLERY_CANDIDATE |
                     DOT_GALLERY_SELECTION);
  add_step (gallery, 1);
  g_assert_cmphex (take (&changes), ==, DOT_GALLERY_ADDED | DOT_GALLERY_SHOWN);
  dot_gallery_set_position (gallery, 0);
  g_assert_cmphex (take (&changes), ==, DOT_GALLERY_SHOWN);
  add_step (gallery, 2);
  g_assert_cmphex (take (&changes), ==, DOT_GALLERY_ADDED);
  dot_gallery_set_comparing (gallery, TRUE);
  g_assert_cmphex (take (&changes), ==, DOT_GALLERY_SHOWN);
  dot_gallery_set_candidate (gallery, 1);
  g_assert_cmphex (take (&changes), ==, DOT_GALLERY_CANDIDATE | DOT_GALLERY_SELECTION);
  dot_gallery_select (gallery, 2, TRUE);
  g_assert_cmphex (take (&changes), ==, DOT_GALLERY_SELECTION);
  dot_gallery_set_candidate (gallery, 2);
  g_assert_cmphex (take (&changes), ==, DOT_GALLERY_CANDIDATE);
  dot_gallery_set_marked (gallery, 1, TRUE);
  g_assert_cmphex (take (&changes), ==, DOT_GALLERY_MARKS);
  dot_gallery_clear (gallery);
  g_assert_cmphex (take (&changes), ==, DOT_GALLERY_CLEARED);
}

/* The candidate whose numbers are shown is selected, unless none is. */
static void
test_selection (void)
{
  g_autoptr (DotGallery) gallery = dot_gallery_new ();
  const guint two[]              = { 1, 2 };

  g_assert_cmpuint (dot_gallery_get_n_selected (gallery), ==, 0);
  add_step (gallery, 0);
  g_assert_cmpuint (dot_gallery_get_n_selected (gallery), ==, 1);
  g_assert_true (dot_gallery_is_selected (gallery, 0));

  /* others come and go beside it */
  dot_gallery_select (gallery, 2, TRUE);
  g_assert_cmpuint (dot_gallery_get_candidate (gallery), ==, 0);
  g_assert_cmpuint (dot_gallery_get_n_selected (gallery), ==, 2);

  /* when it goes, another one takes its place */
  dot_gallery_select (gallery, 0, FALSE);
  g_assert_cmpuint (dot_gallery_get_candidate (gallery), ==, 2);

  /* when all go, it stays, and the next that comes takes its place */
  dot_gallery_select_none (gallery);
  g_assert_cmpuint (dot_gallery_get_n_selected (gallery), ==, 0);
  g_assert_cmpuint (dot_gallery_get_candidate (gallery), ==, 2);
  dot_gallery_select (gallery, 1, TRUE);
  g_assert_cmpuint (dot_gallery_get_candidate (gallery), ==, 1);

  /* one that is selected leaves the selection, another is alone in it */
  dot_gallery_select_only (gallery, two, 2);
  dot_gallery_set_candidate (gallery, 2);
  g_assert_cmpuint (dot_gallery_get_n_selected (gallery), ==, 2);
  dot_gallery_set_candidate (gallery, 0);
  g_assert_cmpuint (dot_gallery_get_n_selected (gallery), ==, 1);
  g_assert_true (dot_gallery_is_selected (gallery, 0));

  dot_gallery_select_all (gallery);
  g_assert_cmpuint (dot_gallery_get_n_selected (gallery), ==, BATCH);
  g_assert_cmpuint (dot_gallery_get_candidate (gallery), ==, 0);
}

static void
assert_frame (GPtrArray *frames, guint i, guint candidate, guint update)
{
  const DotFrame *frame = frames->pdata[i];

  g_assert_cmpuint (frame->candidate, ==, candidate);
  g_assert_cmpuint (frame->update, ==, update);
}

static void
test_chosen (void)
{
  g_autoptr (DotGallery) gallery = dot_gallery_new ();
  g_autoptr (GPtrArray) none     = dot_gallery_get_chosen (gallery);
  g_autoptr (GPtrArray) shown    = NULL;
  g_autoptr (GPtrArray) marked   = NULL;

  g_assert_cmpuint (none->len, ==, 0);
  for (guint i = 0; i < 4; i++)
    add_step (gallery, 2 * i);

  /* nothing is marked: what is looked at, and not what it is compared with */
  dot_gallery_select (gallery, 2, TRUE);
  dot_gallery_set_position (gallery, 1);
  dot_gallery_set_comparing (gallery, TRUE);
  shown = dot_gallery_get_chosen (gallery);
  g_assert_cmpuint (shown->len, ==, 2);
  g_assert_cmpuint (dot_gallery_get_n_chosen (gallery), ==, 2);
  assert_frame (shown, 0, 0, 2);
  assert_frame (shown, 1, 2, 2);

  dot_gallery_set_marked (gallery, 3, TRUE);
  dot_gallery_set_marked (gallery, 0, TRUE);
  dot_gallery_set_marked (gallery, 2, TRUE);
  dot_gallery_set_marked (gallery, 2, FALSE);
  marked = dot_gallery_get_chosen (gallery);
  g_assert_cmpuint (marked->len, ==, 4);
  g_assert_cmpuint (dot_gallery_get_n_chosen (gallery), ==, 4);
  assert_frame (marked, 0, 0, 0);
  assert_frame (marked, 1, 0, 6);
  assert_frame (marked, 2, 2, 0);
  assert_frame (marked, 3, 2, 6);

  dot_gallery_mark_all (gallery);
  g_assert_cmpuint (dot_gallery_get_n_marked (gallery), ==, 4);
  dot_gallery_mark_none (gallery);
  g_assert_cmpuint (dot_gallery_get_n_marked (gallery), ==, 0);
}

/* Frames live on after the gallery was cleared. */
static void
test_frames_stay (void)
{
  g_autoptr (DotGallery) gallery = dot_gallery_new ();
  g_autoptr (GPtrArray) chosen   = NULL;
  g_autoptr (GPtrArray) last     = NULL;

  add_step (gallery, 0);
  add_step (gallery, 1);
  dot_gallery_set_position (gallery, 0);
  chosen = dot_gallery_get_chosen (gallery);
  last   = dot_gallery_get_last_frames (gallery);
  dot_gallery_clear (gallery);

  g_assert_cmpuint (last->len, ==, BATCH);
  for (guint i = 0; i < BATCH; i++)
    assert_frame (last, i, i, 1);
  assert_frame (chosen, 0, 0, 0);
  g_ptr_array_unref (g_steal_pointer (&last));
  last = dot_gallery_get_last_frames (gallery);
  g_assert_cmpuint (last->len, ==, 0);
}

/* A run that goes on counts on; what is chosen stays so. */
static void
test_resumed (void)
{
  g_autoptr (DotGallery) gallery = dot_gallery_new ();
  g_autoptr (GPtrArray) last     = NULL;

  add_step (gallery, 0);
  add_step (gallery, 8);
  dot_gallery_select (gallery, 1, TRUE);
  dot_gallery_set_marked (gallery, 1, TRUE);

  /* what it goes on from is there already */
  add_step_of (gallery, 8, 11);
  g_assert_cmpuint (dot_gallery_get_n_positions (gallery), ==, 2);
  g_assert_cmpuint (dot_gallery_get_n_updates (gallery), ==, 8);

  add_step_of (gallery, 9, 11);
  add_step_of (gallery, 11, 11);
  g_assert_cmpuint (dot_gallery_get_n_positions (gallery), ==, 4);
  g_assert_cmpuint (dot_gallery_get_n_updates (gallery), ==, 11);
  g_assert_cmpuint (dot_gallery_get_update (gallery, 3), ==, 11);
  g_assert_cmpuint (dot_gallery_get_position (gallery), ==, 3);
  g_assert_cmpuint (dot_gallery_get_n_selected (gallery), ==, 2);
  g_assert_true (dot_gallery_is_marked (gallery, 1));
  last = dot_gallery_get_last_frames (gallery);
  assert_frame (last, 2, 2, 11);
}

static void
test_ranges (void)
{
  g_autoptr (DotGallery) gallery = dot_gallery_new ();
  double lowest, highest;

  g_assert_false (dot_gallery_get_score_range (gallery, &lowest, &highest));
  add_step (gallery, 3);
  add_step (gallery, 5);
  g_assert_true (dot_gallery_get_score_range (gallery, &lowest, &highest));
  g_assert_cmpfloat (lowest, ==, 3.0);
  g_assert_cmpfloat (highest, ==, 5.2);
  g_assert_true (dot_gallery_get_distance_range (gallery, &lowest, &highest));
  g_assert_cmpfloat (lowest, ==, 1.5);
  g_assert_cmpfloat (highest, ==, 2.5);
  dot_gallery_clear (gallery);
  g_assert_false (dot_gallery_get_distance_range (gallery, &lowest, &highest));
}

/* A picture is made once, and shared. */
static void
test_pictures_are_shared (void)
{
  g_autoptr (DotGallery) gallery = dot_gallery_new ();

  add_step (gallery, 0);
  g_assert_true (dot_gallery_get_picture (gallery, 1, 0) ==
                 dot_gallery_get_picture (gallery, 1, 0));
}

static void
add_measured (DotGallery *gallery, guint update, double contrast, double excess)
{
  g_autoptr (GPtrArray) frames = NULL;

  frames = g_ptr_array_new_with_free_func ((GDestroyNotify) dot_frame_unref);
  for (guint c = 0; c < BATCH; c++)
    {
      DotFrame *frame = make_frame (update, 8, c);

      frame->contrast = c == 1 ? contrast : 0.4;
      frame->excess   = c == 1 ? excess : 0.0;
      g_ptr_array_add (frames, frame);
    }
  dot_gallery_add (gallery, frames);
}

/* A candidate that ends flat or far from the prior is found, and since when;
 * one that was so for a while isn't. */
static void
test_collapse (void)
{
  static const struct
  {
    double   contrasts[4];
    double   excesses[4];
    gboolean collapsed;
    guint    update;
  } cases[] = {
    { { 0.4, 0.3, 0.2, 0.11 }, { 0.0, 1.0, 2.0, 5.9 }, FALSE, 0 },
    { { 0.4, 0.05, 0.4, 0.4 }, { 0.0, 0.0, 0.0, 0.0 }, FALSE, 0 },
    { { 0.4, 0.05, 0.4, 0.09 }, { 0.0, 0.0, 0.0, 0.0 }, TRUE, 6 },
    { { 0.4, 0.4, 0.4, 0.4 }, { 0.0, 6.1, 7.0, 8.0 }, TRUE, 2 },
    { { 0.0, 0.0, 0.0, 0.0 }, { 7.0, 7.0, 7.0, 7.0 }, FALSE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DotGallery) gallery = dot_gallery_new ();
      guint update                   = 0;

      for (guint p = 0; p < 4; p++)
        add_measured (gallery, 2 * p, cases[i].contrasts[p], cases[i].excesses[p]);
      g_assert_true (dot_gallery_collapse_find (gallery, &update) == cases[i].collapsed);
      g_assert_cmpuint (update, ==, cases[i].update);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gallery/cells", test_cells);
  g_test_add_func ("/gallery/position", test_position);
  g_test_add_func ("/gallery/comparing", test_comparing);
  g_test_add_func ("/gallery/signals", test_signals);
  g_test_add_func ("/gallery/kinds-of-change", test_kinds_of_change);
  g_test_add_func ("/gallery/selection", test_selection);
  g_test_add_func ("/gallery/chosen", test_chosen);
  g_test_add_func ("/gallery/frames-stay", test_frames_stay);
  g_test_add_func ("/gallery/resumed", test_resumed);
  g_test_add_func ("/gallery/ranges", test_ranges);
  g_test_add_func ("/gallery/collapse", test_collapse);
  g_test_add_func ("/gallery/pictures-are-shared", test_pictures_are_shared);
  return g_test_run ();
}
