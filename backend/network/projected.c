/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The projected discriminator (Sauer et al., "Projected GANs converge
 * faster", NeurIPS 2021): SqueezeNet 1.1 looks at the picture, four of its maps
 * are mixed at random across channels and scales, and a small head judges each
 * mixture.  The feature network is in the same file.  Its generator is that of
 * SNGAN with projection, or any other. */

#include "architecture.h"

#include "builder.h"

#include "base/intl.h"

#define EPSILON  1e-5
#define N_MAPS   4
#define FEATURES "features/conv1/W"
#define EMBEDDED "head0/emb/W"

/* The side of what the feature network sees, and of its maps. */
#define SIDE 128

static const guint sides[N_MAPS] = { 31, 15, 7, 7 };

/*  describing  */

static gboolean
describe_generator_projected (DotWeights *weights, DotPairShape *shape, GError **error)
{
  return dot_sngan_projection.describe_generator (weights, shape, error);
}

static gboolean
check_features (DotWeights *weights, GError **error)
{
  if (dot_weights_has (weights, FEATURES))
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("%s has no feature network in it (%s): make one file of both with "
                  "models/add-features.py."),
               dot_weights_get_path (weights), FEATURES);
  return FALSE;
}

/* Pictures are brought to one size first: any will do. */
static gboolean
describe_discriminator_projected (DotWeights *weights, DotPairShape *shape, GError **error)
{
  shape->channels   = 3;
  shape->image_size = 0;
  if (! check_features (weights, error))
    return FALSE;
  if (! dot_weights_has (weights, EMBEDDED))
    return TRUE;

  shape->n_labels = dot_weights_get_axis (weights, EMBEDDED, 2, 0, error);
  return shape->n_labels > 0;
}

static DotNetwork *
read_generator_projected (DotWeights         *weights,
                          const DotPairShape *shape,
                          DotForm             form,
                          GError            **error)
{
  return dot_sngan_projection.read_generator (weights, shape, form, error);
}

/*  features  */

static guint
add_conv_relu (DotBuilder *builder, const char *layer, guint input, guint size)
{
  return dot_builder_apply (builder, DOT_OP_RELU,
                            dot_builder_conv (builder, layer, input, size, 1, DOT_SPECTRAL_NONE));
}

/* A fire module: few channels, of which many are made by 1×1 and by 3×3. */
static guint
add_fire (DotBuilder *builder, guint number, guint input)
{
  g_autofree char *fire    = g_strdup_printf ("features/fire%u", number);
  g_autofree char *squeeze = g_strdup_printf ("%s/squeeze", fire);
  g_autofree char *expand1 = g_strdup_printf ("%s/expand1", fire);
  g_autofree char *expand3 = g_strdup_printf ("%s/expand3", fire);
  guint            value   = add_conv_relu (builder, squeeze, input, 1);
  guint            first   = add_conv_relu (builder, expand1, value, 1);

  return dot_builder_join (builder, fire, first, add_conv_relu (builder, expand3, value, 3));
}

/* @maps: (out): after the third, fifth, seventh and ninth layer */
static void
add_features (DotBuilder *builder, guint maps[N_MAPS])
{
  guint value = dot_builder_resize (builder, 0, SIDE);

  value = dot_builder_conv_valid (builder, "features/conv1", value, 3, 2);
  value = dot_builder_apply (builder, DOT_OP_RELU, value);
  for (guint number = 2; number <= 9; number++)
    {
      if (number == 2 || number == 4 || number == 6)
        value = dot_builder_max_pool (builder, value, 3);
      value = add_fire (builder, number, value);
      if (number % 2 == 1)
        maps[number / 2 - 1] = value;
    }
}

/*  mixing  */

static DotArray *
read_scales (DotBuilder *builder)
{
  gsize n = N_MAPS;

  return builder->error ? NULL
                        : dot_weights_read (builder->weights, "mix/scale", 1, &n, &builder->error);
}

/* 1×1 across the channels of each map; from the smallest to the largest 3×3
 * of the one before is added. */
static void
add_mixing (DotBuilder *builder, guint maps[N_MAPS])
{
  g_autoptr (DotArray) scales = read_scales (builder);

  for (guint i = N_MAPS; scales && i-- > 0;)
    {
      g_autofree char *ccm   = g_strdup_printf ("mix/ccm%u", i);
      g_autofree char *csm   = g_strdup_printf ("mix/csm%u", i);
      guint            mixed = dot_builder_conv_scaled (builder, ccm, maps[i], 1, scales->data[i]);

      maps[i] = mixed;
      if (i + 1 == N_MAPS)
        continue;
      mixed   = dot_builder_conv_scaled (builder, csm, maps[i + 1], 3, 1.0);
      mixed   = dot_builder_resize (builder, mixed, sides[i]);
      maps[i] = dot_builder_add (builder, ccm, maps[i], mixed);
    }
}

/*  heads  */

/* A head's convolutions on its mixture: how many, and their windows. */
static const struct
{
  guint n;
  guint size;
  guint stride;
} trunks[N_MAPS] = { { 2, 4, 2 }, { 1, 4, 2 }, { 1, 3, 1 }, { 1, 3, 1 } };

static guint
add_trunk (DotBuilder *builder, guint number, guint value)
{
  for (guint i = 0; i < trunks[number].n; i++)
    {
      g_autofree char *conv = g_strdup_printf ("head%u/c%u", number, i);
      g_autofree char *norm = g_strdup_printf ("head%u/b%u", number, i);

      value = dot_builder_conv (builder, conv, value, trunks[number].size, trunks[number].stride,
                                DOT_SPECTRAL_STORED);
      value = dot_builder_batch_norm (builder, norm, value, 0);
      value = dot_builder_apply (builder, DOT_OP_LEAKY_RELU, value);
    }
  return value;
}

/* The mean over the pixels of out ∗ h + ⟨p ∗ h, emb[label]⟩. */
static guint
add_head (DotBuilder *builder, guint number, guint input, guint labels)
{
  g_autofree char *out   = g_strdup_printf ("head%u/out", number);
  g_autofree char *p     = g_strdup_printf ("head%u/p", number);
  g_autofree char *emb   = g_strdup_printf ("head%u/emb", number);
  guint            trunk = add_trunk (builder, number, input);
  guint            score = dot_builder_score_map (builder, out, trunk, 3, DOT_SPECTRAL_STORED);
  guint            value;

  if (labels == 0)
    return score;

  value = dot_builder_conv (builder, p, trunk, 3, 1, DOT_SPECTRAL_STORED);
  value = dot_builder_apply (builder, DOT_OP_MEAN, value);
  return dot_builder_project (builder, emb, score, value, labels, DOT_SPECTRAL_NONE);
}

/* The sum of the heads.  It is trained as a judge, not as a network by itself:
 * there is but the form to compute with. */
static DotNetwork *
read_discriminator_projected (DotWeights         *weights,
                              const DotPairShape *shape,
                              DotForm             form,
                              GError            **error)
{
  guint      maps[N_MAPS] = { 0 };
  guint      score        = 0;
  DotBuilder builder;

  dot_builder_init (&builder, weights, DOT_FORM_INFERENCE, 3, shape->image_size, shape->image_size);
  builder.epsilon = EPSILON;
  add_features (&builder, maps);
  add_mixing (&builder, maps);
  for (guint i = 0; i < N_MAPS; i++)
    {
      g_autofree char *head  = g_strdup_printf ("head%u", i);
      guint            other = add_head (&builder, i, maps[i], shape->n_labels);

      score = i == 0 ? other : dot_builder_add (&builder, head, score, other);
    }
  return dot_builder_finish (&builder, error);
}

const DotArchitecture dot_projected = {
  .name                   = "projected",
  .describe_generator     = describe_generator_projected,
  .describe_discriminator = describe_discriminator_projected,
  .read_generator         = read_generator_projected,
  .read_discriminator     = read_discriminator_projected,
};
