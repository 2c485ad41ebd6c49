/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A tar of class folders or of pictures, or a folder of them in a tar. */

#include "identity.h"
#include "decode.h"
#include "pictures.h"
#include "tar.h"

/* "FILE.tar:FOLDER" is in two parts where "FILE.tar" is a file.
 *
 * Returns: (transfer full): the file; @folder has one "/" at its end, or is "" */
static char *
split_path (const char *path, char **folder)
{
  g_autoptr (GString) inside = g_string_new (NULL);
  const char *colon          = path + strlen (path);

  if (! g_file_test (path, G_FILE_TEST_IS_REGULAR))
    while (colon > path)
      {
        g_autofree char *file = g_strndup (path, --colon - path);

        if (*colon != ':' || ! g_file_test (file, G_FILE_TEST_IS_REGULAR))
          continue;
        for (colon++; *colon == '/' || g_str_has_prefix (colon, "./");)
          colon++;
        g_string_assign (inside, colon);
        while (inside->len > 0 && inside->str[inside->len - 1] == '/')
          g_string_truncate (inside, inside->len - 1);
        if (inside->len > 0)
          g_string_append_c (inside, '/');
        *folder = g_string_free (g_steal_pointer (&inside), FALSE);
        return g_steal_pointer (&file);
      }
  *folder = g_strdup ("");
  return g_strdup (path);
}

/* Itself, or a folder that it is in. */
static gboolean
is_hidden (const char *name)
{
  for (; name; name = strchr (name, '/'))
    {
      name += *name == '/';
      if (name[0] == '.' && name[1] != '/' && name[1] != '.')
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_meant (const char *name, const char *folder)
{
  return g_str_has_prefix (name, folder) && ! is_hidden (name + strlen (folder));
}

static gboolean
add_member (DotPictures *pictures, DotTar *tar, const char *name, GError **error)
{
  GBytes *bytes;

  if (! dot_decode_has_suffix (name))
    {
      dot_pictures_leave_out (pictures, DOT_LEFT_OUT_OTHER, name);
      return TRUE;
    }
  bytes = dot_tar_read (tar, DOT_DECODE_MAX_BYTES, error);
  if (bytes)
    dot_pictures_add (pictures, name, bytes, g_bytes_get_size (bytes), 0);
  return bytes != NULL;
}

static gboolean
add_members (DotPictures             *pictures,
             DotTar                  *tar,
             const char              *folder,
             const DotDatasetOptions *options,
             GError                 **error)
{
  const GPtrArray *links = dot_tar_get_links (tar);
  GError          *cause = NULL;
  const char      *name;

  while (dot_tar_next (tar, &name, &cause))
    if (g_cancellable_set_error_if_cancelled (options->cancellable, error) ||
        (is_meant (name, folder) && ! add_member (pictures, tar, name, error)))
      return FALSE;
  for (guint i = 0; i < links->len; i++)
    if (is_meant (links->pdata[i], folder))
      dot_pictures_leave_out (pictures, DOT_LEFT_OUT_LINK, links->pdata[i]);
  if (cause)
    g_propagate_error (error, cause);
  return ! cause;
}

/* (transfer full): what pictures without class folders are called: the folder
 * in the tar, or the tar without its ending */
static char *
get_name (const char *path, const char *folder)
{
  g_autofree char *base = g_path_get_basename (*folder ? folder : path);
  char            *end  = *folder ? NULL : g_strrstr (base, ".tar");

  if (! *folder && ! end)
    end = strrchr (base, '.');
  if (end && end > base)
    *end = '\0';
  return g_steal_pointer (&base);
}

static gboolean
open_tar (DotDataset *dataset, const DotDatasetOptions *options, GError **error)
{
  g_autofree char *folder          = NULL;
  g_autofree char *path            = NULL;
  g_autoptr (DotTar) tar           = NULL;
  g_autofree char *single          = NULL;
  g_autoptr (DotPictures) pictures = NULL;
  gsize root;

  path     = split_path (options->path ? options->path : "", &folder);
  single   = get_name (path, folder);
  tar      = dot_tar_open (path, options->memory_limit, error);
  pictures = dot_pictures_new (path);
  dot_identity_add_file (dataset, path);
  if (! tar || ! add_members (pictures, tar, folder, options, error))
    return FALSE;
  /* Most tars have everything in one folder. */
  root = *folder ? strlen (folder) : dot_pictures_find_root (pictures);
  return dot_pictures_finish (g_steal_pointer (&pictures), root, single, dataset, options, error);
}

const DotDatasetKind dot_dataset_tar = {
  .name  = "tar",
  .open  = open_tar,
  .read  = dot_pictures_read,
  .close = dot_pictures_free,
};
