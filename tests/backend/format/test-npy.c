/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* NumPy's .npy: what is read, what is refused, and that nothing crashes. */

#include "format/npy.h"
#include "helpers.h"

#include <math.h>
#include <string.h>

/* Parses a copy of exactly @size bytes, so that a sanitizer sees each read
 * beyond the end. */
static gboolean
parse (gconstpointer bytes, gsize size, DotNpyHeader *header, GError **error)
{
  g_autofree guint8 *copy = g_memdup2 (bytes, size);

  return dot_npy_parse_header (copy, size, "file", header, error);
}

static void
assert_refused (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  DotNpyHeader header;

  g_assert_false (
    parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &header, &error));
  assert_sentence (error, DOT_ERROR_INVALID_FILE);
  assert_mentions (error, "file");
}

static void
assert_shape_refused (const char *descr, const char *shape)
{
  g_autoptr (GBytes) bytes = helper_npy (descr, shape, NULL, 0);

  assert_refused (bytes);
}

/* Whatever was read must make sense, for what follows relies on it. */
static void
assert_credible (const DotNpyHeader *header, gsize size)
{
  gsize n_items = 1;

  g_assert_cmpuint (header->n_dims, <=, DOT_ARRAY_MAX_DIMS);
  g_assert_nonnull (strchr ("fiub", header->kind));
  g_assert_true (header->item_size == 1 || header->item_size == 2 || header->item_size == 4 ||
                 header->item_size == 8);
  g_assert_cmpuint (header->offset, <=, size);
  for (guint i = 0; i < header->n_dims; i++)
    n_items *= header->shape[i];
  g_assert_cmpuint (header->n_items, ==, n_items);
  g_assert_cmpuint (header->n_bytes, ==, n_items * header->item_size);
}

/* Parses, and where that works and the items are there, converts them too. */
static void
read_anything (const guint8 *bytes, gsize size)
{
  g_autoptr (GError) error = NULL;
  DotNpyHeader header;

  if (! parse (bytes, size, &header, &error))
    {
      assert_sentence (error, DOT_ERROR_INVALID_FILE);
      return;
    }

  assert_credible (&header, size);
  if (header.n_bytes <= size - header.offset)
    {
      g_autofree double *doubles = g_new (double, header.n_items + 1);
      g_autofree float  *floats  = g_new (float, header.n_items + 1);

      dot_npy_to_doubles (&header, bytes + header.offset, doubles);
      dot_npy_to_floats (&header, bytes + header.offset, floats);
    }
}

/*  what is read  */

typedef struct
{
  const char *descr;
  guint8      items[16];
  double      expected[2];
} ItemCase;

static const ItemCase item_cases[] = {
  { "<f4", { 0, 0, 0xc0, 0x3f, 0, 0, 0x80, 0xff }, { 1.5, -INFINITY } },
  { "<f8", { 0, 0, 0, 0, 0, 0, 0xf8, 0xbf, 1 }, { -1.5, 4.9406564584124654e-324 } },
  { "|i1", { 0x80, 0x7f }, { -128, 127 } },
  { "<i2", { 0x00, 0x80, 0xff, 0x7f }, { -32768, 32767 } },
  { "<i4", { 0, 0, 0, 0x80, 0xff, 0xff, 0xff, 0x7f }, { -2147483648.0, 2147483647.0 } },
  { "<i8",
    { 0, 0, 0, 0, 0, 0, 0, 0x80, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff },
    { -9223372036854775808.0, -1.0 } },
  { "|u1", { 0x80, 0xff }, { 128, 255 } },
  { "<u2", { 0x00, 0x80, 0xff, 0xff }, { 32768, 65535 } },
  { "<u4", { 0, 0, 0, 0x80, 0xff, 0xff, 0xff, 0xff }, { 2147483648.0, 4294967295.0 } },
  { "<u8", { 0, 0, 0, 0, 0, 0, 0, 0x80, 1 }, { 9223372036854775808.0, 1.0 } },
  { "|b1", { 0, 1 }, { 0, 1 } },
  { "=i4", { 1, 0, 0, 0, 2 }, { 1, 2 } },
};

static void
assert_items (const ItemCase *item)
{
  g_autoptr (GBytes) bytes = helper_npy (item->descr, "(2,)", item->items, 16);
  g_autoptr (GError) error = NULL;
  const guint8 *data       = g_bytes_get_data (bytes, NULL);
  DotNpyHeader  header;
  double        doubles[2];
  float         floats[2];

  parse (data, g_bytes_get_size (bytes), &header, &error);
  g_assert_no_error (error);
  dot_npy_to_doubles (&header, data + header.offset, doubles);
  dot_npy_to_floats (&header, data + header.offset, floats);
  for (int i = 0; i < 2; i++)
    {
      g_assert_cmpfloat (doubles[i], ==, item->expected[i]);
      g_assert_cmpfloat (floats[i], ==, (float) item->expected[i]);
    }
}

static void
test_item_types (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (item_cases); i++)
    assert_items (&item_cases[i]);
}

static void
assert_shape (const char *text, guint n_dims, const gsize *shape)
{
  g_autoptr (GBytes) bytes = helper_npy ("<f4", text, NULL, 0);
  g_autoptr (GError) error = NULL;
  DotNpyHeader header;

  parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &header, &error);
  g_assert_no_error (error);
  assert_credible (&header, g_bytes_get_size (bytes));
  g_assert_cmpuint (header.n_dims, ==, n_dims);
  g_assert_cmpmem (header.shape, n_dims * sizeof (gsize), shape, n_dims * sizeof (gsize));
}

static void
test_shapes (void)
{
  assert_shape ("()", 0, NULL);
  assert_shape ("(0,)", 1, (gsize[]) { 0 });
  assert_shape ("(5,)", 1, (gsize[]) { 5 });
  assert_shape ("(3, 0, 2)", 3, (gsize[]) { 3, 0, 2 });
  assert_shape ("(64,3,3,3)", 4, (gsize[]) { 64, 3, 3, 3 });
  assert_shape ("(1, 1, 1, 1, 1, 1, 1, 8)", 8, (gsize[]) { 1, 1, 1, 1, 1, 1, 1, 8 });
}

/* Versions 2 and 3 have four bytes of length instead of two. */
static void
test_versions (void)
{
  g_autoptr (GBytes) first = helper_npy ("<f4", "(2,)", "12345678", 8);
  gsize         size;
  const guint8 *data = g_bytes_get_data (first, &size);

  for (guint8 version = 0; version < 6; version++)
    {
      g_autofree guint8 *bytes = g_malloc0 (size + 2);
      DotNpyHeader       header;
      gboolean           read;

      memcpy (bytes, data, 10);
      bytes[6] = version;
      memcpy (bytes + (version == 1 ? 10 : 12), data + 10, size - 10);
      read = parse (bytes, size + 2, &header, NULL);
      g_assert_cmpint (read, ==, version >= 1 && version <= 3);
      if (read)
        g_assert_cmpmem (bytes + header.offset, 8, "12345678", 8);
    }
}

/*  what is refused  */

static void
test_item_types_refused (void)
{
  static const char *const descrs[] = {
    ">f4", ">f8", ">i2",  "<f2", "<f0", "<i0", "<u0", "|b0", "<b2",
    "<i3", "<i9", "<f16", "<c8", "|S1", "<U4", "|O",  "|O8", "<M8",
    "<m8", "|V4", "f4",   "<f",  "<",   "",    "<f-", "<f/", "<f:",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (descrs); i++)
    assert_shape_refused (descrs[i], "(2,)");
}

static void
test_shapes_refused (void)
{
  static const char *const shapes[] = {
    "(-1,)",
    "(4294967296,)",
    "(18446744073709551616,)",
    "(99999999999999999999999999,)",
    "(4294967295, 4294967295, 2)",
    "(4294967295, 4294967295)",
    "(1, 1, 1, 1, 1, 1, 1, 1, 1)",
    "(2",
    "2",
    "",
    "(x,)",
    "(2.5,)",
    "(+2,)",
    "(0x10,)",
    "[2]",
    "None",
    "(2, (3, 4))",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    assert_shape_refused ("<f8", shapes[i]);
}

static GBytes *
raw_header (const char *dictionary)
{
  GByteArray *bytes    = g_byte_array_new ();
  guint8      head[10] = "\x93NUMPY\x01\x00";

  head[8] = strlen (dictionary);
  g_byte_array_append (bytes, head, 10);
  g_byte_array_append (bytes, (const guint8 *) dictionary, head[8]);
  return g_byte_array_free_to_bytes (bytes);
}

/* Among them headers that end in the middle of something: the dictionary has
 * no NUL behind it in the file. */
static void
test_dictionaries_refused (void)
{
  static const char *const dictionaries[] = {
    "",
    "{",
    "{}",
    "nonsense",
    "'descr'",
    "{'descr':",
    "{'descr': '",
    "{'descr': '<f4",
    "{'descr': '<f4'}",
    "{'descr': '<f4', 'shape': (2,)}",
    "{'fortran_order': False, 'shape': (2,)}",
    "{'descr': '<f4', 'fortran_order': False}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (2,",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (",
    "{'descr': '<f4', 'fortran_order': False, 'shape'",
    "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }",
    "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (dictionaries); i++)
    {
      g_autoptr (GBytes) bytes = raw_header (dictionaries[i]);

      assert_refused (bytes);
    }
}

static void
test_fortran_order (void)
{
  g_autoptr (GBytes)
    vector = raw_header ("{'descr': '<f4', 'fortran_order': True, 'shape': (3,), }");
  DotNpyHeader header;

  /* Of one dimension it is the same. */
  g_assert_true (parse (g_bytes_get_data (vector, NULL), g_bytes_get_size (vector), &header, NULL));
}

static void
test_absurd_length (void)
{
  static const guint32 lengths[] = { 100, DOT_NPY_MAX_HEADER + 1, G_MAXINT32, G_MAXUINT32 };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      guint8       bytes[64] = "\x93NUMPY\x02\x00";
      guint32      length    = GUINT32_TO_LE (lengths[i]);
      DotNpyHeader header;

      memcpy (bytes + 8, &length, 4);
      g_assert_false (parse (bytes, sizeof (bytes), &header, NULL));
    }
}

/*  damage  */

static void
test_every_byte_changed (void)
{
  g_autoptr (GBytes) valid = helper_npy ("<i4", "(2, 3)", "012345678901234567890123", 24);
  gsize         size;
  const guint8 *data = g_bytes_get_data (valid, &size);

  for (gsize i = 0; i < size - 24; i++)
    for (guint change = 1; change < 256; change++)
      {
        g_autofree guint8 *bytes = g_memdup2 (data, size);

        bytes[i] ^= change;
        read_anything (bytes, size);
      }
}

static void
test_every_length (void)
{
  g_autoptr (GBytes) valid = helper_npy ("<f4", "(2,)", "12345678", 8);
  gsize         size;
  const guint8 *data = g_bytes_get_data (valid, &size);

  for (gsize length = 0; length <= size; length++)
    {
      DotNpyHeader header;

      read_anything (data, length);
      g_assert_cmpint (parse (data, length, &header, NULL), ==, length >= size - 8);
    }
}

/*  files, and writing  */

static void
test_read_file (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *path           = g_build_filename (folder, "x.npy", NULL);
  g_autoptr (GBytes) bytes        = helper_npy ("<i2", "(2,)", "\1\0\xff\xff", 4);
  g_autoptr (GError) error        = NULL;
  g_autofree double *values       = NULL;
  DotNpyHeader       header;

  helper_write (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  values = dot_npy_read (path, &header, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (header.n_items, ==, 2);
  g_assert_cmpfloat (values[0], ==, 1.0);
  g_assert_cmpfloat (values[1], ==, -1.0);
}

static void
assert_file_refused (const char *path, DotError code)
{
  g_autoptr (GError) error = NULL;
  DotNpyHeader header;

  g_assert_null (dot_npy_read (path, &header, &error));
  assert_sentence (error, code);
  assert_mentions (error, path);
}

static void
test_read_file_refused (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *path           = g_build_filename (folder, "x.npy", NULL);
  g_autoptr (GBytes) bytes        = helper_npy ("<f4", "(2,)", "12345678x", 9);
  gsize         size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  assert_file_refused (path, DOT_ERROR_NOT_FOUND);
  assert_file_refused (folder, DOT_ERROR_NOT_FOUND);
  for (gsize length = 0; length <= size; length++)
    if (length != size - 1)
      {
        helper_write (path, data, length);
        assert_file_refused (path, DOT_ERROR_INVALID_FILE);
      }
}

static void
test_written_header (void)
{
  static const gsize shape[] = { 17, 4, 3, 256, 256, 1, 1, 1 };

  for (guint n_dims = 0; n_dims <= DOT_ARRAY_MAX_DIMS; n_dims++)
    {
      g_autoptr (GBytes) bytes = dot_npy_new_header ("<f4", n_dims, shape);
      g_autoptr (GError) error = NULL;
      gsize        size        = g_bytes_get_size (bytes);
      DotNpyHeader header;

      parse (g_bytes_get_data (bytes, NULL), size, &header, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (size % 64, ==, 0);
      g_assert_cmpuint (header.offset, ==, size);
      g_assert_cmpuint (header.n_dims, ==, n_dims);
      g_assert_cmpmem (header.shape, n_dims * sizeof (gsize), shape, n_dims * sizeof (gsize));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/npy/item-types", test_item_types);
  g_test_add_func ("/npy/shapes", test_shapes);
  g_test_add_func ("/npy/versions", test_versions);
  g_test_add_func ("/npy/fortran-order", test_fortran_order);
  g_test_add_func ("/npy/refused/item-types", test_item_types_refused);
  g_test_add_func ("/npy/refused/shapes", test_shapes_refused);
  g_test_add_func ("/npy/refused/dictionaries", test_dictionaries_refused);
  g_test_add_func ("/npy/refused/length", test_absurd_length);
  g_test_add_func ("/npy/damage/every-byte", test_every_byte_changed);
  g_test_add_func ("/npy/damage/every-length", test_every_length);
  g_test_add_func ("/npy/file/read", test_read_file);
  g_test_add_func ("/npy/file/refused", test_read_file_refused);
  g_test_add_func ("/npy/file/header", test_written_header);
  return g_test_run ();
}
