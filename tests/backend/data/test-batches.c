/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Batches: a function of seed and number, each item once an epoch, whatever the
 * threads and whether or not the pictures are kept in memory. */

#include "helpers.h"
#include "small-datasets.h"
#include "data/batches.h"

#include <string.h>

#define N      30
#define BATCH  8
#define EPOCHS 20

/* Batches that end together with an epoch: 15 in 4 epochs. */
#define BATCHES (EPOCHS * N / BATCH)

typedef struct
{
  float  images[BATCH * SAMPLE_ITEM];
  gint32 labels[BATCH];
} Batch;

static void
flipped (DotDatasetOptions *options)
{
  sample_small (options);
  options->flip = TRUE;
}

static void
flipped_on_the_fly (DotDatasetOptions *options)
{
  flipped (options);
  options->memory_limit = 1;
}

/* Picture i is of class i / 10. */
static char *
write_folder (void)
{
  char *folder = helper_folder_new ();

  for (guint i = 0; i < N; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u/%02u.png", i / 10, i);

      sample_write (folder, name, sample_png (i, SAMPLE_SIZE, SAMPLE_SIZE));
    }
  return folder;
}

static void
get (DotBatches *batches, guint64 number, Batch *batch)
{
  g_autoptr (GError) error = NULL;
  gboolean done;

  done = dot_batches_get (batches, number, batch->images, batch->labels, &error);
  g_assert_no_error (error);
  g_assert_true (done);
}

/* Which picture it is: 2i, or 2i + 1 where it is mirrored; −1 for none. */
static int
recognize (const float *image)
{
  for (guint p = 0; p < 2 * N; p++)
    {
      gboolean same = TRUE;

      for (guint i = 0; same && i < SAMPLE_ITEM; i++)
        {
          guint x     = i % SAMPLE_SIZE;
          guint level = sample_level (p / 2, i / (SAMPLE_SIZE * SAMPLE_SIZE),
                                      i / SAMPLE_SIZE % SAMPLE_SIZE,
                                      p % 2 ? SAMPLE_SIZE - 1 - x : x);

          same = image[i] == (float) (level / 127.5 - 1.0);
        }
      if (same)
        return (int) p;
    }
  return -1;
}

/* (transfer full): the pictures of all epochs, in their order */
static int *
draw (DotDataset *dataset, guint64 seed)
{
  g_autoptr (DotBatches) batches = dot_batches_new (dataset, BATCH, seed, 3);
  int *found                     = g_new (int, BATCHES *BATCH);

  for (guint b = 0; b < BATCHES; b++)
    {
      Batch batch;

      get (batches, b, &batch);
      for (guint i = 0; i < BATCH; i++)
        {
          found[b * BATCH + i] = recognize (batch.images + i * SAMPLE_ITEM);
          g_assert_cmpint (found[b * BATCH + i], >=, 0);
          g_assert_cmpint (batch.labels[i], ==, found[b * BATCH + i] / 2 / 10);
        }
    }
  return found;
}

static void
test_epochs (void)
{
  g_autoptr (HelperFolder) folder = write_folder ();
  g_autoptr (DotDataset) dataset  = sample_open (folder, sample_small);
  g_autofree int *found           = draw (dataset, 5);
  g_autofree int *other           = draw (dataset, 6);

  for (guint e = 0; e < EPOCHS; e++)
    {
      gboolean seen[N] = {
        FALSE,
      };

      for (guint i = e * N; i < (e + 1) * N; i++)
        {
          g_assert_cmpint (found[i] % 2, ==, 0);
          g_assert_false (seen[found[i] / 2]);
          seen[found[i] / 2] = TRUE;
        }
      g_assert_cmpint (e == 0 || memcmp (found, found + e * N, N * sizeof (int)), !=, 0);
    }
  g_assert_cmpint (memcmp (found, other, N * sizeof (int)), !=, 0);
}

/* Half of 600, within five deviations of 12; the order stays as without. */
static void
test_flips (void)
{
  g_autoptr (HelperFolder) folder = write_folder ();
  g_autoptr (DotDataset) plain    = sample_open (folder, sample_small);
  g_autoptr (DotDataset) dataset  = sample_open (folder, flipped);
  g_autofree int *found           = draw (dataset, 5);
  g_autofree int *order           = draw (plain, 5);
  int             flips           = 0;

  for (guint i = 0; i < BATCHES * BATCH; i++)
    {
      g_assert_cmpint (found[i] / 2, ==, order[i] / 2);
      flips += found[i] % 2;
    }
  g_assert_cmpint (ABS (flips - 300), <=, 60);
}

/* Each first place of an epoch is as likely for each item: 3,000 epochs, and
 * the sum of squares of 29 normal variables below its 1e-6 quantile, 84. */
static void
test_uniform (void)
{
  g_autoptr (HelperFolder) folder = write_folder ();
  g_autoptr (DotDataset) dataset  = sample_open (folder, sample_small);
  g_autoptr (DotBatches) batches  = dot_batches_new (dataset, N, 9, 2);
  g_autofree float *images        = g_new (float, N *SAMPLE_ITEM);
  guint             count[N]      = {
    0,
  };
  double chi = 0.0;

  for (guint e = 0; e < 3000; e++)
    {
      g_assert_true (dot_batches_get (batches, e, images, NULL, NULL));
      count[recognize (images) / 2]++;
    }
  for (guint i = 0; i < N; i++)
    chi += (count[i] - 100.0) * (count[i] - 100.0) / 100.0;
  g_assert_cmpfloat (chi, <, 84.0);
}

/* In any order, with any number of threads, on the fly or not. */
static void
test_pure (void)
{
  g_autoptr (HelperFolder) folder = write_folder ();
  g_autoptr (DotDataset) memory   = sample_open (folder, flipped);
  g_autoptr (DotDataset) disk     = sample_open (folder, flipped_on_the_fly);
  g_autoptr (DotBatches) first    = dot_batches_new (memory, BATCH, 5, 1);
  g_autofree Batch *batches       = g_new (Batch, BATCHES);

  for (guint b = 0; b < BATCHES; b++)
    get (first, b, &batches[b]);
  for (guint threads = 0; threads < 8; threads++)
    {
      g_autoptr (DotBatches) others = NULL;

      others = dot_batches_new (threads % 2 ? disk : memory, BATCH, 5, threads);
      for (guint i = 0; i < BATCHES; i++)
        {
          guint number = threads < 4 ? i : i * 31 % BATCHES;
          Batch batch;

          get (others, number, &batch);
          g_assert_cmpmem (&batch, sizeof (batch), &batches[number], sizeof (batch));
        }
    }
}

/* Left while the threads are at work. */
static void
test_leave (void)
{
  g_autoptr (HelperFolder) folder = write_folder ();
  g_autoptr (DotDataset) dataset  = sample_open (folder, flipped_on_the_fly);

  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (DotBatches) batches = dot_batches_new (dataset, BATCH, i, 4);
      Batch batch;

      if (i % 2)
        get (batches, i, &batch);
    }
}

/* Parts of a batch, each read by itself, are the batch: its pictures, which of
 * them are mirrored, and its labels. */
static void
test_parts (void)
{
  g_autoptr (HelperFolder) folder = write_folder ();
  g_autoptr (DotDataset) dataset  = sample_open (folder, flipped);
  g_autoptr (DotBatches) whole    = dot_batches_new (dataset, BATCH, 5, 2);
  const guint bounds[]            = { 0, 3, 4, BATCH };

  for (guint i = 0; i + 1 < G_N_ELEMENTS (bounds); i++)
    {
      guint n                     = bounds[i + 1] - bounds[i];
      g_autoptr (DotBatches) part = dot_batches_new_part (dataset, BATCH, bounds[i], n, 5, 2);

      for (guint number = 0; number < BATCHES; number++)
        {
          Batch all, some;

          get (whole, number, &all);
          get (part, number, &some);
          g_assert_cmpmem (some.images, n * SAMPLE_ITEM * sizeof (float),
                           all.images + bounds[i] * SAMPLE_ITEM, n * SAMPLE_ITEM * sizeof (float));
          g_assert_cmpmem (some.labels, n * sizeof (gint32), all.labels + bounds[i],
                           n * sizeof (gint32));
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/batches/epochs", test_epochs);
  g_test_add_func ("/batches/flips", test_flips);
  g_test_add_func ("/batches/uniform", test_uniform);
  g_test_add_func ("/batches/pure", test_pure);
  g_test_add_func ("/batches/leave", test_leave);
  g_test_add_func ("/batches/parts", test_parts);
  return g_test_run ();
}
