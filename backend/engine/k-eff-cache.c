/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Constants that were estimated before: a key file for each pair of weight
 * files, in the person's cache. */

#include "k-eff-cache.h"

#include "dot-enums.h"

#include "base/lock.h"
#include "base/whole-file.h"

#include <math.h>
#include <string.h>

static char *
cache_path (DotModel *model)
{
  g_autofree char *name = g_strdup_printf ("%s-%s.ini", dot_model_get_checksum (model, 0),
                                           dot_model_get_checksum (model, 1));

  return g_build_filename (g_get_user_cache_dir (), "dot-refine", "k-eff", name, NULL);
}

/* @number: 0 where the model doesn't say it */
static void
append (GString *key, const char *name, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (number != 0.0)
    g_string_append_printf (key, "-%s%s", name, g_ascii_dtostr (text, sizeof (text), number));
}

/* All that the estimate depends on beside the files. */
static char *
cache_key (DotModel *model, const DotClass *klass, guint pairs)
{
  g_autoptr (GString) key = g_string_new (NULL);

  g_string_printf (key, "label%u-pairs%u-seed%d", klass->label, pairs, DOT_K_EFF_SEED);
  append (key, "truncation", dot_model_get_truncation (model));
  append (key, "psi", dot_model_get_psi (model));
  append (key, "deviation", dot_model_get_deviation (model));
  return g_string_free (g_steal_pointer (&key), FALSE);
}

/**
 * dot_k_eff_cache_look_up:
 * @pairs: that it was estimated from
 *
 * Returns: the constant, or 0
 */
double
dot_k_eff_cache_look_up (DotModel *model, const DotClass *klass, DotSpace space, guint pairs)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path     = cache_path (model);
  g_autofree char *key      = cache_key (model, klass, pairs);
  double           k        = 0.0;

  if (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    k = g_key_file_get_double (file, dot_enum_to_nick (DOT_TYPE_SPACE, space), key, NULL);
  return isfinite (k) && k > 0.0 ? k : 0.0;
}

/**
 * dot_k_eff_cache_store:
 * @k: the constant
 *
 * A cache that can't be written is no failure: the next run estimates anew.
 * Others may write at the same time, and no constant of theirs may get lost.
 */
void
dot_k_eff_cache_store (DotModel       *model,
                       const DotClass *klass,
                       DotSpace        space,
                       guint           pairs,
                       double          k)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path     = cache_path (model);
  g_autofree char *folder   = g_path_get_dirname (path);
  g_autofree char *key      = cache_key (model, klass, pairs);
  g_autofree char *text     = NULL;
  g_auto (DotLock) lock     = DOT_LOCK_NONE;

  g_mkdir_with_parents (folder, 0700);
  dot_lock_wait (&lock, folder);
  dot_whole_file_remove_left_overs (folder);
  g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL);
  g_key_file_set_double (file, dot_enum_to_nick (DOT_TYPE_SPACE, space), key, k);
  text = g_key_file_to_data (file, NULL, NULL);
  dot_whole_file_save (path, text, strlen (text), NULL);
}
