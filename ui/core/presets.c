/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "presets.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "presets-builtin.h"

/**
 * DotPresets:
 *
 * Settings under a name: those that come with the program, and the person's
 * own, which are kept in a file.  A file that can't be understood is put aside,
 * never written over.
 */

#define FORMAT        "dot-refine-presets"
#define MAX_FILE_SIZE (4 * 1024 * 1024)
#define MAX_NAME      100

/* own: the person's, by name; it is what the file says */
struct _DotPresets
{
  GObject parent_instance;

  char       *path;
  char       *problem;
  JsonObject *own;
};

G_DEFINE_FINAL_TYPE (DotPresets, dot_presets, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/*  the file  */

/* Returns: (transfer full) (nullable): where a damaged file has gone */
static char *
move_damaged (DotPresets *presets)
{
  for (guint i = 1; i < 1000; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s.damaged-%u", presets->path, i);

      /* unlike a rename, a link never takes another file's place */
      if (link (presets->path, path) == 0)
        {
          g_unlink (presets->path);
          return g_steal_pointer (&path);
        }
      if (errno != EEXIST)
        break;
    }

  return NULL;
}

static void
report_damaged (DotPresets *presets, const char *reason)
{
  g_autofree char *shown = g_filename_display_name (presets->path);
  g_autofree char *aside = move_damaged (presets);

  g_free (presets->problem);
  if (aside)
    presets->problem = g_strdup_printf (
      _ (
        "The presets in %s can't be read (%s) and are kept as %s: correct that file and put it back, or save them anew."),
      shown, reason, aside);
  else
    presets->problem = g_strdup_printf (
      _ ("The presets in %s can't be read (%s): move that file elsewhere."), shown, reason);
}

static void
report_unreadable (DotPresets *presets, const char *reason)
{
  g_autofree char *shown = g_filename_display_name (presets->path);

  g_free (presets->problem);
  presets->problem = g_strdup_printf (
    _ ("The presets in %s can't be read (%s): make that file readable, or move it elsewhere."), shown,
    reason);
}

static void
parse_preset (DotJson *json, JsonObject *own)
{
  JsonNode        *settings = dot_json_get_node (json, "settings");
  g_autofree char *line     = dot_line_from_text (dot_json_get_string (json, "name", ""));

  if (settings && JSON_NODE_HOLDS_OBJECT (settings) && *line)
    json_object_set_member (own, line, json_node_copy (settings));
  else
    dot_json_fail (json, "settings", NULL);
}

/* Returns: (transfer full) (nullable): the presets by name */
static JsonObject *
parse_presets (JsonObject *root, GError **error)
{
  g_autoptr (JsonObject) own    = json_object_new ();
  g_autoptr (DotJson) json      = dot_json_new (root, NULL, NULL, error);
  g_autoptr (GPtrArray) presets = dot_json_get_objects (json, "presets", "");

  for (guint i = 0; i < presets->len; i++)
    parse_preset (presets->pdata[i], own);
  return dot_json_need (json, "presets", NULL) ? g_steal_pointer (&own) : NULL;
}

static void
set_own (DotPresets *presets, JsonObject *own)
{
  json_object_unref (presets->own);
  presets->own = own;
}

/* What isn't there is empty; what can't be read leaves what is known.
 * Returns: whether the file may be written. */
static gboolean
read_file (DotPresets *presets)
{
  g_autoptr (GError) error    = NULL;
  g_autoptr (JsonObject) root = NULL;
  JsonObject *own             = NULL;

  root = dot_json_read_format (presets->path, MAX_FILE_SIZE, TRUE, FORMAT, &error);
  if (root)
    own = parse_presets (root, &error);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    own = json_object_new ();

  if (own)
    {
      set_own (presets, own);
      return TRUE;
    }

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    report_damaged (presets, error->message);
  else
    report_unreadable (presets, error->message);
  return ! g_file_test (presets->path, G_FILE_TEST_EXISTS);
}

static char *
make_text (JsonObject *own)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject    *file       = json_object_new ();
  JsonArray     *array      = json_array_new ();
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *settings;

  json_object_iter_init_ordered (&iter, own);
  while (json_object_iter_next_ordered (&iter, &name, &settings))
    {
      JsonObject *preset = json_object_new ();

      json_object_set_string_member (preset, "name", name);
      json_object_set_member (preset, "settings", json_node_copy (settings));
      json_array_add_object_element (array, preset);
    }

  json_object_set_string_member (file, "format", FORMAT);
  json_object_set_int_member (file, "version", 1);
  json_object_set_array_member (file, "presets", array);
  json_node_take_object (root, file);
  return json_to_string (root, TRUE);
}

static gboolean
fail_write (DotPresets *presets, const char *reason, GError **error)
{
  g_autofree char *shown = g_filename_display_name (presets->path);

  g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
               _ ("The presets can't be written to %s (%s): free some space, or "
                  "make its folder writable."),
               shown, reason);
  return FALSE;
}

/* The file may be a link, to where the person keeps all settings, say. */
static gboolean
write_file (DotPresets *presets, JsonObject *own, GError **error)
{
  g_autofree char *folder   = g_path_get_dirname (presets->path);
  char            *target   = realpath (presets->path, NULL);
  g_autofree char *text     = make_text (own);
  g_autoptr (GError) reason = NULL;
  gboolean ok;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      free (target);
      return fail_write (presets, g_strerror (errno), error);
    }

  ok = g_file_set_contents_full (target ? target : presets->path, text, -1,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                 &reason);
  free (target);
  return ok || fail_write (presets, reason->message, error);
}

/*  changing it  */

/* Another process may have changed the file since. */
static gboolean
begin_change (DotPresets *presets, GError **error)
{
  if (read_file (presets))
    return TRUE;

  g_set_error_literal (error, DOT_ERROR, DOT_ERROR_INVALID_FILE, presets->problem);
  return FALSE;
}

/* @own: (transfer full): what is to be instead */
static gboolean
end_change (DotPresets *presets, JsonObject *own, GError **error)
{
  if (! write_file (presets, own, error))
    {
      json_object_unref (own);
      return FALSE;
    }

  set_own (presets, own);
  g_clear_pointer (&presets->problem, g_free);
  g_signal_emit (presets, signals[CHANGED], 0);
  return TRUE;
}

/* Returns: (transfer full): all but one, which has another name if any */
static JsonObject *
copy_but (JsonObject *own, const char *name, const char *new_name)
{
  JsonObject    *copy = json_object_new ();
  JsonObjectIter iter;
  const char    *member;
  JsonNode      *settings;

  json_object_iter_init_ordered (&iter, own);
  while (json_object_iter_next_ordered (&iter, &member, &settings))
    if (strcmp (member, name) != 0)
      json_object_set_member (copy, member, json_node_copy (settings));
    else if (new_name)
      json_object_set_member (copy, new_name, json_node_copy (settings));
  return copy;
}

/*  names  */

static gboolean
is_builtin (const char *name)
{
  for (guint i = 0; i < dot_presets_builtin_get_n (); i++)
    if (strcmp (dot_presets_builtin_get_name (i), name) == 0)
      return TRUE;
  return FALSE;
}

/* Returns: (transfer full) (nullable): a name for a menu: one line, and short */
static char *
check_name (const char *name, GError **error)
{
  g_autofree char *line = g_strstrip (dot_line_from_text (name));

  if (! *line || g_utf8_strlen (line, -1) > MAX_NAME)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                 _ ("A preset's name has from 1 to %d letters: give another one."), MAX_NAME);
  else if (is_builtin (line))
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                 _ ("The preset “%s” comes with the program: give another name."), line);
  else
    return g_steal_pointer (&line);
  return NULL;
}

static gboolean
check_own (DotPresets *presets, const char *name, GError **error)
{
  if (json_object_has_member (presets->own, name))
    return TRUE;

  if (is_builtin (name))
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                 _ ("The preset “%s” comes with the program and stays: choose one of your own."), name);
  else
    g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND,
                 _ ("There is no preset “%s”: choose another one."), name);
  return FALSE;
}

/*  the class  */

static void
dot_presets_finalize (GObject *object)
{
  DotPresets *presets = DOT_PRESETS (object);

  g_free (presets->path);
  g_free (presets->problem);
  json_object_unref (presets->own);

  G_OBJECT_CLASS (dot_presets_parent_class)->finalize (object);
}

static void
dot_presets_class_init (DotPresetsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dot_presets_finalize;

  /**
   * DotPresets::changed:
   *
   * One was saved, renamed or removed.
   */
  signals[CHANGED] = g_signal_new ("changed", DOT_TYPE_PRESETS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
dot_presets_init (DotPresets *presets)
{
  presets->own = json_object_new ();
}

/**
 * dot_presets_new:
 * @path: (nullable) (type filename): the person's own, which may not be there
 *   yet; ~/.config/dot-refine/presets.json where it is %NULL
 *
 * Returns: (transfer full): the presets
 */
DotPresets *
dot_presets_new (const char *path)
{
  DotPresets *presets = g_object_new (DOT_TYPE_PRESETS, NULL);

  presets->path = path ? g_strdup (path)
                       : g_build_filename (g_get_user_config_dir (), "dot-refine", "presets.json",
                                           NULL);
  read_file (presets);
  return presets;
}

/**
 * dot_presets_get_problem:
 *
 * Returns: (nullable): one sentence about why the person's own aren't there
 */
const char *
dot_presets_get_problem (DotPresets *presets)
{
  g_return_val_if_fail (DOT_IS_PRESETS (presets), NULL);

  return presets->problem;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (*(const char **) a, *(const char **) b);
}

/**
 * dot_presets_list:
 *
 * One of the person's own goes before one of the program's of the same name,
 * which another language may call so.
 *
 * Returns: (transfer full): the names, those that come with the program first
 */
GStrv
dot_presets_list (DotPresets *presets)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GPtrArray) own   = g_ptr_array_new ();
  g_autoptr (GList) list      = NULL;

  g_return_val_if_fail (DOT_IS_PRESETS (presets), NULL);

  for (guint i = 0; i < dot_presets_builtin_get_n (); i++)
    if (! json_object_has_member (presets->own, dot_presets_builtin_get_name (i)))
      g_ptr_array_add (names, g_strdup (dot_presets_builtin_get_name (i)));

  list = json_object_get_members (presets->own);
  for (GList *name = list; name; name = name->next)
    g_ptr_array_add (own, g_strdup (name->data));
  g_ptr_array_sort (own, compare_names);
  g_ptr_array_extend_and_steal (names, g_steal_pointer (&own));
  g_ptr_array_add (names, NULL);
  return (GStrv) g_ptr_array_steal (names, NULL);
}

/**
 * dot_presets_is_own:
 *
 * Returns: whether it can be renamed and removed
 */
gboolean
dot_presets_is_own (DotPresets *presets, const char *name)
{
  g_return_val_if_fail (DOT_IS_PRESETS (presets), FALSE);

  return json_object_has_member (presets->own, name);
}

/**
 * dot_presets_find:
 *
 * Returns: (transfer full) (nullable): the settings that a preset has
 */
JsonObject *
dot_presets_find (DotPresets *presets, const char *name)
{
  g_return_val_if_fail (DOT_IS_PRESETS (presets), NULL);

  if (json_object_has_member (presets->own, name))
    return json_object_ref (json_object_get_object_member (presets->own, name));

  for (guint i = 0; i < dot_presets_builtin_get_n (); i++)
    if (strcmp (dot_presets_builtin_get_name (i), name) == 0)
      return dot_presets_builtin_get_settings (i);
  return NULL;
}

/**
 * dot_presets_save:
 * @name: a new one, or one of the person's own, which it then replaces
 * @settings: anything
 *
 * Keeps settings.
 */
gboolean
dot_presets_save (DotPresets *presets, const char *name, JsonObject *settings, GError **error)
{
  g_autofree char *line = NULL;
  JsonObject      *own;

  g_return_val_if_fail (DOT_IS_PRESETS (presets), FALSE);

  line = check_name (name, error);
  if (! line || ! begin_change (presets, error))
    return FALSE;

  own = copy_but (presets->own, line, NULL);
  json_object_set_object_member (own, line, json_object_ref (settings));
  return end_change (presets, own, error);
}

/**
 * dot_presets_rename:
 * @name: one of the person's own
 * @new_name: which no other has
 */
gboolean
dot_presets_rename (DotPresets *presets, const char *name, const char *new_name, GError **error)
{
  g_autofree char *line = NULL;

  g_return_val_if_fail (DOT_IS_PRESETS (presets), FALSE);

  line = check_name (new_name, error);
  if (! line || ! begin_change (presets, error) || ! check_own (presets, name, error))
    return FALSE;

  if (strcmp (name, line) != 0 && json_object_has_member (presets->own, line))
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                   _ ("There is a preset “%s” already: give another name."), line);
      return FALSE;
    }

  return end_change (presets, copy_but (presets->own, name, line), error);
}

/**
 * dot_presets_remove:
 * @name: one of the person's own
 */
gboolean
dot_presets_remove (DotPresets *presets, const char *name, GError **error)
{
  g_return_val_if_fail (DOT_IS_PRESETS (presets), FALSE);

  return begin_change (presets, error) && check_own (presets, name, error) &&
         end_change (presets, copy_but (presets->own, name, NULL), error);
}
