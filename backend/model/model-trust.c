/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* TorchScript files are programs.  One that lies where the person keeps
 * models was put there to be used; any other needs a yes. */

#include "model-trust.h"

#include "base/paths.h"
#include "model.h"

#include "base/intl.h"
#include "base/whole-file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Without links and dots; %NULL where there is nothing. */
static char *
real_path (const char *path)
{
  char *real   = realpath (path, NULL);
  char *result = g_strdup (real);

  free (real);
  return result;
}

static gboolean
is_below (const char *path, const char *folder)
{
  g_autofree char *real   = real_path (folder);
  gsize            length = real ? strlen (real) : 0;

  return length > 1 && strncmp (path, real, length) == 0 && path[length] == '/';
}

/**
 * dot_model_trust_covers:
 * @path: of a file
 *
 * Returns: whether the file itself, links followed, lies in one of the
 *   folders where models are put on purpose
 */
gboolean
dot_model_trust_covers (const char *path)
{
  g_auto (GStrv) folders = dot_paths_get_trusted_folders ();
  g_autofree char *real  = real_path (path);

  for (guint i = 0; real && folders[i]; i++)
    if (is_below (real, folders[i]))
      return TRUE;
  return FALSE;
}

/**
 * dot_model_trust_check_file:
 * @path: of a TorchScript file
 *
 * Returns: %FALSE with %DOT_ERROR_NOT_TRUSTED where the file may not run
 *   without a yes, %DOT_ERROR_NOT_FOUND where it isn't there
 */
gboolean
dot_model_trust_check_file (const char *path, GError **error)
{
  if (dot_model_trust_covers (path))
    return TRUE;

  if (! g_file_test (path, G_FILE_TEST_EXISTS))
    dot_whole_file_fail_open (path, ENOENT, error);
  else
    g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_TRUSTED,
                 _ ("%s is TorchScript, a program that could do anything you can: if you trust who "
                    "made it, put it into %s/dot-refine/models, or say so (on the command line "
                    "with --trust)."),
                 path, g_get_user_data_dir ());
  return FALSE;
}

/**
 * dot_model_trust_check:
 *
 * Returns: %FALSE with %DOT_ERROR_NOT_TRUSTED where loading the model would
 *   run a program that nobody has said yes to; the sentence says why, and
 *   dot_model_set_trusted() is the yes
 */
gboolean
dot_model_trust_check (DotModel *model, GError **error)
{
  const char *files[] = { dot_model_get_generator (model), dot_model_get_discriminator (model) };

  if (! dot_model_is_program (model) || dot_model_is_trusted (model))
    return TRUE;
  return dot_model_trust_check_file (files[0], error) &&
         dot_model_trust_check_file (files[1], error);
}
