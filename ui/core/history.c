/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "history.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "history-write.h"

/**
 * DotHistory:
 *
 * The runs of the past, a folder each.  A run is written into a folder that
 * nobody looks at, and appears whole or not at all when that gets its name;
 * it disappears the other way round.  So processes need no lock: what one
 * does looks to the others as if it were done at once.
 */

/* the time (UTC, to the microsecond), so that names sort, and chance */
#define NAME_PATTERN "^[0-9]{8}-[0-9]{6}-[0-9]{6}-[0-9a-f]{8}$"
#define NEW_PREFIX   ".new-"
#define OLD_PREFIX   ".old-"

/* no run takes as long to be written */
#define STALE_SECONDS (60 * 60)

struct _DotHistory
{
  GObject parent_instance;

  char *folder;
};

G_DEFINE_FINAL_TYPE (DotHistory, dot_history, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/*  folders  */

static gboolean
is_name (const char *name)
{
  return g_regex_match_simple (NAME_PATTERN, name, G_REGEX_RAW | G_REGEX_DOLLAR_ENDONLY, 0);
}

/* A link is none, wherever it leads. */
static gboolean
is_folder (const char *path)
{
  GStatBuf info;

  return g_lstat (path, &info) == 0 && S_ISDIR (info.st_mode);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char **) b, *(const char **) a);
}

/* Returns: (transfer full): the runs' folders, newest first */
static GPtrArray *
list_folders (DotHistory *history)
{
  GPtrArray *paths     = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (history->folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (history->folder, name, NULL);

      if (is_name (name) && is_folder (path))
        g_ptr_array_add (paths, g_steal_pointer (&path));
    }
  g_ptr_array_sort (paths, compare_names);
  return paths;
}

/* What is left of a process that was killed. */
static void
delete_stale (DotHistory *history)
{
  g_autoptr (GDir) dir = g_dir_open (history->folder, 0, NULL);
  gint64      now      = g_get_real_time () / G_USEC_PER_SEC;
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (history->folder, name, NULL);
      GStatBuf         info;

      if ((g_str_has_prefix (name, NEW_PREFIX) || g_str_has_prefix (name, OLD_PREFIX)) &&
          g_lstat (path, &info) == 0 && S_ISDIR (info.st_mode) &&
          info.st_mtime < now - STALE_SECONDS)
        dot_whole_file_remove_folder (path);
    }
}

/* Returns: (transfer full) (nullable): an empty folder beside the runs */
static char *
make_folder (DotHistory *history, const char *prefix)
{
  g_autofree char *name = g_strconcat (prefix, "XXXXXX", NULL);
  g_autofree char *path = g_build_filename (history->folder, name, NULL);

  return g_mkdtemp (path) ? g_steal_pointer (&path) : NULL;
}

static char *
make_name (DotHistory *history, GDateTime *time)
{
  g_autofree char *when = g_date_time_format (time, "%Y%m%d-%H%M%S-%f");
  g_autofree char *name = g_strdup_printf ("%s-%08x", when, g_random_int ());

  return g_build_filename (history->folder, name, NULL);
}

/* Moved away at once, then deleted: no reader sees half a run.  A run that
 * another process has removed is removed. */
static gboolean
remove_run (DotHistory *history, const char *path)
{
  g_autofree char *away = make_folder (history, OLD_PREFIX);
  int              number;

  if (! away)
    return errno == ENOENT;

  number = g_rename (path, away) == 0 ? 0 : errno;
  dot_whole_file_remove_folder (away);
  errno = number;
  return number == 0 || number == ENOENT;
}

/*  messages  */

static gboolean
fail_add (DotHistory *history, const char *reason, GError **error)
{
  g_autofree char *shown = g_filename_display_name (history->folder);

  g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
               _ ("The run can't be kept in %s (%s): free some space, or make "
                  "that folder writable."),
               shown, reason);
  return FALSE;
}

static gboolean
fail_remove (DotHistory *history, GError **error)
{
  const char      *reason = g_strerror (errno);
  g_autofree char *shown  = g_filename_display_name (history->folder);

  g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
               _ ("The run can't be removed from %s (%s): make that folder writable."), shown, reason);
  return FALSE;
}

static gboolean
fail_star (DotHistory *history, GError **error)
{
  const char      *reason = g_strerror (errno);
  g_autofree char *shown  = g_filename_display_name (history->folder);

  g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
               _ ("The run's star can't be changed in %s (%s): make that folder writable."), shown,
               reason);
  return FALSE;
}

/*  adding  */

static gboolean
write_run (DotHistory *history,
           const char *temporary,
           JsonObject *settings,
           JsonArray  *parts,
           GPtrArray  *first,
           GPtrArray  *last,
           GError    **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *path     = make_name (history, now);
  g_autoptr (GError) reason = NULL;

  if (! dot_history_write (temporary, now, settings, parts, first, last, &reason))
    return fail_add (history, reason->message, error);
  if (g_rename (temporary, path) != 0)
    return fail_add (history, g_strerror (errno), error);
  return TRUE;
}

/* Whoever adds the same moment removes the same ones. */
static void
remove_oldest (DotHistory *history)
{
  g_autoptr (GPtrArray) paths = list_folders (history);
  guint n                     = 0;

  for (guint i = 0; i < paths->len; i++)
    if (! dot_history_entry_has_star (paths->pdata[i]) && ++n > DOT_HISTORY_MAX_RUNS)
      remove_run (history, paths->pdata[i]);
}

static gboolean
check_frames (GPtrArray *first, GPtrArray *last, GError **error)
{
  if (first->len == last->len && first->len > 0 && first->len <= DOT_HISTORY_MAX_CANDIDATES)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("A run of %u pictures can't be kept: make up to %u at once."), last->len,
               DOT_HISTORY_MAX_CANDIDATES);
  return FALSE;
}

/*  the class  */

static void
dot_history_finalize (GObject *object)
{
  g_free (DOT_HISTORY (object)->folder);

  G_OBJECT_CLASS (dot_history_parent_class)->finalize (object);
}

static void
dot_history_class_init (DotHistoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dot_history_finalize;

  /**
   * DotHistory::changed:
   *
   * This process removed runs.
   */
  signals[CHANGED] = g_signal_new ("changed", DOT_TYPE_HISTORY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
dot_history_init (DotHistory *history)
{
}

/**
 * dot_history_new:
 * @folder: (nullable) (type filename): where the runs are, which may not be
 *   there yet; ~/.local/share/dot-refine/history where it is %NULL
 *
 * Returns: (transfer full): the runs of the past
 */
DotHistory *
dot_history_new (const char *folder)
{
  DotHistory *history = g_object_new (DOT_TYPE_HISTORY, NULL);

  history->folder = folder
                      ? g_strdup (folder)
                      : g_build_filename (g_get_user_data_dir (), "dot-refine", "history", NULL);
  return history;
}

/**
 * dot_history_get_folder:
 *
 * Returns: (type filename): where the runs are
 */
const char *
dot_history_get_folder (DotHistory *history)
{
  g_return_val_if_fail (DOT_IS_HISTORY (history), NULL);

  return history->folder;
}

/**
 * dot_history_add:
 * @settings: (nullable): whatever brings the dialog back to where it was
 * @parts: (nullable): how the updates in between were made: for each run that
 *   added some an object of "settings" and "updates"
 * @first_frames: (element-type DotFrame): where each candidate began
 * @last_frames: (element-type DotFrame): where each one ended, as many
 *
 * Keeps a run, and forgets the oldest where there are more than 100 without a
 * star.  Where it fails the others stay as they are.  May be called in any thread, and so
 * doesn't emit #DotHistory::changed.
 */
gboolean
dot_history_add (DotHistory *history,
                 JsonObject *settings,
                 JsonArray  *parts,
                 GPtrArray  *first_frames,
                 GPtrArray  *last_frames,
                 GError    **error)
{
  g_autofree char *temporary = NULL;

  g_return_val_if_fail (DOT_IS_HISTORY (history), FALSE);

  if (! check_frames (first_frames, last_frames, error))
    return FALSE;

  if (g_mkdir_with_parents (history->folder, 0700) == 0)
    temporary = make_folder (history, NEW_PREFIX);
  if (! temporary)
    return fail_add (history, g_strerror (errno), error);

  if (! write_run (history, temporary, settings, parts, first_frames, last_frames, error))
    {
      dot_whole_file_remove_folder (temporary);
      return FALSE;
    }

  remove_oldest (history);
  delete_stale (history);
  return TRUE;
}

/**
 * dot_history_list:
 *
 * What is damaged, half written or none of ours is left out.
 *
 * Returns: (transfer full) (element-type DotHistoryEntry): the runs, newest
 *   first, those with a star and 100 others at most
 */
GPtrArray *
dot_history_list (DotHistory *history)
{
  GPtrArray *entries          = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) paths = NULL;
  guint n                     = 0;

  g_return_val_if_fail (DOT_IS_HISTORY (history), entries);

  paths = list_folders (history);
  for (guint i = 0; i < paths->len; i++)
    {
      gboolean         starred = dot_history_entry_has_star (paths->pdata[i]);
      DotHistoryEntry *entry   = NULL;

      if (starred || n < DOT_HISTORY_MAX_RUNS)
        entry = dot_history_entry_new (paths->pdata[i], NULL);
      if (! entry)
        continue;

      g_ptr_array_add (entries, entry);
      n += ! starred;
    }

  return entries;
}

/**
 * dot_history_remove:
 * @entry: one of dot_history_list()
 *
 * Deletes a run; one that is no longer there is deleted.
 */
gboolean
dot_history_remove (DotHistory *history, DotHistoryEntry *entry, GError **error)
{
  g_return_val_if_fail (DOT_IS_HISTORY (history), FALSE);

  if (! remove_run (history, dot_history_entry_get_folder (entry)))
    return fail_remove (history, error);

  g_signal_emit (history, signals[CHANGED], 0);
  return TRUE;
}

/**
 * dot_history_set_starred:
 * @entry: one of dot_history_list()
 * @starred: whether it stays when the history is cleared or has too many
 */
gboolean
dot_history_set_starred (DotHistory      *history,
                         DotHistoryEntry *entry,
                         gboolean         starred,
                         GError         **error)
{
  g_autofree char *path = NULL;
  int              file;

  g_return_val_if_fail (DOT_IS_HISTORY (history), FALSE);

  path = g_build_filename (dot_history_entry_get_folder (entry), DOT_HISTORY_STAR, NULL);
  if (! starred)
    return g_unlink (path) == 0 || errno == ENOENT || fail_star (history, error);

  file = g_open (path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  return (file >= 0 && g_close (file, NULL)) || fail_star (history, error);
}

/**
 * dot_history_clear:
 *
 * Deletes all runs without a star, the damaged ones too; what isn't ours stays.
 */
gboolean
dot_history_clear (DotHistory *history, GError **error)
{
  g_autoptr (GPtrArray) paths = NULL;
  gboolean ok                 = TRUE;

  g_return_val_if_fail (DOT_IS_HISTORY (history), FALSE);

  paths = list_folders (history);
  for (guint i = 0; ok && i < paths->len; i++)
    ok = dot_history_entry_has_star (paths->pdata[i]) || remove_run (history, paths->pdata[i]) ||
         fail_remove (history, error);

  g_signal_emit (history, signals[CHANGED], 0);
  return ok;
}
