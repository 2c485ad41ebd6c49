/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Dot-refine doctor. */

#include "config.h"

#include <glib/gi18n.h>

#include "dot.h"
#include "cli-job.h"
#include "cli-output.h"
#include "cli-parse.h"
#include "cli.h"

#include "base/json.h"
#include "base/whole-file.h"
#include "cli-progress.h"
#include "doctor/doctor.h"
#include "trial/trial-report.h"
#include "trial/trial-run.h"

#include <string.h>

#define REPORT "dot-refine-gpu.txt"

static gboolean as_json = FALSE;
static gboolean try_gpu = FALSE;
static char    *report  = NULL;
static char    *only    = NULL;

static const GOptionEntry entries[] = {
  { "gpu", 0, 0, G_OPTION_ARG_NONE, &try_gpu,
    N_ ("Try everything on the GPU instead, and write a report to send in"), NULL },
  { "report", 0, 0, G_OPTION_ARG_FILENAME, &report,
    N_ ("Where that is written (dot-refine-gpu.txt)"), N_ ("FILE") },
  { "only", 0, 0, G_OPTION_ARG_STRING, &only, N_ ("Try only what has this in its name"),
    N_ ("TEXT") },
  { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("Print JSON instead of text"), NULL },
  { NULL },
};

static const char *const state_words[] = {
  [DOT_FINDING_FINE]    = "ok",
  [DOT_FINDING_NONE]    = "none",
  [DOT_FINDING_PROBLEM] = "problem",
};

static const char *const state_titles[] = {
  [DOT_FINDING_FINE]    = N_ ("OK"),
  [DOT_FINDING_NONE]    = "–",
  [DOT_FINDING_PROBLEM] = N_ ("Problem"),
};

/*  private functions  */

static void
print_text (GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const DotFinding *finding = findings->pdata[i];
      g_autofree char  *text    = dot_line_from_text (finding->text);
      g_autofree char  *fix     = finding->fix ? dot_line_from_text (finding->fix) : NULL;

      cli_print ("%s: %s\n", _ (state_titles[finding->state]), text);
      if (fix)
        cli_print ("    %s\n", fix);
    }
}

static void
print_json (GPtrArray *findings)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < findings->len; i++)
    {
      const DotFinding *finding = findings->pdata[i];

      json_builder_begin_object (builder);
      dot_json_write_string (builder, "check", finding->check);
      dot_json_write_string (builder, "state", state_words[finding->state]);
      dot_json_write_string (builder, "text", finding->text);
      dot_json_write_string (builder, "fix", finding->fix);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  cli_output_json (builder);
}

static guint
count_problems (GPtrArray *findings)
{
  guint n = 0;

  for (guint i = 0; i < findings->len; i++)
    n += ((const DotFinding *) findings->pdata[i])->state == DOT_FINDING_PROBLEM;
  return n;
}

/*  on the GPU  */

static const char *const trial_words[] = {
  [DOT_TRIAL_PASSED] = "passed",
  [DOT_TRIAL_FAILED] = "failed",
  [DOT_TRIAL_MISSED] = "missed",
};

static void
print_trials (const DotTrials *trials)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < trials->list->len; i++)
    {
      const DotTrial *trial = trials->list->pdata[i];

      json_builder_begin_object (builder);
      dot_json_write_string (builder, "trial", trial->name);
      dot_json_write_string (builder, "state", trial_words[trial->state]);
      dot_json_write_string (builder, "text", trial->text);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  cli_output_json (builder);
}

static gboolean
try_all (gpointer data, GCancellable *cancellable, GError **error)
{
  DotTrials *trials = data;

  trials->cancellable = cancellable;
  return dot_trial_run (trials, error);
}

/* Not every GPU has every precision, nor every computer PyTorch. */
static gboolean
check_trials (const DotTrials *trials, const char *path, GError **error)
{
  guint counts[3] = { 0 };

  for (guint i = 0; i < trials->list->len; i++)
    counts[((const DotTrial *) trials->list->pdata[i])->state]++;
  if (counts[DOT_TRIAL_FAILED] == 0 && counts[DOT_TRIAL_PASSED] > 0)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
               _ ("Trials on the GPU that passed: %u, failed: %u, couldn't be made: %u; send %s to "
                  "whoever you have DOT Refine from."),
               counts[DOT_TRIAL_PASSED], counts[DOT_TRIAL_FAILED], counts[DOT_TRIAL_MISSED], path);
  return FALSE;
}

static gboolean
run_trials (GError **error)
{
  DotTrials        trials = { .only = only, .progress = cli_progress_show_long_phase };
  const char      *path   = report ? report : REPORT;
  g_autofree char *text   = NULL;
  gboolean         success;

  success = cli_job_run (try_all, &trials, _ ("Cancelled."), error);
  if (success)
    {
      text = dot_trial_report_new (&trials);
      if (as_json)
        print_trials (&trials);
      else
        cli_print ("%s", text);
      success = dot_whole_file_save (path, text, strlen (text), error) &&
                check_trials (&trials, path, error);
    }
  dot_trial_clear (&trials);
  return success;
}

/*  whether all is there  */

static gboolean
look (gpointer data, GCancellable *cancellable, GError **error)
{
  GPtrArray **findings = data;

  *findings = dot_doctor_look ();
  return ! g_cancellable_set_error_if_cancelled (cancellable, error);
}

static gboolean
run_checks (GError **error)
{
  g_autoptr (GPtrArray) findings = NULL;
  guint n;

  if (! cli_job_run (look, &findings, _ ("Cancelled."), error))
    return FALSE;

  if (as_json)
    print_json (findings);
  else
    print_text (findings);
  n = count_problems (findings);
  if (n > 0)
    g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
                 ngettext ("One thing is wrong: do what is said below its line.",
                           "%u things are wrong: do what is said below their lines.", n),
                 n);
  return n == 0;
}

/*  public functions  */

/**
 * cli_doctor:
 * @argc: how many strings there are in @argv
 * @argv: the command's name and what follows it
 * @error: where it says why it failed
 *
 * Looks whether all is there and works, and prints what mends the rest; or tries
 * the GPU.
 *
 * Returns: whether all is well.
 */
gboolean
cli_doctor (int argc, char **argv, GError **error)
{
  if (! cli_parse_arguments (&argc, &argv, entries,
                             _ (
                               "Looks whether GIMP finds the plug-in, and whether all that it needs "
                               "is there and works."),
                             _ ("Each line says what was found; what is wrong is followed by what "
                                "mends it."),
                             error))
    return FALSE;
  if ((report || only) && ! try_gpu)
    {
      cli_parse_usage_error (error, _ ("--report and --only need --gpu"));
      return FALSE;
    }
  return try_gpu ? run_trials (error) : run_checks (error);
}
