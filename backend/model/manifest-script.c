/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What model.json says of TorchScript files, beyond what it says of all. */

#include "manifest-script.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define MIN_TRUNCATION 0.01
#define MAX_TRUNCATION 1000.0

/* Of a discriminator from elsewhere. */
#define D_RANGE       "discriminator_range"
#define D_CLASS_INPUT "discriminator_class_input"

static const DotJsonWord class_inputs[] = {
  { "none", DOT_SCRIPT_CLASS_NONE },
  { "index", DOT_SCRIPT_CLASS_INDEX },
  { "one-hot", DOT_SCRIPT_CLASS_ONE_HOT },
  { NULL, 0 },
};

/* As it is where nothing is said. */
static void
parse_range (double range[2], DotJson *image, const char *key)
{
  g_autoptr (GArray) ends = dot_json_get_numbers (image, key, -DBL_MAX, DBL_MAX);

  if (! ends)
    return;
  memcpy (range, ends->data, MIN (ends->len, 2) * sizeof (double));
  if (ends->len != 2 || ! (range[0] < range[1]))
    dot_json_fail (image, "range", NULL);
}

/* The product must be the latent's size; without a shape it is flat. */
static gboolean
parse_shape (DotScript *script, DotJson *latent, guint latent_size)
{
  g_autoptr (GArray) shape = dot_json_get_numbers (latent, "shape", 1.0, latent_size);
  guint64 size             = 1;

  script->n_dims   = 1;
  script->shape[0] = latent_size;
  if (! shape)
    return dot_json_is_right (latent);

  script->n_dims = MIN (shape->len, DOT_SCRIPT_MAX_DIMS);
  for (guint i = 0; i < script->n_dims && size <= latent_size; i++)
    {
      double side = g_array_index (shape, double, i);

      script->shape[i] = (guint) side;
      size             = side == floor (side) ? size * script->shape[i] : G_MAXUINT32;
    }
  return (size == latent_size && script->n_dims == shape->len && shape->len > 0) ||
         dot_json_fail (latent, "shape", NULL);
}

/* A pair with classes is told which, one without isn't; the discriminator
 * may do without, or take them otherwise. */
static gboolean
parse_class_inputs (DotScript *script, DotJson *json, gboolean has_classes)
{
  int input = dot_json_get_word (json, "class_input", class_inputs, DOT_SCRIPT_CLASS_NONE);

  script->class_input[0] = input;
  script->class_input[1] = dot_json_get_word (json, D_CLASS_INPUT, class_inputs, input);
  if (has_classes == (input != DOT_SCRIPT_CLASS_NONE) &&
      (has_classes || ! dot_json_has (json, D_CLASS_INPUT)))
    return dot_json_need (json, "class_input", NULL);
  return dot_json_fail (json, "class_input", NULL);
}

/* The discriminator's is the generator's, where it isn't said. */
static void
parse_ranges (DotScript *script, DotJson *image)
{
  script->range[0][0] = -1.0;
  script->range[0][1] = 1.0;
  parse_range (script->range[0], image, "range");
  memcpy (script->range[1], script->range[0], sizeof (script->range[0]));
  parse_range (script->range[1], image, D_RANGE);
}

/**
 * dot_manifest_script_parse:
 * @manifest: of which all else is read
 * @json: the whole of model.json
 * @has_classes: whether the generator is told the class
 *
 * Reads what TorchScript files need: image.range, latent.shape,
 * latent.truncation and class_input.
 */
gboolean
dot_manifest_script_parse (DotManifest *manifest, DotJson *json, gboolean has_classes)
{
  g_autoptr (DotJson) image  = dot_json_get_object (json, "image", "");
  g_autoptr (DotJson) latent = dot_json_get_object (json, "latent", "");
  DotScript *script          = &manifest->script;

  script->channels   = manifest->channels;
  script->image_size = manifest->image_size;
  script->n_classes  = manifest->classes->len;
  if ((script->channels != 1 && script->channels != 3) ||
      script->image_size > DOT_SCRIPT_MAX_IMAGE_SIZE)
    return dot_json_fail (json, "image", NULL);

  parse_ranges (script, image);
  manifest->truncation = dot_json_get_number (latent, "truncation", 0.0, MIN_TRUNCATION,
                                              MAX_TRUNCATION);
  return parse_shape (script, latent, manifest->latent_size) &&
         parse_class_inputs (script, json, has_classes);
}

/*  writing  */

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

  dot_json_write_doubles (builder, "range", script->range[0], 2);
  if (memcmp (script->range[0], script->range[1], sizeof (script->range[0])))
    dot_json_write_doubles (builder, D_RANGE, script->range[1], 2);
}

/**
 * dot_manifest_script_add_latent:
 * @builder: inside of "latent"
 */
void
dot_manifest_script_add_latent (JsonBuilder *builder, const DotManifest *manifest)
{
  const DotScript *script = &manifest->script;

  dot_json_write_begin_array (builder, "shape");
  for (guint i = 0; i < script->n_dims; i++)
    json_builder_add_int_value (builder, script->shape[i]);
  json_builder_end_array (builder);
  if (manifest->truncation > 0.0)
    dot_json_write_double (builder, "truncation", manifest->truncation);
}

/**
 * dot_manifest_script_add_classes:
 * @builder: inside of the whole
 */
void
dot_manifest_script_add_classes (JsonBuilder *builder, const DotManifest *manifest)
{
  const DotScriptClassInput *inputs = manifest->script.class_input;

  dot_json_write_string (builder, "class_input", class_inputs[inputs[0]].word);
  if (inputs[0] != inputs[1])
    dot_json_write_string (builder, D_CLASS_INPUT, class_inputs[inputs[1]].word);
}
