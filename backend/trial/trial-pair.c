/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Small pairs of random weights, one of each architecture that any are made of. */

#include "trial-pair.h"

#include "model/model.h"
#include "network/architecture.h"

#include <glib/gstdio.h>

static const struct
{
  const char     *name;
  DotInitialSizes sizes;
} pairs[] = {
  { "sngan-projection, 32 pixels",
    { "sngan-projection", .image_size = 32, .latent_size = 128, .widths = { 32, 32 },
      .n_labels = 4 } },
  { "sngan-projection, 128 pixels",
    { "sngan-projection", .image_size = 128, .latent_size = 128, .widths = { 8, 8 },
      .n_labels = 4 } },
  { "dcgan, WGAN's critic",
    { "dcgan", .image_size = 32, .latent_size = 128, .widths = { 64, 64 } } },
  { "dcgan, SNGAN's critic",
    { "dcgan", .image_size = 32, .latent_size = 128, .widths = { 64, 64 }, .spectral = TRUE } },
  { "dcgan, self-attention",
    { "dcgan", .image_size = 32, .latent_size = 128, .widths = { 64, 64 }, .attention = TRUE } },
  { "sn-dcgan",
    { "sn-dcgan", .image_size = 32, .latent_size = 128, .widths = { 64, 64 }, .spectral = TRUE } },
  { "resnet", { "resnet", .image_size = 32, .latent_size = 128, .widths = { 32, 32 } } },
  { "sn-resnet", { "sn-resnet", .image_size = 32, .latent_size = 128, .widths = { 32, 32 } } },
  { "mlp", { "mlp", .image_size = 1, .latent_size = 2, .widths = { 64, 64 } } },
};

static const char *const names[2] = { "generator.npz", "discriminator.npz" };

guint
dot_trial_pair_count (void)
{
  return G_N_ELEMENTS (pairs);
}

/**
 * dot_trial_pair_get_name:
 *
 * Returns: what the report calls it
 */
const char *
dot_trial_pair_get_name (guint index)
{
  return pairs[index].name;
}

static gboolean
write_files (DotTrialPair *pair, guint index, const DotArchitecture *architecture, GError **error)
{
  DotInitialSizes sizes = pairs[index].sizes;

  /* Numbers as there are after a training. */
  sizes.for_bench = TRUE;
  for (guint file = 0; file < 2; file++)
    {
      g_autofree char *path = g_build_filename (pair->folder, names[file], NULL);

      if (! dot_initial_write (architecture->initial, &sizes, file, path, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * dot_trial_pair_make:
 * @pair: (out): to be cleared in any case
 * @index: which
 *
 * Makes it in a folder of its own.
 */
gboolean
dot_trial_pair_make (DotTrialPair *pair, guint index, GError **error)
{
  const char            *name         = pairs[index].sizes.architecture;
  const DotArchitecture *architecture = dot_architecture_find (name, error);
  g_autofree char       *generator = NULL, *discriminator = NULL;

  pair->model  = NULL;
  pair->folder = architecture ? g_dir_make_tmp ("dot-refine-trial-XXXXXX", error) : NULL;
  if (! pair->folder || ! write_files (pair, index, architecture, error))
    return FALSE;

  generator     = g_build_filename (pair->folder, names[0], NULL);
  discriminator = g_build_filename (pair->folder, names[1], NULL);
  pair->model = dot_model_new_from_files (generator, discriminator, name, DOT_PRIOR_NORMAL, error);
  return pair->model != NULL;
}

void
dot_trial_pair_clear (DotTrialPair *pair)
{
  for (guint file = 0; pair->folder && file < 2; file++)
    {
      g_autofree char *path = g_build_filename (pair->folder, names[file], NULL);

      g_unlink (path);
    }
  if (pair->folder)
    g_rmdir (pair->folder);
  g_clear_pointer (&pair->folder, g_free);
  g_clear_pointer (&pair->model, dot_model_unref);
}
