/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* Small files that the program keeps for itself, parsed with a look at what they say they are.
 * Errors are reasons, "it is damaged"; who asked makes a sentence of them. */

#include "config.h"

#include "dot.h"

#include <glib/gi18n-lib.h>

static gboolean
fail (GIOErrorEnum code, const char *reason, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, code, reason);

  return FALSE;
}

static gboolean
check_format (JsonNode *root, const char *format, GError **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  double      version;

  if (! object || g_strcmp0 (dot_json_get_string (object, "format"), format) != 0)
    return fail (G_IO_ERROR_INVALID_DATA, _ ("it is damaged"), error);
  if (! dot_json_get_number (object, "version", 1, 1, &version))
    return fail (G_IO_ERROR_NOT_SUPPORTED, _ ("another version wrote it"), error);
  return TRUE;
}

/**
 * dot_json_file_parse:
 * @format: what its member "format" must be; "version" must be 1
 * @error: %G_IO_ERROR_INVALID_DATA, or %G_IO_ERROR_NOT_SUPPORTED where it is of
 *   another version, and a reason that is no sentence
 *
 * Returns: (transfer full): the object in it
 */
JsonObject *
dot_json_file_parse (GBytes *bytes, const char *format, GError **error)
{
  /* Not an immutable one: json-glib aborts where a text has two roots. */
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize       size;
  const char *text = g_bytes_get_data (bytes, &size);
  JsonNode   *root = NULL;

  if (size > 0 && json_parser_load_from_data (parser, text, size, NULL))
    root = json_parser_get_root (parser);
  if (! root)
    {
      fail (G_IO_ERROR_INVALID_DATA, _ ("it is damaged"), error);
      return NULL;
    }

  return check_format (root, format, error) ? json_node_dup_object (root) : NULL;
}

/**
 * dot_json_file_read:
 * @largest: how many bytes it may have
 * @follow: whether @path may be a symbolic link
 * @format: what its member "format" must be; "version" must be 1
 * @error: a #GIOErrorEnum and a reason that is no sentence
 *
 * Returns: (transfer full): the object in a file
 */
JsonObject *
dot_json_file_read (const char *path,
                    gsize       largest,
                    gboolean    follow,
                    const char *format,
                    GError    **error)
{
  g_autoptr (GBytes) bytes = dot_whole_file_read (path, largest, follow, error);

  return bytes ? dot_json_file_parse (bytes, format, error) : NULL;
}

/*  members, whatever is there in their place  */

/**
 * dot_json_get_string:
 *
 * Returns: (nullable): a member that is text
 */
const char *
dot_json_get_string (JsonObject *object, const char *member)
{
  return json_object_get_string_member_with_default (object, member, NULL);
}

/**
 * dot_json_get_object:
 *
 * Returns: (nullable) (transfer none): a member that is an object
 */
JsonObject *
dot_json_get_object (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * dot_json_get_array:
 *
 * Returns: (nullable) (transfer none): a member that is an array
 */
JsonArray *
dot_json_get_array (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/**
 * dot_json_get_element:
 *
 * Returns: (nullable) (transfer none): an element that is an object
 */
JsonObject *
dot_json_get_element (JsonArray *array, guint index)
{
  JsonNode *node = json_array_get_element (array, index);

  return node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * dot_json_get_number:
 * @value: (out): a member that is a number from @smallest to @largest
 *
 * Returns: whether it is there
 */
gboolean
dot_json_get_number (JsonObject *object,
                     const char *member,
                     double      smallest,
                     double      largest,
                     double     *value)
{
  JsonNode *node = json_object_get_member (object, member);
  GType type = node && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_NONE;

  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return FALSE;

  *value = json_node_get_double (node);
  return *value >= smallest && *value <= largest;
}
