/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "history-entry.h"

#include <inttypes.h>
#include <math.h>

#include <glib/gi18n-lib.h>

/**
 * DotHistoryEntry:
 *
 * A run that was kept.  It knows what run.json says; pictures and states are
 * read when they are asked for.
 */

#define MAX_THUMBNAIL_SIZE (1024 * 1024)

/* seed: −1 where the latent came from a file; scores: NAN where unknown */
typedef struct
{
  char    *class_name;
  gint64   seed;
  guint    updates[2];
  double   scores[2];
  gboolean collapsed;
} Candidate;

/* Updates that were made in one go. */
typedef struct
{
  JsonObject *settings;
  guint       n_updates;
} Part;

struct _DotHistoryEntry
{
  GObject parent_instance;

  char       *folder;
  char       *id;
  char       *title;
  char       *model;
  guint       n_updates;
  GDateTime  *time;
  JsonObject *settings;
  GArray     *candidates;
  GArray     *parts;
  GHashTable *thumbnails;
};

G_DEFINE_FINAL_TYPE (DotHistoryEntry, dot_history_entry, G_TYPE_OBJECT)

/*  run.json  */

static void
parse_moment (Candidate *candidate, DotHistoryMoment moment, DotJson *json, const char *key)
{
  g_autoptr (DotJson) object = dot_json_get_object (json, key, "");

  dot_json_need (object, "update", NULL);
  candidate->updates[moment] = (guint) dot_json_get_number (object, "update", 0, 0, G_MAXINT);
  candidate->scores[moment]  = dot_json_get_number (object, "score", NAN, -HUGE_VAL, HUGE_VAL);
}

static gboolean
is_true (DotJson *json, const char *key)
{
  JsonNode *node = dot_json_get_node (json, key);

  return node && JSON_NODE_HOLDS_VALUE (node) && json_node_get_boolean (node);
}

static void
parse_candidate (Candidate *candidate, DotJson *json)
{
  dot_json_need (json, "class", NULL);
  candidate->class_name = dot_line_from_text (dot_json_get_string (json, "class", ""));
  candidate->seed       = (gint64) dot_json_get_number (json, "seed", -1, 0, G_MAXINT);
  candidate->collapsed  = is_true (json, "collapsed");
  parse_moment (candidate, DOT_HISTORY_FIRST, json, "first");
  parse_moment (candidate, DOT_HISTORY_LAST, json, "last");
}

static void
parse_candidates (DotHistoryEntry *entry, DotJson *json)
{
  g_autoptr (GPtrArray) candidates = dot_json_get_objects (json, "candidates", "");
  guint n                          = candidates->len;

  if (n < 1 || n > DOT_HISTORY_MAX_CANDIDATES)
    {
      dot_json_fail (json, "candidates", NULL);
      return;
    }

  g_array_set_size (entry->candidates, n);
  for (guint i = 0; i < n; i++)
    parse_candidate (&g_array_index (entry->candidates, Candidate, i), candidates->pdata[i]);
}

/* Returns: (transfer full) (nullable): what the dialog was set to */
static JsonObject *
parse_settings (DotJson *json)
{
  JsonNode *settings = dot_json_get_node (json, "settings");

  if (settings && JSON_NODE_HOLDS_OBJECT (settings))
    return json_node_dup_object (settings);
  dot_json_fail (json, "settings", NULL);
  return NULL;
}

static void
parse_part (Part *part, DotJson *json)
{
  dot_json_need (json, "updates", NULL);
  part->settings  = parse_settings (json);
  part->n_updates = (guint) dot_json_get_number (json, "updates", 0, 0, G_MAXINT);
}

/* Who kept the run may not have known them. */
static void
parse_parts (DotHistoryEntry *entry, DotJson *json)
{
  g_autoptr (GPtrArray) parts = NULL;

  if (! dot_json_has (json, "parts"))
    return;

  parts = dot_json_get_objects (json, "parts", "");
  if (parts->len > DOT_HISTORY_MAX_PARTS)
    {
      dot_json_fail (json, "parts", NULL);
      return;
    }

  g_array_set_size (entry->parts, parts->len);
  for (guint i = 0; i < parts->len; i++)
    parse_part (&g_array_index (entry->parts, Part, i), parts->pdata[i]);
}

static gboolean
parse_run (DotHistoryEntry *entry, JsonObject *run, GError **error)
{
  g_autoptr (DotJson) json = dot_json_new (run, NULL, NULL, error);

  entry->n_updates = (guint) dot_json_get_number (json, "updates", 0, 0, G_MAXINT);
  entry->model     = g_strdup (dot_json_get_string (json, "model", NULL));
  entry->time      = g_date_time_new_from_iso8601 (dot_json_get_string (json, "time", ""), NULL);
  if (! entry->time)
    dot_json_fail (json, "time", NULL);
  entry->settings = parse_settings (json);
  parse_candidates (entry, json);
  parse_parts (entry, json);
  return dot_json_need (json, "updates", NULL);
}

/*  the title  */

static Candidate *
get_candidate (DotHistoryEntry *entry, guint i)
{
  return &g_array_index (entry->candidates, Candidate, i);
}

static gboolean
have_one_class (DotHistoryEntry *entry)
{
  for (guint i = 1; i < entry->candidates->len; i++)
    if (g_strcmp0 (get_candidate (entry, i)->class_name, get_candidate (entry, 0)->class_name) != 0)
      return FALSE;
  return TRUE;
}

static gboolean
have_seeds_in_a_row (DotHistoryEntry *entry)
{
  gint64 first = get_candidate (entry, 0)->seed;

  for (guint i = 0; i < entry->candidates->len; i++)
    if (first < 0 || get_candidate (entry, i)->seed != first + i)
      return FALSE;
  return TRUE;
}

static char *
describe_classes (DotHistoryEntry *entry)
{
  const char *first = get_candidate (entry, 0)->class_name;

  return have_one_class (entry) ? g_strdup (first)
                                /* Translators: "goldfish and others" */
                                : g_strdup_printf (_ ("%s and others"), first);
}

static char *
describe_source (DotHistoryEntry *entry)
{
  guint  n    = entry->candidates->len;
  gint64 seed = get_candidate (entry, 0)->seed;

  if (! have_seeds_in_a_row (entry))
    return g_strdup_printf (ngettext ("%u picture", "%u pictures", n), n);
  if (n == 1)
    return g_strdup_printf (_ ("seed %" PRId64), seed);
  return g_strdup_printf (_ ("seeds %" PRId64 "–%" PRId64), seed, seed + n - 1);
}

/* "goldfish · seeds 7–10 · 16 updates" */
static char *
make_title (DotHistoryEntry *entry)
{
  guint            n       = entry->n_updates;
  g_autofree char *classes = describe_classes (entry);
  g_autofree char *source  = describe_source (entry);
  g_autofree char *updates = g_strdup_printf (ngettext ("%u update", "%u updates", n), n);

  return g_strjoin (" · ", classes, source, updates, NULL);
}

/*  the star  */

/**
 * dot_history_entry_has_star:
 * @folder: a run's
 *
 * Returns: whether the person wants it to stay
 */
gboolean
dot_history_entry_has_star (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, DOT_HISTORY_STAR, NULL);

  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

/*  pictures  */

/**
 * dot_history_entry_thumbnail_path:
 * @folder: a run's
 *
 * Returns: (transfer full): where a candidate's small picture is
 */
char *
dot_history_entry_thumbnail_path (const char *folder, guint candidate, DotHistoryMoment moment)
{
  g_autofree char *name = NULL;

  name = g_strdup_printf ("%s-%04u.png", moment == DOT_HISTORY_FIRST ? "first" : "last", candidate);
  return g_build_filename (folder, name, NULL);
}

/* Called before anything is decoded: no size means no picture, to those of
 * gdk-pixbuf's loaders that listen. */
static void
check_picture (GdkPixbufLoader *loader, int width, int height, gboolean *small)
{
  *small = width <= DOT_HISTORY_THUMBNAIL && height <= DOT_HISTORY_THUMBNAIL;
  if (! *small)
    gdk_pixbuf_loader_set_size (loader, 0, 0);
}

static GdkPixbuf *
decode (GBytes *bytes)
{
  g_autoptr (GdkPixbufLoader) loader = NULL;
  gboolean small                     = FALSE;
  gboolean ok;

  loader = gdk_pixbuf_loader_new_with_type ("png", NULL);
  if (! loader)
    return NULL;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (check_picture), &small);
  ok = gdk_pixbuf_loader_write_bytes (loader, bytes, NULL);
  ok = gdk_pixbuf_loader_close (loader, NULL) && ok;
  return ok && small && gdk_pixbuf_loader_get_pixbuf (loader)
           ? g_object_ref (gdk_pixbuf_loader_get_pixbuf (loader))
           : NULL;
}

static GdkPixbuf *
read_thumbnail (DotHistoryEntry *entry, guint candidate, DotHistoryMoment moment)
{
  g_autofree char *path    = NULL;
  g_autoptr (GBytes) bytes = NULL;

  path  = dot_history_entry_thumbnail_path (entry->folder, candidate, moment);
  bytes = dot_whole_file_read (path, MAX_THUMBNAIL_SIZE, FALSE, NULL);
  return bytes ? decode (bytes) : NULL;
}

/*  states  */

static gboolean
fail_states (DotHistoryEntry *entry, const char *reason, GError **error)
{
  g_autofree char *shown = g_filename_display_name (entry->folder);

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("The run in %s can't be restored (%s): choose another one."), shown, reason);
  return FALSE;
}

static gboolean
add_states (DotHistoryEntry *entry,
            JsonObject      *root,
            const char      *moment,
            GStrvBuilder    *states,
            GError         **error)
{
  g_autoptr (DotJson) json    = dot_json_new (root, NULL, NULL, error);
  g_autoptr (GPtrArray) pairs = dot_json_get_objects (json, "candidates", "");

  if (pairs->len != entry->candidates->len)
    return dot_json_fail (json, "candidates", NULL);

  for (guint i = 0; i < pairs->len; i++)
    {
      JsonNode        *node = dot_json_get_node (pairs->pdata[i], moment);
      g_autofree char *text = NULL;

      if (! node || ! JSON_NODE_HOLDS_OBJECT (node))
        return dot_json_fail (json, moment, NULL);
      text = json_to_string (node, FALSE);
      g_strv_builder_add (states, text);
    }
  return TRUE;
}

/*  the class  */

static void
candidate_clear (gpointer candidate)
{
  g_free (((Candidate *) candidate)->class_name);
}

static void
part_clear (gpointer part)
{
  g_clear_pointer (&((Part *) part)->settings, json_object_unref);
}

static void
unref_thumbnail (gpointer pixbuf)
{
  if (pixbuf)
    g_object_unref (pixbuf);
}

static void
dot_history_entry_finalize (GObject *object)
{
  DotHistoryEntry *entry = DOT_HISTORY_ENTRY (object);

  g_free (entry->folder);
  g_free (entry->id);
  g_free (entry->title);
  g_free (entry->model);
  g_clear_pointer (&entry->time, g_date_time_unref);
  g_clear_pointer (&entry->settings, json_object_unref);
  g_array_unref (entry->candidates);
  g_array_unref (entry->parts);
  g_hash_table_unref (entry->thumbnails);

  G_OBJECT_CLASS (dot_history_entry_parent_class)->finalize (object);
}

static void
dot_history_entry_class_init (DotHistoryEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dot_history_entry_finalize;
}

static void
dot_history_entry_init (DotHistoryEntry *entry)
{
  entry->candidates = g_array_new (FALSE, TRUE, sizeof (Candidate));
  entry->thumbnails = g_hash_table_new_full (NULL, NULL, NULL, unref_thumbnail);
  g_array_set_clear_func (entry->candidates, candidate_clear);
  entry->parts = g_array_new (FALSE, TRUE, sizeof (Part));
  g_array_set_clear_func (entry->parts, part_clear);
}

/**
 * dot_history_entry_new:
 * @folder: of one run
 * @error: a reason that is no sentence; for #DotHistory, which leaves such a
 *   folder out
 *
 * Returns: (transfer full): the run that is kept in it
 */
DotHistoryEntry *
dot_history_entry_new (const char *folder, GError **error)
{
  g_autoptr (DotHistoryEntry) entry = g_object_new (DOT_TYPE_HISTORY_ENTRY, NULL);
  g_autofree char *path             = g_build_filename (folder, DOT_HISTORY_RUN, NULL);
  g_autoptr (JsonObject) run        = NULL;

  run = dot_json_read_format (path, DOT_HISTORY_MAX_RUN_SIZE, FALSE, DOT_HISTORY_RUN_FORMAT, error);
  if (! run)
    return NULL;

  entry->folder = g_strdup (folder);
  entry->id     = g_path_get_basename (folder);
  if (! parse_run (entry, run, error))
    return NULL;

  entry->title = make_title (entry);
  return g_steal_pointer (&entry);
}

/**
 * dot_history_entry_get_id:
 *
 * Returns: the name of the run's folder, which sorts by time
 */
const char *
dot_history_entry_get_id (DotHistoryEntry *entry)
{
  g_return_val_if_fail (DOT_IS_HISTORY_ENTRY (entry), NULL);

  return entry->id;
}

/**
 * dot_history_entry_get_folder:
 *
 * Returns: (type filename): where the run is kept
 */
const char *
dot_history_entry_get_folder (DotHistoryEntry *entry)
{
  g_return_val_if_fail (DOT_IS_HISTORY_ENTRY (entry), NULL);

  return entry->folder;
}

/**
 * dot_history_entry_get_time:
 *
 * Returns: (transfer none): when the run ended
 */
GDateTime *
dot_history_entry_get_time (DotHistoryEntry *entry)
{
  g_return_val_if_fail (DOT_IS_HISTORY_ENTRY (entry), NULL);

  return entry->time;
}

/**
 * dot_history_entry_get_title:
 *
 * Returns: "goldfish · seeds 7–10 · 16 updates", translated
 */
const char *
dot_history_entry_get_title (DotHistoryEntry *entry)
{
  g_return_val_if_fail (DOT_IS_HISTORY_ENTRY (entry), NULL);

  return entry->title;
}

/**
 * dot_history_entry_get_model:
 *
 * Returns: (nullable): the id of the model that painted
 */
const char *
dot_history_entry_get_model (DotHistoryEntry *entry)
{
  g_return_val_if_fail (DOT_IS_HISTORY_ENTRY (entry), NULL);

  return entry->model;
}

/**
 * dot_history_entry_is_starred:
 *
 * Returns: whether the person wants it to stay, dot_history_set_starred()
 */
gboolean
dot_history_entry_is_starred (DotHistoryEntry *entry)
{
  g_return_val_if_fail (DOT_IS_HISTORY_ENTRY (entry), FALSE);

  return dot_history_entry_has_star (entry->folder);
}

/**
 * dot_history_entry_get_settings:
 *
 * Returns: (transfer none): what dot_history_add() was given
 */
JsonObject *
dot_history_entry_get_settings (DotHistoryEntry *entry)
{
  g_return_val_if_fail (DOT_IS_HISTORY_ENTRY (entry), NULL);

  return entry->settings;
}

guint
dot_history_entry_get_n_candidates (DotHistoryEntry *entry)
{
  g_return_val_if_fail (DOT_IS_HISTORY_ENTRY (entry), 0);

  return entry->candidates->len;
}

/**
 * dot_history_entry_get_update:
 *
 * Returns: after how many updates a candidate was as it is kept
 */
guint
dot_history_entry_get_update (DotHistoryEntry *entry, guint candidate, DotHistoryMoment moment)
{
  g_return_val_if_fail (DOT_IS_HISTORY_ENTRY (entry), 0);
  g_return_val_if_fail (candidate < entry->candidates->len, 0);

  return get_candidate (entry, candidate)->updates[moment];
}

/**
 * dot_history_entry_get_score:
 *
 * Returns: a candidate's score, NAN where it had none
 */
double
dot_history_entry_get_score (DotHistoryEntry *entry, guint candidate, DotHistoryMoment moment)
{
  g_return_val_if_fail (DOT_IS_HISTORY_ENTRY (entry), NAN);
  g_return_val_if_fail (candidate < entry->candidates->len, NAN);

  return get_candidate (entry, candidate)->scores[moment];
}

/**
 * dot_history_entry_is_collapsed:
 *
 * Returns: whether its last picture has no right to its score
 */
gboolean
dot_history_entry_is_collapsed (DotHistoryEntry *entry, guint candidate)
{
  g_return_val_if_fail (DOT_IS_HISTORY_ENTRY (entry), FALSE);
  g_return_val_if_fail (candidate < entry->candidates->len, FALSE);

  return get_candidate (entry, candidate)->collapsed;
}

/**
 * dot_history_entry_get_thumbnail:
 *
 * Reads it when it is asked for the first time.
 *
 * Returns: (nullable) (transfer none): a picture of at most 128 × 128 pixels
 */
GdkPixbuf *
dot_history_entry_get_thumbnail (DotHistoryEntry *entry, guint candidate, DotHistoryMoment moment)
{
  gpointer key = GUINT_TO_POINTER (2 * candidate + moment);
  gpointer pixbuf;

  g_return_val_if_fail (DOT_IS_HISTORY_ENTRY (entry), NULL);
  g_return_val_if_fail (candidate < entry->candidates->len, NULL);

  if (! g_hash_table_lookup_extended (entry->thumbnails, key, NULL, &pixbuf))
    {
      pixbuf = read_thumbnail (entry, candidate, moment);
      g_hash_table_insert (entry->thumbnails, key, pixbuf);
    }

  return pixbuf;
}

/**
 * dot_history_entry_get_n_parts:
 *
 * Returns: in how many goes the updates from the first moment to the last were
 *   made; 0 where that isn't known
 */
guint
dot_history_entry_get_n_parts (DotHistoryEntry *entry)
{
  g_return_val_if_fail (DOT_IS_HISTORY_ENTRY (entry), 0);

  return entry->parts->len;
}

/**
 * dot_history_entry_get_part_settings:
 *
 * Returns: (transfer none): what the dialog was set to then
 */
JsonObject *
dot_history_entry_get_part_settings (DotHistoryEntry *entry, guint part)
{
  g_return_val_if_fail (DOT_IS_HISTORY_ENTRY (entry), NULL);
  g_return_val_if_fail (part < entry->parts->len, NULL);

  return g_array_index (entry->parts, Part, part).settings;
}

guint
dot_history_entry_get_part_updates (DotHistoryEntry *entry, guint part)
{
  g_return_val_if_fail (DOT_IS_HISTORY_ENTRY (entry), 0);
  g_return_val_if_fail (part < entry->parts->len, 0);

  return g_array_index (entry->parts, Part, part).n_updates;
}

/**
 * dot_history_entry_get_states:
 *
 * Returns: (transfer full): the JSON of each candidate, to go on from, ended
 *   by %NULL
 */
GStrv
dot_history_entry_get_states (DotHistoryEntry *entry, DotHistoryMoment moment, GError **error)
{
  g_autoptr (GStrvBuilder) states = g_strv_builder_new ();
  g_autoptr (JsonObject) root     = NULL;
  g_autoptr (GError) reason       = NULL;
  g_autofree char *path           = NULL;

  g_return_val_if_fail (DOT_IS_HISTORY_ENTRY (entry), NULL);

  path = g_build_filename (entry->folder, DOT_HISTORY_STATES, NULL);
  root = dot_json_read_format (path, DOT_HISTORY_MAX_STATES_SIZE, FALSE, DOT_HISTORY_STATES_FORMAT,
                               &reason);
  if (root &&
      add_states (entry, root, moment == DOT_HISTORY_FIRST ? "first" : "last", states, &reason))
    return g_strv_builder_end (states);

  fail_states (entry, reason->message, error);
  return NULL;
}

/**
 * dot_history_entry_get_latents:
 *
 * Returns: (transfer full) (type filename): an .npy file of the latents that
 *   the candidates started from
 */
char *
dot_history_entry_get_latents (DotHistoryEntry *entry)
{
  g_return_val_if_fail (DOT_IS_HISTORY_ENTRY (entry), NULL);

  return g_build_filename (entry->folder, DOT_HISTORY_LATENTS, NULL);
}
