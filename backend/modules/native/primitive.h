/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_PRIMITIVE_H__
#define __DOT_PRIMITIVE_H__

#include "context.h"
#include "modules/plan/graph.h"

G_BEGIN_DECLS

/**
 * DotPrimitive:
 *
 * An operation of the device's library that is ready to run.  It doesn't own
 * its weights.
 */
typedef struct _DotPrimitive DotPrimitive;

/**
 * DotArgument:
 * @DOT_ARGUMENT_AUX: the second factor of a product
 * @DOT_ARGUMENT_SCRATCH: what it needs for itself
 * @DOT_ARGUMENT_SCALE, @DOT_ARGUMENT_SHIFT: the rows that follow
 *
 * What a primitive is told the place of.
 */
typedef enum
{
  DOT_ARGUMENT_IN,
  DOT_ARGUMENT_AUX,
  DOT_ARGUMENT_OUT,
  DOT_ARGUMENT_SCRATCH,
  DOT_ARGUMENT_SCALE,
  DOT_ARGUMENT_SHIFT,
  DOT_N_ARGUMENTS
} DotArgument;

/**
 * DotFollow:
 * @scaled: whether a row of channels' scales and one of shifts follows
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

DotPrimitive *dot_primitive_convolution (DotContext      *context,
                                         DotNode         *node,
                                         gboolean         backward,
                                         gsize            batch,
                                         gboolean         narrow_in,
                                         gboolean         narrow_out,
                                         const DotFollow *follow,
                                         GError         **error);
DotPrimitive *dot_primitive_product (DotContext      *context,
                                     gsize            batch,
                                     const gsize      size[3],
                                     const gboolean   transposed[2],
                                     const gboolean   narrow[3],
                                     const DotFollow *follow,
                                     GError         **error);
DotPrimitive *dot_primitive_softmax (DotContext *context,
                                     gsize       rows,
                                     gsize       columns,
                                     gboolean    narrow,
                                     GError    **error);
void          dot_primitive_free (DotPrimitive *primitive);
gsize         dot_primitive_get_scratch_size (const DotPrimitive *primitive);
gboolean      dot_primitive_place (DotPrimitive *primitive,
                                   DotArgument   argument,
                                   gpointer      data,
                                   GError      **error);
gboolean dot_primitive_run (const DotPrimitive *primitive, DotContext *context, GError **error);

void dot_pack_free (gpointer packed);
void dot_pack_forget_plain (DotNode *node);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotPrimitive, dot_primitive_free)

G_END_DECLS

#endif /* __DOT_PRIMITIVE_H__ */
