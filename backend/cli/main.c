/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Chooses the command, and turns its error into an exit code. */

#include "config.h"

#include <locale.h>
#include <stdlib.h>
#include <sys/resource.h>

#include <glib/gi18n.h>

#include "dot.h"
#include "cli-output.h"
#include "cli-parse.h"
#include "cli.h"

#include "base/paths.h"

/* Files that may be open at once. */
#define NEEDED_FILES 64

typedef struct
{
  const char    *name;
  const char    *summary;
  CliCommandFunc run;
} Command;

static const Command commands[] = {
  { "models", N_ ("List the models"), cli_models },
  { "info", N_ ("Show all that is known of a model"), cli_info },
  { "import", N_ ("Make a model of a GAN of your own"), cli_import },
  { "download", N_ ("Fetch a public pair"), cli_download },
  { "remove", N_ ("Remove one of your own models"), cli_remove },
  { "refine", N_ ("Make pictures and refine them"), cli_refine },
  { "invert", N_ ("Find the latent of a picture of your own"), cli_invert },
  { "evaluate", N_ ("Measure the pictures before and after refining"), cli_evaluate },
  { "calibrate", N_ ("Find out what a pair's scores mean, by real pictures"), cli_calibrate },
  { "statistics", N_ ("Make statistics of real pictures, to compare with"), cli_statistics },
  { "emd", N_ ("Compare two sets of points"), cli_emd },
  { "train", N_ ("Train a GAN of your own"), cli_train },
  { "curves", N_ ("Draw how trainings went"), cli_curves },
  { "experiment", N_ ("Make a table or a figure of the paper"), cli_experiment },
  { "bench", N_ ("Measure how fast it refines"), cli_bench },
  { "doctor", N_ ("Look whether all is there and works"), cli_doctor },
};

static gboolean show_version     = FALSE;
static gboolean show_diagnostics = FALSE;

static const GOptionEntry entries[] = {
  { "version", 0, 0, G_OPTION_ARG_NONE, &show_version, N_ ("Show the version"), NULL },
  { "diagnostics", 0, 0, G_OPTION_ARG_NONE, &show_diagnostics,
    N_ ("Show what a bug report should say: versions, backend, GPU, models"), NULL },
  { NULL },
};

/*  private functions  */

static void
set_up_locale (void)
{
  g_autofree char *folder = dot_paths_get_locale_folder ();

  setlocale (LC_ALL, "");
  /* Numbers look the same wherever they are read and written. */
  setlocale (LC_NUMERIC, "C");

  bindtextdomain (GETTEXT_PACKAGE, folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

/* What a program opens before it does anything, and what a run takes. */
static gboolean
allow_files (GError **error)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= NEEDED_FILES)
    return TRUE;
  limit.rlim_cur = MIN (limit.rlim_max, NEEDED_FILES);
  if (setrlimit (RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur >= NEEDED_FILES)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
               _ (
                 "Only %u files may be open at once, which is too few: allow %u with “ulimit -n”."),
               (guint) limit.rlim_cur, NEEDED_FILES);
  return FALSE;
}

static char *
list_commands (void)
{
  GString *text = g_string_new (_ ("Commands:"));

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "\n  %-10s %s", commands[i].name, _ (commands[i].summary));

  g_string_append_printf (text, "\n\n%s", _ ("Each command has a --help of its own."));
  return g_string_free (text, FALSE);
}

static GOptionContext *
create_context (void)
{
  GOptionContext  *context = g_option_context_new (_ ("COMMAND"));
  g_autofree char *list    = list_commands ();

  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, _ ("Refines a GAN's pictures by its own discriminator."));
  g_option_context_set_description (context, list);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  /* What follows the command belongs to the command. */
  g_option_context_set_strict_posix (context, TRUE);
  return context;
}

static gboolean
run_command (int argc, char **argv, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (! g_strcmp0 (argv[0], commands[i].name))
      {
        g_autofree char *name = g_strjoin (" ", PROGRAM, argv[0], NULL);

        /* GOption's help and our errors call the command by this. */
        g_set_prgname (name);
        return commands[i].run (argc, argv, error);
      }

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _ ("Unknown command “%s”"), argv[0]);
  return FALSE;
}

static CliExit
get_exit_code (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return CLI_EXIT_CANCELLED;
  return cli_parse_is_usage_error (error) ? CLI_EXIT_USAGE : CLI_EXIT_FAILED;
}

static CliExit
report (const GError *error)
{
  CliExit          code = get_exit_code (error);
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;

  /* The library's errors are whole sentences, GOption's are not. */
  if (code == CLI_EXIT_USAGE && ! g_str_has_suffix (error->message, "."))
    text = g_strdup_printf (_ ("%s: see “%s --help”."), error->message, g_get_prgname ());
  else
    text = g_strdup (error->message);

  /* One sentence is one line, whatever a file is called. */
  line = dot_line_from_text (text);
  cli_print_error ("%s: %s\n", PROGRAM, line);
  return code;
}

static CliExit
dispatch (int argc, char **argv, GError **error)
{
  g_autoptr (GOptionContext) context = create_context ();

  if (! g_option_context_parse (context, &argc, &argv, error))
    return report (*error);

  if (show_version)
    {
      cli_print ("%s %s\n", PROGRAM, DOT_VERSION);
    }
  else if (show_diagnostics)
    {
      cli_diagnostics ();
    }
  else if (argc < 2)
    {
      g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);

      cli_print_error ("%s", help);
      return CLI_EXIT_USAGE;
    }
  else if (! run_command (argc - 1, argv + 1, error))
    {
      return report (*error);
    }

  return cli_output_flush (error) ? CLI_EXIT_DONE : report (*error);
}

/*  public functions  */

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  /* Threads that wait spinning make every other process slow. */
  g_setenv ("OMP_WAIT_POLICY", "PASSIVE", FALSE);

  g_set_prgname (PROGRAM);
  set_up_locale ();
  cli_output_silence_libraries ();
  return allow_files (&error) ? dispatch (argc, argv, &error) : report (error);
}
