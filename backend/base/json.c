/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* Small files that the program keeps for itself: read with a look at what
 * they are and how large, and parsed with a look at what they say they are.
 * Errors are reasons, "it is damaged"; who asked makes a sentence of them. */

#include "config.h"

#include "json.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

static gboolean
fail (GIOErrorEnum code, const char *reason, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, code, reason);

  return FALSE;
}

static gboolean
fail_errno (int number, GError **error)
{
  return fail (g_io_error_from_errno (number), g_strerror (number), error);
}

/* A device or a pipe has no size, and reading one may never end. */
static gboolean
check_size (int fd, gsize largest, gsize *size, GError **error)
{
  struct stat info;

  if (fstat (fd, &info) != 0)
    return fail_errno (errno, error);
  if (! S_ISREG (info.st_mode))
    return fail (G_IO_ERROR_NOT_REGULAR_FILE, _ ("it is no file"), error);
  if ((guint64) info.st_size > largest)
    return fail (G_IO_ERROR_INVALID_DATA, _ ("it is too large"), error);

  *size = info.st_size;
  return TRUE;
}

/* What it has, and not more than it had when its size was looked at. */
static GBytes *
read_all (int fd, gsize size, GError **error)
{
  g_autofree guint8 *data = g_malloc (size + 1);
  gsize              have = 0;

  while (have < size)
    {
      gssize n = read (fd, data + have, size - have);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          fail_errno (errno, error);
          return NULL;
        }
      if (n == 0)
        break;
      have += n;
    }

  return g_bytes_new_take (g_steal_pointer (&data), have);
}

/**
 * dot_small_file_read:
 * @largest: how many bytes it may have
 * @follow: whether @path may be a symbolic link
 * @error: a #GIOErrorEnum and a reason that is no sentence:
 *   %G_IO_ERROR_NOT_FOUND, %G_IO_ERROR_INVALID_DATA where it is too large
 *
 * Returns: (transfer full): what is in a file
 */
GBytes *
dot_small_file_read (const char *path, gsize largest, gboolean follow, GError **error)
{
  int     flags = O_RDONLY | O_NONBLOCK | O_CLOEXEC | (follow ? 0 : O_NOFOLLOW);
  int     fd    = g_open (path, flags, 0);
  GBytes *bytes = NULL;
  gsize   size;

  if (fd < 0)
    {
      fail_errno (errno, error);
      return NULL;
    }

  if (check_size (fd, largest, &size, error))
    bytes = read_all (fd, size, error);
  g_close (fd, NULL);
  return bytes;
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
  g_autoptr (GBytes) bytes = dot_small_file_read (path, largest, follow, error);

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
