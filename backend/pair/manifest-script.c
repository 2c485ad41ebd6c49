/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* What model.json says of TorchScript files, beyond what it says of all.  */

#include "manifest-script.h"

#include <math.h>
#include <string.h>

#define MIN_TRUNCATION 0.01
#define MAX_TRUNCATION 1000.0

/**
 * dot_script_is_architecture:
 *
 * Returns: whether @name is "torchscript"
 */
gboolean
dot_script_is_architecture (const char *name)
{
  return g_strcmp0 (name, DOT_SCRIPT_ARCHITECTURE) == 0;
}

/* A NaN where it is no number.  */
static double
get_number (JsonNode *node)
{
  GType type = node && JSON_NODE_HOLDS_VALUE (node)
                 ? json_node_get_value_type (node)
                 : G_TYPE_NONE;

  return type == G_TYPE_DOUBLE || type == G_TYPE_INT64
           ? json_node_get_double (node)
           : NAN;
}

static JsonArray *
get_array (JsonNode *node)
{
  return node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node)
                                              : NULL;
}

static gboolean
parse_range (double    range[2],
             JsonNode *node)
{
  JsonArray *ends = get_array (node);

  range[0] = -1.0;
  range[1] = 1.0;
  if (! node)
    return TRUE;
  if (! ends || json_array_get_length (ends) != 2)
    return FALSE;

  for (guint i = 0; i < 2; i++)
    range[i] = get_number (json_array_get_element (ends, i));
  return isfinite (range[0]) && isfinite (range[1]) && range[0] < range[1];
}

/* The product must be the latent's size; without a shape it is flat.  */
static gboolean
parse_shape (DotScript *script,
             JsonNode  *node,
             guint      latent_size)
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
parse_truncation (DotManifest *manifest,
                  JsonNode    *node)
{
  if (! node)
    return TRUE;

  manifest->truncation = get_number (node);
  return manifest->truncation >= MIN_TRUNCATION
         && manifest->truncation <= MAX_TRUNCATION;
}

/* A pair with classes is told which, one without isn't.  */
static gboolean
parse_class_input (DotScriptClassInput *class_input,
                   JsonNode            *node,
                   gboolean             has_classes)
{
  static const char *const words[] = {
    [DOT_SCRIPT_CLASS_NONE]    = "none",
    [DOT_SCRIPT_CLASS_INDEX]   = "index",
    [DOT_SCRIPT_CLASS_ONE_HOT] = "one-hot",
  };
  const char *word = node && JSON_NODE_HOLDS_VALUE (node)
                       ? json_node_get_string (node)
                       : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (word, words[i]) == 0)
      {
        *class_input = i;
        return has_classes == (i != DOT_SCRIPT_CLASS_NONE);
      }
  return FALSE;
}

static JsonNode *
get_node (JsonObject *root,
          const char *object,
          const char *member)
{
  return json_object_get_member (json_object_get_object_member (root, object),
                                 member);
}

/**
 * dot_manifest_parse_script:
 * @manifest: of which all else is read
 * @root: of model.json
 *
 * Reads what TorchScript files need: image.range, latent.shape,
 * latent.truncation and class_input.
 *
 * Returns: (nullable): the member that is missing or wrong
 */
const char *
dot_manifest_parse_script (DotManifest *manifest,
                           JsonObject  *root)
{
  DotScript *script  = &manifest->script;
  JsonArray *classes = json_object_get_array_member (root, "classes");

  script->channels   = manifest->channels;
  script->image_size = manifest->image_size;
  script->n_classes  = manifest->classes->len;
  if ((script->channels != 1 && script->channels != 3)
      || script->image_size > DOT_SCRIPT_MAX_IMAGE_SIZE)
    return "image";
  if (! parse_range (script->range[0], get_node (root, "image", "range")))
    return "range";
  if (! parse_shape (script, get_node (root, "latent", "shape"),
                     manifest->latent_size))
    return "shape";
  if (! parse_truncation (manifest, get_node (root, "latent", "truncation")))
    return "truncation";
  if (! parse_class_input (&script->class_input[0],
                           json_object_get_member (root, "class_input"),
                           json_array_get_length (classes) > 0))
    return "class_input";

  script->class_input[1] = script->class_input[0];
  memcpy (script->range[1], script->range[0], sizeof (script->range[0]));
  return NULL;
}
