/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "trial.h"

#include <string.h>

#include "base/intl.h"
#include "engine/gpu.h"

static void
trial_free (gpointer data)
{
  DotTrial *trial = data;

  g_free (trial->name);
  g_free (trial->text);
  g_free (trial);
}

/**
 * dot_trial_init:
 * @trials: with what whoever waits is told by
 *
 * Begins without any.
 */
void
dot_trial_init (DotTrials *trials)
{
  trials->list = g_ptr_array_new_with_free_func (trial_free);
}

/**
 * dot_trial_begin:
 * @name: what is tried next
 *
 * The next dot_trial_note() is about that.
 *
 * Returns: whether it is to be tried; where not nothing is to be noted
 */
gboolean
dot_trial_begin (DotTrials *trials, const char *name)
{
  DotTrial *trial;

  if (g_cancellable_is_cancelled (trials->cancellable) ||
      (trials->only && ! strstr (name, trials->only)))
    return FALSE;

  trial        = g_new0 (DotTrial, 1);
  trial->name  = g_strdup (name);
  trial->state = DOT_TRIAL_MISSED;
  g_ptr_array_add (trials->list, trial);
  if (trials->progress)
    trials->progress (_ ("Trying the GPU"),
                      MIN (1.0, (double) trials->list->len / MAX (trials->total, 1)),
                      trials->user_data);
  return TRUE;
}

/**
 * dot_trial_note:
 * @format: as for printf(): what came of it
 */
void
dot_trial_note (DotTrials *trials, DotTrialState state, const char *format, ...)
{
  DotTrial        *trial = trials->list->pdata[trials->list->len - 1];
  g_autofree char *text  = NULL;
  va_list          arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_free (trial->text);
  trial->text  = dot_line_from_text (text);
  trial->state = state;
}

/* Whether an error says only that there is no such thing, and not that it
 * failed. */
static gboolean
is_absent (const GError *error)
{
  return ! dot_gpu_may_exist () || g_error_matches (error, DOT_ERROR, DOT_ERROR_NO_BACKEND) ||
         g_error_matches (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT);
}

/**
 * dot_trial_refuse:
 * @error: why the native engine didn't take a pair to the GPU
 *
 * Notes that this couldn't be tried, or that it failed.
 */
void
dot_trial_refuse (DotTrials *trials, const GError *error)
{
  dot_trial_note (trials, is_absent (error) ? DOT_TRIAL_MISSED : DOT_TRIAL_FAILED, "%s",
                  error->message);
}

void
dot_trial_clear (DotTrials *trials)
{
  g_clear_pointer (&trials->list, g_ptr_array_unref);
}
