/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#include "dot.h"

/**
 * dot_import_options_new:
 *
 * Returns: (transfer full): the defaults: a normal prior, k_eff estimated,
 *   automatic device, and the person's models as the folder
 */
DotImportOptions *
dot_import_options_new (void)
{
  DotImportOptions *options = g_new0 (DotImportOptions, 1);

  options->k_eff = TRUE;
  return options;
}

void
dot_import_options_free (DotImportOptions *options)
{
  if (! options)
    return;

  g_free (options->generator);
  g_free (options->discriminator);
  g_free (options->architecture);
  g_free (options->id);
  g_free (options->title);
  g_free (options->license);
  g_free (options->provenance);
  g_free (options->classes);
  g_free (options->key_map);
  g_free (options->description);
  g_free (options->folder);
  g_free (options);
}
