/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Arrays that look at rows of numbers, which may lie there in any order. */

#include "tensor.h"

#include <sys/mman.h>
#include <unistd.h>

/* A small storage may be shown as a larger array, with strides of 0, but not as
 * one that fills the memory. */
#define MAX_EXPANDED (1 << 20)

/* Smaller ones share their pages with others. */
#define MIN_RELEASED (1 << 20)

/* How far it reaches in its storage: the number after its last one. */
static gboolean
find_end (const DotTensor *tensor, gsize *end)
{
  *end = tensor->offset;
  for (guint i = 0; i < tensor->shape.n_dims; i++)
    {
      gsize reach;

      if (! g_size_checked_mul (&reach, tensor->shape.axes[i] - 1, tensor->strides[i]) ||
          ! g_size_checked_add (end, *end, reach))
        return FALSE;
    }
  return g_size_checked_add (end, *end, 1);
}

/**
 * dot_tensor_check:
 *
 * Counts the numbers of @tensor.
 *
 * Returns: whether all of them lie in its storage
 */
gboolean
dot_tensor_check (DotTensor *tensor)
{
  gsize end;

  tensor->n_items = 1;
  for (guint i = 0; i < tensor->shape.n_dims; i++)
    if (! g_size_checked_mul (&tensor->n_items, tensor->n_items, tensor->shape.axes[i]))
      return FALSE;
  if (tensor->n_items == 0)
    return TRUE;
  return tensor->n_items <= MAX (tensor->storage->n_items, MAX_EXPANDED) &&
         find_end (tensor, &end) && end <= tensor->storage->n_items;
}

static gboolean
is_contiguous (const DotTensor *tensor)
{
  gsize expected = 1;

  for (guint i = tensor->shape.n_dims; i-- > 0;)
    {
      if (tensor->shape.axes[i] != 1 && tensor->strides[i] != expected)
        return FALSE;
      expected *= tensor->shape.axes[i];
    }
  return TRUE;
}

/* Counts @index up in C order, and @at with it. */
static void
step (const DotTensor *tensor, gsize *index, gsize *at)
{
  for (guint i = tensor->shape.n_dims; i-- > 0;)
    {
      *at += tensor->strides[i];
      if (++index[i] < tensor->shape.axes[i])
        return;
      *at -= tensor->strides[i] * tensor->shape.axes[i];
      index[i] = 0;
    }
}

static void
read_strided (const DotTensor *tensor, float *values)
{
  const DotStorage *storage                   = tensor->storage;
  gsize             index[DOT_ARRAY_MAX_DIMS] = { 0 };
  gsize             at                        = tensor->offset;

  for (gsize i = 0; i < tensor->n_items; i++)
    {
      values[i] = dot_number_read (&storage->type, storage->items + at * storage->type.size);
      step (tensor, index, &at);
    }
}

/* What has been copied needn't stay in this process's memory: the file's cache
 * has it. */
static void
release_pages (const guint8 *begin, gsize size)
{
  gsize page = (gsize) sysconf (_SC_PAGESIZE);
  gsize head = (page - (gsize) ((guintptr) begin % page)) % page;

  if (size >= MIN_RELEASED && size - head >= page)
    madvise ((guint8 *) begin + head, (size - head) / page * page, MADV_DONTNEED);
}

/**
 * dot_tensor_read:
 * @tensor: checked, its storage's numbers found
 * @values: (out): (tensor->n_items) in C order
 */
void
dot_tensor_read (const DotTensor *tensor, float *values)
{
  const DotStorage *storage = tensor->storage;
  const guint8     *begin   = storage->items + tensor->offset * storage->type.size;

  if (tensor->n_items == 0)
    return;
  if (! is_contiguous (tensor))
    {
      read_strided (tensor, values);
      return;
    }
  dot_number_read_all (&storage->type, begin, tensor->n_items, values);
  release_pages (begin, tensor->n_items * storage->type.size);
}
