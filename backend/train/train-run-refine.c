/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A discriminator that never saw what following it makes of a picture likes
 * things there that no real picture has.  So some of the latents that it is
 * trained on are refined first, by itself as it is (Algorithm 2 of the paper,
 * 3 with labels). */

#include "train-run.h"

#include "transport/transport.h"

#include <math.h>

/* The latents of this process that are refined.
 * @places: which of its latents they are
 * @values, @labels: of those, for the trainer */
typedef struct
{
  DotTrainRun *run;
  gsize        n;
  gsize        dimension;
  gsize       *places;
  double      *origins;
  double      *k_eff;
  float       *values;
  gint32      *labels;
} Chosen;

static void
chosen_clear (Chosen *chosen)
{
  g_free (chosen->places);
  g_free (chosen->origins);
  g_free (chosen->k_eff);
  g_free (chosen->values);
  g_free (chosen->labels);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Chosen, chosen_clear)

/* Spread over the whole batch, so that each process has as many to refine. */
static gboolean
is_refined (double share, gsize i)
{
  return floor ((double) (i + 1) * share) > floor ((double) i * share);
}

static float *
get_latent (const Chosen *chosen, gsize i)
{
  const DotTrainRun *run = chosen->run;

  return run->latents + (run->first + chosen->places[i]) * chosen->dimension;
}

static void
chosen_init (Chosen *chosen, DotTrainRun *run, const gint32 *labels)
{
  const DotTrainRefined *refined = &run->config->refined;
  gsize                  d       = run->shape.latent_size;

  *chosen = (Chosen) { .run       = run,
                       .dimension = d,
                       .places    = g_new (gsize, run->n),
                       .origins   = g_new (double, run->n *d),
                       .k_eff     = g_new (double, run->n),
                       .values    = g_new (float, run->n *d),
                       .labels    = labels ? g_new (gint32, run->n) : NULL };
  for (gsize i = 0; i < run->n; i++)
    if (is_refined (refined->share, run->first + i))
      {
        if (labels)
          chosen->labels[chosen->n] = labels[i];
        chosen->k_eff[chosen->n]    = refined->k_eff;
        chosen->places[chosen->n++] = i;
      }
  for (gsize i = 0; i < chosen->n; i++)
    for (gsize j = 0; j < d; j++)
      chosen->origins[i * d + j] = get_latent (chosen, i)[j];
}

static gboolean
score (gpointer      data,
       const double *points,
       gsize         batch,
       double       *scores,
       double       *gradients,
       GError      **error)
{
  const Chosen *chosen = data;

  for (gsize i = 0; i < batch * chosen->dimension; i++)
    chosen->values[i] = (float) points[i];
  return dot_trainer_score_latents (chosen->run->trainer, chosen->values, chosen->labels, batch,
                                    scores, gradients, error);
}

/* After the last update the latents are the refined ones. */
static gboolean
store (const DotTransportState *state, gpointer user_data, GError **error)
{
  const Chosen *chosen = user_data;
  gsize         d      = chosen->dimension;

  for (gsize i = 0; i < chosen->n; i++)
    for (gsize j = 0; j < d; j++)
      get_latent (chosen, i)[j] = (float) state->points[i * d + j];
  return TRUE;
}

/**
 * dot_train_run_refine:
 * @labels: (nullable): (n) of this process's latents
 *
 * Refines the configured share of the latents that were drawn, against the
 * averaged generator and the discriminator as it is: the projected one where
 * the pair's own isn't trained.
 */
gboolean
dot_train_run_refine (DotTrainRun *run, const gint32 *labels, GError **error)
{
  const DotTrainRefined *refined = &run->config->refined;
  gboolean               normal  = run->config->prior == DOT_PRIOR_NORMAL;
  g_auto (Chosen) chosen         = {
    NULL,
  };
  DotScoreFunction function = { .data      = &chosen,
                                .dimension = run->shape.latent_size,
                                .score     = score };

  chosen_init (&chosen, run, labels);
  if (chosen.n == 0)
    return TRUE;

  DotTransportOptions options = { .method     = DOT_METHOD_DOT,
                                  .optimizer  = DOT_OPTIMIZER_ADAM,
                                  .projection = normal ? DOT_PROJECTION_TANGENT
                                                       : DOT_PROJECTION_NONE,
                                  .step_size  = refined->rate,
                                  .clip       = normal ? 0.0 : 1.0,
                                  .updates    = refined->updates,
                                  .k_eff      = chosen.k_eff };

  /* A step that has begun is done, so that all ranks stop after the same one. */
  return dot_transport (&function, &options, chosen.origins, chosen.n, store, &chosen, NULL, error);
}
