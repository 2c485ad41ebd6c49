/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Pairs that others published, which can't ship with the program: the list
 * models/known-models.json says what they are and where they are found.
 * Their two files, or the one that has both networks, in a folder of the right
 * name are a model, without a model.json. */

#include "known.h"

#include "classes.h"
#include "dot-resources.h"
#include "base/paths.h"

#include "base/intl.h"
#include "base/json.h"

#include <string.h>

/* Another list than the program's own. */
#define VARIABLE "DOT_REFINE_KNOWN_MODELS"
#define MAX_LIST (1024 * 1024)

/* Of a sha256, in hexadecimal: fewer digits say nothing, and it has no more. */
#define MIN_DIGITS 8
#define MAX_DIGITS 64

static GBytes *
read_list (void)
{
  const char *path = g_getenv (VARIABLE);
  GBytes     *text = path ? dot_whole_file_read (path, MAX_LIST, TRUE, NULL) : NULL;

  return text ? text
              : g_resource_lookup_data (dot_get_resource (), "/dot-refine/known-models.json",
                                        G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}

/* (element-type DotJson) */
static GPtrArray *
known_models (void)
{
  static gsize models = 0;

  if (g_once_init_enter (&models))
    {
      g_autoptr (GBytes) text = read_list ();
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

/* What a network's file is called; some have both in one. */
static const char *
get_file (DotJson *known, guint role)
{
  return dot_json_get_string (known, "file", get_string (known, dot_manifest_roles[role]));
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
      g_autofree char *path = g_build_filename (folder, get_file (known, i), NULL);

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

/* A name that leads nowhere else, and all that is needed to know the file. */
static gboolean
is_fetchable (const DotKnownFile *file)
{
  gsize digits = strspn (file->sum, "0123456789abcdef");

  if (! *file->name || strchr (file->name, '/') || *file->name == '.' || file->bytes == 0 ||
      ! file->addresses || file->sum[digits] || digits < MIN_DIGITS || digits > MAX_DIGITS)
    return FALSE;
  for (guint i = 0; file->addresses[i]; i++)
    if (! g_uri_is_valid (file->addresses[i], G_URI_FLAGS_NONE, NULL))
      return FALSE;
  return TRUE;
}

/**
 * dot_known_get_file:
 * @file: (out): for dot_known_file_clear()
 *
 * Returns: whether @id is a known model that is one file, which can be fetched
 */
gboolean
dot_known_get_file (const char *id, DotKnownFile *file)
{
  DotJson *known = find_known (id);

  *file = (DotKnownFile) { NULL };
  if (! known)
    return FALSE;

  file->name      = get_string (known, "file");
  file->sum       = get_string (known, "sha256");
  file->readme    = get_string (known, "readme");
  file->bytes     = (guint64) 1000000 * get_count (known, "megabytes");
  file->addresses = dot_json_get_strings (known, "addresses");
  if (is_fetchable (file))
    return TRUE;
  dot_known_file_clear (file);
  return FALSE;
}

void
dot_known_file_clear (DotKnownFile *file)
{
  g_strfreev (file->addresses);
  *file = (DotKnownFile) { NULL };
}

/* ImageNet's have names anyway. */
static GArray *
list_classes (DotJson *known)
{
  guint   n            = get_count (known, "n_classes");
  GArray *classes      = dot_classes_new_for_labels (n);
  g_auto (GStrv) names = dot_json_get_strings (known, "classes");

  for (guint i = 0; names && i < n && g_strv_length (names) == n; i++)
    dot_classes_init_class (&g_array_index (classes, DotClass, i), i, NULL, names[i], -1);
  return classes;
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
  manifest->classes      = list_classes (known);
  for (int i = 0; i < 2; i++)
    manifest->files[i] = g_build_filename (folder, get_file (known, i), NULL);
  return manifest;
}

static void
fail_not_fetched (DotJson *known, const char *folder, GError **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND,
               _ ("This model is not here yet: fetch it (about %u MB) with “Download” in the list "
                  "of models or with “dot-refine download %s”, or put %s into %s."),
               get_count (known, "megabytes"), get_string (known, "id"), get_file (known, 0),
               folder);
}

static gboolean
fail_absent (DotJson *known, const DotManifest *manifest, GError **error)
{
  g_autofree char *folder    = g_path_get_dirname (manifest->files[0]);
  g_autofree char *shown     = g_filename_display_name (folder);
  g_auto (DotKnownFile) file = { NULL };

  if (dot_known_get_file (get_string (known, "id"), &file))
    {
      fail_not_fetched (known, shown, error);
      return FALSE;
    }
  g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND,
               _ ("This model is not here yet: download %s and %s (about %u MB together), which "
                  "the README of %s links as “%s”, and put both into %s, or import them."),
               get_file (known, 0), get_file (known, 1), get_count (known, "megabytes"),
               get_string (known, "readme"), get_string (known, "link"), shown);
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
