/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Dot-refine experiment. */

#include "config.h"

#include <glib/gi18n.h>

#include "dot.h"
#include "cli-experiment-arguments.h"
#include "cli-job.h"
#include "cli-output.h"
#include "cli-progress.h"
#include "cli-table.h"
#include "cli.h"

#include "experiment/experiment-run.h"
#include "experiment/experiment-save.h"

static const CliColumn list_columns[] = {
  { N_ ("Experiment"), FALSE },
  { N_ ("What it shows"), FALSE },
};

typedef struct
{
  CliExperimentArguments *arguments;
  DotExperiment          *experiment;
  GPtrArray              *results;
  DotExperimentTable     *table;
} Run;

/*  private functions  */

static void
print_list (void)
{
  g_autoptr (CliTable) table = cli_table_new (list_columns, G_N_ELEMENTS (list_columns));
  guint                            n;
  const DotExperimentClass *const *all = dot_experiment_list (&n);

  for (guint i = 0; i < n; i++)
    {
      cli_table_add (table, "%s", all[i]->name);
      cli_table_add (table, "%s", _ (all[i]->title));
    }
  cli_table_print (table);
}

static gboolean
is_share (const CliExperimentArguments *arguments)
{
  return arguments->shard.count > 1;
}

static gboolean
compute (gpointer data, GCancellable *cancellable, GError **error)
{
  Run                          *run       = data;
  const CliExperimentArguments *arguments = run->arguments;
  const DotExperimentRun        how       = {
                 .work     = arguments->work,
                 .shard    = arguments->shard,
                 .progress = cli_progress_show_long_phase,
                 .notice   = cli_progress_show_notice,
  };

  run->results = dot_experiment_run (run->experiment, &how, cancellable, error);
  if (! run->results || is_share (arguments))
    return run->results != NULL;

  run->table = dot_experiment_join (run->experiment, run->results, error);
  return run->table &&
         (! arguments->output || dot_experiment_save (run->experiment, run->results, run->table,
                                                      arguments->output, error));
}

static void
print_rows (const DotExperimentTable *table)
{
  guint                      n;
  const DotExperimentColumn *columns = dot_experiment_table_get_columns (table, &n);
  g_autofree CliColumn      *shown   = g_new (CliColumn, n);
  g_autoptr (CliTable) text          = NULL;

  for (guint i = 0; i < n; i++)
    shown[i] = (CliColumn) { columns[i].title, columns[i].digits >= 0 };
  text = cli_table_new (shown, n);
  for (guint i = 0; i < n * dot_experiment_table_get_n_rows (table); i++)
    {
      g_autofree char *cell = dot_experiment_table_get_shown (table, i / n, i % n);

      cli_table_add (text, "%s", cell);
    }
  cli_table_print (text);
}

static void
print_text (const Run *run)
{
  const char *const *notes  = dot_experiment_table_get_notes (run->table);
  g_autofree char   *folder = NULL;

  print_rows (run->table);
  if (notes[0])
    cli_print ("\n");
  for (; *notes; notes++)
    cli_print ("%s\n", *notes);
  if (! run->arguments->output)
    return;

  folder = g_filename_display_name (run->arguments->output);
  cli_print (_ ("\nThe files %s.* are in %s.\n"), run->experiment->class->name, folder);
}

static void
print_json (const Run *run)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  dot_experiment_write_json (run->experiment, run->table, builder);
  cli_output_json (builder);
}

static gboolean
execute (Run *run, GError **error)
{
  const CliExperimentArguments *arguments = run->arguments;

  cli_job_keep_memory ();
  if (! cli_job_run (compute, run, _ ("Cancelled; the same command goes on from here."), error))
    return FALSE;

  if (is_share (arguments))
    cli_print (
      _ ("Shard %u/%u is done: when all are, the same command without --shard joins them.\n"),
               arguments->shard.index, arguments->shard.count);
  else if (arguments->as_json)
    print_json (run);
  else
    print_text (run);
  return TRUE;
}

static void
run_clear (Run *run)
{
  g_clear_pointer (&run->table, dot_experiment_table_free);
  g_clear_pointer (&run->results, g_ptr_array_unref);
  g_clear_pointer (&run->experiment, dot_experiment_free);
}

/*  public functions  */

/**
 * cli_experiment:
 * @argc: how many strings there are in @argv
 * @argv: the command's name and what follows it
 * @error: where it says why it failed
 *
 * Makes an experiment, or lists them.
 *
 * Returns: whether it is done.
 */
gboolean
cli_experiment (int argc, char **argv, GError **error)
{
  g_autoptr (CliExperimentArguments) arguments = cli_experiment_arguments_parse (argc, argv, error);
  Run      run                                 = { arguments };
  gboolean success;

  if (! arguments)
    return FALSE;
  if (! arguments->class)
    {
      print_list ();
      return TRUE;
    }

  run.experiment = dot_experiment_new (arguments->class, g_steal_pointer (&arguments->values));
  success        = execute (&run, error);
  run_clear (&run);
  return success;
}
