/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Files of several networks: which of them is taken. */

#include "format/npz.h"
#include "format/weights-part.h"

#include <glib/gstdio.h>

/* Each array is its number in the list. */
static char *
write_arrays (const char *const *names)
{
  g_autoptr (GError) error = NULL;
  char         *path       = NULL;
  int           file       = g_file_open_tmp ("XXXXXX.npz", &path, NULL);
  DotNpzWriter *writer;

  g_close (file, NULL);
  writer = dot_npz_writer_new (path, &error);
  g_assert_no_error (error);
  for (guint i = 0; names[i]; i++)
    {
      float number = (float) i;
      gsize one    = 1;

      dot_npz_writer_add (writer, names[i], &number, 1, &one, &error);
      g_assert_no_error (error);
    }
  dot_npz_writer_close (writer, &error);
  g_assert_no_error (error);
  dot_npz_writer_free (writer);
  return path;
}

/* @expected: the number under @key of that network, which has @n_keys arrays */
static void
assert_found (const char *path, guint role, const char *key, float expected, guint n_keys)
{
  g_autoptr (GError) error       = NULL;
  g_autoptr (DotWeights) weights = dot_weights_part_open (path, role, &error);
  g_autoptr (DotArray) array     = NULL;
  g_auto (GStrv) keys            = NULL;
  DotShape shape;
  gsize    one = 1;

  g_assert_no_error (error);
  keys = dot_weights_list_keys (weights);
  g_assert_cmpuint (g_strv_length (keys), ==, n_keys);
  g_assert_true (g_strv_contains ((const char *const *) keys, key));
  g_assert_true (dot_weights_has (weights, key));
  g_assert_true (dot_weights_get_shape (weights, key, &shape, &error));
  array = dot_weights_read (weights, key, 1, &one, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (array->data[0], ==, expected);
}

static void
test_average (void)
{
  static const char *const names[] = { "state_dict/generator.w", "state_dict/discriminator.w",
                                       "state_dict/generator_ema.w", "state_dict/generator_ema.b",
                                       NULL };
  g_autofree char         *path    = write_arrays (names);

  assert_found (path, 0, "w", 2, 2);
  assert_found (path, 1, "w", 1, 1);
  g_unlink (path);
}

static void
test_no_average (void)
{
  static const char *const names[] = { "state_dict/generator.w", "state_dict/discriminator.w",
                                       NULL };
  g_autofree char         *path    = write_arrays (names);

  assert_found (path, 0, "w", 0, 1);
  g_unlink (path);
}

/* A checkpoint of one network, and what its training needs beside it. */
static void
test_checkpoint (void)
{
  static const char *const names[] = { "state_dict/blocks.w", "optimizer/state/0/exp_avg",
                                       "state_dict/b", NULL };
  g_autofree char         *path    = write_arrays (names);

  assert_found (path, 0, "blocks.w", 0, 2);
  assert_found (path, 1, "b", 2, 2);
  g_unlink (path);
}

/* As StyleGAN's and R3GAN's authors keep theirs. */
static void
test_objects (void)
{
  static const char *const names[] = { "G/a.w", "D/w", "G_ema/a.w", "D_opt_state/w", NULL };
  g_autofree char         *path    = write_arrays (names);

  assert_found (path, 0, "a.w", 2, 1);
  assert_found (path, 1, "w", 1, 1);
  g_unlink (path);
}

/* Of one network all names stay as they are. */
static void
test_one_network (void)
{
  static const char *const names[] = { "generator.w", "state_dict/w", NULL };
  g_autofree char         *path    = write_arrays (names);

  for (guint role = 0; role < 2; role++)
    assert_found (path, role, "generator.w", 0, 2);
  g_unlink (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/weights-part/average", test_average);
  g_test_add_func ("/weights-part/no-average", test_no_average);
  g_test_add_func ("/weights-part/checkpoint", test_checkpoint);
  g_test_add_func ("/weights-part/objects", test_objects);
  g_test_add_func ("/weights-part/one-network", test_one_network);
  return g_test_run ();
}
