/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What our arrays are called in a file of another program, and what has to be
 * done with them (docs/import.md). */

#include "key-map.h"

#include "base/intl.h"
#include "base/json.h"
#include "model/manifest.h"

#include <math.h>
#include <string.h>

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

static void
report_unknown (const char *path, const char *rule, const char *member, GError **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("%s: “%s” is missing or wrong: correct it as docs/import.md says."), path,
               *rule ? rule : member);
}

/* A rule is named as a whole. */
static void
report_wrong (const char *path,
              const char *rule,
              const char *member,
              const char *must_be,
              GError    **error)
{
  report_unknown (path, rule, member, error);
}

static const DotJsonSentences sentences = { report_wrong, report_unknown };

/*  the file  */

static void
rule_free (gpointer data)
{
  DotKeyRule *rule = data;

  g_free (rule->key);
  g_free (rule);
}

/* Fails where there are more than @most. */
static guint
read_sizes (DotJson *json, const char *key, guint most, gsize *sizes)
{
  g_autoptr (GArray) numbers = dot_json_get_integers (json, key, 0, G_MAXINT32);
  guint n                    = numbers ? numbers->len : 0;

  if (n > most)
    dot_json_fail (json, key, NULL);
  for (guint i = 0; i < MIN (n, most); i++)
    sizes[i] = (gsize) g_array_index (numbers, double, i);
  return n;
}

static gboolean
read_members (DotKeyRule *rule, DotJson *json)
{
  rule->key          = g_strdup (dot_json_get_string (json, "key", NULL));
  rule->transpose    = dot_json_get_boolean (json, "transpose", FALSE);
  rule->add          = dot_json_get_number (json, "add", 0.0, -HUGE_VAL, HUGE_VAL);
  rule->reshape      = dot_json_has (json, "shape");
  rule->shape.n_dims = read_sizes (json, "shape", DOT_ARRAY_MAX_DIMS, rule->shape.axes);
  if (dot_json_has (json, "columns") &&
      (read_sizes (json, "columns", 2, rule->columns) != 2 || rule->columns[0] >= rule->columns[1]))
    dot_json_fail (json, "columns", NULL);
  return dot_json_need (json, "key", NULL) && dot_json_check_keys (json);
}

/* A rule that is a text is the key. */
static gboolean
read_rule (DotKeyRule *rule, DotJson *section, const char *name)
{
  JsonNode *node           = dot_json_get_node (section, name);
  g_autoptr (DotJson) json = NULL;

  if (JSON_NODE_HOLDS_VALUE (node))
    {
      rule->key = g_strdup (dot_json_get_string (section, name, NULL));
      return dot_json_is_right (section);
    }

  json = dot_json_get_object (section, name, name);
  return read_members (rule, json);
}

static gboolean
read_section (GHashTable *rules, DotJson *root, const char *name)
{
  g_autoptr (DotJson) section = dot_json_get_object (root, name, "");
  g_auto (GStrv) names        = dot_json_list_keys (section);

  for (guint i = 0; names[i]; i++)
    {
      DotKeyRule *rule = g_new0 (DotKeyRule, 1);

      g_hash_table_insert (rules, g_strdup (names[i]), rule);
      if (! read_rule (rule, section, names[i]))
        return FALSE;
    }
  return g_hash_table_size (rules) > 0 || dot_json_fail (root, name, NULL);
}

/**
 * dot_key_map_new_from_file:
 *
 * Returns: (transfer full): the key map in @path
 */
DotKeyMap *
dot_key_map_new_from_file (const char *path, GError **error)
{
  g_autoptr (JsonObject) object = dot_json_read (path, NULL);
  g_autoptr (DotJson) root      = dot_json_new (object, path, &sentences, error);
  g_autoptr (DotKeyMap) map     = g_new0 (DotKeyMap, 1);

  if (! object)
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                   _ ("%s is no key map: give a JSON object as docs/import.md describes it."), path);
      return NULL;
    }

  for (int i = 0; i < 2; i++)
    {
      map->rules[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, rule_free);
      if (! read_section (map->rules[i], root, dot_manifest_roles[i]))
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
