/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "modules/plan/device.h"

G_BEGIN_DECLS

void  dot_row_widen (float *out, const guint16 *in, gsize n);
void  dot_row_narrow (guint16 *out, const float *in, gsize n);
void  dot_row_affine (float *out, const float *in, const float *scale, const float *shift, gsize n);
void  dot_row_activate (float *out, const float *in, DotActivation activation, gsize n);
void  dot_row_gate (float        *out,
                    const float  *gradient,
                    const float  *result,
                    DotActivation activation,
                    gsize         n);
void  dot_row_shift (float *out, const float *in, float shift, gsize n);
void  dot_row_clamp (float *out, const float *in, float limit, gsize n);
void  dot_row_clamp_gate (float       *out,
                          const float *gradient,
                          const float *result,
                          float        limit,
                          gsize        n);
void  dot_row_multiply (float *out, const float *in, const float *scale, gsize n);
void  dot_row_axpy (float *out, const float *first, const float *second, float factor, gsize n);
void  dot_row_scale (float *out, const float *in, float factor, gsize n);
void  dot_row_halve (float *out, const float *in, float factor, gsize pixels, gsize channels);
void  dot_row_double (float *out, const float *in, float factor, gsize pixels, gsize channels);
void  dot_row_mix (float *out, const float *a, const float *b, const float weights[2], gsize n);
void  dot_row_larger (float *most, guint32 *at, const float *in, guint32 place, gsize n);
void  dot_row_scatter (float *out, const float *in, const guint32 *at, guint32 place, gsize n);
void  dot_row_products (double *products, double *sums, const float *a, const float *b, gsize n);
float dot_row_dot (const float *a, const float *b, gsize n);

G_END_DECLS
