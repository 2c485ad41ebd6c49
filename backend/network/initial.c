/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* Starting weights of each architecture, in the sizes and with the
 * initialisers of the authors' own trainings.  How the layers are put together
 * is not said here, but where the architecture is read (backend/network/). */

#include "initial.h"

#include "initial-arrays.h"

#include "base/intl.h"

#include <math.h>
#include <string.h>

#define WEIGHT_SCALE 0.02
#define MLP_SCALE    0.8
#define MAX_BLOCKS   8

typedef void (*FillFunc) (DotFreshArrays *arrays, const DotFreshSizes *sizes);

static const DotFreshLayer linear = { .has_bias = TRUE, .scale = 1.0 };

/* A layer like @base of other sizes. */
static DotFreshLayer
sized (DotFreshLayer base, gsize out, gsize in, gsize kernel)
{
  base.out    = out;
  base.in     = in;
  base.kernel = kernel;
  return base;
}

/*  sngan-projection  */

/* Channels of a public snapshot's blocks, in multiples of ch: what l1 makes
 * and then each of the generator's blocks, and each of the
 * discriminator's. */
typedef struct
{
  guint image_size;
  guint n_blocks;
  guint generator[MAX_BLOCKS];
  guint discriminator[MAX_BLOCKS];
  guint n_down;
} Blocks;

static const Blocks sngan_blocks[] = {
  { 32, 4, { 1, 1, 1, 1 }, { 1, 1, 1, 1 }, 2 },
  { 64, 5, { 16, 8, 4, 2, 1 }, { 1, 2, 4, 8, 16 }, 5 },
  { 128, 6, { 16, 16, 8, 4, 2, 1 }, { 1, 2, 4, 8, 16, 16 }, 5 },
  { 256, 7, { 16, 16, 8, 8, 4, 2, 1 }, { 1, 2, 4, 8, 8, 16, 16 }, 6 },
};

static const Blocks *
find_blocks (guint image_size)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sngan_blocks); i++)
    if (sngan_blocks[i].image_size == image_size)
      return &sngan_blocks[i];
  return NULL;
}

static void
add_block (DotFreshArrays *arrays,
           DotFreshLayer   layer,
           guint           number,
           gsize           in,
           gsize           middle,
           gsize           out,
           gboolean        shortcut)
{
  DotFreshLayer side = sized (layer, out, in, 1);

  layer.scale = sqrt (2.0);
  layer       = sized (layer, middle, in, 3);
  dot_fresh_arrays_add_layer (arrays, &layer, "block%u/c1", number);
  layer = sized (layer, out, middle, 3);
  dot_fresh_arrays_add_layer (arrays, &layer, "block%u/c2", number);
  if (shortcut)
    dot_fresh_arrays_add_layer (arrays, &side, "block%u/c_sc", number);
}

static void
fill_sngan_generator (DotFreshArrays *arrays, const DotFreshSizes *sizes)
{
  const Blocks *blocks = find_blocks (sizes->image_size);
  gsize         ch     = sizes->widths[0];
  gsize         in     = ch * blocks->generator[0];
  guint         last   = blocks->n_blocks;
  DotFreshLayer layer  = sized (linear, 16 * in, sizes->latent_size, 0);

  dot_fresh_arrays_add_layer (arrays, &layer, "l1");
  for (guint i = 1; i < last; i++)
    {
      gsize out = ch * blocks->generator[i];

      dot_fresh_arrays_add_norm (arrays, sizes->n_labels, in, "block%u/b1", i + 1);
      dot_fresh_arrays_add_norm (arrays, sizes->n_labels, out, "block%u/b2", i + 1);
      add_block (arrays, linear, i + 1, in, out, out, TRUE);
      in = out;
    }
  dot_fresh_arrays_add_norm (arrays, 0, in, "b%u", last + 1);
  layer = sized (linear, 3, in, 3);
  dot_fresh_arrays_add_layer (arrays, &layer, sizes->image_size == 32 ? "c%u" : "l%u", last + 1);
}

static void
fill_sngan_discriminator (DotFreshArrays *arrays, const DotFreshSizes *sizes)
{
  const Blocks *blocks = find_blocks (sizes->image_size);
  DotFreshLayer layer  = linear;
  gsize         in     = 3;
  guint         last   = blocks->n_blocks;

  layer.spectral = TRUE;
  for (guint i = 0; i < last; i++)
    {
      gsize out = (gsize) sizes->widths[1] * blocks->discriminator[i];

      add_block (arrays, layer, i + 1, in, i == 0 ? out : in, out, i < blocks->n_down);
      in = out;
    }
  /* At 32 pixels the last layer has no bias. */
  layer          = sized (layer, 1, in, 0);
  layer.has_bias = sizes->image_size != 32;
  dot_fresh_arrays_add_layer (arrays, &layer, "l%u", last + 1);

  layer          = sized (layer, sizes->n_labels, in, 0);
  layer.has_bias = FALSE;
  if (sizes->n_labels > 0)
    dot_fresh_arrays_add_layer (arrays, &layer, "l_y");
}

/*  dcgan  */

static const DotFreshLayer small = { .has_bias = TRUE,
                                     .spread   = DOT_FRESH_NORMAL,
                                     .scale    = WEIGHT_SCALE };

static gboolean
is_normed (const DotFreshSizes *sizes)
{
  return g_str_has_prefix (sizes->architecture, "sn-");
}

static void
fill_dcgan_generator (DotFreshArrays *arrays, const DotFreshSizes *sizes)
{
  gsize         ch    = sizes->widths[0];
  gsize         side  = sizes->image_size / 8;
  DotFreshLayer layer = sized (small, side * side * ch, sizes->latent_size, 0);

  layer.spectral = is_normed (sizes);
  dot_fresh_arrays_add_layer (arrays, &layer, "l0");
  dot_fresh_arrays_add_norm (arrays, 0, layer.out, "bn0");
  layer.transposed = TRUE;
  for (guint i = 1; i <= 3; i++, ch /= 2)
    {
      if (i == 3 && sizes->attention)
        dot_fresh_arrays_add_attention (arrays, ch);
      layer = sized (layer, ch / 2, ch, 4);
      dot_fresh_arrays_add_layer (arrays, &layer, "dc%u", i);
      dot_fresh_arrays_add_norm (arrays, 0, ch / 2, "bn%u", i);
    }
  layer = sized (layer, 3, ch, 3);
  dot_fresh_arrays_add_layer (arrays, &layer, "dc4");
}

/* The layers of both critics halve the size at the same widths. */
static void
fill_dcgan_discriminator (DotFreshArrays *arrays, const DotFreshSizes *sizes)
{
  static const char *const plain[]  = { "c1", "c1_0", "c2", "c2_0", "c3", "c3_0" };
  static const char *const normed[] = { "c0_1", "c1_0", "c1_1", "c2_0", "c2_1", "c3_0" };
  gsize                    ch       = sizes->widths[1] / 8;
  gsize                    side     = sizes->image_size / 8;
  DotFreshLayer            layer    = sized (small, ch, 3, 3);

  layer.spectral = sizes->spectral;
  dot_fresh_arrays_add_layer (arrays, &layer, sizes->spectral ? "c0_0" : "c0");
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    {
      layer = sized (layer, i % 2 == 0 ? 2 * ch : ch, ch, i % 2 == 0 ? 4 : 3);
      ch    = layer.out;
      dot_fresh_arrays_add_layer (arrays, &layer, "%s", sizes->spectral ? normed[i] : plain[i]);
      if (i == 0 && sizes->attention)
        dot_fresh_arrays_add_attention (arrays, ch);
    }
  layer = sized (layer, 1, side * side * ch, 0);
  dot_fresh_arrays_add_layer (arrays, &layer, "l4");
}

/*  resnet  */

static void
fill_resnet_generator (DotFreshArrays *arrays, const DotFreshSizes *sizes)
{
  static const char *const names[] = { "c0", "c1", "cs" };
  gsize                    ch      = sizes->widths[0];
  gsize                    side    = sizes->image_size / 8;
  DotFreshLayer            first   = { .out      = side * side * ch,
                                       .in       = sizes->latent_size,
                                       .has_bias = TRUE,
                                       .spectral = is_normed (sizes),
                                       .spread   = DOT_FRESH_LECUN,
                                       .scale    = 1.0 };
  DotFreshLayer            layer   = sized (small, ch, ch, 3);

  layer.spectral = is_normed (sizes);
  dot_fresh_arrays_add_layer (arrays, &first, "l0");
  for (guint i = 0; i < 3; i++)
    {
      dot_fresh_arrays_add_norm (arrays, 0, ch, "r%u/bn0", i);
      dot_fresh_arrays_add_norm (arrays, 0, ch, "r%u/bn1", i);
      for (guint j = 0; j < G_N_ELEMENTS (names); j++)
        dot_fresh_arrays_add_layer (arrays, &layer, "r%u/%s", i, names[j]);
    }
  if (sizes->attention)
    dot_fresh_arrays_add_attention (arrays, ch);
  dot_fresh_arrays_add_norm (arrays, 0, ch, "bn2");
  layer.out = 3;
  dot_fresh_arrays_add_layer (arrays, &layer, "c3");
}

static void
fill_resnet_discriminator (DotFreshArrays *arrays, const DotFreshSizes *sizes)
{
  gsize         ch    = sizes->widths[1];
  gsize         side  = sizes->image_size / 4;
  DotFreshLayer layer = small;

  layer.spectral = TRUE;
  for (guint i = 0; i < 4; i++)
    {
      gsize in   = i == 0 ? 3 : ch;
      gsize down = i < 2 ? 4 : 3;

      layer = sized (layer, ch, in, 3);
      dot_fresh_arrays_add_layer (arrays, &layer, "r%u/c0", i);
      layer = sized (layer, ch, ch, down);
      dot_fresh_arrays_add_layer (arrays, &layer, "r%u/c1", i);
      layer = sized (layer, ch, in, down);
      if (i < 2)
        dot_fresh_arrays_add_layer (arrays, &layer, "r%u/cs", i);
    }
  if (sizes->attention)
    dot_fresh_arrays_add_attention (arrays, ch);
  layer = sized (layer, 1, side * side * ch, 0);
  dot_fresh_arrays_add_layer (arrays, &layer, "l4");
}

/*  mlp  */

static void
fill_mlp (DotFreshArrays *arrays, const char *const *names, gsize in, gsize width, gsize out)
{
  DotFreshLayer layer = { .in       = in,
                          .has_bias = TRUE,
                          .spread   = DOT_FRESH_LECUN,
                          .scale    = MLP_SCALE * sqrt (2.0) };

  for (guint i = 0; i < 4; i++)
    {
      layer.out = i < 3 ? width : out;
      dot_fresh_arrays_add_layer (arrays, &layer, "%s", names[i]);
      layer.in = layer.out;
    }
}

static void
fill_mlp_generator (DotFreshArrays *arrays, const DotFreshSizes *sizes)
{
  static const char *const names[] = { "l0", "l1", "l2", "l4" };

  fill_mlp (arrays, names, sizes->latent_size, sizes->widths[0], 2);
}

static void
fill_mlp_discriminator (DotFreshArrays *arrays, const DotFreshSizes *sizes)
{
  static const char *const names[] = { "l1", "l2", "l3", "l4" };

  fill_mlp (arrays, names, 2, sizes->widths[1], 1);
}

/*  all  */

static const struct
{
  const char *architecture;
  FillFunc    fill[2];
} kinds[] = {
  { "sngan-projection", { fill_sngan_generator, fill_sngan_discriminator } },
  { "dcgan", { fill_dcgan_generator, fill_dcgan_discriminator } },
  { "sn-dcgan", { fill_dcgan_generator, fill_dcgan_discriminator } },
  { "resnet", { fill_resnet_generator, fill_resnet_discriminator } },
  { "sn-resnet", { fill_resnet_generator, fill_resnet_discriminator } },
  { "mlp", { fill_mlp_generator, fill_mlp_discriminator } },
};

static const char *
find_problem (const DotFreshSizes *sizes)
{
  gboolean sngan = strcmp (sizes->architecture, "sngan-projection") == 0;
  gboolean mlp   = strcmp (sizes->architecture, "mlp") == 0;

  if (sngan && ! find_blocks (sizes->image_size))
    return _ ("image_size must be 32, 64, 128 or 256 with sngan-projection");
  if (mlp && sizes->image_size != 1)
    return _ ("mlp makes points: image_size must be 1, or left out");
  if (! sngan && ! mlp && sizes->image_size != 32 && sizes->image_size != 48)
    return _ ("image_size must be 32 or 48 with this architecture");
  if (! sngan && sizes->n_labels > 0)
    return _ ("only sngan-projection takes labels: leave labels out");
  if (sizes->attention && (sngan || mlp))
    return _ ("attention is for dcgan and resnet: leave it out");
  if (! sngan && ! mlp && (sizes->widths[0] % 32 || sizes->widths[1] % 32))
    return _ ("widths must be multiples of 32 with this architecture");
  return NULL;
}

/**
 * dot_fresh_check:
 *
 * Whether there is such an architecture in such sizes.
 */
gboolean
dot_fresh_check (const DotFreshSizes *sizes, GError **error)
{
  const char *problem = find_problem (sizes);

  if (! problem)
    return TRUE;

  /* Translators: %s says what is wrong with a configuration's key */
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("There is no such pair to begin with (%s)."), problem);
  return FALSE;
}

/**
 * dot_fresh_write:
 * @sizes: which dot_fresh_check() agrees with
 * @file: 0 for the generator, 1 for the discriminator
 *
 * Writes starting weights, an .npz in the layout of the Chainer snapshots.
 */
gboolean
dot_fresh_write (const DotFreshSizes *sizes, guint file, const char *path, GError **error)
{
  g_autoptr (DotNpzWriter) writer = dot_npz_writer_new (path, error);
  DotFreshArrays arrays = { .writer = writer, .seed = sizes->seed, .n_arrays = file << 16 };

  if (! writer)
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].architecture, sizes->architecture) == 0)
      kinds[i].fill[file](&arrays, sizes);
  if (arrays.error)
    {
      g_propagate_error (error, arrays.error);
      return FALSE;
    }
  return dot_npz_writer_close (writer, error);
}
