/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Frames in the order that they are given become rows and columns.  Frames of
 * one class and seed are one candidate, also those of a run that went on from
 * another; where two of them are after the same update they are two. */

#include "grid.h"

#include <inttypes.h>

static int
compare_updates (gconstpointer a, gconstpointer b)
{
  guint one   = *(const guint *) a;
  guint other = *(const guint *) b;

  return (one > other) - (one < other);
}

static void
find_updates (DotGrid *grid, GPtrArray *frames)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < frames->len; i++)
    {
      const DotFrame *frame = frames->pdata[i];

      if (g_hash_table_add (seen, GUINT_TO_POINTER (frame->update)))
        g_array_append_val (grid->updates, frame->update);
    }
  g_array_sort (grid->updates, compare_updates);
}

/* What the frames of one candidate have in common; latents from files have
 * only their place in the run. */
static char *
make_key (const DotFrame *frame, guint twin)
{
  return g_strdup_printf ("%" PRId64 "/%u/%u/%s", frame->seed,
                          frame->seed < 0 ? frame->candidate : 0, twin, frame->class_name);
}

static const DotFrame **
find_row (DotGrid *grid, GHashTable *known, char *key)
{
  const DotFrame **row = g_hash_table_lookup (known, key);

  if (row)
    {
      g_free (key);
      return row;
    }

  row = g_new0 (const DotFrame *, grid->updates->len);
  g_ptr_array_add (grid->rows, row);
  g_hash_table_insert (known, key, row);
  return row;
}

static void
place_frame (DotGrid *grid, GHashTable *known, const DotFrame *frame)
{
  guint column = 0;

  g_array_binary_search (grid->updates, &frame->update, compare_updates, &column);
  for (guint twin = 0;; twin++)
    {
      const DotFrame **row = find_row (grid, known, make_key (frame, twin));

      if (! row[column])
        {
          row[column] = frame;
          return;
        }
    }
}

/**
 * dot_grid_init:
 * @frames: of #DotFrame, which must live as long
 */
void
dot_grid_init (DotGrid *grid, GPtrArray *frames)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  *grid = (DotGrid) { .updates = g_array_new (FALSE, FALSE, sizeof (guint)),
                      .rows    = g_ptr_array_new_with_free_func (g_free) };
  find_updates (grid, frames);
  for (guint i = 0; i < frames->len; i++)
    {
      const DotFrame *frame = frames->pdata[i];

      place_frame (grid, known, frame);
      grid->width  = MAX (grid->width, frame->width);
      grid->height = MAX (grid->height, frame->height);
    }
}

void
dot_grid_clear (DotGrid *grid)
{
  g_clear_pointer (&grid->updates, g_array_unref);
  g_clear_pointer (&grid->rows, g_ptr_array_unref);
}

/**
 * dot_grid_get:
 *
 * Returns: (nullable) (transfer none): the candidate's frame after the update
 *   of that column
 */
const DotFrame *
dot_grid_get (const DotGrid *grid, guint row, guint column)
{
  const DotFrame **frames = g_ptr_array_index (grid->rows, row);

  return frames[column];
}

/**
 * dot_grid_get_last:
 *
 * Returns: (transfer none): the same, or where there is none the one before,
 *   or the candidate's first
 */
const DotFrame *
dot_grid_get_last (const DotGrid *grid, guint row, guint column)
{
  const DotFrame **frames = g_ptr_array_index (grid->rows, row);
  guint            at     = column;

  while (at > 0 && ! frames[at])
    at--;
  while (! frames[at])
    at++;
  return frames[at];
}
