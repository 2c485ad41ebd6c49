/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#include "manifest.h"

#include "classes.h"
#include "dot-enums.h"
#include "manifest-script.h"

#include "base/intl.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#define VERSION           1
#define MAX_MANIFEST_SIZE (8 * 1024 * 1024)
#define MAX_IMAGE_SIZE    4096
#define MAX_CHANNELS      64
#define MAX_LATENT_SIZE   (1 << 20)
#define MAX_CLASSES       100000

static const char *const file_roles[] = { "generator", "discriminator" };

static gboolean
manifest_fail (const char *path, const char *member, GError **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("%s: “%s” is missing or wrong: correct it or install the "
                  "model again."),
               path, member);
  return FALSE;
}

static JsonObject *
get_object (JsonObject *object, const char *member)
{
  JsonNode *node = object ? json_object_get_member (object, member) : NULL;

  return node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static const char *
get_string (JsonObject *object, const char *member)
{
  JsonNode *node = object ? json_object_get_member (object, member) : NULL;

  return node && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING &&
             dot_line_is_valid (json_node_get_string (node))
           ? json_node_get_string (node)
           : NULL;
}

/* −1 where it is no whole number from 0 to @largest. */
static gint64
get_integer (JsonObject *object, const char *member, gint64 largest)
{
  JsonNode *node = object ? json_object_get_member (object, member) : NULL;
  gint64    value;

  if (! node || ! JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return -1;

  value = json_node_get_int (node);
  return value <= largest ? value : -1;
}

static gboolean
check_version (JsonObject *root, const char *path, GError **error)
{
  return get_integer (root, "version", VERSION) == VERSION ||
         manifest_fail (path, "version", error);
}

/* @needed: whether all must be there. */
static gboolean
parse_texts (DotManifest *manifest,
             JsonObject  *root,
             gboolean     needed,
             const char  *path,
             GError     **error)
{
  struct
  {
    const char *member;
    char      **target;
  } const texts[] = {
    { "title", &manifest->title },
    { "license", &manifest->license },
    { "provenance", &manifest->provenance },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      *texts[i].target = g_strdup (get_string (root, texts[i].member));
      if (! *texts[i].target && (needed || json_object_has_member (root, texts[i].member)))
        return manifest_fail (path, texts[i].member, error);
    }
  return TRUE;
}

static gboolean
parse_architecture (DotManifest *manifest, JsonObject *root, const char *path, GError **error)
{
  const char *other = "discriminator_architecture";

  manifest->architecture = g_strdup (get_string (root, "architecture"));
  if (! manifest->architecture)
    return manifest_fail (path, "architecture", error);

  manifest->discriminator_architecture = g_strdup (get_string (root, other));
  return manifest->discriminator_architecture || ! json_object_has_member (root, other) ||
         manifest_fail (path, other, error);
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
parse_files (DotManifest *manifest,
             JsonObject  *root,
             const char  *folder,
             const char  *path,
             GError     **error)
{
  JsonObject *files = get_object (root, "files");

  for (int i = 0; i < 2; i++)
    {
      JsonObject *file     = get_object (files, file_roles[i]);
      const char *name     = get_string (file, "name");
      const char *checksum = get_string (file, "sha256");

      if (! is_bare_name (name) || ! is_checksum (checksum))
        return manifest_fail (path, file_roles[i], error);
      manifest->files[i]     = g_build_filename (folder, name, NULL);
      manifest->checksums[i] = g_strdup (checksum);
    }
  return TRUE;
}

static gboolean
parse_sizes (DotManifest *manifest, JsonObject *root, const char *path, GError **error)
{
  JsonObject *image    = get_object (root, "image");
  JsonObject *latent   = get_object (root, "latent");
  gint64      size     = get_integer (image, "size", MAX_IMAGE_SIZE);
  gint64      width    = get_integer (latent, "size", MAX_LATENT_SIZE);
  gint64      channels = get_integer (image, "channels", MAX_CHANNELS);
  int         prior;

  if (size < 1 || channels < 1)
    return manifest_fail (path, "image", error);
  if (width < 1 ||
      ! dot_enum_from_nick (DOT_TYPE_PRIOR, "prior", get_string (latent, "prior"), &prior, NULL))
    return manifest_fail (path, "latent", error);

  manifest->image_size  = size;
  manifest->channels    = channels;
  manifest->latent_size = width;
  manifest->prior       = prior;
  return TRUE;
}

/* All of a class is optional, but what is there must be right. */
static gboolean
check_class (JsonObject *object)
{
  if (json_object_has_member (object, "wnid") && ! get_string (object, "wnid"))
    return FALSE;
  if (json_object_has_member (object, "name") && ! get_string (object, "name"))
    return FALSE;
  return ! json_object_has_member (object, "index") ||
         get_integer (object, "index", G_MAXINT32) >= 0;
}

static gboolean
parse_class (DotManifest *manifest, JsonNode *node, guint label)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  DotClass    klass  = {
    0,
  };

  if (! object || ! check_class (object))
    return FALSE;

  dot_classes_init_class (&klass, label, get_string (object, "wnid"), get_string (object, "name"),
                          get_integer (object, "index", G_MAXINT32));
  g_array_append_val (manifest->classes, klass);
  return TRUE;
}

/* Class i is row i of the label tables; no classes: an unconditional pair. */
static gboolean
parse_classes (DotManifest *manifest, JsonObject *root, const char *path, GError **error)
{
  JsonNode  *node    = json_object_get_member (root, "classes");
  JsonArray *classes = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint      n       = classes ? json_array_get_length (classes) : 0;

  if (! classes || n > MAX_CLASSES)
    return manifest_fail (path, "classes", error);
  if (n == 0)
    {
      manifest->classes = dot_classes_new_for_labels (0);
      return TRUE;
    }

  manifest->classes = g_array_new (FALSE, TRUE, sizeof (DotClass));
  for (guint i = 0; i < n; i++)
    if (! parse_class (manifest, json_array_get_element (classes, i), i))
      return manifest_fail (path, "classes", error);
  return TRUE;
}

/* Where no names are known yet their number will do. */
static gboolean
parse_number_of_classes (DotManifest *manifest, JsonObject *root, const char *path, GError **error)
{
  gint64 n = get_integer (root, "classes", MAX_CLASSES);

  if (n < 0)
    return parse_classes (manifest, root, path, error);

  manifest->classes = dot_classes_new_for_labels (n);
  return TRUE;
}

/* 0 where it is no number. */
static double
get_number (JsonNode *node)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_NONE;

  return type == G_TYPE_DOUBLE || type == G_TYPE_INT64 ? json_node_get_double (node) : 0.0;
}

/* TorchScript files say nothing of themselves: model.json says it all. */
static gboolean
parse_script (DotManifest *manifest, JsonObject *root, const char *path, GError **error)
{
  JsonNode   *classes;
  const char *wrong;
  gboolean    has_classes;

  if (! dot_manifest_has_script (manifest))
    return TRUE;
  if (manifest->discriminator_architecture &&
      strcmp (manifest->architecture, manifest->discriminator_architecture) != 0)
    return manifest_fail (path, "discriminator_architecture", error);

  classes     = json_object_get_member (root, "classes");
  has_classes = JSON_NODE_HOLDS_ARRAY (classes)
                  ? json_array_get_length (json_node_get_array (classes)) > 0
                  : json_node_get_int (classes) > 0;
  wrong       = dot_manifest_script_parse (manifest, root, has_classes);
  return ! wrong || manifest_fail (path, wrong, error);
}

/* The constants that were estimated when the model was made, if they were. */
static gboolean
parse_k_eff (DotManifest *manifest, JsonObject *root, const char *path, GError **error)
{
  JsonNode  *node = json_object_get_member (root, "k_eff");
  JsonArray *values;

  if (! node)
    return TRUE;
  if (! JSON_NODE_HOLDS_ARRAY (node))
    return manifest_fail (path, "k_eff", error);
  values = json_node_get_array (node);
  if (json_array_get_length (values) != manifest->classes->len)
    return manifest_fail (path, "k_eff", error);

  manifest->k_eff = g_new0 (double, manifest->classes->len);
  for (guint i = 0; i < manifest->classes->len; i++)
    {
      manifest->k_eff[i] = get_number (json_array_get_element (values, i));
      if (! (manifest->k_eff[i] > 0.0) || ! isfinite (manifest->k_eff[i]))
        return manifest_fail (path, "k_eff", error);
    }
  return TRUE;
}

static gboolean
check_file_size (const char *path, GError **error)
{
  g_autoptr (GFile) file     = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                                  G_FILE_QUERY_INFO_NONE, NULL, NULL);

  if (! info)
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND,
                   _ ("%s is not there: check the path, or install the model "
                      "again."),
                   path);
      return FALSE;
    }
  if (g_file_info_get_size (info) > MAX_MANIFEST_SIZE)
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                   _ ("%s is too large for a model's description: install the "
                      "model again."),
                   path);
      return FALSE;
    }
  return TRUE;
}

static JsonObject *
parse_root (JsonParser *parser, const char *path, GError **error)
{
  JsonNode *root;

  if (! check_file_size (path, error))
    return NULL;

  root = json_parser_load_from_file (parser, path, NULL) ? json_parser_get_root (parser) : NULL;
  if (! root || ! JSON_NODE_HOLDS_OBJECT (root) ||
      g_strcmp0 (get_string (json_node_get_object (root), "format"), "dot-refine-model") != 0)
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                   _ ("%s is no description of a model: install the model "
                      "again."),
                   path);
      return NULL;
    }
  return json_node_get_object (root);
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
  g_autofree char *path = g_build_filename (folder, "model.json", NULL);
  /* Not an immutable one: json-glib aborts where a text has two roots. */
  g_autoptr (JsonParser) parser    = json_parser_new ();
  g_autoptr (DotManifest) manifest = g_new0 (DotManifest, 1);
  JsonObject *root                 = parse_root (parser, path, error);

  if (! root || ! check_version (root, path, error) ||
      ! parse_texts (manifest, root, TRUE, path, error) ||
      ! parse_architecture (manifest, root, path, error) ||
      ! parse_files (manifest, root, folder, path, error) ||
      ! parse_sizes (manifest, root, path, error) ||
      ! parse_classes (manifest, root, path, error) ||
      ! parse_script (manifest, root, path, error) || ! parse_k_eff (manifest, root, path, error))
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
  g_autoptr (JsonParser) parser    = json_parser_new ();
  g_autoptr (DotManifest) manifest = g_new0 (DotManifest, 1);
  JsonObject *root                 = parse_root (parser, path, error);

  if (! root || ! check_version (root, path, error) ||
      ! parse_texts (manifest, root, FALSE, path, error) ||
      ! parse_architecture (manifest, root, path, error) ||
      (json_object_has_member (root, "files") &&
       ! parse_files (manifest, root, folder, path, error)) ||
      ! parse_sizes (manifest, root, path, error) ||
      ! parse_number_of_classes (manifest, root, path, error) ||
      ! parse_script (manifest, root, path, error))
    return NULL;
  return g_steal_pointer (&manifest);
}
