/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What is trained of a projected discriminator, and its random mixing, from a
 * file: mix/scale, mix/ccm0 …, mix/csm0 …, and the layers of head0 … */

#include "projected-heads.h"

#include "network/builder.h"

#include "base/intl.h"

#define MAX_LAYERS 8

/*  the mixing  */

static DotArray *
read_mixing (DotWeights *weights, const char *key, gsize in, gsize side, GError **error)
{
  gsize shape[] = { dot_weights_get_axis (weights, key, 4, 0, error), in, side, side };

  return shape[0] > 0 ? dot_weights_read (weights, key, 4, shape, error) : NULL;
}

/* From the coarsest map on, whose channels go into the next finer one's. */
static gboolean
read_all_mixing (DotProjectedHeads  *heads,
                 DotWeights         *weights,
                 const DotFeatureMap maps[DOT_FEATURE_MAPS],
                 GError            **error)
{
  gsize n_maps = DOT_FEATURE_MAPS;

  heads->scale = dot_weights_read (weights, "mix/scale", 1, &n_maps, error);
  for (int i = DOT_FEATURE_MAPS - 1; i >= 0; i--)
    {
      g_autofree char *ccm = g_strdup_printf ("mix/ccm%d", i);
      g_autofree char *csm = g_strdup_printf ("mix/csm%d", i);

      if (! heads->scale ||
          ! (heads->channel_mixing[i] = read_mixing (weights, ccm, maps[i].channels, 1, error)))
        return FALSE;
      if (i + 1 < DOT_FEATURE_MAPS)
        {
          gsize shape[] = { heads->channel_mixing[i]->shape[0],
                            heads->channel_mixing[i + 1]->shape[0], 3, 3 };

          heads->scale_mixing[i] = dot_weights_read (weights, csm, 4, shape, error);
          if (! heads->scale_mixing[i])
            return FALSE;
        }
    }
  return TRUE;
}

/*  a head  */

static void
fail (DotBuilder *builder, const char *layer, const char *reason)
{
  if (! builder->error)
    builder->error = g_error_new (DOT_ERROR, DOT_ERROR_INVALID_FILE,
                                  _ ("%s: %s doesn't fit (%s): give the right "
                                     "file or architecture."),
                                  dot_weights_get_path (builder->weights), layer, reason);
}

/* A convolution (4×4 halves the size, 3×3 keeps it), batch norm, leaky
 * relu. */
static guint
add_layer (DotBuilder *builder, guint head, guint layer, guint side, guint value)
{
  g_autofree char *c      = g_strdup_printf ("head%u/c%u", head, layer);
  g_autofree char *b      = g_strdup_printf ("head%u/b%u", head, layer);
  g_autofree char *weight = g_strdup_printf ("%s/W", c);
  DotShape         shape  = { 0 };
  gboolean         halves;

  halves = dot_weights_get_shape (builder->weights, weight, &shape, NULL) && shape.n_dims == 4 &&
           shape.axes[2] == 4;
  if (halves && side < 2)
    fail (builder, c, _ ("nothing is left to halve"));
  value = dot_builder_conv (builder, c, value, halves ? 4 : 3, halves ? 2 : 1, DOT_SPECTRAL_STORED);
  value = dot_builder_batch_norm (builder, b, value, 0);
  return dot_builder_apply (builder, DOT_OP_LEAKY_RELU, value);
}

static guint
add_layers (DotBuilder *builder, guint head)
{
  guint value = 0;

  for (guint layer = 0; layer < MAX_LAYERS && ! builder->error; layer++)
    {
      g_autofree char *c      = g_strdup_printf ("head%u/c%u", head, layer);
      const DotOp     *before = layer > 0 ? dot_network_get_output (builder->network) : NULL;
      guint            height = before ? before->height : builder->network->height;
      guint            width  = before ? before->width : builder->network->width;

      if (layer > 0 && ! dot_builder_has (builder, c))
        break;
      value = add_layer (builder, head, layer, MIN (height, width), value);
    }
  return value;
}

/* Sums over pixels of out ∗ h and of ⟨p ∗ h, emb[y]⟩; in @n_pixels, how many
 * there are. */
static void
add_score (DotBuilder *builder, guint head, guint value, guint n_labels, gsize *n_pixels)
{
  g_autofree char *out = g_strdup_printf ("head%u/out", head);
  g_autofree char *p   = g_strdup_printf ("head%u/p", head);
  g_autofree char *emb = g_strdup_printf ("head%u/emb", head);
  guint            score, features;

  if (builder->error)
    return;
  *n_pixels = (gsize) dot_network_get_output (builder->network)->height *
              dot_network_get_output (builder->network)->width;
  score = dot_builder_conv (builder, out, value, 3, 1, DOT_SPECTRAL_STORED);
  if (! builder->error && dot_builder_channels (builder, score) != 1)
    fail (builder, out, _ ("a score is one number"));
  score = dot_builder_apply (builder, DOT_OP_SUM, score);
  if (n_labels == 0)
    return;

  features = dot_builder_conv (builder, p, value, 3, 1, DOT_SPECTRAL_STORED);
  features = dot_builder_apply (builder, DOT_OP_SUM, features);
  dot_builder_project (builder, emb, score, features, n_labels, DOT_SPECTRAL_NONE);
}

static gboolean
read_head (DotProjectedHeads   *heads,
           DotWeights          *weights,
           guint                head,
           const DotFeatureMap *map,
           guint                n_labels,
           GError             **error)
{
  DotBuilder builder;

  dot_builder_init (&builder, weights, DOT_FORM_TRAINING, heads->channel_mixing[head]->shape[0],
                    map->height, map->width);
  add_score (&builder, head, add_layers (&builder, head), n_labels, &heads->n_pixels[head]);
  heads->networks[head] = dot_builder_finish (&builder, error);
  return heads->networks[head] != NULL;
}

/**
 * dot_projected_heads_read:
 * @path: an .npz or a .safetensors
 * @maps: what the feature network makes
 * @n_labels: 0 for none
 *
 * Returns: (transfer full): what the file has of a projected discriminator, or
 *   %NULL with @error where it is none for these maps and labels
 */
DotProjectedHeads *
dot_projected_heads_read (const char         *path,
                          const DotFeatureMap maps[DOT_FEATURE_MAPS],
                          guint               n_labels,
                          GError            **error)
{
  g_autoptr (DotProjectedHeads) heads = g_new0 (DotProjectedHeads, 1);
  g_autoptr (DotWeights) weights      = dot_weights_open (path, error);

  if (! weights || ! read_all_mixing (heads, weights, maps, error))
    return NULL;
  for (guint i = 0; i < DOT_FEATURE_MAPS; i++)
    if (! read_head (heads, weights, i, &maps[i], n_labels, error))
      return NULL;
  return g_steal_pointer (&heads);
}

void
dot_projected_heads_free (DotProjectedHeads *heads)
{
  g_clear_pointer (&heads->scale, dot_array_unref);
  for (guint i = 0; i < DOT_FEATURE_MAPS; i++)
    {
      g_clear_pointer (&heads->channel_mixing[i], dot_array_unref);
      g_clear_pointer (&heads->networks[i], dot_network_free);
    }
  for (guint i = 0; i + 1 < DOT_FEATURE_MAPS; i++)
    g_clear_pointer (&heads->scale_mixing[i], dot_array_unref);
  g_free (heads);
}
