/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* What dot-refine refine is told.
 *
 * GOption collects the texts; the functions below make DotRefineOptions of
 * them, strictly: a default stays only where nothing was given. */

#include "config.h"

#include <glib/gi18n.h>

#include "cli-parse.h"
#include "cli-refine-arguments.h"
#include "cli-run-arguments.h"

static struct
{
  char    *count;
  char    *to_seed;
  char    *blend;
  char    *blend_amount;
  char   **from;
  char    *towards;
  char    *latents;
  char    *labels;
  char    *updates;
  char    *keep_every;
  char    *out;
  char    *trace;
  char   **exports;
  char    *export_scale;
  char    *export_delay;
  gboolean export_smooth;
} texts;

static const GOptionEntry entries[] = {
  { "count", 0, 0, G_OPTION_ARG_STRING, &texts.count, N_ ("How many candidates (1)"),
    N_ ("NUMBER") },
  { "to-seed", 0, 0, G_OPTION_ARG_STRING, &texts.to_seed,
    N_ ("Spread the candidates from the seed's latent to this seed's"), N_ ("NUMBER") },
  { "blend", 0, 0, G_OPTION_ARG_STRING, &texts.blend, N_ ("A second class to mix into the first"),
    N_ ("CLASS") },
  { "blend-amount", 0, 0, G_OPTION_ARG_STRING, &texts.blend_amount,
    N_ ("How much of it, from 0 to 1 (0.5)"), N_ ("NUMBER") },
  { "from", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &texts.from,
    N_ ("Go on from a picture of an earlier run, with its class and latent; "
        "may be given for several"),
    N_ ("FILE") },
  { "towards", 0, 0, G_OPTION_ARG_FILENAME, &texts.towards,
    N_ ("Don't go on, but spread the candidates from that picture's latent to "
        "this one's"),
    N_ ("FILE") },
  { "latents", 0, 0, G_OPTION_ARG_FILENAME, &texts.latents,
    N_ ("Latents to start from, one a candidate, instead of seeds"), N_ ("FILE.npy") },
  { "labels", 0, 0, G_OPTION_ARG_FILENAME, &texts.labels,
    N_ ("A label for each candidate, instead of the class"), N_ ("FILE.npy") },
  { "updates", 0, 0, G_OPTION_ARG_STRING, &texts.updates, N_ ("How many updates (16)"),
    N_ ("NUMBER") },
  { "keep-every", 0, 0, G_OPTION_ARG_STRING, &texts.keep_every,
    N_ ("Keep the first, the last, and every so many updates (1)"), N_ ("NUMBER") },
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

static gboolean
check_combination (GError **error)
{
  const CliRunTexts *run = cli_run_arguments_get_texts ();

  if (texts.from &&
      (run->class_name || run->seed || texts.latents || texts.labels || texts.to_seed ||
       run->truncation || texts.blend || (texts.count && ! texts.towards)))
    cli_usage_error (error, _ ("--from decides class, seed, latent and count"));
  else if (texts.towards && (! texts.from || texts.from[1]))
    cli_usage_error (error, _ ("--towards needs one --from"));
  else if (texts.to_seed && texts.latents)
    cli_usage_error (error, _ ("--to-seed and --latents exclude each other"));
  else if (texts.blend_amount && ! texts.blend)
    cli_usage_error (error, _ ("--blend-amount needs --blend"));
  else if (! texts.exports && (texts.export_scale || texts.export_delay || texts.export_smooth))
    cli_usage_error (error, _ ("--export-scale, --export-smooth and "
                               "--export-delay need --export"));
  else
    return TRUE;
  return FALSE;
}

static gboolean
parse_numbers (DotRefineOptions *options, GError **error)
{
  return (cli_parse_uint ("--count", texts.count, 1, &options->count, error) &&
          cli_parse_uint ("--updates", texts.updates, 0, &options->updates, error) &&
          cli_parse_uint ("--keep-every", texts.keep_every, 1, &options->keep_every, error) &&
          cli_parse_int64 ("--to-seed", texts.to_seed, &options->to_seed, error) &&
          cli_parse_double ("--blend-amount", texts.blend_amount, &options->blend_amount, error));
}

static gboolean
parse_texts (int argc, char **argv, GError **error)
{
  g_autofree GOptionEntry *all         = cli_run_arguments_join (entries);
  g_autofree char         *summary     = NULL;
  g_autofree char         *description = NULL;

  summary     = g_strdup_printf ("%s\n%s",
                             _ ("Makes pictures, refines them and prints the "
                                "results."),
                             _ ("Pictures are written with --out only."));
  description = g_strdup_printf (_ ("What stands in parentheses is used where "
                                    "the option isn't given.\n"
                                    "Architectures: %s."),
                                 CLI_ARCHITECTURES);
  return cli_parse_arguments (&argc, &argv, all, summary, description, error);
}

/* The options' −1 and 0 are "none", so what was given must be refused here. */
static gboolean
check_given (DotRefineOptions *options, GError **error)
{
  if (texts.to_seed && options->to_seed < 0)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                 _ ("--to-seed can't be %s: give a number from 0 to 2147483647."), texts.to_seed);
  else
    return TRUE;
  return FALSE;
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

static void
take_strings (CliRefineArguments *arguments)
{
  DotRefineOptions *options = arguments->options;

  cli_take_string (&options->blend, &texts.blend);
  cli_take_string (&options->latents, &texts.latents);
  cli_take_string (&options->labels, &texts.labels);
  cli_take_string (&arguments->out, &texts.out);
  cli_take_string (&arguments->trace, &texts.trace);
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
      ! parse_numbers (arguments->options, error) || ! check_given (arguments->options, error) ||
      ! read_states (arguments->options, error) || ! read_exports (arguments, error))
    return NULL;

  take_strings (arguments);
  arguments->as_json = cli_run_arguments_get_texts ()->as_json;
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
