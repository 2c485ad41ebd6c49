/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The CPU as the device of plans: its memory is ours, and nothing is worth
 * recording. */

#include "onednn.h"

#include "base/intl.h"

#include <stdlib.h>

#define ALIGNMENT 64

/* Whether the processor multiplies bfloat16 itself. */
static gboolean
has_bfloat16 (void)
{
  guint isa = dnnl_get_effective_cpu_isa ();

  return (isa & dnnl_cpu_isa_avx512_core_bf16) == dnnl_cpu_isa_avx512_core_bf16;
}

static gboolean
check_choices (DotDevice device, DotPrecision precision, GError **error)
{
  if (device != DOT_DEVICE_CUDA && precision == DOT_PRECISION_TF32)
    {
      g_set_error_literal (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                           _ ("Only NVIDIA GPUs compute in TF32: take --precision float32."));
      return FALSE;
    }
  if (device != DOT_DEVICE_CUDA && (precision == DOT_PRECISION_FLOAT32 ||
                                    (precision == DOT_PRECISION_BFLOAT16 && has_bfloat16 ())))
    return TRUE;

  g_set_error_literal (error, DOT_ERROR, DOT_ERROR_NO_BACKEND,
                       _ ("The native engine computes in float32, or where the processor has it in "
                          "bfloat16, on the CPU: take --engine torch."));
  return FALSE;
}

/**
 * dot_context_new:
 *
 * Returns: (transfer full): the device, or %NULL with %DOT_ERROR_NO_BACKEND
 *   where this module doesn't compute on it, or not in that precision;
 *   %DOT_ERROR_INVALID_ARGUMENT where nothing computes in it there
 */
DotContext *
dot_context_new (DotDevice device, DotPrecision precision, GError **error)
{
  g_autoptr (DotContext) context = NULL;

  if (! check_choices (device, precision, error))
    return NULL;

  context = g_new0 (DotContext, 1);
  if (! dot_onednn_check (dnnl_engine_create (&context->engine, dnnl_cpu, 0), error) ||
      ! dot_onednn_check (dnnl_stream_create (&context->stream, context->engine,
                                              dnnl_stream_default_flags),
                          error))
    return NULL;
  return g_steal_pointer (&context);
}

void
dot_context_free (DotContext *context)
{
  if (! context)
    return;

  dnnl_stream_destroy (context->stream);
  dnnl_engine_destroy (context->engine);
  g_free (context);
}

/**
 * dot_context_knows_all:
 *
 * Returns: whether it computes every graph: %FALSE where that must be tried
 */
gboolean
dot_context_knows_all (const DotContext *context)
{
  return TRUE;
}

/**
 * dot_context_describe:
 *
 * Returns: (transfer full): library and version, one line
 */
char *
dot_context_describe (void)
{
  const dnnl_version_t *version = dnnl_version ();

  return g_strdup_printf ("oneDNN %d.%d.%d%s", version->major, version->minor, version->patch,
                          has_bfloat16 () ? ", bfloat16" : "");
}

/**
 * dot_context_get_name:
 *
 * Returns: (transfer none): the device's name
 */
const char *
dot_context_get_name (const DotContext *context)
{
  return "CPU";
}

/*  memory  */

/**
 * dot_context_allocate:
 *
 * Returns: (transfer full): memory of the device, for dot_context_release()
 */
gpointer
dot_context_allocate (DotContext *context, gsize size, GError **error)
{
  gpointer memory = aligned_alloc (ALIGNMENT, (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);

  if (! memory)
    dot_onednn_check (dnnl_out_of_memory, error);
  return memory;
}

void
dot_context_release (DotContext *context, gpointer memory)
{
  free (memory);
}

/**
 * dot_context_share:
 * @device: memory of the device, @size bytes
 *
 * Gives it a place that we may write and read.
 */
gboolean
dot_context_share (DotContext *context,
                   DotShared  *shared,
                   gpointer    device,
                   gsize       size,
                   GError    **error)
{
  *shared = (DotShared) { device, device, size };
  return TRUE;
}

void
dot_context_unshare (DotContext *context, DotShared *shared)
{
  *shared = (DotShared) { NULL, NULL, 0 };
}

/**
 * dot_context_send:
 *
 * What we have written the device will read, in its order.
 */
gboolean
dot_context_send (DotContext *context, const DotShared *shared, GError **error)
{
  return TRUE;
}

/**
 * dot_context_fetch:
 *
 * What the device has written we will read, once the run is over.
 */
gboolean
dot_context_fetch (DotContext *context, const DotShared *shared, GError **error)
{
  return TRUE;
}

/*  running  */

/**
 * dot_context_run:
 * @recording: (inout): the device's own; %NULL at first
 * @run: has the device compute, always the same on the same memory
 *
 * Runs it, or what was recorded of it, and waits for the end.
 */
gboolean
dot_context_run (DotContext    *context,
                 DotRecording **recording,
                 DotRunFunc     run,
                 gpointer       data,
                 GError       **error)
{
  return run (data, error) && dot_onednn_check (dnnl_stream_wait (context->stream), error);
}

void
dot_context_free_recording (DotRecording *recording)
{
}
