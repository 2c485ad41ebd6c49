/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The questions that a pair is asked, on whatever computes it. */

#include "trial-course.h"

#include "engine/pair.h"
#include "model/model.h"

#include <string.h>

#define BATCH DOT_TRIAL_BATCH

/**
 * dot_trial_course_init:
 * @answers: (out): with latents and labels, but no answers yet
 *
 * The same latents each time, and labels of several classes.
 */
void
dot_trial_course_init (DotTrialAnswers *answers, DotModel *model)
{
  guint n_classes = dot_model_get_n_classes (model);

  *answers           = (DotTrialAnswers) { .size = dot_model_get_latent_size (model) };
  answers->items     = dot_model_get_image_items (model);
  answers->latents   = g_new (double, BATCH * answers->size);
  answers->gradients = g_new (double, BATCH * answers->size);
  answers->points    = g_new (double, BATCH * answers->size);
  answers->images    = g_new (float, BATCH * answers->items);
  for (guint i = 0; i < BATCH; i++)
    {
      dot_model_draw_latent (model, i, DOT_STREAM_LATENT, 0.0,
                             answers->latents + i * answers->size);
      answers->labels[i] = dot_model_get_class (model, i % n_classes)->label;
    }
}

void
dot_trial_course_clear (DotTrialAnswers *answers)
{
  g_free (answers->latents);
  g_free (answers->gradients);
  g_free (answers->points);
  g_free (answers->images);
  *answers = (DotTrialAnswers) { 0 };
}

/**
 * dot_trial_course_ask:
 *
 * Asks for images, scores and gradients.
 */
gboolean
dot_trial_course_ask (DotTrialAnswers *answers, DotPair *pair, GError **error)
{
  return dot_pair_score (pair, answers->latents, answers->labels, BATCH, answers->scores,
                         answers->gradients, answers->images, NULL, error);
}

static void
keep (const DotStep *step, gpointer user_data)
{
  DotTrialAnswers *answers = user_data;

  memcpy (answers->points, step->points, BATCH * answers->size * sizeof (double));
  memcpy (answers->end_scores, step->scores, sizeof (answers->end_scores));
}

/**
 * dot_trial_course_refine:
 *
 * Makes four updates, with what they begin from by default.
 */
gboolean
dot_trial_course_refine (DotTrialAnswers *answers, DotPair *pair, GError **error)
{
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();

  options->count   = BATCH;
  options->updates = DOT_TRIAL_UPDATES;
  options->k_eff   = 1.0;
  g_clear_pointer (&options->class_name, g_free);
  return dot_refine (pair, options, keep, NULL, answers, NULL, error);
}
