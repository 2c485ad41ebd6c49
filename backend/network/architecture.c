/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "architecture.h"

#include "script.h"

#include "base/intl.h"

/* Programs, of which nothing is known but that they are called. */
static const DotArchitecture torchscript = {
  .name  = DOT_SCRIPT_ARCHITECTURE,
  .label = N_ ("TorchScript (a program)"),
};

static const DotArchitecture *const architectures[] = {
  &dot_sngan_projection, &dot_dcgan, &dot_sn_dcgan,  &dot_resnet,
  &dot_sn_resnet,        &dot_mlp,   &dot_projected, &torchscript,
};

/**
 * dot_architecture_get_name:
 * @index: from 0
 * @label: (out) (nullable): what the dialog calls it; %NULL where it doesn't
 *   offer it
 *
 * Returns: an architecture's name, or %NULL behind the last one
 */
const char *
dot_architecture_get_name (guint index, const char **label)
{
  if (index >= G_N_ELEMENTS (architectures))
    return NULL;

  *label = architectures[index]->label ? _ (architectures[index]->label) : NULL;
  return architectures[index]->name;
}

/**
 * dot_architecture_list:
 *
 * Returns: all names, "sngan-projection, dcgan, …"
 */
const char *
dot_architecture_list (void)
{
  static const char *list;

  if (g_once_init_enter (&list))
    {
      const char *names[G_N_ELEMENTS (architectures) + 1] = { NULL };

      for (gsize i = 0; i < G_N_ELEMENTS (architectures); i++)
        names[i] = architectures[i]->name;
      g_once_init_leave (&list, g_strjoinv (", ", (char **) names));
    }
  return list;
}

/**
 * dot_architecture_find:
 *
 * Returns: (transfer none): the architecture called @name, which can be read,
 *   or %NULL with a list of those there are
 */
const DotArchitecture *
dot_architecture_find (const char *name, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (architectures); i++)
    if (g_strcmp0 (name, architectures[i]->name) == 0 && architectures[i]->read_generator)
      return architectures[i];

  g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND,
               _ ("The architecture “%s” is not known: take one of %s."), name ? name : "",
               dot_architecture_list ());
  return NULL;
}

static gboolean
set_mismatch (const DotPairShape *g_shape,
              DotWeights         *g,
              const DotPairShape *d_shape,
              DotWeights         *d,
              GError            **error)
{
  const char *generator     = dot_weights_get_path (g);
  const char *discriminator = dot_weights_get_path (d);

  if (d_shape->image_size != 0 && g_shape->image_size != d_shape->image_size)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                 _ ("%s makes images of %u pixels and %s is for %u: give two files that match."),
                 generator, g_shape->image_size, discriminator, d_shape->image_size);
  else if (g_shape->channels != d_shape->channels)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                 _ ("%s makes images of %u channels and %s is for %u: give two files that match."),
                 generator, g_shape->channels, discriminator, d_shape->channels);
  else if (g_shape->n_labels != d_shape->n_labels)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                 _ ("%s has %u classes and %s has %u: give two files with the same classes."),
                 generator, g_shape->n_labels, discriminator, d_shape->n_labels);
  else
    return FALSE;
  return TRUE;
}

/**
 * dot_architecture_describe_pair:
 * @generator: how @g is built
 * @discriminator: how @d is built, which may be another way
 * @shape: (out): of the pair
 *
 * Any G and D go together whose images and labels match, from one training
 * or from two.
 *
 * Returns: %FALSE with the reason where they don't
 */
gboolean
dot_architecture_describe_pair (const DotArchitecture *generator,
                                DotWeights            *g,
                                const DotArchitecture *discriminator,
                                DotWeights            *d,
                                DotPairShape          *shape,
                                GError               **error)
{
  DotPairShape d_shape;

  memset (shape, 0, sizeof (*shape));
  memset (&d_shape, 0, sizeof (d_shape));
  return generator->describe_generator (g, shape, error) &&
         discriminator->describe_discriminator (d, &d_shape, error) &&
         ! set_mismatch (shape, g, &d_shape, d, error);
}
