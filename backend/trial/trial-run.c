/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A GPU tried, from one end to the other: for whoever has one and would tell how
 * it went, where those who wrote this have none. */

#include "trial-run.h"

#include "trial-bench.h"
#include "trial-compare.h"
#include "trial-pair.h"
#include "trial-strain.h"

/* The plain pair, which PyTorch's script knows. */
#define MODEL "imagenet10-64"

/* Precisions of each pair; memory, cancelling and speed. */
#define TRIALS_OF_A_PAIR 3
#define OTHER_TRIALS     8

static void
try_random_pairs (DotTrials *trials)
{
  for (guint i = 0; i < dot_trial_pair_count (); i++)
    {
      g_auto (DotTrialPair) pair = { NULL };
      g_autoptr (GError) error   = NULL;

      if (dot_trial_pair_make (&pair, i, &error))
        {
          dot_trial_compare (trials, dot_trial_pair_get_name (i), pair.model);
          continue;
        }
      if (dot_trial_begin (trials, dot_trial_pair_get_name (i)))
        dot_trial_note (trials, DOT_TRIAL_MISSED, "%s", error->message);
    }
}

static gboolean
is_usable (DotModel *model)
{
  return ! dot_model_get_problem (model) && ! dot_model_is_program (model);
}

/* Among them those of architectures that no random pair is made of. */
static void
try_models (DotTrials *trials, GPtrArray *models)
{
  for (guint i = 0; i < models->len; i++)
    if (is_usable (models->pdata[i]))
      dot_trial_compare (trials, dot_model_get_id (models->pdata[i]), models->pdata[i]);
}

/* What must not break another run, with the first of the random pairs. */
static void
strain (DotTrials *trials)
{
  g_auto (DotTrialPair) pair = { NULL };
  g_autoptr (GError) error   = NULL;

  if (dot_trial_pair_make (&pair, 0, &error))
    {
      dot_trial_strain_memory (trials, pair.model);
      dot_trial_strain_cancel (trials, pair.model);
    }
  else if (dot_trial_begin (trials, "too little memory, and cancelling"))
    {
      dot_trial_note (trials, DOT_TRIAL_MISSED, "%s", error->message);
    }
}

static void
time_updates (DotTrials *trials)
{
  g_autoptr (GError) error   = NULL;
  g_autoptr (DotModel) model = dot_model_find (MODEL, &error);

  if (model)
    dot_trial_bench (trials, model);
  else if (dot_trial_begin (trials, "speed"))
    dot_trial_note (trials, DOT_TRIAL_MISSED, "%s", error->message);
}

/**
 * dot_trial_run:
 * @trials: gets what was tried; with what whoever waits is told by
 *
 * Tries everything, one thing after another; what can't be tried is noted, too.
 *
 * Returns: %FALSE where it was cancelled
 */
gboolean
dot_trial_run (DotTrials *trials, GError **error)
{
  g_autoptr (GPtrArray) models = dot_model_list ();

  dot_trial_init (trials);
  trials->total = TRIALS_OF_A_PAIR * dot_trial_pair_count () + OTHER_TRIALS;
  for (guint i = 0; i < models->len; i++)
    trials->total += is_usable (models->pdata[i]) ? TRIALS_OF_A_PAIR : 0;

  try_random_pairs (trials);
  try_models (trials, models);
  strain (trials);
  time_updates (trials);
  return ! g_cancellable_set_error_if_cancelled (trials->cancellable, error);
}
