/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Dot-refine remove. */

#include "config.h"

#include <glib/gi18n.h>

#include "dot.h"
#include "cli-ask.h"
#include "cli-model.h"
#include "cli-output.h"
#include "cli-parse.h"
#include "cli.h"

static gboolean is_sure  = FALSE;
static char   **operands = NULL;

static const GOptionEntry entries[] = {
  { "yes", 'y', 0, G_OPTION_ARG_NONE, &is_sure, N_ ("Don't ask"), NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &operands, NULL, N_ ("ID") },
  { NULL },
};

/*  private functions  */

static gboolean
parse (int argc, char **argv, GError **error)
{
  if (! cli_parse_arguments (&argc, &argv, entries,
                             _ ("Removes one of your own models: to the trash, "
                                "where there is one."),
                             _ ("ID is what “dot-refine models” lists."), error))
    return FALSE;

  if (operands && g_strv_length (operands) == 1)
    return TRUE;

  cli_parse_usage_error (error, _ ("One model is needed, by its id"));
  return FALSE;
}

static gboolean
ask (DotModel *model, GError **error)
{
  g_autofree char *size = g_format_size (dot_model_get_bytes (model));

  if (is_sure)
    return TRUE;

  if (! cli_ask_can ())
    {
      cli_parse_usage_error (error, _ ("There is no terminal to ask on: give --yes"));
      return FALSE;
    }

  cli_print_error (_ ("Remove “%s” (%s in %s)? [y/N] "), dot_model_get_title (model), size,
                   dot_model_get_folder (model));
  if (cli_ask_read_yes ())
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Nothing was removed."));
  return FALSE;
}

/*  public functions  */

/**
 * cli_remove:
 * @argc: how many strings there are in @argv
 * @argv: the command's name and what follows it
 * @error: where it says why it failed
 *
 * Removes one of the person's own models.
 *
 * Returns: whether it is done.
 */
gboolean
cli_remove (int argc, char **argv, GError **error)
{
  g_autoptr (DotModel) model = NULL;

  if (! parse (argc, argv, error))
    return FALSE;

  model = cli_model_find_listed (operands[0], error);
  if (! model || ! dot_model_remove_check (model, error) || ! ask (model, error) ||
      ! dot_model_remove (model, error))
    return FALSE;

  cli_print (_ ("Removed: %s\n"), dot_model_get_id (model));
  return TRUE;
}
