/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* The GPU's memory, and what goes there and back. */

#include "cuda-context.h"

/**
 * dot_context_allocate:
 *
 * Returns: (transfer full): memory of the GPU, for dot_context_release(), or
 *   %NULL with %DOT_ERROR_NO_DEVICE_MEMORY
 */
gpointer
dot_context_allocate (DotContext *context, gsize size, GError **error)
{
  void *memory = NULL;

  return dot_check_cuda (cudaMalloc (&memory, size), error) ? memory : NULL;
}

void
dot_context_release (DotContext *context, gpointer memory)
{
  cudaFree (memory);
}

/**
 * dot_context_share:
 * @device: memory of the GPU, @size bytes
 *
 * Gives it a counterpart of ours, which the GPU copies by itself.
 */
gboolean
dot_context_share (DotContext *context,
                   DotShared  *shared,
                   gpointer    device,
                   gsize       size,
                   GError    **error)
{
  void *host = NULL;

  if (! dot_check_cuda (cudaMallocHost (&host, MAX (size, 1)), error))
    return FALSE;

  *shared = (DotShared) { device, host, size };
  return TRUE;
}

void
dot_context_unshare (DotContext *context, DotShared *shared)
{
  if (shared->host)
    cudaFreeHost (shared->host);
  *shared = (DotShared) { NULL, NULL, 0 };
}

/**
 * dot_context_send:
 *
 * What we have written the GPU will read, in its order.
 */
gboolean
dot_context_send (DotContext *context, const DotShared *shared, GError **error)
{
  return shared->size == 0 ||
         dot_check_cuda (cudaMemcpyAsync (shared->device, shared->host, shared->size,
                                          cudaMemcpyHostToDevice, context->stream),
                         error);
}

/**
 * dot_context_fetch:
 *
 * What the GPU has written we will read, once the run is over.
 */
gboolean
dot_context_fetch (DotContext *context, const DotShared *shared, GError **error)
{
  return shared->size == 0 ||
         dot_check_cuda (cudaMemcpyAsync (shared->host, shared->device, shared->size,
                                          cudaMemcpyDeviceToHost, context->stream),
                         error);
}
