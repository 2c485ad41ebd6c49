/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A folder of pictures, all of them or none: they are written into a folder in
 * it, and moved at the end. */

#include "exporting.h"

#include "base/lock.h"
#include "base/whole-file.h"
#include "refine/pixels.h"

#include "base/intl.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/* Of the folder in which all are made. */
#define PREFIX ".dot-refine-"
#define UNIQUE "XXXXXX"

typedef struct
{
  const DotExporting *exporting;
  const char         *folder;
  char               *beside;
  DotLock             lock; /* on the folder beside */
  GPtrArray          *names;
  gboolean            made;
} Files;

/* What is left of the files in the folder beside goes with it. */
static void
files_clear (Files *files)
{
  for (guint i = 0; files->beside && i < files->names->len; i++)
    {
      g_autofree char *path = g_build_filename (files->beside, files->names->pdata[i], NULL);

      g_unlink (path);
    }
  if (files->beside)
    g_rmdir (files->beside);
  dot_lock_release (&files->lock);
  if (files->made)
    g_rmdir (files->folder);
  g_free (files->beside);
  g_clear_pointer (&files->names, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Files, files_clear)

/* What exports into @folder left that were killed. */
static void
remove_left_overs (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_auto (DotLock) lock = DOT_LOCK_NONE;

      if (g_str_has_prefix (name, PREFIX) && strlen (name) == strlen (PREFIX UNIQUE) &&
          ! g_file_test (path, G_FILE_TEST_IS_SYMLINK) && dot_lock_try (&lock, path) &&
          lock != DOT_LOCK_NONE)
        dot_whole_file_remove_folder (path);
    }
}

/* Between making and locking it another process may take it for a left-over. */
static gboolean
make_beside (Files *files)
{
  do
    {
      g_free (files->beside);
      files->beside = g_build_filename (files->folder, PREFIX UNIQUE, NULL);
      if (! g_mkdtemp_full (files->beside, 0777))
        return FALSE;
    }
  while (! dot_lock_try (&files->lock, files->beside));
  return TRUE;
}

static gboolean
files_init (Files *files, const DotExporting *exporting, GError **error)
{
  files->exporting = exporting;
  files->folder    = exporting->options->path;
  files->names     = g_ptr_array_new_with_free_func (g_free);
  files->made      = ! g_file_test (files->folder, G_FILE_TEST_EXISTS);
  if (! dot_whole_file_make_folder (files->folder, error))
    return FALSE;

  remove_left_overs (files->folder);
  if (make_beside (files))
    return TRUE;

  g_clear_pointer (&files->beside, g_free);
  g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
               _ ("Nothing can be written in %s (%s): choose another folder or free some space."),
               files->folder, g_strerror (errno));
  return FALSE;
}

/* Frames of several runs may have the same name. */
static char *
make_name (GHashTable *taken, const char *name)
{
  char *free_name = g_strdup (name);

  for (guint n = 2; g_hash_table_contains (taken, free_name); n++)
    {
      gsize stem = strlen (name) - (g_str_has_suffix (name, ".png") ? 4 : 0);

      g_free (free_name);
      free_name = g_strdup_printf ("%.*s-%u%s", (int) stem, name, n, name + stem);
    }
  g_hash_table_add (taken, free_name);
  return free_name;
}

static gboolean
write_frame (Files *files, const DotFrame *frame, const char *name, GError **error)
{
  g_autofree char *path         = g_build_filename (files->beside, name, NULL);
  g_autofree char *bytes        = NULL;
  g_autoptr (GdkPixbuf) picture = NULL;
  gsize size;

  picture = dot_exporting_get_picture (files->exporting, frame, error);
  return picture && dot_pixels_encode (picture, frame->title, frame->state, &bytes, &size, error) &&
         dot_whole_file_save (path, bytes, size, error);
}

static gboolean
write_frames (Files *files, GError **error)
{
  g_autoptr (GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);
  guint n                      = files->exporting->frames->len;

  for (guint i = 0; i < n; i++)
    {
      const DotFrame *frame = dot_exporting_get_frame (files->exporting, i);
      char           *name  = make_name (taken, frame->filename);

      g_ptr_array_add (files->names, name);
      if (! dot_exporting_tick (files->exporting, i, n, error) ||
          ! write_frame (files, frame, name, error))
        return FALSE;
    }
  return dot_exporting_tick (files->exporting, n, n, error);
}

static gboolean
move_frames (Files *files, GError **error)
{
  for (guint i = 0; i < files->names->len; i++)
    {
      const char      *name = files->names->pdata[i];
      g_autofree char *from = g_build_filename (files->beside, name, NULL);
      g_autofree char *to   = g_build_filename (files->folder, name, NULL);

      if (g_rename (from, to) != 0)
        {
          g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
                       _ ("%s can't be written (%s): choose another folder or free some space."), to,
                       g_strerror (errno));
          return FALSE;
        }
      files->made = FALSE;
    }
  return TRUE;
}

/**
 * dot_files_export:
 *
 * Writes each frame as dot_frame_save_png() does.
 */
gboolean
dot_files_export (const DotExporting *exporting, GError **error)
{
  g_auto (Files) files = {
    .lock = DOT_LOCK_NONE,
  };

  return files_init (&files, exporting, error) && write_frames (&files, error) &&
         move_frames (&files, error);
}
