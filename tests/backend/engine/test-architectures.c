/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The paper's other architectures, self-attention included, of small random
 * weights: read, computed by the engine in double, and held against the
 * plain reference; and the authors' trained nets of the plane. */

#include "network/architecture-describe.h"
#include "engine/engine.h"
#include "format/npz.h"
#include "helpers.h"
#include "plain-network.h"

#include <math.h>

#define LATENT 8

static void
add_array (DotNpzWriter *writer,
           const char   *layer,
           const char   *name,
           guint         n_dims,
           const gsize  *shape)
{
  g_autofree char  *key    = g_strdup_printf ("%s/%s", layer, name);
  g_autofree float *values = NULL;
  gsize             n      = 1;

  for (guint i = 0; i < n_dims; i++)
    n *= shape[i];
  values = g_new (float, n);
  for (gsize i = 0; i < n; i++)
    values[i] = (float) (g_str_equal (name, "avg_var") ? g_test_rand_double_range (0.5, 1.5)
                                                       : g_test_rand_double_range (-0.5, 0.5));
  g_assert_true (dot_npz_writer_add (writer, key, values, n_dims, shape, NULL));
}

static void
add_conv (DotNpzWriter *writer, const char *layer, gsize a, gsize b, gsize size, gsize bias)
{
  add_array (writer, layer, "W", 4, (gsize[]) { a, b, size, size });
  add_array (writer, layer, "b", 1, &bias);
}

static void
add_linear (DotNpzWriter *writer, const char *layer, gsize out, gsize in)
{
  add_array (writer, layer, "W", 2, (gsize[]) { out, in });
  add_array (writer, layer, "b", 1, &out);
}

static void
add_batch_norm (DotNpzWriter *writer, const char *layer, gsize channels)
{
  static const char *const names[] = { "gamma", "beta", "avg_mean", "avg_var" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    add_array (writer, layer, names[i], 1, &channels);
}

static void
add_attention (DotNpzWriter *writer, gsize channels)
{
  gsize one = 1;

  add_conv (writer, "sa1/query_conv", channels / 8, channels, 1, channels / 8);
  add_conv (writer, "sa1/key_conv", channels / 8, channels, 1, channels / 8);
  add_conv (writer, "sa1/value_conv", channels, channels, 1, channels);
  add_array (writer, "sa1", "gamma", 1, &one);
}

/* ch 32, so that the layer with attention has 8 channels. */
static void
write_dcgan_generator (DotNpzWriter *writer)
{
  add_linear (writer, "l0", 512, LATENT);
  add_batch_norm (writer, "bn0", 512);
  add_conv (writer, "dc1", 32, 16, 4, 16);
  add_batch_norm (writer, "bn1", 16);
  add_conv (writer, "dc2", 16, 8, 4, 8);
  add_batch_norm (writer, "bn2", 8);
  add_attention (writer, 8);
  add_conv (writer, "dc3", 8, 4, 4, 4);
  add_batch_norm (writer, "bn3", 4);
  add_conv (writer, "dc4", 4, 3, 3, 3);
}

static void
write_dcgan_critic (DotNpzWriter *writer)
{
  add_conv (writer, "c0_0", 4, 3, 3, 4);
  add_conv (writer, "c0_1", 8, 4, 4, 8);
  add_attention (writer, 8);
  add_conv (writer, "c1_0", 8, 8, 3, 8);
  add_conv (writer, "c1_1", 16, 8, 4, 16);
  add_conv (writer, "c2_0", 16, 16, 3, 16);
  add_conv (writer, "c2_1", 32, 16, 4, 32);
  add_conv (writer, "c3_0", 32, 32, 3, 32);
  add_linear (writer, "l4", 1, 512);
}

static void
write_resnet_generator (DotNpzWriter *writer)
{
  add_linear (writer, "l0", 8 * 16, LATENT);
  for (int i = 0; i < 3; i++)
    {
      g_autofree char *bn0 = g_strdup_printf ("r%d/bn0", i);
      g_autofree char *bn1 = g_strdup_printf ("r%d/bn1", i);
      g_autofree char *c0  = g_strdup_printf ("r%d/c0", i);
      g_autofree char *c1  = g_strdup_printf ("r%d/c1", i);
      g_autofree char *cs  = g_strdup_printf ("r%d/cs", i);

      add_batch_norm (writer, bn0, 8);
      add_conv (writer, c0, 8, 8, 3, 8);
      add_batch_norm (writer, bn1, 8);
      add_conv (writer, c1, 8, 8, 3, 8);
      add_conv (writer, cs, 8, 8, 3, 8);
    }
  add_attention (writer, 8);
  add_batch_norm (writer, "bn2", 8);
  add_conv (writer, "c3", 3, 8, 3, 3);
}

static void
write_resnet_critic (DotNpzWriter *writer)
{
  add_conv (writer, "r0/c0", 8, 3, 3, 8);
  add_conv (writer, "r0/c1", 8, 8, 4, 8);
  add_conv (writer, "r0/cs", 8, 3, 4, 8);
  add_conv (writer, "r1/c0", 8, 8, 3, 8);
  add_conv (writer, "r1/c1", 8, 8, 4, 8);
  add_conv (writer, "r1/cs", 8, 8, 4, 8);
  add_conv (writer, "r2/c0", 8, 8, 3, 8);
  add_conv (writer, "r2/c1", 8, 8, 3, 8);
  add_conv (writer, "r3/c0", 8, 8, 3, 8);
  add_conv (writer, "r3/c1", 8, 8, 3, 8);
  add_attention (writer, 8);
  add_linear (writer, "l4", 1, 8 * 64);
}

static void
add_projected_head (DotNpzWriter *writer, guint number, guint convs, gsize size)
{
  for (guint i = 0; i < convs; i++)
    {
      g_autofree char *conv = g_strdup_printf ("head%u/c%u", number, i);
      g_autofree char *norm = g_strdup_printf ("head%u/b%u", number, i);

      add_conv (writer, conv, 3, i == 0 ? 4 : 3, size, 3);
      add_array (writer, conv, "u", 2, (gsize[]) { 1, 3 });
      add_batch_norm (writer, norm, 3);
    }
}

static void
write_projected (DotNpzWriter *writer)
{
  gsize n_maps = 4;

  add_conv (writer, "features/conv1", 4, 3, 3, 4);
  for (guint i = 2; i <= 9; i++)
    {
      g_autofree char *squeeze = g_strdup_printf ("features/fire%u/squeeze", i);
      g_autofree char *expand1 = g_strdup_printf ("features/fire%u/expand1", i);
      g_autofree char *expand3 = g_strdup_printf ("features/fire%u/expand3", i);

      add_conv (writer, squeeze, 4, i == 2 ? 4 : 5, 1, 4);
      add_conv (writer, expand1, 2, 4, 1, 2);
      add_conv (writer, expand3, 3, 4, 3, 3);
    }
  add_array (writer, "mix", "scale", 1, &n_maps);
  for (guint i = 0; i < n_maps; i++)
    {
      g_autofree char *ccm = g_strdup_printf ("ccm%u", i);
      g_autofree char *csm = g_strdup_printf ("csm%u", i);
      g_autofree char *out = g_strdup_printf ("head%u/out", i);

      add_array (writer, "mix", ccm, 4, (gsize[]) { 4, 5, 1, 1 });
      add_array (writer, "mix", csm, 4, (gsize[]) { 4, 4, 3, 3 });
      add_projected_head (writer, i, i == 0 ? 2 : 1, i < 2 ? 4 : 3);
      add_conv (writer, out, 1, 3, 3, 1);
      add_array (writer, out, "u", 2, (gsize[]) { 1, 1 });
    }
}

static char *
write_file (const char *folder, const char *name, void (*write) (DotNpzWriter *))
{
  char *path                      = g_build_filename (folder, name, NULL);
  g_autoptr (DotNpzWriter) writer = dot_npz_writer_new (path, NULL);

  write (writer);
  g_assert_true (dot_npz_writer_close (writer, NULL));
  return path;
}

/* Of the native engine: DOT_REFINE_TEST_DEVICE=cuda takes a GPU. */
static DotDevice native_device = DOT_DEVICE_CPU;

/* An engine's answers for one latent against the reference's. */
static void
compare_engine (const DotNetwork *generator,
                const DotNetwork *discriminator,
                DotEngine         engine_kind,
                DotPrecision      precision,
                const double     *latent,
                double            image_bound,
                double            score_bound)
{
  g_autoptr (GError) error     = NULL;
  DotDevice             device = engine_kind == DOT_ENGINE_NATIVE ? native_device : DOT_DEVICE_CPU;
  const DotEngineClass *klass  = dot_engine_load (engine_kind, device, &error);
  const DotOp          *output = dot_network_get_output (generator);
  gsize                 n      = (gsize) output->channels * output->height * output->width;
  g_autofree float     *images = g_new (float, n);
  g_autofree double    *image  = reference_forward (generator, latent, 0);
  g_autofree double    *score  = reference_forward (discriminator, image, 0);
  guint                 label  = 0;
  double                found;
  gpointer              engine;

  g_assert_no_error (error);
  engine = klass->create (generator, discriminator, device, precision, &error);
  g_assert_no_error (error);
  klass->score (engine, latent, &label, 1, &found, NULL, images, &error);
  g_assert_no_error (error);

  for (gsize i = 0; i < n; i++)
    g_assert_cmpfloat_with_epsilon (images[i], image[i], image_bound);
  g_assert_cmpfloat_with_epsilon (found, *score, score_bound * MAX (1, fabs (*score)));
  klass->destroy (engine);
}

static void
compare (const DotNetwork *generator, const DotNetwork *discriminator)
{
  g_autofree double *latent = g_new (double, generator->channels);

  for (guint i = 0; i < generator->channels; i++)
    latent[i] = g_test_rand_double_range (-1.0, 1.0);
  compare_engine (generator, discriminator, DOT_ENGINE_TORCH, DOT_PRECISION_FLOAT64, latent, 1e-6,
                  1e-10);
  compare_engine (generator, discriminator, DOT_ENGINE_NATIVE, DOT_PRECISION_FLOAT32, latent, 1e-5,
                  1e-5);
}

static guint
count (const DotNetwork *network, DotOpKind kind)
{
  guint n = 0;

  for (guint i = 0; i < network->n_ops; i++)
    n += network->ops[i].kind == kind;
  return n;
}

static void
read_and_compare (const DotArchitecture *g_architecture,
                  const DotArchitecture *d_architecture,
                  const char            *generator,
                  const char            *discriminator,
                  guint                  image_size,
                  guint                  g_attentions,
                  guint                  d_attentions)
{
  g_autoptr (GError) error     = NULL;
  g_autoptr (DotWeights) g_npz = dot_weights_open (generator, &error);
  g_autoptr (DotWeights) d_npz = dot_weights_open (discriminator, &error);
  g_autoptr (DotNetwork) g     = NULL;
  g_autoptr (DotNetwork) d     = NULL;
  DotPairShape shape;

  g_assert_true (
    dot_architecture_describe_pair (g_architecture, g_npz, d_architecture, d_npz, &shape, &error));
  g = g_architecture->read_generator (g_npz, &shape, DOT_FORM_INFERENCE, &error);
  g_assert_no_error (error);
  d = d_architecture->read_discriminator (d_npz, &shape, DOT_FORM_INFERENCE, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (shape.image_size, ==, image_size);
  g_assert_cmpuint (count (g, DOT_OP_ATTENTION), ==, g_attentions);
  g_assert_cmpuint (count (d, DOT_OP_ATTENTION), ==, d_attentions);
  compare (g, d);
}

static void
test_attention (const DotArchitecture *architecture,
                void (*write_generator) (DotNpzWriter *),
                void (*write_critic) (DotNpzWriter *))
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *g              = write_file (folder, "g.npz", write_generator);
  g_autofree char *d              = write_file (folder, "d.npz", write_critic);

  read_and_compare (architecture, architecture, g, d, 32, 1, 1);
}

static void
test_attention_dcgan (void)
{
  test_attention (&dot_sn_dcgan, write_dcgan_generator, write_dcgan_critic);
}

static void
test_attention_resnet (void)
{
  test_attention (&dot_sn_resnet, write_resnet_generator, write_resnet_critic);
}

/* A projected discriminator looks at pictures of any size and of any
 * generator. */
static void
test_projected (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *g              = write_file (folder, "g.npz", write_resnet_generator);
  g_autofree char *d              = write_file (folder, "d.npz", write_projected);

  read_and_compare (&dot_sn_resnet, &dot_projected, g, d, 32, 1, 0);
}

/* Without its query the attention is no attention. */
static void
write_damaged (DotNpzWriter *writer)
{
  gsize one = 1;

  add_linear (writer, "l0", 512, LATENT);
  add_batch_norm (writer, "bn0", 512);
  add_conv (writer, "dc1", 32, 16, 4, 16);
  add_batch_norm (writer, "bn1", 16);
  add_conv (writer, "dc2", 16, 8, 4, 8);
  add_batch_norm (writer, "bn2", 8);
  add_array (writer, "sa1", "gamma", 1, &one);
}

static void
test_damaged_attention (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *path           = write_file (folder, "g.npz", write_damaged);
  g_autoptr (GError) error        = NULL;
  g_autoptr (DotWeights) npz      = dot_weights_open (path, &error);
  g_autoptr (DotNetwork) g        = NULL;
  DotPairShape shape              = { 3, 32, LATENT, 0 };

  g = dot_sn_dcgan.read_generator (npz, &shape, DOT_FORM_INFERENCE, &error);
  g_assert_null (g);
  g_assert_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE);
  g_assert_nonnull (strstr (error->message, "sa1/query_conv"));
}

static void
test_plane (gconstpointer data)
{
  const char      *name = data;
  g_autofree char *g    = g_strdup_printf (SHARED_DIR "/reference/toy-2d/%s-generator.npz", name);
  g_autofree char *d = g_strdup_printf (SHARED_DIR "/reference/toy-2d/%s-discriminator.npz", name);

  if (g_file_test (g, G_FILE_TEST_EXISTS))
    read_and_compare (&dot_mlp, &dot_mlp, g, d, 1, 0, 0);
  else
    g_test_skip ("the reference pairs are not beside the checkout");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (g_strcmp0 (g_getenv ("DOT_REFINE_TEST_DEVICE"), "cuda") == 0)
    native_device = DOT_DEVICE_CUDA;
  g_test_add_func ("/architectures/attention-dcgan", test_attention_dcgan);
  g_test_add_func ("/architectures/attention-resnet", test_attention_resnet);
  g_test_add_func ("/architectures/projected", test_projected);
  g_test_add_func ("/architectures/damaged-attention", test_damaged_attention);
  g_test_add_data_func ("/architectures/plane-25gaussians", "25gaussians", test_plane);
  g_test_add_data_func ("/architectures/plane-swissroll", "swissroll", test_plane);
  return g_test_run ();
}
