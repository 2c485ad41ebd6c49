/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"
#include "plot.h"

G_BEGIN_DECLS

#define DOT_ENCODER_ABI    3
#define DOT_ENCODER_MODULE "dotrefine-export.so"
#define DOT_ENCODER_SYMBOL "dot_encoder_module"

/**
 * DotAnimation:
 * @width, @height: of a frame, in pixels
 * @delay: of a frame, in ms
 * @quality: 100 is lossless, where the format can
 * @data: for @paint
 * @paint: paints frame @index as (height, width, 3) 8-bit sRGB; frames are
 *   asked for in order, each once
 *
 * What is encoded, a frame at a time.
 */
typedef struct
{
  guint    width;
  guint    height;
  guint    n_frames;
  guint    delay;
  guint    quality;
  gpointer data;
  gboolean (*paint) (gpointer data, guint index, guint8 *pixels, GError **error);
} DotAnimation;

/**
 * DotEncoderClass:
 * @abi: %DOT_ENCODER_ABI
 * @encode_gif: (transfer full): a GIF that loops
 * @encode_webp: (transfer full): a WebP that loops
 * @paint_text: writes one line in black on white into a rectangle of
 *   @stride bytes a row; what doesn't fit is cut off
 * @draw_plot: (transfer full): a PNG or an SVG
 *
 * What needs libraries that nothing else does, and is loaded at run time.  A
 * module exports `const DotEncoderClass *dot_encoder_module (void)`.
 */
typedef struct
{
  guint abi;
  GBytes *(*encode_gif) (const DotAnimation *animation, GError **error);
  GBytes *(*encode_webp) (const DotAnimation *animation, GError **error);
  void (*paint_text) (const char *text, guint8 *pixels, guint width, guint height, gsize stride);
  GBytes *(*draw_plot) (const DotPlot *plot, GError **error);
} DotEncoderClass;

const DotEncoderClass *dot_encoder_load (GError **error);

/*  inside the module  */

GBytes *dot_gif_encode (const DotAnimation *animation, GError **error);
GBytes *dot_webp_encode (const DotAnimation *animation, GError **error);
void    dot_text_paint (const char *text, guint8 *pixels, guint width, guint height, gsize stride);
GBytes *dot_plot_encode (const DotPlot *plot, GError **error);

G_END_DECLS
