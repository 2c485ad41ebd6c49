/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What the GPU engine calls of CUDA's runtime, on the CPU: with it the engine
 * is tested where there is no GPU.  What is enqueued runs at once, or while a
 * graph is captured, when that is launched: as on a GPU, what changes between
 * launches is memory only.
 *
 * DOT_REFINE_STAND_IN_MEMORY is how many bytes the GPU has,
 * DOT_REFINE_STAND_IN_LIFE how often it can be waited for before it fails, and
 * where DOT_REFINE_STAND_IN_WRONG is set a bit of each answer is wrong. */

#include "stand-in.h"

#include "engine/probe.h"

#include <cuda_runtime_api.h>
#include <gmodule.h>
#include <stdlib.h>
#include <string.h>

/*  the one stream, and graphs  */

typedef struct
{
  StandInFunc func;
  gpointer    args;
} Call;

static GArray *captured;
static gsize   allocated;
static guint   calls;
static guint   launches;

G_MODULE_EXPORT void stand_in_count (guint *n_calls, guint *n_launches);

/* What was enqueued by itself, and as a graph, since the module was loaded. */
G_MODULE_EXPORT void
stand_in_count (guint *n_calls, guint *n_launches)
{
  *n_calls    = calls;
  *n_launches = launches;
}

static void
call_clear (gpointer data)
{
  g_free (((Call *) data)->args);
}

void
stand_in_enqueue (StandInFunc func, gconstpointer args, gsize size)
{
  Call call = { func, NULL };

  if (! captured)
    {
      calls++;
      func (args);
      return;
    }
  call.args = g_memdup2 (args, size);
  g_array_append_val (captured, call);
}

cudaError_t
cudaStreamCreateWithFlags (cudaStream_t *stream, unsigned int flags)
{
  *stream = (cudaStream_t) 1;
  return flags == cudaStreamNonBlocking ? cudaSuccess : cudaErrorInvalidValue;
}

cudaError_t
cudaStreamDestroy (cudaStream_t stream)
{
  return cudaSuccess;
}

static gsize
get_limit (const char *name)
{
  const char *text = g_getenv (name);

  return text ? g_ascii_strtoull (text, NULL, 10) : G_MAXSIZE;
}

/* May not be called while a graph is captured. */
cudaError_t
cudaStreamSynchronize (cudaStream_t stream)
{
  static gsize waits;

  if (captured)
    return cudaErrorStreamCaptureUnsupported;
  return ++waits > get_limit ("DOT_REFINE_STAND_IN_LIFE") ? cudaErrorLaunchFailure : cudaSuccess;
}

cudaError_t
cudaStreamBeginCapture (cudaStream_t stream, enum cudaStreamCaptureMode mode)
{
  captured = g_array_new (FALSE, FALSE, sizeof (Call));
  g_array_set_clear_func (captured, call_clear);
  return cudaSuccess;
}

cudaError_t
cudaStreamEndCapture (cudaStream_t stream, cudaGraph_t *graph)
{
  *graph = (cudaGraph_t) g_steal_pointer (&captured);
  return cudaSuccess;
}

cudaError_t
cudaGraphInstantiateWithFlags (cudaGraphExec_t   *launchable,
                               cudaGraph_t        graph,
                               unsigned long long flags)
{
  *launchable = (cudaGraphExec_t) g_array_ref ((GArray *) graph);
  return cudaSuccess;
}

cudaError_t
cudaGraphDestroy (cudaGraph_t graph)
{
  g_array_unref ((GArray *) graph);
  return cudaSuccess;
}

cudaError_t
cudaGraphExecDestroy (cudaGraphExec_t graph)
{
  g_array_unref ((GArray *) graph);
  return cudaSuccess;
}

cudaError_t
cudaGraphLaunch (cudaGraphExec_t graph, cudaStream_t stream)
{
  const GArray *recorded = (const GArray *) graph;

  launches++;
  for (guint i = 0; i < recorded->len; i++)
    {
      const Call *call = &g_array_index (recorded, Call, i);

      call->func (call->args);
    }
  return cudaSuccess;
}

/*  memory: what is new holds NaN, but for blocks that are mostly not used  */

#define MOST_NAN (1 << 20)

/* Its size stands before it. */
#define HEAD 256

cudaError_t
cudaMalloc (void **memory, size_t size)
{
  gsize most = get_limit ("DOT_REFINE_STAND_IN_MEMORY");
  char *block;

  if (captured || size > most || allocated > most - size)
    return cudaErrorMemoryAllocation;

  block = aligned_alloc (HEAD, HEAD + (size + HEAD - 1) / HEAD * HEAD);
  memset (block, 0xff, HEAD + MIN (size, MOST_NAN));
  memcpy (block, &size, sizeof (size));
  allocated += size;
  *memory = block + HEAD;
  return cudaSuccess;
}

cudaError_t
cudaFree (void *memory)
{
  size_t size;

  if (! memory)
    return cudaSuccess;
  memcpy (&size, (char *) memory - HEAD, sizeof (size));
  allocated -= size;
  free ((char *) memory - HEAD);
  return cudaSuccess;
}

cudaError_t
cudaMallocHost (void **memory, size_t size)
{
  *memory = g_malloc (size);
  return cudaSuccess;
}

cudaError_t
cudaFreeHost (void *memory)
{
  g_free (memory);
  return cudaSuccess;
}

typedef struct
{
  void       *to;
  const void *from;
  size_t      size;
  gboolean    wrong;
} Copy;

static void
run_copy (gconstpointer args)
{
  const Copy *copy = args;

  memcpy (copy->to, copy->from, copy->size);
  /* of the last number's exponent */
  if (copy->wrong)
    ((guint8 *) copy->to)[copy->size - 1] ^= 0x04;
}

cudaError_t
cudaMemcpyAsync (void               *to,
                 const void         *from,
                 size_t              size,
                 enum cudaMemcpyKind kind,
                 cudaStream_t        stream)
{
  Copy copy = { to, from, size, FALSE };

  copy.wrong = kind == cudaMemcpyDeviceToHost && g_getenv ("DOT_REFINE_STAND_IN_WRONG");
  stand_in_enqueue (run_copy, &copy, sizeof (copy));
  return cudaSuccess;
}

cudaError_t
cudaMemsetAsync (void *memory, int value, size_t size, cudaStream_t stream)
{
  memset (memory, value, size);
  return cudaSuccess;
}

/*  the device  */

cudaError_t
cudaGetLastError (void)
{
  return cudaSuccess;
}

const char *
cudaGetErrorString (cudaError_t error)
{
  return "an error of the stand-in";
}

cudaError_t
cudaDeviceGetAttribute (int *value, enum cudaDeviceAttr attribute, int device)
{
  *value = attribute == cudaDevAttrComputeCapabilityMajor ? 9 : 0;
  return cudaSuccess;
}

cudaError_t
cudaGetDeviceProperties (struct cudaDeviceProp *properties, int device)
{
  g_strlcpy (properties->name, "stand-in", sizeof (properties->name));
  return cudaSuccess;
}

int
dot_cuda_probe (char *text, unsigned long size)
{
  g_strlcpy (text, "stand-in", size);
  return 1;
}
