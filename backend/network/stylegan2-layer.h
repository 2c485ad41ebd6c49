/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "builder.h"

G_BEGIN_DECLS

/* Of the smallest pictures. */
#define DOT_STYLEGAN2_FIRST_SIZE 4

/* Of the largest that there are. */
#define DOT_STYLEGAN2_LAST_SIZE 1024

void      dot_stylegan2_layer_init (DotBuilder *builder,
                                    DotWeights *weights,
                                    guint       channels,
                                    guint       size);
guint     dot_stylegan2_layer_get_axis (DotBuilder *builder,
                                        const char *layer,
                                        guint       n_dims,
                                        guint       axis);
double    dot_stylegan2_layer_get_limit (DotBuilder *builder, const char *layer);
DotArray *dot_stylegan2_layer_new_array (DotBuilder *builder, gsize rows, gsize columns);
DotArray *dot_stylegan2_layer_read (DotBuilder  *builder,
                                    const char  *layer,
                                    guint        n_dims,
                                    const gsize *shape,
                                    double       gain);
DotArray *dot_stylegan2_layer_read_bias (DotBuilder *builder,
                                         const char *layer,
                                         gsize       n,
                                         double      gain);
DotArray *dot_stylegan2_layer_read_rows (DotBuilder *builder,
                                         const char *layer,
                                         gsize       rows,
                                         gsize       columns,
                                         double      gain);
guint     dot_stylegan2_layer_filter (DotBuilder *builder, guint input, guint padding, double gain);
guint     dot_stylegan2_layer_add_linear (DotBuilder *builder,
                                          const char *layer,
                                          guint       input,
                                          double      rate,
                                          double      gain);
guint     dot_stylegan2_layer_activate (DotBuilder *builder, guint input, double limit);
guint     dot_stylegan2_layer_clamp (DotBuilder *builder, guint input, double limit);

G_END_DECLS
