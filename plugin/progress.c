/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* GIMP's progress bar.  What is newer takes the place of what hasn't
 * been sent yet. */

#include "config.h"

#include "progress.h"

#include <libgimp/gimp.h>

struct _DotProgress
{
  DotGimpThread *thread;
  gboolean       begun;
  gboolean       sending;

  /* what is to be sent next, if anything */
  char  *message;
  double fraction;

  /* the thread's */
  char    *sent;
  double   sent_fraction;
  gboolean sent_begun;
};

static void
send_progress (gpointer data)
{
  DotProgress *progress = data;

  if (! progress->sent_begun)
    gimp_progress_init (progress->sent);
  else
    gimp_progress_set_text (progress->sent);
  gimp_progress_update (progress->sent_fraction);
  progress->sent_begun = TRUE;
}

static void
end (gpointer data)
{
  DotProgress *progress = data;

  gimp_progress_end ();
  progress->sent_begun = FALSE;
}

static void sent (gpointer data);

static void
push (DotProgress *progress)
{
  g_free (progress->sent);
  progress->sent          = g_steal_pointer (&progress->message);
  progress->sent_fraction = progress->fraction;
  progress->sending       = TRUE;
  progress->begun         = TRUE;
  dot_gimp_thread_push (progress->thread, send_progress, sent, progress);
}

static void
sent (gpointer data)
{
  DotProgress *progress = data;

  progress->sending = FALSE;
  if (progress->message)
    push (progress);
}

/**
 * dot_progress_new:
 *
 * Returns: (transfer full): GIMP's progress bar, not shown yet
 */
DotProgress *
dot_progress_new (DotGimpThread *thread)
{
  DotProgress *progress = g_new0 (DotProgress, 1);

  progress->thread = thread;
  return progress;
}

/**
 * dot_progress_show:
 * @fraction: 0 … 1
 */
void
dot_progress_show (DotProgress *progress, const char *message, double fraction)
{
  g_free (progress->message);
  progress->message  = g_strdup (message);
  progress->fraction = fraction;
  if (! progress->sending)
    push (progress);
}

/**
 * dot_progress_end:
 *
 * Empties the bar.
 */
void
dot_progress_end (DotProgress *progress)
{
  g_clear_pointer (&progress->message, g_free);
  if (progress->begun)
    dot_gimp_thread_push (progress->thread, end, NULL, progress);
  progress->begun = FALSE;
}

/**
 * dot_progress_free:
 * @progress: (transfer full): one whose thread has nothing to do
 */
void
dot_progress_free (DotProgress *progress)
{
  g_free (progress->message);
  g_free (progress->sent);
  g_free (progress);
}
