/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A pair to measure with: shapes and names of the public 128-pixel snapshots
 * of sngan-projection (ch 64, 1000 classes), deflated as they are, without
 * their training.  It is made once, in the person's cache. */

#include "cli-bench-model.h"

#include "cli-progress.h"
#include "network/architecture.h"

#include "model/model.h"

#include "base/intl.h"
#include "base/lock.h"
#include "base/whole-file.h"

#include <errno.h>
#include <glib/gstdio.h>

/* The two files, and what else the disk may be asked for at the time. */
#define NEEDED_MEGABYTES 320

static const DotInitialSizes sizes = {
  .architecture = "sngan-projection",
  .image_size   = 128,
  .latent_size  = 128,
  .widths       = { 64, 64 },
  .n_labels     = 1000,
  .for_bench    = TRUE,
};

static gboolean
make_folder (const char *folder, GError **error)
{
  g_autofree char *shown = g_filename_display_name (folder);

  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
               _ ("The folder %s can't be made (%s): make it writable, or set "
                  "XDG_CACHE_HOME to another place."),
               shown, g_strerror (errno));
  return FALSE;
}

/* Where the disk doesn't say how much is free, it is tried. */
static gboolean
check_space (const char *folder, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (folder);
  g_autoptr (GFileInfo)
    info = g_file_query_filesystem_info (file, G_FILE_ATTRIBUTE_FILESYSTEM_FREE, NULL, NULL);
  g_autofree char *shown = g_filename_display_name (folder);
  guint64          free_bytes;

  if (! info || ! g_file_info_has_attribute (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE))
    return TRUE;

  free_bytes = g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE);
  if (free_bytes / 1000000 >= NEEDED_MEGABYTES)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
               _ ("The random pair needs %u MB in %s, and %u MB are free: free "
                  "some, or set XDG_CACHE_HOME to a larger disk."),
               NEEDED_MEGABYTES, shown, (guint) (free_bytes / 1000000));
  return FALSE;
}

/* One process makes the pair; what a killed one left goes. */
static gboolean
prepare_folder (DotLock *lock, const char *folder, GError **error)
{
  if (! make_folder (folder, error))
    return FALSE;
  if (! dot_lock_try (lock, folder))
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
                   _ ("The random pair is being made in %s already: wait until it is there."), folder);
      return FALSE;
    }
  dot_whole_file_remove_left_overs (folder);
  return check_space (folder, error);
}

static gboolean
ensure_file (const char *path, guint file, GCancellable *cancellable, GError **error)
{
  g_autoptr (DotNpzWriter) writer = NULL;
  g_autofree char *name           = g_path_get_basename (path);
  g_autofree char *message        = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;

  /* Translators: %s is a file: "generator.npz" */
  message = g_strdup_printf (_ ("Making a random %s, once"), name);
  cli_progress_show_long_phase (message, 0.0, NULL);

  writer = dot_npz_writer_new (path, error);
  if (! writer ||
      ! dot_initial_fill (dot_sngan_projection.initial, &sizes, file, writer, cancellable, error))
    return FALSE;

  dot_npz_writer_watch (writer, message, cli_progress_show_long_phase, NULL, cancellable);
  return dot_npz_writer_close (writer, error);
}

/* The first call takes a while, and a good quarter of a gigabyte of the
 * person's cache.  The pair is the same everywhere. */
static DotModel *
make_random (GCancellable *cancellable, GError **error)
{
  g_autofree char *folder        = g_build_filename (g_get_user_cache_dir (), "dot-refine",
                                                     CLI_BENCH_RANDOM, NULL);
  g_autofree char *generator     = g_build_filename (folder, "generator.npz", NULL);
  g_autofree char *discriminator = g_build_filename (folder, "discriminator.npz", NULL);
  g_auto (DotLock) lock          = DOT_LOCK_NONE;
  gboolean there                 = g_file_test (generator, G_FILE_TEST_EXISTS) &&
                   g_file_test (discriminator, G_FILE_TEST_EXISTS);

  if (! there && ! prepare_folder (&lock, folder, error))
    return NULL;
  if (! ensure_file (generator, 0, cancellable, error) ||
      ! ensure_file (discriminator, 1, cancellable, error))
    return NULL;
  return dot_model_new_from_files (generator, discriminator, NULL, DOT_PRIOR_NORMAL, error);
}

/**
 * cli_bench_model_find:
 * @id: a model's, or %CLI_BENCH_RANDOM: a random pair as large as the public
 *   128-pixel one, to measure with
 * @cancellable: (nullable): looked at while the random one is made
 * @error: where it says why there is none
 *
 * Returns: (transfer full): the model.
 */
DotModel *
cli_bench_model_find (const char *id, GCancellable *cancellable, GError **error)
{
  if (g_str_equal (id, CLI_BENCH_RANDOM))
    return make_random (cancellable, error);
  return dot_model_find (id, error);
}
