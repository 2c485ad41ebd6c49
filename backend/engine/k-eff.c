/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The effective Lipschitz constants k_eff(y) and K_eff(y): estimated once,
 * then kept: with the model, or in the person's cache. */

#include "k-eff.h"

#include "k-eff-cache.h"
#include "pair.h"
#include "model/model.h"
#include "transport/lipschitz.h"

#include "base/intl.h"

#include <math.h>

/* As many pairs of latents as the paper takes: 50 a label, 100 without. */
#define PAIRS_PER_LABEL     50
#define PAIRS_UNCONDITIONAL 100
#define SEED                DOT_K_EFF_SEED
#define PAIRS_AT_ONCE       5

/* Scores of points drawn from the prior: of latents in latent space, of the
 * images they make in target space. */
typedef struct
{
  DotPair *pair;
  DotSpace space;
  guint    labels[2 * PAIRS_AT_ONCE];
  gsize    latent_size;
  gsize    dimension;
  double  *latents;
  double  *points;
  double   scores[2 * PAIRS_AT_ONCE];
  float   *images;
} Sample;

static void
sample_clear (Sample *sample)
{
  g_free (sample->latents);
  g_free (sample->points);
  g_free (sample->images);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sample, sample_clear)

static void
sample_init (Sample *sample, DotPair *pair, DotSpace space)
{
  DotModel *model = dot_pair_get_model (pair);
  gsize     items = dot_model_get_image_items (model);
  gsize     n     = 2 * PAIRS_AT_ONCE;

  sample->pair        = pair;
  sample->space       = space;
  sample->latent_size = dot_model_get_latent_size (model);
  sample->dimension   = space == DOT_SPACE_LATENT ? sample->latent_size : items;
  sample->latents     = g_new (double, n * sample->latent_size);
  sample->points      = g_new (double, n * sample->dimension);
  sample->images      = g_new (float, n *items);
}

/* The class's, or where it is NULL those of all classes in turn, a pair each. */
static void
sample_label (Sample *sample, const DotClass *klass, guint first, guint pairs)
{
  DotModel *model     = dot_pair_get_model (sample->pair);
  guint     n_classes = MAX (dot_model_get_n_classes (model), 1);

  for (guint i = 0; i < 2 * pairs; i++)
    sample->labels[i] = klass ? klass->label : (first + i % pairs) % n_classes;
}

static gboolean
sample_score (Sample *sample, guint first, guint pairs, GError **error)
{
  DotModel *model = dot_pair_get_model (sample->pair);
  gsize     d     = sample->latent_size;
  gsize     n     = 2 * (gsize) pairs;

  for (gsize i = 0; i < n; i++)
    dot_model_draw_latent (model, SEED + 2 * first + i, DOT_STREAM_LIPSCHITZ, 0.0,
                           sample->latents + i * d);
  if (! dot_pair_score (sample->pair, sample->latents, sample->labels, n, sample->scores, NULL,
                        sample->images, NULL, error))
    return FALSE;

  for (gsize i = 0; i < n * sample->dimension; i++)
    sample->points[i] = sample->space == DOT_SPACE_LATENT ? sample->latents[i] : sample->images[i];
  return TRUE;
}

static double
sample_ratio (const Sample *sample, guint pairs)
{
  return dot_lipschitz_ratio (sample->scores, sample->scores + pairs, sample->points,
                              sample->points + pairs * sample->dimension, pairs, sample->dimension);
}

static gboolean
check_constant (double k, const char *name, GError **error)
{
  if (isfinite (k) && k > 0.0)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FINITE,
               _ ("k_eff of %s can't be estimated, for the score is the same "
                  "everywhere or no number: give k_eff, or another model."),
               name);
  return FALSE;
}

/* The largest ratio of pairs @first … @first + @pairs − 1; 0 with @error. */
static double
find_largest (Sample         *sample,
              const DotClass *klass,
              guint           first,
              guint           pairs,
              const char     *message,
              DotProgressFunc progress,
              gpointer        user_data,
              GCancellable   *cancellable,
              GError        **error)
{
  double largest = 0.0;

  for (guint done = 0; done < pairs; done += PAIRS_AT_ONCE)
    {
      guint n = MIN (PAIRS_AT_ONCE, pairs - done);

      if (progress)
        progress (message, (double) done / pairs, user_data);
      sample_label (sample, klass, first + done, n);
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          ! sample_score (sample, first + done, n, error))
        return 0.0;
      largest = MAX (largest, sample_ratio (sample, n));
    }

  return check_constant (largest, klass ? klass->name : _ ("all classes"), error) ? largest : 0.0;
}

/**
 * dot_k_eff_estimate:
 * @space: latents make k_eff(y), images K_eff(y)
 * @pairs: of points
 *
 * Returns: max |D(a|y) − D(b|y)| / ‖a − b‖ over @pairs pairs (equation 26),
 *   or 0 with @error
 */
double
dot_k_eff_estimate (DotPair        *pair,
                    const DotClass *klass,
                    DotSpace        space,
                    guint           pairs,
                    DotProgressFunc progress,
                    gpointer        user_data,
                    GCancellable   *cancellable,
                    GError        **error)
{
  g_auto (Sample) sample = {
    0,
  };
  g_autofree char *message = g_strdup_printf (_ ("Estimating k_eff of %s"), klass->name);

  sample_init (&sample, pair, space);
  return find_largest (&sample, klass, 0, pairs, message, progress, user_data, cancellable, error);
}

/**
 * dot_k_eff_estimate_trial:
 * @trial: which of several estimates
 * @pairs: of points in each
 *
 * As dot_k_eff_estimate(), by pairs that no other trial has, of all classes in turn.
 */
double
dot_k_eff_estimate_trial (DotPair      *pair,
                          DotSpace      space,
                          guint         trial,
                          guint         pairs,
                          GCancellable *cancellable,
                          GError      **error)
{
  g_auto (Sample) sample = {
    0,
  };

  sample_init (&sample, pair, space);
  return find_largest (&sample, NULL, trial * pairs, pairs, NULL, NULL, NULL, cancellable, error);
}

/**
 * dot_k_eff_get:
 *
 * Returns: the constant for a class: the one that came with the model, or
 *   the person's cached one, or estimated now and cached; 0 with @error
 */
double
dot_k_eff_get (DotPair        *pair,
               const DotClass *klass,
               DotSpace        space,
               DotProgressFunc progress,
               gpointer        user_data,
               GCancellable   *cancellable,
               GError        **error)
{
  DotModel *model = dot_pair_get_model (pair);
  guint     pairs = dot_model_has_labels (model) ? PAIRS_PER_LABEL : PAIRS_UNCONDITIONAL;
  double    k     = 0.0;

  /* A blend of classes is no row of the model's: its constant isn't kept. */
  if (klass->label >= dot_model_get_n_classes (model))
    return dot_k_eff_estimate (pair, klass, space, pairs, progress, user_data, cancellable, error);
  if (space == DOT_SPACE_LATENT)
    k = dot_model_get_k_eff (model, klass->label);
  if (k == 0.0)
    k = dot_k_eff_cache_look_up (model, klass, space, pairs);
  if (k > 0.0)
    return k;

  k = dot_k_eff_estimate (pair, klass, space, pairs, progress, user_data, cancellable, error);
  if (k > 0.0)
    dot_k_eff_cache_store (model, klass, space, pairs, k);
  return k;
}
