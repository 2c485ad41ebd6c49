/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_PRIMITIVE_H__
#define __DOT_PRIMITIVE_H__

#include "graph.h"

G_BEGIN_DECLS

/* More than any primitive here takes.  */
#define DOT_PRIMITIVE_MAX_ARGS 10

/**
 * DotOneDnn:
 *
 * The library's two handles: where it computes, and in which order.
 */
typedef struct
{
  dnnl_engine_t engine;
  dnnl_stream_t stream;
} DotOneDnn;

/**
 * DotPrimitive:
 * @args: what it reads and writes; @n_args of them
 * @scratch_size: bytes that it needs for itself, as its last argument
 * @alone: whether one thread computes it, for waking others takes longer
 *
 * A oneDNN operation that is ready to run.  It doesn't own its weights.
 */
typedef struct
{
  dnnl_primitive_t primitive;
  dnnl_exec_arg_t  args[DOT_PRIMITIVE_MAX_ARGS];
  int              n_args;
  guint            owned;
  gsize            scratch_size;
  gboolean         alone;
} DotPrimitive;

/**
 * DotFollow:
 * @scaled: whether a table of channels' scales and shifts follows
 * @accumulate: whether the result is added to what is there
 * @activation: last
 * @factor: the result is multiplied with first, where not 1
 *
 * What a primitive does to its result before it writes it.
 */
typedef struct
{
  gboolean      scaled;
  gboolean      accumulate;
  DotActivation activation;
  float         factor;
} DotFollow;

gboolean       dot_onednn_check           (dnnl_status_t      status,
                                           GError           **error);
void           dot_primitive_free         (DotPrimitive      *primitive);
DotPrimitive * dot_primitive_convolution  (const DotOneDnn   *dnn,
                                           DotNode           *node,
                                           gboolean           backward,
                                           gsize              batch,
                                           gboolean           narrow_in,
                                           gboolean           narrow_out,
                                           const DotFollow   *follow,
                                           GError           **error);
DotPrimitive * dot_primitive_product      (const DotOneDnn   *dnn,
                                           gsize              batch,
                                           const gsize        size[3],
                                           const gboolean     transposed[2],
                                           const gboolean     narrow[3],
                                           const DotFollow   *follow,
                                           GError           **error);
DotPrimitive * dot_primitive_softmax      (const DotOneDnn   *dnn,
                                           gsize              rows,
                                           gsize              columns,
                                           gboolean           narrow,
                                           GError           **error);
gboolean       dot_primitive_place        (DotPrimitive      *primitive,
                                           int                argument,
                                           gpointer           data,
                                           GError           **error);
gboolean       dot_primitive_run          (const DotPrimitive *primitive,
                                           const DotOneDnn   *dnn,
                                           GError           **error);

dnnl_memory_t  dot_pack_get               (const DotOneDnn   *dnn,
                                           DotNode           *node,
                                           gboolean           backward,
                                           const_dnnl_memory_desc_t wanted,
                                           GError           **error);
void           dot_pack_forget_plain      (DotNode           *node);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotPrimitive, dot_primitive_free)

G_END_DECLS

#endif /* __DOT_PRIMITIVE_H__ */
