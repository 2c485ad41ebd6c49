/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What our arrays are called in a file of another program, and what has to be
 * done with them (docs/import.md). */

#include "key-map.h"

#include "base/intl.h"
#include "base/json.h"
#include "model/manifest.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* More than any layer has pixels. */
#define MAX_REPEAT (1 << 20)

struct _DotKeyMap
{
  GHashTable *rules[2];
};

typedef enum
{
  STEP_COLUMNS,
  STEP_TRANSPOSE,
  STEP_SHAPE,
  STEP_REPEAT,
  STEP_ADD,
  N_STEPS
} StepKind;

/* What is done with an array; @sizes are two columns, or how often. */
typedef struct
{
  StepKind kind;
  gsize    sizes[2];
  DotShape shape;
  double   number;
} Step;

/* The steps are in the order of the map.  Without a key all numbers of an array
 * of the shape of the only step are the one of @fill. */
struct _DotKeyRule
{
  char  *key;
  double fill;
  guint  n_steps;
  Step   steps[N_STEPS];
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

static void
read_columns (DotJson *json, Step *step)
{
  if (read_sizes (json, "columns", 2, step->sizes) != 2 || step->sizes[0] >= step->sizes[1])
    dot_json_fail (json, "columns", NULL);
}

static void
read_shape (DotJson *json, Step *step)
{
  step->shape.n_dims = read_sizes (json, "shape", DOT_ARRAY_MAX_DIMS, step->shape.axes);
}

static void
read_repeat (DotJson *json, Step *step)
{
  step->sizes[0] = (gsize) dot_json_get_integer (json, "repeat", 0, 1, MAX_REPEAT);
}

static void
read_add (DotJson *json, Step *step)
{
  step->number = dot_json_get_number (json, "add", 0.0, -HUGE_VAL, HUGE_VAL);
}

/* What the members of a rule are read by; transpose says only whether. */
static const struct
{
  const char *member;
  void (*read) (DotJson *json, Step *step);
} members[N_STEPS] = {
  [STEP_COLUMNS]   = { "columns", read_columns },
  [STEP_TRANSPOSE] = { "transpose", NULL },
  [STEP_SHAPE]     = { "shape", read_shape },
  [STEP_REPEAT]    = { "repeat", read_repeat },
  [STEP_ADD]       = { "add", read_add },
};

static void
read_step (DotKeyRule *rule, DotJson *json, StepKind kind)
{
  Step *step = &rule->steps[rule->n_steps];

  step->kind = kind;
  if (members[kind].read)
    members[kind].read (json, step);
  if (members[kind].read || dot_json_get_boolean (json, members[kind].member, FALSE))
    rule->n_steps++;
}

static gboolean
read_members (DotKeyRule *rule, DotJson *json)
{
  g_auto (GStrv) names = dot_json_list_keys (json);

  rule->key  = g_strdup (dot_json_get_string (json, "key", NULL));
  rule->fill = dot_json_get_number (json, "fill", 0.0, -FLT_MAX, FLT_MAX);
  for (guint i = 0; names[i]; i++)
    for (guint kind = 0; kind < N_STEPS; kind++)
      if (strcmp (names[i], members[kind].member) == 0)
        read_step (rule, json, kind);

  if (! dot_json_has (json, "fill"))
    return dot_json_need (json, "key", NULL) && dot_json_check_keys (json);
  if (rule->key || rule->n_steps != 1 || rule->steps[0].kind != STEP_SHAPE)
    return dot_json_fail (json, "fill", NULL);
  return dot_json_check_keys (json);
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

static gboolean
cut_columns (const Step *step, DotShape *shape)
{
  if (shape->n_dims < 2 || step->sizes[1] > shape->axes[1])
    return FALSE;
  shape->axes[1] = step->sizes[1] - step->sizes[0];
  return TRUE;
}

static gboolean
exchange_axes (DotShape *shape)
{
  gsize rows = shape->axes[0];

  if (shape->n_dims < 2)
    return FALSE;
  shape->axes[0] = shape->axes[1];
  shape->axes[1] = rows;
  return TRUE;
}

/* Returns: whether the step fits an array of @shape, which becomes what the
 * step makes of it */
static gboolean
step_apply_to_shape (const Step *step, DotShape *shape)
{
  switch (step->kind)
    {
    case STEP_COLUMNS:
      return cut_columns (step, shape);
    case STEP_TRANSPOSE:
      return exchange_axes (shape);
    case STEP_SHAPE:
      if (count_items (&step->shape) != count_items (shape))
        return FALSE;
      *shape = step->shape;
      return TRUE;
    case STEP_REPEAT:
      return shape->n_dims >= 1 &&
             g_size_checked_mul (&shape->axes[0], shape->axes[0], step->sizes[0]) &&
             count_items (shape) < G_MAXSIZE;
    default:
      return TRUE;
    }
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

  if (! rule->key)
    {
      *shape = rule->steps[0].shape;
      return TRUE;
    }
  if (! dot_weights_get_shape (weights, rule->key, &found, error))
    return FALSE;

  *shape = found;
  for (guint i = 0; i < rule->n_steps; i++)
    if (! step_apply_to_shape (&rule->steps[i], shape))
      {
        text = dot_array_shape_to_string (found.n_dims, found.axes);
        g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                     _ ("%s: %s has shape %s, which “%s” in the key map doesn't fit: "
                        "correct the key map."),
                     dot_weights_get_path (weights), rule->key, text,
                     members[rule->steps[i].kind].member);
        return FALSE;
      }
  return TRUE;
}

/* array[row][column][rest], cut, or with rows and columns exchanged, as the
 * numbers of @target. */
static void
move_items (const Step *step, const DotArray *source, DotArray *target)
{
  gsize rows    = source->shape[0];
  gsize first   = step->kind == STEP_COLUMNS ? step->sizes[0] : 0;
  gsize last    = step->kind == STEP_COLUMNS ? step->sizes[1] : source->shape[1];
  gsize columns = last - first;
  gsize rest    = source->n_items / MAX (rows * source->shape[1], 1);

  for (gsize row = 0; row < rows; row++)
    for (gsize column = 0; column < columns; column++)
      {
        gsize from = (row * source->shape[1] + first + column) * rest;
        gsize to   = step->kind == STEP_TRANSPOSE ? column * rows + row : row * columns + column;

        memcpy (target->data + to * rest, source->data + from, rest * sizeof (float));
      }
}

/* Each row so often, one after another. */
static void
repeat_rows (gsize times, const DotArray *source, DotArray *target)
{
  gsize rows = source->shape[0];
  gsize rest = source->n_items / MAX (rows, 1);

  for (gsize row = 0; row < rows * times; row++)
    memcpy (target->data + row * rest, source->data + row / times * rest, rest * sizeof (float));
}

static void
move_all (const Step *step, const DotArray *source, DotArray *target)
{
  if (target->n_items == 0)
    return;
  if (step->kind == STEP_COLUMNS || step->kind == STEP_TRANSPOSE)
    move_items (step, source, target);
  else if (step->kind == STEP_REPEAT)
    repeat_rows (step->sizes[0], source, target);
  else
    memcpy (target->data, source->data, target->n_items * sizeof (float));
  for (gsize i = 0; step->kind == STEP_ADD && i < target->n_items; i++)
    target->data[i] = (float) (target->data[i] + step->number);
}

/* Takes @array, which the step fits. */
static DotArray *
step_apply (const Step *step, DotArray *array, GError **error)
{
  g_autoptr (DotArray) source = array;
  DotArray *target;
  DotShape  shape = { .n_dims = source->n_dims };

  memcpy (shape.axes, source->shape, sizeof (shape.axes));
  step_apply_to_shape (step, &shape);
  target = dot_array_new (shape.n_dims, shape.axes, error);
  if (target)
    move_all (step, source, target);
  return target;
}

static DotArray *
make_filled (const DotShape *shape, double value, GError **error)
{
  DotArray *array = dot_array_new (shape->n_dims, shape->axes, error);

  for (gsize i = 0; array && i < array->n_items; i++)
    array->data[i] = (float) value;
  return array;
}

/**
 * dot_key_map_read:
 *
 * Returns: (transfer full): what the rule makes of its array
 */
DotArray *
dot_key_map_read (const DotKeyRule *rule, DotWeights *weights, GError **error)
{
  DotArray *array;
  DotShape  found;
  DotShape  made;

  if (! dot_key_map_get_shape (rule, weights, &made, error))
    return NULL;
  if (! rule->key)
    return make_filled (&made, rule->fill, error);
  if (! dot_weights_get_shape (weights, rule->key, &found, error))
    return NULL;

  array = dot_weights_read (weights, rule->key, found.n_dims, found.axes, error);
  for (guint i = 0; array && i < rule->n_steps; i++)
    array = step_apply (&rule->steps[i], array, error);
  return array;
}
