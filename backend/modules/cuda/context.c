/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A GPU as the device of plans: the first one. */

#include "cuda-context.h"

#include "engine/probe.h"

#include "base/intl.h"

/* What cuBLAS wants on recent GPUs; given to it once, it allocates nothing
 * while it computes. */
#define WORKSPACE_SIZE (32 << 20)

/* So often a run is made before it is recorded: the libraries load what they
 * need. */
#define WARM_UPS 3

/* bfloat16 and TF32 came with the generation after Turing. */
static gboolean
is_after_turing (void)
{
  int major = 0;

  return cudaDeviceGetAttribute (&major, cudaDevAttrComputeCapabilityMajor, 0) == cudaSuccess &&
         major >= 8;
}

static gboolean
check_device (GError **error)
{
  char text[256] = "";

  if (dot_cuda_probe (text, sizeof (text)))
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_NO_DEVICE,
               _ ("CUDA can't be used (%s): install the GPU's driver, or take --device cpu."), text);
  return FALSE;
}

static gboolean
check_precision (DotPrecision precision, GError **error)
{
  if (precision == DOT_PRECISION_FLOAT32 ||
      (precision != DOT_PRECISION_FLOAT64 && is_after_turing ()))
    return TRUE;

  if (precision == DOT_PRECISION_TF32)
    g_set_error_literal (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                         _ ("This GPU doesn't compute in TF32: take --precision float32."));
  else
    g_set_error_literal (error, DOT_ERROR, DOT_ERROR_NO_BACKEND,
                         _ ("The native engine computes in float32, or where the GPU has it in "
                            "bfloat16: take --engine torch."));
  return FALSE;
}

static char *
make_name (void)
{
  struct cudaDeviceProp properties;

  if (cudaGetDeviceProperties (&properties, 0) != cudaSuccess)
    return g_strdup ("CUDA");
  return g_strdup_printf ("CUDA (%s)", properties.name);
}

static gboolean
open_libraries (DotContext *context, GError **error)
{
  return dot_check_cuda (cudaStreamCreateWithFlags (&context->stream, cudaStreamNonBlocking),
                         error) &&
         dot_check_cudnn (cudnnCreate (&context->cudnn), error) &&
         dot_check_cudnn (cudnnSetStream (context->cudnn, context->stream), error) &&
         dot_check_cublas (cublasCreate (&context->cublas), error) &&
         dot_check_cublas (cublasSetStream (context->cublas, context->stream), error) &&
         dot_check_cuda (cudaMalloc (&context->workspace, WORKSPACE_SIZE), error) &&
         dot_check_cublas (cublasSetWorkspace (context->cublas, context->workspace, WORKSPACE_SIZE),
                           error);
}

/**
 * dot_context_new:
 *
 * Returns: (transfer full): the GPU, or %NULL with %DOT_ERROR_NO_DEVICE where
 *   there is none that computes, %DOT_ERROR_NO_BACKEND where it doesn't
 *   compute in that precision, or %DOT_ERROR_INVALID_ARGUMENT where libtorch
 *   doesn't either
 */
DotContext *
dot_context_new (DotDevice device, DotPrecision precision, GError **error)
{
  g_autoptr (DotContext) context = NULL;

  if (! check_device (error) || ! check_precision (precision, error))
    return NULL;

  context       = g_new0 (DotContext, 1);
  context->name = make_name ();
  context->tf32 = precision == DOT_PRECISION_TF32;
  return open_libraries (context, error) ? g_steal_pointer (&context) : NULL;
}

void
dot_context_free (DotContext *context)
{
  if (! context)
    return;

  if (context->cublas)
    cublasDestroy (context->cublas);
  if (context->cudnn)
    cudnnDestroy (context->cudnn);
  if (context->stream)
    cudaStreamDestroy (context->stream);
  cudaFree (context->workspace);
  g_free (context->name);
  g_free (context);
}

/**
 * dot_context_knows_all:
 *
 * Returns: %FALSE: which convolutions cuDNN has depends on the GPU
 */
gboolean
dot_context_knows_all (const DotContext *context)
{
  return FALSE;
}

/**
 * dot_context_describe:
 *
 * Asks the libraries only, not the GPU.
 *
 * Returns: (transfer full): libraries and versions, one line
 */
char *
dot_context_describe (void)
{
  size_t version = cudnnGetVersion ();

  return g_strdup_printf ("CUDA %d.%d, cuDNN %zu.%zu.%zu", CUDART_VERSION / 1000,
                          CUDART_VERSION % 1000 / 10, version / 10000, version / 100 % 100,
                          version % 100);
}

/**
 * dot_context_get_name:
 *
 * Returns: (transfer none): "CUDA" and the GPU's name
 */
const char *
dot_context_get_name (const DotContext *context)
{
  return context->name;
}

/*  memory, and what goes there and back  */

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

/*  a plan's run as one CUDA graph, which is launched as a whole  */

/* @refused: whether it couldn't be recorded, and runs step by step */
struct _DotRecording
{
  guint           runs;
  gboolean        refused;
  cudaGraphExec_t graph;
};

void
dot_context_free_recording (DotRecording *recording)
{
  if (recording->graph)
    cudaGraphExecDestroy (recording->graph);
  g_free (recording);
}

/* Nothing is computed while it is recorded. */
static void
record (DotContext *context, DotRecording *recording, DotRunFunc run, gpointer data)
{
  cudaGraph_t graph = NULL;
  gboolean    done;

  recording->refused = TRUE;
  if (cudaStreamBeginCapture (context->stream, cudaStreamCaptureModeThreadLocal) != cudaSuccess)
    {
      cudaGetLastError ();
      return;
    }

  done = run (data, NULL);
  if (cudaStreamEndCapture (context->stream, &graph) == cudaSuccess && done &&
      cudaGraphInstantiateWithFlags (&recording->graph, graph, 0) == cudaSuccess)
    recording->refused = FALSE;
  else
    recording->graph = NULL;
  if (graph)
    cudaGraphDestroy (graph);
  cudaGetLastError ();
}

static gboolean
launch (DotContext *context, DotRecording *recording, DotRunFunc run, gpointer data, GError **error)
{
  if (recording->graph)
    return dot_check_cuda (cudaGraphLaunch (recording->graph, context->stream), error);

  recording->runs++;
  return run (data, error) && dot_check_cuda (cudaGetLastError (), error);
}

/**
 * dot_context_run:
 * @recording: (inout): ours; %NULL at first
 * @run: has the GPU compute, always the same on the same memory
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
  gboolean done;

  if (! *recording)
    *recording = g_new0 (DotRecording, 1);
  if ((*recording)->runs == WARM_UPS && ! (*recording)->refused && ! (*recording)->graph)
    record (context, *recording, run, data);

  done = launch (context, *recording, run, data, error);
  return dot_check_cuda (cudaStreamSynchronize (context->stream), done ? error : NULL) && done;
}
