/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Makes an experiment's parts, those that aren't there yet, and reads them all. */

#include "experiment-run.h"

#include "base/work-folder.h"

#include "base/intl.h"

#define ENDING ".npz"

static char *
name_part (gsize part, gpointer data)
{
  DotExperiment *experiment = data;

  return g_strconcat (g_array_index (experiment->parts, DotExperimentPart, part).name, ENDING,
                      NULL);
}

static DotWorkFolder *
open_folder (DotExperiment *experiment, const DotExperimentRun *run, GError **error)
{
  const DotExperimentClass *class = experiment->class;
  g_autofree char *options        = dot_experiment_values_describe (experiment->values);
  g_autofree char *description    = g_strconcat (class->name, options, NULL);
  g_autofree char *identity       = g_strdup_printf ("%s %u%s", description, class->version,
                                                     experiment->identity->str);
  g_autofree char *key            = NULL;
  g_autofree char *cache          = NULL;
  const DotWork    work           = {
                 .identity    = identity,
                 .description = description,
                 .shard       = run->shard,
                 .n_parts     = experiment->parts->len,
                 .name        = name_part,
                 .user_data   = experiment,
  };

  key   = g_compute_checksum_for_string (G_CHECKSUM_SHA256, identity, -1);
  cache = g_build_filename (g_get_user_cache_dir (), "dot-refine", "experiment", key, NULL);
  return dot_work_folder_open (run->work ? run->work : cache, &work, error);
}

/* A file that can't be read is made anew. */
static DotExperimentResult *
load_part (DotWorkFolder *folder, gsize part)
{
  g_autofree char *path = dot_work_folder_get_path (folder, part);

  return dot_work_folder_has (folder, part) ? dot_experiment_result_load (path, NULL) : NULL;
}

static DotExperimentResult *
make_part (DotExperiment *experiment,
           DotWorkFolder *folder,
           gsize          part,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (DotExperimentResult) result = dot_experiment_result_new ();
  g_autofree char *path                  = dot_work_folder_get_path (folder, part);

  if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
      ! experiment->class->run_part (experiment,
                                     &g_array_index (experiment->parts, DotExperimentPart, part),
                                     result, cancellable, error) ||
      ! dot_experiment_result_save (result, path, error))
    return NULL;
  return g_steal_pointer (&result);
}

static gboolean
make_all (DotExperiment *experiment,
          DotWorkFolder *folder,
          GPtrArray     *results,
          GCancellable  *cancellable,
          GError       **error)
{
  for (guint i = 0; i < experiment->parts->len; i++)
    {
      DotExperimentResult *result = NULL;

      experiment->done = i;
      dot_experiment_tell (experiment, 0.0);
      if (dot_work_folder_is_mine (folder, i))
        {
          result = load_part (folder, i);
          if (! result && ! (result = make_part (experiment, folder, i, cancellable, error)))
            return FALSE;
        }
      g_ptr_array_add (results, result);
    }
  experiment->done = experiment->parts->len;
  dot_experiment_tell (experiment, 0.0);
  return TRUE;
}

static void
free_result (gpointer result)
{
  if (result)
    dot_experiment_result_free (result);
}

/**
 * dot_experiment_run:
 * @experiment: a new one
 * @cancellable: (nullable): what is finished stays, for the next call
 *
 * Makes what is the shard's and isn't there yet.  The same options give the same
 * numbers, whoever made which part and when.
 *
 * Returns: (transfer full) (element-type DotExperimentResult): a result a part,
 *   %NULL of those that are of another shard
 */
GPtrArray *
dot_experiment_run (DotExperiment          *experiment,
                    const DotExperimentRun *run,
                    GCancellable           *cancellable,
                    GError                **error)
{
  g_autoptr (GPtrArray) results    = g_ptr_array_new_with_free_func (free_result);
  g_autoptr (DotWorkFolder) folder = NULL;

  experiment->progress  = run->progress;
  experiment->notice    = run->notice;
  experiment->user_data = run->user_data;
  if (! experiment->class->prepare (experiment, cancellable, error) ||
      ! (folder = open_folder (experiment, run, error)) ||
      ! make_all (experiment, folder, results, cancellable, error))
    return NULL;

  /* What is in the cache has served when all is done. */
  if (! run->work)
    dot_work_folder_remove (folder);
  return g_steal_pointer (&results);
}
