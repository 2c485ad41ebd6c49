/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* A plan's run as one CUDA graph: after a few runs, in which the libraries
 * load what they need, the next is recorded, and then launched as a whole. */

#include "cuda-context.h"

#define WARM_UPS 3

/* @refused: whether it couldn't be recorded, and runs step by step */
struct _DotRecording
{
  guint           runs;
  gboolean        refused;
  cudaGraphExec_t graph;
};

void
dot_recording_free (DotRecording *recording)
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
