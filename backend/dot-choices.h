/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What can be chosen; each is a GEnum whose nicks are the words of the command line.
 * A part of dot.h. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  DOT_PRIOR_NORMAL,
  DOT_PRIOR_UNIFORM
} DotPrior;

/**
 * DotMethod:
 * @DOT_METHOD_DOT: discriminator optimal transport
 * @DOT_METHOD_NAIVE: the same without the distance
 * @DOT_METHOD_DDLS: discriminator driven latent sampling
 * @DOT_METHOD_DGFLOW: discriminator gradient flow
 * @DOT_METHOD_REP: REP-GAN
 * @DOT_METHOD_EX2MCMC: resampling among new draws, and tested steps, in turn
 * @DOT_METHOD_MH: MH-GAN
 * @DOT_METHOD_DRS: discriminator rejection sampling
 * @DOT_METHOD_OBRS: optimal budgeted rejection sampling
 *
 * How pictures are made better.  Those up to @DOT_METHOD_EX2MCMC move them step
 * by step, the others draw several and keep one.
 */
typedef enum
{
  DOT_METHOD_DOT,
  DOT_METHOD_NAIVE,
  DOT_METHOD_DDLS,
  DOT_METHOD_DGFLOW,
  DOT_METHOD_REP,
  DOT_METHOD_EX2MCMC,
  DOT_METHOD_MH,
  DOT_METHOD_DRS,
  DOT_METHOD_OBRS
} DotMethod;

/**
 * DotDivergence:
 * @DOT_DIVERGENCE_KL: Kullback and Leibler's
 * @DOT_DIVERGENCE_JS: Jensen and Shannon's
 * @DOT_DIVERGENCE_LOGD: the logarithmic one
 *
 * What DGflow descends.
 */
typedef enum
{
  DOT_DIVERGENCE_KL,
  DOT_DIVERGENCE_JS,
  DOT_DIVERGENCE_LOGD
} DotDivergence;

/**
 * DotCalibrationUse:
 * @DOT_CALIBRATION_USE_PAIR: as it was measured for the pair
 * @DOT_CALIBRATION_USE_RAW: the score is taken for the logit itself
 *
 * What a method that must know it takes scores for.
 */
typedef enum
{
  DOT_CALIBRATION_USE_PAIR,
  DOT_CALIBRATION_USE_RAW
} DotCalibrationUse;

typedef enum
{
  DOT_SPACE_LATENT,
  DOT_SPACE_TARGET
} DotSpace;

typedef enum
{
  DOT_OPTIMIZER_ADAM,
  DOT_OPTIMIZER_SGD
} DotOptimizer;

typedef enum
{
  DOT_PROJECTION_TANGENT,
  DOT_PROJECTION_PAPER,
  DOT_PROJECTION_NONE
} DotProjection;

/**
 * DotEngine:
 * @DOT_ENGINE_AUTO: the native engine, else libtorch, on a GPU that works; the
 *   same on the CPU
 * @DOT_ENGINE_NATIVE: compiled plans: over oneDNN on the CPU, over cuDNN on a
 *   GPU
 * @DOT_ENGINE_TORCH: libtorch
 *
 * What computes the networks.
 */
typedef enum
{
  DOT_ENGINE_AUTO,
  DOT_ENGINE_NATIVE,
  DOT_ENGINE_TORCH
} DotEngine;

typedef enum
{
  DOT_DEVICE_AUTO,
  DOT_DEVICE_CPU,
  DOT_DEVICE_CUDA
} DotDevice;

/**
 * DotPrecision:
 * @DOT_PRECISION_TF32: float32 whose products NVIDIA GPUs compute from ten bits
 *   behind the point instead of 23, and sum in float32; nothing else has it
 * @DOT_PRECISION_AUTO: bfloat16 in the native engine where the processor
 *   multiplies it, float32 elsewhere
 *
 * The numbers that networks compute with.
 */
typedef enum
{
  DOT_PRECISION_FLOAT32,
  DOT_PRECISION_TF32,
  DOT_PRECISION_BFLOAT16,
  DOT_PRECISION_FLOAT64,
  DOT_PRECISION_AUTO
} DotPrecision;

G_END_DECLS
