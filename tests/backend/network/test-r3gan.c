/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* R3GAN's files, small ones that are made here, with and without classes: what
 * they say of themselves, what becomes of them, and what is refused.  What they
 * compute is tested against the authors' own (engine-parity). */

#include "format/npz.h"
#include "helpers.h"
#include "network/architecture-describe.h"

#include <glib/gstdio.h>

#define STAGES    3
#define LATENT    5
#define CLASSES   4
#define EMBEDDING 3

/* How a file is made.
 * @labels: 0 without classes
 * @group: inputs of each group
 * @inputs: of the generator's first linear layer
 * @tap: one number of the filters, 1 / 64 if they are right
 * @score: rows of the discriminator's last layer */
typedef struct
{
  guint labels;
  guint group;
  guint inputs;
  float tap;
  guint score;
} Recipe;

static const Recipe conditional   = { CLASSES, 2, LATENT + EMBEDDING, 1.0f / 64.0f, EMBEDDING };
static const Recipe unconditional = { 0, 2, LATENT, 1.0f / 64.0f, 1 };

/* Of the 4×4 stage, and of the others. */
static guint
width_of (guint depth)
{
  return depth == 0 ? 8 : 4;
}

static void
add (DotNpzWriter *writer, const char *name, guint n_dims, const gsize *shape)
{
  gsize             n      = 1;
  g_autofree float *values = NULL;

  for (guint i = 0; i < n_dims; i++)
    n *= shape[i];
  values = g_new (float, n);
  for (gsize i = 0; i < n; i++)
    values[i] = (float) g_test_rand_double_range (-0.5, 0.5);
  g_assert_true (dot_npz_writer_add (writer, name, values, n_dims, shape, NULL));
}

static void
add_part (DotNpzWriter *writer,
          guint         stage,
          guint         layer,
          const char   *part,
          guint         n_dims,
          const gsize  *shape)
{
  g_autofree char *name = g_strdup_printf ("Model.MainLayers.%u.Layers.%u.%s", stage, layer, part);

  add (writer, name, n_dims, shape);
}

static void
add_block (DotNpzWriter *writer, const Recipe *recipe, guint stage, guint layer, gsize width)
{
  gsize wide = 2 * width;

  add_part (writer, stage, layer, "LinearLayer1.Layer.weight", 4, (gsize[]) { wide, width, 1, 1 });
  add_part (writer, stage, layer, "LinearLayer2.Layer.weight", 4,
            (gsize[]) { wide, recipe->group, 3, 3 });
  add_part (writer, stage, layer, "LinearLayer3.Layer.weight", 4, (gsize[]) { width, wide, 1, 1 });
  add_part (writer, stage, layer, "NonLinearity1.Bias", 1, &wide);
  add_part (writer, stage, layer, "NonLinearity2.Bias", 1, &wide);
}

/* Between two stages: the filter, and another width where it is another. */
static void
add_step (DotNpzWriter *writer,
          const Recipe *recipe,
          guint         stage,
          guint         layer,
          gsize         from,
          gsize         to)
{
  static const float taps[] = { 1.0f, 3.0f, 3.0f, 1.0f };
  g_autofree char *name = g_strdup_printf ("Model.MainLayers.%u.Layers.%u.Resampler.Kernel", stage,
                                           layer);
  float            kernel[16];

  for (guint i = 0; i < 16; i++)
    kernel[i] = taps[i / 4] * taps[i % 4] / 64.0f;
  kernel[15] = recipe->tap;
  dot_npz_writer_add (writer, name, kernel, 2, (gsize[]) { 4, 4 }, NULL);
  if (from != to)
    add_part (writer, stage, layer, "LinearLayer.Layer.weight", 4, (gsize[]) { to, from, 1, 1 });
}

static void
write_generator (DotNpzWriter *writer, const Recipe *recipe)
{
  gsize width = width_of (0);

  add_part (writer, 0, 0, "Basis", 3, (gsize[]) { width, 4, 4 });
  add_part (writer, 0, 0, "LinearLayer.weight", 2, (gsize[]) { width, recipe->inputs });
  for (guint stage = 0; stage < STAGES; stage++)
    {
      if (stage > 0)
        add_step (writer, recipe, stage, 0, width_of (stage - 1), width_of (stage));
      add_block (writer, recipe, stage, 1, width_of (stage));
      add_block (writer, recipe, stage, 2, width_of (stage));
    }
  add (writer, "Model.AggregationLayer.Layer.weight", 4,
       (gsize[]) { 3, width_of (STAGES - 1), 1, 1 });
  if (recipe->labels)
    add (writer, "Model.EmbeddingLayer.weight", 2, (gsize[]) { EMBEDDING, recipe->labels });
}

static void
write_discriminator (DotNpzWriter *writer, const Recipe *recipe)
{
  gsize width = width_of (0);

  add (writer, "Model.ExtractionLayer.Layer.weight", 4,
       (gsize[]) { width_of (STAGES - 1), 3, 1, 1 });
  for (guint stage = 0; stage < STAGES; stage++)
    {
      guint depth = STAGES - 1 - stage;

      add_block (writer, recipe, stage, 0, width_of (depth));
      add_block (writer, recipe, stage, 1, width_of (depth));
      if (depth > 0)
        add_step (writer, recipe, stage, 2, width_of (depth), width_of (depth - 1));
    }
  add_part (writer, STAGES - 1, 2, "Basis.weight", 4, (gsize[]) { width, 1, 4, 4 });
  add_part (writer, STAGES - 1, 2, "LinearLayer.weight", 2, (gsize[]) { recipe->score, width });
  if (recipe->labels)
    add (writer, "Model.EmbeddingLayer.weight", 2, (gsize[]) { EMBEDDING, recipe->labels });
}

static DotWeights *
make (const Recipe *recipe, gboolean is_generator)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path    = NULL;
  int              handle  = g_file_open_tmp ("XXXXXX.npz", &path, NULL);
  DotNpzWriter    *writer  = dot_npz_writer_new (path, NULL);
  DotWeights      *weights;

  g_close (handle, NULL);
  if (is_generator)
    write_generator (writer, recipe);
  else
    write_discriminator (writer, recipe);
  g_assert_true (dot_npz_writer_close (writer, NULL));
  dot_npz_writer_free (writer);
  weights = dot_weights_open (path, &error);
  g_assert_no_error (error);
  g_unlink (path);
  return weights;
}

/*  what they say  */

static void
assert_shape (const Recipe *recipe, gboolean is_generator)
{
  g_autoptr (DotWeights) weights = make (recipe, is_generator);
  DotPairShape shape;

  g_assert_true (dot_architecture_describe_find (weights, is_generator, &shape, NULL) ==
                 &dot_r3gan);
  g_assert_cmpuint (shape.channels, ==, 3);
  g_assert_cmpuint (shape.image_size, ==, 16);
  g_assert_cmpuint (shape.latent_size, ==, is_generator ? LATENT : 0);
  g_assert_cmpuint (shape.n_labels, ==, recipe->labels);
  g_assert_null (dot_architecture_describe_find (weights, ! is_generator, &shape, NULL));
}

static void
test_shapes (void)
{
  for (guint is_generator = 0; is_generator < 2; is_generator++)
    {
      assert_shape (&conditional, is_generator);
      assert_shape (&unconditional, is_generator);
    }
}

static DotNetwork *
read_network (const Recipe *recipe, gboolean is_generator, GError **error)
{
  g_autoptr (DotWeights) weights = make (recipe, is_generator);
  DotPairShape shape             = { 3, 16, LATENT, recipe->labels };

  return is_generator ? dot_r3gan.read_generator (weights, &shape, DOT_FORM_INFERENCE, error)
                      : dot_r3gan.read_discriminator (weights, &shape, DOT_FORM_INFERENCE, error);
}

static guint
count_kind (const DotNetwork *network, DotOpKind kind)
{
  guint n = 0;

  for (guint i = 0; i < network->n_ops; i++)
    n += network->ops[i].kind == kind;
  return n;
}

static void
assert_networks (const Recipe *recipe, DotOpKind last)
{
  g_autoptr (GError) error             = NULL;
  g_autoptr (DotNetwork) generator     = read_network (recipe, TRUE, &error);
  g_autoptr (DotNetwork) discriminator = read_network (recipe, FALSE, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (count_kind (generator, DOT_OP_LINEAR), ==, 1);
  g_assert_cmpuint (count_kind (generator, DOT_OP_CONCAT), ==, recipe->labels ? 1 : 0);
  g_assert_cmpuint (count_kind (generator, DOT_OP_FIR_UP), ==, STAGES - 1);
  g_assert_cmpuint (count_kind (generator, DOT_OP_ADD), ==, 2 * STAGES);
  g_assert_cmpuint (count_kind (generator, DOT_OP_TANH), ==, 0);
  g_assert_cmpuint (dot_network_get_output (generator)->channels, ==, 3);
  g_assert_cmpuint (dot_network_get_output (generator)->height, ==, 16);

  g_assert_cmpuint (count_kind (discriminator, DOT_OP_FIR_DOWN), ==, STAGES - 1);
  g_assert_cmpuint (count_kind (discriminator, DOT_OP_LINEAR), ==, 1);
  g_assert_cmpuint (dot_network_get_output (discriminator)->kind, ==, last);
  g_assert_cmpuint (dot_network_get_output (discriminator)->channels, ==, 1);
}

static void
test_networks (void)
{
  assert_networks (&conditional, DOT_OP_PROJECT);
  assert_networks (&unconditional, DOT_OP_LINEAR);
}

/*  what is refused  */

static void
assert_refused (const Recipe *recipe, gboolean is_generator, const char *layer)
{
  g_autoptr (GError) error       = NULL;
  g_autoptr (DotNetwork) network = read_network (recipe, is_generator, &error);

  g_assert_null (network);
  assert_sentence (error, DOT_ERROR_INVALID_FILE);
  assert_mentions (error, layer);
}

static void
test_refused (void)
{
  Recipe filter = conditional;
  Recipe groups = conditional;
  Recipe score  = unconditional;

  filter.tap   = 3.0f / 64.0f;
  groups.group = 3;
  score.score  = 2;
  for (guint is_generator = 0; is_generator < 2; is_generator++)
    {
      assert_refused (&filter, is_generator, "Resampler.Kernel");
      assert_refused (&groups, is_generator, "LinearLayer2.Layer");
    }
  assert_refused (&score, FALSE, "Model.MainLayers.2.Layers.2.LinearLayer");
}

/* A generator whose first layer is as long as the class's embedding. */
static void
test_no_latent (void)
{
  g_autoptr (GError) error       = NULL;
  Recipe       recipe            = conditional;
  DotPairShape shape             = { 0 };
  g_autoptr (DotWeights) weights = NULL;

  recipe.inputs = EMBEDDING;
  weights       = make (&recipe, TRUE);
  g_assert_false (dot_r3gan.describe_generator (weights, &shape, &error));
  assert_sentence (error, DOT_ERROR_INVALID_FILE);
  assert_mentions (error, "Model.MainLayers.0.Layers.0.LinearLayer");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/r3gan/shapes", test_shapes);
  g_test_add_func ("/r3gan/networks", test_networks);
  g_test_add_func ("/r3gan/refused", test_refused);
  g_test_add_func ("/r3gan/no-latent", test_no_latent);
  return g_test_run ();
}
