/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Takes the GPU's memory on purpose, so that it can be seen what then happens. */

#include "cuda-context.h"

#include "engine/probe.h"

#include <gmodule.h>

/* The sizes of what is taken, in bytes: halves from one to the other. */
#define LARGEST  (1ul << 36)
#define SMALLEST (1ul << 20)

typedef struct
{
  void         *memory;
  unsigned long size;
} Block;

static GArray *blocks;

static void
release (void)
{
  for (guint i = 0; blocks && i < blocks->len; i++)
    cudaFree (g_array_index (blocks, Block, i).memory);
  g_clear_pointer (&blocks, g_array_unref);
}

/* The last ones are the smallest. */
static unsigned long
give_back (unsigned long left)
{
  unsigned long given = 0;

  while (given < left && blocks->len > 0)
    {
      const Block *last = &g_array_index (blocks, Block, blocks->len - 1);

      cudaFree (last->memory);
      given += last->size;
      g_array_set_size (blocks, blocks->len - 1);
    }
  return given;
}

static unsigned long
fill (unsigned long left)
{
  unsigned long taken = 0;

  release ();
  blocks = g_array_new (FALSE, FALSE, sizeof (Block));
  for (unsigned long size = LARGEST; size >= SMALLEST; size /= 2)
    {
      Block block = { NULL, size };

      while (cudaMalloc (&block.memory, size) == cudaSuccess)
        {
          g_array_append_val (blocks, block);
          taken += size;
        }
      /* What it remembers would be taken for the next call's. */
      cudaGetLastError ();
    }
  return taken - give_back (left);
}

static const DotFillClass fill_class = { .abi = DOT_FILL_ABI, .fill = fill, .release = release };

G_MODULE_EXPORT const DotFillClass *dot_fill_module (void);

G_MODULE_EXPORT const DotFillClass *
dot_fill_module (void)
{
  return &fill_class;
}
