/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Dot-refine curves. */

#include "config.h"

#include <glib/gi18n.h>

#include "dot.h"
#include "cli-output.h"
#include "cli-parse.h"
#include "cli.h"

#include "train/curves.h"

static char  *output   = NULL;
static char **operands = NULL;

static const GOptionEntry entries[] = {
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_ ("The picture to write: an SVG or a PNG"),
    N_ ("FILE") },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &operands, NULL, N_ ("LOG.csv…") },
  { NULL },
};

/*  private functions  */

static gboolean
parse (int argc, char **argv, GError **error)
{
  if (! cli_parse_arguments (&argc, &argv, entries,
                             _ ("Draws how trainings went: inception score, the "
                                "Lipschitz constants, losses, scores and FID."),
                             _ ("Several logs are drawn together, each in a colour of its own."),
                             error))
    return FALSE;

  if (! operands)
    cli_parse_usage_error (error, _ ("A training's log is needed"));
  else if (! output)
    cli_parse_usage_error (error, _ ("--output is needed"));
  return operands && output;
}

/*  public functions  */

/**
 * cli_curves:
 * @argc: how many strings there are in @argv
 * @argv: the command's name and what follows it
 * @error: where it says why it failed
 *
 * Draws the logs of trainings.
 *
 * Returns: whether it is done.
 */
gboolean
cli_curves (int argc, char **argv, GError **error)
{
  g_autofree char *name = NULL;

  if (! parse (argc, argv, error) ||
      ! dot_curves_export ((const char *const *) operands, output, error))
    return FALSE;

  name = g_filename_display_name (output);
  cli_print (_ ("The curves are in %s.\n"), name);
  return TRUE;
}
