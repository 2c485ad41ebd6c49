/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "modules/plan/node.h"

#include <dnnl.h>

G_BEGIN_DECLS

/* More than any primitive here takes. */
#define DOT_PRIMITIVE_MAX_ARGS 10

/* The library's two handles: where it computes, and in which order. */
struct _DotContext
{
  dnnl_engine_t engine;
  dnnl_stream_t stream;
};

/**
 * DotPrimitive:
 * @args: what it reads and writes; @n_args of them
 * @scratch_size: bytes that it needs for itself, as its last argument
 * @alone: whether one thread computes it, for waking others takes longer
 *
 * A oneDNN operation that is ready to run.  It doesn't own its weights.
 */
struct _DotPrimitive
{
  dnnl_primitive_t primitive;
  dnnl_exec_arg_t  args[DOT_PRIMITIVE_MAX_ARGS];
  int              n_args;
  guint            owned;
  gsize            scratch_size;
  gboolean         alone;
};

gboolean      dot_onednn_check (dnnl_status_t status, GError **error);
dnnl_memory_t dot_pack_get (const DotContext        *context,
                            DotNode                 *node,
                            gboolean                 backward,
                            const_dnnl_memory_desc_t wanted,
                            GError                 **error);

G_END_DECLS
