/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* What model.json says of TorchScript files, beyond what it says of all. */

#include "manifest-script.h"

#include <math.h>
#include <string.h>

#define MIN_TRUNCATION 0.01
#define MAX_TRUNCATION 1000.0

/* Of a discriminator from elsewhere. */
#define D_RANGE       "discriminator_range"
#define D_CLASS_INPUT "discriminator_class_input"

static const char *const class_inputs[] = {
  [DOT_SCRIPT_CLASS_NONE]    = "none",
  [DOT_SCRIPT_CLASS_INDEX]   = "index",
  [DOT_SCRIPT_CLASS_ONE_HOT] = "one-hot",
};

/* A NaN where it is no number. */
static double
get_number (JsonNode *node)
{
  GType type = node && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_NONE;

  return type == G_TYPE_DOUBLE || type == G_TYPE_INT64 ? json_node_get_double (node) : NAN;
}

static JsonArray *
get_array (JsonNode *node)
{
  return node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static JsonNode *
get_node (JsonObject *root, const char *object, const char *member)
{
  return json_object_get_member (json_object_get_object_member (root, object), member);
}

/* As it is where nothing is said. */
static gboolean
parse_range (double range[2], JsonNode *node)
{
  JsonArray *ends = get_array (node);

  if (! node)
    return TRUE;
  if (! ends || json_array_get_length (ends) != 2)
    return FALSE;

  for (guint i = 0; i < 2; i++)
    range[i] = get_number (json_array_get_element (ends, i));
  return isfinite (range[0]) && isfinite (range[1]) && range[0] < range[1];
}

/* The product must be the latent's size; without a shape it is flat. */
static gboolean
parse_shape (DotScript *script, JsonNode *node, guint latent_size)
{
  JsonArray *shape = get_array (node);
  guint64    size  = 1;

  script->n_dims   = 1;
  script->shape[0] = latent_size;
  if (! node)
    return TRUE;
  if (! shape || json_array_get_length (shape) > DOT_SCRIPT_MAX_DIMS)
    return FALSE;

  script->n_dims = json_array_get_length (shape);
  for (guint i = 0; i < script->n_dims; i++)
    {
      double side = get_number (json_array_get_element (shape, i));

      if (! (side >= 1.0 && side <= latent_size) || side != floor (side))
        return FALSE;
      script->shape[i] = (guint) side;
      size *= script->shape[i];
      if (size > latent_size)
        return FALSE;
    }
  return size == latent_size && script->n_dims > 0;
}

static gboolean
parse_truncation (DotManifest *manifest, JsonNode *node)
{
  if (! node)
    return TRUE;

  manifest->truncation = get_number (node);
  return manifest->truncation >= MIN_TRUNCATION && manifest->truncation <= MAX_TRUNCATION;
}

static gboolean
parse_class_input (DotScriptClassInput *class_input, JsonNode *node)
{
  const char *word = node && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (class_inputs); i++)
    if (g_strcmp0 (word, class_inputs[i]) == 0)
      {
        *class_input = i;
        return TRUE;
      }
  return FALSE;
}

/* A pair with classes is told which, one without isn't; the discriminator
 * may do without, or take them otherwise. */
static gboolean
parse_class_inputs (DotScript *script, JsonObject *root, gboolean has_classes)
{
  JsonNode *other = json_object_get_member (root, D_CLASS_INPUT);

  if (! parse_class_input (&script->class_input[0], json_object_get_member (root, "class_input")) ||
      has_classes != (script->class_input[0] != DOT_SCRIPT_CLASS_NONE))
    return FALSE;

  script->class_input[1] = script->class_input[0];
  return ! other || (has_classes && parse_class_input (&script->class_input[1], other));
}

/* The discriminator's is the generator's, where it isn't said. */
static gboolean
parse_ranges (DotScript *script, JsonObject *root)
{
  script->range[0][0] = -1.0;
  script->range[0][1] = 1.0;
  if (! parse_range (script->range[0], get_node (root, "image", "range")))
    return FALSE;

  memcpy (script->range[1], script->range[0], sizeof (script->range[0]));
  return parse_range (script->range[1], get_node (root, "image", D_RANGE));
}

/**
 * dot_manifest_script_parse:
 * @manifest: of which all else is read
 * @root: of model.json
 * @has_classes: whether the generator is told the class
 *
 * Reads what TorchScript files need: image.range, latent.shape,
 * latent.truncation and class_input.
 *
 * Returns: (nullable): the member that is missing or wrong
 */
const char *
dot_manifest_script_parse (DotManifest *manifest, JsonObject *root, gboolean has_classes)
{
  DotScript *script = &manifest->script;

  script->channels   = manifest->channels;
  script->image_size = manifest->image_size;
  script->n_classes  = manifest->classes->len;
  if ((script->channels != 1 && script->channels != 3) ||
      script->image_size > DOT_SCRIPT_MAX_IMAGE_SIZE)
    return "image";
  if (! parse_ranges (script, root))
    return "range";
  if (! parse_shape (script, get_node (root, "latent", "shape"), manifest->latent_size))
    return "shape";
  if (! parse_truncation (manifest, get_node (root, "latent", "truncation")))
    return "truncation";
  if (! parse_class_inputs (script, root, has_classes))
    return "class_input";
  return NULL;
}

/*  writing  */

static void
add_range (JsonBuilder *builder, const char *member, const double range[2])
{
  json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
  json_builder_add_double_value (builder, range[0]);
  json_builder_add_double_value (builder, range[1]);
  json_builder_end_array (builder);
}

/**
 * dot_manifest_script_add_image:
 * @builder: inside of "image"
 *
 * Writes what dot_manifest_script_parse() reads there.
 */
void
dot_manifest_script_add_image (JsonBuilder *builder, const DotManifest *manifest)
{
  const DotScript *script = &manifest->script;

  add_range (builder, "range", script->range[0]);
  if (memcmp (script->range[0], script->range[1], sizeof (script->range[0])))
    add_range (builder, D_RANGE, script->range[1]);
}

/**
 * dot_manifest_script_add_latent:
 * @builder: inside of "latent"
 */
void
dot_manifest_script_add_latent (JsonBuilder *builder, const DotManifest *manifest)
{
  const DotScript *script = &manifest->script;

  json_builder_set_member_name (builder, "shape");
  json_builder_begin_array (builder);
  for (guint i = 0; i < script->n_dims; i++)
    json_builder_add_int_value (builder, script->shape[i]);
  json_builder_end_array (builder);
  if (manifest->truncation > 0.0)
    {
      json_builder_set_member_name (builder, "truncation");
      json_builder_add_double_value (builder, manifest->truncation);
    }
}

/**
 * dot_manifest_script_add_classes:
 * @builder: inside of the whole
 */
void
dot_manifest_script_add_classes (JsonBuilder *builder, const DotManifest *manifest)
{
  const DotScriptClassInput *inputs = manifest->script.class_input;

  json_builder_set_member_name (builder, "class_input");
  json_builder_add_string_value (builder, class_inputs[inputs[0]]);
  if (inputs[0] != inputs[1])
    {
      json_builder_set_member_name (builder, D_CLASS_INPUT);
      json_builder_add_string_value (builder, class_inputs[inputs[1]]);
    }
}
