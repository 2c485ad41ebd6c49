/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* GIMP's progress bar.  What is newer takes the place of what GIMP hasn't
 * been told yet. */

#include "config.h"

#include "progress.h"

#include <libgimp/gimp.h>

struct _DotProgress
{
  DotWire *wire;
  gboolean begun;
  gboolean telling;

  /* what is to be told next, if anything */
  char  *message;
  double fraction;

  /* the wire's */
  char    *told;
  double   told_fraction;
  gboolean told_begun;
};

static void
tell (gpointer data)
{
  DotProgress *progress = data;

  if (! progress->told_begun)
    gimp_progress_init (progress->told);
  else
    gimp_progress_set_text (progress->told);
  gimp_progress_update (progress->told_fraction);
  progress->told_begun = TRUE;
}

static void
end (gpointer data)
{
  DotProgress *progress = data;

  gimp_progress_end ();
  progress->told_begun = FALSE;
}

static void told (gpointer data);

static void
push (DotProgress *progress)
{
  g_free (progress->told);
  progress->told          = g_steal_pointer (&progress->message);
  progress->told_fraction = progress->fraction;
  progress->telling       = TRUE;
  progress->begun         = TRUE;
  dot_wire_push (progress->wire, tell, told, progress);
}

static void
told (gpointer data)
{
  DotProgress *progress = data;

  progress->telling = FALSE;
  if (progress->message)
    push (progress);
}

/**
 * dot_progress_new:
 *
 * Returns: (transfer full): GIMP's progress bar, not shown yet
 */
DotProgress *
dot_progress_new (DotWire *wire)
{
  DotProgress *progress = g_new0 (DotProgress, 1);

  progress->wire = wire;
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
  if (! progress->telling)
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
    dot_wire_push (progress->wire, end, NULL, progress);
  progress->begun = FALSE;
}

/**
 * dot_progress_free:
 * @progress: (transfer full): one whose wire has nothing to do
 */
void
dot_progress_free (DotProgress *progress)
{
  g_free (progress->message);
  g_free (progress->told);
  g_free (progress);
}
