/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Folders of a long computation's finished parts, which several machines may
 * make at the same time.
 *
 * work.json says of what they are parts.  The lock's byte 0 is held for moments,
 * byte I by who makes shard I, and all from 1 on by who makes all. */

#include "work-folder.h"

#include "intl.h"
#include "json.h"
#include "lock.h"
#include "whole-file.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define FORMAT  "dot-refine-work"
#define ABOUT   "work.json"
#define LOCK    ".lock"
#define LARGEST 65536

/* So many missing shards are named. */
#define NAMED 12

struct _DotWorkFolder
{
  char           *path;
  DotShard        shard;
  gsize           n_parts;
  DotWorkNameFunc name;
  gpointer        user_data;
  DotLock         lock; /* on its shard */
};

/* What work.json says. */
typedef struct
{
  gboolean found;
  char    *identity;
  char    *description;
  guint    shards; /* 1 where it isn't cut */
  gsize    n_parts;
} About;

static void
about_clear (About *about)
{
  g_free (about->identity);
  g_free (about->description);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (About, about_clear)

static char *
path_of (DotWorkFolder *folder, const char *name)
{
  return g_build_filename (folder->path, name, NULL);
}

/**
 * dot_work_folder_get_path:
 *
 * Returns: (transfer full): a part's file, which may not be there yet
 */
char *
dot_work_folder_get_path (DotWorkFolder *folder, gsize part)
{
  g_autofree char *name = folder->name (part, folder->user_data);

  return path_of (folder, name);
}

/**
 * dot_work_folder_has:
 *
 * Returns: whether a part is made
 */
gboolean
dot_work_folder_has (DotWorkFolder *folder, gsize part)
{
  g_autofree char *path = dot_work_folder_get_path (folder, part);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/**
 * dot_work_folder_is_mine:
 *
 * Returns: whether a part is to be made here, if it isn't there
 */
gboolean
dot_work_folder_is_mine (DotWorkFolder *folder, gsize part)
{
  return dot_shard_has (folder->shard, part);
}

/*  work.json  */

static gboolean
read_about (DotWorkFolder *folder, About *about, GError **error)
{
  g_autofree char *path         = path_of (folder, ABOUT);
  g_autoptr (GError) reason     = NULL;
  g_autoptr (JsonObject) object = dot_json_read_format (path, LARGEST, TRUE, FORMAT, &reason);
  g_autoptr (DotJson) json      = NULL;

  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return TRUE;
  if (object)
    {
      json               = dot_json_new (object, path, NULL, &reason);
      about->identity    = g_strdup (dot_json_get_string (json, "identity", NULL));
      about->description = g_strdup (dot_json_get_line (json, "description", ""));
      about->shards      = dot_json_get_integer (json, "shards", 1, 1, G_MAXINT32);
      about->n_parts     = dot_json_get_number (json, "parts", 0, 0, 1e15);
    }
  about->found = object && dot_json_need (json, "identity", "shards", "parts", NULL);
  if (about->found)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("%s can't be read (%s): choose another --work folder."), path, reason->message);
  return FALSE;
}

static gboolean
write_about (DotWorkFolder *folder, const DotWork *work, const char *identity, GError **error)
{
  g_autoptr (JsonBuilder) builder     = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root           = NULL;
  g_autofree char *path               = path_of (folder, ABOUT);
  g_autofree char *text               = NULL;
  gsize            size;

  json_builder_begin_object (builder);
  dot_json_write_string (builder, "format", FORMAT);
  dot_json_write_int (builder, "version", 1);
  dot_json_write_string (builder, "identity", identity);
  dot_json_write_string (builder, "description", work->description ? work->description : "");
  dot_json_write_int (builder, "shards", MAX (work->shard.count, 1));
  dot_json_write_int (builder, "parts", work->n_parts);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  text = json_generator_to_data (generator, &size);
  return dot_whole_file_save (path, text, size, error);
}

static gboolean
check_about (DotWorkFolder *folder, const About *about, const char *identity, GError **error)
{
  guint shards = folder->shard.count;

  if (! about->found)
    return TRUE;
  if (g_strcmp0 (about->identity, identity) != 0 || about->n_parts != folder->n_parts)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                 _ ("%s holds parts of other options (%s): choose another --work folder."),
                 folder->path, about->description);
  else if (shards > 1 && about->shards > 1 && about->shards != shards)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                 _ (
                   "%s is cut into %u shards, not into %u: give --shard I/%u, or 1/1 to make what is "
                   "missing."),
                 folder->path, about->shards, shards, about->shards);
  else
    return TRUE;
  return FALSE;
}

/*  who makes what  */

static gboolean
lock_shard (DotWorkFolder *folder, GError **error)
{
  g_autofree char *path  = path_of (folder, LOCK);
  gboolean         whole = folder->shard.count <= 1;

  if (dot_lock_try_bytes (&folder->lock, path, whole ? 1 : folder->shard.index, whole ? 0 : 1))
    return TRUE;

  if (whole)
    g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
                 _ ("Another process is at work in %s: wait until that ends."), folder->path);
  else
    g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
                 _ (
                   "Another process is at work on shard %u/%u in %s: wait until that ends, or give "
                   "another I of --shard."),
                 folder->shard.index, folder->shard.count, folder->path);
  return FALSE;
}

/* "2/4, 3/4" */
static char *
list_missing (DotWorkFolder *folder, guint shards, guint *n)
{
  g_autofree gboolean *missing = g_new0 (gboolean, shards);
  GString             *list    = g_string_new (NULL);

  for (gsize part = 0; part < folder->n_parts; part++)
    missing[part % shards] = missing[part % shards] || ! dot_work_folder_has (folder, part);
  *n = 0;
  for (guint i = 0; i < shards; i++)
    if (missing[i] && (*n)++ < NAMED)
      g_string_append_printf (list, "%s%u/%u", *n > 1 ? ", " : "", i + 1, shards);
  if (*n > NAMED)
    g_string_append (list, ", …");
  return g_string_free (list, FALSE);
}

/* What shards have made is joined; nobody begins with what they still make. */
static gboolean
check_missing (DotWorkFolder *folder, guint shards, GError **error)
{
  guint            n;
  g_autofree char *list = list_missing (folder, shards, &n);

  if (n == 0)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
               ngettext ("Shard %s is missing or unfinished in %s: run it, or give --shard 1/1 to "
                         "make what is missing here.",
                         "Shards %s are missing or unfinished in %s: run them, or give --shard 1/1 "
                         "to make what is missing here.",
                         n),
               list, folder->path);
  return FALSE;
}

static gboolean
is_of_mine (const char *name, gpointer data)
{
  DotWorkFolder *folder = data;

  for (gsize part = 0; part < folder->n_parts; part++)
    if (dot_work_folder_is_mine (folder, part))
      {
        g_autofree char *own = folder->name (part, folder->user_data);

        if (g_str_equal (name, own))
          return TRUE;
      }
  return g_str_equal (name, ABOUT);
}

/* Where it is there, and another removes it at this moment, that is no failure. */
static gboolean
make_folder (DotWorkFolder *folder, GError **error)
{
  return g_mkdir (folder->path, 0777) == 0 ||
         (errno == EEXIST && ! g_file_test (folder->path, G_FILE_TEST_IS_REGULAR)) ||
         dot_whole_file_make_folder (folder->path, error);
}

/* The folder is there, and nobody else begins or ends in it. */
static gboolean
hold (DotWorkFolder *folder, DotLock *moment, GError **error)
{
  g_autofree char *path = path_of (folder, LOCK);

  do
    {
      if (! make_folder (folder, error))
        return FALSE;
      errno = 0;
      dot_lock_wait_bytes (moment, path, 0, 1);
    }
  /* One who ended may have removed it meanwhile. */
  while (*moment == DOT_LOCK_NONE && errno == ENOENT);
  return TRUE;
}

static gboolean
begin (DotWorkFolder *folder, const DotWork *work, GError **error)
{
  g_autofree char *identity = g_compute_checksum_for_string (G_CHECKSUM_SHA256, work->identity, -1);
  g_auto (DotLock) moment   = DOT_LOCK_NONE;
  g_auto (About) about      = {
    0,
  };

  if (! hold (folder, &moment, error) || ! read_about (folder, &about, error) ||
      ! check_about (folder, &about, identity, error))
    return FALSE;
  if (folder->shard.count == 0 && about.shards > 1)
    return check_missing (folder, about.shards, error);
  if (! lock_shard (folder, error))
    return FALSE;

  dot_whole_file_remove_left_overs_of (folder->path, is_of_mine, folder);
  return (about.found && (about.shards > 1 || folder->shard.count <= 1)) ||
         write_about (folder, work, identity, error);
}

/*  public functions  */

/**
 * dot_work_folder_open:
 * @path: made where it isn't there
 *
 * Opens the folder of a work, of which nothing may be there, some parts, or all.
 * It fails where it is another work's, where another process makes the same
 * shard, and where all is wanted of shards that aren't all done.
 *
 * Returns: (transfer full): it
 */
DotWorkFolder *
dot_work_folder_open (const char *path, const DotWork *work, GError **error)
{
  g_autoptr (DotWorkFolder) folder = g_new0 (DotWorkFolder, 1);

  folder->path      = g_strdup (path);
  folder->shard     = work->shard;
  folder->n_parts   = work->n_parts;
  folder->name      = work->name;
  folder->user_data = work->user_data;
  folder->lock      = DOT_LOCK_NONE;
  return begin (folder, work, error) ? g_steal_pointer (&folder) : NULL;
}

/**
 * dot_work_folder_remove:
 * @folder: one of all parts
 *
 * Removes it with what is in it.  The lock goes last, so that nobody who waits
 * for it loses what is new.
 */
void
dot_work_folder_remove (DotWorkFolder *folder)
{
  g_autofree char *path   = path_of (folder, LOCK);
  g_auto (DotLock) moment = DOT_LOCK_NONE;
  g_autoptr (GDir) dir    = NULL;
  const char *name;

  dot_lock_wait_bytes (&moment, path, 0, 1);
  dir = g_dir_open (folder->path, 0, NULL);
  while (dir && (name = g_dir_read_name (dir)))
    if (! g_str_equal (name, LOCK))
      {
        g_autofree char *part = path_of (folder, name);

        g_unlink (part);
      }
  g_unlink (path);
  g_rmdir (folder->path);
}

void
dot_work_folder_close (DotWorkFolder *folder)
{
  if (! folder)
    return;

  dot_lock_release (&folder->lock);
  g_free (folder->path);
  g_free (folder);
}
