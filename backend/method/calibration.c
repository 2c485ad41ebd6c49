/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Logistic regression of real against generated pictures by their scores. */

#include "calibration.h"

#include <math.h>
#include <string.h>

#define MAX_ROUNDS 100

/* One sample of the regression: a score as standard deviations from the mean, and
 * how much it counts, so that both kinds count as much. */
typedef struct
{
  const DotCalibrationScores *scores;
  double                      mean;
  double                      deviation;
  double                      ridge;
} Fit;

static double
sigmoid (double t)
{
  return 1.0 / (1.0 + exp (-t));
}

/* log(1 + eᵗ) */
static double
softplus (double t)
{
  return t > 0.0 ? t + log1p (exp (-t)) : log1p (exp (t));
}

static gsize
count (const DotCalibrationScores *scores)
{
  return scores->n_real + scores->n_generated;
}

static gboolean
is_real (const DotCalibrationScores *scores, gsize i)
{
  return i < scores->n_real;
}

static double
get_score (const DotCalibrationScores *scores, gsize i)
{
  return is_real (scores, i) ? scores->real[i] : scores->generated[i - scores->n_real];
}

static double
get_weight (const DotCalibrationScores *scores, gsize i)
{
  gsize n = is_real (scores, i) ? scores->n_real : scores->n_generated;

  return (double) count (scores) / (2.0 * (double) n);
}

static void
fit_init (Fit *fit, const DotCalibrationScores *scores, double ridge)
{
  gsize  n   = count (scores);
  double sum = 0.0, square = 0.0;

  for (gsize i = 0; i < n; i++)
    sum += get_score (scores, i);
  for (gsize i = 0; i < n; i++)
    square += pow (get_score (scores, i) - sum / (double) n, 2.0);
  *fit = (Fit) { scores, sum / (double) n, sqrt (square / (double) n), ridge };
}

/* What is minimised: the negative log-likelihood and half the ridge's α². */
static double
fit_get_loss (const Fit *fit, const double at[2])
{
  double loss = 0.5 * fit->ridge * at[0] * at[0];

  for (gsize i = 0; i < count (fit->scores); i++)
    {
      double x = (get_score (fit->scores, i) - fit->mean) / fit->deviation;
      double t = at[0] * x + at[1];

      loss += get_weight (fit->scores, i) * softplus (is_real (fit->scores, i) ? -t : t);
    }
  return loss;
}

/* Newton's step from @at. */
static void
fit_get_step (const Fit *fit, const double at[2], double step[2])
{
  double g0 = fit->ridge * at[0], g1 = 0.0;
  double h00 = fit->ridge, h01 = 0.0, h11 = 0.0;
  double determinant;

  for (gsize i = 0; i < count (fit->scores); i++)
    {
      double x = (get_score (fit->scores, i) - fit->mean) / fit->deviation;
      double w = get_weight (fit->scores, i);
      double p = sigmoid (at[0] * x + at[1]);
      double e = w * (p - (is_real (fit->scores, i) ? 1.0 : 0.0));
      double h = w * p * (1.0 - p);

      g0 += e * x;
      g1 += e;
      h00 += h * x * x;
      h01 += h * x;
      h11 += h;
    }
  determinant = h00 * h11 - h01 * h01;
  step[0]     = (h11 * g0 - h01 * g1) / determinant;
  step[1]     = (h00 * g1 - h01 * g0) / determinant;
}

/* A step is halved until the loss doesn't rise.  Returns: its length. */
static double
fit_improve (const Fit *fit, double at[2])
{
  double loss = fit_get_loss (fit, at);
  double step[2];

  fit_get_step (fit, at, step);
  for (int halvings = 0; halvings < 50; halvings++)
    {
      double next[2] = { at[0] - step[0], at[1] - step[1] };

      if (fit_get_loss (fit, next) <= loss)
        {
          memcpy (at, next, sizeof (next));
          break;
        }
      step[0] *= 0.5;
      step[1] *= 0.5;
    }
  return fabs (step[0]) + fabs (step[1]);
}

/**
 * dot_calibration_fit:
 * @calibration: (out)
 * @ridge: on the slope, of scores in standard deviations; 0: maximum likelihood,
 *   which scores that don't overlap have none of
 *
 * Finds a and b, and measures how good they are.
 *
 * Returns: %FALSE where the scores have no such numbers
 */
gboolean
dot_calibration_fit (DotCalibration *calibration, const DotCalibrationScores *scores, double ridge)
{
  double at[2] = { 0.0, 0.0 };
  double moved = INFINITY;
  Fit    fit;

  memset (calibration, 0, sizeof (*calibration));
  if (scores->n_real == 0 || scores->n_generated == 0)
    return FALSE;
  fit_init (&fit, scores, ridge);
  if (! isfinite (fit.deviation) || fit.deviation == 0.0)
    return FALSE;

  for (int round = 0; round < MAX_ROUNDS && moved > 1e-13; round++)
    moved = fit_improve (&fit, at);
  if (! (moved < 1e-6))
    return FALSE;

  calibration->slope     = at[0] / fit.deviation;
  calibration->intercept = at[1] - at[0] * fit.mean / fit.deviation;
  dot_calibration_measure (calibration, scores);
  return TRUE;
}

/**
 * dot_calibration_measure:
 * @calibration: (inout): with its slope and intercept
 *
 * Finds the Brier score and the calibration curve.
 */
void
dot_calibration_measure (DotCalibration *calibration, const DotCalibrationScores *scores)
{
  gsize n = count (scores);

  calibration->brier       = 0.0;
  calibration->n_real      = scores->n_real;
  calibration->n_generated = scores->n_generated;
  memset (calibration->bins, 0, sizeof (calibration->bins));
  for (gsize i = 0; i < n; i++)
    {
      double p    = sigmoid (calibration->slope * get_score (scores, i) + calibration->intercept);
      double real = is_real (scores, i) ? 1.0 : 0.0;
      gsize  bin  = MIN ((gsize) (p * DOT_CALIBRATION_BINS), DOT_CALIBRATION_BINS - 1);

      calibration->brier += get_weight (scores, i) * (p - real) * (p - real) / (double) n;
      calibration->bins[bin].n++;
      calibration->bins[bin].chance += p;
      calibration->bins[bin].real += real;
    }
  for (guint bin = 0; bin < DOT_CALIBRATION_BINS; bin++)
    if (calibration->bins[bin].n > 0)
      {
        calibration->bins[bin].chance /= (double) calibration->bins[bin].n;
        calibration->bins[bin].real /= (double) calibration->bins[bin].n;
      }
}

/**
 * dot_calibration_get_z:
 *
 * Returns: Σ(y − p) / √Σ p (1 − p), which is a standard normal number where the
 *   chances p are right (Turner et al., 2019)
 */
double
dot_calibration_get_z (const DotCalibration *calibration, const DotCalibrationScores *scores)
{
  double wrong = 0.0, variance = 0.0;

  for (gsize i = 0; i < count (scores); i++)
    {
      double p = sigmoid (calibration->slope * get_score (scores, i) + calibration->intercept);

      wrong += (is_real (scores, i) ? 1.0 : 0.0) - p;
      variance += p * (1.0 - p);
    }
  return wrong / sqrt (variance);
}
