/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#include "config.h"

#include "import-task.h"

/*  An import takes from seconds to hours, so it runs in a thread of its own
 *  while the main loop draws how far it is.
 */

typedef struct
{
  const DotImportOptions *options;
  DotProgressRow         *progress;
  GMainLoop              *loop;
  DotModel               *model;
  GError                 *error;
} Import;

typedef struct
{
  DotProgressRow *row;
  char           *message;
  double          fraction;
} Progress;

/*  the import's thread  */

static void
progress_free (gpointer user_data)
{
  Progress *progress = user_data;

  g_object_unref (progress->row);
  g_free (progress->message);
  g_free (progress);
}

static gboolean
show_progress (gpointer user_data)
{
  Progress *progress = user_data;

  dot_progress_row_set (progress->row, progress->message, progress->fraction);

  return G_SOURCE_REMOVE;
}

static void
post_progress (const char *message,
               double      fraction,
               gpointer    user_data)
{
  Import   *import   = user_data;
  Progress *progress = g_new0 (Progress, 1);

  progress->row      = g_object_ref (import->progress);
  progress->message  = g_strdup (message);
  progress->fraction = fraction;
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, show_progress, progress,
                   progress_free);
}

static void
work (GTask        *task,
      gpointer      source,
      gpointer      user_data,
      GCancellable *cancellable)
{
  Import *import = user_data;

  import->model = dot_import (import->options, post_progress, import,
                              cancellable, &import->error);
  g_task_return_boolean (task, import->model != NULL);
}

/*  the main thread  */

static void
done (GObject      *source,
      GAsyncResult *result,
      gpointer      user_data)
{
  Import *import = user_data;

  g_main_loop_quit (import->loop);
}

/**
 * dot_import_task_run:
 * @options: what to import
 * @progress: shows how far it is
 * @cancellable: stops it
 *
 * Imports in another thread, and runs the main loop until that is done.
 *
 * Returns: (transfer full): the new model
 */
DotModel *
dot_import_task_run (const DotImportOptions *options,
                     DotProgressRow         *progress,
                     GCancellable           *cancellable,
                     GError                **error)
{
  Import            import = { .options = options, .progress = progress };
  g_autoptr (GTask) task   = NULL;

  import.loop = g_main_loop_new (NULL, FALSE);
  task = g_task_new (NULL, cancellable, done, &import);
  g_task_set_task_data (task, &import, NULL);
  g_task_run_in_thread (task, work);
  g_main_loop_run (import.loop);
  g_main_loop_unref (import.loop);

  if (import.error)
    g_propagate_error (error, import.error);

  return import.model;
}
