/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Counts what the whole program allocates, the libraries it loads included:
 * these functions stand before those of the C library, which they call. */

#include "allocations.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

void *__libc_malloc (size_t size);
void *__libc_calloc (size_t n, size_t size);
void *__libc_realloc (void *place, size_t size);
void *__libc_memalign (size_t alignment, size_t size);

static atomic_bool   counting;
static atomic_size_t largest_size;
static atomic_size_t n_calls;

static void
note (size_t size)
{
  size_t known = atomic_load (&largest_size);

  if (! atomic_load (&counting))
    return;
  atomic_fetch_add (&n_calls, 1);
  while (size > known && ! atomic_compare_exchange_weak (&largest_size, &known, size))
    ;
}

__attribute__ ((visibility ("default"))) void *
malloc (size_t size)
{
  note (size);
  return __libc_malloc (size);
}

__attribute__ ((visibility ("default"))) void *
calloc (size_t n, size_t size)
{
  note (n * size);
  return __libc_calloc (n, size);
}

__attribute__ ((visibility ("default"))) void *
realloc (void *place, size_t size)
{
  note (size);
  return __libc_realloc (place, size);
}

__attribute__ ((visibility ("default"))) void *
aligned_alloc (size_t alignment, size_t size)
{
  note (size);
  return __libc_memalign (alignment, size);
}

__attribute__ ((visibility ("default"))) int
posix_memalign (void **place, size_t alignment, size_t size)
{
  note (size);
  *place = __libc_memalign (alignment, size);
  return *place ? 0 : ENOMEM;
}

void
allocations_begin (void)
{
  atomic_store (&largest_size, 0);
  atomic_store (&n_calls, 0);
  atomic_store (&counting, true);
}

void
allocations_end (gsize *largest, gsize *count)
{
  atomic_store (&counting, false);
  *largest = atomic_load (&largest_size);
  *count   = atomic_load (&n_calls);
}
