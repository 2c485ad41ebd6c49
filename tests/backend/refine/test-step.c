/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What a step is called, its pixels, its copy, and the trace of a run; the
 * steps are made by hand. */

#include "format/npz.h"
#include "refine/step.h"
#include "refine/trace.h"
#include "helpers.h"

#include <string.h>

#define BATCH  2
#define LATENT 3
#define SIZE   2
#define IMAGE  (3 * SIZE * SIZE)

static const DotClass goldfish = { .name = "goldfish" };
static const DotClass coral    = { .name = "Brain coral/“ä” №1" };

/* Two candidates, the second from a file; images count 0, 1, 2 … from their
 * first value. */
typedef struct
{
  gint64          seeds[BATCH];
  const DotClass *classes[BATCH];
  double          points[BATCH * LATENT];
  double          scores[BATCH];
  float           images[BATCH * IMAGE];
  DotStep         step;
} Hand;

static void
hand_init (Hand *hand, guint update)
{
  memset (hand, 0, sizeof (*hand));
  hand->seeds[0]   = 7;
  hand->seeds[1]   = -1;
  hand->classes[0] = &goldfish;
  hand->classes[1] = &coral;
  hand->scores[0]  = 1.934 + update;
  hand->scores[1]  = -0.5;
  for (int i = 0; i < BATCH * LATENT; i++)
    hand->points[i] = 10.0 * update + i;
  for (int i = 0; i < BATCH * IMAGE; i++)
    hand->images[i] = 100.0f * update + i;

  hand->step = (DotStep) {
    .update      = update,
    .n_updates   = 16,
    .keep        = TRUE,
    .batch       = BATCH,
    .latent_size = LATENT,
    .point_size  = LATENT,
    .channels    = 3,
    .width       = SIZE,
    .height      = SIZE,
    .seeds       = hand->seeds,
    .classes     = hand->classes,
    .origins     = hand->points,
    .points      = hand->points,
    .latents     = hand->points,
    .scores      = hand->scores,
    .gradients   = hand->points,
    .distances   = hand->scores,
    .k_eff       = hand->scores,
    .images      = hand->images,
  };
}

static void
test_titles (void)
{
  g_autofree char *first  = NULL;
  g_autofree char *second = NULL;
  Hand             hand;

  hand_init (&hand, 4);
  first  = dot_step_get_title (&hand.step, 0);
  second = dot_step_get_title (&hand.step, 1);
  g_assert_cmpstr (first, ==, "goldfish · seed 7 · update 4 · D 5.93");
  g_assert_cmpstr (second, ==, "Brain coral/“ä” №1 · latent 1 · update 4 · D -0.50");
}

static void
assert_filename (guint update, guint n_updates, gsize candidate, const char *expected)
{
  g_autofree char *name = NULL;
  Hand             hand;

  hand_init (&hand, update);
  hand.step.n_updates = n_updates;
  name                = dot_step_get_filename (&hand.step, candidate);
  g_assert_cmpstr (name, ==, expected);
  g_assert_null (strchr (name, '/'));
}

/* As wide as the run's last update, so that files sort. */
static void
test_filenames (void)
{
  assert_filename (4, 0, 0, "goldfish-seed7-update04.png");
  assert_filename (4, 99, 0, "goldfish-seed7-update04.png");
  assert_filename (4, 100, 0, "goldfish-seed7-update004.png");
  assert_filename (4, 999, 0, "goldfish-seed7-update004.png");
  assert_filename (4, 100000, 0, "goldfish-seed7-update000004.png");
  assert_filename (100000, 100000, 0, "goldfish-seed7-update100000.png");
  /* Every byte of what isn't plain becomes a hyphen. */
  assert_filename (16, 16, 1, "Brain-coral-------------1-latent1-update16.png");
}

/* Two candidates of one class and seed, from states of different runs. */
static void
test_twins (void)
{
  g_autofree char *first  = NULL;
  g_autofree char *second = NULL;
  Hand             hand;

  hand_init (&hand, 4);
  hand.seeds[1]   = 7;
  hand.classes[1] = &goldfish;
  first           = dot_step_get_filename (&hand.step, 0);
  second          = dot_step_get_filename (&hand.step, 1);
  g_assert_cmpstr (first, ==, "goldfish-seed7-update04.png");
  g_assert_cmpstr (second, ==, "goldfish-seed7-2-update04.png");
}

static void
test_pixels (void)
{
  static const float  values[IMAGE]   = { -1,    0,      1,       -7,     7,          0.5f,
                                          -0.5f, 0.999f, -0.999f, 1.001f, 1 / 127.5f, -1e30f };
  static const guint8 expected[IMAGE] = { 0, 128, 255, 0, 255, 191, 64, 255, 0, 255, 128, 0 };
  DotFrame frame = { .channels = 3, .width = SIZE, .height = SIZE, .image = (float *) values };
  g_autofree guint8 *pixels = dot_frame_get_pixels (&frame);

  /* From planes to interleaved. */
  for (int i = 0; i < IMAGE; i++)
    {
      int found = pixels[3 * (i % (SIZE * SIZE)) + i / (SIZE * SIZE)];

      g_assert_cmpint (found, ==, expected[i]);
    }
}

/* One channel is gray: three of the same. */
static void
test_gray_pixels (void)
{
  static const float values[SIZE * SIZE] = { -1, 0, 1, 0.5f };
  DotFrame frame = { .channels = 1, .width = SIZE, .height = SIZE, .image = (float *) values };
  g_autofree guint8 *pixels = dot_frame_get_pixels (&frame);

  for (int i = 0; i < 3 * SIZE * SIZE; i++)
    {
      static const guint8 expected[SIZE * SIZE] = { 0, 128, 255, 191 };

      g_assert_cmpint (pixels[i], ==, expected[i / 3]);
    }
}

static void
test_copy (void)
{
  g_autoptr (DotStep) copy = NULL;
  Hand hand;

  hand_init (&hand, 3);
  copy = dot_step_copy (&hand.step);
  memset (hand.points, 0, sizeof (hand.points));
  memset (hand.images, 0, sizeof (hand.images));
  hand.seeds[0] = 0;

  g_assert_cmpuint (copy->update, ==, 3);
  g_assert_cmpint (copy->seeds[0], ==, 7);
  g_assert_true (copy->classes[1] == &coral);
  g_assert_cmpfloat (copy->points[5], ==, 35.0);
  g_assert_cmpfloat (copy->images[BATCH * IMAGE - 1], ==, 323.0f);
  g_assert_null (copy->second_moments);
  dot_step_free (NULL);
}

/*  the trace  */

static void
assert_array (DotNpz *npz, const char *key, guint n_dims, const gsize *shape, double last)
{
  g_autoptr (GError) error  = NULL;
  g_autofree double *values = NULL;
  DotNpyHeader       header;

  values = dot_npz_read_doubles (npz, key, &header, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (header.n_dims, ==, n_dims);
  g_assert_cmpmem (header.shape, n_dims * sizeof (gsize), shape, n_dims * sizeof (gsize));
  g_assert_cmpfloat_with_epsilon (values[header.n_items - 1], last, 1e-5);
}

static void
test_trace (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *path           = g_build_filename (folder, "t.npz", NULL);
  g_autoptr (DotTrace) trace      = dot_trace_new ();
  g_autoptr (GError) error        = NULL;
  g_autoptr (DotNpz) npz          = NULL;

  for (guint update = 0; update < 4; update++)
    {
      Hand hand;

      hand_init (&hand, update);
      dot_trace_add (trace, &hand.step);
    }
  g_assert_true (dot_trace_save (trace, path, &error));

  npz = dot_npz_open (path, &error);
  g_assert_no_error (error);
  assert_array (npz, "z", 3, (gsize[]) { 4, BATCH, LATENT }, 35.0);
  assert_array (npz, "score", 2, (gsize[]) { 4, BATCH }, -0.5);
  assert_array (npz, "gradient", 3, (gsize[]) { 4, BATCH, LATENT }, 35.0);
  assert_array (npz, "image", 5, (gsize[]) { 4, BATCH, 3, SIZE, SIZE }, 323.0);
  assert_array (npz, "k_eff", 1, (gsize[]) { BATCH }, -0.5);
}

/* A run that was cancelled before its first picture. */
static void
test_empty_trace (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *path           = g_build_filename (folder, "t.npz", NULL);
  g_autoptr (DotTrace) trace      = dot_trace_new ();
  g_autoptr (GError) error        = NULL;
  g_autoptr (DotNpz) npz          = NULL;
  DotNpyHeader header;

  g_assert_true (dot_trace_save (trace, path, &error));
  npz = dot_npz_open (path, &error);
  g_assert_no_error (error);
  g_assert_true (dot_npz_get_header (npz, "image", &header, &error));
  g_assert_cmpuint (header.n_items, ==, 0);
}

static void
test_unwritable_trace (void)
{
  g_autoptr (DotTrace) trace = dot_trace_new ();
  g_autoptr (GError) error   = NULL;
  Hand hand;

  hand_init (&hand, 0);
  dot_trace_add (trace, &hand.step);
  g_assert_false (dot_trace_save (trace, "/nonexistent/t.npz", &error));
  assert_sentence (error, DOT_ERROR_FAILED);
  assert_mentions (error, "/nonexistent/t.npz");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/step/titles", test_titles);
  g_test_add_func ("/step/filenames", test_filenames);
  g_test_add_func ("/step/twins", test_twins);
  g_test_add_func ("/step/pixels", test_pixels);
  g_test_add_func ("/step/gray-pixels", test_gray_pixels);
  g_test_add_func ("/step/copy", test_copy);
  g_test_add_func ("/trace/round-trip", test_trace);
  g_test_add_func ("/trace/empty", test_empty_trace);
  g_test_add_func ("/trace/unwritable", test_unwritable_trace);
  return g_test_run ();
}
