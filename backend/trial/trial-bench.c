/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* How long an update takes, for one candidate and for several at once. */

#include "trial-bench.h"

#include "trial-peer.h"

#include "dot-enums.h"

#include <stdlib.h>

/* Updates before the graph is there, and those that are timed. */
#define WARM_UPS 6
#define TIMED    20

static const guint        batches[]    = { 1, 4, 16 };
static const DotPrecision precisions[] = { DOT_PRECISION_FLOAT32, DOT_PRECISION_TF32,
                                           DOT_PRECISION_BFLOAT16 };

typedef struct
{
  gint64 last;
  double milliseconds[TIMED];
} Times;

static void
take_time (const DotStep *step, gpointer user_data)
{
  Times *times = user_data;
  gint64 now   = g_get_monotonic_time ();

  if (step->update > WARM_UPS)
    times->milliseconds[step->update - WARM_UPS - 1] = (now - times->last) / 1000.0;
  times->last = now;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double one = *(const double *) a, other = *(const double *) b;

  return (one > other) - (one < other);
}

/* Returns: the median, in milliseconds; negative where it failed */
static double
time_update (DotPair *pair, guint batch, GCancellable *cancellable, GError **error)
{
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();
  Times times                          = { 0 };

  options->count   = batch;
  options->updates = WARM_UPS + TIMED;
  options->k_eff   = 1.0;
  g_clear_pointer (&options->class_name, g_free);
  if (! dot_refine (pair, options, take_time, NULL, &times, cancellable, error))
    return -1.0;
  qsort (times.milliseconds, TIMED, sizeof (double), compare_doubles);
  return (times.milliseconds[TIMED / 2 - 1] + times.milliseconds[TIMED / 2]) / 2.0;
}

static void
time_batches (DotTrials *trials, DotPair *pair)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (batches); i++)
    {
      double milliseconds = time_update (pair, batches[i], trials->cancellable, &error);

      if (milliseconds < 0.0)
        {
          dot_trial_note (trials, DOT_TRIAL_FAILED, "%s", error->message);
          return;
        }
      g_string_append_printf (text, "%s%u at once: %.3f ms an update", i ? ", " : "", batches[i],
                              milliseconds);
    }
  dot_trial_note (trials, DOT_TRIAL_PASSED, "%s", text->str);
}

static void
try_one (DotTrials *trials, DotModel *model, DotEngine engine, DotPrecision precision)
{
  g_autofree char *title   = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DotPair) pair = NULL;

  title = g_strdup_printf ("speed, %s, %s", dot_enum_to_nick (DOT_TYPE_ENGINE, (int) engine),
                           dot_enum_to_nick (DOT_TYPE_PRECISION, (int) precision));
  if (! dot_trial_begin (trials, title))
    return;
  pair = dot_pair_load (model, engine, DOT_DEVICE_CUDA, precision, NULL, NULL, trials->cancellable,
                        &error);
  if (pair)
    time_batches (trials, pair);
  else if (engine == DOT_ENGINE_NATIVE)
    dot_trial_refuse (trials, error);
  else
    dot_trial_note (trials, DOT_TRIAL_MISSED, "%s", error->message);
}

/**
 * dot_trial_bench:
 *
 * @model: of a kind that the peer knows, too
 *
 * Times the native engine in each precision, libtorch, where it computes on the
 * GPU, in the two that it is usually asked for, and PyTorch.
 */
void
dot_trial_bench (DotTrials *trials, DotModel *model)
{
  for (guint i = 0; i < G_N_ELEMENTS (precisions); i++)
    try_one (trials, model, DOT_ENGINE_NATIVE, precisions[i]);
  try_one (trials, model, DOT_ENGINE_TORCH, DOT_PRECISION_FLOAT32);
  try_one (trials, model, DOT_ENGINE_TORCH, DOT_PRECISION_BFLOAT16);
  dot_trial_peer (trials, model, batches, G_N_ELEMENTS (batches));
}
