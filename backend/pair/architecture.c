/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#include "architecture.h"

#include "backend-intl.h"

static const DotArchitecture *const architectures[] = {
  &dot_sngan_projection, &dot_dcgan, &dot_sn_dcgan,
  &dot_resnet, &dot_sn_resnet, &dot_mlp,
};

/**
 * dot_architecture_find:
 *
 * Returns: (transfer none): the architecture called @name, or %NULL with a
 *   list of those there are
 */
const DotArchitecture *
dot_architecture_find (const char *name,
                       GError    **error)
{
  g_autoptr (GString) known = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (architectures); i++)
    {
      if (g_strcmp0 (name, architectures[i]->name) == 0)
        return architectures[i];
      g_string_append_printf (known, "%s%s", i ? ", " : "",
                              architectures[i]->name);
    }

  g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND,
               _("The architecture “%s” is not known: take one of %s."),
               name ? name : "", known->str);
  return NULL;
}
