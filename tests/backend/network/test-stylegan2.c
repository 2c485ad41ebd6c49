/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* StyleGAN2's files, small ones that are made here, with and without classes,
 * with and without shortcuts: what they say of themselves, what becomes of them, and
 * what is refused.  What they compute is tested against the authors' own
 * (engine-parity). */

#include "format/npz.h"
#include "helpers.h"
#include "network/architecture-describe.h"

#include <glib/gstdio.h>

#define SIZE    16
#define LATENT  5
#define CLASSES 4
#define STYLE   6
#define LAYERS  2
#define WIDTH   8

/* How a file is made.
 * @labels: 0 without classes
 * @shortcuts: whether the discriminator's blocks have any
 * @inputs: of the mapping's first layer
 * @further: channels that the discriminator's last block takes beside its own
 * @score: rows of its last layer
 * @tap: one number of the filters, 1 / 64 if they are right
 * @colours: of a picture
 * @limit: 0 for none
 * @pictures: whether each block of the discriminator takes the picture */
typedef struct
{
  guint    labels;
  gboolean shortcuts;
  guint    inputs;
  guint    further;
  guint    score;
  float    tap;
  guint    colours;
  float    limit;
  gboolean pictures;
} Recipe;

static const Recipe conditional = {
  CLASSES, TRUE, LATENT + STYLE, 1, STYLE, 1.0f / 64.0f, 3, 2.5f
};
static const Recipe unconditional = { 0, FALSE, LATENT, 0, 1, 1.0f / 64.0f, 3 };

static void
add (DotNpzWriter *writer, const char *layer, const char *part, guint n_dims, const gsize *shape)
{
  g_autofree char  *name   = g_strconcat (layer, part, NULL);
  gsize             n      = 1;
  g_autofree float *values = NULL;

  for (guint i = 0; i < n_dims; i++)
    n *= shape[i];
  values = g_new (float, n);
  for (gsize i = 0; i < n; i++)
    values[i] = (float) g_test_rand_double_range (-0.5, 0.5);
  g_assert_true (dot_npz_writer_add (writer, name, values, n_dims, shape, NULL));
}

/* A number by itself. */
static void
add_number (DotNpzWriter *writer, const char *layer, const char *part, float number)
{
  g_autofree char *name = g_strconcat (layer, part, NULL);
  gsize            none = 0;

  g_assert_true (dot_npz_writer_add (writer, name, &number, 0, &none, NULL));
}

static void
add_filter (DotNpzWriter *writer, const Recipe *recipe, const char *layer)
{
  static const float taps[] = { 1.0f, 3.0f, 3.0f, 1.0f };
  g_autofree char   *name   = g_strconcat (layer, ".resample_filter", NULL);
  float              kernel[16];

  for (guint i = 0; i < 16; i++)
    kernel[i] = taps[i / 4] * taps[i % 4] / 64.0f;
  kernel[15] = recipe->tap;
  dot_npz_writer_add (writer, name, kernel, 2, (gsize[]) { 4, 4 }, NULL);
}

static void
add_linear (DotNpzWriter *writer, const char *layer, gsize out, gsize in)
{
  add (writer, layer, ".weight", 2, (gsize[]) { out, in });
  add (writer, layer, ".bias", 1, &out);
}

static void
add_mapping (DotNpzWriter *writer, const Recipe *recipe, gsize inputs)
{
  if (recipe->labels)
    add_linear (writer, "mapping.embed", STYLE, recipe->labels);
  for (guint i = 0; i < LAYERS; i++)
    {
      g_autofree char *layer = g_strdup_printf ("mapping.fc%u", i);

      add_linear (writer, layer, STYLE, i == 0 ? inputs : STYLE);
    }
}

static void
add_conv (DotNpzWriter *writer, const char *layer, gsize out, gsize in, gsize size, gboolean biased)
{
  add (writer, layer, ".weight", 4, (gsize[]) { out, in, size, size });
  if (biased)
    add (writer, layer, ".bias", 1, &out);
}

/*  the generator's  */

static void
add_styled (DotNpzWriter *writer, const Recipe *recipe, guint size, const char *part, gsize out)
{
  g_autofree char *layer   = g_strdup_printf ("synthesis.b%u.%s", size, part);
  g_autofree char *affine  = g_strconcat (layer, ".affine", NULL);
  gboolean         colours = strcmp (part, "torgb") == 0;
  gsize            side    = size;

  add_conv (writer, layer, out, WIDTH, colours ? 1 : 3, TRUE);
  add_linear (writer, affine, WIDTH, STYLE);
  if (colours)
    return;
  add_filter (writer, recipe, layer);
  add_number (writer, layer, ".noise_strength", 0.5f);
  add (writer, layer, ".noise_const", 2, (gsize[]) { side, side });
}

static void
write_generator (DotNpzWriter *writer, const Recipe *recipe)
{
  gsize style = STYLE;

  add_mapping (writer, recipe, recipe->inputs);
  add (writer, "mapping.w_avg", "", 1, &style);
  add (writer, "synthesis.b4.const", "", 3, (gsize[]) { WIDTH, 4, 4 });
  if (recipe->limit > 0.0f)
    add_number (writer, "synthesis.b4.conv1", ".conv_clamp", recipe->limit);
  for (guint size = 4; size <= SIZE; size *= 2)
    {
      g_autofree char *block = g_strdup_printf ("synthesis.b%u", size);

      add_filter (writer, recipe, block);
      if (size > 4)
        add_styled (writer, recipe, size, "conv0", WIDTH);
      add_styled (writer, recipe, size, "conv1", WIDTH);
      add_styled (writer, recipe, size, "torgb", recipe->colours);
    }
}

/*  the discriminator's  */

static void
add_block (DotNpzWriter *writer, const Recipe *recipe, guint size)
{
  g_autofree char *colours = g_strdup_printf ("b%u.fromrgb", size);
  g_autofree char *conv0   = g_strdup_printf ("b%u.conv0", size);
  g_autofree char *conv1   = g_strdup_printf ("b%u.conv1", size);
  g_autofree char *skip    = g_strdup_printf ("b%u.skip", size);

  if (size == SIZE || recipe->pictures)
    add_conv (writer, colours, WIDTH, recipe->colours, 1, TRUE);
  add_conv (writer, conv0, WIDTH, WIDTH, 3, TRUE);
  add_conv (writer, conv1, WIDTH, WIDTH, 3, TRUE);
  add_filter (writer, recipe, conv1);
  if (! recipe->shortcuts)
    return;
  add_conv (writer, skip, WIDTH, WIDTH, 1, FALSE);
  add_filter (writer, recipe, skip);
}

static void
write_discriminator (DotNpzWriter *writer, const Recipe *recipe)
{
  for (guint size = SIZE; size > 4; size /= 2)
    add_block (writer, recipe, size);
  if (recipe->labels)
    add_mapping (writer, recipe, STYLE);
  add_conv (writer, "b4.conv", WIDTH, WIDTH + recipe->further, 3, TRUE);
  if (recipe->limit > 0.0f)
    add_number (writer, "b4.conv", ".conv_clamp", recipe->limit);
  add_linear (writer, "b4.fc", WIDTH, 16 * WIDTH);
  add_linear (writer, "b4.out", recipe->score, WIDTH);
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
                 &dot_stylegan2);
  g_assert_cmpuint (shape.channels, ==, 3);
  g_assert_cmpuint (shape.image_size, ==, SIZE);
  g_assert_cmpuint (shape.latent_size, ==, is_generator ? LATENT : 0);
  g_assert_cmpuint (shape.n_labels, ==, recipe->labels);
  g_assert_cmpuint (shape.group, ==, is_generator ? 0 : 4);
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
read_weights (DotWeights *weights, const DotPairShape *shape, gboolean is_generator, GError **error)
{
  return is_generator
           ? dot_stylegan2.read_generator (weights, shape, DOT_FORM_INFERENCE, error)
           : dot_stylegan2.read_discriminator (weights, shape, DOT_FORM_INFERENCE, error);
}

static DotNetwork *
read_network (const Recipe *recipe, gboolean is_generator, GError **error)
{
  g_autoptr (DotWeights) weights = make (recipe, is_generator);
  DotPairShape shape             = { 3, SIZE, LATENT, recipe->labels };

  return read_weights (weights, &shape, is_generator, error);
}

static guint
count_kind (const DotNetwork *network, DotOpKind kind)
{
  guint n = 0;

  for (guint i = 0; i < network->n_ops; i++)
    n += network->ops[i].kind == kind;
  return n;
}

static const DotOp *
find_kind (const DotNetwork *network, DotOpKind kind)
{
  for (guint i = 0; i < network->n_ops; i++)
    if (network->ops[i].kind == kind)
      return &network->ops[i];
  return NULL;
}

/* Blocks of 4, 8 and 16 pixels: five layers, and three times the colours. */
static void
test_generator (gconstpointer data)
{
  const Recipe *recipe           = data;
  g_autoptr (GError) error       = NULL;
  g_autoptr (DotNetwork) network = read_network (recipe, TRUE, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (count_kind (network, DOT_OP_CONCAT), ==, recipe->labels ? 1 : 0);
  g_assert_cmpuint (count_kind (network, DOT_OP_DEMODULATE), ==, 1 + 5);
  g_assert_cmpuint (count_kind (network, DOT_OP_MODULATE), ==, 1 + 4 + 5 + 3);
  g_assert_cmpuint (count_kind (network, DOT_OP_NOISE), ==, 5);
  g_assert_cmpuint (count_kind (network, DOT_OP_CLAMP), ==, recipe->limit > 0.0f ? 5 + 3 : 0);
  g_assert_cmpuint (count_kind (network, DOT_OP_DECONV), ==, 2);
  g_assert_cmpuint (count_kind (network, DOT_OP_FIR_UP), ==, 2);
  g_assert_cmpuint (dot_network_get_output (network)->channels, ==, 3);
  g_assert_cmpuint (dot_network_get_output (network)->height, ==, SIZE);
}

static void
test_discriminator (gconstpointer data)
{
  const Recipe *recipe           = data;
  g_autoptr (GError) error       = NULL;
  g_autoptr (DotNetwork) network = read_network (recipe, FALSE, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (count_kind (network, DOT_OP_FIR_DOWN), ==, recipe->shortcuts ? 2 : 0);
  g_assert_cmpuint (count_kind (network, DOT_OP_ADD), ==, recipe->shortcuts ? 2 : 0);
  g_assert_cmpuint (count_kind (network, DOT_OP_CLAMP), ==, recipe->limit > 0.0f ? 1 + 4 + 1 : 0);
  g_assert_cmpuint (count_kind (network, DOT_OP_CONCAT), ==, recipe->further);
  g_assert_cmpuint (dot_network_get_output (network)->kind, ==,
                    recipe->labels ? DOT_OP_PROJECT : DOT_OP_LINEAR);
  g_assert_cmpuint (dot_network_get_output (network)->channels, ==, 1);
}

/* What the model says of a batch is what the discriminator is told. */
static void
test_deviation (void)
{
  static const double told[] = { 0.0, 0.25 };

  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    {
      g_autoptr (GError) error       = NULL;
      g_autoptr (DotWeights) weights = make (&conditional, FALSE);
      DotPairShape shape             = { 3, SIZE, LATENT, CLASSES, .deviation = told[i] };
      g_autoptr (DotNetwork) network = read_weights (weights, &shape, FALSE, &error);
      const DotArray *further        = NULL;

      g_assert_no_error (error);
      further = find_kind (network, DOT_OP_CONCAT)->weight;
      g_assert_cmpuint (further->n_items, ==, CLASSES);
      for (guint y = 0; y < CLASSES; y++)
        g_assert_cmpfloat (further->data[y], ==, told[i] > 0.0 ? 0.25f : 1e-4f);
    }
}

/* The last layer's scales, of w' = w̄ + ψ (w − w̄). */
static const DotOp *
find_last_scales (const DotNetwork *network)
{
  const DotOp *last = NULL;

  for (guint i = 0; i < network->n_ops; i++)
    if (network->ops[i].kind == DOT_OP_LINEAR)
      last = &network->ops[i];
  return last;
}

static void
test_psi (void)
{
  const double psi               = 0.5;
  gsize        length            = STYLE;
  g_autoptr (GError) error       = NULL;
  g_autoptr (DotWeights) weights = make (&unconditional, TRUE);
  g_autoptr (DotArray) mean      = dot_weights_read (weights, "mapping.w_avg", 1, &length, &error);
  DotPairShape shape             = { 3, SIZE, LATENT };
  g_autoptr (DotNetwork) whole   = read_weights (weights, &shape, TRUE, &error);
  g_autoptr (DotNetwork) half    = NULL;
  const DotOp *a, *b;

  shape.psi = psi;
  half      = read_weights (weights, &shape, TRUE, &error);
  g_assert_no_error (error);
  a = find_last_scales (whole);
  b = find_last_scales (half);
  for (gsize c = 0; c < WIDTH; c++)
    {
      double at_mean = a->bias->data[c];
      double moved   = b->bias->data[c];

      for (gsize i = 0; i < STYLE; i++)
        {
          g_assert_cmpfloat_with_epsilon (b->weight->data[c * STYLE + i],
                                          psi * a->weight->data[c * STYLE + i], 1e-7);
          at_mean += a->weight->data[c * STYLE + i] * mean->data[i];
          moved += b->weight->data[c * STYLE + i] * mean->data[i];
        }
      g_assert_cmpfloat_with_epsilon (at_mean, moved, 1e-6);
    }
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
  Recipe filter   = conditional;
  Recipe colours  = conditional;
  Recipe further  = conditional;
  Recipe score    = unconditional;
  Recipe pictures = conditional;

  filter.tap        = 3.0f / 64.0f;
  colours.colours   = 4;
  further.further   = 2;
  score.score       = 2;
  pictures.pictures = TRUE;
  assert_refused (&filter, TRUE, "resample_filter");
  assert_refused (&filter, FALSE, "resample_filter");
  assert_refused (&colours, TRUE, "torgb");
  assert_refused (&further, FALSE, "b4.conv");
  assert_refused (&score, FALSE, "b4.out");
  assert_refused (&pictures, FALSE, "b16.fromrgb");
}

/* A generator whose first layer is as long as the class's embedding. */
static void
test_no_latent (void)
{
  g_autoptr (GError) error       = NULL;
  Recipe       recipe            = conditional;
  DotPairShape shape             = { 0 };
  g_autoptr (DotWeights) weights = NULL;

  recipe.inputs = STYLE;
  weights       = make (&recipe, TRUE);
  g_assert_false (dot_stylegan2.describe_generator (weights, &shape, &error));
  assert_sentence (error, DOT_ERROR_INVALID_FILE);
  assert_mentions (error, "mapping.fc0");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/stylegan2/shapes", test_shapes);
  g_test_add_data_func ("/stylegan2/generator/with-classes", &conditional, test_generator);
  g_test_add_data_func ("/stylegan2/generator/without", &unconditional, test_generator);
  g_test_add_data_func ("/stylegan2/discriminator/with-classes", &conditional, test_discriminator);
  g_test_add_data_func ("/stylegan2/discriminator/without", &unconditional, test_discriminator);
  g_test_add_func ("/stylegan2/deviation", test_deviation);
  g_test_add_func ("/stylegan2/psi", test_psi);
  g_test_add_func ("/stylegan2/refused", test_refused);
  g_test_add_func ("/stylegan2/no-latent", test_no_latent);
  return g_test_run ();
}
