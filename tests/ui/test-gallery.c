/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* What is looked at, without anything to look with: no display is needed.
 */

#include "gallery.h"

#define BATCH 3
#define SIZE  2

/* Candidate c after update u: score u + c / 10, distance u / 2, pixels whose
 * red says u, green c.  */
static DotFrame *
make_frame (guint update,
            guint candidate)
{
  DotFrame *frame = g_atomic_rc_box_new0 (DotFrame);

  *frame = (DotFrame) { .update = update, .n_updates = 8,
                        .candidate = candidate, .batch = BATCH,
                        .channels = 3, .width = SIZE, .height = SIZE };
  frame->title    = g_strdup_printf ("lemon · seed %u · update %u · D %.2f",
                                     4 + candidate, update,
                                     update + candidate / 10.0);
  frame->score    = update + candidate / 10.0;
  frame->distance = update / 2.0;
  frame->image    = g_new (float, 3 * SIZE * SIZE);
  for (guint i = 0; i < 3 * SIZE * SIZE; i++)
    frame->image[i] = (i < SIZE * SIZE       ? update
                       : i < 2 * SIZE * SIZE ? candidate : 0) / 127.5f - 1.0f;

  return frame;
}

static void
add_step (DotGallery *gallery,
          guint       update)
{
  g_autoptr (GPtrArray) frames = NULL;

  frames = g_ptr_array_new_with_free_func ((GDestroyNotify) dot_frame_unref);
  for (guint c = 0; c < BATCH; c++)
    g_ptr_array_add (frames, make_frame (update, c));
  dot_gallery_add (gallery, frames);
}

static void
count (DotGallery *gallery,
       guint      *n)
{
  ++*n;
}

static void
test_cells (void)
{
  g_autoptr (DotGallery) gallery = dot_gallery_new ();
  const guchar          *pixels;

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
  g_assert_cmpstr (dot_gallery_get_title (gallery, 1, 2), ==,
                   "lemon · seed 5 · update 8 · D 8.10");

  pixels = gdk_pixbuf_read_pixels (dot_gallery_get_picture (gallery, 2, 1));
  g_assert_cmpuint (pixels[0], ==, 4);
  g_assert_cmpuint (pixels[1], ==, 2);
  g_assert_cmpuint (pixels[2], ==, 0);
}

/* The last update is followed, an earlier one stays.  */
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

/* Who shows it is told of what changes, and of nothing else.  */
static void
test_signals (void)
{
  g_autoptr (DotGallery) gallery = dot_gallery_new ();
  guint                  changes = 0;

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

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gallery/cells", test_cells);
  g_test_add_func ("/gallery/position", test_position);
  g_test_add_func ("/gallery/comparing", test_comparing);
  g_test_add_func ("/gallery/signals", test_signals);
  return g_test_run ();
}
