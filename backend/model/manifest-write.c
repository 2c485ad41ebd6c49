/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "manifest.h"

#include "classes.h"
#include "dot-enums.h"
#include "manifest-script.h"

#include "base/intl.h"

#include <string.h>

#define VERSION 1

static void
add_sizes (JsonBuilder *builder, const DotManifest *manifest)
{
  dot_json_write_begin_object (builder, "image");
  dot_json_write_int (builder, "size", manifest->image_size);
  dot_json_write_int (builder, "channels", manifest->channels);
  if (dot_manifest_has_script (manifest))
    dot_manifest_script_add_image (builder, manifest);
  json_builder_end_object (builder);
  dot_json_write_begin_object (builder, "latent");
  dot_json_write_int (builder, "size", manifest->latent_size);
  dot_json_write_enum (builder, "prior", DOT_TYPE_PRIOR, manifest->prior);
  if (manifest->psi > 0.0)
    dot_json_write_double (builder, "psi", manifest->psi);
  if (dot_manifest_has_script (manifest))
    dot_manifest_script_add_latent (builder, manifest);
  json_builder_end_object (builder);
}

static void
add_files (JsonBuilder *builder, const DotManifest *manifest)
{
  dot_json_write_begin_object (builder, "files");
  for (int i = 0; i < 2; i++)
    {
      g_autofree char *name = g_path_get_basename (manifest->files[i]);

      dot_json_write_begin_object (builder, dot_manifest_roles[i]);
      dot_json_write_string (builder, "name", name);
      dot_json_write_string (builder, "sha256", manifest->checksums[i]);
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
}

static void
add_first (JsonBuilder *builder, const DotManifest *manifest)
{
  dot_json_write_begin_object (builder, "first");
  dot_json_write_int (builder, "label", manifest->first_label);
  dot_json_write_int (builder, "seed", manifest->first_seed);
  json_builder_end_object (builder);
}

/* A class of which nothing is known has a number, and no name that would be
 * in the language of whoever imported it. */
static void
add_classes (JsonBuilder *builder, const DotManifest *manifest)
{
  dot_json_write_begin_array (builder, "classes");
  for (guint i = 0; i < manifest->classes->len; i++)
    {
      const DotClass *klass = &g_array_index (manifest->classes, DotClass, i);

      json_builder_begin_object (builder);
      dot_json_write_int (builder, "label", klass->label);
      dot_json_write_int (builder, "index", klass->index);
      if (klass->wnid)
        dot_json_write_string (builder, "wnid", klass->wnid);
      if (dot_classes_is_named (klass))
        dot_json_write_string (builder, "name", klass->name);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static JsonNode *
manifest_to_json (const DotManifest *manifest)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  dot_json_write_string (builder, "format", "dot-refine-model");
  dot_json_write_int (builder, "version", VERSION);
  dot_json_write_string (builder, "title", manifest->title);
  dot_json_write_string (builder, "license", manifest->license);
  dot_json_write_string (builder, "provenance", manifest->provenance);
  dot_json_write_string (builder, "architecture", manifest->architecture);
  if (manifest->discriminator_architecture &&
      strcmp (manifest->discriminator_architecture, manifest->architecture) != 0)
    dot_json_write_string (builder, "discriminator_architecture",
                           manifest->discriminator_architecture);
  add_sizes (builder, manifest);
  if (manifest->relative_scores)
    dot_json_write_boolean (builder, "score_is_relative", TRUE);
  if (manifest->deviation > 0.0)
    dot_json_write_double (builder, "batch_deviation", manifest->deviation);
  add_files (builder, manifest);
  if (dot_manifest_has_script (manifest))
    dot_manifest_script_add_classes (builder, manifest);
  add_classes (builder, manifest);
  if (manifest->ignores_class)
    dot_json_write_boolean (builder, "score_ignores_class", TRUE);
  if (manifest->k_eff)
    dot_json_write_doubles (builder, "k_eff", manifest->k_eff, MAX (manifest->classes->len, 1));
  if (manifest->has_first)
    add_first (builder, manifest);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/**
 * dot_manifest_write:
 * @manifest: whose classes are empty for an unconditional pair; with a @k_eff
 *   of an unconditional pair there is one number in it
 * @folder: the model's
 *
 * Writes model.json (docs/formats.md).
 */
gboolean
dot_manifest_write (const DotManifest *manifest, const char *folder, GError **error)
{
  g_autofree char *path               = g_build_filename (folder, "model.json", NULL);
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root           = manifest_to_json (manifest);
  g_autoptr (GError) local_error      = NULL;

  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  if (json_generator_to_file (generator, path, &local_error))
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
               _ ("%s can't be written (%s): choose another place or free some space."), path,
               local_error->message);
  return FALSE;
}
