/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A pair's answers on the GPU against those of the native engine on the
 * processor in float32.
 *
 * A plan is run three times step by step before it becomes a CUDA graph: the
 * first answers are without the graph, later ones with it. */

#include "trial-compare.h"

#include "trial-course.h"

#include "dot-enums.h"

#include <math.h>

#define BATCH DOT_TRIAL_BATCH

/* How often it is asked until there is a graph. */
#define ASKED 5

/* In float32, as the tests have it of the CPU's two engines: relus that rounding
 * flips make gradients differ more, and Adam's first steps go by their signs. */
#define MOST_IMAGE    5e-5
#define MOST_SCORE    1e-4
#define MOST_GRADIENT 0.05
#define NEAR_POINT    1e-3
#define LEAST_NEAR    0.8

/* With fewer bits only what is plainly wrong is called so. */
#define MOST_NARROW 0.5

static const DotPrecision precisions[] = { DOT_PRECISION_FLOAT32, DOT_PRECISION_TF32,
                                           DOT_PRECISION_BFLOAT16 };

/**
 * Distance:
 * @image: largest difference of a pixel
 * @score: the same of a score, of 1 or itself
 * @gradient: largest relative norm
 * @near: share of coordinates that four updates bring as far
 *
 * How far answers are apart; infinite where one isn't finite.
 */
typedef struct
{
  double image;
  double score;
  double gradient;
  double near;
} Distance;

static double
larger (double a, double b)
{
  return isfinite (a) && isfinite (b) ? MAX (a, b) : INFINITY;
}

static double
compare_gradients (const double *found, const double *expected, gsize n)
{
  double difference = 0.0, norm = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      difference += (found[i] - expected[i]) * (found[i] - expected[i]);
      norm += expected[i] * expected[i];
    }
  return sqrt (difference / MAX (norm, G_MINDOUBLE));
}

static Distance
compare_answers (const DotTrialAnswers *found, const DotTrialAnswers *expected)
{
  Distance distance = { 0.0 };
  gsize    d        = found->size;

  for (gsize i = 0; i < BATCH * found->items; i++)
    distance.image = larger (distance.image, fabs (found->images[i] - expected->images[i]));
  for (guint i = 0; i < BATCH; i++)
    {
      double score = fabs (found->scores[i] - expected->scores[i]);

      distance.score    = larger (distance.score, score / MAX (1.0, fabs (expected->scores[i])));
      distance.gradient = larger (distance.gradient,
                                  compare_gradients (found->gradients + i * d,
                                                     expected->gradients + i * d, d));
    }
  return distance;
}

static double
count_near (const DotTrialAnswers *found, const DotTrialAnswers *expected)
{
  gsize n = BATCH * found->size, near = 0;

  for (gsize i = 0; i < n; i++)
    near += fabs (found->points[i] - expected->points[i]) <= NEAR_POINT;
  return (double) near / n;
}

static gboolean
is_right (DotPrecision precision, const Distance *distance)
{
  if (precision == DOT_PRECISION_FLOAT32)
    return distance->image <= MOST_IMAGE && distance->score <= MOST_SCORE &&
           distance->gradient <= MOST_GRADIENT && distance->near >= LEAST_NEAR;
  return distance->image <= MOST_NARROW && distance->score <= MOST_NARROW &&
         distance->gradient <= MOST_NARROW;
}

/* Asks until it is answered by a graph; the first answers were without. */
static gboolean
measure (DotPair               *pair,
         DotTrialAnswers       *found,
         const DotTrialAnswers *expected,
         Distance               distances[2],
         GError               **error)
{
  for (guint i = 0; i < ASKED; i++)
    {
      if (! dot_trial_course_ask (found, pair, error))
        return FALSE;
      if (i == 0)
        distances[0] = compare_answers (found, expected);
    }
  distances[1] = compare_answers (found, expected);
  for (guint i = 0; i < 2; i++)
    {
      if (! dot_trial_course_refine (found, pair, error))
        return FALSE;
      distances[i].near = count_near (found, expected);
    }
  return TRUE;
}

static char *
describe (const char *what, const Distance *distance)
{
  return g_strdup_printf ("%s: image %.1e, score %.1e, gradient %.1e, near after 4 updates %.0f %%",
                          what, distance->image, distance->score, distance->gradient,
                          100.0 * distance->near);
}

static void
note (DotTrials *trials, DotPrecision precision, const Distance distances[2])
{
  g_autofree char *without = describe ("without graph", &distances[0]);
  g_autofree char *with    = describe ("with it", &distances[1]);
  gboolean right = is_right (precision, &distances[0]) && is_right (precision, &distances[1]);

  dot_trial_note (trials, right ? DOT_TRIAL_PASSED : DOT_TRIAL_FAILED, "%s; %s", without, with);
}

static void
try_precision (DotTrials             *trials,
               DotModel              *model,
               DotPrecision           precision,
               const DotTrialAnswers *expected)
{
  g_autoptr (GError) error      = NULL;
  g_autoptr (DotPair) pair      = NULL;
  g_auto (DotTrialAnswers) mine = { 0 };
  Distance distances[2];

  dot_trial_course_init (&mine, model);
  pair = dot_pair_load (model, DOT_ENGINE_NATIVE, DOT_DEVICE_CUDA, precision, NULL, NULL,
                        trials->cancellable, &error);
  if (! pair)
    dot_trial_refuse (trials, error);
  else if (measure (pair, &mine, expected, distances, &error))
    note (trials, precision, distances);
  else
    dot_trial_note (trials, DOT_TRIAL_FAILED, "%s", error->message);
}

static gboolean
ask_processor (DotTrials *trials, DotModel *model, DotTrialAnswers *answers, GError **error)
{
  g_autoptr (DotPair) pair = NULL;

  dot_trial_course_init (answers, model);
  pair = dot_pair_load (model, DOT_ENGINE_NATIVE, DOT_DEVICE_CPU, DOT_PRECISION_FLOAT32, NULL, NULL,
                        trials->cancellable, error);
  return pair && dot_trial_course_ask (answers, pair, error) &&
         dot_trial_course_refine (answers, pair, error);
}

/**
 * dot_trial_compare:
 * @name: what the report calls the model
 *
 * Compares the GPU with the processor in each precision, without and with the
 * graph.
 */
void
dot_trial_compare (DotTrials *trials, const char *name, DotModel *model)
{
  g_autoptr (GError) error          = NULL;
  g_auto (DotTrialAnswers) expected = { 0 };
  gboolean known                    = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (precisions); i++)
    {
      const char      *word  = dot_enum_to_nick (DOT_TYPE_PRECISION, (int) precisions[i]);
      g_autofree char *title = g_strdup_printf ("%s, %s", name, word);

      if (! dot_trial_begin (trials, title))
        continue;
      if (! expected.items)
        known = ask_processor (trials, model, &expected, &error);
      if (known)
        try_precision (trials, model, precisions[i], &expected);
      else
        dot_trial_note (trials, DOT_TRIAL_MISSED, "the processor: %s", error->message);
    }
}
