/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "import-id.h"

static gboolean
is_taken (const char *id)
{
  g_autoptr (GPtrArray) models = dot_model_list ();

  for (guint i = 0; i < models->len; i++)
    if (g_strcmp0 (dot_model_get_id (models->pdata[i]), id) == 0)
      return TRUE;
  return FALSE;
}

/**
 * dot_import_id_new:
 * @options: what is imported
 *
 * "My own pair" becomes my-own-pair, or my-own-pair-2 where that is taken;
 * without a title the files' name does.
 *
 * Returns: (transfer full) (nullable): the new model's name; %NULL where the
 *   backend has to find one
 */
char *
dot_import_id_new (const DotImportOptions *options)
{
  g_autofree char *guess = dot_import_guess_id (options->generator);
  g_autofree char *ascii = g_str_to_ascii (options->title ? options->title : guess, NULL);
  g_autofree char *lower = g_ascii_strdown (ascii, -1);
  char            *id;

  g_strcanon (lower, "abcdefghijklmnopqrstuvwxyz0123456789", '-');
  if (! *lower || *lower == '-')
    return NULL;

  id = g_strdup (lower);
  for (guint i = 2; is_taken (id); i++)
    {
      g_free (id);
      id = g_strdup_printf ("%s-%u", lower, i);
    }
  return id;
}
