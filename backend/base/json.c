/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* All JSON of the program is read here; who asks says what a mistake is
 * called. */

#include "json.h"

#include "intl.h"

#include <math.h>

struct _DotJson
{
  DotJson                *root;
  JsonObject             *object;
  const char             *inside;
  GHashTable             *known;
  const char             *file;
  const DotJsonSentences *sentences;
  GError                **error;
  gboolean                failed;
};

/*  texts and files  */

static gboolean
fail (GIOErrorEnum code, const char *reason, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, code, reason);
  return FALSE;
}

static JsonObject *
get_root (JsonParser *parser, GError **error)
{
  JsonNode *root = json_parser_get_root (parser);

  if (root && JSON_NODE_HOLDS_OBJECT (root))
    return json_node_dup_object (root);

  fail (G_IO_ERROR_INVALID_DATA, _ ("it is damaged"), error);
  return NULL;
}

/**
 * dot_json_parse:
 * @error: a reason that is no sentence; %G_IO_ERROR_INVALID_DATA where @text is
 *   JSON, but no object
 *
 * Returns: (transfer full): the object in @text
 */
JsonObject *
dot_json_parse (const char *text, gsize size, GError **error)
{
  /* Not an immutable one: json-glib aborts where a text has two roots. */
  g_autoptr (JsonParser) parser = json_parser_new ();

  if (size > 0 && ! json_parser_load_from_data (parser, text, size, error))
    return NULL;
  return get_root (parser, error);
}

/**
 * dot_json_read:
 * @error: a reason that is no sentence; %G_IO_ERROR_INVALID_DATA where the file
 *   is JSON, but no object
 *
 * Returns: (transfer full): the object in a file
 */
JsonObject *
dot_json_read (const char *path, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();

  return json_parser_load_from_file (parser, path, error) ? get_root (parser, error) : NULL;
}

static gboolean
check_format (JsonObject *object, const char *format, GError **error)
{
  g_autoptr (DotJson) json = dot_json_new (object, NULL, NULL, NULL);

  if (g_strcmp0 (dot_json_get_string (json, "format", NULL), format) != 0)
    return fail (G_IO_ERROR_INVALID_DATA, _ ("it is damaged"), error);
  if (dot_json_get_number (json, "version", 0, 1, 1) != 1)
    return fail (G_IO_ERROR_NOT_SUPPORTED, _ ("another version wrote it"), error);
  return TRUE;
}

/**
 * dot_json_parse_format:
 * @format: what its member "format" must be; "version" must be 1
 * @error: %G_IO_ERROR_INVALID_DATA, or %G_IO_ERROR_NOT_SUPPORTED where it is of
 *   another version, and a reason that is no sentence
 *
 * Returns: (transfer full): the object in @text
 */
JsonObject *
dot_json_parse_format (const char *text, gsize size, const char *format, GError **error)
{
  g_autoptr (JsonObject) object = dot_json_parse (text, size, NULL);

  if (! object)
    fail (G_IO_ERROR_INVALID_DATA, _ ("it is damaged"), error);
  return object && check_format (object, format, error) ? g_steal_pointer (&object) : NULL;
}

/**
 * dot_json_read_format:
 * @largest: how many bytes it may have
 * @follow: whether @path may be a symbolic link
 * @format: what its member "format" must be; "version" must be 1
 * @error: a #GIOErrorEnum and a reason that is no sentence
 *
 * Returns: (transfer full): the object in a file
 */
JsonObject *
dot_json_read_format (const char *path,
                      gsize       largest,
                      gboolean    follow,
                      const char *format,
                      GError    **error)
{
  g_autoptr (GBytes) bytes = dot_whole_file_read (path, largest, follow, error);
  gsize       size         = 0;
  const char *text         = bytes ? g_bytes_get_data (bytes, &size) : NULL;

  return bytes ? dot_json_parse_format (text, size, format, error) : NULL;
}

/*  reading  */

static void
report_damaged (const char *file,
                const char *inside,
                const char *key,
                const char *must_be,
                GError    **error)
{
  fail (G_IO_ERROR_INVALID_DATA, _ ("it is damaged"), error);
}

/**
 * dot_json_new:
 * @object: (nullable): with no members where it is %NULL
 * @file: (nullable): for the sentences
 * @sentences: (nullable): where it is %NULL the @error is
 *   %G_IO_ERROR_INVALID_DATA, and "it is damaged"
 *
 * The strings, and those of dot_json_get_object(), must live as long.
 *
 * Returns: (transfer full): the whole of a text, to be read
 */
DotJson *
dot_json_new (JsonObject             *object,
              const char             *file,
              const DotJsonSentences *sentences,
              GError                **error)
{
  static const DotJsonSentences damaged = { .wrong = report_damaged };
  DotJson                      *json    = g_new0 (DotJson, 1);

  json->root      = json;
  json->object    = object ? json_object_ref (object) : NULL;
  json->inside    = "";
  json->file      = file;
  json->sentences = sentences ? sentences : &damaged;
  json->error     = error;
  if (json->sentences->unknown)
    json->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return json;
}

static DotJson *
new_inside (DotJson *parent, JsonObject *object, const char *inside)
{
  DotJson *json = dot_json_new (object, parent->root->file, parent->root->sentences, NULL);

  json->root   = parent->root;
  json->inside = inside;
  return json;
}

void
dot_json_free (DotJson *json)
{
  if (! json)
    return;

  g_clear_pointer (&json->object, json_object_unref);
  g_clear_pointer (&json->known, g_hash_table_unref);
  g_free (json);
}

/**
 * dot_json_fail:
 * @must_be: (nullable): "a number from 0 to 1"
 *
 * Says that a member is wrong, if none was before.
 *
 * Returns: %FALSE
 */
gboolean
dot_json_fail (DotJson *json, const char *key, const char *must_be)
{
  DotJson *root = json->root;

  if (! root->failed)
    root->sentences->wrong (root->file, json->inside, key, must_be, root->error);
  root->failed = TRUE;
  return FALSE;
}

/**
 * dot_json_is_right:
 *
 * Returns: whether nothing that was read of the text was wrong
 */
gboolean
dot_json_is_right (DotJson *json)
{
  return ! json->root->failed;
}

/**
 * dot_json_check_keys:
 *
 * Fails where the object has a key that wasn't asked for, so that a mistyped
 * one is no silent default.
 */
gboolean
dot_json_check_keys (DotJson *json)
{
  DotJson *root             = json->root;
  g_autoptr (GList) members = json->object ? json_object_get_members (json->object) : NULL;

  for (GList *link = members; link && ! root->failed; link = link->next)
    if (! g_hash_table_contains (json->known, link->data))
      {
        root->failed = TRUE;
        root->sentences->unknown (root->file, json->inside, link->data, root->error);
      }
  return ! root->failed;
}

/**
 * dot_json_get_node:
 *
 * Returns: (nullable) (transfer none): a member, whatever it is
 */
JsonNode *
dot_json_get_node (DotJson *json, const char *key)
{
  if (json->known)
    g_hash_table_add (json->known, g_strdup (key));
  return json->object ? json_object_get_member (json->object, key) : NULL;
}

/**
 * dot_json_list_keys:
 *
 * Returns: (transfer full): all that the object has
 */
GStrv
dot_json_list_keys (DotJson *json)
{
  g_autoptr (GList) members     = json->object ? json_object_get_members (json->object) : NULL;
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();

  for (GList *link = members; link; link = link->next)
    g_strv_builder_add (keys, link->data);
  return g_strv_builder_end (keys);
}

gboolean
dot_json_has (DotJson *json, const char *key)
{
  return dot_json_get_node (json, key) != NULL;
}

/**
 * dot_json_need:
 * @...: keys, and %NULL
 *
 * Fails where one of them isn't there.
 */
gboolean
dot_json_need (DotJson *json, ...)
{
  va_list     keys;
  const char *key;

  va_start (keys, json);
  while ((key = va_arg (keys, const char *)))
    if (! dot_json_has (json, key))
      dot_json_fail (json, key, NULL);
  va_end (keys);
  return dot_json_is_right (json);
}

static GType
get_type (JsonNode *node)
{
  return node && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
}

/* 1.0 and 1 are one number; a NaN where it is none. */
static double
get_number (JsonNode *node)
{
  GType type = get_type (node);

  return type == G_TYPE_INT64 || type == G_TYPE_DOUBLE ? json_node_get_double (node) : NAN;
}

static const char *
get_text (JsonNode *node)
{
  return get_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

/**
 * dot_json_get_number:
 *
 * Returns: a number from @smallest to @largest
 */
double
dot_json_get_number (DotJson    *json,
                     const char *key,
                     double      fallback,
                     double      smallest,
                     double      largest)
{
  JsonNode        *node  = dot_json_get_node (json, key);
  double           value = get_number (node);
  g_autofree char *what  = NULL;

  if (value >= smallest && value <= largest)
    return value;
  if (node)
    {
      what = g_strdup_printf (_ ("a number from %g to %g"), smallest, largest);
      dot_json_fail (json, key, what);
    }
  return fallback;
}

/**
 * dot_json_get_integer:
 *
 * Returns: a whole number from @smallest to @largest
 */
gint64
dot_json_get_integer (DotJson    *json,
                      const char *key,
                      gint64      fallback,
                      guint       smallest,
                      guint       largest)
{
  JsonNode        *node  = dot_json_get_node (json, key);
  gint64           value = get_type (node) == G_TYPE_INT64 ? json_node_get_int (node) : -1;
  g_autofree char *what  = NULL;

  if (value >= smallest && value <= largest)
    return value;
  if (node)
    {
      what = g_strdup_printf (_ ("a whole number from %u to %u"), smallest, largest);
      dot_json_fail (json, key, what);
    }
  return fallback;
}

/**
 * dot_json_get_string:
 *
 * Returns: (transfer none) (nullable): a text
 */
const char *
dot_json_get_string (DotJson *json, const char *key, const char *fallback)
{
  JsonNode   *node = dot_json_get_node (json, key);
  const char *text = get_text (node);

  if (node && ! text)
    dot_json_fail (json, key, _ ("a text"));
  return text ? text : fallback;
}

/**
 * dot_json_get_line:
 *
 * Returns: (transfer none) (nullable): a text that is one line
 */
const char *
dot_json_get_line (DotJson *json, const char *key, const char *fallback)
{
  const char *text = dot_json_get_string (json, key, NULL);

  if (text && ! dot_line_is_valid (text))
    dot_json_fail (json, key, _ ("a text"));
  else if (text)
    return text;
  return fallback;
}

gboolean
dot_json_get_boolean (DotJson *json, const char *key, gboolean fallback)
{
  JsonNode *node = dot_json_get_node (json, key);

  if (get_type (node) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (node);
  if (node)
    dot_json_fail (json, key, _ ("true or false"));
  return fallback;
}

/*  words  */

static char *
list_words (const DotJsonWord *words)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; words[i].word; i++)
    g_string_append_printf (text, "%s“%s”", i ? ", " : "", words[i].word);
  return g_string_free (text, FALSE);
}

static gboolean
find_word (const DotJsonWord *words, const char *text, int *value)
{
  for (gsize i = 0; words[i].word; i++)
    if (g_strcmp0 (words[i].word, text) == 0)
      {
        *value = words[i].value;
        return TRUE;
      }
  return FALSE;
}

/**
 * dot_json_get_word:
 *
 * Returns: what one of @words stands for
 */
int
dot_json_get_word (DotJson *json, const char *key, const DotJsonWord *words, int fallback)
{
  JsonNode        *node  = dot_json_get_node (json, key);
  int              value = fallback;
  g_autofree char *list  = NULL;
  g_autofree char *what  = NULL;

  if (! node || find_word (words, get_text (node), &value))
    return value;

  list = list_words (words);
  what = g_strdup_printf (_ ("one of %s"), list);
  dot_json_fail (json, key, what);
  return fallback;
}

/**
 * dot_json_get_enum:
 * @type: one of the choices of dot.h, DOT_TYPE_PRIOR say
 *
 * Returns: the value that is called so on the command line, too
 */
int
dot_json_get_enum (DotJson *json, const char *key, GType type, int fallback)
{
  g_autoptr (GTypeClass) klass  = g_type_class_ref (type);
  GEnumClass             *names = G_ENUM_CLASS (klass);
  g_autofree DotJsonWord *words = g_new0 (DotJsonWord, names->n_values + 1);

  for (guint i = 0; i < names->n_values; i++)
    words[i] = (DotJsonWord) { names->values[i].value_nick, names->values[i].value };
  return dot_json_get_word (json, key, words, fallback);
}

/*  lists  */

static JsonArray *
get_array (JsonNode *node)
{
  return node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/**
 * dot_json_get_flags:
 *
 * Returns: the bits that the words of a list stand for
 */
guint
dot_json_get_flags (DotJson *json, const char *key, const DotJsonWord *words, guint fallback)
{
  JsonNode        *node  = dot_json_get_node (json, key);
  JsonArray       *array = get_array (node);
  guint            flags = 0;
  g_autofree char *list  = NULL;
  g_autofree char *what  = NULL;
  gboolean         right = array != NULL;
  int              value;

  if (! node)
    return fallback;
  for (guint i = 0; right && i < json_array_get_length (array); i++)
    {
      right = find_word (words, get_text (json_array_get_element (array, i)), &value);
      flags |= right ? (guint) value : 0;
    }
  if (right)
    return flags;

  list = list_words (words);
  what = g_strdup_printf (_ ("a list of %s"), list);
  dot_json_fail (json, key, what);
  return fallback;
}

static GArray *
get_numbers (DotJson *json, const char *key, gboolean whole, double smallest, double largest)
{
  JsonNode  *node            = dot_json_get_node (json, key);
  JsonArray *array           = get_array (node);
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; array && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      double    value   = whole && get_type (element) != G_TYPE_INT64 ? NAN : get_number (element);

      if (! (value >= smallest && value <= largest))
        array = NULL;
      g_array_append_val (numbers, value);
    }
  if (array)
    return g_steal_pointer (&numbers);

  if (node)
    dot_json_fail (json, key, NULL);
  return NULL;
}

/**
 * dot_json_get_numbers:
 *
 * Returns: (transfer full) (nullable) (element-type double): a list of numbers
 *   from @smallest to @largest
 */
GArray *
dot_json_get_numbers (DotJson *json, const char *key, double smallest, double largest)
{
  return get_numbers (json, key, FALSE, smallest, largest);
}

/**
 * dot_json_get_integers:
 *
 * Returns: (transfer full) (nullable) (element-type double): a list of whole
 *   numbers from @smallest to @largest
 */
GArray *
dot_json_get_integers (DotJson *json, const char *key, guint smallest, guint largest)
{
  return get_numbers (json, key, TRUE, smallest, largest);
}

/**
 * dot_json_get_strings:
 *
 * Returns: (transfer full) (nullable): a list of at least one text
 */
GStrv
dot_json_get_strings (DotJson *json, const char *key)
{
  JsonNode  *node                = dot_json_get_node (json, key);
  JsonArray *array               = get_array (node);
  guint      n                   = array ? json_array_get_length (array) : 0;
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

  for (guint i = 0; i < n; i++)
    {
      const char *text = get_text (json_array_get_element (array, i));

      if (text)
        g_strv_builder_add (texts, text);
      else
        n = 0;
    }
  if (n > 0)
    return g_strv_builder_end (texts);

  if (node)
    dot_json_fail (json, key, _ ("a list of texts"));
  return NULL;
}

/*  objects  */

/**
 * dot_json_get_object:
 * @inside: what the sentences of mistakes in it are given
 *
 * Returns: (transfer full): an object in this one, which must live as long;
 *   with no members where it isn't there
 */
DotJson *
dot_json_get_object (DotJson *json, const char *key, const char *inside)
{
  JsonNode *node  = dot_json_get_node (json, key);
  gboolean  right = node && JSON_NODE_HOLDS_OBJECT (node);

  if (node && ! right)
    dot_json_fail (json, key, _ ("an object in braces"));
  return new_inside (json, right ? json_node_get_object (node) : NULL, inside);
}

/**
 * dot_json_get_objects:
 * @inside: what the sentences of mistakes in them are given
 *
 * Returns: (transfer full) (element-type DotJson): the objects of a list, which
 *   is empty where it isn't there, or has anything else in it
 */
GPtrArray *
dot_json_get_objects (DotJson *json, const char *key, const char *inside)
{
  JsonNode  *node    = dot_json_get_node (json, key);
  JsonArray *array   = get_array (node);
  GPtrArray *objects = g_ptr_array_new_with_free_func ((GDestroyNotify) dot_json_free);

  if (node && ! array)
    dot_json_fail (json, key, NULL);
  for (guint i = 0; array && i < json_array_get_length (array) && dot_json_is_right (json); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_OBJECT (element))
        g_ptr_array_add (objects, new_inside (json, json_node_get_object (element), inside));
      else
        dot_json_fail (json, key, NULL);
    }
  return objects;
}
