/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

/* What a device must do for plans to run on it.  A module has one device: the
 * CPU in native/, a GPU in cuda/. */

#include "dot.h"

G_BEGIN_DECLS

typedef struct _DotNode DotNode;

/*  the context  */

/**
 * DotContext:
 *
 * The device that plans run on: its memory, its libraries' handles and the
 * order in which it computes.
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
void        dot_context_free_recording (DotRecording *recording);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotContext, dot_context_free)

/*  operations of its library  */

/**
 * DotActivation:
 *
 * What a node does last to each number.  All three derivatives can be had
 * from the result alone, so that no input is kept for them.
 */
typedef enum
{
  DOT_ACTIVATION_NONE,
  DOT_ACTIVATION_RELU,
  DOT_ACTIVATION_LEAKY_RELU,
  DOT_ACTIVATION_TANH
} DotActivation;

/* The slope of a leaky ReLU below 0. */
#define DOT_ACTIVATION_LEAK 0.2f

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

const float *dot_pack_get_table (DotContext *context, DotNode *node, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotPrimitive, dot_primitive_free)

/*  passes between them  */

/* Of pixels that are halved or doubled in size. */
#define DOT_KERNEL_MAX_CHANNELS 2048

/* Numbers in a row of pictures that are resized or of which the largest are
 * taken. */
#define DOT_KERNEL_MAX_ROW 16384

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
 * @shift: (nullable): one number that is added, too
 *
 * The end of a discriminator.
 */
typedef struct
{
  const float *weight;
  gsize        period;
  double       bias;
  const float *shift;
} DotHead;

/**
 * DotSizes:
 * @batch: of samples
 * @channels: of each pixel
 * @height, @width: of what an operation takes
 * @out_height, @out_width: of what it puts out
 * @window: of the largest: 3 or 2
 *
 * Pictures that change their size.
 */
typedef struct
{
  gsize batch;
  gsize channels;
  gsize height;
  gsize width;
  gsize out_height;
  gsize out_width;
  gsize window;
} DotSizes;

/**
 * DotPart:
 * @pixels: of all samples
 * @channels: of each pixel that are meant
 * @out_whole, @in_whole: how many there are in all
 * @out_first, @in_first: before those that are meant
 *
 * Some channels of each pixel, and where they go.
 */
typedef struct
{
  gsize pixels;
  gsize channels;
  gsize out_whole;
  gsize out_first;
  gsize in_whole;
  gsize in_first;
} DotPart;

/**
 * DotNoise:
 * @pixels: one number for each pixel of a sample, the same in all channels
 * @activation: follows
 * @limit: then numbers keep within ±this, where it isn't 0
 *
 * What is added to pictures.
 */
typedef struct
{
  const float  *pixels;
  DotActivation activation;
  float         limit;
} DotNoise;

/**
 * DotDemodulation:
 * @weight: (channels, columns)
 * @stride: numbers that each sample's vector has, of which the first @columns
 *   count
 *
 * How scales are made of a style.
 */
typedef struct
{
  const float *weight;
  gsize        channels;
  gsize        columns;
  gsize        stride;
} DotDemodulation;

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
void dot_kernel_fir_up (DotContext     *context,
                        DotView         out,
                        DotView         in,
                        const DotSizes *sizes,
                        float           factor,
                        gboolean        accumulate);
void dot_kernel_fir_down (DotContext     *context,
                          DotView         out,
                          DotView         in,
                          const DotSizes *sizes,
                          float           factor,
                          gboolean        accumulate);
void dot_kernel_resize (DotContext *context, DotView out, DotView in, const DotSizes *sizes);
void dot_kernel_resize_back (DotContext     *context,
                             DotView         out,
                             DotView         gradient,
                             const DotSizes *sizes,
                             gboolean        accumulate);
void dot_kernel_max_pool (DotContext *context, DotView out, DotView in, const DotSizes *sizes);
void dot_kernel_max_pool_back (DotContext     *context,
                               DotView         out,
                               DotView         gradient,
                               DotView         in,
                               const DotSizes *sizes,
                               gboolean        accumulate);
void dot_kernel_copy (DotContext    *context,
                      DotView        out,
                      DotView        in,
                      const DotPart *part,
                      gboolean       accumulate);
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
void dot_kernel_modulate_rows (DotContext *context,
                               float      *out,
                               DotView     gradient,
                               DotView     in,
                               gsize       batch,
                               DotPixels   pixels,
                               gboolean    accumulate);
void dot_kernel_demodulate (DotContext            *context,
                            float                 *out,
                            const float           *in,
                            gsize                  batch,
                            const DotDemodulation *how,
                            const float           *shift);
void dot_kernel_demodulate_gate (DotContext  *context,
                                 float       *out,
                                 const float *gradient,
                                 const float *result,
                                 gsize        batch,
                                 gsize        channels);
void dot_kernel_demodulate_back (DotContext            *context,
                                 float                 *out,
                                 const float           *gate,
                                 const float           *in,
                                 gsize                  batch,
                                 const DotDemodulation *how,
                                 gboolean               accumulate);
void dot_kernel_noise (DotContext     *context,
                       DotView         out,
                       DotView         in,
                       gsize           batch,
                       DotPixels       pixels,
                       const DotNoise *noise);
void dot_kernel_clamp (DotContext *context, DotView out, DotView in, gsize items, float limit);
void dot_kernel_clamp_back (DotContext   *context,
                            DotView       out,
                            DotView       gradient,
                            DotView       result,
                            gsize         items,
                            DotActivation activation,
                            float         limit,
                            gboolean      accumulate);
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
