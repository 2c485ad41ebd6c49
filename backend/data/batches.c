/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Batches, decoded ahead by threads into a small ring: batch w has the place
 * w modulo the ring's length. */

#include "batches.h"

#include "dataset-private.h"
#include "base/random.h"

/* What the batches ahead may take together, where there are more than two. */
#define RING_BYTES ((gsize) 256 << 20)

typedef enum
{
  PLACE_EMPTY,
  PLACE_BUSY,
  PLACE_READY
} PlaceState;

/* @items: (n): which they are; belongs to who fills the place */
typedef struct
{
  PlaceState state;
  guint64    number;
  guint64   *items;
  float     *images;
  gint32    *labels;
  GError    *error;
} Place;

/* An epoch's order. */
typedef struct
{
  guint64  epoch;
  guint32 *items;
} Order;

/* @first, @n: which part of each batch is read
 * @lock: of the places' states
 * @orders: of the epochs that batches straddle now
 * @levels: what the 8 bits are in [−1, 1] */
struct _DotBatches
{
  DotDataset  *dataset;
  guint        batch_size;
  guint        first;
  guint        n;
  guint64      seed;
  gsize        items_size;
  GThreadPool *pool;
  GMutex       lock;
  GCond        done;
  Place       *places;
  guint        n_places;
  Order        orders[2];
  float        levels[256];
};

/*  in the threads  */

static gboolean
is_flipped (const DotBatches *batches, guint64 position)
{
  guint32 words[4];

  if (! batches->dataset->flip)
    return FALSE;
  dot_random_words (batches->seed, DOT_STREAM_FLIP, 0, position, words);
  return words[0] & 1;
}

/* Where in the endless row of items a batch's part begins. */
static guint64
get_first (const DotBatches *batches, guint64 number)
{
  return number * batches->batch_size + batches->first;
}

static void
to_levels (const DotBatches *batches, const guint8 *pixels, gboolean flipped, float *image)
{
  gsize width = batches->dataset->size;
  gsize rows  = batches->dataset->channels * width;

  for (gsize row = 0; row < rows; row++, pixels += width, image += width)
    if (flipped)
      for (gsize x = 0; x < width; x++)
        image[x] = batches->levels[pixels[width - 1 - x]];
    else
      for (gsize x = 0; x < width; x++)
        image[x] = batches->levels[pixels[x]];
}

static gboolean
fill_pictures (DotBatches *batches, Place *place, GError **error)
{
  gsize              size   = dot_dataset_get_item_size (batches->dataset);
  g_autofree guint8 *buffer = g_malloc (size);

  for (guint i = 0; i < batches->n; i++)
    {
      guint64       position = get_first (batches, place->number) + i;
      const guint8 *pixels;

      pixels = dot_dataset_peek (batches->dataset, place->items[i], buffer, error);
      if (! pixels)
        return FALSE;
      to_levels (batches, pixels, is_flipped (batches, position), place->images + i * size);
      place->labels[i] = (gint32) dot_dataset_get_label (batches->dataset, place->items[i]);
    }
  return TRUE;
}

static void
fill_points (DotBatches *batches, Place *place)
{
  for (guint i = 0; i < batches->n; i++)
    {
      batches->dataset->kind->read_point (batches->seed, place->items[i], place->images + 2 * i);
      place->labels[i] = 0;
    }
}

static void
fill_place (gpointer data, gpointer user_data)
{
  Place      *place   = data;
  DotBatches *batches = user_data;
  GError     *error   = NULL;

  if (batches->dataset->kind->read_point)
    fill_points (batches, place);
  else
    fill_pictures (batches, place, &error);

  g_mutex_lock (&batches->lock);
  place->error = error;
  place->state = PLACE_READY;
  g_cond_broadcast (&batches->done);
  g_mutex_unlock (&batches->lock);
}

/*  in the thread that asks  */

static const guint32 *
get_order (DotBatches *batches, guint64 epoch)
{
  Order *order = &batches->orders[epoch % G_N_ELEMENTS (batches->orders)];

  if (! order->items || order->epoch != epoch)
    {
      g_free (order->items);
      order->epoch = epoch;
      order->items = dot_random_order (batches->seed, (guint32) epoch,
                                       (guint32) batches->dataset->n_items);
    }
  return order->items;
}

/* Each epoch has every item once; a batch may straddle two. */
static void
choose_items (DotBatches *batches, Place *place)
{
  guint64 n     = batches->dataset->n_items;
  guint64 first = get_first (batches, place->number);

  for (guint i = 0; i < batches->n; i++)
    place->items[i] = n > 0 ? get_order (batches, (first + i) / n)[(first + i) % n] : first + i;
}

/* With the lock held.  A place that is still busy for a batch that nobody
 * waits for is left to it. */
static void
start (DotBatches *batches, guint64 number)
{
  Place *place = &batches->places[number % batches->n_places];

  if (place->state == PLACE_BUSY || (place->state == PLACE_READY && place->number == number))
    return;
  g_clear_error (&place->error);
  place->state  = PLACE_BUSY;
  place->number = number;
  choose_items (batches, place);
  g_thread_pool_push (batches->pool, place, NULL);
}

/* With the lock held. */
static Place *
wait_for (DotBatches *batches, guint64 number)
{
  Place *place = &batches->places[number % batches->n_places];

  while (place->state == PLACE_BUSY && place->number != number)
    g_cond_wait (&batches->done, &batches->lock);
  for (guint i = 0; i < batches->n_places; i++)
    start (batches, number + i);
  while (place->state == PLACE_BUSY)
    g_cond_wait (&batches->done, &batches->lock);
  return place;
}

static void
make_places (DotBatches *batches, guint threads)
{
  gsize bytes = batches->items_size * sizeof (float);

  batches->n_places = CLAMP (RING_BYTES / bytes, 2, threads + 1);
  batches->places   = g_new0 (Place, batches->n_places);
  for (guint i = 0; i < batches->n_places; i++)
    {
      batches->places[i].items  = g_new (guint64, batches->n);
      batches->places[i].images = g_malloc (bytes);
      batches->places[i].labels = g_new (gint32, batches->n);
    }
}

/**
 * dot_batches_new_part:
 * @dataset: not owned; must outlive the batches
 * @first, @n: which part of each batch is wanted
 * @n_threads: that decode ahead; 0 for as many as the processor has
 *
 * As dot_batches_new(), of which these are a part: what others read the rest
 * of.
 *
 * Returns: (transfer full): the batches
 */
DotBatches *
dot_batches_new_part (DotDataset *dataset,
                      guint       batch_size,
                      guint       first,
                      guint       n,
                      guint64     seed,
                      guint       n_threads)
{
  DotBatches *batches = g_new0 (DotBatches, 1);
  guint       threads = n_threads ? n_threads : g_get_num_processors ();

  g_return_val_if_fail (n > 0 && first <= batch_size && n <= batch_size - first, NULL);
  batches->dataset    = dataset;
  batches->batch_size = batch_size;
  batches->first      = first;
  batches->n          = n;
  batches->seed       = seed;
  batches->items_size = n * dot_dataset_get_item_size (dataset);
  make_places (batches, threads);
  for (guint i = 0; i < 256; i++)
    batches->levels[i] = (float) (i / 127.5 - 1.0);
  g_mutex_init (&batches->lock);
  g_cond_init (&batches->done);
  batches->pool = g_thread_pool_new (fill_place, batches, (int) threads, FALSE, NULL);
  return batches;
}

/**
 * dot_batches_new:
 * @dataset: not owned; must outlive the batches
 * @n_threads: that decode ahead; 0 for as many as the processor has
 *
 * What a training reads: each epoch has every item once, in an order of its
 * own.  Several may read one dataset.
 *
 * Returns: (transfer full): the batches
 */
DotBatches *
dot_batches_new (DotDataset *dataset, guint batch_size, guint64 seed, guint n_threads)
{
  return dot_batches_new_part (dataset, batch_size, 0, batch_size, seed, n_threads);
}

/**
 * dot_batches_get:
 * @number: any, though the next ones are ready soonest
 * @images: (out): (n, channels, height, width) in [−1, 1], or the points, (n, 2)
 * @labels: (out) (optional): (n)
 *
 * Waits for a batch, and lets the threads go on with the next ones.  What is in
 * it depends on nothing but the dataset, the batch size, the seed and @number.
 * Called by one thread at a time.
 *
 * Returns: whether it could be read; a picture that is damaged is named
 */
gboolean
dot_batches_get (DotBatches *batches, guint64 number, float *images, gint32 *labels, GError **error)
{
  Place *place;

  g_mutex_lock (&batches->lock);
  place = wait_for (batches, number);
  g_mutex_unlock (&batches->lock);

  /* Nobody but the next call starts it anew. */
  if (place->error)
    {
      g_propagate_error (error, g_error_copy (place->error));
      return FALSE;
    }
  memcpy (images, place->images, batches->items_size * sizeof (float));
  if (labels)
    memcpy (labels, place->labels, batches->n * sizeof (gint32));
  return TRUE;
}

/**
 * dot_batches_free:
 *
 * Waits for what is being decoded just now, and drops the rest.
 */
void
dot_batches_free (DotBatches *batches)
{
  g_thread_pool_free (batches->pool, TRUE, TRUE);
  for (guint i = 0; i < batches->n_places; i++)
    {
      g_free (batches->places[i].items);
      g_free (batches->places[i].images);
      g_free (batches->places[i].labels);
      g_clear_error (&batches->places[i].error);
    }
  for (guint i = 0; i < G_N_ELEMENTS (batches->orders); i++)
    g_free (batches->orders[i].items);
  g_free (batches->places);
  g_mutex_clear (&batches->lock);
  g_cond_clear (&batches->done);
  g_free (batches);
}
