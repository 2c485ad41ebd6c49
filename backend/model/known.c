/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* Pairs that others published, which can't ship with the program: the list
 * models/known-models.json says what they are and where they are found.
 * Their two files in a folder of the right name are a model, without a
 * model.json. */

#include "known.h"

#include "classes.h"
#include "dot-resources.h"
#include "base/paths.h"

#include "base/intl.h"

#include <json-glib/json-glib.h>

static const char *const file_roles[] = { "generator", "discriminator" };

static JsonArray *
known_models (void)
{
  static gsize      loaded = 0;
  static JsonArray *models = NULL;

  if (g_once_init_enter (&loaded))
    {
      g_autoptr (JsonParser) parser = json_parser_new ();
      g_autoptr (GBytes)
        text = g_resource_lookup_data (dot_get_resource (), "/dot-refine/known-models.json",
                                       G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

      if (json_parser_load_from_data (parser, g_bytes_get_data (text, NULL),
                                      g_bytes_get_size (text), NULL))
        models = json_array_ref (json_node_get_array (json_parser_get_root (parser)));
      else
        models = json_array_new ();
      g_once_init_leave (&loaded, 1);
    }

  return models;
}

static JsonObject *
find_known (const char *id)
{
  JsonArray *models = known_models ();

  for (guint i = 0; i < json_array_get_length (models); i++)
    {
      JsonObject *known = json_array_get_object_element (models, i);

      if (g_strcmp0 (json_object_get_string_member (known, "id"), id) == 0)
        return known;
    }
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
  JsonArray *models            = known_models ();

  for (guint i = 0; i < json_array_get_length (models); i++)
    g_strv_builder_add (ids,
                        json_object_get_string_member (json_array_get_object_element (models, i),
                                                       "id"));
  return g_strv_builder_end (ids);
}

static gboolean
has_file (JsonObject *known, const char *folder)
{
  for (int i = 0; i < 2; i++)
    {
      g_autofree char *path = g_build_filename (folder,
                                                json_object_get_string_member (known,
                                                                               file_roles[i]),
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
  JsonObject      *known = find_known (id);

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

static char *
get_text (JsonObject *known, const char *member)
{
  return g_strdup (json_object_get_string_member (known, member));
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
  JsonObject  *known    = find_known (id);
  DotManifest *manifest = g_new0 (DotManifest, 1);

  manifest->title        = get_text (known, "title");
  manifest->license      = get_text (known, "license");
  manifest->provenance   = get_text (known, "provenance");
  manifest->architecture = get_text (known, "architecture");
  manifest->image_size   = json_object_get_int_member (known, "image_size");
  manifest->latent_size  = json_object_get_int_member (known, "latent_size");
  manifest->channels     = 3;
  manifest->prior        = DOT_PRIOR_NORMAL;
  manifest->classes = dot_classes_new_for_labels (json_object_get_int_member (known, "n_classes"));
  for (int i = 0; i < 2; i++)
    manifest->files[i] = g_build_filename (folder,
                                           json_object_get_string_member (known, file_roles[i]),
                                           NULL);
  return manifest;
}

static gboolean
fail_absent (JsonObject *known, const DotManifest *manifest, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (manifest->files[0]);
  g_autofree char *shown  = g_filename_display_name (folder);

  g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND,
               _ ("This model is not here yet: download %s and %s (about %u MB together), "
                  "which the README of %s links as “%s”, and put both into %s, or import "
                  "them."),
               json_object_get_string_member (known, file_roles[0]),
               json_object_get_string_member (known, file_roles[1]),
               (guint) json_object_get_int_member (known, "megabytes"),
               json_object_get_string_member (known, "readme"),
               json_object_get_string_member (known, "link"), shown);
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
               _ ("%s is still missing: download it too, and put it beside "
                  "%s."),
               manifest->files[there[0] ? 1 : 0], manifest->files[there[0] ? 0 : 1]);
  return FALSE;
}
