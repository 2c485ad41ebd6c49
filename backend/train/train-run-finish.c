/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Where a run ends: its pair becomes a model, as any other pair does. */

#include "train-run.h"

#include "base/whole-file.h"

#include "base/intl.h"

#include <string.h>

/* In the folder of a model of fewer steps than the run has by now. */
#define OUTDATED "outdated"

static gboolean
is_wnid (const char *name)
{
  return name[0] == 'n' && strlen (name) == 9 && strspn (name + 1, "0123456789") == 8;
}

/* A table of the classes as dot_import() takes it. */
static gboolean
write_classes (DotTrainRun *run, const char *path, GError **error)
{
  g_autoptr (GString) table = g_string_new ("label\twnid\tindex\tname\n");

  for (guint i = 0; i < run->shape.n_labels; i++)
    {
      const char *name = dot_dataset_get_label_name (run->dataset, i);
      gboolean    wnid = name && is_wnid (name);

      g_string_append_printf (table, "%u\t%s\t\t%s\n", i, wnid ? name : "",
                              wnid || ! name ? "" : name);
    }
  return dot_whole_file_save (path, table->str, table->len, error);
}

static void
fill_options (DotTrainRun *run, DotImportOptions *options, const char *folder)
{
  const DotTrainConfig *config = run->config;

  options->generator     = g_build_filename (folder, "generator.npz", NULL);
  options->discriminator = g_build_filename (folder, "discriminator.npz", NULL);
  options->architecture  = g_strdup (config->architecture);
  options->prior         = config->prior;
  options->id            = g_strdup (config->id);
  options->title         = g_strdup (config->title ? config->title : config->id);
  options->license       = g_strdup (config->license);
  options->provenance    = g_strdup (config->provenance);
  options->folder        = g_strdup (run->options->out);
  options->k_eff         = TRUE;
  options->replace       = TRUE;
  options->device        = run->options->device;
  if (run->shape.n_labels > 0)
    options->classes = g_build_filename (folder, "classes.tsv", NULL);
}

static char *
get_target (const DotTrainRun *run)
{
  return g_build_filename (run->options->out, run->config->id, NULL);
}

/**
 * dot_train_run_outdate:
 *
 * Writes into the model that is there, if there is one, that the run goes on
 * past it: it stays until there is the new one, and who is stopped before makes
 * that the next time.
 */
gboolean
dot_train_run_outdate (DotTrainRun *run, GError **error)
{
  g_autofree char *target = get_target (run);
  g_autofree char *mark   = g_build_filename (target, OUTDATED, NULL);

  return ! dot_train_run_is_first (run) || ! g_file_test (target, G_FILE_TEST_IS_DIR) ||
         dot_whole_file_save (mark, "", 0, error);
}

/* Whether the model that is there is of the run's last step. */
static gboolean
is_made (const char *target)
{
  g_autofree char *mark = g_build_filename (target, OUTDATED, NULL);

  return g_file_test (target, G_FILE_TEST_EXISTS) && ! g_file_test (mark, G_FILE_TEST_EXISTS);
}

/**
 * dot_train_run_finish:
 *
 * Saves the averaged generator and the discriminator, and makes a model of
 * them: with a manifest, the constant of each class, and a contact sheet.  The
 * model of this step that is there already stays.
 *
 * Returns: (transfer full): the model's folder; for all but rank 0 an empty text
 */
char *
dot_train_run_finish (DotTrainRun *run, GError **error)
{
  g_autofree char *folder              = g_build_filename (run->options->out, "weights", NULL);
  g_autofree char *target              = get_target (run);
  g_autoptr (DotImportOptions) options = dot_import_options_new ();
  g_autoptr (DotModel) model           = NULL;

  if (! dot_train_run_is_first (run))
    return g_strdup ("");
  if (is_made (target))
    return g_steal_pointer (&target);

  fill_options (run, options, folder);
  if (! dot_checkpoint_save_files (run->trainer, run->config->projected.features != NULL, folder,
                                   error) ||
      (options->classes && ! write_classes (run, options->classes, error)))
    return NULL;
  model = dot_import (options, run->options->progress, run->options->user_data,
                      run->options->cancellable, NULL, error);
  return model ? g_steal_pointer (&target) : NULL;
}
