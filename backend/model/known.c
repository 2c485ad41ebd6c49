/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Pairs that others published, which can't ship with the program: the list
 * models/known-models.json says what they are and where they are found.
 * Their two files in a folder of the right name are a model, without a
 * model.json. */

#include "known.h"

#include "classes.h"
#include "dot-resources.h"
#include "base/paths.h"

#include "base/intl.h"
#include "base/json.h"

/* (element-type DotJson) */
static GPtrArray *
known_models (void)
{
  static gsize models = 0;

  if (g_once_init_enter (&models))
    {
      g_autoptr (GBytes)
        text = g_resource_lookup_data (dot_get_resource (), "/dot-refine/known-models.json",
                                       G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      g_autoptr (JsonObject)
        root        = dot_json_parse (g_bytes_get_data (text, NULL), g_bytes_get_size (text), NULL);
      DotJson *json = dot_json_new (root, NULL, NULL, NULL);

      g_once_init_leave (&models, (gsize) dot_json_get_objects (json, "models", ""));
    }
  return (GPtrArray *) models;
}

static const char *
get_string (DotJson *known, const char *member)
{
  return dot_json_get_string (known, member, "");
}

static guint
get_count (DotJson *known, const char *member)
{
  return dot_json_get_integer (known, member, 0, 0, G_MAXINT32);
}

static DotJson *
find_known (const char *id)
{
  GPtrArray *models = known_models ();

  for (guint i = 0; i < models->len; i++)
    if (g_strcmp0 (get_string (models->pdata[i], "id"), id) == 0)
      return models->pdata[i];
  return NULL;
}

/**
 * dot_known_list:
 *
 * Returns: (transfer full): the ids of the models that are known
 */
GStrv
dot_known_list (void)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  GPtrArray *models            = known_models ();

  for (guint i = 0; i < models->len; i++)
    g_strv_builder_add (ids, get_string (models->pdata[i], "id"));
  return g_strv_builder_end (ids);
}

static gboolean
has_file (DotJson *known, const char *folder)
{
  for (int i = 0; i < 2; i++)
    {
      g_autofree char *path = g_build_filename (folder, get_string (known, dot_manifest_roles[i]),
                                                NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return TRUE;
    }
  return FALSE;
}

/**
 * dot_known_find_folder:
 *
 * Returns: (transfer full) (nullable): the folder that has files of the
 *   known model @id, or else the one where they belong; %NULL where @id
 *   isn't known
 */
char *
dot_known_find_folder (const char *id)
{
  g_auto (GStrv) folders = dot_paths_get_model_folders ();
  g_autofree char *own   = dot_paths_get_user_models ();
  DotJson         *known = find_known (id);

  if (! known)
    return NULL;

  for (guint i = 0; folders[i]; i++)
    {
      g_autofree char *folder = g_build_filename (folders[i], id, NULL);

      if (has_file (known, folder))
        return g_steal_pointer (&folder);
    }
  return g_build_filename (own, id, NULL);
}

/**
 * dot_known_read:
 * @id: a model that is known
 * @folder: where its files are, or belong
 *
 * Returns: (transfer full): what a model.json would say, but for checksums
 */
DotManifest *
dot_known_read (const char *id, const char *folder)
{
  DotJson     *known    = find_known (id);
  DotManifest *manifest = g_new0 (DotManifest, 1);

  manifest->title        = g_strdup (get_string (known, "title"));
  manifest->license      = g_strdup (get_string (known, "license"));
  manifest->provenance   = g_strdup (get_string (known, "provenance"));
  manifest->architecture = g_strdup (get_string (known, "architecture"));
  manifest->image_size   = get_count (known, "image_size");
  manifest->latent_size  = get_count (known, "latent_size");
  manifest->channels     = 3;
  manifest->prior        = DOT_PRIOR_NORMAL;
  manifest->classes      = dot_classes_new_for_labels (get_count (known, "n_classes"));
  for (int i = 0; i < 2; i++)
    manifest->files[i] = g_build_filename (folder, get_string (known, dot_manifest_roles[i]), NULL);
  return manifest;
}

static gboolean
fail_absent (DotJson *known, const DotManifest *manifest, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (manifest->files[0]);
  g_autofree char *shown  = g_filename_display_name (folder);

  g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND,
               _ ("This model is not here yet: download %s and %s (about %u MB together), which "
                  "the README of %s links as “%s”, and put both into %s, or import them."),
               get_string (known, dot_manifest_roles[0]), get_string (known, dot_manifest_roles[1]),
               get_count (known, "megabytes"), get_string (known, "readme"),
               get_string (known, "link"), shown);
  return FALSE;
}

/**
 * dot_known_check:
 * @manifest: of the known model @id
 *
 * Returns: whether both files are there; @error says how to get them
 */
gboolean
dot_known_check (const char *id, const DotManifest *manifest, GError **error)
{
  gboolean there[2];

  for (int i = 0; i < 2; i++)
    there[i] = g_file_test (manifest->files[i], G_FILE_TEST_EXISTS);
  if (there[0] && there[1])
    return TRUE;

  if (! there[0] && ! there[1])
    return fail_absent (find_known (id), manifest, error);

  g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND,
               _ ("%s is still missing: download it too, and put it beside %s."),
               manifest->files[there[0] ? 1 : 0], manifest->files[there[0] ? 0 : 1]);
  return FALSE;
}
