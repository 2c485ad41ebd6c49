/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_CONTEXT_H__
#define __DOT_CONTEXT_H__

#include "dot.h"

G_BEGIN_DECLS

/**
 * DotContext:
 *
 * The device that plans run on: its memory, its libraries' handles and the
 * order in which it computes.  A module has one kind of it: the CPU's here, a
 * GPU's in cuda/; the same goes for #DotPrimitive and the kernels.
 */
typedef struct _DotContext DotContext;

/**
 * DotRecording:
 *
 * A plan's steps as the device repeats them, where it can.
 */
typedef struct _DotRecording DotRecording;

/**
 * DotShared:
 * @device: where the device has it
 * @host: where we have it: the same place where the memory is one
 * @size: bytes
 *
 * Memory that is written on one side and read on the other.
 */
typedef struct
{
  gpointer device;
  gpointer host;
  gsize    size;
} DotShared;

typedef gboolean (*DotRunFunc) (gpointer data, GError **error);

DotContext *dot_context_new (DotDevice device, DotPrecision precision, GError **error);
void        dot_context_free (DotContext *context);
gboolean    dot_context_knows_all (const DotContext *context);
char       *dot_context_describe (void);
const char *dot_context_get_name (const DotContext *context);
gpointer    dot_context_allocate (DotContext *context, gsize size, GError **error);
void        dot_context_release (DotContext *context, gpointer memory);
gboolean    dot_context_share (DotContext *context,
                               DotShared  *shared,
                               gpointer    device,
                               gsize       size,
                               GError    **error);
void        dot_context_unshare (DotContext *context, DotShared *shared);
gboolean    dot_context_send (DotContext *context, const DotShared *shared, GError **error);
gboolean    dot_context_fetch (DotContext *context, const DotShared *shared, GError **error);
gboolean    dot_context_run (DotContext    *context,
                             DotRecording **recording,
                             DotRunFunc     run,
                             gpointer       data,
                             GError       **error);
void        dot_recording_free (DotRecording *recording);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotContext, dot_context_free)

G_END_DECLS

#endif /* __DOT_CONTEXT_H__ */
