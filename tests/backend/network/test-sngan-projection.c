/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Reading the sngan-projection layout: the shipped pair, those of the
 * original code where they are beside the checkout, and damaged ones. */

#include "helpers.h"
#include "network/architecture-describe.h"
#include "synthetic.h"

#include <math.h>
#include <string.h>

#define SHAPE(...)                                      \
  G_N_ELEMENTS (((gsize[]) { __VA_ARGS__ })), (gsize[]) \
  {                                                     \
    __VA_ARGS__                                         \
  }

typedef struct
{
  DotPairShape shape;
  DotNetwork  *generator;
  DotNetwork  *discriminator;
} Networks;

static void
networks_clear (Networks *networks)
{
  dot_network_free (networks->generator);
  dot_network_free (networks->discriminator);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Networks, networks_clear)

/* Reads the pair in @folder as dot_pair_load() does. */
static gboolean
read_networks (Networks *networks, const char *folder, GError **error)
{
  const DotArchitecture *sngan  = &dot_sngan_projection;
  g_autofree char       *g_path = g_build_filename (folder, "generator.npz", NULL);
  g_autofree char       *d_path = g_build_filename (folder, "discriminator.npz", NULL);
  g_autoptr (DotWeights) g      = dot_weights_open (g_path, error);
  g_autoptr (DotWeights) d      = g ? dot_weights_open (d_path, error) : NULL;

  return d && dot_architecture_describe_pair (sngan, g, sngan, d, &networks->shape, error) &&
         (networks->generator = sngan->read_generator (g, &networks->shape, DOT_FORM_INFERENCE,
                                                       error)) &&
         (networks->discriminator = sngan->read_discriminator (d, &networks->shape,
                                                               DOT_FORM_INFERENCE, error));
}

/*  what is read  */

typedef struct
{
  const char *folder;
  guint       image_size;
  guint       n_labels;
  guint       generator_ops;
  guint       discriminator_ops;
} PairCase;

static const PairCase shipped = { MODELS_DIR "/imagenet10-64", 64, 10, 46, 43 };

static const PairCase references[] = {
  { SHARED_DIR "/reference/sngan-projection-32", 32, 5, 36, 29 },
  { SHARED_DIR "/reference/sngan-projection-64", 64, 5, 46, 43 },
  { SHARED_DIR "/reference/sngan-projection", 128, 6, 56, 48 },
  { SHARED_DIR "/reference/sngan-projection-256", 256, 5, 66, 56 },
};

/* Each operation takes from earlier ones, of the sizes it can take. */
static void
assert_consistent (const DotNetwork *network)
{
  for (guint i = 0; i < network->n_ops; i++)
    {
      const DotOp *op = &network->ops[i];
      const DotOp *input;

      g_assert_cmpuint (op->inputs[0], <=, i);
      g_assert_cmpuint (op->inputs[1], <=, i);
      g_assert_cmpuint (op->channels * op->height * op->width, >, 0);
      if (op->inputs[0] == 0)
        continue;

      input = &network->ops[op->inputs[0] - 1];
      if (op->kind == DOT_OP_CONV)
        g_assert_cmpuint (op->weight->shape[1], ==, input->channels);
      if (op->kind == DOT_OP_AFFINE)
        g_assert_cmpuint (op->weight->n_items % input->channels, ==, 0);
      if (op->kind == DOT_OP_ADD)
        {
          const DotOp *second = &network->ops[op->inputs[1] - 1];

          g_assert_cmpuint (input->channels, ==, second->channels);
          g_assert_cmpuint (input->height, ==, second->height);
          g_assert_cmpuint (input->width, ==, second->width);
        }
    }
}

static void
assert_output (const DotNetwork *network, guint channels, guint size)
{
  const DotOp *output = dot_network_get_output (network);

  g_assert_cmpuint (output->channels, ==, channels);
  g_assert_cmpuint (output->height, ==, size);
  g_assert_cmpuint (output->width, ==, size);
}

static void
assert_pair (const PairCase *pair)
{
  g_auto (Networks) networks = {
    0,
  };
  g_autoptr (GError) error = NULL;

  read_networks (&networks, pair->folder, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (networks.shape.image_size, ==, pair->image_size);
  g_assert_cmpuint (networks.shape.latent_size, ==, networks.generator->channels);
  g_assert_cmpuint (networks.shape.n_labels, ==, pair->n_labels);
  g_assert_cmpuint (networks.generator->n_ops, ==, pair->generator_ops);
  g_assert_cmpuint (networks.discriminator->n_ops, ==, pair->discriminator_ops);

  assert_consistent (networks.generator);
  assert_consistent (networks.discriminator);
  assert_output (networks.generator, 3, pair->image_size);
  assert_output (networks.discriminator, 1, 1);
  g_assert_cmpint (dot_network_get_output (networks.generator)->kind, ==, DOT_OP_TANH);
  g_assert_cmpint (dot_network_get_output (networks.discriminator)->kind, ==, DOT_OP_PROJECT);
}

static void
test_shipped (void)
{
  assert_pair (&shipped);
}

static void
test_reference (gconstpointer data)
{
  const PairCase *pair = data;

  if (g_file_test (pair->folder, G_FILE_TEST_IS_DIR))
    assert_pair (pair);
  else
    g_test_skip ("the reference pairs are not beside the checkout");
}

static void
test_synthetic (void)
{
  for (guint blocks = 4; blocks <= 7; blocks++)
    for (guint labels = 0; labels <= 3; labels += 3)
      {
        g_autoptr (HelperFolder) folder = helper_folder_new ();
        g_autoptr (SyntheticPair) pair  = synthetic_pair_new (blocks, labels);
        g_autoptr (GError) error        = NULL;
        g_auto (Networks) networks      = {
          0,
        };

        synthetic_pair_write (pair, folder);
        read_networks (&networks, folder, &error);
        g_assert_no_error (error);
        g_assert_cmpuint (networks.shape.image_size, ==, 4u << (blocks - 1));
        g_assert_cmpuint (networks.shape.n_labels, ==, labels);
        assert_consistent (networks.generator);
        assert_consistent (networks.discriminator);
        g_assert_cmpint (dot_network_get_output (networks.discriminator)->kind, ==,
                         labels ? DOT_OP_PROJECT : DOT_OP_LINEAR);
      }
}

/* γ (x − mean) / √(var + 2e−5) + β, as scale and shift. */
static void
test_batch_norm (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autoptr (SyntheticPair) pair  = synthetic_pair_new (4, 3);
  g_auto (Networks) networks      = {
    0,
  };
  const DotOp *affine;
  double       scale = 3.0 / sqrt (0.25 + 2e-5);

  synthetic_set (pair->generator, "block2/b1/gammas/W", 3.0f, SHAPE (3, 2));
  synthetic_set (pair->generator, "block2/b1/betas/W", 0.5f, SHAPE (3, 2));
  synthetic_set (pair->generator, "block2/b1/avg_mean", 2.0f, SHAPE (2));
  synthetic_set (pair->generator, "block2/b1/avg_var", 0.25f, SHAPE (2));
  synthetic_pair_write (pair, folder);
  g_assert_true (read_networks (&networks, folder, NULL));

  affine = &networks.generator->ops[2];
  g_assert_cmpint (affine->kind, ==, DOT_OP_AFFINE);
  for (int i = 0; i < 6; i++)
    {
      g_assert_cmpfloat_with_epsilon (affine->weight->data[i], scale, 1e-6);
      g_assert_cmpfloat_with_epsilon (affine->bias->data[i], 0.5 - 2 * scale, 1e-6);
    }
}

/*  damaged pairs  */

/* @mentions: the key or file that the message must name. */
static void
assert_refused (SyntheticPair *pair, const char *mentions)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_auto (Networks) networks      = {
    0,
  };
  g_autoptr (GError) error = NULL;

  synthetic_pair_write (pair, folder);
  g_assert_false (read_networks (&networks, folder, &error));
  assert_sentence (error, DOT_ERROR_INVALID_FILE);
  assert_mentions (error, mentions);
}

static void
test_labels_differ (void)
{
  g_autoptr (SyntheticPair) fewer = synthetic_pair_new (5, 3);
  g_autoptr (SyntheticPair) none  = synthetic_pair_new (5, 3);

  synthetic_set (fewer->discriminator, "l_y/W", 0.1f, SHAPE (2, 2));
  assert_refused (fewer, "discriminator.npz");
  synthetic_remove (none->discriminator, "l_y/W");
  assert_refused (none, "discriminator.npz");
}

/* G of one size with D of another, which have other numbers of blocks. */
static void
test_sizes_differ (void)
{
  for (guint blocks = 4; blocks <= 7; blocks++)
    for (guint other = 4; other <= 7; other++)
      if (blocks != other)
        {
          g_autoptr (SyntheticPair) pair   = synthetic_pair_new (blocks, 3);
          g_autoptr (SyntheticPair) second = synthetic_pair_new (other, 3);
          GHashTable *first                = pair->discriminator;

          pair->discriminator   = second->discriminator;
          second->discriminator = first;
          assert_refused (pair, "discriminator.npz");
        }
}

static void
test_negative_variance (void)
{
  g_autoptr (SyntheticPair) pair = synthetic_pair_new (5, 3);

  synthetic_set (pair->generator, "block4/b2/avg_var", -0.1f, SHAPE (2));
  assert_refused (pair, "block4/b2/avg_var");
}

static void
test_swapped (void)
{
  g_autoptr (SyntheticPair) pair = synthetic_pair_new (5, 3);
  GHashTable *first              = pair->generator;

  pair->generator     = pair->discriminator;
  pair->discriminator = first;
  assert_refused (pair, "generator.npz");
}

/* A plain block must keep its channels, and the first one can't be plain. */
static void
test_missing_shortcut (void)
{
  g_autoptr (SyntheticPair) first = synthetic_pair_new (5, 3);
  g_autoptr (SyntheticPair) other = synthetic_pair_new (5, 3);

  synthetic_remove (first->discriminator, "block1/c_sc/W");
  assert_refused (first, "block1");

  synthetic_remove (other->discriminator, "block3/c_sc/W");
  synthetic_set (other->discriminator, "block3/c2/W", 0.1f, SHAPE (5, 2, 3, 3));
  synthetic_set (other->discriminator, "block3/c2/b", 0.1f, SHAPE (5));
  synthetic_set (other->discriminator, "block3/c2/u", 0.1f, SHAPE (1, 5));
  assert_refused (other, "block3");
}

static SyntheticPair *
pair_without (gboolean generator, const char *key)
{
  SyntheticPair *pair = synthetic_pair_new (4, 3);

  synthetic_remove (generator ? pair->generator : pair->discriminator, key);
  return pair;
}

/* Without a shortcut's weight a block is a plain one, and without its bias
 * the last layer is the 32-pixel one: both are right. */
static gboolean
may_be_missing (const char *key)
{
  return strcmp (key, "l5/b") == 0 || g_str_has_suffix (key, "c_sc/W");
}

static void
test_each_array_missing (void)
{
  g_autoptr (SyntheticPair) whole = synthetic_pair_new (4, 3);

  for (int generator = 0; generator < 2; generator++)
    {
      g_autofree gpointer *keys = g_hash_table_get_keys_as_array (generator ? whole->generator
                                                                            : whole->discriminator,
                                                                  NULL);

      for (guint i = 0; keys[i]; i++)
        if (generator || ! may_be_missing (keys[i]))
          {
            g_autoptr (SyntheticPair) pair = pair_without (generator, keys[i]);

            assert_refused (pair, ".npz");
          }
    }
}

/* Each array with an axis too many, one row too few, and with none at all. */
static void
test_each_array_of_wrong_shape (void)
{
  g_autoptr (SyntheticPair) whole = synthetic_pair_new (4, 3);

  for (int generator = 0; generator < 2; generator++)
    {
      GHashTable    *from = generator ? whole->generator : whole->discriminator;
      GHashTableIter iter;
      gpointer       key, value;

      g_hash_table_iter_init (&iter, from);
      while (g_hash_table_iter_next (&iter, &key, &value))
        for (int change = 0; change < 3; change++)
          {
            g_autoptr (SyntheticPair) pair            = synthetic_pair_new (4, 3);
            const DotArray *right                     = value;
            gsize           shape[DOT_ARRAY_MAX_DIMS] = {
              0,
            };
            guint n_dims = right->n_dims;

            memcpy (shape, right->shape, n_dims * sizeof (gsize));
            if (change == 0)
              shape[n_dims++] = 1;
            else if (change == 1)
              shape[0]--;
            else
              shape[0] = 0;
            synthetic_set (generator ? pair->generator : pair->discriminator, key, 0.1f, n_dims,
                           shape);
            assert_refused (pair, ".npz");
          }
    }
}

/* An absurd number of blocks ends somewhere. */
static void
test_many_blocks (void)
{
  g_autoptr (SyntheticPair) pair  = synthetic_pair_new (30, 1);
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_auto (Networks) networks      = {
    0,
  };

  synthetic_pair_write (pair, folder);
  g_assert_false (read_networks (&networks, folder, NULL));
  g_assert_cmpuint (networks.shape.image_size, <=, 4096);
}

static void
test_unknown_architecture (void)
{
  static const char *const names[] = { "nonsense", "", "SNGAN-projection", NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (dot_architecture_find (names[i], &error));
      assert_sentence (error, DOT_ERROR_NOT_FOUND);
      assert_mentions (error, "sngan-projection");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sngan/shipped", test_shipped);
  for (gsize i = 0; i < G_N_ELEMENTS (references); i++)
    {
      g_autofree char *name = g_strdup_printf ("/sngan/reference/%u", references[i].image_size);

      g_test_add_data_func (name, &references[i], test_reference);
    }
  g_test_add_func ("/sngan/synthetic", test_synthetic);
  g_test_add_func ("/sngan/batch-norm", test_batch_norm);
  g_test_add_func ("/sngan/refused/labels", test_labels_differ);
  g_test_add_func ("/sngan/refused/sizes", test_sizes_differ);
  g_test_add_func ("/sngan/refused/variance", test_negative_variance);
  g_test_add_func ("/sngan/refused/swapped", test_swapped);
  g_test_add_func ("/sngan/refused/shortcut", test_missing_shortcut);
  g_test_add_func ("/sngan/refused/missing", test_each_array_missing);
  g_test_add_func ("/sngan/refused/shape", test_each_array_of_wrong_shape);
  g_test_add_func ("/sngan/refused/many-blocks", test_many_blocks);
  g_test_add_func ("/sngan/refused/architecture", test_unknown_architecture);
  return g_test_run ();
}
