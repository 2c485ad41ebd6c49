/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* What our arrays are called in a file of another program, and what has to be
 * done with them (docs/import.md). */

#include "key-map.h"

#include "base/intl.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

static const char *const sections[] = { "generator", "discriminator" };

struct _DotKeyMap
{
  GHashTable *rules[2];
};

/* In this order: columns, transpose, shape, add. */
struct _DotKeyRule
{
  char    *key;
  gsize    columns[2];
  gboolean transpose;
  gboolean reshape;
  DotShape shape;
  double   add;
};

static gboolean
fail (const char *path, const char *member, GError **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("%s: “%s” is missing or wrong: correct it as docs/import.md "
                  "says."),
               path, member);
  return FALSE;
}

/*  the file  */

static void
rule_free (gpointer data)
{
  DotKeyRule *rule = data;

  g_free (rule->key);
  g_free (rule);
}

/* The array's whole numbers; fails where one is none, or there are more than
 * @most. */
static gboolean
read_sizes (JsonNode *node, guint most, gsize *sizes, guint *n)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  *n = array ? json_array_get_length (array) : 0;
  if (! array || *n > most)
    return FALSE;
  for (guint i = 0; i < *n; i++)
    {
      JsonNode *size = json_array_get_element (array, i);

      if (! JSON_NODE_HOLDS_VALUE (size) || json_node_get_value_type (size) != G_TYPE_INT64 ||
          json_node_get_int (size) < 0 || json_node_get_int (size) > G_MAXINT32)
        return FALSE;
      sizes[i] = json_node_get_int (size);
    }
  return TRUE;
}

static gboolean
read_member (DotKeyRule *rule, const char *name, JsonNode *node)
{
  gboolean value = JSON_NODE_HOLDS_VALUE (node);
  GType    type  = value ? json_node_get_value_type (node) : G_TYPE_NONE;
  guint    n;

  if (strcmp (name, "key") == 0 && type == G_TYPE_STRING)
    rule->key = g_strdup (json_node_get_string (node));
  else if (strcmp (name, "transpose") == 0 && type == G_TYPE_BOOLEAN)
    rule->transpose = json_node_get_boolean (node);
  else if (strcmp (name, "add") == 0 && (type == G_TYPE_DOUBLE || type == G_TYPE_INT64))
    rule->add = json_node_get_double (node);
  else if (strcmp (name, "columns") == 0)
    return read_sizes (node, 2, rule->columns, &n) && n == 2 && rule->columns[0] < rule->columns[1];
  else if (strcmp (name, "shape") == 0)
    return rule->reshape = read_sizes (node, DOT_ARRAY_MAX_DIMS, rule->shape.axes,
                                       &rule->shape.n_dims);
  else
    return FALSE;
  return TRUE;
}

static gboolean
read_rule (DotKeyRule *rule, JsonNode *node)
{
  g_autoptr (GList) names = NULL;

  if (JSON_NODE_HOLDS_VALUE (node))
    return read_member (rule, "key", node);
  if (! JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;

  names = json_object_get_members (json_node_get_object (node));
  for (GList *name = names; name; name = name->next)
    if (! read_member (rule, name->data,
                       json_object_get_member (json_node_get_object (node), name->data)))
      return FALSE;
  return rule->key != NULL;
}

static gboolean
read_section (GHashTable *rules,
              JsonObject *root,
              const char *section,
              const char *path,
              GError    **error)
{
  g_autoptr (GList) names = NULL;
  JsonNode *node          = json_object_get_member (root, section);

  if (! node || ! JSON_NODE_HOLDS_OBJECT (node))
    return fail (path, section, error);

  names = json_object_get_members (json_node_get_object (node));
  for (GList *name = names; name; name = name->next)
    {
      DotKeyRule *rule = g_new0 (DotKeyRule, 1);

      g_hash_table_insert (rules, g_strdup (name->data), rule);
      if (! read_rule (rule, json_object_get_member (json_node_get_object (node), name->data)))
        return fail (path, name->data, error);
    }
  return g_hash_table_size (rules) > 0 || fail (path, section, error);
}

/**
 * dot_key_map_new_from_file:
 *
 * Returns: (transfer full): the key map in @path
 */
DotKeyMap *
dot_key_map_new_from_file (const char *path, GError **error)
{
  /* Not an immutable one: json-glib aborts where a text has two roots. */
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (DotKeyMap) map     = g_new0 (DotKeyMap, 1);
  JsonNode *root                = NULL;

  if (json_parser_load_from_file (parser, path, NULL))
    root = json_parser_get_root (parser);
  if (! root || ! JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                   _ ("%s is no key map: give a JSON object as docs/import.md "
                      "describes it."),
                   path);
      return NULL;
    }

  for (int i = 0; i < 2; i++)
    {
      map->rules[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, rule_free);
      if (! read_section (map->rules[i], json_node_get_object (root), sections[i], path, error))
        return NULL;
    }
  return g_steal_pointer (&map);
}

void
dot_key_map_free (DotKeyMap *map)
{
  if (map)
    {
      g_clear_pointer (&map->rules[0], g_hash_table_unref);
      g_clear_pointer (&map->rules[1], g_hash_table_unref);
      g_free (map);
    }
}

/**
 * dot_key_map_get_rules:
 * @file: 0 for the generator, 1 for the discriminator
 *
 * Returns: (transfer none) (element-type utf8 DotKeyRule): by our names
 */
GHashTable *
dot_key_map_get_rules (DotKeyMap *map, guint file)
{
  return map->rules[file];
}

/*  what a rule does  */

static gsize
count_items (const DotShape *shape)
{
  gsize n = 1;

  for (guint i = 0; i < shape->n_dims; i++)
    if (! g_size_checked_mul (&n, n, shape->axes[i]))
      return G_MAXSIZE;
  return n;
}

/* After columns and transpose, before shape. */
static gboolean
cut_shape (const DotKeyRule *rule, DotShape *shape)
{
  if (rule->columns[1] > 0)
    {
      if (shape->n_dims < 2 || rule->columns[1] > shape->axes[1])
        return FALSE;
      shape->axes[1] = rule->columns[1] - rule->columns[0];
    }
  if (rule->transpose)
    {
      gsize rows = shape->axes[0];

      if (shape->n_dims < 2)
        return FALSE;
      shape->axes[0] = shape->axes[1];
      shape->axes[1] = rows;
    }
  return TRUE;
}

/**
 * dot_key_map_get_shape:
 * @shape: (out): what the rule makes of its array
 */
gboolean
dot_key_map_get_shape (const DotKeyRule *rule, DotWeights *weights, DotShape *shape, GError **error)
{
  g_autofree char *text = NULL;
  DotShape         found;

  if (! dot_weights_get_shape (weights, rule->key, &found, error))
    return FALSE;

  *shape = found;
  if (cut_shape (rule, shape) &&
      (! rule->reshape || count_items (&rule->shape) == count_items (shape)))
    {
      if (rule->reshape)
        *shape = rule->shape;
      return TRUE;
    }

  text = dot_array_shape_to_string (found.n_dims, found.axes);
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("%s: %s has shape %s, which the key map's rule doesn't fit: "
                  "correct the key map."),
               dot_weights_get_path (weights), rule->key, text);
  return FALSE;
}

/* array[row][column][rest], cut and with rows and columns exchanged where the
 * rule says so, as the numbers of @target. */
static void
move_items (const DotKeyRule *rule, const DotArray *source, DotArray *target)
{
  gsize rows    = source->shape[0];
  gsize first   = rule->columns[0];
  gsize last    = rule->columns[1] ? rule->columns[1] : source->shape[1];
  gsize columns = last - first;
  gsize rest    = source->n_items / MAX (rows * source->shape[1], 1);

  for (gsize row = 0; row < rows; row++)
    for (gsize column = 0; column < columns; column++)
      {
        gsize from = (row * source->shape[1] + first + column) * rest;
        gsize to   = rule->transpose ? column * rows + row : row * columns + column;

        memcpy (target->data + to * rest, source->data + from, rest * sizeof (float));
      }
}

/**
 * dot_key_map_read:
 *
 * Returns: (transfer full): what the rule makes of its array
 */
DotArray *
dot_key_map_read (const DotKeyRule *rule, DotWeights *weights, GError **error)
{
  g_autoptr (DotArray) source = NULL;
  g_autoptr (DotArray) target = NULL;
  DotShape found;
  DotShape made;

  if (! dot_weights_get_shape (weights, rule->key, &found, error) ||
      ! dot_key_map_get_shape (rule, weights, &made, error) ||
      ! (source = dot_weights_read (weights, rule->key, found.n_dims, found.axes, error)) ||
      ! (target = dot_array_new (made.n_dims, made.axes, error)))
    return NULL;

  if (source->n_items > 0 && found.n_dims >= 2)
    move_items (rule, source, target);
  else if (source->n_items > 0)
    memcpy (target->data, source->data, source->n_items * sizeof (float));
  for (gsize i = 0; i < target->n_items; i++)
    target->data[i] = (float) (target->data[i] + rule->add);
  return g_steal_pointer (&target);
}
