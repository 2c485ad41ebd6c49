/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What must not break a run that comes after it: a GPU without memory, and a run
 * that is cancelled in its middle. */

#include "trial-strain.h"

#include "trial-course.h"

#include "base/module.h"
#include "engine/pair.h"
#include "engine/probe.h"
#include "model/model.h"

#include <string.h>

#define MODULE_NAME "dotrefine-cuda.so"

/* What is left of the memory, in bytes, and how many candidates shall do with it. */
#define LEFT (16ul << 20)
#define MANY 32

/* It is cancelled after so many updates of so many. */
#define CANCEL_AFTER 3
#define FAR_AWAY     10000

static DotPair *
load (DotTrials *trials, DotModel *model, GError **error)
{
  return dot_pair_load (model, DOT_ENGINE_NATIVE, DOT_DEVICE_CUDA, DOT_PRECISION_FLOAT32, NULL,
                        NULL, trials->cancellable, error);
}

/* Whether answers are those that it gave before, to the bit. */
static gboolean
is_same (const DotTrialAnswers *one, const DotTrialAnswers *other)
{
  return memcmp (one->scores, other->scores, sizeof (one->scores)) == 0 &&
         memcmp (one->images, other->images, DOT_TRIAL_BATCH * one->items * sizeof (float)) == 0;
}

static gboolean
ask_many (DotPair *pair, DotModel *model, GError **error)
{
  gsize              size      = dot_model_get_latent_size (model);
  g_autofree double *latents   = g_new (double, MANY *size);
  g_autofree double *gradients = g_new (double, MANY *size);
  g_autofree guint  *labels    = g_new (guint, MANY);
  g_autofree double *scores    = g_new (double, MANY);

  for (guint i = 0; i < MANY; i++)
    {
      dot_model_draw_latent (model, i, DOT_STREAM_LATENT, 0.0, latents + i * size);
      labels[i] = dot_model_get_class (model, 0)->label;
    }
  return dot_pair_score (pair, latents, labels, MANY, scores, gradients, NULL, NULL, error);
}

/* Without memory it gives what it can, or says that it can't; then, with it, it
 * gives what it gave before. */
static gboolean
fill_and_recover (DotTrials *trials, DotPair *pair, DotModel *model, GError **error)
{
  g_auto (DotTrialAnswers) before = { 0 }, after = { 0 };
  g_autoptr (GError) refusal = NULL;
  const DotFillClass *memory = dot_module_load (MODULE_NAME, DOT_FILL_SYMBOL, DOT_FILL_ABI, error);
  unsigned long       taken;
  gboolean            gave;

  dot_trial_course_init (&before, model);
  dot_trial_course_init (&after, model);
  if (! memory || ! dot_trial_course_ask (&before, pair, error))
    return FALSE;

  taken = memory->fill (LEFT);
  gave  = ask_many (pair, model, &refusal);
  memory->release ();
  if (! dot_trial_course_ask (&after, pair, error) || ! ask_many (pair, model, error))
    return FALSE;

  dot_trial_note (trials,
                  is_same (&before, &after) &&
                      (gave || g_error_matches (refusal, DOT_ERROR, DOT_ERROR_NO_DEVICE_MEMORY))
                    ? DOT_TRIAL_PASSED
                    : DOT_TRIAL_FAILED,
                  "%lu MiB taken; %d candidates then: %s; afterwards %s", taken >> 20, MANY,
                  gave ? "done in parts" : refusal->message,
                  is_same (&before, &after) ? "the same numbers as before" : "other numbers");
  return TRUE;
}

/**
 * dot_trial_strain_memory:
 *
 * Takes the GPU's memory on purpose, and gives it back.
 */
void
dot_trial_strain_memory (DotTrials *trials, DotModel *model)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DotPair) pair = NULL;

  if (! dot_trial_begin (trials, "too little memory, and enough again"))
    return;
  pair = load (trials, model, &error);
  if (! pair)
    dot_trial_refuse (trials, error);
  else if (! fill_and_recover (trials, pair, model, &error))
    dot_trial_note (trials, DOT_TRIAL_FAILED, "%s", error->message);
}

/*  a run that is cancelled  */

typedef struct
{
  GCancellable *cancellable;
  guint         updates;
} Run;

static void
count_step (const DotStep *step, gpointer user_data)
{
  Run *run = user_data;

  run->updates = step->update;
  if (step->update == CANCEL_AFTER)
    g_cancellable_cancel (run->cancellable);
}

static gboolean
refine (DotPair *pair, guint updates, Run *run, GError **error)
{
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();

  options->updates = updates;
  options->k_eff   = 1.0;
  g_clear_pointer (&options->class_name, g_free);
  return dot_refine (pair, options, count_step, NULL, run, run->cancellable, error);
}

static void
cancel_and_go_on (DotTrials *trials, DotPair *pair)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) end               = NULL;
  g_autoptr (GError) error             = NULL;
  Run first                            = { cancellable, 0 };
  Run second                           = { NULL, 0 };

  if (refine (pair, FAR_AWAY, &first, &end) ||
      ! g_error_matches (end, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    dot_trial_note (trials, DOT_TRIAL_FAILED, "not cancelled: %s",
                    end ? end->message : "it went on");
  else if (! refine (pair, CANCEL_AFTER - 1, &second, &error))
    dot_trial_note (trials, DOT_TRIAL_FAILED, "the next run: %s", error->message);
  else
    dot_trial_note (trials, first.updates == CANCEL_AFTER ? DOT_TRIAL_PASSED : DOT_TRIAL_FAILED,
                    "cancelled after update %u of %d; it ended after update %u; the next run works",
                    CANCEL_AFTER, FAR_AWAY, first.updates);
}

/**
 * dot_trial_strain_cancel:
 *
 * Cancels a run in its middle, and begins another.
 */
void
dot_trial_strain_cancel (DotTrials *trials, DotModel *model)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DotPair) pair = NULL;

  if (! dot_trial_begin (trials, "cancelling a run"))
    return;
  pair = load (trials, model, &error);
  if (pair)
    cancel_and_go_on (trials, pair);
  else
    dot_trial_refuse (trials, error);
}
