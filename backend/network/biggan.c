/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* BigGAN (Brock, Donahue and Simonyan, "Large scale GAN training for high
 * fidelity natural image synthesis", ICLR 2019), 32 to 256 pixels, in the names
 * of BigGAN-PyTorch's files, which deep-generative-prior has, too, and in those
 * of mmgeneration's.  How many blocks and channels there are is read from the
 * file.
 *
 * Each block of the generator has a part of the latent of its own, a chunk,
 * which with the class's embedding says how its batch norms scale and shift.
 * The linear operations on chunks are written down as ones on the whole latent,
 * zero elsewhere. */

#include "architecture.h"

#include "builder.h"

#include "base/intl.h"

#include <math.h>
#include <string.h>

#define EPSILON    1e-5
#define FIRST_SIZE 4
#define MAX_BLOCKS 8

/**
 * Dialect:
 * @shared, @linear: of the generator: the classes' embedding, and what makes the
 *   first pixels
 * @score, @embed: of the discriminator's end
 * @block, @inner, @attention: before and behind the number of a block, and of
 *   what may follow it
 * @shortcut: a convolution
 * @conv: behind a convolution's name
 * @norm: behind a batch norm's name, before its statistics
 * @last_norm, @last_conv: of the generator's end
 * @gain, @mean, @variance: of a batch norm
 * @counted: whether attention is a block with a number of its own
 * @in_place: whether the discriminator's shortcuts see what the relu before the
 *   branch has made
 * @bgr: whether blue is the first colour
 *
 * What the authors of a file call its arrays, and where their networks differ.
 */
typedef struct
{
  const char *shared;
  const char *linear;
  const char *score;
  const char *embed;
  const char *block;
  const char *inner;
  const char *attention;
  const char *shortcut;
  const char *conv;
  const char *norm;
  const char *last_norm;
  const char *last_conv;
  const char *gain;
  const char *mean;
  const char *variance;
  gboolean    counted;
  gboolean    in_place;
  gboolean    bgr;
} Dialect;

static const Dialect dialects[] = {
  { .shared    = "shared",
    .linear    = "linear",
    .score     = "linear",
    .embed     = "embed",
    .block     = "blocks.",
    .inner     = ".0",
    .attention = ".1",
    .shortcut  = "conv_sc",
    .conv      = "",
    .norm      = "",
    .last_norm = "output_layer.0",
    .last_conv = "output_layer.2",
    .gain      = ".gain",
    .mean      = ".stored_mean",
    .variance  = ".stored_var" },
  { .shared    = "shared_embedding",
    .linear    = "noise2feat",
    .score     = "decision",
    .embed     = "proj_y",
    .block     = "conv_blocks.",
    .inner     = "",
    .attention = "",
    .shortcut  = "shortcut",
    .conv      = ".conv",
    .norm      = ".bn",
    .last_norm = "output_layer.bn",
    .last_conv = "output_layer.conv",
    .gain      = ".weight",
    .mean      = ".running_mean",
    .variance  = ".running_var",
    .counted   = TRUE,
    .in_place  = TRUE,
    .bgr       = TRUE },
};

/*  names  */

/* The one whose block 0 is there; else the first, whose names are then
 * missed. */
static const Dialect *
find_dialect (DotWeights *weights)
{
  for (gsize i = 0; i < G_N_ELEMENTS (dialects); i++)
    {
      const Dialect   *dialect = &dialects[i];
      g_autofree char *key     = g_strdup_printf ("%s0%s.conv1%s.weight", dialect->block,
                                                  dialect->inner, dialect->conv);

      if (dot_weights_has (weights, key))
        return dialect;
    }
  return &dialects[0];
}

/* Goes through a file's blocks.
 * @index: of a block
 * @number: of its name
 * @attention: (nullable): what follows it */
typedef struct
{
  const Dialect *dialect;
  DotWeights    *weights;
  guint          index;
  guint          number;
  char          *block;
  char          *attention;
} Walk;

static void
walk_clear (Walk *walk)
{
  g_free (walk->block);
  g_free (walk->attention);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Walk, walk_clear)

static char *
name_part (const Walk *walk, const char *part, const char *suffix)
{
  return g_strdup_printf ("%s.%s%s", walk->block, part, suffix);
}

static gboolean
has_layer (DotWeights *weights, const char *layer, const char *name)
{
  g_autofree char *key = g_strconcat (layer, name, NULL);

  return dot_weights_has (weights, key);
}

/* Finds what is called by the walk's number.
 * Returns: %FALSE behind the last block */
static gboolean
walk_find (Walk *walk)
{
  const Dialect   *dialect   = walk->dialect;
  guint            follower  = walk->number + (dialect->counted ? 1 : 0);
  g_autofree char *conv      = NULL;
  g_autofree char *attention = g_strdup_printf ("%s%u%s", dialect->block, follower,
                                                dialect->attention);

  walk_clear (walk);
  walk->attention = NULL;
  walk->block     = g_strdup_printf ("%s%u%s", dialect->block, walk->number, dialect->inner);
  conv            = name_part (walk, "conv1", dialect->conv);
  if (has_layer (walk->weights, attention, ".gamma"))
    walk->attention = g_steal_pointer (&attention);
  return walk->index < MAX_BLOCKS && has_layer (walk->weights, conv, ".weight");
}

static gboolean
walk_begin (Walk *walk, DotWeights *weights)
{
  walk->dialect = find_dialect (weights);
  walk->weights = weights;
  return walk_find (walk);
}

static gboolean
walk_next (Walk *walk)
{
  walk->index++;
  walk->number += walk->attention && walk->dialect->counted ? 2 : 1;
  return walk_find (walk);
}

/* Whether the block has a convolution in its shortcut. */
static gboolean
has_shortcut (const Walk *walk)
{
  g_autofree char *shortcut = name_part (walk, walk->dialect->shortcut, walk->dialect->conv);

  return has_layer (walk->weights, shortcut, ".weight");
}

/*  describing  */

static guint
get_axis (DotWeights *weights, const char *layer, guint n_dims, guint axis, GError **error)
{
  g_autofree char *key = g_strconcat (layer, ".weight", NULL);

  return dot_weights_get_axis (weights, key, n_dims, axis, error);
}

/* The first block's convolution, which says that it is the one. */
static gboolean
check_blocks (DotWeights *weights, GError **error)
{
  const Dialect   *dialect = find_dialect (weights);
  g_autofree char *conv    = g_strdup_printf ("%s0%s.conv1%s", dialect->block, dialect->inner,
                                              dialect->conv);

  return get_axis (weights, conv, 4, 0, error) > 0;
}

static gboolean
describe_generator_biggan (DotWeights *weights, DotPairShape *shape, GError **error)
{
  g_auto (Walk) walk     = { NULL };
  const Dialect *dialect = find_dialect (weights);
  guint          blocks  = 0;

  for (gboolean more = walk_begin (&walk, weights); more; more = walk_next (&walk))
    blocks++;
  shape->channels    = 3;
  shape->image_size  = FIRST_SIZE << blocks;
  shape->n_labels    = get_axis (weights, dialect->shared, 2, 0, error);
  shape->latent_size = shape->n_labels ? get_axis (weights, dialect->linear, 2, 1, error) : 0;
  shape->latent_size *= blocks + 1;
  return shape->latent_size > 0 && check_blocks (weights, error);
}

static gboolean
fail_blocks (DotWeights *weights, const Dialect *dialect, GError **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("%s: %s doesn't fit (%s): give the right file or architecture."),
               dot_weights_get_path (weights), dialect->block, _ ("each block halves its pixels"));
  return FALSE;
}

/* Blocks that don't halve the picture are the last ones: one after 4×4 pixels
 * are left, or two after 8×8. */
static gboolean
describe_discriminator_biggan (DotWeights *weights, DotPairShape *shape, GError **error)
{
  g_auto (Walk) walk     = { NULL };
  const Dialect *dialect = find_dialect (weights);
  guint          plain   = 0;
  guint          halved  = 0;

  for (gboolean more = walk_begin (&walk, weights); more; more = walk_next (&walk))
    {
      halved += has_shortcut (&walk);
      plain += ! has_shortcut (&walk);
    }
  shape->channels   = 3;
  shape->image_size = (FIRST_SIZE * plain) << halved;
  shape->n_labels   = get_axis (weights, dialect->embed, 2, 0, error);
  if (shape->n_labels == 0 || ! check_blocks (weights, error))
    return FALSE;
  return plain > 0 || fail_blocks (weights, dialect, error);
}

/*  colours  */

/* Exchanges red and blue in what the last convolution puts out, or takes. */
static void
swap_colours (DotBuilder *builder, gboolean taken)
{
  const DotOp *op     = builder->error ? NULL : dot_network_get_output (builder->network);
  gsize        window = op ? op->weight->shape[2] * op->weight->shape[3] : 0;
  gsize        size   = taken || ! op ? window : window * op->weight->shape[1];

  for (gsize first = 0; op && first < op->weight->n_items; first += 3 * size)
    for (gsize i = first; i < first + size; i++)
      {
        float number = op->weight->data[i];

        op->weight->data[i]            = op->weight->data[i + 2 * size];
        op->weight->data[i + 2 * size] = number;
      }
  if (op && ! taken)
    {
      float number = op->bias->data[0];

      op->bias->data[0] = op->bias->data[2];
      op->bias->data[2] = number;
    }
}

/*  attention  */

/* x + γ · o(g βᵀ): key and value are the largest of 2×2 pixels. */
static guint
add_attention (DotBuilder *builder, const Walk *walk, guint input)
{
  const char      *layer     = walk->attention;
  const char      *conv      = walk->dialect->conv;
  g_autofree char *theta     = g_strdup_printf ("%s.theta%s", layer, conv);
  g_autofree char *phi       = g_strdup_printf ("%s.phi%s", layer, conv);
  g_autofree char *g         = g_strdup_printf ("%s.g%s", layer, conv);
  g_autofree char *o         = g_strdup_printf ("%s.o%s", layer, conv);
  g_autoptr (DotArray) gamma = dot_builder_read (builder, layer, ".gamma", 0, NULL);
  guint query = dot_builder_conv_bare (builder, theta, input, 1, DOT_SPECTRAL_STORED);
  guint key   = dot_builder_conv_bare (builder, phi, input, 1, DOT_SPECTRAL_STORED);
  guint value = dot_builder_conv_bare (builder, g, input, 1, DOT_SPECTRAL_STORED);
  guint mixed;

  key   = dot_builder_max_pool (builder, key, 2);
  value = dot_builder_max_pool (builder, value, 2);
  if (dot_builder_channels (builder, query) != dot_builder_channels (builder, key))
    dot_builder_fail (builder, layer, _ ("query, key and value don't match"));
  if (builder->error)
    return 0;

  mixed = dot_network_attend (builder->network, query, key, value);
  mixed = dot_builder_conv_bare (builder, o, mixed, 1, DOT_SPECTRAL_STORED);
  if (! builder->error)
    {
      DotArray *weight = dot_network_get_output (builder->network)->weight;

      for (gsize i = 0; i < weight->n_items; i++)
        weight->data[i] *= gamma->data[0];
    }
  return dot_builder_add (builder, layer, mixed, input);
}

/*  generator  */

/* Of a generator that is being read.
 * @condition: the latent and behind it the class's embedding
 * @chunk: numbers of the latent for each block */
typedef struct
{
  DotBuilder *builder;
  guint       condition;
  gsize       latent;
  gsize       chunk;
  gsize       embedding;
} Generator;

static DotArray *
new_array (DotBuilder *builder, gsize rows, gsize columns)
{
  return builder->error
           ? NULL
           : dot_array_new (columns ? 2 : 1, (gsize[]) { rows, columns }, &builder->error);
}

/* The first pixels, of the first chunk. */
static guint
add_first (Generator *generator, const Dialect *dialect)
{
  DotBuilder *builder         = generator->builder;
  gsize       rows            = builder->error ? 0
                                               : get_axis (builder->weights, dialect->linear, 2, 0, &builder->error);
  gsize       shape[]         = { rows, generator->chunk };
  g_autoptr (DotArray) weight = dot_builder_read (builder, dialect->linear, ".weight", 2, shape);
  g_autoptr (DotArray) bias   = dot_builder_read (builder, dialect->linear, ".bias", 1, &rows);
  g_autoptr (DotArray) whole  = new_array (builder, rows, generator->latent);

  dot_builder_normalize (builder, dialect->linear, weight, DOT_SPECTRAL_STORED);
  if (builder->error)
    return 0;

  for (gsize r = 0; r < rows; r++)
    memcpy (whole->data + r * generator->latent, weight->data + r * generator->chunk,
            generator->chunk * sizeof (float));
  return dot_builder_reshape (builder, dot_network_linear (builder->network, 0, whole, bias, 1, 1),
                              FIRST_SIZE, FIRST_SIZE);
}

/* What a batch norm does before it is modulated: x · scale + shift. */
typedef struct
{
  DotArray *mean;
  DotArray *variance;
} Statistics;

static void
statistics_clear (Statistics *statistics)
{
  dot_array_unref (statistics->mean);
  dot_array_unref (statistics->variance);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Statistics, statistics_clear)

static void
statistics_read (Statistics    *statistics,
                 Generator     *generator,
                 const Dialect *dialect,
                 const char    *norm,
                 gsize          channels)
{
  DotBuilder *builder = generator->builder;

  statistics->mean     = dot_builder_read (builder, norm, dialect->mean, 1, &channels);
  statistics->variance = dot_builder_read (builder, norm, dialect->variance, 1, &channels);
  dot_builder_check_variance (builder, norm, dialect->variance, statistics->variance);
}

/* A row that makes a number of the condition: the file's columns are the class's
 * embedding, then the block's chunk. */
static void
put_row (const Generator *generator, guint block, float *row, const double *from)
{
  for (gsize i = 0; i < generator->embedding; i++)
    row[generator->latent + i] = (float) from[i];
  for (gsize i = 0; i < generator->chunk; i++)
    row[(block + 1) * generator->chunk + i] = (float) from[generator->embedding + i];
}

/* Scales and shifts of x itself: ((x − mean) / √(variance + ε)) · (1 + G c) +
 * B c, linear in the condition c. */
static void
fill_rows (const Generator  *generator,
           guint             block,
           const Statistics *statistics,
           const DotArray   *gain,
           const DotArray   *bias,
           DotArray         *weight,
           DotArray         *constant)
{
  gsize              channels = gain->shape[0];
  gsize              columns  = gain->shape[1];
  g_autofree double *row      = g_new (double, columns);

  for (gsize c = 0; c < channels; c++)
    {
      const float *g     = gain->data + c * columns;
      const float *b     = bias->data + c * columns;
      double       scale = 1.0 / sqrt (statistics->variance->data[c] + EPSILON);
      double       shift = -statistics->mean->data[c] * scale;

      for (gsize i = 0; i < columns; i++)
        row[i] = scale * g[i];
      put_row (generator, block, weight->data + c * weight->shape[1], row);
      for (gsize i = 0; i < columns; i++)
        row[i] = shift * g[i] + b[i];
      put_row (generator, block, weight->data + (channels + c) * weight->shape[1], row);
      constant->data[c]            = (float) scale;
      constant->data[channels + c] = (float) shift;
    }
}

/* @part: "bn1" or "bn2" */
static guint
add_norm_relu (Generator *generator, const Walk *walk, const char *part, guint input)
{
  DotBuilder      *builder       = generator->builder;
  gsize            channels      = dot_builder_channels (builder, input);
  gsize            shape[]       = { channels, generator->embedding + generator->chunk };
  g_autofree char *norm          = name_part (walk, part, walk->dialect->norm);
  g_autofree char *gain          = name_part (walk, part, ".gain");
  g_autofree char *bias          = name_part (walk, part, ".bias");
  g_auto (Statistics) statistics = { NULL };
  g_autoptr (DotArray) gains     = dot_builder_read (builder, gain, ".weight", 2, shape);
  g_autoptr (DotArray) biases    = dot_builder_read (builder, bias, ".weight", 2, shape);
  g_autoptr (DotArray)
    weight = new_array (builder, 2 * channels, generator->latent + generator->embedding);
  g_autoptr (DotArray) constant = new_array (builder, 2 * channels, 0);
  guint rows;

  dot_builder_normalize (builder, gain, gains, DOT_SPECTRAL_STORED);
  dot_builder_normalize (builder, bias, biases, DOT_SPECTRAL_STORED);
  statistics_read (&statistics, generator, walk->dialect, norm, channels);
  if (builder->error)
    return 0;

  fill_rows (generator, walk->index, &statistics, gains, biases, weight, constant);
  rows = dot_network_linear (builder->network, generator->condition, weight, constant, 1, 1);
  return dot_builder_apply (builder, DOT_OP_RELU,
                            dot_network_modulate (builder->network, input, rows));
}

/* bn1, relu, double, conv1, bn2, relu, conv2; shortcut: double, 1×1. */
static guint
add_generator_block (Generator *generator, const Walk *walk, guint input)
{
  DotBuilder      *builder = generator->builder;
  const char      *conv    = walk->dialect->conv;
  g_autofree char *conv1   = name_part (walk, "conv1", conv);
  g_autofree char *conv2   = name_part (walk, "conv2", conv);
  g_autofree char *side    = name_part (walk, walk->dialect->shortcut, conv);
  guint            value;
  guint            shortcut;

  value = add_norm_relu (generator, walk, "bn1", input);
  value = dot_builder_apply (builder, DOT_OP_UPSAMPLE, value);
  value = dot_builder_conv (builder, conv1, value, 3, 1, DOT_SPECTRAL_STORED);
  value = add_norm_relu (generator, walk, "bn2", value);
  value = dot_builder_conv (builder, conv2, value, 3, 1, DOT_SPECTRAL_STORED);

  shortcut = dot_builder_apply (builder, DOT_OP_UPSAMPLE, input);
  shortcut = dot_builder_conv (builder, side, shortcut, 1, 1, DOT_SPECTRAL_STORED);
  return dot_builder_add (builder, walk->block, value, shortcut);
}

/* A batch norm without a condition, relu, 3×3, tanh. */
static void
add_last (Generator *generator, const Dialect *dialect, guint value)
{
  DotBuilder *builder            = generator->builder;
  gsize       channels           = dot_builder_channels (builder, value);
  g_auto (Statistics) statistics = { NULL };
  g_autoptr (DotArray)
    gain = dot_builder_read (builder, dialect->last_norm, dialect->gain, 1, &channels);
  g_autoptr (DotArray) bias = dot_builder_read (builder, dialect->last_norm, ".bias", 1, &channels);

  statistics_read (&statistics, generator, dialect, dialect->last_norm, channels);
  if (builder->error)
    return;

  for (gsize c = 0; c < channels; c++)
    {
      double scale = gain->data[c] / sqrt (statistics.variance->data[c] + EPSILON);

      bias->data[c] = (float) (bias->data[c] - scale * statistics.mean->data[c]);
      gain->data[c] = (float) scale;
    }
  value = dot_network_affine (builder->network, value, gain, bias);
  value = dot_builder_apply (builder, DOT_OP_RELU, value);
  value = dot_builder_conv (builder, dialect->last_conv, value, 3, 1, DOT_SPECTRAL_STORED);
  if (dot_builder_channels (builder, value) != 3)
    dot_builder_fail (builder, dialect->last_conv, _ ("a picture has three colours"));
  if (dialect->bgr)
    swap_colours (builder, FALSE);
  dot_builder_apply (builder, DOT_OP_TANH, value);
}

static void
init_builder (DotBuilder *builder, DotWeights *weights, guint channels, guint size)
{
  dot_builder_init (builder, weights, DOT_FORM_INFERENCE, channels, size, size);
  builder->names = (DotBuilderNames) { ".weight", ".bias", ".u0" };
}

/* The embedding of each class behind the latent. */
static void
add_condition (Generator *generator, const Dialect *dialect, const DotPairShape *shape)
{
  DotBuilder *builder         = generator->builder;
  gsize       sizes[]         = { shape->n_labels, 0 };
  g_autoptr (DotArray) shared = NULL;

  if (builder->error)
    return;

  sizes[1] = get_axis (builder->weights, dialect->shared, 2, 1, &builder->error);
  shared   = dot_builder_read (builder, dialect->shared, ".weight", 2, sizes);
  if (! shared)
    return;

  generator->embedding = sizes[1];
  generator->condition = dot_network_concat (builder->network, 0, shared);
}

static DotNetwork *
read_generator_biggan (DotWeights *weights, const DotPairShape *shape, DotForm form, GError **error)
{
  const Dialect *dialect = find_dialect (weights);
  DotBuilder     builder;
  Generator      generator = { .builder = &builder, .latent = shape->latent_size };
  g_auto (Walk) walk       = { NULL };
  guint value;

  init_builder (&builder, weights, shape->latent_size, 1);
  generator.chunk = get_axis (weights, dialect->linear, 2, 1, &builder.error);
  add_condition (&generator, dialect, shape);
  value = add_first (&generator, dialect);
  for (gboolean more = walk_begin (&walk, weights); more; more = walk_next (&walk))
    {
      value = add_generator_block (&generator, &walk, value);
      if (walk.attention)
        value = add_attention (&builder, &walk, value);
    }
  add_last (&generator, dialect, value);
  return dot_builder_finish (&builder, error);
}

/*  discriminator  */

/* conv1, relu, conv2, [halve]; what the first block takes are colours. */
static guint
add_branch (DotBuilder *builder, const Walk *walk, guint input, gboolean halves)
{
  g_autofree char *conv1 = name_part (walk, "conv1", walk->dialect->conv);
  g_autofree char *conv2 = name_part (walk, "conv2", walk->dialect->conv);
  guint            value = dot_builder_conv (builder, conv1, input, 3, 1, DOT_SPECTRAL_STORED);

  if (walk->index == 0 && walk->dialect->bgr)
    swap_colours (builder, TRUE);
  value = dot_builder_apply (builder, DOT_OP_RELU, value);
  value = dot_builder_conv (builder, conv2, value, 3, 1, DOT_SPECTRAL_STORED);
  return halves ? dot_builder_apply (builder, DOT_OP_AVERAGE, value) : value;
}

/* The first block halves before its 1×1, the others behind it. */
static guint
add_shortcut (DotBuilder *builder, const Walk *walk, guint input)
{
  g_autofree char *side  = name_part (walk, walk->dialect->shortcut, walk->dialect->conv);
  guint            value = input;

  if (walk->index == 0)
    value = dot_builder_apply (builder, DOT_OP_AVERAGE, value);
  value = dot_builder_conv (builder, side, value, 1, 1, DOT_SPECTRAL_STORED);
  if (walk->index == 0 && walk->dialect->bgr)
    swap_colours (builder, TRUE);
  return walk->index == 0 ? value : dot_builder_apply (builder, DOT_OP_AVERAGE, value);
}

static guint
add_discriminator_block (DotBuilder *builder, const Walk *walk, guint input)
{
  gboolean halves   = has_shortcut (walk);
  guint    shortcut = input;
  guint    value    = input;

  if (walk->index > 0)
    value = dot_builder_apply (builder, DOT_OP_RELU, input);
  if (walk->dialect->in_place)
    shortcut = value;
  value = add_branch (builder, walk, value, halves);
  if (halves)
    shortcut = add_shortcut (builder, walk, shortcut);
  return dot_builder_add (builder, walk->block, value, shortcut);
}

/* The blocks, relu, SUM over the pixels, linear (h) + ⟨embed[y], h⟩. */
static DotNetwork *
read_discriminator_biggan (DotWeights         *weights,
                           const DotPairShape *shape,
                           DotForm             form,
                           GError            **error)
{
  const Dialect *dialect = find_dialect (weights);
  DotBuilder     builder;
  g_auto (Walk) walk = { NULL };
  guint value        = 0;
  guint score;

  init_builder (&builder, weights, 3, shape->image_size);
  for (gboolean more = walk_begin (&walk, weights); more; more = walk_next (&walk))
    {
      value = add_discriminator_block (&builder, &walk, value);
      if (walk.attention)
        value = add_attention (&builder, &walk, value);
    }

  value = dot_builder_apply (&builder, DOT_OP_RELU, value);
  value = dot_builder_apply (&builder, DOT_OP_SUM, value);
  score = dot_builder_score (&builder, dialect->score, value, DOT_SPECTRAL_STORED);
  dot_builder_project (&builder, dialect->embed, score, value, shape->n_labels,
                       DOT_SPECTRAL_STORED);
  return dot_builder_finish (&builder, error);
}

const DotArchitecture dot_biggan = {
  .name                   = "biggan",
  .label                  = N_ ("BigGAN"),
  .named                  = TRUE,
  .describe_generator     = describe_generator_biggan,
  .describe_discriminator = describe_discriminator_biggan,
  .read_generator         = read_generator_biggan,
  .read_discriminator     = read_discriminator_biggan,
};
