/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* How fast this processor can be: one convolution and one product of
 * matrices, large enough that nothing else counts, in the layouts that oneDNN
 * likes best. */

#include "onednn.h"

#include "base/intl.h"
#include "engine/engine.h"

#include <gmodule.h>
#include <string.h>

/* The convolution: 3×3, as the widest blocks of a 128-pixel pair have them. */
#define IMAGES   4
#define CHANNELS 256
#define SIZE     32
#define KERNEL   3

/* The matrices' rows and columns. */
#define ORDER 1536

/* It runs until so much time is over, and at least so often. */
#define MIN_TIME (G_USEC_PER_SEC / 5)
#define MIN_RUNS 3

/* Bytes of a number near 0.01 in float32 and in bfloat16. */
#define FILL 0x3c

#define N_ARGS 3

/* What is timed: three arguments, all owned. */
typedef struct
{
  dnnl_engine_t         engine;
  dnnl_stream_t         stream;
  dnnl_memory_desc_t    shapes[N_ARGS];
  dnnl_primitive_desc_t description;
  dnnl_primitive_t      primitive;
  dnnl_exec_arg_t       args[N_ARGS];
} Probe;

static void
probe_clear (Probe *probe)
{
  for (int i = 0; i < N_ARGS; i++)
    {
      dnnl_memory_destroy (probe->args[i].memory);
      dnnl_memory_desc_destroy (probe->shapes[i]);
    }
  dnnl_primitive_destroy (probe->primitive);
  dnnl_primitive_desc_destroy (probe->description);
  dnnl_stream_destroy (probe->stream);
  dnnl_engine_destroy (probe->engine);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Probe, probe_clear)

static dnnl_status_t
probe_init (Probe *probe, int n_dims, dnnl_dim_t *sizes[N_ARGS], dnnl_data_type_t type)
{
  dnnl_status_t status = dnnl_engine_create (&probe->engine, dnnl_cpu, 0);

  if (status == dnnl_success)
    status = dnnl_stream_create (&probe->stream, probe->engine, dnnl_stream_default_flags);
  for (int i = 0; i < N_ARGS && status == dnnl_success; i++)
    status = dnnl_memory_desc_create_with_tag (&probe->shapes[i], n_dims, sizes[i], type,
                                               dnnl_format_tag_any);
  return status;
}

/* Memory that was never written would all be one page. */
static dnnl_status_t
add_memory (Probe *probe, int i, int argument, dnnl_query_t what)
{
  const_dnnl_memory_desc_t shape = dnnl_primitive_desc_query_md (probe->description, what, 0);
  gpointer                 data  = NULL;
  dnnl_status_t status           = dnnl_memory_create (&probe->args[i].memory, shape, probe->engine,
                                                       DNNL_MEMORY_ALLOCATE);

  probe->args[i].arg = argument;
  if (status == dnnl_success)
    status = dnnl_memory_get_data_handle (probe->args[i].memory, &data);
  if (status == dnnl_success)
    memset (data, FILL, dnnl_memory_desc_get_size (shape));
  return status;
}

static dnnl_status_t
probe_finish (Probe *probe)
{
  dnnl_status_t status = dnnl_primitive_create (&probe->primitive, probe->description);

  if (status == dnnl_success)
    status = add_memory (probe, 0, DNNL_ARG_SRC, dnnl_query_src_md);
  if (status == dnnl_success)
    status = add_memory (probe, 1, DNNL_ARG_WEIGHTS, dnnl_query_weights_md);
  if (status == dnnl_success)
    status = add_memory (probe, 2, DNNL_ARG_DST, dnnl_query_dst_md);
  return status;
}

static dnnl_status_t
probe_run (Probe *probe)
{
  dnnl_status_t status = dnnl_primitive_execute (probe->primitive, probe->stream, N_ARGS,
                                                 probe->args);

  return status == dnnl_success ? dnnl_stream_wait (probe->stream) : status;
}

/* The quickest of many runs: a peak is what is possible. */
static dnnl_status_t
probe_time (Probe *probe, double *seconds)
{
  gint64        begin  = g_get_monotonic_time ();
  dnnl_status_t status = probe_run (probe);

  *seconds = G_MAXDOUBLE;
  for (int run = 0;
       status == dnnl_success && (run < MIN_RUNS || g_get_monotonic_time () < begin + MIN_TIME);
       run++)
    {
      gint64 start = g_get_monotonic_time ();

      status   = probe_run (probe);
      *seconds = MIN (*seconds, (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
    }
  return status;
}

static dnnl_status_t
measure_convolution (dnnl_data_type_t type, double *rate)
{
  dnnl_dims_t image    = { IMAGES, CHANNELS, SIZE, SIZE };
  dnnl_dims_t weight   = { CHANNELS, CHANNELS, KERNEL, KERNEL };
  dnnl_dims_t ones     = { 1, 1 };
  dnnl_dims_t zeros    = { 0, 0 };
  g_auto (Probe) probe = {
    NULL,
  };
  double        products = (double) IMAGES * CHANNELS * CHANNELS * SIZE * SIZE * KERNEL * KERNEL;
  double        seconds  = 1.0;
  dnnl_status_t status;

  status = probe_init (&probe, 4, (dnnl_dim_t *[]) { image, weight, image }, type);
  if (status == dnnl_success)
    status = dnnl_convolution_forward_primitive_desc_create (&probe.description, probe.engine,
                                                             dnnl_forward_inference,
                                                             dnnl_convolution_direct,
                                                             probe.shapes[0], probe.shapes[1], NULL,
                                                             probe.shapes[2], ones, zeros, ones,
                                                             ones, NULL);
  if (status == dnnl_success)
    status = probe_finish (&probe);
  if (status == dnnl_success)
    status = probe_time (&probe, &seconds);
  *rate = 2.0 * products / seconds;
  return status;
}

static dnnl_status_t
measure_product (dnnl_data_type_t type, double *rate)
{
  dnnl_dims_t square   = { ORDER, ORDER };
  g_auto (Probe) probe = {
    NULL,
  };
  double        seconds = 1.0;
  dnnl_status_t status;

  status = probe_init (&probe, 2, (dnnl_dim_t *[]) { square, square, square }, type);
  if (status == dnnl_success)
    status = dnnl_matmul_primitive_desc_create (&probe.description, probe.engine, probe.shapes[0],
                                                probe.shapes[1], NULL, probe.shapes[2], NULL);
  if (status == dnnl_success)
    status = probe_finish (&probe);
  if (status == dnnl_success)
    status = probe_time (&probe, &seconds);
  *rate = 2.0 * ORDER * ORDER * ORDER / seconds;
  return status;
}

/* Times both for a fraction of a second. */
static gboolean
measure (DotPrecision precision, double *convolution, double *product, GError **error)
{
  dnnl_data_type_t type = precision == DOT_PRECISION_BFLOAT16 ? dnnl_bf16 : dnnl_f32;

  if (precision == DOT_PRECISION_FLOAT64 || precision == DOT_PRECISION_TF32)
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_NO_BACKEND,
                   _ ("The peak of %s can't be measured: take float32 or bfloat16."),
                   precision == DOT_PRECISION_TF32 ? "tf32" : "float64");
      return FALSE;
    }
  return dot_onednn_check (measure_convolution (type, convolution), error) &&
         dot_onednn_check (measure_product (type, product), error);
}

static const DotPeakClass peak_class = { .abi = DOT_PEAK_ABI, .measure = measure };

G_MODULE_EXPORT const DotPeakClass *dot_peak_module (void);

G_MODULE_EXPORT const DotPeakClass *
dot_peak_module (void)
{
  return &peak_class;
}
