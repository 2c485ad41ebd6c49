/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A process that measures, and what it says. */

#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#include "dot-enums.h"
#include "cli-bench-child.h"
#include "cli.h"

#include "base/json.h"

/*  private functions  */

static CliBenchAnswer *
answer_new (void)
{
  CliBenchAnswer *answer = g_new0 (CliBenchAnswer, 1);

  answer->updates          = g_array_new (FALSE, FALSE, sizeof (double));
  answer->load_ms          = NAN;
  answer->first_image_ms   = NAN;
  answer->peak_mib         = NAN;
  answer->peak_convolution = NAN;
  answer->peak_product     = NAN;
  return answer;
}

static GSubprocess *
start (const CliBenchCase *one, CliBenchRole role, GError **error)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *batch   = g_strdup_printf ("%u", one->batch);

  return g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, error,
                           program ? program : "dot-refine", "bench",
                           role == CLI_BENCH_PEAK ? "--peak" : "--worker", "--model", one->model,
                           "--engine", dot_enum_to_nick (DOT_TYPE_ENGINE, one->engine), "--device",
                           dot_enum_to_nick (DOT_TYPE_DEVICE, one->device), "--precision",
                           dot_enum_to_nick (DOT_TYPE_PRECISION, one->precision), "--batch", batch,
                           NULL);
}

/* A line for each update, and one for the first, which is not counted. */
static char *
make_questions (guint updates)
{
  char *text = g_malloc (updates + 2);

  memset (text, '\n', updates + 1);
  text[updates + 1] = '\0';
  return text;
}

static void
take_number (DotJson *line, const char *name, double *value)
{
  *value = dot_json_get_number (line, name, *value, -HUGE_VAL, HUGE_VAL);
}

static void
take_text (DotJson *line, const char *name, char **text)
{
  char *found = g_strdup (dot_json_get_string (line, name, *text));

  g_free (*text);
  *text = found;
}

static void
take_line (CliBenchAnswer *answer, DotJson *line, gint64 started)
{
  double first_image_at = NAN;
  double update         = NAN;

  take_text (line, "error", &answer->error);
  take_text (line, "engine", &answer->engine);
  take_text (line, "device", &answer->device);
  take_text (line, "precision", &answer->precision);
  take_number (line, "flops", &answer->flops);
  take_number (line, "load_ms", &answer->load_ms);
  take_number (line, "peak_mib", &answer->peak_mib);
  take_number (line, "peak_convolution", &answer->peak_convolution);
  take_number (line, "peak_product", &answer->peak_product);
  take_number (line, "first_image_at", &first_image_at);
  take_number (line, "update_ms", &update);

  if (! isnan (first_image_at))
    answer->first_image_ms = (first_image_at - started) / 1000.0;
  if (! isnan (update))
    g_array_append_val (answer->updates, update);
}

static void
take_lines (CliBenchAnswer *answer, const char *text, gint64 started)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", 0);

  for (guint i = 0; lines[i]; i++)
    {
      g_autoptr (JsonObject) root = dot_json_parse (lines[i], strlen (lines[i]), NULL);
      g_autoptr (DotJson) line    = dot_json_new (root, NULL, NULL, NULL);

      take_line (answer, line, started);
    }

  /* The first update finds cold caches, and what is made at the first use. */
  if (answer->updates->len > 0)
    g_array_remove_index (answer->updates, 0);
}

/* That it was killed, mostly for its memory, is a line of the table; that the
 * person's Ctrl+C has met it first is not. */
static gboolean
check_end (GSubprocess *process, CliBenchAnswer *answer, GError **error)
{
  if (g_subprocess_get_if_exited (process) &&
      g_subprocess_get_exit_status (process) == CLI_EXIT_CANCELLED)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Cancelled."));
      return FALSE;
    }
  if (! g_subprocess_get_successful (process) && ! answer->error)
    answer
      ->error = g_strdup_printf (
      _ ("The measurement ended early (wait status %d), maybe for want of "
         "memory: close other programs, or take a smaller batch."),
                                 g_subprocess_get_status (process));

  return TRUE;
}

/*  public functions  */

/**
 * cli_bench_child_ask:
 * @one: what to measure
 * @role: %CLI_BENCH_WORKER or %CLI_BENCH_PEAK
 * @updates: how many to time, after one that is not counted
 * @cancellable: (nullable): ends the process
 * @error: where it says that it was cancelled, or can't be started
 *
 * Measures in a process of its own.
 *
 * Returns: (transfer full): what it said.
 */
CliBenchAnswer *
cli_bench_child_ask (const CliBenchCase *one,
                     CliBenchRole        role,
                     guint               updates,
                     GCancellable       *cancellable,
                     GError            **error)
{
  g_autoptr (CliBenchAnswer) answer = answer_new ();
  g_autofree char *questions        = make_questions (updates);
  g_autofree char *text             = NULL;
  gint64           started          = g_get_monotonic_time ();
  g_autoptr (GSubprocess) process   = start (one, role, error);

  if (! process)
    return NULL;

  if (! g_subprocess_communicate_utf8 (process, questions, cancellable, &text, NULL, error))
    {
      g_subprocess_force_exit (process);
      g_subprocess_wait (process, NULL, NULL);
      return NULL;
    }

  take_lines (answer, text, started);
  return check_end (process, answer, error) ? g_steal_pointer (&answer) : NULL;
}

/**
 * cli_bench_child_answer_free:
 * @answer: what cli_bench_child_ask() returned
 */
void
cli_bench_child_answer_free (CliBenchAnswer *answer)
{
  g_array_unref (answer->updates);
  g_free (answer->error);
  g_free (answer->engine);
  g_free (answer->device);
  g_free (answer->precision);
  g_free (answer);
}
