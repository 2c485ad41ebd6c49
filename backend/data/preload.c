/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A whole dataset decoded into memory, by several threads. */

#include "preload.h"

#include "base/system.h"

#include "base/intl.h"

/* What a thread takes at a time, and how often progress is told. */
#define CHUNK 64
#define TICK  (G_TIME_SPAN_SECOND / 10)

/* @next: the first item that nobody has taken
 * @failed: the first item that can't be read */
typedef struct
{
  DotDataset *dataset;
  GMutex      lock;
  GCond       changed;
  guint64     next;
  guint64     done;
  guint       running;
  guint64     failed;
  GError     *error;
} Preload;

/* All items before the one that failed are read, so that it is always the
 * first that is named. */
static gboolean
next_chunk (Preload *preload, guint64 *first, guint64 *end)
{
  g_mutex_lock (&preload->lock);
  *first = preload->next;
  *end   = MIN (*first + CHUNK, preload->failed);
  preload->next += CHUNK;
  g_mutex_unlock (&preload->lock);
  return *first < *end;
}

static void
finish_chunk (Preload *preload, guint64 items, guint64 item, GError *error)
{
  g_mutex_lock (&preload->lock);
  preload->done += items;
  if (error && item < preload->failed)
    {
      g_clear_error (&preload->error);
      preload->error  = g_steal_pointer (&error);
      preload->failed = item;
    }
  g_mutex_unlock (&preload->lock);
  g_clear_error (&error);
}

static void
run (gpointer data, gpointer user_data)
{
  Preload    *preload = user_data;
  DotDataset *dataset = preload->dataset;
  gsize       size    = dot_dataset_get_item_size (dataset);
  guint64     first, end;

  while (next_chunk (preload, &first, &end))
    {
      GError *error = NULL;
      guint64 item  = first;

      while (item < end &&
             dataset->kind->read (dataset, item, dataset->pixels + item * size, &error))
        item++;
      finish_chunk (preload, item - first, item, error);
    }

  g_mutex_lock (&preload->lock);
  preload->running--;
  g_cond_signal (&preload->changed);
  g_mutex_unlock (&preload->lock);
}

/* A cancelled preload has failed at its first item. */
static void
watch (Preload *preload, const DotDatasetOptions *options)
{
  g_mutex_lock (&preload->lock);
  while (preload->running > 0)
    {
      guint64 done = preload->done;

      g_cond_wait_until (&preload->changed, &preload->lock, g_get_monotonic_time () + TICK);
      if (! preload->error &&
          g_cancellable_set_error_if_cancelled (options->cancellable, &preload->error))
        preload->failed = 0;
      if (! options->progress || preload->done == done)
        continue;
      done = preload->done;
      g_mutex_unlock (&preload->lock);
      options->progress (_ ("Reading the pictures"), (double) done / preload->dataset->n_items,
                         options->user_data);
      g_mutex_lock (&preload->lock);
    }
  g_mutex_unlock (&preload->lock);
}

/* Half of the computer's memory is left to the rest. */
static gboolean
fits (const DotDataset *dataset, const DotDatasetOptions *options)
{
  guint64 memory = dot_system_get_memory ();
  guint64 limit  = memory ? MIN (options->memory_limit, memory / 2) : options->memory_limit;

  return dataset->n_items <= limit / dot_dataset_get_item_size (dataset);
}

/**
 * dot_preload:
 *
 * Decodes all pictures, where they fit into the memory that is allowed, and
 * gives up their source.
 *
 * Returns: %FALSE where one can't be read, or the options' cancellable says so
 */
gboolean
dot_preload (DotDataset *dataset, const DotDatasetOptions *options, GError **error)
{
  guint        n_threads = options->n_threads ? options->n_threads : g_get_num_processors ();
  Preload      preload   = { .dataset = dataset, .failed = dataset->n_items, .running = n_threads };
  GThreadPool *pool;

  if (fits (dataset, options))
    dataset->pixels = g_try_malloc (dataset->n_items * dot_dataset_get_item_size (dataset));
  if (! dataset->pixels)
    return TRUE;

  g_mutex_init (&preload.lock);
  g_cond_init (&preload.changed);
  pool = g_thread_pool_new (run, &preload, (int) n_threads, FALSE, NULL);
  for (guint i = 0; i < n_threads; i++)
    g_thread_pool_push (pool, &preload, NULL);
  watch (&preload, options);
  g_thread_pool_free (pool, FALSE, TRUE);
  g_mutex_clear (&preload.lock);
  g_cond_clear (&preload.changed);

  if (preload.error)
    g_propagate_error (error, preload.error);
  else
    {
      dataset->kind->close (dataset->source);
      dataset->source = NULL;
    }
  return ! preload.error;
}
