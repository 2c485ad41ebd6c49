/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* bench-dataset PATH [SIZE]: how many pictures a second are read, while they are
 * decoded and once they are in memory.  No test: it depends on the computer. */

#include "data/batches.h"

#include <stdio.h>
#include <stdlib.h>

#define BATCH   64
#define LONGEST (3 * G_TIME_SPAN_SECOND)

static DotDataset *
open_timed (const char *path, guint size, guint64 memory_limit)
{
  g_autoptr (GError) error = NULL;
  gint64            start  = g_get_monotonic_time ();
  DotDatasetOptions options;
  DotDataset       *dataset;
  double            seconds;

  dot_dataset_options_init (&options);
  options.path         = path;
  options.size         = size;
  options.flip         = TRUE;
  options.memory_limit = memory_limit;
  dataset              = dot_dataset_open (&options, &error);
  seconds              = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  if (! dataset)
    {
      fprintf (stderr, "%s\n", error->message);
      exit (1);
    }
  printf ("%s: %" G_GUINT64_FORMAT " pictures, %u labels, opened in %.2f s\n",
          dot_dataset_is_in_memory (dataset) ? "in memory" : "on the fly",
          dot_dataset_get_n_items (dataset), dot_dataset_get_n_labels (dataset), seconds);
  return dataset;
}

static void
read_timed (DotDataset *dataset, guint threads)
{
  g_autoptr (DotBatches) batches = dot_batches_new (dataset, BATCH, 0, threads);
  g_autofree float *images       = NULL;
  gint32            labels[BATCH];
  gint64            start, end;
  guint64           number = 0;

  images = g_new (float, (gsize) BATCH *dot_dataset_get_channels (dataset) *
                           dot_dataset_get_height (dataset) * dot_dataset_get_width (dataset));
  start  = g_get_monotonic_time ();
  do
    {
      if (! dot_batches_get (batches, number++, images, labels, NULL))
        exit (1);
      end = g_get_monotonic_time ();
    }
  while (end - start < LONGEST);
  printf ("  %u threads: %.0f pictures a second\n", threads,
          (double) number * BATCH * G_USEC_PER_SEC / (double) (end - start));
}

int
main (int argc, char **argv)
{
  guint64 limits[] = { DOT_DATASET_MEMORY_LIMIT, 16 << 20 };
  guint   size     = argc > 2 ? (guint) atoi (argv[2]) : 64;

  if (argc < 2)
    {
      fprintf (stderr, "bench-dataset PATH [SIZE]\n");
      return 2;
    }
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autoptr (DotDataset) dataset = open_timed (argv[1], size, limits[i]);

      for (guint threads = 1; threads <= g_get_num_processors (); threads *= 2)
        read_timed (dataset, threads);
    }
  return 0;
}
