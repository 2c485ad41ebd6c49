/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "synthetic.h"

#include "format/npz.h"
#include "helpers.h"

#include <string.h>

#define SHAPE(...)                                      \
  G_N_ELEMENTS (((gsize[]) { __VA_ARGS__ })), (gsize[]) \
  {                                                     \
    __VA_ARGS__                                         \
  }

/**
 * synthetic_set:
 *
 * Makes or replaces the array under @key, with @value everywhere.
 */
void
synthetic_set (GHashTable *arrays, const char *key, float value, guint n_dims, const gsize *shape)
{
  DotArray *array = dot_array_new (n_dims, shape, NULL);

  for (gsize i = 0; i < array->n_items; i++)
    array->data[i] = value;
  g_hash_table_replace (arrays, g_strdup (key), array);
}

void
synthetic_remove (GHashTable *arrays, const char *key)
{
  g_assert_true (g_hash_table_remove (arrays, key));
}

/* Sets "layer/name". */
static void
set_weight (GHashTable  *arrays,
            const char  *layer,
            const char  *name,
            float        value,
            guint        n_dims,
            const gsize *shape)
{
  g_autofree char *key = g_strdup_printf ("%s/%s", layer, name);

  synthetic_set (arrays, key, value, n_dims, shape);
}

static void
set_conv (GHashTable *arrays,
          guint       block,
          const char *name,
          gsize       in,
          gsize       out,
          gsize       size,
          gboolean    spectral)
{
  g_autofree char *layer = g_strdup_printf ("block%u/%s", block, name);

  set_weight (arrays, layer, "W", 0.1f, SHAPE (out, in, size, size));
  set_weight (arrays, layer, "b", 0.1f, SHAPE (out));
  if (spectral)
    set_weight (arrays, layer, "u", 0.5f, SHAPE (1, out));
}

static void
set_batch_norm (GHashTable *arrays, const char *layer, guint labels)
{
  gsize channels = SYNTHETIC_CHANNELS;

  if (labels > 0)
    {
      set_weight (arrays, layer, "gammas/W", 1.0f, SHAPE (labels, channels));
      set_weight (arrays, layer, "betas/W", 0.1f, SHAPE (labels, channels));
    }
  else
    {
      set_weight (arrays, layer, "gamma", 1.0f, SHAPE (channels));
      set_weight (arrays, layer, "beta", 0.1f, SHAPE (channels));
    }
  set_weight (arrays, layer, "avg_mean", 0.0f, SHAPE (channels));
  set_weight (arrays, layer, "avg_var", 1.0f, SHAPE (channels));
}

static void
fill_generator (GHashTable *arrays, guint blocks, guint labels)
{
  g_autofree char *bn   = g_strdup_printf ("b%u", blocks + 1);
  g_autofree char *last = g_strdup_printf (blocks == 4 ? "c%u" : "l%u", blocks + 1);
  gsize            ch   = SYNTHETIC_CHANNELS;

  set_weight (arrays, "l1", "W", 0.1f, SHAPE (16 * ch, SYNTHETIC_LATENT));
  set_weight (arrays, "l1", "b", 0.1f, SHAPE (16 * ch));
  for (guint n = 2; n <= blocks; n++)
    {
      g_autofree char *b1 = g_strdup_printf ("block%u/b1", n);
      g_autofree char *b2 = g_strdup_printf ("block%u/b2", n);

      set_batch_norm (arrays, b1, labels);
      set_batch_norm (arrays, b2, labels);
      set_conv (arrays, n, "c1", ch, ch, 3, FALSE);
      set_conv (arrays, n, "c2", ch, ch, 3, FALSE);
      set_conv (arrays, n, "c_sc", ch, ch, 1, FALSE);
    }
  set_batch_norm (arrays, bn, 0);
  set_weight (arrays, last, "W", 0.1f, SHAPE (3, ch, 3, 3));
  set_weight (arrays, last, "b", 0.1f, SHAPE (3));
}

/* The last block is a plain one, without shortcut and pooling. */
static void
fill_discriminator (GHashTable *arrays, guint blocks, guint labels)
{
  g_autofree char *last = g_strdup_printf ("l%u", blocks + 1);
  gsize            ch   = SYNTHETIC_CHANNELS;

  for (guint n = 1; n <= blocks; n++)
    {
      gsize in = n == 1 ? 3 : ch;

      set_conv (arrays, n, "c1", in, ch, 3, TRUE);
      set_conv (arrays, n, "c2", ch, ch, 3, TRUE);
      if (n < blocks)
        set_conv (arrays, n, "c_sc", in, ch, 1, TRUE);
    }
  set_weight (arrays, last, "W", 0.1f, SHAPE (1, ch));
  set_weight (arrays, last, "b", 0.1f, SHAPE (1));
  set_weight (arrays, last, "u", 1.0f, SHAPE (1, 1));
  if (labels > 0)
    {
      set_weight (arrays, "l_y", "W", 0.1f, SHAPE (labels, ch));
      set_weight (arrays, "l_y", "u", 0.5f, SHAPE (1, labels));
    }
}

static GHashTable *
new_arrays (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) dot_array_unref);
}

/**
 * synthetic_pair_new:
 * @blocks: the number of the last block: 4 makes 32 pixels, 5 makes 64
 * @labels: 0 for an unconditional pair
 */
SyntheticPair *
synthetic_pair_new (guint blocks, guint labels)
{
  SyntheticPair *pair = g_new (SyntheticPair, 1);

  pair->generator     = new_arrays ();
  pair->discriminator = new_arrays ();
  fill_generator (pair->generator, blocks, labels);
  fill_discriminator (pair->discriminator, blocks, labels);
  return pair;
}

void
synthetic_pair_free (SyntheticPair *pair)
{
  if (pair)
    {
      g_hash_table_unref (pair->generator);
      g_hash_table_unref (pair->discriminator);
      g_free (pair);
    }
}

static void
write_arrays (GHashTable *arrays, const char *folder, const char *name)
{
  g_autofree char *path           = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error        = NULL;
  g_autoptr (DotNpzWriter) writer = dot_npz_writer_new (path, &error);
  GHashTableIter iter;
  gpointer       key, value;

  g_assert_no_error (error);
  g_hash_table_iter_init (&iter, arrays);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      DotArray *array = value;

      dot_npz_writer_add (writer, key, array->data, array->n_dims, array->shape, &error);
      g_assert_no_error (error);
    }
  dot_npz_writer_close (writer, &error);
  g_assert_no_error (error);
}

/**
 * synthetic_pair_write:
 *
 * Writes generator.npz and discriminator.npz into @folder.
 */
void
synthetic_pair_write (SyntheticPair *pair, const char *folder)
{
  write_arrays (pair->generator, folder, "generator.npz");
  write_arrays (pair->discriminator, folder, "discriminator.npz");
}

static char *
file_checksum (const char *folder, const char *name)
{
  g_autofree char *path    = g_build_filename (folder, name, NULL);
  g_autoptr (GBytes) bytes = helper_read (path);

  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
}

/**
 * synthetic_model_write:
 * @models: a folder of models
 * @labels: of the pair
 * @classes: the description's list of them, as many or not
 *
 * Writes the model @id: a synthetic pair of 64 pixels and its description.
 */
void
synthetic_model_write (const char *models, const char *id, guint labels, const char *classes)
{
  g_autofree char *folder        = g_build_filename (models, id, NULL);
  g_autofree char *manifest      = g_build_filename (folder, "model.json", NULL);
  g_autoptr (SyntheticPair) pair = synthetic_pair_new (5, labels);
  g_autofree char *text          = NULL;
  g_autofree char *g             = NULL;
  g_autofree char *d             = NULL;

  g_mkdir_with_parents (folder, 0700);
  synthetic_pair_write (pair, folder);
  g = file_checksum (folder, "generator.npz");
  d = file_checksum (folder, "discriminator.npz");
  text =
    g_strdup_printf ("{\"format\": \"dot-refine-model\", \"version\": 1, \"title\": \"T "
                     "%s\",\"license\": \"CC0\", \"provenance\": \"a test\",\"architecture\": "
                     "\"sngan-projection\",\"image\": {\"size\": 64, \"channels\": 3},\"latent\": "
                     "{\"size\": 4, \"prior\": \"normal\"}, \"files\": {\"generator\": {\"name\": "
                     "\"generator.npz\", \"sha256\": \"%s\"},\"discriminator\": {\"name\": "
                     "\"discriminator.npz\", \"sha256\": \"%s\"}},\"classes\": %s}",
                     id, g, d, classes);
  helper_write (manifest, text, strlen (text));
}
