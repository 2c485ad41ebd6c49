/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The files of one run, which docs/formats.md describes.  Errors are reasons,
 * "No space left on device"; DotHistory makes a sentence of them. */

#include "config.h"

#include "history-write.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "history-entry.h"

static gboolean
write_text (const char *folder, const char *name, const char *text, gsize size, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_set_contents_full (path, text, size,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, error);
}

/*  what is known of the candidates  */

/* Where it began: in target space, where the picture moves, that is the
 * latent itself.  All have one size, the first one's. */
static void
append_latent (GArray *latents, guint candidate, DotJson *state)
{
  const char *key            = dot_json_has (state, "origin") ? "origin" : "latent";
  g_autoptr (GArray) numbers = dot_json_get_numbers (state, key, -HUGE_VAL, HUGE_VAL);

  if (numbers && numbers->len * candidate == latents->len)
    g_array_append_vals (latents, numbers->data, numbers->len);
  else
    dot_json_fail (state, key, NULL);
}

/*  run.json  */

static void
add_moment (JsonObject *candidate, const char *name, const DotFrame *frame)
{
  JsonObject *moment = json_object_new ();

  json_object_set_int_member (moment, "update", frame->update);
  /* JSON has no word for what isn't finite */
  if (isfinite (frame->score))
    json_object_set_double_member (moment, "score", frame->score);
  if (isfinite (frame->distance))
    json_object_set_double_member (moment, "distance", frame->distance);
  json_object_set_object_member (candidate, name, moment);
}

static JsonObject *
describe_candidate (const DotFrame *first, const DotFrame *last)
{
  JsonObject *candidate = json_object_new ();

  json_object_set_string_member (candidate, "class", last->class_name);
  if (last->seed >= 0)
    json_object_set_int_member (candidate, "seed", last->seed);
  add_moment (candidate, "first", first);
  add_moment (candidate, "last", last);
  if (dot_collapse_check (last, first))
    json_object_set_boolean_member (candidate, "collapsed", TRUE);
  return candidate;
}

static JsonArray *
describe_candidates (GPtrArray *first, GPtrArray *last)
{
  JsonArray *candidates = json_array_new ();

  for (guint i = 0; i < first->len; i++)
    json_array_add_object_element (candidates,
                                   describe_candidate (first->pdata[i], last->pdata[i]));
  return candidates;
}

static JsonNode *
describe_run (GDateTime  *time,
              JsonObject *settings,
              JsonArray  *parts,
              const char *model,
              GPtrArray  *first,
              GPtrArray  *last)
{
  g_autofree char *when = g_date_time_format_iso8601 (time);
  const DotFrame  *any  = last->pdata[0];
  JsonObject      *run  = json_object_new ();
  JsonNode        *root = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (run, "format", DOT_HISTORY_RUN_FORMAT);
  json_object_set_int_member (run, "version", 1);
  json_object_set_string_member (run, "program", "DOT Refine " DOT_VERSION);
  json_object_set_string_member (run, "time", when);
  if (model)
    json_object_set_string_member (run, "model", model);
  json_object_set_int_member (run, "updates", any->update);
  json_object_set_object_member (run, "settings",
                                 settings ? json_object_ref (settings) : json_object_new ());
  if (parts)
    json_object_set_array_member (run, "parts", json_array_ref (parts));
  json_object_set_array_member (run, "candidates", describe_candidates (first, last));
  json_node_take_object (root, run);
  return root;
}

/* What wouldn't be read again isn't written either. */
static gboolean
check_size (gsize size, gsize largest, GError **error)
{
  if (size <= largest)
    return TRUE;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("it is too large"));
  return FALSE;
}

static gboolean
write_run (const char *folder, JsonNode *run, GError **error)
{
  g_autofree char *text = json_to_string (run, TRUE);
  gsize            size = strlen (text);

  return check_size (size, DOT_HISTORY_MAX_RUN_SIZE, error) &&
         write_text (folder, DOT_HISTORY_RUN, text, size, error);
}

/*  states.json  */

/* The states are JSON already: their text is put together. */
static gboolean
write_states (const char *folder, GPtrArray *first, GPtrArray *last, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append (text, "{\"format\":\"" DOT_HISTORY_STATES_FORMAT "\","
                         "\"version\":1,\"candidates\":[");
  for (guint i = 0; i < first->len; i++)
    g_string_append_printf (text, "%s{\"first\":%s,\"last\":%s}", i ? ",\n" : "",
                            ((DotFrame *) first->pdata[i])->state,
                            ((DotFrame *) last->pdata[i])->state);
  g_string_append (text, "]}\n");
  return check_size (text->len, DOT_HISTORY_MAX_STATES_SIZE, error) &&
         write_text (folder, DOT_HISTORY_STATES, text->str, text->len, error);
}

/*  pictures  */

static GdkPixbuf *
make_thumbnail (const DotFrame *frame)
{
  guint8 *pixels              = dot_frame_get_pixels (frame);
  guint   longest             = MAX (frame->width, frame->height);
  double  scale               = (double) DOT_HISTORY_THUMBNAIL / longest;
  g_autoptr (GBytes) bytes    = NULL;
  g_autoptr (GdkPixbuf) whole = NULL;

  bytes = g_bytes_new_take (pixels, 3 * (gsize) frame->width * frame->height);
  whole = gdk_pixbuf_new_from_bytes (bytes, GDK_COLORSPACE_RGB, FALSE, 8, frame->width,
                                     frame->height, 3 * frame->width);
  if (longest <= DOT_HISTORY_THUMBNAIL)
    return g_steal_pointer (&whole);
  return gdk_pixbuf_scale_simple (whole, MAX (1, (int) lrint (scale * frame->width)),
                                  MAX (1, (int) lrint (scale * frame->height)),
                                  GDK_INTERP_BILINEAR);
}

static gboolean
write_thumbnail (const char      *folder,
                 const DotFrame  *frame,
                 guint            candidate,
                 DotHistoryMoment moment,
                 GError         **error)
{
  g_autofree char *path       = NULL;
  g_autofree char *bytes      = NULL;
  g_autoptr (GdkPixbuf) small = NULL;
  gsize size;

  /* points of the plane are no pictures */
  if (frame->channels == 2)
    return TRUE;

  path  = dot_history_entry_thumbnail_path (folder, candidate, moment);
  small = make_thumbnail (frame);
  return gdk_pixbuf_save_to_buffer (small, &bytes, &size, "png", error, NULL) &&
         g_file_set_contents (path, bytes, size, error);
}

static gboolean
write_thumbnails (const char *folder, GPtrArray *first, GPtrArray *last, GError **error)
{
  for (guint i = 0; i < first->len; i++)
    if (! write_thumbnail (folder, first->pdata[i], i, DOT_HISTORY_FIRST, error) ||
        ! write_thumbnail (folder, last->pdata[i], i, DOT_HISTORY_LAST, error))
      return FALSE;
  return TRUE;
}

/*  latents.npy  */

static gboolean
write_latents (const char *folder, GArray *latents, guint n, GError **error)
{
  const double *values     = (const double *) (gconstpointer) latents->data;
  g_autoptr (GBytes) bytes = dot_latents_to_npy (values, n, latents->len / n);

  return write_text (folder, DOT_HISTORY_LATENTS, g_bytes_get_data (bytes, NULL),
                     g_bytes_get_size (bytes), error);
}

/* Returns: (transfer full) (nullable): a frame's state, parsed */
static JsonObject *
parse_state (const DotFrame *frame, GError **error)
{
  return dot_json_parse_format (frame->state, strlen (frame->state), "dot-refine-state", error);
}

static gboolean
collect (GPtrArray *first, GPtrArray *last, GArray *latents, char **model, GError **error)
{
  for (guint i = 0; i < first->len; i++)
    {
      g_autoptr (JsonObject) begin = parse_state (first->pdata[i], error);
      g_autoptr (JsonObject) end   = begin ? parse_state (last->pdata[i], error) : NULL;
      g_autoptr (DotJson) state    = end ? dot_json_new (begin, NULL, NULL, error) : NULL;
      g_autoptr (DotJson) origin   = end ? dot_json_get_object (state, "model", "") : NULL;

      if (! end)
        return FALSE;
      append_latent (latents, i, state);
      if (i == 0)
        *model = g_strdup (dot_json_get_string (origin, "id", NULL));
      if (! dot_json_is_right (state))
        return FALSE;
    }

  return TRUE;
}

/**
 * dot_history_write:
 * @folder: an empty one
 * @settings: (nullable): anything
 * @parts: (nullable): an object of "settings" and "updates" for each run
 * @first: a #DotFrame for each candidate where the run began
 * @last: the same where it ended
 * @error: a reason that is no sentence
 *
 * Writes the files that a run is kept as.
 */
gboolean
dot_history_write (const char *folder,
                   GDateTime  *time,
                   JsonObject *settings,
                   JsonArray  *parts,
                   GPtrArray  *first,
                   GPtrArray  *last,
                   GError    **error)
{
  g_autoptr (GArray) latents = g_array_new (FALSE, FALSE, sizeof (double));
  g_autofree char *model     = NULL;
  g_autoptr (JsonNode) run   = NULL;

  if (! collect (first, last, latents, &model, error))
    return FALSE;

  run = describe_run (time, settings, parts, model, first, last);
  return write_states (folder, first, last, error) &&
         write_latents (folder, latents, first->len, error) &&
         write_thumbnails (folder, first, last, error) && write_run (folder, run, error);
}
