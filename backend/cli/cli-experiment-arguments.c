/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What dot-refine experiment is told: the experiment's name, then options, of which
 * each experiment has its own. */

#include "config.h"

#include <glib/gi18n.h>

#include "cli-experiment-arguments.h"
#include "cli-output.h"
#include "cli-parse.h"

static char    *work    = NULL;
static char    *shard   = NULL;
static char    *output  = NULL;
static gboolean as_json = FALSE;

static const GOptionEntry common[] = {
  { "work", 0, 0, G_OPTION_ARG_FILENAME, &work,
    N_ ("Keep what is finished in this folder (in the cache, until the end)"), N_ ("FOLDER") },
  { "shard", 0, 0, G_OPTION_ARG_STRING, &shard,
    N_ ("Make the I-th of N shares only; then run without it, to join them"), "I/N" },
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
    N_ ("Folder for NAME.csv, NAME.json, NAME.svg and NAME.png (that of --work)"), N_ ("FOLDER") },
  { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("Print JSON instead of a table"), NULL },
};

/* What was given to an option of the experiment. */
typedef struct
{
  char    *text;
  char   **texts; /* of one that may be given several times */
  gboolean flag;
} Given;

/*  private functions  */

static guint
count_options (const DotExperimentClass *class)
{
  guint n = 0;

  while (class && class->options[n].name)
    n++;
  return n;
}

static gboolean
is_list (const DotExperimentOption *option)
{
  return option->many &&
         (option->kind == DOT_EXPERIMENT_OPTION_FILE || option->kind == DOT_EXPERIMENT_OPTION_TEXT);
}

static const char *
get_placeholder (const DotExperimentOption *option)
{
  if (option->placeholder || option->kind == DOT_EXPERIMENT_OPTION_FLAG)
    return option->placeholder;
  if (option->kind == DOT_EXPERIMENT_OPTION_WORD)
    return cli_parse_list_words (option->enum_type ());
  return option->many ? "N,N…" : N_ ("NUMBER");
}

static GOptionEntry
make_entry (const DotExperimentOption *option, Given *given)
{
  GOptionEntry entry = {
    option->name, 0, 0, G_OPTION_ARG_STRING, &given->text, option->help, get_placeholder (option)
  };

  if (option->kind == DOT_EXPERIMENT_OPTION_FLAG)
    {
      entry.arg      = G_OPTION_ARG_NONE;
      entry.arg_data = &given->flag;
    }
  else if (is_list (option))
    {
      entry.arg      = G_OPTION_ARG_FILENAME_ARRAY;
      entry.arg_data = &given->texts;
    }
  else if (option->kind == DOT_EXPERIMENT_OPTION_FILE)
    entry.arg = G_OPTION_ARG_FILENAME;
  return entry;
}

/* Returns: (transfer full): the experiment's own options, then the common ones */
static GOptionEntry *
make_entries (const DotExperimentClass *class, Given *given)
{
  GArray *all = g_array_new (TRUE, FALSE, sizeof (GOptionEntry));

  for (guint i = 0; i < count_options (class); i++)
    {
      GOptionEntry entry = make_entry (&class->options[i], &given[i]);

      g_array_append_val (all, entry);
    }
  g_array_append_vals (all, common, G_N_ELEMENTS (common));
  return (GOptionEntry *) (gpointer) g_array_free (all, FALSE);
}

/* Returns: (transfer full): what --help says of the command, or of an experiment */
static char *
describe (const DotExperimentClass *class)
{
  GString                         *text = g_string_new (NULL);
  guint                            n;
  const DotExperimentClass *const *table = dot_experiment_list (&n);

  if (class)
    {
      g_string_append (text, _ (class->needs));
      return g_string_free (text, FALSE);
    }
  g_string_append (text, _ ("The experiment's name comes first, and each has options of its own: "
                            "“dot-refine experiment NAME --help”."));
  g_string_append_printf (text, "\n\n%s", _ ("Experiments:"));
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "\n  %-10s %s", table[i]->name, _ (table[i]->title));
  return g_string_free (text, FALSE);
}

static gboolean
take_values (CliExperimentArguments *arguments, Given *given, GError **error)
{
  const DotExperimentOption *options = arguments->class->options;

  for (guint i = 0; options[i].name; i++)
    {
      for (char **text = given[i].texts; text && *text; text++)
        if (! dot_experiment_values_set (arguments->values, options[i].name, *text, error))
          return FALSE;
      if (given[i].text &&
          ! dot_experiment_values_set (arguments->values, options[i].name, given[i].text, error))
        return FALSE;
      if (given[i].flag)
        dot_experiment_values_set (arguments->values, options[i].name, "yes", NULL);
    }
  return TRUE;
}

static gboolean
check_combination (const CliExperimentArguments *arguments, GError **error)
{
  if (! arguments->class && (work || shard || output))
    cli_parse_usage_error (error, _ ("The experiment's name is needed, before its options"));
  else if (shard && ! work)
    cli_parse_usage_error (error, _ ("--shard needs --work"));
  else
    return ! shard ||
           dot_shard_parse (shard, &((CliExperimentArguments *) arguments)->shard, error);
  return FALSE;
}

static gboolean
parse (CliExperimentArguments *arguments, int argc, char **argv, Given *given, GError **error)
{
  const DotExperimentClass *class  = arguments->class;
  g_autofree GOptionEntry *entries = make_entries (class, given);
  g_autofree char         *text    = describe (class);
  const char              *summary = class ? _ (class->title)
                                           : _ ("Makes a table or a figure of the paper, or compares methods.");

  return cli_parse_arguments (&argc, &argv, entries, summary, text, error) &&
         check_combination (arguments, error) && (! class || take_values (arguments, given, error));
}

/* A name is what comes first, unless it is an option. */
static gboolean
find_class (CliExperimentArguments *arguments, int *argc, char ***argv, GError **error)
{
  g_autofree char *program = NULL;

  if (*argc < 2 || (*argv)[1][0] == '-')
    return TRUE;

  arguments->class = dot_experiment_find ((*argv)[1], error);
  if (! arguments->class)
    return FALSE;
  arguments->values = dot_experiment_values_new (arguments->class->options);
  program           = g_strjoin (" ", g_get_prgname (), arguments->class->name, NULL);
  g_set_prgname (program);
  (*argc)--;
  (*argv)++;
  return TRUE;
}

static void
free_given (Given *given, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_free (given[i].text);
      g_strfreev (given[i].texts);
    }
  g_free (given);
}

/*  public functions  */

/**
 * cli_experiment_arguments_parse:
 * @argc: how many strings there are in @argv
 * @argv: the command's name and what follows it
 * @error: where it says what it cannot read
 *
 * Reads the command line of dot-refine experiment.
 *
 * Returns: (transfer full): what it says, or %NULL.
 */
CliExperimentArguments *
cli_experiment_arguments_parse (int argc, char **argv, GError **error)
{
  g_autoptr (CliExperimentArguments) arguments = g_new0 (CliExperimentArguments, 1);
  guint    n;
  Given   *given;
  gboolean parsed;

  arguments->shard = DOT_SHARD_NONE;
  if (! find_class (arguments, &argc, &argv, error))
    return NULL;

  n      = count_options (arguments->class);
  given  = g_new0 (Given, n + 1);
  parsed = parse (arguments, argc, argv, given, error);
  free_given (given, n);
  if (! parsed)
    return NULL;

  cli_parse_string (&arguments->work, &work);
  cli_parse_string (&arguments->output, &output);
  if (! arguments->output)
    arguments->output = g_strdup (arguments->work);
  arguments->as_json = as_json;
  return g_steal_pointer (&arguments);
}

/**
 * cli_experiment_arguments_free:
 * @arguments: what cli_experiment_arguments_parse() returned
 */
void
cli_experiment_arguments_free (CliExperimentArguments *arguments)
{
  g_clear_pointer (&arguments->values, dot_experiment_values_free);
  g_free (arguments->work);
  g_free (arguments->output);
  g_free (arguments);
}
