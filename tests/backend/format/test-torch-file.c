/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* PyTorch's own files: 40 odd and hostile ones, the reference networks as their
 * authors save them, and some made by hand. */

#include "format/number.h"
#include "format/torch-file.h"
#include "format/weights.h"
#include "helpers.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>
#include <zip.h>

#define REFERENCE SHARED_DIR "/reference"
#define ODD       REFERENCE "/pth-odd"
#define SEEDS     MODELS_DIR "/../tests/fuzz/seeds/torch-file"

/* What the hostile ones would leave if they were run. */
#define TRACE "/tmp/dot-refine-was-run"

static gboolean
have_reference (void)
{
  if (g_file_test (ODD, G_FILE_TEST_IS_DIR))
    return TRUE;
  g_test_skip ("the reference files are not beside the checkout");
  return FALSE;
}

static DotWeights *
open_well (const char *path)
{
  g_autoptr (GError) error = NULL;
  DotWeights *weights      = dot_weights_open (path, &error);

  g_assert_no_error (error);
  g_assert_nonnull (weights);
  return weights;
}

static void
assert_refused (const char *path, const char *mentions)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (dot_weights_open (path, &error));
  assert_sentence (error, DOT_ERROR_INVALID_FILE);
  assert_mentions (error, path);
  assert_mentions (error, mentions);
}

static DotArray *
read_array (DotWeights *weights, const char *key)
{
  g_autoptr (GError) error = NULL;
  DotShape  shape;
  DotArray *array;

  g_assert_true (dot_weights_get_shape (weights, key, &shape, &error));
  array = dot_weights_read (weights, key, shape.n_dims, shape.axes, &error);
  g_assert_no_error (error);
  return array;
}

/*  the odd ones  */

/* A member of an .npz of any type that NumPy has, half floats, too. */
static void
assert_member (zip_t *npz, zip_int64_t i, DotWeights *weights)
{
  const char      *name      = zip_get_name (npz, i, 0);
  g_autofree char *key       = g_strndup (name, strlen (name) - strlen (".npy"));
  g_autoptr (DotArray) array = read_array (weights, key);
  g_autofree char *shape     = dot_array_shape_to_string (array->n_dims, array->shape);
  g_autofree char *text      = g_strdup_printf ("'shape': %s,", shape);
  guint8           bytes[4096];
  zip_file_t      *file  = zip_fopen_index (npz, i, 0);
  zip_int64_t      size  = zip_fread (file, bytes, sizeof (bytes));
  gsize            begin = 10 + bytes[8] + 256 * bytes[9];
  g_autofree char *head  = g_strndup ((const char *) bytes + 10, begin - 10);
  const char      *descr = strstr (head, "'descr': '") + strlen ("'descr': '");
  DotNumberType    type  = { descr[1], g_ascii_digit_value (descr[2]), FALSE };

  zip_fclose (file);
  g_test_message ("%s %s", key, head);
  g_assert_nonnull (strstr (head, text));
  g_assert_cmpuint (size, ==, begin + array->n_items * type.size);
  for (gsize j = 0; j < array->n_items; j++)
    g_assert_cmpfloat (array->data[j], ==, dot_number_read (&type, bytes + begin + j * type.size));
}

static void
assert_equal (DotWeights *weights, const char *arrays)
{
  g_autofree char *path = g_build_filename (ODD, arrays, NULL);
  zip_t           *npz  = zip_open (path, ZIP_RDONLY, NULL);
  g_auto (GStrv) keys   = dot_weights_list_keys (weights);

  g_assert_nonnull (npz);
  g_assert_cmpint (zip_get_num_entries (npz, 0), <=, g_strv_length (keys));
  for (zip_int64_t i = 0; i < zip_get_num_entries (npz, 0); i++)
    assert_member (npz, i, weights);
  zip_discard (npz);
}

/* Of those that may be read or refused these are refused: they are packed. */
static gboolean
is_packed (const char *name)
{
  return strcmp (name, "odd-deflated.pth") == 0 || strcmp (name, "odd-deep.pth") == 0;
}

static void
assert_as_expected (JsonObject *one)
{
  const char      *name   = json_object_get_string_member (one, "file");
  const char      *expect = json_object_get_string_member (one, "expect");
  g_autofree char *path   = g_build_filename (ODD, name, NULL);

  g_test_message ("%s: %s", name, expect);
  if (g_str_has_prefix (expect, "read") && ! is_packed (name))
    {
      g_autoptr (DotWeights) weights = open_well (path);

      assert_equal (weights, json_object_get_string_member (one, "arrays"));
    }
  else
    assert_refused (path, is_packed (name) ? "packed" : name);
  g_assert_false (g_file_test (TRACE, G_FILE_TEST_EXISTS));
}

static void
test_odd (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error      = NULL;
  JsonArray *manifest;

  if (! have_reference ())
    return;
  g_assert_true (json_parser_load_from_file (parser, ODD "/manifest.json", &error));
  manifest = json_node_get_array (json_parser_get_root (parser));
  g_assert_cmpuint (json_array_get_length (manifest), ==, 40);
  for (guint i = 0; i < json_array_get_length (manifest); i++)
    assert_as_expected (json_array_get_object_element (manifest, i));
}

/* What each is refused for. */
static const struct
{
  const char *name;
  const char *mentions;
} refused[] = {
  { "bad-system.pth", "posix.system" },
  { "bad-eval-in-optimizer.pth", "builtins.eval" },
  { "bad-system-by-memo.pth", "posix.system" },
  { "bad-build.pth", "torch.nn.Module" },
  { "bad-inst.pth", "instruction" },
  { "bad-memo-key.pth", "key" },
  { "bad-long-string.pth", "cut off" },
  { "bad-long-bytes.pth", "cut off" },
  { "bad-long-memo.pth", "no arrays" },
  { "bad-range.pth", "doesn't lie in its numbers" },
  { "bad-overflow.pth", "doesn't lie in its numbers" },
  { "bad-negative.pth", "doesn't lie in its numbers" },
  { "bad-offset.pth", "doesn't lie in its numbers" },
  { "bad-stride-count.pth", "doesn't lie in its numbers" },
  { "bad-numel.pth", "missing" },
  { "bad-missing.pth", "missing" },
  { "bad-short-storage.pth", "missing" },
  { "bad-truncated-legacy.pth", "missing" },
  { "bad-legacy-size.pth", "missing" },
  { "bad-type.pth", "QInt8Storage" },
  { "bad-two-sizes.pth", "two types or lengths" },
  { "bad-two-records.pth", "list of members" },
  { "bad-truncated-zip.pth", "cut off" },
  { "bad-inflates.pth", "packed" },
  { "bad-whole-module.pth", "torch.nn.modules.linear.Linear" },
  { "bad-sparse.pth", "torch." },
  { "bad-torchscript.pt", "TorchScript" },
  { "bad-html.pth", "web page" },
};

static void
test_sentences (void)
{
  if (! have_reference ())
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_build_filename (ODD, refused[i].name, NULL);

      assert_refused (path, refused[i].mentions);
    }
}

/*  networks  */

/* As PyTorch reads them: tests/support/torch_sums.py. */
static const struct
{
  const char *path;
  guint       n;
  const char *sum;
} networks[] = {
  { REFERENCE "/biggan-128/D.pth", 88,
    "bed99c05e3245f9dda9b9264413df831b8f7ca472b4bc4f8ec9a458727b819e1" },
  { REFERENCE "/biggan-128/G.pth", 166,
    "e5a8f7bae836d72a62f7bd12f470db1a6c395c4ed59d0911027b54d6303aa0e5" },
  { REFERENCE "/biggan-128/G_ema.pth", 166,
    "e530a71bf0deb11ae2bcb2924054e5cec77d4e50974bbc2dff9c9499ee2f2f29" },
  { REFERENCE "/biggan-128/D_optim.pth", 9,
    "c789d4c967435447b8ac919733d423fe2da343ffe1de80d0852f42001da477b1" },
  { REFERENCE "/biggan-128/G_optim.pth", 15,
    "3012fc8b4e5f6c3c8a12f98b154b29a64ec9f6ff8c9211635385872e33bfa331" },
  { REFERENCE "/biggan-256/D_256.pth", 100,
    "b3df77b6d261889f3248f3e964a9705acbfc0cbd075d1980e8609a19120f354b" },
  { REFERENCE "/biggan-256/G_ema_256.pth", 194,
    "78a27336b08f3380d4746d88b6b8e07110880fa14c93215b45861eb011e73887" },
  { REFERENCE
    "/mmgen-biggan-128/biggan_imagenet1k_128x128_b32x8_best_fid_iter_1232000_20211111_122548-5315b13d.pth",
    420, "5c191ccbb0c4061ee9bfc3bdd54f3796599d7bb10ba4b47c141b766775484b1c" },
  { REFERENCE "/studiogan-biggan-64/model=D-best-weights-step=62000.pth", 89,
    "c3340cce4602a78ec6b8a0d7a8e9f8e904d152e47b11040e30c7a1375e372582" },
  { REFERENCE "/studiogan-biggan-64/model=G-best-weights-step=62000.pth", 153,
    "708c118cd1bdc269b5bc931cfe25c2714ebe4e59c65cfc1f99f7de4f17e32b21" },
  { REFERENCE "/studiogan-biggan-64/model=G_ema-best-weights-step=62000.pth", 138,
    "cd46f79cfc250c8ff666e7156dfc09cf9840f25a5026b45bacb7dd6997456dd2" },
  { REFERENCE "/studiogan-reacgan-128/model=D-best-weights-step=500000.pth", 101,
    "50ea3a2cc197424f5dbed9c4ef3a2ee7e8632097e34d029993d45f4d9db5cb07" },
  { REFERENCE "/studiogan-reacgan-128/model=G-best-weights-step=500000.pth", 181,
    "f625025105d08a88c45bd34185c43b4c6728fd20a0119ba02a9e1b4e631b0a9e" },
  { REFERENCE "/studiogan-reacgan-128/model=G_ema-best-weights-step=500000.pth", 166,
    "79ca2dc163d77269a80f35d77061336d9d1c5067778126735545b91df7e67dd0" },
  { REFERENCE "/studiogan-sngan-32/model=D-best-weights-step=98000.pth", 53,
    "0dd133ccf455537ca1e54c53cc5253a87ac3db7012618a1587e6d72a43617b18" },
  { REFERENCE "/studiogan-sngan-32/model=G-best-weights-step=98000.pth", 62,
    "8b1fe4e13d50c48677bc59addd136027662b094c31f391acaafc5cdbaa5ff310" },
  { REFERENCE "/r3gan-64/network-snapshot-final.pkl", 186,
    "0c9078457234a95a6defc6f45e81dc64482c644739ea863afde45e1a4d260a39" },
  { REFERENCE "/stylegan2-ada-64/network-snapshot-025000.pkl", 263,
    "7beab1e0b53bb88d33afda2f4e0d9924c14e2b78fa977ce83db0cbe5b4d5d2c1" },
  { SEEDS "/legacy.pth", 5, "05c4ce01d78d27e1138678ef6f189abea63ef91460d8d9e891fb2a599b437a47" },
  { SEEDS "/zip-4.pth", 5, "05c4ce01d78d27e1138678ef6f189abea63ef91460d8d9e891fb2a599b437a47" },
  { SEEDS "/zip.pth", 5, "05c4ce01d78d27e1138678ef6f189abea63ef91460d8d9e891fb2a599b437a47" },
  { SEEDS "/plain-3.pkl", 2, "c81f70e43ed5cf45272e423112a7fc2a604a1a2543bf4c1a6fbfe3754a4635e4" },
  { SEEDS "/plain-4.pkl", 2, "762557fc7c28779a9d772f638242055053417f0f99cc70a093b881b62c7e9af2" },
};

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
add_array (GChecksum *sum, DotWeights *weights, const char *key)
{
  g_autoptr (DotArray) array = read_array (weights, key);
  g_autofree char *shape     = dot_array_shape_to_string (array->n_dims, array->shape);

  g_checksum_update (sum, (const guchar *) key, strlen (key) + 1);
  g_checksum_update (sum, (const guchar *) shape, strlen (shape) + 1);
  for (gsize i = 0; i < array->n_items; i++)
    {
      guint32 bits;

      memcpy (&bits, &array->data[i], sizeof (bits));
      bits = GUINT32_TO_LE (bits);
      g_checksum_update (sum, (const guchar *) &bits, sizeof (bits));
    }
}

static void
assert_sum (const char *path, guint n, const char *expected)
{
  g_autoptr (DotWeights) weights = open_well (path);
  g_autoptr (GChecksum) sum      = g_checksum_new (G_CHECKSUM_SHA256);
  g_auto (GStrv) keys            = dot_weights_list_keys (weights);

  g_test_message ("%s", path);
  g_assert_cmpuint (g_strv_length (keys), ==, n);
  qsort (keys, n, sizeof (char *), compare_texts);
  for (guint i = 0; i < n; i++)
    add_array (sum, weights, keys[i]);
  g_assert_cmpstr (g_checksum_get_string (sum), ==, expected);
}

static void
test_networks (void)
{
  gboolean reference = g_file_test (REFERENCE, G_FILE_TEST_IS_DIR);

  for (gsize i = 0; i < G_N_ELEMENTS (networks); i++)
    if (reference || g_str_has_prefix (networks[i].path, SEEDS))
      assert_sum (networks[i].path, networks[i].n, networks[i].sum);
}

static void
assert_number (DotTorchFile *file, const char *name, double expected)
{
  double number = -1;

  g_assert_true (dot_torch_file_get_number (file, name, &number));
  g_assert_cmpfloat (number, ==, expected);
}

static void
assert_text (DotTorchFile *file, const char *name, const char *expected)
{
  g_autofree char *text = dot_torch_file_get_text (file, name);

  g_assert_cmpstr (text, ==, expected);
}

/* What lies beside the arrays. */
static void
test_beside (void)
{
  g_autoptr (DotTorchFile) file = dot_torch_file_open (SEEDS "/zip.pth", NULL);
  double number;

  assert_number (file, "step", 7);
  assert_number (file, "loss", 0.5);
  assert_number (file, "args/size", 4);
  assert_text (file, "name", "x");
  assert_text (file, "args", "Namespace");
  assert_text (file, "step", NULL);
  g_assert_false (dot_torch_file_get_number (file, "tied", &number));
  g_assert_false (dot_torch_file_get_number (file, "none", &number));
  g_assert_false (dot_torch_file_has (file, "step"));
}

static void
test_attributes (void)
{
  g_autoptr (DotTorchFile) file = NULL;

  if (! have_reference ())
    return;
  file = dot_torch_file_open (REFERENCE "/stylegan2-ada-64/network-snapshot-025000.pkl", NULL);
  assert_number (file, "G_ema/z_dim", 24);
  assert_number (file, "G_ema/synthesis.b64.conv0.conv_clamp", 2.5);
  assert_text (file, "G_ema", "Generator");
  assert_text (file, "G_ema/synthesis", "SynthesisNetwork");
  g_clear_pointer (&file, dot_torch_file_close);

  file = dot_torch_file_open (REFERENCE "/r3gan-64/network-snapshot-final.pkl", NULL);
  assert_text (file, "D/Model", "Discriminator");
  assert_number (file, "cur_nimg", 2e8);
}

static void
test_parallel (void)
{
  g_autoptr (DotWeights) weights = open_well (SEEDS "/parallel.pth");
  g_auto (GStrv) keys            = dot_weights_list_keys (weights);

  g_assert_cmpuint (g_strv_length (keys), ==, 1);
  g_assert_cmpstr (keys[0], ==, "w");
  g_assert_true (dot_weights_has (weights, "w"));
  g_assert_true (dot_weights_has (weights, "module.w"));
}

/*  made by hand  */

#define ADD(bytes, text) g_byte_array_append (bytes, (const guint8 *) text, sizeof (text) - 1)

#define LEGACY                                                   \
  "\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19\x2e" \
  "\x80\x02M\xe9\x03." /* the version; then, of the computer: */ \
  "\x80\x02}X\x0d\0\0\0little_endian\x88s."

/* Four numbers, and 3 GB of them before these. */
#define FOUR   "K\x04"
#define MANY   "\x8a\x04\0\0\0\x30"
#define N_MANY G_GUINT64_CONSTANT (0x30000000)

#define STORAGE(key, count) \
  "(X\x07\0\0\0storagectorch\nFloatStorage\nX\x01\0\0\0" key "X\x03\0\0\0cpu" count "tQ"
#define TENSOR(key, count, shape) \
  "ctorch._utils\n_rebuild_tensor_v2\n(" STORAGE (key, count) "K\0" shape "K\x01\x85\x89}tR"

#define W      "X\x01\0\0\0w" TENSOR ("0", FOUR, FOUR "\x85")
#define W_ITEM W "s"

static const float four[] = { 1, -2, 3, 4.5 };

static void
add_row (GByteArray *bytes, const float *values, guint64 n)
{
  guint64 count = GUINT64_TO_LE (n);

  g_byte_array_append (bytes, (const guint8 *) &count, sizeof (count));
  for (guint64 i = 0; values && i < n; i++)
    {
      guint32 bits;

      memcpy (&bits, &values[i], sizeof (bits));
      bits = GUINT32_TO_LE (bits);
      g_byte_array_append (bytes, (const guint8 *) &bits, sizeof (bits));
    }
}

/* @object: a pickle's instructions, that need the numbers "0". */
static void
write_legacy (HelperFile *fixture, const GByteArray *object)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  ADD (bytes, LEGACY "\x80\x02");
  g_byte_array_append (bytes, object->data, object->len);
  ADD (bytes, ".\x80\x02]X\x01\0\0\0"
              "0a.");
  add_row (bytes, four, 4);
  helper_write (fixture->path, bytes->data, bytes->len);
}

static void
assert_four (HelperFile *fixture, const char *key)
{
  g_autoptr (DotWeights) weights = open_well (fixture->path);
  g_auto (GStrv) keys            = dot_weights_list_keys (weights);
  g_autoptr (DotArray) array     = read_array (weights, key);

  g_assert_cmpuint (g_strv_length (keys), ==, 1);
  g_assert_cmpstr (keys[0], ==, key);
  g_assert_cmpmem (array->data, 4 * array->n_items, four, sizeof (four));
}

static void
test_by_hand (HelperFile *fixture, gconstpointer data)
{
  g_autoptr (GByteArray) object = g_byte_array_new ();

  ADD (object, "}" W_ITEM);
  write_legacy (fixture, object);
  assert_four (fixture, "w");
}

/* A dictionary that lies in itself is gone through once. */
static void
test_itself (HelperFile *fixture, gconstpointer data)
{
  g_autoptr (GByteArray) object = g_byte_array_new ();

  ADD (object, "}q\0X\x01\0\0\0ih\0s" W_ITEM);
  write_legacy (fixture, object);
  assert_four (fixture, "w");
}

/* 2^40 leaves, for who goes through dictionaries as through a tree. */
static void
test_many_ways (HelperFile *fixture, gconstpointer data)
{
  g_autoptr (GByteArray) object = g_byte_array_new ();

  ADD (object, "}q\0" W_ITEM);
  for (guint8 i = 0; i < 40; i++)
    {
      guint8 next = i + 1;

      ADD (object, "}X\x01\0\0\0ah");
      g_byte_array_append (object, &i, 1);
      ADD (object, "sX\x01\0\0\0bh");
      g_byte_array_append (object, &i, 1);
      ADD (object, "sq");
      g_byte_array_append (object, &next, 1);
    }
  write_legacy (fixture, object);
  assert_refused (fixture->path, "longer than any");
}

static void
test_deep (HelperFile *fixture, gconstpointer data)
{
  g_autoptr (GByteArray) object = g_byte_array_new ();

  for (guint i = 0; i < 100000; i++)
    ADD (object, "}X\x01\0\0\0a");
  ADD (object, "}" W_ITEM);
  for (guint i = 0; i < 100000; i++)
    ADD (object, "s");
  write_legacy (fixture, object);
  assert_refused (fixture->path, "longer than any");
}

static void
test_long (HelperFile *fixture, gconstpointer data)
{
  g_autoptr (GByteArray) object = g_byte_array_new ();

  g_byte_array_set_size (object, 20000000);
  memset (object->data, ']', object->len);
  write_legacy (fixture, object);
  assert_refused (fixture->path, "longer than any");
}

/* Pickles that stop at each place of a whole one. */
static void
test_cut (HelperFile *fixture, gconstpointer data)
{
  g_autoptr (GByteArray) object = g_byte_array_new ();
  g_autoptr (GBytes) whole      = NULL;

  ADD (object, "}" W_ITEM);
  write_legacy (fixture, object);
  whole = helper_read (fixture->path);
  for (gsize n = 0; n < g_bytes_get_size (whole); n++)
    {
      helper_write (fixture->path, g_bytes_get_data (whole, NULL), n);
      assert_refused (fixture->path, fixture->path);
    }
}

static const struct
{
  const char *bytes;
  gsize       size;
  const char *mentions;
} programs[] = {
#define PROGRAM(bytes, mentions) { bytes, sizeof (bytes) - 1, mentions }
  PROGRAM ("\x80\x02"
           "cos\nsystem\nX\x04\0\0\0true\x85R.",
           "os.system"),
  PROGRAM ("\x80\x02"
           "cos\nsys\ntem\nX\x04\0\0\0true\x85R.",
           "instruction"),
  PROGRAM ("\x80\x03"
           "cbuiltins\n\x1b[31m\xff\n)R.",
           "builtins."),
  PROGRAM ("\x80\x04"
           "ca\nB\n)\x81X\x01\0\0\0ab.",
           "fit together"),
  PROGRAM ("\x80\x04"
           "ca\nB\n)\x81}b}b.",
           "fit together"),
  PROGRAM ("\x80\x04"
           "}}Ns.",
           "neither a text"),
  PROGRAM ("\x80\x04"
           "}X\x01\0\0\0au.",
           "fit together"),
  PROGRAM ("\x80\x04"
           "(}X\x01\0\0\0au.",
           "fit together"),
  PROGRAM ("\x80\x04"
           "}(X\x01\0\0\0au.",
           "fit together"),
  PROGRAM ("\x80\x04"
           "h\0.",
           "fit together"),
  PROGRAM ("\x80\x04"
           "0.",
           "fit together"),
  PROGRAM ("\x80\x04"
           "\x93.",
           "fit together"),
  PROGRAM ("\x80\x04"
           "N\x87.",
           "fit together"),
  PROGRAM ("\x80\x04"
           "R.",
           "fit together"),
  PROGRAM ("\x80\x04.", "fit together"),
  PROGRAM ("\x80\x04"
           "ctorch.storage\n_load_from_bytes\nC\x01x\x85R.",
           "version"),
  PROGRAM ("\x80\x04"
           "ctorch.storage\n_load_from_bytes\nN\x85R.",
           "fit together"),
  PROGRAM ("\x80\x04}" W_ITEM ".", "missing"),
  PROGRAM ("\x80\x04}X\x01\0\0\0aK\1s.", "no arrays"),
};

static void
test_programs (HelperFile *fixture, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      g_test_message ("%zu", i);
      helper_write (fixture->path, programs[i].bytes, programs[i].size);
      assert_refused (fixture->path, programs[i].mentions);
    }
}

/*  large ones  */

static gsize
get_mapped_kilobytes (void)
{
  g_autofree char *text = NULL;
  const char      *at;

  g_assert_true (g_file_get_contents ("/proc/self/status", &text, NULL, NULL));
  at = strstr (text, "RssFile:");
  return at ? strtoul (at + strlen ("RssFile:"), NULL, 10) : 0;
}

/* 3 GB of which the file system keeps hardly more than the end. */
static void
write_large (HelperFile *fixture)
{
  g_autoptr (GByteArray) begin = g_byte_array_new ();
  g_autoptr (GByteArray) end   = g_byte_array_new ();
  FILE *file                   = g_fopen (fixture->path, "wb");

  ADD (begin, LEGACY "\x80\x02}" W_ITEM
                     "X\x04\0\0\0many" TENSOR ("1", MANY, "\x8a\x04\0\0\0\x01\x85") "s.");
  ADD (begin, "\x80\x02](X\x01\0\0\0"
              "1X\x01\0\0\0"
              "0e.");
  add_row (begin, NULL, N_MANY);
  add_row (end, four, 4);
  g_assert_cmpuint (fwrite (begin->data, 1, begin->len, file), ==, begin->len);
  g_assert_cmpint (fseeko (file, 4 * N_MANY, SEEK_CUR), ==, 0);
  g_assert_cmpuint (fwrite (end->data, 1, end->len, file), ==, end->len);
  g_assert_cmpint (fclose (file), ==, 0);
}

/* Neither what isn't asked for nor what has been copied stays in memory. */
static void
test_large (HelperFile *fixture, gconstpointer data)
{
  g_autoptr (DotWeights) weights = NULL;
  g_autoptr (DotArray) small     = NULL;
  g_autoptr (DotArray) large     = NULL;
  gsize before;

  write_large (fixture);
  before  = get_mapped_kilobytes ();
  weights = open_well (fixture->path);
  small   = read_array (weights, "w");
  g_assert_cmpmem (small->data, 4 * small->n_items, four, sizeof (four));
  large = read_array (weights, "many");
  g_assert_cmpuint (large->n_items, ==, 0x1000000);
  g_assert_cmpfloat (large->data[0xffffff], ==, 0);
  g_assert_cmpuint (get_mapped_kilobytes (), <, before + 8192);
}

/*  zips of more than 4 GB  */

static void
add_number (GByteArray *bytes, guint64 number, guint size)
{
  guint64 little = GUINT64_TO_LE (number);

  g_byte_array_append (bytes, (const guint8 *) &little, size);
}

static void
add_numbers (GByteArray *bytes, const guint16 *numbers, guint n)
{
  for (guint i = 0; i < n; i++)
    add_number (bytes, numbers[i], 2);
}

/* A member, and its entry of a directory whose sizes and place are in the part
 * for large ones. */
static void
add_member (GByteArray *bytes,
            GByteArray *directory,
            const char *name,
            const void *data,
            gsize       size)
{
  gsize offset = bytes->len;

  ADD (bytes, "PK\3\4");
  add_numbers (bytes, (guint16[]) { 45, 8, 0, 0, 0, 0, 0, 0xffff, 0xffff, 0xffff, 0xffff }, 11);
  add_numbers (bytes, (guint16[]) { strlen (name), 0 }, 2);
  g_byte_array_append (bytes, (const guint8 *) name, strlen (name));
  g_byte_array_append (bytes, data, size);

  ADD (directory, "PK\1\2");
  add_numbers (directory, (guint16[]) { 45, 45, 8, 0, 0, 0, 0, 0 }, 8);
  add_numbers (directory, (guint16[]) { 0xffff, 0xffff, 0xffff, 0xffff, strlen (name), 32 }, 6);
  add_numbers (directory, (guint16[]) { 0, 0, 0, 0, 0, 0xffff, 0xffff }, 7);
  g_byte_array_append (directory, (const guint8 *) name, strlen (name));
  add_numbers (directory, (guint16[]) { 0x5455, 0, 1, 24 }, 4);
  add_number (directory, size, 8);
  add_number (directory, size, 8);
  add_number (directory, offset, 8);
}

static void
add_directory (GByteArray *bytes, const GByteArray *directory, guint n)
{
  gsize at  = bytes->len;
  gsize end = at + directory->len;

  g_byte_array_append (bytes, directory->data, directory->len);
  ADD (bytes, "PK\6\6");
  add_number (bytes, 44, 8);
  add_numbers (bytes, (guint16[]) { 45, 45, 0, 0, 0, 0 }, 6);
  add_number (bytes, n, 8);
  add_number (bytes, n, 8);
  add_number (bytes, directory->len, 8);
  add_number (bytes, at, 8);
  ADD (bytes, "PK\6\7\0\0\0\0");
  add_number (bytes, end, 8);
  add_number (bytes, 1, 4);
  ADD (bytes, "PK\5\6\0\0\0\0");
  add_numbers (bytes, (guint16[]) { 0xffff, 0xffff, 0xffff, 0xffff, 0xffff, 0xffff, 0 }, 7);
}

static void
test_large_zip (HelperFile *fixture, gconstpointer data)
{
  g_autoptr (GByteArray) bytes     = g_byte_array_new ();
  g_autoptr (GByteArray) directory = g_byte_array_new ();
  g_autoptr (GByteArray) pickle    = g_byte_array_new ();
  g_autoptr (GByteArray) row       = g_byte_array_new ();

  ADD (pickle, "\x80\x02}" W_ITEM ".");
  add_row (row, four, 4);
  add_member (bytes, directory, "x/data.pkl", pickle->data, pickle->len);
  add_member (bytes, directory, "x/data/0", row->data + 8, row->len - 8);
  add_directory (bytes, directory, 2);
  helper_write (fixture->path, bytes->data, bytes->len);
  assert_four (fixture, "w");
}

static void
add (const char *path, void (*test) (HelperFile *fixture, gconstpointer data))
{
  g_test_add (path, HelperFile, "x.pth", helper_file_set_up, test, helper_file_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/torch-file/odd", test_odd);
  g_test_add_func ("/torch-file/sentences", test_sentences);
  g_test_add_func ("/torch-file/networks", test_networks);
  g_test_add_func ("/torch-file/beside", test_beside);
  g_test_add_func ("/torch-file/attributes", test_attributes);
  g_test_add_func ("/torch-file/parallel", test_parallel);
  add ("/torch-file/by-hand", test_by_hand);
  add ("/torch-file/itself", test_itself);
  add ("/torch-file/many-ways", test_many_ways);
  add ("/torch-file/deep", test_deep);
  add ("/torch-file/long", test_long);
  add ("/torch-file/cut", test_cut);
  add ("/torch-file/programs", test_programs);
  add ("/torch-file/large", test_large);
  add ("/torch-file/large-zip", test_large_zip);
  return g_test_run ();
}
