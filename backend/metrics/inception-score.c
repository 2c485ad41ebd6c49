/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Inception score (Salimans et al. 2016). */

#include "inception-score.h"

#include "base/intl.h"

#include <math.h>

/* exp of the mean of KL (p(y|x) ‖ p(y)) over some pictures. */
static double
score_split (const float *probabilities, gsize n, gsize n_classes)
{
  g_autofree double *whole = g_new0 (double, n_classes);
  double             sum   = 0.0;

  for (gsize i = 0; i < n * n_classes; i++)
    whole[i % n_classes] += probabilities[i] / (double) n;

  for (gsize i = 0; i < n * n_classes; i++)
    if (probabilities[i] > 0.0f)
      sum += probabilities[i] * (log (probabilities[i]) - log (whole[i % n_classes]));
  return exp (sum / n);
}

static gboolean
check_probabilities (const float *probabilities,
                     gsize        n,
                     gsize        n_classes,
                     guint        splits,
                     GError     **error)
{
  if (splits < 1 || n_classes < 2 || n < splits)
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                   _ (
                     "There are too few pictures (%zu) or classes (%zu) for an inception score of %u "
                     "parts: take more samples, or leave it out."),
                   n, n_classes, splits);
      return FALSE;
    }
  for (gsize i = 0; i < n * n_classes; i++)
    if (! (probabilities[i] >= 0.0f && probabilities[i] <= 1.001f))
      {
        g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FINITE,
                     _ ("A probability of picture %zu isn't between 0 and 1: "
                        "take another feature network."),
                     i / n_classes);
        return FALSE;
      }
  return TRUE;
}

/**
 * dot_inception_score:
 * @probabilities: (n, classes) p(y|x)
 * @splits: in how many parts of about one size the pictures are taken, in their
 *   order; 10 is usual
 * @mean: (out): of the scores of the parts
 * @deviation: (out): √ of the mean square of what they differ from it
 */
gboolean
dot_inception_score (const float *probabilities,
                     gsize        n,
                     gsize        n_classes,
                     guint        splits,
                     double      *mean,
                     double      *deviation,
                     GError     **error)
{
  g_autofree double *scores = NULL;

  if (! check_probabilities (probabilities, n, n_classes, splits, error))
    return FALSE;

  scores     = g_new (double, splits);
  *mean      = 0.0;
  *deviation = 0.0;
  for (guint s = 0; s < splits; s++)
    {
      gsize first = s * n / splits;
      gsize end   = (s + 1) * n / splits;

      scores[s] = score_split (probabilities + first * n_classes, end - first, n_classes);
      *mean += scores[s] / splits;
    }
  for (guint s = 0; s < splits; s++)
    *deviation += (scores[s] - *mean) * (scores[s] - *mean) / splits;
  *deviation = sqrt (*deviation);
  return TRUE;
}
