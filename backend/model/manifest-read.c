/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "manifest.h"

#include "classes.h"
#include "dot-enums.h"
#include "manifest-script.h"

#include "base/intl.h"
#include "base/json.h"
#include "base/whole-file.h"

#include <errno.h>
#include <float.h>
#include <string.h>

#define FORMAT            "dot-refine-model"
#define VERSION           1
#define MAX_MANIFEST_SIZE (8 * 1024 * 1024)
#define MAX_IMAGE_SIZE    4096
#define MAX_CHANNELS      64
#define MAX_LATENT_SIZE   (1 << 20)
#define MAX_CLASSES       100000
#define MIN_PSI           0.01

static void
report_wrong (const char *path,
              const char *inside,
              const char *member,
              const char *must_be,
              GError    **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("%s: “%s” is missing or wrong: correct it or install the model again."), path,
               *inside ? inside : member);
}

static const DotJsonSentences sentences = { .wrong = report_wrong };

static void
parse_texts (DotManifest *manifest, DotJson *json)
{
  manifest->title      = g_strdup (dot_json_get_line (json, "title", NULL));
  manifest->license    = g_strdup (dot_json_get_line (json, "license", NULL));
  manifest->provenance = g_strdup (dot_json_get_line (json, "provenance", NULL));
}

static gboolean
parse_architecture (DotManifest *manifest, DotJson *json)
{
  const char *generator     = dot_json_get_line (json, "architecture", NULL);
  const char *discriminator = dot_json_get_line (json, "discriminator_architecture", NULL);

  manifest->architecture               = g_strdup (generator);
  manifest->discriminator_architecture = g_strdup (discriminator);
  return dot_json_need (json, "architecture", NULL);
}

static gboolean
is_checksum (const char *text)
{
  return text && strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

/* A name may not lead out of the model's folder. */
static gboolean
is_bare_name (const char *name)
{
  return name && *name && ! strchr (name, '/') && name[0] != '.';
}

static gboolean
parse_file (DotManifest *manifest, DotJson *files, guint i, const char *folder)
{
  g_autoptr (DotJson)
    file               = dot_json_get_object (files, dot_manifest_roles[i], dot_manifest_roles[i]);
  const char *name     = dot_json_get_line (file, "name", NULL);
  const char *checksum = dot_json_get_line (file, "sha256", NULL);

  if (! is_bare_name (name) || ! is_checksum (checksum))
    return dot_json_fail (file, dot_manifest_roles[i], NULL);

  manifest->files[i]     = g_build_filename (folder, name, NULL);
  manifest->checksums[i] = g_strdup (checksum);
  return TRUE;
}

static gboolean
parse_files (DotManifest *manifest, DotJson *json, const char *folder)
{
  g_autoptr (DotJson) files = NULL;
  JsonNode *node            = dot_json_get_node (json, "files");

  if (! node || ! JSON_NODE_HOLDS_OBJECT (node))
    return dot_json_fail (json, dot_manifest_roles[0], NULL);

  files = dot_json_get_object (json, "files", "");
  return parse_file (manifest, files, 0, folder) && parse_file (manifest, files, 1, folder);
}

static gboolean
parse_sizes (DotManifest *manifest, DotJson *json)
{
  g_autoptr (DotJson) image  = dot_json_get_object (json, "image", "image");
  g_autoptr (DotJson) latent = dot_json_get_object (json, "latent", "latent");

  manifest->image_size  = dot_json_get_integer (image, "size", 0, 1, MAX_IMAGE_SIZE);
  manifest->channels    = dot_json_get_integer (image, "channels", 0, 1, MAX_CHANNELS);
  manifest->latent_size = dot_json_get_integer (latent, "size", 0, 1, MAX_LATENT_SIZE);
  manifest->prior       = dot_json_get_enum (latent, "prior", DOT_TYPE_PRIOR, DOT_PRIOR_NORMAL);
  manifest->psi         = dot_json_get_number (latent, "psi", 0.0, MIN_PSI, 1.0);
  return dot_json_need (image, "size", "channels", NULL) &&
         dot_json_need (latent, "size", "prior", NULL);
}

/* All of a class is optional, but what is there must be right. */
static gboolean
parse_class (DotManifest *manifest, DotJson *json, guint label)
{
  DotClass klass = {
    0,
  };

  dot_classes_init_class (&klass, label, dot_json_get_line (json, "wnid", NULL),
                          dot_json_get_line (json, "name", NULL),
                          dot_json_get_integer (json, "index", -1, 0, G_MAXINT32));
  g_array_append_val (manifest->classes, klass);
  return dot_json_is_right (json);
}

/* Class i is row i of the label tables; no classes: an unconditional pair. */
static gboolean
parse_classes (DotManifest *manifest, DotJson *json)
{
  g_autoptr (GPtrArray) classes = dot_json_get_objects (json, "classes", "classes");

  if (! dot_json_need (json, "classes", NULL))
    return FALSE;
  if (classes->len > MAX_CLASSES)
    return dot_json_fail (json, "classes", NULL);
  if (classes->len == 0)
    {
      manifest->classes = dot_classes_new_for_labels (0);
      return TRUE;
    }

  manifest->classes = g_array_new (FALSE, TRUE, sizeof (DotClass));
  for (guint i = 0; i < classes->len; i++)
    if (! parse_class (manifest, classes->pdata[i], i))
      return FALSE;
  return TRUE;
}

/* Where no names are known yet their number will do. */
static gboolean
parse_number_of_classes (DotManifest *manifest, DotJson *json)
{
  JsonNode *node = dot_json_get_node (json, "classes");

  if (! node || JSON_NODE_HOLDS_ARRAY (node))
    return parse_classes (manifest, json);

  manifest->classes = dot_classes_new_for_labels (
    dot_json_get_integer (json, "classes", 0, 0, MAX_CLASSES));
  return dot_json_is_right (json);
}

/* TorchScript files say nothing of themselves: model.json says it all. */
static gboolean
parse_script (DotManifest *manifest, DotJson *json)
{
  JsonNode *classes = dot_json_get_node (json, "classes");
  gboolean  has_classes;

  if (! dot_manifest_has_script (manifest))
    return TRUE;
  if (manifest->discriminator_architecture &&
      strcmp (manifest->architecture, manifest->discriminator_architecture) != 0)
    return dot_json_fail (json, "discriminator_architecture", NULL);

  has_classes = JSON_NODE_HOLDS_ARRAY (classes)
                  ? json_array_get_length (json_node_get_array (classes)) > 0
                  : json_node_get_int (classes) > 0;
  return dot_manifest_script_parse (manifest, json, has_classes);
}

/* The constants that were estimated when the model was made, if they were. */
static gboolean
parse_k_eff (DotManifest *manifest, DotJson *json)
{
  g_autoptr (GArray) values = dot_json_get_numbers (json, "k_eff", DBL_TRUE_MIN, DBL_MAX);

  if (! values)
    return dot_json_is_right (json);
  if (values->len != manifest->classes->len)
    return dot_json_fail (json, "k_eff", NULL);

  manifest->k_eff = (double *) g_array_steal (values, NULL);
  return TRUE;
}

/* What the makers of the pair would show of it. */
static gboolean
parse_first (DotManifest *manifest, DotJson *json)
{
  g_autoptr (DotJson) first = dot_json_get_object (json, "first", "first");
  guint n_labels            = MAX (manifest->classes->len, 1);

  manifest->has_first   = dot_json_has (json, "first");
  manifest->first_label = dot_json_get_integer (first, "label", 0, 0, n_labels - 1);
  manifest->first_seed  = dot_json_get_integer (first, "seed", 0, 0, G_MAXINT32);
  return dot_json_is_right (json);
}

/* @reason: (nullable): why it couldn't be read */
static void
report_unreadable (const char *path, const GError *reason, GError **error)
{
  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                 _ ("%s is too large for a model's description: install the model again."), path);
  else if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    dot_whole_file_fail_open (path, ENOENT, error);
  else if (reason)
    g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND,
                 _ ("%s can't be opened (%s): check the path and its permissions."), path,
                 reason->message);
  else
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                 _ ("%s is no JSON of a model: correct it, or install the model again."), path);
}

static gboolean
check_format (JsonObject *root, const char *path, GError **error)
{
  g_autoptr (DotJson) json = dot_json_new (root, NULL, NULL, NULL);

  if (g_strcmp0 (dot_json_get_string (json, "format", NULL), FORMAT) == 0)
    return TRUE;
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("%s doesn't say \"format\": \"%s\": if it describes a model, add that line."), path,
               FORMAT);
  return FALSE;
}

static JsonObject *
read_root (const char *path, GError **error)
{
  g_autoptr (GError) reason   = NULL;
  g_autoptr (GBytes) bytes    = dot_whole_file_read (path, MAX_MANIFEST_SIZE, TRUE, &reason);
  g_autoptr (JsonObject) root = NULL;

  if (bytes)
    root = dot_json_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);
  if (root)
    return check_format (root, path, error) ? g_steal_pointer (&root) : NULL;
  report_unreadable (path, reason, error);
  return NULL;
}

/* What all descriptions say. */
static gboolean
parse_pair (DotManifest *manifest, DotJson *json)
{
  dot_json_get_integer (json, "version", 0, VERSION, VERSION);
  manifest->relative_scores = dot_json_get_boolean (json, "score_is_relative", FALSE);
  manifest->deviation       = dot_json_get_number (json, "batch_deviation", 0.0, DBL_MIN, FLT_MAX);
  parse_texts (manifest, json);
  manifest->ignores_class = dot_json_get_boolean (json, "score_ignores_class", FALSE);
  return dot_json_need (json, "version", NULL) && parse_architecture (manifest, json) &&
         parse_sizes (manifest, json);
}

/**
 * dot_manifest_read:
 * @folder: of a model
 *
 * Returns: (transfer full): its model.json (docs/formats.md)
 */
DotManifest *
dot_manifest_read (const char *folder, GError **error)
{
  g_autofree char *path            = g_build_filename (folder, "model.json", NULL);
  g_autoptr (DotManifest) manifest = g_new0 (DotManifest, 1);
  g_autoptr (JsonObject) root      = read_root (path, error);
  g_autoptr (DotJson) json         = root ? dot_json_new (root, path, &sentences, error) : NULL;

  if (! json || ! dot_json_need (json, "version", "title", "license", "provenance", NULL) ||
      ! parse_pair (manifest, json) || ! parse_files (manifest, json, folder) ||
      ! parse_classes (manifest, json) || ! parse_script (manifest, json) ||
      ! parse_k_eff (manifest, json) || ! parse_first (manifest, json))
    return NULL;
  return g_steal_pointer (&manifest);
}

/**
 * dot_manifest_read_description:
 * @path: a file like model.json
 *
 * Reads what describes a pair before it is a model: the texts and the files
 * may be missing, and "classes" may be their number.
 *
 * Returns: (transfer full):
 */
DotManifest *
dot_manifest_read_description (const char *path, GError **error)
{
  g_autofree char *folder          = g_path_get_dirname (path);
  g_autoptr (DotManifest) manifest = g_new0 (DotManifest, 1);
  g_autoptr (JsonObject) root      = read_root (path, error);
  g_autoptr (DotJson) json         = root ? dot_json_new (root, path, &sentences, error) : NULL;

  if (! json || ! parse_pair (manifest, json) ||
      (dot_json_has (json, "files") && ! parse_files (manifest, json, folder)) ||
      ! parse_number_of_classes (manifest, json) || ! parse_script (manifest, json))
    return NULL;
  return g_steal_pointer (&manifest);
}

/* Without the names of files it is about all that lie there. */
static gboolean
is_about (const DotManifest *manifest, const char *file, guint role)
{
  g_autofree char *name  = g_path_get_basename (file);
  g_autofree char *named = manifest->files[role] ? g_path_get_basename (manifest->files[role])
                                                 : NULL;

  return ! named || strcmp (name, named) == 0;
}

/**
 * dot_manifest_read_beside:
 * @file: a generator's or a discriminator's
 * @role: 0 for a generator, 1 for a discriminator
 *
 * Returns: (transfer full) (nullable): what the model.json in its folder says,
 *   where there is one of ours about that file; %NULL with @error only where
 *   that is wrong
 */
DotManifest *
dot_manifest_read_beside (const char *file, guint role, GError **error)
{
  g_autofree char *folder          = g_path_get_dirname (file);
  g_autofree char *path            = g_build_filename (folder, "model.json", NULL);
  g_autoptr (JsonObject) root      = read_root (path, NULL);
  g_autoptr (DotManifest) manifest = root ? dot_manifest_read_description (path, error) : NULL;

  return manifest && is_about (manifest, file, role) ? g_steal_pointer (&manifest) : NULL;
}
