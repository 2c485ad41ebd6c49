/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What a kept step carries, as JSON: in a layer's parasite and in a PNG, to be
 * read back and gone on from.  docs/formats.md has the schema. */

#include "state.h"

#include "dot-enums.h"
#include "model/model.h"
#include "engine/pair.h"
#include "method/method.h"
#include "option.h"
#include "pixels.h"

#include "base/intl.h"
#include "base/whole-file.h"
#include "base/json.h"
#include "format/png.h"

#include <float.h>
#include <string.h>

#define STATE_FORMAT   "dot-refine-state"
#define STATE_VERSION  1
#define MAX_STATE_SIZE (64 * 1024 * 1024)

/*  writing  */

static void
add_model (JsonBuilder *builder, DotModel *model)
{
  dot_json_write_begin_object (builder, "model");
  dot_json_write_string (builder, "id", dot_model_get_id (model));
  dot_json_write_string (builder, "architecture", dot_model_get_architecture (model));
  dot_json_write_enum (builder, "prior", DOT_TYPE_PRIOR, dot_model_get_prior (model));
  if (! dot_model_is_package (model))
    {
      dot_json_write_string (builder, "generator", dot_model_get_generator (model));
      dot_json_write_string (builder, "discriminator", dot_model_get_discriminator (model));
    }
  dot_json_write_string (builder, "generator_sha256", dot_model_get_checksum (model, 0));
  dot_json_write_string (builder, "discriminator_sha256", dot_model_get_checksum (model, 1));
  json_builder_end_object (builder);
}

static void
add_class (JsonBuilder *builder, const DotClass *klass)
{
  dot_json_write_begin_object (builder, "class");
  dot_json_write_string (builder, "name", klass->name);
  dot_json_write_string (builder, "wnid", klass->wnid);
  dot_json_write_int (builder, "index", klass->index);
  dot_json_write_int (builder, "label", klass->label);
  json_builder_end_object (builder);
}

static void
add_options (JsonBuilder *builder, const DotRefineOptions *options)
{
  guint            n;
  const DotOption *table = dot_option_list (&n);

  for (guint i = 0; i < n; i++)
    if ((table[i].uses & DOT_OPTION_STATE) && dot_option_is_of (&table[i], options->method))
      dot_option_write_json (&table[i], options, builder);
}

/* In target space the point is the picture itself and stays out. */
static void
add_state (JsonBuilder *builder, const DotStep *step, gsize b)
{
  gsize d = step->latent_size;

  if (step->seeds[b] >= 0)
    dot_json_write_int (builder, "seed", step->seeds[b]);
  dot_json_write_int (builder, "candidate", (gint64) b);
  dot_json_write_int (builder, "update", step->update);
  dot_json_write_int (builder, "updates", step->n_updates);
  dot_json_write_double (builder, "score", step->scores[b]);
  dot_json_write_double (builder, "distance", step->distances[b]);
  if (step->k_eff[b] > 0.0)
    dot_json_write_double (builder, "k_eff", step->k_eff[b]);
  dot_json_write_doubles (builder, "latent", step->latents + b * d, d);
  if (step->point_size != d)
    return;

  dot_json_write_doubles (builder, "origin", step->origins + b * d, d);
  if (step->second_moments)
    dot_json_write_doubles (builder, "second_moment", step->second_moments + b * d, d);
}

/**
 * dot_state_from_step:
 * @candidate: 0 … batch − 1
 *
 * Returns: (transfer full): everything needed to know where the picture
 *   comes from and to continue from it, on one line
 */
char *
dot_state_from_step (const DotStep          *step,
                     gsize                   candidate,
                     DotPair                *pair,
                     const DotRefineOptions *options)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonNode) root       = NULL;

  json_builder_begin_object (builder);
  dot_json_write_string (builder, "format", STATE_FORMAT);
  dot_json_write_int (builder, "version", STATE_VERSION);
  dot_json_write_string (builder, "program", "DOT Refine " DOT_VERSION);
  dot_json_write_string (builder, "device", dot_pair_get_device_name (pair));
  add_model (builder, dot_pair_get_model (pair));
  add_class (builder, step->classes[candidate]);
  add_options (builder, options);
  add_state (builder, step, candidate);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

/*  reading  */

static void
report_wrong (const char *file,
              const char *inside,
              const char *member,
              const char *must_be,
              GError    **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("The saved state can't be continued, for “%s” is missing or "
                  "wrong: take another picture or layer."),
               *inside ? inside : member);
}

static const DotJsonSentences sentences = { .wrong = report_wrong };

/* (d) finite numbers, or %NULL. */
static double *
get_vector (DotJson *json, const char *member, gsize d)
{
  g_autoptr (GArray) values = dot_json_get_numbers (json, member, -DBL_MAX, DBL_MAX);

  if (values && values->len == d)
    return (double *) g_array_steal (values, NULL);
  if (values)
    dot_json_fail (json, member, NULL);
  return NULL;
}

/* A latent means nothing to another generator. */
static gboolean
check_model (DotJson *json, DotModel *model, GError **error)
{
  g_autoptr (DotJson) object = dot_json_get_object (json, "model", "model");
  const char *found          = dot_json_get_string (object, "generator_sha256", NULL);

  if (! dot_json_need (object, "generator_sha256", NULL))
    return FALSE;
  if (strcmp (found, dot_model_get_checksum (model, 0)) == 0)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("The saved state was made by the model “%s”: choose that one to continue."),
               dot_json_get_string (object, "id", ""));
  return FALSE;
}

/* Methods without a constant leave it out. */
static gboolean
has_k_eff (DotJson *json)
{
  const char *word   = dot_json_get_string (json, "method", NULL);
  int         method = DOT_METHOD_DOT;

  return ! word || ! dot_enum_from_nick (DOT_TYPE_METHOD, "", word, &method, NULL) ||
         (dot_method_get_class (method)->needs & DOT_METHOD_NEEDS_K_EFF);
}

static gboolean
parse_numbers (DotState *state, DotJson *json, DotModel *model)
{
  g_autoptr (DotJson) klass = dot_json_get_object (json, "class", "class");
  guint n                   = dot_model_get_n_classes (model);

  state->label  = (guint) dot_json_get_number (klass, "label", 0, 0, n - 1);
  state->update = (guint) dot_json_get_number (json, "update", 0, 0, G_MAXINT32);
  state->k_eff  = dot_json_get_number (json, "k_eff", 0, 1e-12, 1e12);
  state->seed   = (gint64) dot_json_get_number (json, "seed", -1, 0, G_MAXINT32);
  return dot_json_need (klass, "label", NULL) && dot_json_need (json, "update", NULL) &&
         (! has_k_eff (json) || dot_json_need (json, "k_eff", NULL));
}

static gboolean
parse_vectors (DotState *state, DotJson *json, DotModel *model)
{
  gsize d = dot_model_get_latent_size (model);

  state->latent        = get_vector (json, "latent", d);
  state->origin        = get_vector (json, "origin", d);
  state->second_moment = get_vector (json, "second_moment", d);
  return dot_json_need (json, "latent", "origin", NULL);
}

/**
 * dot_state_parse:
 * @json: from dot_state_from_step()
 * @model: which must be the one that made it
 *
 * Returns: (transfer full): the state
 */
DotState *
dot_state_parse (const char *json, DotModel *model, GError **error)
{
  g_autoptr (DotState) state    = g_new0 (DotState, 1);
  g_autoptr (JsonObject) object = dot_json_parse (json, strlen (json), NULL);
  g_autoptr (DotJson) root      = dot_json_new (object, NULL, &sentences, error);

  if (g_strcmp0 (dot_json_get_string (root, "format", NULL), STATE_FORMAT) != 0)
    dot_json_fail (root, "format", NULL);
  if (! dot_json_is_right (root) || ! check_model (root, model, error) ||
      ! parse_numbers (state, root, model) || ! parse_vectors (state, root, model))
    return NULL;
  return g_steal_pointer (&state);
}

/**
 * dot_state_get_latent:
 * @json: from dot_state_from_step(), of any model
 * @size: (out): d
 *
 * Returns: (transfer full): (d) its latent
 */
double *
dot_state_get_latent (const char *json, gsize *size, GError **error)
{
  g_autoptr (JsonObject) object = dot_json_parse (json, strlen (json), NULL);
  g_autoptr (DotJson) root      = dot_json_new (object, NULL, &sentences, error);
  g_autoptr (GArray) latent     = dot_json_get_numbers (root, "latent", -DBL_MAX, DBL_MAX);

  if (! dot_json_need (root, "latent", NULL))
    return NULL;
  return (double *) g_array_steal (latent, size);
}

void
dot_state_free (DotState *state)
{
  if (! state)
    return;

  g_free (state->latent);
  g_free (state->origin);
  g_free (state->second_moment);
  g_free (state);
}

/* (transfer full) (nullable): where the file is JSON */
static char *
copy_json (const char *bytes, gsize size)
{
  g_autofree char *text = NULL;

  if (size == 0 || size > MAX_STATE_SIZE)
    return NULL;
  text = g_strndup (bytes, size);
  return g_str_has_prefix (g_strchug (text), "{") ? g_steal_pointer (&text) : NULL;
}

/**
 * dot_state_read:
 * @path: a picture that dot_frame_save_png() wrote, or JSON
 *
 * Returns: (transfer full): its state as JSON, for #DotRefineOptions
 */
char *
dot_state_read (const char *path, GError **error)
{
  g_autoptr (GMappedFile) file = dot_whole_file_map (path, error);
  const char *bytes            = file ? g_mapped_file_get_contents (file) : NULL;
  gsize       size             = file ? g_mapped_file_get_length (file) : 0;
  char       *json;

  if (! file)
    return NULL;
  json = copy_json (bytes, size);
  if (! json)
    json = dot_png_find_text ((const guint8 *) bytes, size, DOT_PIXELS_STATE, MAX_STATE_SIZE);
  if (! json)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                 _ ("%s is no picture of DOT Refine, nor a saved state: give one that it wrote."),
                 path);
  return json;
}
