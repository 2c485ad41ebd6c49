/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* The JSON that dot_step_to_json() writes, read back; docs/formats.md has the
 * schema. */

#include "state.h"

#include "model/model.h"

#include "base/intl.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#define MAX_STATE_SIZE (64 * 1024 * 1024)

static gboolean
state_fail (const char *member, GError **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("The saved state can't be continued, for “%s” is missing or "
                  "wrong: take another picture or layer."),
               member);
  return FALSE;
}

static JsonObject *
get_object (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static gboolean
get_number (JsonObject *object, const char *member, double smallest, double largest, double *value)
{
  JsonNode *node = object ? json_object_get_member (object, member) : NULL;
  GType type = node && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_NONE;

  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return FALSE;
  *value = json_node_get_double (node);
  return *value >= smallest && *value <= largest;
}

/* (d) finite numbers, or %NULL. */
static double *
get_vector (JsonObject *object, const char *member, gsize d)
{
  JsonNode  *node  = json_object_get_member (object, member);
  JsonArray *array = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autofree double *values = NULL;

  if (! array || json_array_get_length (array) != d)
    return NULL;

  values = g_new (double, d);
  for (gsize i = 0; i < d; i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (! JSON_NODE_HOLDS_VALUE (element))
        return NULL;
      values[i] = json_node_get_double (element);
      if (! isfinite (values[i]))
        return NULL;
    }
  return g_steal_pointer (&values);
}

/* A latent means nothing to another generator. */
static gboolean
check_model (JsonObject *root, DotModel *model, GError **error)
{
  JsonObject *object = get_object (root, "model");
  const char *found  = object ? json_object_get_string_member_with_default (object,
                                                                            "generator_sha256", NULL)
                              : NULL;

  if (! found)
    return state_fail ("model", error);
  if (strcmp (found, dot_model_get_checksum (model, 0)) == 0)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("The saved state was made by the model “%s”: choose that "
                  "one to continue."),
               json_object_get_string_member_with_default (object, "id", ""));
  return FALSE;
}

static gboolean
parse_numbers (DotState *state, JsonObject *root, DotModel *model, GError **error)
{
  guint  n    = dot_model_get_n_classes (model);
  double seed = -1.0;
  double label, update;

  if (! get_number (get_object (root, "class"), "label", 0, n - 1, &label))
    return state_fail ("class", error);
  if (! get_number (root, "update", 0, G_MAXINT32, &update))
    return state_fail ("update", error);
  if (! get_number (root, "k_eff", 1e-12, 1e12, &state->k_eff))
    return state_fail ("k_eff", error);
  if (json_object_has_member (root, "seed") && ! get_number (root, "seed", 0, G_MAXINT32, &seed))
    return state_fail ("seed", error);

  state->seed   = (gint64) seed;
  state->label  = (guint) label;
  state->update = (guint) update;
  return TRUE;
}

static gboolean
parse_vectors (DotState *state, JsonObject *root, DotModel *model, GError **error)
{
  gsize d = dot_model_get_latent_size (model);

  state->latent = get_vector (root, "latent", d);
  if (! state->latent)
    return state_fail ("latent", error);
  state->origin = get_vector (root, "origin", d);
  if (! state->origin)
    return state_fail ("origin", error);

  state->second_moment = get_vector (root, "second_moment", d);
  if (! state->second_moment && json_object_has_member (root, "second_moment"))
    return state_fail ("second_moment", error);
  return TRUE;
}

/* (nullable) (transfer none) */
static JsonObject *
parse_root (JsonParser *parser, const char *json)
{
  JsonNode *node = json_parser_load_from_data (parser, json, -1, NULL)
                     ? json_parser_get_root (parser)
                     : NULL;

  return node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * dot_state_parse:
 * @json: from dot_step_to_json()
 * @model: which must be the one that made it
 *
 * Returns: (transfer full): the state
 */
DotState *
dot_state_parse (const char *json, DotModel *model, GError **error)
{
  /* Not an immutable one: json-glib aborts where a text has two roots. */
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (DotState) state    = g_new0 (DotState, 1);
  JsonObject *root              = parse_root (parser, json);

  if (! root || g_strcmp0 (json_object_get_string_member_with_default (root, "format", NULL),
                           "dot-refine-state") != 0)
    {
      state_fail ("format", error);
      return NULL;
    }

  if (! check_model (root, model, error) || ! parse_numbers (state, root, model, error) ||
      ! parse_vectors (state, root, model, error))
    return NULL;
  return g_steal_pointer (&state);
}

/**
 * dot_state_get_latent:
 * @json: from dot_step_to_json(), of any model
 * @size: (out): d
 *
 * Returns: (transfer full): (d) its latent
 */
double *
dot_state_get_latent (const char *json, gsize *size, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *root              = parse_root (parser, json);
  JsonNode   *node              = root ? json_object_get_member (root, "latent") : NULL;
  double     *latent            = NULL;

  if (node && JSON_NODE_HOLDS_ARRAY (node))
    {
      *size  = json_array_get_length (json_node_get_array (node));
      latent = get_vector (root, "latent", *size);
    }
  if (! latent)
    state_fail ("latent", error);
  return latent;
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

static char *
read_png (const char *path)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new_from_file (path, NULL);

  return pixbuf ? g_strdup (gdk_pixbuf_get_option (pixbuf, "tEXt::dot-refine")) : NULL;
}

static char *
read_text (const char *path)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
  gsize            size        = file ? g_mapped_file_get_length (file) : 0;
  g_autofree char *text        = NULL;

  if (size == 0 || size > MAX_STATE_SIZE)
    return NULL;
  text = g_strndup (g_mapped_file_get_contents (file), size);
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
  char *json = read_text (path);

  if (! json)
    json = read_png (path);
  if (! json)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                 _ ("%s is no picture of DOT Refine, nor a saved state: give "
                    "one that it wrote."),
                 path);
  return json;
}
