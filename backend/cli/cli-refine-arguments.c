/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What dot-refine refine is told.
 *
 * GOption collects the texts; the functions below make DotRefineOptions of
 * them, strictly: a default stays only where nothing was given. */

#include "config.h"

#include <glib/gi18n.h>

#include "cli-parse.h"
#include "cli-refine-arguments.h"
#include "cli-run-arguments.h"
#include "network/architecture.h"

#include "export/export-options.h"
#include "refine/state.h"

static struct
{
  char   **from;
  char    *towards;
  char    *out;
  char    *trace;
  char   **exports;
  char    *export_scale;
  char    *export_delay;
  gboolean export_smooth;
} texts;

static const GOptionEntry entries[] = {
  { "from", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &texts.from,
    N_ ("Go on from a picture of an earlier run, with its class and latent; "
        "may be given for several"),
    N_ ("FILE") },
  { "towards", 0, 0, G_OPTION_ARG_FILENAME, &texts.towards,
    N_ ("Don't go on, but spread the candidates from that picture's latent to this one's"),
    N_ ("FILE") },
  { "out", 0, 0, G_OPTION_ARG_FILENAME, &texts.out,
    N_ ("Folder for the pictures; without it none are written"), N_ ("FOLDER") },
  { "trace", 0, 0, G_OPTION_ARG_FILENAME, &texts.trace, N_ ("Write all numbers of every update"),
    N_ ("FILE.npz") },
  { "export", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &texts.exports,
    N_ ("Make one file of all kept updates: .gif, .webp, .ora, .png (a sheet) "
        "or .npy (latents); may be given for several"),
    N_ ("FILE") },
  { "export-scale", 0, 0, G_OPTION_ARG_STRING, &texts.export_scale,
    N_ ("How many times as large its pictures are (1)"), "1|2|4|8" },
  { "export-smooth", 0, 0, G_OPTION_ARG_NONE, &texts.export_smooth,
    N_ ("Blend larger pixels into one another"), NULL },
  { "export-delay", 0, 0, G_OPTION_ARG_STRING, &texts.export_delay,
    N_ ("How many milliseconds an animation shows a frame (100)"), N_ ("NUMBER") },
  { NULL },
};

/*  private functions  */

/* What a state says, which can't be said beside it. */
static gboolean
contradicts_state (void)
{
  static const char *const said[] = { "class",   "seed",       "latents", "labels",
                                      "to-seed", "truncation", "blend" };

  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    if (cli_run_arguments_given (said[i]))
      return TRUE;
  return ! texts.towards && cli_run_arguments_given ("count");
}

static gboolean
check_combination (GError **error)
{
  if (texts.from && contradicts_state ())
    cli_parse_usage_error (error, _ ("--from decides class, seed, latent and count"));
  else if (texts.towards && (! texts.from || texts.from[1]))
    cli_parse_usage_error (error, _ ("--towards needs one --from"));
  else if (cli_run_arguments_given ("to-seed") && cli_run_arguments_given ("latents"))
    cli_parse_usage_error (error, _ ("--to-seed and --latents exclude each other"));
  else if (cli_run_arguments_given ("blend-amount") && ! cli_run_arguments_given ("blend"))
    cli_parse_usage_error (error, _ ("--blend-amount needs --blend"));
  else if (! texts.exports && (texts.export_scale || texts.export_delay || texts.export_smooth))
    cli_parse_usage_error (error, _ ("--export-scale, --export-smooth and "
                                     "--export-delay need --export"));
  else
    return TRUE;
  return FALSE;
}

static gboolean
parse_texts (int argc, char **argv, GError **error)
{
  g_autofree GOptionEntry *all         = cli_run_arguments_join (entries, CLI_RUN_ALL);
  g_autofree char         *summary     = NULL;
  g_autofree char         *description = NULL;

  summary     = g_strdup_printf ("%s\n%s", _ ("Makes pictures, refines them and prints the results."),
                             _ ("Pictures are written with --out only."));
  description = g_strdup_printf (_ ("What stands in parentheses is used where "
                                    "the option isn't given.\n"
                                    "Architectures: %s."),
                                 dot_architecture_list ());
  return cli_parse_arguments (&argc, &argv, all, summary, description, error);
}

static gboolean
read_states (DotRefineOptions *options, GError **error)
{
  guint n = texts.from ? g_strv_length (texts.from) : 0;

  if (n == 0)
    return TRUE;

  options->states = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++)
    if (! (options->states[i] = dot_state_read (texts.from[i], error)))
      return FALSE;

  if (texts.towards)
    options->to_state = dot_state_read (texts.towards, error);
  else
    options->count = n;
  return ! texts.towards || options->to_state;
}

/* Each file's format is the end of its name. */
static gboolean
read_exports (CliRefineArguments *arguments, GError **error)
{
  for (char **path = texts.exports; path && *path; path++)
    {
      DotExportOptions *options = dot_export_options_new_for (*path, error);

      if (! options)
        return FALSE;

      g_ptr_array_add (arguments->exports, options);
      options->smooth = texts.export_smooth;
      if (! cli_parse_uint ("--export-scale", texts.export_scale, 1, &options->scale, error) ||
          ! cli_parse_uint ("--export-delay", texts.export_delay, 1, &options->delay, error))
        return FALSE;
    }

  return TRUE;
}

static void
free_export (gpointer options)
{
  dot_export_options_free (options);
}

/*  public functions  */

/**
 * cli_refine_arguments_parse:
 * @argc: how many strings there are in @argv
 * @argv: the command's name and what follows it
 * @error: where it says what it cannot read
 *
 * Reads the command line of dot-refine refine.
 *
 * Returns: (transfer full): what it says, or %NULL.
 */
CliRefineArguments *
cli_refine_arguments_parse (int argc, char **argv, GError **error)
{
  g_autoptr (CliRefineArguments) arguments = g_new0 (CliRefineArguments, 1);

  arguments->options = dot_refine_options_new ();
  arguments->exports = g_ptr_array_new_with_free_func (free_export);

  if (! parse_texts (argc, argv, error) || ! check_combination (error) ||
      ! cli_run_arguments_read (arguments->options, error) ||
      ! read_states (arguments->options, error) || ! read_exports (arguments, error))
    return NULL;

  cli_parse_string (&arguments->out, &texts.out);
  cli_parse_string (&arguments->trace, &texts.trace);
  arguments->as_json = cli_run_arguments_as_json ();
  return g_steal_pointer (&arguments);
}

/**
 * cli_refine_arguments_free:
 * @arguments: what cli_refine_arguments_parse() returned
 */
void
cli_refine_arguments_free (CliRefineArguments *arguments)
{
  dot_refine_options_free (arguments->options);
  g_free (arguments->out);
  g_free (arguments->trace);
  g_ptr_array_unref (arguments->exports);
  g_free (arguments);
}
