/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Files made by hand, right and wrong in one way each. */

#include "format/safetensors.h"
#include "format/weights.h"
#include "helpers.h"

#include <math.h>
#include <string.h>

#define A        "\"a\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]}"
#define MAX_SIZE 4096

static const float six[] = { 1, 2, 3, 4, 5, -6 };

/* @length goes first, whatever the header's is. */
static void
write_lengths (HelperFile *fixture,
               guint64     length,
               const char *header,
               const void *items,
               gsize       size)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  length = GUINT64_TO_LE (length);
  g_byte_array_append (bytes, (const guint8 *) &length, sizeof (length));
  g_byte_array_append (bytes, (const guint8 *) header, strlen (header));
  if (size > 0)
    g_byte_array_append (bytes, items, size);
  helper_write (fixture->path, bytes->data, bytes->len);
}

static void
write_file (HelperFile *fixture, const char *header, const void *items, gsize size)
{
  write_lengths (fixture, strlen (header), header, items, size);
}

static DotArray *
read_a (HelperFile *fixture, GError **error)
{
  g_autoptr (DotWeights) weights = dot_weights_open (fixture->path, error);

  return weights ? dot_weights_read (weights, "a", 2, (gsize[]) { 2, 3 }, error) : NULL;
}

static void
assert_refused (HelperFile *fixture, DotError code, const char *mentions)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (read_a (fixture, &error));
  assert_sentence (error, code);
  assert_mentions (error, mentions);
  assert_mentions (error, fixture->path);
}

static void
assert_header_refused (HelperFile *fixture, const char *header, const char *mentions)
{
  write_file (fixture, header, six, sizeof (six));
  assert_refused (fixture, DOT_ERROR_INVALID_FILE, mentions);
}

/*  right ones  */

static void
assert_read (HelperFile *fixture,
             const char *header,
             const void *items,
             gsize       size,
             const float values[6])
{
  g_autoptr (DotArray) array = NULL;
  g_autoptr (GError) error   = NULL;

  write_file (fixture, header, items, size);
  array = read_a (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (array->data, array->n_items * sizeof (float), values, 6 * sizeof (float));
}

static void
test_read (HelperFile *fixture, gconstpointer data)
{
  static const char *const headers[] = {
    "{" A "}",
    "{" A "}     ",
    "{ " A " , \"__metadata__\" : { } }",
    "{\"__metadata__\":{\"format\":\"pt\",\"b\":\"\\u00e9\\ud83d\\ude00\"}," A "}",
    "{\"empty\":{\"shape\":[0],\"data_offsets\":[24,24],\"dtype\":\"I8\"}," A "}",
    "{\"\\u0061\":{\"dtype\":\"F32\",\"data_offsets\":[0,24],\"shape\":[2, 3]}}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    assert_read (fixture, headers[i], six, sizeof (six), six);
}

static void
test_types (HelperFile *fixture, gconstpointer data)
{
  const float   whole[6]   = { 0, 1, 2, 127, -1, -128 };
  const float   counts[6]  = { 0, 1, 2, 127, 255, 128 };
  const double  doubles[6] = { 0, 1, 2, 127, -1, -128 };
  const gint8   bytes[6]   = { 0, 1, 2, 127, -1, -128 };
  const gint16  shorts[6]  = { 0, 1, 2, 127, -1, -128 };
  const gint64  longs[6]   = { 0, 1, 2, 127, -1, -128 };
  const guint16 halves[6]  = { 0, 0x3c00, 0x4000, 0x57f0, 0xbc00, 0xd800 };
  const guint16 brains[6]  = { 0, 0x3f80, 0x4000, 0x42fe, 0xbf80, 0xc300 };
  struct
  {
    const char  *type;
    const void  *items;
    gsize        size;
    const float *values;
  } const cases[] = {
    { "F64", doubles, 48, whole }, { "F16", halves, 12, whole }, { "BF16", brains, 12, whole },
    { "I8", bytes, 6, whole },     { "I16", shorts, 12, whole }, { "I64", longs, 48, whole },
    { "U8", bytes, 6, counts },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *header =
        g_strdup_printf ("{\"a\":{\"dtype\":\"%s\",\"shape\":[2,3],\"data_offsets\":[0,%zu]}}",
                         cases[i].type, cases[i].size);

      assert_read (fixture, header, cases[i].items, cases[i].size, cases[i].values);
    }
}

static void
test_small_halves (HelperFile *fixture, gconstpointer data)
{
  const guint16 halves[6] = { 1, 0x03ff, 0x0400, 0x7bff, 0x8000, 0x3555 };
  const float   values[6] = { 0x1p-24f, 0x3ffp-24f, 0x1p-14f, 65504, -0.0f, 0x1.554p-2f };

  assert_read (fixture, "{\"a\":{\"dtype\":\"F16\",\"shape\":[2,3],\"data_offsets\":[0,12]}}",
               halves, sizeof (halves), values);
}

/*  wrong ones  */

static void
test_wrong_contents (HelperFile *fixture, gconstpointer data)
{
  float weights[6] = {
    0,
  };

  assert_header_refused (fixture,
                         "{\"a\":{\"dtype\":\"F32\",\"shape\":[3,2],\"data_offsets\":[0,24]}}",
                         "(3, 2)");
  assert_header_refused (fixture,
                         "{\"a\":{\"dtype\":\"F32\",\"shape\":[6],\"data_offsets\":[0,24]}}",
                         "(6,)");
  assert_header_refused (fixture,
                         "{\"b\":{\"dtype\":\"F32\",\"shape\":[6],\"data_offsets\":[0,24]}}",
                         " a:");
  weights[3] = NAN;
  write_file (fixture, "{" A "}", weights, sizeof (weights));
  assert_refused (fixture, DOT_ERROR_INVALID_FILE, " a ");
}

static void
test_places (HelperFile *fixture, gconstpointer data)
{
  static const char *const places[] = {
    "[0,20]",
    "[0,28]",
    "[4,28]",
    "[24,0]",
    "[8,24]",
    "[0,18446744073709551615]",
    "[18446744073709551592,0]",
    "[0,18446744073709551640]",
    "[0]",
    "[]",
    "[0,24,24]",
    "[0,-24]",
    "[0,24.0]",
    "[00,24]",
    "[0,2e1]",
    "24",
    "null",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *header = g_strdup_printf (
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":%s}}", places[i]);

      assert_header_refused (fixture, header, " a (");
    }
}

static void
test_shapes (HelperFile *fixture, gconstpointer data)
{
  static const char *const shapes[] = {
    "[2,2]",
    "[2,3,2]",
    "[4294967296,4294967296]",
    "[18446744073709551615]",
    "[4611686018427387904,6]",
    "[18446744073709551616]",
    "[-2,-3]",
    "[1,1,1,1,1,1,1,2,3]",
    "[2,,3]",
    "[2,3",
    "[\"2\",3]",
    "6",
    "[2,3,]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autofree char *header = g_strdup_printf (
        "{\"a\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[0,24]}}", shapes[i]);

      assert_header_refused (fixture, header, " a (");
    }
}

static void
test_types_refused (HelperFile *fixture, gconstpointer data)
{
  static const char *const types[] = {
    "\"F33\"", "\"f32\"", "\"\"", "32", "null", "\"F8_E4M3\"", "[\"F32\"]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *header = g_strdup_printf (
        "{\"a\":{\"dtype\":%s,\"shape\":[2,3],\"data_offsets\":[0,24]}}", types[i]);

      assert_header_refused (fixture, header, " a (");
    }
}

/* Arrays that share bytes, and bytes that belong to none. */
static void
test_between (HelperFile *fixture, gconstpointer data)
{
  assert_header_refused (fixture,
                         "{" A ",\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[20,24]}}",
                         " b (");
  assert_header_refused (fixture,
                         "{" A ",\"b\":{\"dtype\":\"F32\",\"shape\":[6],\"data_offsets\":[0,24]}}",
                         "overlaps");
  assert_header_refused (fixture,
                         "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],"
                         "\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\",\"shape\":[3],"
                         "\"data_offsets\":[12,24]}}",
                         "gap");
  assert_header_refused (fixture,
                         "{\"a\":{\"dtype\":\"F32\",\"shape\":[5],\"data_offsets\":[0,20]}}",
                         "goes on");
  assert_header_refused (fixture,
                         "{\"a\":{\"dtype\":\"F32\",\"shape\":[5],\"data_offsets\":[4,24]}}",
                         "gap");
  assert_header_refused (fixture, "{}", "goes on");
}

static void
test_duplicates (HelperFile *fixture, gconstpointer data)
{
  assert_header_refused (fixture, "{" A "," A "}", "twice");
  assert_header_refused (fixture,
                         "{" A ",\"\\u0061\":{\"dtype\":\"F32\","
                         "\"shape\":[6],\"data_offsets\":[0,24]}}",
                         "twice");
  assert_header_refused (fixture,
                         "{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\","
                         "\"shape\":[2,3],\"data_offsets\":[0,24]}}",
                         " a (");
  assert_header_refused (fixture, "{\"__metadata__\":{},\"__metadata__\":{}," A "}",
                         "__metadata__");
}

static void
test_no_json (HelperFile *fixture, gconstpointer data)
{
  static const char *const headers[] = {
    "{",
    "{ ",
    "{" A,
    "{" A ",}",
    "{" A "}}",
    "{" A "}x",
    "{\"a\"}",
    "{\"a\":}",
    "{\"a\":[]}",
    "{\"a\":{}}",
    "{a:1}",
    "{\"\":{}}",
    "{\"a\\n\":{}}",
    "{\"\\ud83d\":{}}",
    "{\"\\u0000\":{}}",
    "{\"\\x\":{}}",
    "{\"\xff\":{}}",
    "{\"__metadata__\":{\"a\":1}," A "}",
    "{\"__metadata__\":[]," A "}",
    "{\"a\":{\"dtype\":\"F32\",\"shape\":[2,3]}}",
    "{\"a\":{\"more\":1}}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    assert_header_refused (fixture, headers[i], "x.safetensors");
}

static void
test_lengths (HelperFile *fixture, gconstpointer data)
{
  static const guint64 lengths[] = {
    0,
    1,
    2,
    50,
    57,
    59,
    82,
    83,
    1000,
    100 * 1000 * 1000,
    100 * 1000 * 1000 + 1,
    G_MAXUINT32,
    G_MAXINT64,
    G_MAXUINT64,
    G_MAXUINT64 - 7,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    if (lengths[i] != strlen ("{" A "}"))
      {
        write_lengths (fixture, lengths[i], "{" A "}", six, sizeof (six));
        assert_refused (fixture, DOT_ERROR_INVALID_FILE, "x.safetensors");
      }
}

/* A header as long as is allowed that says next to nothing. */
static void
test_huge_header (HelperFile *fixture, gconstpointer data)
{
  g_autoptr (GString) header = g_string_new ("{\"a\":{\"dtype\":\"");

  while (header->len < 8 * 1000 * 1000)
    g_string_append (header, "\\u0061\\u0061\\u0061\\u0061");
  assert_header_refused (fixture, header->str, "x.safetensors");

  g_string_assign (header, "{" A);
  for (int i = 0; i < 100001; i++)
    g_string_append_printf (header,
                            ",\"%d\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[24,24]}",
                            i);
  g_string_append (header, "}");
  assert_header_refused (fixture, header->str, "too many");
}

static void
test_truncated (HelperFile *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = NULL;

  write_file (fixture, "{" A "}", six, sizeof (six));
  bytes = helper_read (fixture->path);
  for (gsize size = 0; size < g_bytes_get_size (bytes); size++)
    {
      helper_write (fixture->path, g_bytes_get_data (bytes, NULL), size);
      assert_refused (fixture, DOT_ERROR_INVALID_FILE, "x.safetensors");
    }
}

/* Whatever bit changes: it is read with other numbers, or refused. */
static void
test_every_bit_changed (HelperFile *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = NULL;
  gsize         size;
  const guint8 *begin;
  guint8        changed[MAX_SIZE];

  write_file (fixture, "{" A "}", six, sizeof (six));
  bytes = helper_read (fixture->path);
  begin = g_bytes_get_data (bytes, &size);
  g_assert_cmpuint (size, <=, sizeof (changed));

  for (gsize bit = 0; bit < 8 * size; bit++)
    {
      g_autoptr (GError) error   = NULL;
      g_autoptr (DotArray) array = NULL;

      memcpy (changed, begin, size);
      changed[bit / 8] ^= 1 << bit % 8;
      helper_write (fixture->path, changed, size);
      array = read_a (fixture, &error);
      if (! array)
        assert_sentence (error, DOT_ERROR_INVALID_FILE);
    }
}

/*  other files  */

static void
test_no_file (HelperFile *fixture, gconstpointer data)
{
  assert_refused (fixture, DOT_ERROR_NOT_FOUND, "x.safetensors");
  g_free (fixture->path);
  fixture->path = g_strdup (fixture->folder);
  assert_refused (fixture, DOT_ERROR_NOT_FOUND, fixture->folder);
}

/*  writing  */

static DotArray *
get_array (const char *key, gpointer user_data, GError **error)
{
  DotArray *array;

  if (strcmp (key, "none") == 0)
    return dot_array_new (1, (gsize[]) { 0 }, error);
  if (strcmp (key, "scalar") == 0)
    array = dot_array_new (0, NULL, error);
  else
    array = dot_array_new (2, (gsize[]) { 2, 3 }, error);
  memcpy (array->data, six, array->n_items * sizeof (float));
  if (strcmp (key, "fails") == 0)
    {
      g_clear_pointer (&array, dot_array_unref);
      g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED, "No.");
    }
  return array;
}

static gboolean
write_arrays (const char *path, const char *extra, GError **error)
{
  g_autoptr (DotSafetensorsWriter) writer = dot_safetensors_writer_new (path);

  dot_safetensors_writer_declare (writer, "scalar",
                                  &(DotShape) {
                                    0,
                                  });
  dot_safetensors_writer_declare (writer, "none", &(DotShape) { 1, { 0 } });
  dot_safetensors_writer_declare (writer, "a", &(DotShape) { 2, { 2, 3 } });
  dot_safetensors_writer_declare (writer, extra, &(DotShape) { 2, { 2, 3 } });
  return dot_safetensors_writer_write (writer, get_array, NULL, error);
}

static void
assert_aligned (const char *path)
{
  g_autoptr (GBytes) bytes = helper_read (path);
  guint64 length;

  memcpy (&length, g_bytes_get_data (bytes, NULL), sizeof (length));
  g_assert_cmpuint (GUINT64_FROM_LE (length) % 8, ==, 0);
  g_assert_cmpuint (8 + GUINT64_FROM_LE (length) + 52, ==, g_bytes_get_size (bytes));
}

static void
test_round_trip (HelperFile *fixture, gconstpointer data)
{
  g_autoptr (GError) error       = NULL;
  g_autoptr (DotWeights) weights = NULL;
  g_autoptr (DotArray) array     = NULL;
  g_autoptr (DotArray) scalar    = NULL;
  g_auto (GStrv) keys            = NULL;

  g_assert_true (write_arrays (fixture->path, "b \"\\ é/W", &error));
  g_assert_no_error (error);
  assert_aligned (fixture->path);

  weights = dot_weights_open (fixture->path, &error);
  g_assert_no_error (error);
  keys = dot_weights_list_keys (weights);
  g_assert_cmpuint (g_strv_length (keys), ==, 4);
  g_assert_true (dot_weights_has (weights, "none"));
  g_assert_false (dot_weights_has (weights, "x"));
  array = dot_weights_read (weights, "b \"\\ é/W", 2, (gsize[]) { 2, 3 }, &error);
  g_assert_cmpmem (array->data, sizeof (six), six, sizeof (six));
  scalar = dot_weights_read (weights, "scalar", 0, NULL, &error);
  g_assert_cmpfloat (scalar->data[0], ==, 1);
}

/* What fails leaves nothing, and an older file as it was. */
static void
test_unwritable (HelperFile *fixture, gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (fixture->folder, "none", "x", NULL);
  g_autoptr (GDir) dir     = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (write_arrays (nowhere, "b", &error));
  assert_sentence (error, DOT_ERROR_FAILED);
  assert_mentions (error, nowhere);
  g_clear_error (&error);

  helper_write (fixture->path, "old", 3);
  g_assert_false (write_arrays (fixture->path, "fails", &error));
  dir = g_dir_open (fixture->folder, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (dir), ==, "x.safetensors");
  g_assert_null (g_dir_read_name (dir));
  bytes = helper_read (fixture->path);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "old", 3);
}

static void
add (const char *path, void (*test) (HelperFile *fixture, gconstpointer data))
{
  g_test_add (path, HelperFile, "x.safetensors", helper_file_set_up, test, helper_file_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("/safetensors/read", test_read);
  add ("/safetensors/types", test_types);
  add ("/safetensors/small-halves", test_small_halves);
  add ("/safetensors/refused/contents", test_wrong_contents);
  add ("/safetensors/refused/places", test_places);
  add ("/safetensors/refused/shapes", test_shapes);
  add ("/safetensors/refused/types", test_types_refused);
  add ("/safetensors/refused/between", test_between);
  add ("/safetensors/refused/duplicates", test_duplicates);
  add ("/safetensors/refused/no-json", test_no_json);
  add ("/safetensors/refused/lengths", test_lengths);
  add ("/safetensors/refused/huge-header", test_huge_header);
  add ("/safetensors/refused/truncated", test_truncated);
  add ("/safetensors/refused/no-file", test_no_file);
  add ("/safetensors/damage/every-bit", test_every_bit_changed);
  add ("/safetensors/writer/round-trip", test_round_trip);
  add ("/safetensors/writer/unwritable", test_unwritable);
  return g_test_run ();
}
