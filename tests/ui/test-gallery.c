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
static void
add_step (DotGallery *gallery,
          guint       update)
{
  static const DotClass  klass     = { 0, 0, NULL, "lemon", NULL };
  const DotClass        *classes[] = { &klass, &klass, &klass };
  const gint64           seeds[]   = { 4, 5, 6 };
  double                 scores[BATCH], distances[BATCH];
  float                  images[BATCH * 3 * SIZE * SIZE];
  DotStep                step      = { .update    = update,
                                       .n_updates = 8,
                                       .keep      = TRUE,
                                       .batch     = BATCH,
                                       .channels  = 3,
                                       .width     = SIZE,
                                       .height    = SIZE };

  for (guint c = 0; c < BATCH; c++)
    {
      scores[c]    = update + c / 10.0;
      distances[c] = update / 2.0;
      for (guint i = 0; i < 3 * SIZE * SIZE; i++)
        images[c * 3 * SIZE * SIZE + i]
          = (i < SIZE * SIZE ? update : i < 2 * SIZE * SIZE ? c : 0) / 127.5f
            - 1.0f;
    }
  step.classes   = classes;
  step.seeds     = seeds;
  step.scores    = scores;
  step.distances = distances;
  step.images    = images;
  dot_gallery_add (gallery, &step);
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
