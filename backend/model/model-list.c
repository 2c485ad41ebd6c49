/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The models that are in the folders, and the one that is meant by an id. */

#include "model-private.h"

#include "base/paths.h"
#include "classes.h"
#include "known.h"
#include "manifest-describe.h"

#include "base/intl.h"

#include <string.h>

static void
set_folder (DotModel *model, const char *folder)
{
  g_autofree char *preview = g_build_filename (folder, "preview.png", NULL);

  model->folder = g_strdup (folder);
  if (g_file_test (preview, G_FILE_TEST_IS_REGULAR))
    model->preview = g_steal_pointer (&preview);
}

/* In a list a problem is a part of the model; whoever asks for that model
 * alone hears of it as an error. */
static void
set_problem (DotModel *model, GError *problem, GError **error)
{
  if (! problem)
    return;

  model->problem = dot_line_from_text (problem->message);
  g_propagate_error (error, problem);
}

/* Reads @folder; what is wrong with it becomes the model's problem, and
 * @error beside the model. */
static DotModel *
model_new_from_folder (const char *folder, GError **error)
{
  g_autofree char *id       = g_path_get_basename (folder);
  GError          *problem  = NULL;
  DotManifest     *manifest = dot_manifest_read (folder, &problem);
  DotModel        *model;

  if (! manifest)
    {
      manifest          = g_new0 (DotManifest, 1);
      manifest->classes = dot_classes_new_for_labels (0);
    }

  model          = dot_model_new (id, manifest);
  model->package = TRUE;
  set_folder (model, folder);
  set_problem (model, problem, error);
  return model;
}

/* A known model: described by its two files once they are there, by what is
 * known of them before. */
static DotModel *
model_new_known (const char *id, GError **error)
{
  g_autofree char *folder   = dot_known_find_folder (id);
  DotManifest     *manifest = dot_known_read (id, folder);
  DotModel        *model    = dot_model_new (id, manifest);
  GError          *problem  = NULL;

  set_folder (model, folder);
  if (dot_known_check (id, manifest, &problem))
    dot_manifest_describe (manifest, NULL, &problem);
  set_problem (model, problem, error);
  return model;
}

/* Whether it is a public one without its files. */
static gboolean
is_missing (const DotModel *model)
{
  return ! model->package && model->problem;
}

/* What is there comes before what could be. */
static int
compare_models (gconstpointer a, gconstpointer b)
{
  const DotModel *first  = *(DotModel **) a;
  const DotModel *second = *(DotModel **) b;

  if (is_missing (first) != is_missing (second))
    return is_missing (first) ? 1 : -1;
  return strcmp (first->id, second->id);
}

static void
list_folder (GPtrArray *models, GHashTable *seen, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path     = g_build_filename (folder, name, NULL);
      g_autofree char *manifest = g_build_filename (path, "model.json", NULL);

      /* What is hidden is being made. */
      if (name[0] != '.' && g_file_test (manifest, G_FILE_TEST_EXISTS) &&
          g_hash_table_add (seen, g_strdup (name)))
        g_ptr_array_add (models, model_new_from_folder (path, NULL));
    }
}

static void
list_known (GPtrArray *models, GHashTable *seen)
{
  g_auto (GStrv) ids = dot_known_list ();

  for (guint i = 0; ids[i]; i++)
    if (! g_hash_table_contains (seen, ids[i]))
      g_ptr_array_add (models, model_new_known (ids[i], NULL));
}

/**
 * dot_model_list:
 *
 * Returns: (transfer full) (element-type DotModel): the models in all of the
 *   folders that are searched, by id; of two with one id the first found.
 *   Public models that only wait for their files are behind them.
 *   dot_model_get_problem() tells those that can't be used.
 */
GPtrArray *
dot_model_list (void)
{
  GPtrArray *models           = g_ptr_array_new_with_free_func ((GDestroyNotify) dot_model_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) folders      = dot_paths_get_model_folders ();

  for (guint i = 0; folders[i]; i++)
    list_folder (models, seen, folders[i]);
  list_known (models, seen);

  g_ptr_array_sort (models, compare_models);
  return models;
}

/* The folder of a model's id, or of a path to a folder or its model.json. */
static char *
find_folder (const char *id)
{
  g_auto (GStrv) folders = dot_paths_get_model_folders ();

  if (g_str_has_suffix (id, "/model.json"))
    return g_path_get_dirname (id);
  if (strchr (id, '/') && g_file_test (id, G_FILE_TEST_IS_DIR))
    return g_canonicalize_filename (id, NULL);

  for (guint i = 0; *id && ! strchr (id, '/') && folders[i]; i++)
    {
      g_autofree char *folder   = g_build_filename (folders[i], id, NULL);
      g_autofree char *manifest = g_build_filename (folder, "model.json", NULL);

      if (g_file_test (manifest, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&folder);
    }
  return NULL;
}

static gpointer
fail_unknown (const char *id, GError **error)
{
  g_autoptr (GPtrArray) models = dot_model_list ();
  g_autoptr (GString) known    = g_string_new (NULL);
  g_autofree char *shown       = g_filename_display_name (id);

  for (guint i = 0; i < models->len; i++)
    g_string_append_printf (known, "%s%s", i ? ", " : "", dot_model_get_id (models->pdata[i]));

  if (models->len > 0)
    g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND,
                 _ ("The model “%s” is not there: take one of %s, or put it "
                    "into %s/dot-refine/models."),
                 shown, known->str, g_get_user_data_dir ());
  else
    g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND,
                 _ ("The model “%s” is not there: put it into "
                    "%s/dot-refine/models, or install DOT Refine again."),
                 shown, g_get_user_data_dir ());
  return NULL;
}

/**
 * dot_model_find:
 * @id: the name of its folder, or a path to the folder or its model.json
 *
 * Returns: (transfer full): the model, without its weights
 */
DotModel *
dot_model_find (const char *id, GError **error)
{
  g_autofree char *folder  = find_folder (id);
  g_autofree char *known   = folder ? NULL : dot_known_find_folder (id);
  GError          *problem = NULL;
  DotModel        *model;

  if (! folder && ! known)
    return fail_unknown (id, error);

  model = folder ? model_new_from_folder (folder, &problem) : model_new_known (id, &problem);
  if (problem)
    {
      g_propagate_error (error, problem);
      g_clear_pointer (&model, dot_model_unref);
    }
  return model;
}
