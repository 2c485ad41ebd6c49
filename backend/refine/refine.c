/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* dot_refine(): from options to updates.  The transport does not know of
 * networks, nor the pair of transport; this file introduces them. */

#include "dot.h"

#include "candidates.h"
#include "refine-method.h"
#include "refine-picture.h"
#include "engine/k-eff.h"
#include "method/method.h"
#include "model/model.h"
#include "engine/pair-check.h"
#include "engine/pair.h"

#include "base/intl.h"

#include <string.h>

/* The uniform prior's range, that of every picture, and where the authors' code
 * keeps points of the plane. */
#define PRIOR_LIMIT 1.0
#define IMAGE_LIMIT 1.0
#define POINT_LIMIT 2.0

typedef struct
{
  DotPair                *pair;
  const DotRefineOptions *options;
  DotCandidates           candidates;
  gsize                   latent_size;
  gsize                   image_items;
  gsize                   point_size;
  double                 *origins;
  double                 *k_eff;
  float                  *images;
  guint                   updates;
  double                  picture_distance;
  gboolean                stopped; /* while a picture's latent was looked for */
  DotStepFunc             step;
  gpointer                user_data;
  GCancellable           *cancellable;
} Refinement;

static void
refinement_clear (Refinement *refinement)
{
  dot_candidates_clear (&refinement->candidates);
  g_free (refinement->origins);
  g_free (refinement->k_eff);
  g_free (refinement->images);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Refinement, refinement_clear)

static gboolean
refinement_allocate (Refinement *refinement, GError **error)
{
  gsize batch = refinement->candidates.batch;

  refinement->origins = g_try_new (double, batch * refinement->point_size);
  refinement->images  = g_try_new (float, batch * refinement->image_items);
  refinement->k_eff   = g_new0 (double, batch);
  if (refinement->origins && refinement->images)
    return TRUE;

  g_set_error (
    error, DOT_ERROR, DOT_ERROR_NO_MEMORY,
    _ (
      "There is not enough memory for so many candidates (%zu): ask for fewer, or close other programs."),
    batch);
  return FALSE;
}

/* A pair whose constants came with it was looked at when it was imported. */
static gboolean
refinement_check_scores (Refinement *refinement, GError **error)
{
  DotPair  *pair    = refinement->pair;
  DotModel *model   = dot_pair_get_model (pair);
  char     *warning = NULL;

  if (refinement->updates == 0 || dot_pair_is_checked (pair) ||
      dot_model_get_k_eff (model, 0) > 0.0)
    return TRUE;
  if (! dot_pair_check_scores (pair, dot_model_get_discriminator (model), &warning,
                               refinement->cancellable, error))
    return FALSE;
  dot_pair_take_warning (pair, warning);
  return TRUE;
}

/* What an earlier candidate of the same class has, or 0. */
static double
known_k_eff (const Refinement *refinement, gsize candidate)
{
  const guint *labels = refinement->candidates.labels;

  for (gsize b = 0; b < candidate; b++)
    if (labels[b] == labels[candidate])
      return refinement->k_eff[b];
  return 0.0;
}

/* The given k_eff for all, or each class's own, asked for once a class. */
static gboolean
refinement_find_k_eff (Refinement *refinement, DotProgressFunc progress, GError **error)
{
  const DotRefineOptions *options    = refinement->options;
  const DotCandidates    *candidates = &refinement->candidates;

  if (! (dot_method_get_class (options->method)->needs & DOT_METHOD_NEEDS_K_EFF))
    return TRUE;
  for (gsize b = 0; b < candidates->batch; b++)
    {
      double *k = &refinement->k_eff[b];

      *k = options->k_eff;
      if (*k == 0.0 && candidates->k_eff)
        *k = candidates->k_eff[b];
      if (*k == 0.0)
        *k = known_k_eff (refinement, b);
      if (*k == 0.0)
        *k = dot_k_eff_get (refinement->pair, candidates->classes[b], options->space, progress,
                            refinement->user_data, refinement->cancellable, error);
      if (*k == 0.0)
        return FALSE;
    }
  return TRUE;
}

/* Every candidate's class, with some of another one mixed in. */
static gboolean
refinement_blend (Refinement *refinement, GError **error)
{
  const DotRefineOptions *options    = refinement->options;
  DotCandidates          *candidates = &refinement->candidates;
  DotModel               *model      = dot_pair_get_model (refinement->pair);
  const DotClass         *second;

  if (! options->blend)
    return TRUE;

  second = dot_model_find_class (model, options->blend, error);
  for (gsize b = 0; second && b < candidates->batch; b++)
    {
      const DotClass *blended = dot_pair_blend (refinement->pair, candidates->classes[b], second,
                                                options->blend_amount, error);

      if (! blended)
        return FALSE;
      candidates->classes[b] = blended;
      candidates->labels[b]  = blended->label;
    }
  return second != NULL;
}

/* The latent of the picture that is asked for, where one is.  Who has enough of the
 * search gets what was nearest, with what is needed to go on from there, and no
 * update. */
static gboolean
refinement_find_picture (Refinement *refinement, DotProgressFunc progress, GError **error)
{
  DotCandidates *candidates        = &refinement->candidates;
  gsize          d                 = refinement->latent_size;
  g_autoptr (DotInversion) nearest = NULL;

  if (! refinement->options->picture || candidates->starts)
    return TRUE;

  nearest = dot_refine_picture_find (refinement->pair, refinement->options, candidates->classes[0],
                                     progress, refinement->user_data, refinement->cancellable,
                                     error);
  if (! nearest)
    return FALSE;

  for (gsize b = 0; b < candidates->batch; b++)
    {
      candidates->seeds[b] = -1;
      memcpy (candidates->latents + b * d, nearest->latent, d * sizeof (double));
    }
  refinement->picture_distance = nearest->distance;
  refinement->stopped          = nearest->stopped;
  if (nearest->stopped)
    {
      refinement->updates     = 0;
      refinement->cancellable = NULL;
    }
  return TRUE;
}

/* Latents, or in target space the images they make. */
static gboolean
refinement_find_origins (Refinement *refinement, GError **error)
{
  const DotCandidates *candidates = &refinement->candidates;
  gsize                n          = candidates->batch * refinement->point_size;

  if (refinement->options->space == DOT_SPACE_LATENT)
    {
      memcpy (refinement->origins, candidates->latents, n * sizeof (double));
      return TRUE;
    }

  if (! dot_pair_generate (refinement->pair, candidates->latents, candidates->labels,
                           candidates->batch, refinement->images, refinement->cancellable, error))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    refinement->origins[i] = refinement->images[i];
  return TRUE;
}

static gboolean
score_latents (gpointer      data,
               const double *points,
               gsize         batch,
               double       *scores,
               double       *gradients,
               GError      **error)
{
  Refinement *refinement = data;

  return dot_pair_score (refinement->pair, points, refinement->candidates.labels, batch, scores,
                         gradients, refinement->images, refinement->cancellable, error);
}

static gboolean
advance_latents (gpointer data, const DotAdvance *advance, gsize batch, GError **error)
{
  Refinement *refinement = data;

  return dot_pair_advance (refinement->pair, advance, refinement->candidates.labels, batch,
                           refinement->images, refinement->cancellable, error);
}

static gboolean
score_images (gpointer      data,
              const double *points,
              gsize         batch,
              double       *scores,
              double       *gradients,
              GError      **error)
{
  Refinement *refinement = data;

  for (gsize i = 0; i < batch * refinement->point_size; i++)
    refinement->images[i] = (float) points[i];
  return dot_pair_discriminate (refinement->pair, points, refinement->candidates.labels, batch,
                                scores, gradients, refinement->cancellable, error);
}

/* Where a run is continued the first step is there already. */
static gboolean
is_kept (const Refinement *refinement, guint update)
{
  const DotRefineOptions *options = refinement->options;

  if (update == refinement->updates)
    return TRUE;
  if (update == 0 && refinement->candidates.starts)
    return FALSE;
  return update % options->keep_every == 0;
}

static gboolean
report_step (const DotTransportState *state, gpointer user_data, GError **error)
{
  Refinement             *refinement = user_data;
  const DotRefineOptions *options    = refinement->options;
  const DotCandidates    *candidates = &refinement->candidates;
  DotModel               *model      = dot_pair_get_model (refinement->pair);
  guint                   size       = dot_model_get_image_size (model);
  gboolean                target     = options->space == DOT_SPACE_TARGET;
  guint                   first      = candidates->update;
  DotStep                 step       = {
                          .update         = state->update,
                          .n_updates      = first + refinement->updates,
                          .keep           = is_kept (refinement, state->update - first),
                          .batch          = candidates->batch,
                          .latent_size    = refinement->latent_size,
                          .point_size     = refinement->point_size,
                          .channels       = dot_model_get_channels (model),
                          .width          = size,
                          .height         = size,
                          .seeds          = candidates->seeds,
                          .classes        = candidates->classes,
                          .origins        = refinement->origins,
                          .points         = state->points,
                          .latents        = target ? candidates->latents : state->points,
                          .scores         = state->scores,
                          .gradients      = state->gradients,
                          .distances      = state->distances,
                          .k_eff          = refinement->k_eff,
                          .second_moments = state->second_moments,
                          .drawn          = state->drawn,
                          .accepted       = state->accepted,
                          .images         = refinement->images,

                          .picture_distance = refinement->picture_distance,
  };

  refinement->step (&step, refinement->user_data);
  return TRUE;
}

/* Only a latent has a prior to stay in, and a truncation; an image has its
 * range.  0: nothing holds the points. */
static double
refinement_get_clip (const Refinement *refinement)
{
  DotModel *model      = dot_pair_get_model (refinement->pair);
  double    truncation = dot_model_get_truncation (model);
  gboolean  uniform    = dot_model_get_prior (model) == DOT_PRIOR_UNIFORM;

  if (refinement->options->space == DOT_SPACE_TARGET)
    return dot_model_get_channels (model) == 2 ? POINT_LIMIT : IMAGE_LIMIT;
  if (! uniform)
    return truncation;
  return truncation > 0.0 ? MIN (truncation, PRIOR_LIMIT) : PRIOR_LIMIT;
}

static void
refinement_set_transport (const Refinement *refinement, DotTransportOptions *transport)
{
  const DotRefineOptions *options    = refinement->options;
  DotModel               *model      = dot_pair_get_model (refinement->pair);
  gboolean                latent     = options->space == DOT_SPACE_LATENT;
  gboolean                normal     = latent && dot_model_get_prior (model) == DOT_PRIOR_NORMAL;
  const DotCandidates    *candidates = &refinement->candidates;

  *transport = (DotTransportOptions) {
    .method     = options->method,
    .optimizer  = options->optimizer,
    .projection = normal ? options->projection : DOT_PROJECTION_NONE,
    .step_size  = options->step_size,
    .delta      = options->delta,
    .clip       = refinement_get_clip (refinement),
    .updates    = refinement->updates,
    .k_eff      = refinement->k_eff,

    .first_update  = candidates->update,
    .start_points  = candidates->starts,
    .start_moments = candidates->moments,
  };
}

/* A state is a latent's; in target space the picture itself has moved. */
static gboolean
check_continues (const Refinement *refinement, GError **error)
{
  if (! refinement->candidates.starts || refinement->options->space == DOT_SPACE_LATENT)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("A saved state can be continued in latent space only: take space latent."));
  return FALSE;
}

static gboolean
refinement_init (Refinement             *refinement,
                 DotPair                *pair,
                 const DotRefineOptions *options,
                 GError                **error)
{
  DotModel *model = dot_pair_get_model (pair);

  refinement->pair        = pair;
  refinement->options     = options;
  refinement->updates     = options->updates;
  refinement->latent_size = dot_model_get_latent_size (model);
  refinement->image_items = dot_model_get_image_items (model);
  refinement->point_size  = options->space == DOT_SPACE_LATENT ? refinement->latent_size
                                                               : refinement->image_items;
  return dot_refine_options_check (options, error) &&
         dot_candidates_init (&refinement->candidates, model, options, error) &&
         check_continues (refinement, error) && refinement_blend (refinement, error) &&
         refinement_allocate (refinement, error);
}

/* What the transport asks of the pair. */
static DotScoreFunction
refinement_get_function (Refinement *refinement)
{
  gboolean latent = refinement->options->space == DOT_SPACE_LATENT;

  return (DotScoreFunction) {
    .data      = refinement,
    .dimension = refinement->point_size,
    .score     = latent ? score_latents : score_images,
    .advance   = latent && dot_pair_can_advance (refinement->pair) ? advance_latents : NULL,
  };
}

/* What dot_transport() doesn't make. */
static gboolean
refinement_run_method (Refinement *refinement, DotProgressFunc progress, GError **error)
{
  DotRefineMethod method = {
    .pair        = refinement->pair,
    .options     = refinement->options,
    .candidates  = &refinement->candidates,
    .dimension   = refinement->point_size,
    .origins     = refinement->origins,
    .images      = refinement->images,
    .clip        = refinement_get_clip (refinement),
    .report      = report_step,
    .report_data = refinement,
    .progress    = progress,
    .user_data   = refinement->user_data,
    .cancellable = refinement->cancellable,
  };

  return dot_refine_method_run (&method, error);
}

static gboolean
refinement_run (Refinement *refinement, DotProgressFunc progress, GError **error)
{
  DotTransportOptions transport;
  DotScoreFunction    function;

  if (! refinement->stopped && ! dot_method_is_transport (refinement->options->method))
    return refinement_run_method (refinement, progress, error);

  function = refinement_get_function (refinement);
  refinement_set_transport (refinement, &transport);
  return dot_transport (&function, &transport, refinement->origins, refinement->candidates.batch,
                        report_step, refinement, refinement->cancellable, error);
}

/**
 * dot_refine:
 * @pair: loaded; its model, device and precision go before those in @options
 * @options: what to do
 * @step: (scope call): told about update 0, the unrefined picture, to N, in
 *   the calling thread
 * @progress: (nullable) (scope call): told about looking for the latent of a picture, and
 *   about estimating k_eff
 * @cancellable: (nullable): looked at between updates, and between the parts
 *   of a large batch; what @step was told stays good; while the latent of a picture is
 *   looked for @step is told about the nearest so far, as update 0
 *
 * Refines pictures, by default by discriminator optimal transport: Algorithm 3 of
 * the paper (2 without labels, 1 in target space), minimising
 * ‖z − z_y + δ‖₂ − D(G(z|y)|y) / k_eff(y).  A method that chooses among draws
 * tells of update 0, the first draw, and of update 1, the one that is kept.
 *
 * A uniform prior's latents are clipped to [−1, 1] after each update, a
 * truncated pair's to its truncation, a normal prior's gradients are
 * projected, and in target space pictures are clipped to [−1, 1], points of
 * the plane to [−2, 2].
 *
 * Returns: %FALSE with %G_IO_ERROR_CANCELLED or a #DotError
 */
gboolean
dot_refine (DotPair                *pair,
            const DotRefineOptions *options,
            DotStepFunc             step,
            DotProgressFunc         progress,
            gpointer                user_data,
            GCancellable           *cancellable,
            GError                **error)
{
  g_auto (Refinement) refinement = {
    .step        = step,
    .user_data   = user_data,
    .cancellable = cancellable,
  };

  if (! refinement_init (&refinement, pair, options, error) ||
      ! refinement_find_picture (&refinement, progress, error) ||
      ! refinement_check_scores (&refinement, error) ||
      ! refinement_find_k_eff (&refinement, progress, error) ||
      ! refinement_find_origins (&refinement, error) ||
      ! refinement_run (&refinement, progress, error))
    return FALSE;
  return ! (refinement.stopped && g_cancellable_set_error_if_cancelled (cancellable, error));
}
