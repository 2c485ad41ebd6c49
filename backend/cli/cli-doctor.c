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
#include "doctor/doctor.h"

static gboolean as_json = FALSE;

static const GOptionEntry entries[] = {
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
 * Looks whether all is there and works, and prints what mends the rest.
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
  return run_checks (error);
}
