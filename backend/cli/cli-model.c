/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What is said of a model, as JSON and in words. */

#include "config.h"

#include <glib/gi18n.h>

#include "dot-enums.h"
#include "cli-model.h"

#include "base/json.h"
#include "model/model.h"

/**
 * cli_model_find_listed:
 * @id: as “dot-refine models” lists it, or a path
 * @error: where it says that there is none
 *
 * Finds models that can't be used, too: with a problem, or not there yet.
 *
 * Returns: (transfer full): the model, or %NULL
 */
DotModel *
cli_model_find_listed (const char *id, GError **error)
{
  g_autoptr (GPtrArray) models = dot_model_list ();

  for (guint i = 0; i < models->len; i++)
    if (! g_strcmp0 (dot_model_get_id (models->pdata[i]), id))
      return dot_model_ref (models->pdata[i]);
  return dot_model_find (id, error);
}

/**
 * cli_model_add_members:
 * @builder: inside an object
 * @model: a model
 *
 * Adds what is known of the model, but for its classes.
 */
void
cli_model_add_members (JsonBuilder *builder, DotModel *model)
{
  dot_json_write_string (builder, "id", dot_model_get_id (model));
  dot_json_write_string (builder, "title", dot_model_get_title (model));
  dot_json_write_string (builder, "architecture", dot_model_get_architecture (model));
  dot_json_write_int (builder, "image_size", dot_model_get_image_size (model));
  dot_json_write_int (builder, "latent_size", dot_model_get_latent_size (model));
  dot_json_write_enum (builder, "prior", DOT_TYPE_PRIOR, dot_model_get_prior (model));
  dot_json_write_int (builder, "n_classes", dot_model_get_n_classes (model));
  dot_json_write_string (builder, "license", dot_model_get_license (model));
  dot_json_write_string (builder, "provenance", dot_model_get_provenance (model));
  dot_json_write_string (builder, "generator", dot_model_get_generator (model));
  dot_json_write_string (builder, "discriminator", dot_model_get_discriminator (model));
  dot_json_write_string (builder, "folder", dot_model_get_folder (model));
  dot_json_write_string (builder, "preview", dot_model_get_preview (model));
  dot_json_write_int (builder, "bytes", dot_model_get_bytes (model));
  dot_json_write_boolean (builder, "score_ignores_class", dot_model_ignores_class (model));
  dot_json_write_boolean (builder, "score_is_relative", dot_model_has_relative_scores (model));
  dot_json_write_boolean (builder, "removable", dot_model_remove_check (model, NULL));
  dot_json_write_boolean (builder, "program", dot_model_is_program (model));
  dot_json_write_boolean (builder, "trusted", dot_model_trust_check (model, NULL));
  dot_json_write_string (builder, "problem", dot_model_get_problem (model));
}

/**
 * cli_model_get_kind:
 * @model: a model
 *
 * Returns: (transfer none): in a word or three, whether the model's files are
 *   weights or a program, and whether that runs without --trust.
 */
const char *
cli_model_get_kind (DotModel *model)
{
  /* too damaged to tell */
  if (! *dot_model_get_architecture (model))
    return "–";
  if (! dot_model_is_program (model))
    return _ ("Weights");
  if (dot_model_trust_check (model, NULL))
    return _ ("Program, trusted");
  return _ ("Program, not trusted");
}

/**
 * cli_model_add_class_members:
 * @builder: inside an object
 * @class: one of a model's classes
 *
 * Adds what is known of the class.
 */
void
cli_model_add_class_members (JsonBuilder *builder, const DotClass *class)
{
  dot_json_write_int (builder, "label", class->label);
  dot_json_write_int (builder, "index", class->index);
  dot_json_write_string (builder, "wnid", class->wnid);
  dot_json_write_string (builder, "class", class->name);
}
