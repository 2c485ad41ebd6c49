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
  &dot_sngan_projection, &dot_dcgan,  &dot_sn_dcgan,  &dot_resnet, &dot_sn_resnet, &dot_mlp,
  &dot_projected,        &dot_biggan, &dot_studiogan, &dot_r3gan,  &dot_stylegan2, &torchscript,
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
