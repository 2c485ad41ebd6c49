/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A public pair is fetched and imported.  Until it is a model, what has come of
 * it lies in a hidden folder beside the model's place, so that the same disk
 * has to have room for both. */

#include "download-fetch.h"
#include "download-part.h"

#include "base/lock.h"
#include "base/paths.h"
#include "base/whole-file.h"
#include "import/import-find.h"
#include "import/staging.h"
#include "model/known.h"
#include "model/model.h"

#include "base/intl.h"

#include <glib/gstdio.h>
#include <string.h>

#define SUFFIX "downloading"
#define LABELS "labels.tsv"

typedef struct
{
  DotModel         *model;
  DotKnownFile      file;
  DotImportOptions *options;
  char             *folder;
  DotLock           lock;
  DotProgressFunc   progress;
  gpointer          user_data;
  GCancellable     *cancellable;
} Download;

/* A folder that has something in it stays. */
static void
download_clear (Download *download)
{
  if (download->folder)
    g_rmdir (download->folder);
  dot_lock_release (&download->lock);
  dot_known_file_clear (&download->file);
  dot_import_options_free (download->options);
  g_free (download->folder);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Download, download_clear)

/*  what is fetched  */

static gboolean
find_file (Download *download, GError **error)
{
  DotModel   *model   = download->model;
  const char *problem = dot_model_get_problem (model);
  gboolean    known   = dot_known_get_file (dot_model_get_id (model), &download->file);

  if (known && dot_model_get_bytes (model) == 0)
    return TRUE;

  if (known)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                 _ ("“%s” is there already, in %s: remove it before you download it again."),
                 dot_model_get_id (model), dot_model_get_folder (model));
  else if (problem && dot_model_get_bytes (model) == 0)
    /* The model's own words say how its files are had. */
    g_set_error_literal (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT, problem);
  else
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                 _ (
                   "“%s” is none of the models that can be downloaded, which “dot-refine download” "
                   "lists: take one of those."),
                 dot_model_get_id (model));
  return FALSE;
}

/* The constants of a thousand classes take hours: each is estimated when it is
 * first refined. */
static gboolean
choose_options (Download *download, const char *folder, DotDevice device, GError **error)
{
  DotImportOptions *options = dot_import_options_new ();
  DotModel         *model   = download->model;

  download->options   = options;
  options->id         = g_strdup (dot_model_get_id (model));
  options->title      = g_strdup (dot_model_get_title (model));
  options->license    = g_strdup (dot_model_get_license (model));
  options->provenance = g_strdup (dot_model_get_provenance (model));
  options->folder     = g_strdup (folder);
  options->device     = device;
  options->k_eff      = FALSE;
  return dot_staging_check (options, error);
}

/*  where it lies  */

static gboolean
open_folder (Download *download, GError **error)
{
  g_autofree char *own  = dot_paths_get_user_models ();
  const char      *all  = download->options->folder ? download->options->folder : own;
  g_autofree char *name = g_strdup_printf (".%s." SUFFIX, download->options->id);

  download->folder = g_build_filename (all, name, NULL);
  if (! dot_whole_file_make_folder (download->folder, error))
    {
      g_clear_pointer (&download->folder, g_free);
      return FALSE;
    }
  if (dot_lock_try (&download->lock, download->folder))
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
               _ ("“%s” is being downloaded already, into %s: wait until that ends."),
               download->options->id, download->folder);
  g_clear_pointer (&download->folder, g_free);
  return FALSE;
}

/* Returns: whether the whole file lies there from an earlier run that couldn't
 *   import it */
static gboolean
has_whole (Download *download, const char *path)
{
  g_autofree char *sum = NULL;

  if (! g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return FALSE;
  sum = dot_whole_file_get_checksum (path, NULL);
  if (sum && g_str_has_prefix (sum, download->file.sum))
    return TRUE;
  g_unlink (path);
  return FALSE;
}

/* Returns: (transfer full): the path of the file */
static char *
fetch (Download *download, GError **error)
{
  g_auto (DotDownloadPart) part = DOT_DOWNLOAD_PART_NONE;
  g_autofree char *path         = g_build_filename (download->folder, download->file.name, NULL);

  if (has_whole (download, path))
    return g_steal_pointer (&path);
  if (! dot_download_part_open (&part, download->folder, download->file.name, download->cancellable,
                                error) ||
      ! dot_download_fetch (&part, download->options->id, &download->file, download->progress,
                            download->user_data, download->cancellable, error) ||
      ! dot_download_part_finish (&part, error))
    return NULL;
  return g_steal_pointer (&path);
}

/*  the model  */

/* What the classes are called that the file doesn't name. */
static gboolean
write_labels (Download *download, GError **error)
{
  g_autoptr (GString) table = g_string_new (NULL);
  guint n                   = dot_model_get_n_classes (download->model);

  for (guint i = 0; i < n; i++)
    {
      const DotClass *klass = dot_model_get_class (download->model, i);

      g_string_append_printf (table, "%u\t%s\t\t%s\n", i, klass->wnid ? klass->wnid : "",
                              klass->name);
    }
  download->options->classes = g_build_filename (download->folder, LABELS, NULL);
  return dot_whole_file_save (download->options->classes, table->str, table->len, error);
}

static DotModel *
import (Download *download, const char *path, char **warning, GError **error)
{
  const char *const files[] = { path, NULL };
  g_autofree char  *found   = NULL;

  if (! dot_import_find (download->options, files, &found, error) ||
      ! write_labels (download, error))
    return NULL;
  return dot_import (download->options, download->progress, download->user_data,
                     download->cancellable, warning, error);
}

/**
 * dot_download_get_size:
 * @address: (out) (optional) (transfer full): from where
 *
 * Returns: about how many bytes have to be fetched to have @model; 0 where it
 *   is there, or can't be fetched
 */
guint64
dot_download_get_size (DotModel *model, char **address)
{
  g_auto (DotKnownFile) file = { NULL };

  if (dot_model_get_bytes (model) > 0 || ! dot_known_get_file (dot_model_get_id (model), &file))
    return 0;
  if (address)
    *address = g_strdup (file.addresses[0]);
  return file.bytes;
}

/**
 * dot_download:
 * @model: a public one that isn't there yet; a person has agreed to its terms
 * @folder: (nullable): where the new model's folder is put; the person's models
 *   where it is %NULL
 * @device: where the model is tried
 * @progress: (nullable) (scope call):
 * @cancellable: (nullable):
 * @warning: (out) (optional) (transfer full) (nullable): as of dot_import()
 *
 * Fetches a pair that somebody published, checks it, and makes a model of it.
 * It takes minutes: call it from a worker thread.  What fails or is cancelled
 * keeps what has come, from which the next call goes on.
 *
 * Returns: (transfer full): the new model
 */
DotModel *
dot_download (DotModel       *model,
              const char     *folder,
              DotDevice       device,
              DotProgressFunc progress,
              gpointer        user_data,
              GCancellable   *cancellable,
              char          **warning,
              GError        **error)
{
  g_auto (Download) download = { .model       = model,
                                 .lock        = DOT_LOCK_NONE,
                                 .progress    = progress,
                                 .user_data   = user_data,
                                 .cancellable = cancellable };
  g_autofree char *path      = NULL;
  DotModel        *made      = NULL;

  if (! find_file (&download, error) || ! choose_options (&download, folder, device, error) ||
      ! open_folder (&download, error))
    return NULL;

  path = fetch (&download, error);
  made = path ? import (&download, path, warning, error) : NULL;
  if (made)
    dot_whole_file_remove_folder (download.folder);
  return made;
}
