/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "npy.h"

#include "file-kind.h"

#include "base/intl.h"
#include "base/whole-file.h"

#include <string.h>

#define MAGIC      "\x93NUMPY"
#define MAGIC_SIZE 6

static gboolean
npy_fail (const char *name, const char *reason, GError **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("%s can't be read (%s): export it again with numpy.save or numpy.savez."), name,
               reason);
  return FALSE;
}

/* The value of a key of the header's dictionary, which begins after ": ". */
static const char *
npy_dictionary_value (const char *dictionary, const char *key)
{
  g_autofree char *quoted = g_strdup_printf ("'%s'", key);
  const char      *value  = strstr (dictionary, quoted);

  if (! value)
    return NULL;

  value += strlen (quoted);
  value += strspn (value, " :");
  return value;
}

static gboolean
npy_parse_descr (const char *dictionary, const char *name, DotNpyHeader *header, GError **error)
{
  const char *descr = npy_dictionary_value (dictionary, "descr");

  if (! descr || descr[0] != '\'' || strlen (descr) < 5)
    return npy_fail (name, _ ("it has no item type"), error);

  header->kind      = descr[2];
  header->item_size = (guint) g_ascii_digit_value (descr[3]);

  if (! strchr ("<|=", descr[1]) || descr[4] != '\'' || ! strchr ("fiub", header->kind) ||
      header->item_size < 1 || ! strchr ("\1\2\4\x8", (int) header->item_size) ||
      (header->kind == 'f' && header->item_size < 4) ||
      (header->kind == 'b' && header->item_size != 1))
    return npy_fail (name,
                     _ ("its items are not little-endian floats or integers of up to 8 bytes"),
                     error);
  return TRUE;
}

static gboolean
npy_parse_shape (const char *dictionary, const char *name, DotNpyHeader *header, GError **error)
{
  const char *text = npy_dictionary_value (dictionary, "shape");

  if (! text || *text++ != '(')
    return npy_fail (name, _ ("it has no shape"), error);

  header->n_items = 1;
  for (text += strspn (text, " ,"); *text != ')'; text += strspn (text, " ,"))
    {
      char   *end;
      guint64 size = g_ascii_isdigit (*text) ? g_ascii_strtoull (text, &end, 10) : G_MAXUINT64;

      if (size > G_MAXUINT32 || header->n_dims == DOT_ARRAY_MAX_DIMS ||
          ! g_size_checked_mul (&header->n_items, header->n_items, size))
        return npy_fail (name, _ ("its shape is damaged or absurd"), error);
      header->shape[header->n_dims++] = size;
      text                            = end;
    }

  if (! g_size_checked_mul (&header->n_bytes, header->n_items, header->item_size))
    return npy_fail (name, _ ("its shape is damaged or absurd"), error);
  return TRUE;
}

static gboolean
npy_parse_dictionary (const char   *dictionary,
                      const char   *name,
                      DotNpyHeader *header,
                      GError      **error)
{
  const char *fortran = npy_dictionary_value (dictionary, "fortran_order");

  if (! fortran)
    return npy_fail (name, _ ("its header is damaged"), error);
  if (! npy_parse_descr (dictionary, name, header, error) ||
      ! npy_parse_shape (dictionary, name, header, error))
    return FALSE;
  if (g_str_has_prefix (fortran, "True") && header->n_dims > 1)
    return npy_fail (name, _ ("it is in Fortran order"), error);
  return TRUE;
}

/**
 * dot_npy_parse_header:
 * @bytes: the begin of an .npy file, the whole header at least
 * @size: of @bytes
 * @name: for messages
 * @header: (out):
 *
 * Reads NumPy's header, versions 1 to 3, C order, little-endian.  The sizes
 * in it are checked against overflow, not against the file: that is for the
 * caller, before anything is allocated.
 */
gboolean
dot_npy_parse_header (const guint8 *bytes,
                      gsize         size,
                      const char   *name,
                      DotNpyHeader *header,
                      GError      **error)
{
  g_autofree char *dictionary = NULL;
  gsize            length;
  gsize            begin;

  memset (header, 0, sizeof (*header));

  if (size < 12 || memcmp (bytes, MAGIC, MAGIC_SIZE) != 0)
    return npy_fail (name, _ ("it is no NumPy array"), error);

  begin  = bytes[6] == 1 ? 10 : 12;
  length = bytes[8] | (gsize) bytes[9] << 8;
  if (begin == 12)
    length |= (gsize) bytes[10] << 16 | (gsize) bytes[11] << 24;

  if (bytes[6] < 1 || bytes[6] > 3 || length > DOT_NPY_MAX_HEADER || begin + length > size)
    return npy_fail (name, _ ("its header is damaged"), error);

  header->offset = begin + length;
  dictionary     = g_strndup ((const char *) bytes + begin, length);
  return npy_parse_dictionary (dictionary, name, header, error);
}

static gint64
npy_integer (const guint8 *item, gsize size)
{
  guint64 value = 0;

  memcpy (&value, item, size);
  value = GUINT64_FROM_LE (value);
  /* Carry the sign of a shorter integer up. */
  return (gint64) (value << (64 - 8 * size)) >> (64 - 8 * size);
}

static double
npy_item (const DotNpyHeader *header, const guint8 *item)
{
  float  f;
  double d;

  switch (header->kind)
    {
    case 'f':
      if (header->item_size == 4)
        {
          memcpy (&f, item, sizeof (f));
          return f;
        }
      memcpy (&d, item, sizeof (d));
      return d;

    case 'i':
      return (double) npy_integer (item, header->item_size);

    default:
      if (header->item_size == 8)
        return (double) (guint64) npy_integer (item, 8);
      return (double) (npy_integer (item, header->item_size) &
                       ((G_GINT64_CONSTANT (1) << (8 * header->item_size)) - 1));
    }
}

/**
 * dot_npy_is_float:
 *
 * Returns: whether the numbers are this computer's own floats
 */
gboolean
dot_npy_is_float (const DotNpyHeader *header)
{
  return header->kind == 'f' && header->item_size == sizeof (float) &&
         G_BYTE_ORDER == G_LITTLE_ENDIAN;
}

/**
 * dot_npy_to_floats:
 * @items: header->n_bytes bytes
 * @values: (out): header->n_items floats
 */
void
dot_npy_to_floats (const DotNpyHeader *header, const guint8 *items, float *values)
{
  if (dot_npy_is_float (header))
    memcpy (values, items, header->n_bytes);
  else
    for (gsize i = 0; i < header->n_items; i++)
      values[i] = (float) npy_item (header, items + i * header->item_size);
}

/**
 * dot_npy_to_doubles:
 * @items: header->n_bytes bytes
 * @values: (out): header->n_items doubles
 */
void
dot_npy_to_doubles (const DotNpyHeader *header, const guint8 *items, double *values)
{
  for (gsize i = 0; i < header->n_items; i++)
    values[i] = npy_item (header, items + i * header->item_size);
}

/**
 * dot_npy_read:
 * @header: (out): what @path holds
 *
 * Returns: (transfer full): the numbers of an .npy file
 */
double *
dot_npy_read (const char *path, DotNpyHeader *header, GError **error)
{
  g_autoptr (GMappedFile) file = NULL;
  const guint8 *bytes;
  double       *values;

  if (! dot_file_kind_expect (path, DOT_FILE_WANT_NUMBERS, error))
    return NULL;

  file = dot_whole_file_map (path, error);
  if (! file)
    return NULL;

  bytes = (const guint8 *) g_mapped_file_get_contents (file);
  if (! dot_npy_parse_header (bytes, g_mapped_file_get_length (file), path, header, error))
    return NULL;
  if (header->n_bytes != g_mapped_file_get_length (file) - header->offset)
    {
      npy_fail (path, _ ("it is cut off, or longer than it says"), error);
      return NULL;
    }

  values = g_try_new (double, MAX (header->n_items, 1));
  if (! values)
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_NO_MEMORY,
                   _ ("There is not enough memory to read %s: give a smaller file."), path);
      return NULL;
    }

  dot_npy_to_doubles (header, bytes + header->offset, values);
  return values;
}

/**
 * dot_npy_new_header:
 * @descr: NumPy's item type, "<f4"
 *
 * Returns: (transfer full): the header of an .npy file, version 1.0, padded
 *   to a multiple of 64 bytes
 */
GBytes *
dot_npy_new_header (const char *descr, guint n_dims, const gsize *shape)
{
  g_autofree char *dimensions = dot_array_shape_to_string (n_dims, shape);
  g_autofree char *dictionary = NULL;
  GByteArray      *bytes      = g_byte_array_new ();
  gsize            length;
  gsize            total;

  dictionary = g_strdup_printf ("{'descr': '%s', 'fortran_order': False, 'shape': %s, }", descr,
                                dimensions);
  length     = strlen (dictionary);
  total      = (10 + length + 1 + 63) / 64 * 64;

  g_byte_array_append (bytes, (const guint8 *) MAGIC "\x01\x00", 8);
  g_byte_array_append (bytes, (guint8[]) { (total - 10) & 0xff, (total - 10) >> 8 }, 2);
  g_byte_array_append (bytes, (const guint8 *) dictionary, length);
  while (bytes->len < total - 1)
    g_byte_array_append (bytes, (const guint8 *) " ", 1);
  g_byte_array_append (bytes, (const guint8 *) "\n", 1);
  return g_byte_array_free_to_bytes (bytes);
}
