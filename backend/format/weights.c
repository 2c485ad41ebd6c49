/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A file of named arrays, whatever its format. */

#include "weights.h"

#include "npz.h"
#include "safetensors.h"

#include "base/intl.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define MAX_AXIS (1 << 20)

/* One of the two. */
struct _DotWeights
{
  DotNpz         *npz;
  DotSafetensors *safetensors;
};

/*  what a file is  */

typedef enum
{
  FORMAT_UNKNOWN,
  FORMAT_ZIP,
  FORMAT_SAFETENSORS,
  FORMAT_PICKLE
} Format;

/* A zip begins with PK; a safetensors' header, after its length, with a
 * brace; what torch.save() wrote in old times, with a pickle's version. */
static Format
find_format (const char *path)
{
  char begin[9] = {
    0,
  };
  FILE *file = fopen (path, "rb");
  gsize n    = file ? fread (begin, 1, sizeof (begin), file) : 0;

  if (file)
    fclose (file);
  if (n >= 2 && memcmp (begin, "PK", 2) == 0)
    return FORMAT_ZIP;
  if (n == 9 && begin[8] == '{')
    return FORMAT_SAFETENSORS;
  if (n >= 2 && begin[0] == '\x80' && begin[1] >= 2 && begin[1] <= 5)
    return FORMAT_PICKLE;
  return g_str_has_suffix (path, ".safetensors") ? FORMAT_SAFETENSORS : FORMAT_UNKNOWN;
}

/* What torch.save() writes is a zip with a pickle in it; torch.jit.save()'s
 * has a program's text beside that. */
static gboolean
has_member (DotNpz *npz, const char *part)
{
  g_auto (GStrv) members = dot_npz_list_members (npz);

  for (guint i = 0; members[i]; i++)
    if (strstr (members[i], part))
      return TRUE;
  return FALSE;
}

/* Reading a pickle runs whatever program is in it. */
static gpointer
fail_pickle (const char *path, GError **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("%s is a Python pickle, a program that is never run: save its state_dict() with "
                  "safetensors.torch.save_file() or numpy.savez() and give that file."),
               path);
  return NULL;
}

static gpointer
fail_script (const char *path, GError **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("%s is TorchScript: give the architecture “torchscript” (on "
                  "the command line with --architecture)."),
               path);
  return NULL;
}

static DotNpz *
open_npz (const char *path, GError **error)
{
  g_autoptr (DotNpz) npz = dot_npz_open (path, error);

  if (! npz || ! has_member (npz, "data.pkl"))
    return g_steal_pointer (&npz);

  return has_member (npz, "/code/") ? fail_script (path, error) : fail_pickle (path, error);
}

/**
 * dot_weights_open:
 * @path: an .npz or a .safetensors, told by what is in it, not by its name
 *
 * Returns: (transfer full): the file, opened for reading; no weights are
 *   read yet
 */
DotWeights *
dot_weights_open (const char *path, GError **error)
{
  g_autoptr (DotWeights) weights = g_new0 (DotWeights, 1);
  Format format                  = find_format (path);

  if (format == FORMAT_PICKLE)
    return fail_pickle (path, error);

  if (format == FORMAT_SAFETENSORS)
    weights->safetensors = dot_safetensors_open (path, error);
  else
    weights->npz = open_npz (path, error);

  if (! weights->npz && ! weights->safetensors)
    return NULL;
  return g_steal_pointer (&weights);
}

void
dot_weights_close (DotWeights *weights)
{
  if (weights)
    {
      dot_npz_close (weights->npz);
      dot_safetensors_close (weights->safetensors);
      g_free (weights);
    }
}

const char *
dot_weights_get_path (DotWeights *weights)
{
  if (weights->safetensors)
    return dot_safetensors_get_path (weights->safetensors);
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
  if (weights->safetensors)
    return dot_safetensors_list_keys (weights->safetensors);
  return dot_npz_list_keys (weights->npz);
}

gboolean
dot_weights_has (DotWeights *weights, const char *key)
{
  if (weights->safetensors)
    return dot_safetensors_look_up (weights->safetensors, key) != NULL;
  return dot_npz_has (weights->npz, key);
}

/**
 * dot_weights_get_shape:
 * @shape: (out): of @key, without reading its numbers
 */
gboolean
dot_weights_get_shape (DotWeights *weights, const char *key, DotShape *shape, GError **error)
{
  DotNpyHeader header;

  if (weights->safetensors)
    return dot_safetensors_get_shape (weights->safetensors, key, shape, error);
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
  if (weights->safetensors)
    return dot_safetensors_read (weights->safetensors, key, n_dims, shape, error);
  return dot_npz_read (weights->npz, key, n_dims, shape, error);
}

/*  what it says of an architecture  */

/**
 * dot_weights_get_axis:
 *
 * Returns: the size of one axis of a weight, or 0 with @error where it has
 *   not @n_dims dimensions or an absurd size
 */
guint
dot_weights_get_axis (DotWeights *weights,
                      const char *key,
                      guint       n_dims,
                      guint       axis,
                      GError    **error)
{
  g_autofree char *text = NULL;
  DotShape         shape;

  if (! dot_weights_get_shape (weights, key, &shape, error))
    return 0;
  if (shape.n_dims == n_dims && shape.axes[axis] >= 1 && shape.axes[axis] <= MAX_AXIS)
    return shape.axes[axis];

  text = dot_array_shape_to_string (shape.n_dims, shape.axes);
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("%s: %s has shape %s, which is not this architecture's: give "
                  "the right file or architecture."),
               dot_weights_get_path (weights), key, text);
  return 0;
}

/**
 * dot_weights_get_side:
 * @flat: the weight of a linear layer beside flattened pixels
 * @layer: the weight of a convolution that has those pixels' channels
 *
 * Returns: the side s of the pixels, from the linear layer's s² · channels,
 *   or 0 with @error
 */
guint
dot_weights_get_side (DotWeights *weights,
                      const char *flat,
                      guint       flat_axis,
                      const char *layer,
                      guint       layer_axis,
                      GError    **error)
{
  guint items    = dot_weights_get_axis (weights, flat, 2, flat_axis, error);
  guint channels = items ? dot_weights_get_axis (weights, layer, 4, layer_axis, error) : 0;
  guint side     = channels ? (guint) sqrt (items / channels) : 0;

  if (channels == 0)
    return 0;
  if (side >= 1 && (gsize) side * side * channels == items)
    return side;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("%s: %s and %s don't fit together: give the right file or architecture."),
               dot_weights_get_path (weights), flat, layer);
  return 0;
}
