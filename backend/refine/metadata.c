/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* What a kept step carries, as JSON: in a layer's parasite and in a PNG.
 * docs/formats.md has the schema. */

#include "option.h"

#include "dot-enums.h"
#include "step.h"
#include "engine/pair.h"
#include "model/model.h"

#include "base/intl.h"

#include <json-glib/json-glib.h>

#define STATE_FORMAT  "dot-refine-state"
#define STATE_VERSION 1

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_double (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, value);
}

static void
add_doubles (JsonBuilder *builder, const char *name, const double *values, gsize n)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (gsize i = 0; i < n; i++)
    json_builder_add_double_value (builder, values[i]);
  json_builder_end_array (builder);
}

static void
add_model (JsonBuilder *builder, DotModel *model)
{
  json_builder_set_member_name (builder, "model");
  json_builder_begin_object (builder);
  add_string (builder, "id", dot_model_get_id (model));
  add_string (builder, "architecture", dot_model_get_architecture (model));
  add_string (builder, "prior", dot_enum_to_nick (DOT_TYPE_PRIOR, dot_model_get_prior (model)));
  if (! dot_model_is_package (model))
    {
      add_string (builder, "generator", dot_model_get_generator (model));
      add_string (builder, "discriminator", dot_model_get_discriminator (model));
    }
  add_string (builder, "generator_sha256", dot_model_get_checksum (model, 0));
  add_string (builder, "discriminator_sha256", dot_model_get_checksum (model, 1));
  json_builder_end_object (builder);
}

static void
add_class (JsonBuilder *builder, const DotClass *klass)
{
  json_builder_set_member_name (builder, "class");
  json_builder_begin_object (builder);
  add_string (builder, "name", klass->name);
  add_string (builder, "wnid", klass->wnid);
  add_int (builder, "index", klass->index);
  add_int (builder, "label", klass->label);
  json_builder_end_object (builder);
}

static void
add_options (JsonBuilder *builder, const DotRefineOptions *options)
{
  guint            n;
  const DotOption *table = dot_option_list (&n);

  for (guint i = 0; i < n; i++)
    if (table[i].uses & DOT_OPTION_STATE)
      dot_option_write_json (&table[i], options, builder);
}

/* In target space the point is the picture itself and stays out. */
static void
add_state (JsonBuilder *builder, const DotStep *step, gsize b)
{
  gsize d = step->latent_size;

  if (step->seeds[b] >= 0)
    add_int (builder, "seed", step->seeds[b]);
  add_int (builder, "candidate", (gint64) b);
  add_int (builder, "update", step->update);
  add_int (builder, "updates", step->n_updates);
  add_double (builder, "score", step->scores[b]);
  add_double (builder, "distance", step->distances[b]);
  add_double (builder, "k_eff", step->k_eff[b]);
  add_doubles (builder, "latent", step->latents + b * d, d);
  if (step->point_size != d)
    return;

  add_doubles (builder, "origin", step->origins + b * d, d);
  if (step->second_moments)
    add_doubles (builder, "second_moment", step->second_moments + b * d, d);
}

/**
 * dot_step_to_json:
 * @candidate: 0 … batch − 1
 *
 * Returns: (transfer full): everything needed to know where the picture
 *   comes from and to continue from it, on one line
 */
char *
dot_step_to_json (const DotStep          *step,
                  gsize                   candidate,
                  DotPair                *pair,
                  const DotRefineOptions *options)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonNode) root       = NULL;

  json_builder_begin_object (builder);
  add_string (builder, "format", STATE_FORMAT);
  add_int (builder, "version", STATE_VERSION);
  add_string (builder, "program", "DOT Refine " DOT_VERSION);
  add_string (builder, "device", dot_pair_get_device_name (pair));
  add_model (builder, dot_pair_get_model (pair));
  add_class (builder, step->classes[candidate]);
  add_options (builder, options);
  add_state (builder, step, candidate);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}
