/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* A file of named arrays, whatever its format.  */

#include "weights.h"

#include "npz.h"

#include "backend-intl.h"

#include <stdio.h>
#include <string.h>

struct _DotWeights
{
  DotNpz *npz;
};

/* What torch.save() writes: a pickle, or a zip with a pickle in it.  Loading
 * one runs whatever program is in it.  */
static gboolean
is_pickle (const char *path,
           DotNpz     *npz)
{
  g_auto (GStrv) names = npz ? dot_npz_list_members (npz) : NULL;
  guint8         begin[2] = { 0, };
  FILE          *file     = fopen (path, "rb");
  gboolean       old      = file && fread (begin, 1, 2, file) == 2
                            && begin[0] == 0x80 && begin[1] <= 5;

  if (file)
    fclose (file);
  for (guint i = 0; names && names[i]; i++)
    if (g_str_has_suffix (names[i], "data.pkl"))
      return TRUE;
  return old;
}

static gboolean
refuse_pickle (const char *path,
               GError    **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _("%s is a Python pickle, a program that is never run: save its "
                 "state_dict() with safetensors.torch.save_file() or "
                 "numpy.savez() and give that file."), path);
  return FALSE;
}

/**
 * dot_weights_open:
 * @path: an .npz, told by what is in it, not by its name
 *
 * Returns: (transfer full): the file, opened for reading; no weights are
 *   read yet
 */
DotWeights *
dot_weights_open (const char *path,
                  GError    **error)
{
  g_autoptr (DotWeights) weights     = g_new0 (DotWeights, 1);
  g_autoptr (GError)     local_error = NULL;

  weights->npz = dot_npz_open (path, &local_error);
  if (is_pickle (path, weights->npz) && ! refuse_pickle (path, error))
    return NULL;
  if (! weights->npz)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  return g_steal_pointer (&weights);
}

void
dot_weights_close (DotWeights *weights)
{
  if (weights)
    {
      dot_npz_close (weights->npz);
      g_free (weights);
    }
}

const char *
dot_weights_get_path (DotWeights *weights)
{
  return dot_npz_get_path (weights->npz);
}

/**
 * dot_weights_list_keys:
 *
 * Returns: (transfer full): the names of all arrays
 */
GStrv
dot_weights_list_keys (DotWeights *weights)
{
  return dot_npz_list_keys (weights->npz);
}

gboolean
dot_weights_has (DotWeights *weights,
                 const char *key)
{
  return dot_npz_has (weights->npz, key);
}

/**
 * dot_weights_get_shape:
 * @shape: (out): of @key, without reading its numbers
 */
gboolean
dot_weights_get_shape (DotWeights *weights,
                       const char *key,
                       DotShape   *shape,
                       GError    **error)
{
  DotNpyHeader header;

  if (! dot_npz_get_header (weights->npz, key, &header, error))
    return FALSE;

  shape->n_dims = header.n_dims;
  memcpy (shape->axes, header.shape, sizeof (shape->axes));
  return TRUE;
}

/**
 * dot_weights_read:
 * @n_dims, @shape: what @key must have
 *
 * Returns: (transfer full): the weights under @key, all finite
 */
DotArray *
dot_weights_read (DotWeights  *weights,
                  const char  *key,
                  guint        n_dims,
                  const gsize *shape,
                  GError     **error)
{
  return dot_npz_read (weights->npz, key, n_dims, shape, error);
}
