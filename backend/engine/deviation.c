/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A discriminator may have been trained to compare the pictures of a batch: it is
 * told how much they differ.  Which pictures happen to be refined at once must not
 * matter, so it is told what is usual between those of its generator. */

#include "deviation.h"

#include "load.h"
#include "network-end.h"

#include "format/weights-part.h"

#include "base/intl.h"

#include <math.h>

/* Of pictures, whose numbers are averaged. */
#define GROUPS 16

/* What is added to a variance. */
#define SMALL 1e-8

/* Spreads the numbers of pictures over the classes. */
#define SPREAD 2654435761u

/* The operation that puts the deviation behind the channels; n_ops where there is
 * none. */
static guint
find_channel (const DotNetwork *discriminator)
{
  guint i = 0;

  while (i < discriminator->n_ops && discriminator->ops[i].kind != DOT_OP_CONCAT)
    i++;
  return i;
}

/* The mean of √variance of what @group pictures have. */
static double
compare (const float *numbers, gsize group, gsize n)
{
  double deviation = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      double mean     = 0.0;
      double variance = 0.0;

      for (gsize b = 0; b < group; b++)
        mean += numbers[b * n + i] / group;
      for (gsize b = 0; b < group; b++)
        variance += (numbers[b * n + i] - mean) * (numbers[b * n + i] - mean) / group;
      deviation += sqrt (variance + SMALL) / n;
    }
  return deviation;
}

/* @numbers: of what the engine makes of one latent
 * Returns: the mean over the groups, or 0 with @error */
static double
compare_groups (DotModel        *model,
                const DotLoaded *loaded,
                gsize            group,
                gsize            numbers,
                GCancellable    *cancellable,
                GError         **error)
{
  gsize              d         = dot_model_get_latent_size (model);
  g_autofree double *latents   = g_new (double, group *d);
  g_autofree guint  *labels    = g_new (guint, group);
  g_autofree float  *made      = g_new (float, group *numbers);
  double             deviation = 0.0;

  for (guint i = 0; i < GROUPS * group; i += group)
    {
      for (guint b = 0; b < group; b++)
        {
          labels[b] = ((i + b) * SPREAD >> 8) % dot_model_get_n_classes (model);
          dot_model_draw_latent (model, i + b, DOT_STREAM_LATENT, 0.0, latents + b * d);
        }
      for (guint b = 0; b < group; b++)
        if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
            ! loaded->klass->generate (loaded->engine, latents + b * d, labels + b, 1,
                                       made + b * numbers, error))
          return 0.0;
      deviation += compare (made, group, numbers) / GROUPS;
    }
  return deviation;
}

/* @deviation: 0 where @error says already what is wrong */
static gboolean
check_number (DotModel *model, double deviation, GError **error)
{
  if (isfinite (deviation))
    return deviation > 0.0;

  g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FINITE,
               _ ("%s gives scores or derivatives that are no numbers (NaN or infinite): export it "
                  "from an earlier snapshot, before its training failed."),
               dot_model_get_discriminator (model));
  return FALSE;
}

static gboolean
measure (DotModel         *model,
         const DotNetwork *network,
         gsize             group,
         DotDevice         device,
         double           *deviation,
         GCancellable     *cancellable,
         GError          **error)
{
  const DotOp *numbers       = dot_network_get_output (network);
  g_autoptr (DotNetwork) end = dot_network_end_new (numbers, error);
  DotLoaded loaded           = {
    NULL,
  };

  if (! end || ! dot_load_engine (network, end, DOT_ENGINE_AUTO, device, DOT_PRECISION_FLOAT32,
                                  &loaded, error))
    return FALSE;
  *deviation = compare_groups (model, &loaded, group,
                               (gsize) numbers->channels * numbers->height * numbers->width,
                               cancellable, error);
  loaded.klass->destroy (loaded.engine);
  return check_number (model, *deviation, error);
}

/**
 * dot_deviation_matters:
 *
 * Returns: whether a model's discriminator compares pictures
 */
gboolean
dot_deviation_matters (DotModel *model)
{
  const DotArchitecture *architecture = NULL;
  g_autoptr (DotWeights) weights      = NULL;
  DotPairShape shape                  = {
    0,
  };

  architecture = dot_architecture_find (dot_model_get_discriminator_architecture (model), NULL);
  if (architecture)
    weights = dot_weights_part_open (dot_model_get_discriminator (model), 1, NULL);
  return weights && architecture->describe_discriminator (weights, &shape, NULL) && shape.group > 0;
}

/**
 * dot_deviation_measure:
 * @model: for which it matters
 * @deviation: (out): how much its generator's pictures differ, as its discriminator
 *   is told it; 0 where it isn't told
 */
gboolean
dot_deviation_measure (DotModel     *model,
                       DotDevice     device,
                       double       *deviation,
                       GCancellable *cancellable,
                       GError      **error)
{
  g_autoptr (DotNetwork) generator     = NULL;
  g_autoptr (DotNetwork) discriminator = NULL;
  g_autoptr (DotNetwork) network       = NULL;
  DotPairShape shape                   = {
    0,
  };
  guint n_ops;

  *deviation = 0.0;
  if (! dot_load_networks (model, &generator, &discriminator, &shape, error))
    return FALSE;
  n_ops = find_channel (discriminator);
  if (shape.group == 0 || n_ops == 0 || n_ops == discriminator->n_ops)
    return TRUE;

  network = dot_network_chain (generator, discriminator, n_ops);
  return measure (model, network, shape.group, device, deviation, cancellable, error);
}
