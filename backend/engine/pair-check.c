/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Whether a pair's score is one to refine by: a logit, which is different for
 * different pictures and rises in some direction. */

#include "pair-check.h"

#include "model/model.h"
#include "network/architecture.h"
#include "pair.h"

#include "base/intl.h"

#include <math.h>

/* A few, one at a time: what is compiled for one is what most runs need. */
#define N_LATENTS 4

/* Scores that differ by less are equal: float32 has seven digits. */
#define SAME 1e-7

/* Pictures with so much contrast that a score without bounds leaves ±1. */
#define CONTRAST 1e4

typedef struct
{
  DotPair      *pair;
  const char   *discriminator;
  GCancellable *cancellable;
  double       *latent;
  double       *gradient;
  float        *image;
  double       *picture;
  double        smallest;
  double        largest;
  double        slope;
} Check;

static void
check_clear (Check *check)
{
  g_free (check->latent);
  g_free (check->gradient);
  g_free (check->image);
  g_free (check->picture);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Check, check_clear)

static gboolean
check_allocate (Check *check, GError **error)
{
  DotModel *model = dot_pair_get_model (check->pair);
  gsize     d     = dot_model_get_latent_size (model);
  gsize     items = dot_model_get_image_items (model);

  check->smallest = INFINITY;
  check->largest  = -INFINITY;
  check->latent   = g_try_new (double, d);
  check->gradient = g_try_new (double, d);
  check->image    = g_try_new (float, items);
  check->picture  = g_try_new (double, items);
  if (check->latent && check->gradient && check->image && check->picture)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_NO_MEMORY,
               _ ("There is not enough memory to read %s: close other "
                  "programs or take a smaller model."),
               check->discriminator);
  return FALSE;
}

/*  looking  */

static gboolean
take_score (Check *check, double score, GError **error)
{
  check->smallest = MIN (check->smallest, score);
  check->largest  = MAX (check->largest, score);
  if (isfinite (score) && isfinite (check->slope))
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FINITE,
               _ ("%s gives scores or derivatives that are no numbers (NaN or infinite): export it "
                  "from an earlier snapshot, before its training failed."),
               check->discriminator);
  return FALSE;
}

static gboolean
score_latent (Check *check, guint seed, guint label, GError **error)
{
  DotModel *model = dot_pair_get_model (check->pair);
  double    score;

  dot_model_draw_latent (model, seed, DOT_STREAM_LATENT, 0.0, check->latent);
  if (! dot_pair_score (check->pair, check->latent, &label, 1, &score, check->gradient,
                        check->image, check->cancellable, error))
    return FALSE;
  for (gsize i = 0; i < dot_model_get_latent_size (model); i++)
    check->slope += fabs (check->gradient[i]);
  return take_score (check, score, error);
}

/* The last picture with its contrast blown up, either way round.  What can't
 * judge such a one has bounds of its own. */
static void
score_contrast (Check *check, double contrast, guint label)
{
  gsize  items = dot_model_get_image_items (dot_pair_get_model (check->pair));
  double score;

  for (gsize i = 0; i < items; i++)
    check->picture[i] = contrast * check->image[i];
  if (! dot_pair_discriminate (check->pair, check->picture, &label, 1, &score, NULL,
                               check->cancellable, NULL) ||
      ! isfinite (score))
    score = INFINITY;
  check->smallest = MIN (check->smallest, score);
  check->largest  = MAX (check->largest, score);
}

/* Whether it has bounds that no activation at its end made. */
static gboolean
limits_numbers (DotModel *model)
{
  const DotArchitecture *architecture;

  architecture = dot_architecture_find (dot_model_get_discriminator_architecture (model), NULL);
  return architecture && architecture->limits_numbers;
}

static gboolean
is_bounded (const Check *check)
{
  return check->smallest >= -1.0 && check->largest <= 1.0;
}

static gboolean
look (Check *check, GError **error)
{
  guint n_classes = dot_model_get_n_classes (dot_pair_get_model (check->pair));

  for (guint i = 0; i < N_LATENTS; i++)
    if (! score_latent (check, i, i % n_classes, error))
      return FALSE;
  return TRUE;
}

/*  saying  */

static gboolean
check_variety (const Check *check, GError **error)
{
  double scale = MAX (fabs (check->smallest), fabs (check->largest));

  if (check->largest - check->smallest <= SAME * scale)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                 _ ("%s gives all pictures the same score (%g), so that nothing can be refined: "
                    "export it without a sigmoid at its end, or from another snapshot."),
                 check->discriminator, check->largest);
  else if (check->slope == 0.0)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                 _ ("%s gives scores whose derivatives are all 0, so that nothing can be refined: "
                    "export it without rounding, and without a sigmoid at its end."),
                 check->discriminator);
  else
    return TRUE;
  return FALSE;
}

/* (nullable): what is said of a score that never leaves [−1, 1]. */
static char *
describe_bounds (const Check *check)
{
  if (! is_bounded (check))
    return NULL;
  if (check->smallest >= 0.0)
    return g_strdup_printf (
      _ ("%s gives scores from 0 to 1 only, as a discriminator that ends in a sigmoid does, and "
         "hardly anything will move: export it without that last layer, so that it gives logits."),
      check->discriminator);
  return g_strdup_printf (
    _ ("%s gives scores from −1 to 1 only, as a discriminator that ends in a tanh does, and "
       "hardly anything will move: export it without that last layer, so that it gives logits."),
    check->discriminator);
}

/**
 * dot_pair_check_scores:
 * @discriminator: what the discriminator's file is called
 * @warning: (out) (transfer full) (nullable): one sentence on a score that is
 *   bad to refine by
 * @cancellable: (nullable):
 *
 * Looks at the scores of a few pictures.
 *
 * Returns: %FALSE where nothing can be refined by them: they are all the same, or
 *   no numbers, or their derivatives are all 0
 */
gboolean
dot_pair_check_scores (DotPair      *pair,
                       const char   *discriminator,
                       char        **warning,
                       GCancellable *cancellable,
                       GError      **error)
{
  g_auto (Check)
    check = { .pair = pair, .discriminator = discriminator, .cancellable = cancellable };

  *warning = NULL;
  if (! check_allocate (&check, error) || ! look (&check, error) || ! check_variety (&check, error))
    return FALSE;
  if (! is_bounded (&check) || limits_numbers (dot_pair_get_model (pair)))
    return TRUE;

  score_contrast (&check, CONTRAST, 0);
  score_contrast (&check, -CONTRAST, 0);
  *warning = describe_bounds (&check);
  return TRUE;
}
