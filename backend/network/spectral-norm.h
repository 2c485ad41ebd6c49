/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "format/array.h"

double dot_spectral_norm (const DotArray *weight, const DotArray *u);
double dot_spectral_norm_pair (const DotArray *weight, const DotArray *u, const DotArray *v);
double dot_spectral_norm_converge (const DotArray *weight, const DotArray *start);
void   dot_spectral_norm_divide (DotArray *weight, double sigma);
void   dot_spectral_norm_vector (const DotArray *weight, guint rounds, float *u);
void   dot_spectral_normalize (DotArray *weight, const DotArray *u);
