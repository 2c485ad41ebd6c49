/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What was found out about a pair, kept for the person: a file of each kind for a pair,
 * named by the sha256 of both files. */

#include "pair-cache.h"

#include "base/lock.h"
#include "base/whole-file.h"

#include <string.h>

/* The group of a model's own file that says which networks it is about. */
#define PAIR "pair"

static char *
find_path (DotModel *model, const char *kind)
{
  g_autofree char *name = g_strdup_printf ("%s-%s.ini", dot_model_get_checksum (model, 0),
                                           dot_model_get_checksum (model, 1));

  return g_build_filename (g_get_user_cache_dir (), "dot-refine", kind, name, NULL);
}

/* @number: 0 where the model doesn't say it */
static void
append (GString *key, const char *name, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (number != 0.0)
    g_string_append_printf (key, "-%s%s", name, g_ascii_dtostr (text, sizeof (text), number));
}

/**
 * dot_pair_cache_append_settings:
 * @key: a group's or member's name
 *
 * Appends what the manifest says and the files don't, on which scores depend.
 */
void
dot_pair_cache_append_settings (GString *key, DotModel *model)
{
  append (key, "truncation", dot_model_get_truncation (model));
  append (key, "psi", dot_model_get_psi (model));
  append (key, "deviation", dot_model_get_deviation (model));
}

static GKeyFile *
load_kept (DotModel *model, const char *kind)
{
  GKeyFile        *file = g_key_file_new ();
  g_autofree char *path = find_path (model, kind);

  g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL);
  return file;
}

static gboolean
is_about (GKeyFile *file, const char *key, const char *checksum)
{
  g_autofree char *said = g_key_file_get_string (file, PAIR, key, NULL);

  return g_strcmp0 (said, checksum) == 0;
}

/* (nullable): what the package brings along, where that is about these networks */
static GKeyFile *
load_shipped (DotModel *model, const char *kind)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  const char      *folder   = dot_model_get_folder (model);
  g_autofree char *name     = g_strconcat (kind, ".ini", NULL);
  g_autofree char *path     = folder ? g_build_filename (folder, name, NULL) : NULL;

  if (! path || ! g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL) ||
      ! is_about (file, "generator", dot_model_get_checksum (model, 0)) ||
      ! is_about (file, "discriminator", dot_model_get_checksum (model, 1)))
    return NULL;
  g_key_file_remove_group (file, PAIR, NULL);
  return g_steal_pointer (&file);
}

/**
 * dot_pair_cache_load:
 * @kind: the folder's name
 *
 * Returns: (transfer full): what is kept for the person, else what the model's folder
 *   has in KIND.ini; it may be nothing
 */
GKeyFile *
dot_pair_cache_load (DotModel *model, const char *kind)
{
  g_autoptr (GKeyFile) kept = load_kept (model, kind);
  g_auto (GStrv) groups     = g_key_file_get_groups (kept, NULL);
  GKeyFile *shipped         = groups[0] ? NULL : load_shipped (model, kind);

  return shipped ? shipped : g_steal_pointer (&kept);
}

/**
 * dot_pair_cache_export:
 * @path: gets what is kept, in the form of a model's KIND.ini
 *
 * Returns: whether it is written
 */
gboolean
dot_pair_cache_export (DotModel *model, const char *kind, const char *path, GError **error)
{
  g_autoptr (GKeyFile) file = dot_pair_cache_load (model, kind);
  g_autofree char *text     = NULL;

  g_key_file_set_string (file, PAIR, "generator", dot_model_get_checksum (model, 0));
  g_key_file_set_string (file, PAIR, "discriminator", dot_model_get_checksum (model, 1));
  text = g_key_file_to_data (file, NULL, NULL);
  return dot_whole_file_save (path, text, strlen (text), error);
}

/**
 * dot_pair_cache_change:
 * @change: (scope call): what is to change in the file
 *
 * A cache that can't be written is no failure: what is missing is found anew.
 * Others may write at the same time, also from other machines, and nothing of
 * theirs may get lost.
 */
void
dot_pair_cache_change (DotModel *model, const char *kind, DotPairCacheFunc change, gpointer data)
{
  g_autoptr (GKeyFile) file = NULL;
  g_autofree char *path     = find_path (model, kind);
  g_autofree char *folder   = g_path_get_dirname (path);
  g_autofree char *beside   = g_strconcat (folder, ".lock", NULL);
  g_autofree char *text     = NULL;
  g_auto (DotLock) lock     = DOT_LOCK_NONE;

  g_mkdir_with_parents (folder, 0700);
  dot_lock_wait_bytes (&lock, beside, 0, 1);
  dot_whole_file_remove_left_overs (folder);
  file = load_kept (model, kind);
  change (file, data);
  text = g_key_file_to_data (file, NULL, NULL);
  dot_whole_file_save (path, text, strlen (text), NULL);
}
