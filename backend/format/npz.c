/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "npz.h"

#include "inflate.h"

#include "base/intl.h"
#include "base/whole-file.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <zip.h>

/* Deflate makes nothing larger than this many times: what claims more is a
 * lie, and is refused before it is allocated. */
#define DEFLATE_LIMIT 1032

/* What all members together may inflate to; both files of the paper's largest
 * pair take a tenth of it. */
#define MAX_TOTAL_GB 4
#define MAX_TOTAL    (MAX_TOTAL_GB * G_GUINT64_CONSTANT (1000000000))

struct _DotNpz
{
  char   *path;
  zip_t  *zip;
  guint64 size;
};

/* Whether the directory's sizes can be true: no member is larger than the
 * file, nor inflates to more than deflate can do. */
static gboolean
npz_believes (DotNpz *npz, const zip_stat_t *stat)
{
  return (stat->valid & ZIP_STAT_SIZE) && (stat->valid & ZIP_STAT_COMP_SIZE) &&
         stat->comp_size <= npz->size && stat->size / DEFLATE_LIMIT <= stat->comp_size;
}

static gboolean
npz_check_total (DotNpz *npz, GError **error)
{
  zip_int64_t n     = zip_get_num_entries (npz->zip, 0);
  guint64     total = 0;
  zip_stat_t  stat;

  for (zip_int64_t i = 0; i < n && total <= MAX_TOTAL; i++)
    if (zip_stat_index (npz->zip, i, 0, &stat) == 0 && npz_believes (npz, &stat))
      total += MIN (stat.size, MAX_TOTAL + 1);
  if (total <= MAX_TOTAL)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("%s would take more than %d GB of memory: give a smaller "
                  "model, or its weights as .safetensors."),
               npz->path, MAX_TOTAL_GB);
  return FALSE;
}

static zip_t *
open_zip (const char *path, guint64 *size, GError **error)
{
  zip_t   *zip  = NULL;
  int      what = 0;
  int      code = 0;
  GStatBuf info;

  if (g_stat (path, &info) != 0)
    code = errno;
  else if (! S_ISREG (info.st_mode))
    code = EISDIR;
  else if (! (zip = zip_open (path, ZIP_RDONLY, &what)))
    code = what == ZIP_ER_MEMORY ? ENOMEM : what == ZIP_ER_OPEN ? errno : 0;

  *size = zip ? info.st_size : 0;
  if (code != 0)
    dot_whole_file_fail_open (path, code, error);
  else if (! zip)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                 _ ("%s is no readable .npz file, or it is cut off: download or export it again."),
                 path);
  return zip;
}

/**
 * dot_npz_open:
 *
 * Returns: (transfer full): @path, a zip of .npy files, opened for reading;
 *   nothing but its directory is read
 */
DotNpz *
dot_npz_open (const char *path, GError **error)
{
  g_autoptr (DotNpz) npz = NULL;
  guint64 size           = 0;
  zip_t  *zip            = open_zip (path, &size, error);

  if (! zip)
    return NULL;

  npz       = g_new0 (DotNpz, 1);
  npz->path = g_strdup (path);
  npz->zip  = zip;
  npz->size = size;
  return npz_check_total (npz, error) ? g_steal_pointer (&npz) : NULL;
}

void
dot_npz_close (DotNpz *npz)
{
  if (npz)
    {
      zip_discard (npz->zip);
      g_free (npz->path);
      g_free (npz);
    }
}

const char *
dot_npz_get_path (DotNpz *npz)
{
  return npz->path;
}

static char *
npz_member (const char *key)
{
  return g_strconcat (key, ".npy", NULL);
}

gboolean
dot_npz_has (DotNpz *npz, const char *key)
{
  g_autofree char *member = npz_member (key);

  return zip_name_locate (npz->zip, member, 0) >= 0;
}

/**
 * dot_npz_list_members:
 *
 * Returns: (transfer full): the names of all files in the zip
 */
GStrv
dot_npz_list_members (DotNpz *npz)
{
  g_autoptr (GStrvBuilder) members = g_strv_builder_new ();
  zip_int64_t n                    = zip_get_num_entries (npz->zip, 0);

  for (zip_int64_t i = 0; i < n; i++)
    {
      const char *name = zip_get_name (npz->zip, i, 0);

      if (name)
        g_strv_builder_add (members, name);
    }
  return g_strv_builder_end (members);
}

/**
 * dot_npz_list_keys:
 *
 * Returns: (transfer full): the names of all arrays; of those that are no
 *   plain text, which NumPy never writes, nothing is said
 */
GStrv
dot_npz_list_keys (DotNpz *npz)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();
  g_auto (GStrv) members        = dot_npz_list_members (npz);

  for (guint i = 0; members[i]; i++)
    if (g_str_has_suffix (members[i], ".npy") && dot_line_is_valid (members[i]))
      {
        g_autofree char *key = g_strndup (members[i], strlen (members[i]) - 4);

        g_strv_builder_add (keys, key);
      }
  return g_strv_builder_end (keys);
}

static gboolean
npz_fail_damaged (DotNpz *npz, const char *key, GError **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("%s is damaged at %s: download or export it again."), npz->path, key);
  return FALSE;
}

/* The size that the zip's directory gives, once it is credible. */
static gboolean
npz_stat (DotNpz *npz, const char *key, gsize *size, GError **error)
{
  g_autofree char *member = npz_member (key);
  zip_stat_t       stat;

  if (zip_stat (npz->zip, member, 0, &stat) != 0)
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                   _ ("%s has no %s: it is another architecture, or damaged; "
                      "give the right file or architecture."),
                   npz->path, key);
      return FALSE;
    }
  if (! npz_believes (npz, &stat))
    return npz_fail_damaged (npz, key, error);

  *size = stat.size;
  return TRUE;
}

static zip_file_t *
npz_open_member (DotNpz *npz, const char *key, zip_flags_t flags)
{
  g_autofree char *member = npz_member (key);

  return zip_fopen (npz->zip, member, flags);
}

static gboolean
npz_read_header (DotNpz *npz, const char *key, gsize size, DotNpyHeader *header, GError **error)
{
  g_autofree char   *name  = g_strdup_printf ("%s: %s", npz->path, key);
  g_autofree guint8 *bytes = g_malloc (DOT_NPY_MAX_HEADER + 12);
  zip_file_t        *file  = npz_open_member (npz, key, 0);
  zip_int64_t        n     = -1;

  if (file)
    {
      n = zip_fread (file, bytes, DOT_NPY_MAX_HEADER + 12);
      zip_fclose (file);
    }
  if (n < 0)
    return npz_fail_damaged (npz, key, error);
  return dot_npy_parse_header (bytes, n, name, header, error) &&
         (header->n_bytes == size - header->offset || npz_fail_damaged (npz, key, error));
}

/**
 * dot_npz_get_header:
 * @header: (out): shape and type of @key, without reading its numbers
 */
gboolean
dot_npz_get_header (DotNpz *npz, const char *key, DotNpyHeader *header, GError **error)
{
  gsize size;

  return npz_stat (npz, key, &size, error) && npz_read_header (npz, key, size, header, error);
}

static gpointer
npz_fail_memory (DotNpz *npz, GError **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_NO_MEMORY,
               _ ("There is not enough memory to read %s: close other "
                  "programs or take a smaller model."),
               npz->path);
  return NULL;
}

/* The whole member; libzip compares its checksum at the end. */
static gboolean
npz_read_plain (DotNpz *npz, const char *key, guint8 *bytes, gsize size)
{
  zip_file_t *file  = npz_open_member (npz, key, 0);
  gboolean    whole = FALSE;
  guint8      extra;

  if (file)
    {
      /* Only a read past the end compares the checksum. */
      whole = zip_fread (file, bytes, size) == (zip_int64_t) size &&
              zip_fread (file, &extra, 1) == 0;
      zip_fclose (file);
    }
  return whole;
}

/* The same of a deflated member, inflated in one go. */
static gboolean
npz_read_deflated (DotNpz *npz, const char *key, const zip_stat_t *stat, guint8 *bytes, gsize size)
{
  g_autofree guint8 *deflated = g_try_malloc (stat->comp_size);
  zip_file_t        *file     = NULL;
  gboolean           whole    = FALSE;

  if (deflated)
    file = npz_open_member (npz, key, ZIP_FL_COMPRESSED);
  if (file)
    {
      whole = zip_fread (file, deflated, stat->comp_size) == (zip_int64_t) stat->comp_size &&
              dot_inflate (deflated, stat->comp_size, stat->crc, bytes, size);
      zip_fclose (file);
    }
  return whole;
}

/* Whether the directory says all that inflating in one go must know. */
static gboolean
npz_is_deflated (DotNpz *npz, const char *key, zip_stat_t *stat)
{
  g_autofree char   *member = npz_member (key);
  const zip_uint64_t known  = ZIP_STAT_COMP_METHOD | ZIP_STAT_CRC | ZIP_STAT_COMP_SIZE |
                             ZIP_STAT_ENCRYPTION_METHOD;

  return zip_stat (npz->zip, member, 0, stat) == 0 && (stat->valid & known) == known &&
         stat->comp_method == ZIP_CM_DEFLATE && stat->encryption_method == ZIP_EM_NONE &&
         stat->comp_size > 0;
}

static guint8 *
npz_read_bytes (DotNpz *npz, const char *key, gsize size, GError **error)
{
  g_autofree guint8 *bytes = g_try_malloc (size + 1);
  zip_stat_t         stat;
  gboolean           whole;

  if (! bytes)
    return npz_fail_memory (npz, error);

  whole = npz_is_deflated (npz, key, &stat) ? npz_read_deflated (npz, key, &stat, bytes, size)
                                            : npz_read_plain (npz, key, bytes, size);
  if (! whole)
    {
      npz_fail_damaged (npz, key, error);
      return NULL;
    }

  return g_steal_pointer (&bytes);
}

static gboolean
npz_check_shape (DotNpz             *npz,
                 const char         *key,
                 const DotNpyHeader *header,
                 guint               n_dims,
                 const gsize        *shape,
                 GError            **error)
{
  DotShape found = { .n_dims = header->n_dims };

  memcpy (found.axes, header->shape, sizeof (found.axes));
  return dot_array_check_shape (&found, n_dims, shape, npz->path, key, error);
}

/* Weights are hundreds of megabytes: what needn't be converted isn't copied.
 * Takes @bytes. */
static DotArray *
npz_make_array (const DotNpyHeader *header,
                guint8             *bytes,
                guint               n_dims,
                const gsize        *shape,
                GError            **error)
{
  DotArray *array;

  if (dot_npy_is_float (header) && header->offset % sizeof (float) == 0)
    return dot_array_adopt (bytes, header->offset, n_dims, shape);

  array = dot_array_new (n_dims, shape, error);
  if (array)
    dot_npy_to_floats (header, bytes + header->offset, array->data);
  g_free (bytes);
  return array;
}

/**
 * dot_npz_read:
 * @n_dims, @shape: what @key must have
 *
 * Returns: (transfer full): the weights under @key, all finite
 */
DotArray *
dot_npz_read (DotNpz *npz, const char *key, guint n_dims, const gsize *shape, GError **error)
{
  g_autoptr (DotArray) array = NULL;
  guint8      *bytes;
  DotNpyHeader header;

  if (! dot_npz_get_header (npz, key, &header, error) ||
      ! npz_check_shape (npz, key, &header, n_dims, shape, error) ||
      ! (bytes = npz_read_bytes (npz, key, header.offset + header.n_bytes, error)) ||
      ! (array = npz_make_array (&header, bytes, n_dims, shape, error)))
    return NULL;

  if (! dot_array_check_finite (array, npz->path, key, error))
    return NULL;
  return g_steal_pointer (&array);
}

/**
 * dot_npz_read_doubles:
 * @header: (out): shape and type of @key
 *
 * Returns: (transfer full): the numbers under @key, of any shape
 */
double *
dot_npz_read_doubles (DotNpz *npz, const char *key, DotNpyHeader *header, GError **error)
{
  g_autofree guint8 *bytes  = NULL;
  double            *values = NULL;

  if (! dot_npz_get_header (npz, key, header, error))
    return NULL;

  bytes  = npz_read_bytes (npz, key, header->offset + header->n_bytes, error);
  values = bytes ? g_try_new (double, MAX (header->n_items, 1)) : NULL;
  if (! values)
    return bytes ? npz_fail_memory (npz, error) : NULL;

  dot_npy_to_doubles (header, bytes + header->offset, values);
  return values;
}

/*  writing  */

/* Header and values in one block, which libzip frees. */
static guint8 *
npy_serialize (gconstpointer values,
               const char   *descr,
               gsize         item_size,
               guint         n_dims,
               const gsize  *shape,
               gsize        *size)
{
  g_autoptr (GBytes) header = dot_npy_new_header (descr, n_dims, shape);
  gsize         n_items     = 1;
  gsize         offset;
  gconstpointer begin = g_bytes_get_data (header, &offset);
  guint8       *bytes;

  for (guint i = 0; i < n_dims; i++)
    n_items *= shape[i];

  *size = offset + n_items * item_size;
  bytes = malloc (*size);
  if (bytes)
    {
      memcpy (bytes, begin, offset);
      if (n_items > 0)
        memcpy (bytes + offset, values, n_items * item_size);
    }
  return bytes;
}

/**
 * dot_npz_writer_add:
 * @values: copied
 *
 * Adds an array of float32 under @key.
 */
gboolean
dot_npz_writer_add (DotNpzWriter *writer,
                    const char   *key,
                    const float  *values,
                    guint         n_dims,
                    const gsize  *shape,
                    GError      **error)
{
  g_autofree char *member = npz_member (key);
  gsize            size   = 0;
  guint8          *bytes  = npy_serialize (values, "<f4", sizeof (float), n_dims, shape, &size);

  return dot_zip_writer_add (writer, member, bytes, size, FALSE, error);
}

/**
 * dot_npz_writer_add_doubles:
 * @values: copied
 *
 * Adds an array of float64 under @key.
 */
gboolean
dot_npz_writer_add_doubles (DotNpzWriter *writer,
                            const char   *key,
                            const double *values,
                            guint         n_dims,
                            const gsize  *shape,
                            GError      **error)
{
  g_autofree char *member = npz_member (key);
  gsize            size   = 0;
  guint8          *bytes  = npy_serialize (values, "<f8", sizeof (double), n_dims, shape, &size);

  return dot_zip_writer_add (writer, member, bytes, size, FALSE, error);
}
