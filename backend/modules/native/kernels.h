/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_KERNELS_H__
#define __DOT_KERNELS_H__

#include "context.h"
#include "modules/plan/graph.h"

G_BEGIN_DECLS

/* Of pixels that are halved or doubled in size. */
#define DOT_KERNEL_MAX_CHANNELS 2048

/**
 * DotView:
 * @data: channels-last pixels
 * @narrow: whether they are bfloat16; float32 otherwise
 *
 * Numbers in memory, of either precision.
 */
typedef struct
{
  gpointer data;
  gboolean narrow;
} DotView;

/**
 * DotPixels:
 * @count: of pixels, of all samples
 * @channels: of each
 *
 * What a kernel goes over.
 */
typedef struct
{
  gsize count;
  gsize channels;
} DotPixels;

/**
 * DotHead:
 * @weight: (period): repeated for each pixel where it is one a channel
 * @period: how many numbers @weight has
 * @bias: is added
 *
 * The end of a discriminator.
 */
typedef struct
{
  const float *weight;
  gsize        period;
  double       bias;
} DotHead;

void dot_kernel_affine (DotContext   *context,
                        DotView       out,
                        DotView       in,
                        DotPixels     pixels,
                        const float  *scale,
                        const float  *shift,
                        DotActivation activation);
void dot_kernel_back (DotContext   *context,
                      DotView       out,
                      DotView       gradient,
                      DotView       result,
                      DotPixels     pixels,
                      const float  *scale,
                      DotActivation activation,
                      gboolean      accumulate);
void dot_kernel_add (DotContext *context,
                     DotView     out,
                     DotView     first,
                     DotView     second,
                     gsize       items,
                     float       factor);
void dot_kernel_pool (DotContext *context,
                      DotView     out,
                      DotView     in,
                      gsize       rows,
                      gsize       width,
                      gsize       channels,
                      float       factor,
                      gboolean    accumulate);
void dot_kernel_unpool (DotContext *context,
                        DotView     out,
                        DotView     in,
                        gsize       rows,
                        gsize       width,
                        gsize       channels,
                        float       factor,
                        gboolean    accumulate);
void dot_kernel_concat (DotContext  *context,
                        DotView      out,
                        DotView      in,
                        DotPixels    pixels,
                        const float *further,
                        gsize        n_further);
void dot_kernel_slice (DotContext *context,
                       DotView     out,
                       DotView     in,
                       DotPixels   pixels,
                       gsize       n_further,
                       gboolean    accumulate);
void dot_kernel_dot (DotContext    *context,
                     double        *scores,
                     DotView        in,
                     gsize          batch,
                     DotPixels      pixels,
                     const DotHead *head);
void dot_kernel_spread (DotContext    *context,
                        DotView        out,
                        gsize          batch,
                        DotPixels      pixels,
                        const DotHead *head);
void dot_kernel_softmax_back (DotContext *context,
                              DotView     out,
                              DotView     gradient,
                              DotView     result,
                              gsize       rows,
                              gsize       columns);

G_END_DECLS

#endif /* __DOT_KERNELS_H__ */
