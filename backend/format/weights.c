/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A file of named arrays, whatever its format. */

#include "weights.h"

#include "file-kind.h"
#include "npz.h"
#include "safetensors.h"
#include "torch-file.h"
#include "weights-names.h"

#include "base/intl.h"

#include <math.h>
#include <string.h>

#define MAX_AXIS (1 << 20)

/*  the formats, each of which is read by functions of these kinds  */

typedef struct
{
  gpointer (*open) (const char *path, GError **error);
  void (*close) (gpointer file);
  const char *(*get_path) (gpointer file);
  GStrv (*list_keys) (gpointer file);
  gboolean (*has) (gpointer file, const char *key);
  gboolean (*get_shape) (gpointer file, const char *key, DotShape *shape, GError **error);
  DotArray *(
    *read) (gpointer file, const char *key, guint n_dims, const gsize *shape, GError **error);
  gboolean (*get_number) (gpointer file, const char *name, double *number);
} Format;

/* @part: (nullable): what the names begin with of those that count */
struct _DotWeights
{
  const Format *format;
  gpointer      file;
  char         *part;
};

static gpointer
open_npz (const char *path, GError **error)
{
  return dot_npz_open (path, error);
}

static void
close_npz (gpointer file)
{
  dot_npz_close (file);
}

static const char *
get_path_of_npz (gpointer file)
{
  return dot_npz_get_path (file);
}

static GStrv
list_keys_of_npz (gpointer file)
{
  return dot_npz_list_keys (file);
}

static gboolean
has_npz (gpointer file, const char *key)
{
  return dot_npz_has (file, key);
}

static gboolean
get_shape_in_npz (gpointer file, const char *key, DotShape *shape, GError **error)
{
  DotNpyHeader header;

  if (! dot_npz_get_header (file, key, &header, error))
    return FALSE;

  shape->n_dims = header.n_dims;
  memcpy (shape->axes, header.shape, sizeof (shape->axes));
  return TRUE;
}

static DotArray *
read_npz (gpointer file, const char *key, guint n_dims, const gsize *shape, GError **error)
{
  return dot_npz_read (file, key, n_dims, shape, error);
}

static const Format npz = {
  .open      = open_npz,
  .close     = close_npz,
  .get_path  = get_path_of_npz,
  .list_keys = list_keys_of_npz,
  .has       = has_npz,
  .get_shape = get_shape_in_npz,
  .read      = read_npz,
};

static gpointer
open_safetensors (const char *path, GError **error)
{
  return dot_safetensors_open (path, error);
}

static void
close_safetensors (gpointer file)
{
  dot_safetensors_close (file);
}

static const char *
get_path_of_safetensors (gpointer file)
{
  return dot_safetensors_get_path (file);
}

static GStrv
list_keys_of_safetensors (gpointer file)
{
  return dot_safetensors_list_keys (file);
}

static gboolean
has_safetensors (gpointer file, const char *key)
{
  return dot_safetensors_look_up (file, key) != NULL;
}

static gboolean
get_shape_in_safetensors (gpointer file, const char *key, DotShape *shape, GError **error)
{
  return dot_safetensors_get_shape (file, key, shape, error);
}

static DotArray *
read_safetensors (gpointer file, const char *key, guint n_dims, const gsize *shape, GError **error)
{
  return dot_safetensors_read (file, key, n_dims, shape, error);
}

static const Format safetensors = {
  .open      = open_safetensors,
  .close     = close_safetensors,
  .get_path  = get_path_of_safetensors,
  .list_keys = list_keys_of_safetensors,
  .has       = has_safetensors,
  .get_shape = get_shape_in_safetensors,
  .read      = read_safetensors,
};

static gpointer
open_torch_file (const char *path, GError **error)
{
  return dot_torch_file_open (path, error);
}

static void
close_torch_file (gpointer file)
{
  dot_torch_file_close (file);
}

static const char *
get_path_of_torch_file (gpointer file)
{
  return dot_torch_file_get_path (file);
}

static GStrv
list_keys_of_torch_file (gpointer file)
{
  return dot_torch_file_list_keys (file);
}

static gboolean
has_torch_file (gpointer file, const char *key)
{
  return dot_torch_file_has (file, key);
}

static gboolean
get_shape_in_torch_file (gpointer file, const char *key, DotShape *shape, GError **error)
{
  return dot_torch_file_get_shape (file, key, shape, error);
}

static DotArray *
read_torch_file (gpointer file, const char *key, guint n_dims, const gsize *shape, GError **error)
{
  return dot_torch_file_read (file, key, n_dims, shape, error);
}

static gboolean
get_number_in_torch_file (gpointer file, const char *name, double *number)
{
  return dot_torch_file_get_number (file, name, number);
}

static const Format torch_file = {
  .open       = open_torch_file,
  .close      = close_torch_file,
  .get_path   = get_path_of_torch_file,
  .list_keys  = list_keys_of_torch_file,
  .has        = has_torch_file,
  .get_shape  = get_shape_in_torch_file,
  .read       = read_torch_file,
  .get_number = get_number_in_torch_file,
};

/* What each kind of file is read by.  A kind that isn't here is refused, with
 * what it is; what can't be opened is left to the first one. */
static const Format *const formats[DOT_FILE_KIND_N] = {
  [DOT_FILE_KIND_UNREADABLE]     = &npz,
  [DOT_FILE_KIND_NPZ]            = &npz,
  [DOT_FILE_KIND_SAFETENSORS]    = &safetensors,
  [DOT_FILE_KIND_CHECKPOINT]     = &torch_file,
  [DOT_FILE_KIND_OLD_CHECKPOINT] = &torch_file,
  [DOT_FILE_KIND_PICKLE]         = &torch_file,
};

/*  the file, whatever its format  */

/**
 * dot_weights_open:
 * @path: an .npz, a .safetensors or a file of PyTorch's, told by what is in it,
 *   not by its name
 *
 * Returns: (transfer full): the file, opened for reading; no weights are
 *   read yet
 */
DotWeights *
dot_weights_open (const char *path, GError **error)
{
  g_autoptr (DotWeights) weights = g_new0 (DotWeights, 1);

  weights->format = formats[dot_file_kind_find (path)];
  if (! weights->format && ! dot_file_kind_expect (path, DOT_FILE_WANT_WEIGHTS, error))
    return NULL;
  /* It may have become another one between the two looks. */
  if (! weights->format)
    weights->format = &npz;

  weights->file = weights->format->open (path, error);
  return weights->file ? g_steal_pointer (&weights) : NULL;
}

void
dot_weights_close (DotWeights *weights)
{
  if (weights)
    {
      if (weights->file)
        weights->format->close (weights->file);
      g_free (weights->part);
      g_free (weights);
    }
}

const char *
dot_weights_get_path (DotWeights *weights)
{
  return weights->format->get_path (weights->file);
}

/**
 * dot_weights_list_keys:
 *
 * Returns: (transfer full): the names of all arrays
 */
GStrv
dot_weights_list_keys (DotWeights *weights)
{
  g_auto (GStrv) all            = weights->format->list_keys (weights->file);
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();
  gsize skipped                 = weights->part ? strlen (weights->part) : 0;

  if (! weights->part)
    return g_steal_pointer (&all);
  for (guint i = 0; all[i]; i++)
    if (g_str_has_prefix (all[i], weights->part))
      g_strv_builder_add (keys, all[i] + skipped);
  return g_strv_builder_end (keys);
}

/**
 * dot_weights_enter:
 * @part: what the names of some arrays begin with
 *
 * From now on these are all, by what follows that.
 */
void
dot_weights_enter (DotWeights *weights, const char *part)
{
  g_free (weights->part);
  weights->part = g_strdup (part);
}

static char *
get_whole_name (DotWeights *weights, const char *key)
{
  return g_strconcat (weights->part ? weights->part : "", key, NULL);
}

gboolean
dot_weights_has (DotWeights *weights, const char *key)
{
  g_autofree char *name = get_whole_name (weights, key);

  return weights->format->has (weights->file, name);
}

/* Says what the file's names tell of it, where @key isn't among them. */
static gboolean
require (DotWeights *weights, const char *key, GError **error)
{
  g_auto (GStrv) names = NULL;

  if (dot_weights_has (weights, key))
    return TRUE;

  names = dot_weights_list_keys (weights);
  dot_weights_names_report (dot_weights_get_path (weights), (const char *const *) names, key,
                            error);
  return FALSE;
}

/**
 * dot_weights_get_shape:
 * @shape: (out): of @key, without reading its numbers
 */
gboolean
dot_weights_get_shape (DotWeights *weights, const char *key, DotShape *shape, GError **error)
{
  g_autofree char *name = get_whole_name (weights, key);

  return require (weights, key, error) &&
         weights->format->get_shape (weights->file, name, shape, error);
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
  g_autofree char *name = get_whole_name (weights, key);

  if (! require (weights, key, error))
    return NULL;
  return weights->format->read (weights->file, name, n_dims, shape, error);
}

/**
 * dot_weights_get_number:
 * @name: of what lies beside the arrays, in the whole file
 * @number: (out): stays where there is none
 *
 * Returns: whether there is such a number
 */
gboolean
dot_weights_get_number (DotWeights *weights, const char *name, double *number)
{
  return weights->format->get_number && weights->format->get_number (weights->file, name, number);
}

/**
 * dot_weights_get_attribute:
 * @name: of a number of the network's
 * @number: (out): stays where there is none
 *
 * What beside the arrays of one file is is an array of one number in another
 * (import/convert.c).
 *
 * Returns: whether there is such a number
 */
gboolean
dot_weights_get_attribute (DotWeights *weights, const char *name, double *number)
{
  g_autofree char *whole     = get_whole_name (weights, name);
  gsize            none      = 0;
  g_autoptr (DotArray) array = NULL;

  if (! dot_weights_has (weights, name))
    return dot_weights_get_number (weights, whole, number);
  array = dot_weights_read (weights, name, 0, &none, NULL);
  if (array)
    *number = array->data[0];
  return array != NULL;
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
