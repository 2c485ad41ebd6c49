/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* One line on the terminal that says how far it is.
 *
 * Nothing is drawn where the standard error is no terminal. */

#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "cli-output.h"
#include "cli-progress.h"

/* A longer line would wrap, and could not be drawn again. */
#define MAX_WIDTH 78

/* Between two drawings; the last one of a phase is always drawn. */
#define MIN_INTERVAL (G_USEC_PER_SEC / 20)

#define CLEAR_LINE "\r\033[K"

static gint64 last_drawn = 0;

/*  private functions  */

static char *
cut_off (const char *text)
{
  char *cut = cli_output_get_shown (text);

  while (cli_output_get_width (cut) > MAX_WIDTH)
    *g_utf8_prev_char (cut + strlen (cut)) = '\0';
  return cut;
}

static void
draw (const char *text, gboolean last)
{
  gint64           now = g_get_monotonic_time ();
  g_autofree char *cut = NULL;

  if (! cli_output_is_terminal ())
    return;
  if (! last && now - last_drawn < MIN_INTERVAL)
    return;

  last_drawn = now;
  cut        = cut_off (text);
  cli_print_error (CLEAR_LINE "%s", cut);
}

/* From how fast the phase has gone since it was first heard of, which need
 * not have been at its begin; 0 where that says nothing yet. */
static double
guess_seconds_left (const char *message, double fraction)
{
  static char  *phase = NULL;
  static gint64 begin = 0;
  static double first = 0.0;
  gint64        now   = g_get_monotonic_time ();

  if (g_strcmp0 (phase, message) != 0)
    {
      g_free (phase);
      phase = g_strdup (message);
      begin = now;
      first = fraction;
    }
  if (fraction <= first)
    return 0.0;

  return (double) (now - begin) / G_USEC_PER_SEC * (1.0 - fraction) / (fraction - first);
}

/* "1:02:03", "2:03" */
static char *
format_time (double seconds)
{
  guint whole = (guint) MIN (seconds, G_MAXINT32);

  if (whole >= 3600)
    return g_strdup_printf ("%u:%02u:%02u", whole / 3600, whole / 60 % 60, whole % 60);
  return g_strdup_printf ("%u:%02u", whole / 60, whole % 60);
}

static double
get_mean_score (const DotStep *step)
{
  double sum = 0.0;

  for (gsize i = 0; i < step->batch; i++)
    sum += step->scores[i];
  return sum / step->batch;
}

/*  public functions  */

/**
 * cli_progress_show_phase:
 * @message: what is being done, translated
 * @fraction: how much of it is done, 0 … 1
 * @data: not used; so that this is a #DotProgressFunc
 */
void
cli_progress_show_phase (const char *message, double fraction, gpointer data)
{
  g_autofree char *text = NULL;

  text = g_strdup_printf ("%s %3.0f %%", message, 100.0 * fraction);
  draw (text, fraction <= 0.0 || fraction >= 1.0);
}

/**
 * cli_progress_show_long_phase:
 * @message: what is being done, translated; one message a phase
 * @fraction: how much of it is done, 0 … 1
 * @data: not used
 *
 * As cli_progress_show_phase(), with the time that is left.
 */
void
cli_progress_show_long_phase (const char *message, double fraction, gpointer data)
{
  g_autofree char *left = NULL;
  g_autofree char *text = NULL;
  double           seconds;

  seconds = guess_seconds_left (message, fraction);
  if (seconds < 1.0)
    {
      cli_progress_show_phase (message, fraction, NULL);
      return;
    }

  left = format_time (seconds);
  text = g_strdup_printf (_ ("%s %3.0f %%, %s left"), message, 100.0 * fraction, left);
  draw (text, FALSE);
}

/**
 * cli_progress_show_step:
 * @step: the state after an update
 */
void
cli_progress_show_step (const DotStep *step)
{
  g_autofree char *text = NULL;

  text = g_strdup_printf (_ ("Update %u of %u, mean score %.3f"), step->update, step->n_updates,
                          get_mean_score (step));
  draw (text, step->update == 0 || step->update == step->n_updates);
}

/**
 * cli_progress_show_notice:
 * @sentence: what a person should know, though it is no failure
 * @data: not used; so that this is a #DotNoticeFunc
 *
 * Says it on the standard error, terminal or not.
 */
void
cli_progress_show_notice (const char *sentence, gpointer data)
{
  g_autofree char *line = dot_line_from_text (sentence);

  cli_progress_clear ();
  cli_print_error ("dot-refine: %s\n", line);
}

/**
 * cli_progress_clear:
 *
 * Takes the line away, so that results and errors begin on an empty one.
 */
void
cli_progress_clear (void)
{
  if (last_drawn && cli_output_is_terminal ())
    cli_print_error (CLEAR_LINE);
}
