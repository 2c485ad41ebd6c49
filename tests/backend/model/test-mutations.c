/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The shipped weights, and files of PyTorch's, with seeded damage: bits turned
 * over, spans missing or doubled, ends cut off.  Each file is read like any
 * other, or refused with one sentence, within two seconds of computing. */

#include "helpers.h"
#include "model/model.h"
#include "network/architecture-describe.h"

#include <string.h>
#include <time.h>

#define MUTATIONS   200
#define MAX_SECONDS 2.0

#define SEEDS MODELS_DIR "/../tests/fuzz/seeds/torch-file"

/* Where a zip's directory lies: damage there is met on every path. */
#define TAIL 16384

static gsize
random_offset (GRand *random, gsize size)
{
  gsize begin = g_rand_boolean (random) && size > TAIL ? size - TAIL : 0;

  return begin + g_rand_int_range (random, 0, size - begin);
}

static void
flip_bits (GByteArray *bytes, GRand *random)
{
  int flips = g_rand_int_range (random, 1, 17);

  for (int i = 0; i < flips; i++)
    bytes->data[random_offset (random, bytes->len)] ^= 1 << g_rand_int_range (random, 0, 8);
}

static void
delete_span (GByteArray *bytes, GRand *random)
{
  gsize offset = random_offset (random, bytes->len);
  gsize length = g_rand_int_range (random, 1, 4096);

  g_byte_array_remove_range (bytes, offset, MIN (length, bytes->len - offset));
}

static void
double_span (GByteArray *bytes, GRand *random)
{
  gsize              offset = random_offset (random, bytes->len);
  gsize              length = MIN ((gsize) g_rand_int_range (random, 1, 4096), bytes->len - offset);
  gsize              rest   = bytes->len - offset;
  g_autofree guint8 *tail   = g_memdup2 (bytes->data + offset, rest);

  g_byte_array_set_size (bytes, offset + length);
  g_byte_array_append (bytes, tail, rest);
}

static void
mutate (GByteArray *bytes, GRand *random)
{
  switch (g_rand_int_range (random, 0, 4))
    {
    case 0:
      flip_bits (bytes, random);
      break;
    case 1:
      delete_span (bytes, random);
      break;
    case 2:
      double_span (bytes, random);
      break;
    default:
      g_byte_array_set_size (bytes, random_offset (random, bytes->len));
      break;
    }
}

/* Opens, describes and reads, as far as it goes. */
static gboolean
read_pair (const char *generator, const char *discriminator, GError **error)
{
  const DotArchitecture *sngan     = &dot_sngan_projection;
  g_autoptr (DotModel) model       = NULL;
  g_autoptr (DotWeights) g         = NULL;
  g_autoptr (DotWeights) d         = NULL;
  g_autoptr (DotNetwork) g_network = NULL;
  g_autoptr (DotNetwork) d_network = NULL;
  DotPairShape shape;

  model = dot_model_new_from_files (generator, discriminator, NULL, DOT_PRIOR_NORMAL, error);
  return model && (g = dot_weights_open (generator, error)) &&
         (d = dot_weights_open (discriminator, error)) &&
         dot_architecture_describe_pair (sngan, g, sngan, d, &shape, error) &&
         (g_network = sngan->read_generator (g, &shape, DOT_FORM_INFERENCE, error)) &&
         (d_network = sngan->read_discriminator (d, &shape, DOT_FORM_INFERENCE, error));
}

static gboolean
try_pair (const char *generator, const char *discriminator, guint seed)
{
  g_autoptr (GError) error = NULL;
  clock_t  begin           = clock ();
  gboolean read            = read_pair (generator, discriminator, &error);
  double   seconds         = (double) (clock () - begin) / CLOCKS_PER_SEC;

  if (! read)
    {
      g_test_message ("%u: %s", seed, error->message);
      assert_sentence (error, DOT_ERROR_INVALID_FILE);
    }
  g_assert_cmpfloat (seconds, <, MAX_SECONDS);
  return read;
}

/* @data: which of the two files is damaged. */
static void
test_mutations (gconstpointer data)
{
  const char      *name           = data;
  g_autofree char *source         = g_build_filename (MODELS_DIR, "imagenet10-64", name, NULL);
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *path           = g_build_filename (folder, name, NULL);
  g_autoptr (GBytes) whole        = helper_read (source);
  gboolean first                  = strcmp (name, "generator.npz") == 0;
  guint    read                   = 0;

  for (guint seed = 0; seed < MUTATIONS / 2; seed++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      g_autoptr (GRand) random     = g_rand_new_with_seed (seed);

      g_byte_array_append (bytes, g_bytes_get_data (whole, NULL), g_bytes_get_size (whole));
      mutate (bytes, random);
      helper_write (path, bytes->data, bytes->len);
      read += try_pair (first ? path : MODELS_DIR "/imagenet10-64/generator.npz",
                        first ? MODELS_DIR "/imagenet10-64/discriminator.npz" : path, seed);
    }
  g_test_message ("%u of %u were read all the same", read, MUTATIONS / 2);
}

/*  PyTorch's files  */

static gboolean
read_array (DotWeights *weights, const char *key, GError **error)
{
  g_autoptr (DotArray) array = NULL;
  DotShape shape;

  if (dot_weights_get_shape (weights, key, &shape, error))
    array = dot_weights_read (weights, key, shape.n_dims, shape.axes, error);
  return array != NULL;
}

static gboolean
read_all (const char *path, GError **error)
{
  g_autoptr (DotWeights) weights = dot_weights_open (path, error);
  g_auto (GStrv) keys            = weights ? dot_weights_list_keys (weights) : NULL;
  gboolean read                  = weights != NULL;

  for (guint i = 0; read && keys[i]; i++)
    read = read_array (weights, keys[i], error);
  return read;
}

static gboolean
try_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  clock_t  begin           = clock ();
  gboolean read            = read_all (path, &error);
  double   seconds         = (double) (clock () - begin) / CLOCKS_PER_SEC;

  if (! read)
    assert_sentence (error, DOT_ERROR_INVALID_FILE);
  g_assert_cmpfloat (seconds, <, MAX_SECONDS);
  return read;
}

/* @data: a seed of the fuzzer's. */
static void
test_torch_file (gconstpointer data)
{
  g_autofree char *source         = g_build_filename (SEEDS, data, NULL);
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *path           = g_build_filename (folder, data, NULL);
  g_autoptr (GBytes) whole        = helper_read (source);
  guint read                      = 0;

  g_assert_true (try_file (source));
  for (guint seed = 0; seed < MUTATIONS; seed++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      g_autoptr (GRand) random     = g_rand_new_with_seed (seed);

      g_byte_array_append (bytes, g_bytes_get_data (whole, NULL), g_bytes_get_size (whole));
      mutate (bytes, random);
      helper_write (path, bytes->data, bytes->len);
      read += try_file (path);
    }
  g_test_message ("%u of %u were read all the same", read, MUTATIONS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/mutations/generator", "generator.npz", test_mutations);
  g_test_add_data_func ("/mutations/discriminator", "discriminator.npz", test_mutations);
  g_test_add_data_func ("/mutations/torch-file/zip", "zip.pth", test_torch_file);
  g_test_add_data_func ("/mutations/torch-file/legacy", "legacy.pth", test_torch_file);
  g_test_add_data_func ("/mutations/torch-file/plain", "plain-4.pkl", test_torch_file);
  return g_test_run ();
}
