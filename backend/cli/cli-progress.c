/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 *
 * cli-progress.c: one line on the terminal that says how far it is.
 *
 * Nothing is drawn where the standard error is no terminal.
 */

#include "config.h"

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

static void
draw (const char *text,
      gboolean    last)
{
  gint64           now = g_get_monotonic_time ();
  g_autofree char *cut = NULL;

  if (! cli_errors_on_terminal ())
    return;
  if (! last && now - last_drawn < MIN_INTERVAL)
    return;

  last_drawn = now;
  cut = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), MAX_WIDTH));
  cli_print_error (CLEAR_LINE "%s", cut);
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
 */
void
cli_progress_show_phase (const char *message,
                         double      fraction)
{
  g_autofree char *text = NULL;

  text = g_strdup_printf ("%s %3.0f %%", message, 100.0 * fraction);
  draw (text, fraction <= 0.0 || fraction >= 1.0);
}

/**
 * cli_progress_show_step:
 * @step: the state after an update
 */
void
cli_progress_show_step (const DotStep *step)
{
  g_autofree char *text = NULL;

  text = g_strdup_printf (_("Update %u of %u, mean score %.3f"),
                          step->update, step->n_updates,
                          get_mean_score (step));
  draw (text, step->update == 0 || step->update == step->n_updates);
}

/**
 * cli_progress_clear:
 *
 * Takes the line away, so that results and errors begin on an empty one.
 */
void
cli_progress_clear (void)
{
  if (last_drawn && cli_errors_on_terminal ())
    cli_print_error (CLEAR_LINE);
}
