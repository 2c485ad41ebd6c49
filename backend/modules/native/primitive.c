/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Convolutions, products and softmaxes of oneDNN (its C API), on
 * channels-last pixels. */

#include "onednn.h"

#include <omp.h>

/* Up to so many products and additions other threads aren't worth waking,
 * which takes some 50 µs; bfloat16 computes four times as fast. */
#define ALONE        24e6
#define ALONE_NARROW 96e6

/* As oneDNN numbers them: the row of scales and that of shifts are what is
 * appended first. */
static const int numbers[DOT_N_ARGUMENTS] = {
  [DOT_ARGUMENT_IN]      = DNNL_ARG_SRC,
  [DOT_ARGUMENT_AUX]     = DNNL_ARG_WEIGHTS,
  [DOT_ARGUMENT_OUT]     = DNNL_ARG_DST,
  [DOT_ARGUMENT_SCRATCH] = DNNL_ARG_SCRATCHPAD,
  [DOT_ARGUMENT_SCALE]   = DNNL_ARG_ATTR_MULTIPLE_POST_OP (0) | DNNL_ARG_SRC_1,
  [DOT_ARGUMENT_SHIFT]   = DNNL_ARG_ATTR_MULTIPLE_POST_OP (1) | DNNL_ARG_SRC_1,
};

/*  threads  */

/* oneDNN shares a primitive out to as many threads as there are when it is
 * described, and must find as many when it runs.  Returns what to set back. */
static int
set_threads (gboolean alone)
{
  int threads = omp_get_max_threads ();

  if (alone)
    omp_set_num_threads (1);
  return threads;
}

/*  attributes  */

static dnnl_status_t
append_scale (dnnl_post_ops_t post_ops, gsize channels)
{
  dnnl_memory_desc_t description;
  dnnl_dims_t        sizes  = { 1, channels, 1, 1 };
  dnnl_status_t      status = dnnl_memory_desc_create_with_tag (&description, 4, sizes, dnnl_f32,
                                                                dnnl_nhwc);

  if (status == dnnl_success)
    status = dnnl_post_ops_append_binary (post_ops, dnnl_binary_mul, description);
  if (status == dnnl_success)
    status = dnnl_post_ops_append_binary (post_ops, dnnl_binary_add, description);
  dnnl_memory_desc_destroy (description);
  return status;
}

static dnnl_status_t
append_activation (dnnl_post_ops_t post_ops, DotActivation activation)
{
  switch (activation)
    {
    case DOT_ACTIVATION_RELU:
      return dnnl_post_ops_append_eltwise (post_ops, dnnl_eltwise_relu, 0, 0);
    case DOT_ACTIVATION_LEAKY_RELU:
      return dnnl_post_ops_append_eltwise (post_ops, dnnl_eltwise_relu, DOT_ACTIVATION_LEAK, 0);
    case DOT_ACTIVATION_TANH:
      return dnnl_post_ops_append_eltwise (post_ops, dnnl_eltwise_tanh, 0, 0);
    default:
      return dnnl_success;
    }
}

static dnnl_status_t
append_follow (dnnl_post_ops_t post_ops, const DotFollow *follow, gsize channels)
{
  dnnl_status_t status = dnnl_success;

  if (follow->factor != 1.0f)
    status = dnnl_post_ops_append_eltwise (post_ops, dnnl_eltwise_linear, follow->factor, 0);
  if (status == dnnl_success && follow->scaled)
    status = append_scale (post_ops, channels);
  if (status == dnnl_success && follow->accumulate)
    status = dnnl_post_ops_append_sum (post_ops, 1.0f, 0, dnnl_data_type_undef);
  if (status == dnnl_success)
    status = append_activation (post_ops, follow->activation);
  return status;
}

/* Scratch memory is ours, so that nothing is allocated in an update. */
static dnnl_status_t
make_attributes (const DotFollow *follow, gsize channels, dnnl_primitive_attr_t *attributes)
{
  dnnl_post_ops_t post_ops = NULL;
  dnnl_status_t   status   = dnnl_primitive_attr_create (attributes);

  if (status == dnnl_success)
    status = dnnl_primitive_attr_set_scratchpad_mode (*attributes, dnnl_scratchpad_mode_user);
  if (status == dnnl_success)
    status = dnnl_post_ops_create (&post_ops);
  if (status == dnnl_success)
    status = append_follow (post_ops, follow, channels);
  if (status == dnnl_success)
    status = dnnl_primitive_attr_set_post_ops (*attributes, post_ops);
  dnnl_post_ops_destroy (post_ops);
  return status;
}

/*  primitives  */

void
dot_primitive_free (DotPrimitive *primitive)
{
  if (! primitive)
    return;

  for (int i = 0; i < primitive->n_args; i++)
    if (primitive->owned & (1u << i))
      dnnl_memory_destroy (primitive->args[i].memory);
  dnnl_primitive_destroy (primitive->primitive);
  g_free (primitive);
}

/* An argument whose place in memory is told later. */
static gboolean
add_argument (DotPrimitive            *primitive,
              const DotContext        *context,
              int                      argument,
              const_dnnl_memory_desc_t description,
              GError                 **error)
{
  dnnl_memory_t memory;

  if (! dot_onednn_check (dnnl_memory_create (&memory, description, context->engine,
                                              DNNL_MEMORY_NONE),
                          error))
    return FALSE;

  primitive->owned |= 1u << primitive->n_args;
  primitive->args[primitive->n_args++] = (dnnl_exec_arg_t) { argument, memory };
  return TRUE;
}

static gboolean
add_query (DotPrimitive               *primitive,
           const DotContext           *context,
           int                         argument,
           const_dnnl_primitive_desc_t description,
           dnnl_query_t                what,
           GError                    **error)
{
  return add_argument (primitive, context, argument,
                       dnnl_primitive_desc_query_md (description, what, 0), error);
}

static gboolean
add_scratch (DotPrimitive               *primitive,
             const DotContext           *context,
             const_dnnl_primitive_desc_t description,
             GError                    **error)
{
  const_dnnl_memory_desc_t scratch = dnnl_primitive_desc_query_md (description,
                                                                   dnnl_query_scratchpad_md, 0);

  primitive->scratch_size = dnnl_memory_desc_get_size (scratch);
  return primitive->scratch_size == 0 ||
         add_argument (primitive, context, DNNL_ARG_SCRATCHPAD, scratch, error);
}

/* An argument that the primitive hasn't is no error. */
static gboolean
place (DotPrimitive *primitive, int argument, gpointer data, GError **error)
{
  for (int i = 0; i < primitive->n_args; i++)
    if (primitive->args[i].arg == argument)
      return dot_onednn_check (dnnl_memory_set_data_handle (primitive->args[i].memory, data),
                               error);
  return TRUE;
}

static gboolean
add_vector (DotPrimitive     *primitive,
            const DotContext *context,
            int               argument,
            gsize             axis,
            int               n_dims,
            gsize             n,
            gpointer          data,
            GError          **error)
{
  dnnl_memory_desc_t description;
  dnnl_dims_t        sizes = { 1, 1, 1, 1 };
  gboolean           done;

  sizes[axis] = n;
  if (! dot_onednn_check (dnnl_memory_desc_create_with_tag (&description, n_dims, sizes, dnnl_f32,
                                                            n_dims == 1 ? dnnl_a : dnnl_nhwc),
                          error))
    return FALSE;
  done = add_argument (primitive, context, argument, description, error);
  dnnl_memory_desc_destroy (description);
  return done && (! data || place (primitive, argument, data, error));
}

/**
 * dot_primitive_place:
 *
 * Says where in memory an argument is; one that the primitive hasn't is no
 * error.
 */
gboolean
dot_primitive_place (DotPrimitive *primitive, DotArgument argument, gpointer data, GError **error)
{
  return place (primitive, numbers[argument], data, error);
}

gsize
dot_primitive_get_scratch_size (const DotPrimitive *primitive)
{
  return primitive->scratch_size;
}

/**
 * dot_primitive_run:
 *
 * Computes; every argument must have its place.
 */
gboolean
dot_primitive_run (const DotPrimitive *primitive, DotContext *context, GError **error)
{
  int           threads = set_threads (primitive->alone);
  dnnl_status_t status  = dnnl_primitive_execute (primitive->primitive, context->stream,
                                                  primitive->n_args, primitive->args);

  omp_set_num_threads (threads);
  return dot_onednn_check (status, error);
}

/*  convolutions  */

/* A convolution as oneDNN sees it: a gradient is one too.  The weight's axes are
 * (out, in, k, k), or of several groups (groups, out, in, k, k). */
typedef struct
{
  gboolean    transposed;
  gsize       groups;
  dnnl_dims_t in;
  dnnl_dims_t out;
  dnnl_dims_t weight;
  dnnl_dims_t strides;
  dnnl_dims_t dilates;
  dnnl_dims_t before;
  dnnl_dims_t after;
} Window;

static void
set_sizes (dnnl_dims_t sizes, const DotNode *node, gsize batch, gboolean flat)
{
  sizes[0] = batch;
  sizes[1] = flat ? dot_node_get_items (node) : node->channels;
  sizes[2] = flat ? 1 : node->height;
  sizes[3] = flat ? 1 : node->width;
}

static Window
window_of (const DotNode *node, gboolean backward, gsize batch)
{
  Window      window  = { .dilates = { 0, 0 } };
  dnnl_dim_t *weight  = window.weight + (node->groups > 1 ? 1 : 0);
  gboolean    flat    = node->kind == DOT_OP_LINEAR;
  guint       padding = node->padding;

  set_sizes (backward ? window.out : window.in, node->inputs[0], batch, flat);
  set_sizes (backward ? window.in : window.out, node, batch, flat);
  if (backward && node->stride == 1)
    padding = node->kernel - 1 - padding;
  window.transposed = node->stride > 1 && (node->kind == DOT_OP_DECONV) != backward;
  window.groups     = node->groups;
  window.weight[0]  = window.groups;
  weight[0]         = window.out[1] / window.groups;
  weight[1]         = window.in[1] / window.groups;
  for (guint i = 0; i < 2; i++)
    {
      dnnl_dim_t small = window.transposed ? window.in[2 + i] : window.out[2 + i];
      dnnl_dim_t large = window.transposed ? window.out[2 + i] : window.in[2 + i];

      weight[2 + i]     = node->kernel;
      window.strides[i] = node->stride;
      window.before[i]  = padding;
      window.after[i]   = (small - 1) * node->stride + node->kernel - padding - large;
    }
  return window;
}

/* The three descriptions: pixels channels-last, weights as oneDNN likes. */
typedef struct
{
  dnnl_memory_desc_t    in;
  dnnl_memory_desc_t    out;
  dnnl_memory_desc_t    weight;
  dnnl_memory_desc_t    bias;
  dnnl_primitive_attr_t attributes;
} Descriptions;

static void
descriptions_clear (Descriptions *all)
{
  dnnl_memory_desc_destroy (all->in);
  dnnl_memory_desc_destroy (all->out);
  dnnl_memory_desc_destroy (all->weight);
  dnnl_memory_desc_destroy (all->bias);
  dnnl_primitive_attr_destroy (all->attributes);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Descriptions, descriptions_clear)

static dnnl_data_type_t
type_of (gboolean narrow)
{
  return narrow ? dnnl_bf16 : dnnl_f32;
}

static dnnl_status_t
describe_window (Descriptions    *all,
                 const Window    *window,
                 gboolean         narrow_in,
                 gboolean         narrow_out,
                 gboolean         biased,
                 const DotFollow *follow)
{
  dnnl_dims_t   channels = { window->out[1] };
  dnnl_status_t status   = dnnl_memory_desc_create_with_tag (&all->in, 4, window->in,
                                                             type_of (narrow_in), dnnl_nhwc);

  if (status == dnnl_success)
    status = dnnl_memory_desc_create_with_tag (&all->out, 4, window->out, type_of (narrow_out),
                                               dnnl_nhwc);
  if (status == dnnl_success)
    status = dnnl_memory_desc_create_with_tag (&all->weight, window->groups > 1 ? 5 : 4,
                                               window->weight, type_of (narrow_in),
                                               dnnl_format_tag_any);
  if (status == dnnl_success && biased)
    status = dnnl_memory_desc_create_with_tag (&all->bias, 1, channels, dnnl_f32, dnnl_a);
  if (status == dnnl_success)
    status = make_attributes (follow, window->out[1], &all->attributes);
  return status;
}

static dnnl_status_t
describe_convolution (const DotContext      *context,
                      const Descriptions    *all,
                      const Window          *window,
                      dnnl_primitive_desc_t *description)
{
  if (window->transposed)
    return dnnl_deconvolution_forward_primitive_desc_create (description, context->engine,
                                                             dnnl_forward_inference,
                                                             dnnl_deconvolution_direct, all->in,
                                                             all->weight, all->bias, all->out,
                                                             window->strides, window->dilates,
                                                             window->before, window->after,
                                                             all->attributes);
  return dnnl_convolution_forward_primitive_desc_create (description, context->engine,
                                                         dnnl_forward_inference,
                                                         dnnl_convolution_direct, all->in,
                                                         all->weight, all->bias, all->out,
                                                         window->strides, window->dilates,
                                                         window->before, window->after,
                                                         all->attributes);
}

static gboolean
add_tables (DotPrimitive *primitive, const DotContext *context, gsize channels, GError **error)
{
  return add_vector (primitive, context, numbers[DOT_ARGUMENT_SCALE], 1, 4, channels, NULL,
                     error) &&
         add_vector (primitive, context, numbers[DOT_ARGUMENT_SHIFT], 1, 4, channels, NULL, error);
}

static gboolean
add_weight (DotPrimitive               *primitive,
            const DotContext           *context,
            DotNode                    *node,
            gboolean                    backward,
            const_dnnl_primitive_desc_t description,
            GError                    **error)
{
  dnnl_memory_t packed = dot_pack_get (context, node, backward,
                                       dnnl_primitive_desc_query_md (description,
                                                                     dnnl_query_weights_md, 0),
                                       error);

  if (! packed)
    return FALSE;
  primitive->args[primitive->n_args++] = (dnnl_exec_arg_t) { DNNL_ARG_WEIGHTS, packed };
  return TRUE;
}

static DotPrimitive *
primitive_new (const DotContext *context, const_dnnl_primitive_desc_t description, GError **error)
{
  g_autoptr (DotPrimitive) primitive = g_new0 (DotPrimitive, 1);

  if (! dot_onednn_check (dnnl_primitive_create (&primitive->primitive, description), error) ||
      ! add_query (primitive, context, DNNL_ARG_SRC, description, dnnl_query_src_md, error) ||
      ! add_query (primitive, context, DNNL_ARG_DST, description, dnnl_query_dst_md, error) ||
      ! add_scratch (primitive, context, description, error))
    return NULL;
  return g_steal_pointer (&primitive);
}

/* Products and additions of a convolution. */
static double
count_operations (const Window *window, guint kernel)
{
  double pixels = window->transposed ? (double) window->in[2] * window->in[3]
                                     : (double) window->out[2] * window->out[3];

  return 2.0 * window->out[0] * pixels * window->out[1] * window->in[1] / window->groups * kernel *
         kernel;
}

static DotPrimitive *
make_convolution (const DotContext   *context,
                  const Descriptions *all,
                  const Window       *window,
                  DotNode            *node,
                  gboolean            backward,
                  gboolean            scaled,
                  GError            **error)
{
  dnnl_primitive_desc_t description  = NULL;
  g_autoptr (DotPrimitive) primitive = NULL;
  gboolean done;

  if (! dot_onednn_check (describe_convolution (context, all, window, &description), error))
    return NULL;

  primitive = primitive_new (context, description, error);
  done      = primitive && add_weight (primitive, context, node, backward, description, error) &&
         (! all->bias || add_vector (primitive, context, DNNL_ARG_BIAS, 0, 1, window->out[1],
                                     node->bias->data, error)) &&
         (! scaled || add_tables (primitive, context, window->out[1], error));
  dnnl_primitive_desc_destroy (description);
  return done ? g_steal_pointer (&primitive) : NULL;
}

/**
 * dot_primitive_convolution:
 * @node: a convolution, transposed or not, or a linear operation
 * @backward: whether it takes the gradient of the node's result and gives that
 *   of its input
 * @batch: of samples
 * @narrow_in, @narrow_out: which are bfloat16; the weight is like the input
 * @follow: what follows
 *
 * A gradient with respect to the data is a convolution, too, with the axes of
 * the weight exchanged; only such are used, for they can add themselves up.
 *
 * Returns: (transfer full): it, with its weight packed
 */
DotPrimitive *
dot_primitive_convolution (DotContext      *context,
                           DotNode         *node,
                           gboolean         backward,
                           gsize            batch,
                           gboolean         narrow_in,
                           gboolean         narrow_out,
                           const DotFollow *follow,
                           GError         **error)
{
  Window   window = window_of (node, backward, batch);
  gboolean biased = node->bias && ! backward;
  gboolean alone  = count_operations (&window, node->kernel) <= (narrow_in ? ALONE_NARROW : ALONE);
  g_auto (Descriptions) all = {
    NULL,
  };
  DotPrimitive *primitive = NULL;
  int           threads   = set_threads (alone);

  if (dot_onednn_check (describe_window (&all, &window, narrow_in, narrow_out, biased, follow),
                        error))
    primitive = make_convolution (context, &all, &window, node, backward, follow->scaled, error);
  omp_set_num_threads (threads);
  if (primitive)
    primitive->alone = alone;
  return primitive;
}

/*  products and softmaxes  */

static dnnl_status_t
describe_matrix (dnnl_memory_desc_t *description,
                 gsize               batch,
                 gsize               rows,
                 gsize               columns,
                 gboolean            transposed,
                 gboolean            narrow)
{
  dnnl_dims_t sizes   = { batch, rows, columns };
  dnnl_dims_t strides = { rows * columns, transposed ? 1 : columns, transposed ? rows : 1 };

  return dnnl_memory_desc_create_with_strides (description, 3, sizes, type_of (narrow), strides);
}

/**
 * dot_primitive_product:
 * @size: rows of the result, inner size, columns of the result
 * @transposed: which of the factors lie in memory column by column
 * @narrow: which of first factor, second and result are bfloat16
 *
 * Returns: (transfer full): result = factor · first × second for each sample
 */
DotPrimitive *
dot_primitive_product (DotContext      *context,
                       gsize            batch,
                       const gsize      size[3],
                       const gboolean   transposed[2],
                       const gboolean   narrow[3],
                       const DotFollow *follow,
                       GError         **error)
{
  g_auto (Descriptions) all = {
    NULL,
  };
  dnnl_primitive_desc_t description  = NULL;
  g_autoptr (DotPrimitive) primitive = NULL;
  gboolean done;

  if (! dot_onednn_check (describe_matrix (&all.in, batch, size[0], size[1], transposed[0],
                                           narrow[0]),
                          error) ||
      ! dot_onednn_check (describe_matrix (&all.weight, batch, size[1], size[2], transposed[1],
                                           narrow[1]),
                          error) ||
      ! dot_onednn_check (describe_matrix (&all.out, batch, size[0], size[2], FALSE, narrow[2]),
                          error) ||
      ! dot_onednn_check (make_attributes (follow, size[2], &all.attributes), error) ||
      ! dot_onednn_check (dnnl_matmul_primitive_desc_create (&description, context->engine, all.in,
                                                             all.weight, NULL, all.out,
                                                             all.attributes),
                          error))
    return NULL;

  primitive = primitive_new (context, description, error);
  done      = primitive && add_argument (primitive, context, DNNL_ARG_WEIGHTS, all.weight, error);
  dnnl_primitive_desc_destroy (description);
  return done ? g_steal_pointer (&primitive) : NULL;
}

/**
 * dot_primitive_softmax:
 * @narrow: whether the result is bfloat16; the input is float32
 *
 * Returns: (transfer full): the softmax over each row
 */
DotPrimitive *
dot_primitive_softmax (DotContext *context,
                       gsize       rows,
                       gsize       columns,
                       gboolean    narrow,
                       GError    **error)
{
  static const DotFollow nothing = { .factor = 1.0f };
  g_auto (Descriptions) all      = {
    NULL,
  };
  dnnl_dims_t           sizes        = { rows, columns };
  dnnl_primitive_desc_t description  = NULL;
  g_autoptr (DotPrimitive) primitive = NULL;

  if (! dot_onednn_check (dnnl_memory_desc_create_with_tag (&all.in, 2, sizes, dnnl_f32, dnnl_ab),
                          error) ||
      ! dot_onednn_check (dnnl_memory_desc_create_with_tag (&all.out, 2, sizes, type_of (narrow),
                                                            dnnl_ab),
                          error) ||
      ! dot_onednn_check (make_attributes (&nothing, 0, &all.attributes), error) ||
      ! dot_onednn_check (dnnl_softmax_forward_primitive_desc_create (&description, context->engine,
                                                                      dnnl_forward_inference,
                                                                      dnnl_softmax_accurate, all.in,
                                                                      all.out, 1, all.attributes),
                          error))
    return NULL;

  primitive = primitive_new (context, description, error);
  dnnl_primitive_desc_destroy (description);
  return g_steal_pointer (&primitive);
}
