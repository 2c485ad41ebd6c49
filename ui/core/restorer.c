/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "restorer.h"

/**
 * DotRestorer:
 *
 * Brings a run of the history back: the updates that it kept are made again,
 * from the states that it began with, one run after another where it went on.
 */

enum
{
  START,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* @entry: whose pictures are there; @n_begun: how many of its parts have begun */
struct _DotRestorer
{
  GObject parent_instance;

  DotSettings     *settings;
  DotSession      *session;
  DotHistoryEntry *entry;
  guint            n_begun;
  gboolean         goes_on;
};

G_DEFINE_FINAL_TYPE (DotRestorer, dot_restorer, G_TYPE_OBJECT)

/*  settings  */

static void
copy_member (JsonObject *from, const char *name, JsonNode *node, gpointer to)
{
  static const char *const places[] = { "live-layers", "scale", "lock-seed", "export-folder",
                                        NULL };

  if (! g_strv_contains (places, name))
    json_object_set_member (to, name, json_node_copy (node));
}

/* What made the pictures comes back; where they go is as it is now. */
static void
apply_settings (DotRestorer *restorer, JsonObject *settings)
{
  g_autoptr (JsonObject) chosen = json_object_new ();

  json_object_foreach_member (settings, copy_member, chosen);
  dot_settings_apply_json (restorer->settings, chosen);
}

/*  a part  */

static void
start (DotRestorer *restorer, JsonObject *settings, GStrv states, guint n_updates, DotRun run)
{
  g_autoptr (DotRefineOptions) options = NULL;

  apply_settings (restorer, settings);
  options          = dot_settings_get_options (restorer->settings);
  options->updates = n_updates;
  options->count   = g_strv_length (states);
  options->states  = g_strdupv (states);
  g_clear_pointer (&options->latents, g_free);
  g_signal_emit (restorer, signals[START], 0, options, run);
}

/* The same updates from the same states on give the same pictures, to the bit. */
static void
start_part (DotRestorer *restorer, GStrv states)
{
  guint part = restorer->n_begun++;

  start (restorer, dot_history_entry_get_part_settings (restorer->entry, part), states,
         dot_history_entry_get_part_updates (restorer->entry, part),
         part == 0 ? DOT_RUN_RESTORE : DOT_RUN_RESTORE_MORE);
}

static void
session_ended (DotRestorer *restorer)
{
  DotGallery *gallery   = dot_session_get_gallery (restorer->session);
  g_auto (GStrv) states = NULL;

  restorer->goes_on = restorer->goes_on && ! dot_session_get_problem (restorer->session) &&
                      restorer->n_begun < dot_history_entry_get_n_parts (restorer->entry);
  if (! restorer->goes_on)
    return;

  states = dot_gallery_get_last_states (gallery);
  start_part (restorer, states);
}

/*  the class  */

static void
dot_restorer_finalize (GObject *object)
{
  DotRestorer *restorer = DOT_RESTORER (object);

  g_clear_object (&restorer->settings);
  g_clear_object (&restorer->session);
  g_clear_object (&restorer->entry);

  G_OBJECT_CLASS (dot_restorer_parent_class)->finalize (object);
}

static void
dot_restorer_class_init (DotRestorerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dot_restorer_finalize;

  /**
   * DotRestorer::start:
   * @options: (type gpointer): a #DotRefineOptions: what to do
   * @run: a #DotRun: what the run is to the pictures that are there
   *
   * A run is needed.
   */
  signals[START] = g_signal_new ("start", DOT_TYPE_RESTORER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_INT);
}

static void
dot_restorer_init (DotRestorer *restorer)
{
}

/**
 * dot_restorer_new:
 * @settings: are set to what the run was asked for with
 * @session: has the pictures
 *
 * Returns: (transfer full): what brings runs back
 */
DotRestorer *
dot_restorer_new (DotSettings *settings, DotSession *session)
{
  DotRestorer *restorer = g_object_new (DOT_TYPE_RESTORER, NULL);

  restorer->settings = g_object_ref (settings);
  restorer->session  = g_object_ref (session);
  g_signal_connect_object (session, "ended", G_CALLBACK (session_ended), restorer,
                           G_CONNECT_SWAPPED);
  return restorer;
}

/**
 * dot_restorer_start:
 * @entry: a run of the history
 *
 * Begins to bring it back.  Of one that doesn't say how its updates were made
 * the last pictures are seen again.
 */
gboolean
dot_restorer_start (DotRestorer *restorer, DotHistoryEntry *entry, GError **error)
{
  gboolean whole        = dot_history_entry_get_n_parts (entry) > 0;
  g_auto (GStrv) states = NULL;

  states = dot_history_entry_get_states (entry, whole ? DOT_HISTORY_FIRST : DOT_HISTORY_LAST,
                                         error);
  if (! states)
    return FALSE;

  g_set_object (&restorer->entry, entry);
  restorer->n_begun = 0;
  restorer->goes_on = whole;
  if (whole)
    start_part (restorer, states);
  else
    start (restorer, dot_history_entry_get_settings (entry), states, 0, DOT_RUN_RESTORE);
  return TRUE;
}

/**
 * dot_restorer_stop:
 *
 * The run that goes on is the last: what has come back stays.
 */
void
dot_restorer_stop (DotRestorer *restorer)
{
  restorer->goes_on = FALSE;
}

/**
 * dot_restorer_forget:
 *
 * There will be other pictures.
 */
void
dot_restorer_forget (DotRestorer *restorer)
{
  dot_restorer_stop (restorer);
  g_clear_object (&restorer->entry);
}

/**
 * dot_restorer_get_entry:
 *
 * Returns: (transfer none) (nullable): the run that was brought back last
 */
DotHistoryEntry *
dot_restorer_get_entry (DotRestorer *restorer)
{
  return restorer->entry;
}
