/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "dataset-private.h"
#include "identity.h"
#include "preload.h"
#include "records.h"

#include "base/intl.h"

#include <string.h>

#define MAX_SIZE 2048

static const DotDatasetKind *const kinds[] = {
  &dot_dataset_folder, &dot_dataset_tar,          &dot_dataset_cifar_10,
  &dot_dataset_stl_10, &dot_dataset_gaussians_25, &dot_dataset_swiss_roll,
};

/* What a person sees as the kind, from the names alone. */
static const char *
guess_kind (const char *path)
{
  g_autofree char *base = path ? g_path_get_basename (path) : NULL;

  if (! path || ! g_file_test (path, G_FILE_TEST_EXISTS))
    return path && strstr (path, ".tar") ? "tar" : path;
  if (dot_records_are_in (path, "cifar-10") || g_str_has_prefix (base, "cifar-10-binary"))
    return "cifar-10";
  if (dot_records_are_in (path, "stl-10") || g_str_has_prefix (base, "stl10_binary"))
    return "stl-10";
  return g_file_test (path, G_FILE_TEST_IS_DIR) ? "folder" : "tar";
}

static const DotDatasetKind *
find_kind (const char *name, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (! g_strcmp0 (name, kinds[i]->name))
      return kinds[i];
  if (name && strchr (name, G_DIR_SEPARATOR))
    g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND,
                 _ ("%s can't be opened: check the path and its permissions."), name);
  else
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                 _ ("“%s” is no kind of data: give a path, or folder, tar, "
                    "cifar-10, stl-10, gaussians-25 or swiss-roll."),
                 name ? name : "");
  return NULL;
}

static gboolean
check_options (const DotDatasetKind *kind, const DotDatasetOptions *options, GError **error)
{
  if (kind->read && ! options->path)
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                   _ ("Data of the kind %s needs a path: say where it is."), kind->name);
      return FALSE;
    }
  if (options->size > MAX_SIZE)
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                   _ ("A size of %u pixels is too large: choose one up to %u."), options->size,
                   MAX_SIZE);
      return FALSE;
    }
  return TRUE;
}

/**
 * dot_dataset_open:
 *
 * Opens what a training reads.  Pictures are cut to the square in their middle
 * and scaled to the size, by areas where they shrink.  Where they fit into the
 * memory that is allowed they are all decoded at once, so that a damaged one is
 * found before the first step; else, or where the options say lazy, each is
 * decoded when its turn comes.
 *
 * Returns: (transfer full): the dataset, or %NULL with @error set
 */
DotDataset *
dot_dataset_open (const DotDatasetOptions *options, GError **error)
{
  const char           *name     = options->kind ? options->kind : guess_kind (options->path);
  const DotDatasetKind *kind     = find_kind (name, error);
  g_autoptr (DotDataset) dataset = NULL;

  if (! kind || ! check_options (kind, options, error))
    return NULL;

  dataset           = g_new0 (DotDataset, 1);
  dataset->kind     = kind;
  dataset->flip     = options->flip;
  dataset->names    = g_ptr_array_new_with_free_func (g_free);
  dataset->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  if (! kind->open (dataset, options, error))
    return NULL;
  /* A source that is decoded is given up. */
  dataset->identity = dot_identity_finish (dataset);
  if (kind->read && ! options->lazy && ! dot_preload (dataset, options, error))
    return NULL;
  return g_steal_pointer (&dataset);
}
