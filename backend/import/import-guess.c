/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What an import can tell of itself, before it begins. */

#include "dot.h"

#include "model/model-files.h"

#include <string.h>

static gboolean
is_usual (const char *name)
{
  static const char *const usual[] = { "generator", "g", "g_ema" };

  /* StudioGAN's, which all say the same but for the step. */
  if (g_str_has_prefix (name, "model=G"))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    if (g_ascii_strcasecmp (name, usual[i]) == 0)
      return TRUE;
  return FALSE;
}

/**
 * dot_import_guess_id:
 * @generator: a generator's file
 *
 * Returns: (transfer full): the file's name without what follows the last
 *   dot; of a file that is called as most are its folder's name
 */
char *
dot_import_guess_id (const char *generator)
{
  g_autofree char *path   = g_canonicalize_filename (generator, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  char            *name   = g_path_get_basename (path);
  char            *dot    = strrchr (name, '.');

  if (dot)
    *dot = '\0';
  if (is_usual (name))
    {
      g_free (name);
      name = g_path_get_basename (folder);
    }

  g_strcanon (name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-", '-');
  return name;
}

/**
 * dot_import_guess_architecture:
 * @file: a generator's or a discriminator's
 * @is_generator: which of the two
 * @prior: (inout): stays where nothing is said of it
 *
 * Tells by what is in @file, and by a model.json beside it.
 *
 * Returns: (transfer full) (nullable): the architecture; %NULL where nothing
 *   says it, and with @error where @file can't be any network
 */
char *
dot_import_guess_architecture (const char *file,
                               gboolean    is_generator,
                               DotPrior   *prior,
                               GError    **error)
{
  char *architecture;
  int   said;

  if (! dot_model_files_guess (file, is_generator ? 0 : 1, &architecture, &said, error))
    return NULL;
  if (said >= 0)
    *prior = (DotPrior) said;
  return architecture;
}
