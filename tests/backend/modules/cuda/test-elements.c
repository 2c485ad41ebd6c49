/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What a GPU does to each number, compiled for the CPU, against the CPU's own
 * kernels: the same bits in both precisions; sums as near as their order lets
 * them be. */

#include "modules/cuda/elements-style.h"
#include "modules/cuda/motion.h"
#include "transport/objective.h"

#define CHANNELS 24
#define WIDTH    6
#define HEIGHT   4
#define SMALL    (CHANNELS * WIDTH * HEIGHT)
#define LARGE    (4 * SMALL)
#define FURTHER  8

/* Room for the largest thing, of either precision. */
typedef struct
{
  float data[2 * LARGE];
} Room;

static DotView
draw (Room *room, gboolean narrow)
{
  DotView view = { room->data, narrow };

  for (gsize i = 0; i < 2 * LARGE; i++)
    dot_element_store (view, i, (float) g_test_rand_double_range (-2.0, 2.0));
  return view;
}

static void
draw_table (float *table, gsize n)
{
  for (gsize i = 0; i < n; i++)
    table[i] = (float) g_test_rand_double_range (-2.0, 2.0);
}

static void
assert_same (const Room *found, const Room *expected)
{
  g_assert_cmpmem (found, sizeof (Room), expected, sizeof (Room));
}

/* Two outputs that hold the same. */
typedef struct
{
  Room    rooms[2];
  DotView found;
  DotView expected;
} Pair;

static void
pair_init (Pair *pair, gboolean narrow)
{
  pair->found    = draw (&pair->rooms[0], narrow);
  pair->rooms[1] = pair->rooms[0];
  pair->expected = (DotView) { pair->rooms[1].data, narrow };
}

static void
pair_compare (const Pair *pair)
{
  assert_same (&pair->rooms[0], &pair->rooms[1]);
}

static const DotPixels pixels = { WIDTH * HEIGHT, CHANNELS };

static const DotActivation activations[] = {
  DOT_ACTIVATION_NONE,
  DOT_ACTIVATION_RELU,
  DOT_ACTIVATION_LEAKY_RELU,
  DOT_ACTIVATION_TANH,
};

/* @bits: a choice of precisions and more */
static void
check_affine (guint bits, DotActivation activation)
{
  Room          room;
  Pair          out;
  float         scale[CHANNELS], shift[CHANNELS];
  DotView       in = draw (&room, bits & 1);
  DotAffineArgs args;

  pair_init (&out, (bits & 2) != 0);
  draw_table (scale, CHANNELS);
  draw_table (shift, CHANNELS);
  args = (DotAffineArgs) {
    out.found, in, CHANNELS, NULL, bits & 4 ? scale : NULL, shift, activation
  };
  for (gsize i = 0; i < SMALL; i++)
    dot_element_affine (&args, i);
  dot_kernel_affine (NULL, out.expected, in, pixels, bits & 4 ? scale : NULL, shift, activation);
  pair_compare (&out);
}

static void
check_back (guint bits, DotActivation activation)
{
  Room        rooms[2];
  Pair        out;
  float       scale[CHANNELS];
  DotView     gradient = draw (&rooms[0], bits & 1);
  DotView     result   = draw (&rooms[1], bits & 1);
  DotBackArgs args;

  pair_init (&out, (bits & 2) != 0);
  draw_table (scale, CHANNELS);
  args = (DotBackArgs) { out.found,  gradient,       result, CHANNELS, bits & 4 ? scale : NULL,
                         activation, (bits & 8) != 0 };
  for (gsize i = 0; i < SMALL; i++)
    dot_element_back (&args, i);
  dot_kernel_back (NULL, out.expected, gradient, result, pixels, bits & 4 ? scale : NULL,
                   activation, (bits & 8) != 0);
  pair_compare (&out);
}

static void
test_affine (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (activations); i++)
    for (guint bits = 0; bits < 16; bits++)
      {
        check_affine (bits, activations[i]);
        check_back (bits, activations[i]);
      }
}

static void
test_add (void)
{
  for (guint bits = 0; bits < 4; bits++)
    {
      Room       rooms[2];
      Pair       out;
      DotView    first  = draw (&rooms[0], bits & 1);
      DotView    second = draw (&rooms[1], bits & 1);
      DotAddArgs args;

      pair_init (&out, (bits & 2) != 0);
      args = (DotAddArgs) { out.found, first, second, 0.7f };
      for (gsize i = 0; i < SMALL; i++)
        dot_element_add (&args, i);
      dot_kernel_add (NULL, out.expected, first, second, SMALL, 0.7f);
      pair_compare (&out);
    }
}

static void
test_resize (void)
{
  for (guint bits = 0; bits < 4; bits++)
    {
      gboolean      accumulate = (bits & 2) != 0;
      Room          room;
      Pair          out;
      DotView       in = draw (&room, bits & 1);
      DotResizeArgs args;

      pair_init (&out, bits & 1);
      args = (DotResizeArgs) { out.found, in, WIDTH, CHANNELS, 0.3f, accumulate };
      for (gsize i = 0; i < SMALL; i++)
        dot_element_pool (&args, i);
      dot_kernel_pool (NULL, out.expected, in, HEIGHT, WIDTH, CHANNELS, 0.3f, accumulate);
      pair_compare (&out);
      for (gsize i = 0; i < SMALL; i++)
        dot_element_unpool (&args, i);
      dot_kernel_unpool (NULL, out.expected, in, HEIGHT, WIDTH, CHANNELS, 0.3f, accumulate);
      pair_compare (&out);
    }
}

/* To twice the size, to less, and to the same; and the largest, with a last
 * window that is a part. */
static const DotSizes sizes[] = {
  { 1, CHANNELS, HEIGHT, WIDTH, 7, 12 },
  { 2, CHANNELS / 2, HEIGHT, WIDTH, 3, 5 },
  { 1, CHANNELS, HEIGHT, WIDTH, HEIGHT, WIDTH },
};

static const DotSizes windows[] = {
  { 1, CHANNELS, HEIGHT, WIDTH, 2, 3, 3 }, { 2, CHANNELS, 5, 7, 2, 3, 3 },
  { 1, CHANNELS, 2, 1, 1, 1, 3 },          { 1, CHANNELS, HEIGHT, WIDTH, 2, 3, 2 },
  { 2, CHANNELS, 3, 5, 2, 3, 2 },
};

static gsize
count_inner (const DotSizes *size)
{
  return size->batch * size->channels * size->height * size->width;
}

static gsize
count_outer (const DotSizes *size)
{
  return size->batch * size->channels * size->out_height * size->out_width;
}

static void
check_interpolation (const DotSizes *size, guint bits)
{
  gboolean     accumulate = (bits & 2) != 0;
  Room         room;
  Pair         out;
  DotView      in = draw (&room, bits & 1);
  DotSizesArgs args;

  pair_init (&out, bits & 1);
  args = (DotSizesArgs) { out.found, in, { NULL, FALSE }, *size, accumulate };
  for (gsize i = 0; i < count_outer (size); i++)
    dot_element_resize (&args, i);
  dot_kernel_resize (NULL, out.expected, in, size);
  pair_compare (&out);
  for (gsize i = 0; i < count_inner (size); i++)
    dot_element_resize_back (&args, i);
  dot_kernel_resize_back (NULL, out.expected, in, size, accumulate);
  pair_compare (&out);
}

/* @size: of the smaller picture */
static void
check_fir (const DotSizes *size, guint bits)
{
  gboolean   accumulate = (bits & 2) != 0;
  Room       room;
  Pair       out;
  DotView    in = draw (&room, bits & 1);
  DotFirArgs args;

  pair_init (&out, bits & 1);
  args = (DotFirArgs) { out.found, in, *size, 0.3f, accumulate };
  for (gsize i = 0; i < 4 * count_inner (size); i++)
    dot_element_fir_up (&args, i);
  dot_kernel_fir_up (NULL, out.expected, in, size, 0.3f, accumulate);
  pair_compare (&out);
  for (gsize i = 0; i < count_inner (size); i++)
    dot_element_fir_down (&args, i);
  dot_kernel_fir_down (NULL, out.expected, in, size, 0.3f, accumulate);
  pair_compare (&out);
}

/* Rounded, so that some are equal. */
static void
check_largest (const DotSizes *size, guint bits)
{
  gboolean     accumulate = (bits & 2) != 0;
  Room         rooms[2];
  Pair         out;
  DotView      in       = draw (&rooms[0], bits & 1);
  DotView      gradient = draw (&rooms[1], bits & 1);
  DotSizesArgs args;

  for (gsize i = 0; i < count_inner (size); i++)
    dot_element_store (in, i, roundf (2.0f * dot_element_load (in, i)));
  pair_init (&out, bits & 1);
  args = (DotSizesArgs) { out.found, in, { NULL, FALSE }, *size, FALSE };
  for (gsize i = 0; i < count_outer (size); i++)
    dot_element_max_pool (&args, i);
  dot_kernel_max_pool (NULL, out.expected, in, size);
  pair_compare (&out);

  args = (DotSizesArgs) { out.found, gradient, in, *size, accumulate };
  for (gsize i = 0; i < count_inner (size); i++)
    dot_element_max_pool_back (&args, i);
  dot_kernel_max_pool_back (NULL, out.expected, gradient, in, size, accumulate);
  pair_compare (&out);
}

static void
test_sizes (void)
{
  for (guint bits = 0; bits < 4; bits++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
        check_interpolation (&sizes[i], bits);
      for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
        check_fir (&sizes[i], bits);
      for (guint i = 0; i < G_N_ELEMENTS (windows); i++)
        check_largest (&windows[i], bits);
    }
}

static void
test_copy (void)
{
  static const DotPart part = { WIDTH * HEIGHT, 5, CHANNELS, 3, 9, 2 };

  for (guint bits = 0; bits < 4; bits++)
    {
      Room        room;
      Pair        out;
      DotView     in = draw (&room, bits & 1);
      DotCopyArgs args;

      pair_init (&out, bits & 1);
      args = (DotCopyArgs) { out.found, in, part, (bits & 2) != 0 };
      for (gsize i = 0; i < part.pixels * part.channels; i++)
        dot_element_copy (&args, i);
      dot_kernel_copy (NULL, out.expected, in, &part, (bits & 2) != 0);
      pair_compare (&out);
    }
}

static void
test_further (void)
{
  for (guint bits = 0; bits < 4; bits++)
    {
      Room           room;
      Pair           out;
      float          further[FURTHER];
      DotView        in = draw (&room, bits & 1);
      DotFurtherArgs args;

      pair_init (&out, bits & 1);
      draw_table (further, FURTHER);
      args = (DotFurtherArgs) { out.found, in, CHANNELS, further, FURTHER, (bits & 2) != 0 };
      for (gsize i = 0; i < pixels.count * (CHANNELS + FURTHER); i++)
        dot_element_concat (&args, i);
      dot_kernel_concat (NULL, out.expected, in, pixels, further, FURTHER);
      pair_compare (&out);
      for (gsize i = 0; i < SMALL; i++)
        dot_element_slice (&args, i);
      dot_kernel_slice (NULL, out.expected, in, pixels, FURTHER, (bits & 2) != 0);
      pair_compare (&out);
    }
}

/* Of two samples: sums over the pixels of each channel. */
static void
test_modulation (void)
{
  for (guint bits = 0; bits < 4; bits++)
    {
      gboolean        accumulate = (bits & 2) != 0;
      Room            rooms[2];
      float           found[4 * CHANNELS], expected[4 * CHANNELS];
      DotView         gradient = draw (&rooms[0], bits & 1);
      DotView         in       = draw (&rooms[1], bits & 1);
      DotModulateArgs args     = { found, gradient, in, pixels, accumulate };

      draw_table (found, G_N_ELEMENTS (found));
      memcpy (expected, found, sizeof (found));
      for (gsize row = 0; row < 2 * CHANNELS; row++)
        {
          double product = 0.0, sum = 0.0;

          for (gsize i = 0; i < pixels.count; i++)
            {
              product += dot_element_row_product (&args, row, i);
              sum += dot_element_row_gradient (&args, row, i);
            }
          dot_element_row_put (&args, row, product, sum);
        }
      dot_kernel_modulate_rows (NULL, expected, gradient, in, 2, pixels, accumulate);
      g_assert_cmpmem (found, sizeof (found), expected, sizeof (expected));
    }
}

#define STYLE 20
#define USED  12

/* Of two samples; what doesn't count of a style has no gradient. */
static void
check_demodulation (gboolean accumulate)
{
  float             weight[CHANNELS * USED], in[2 * STYLE], shift[CHANNELS], gradient[4 * CHANNELS];
  float             found[2][4 * CHANNELS], gate[2][2 * CHANNELS], back[2][2 * STYLE];
  DotDemodulation   how           = { weight, CHANNELS, USED, STYLE };
  DotDemodulateArgs args          = { found[0], in, how, shift, gate[0], accumulate };
  DotDemodulateGateArgs gate_args = { gate[0], gradient, found[0], CHANNELS };

  draw_table (weight, G_N_ELEMENTS (weight));
  draw_table (in, G_N_ELEMENTS (in));
  draw_table (shift, CHANNELS);
  draw_table (gradient, G_N_ELEMENTS (gradient));
  draw_table (back[0], 2 * STYLE);
  memcpy (back[1], back[0], sizeof (back[0]));
  for (gsize i = 0; i < G_N_ELEMENTS (weight); i++)
    weight[i] = fabsf (weight[i]);

  for (gsize row = 0; row < 2 * CHANNELS; row++)
    {
      double sum = 0.0;

      for (gsize i = 0; i < USED; i++)
        sum += dot_element_demodulate_square (&args, row, i);
      dot_element_demodulate_put (&args, row, sum);
      dot_element_demodulate_gate (&gate_args, row);
    }
  dot_kernel_demodulate (NULL, found[1], in, 2, &how, shift);
  g_assert_cmpmem (found[0], sizeof (found[0]), found[1], sizeof (found[1]));
  dot_kernel_demodulate_gate (NULL, gate[1], gradient, found[1], 2, CHANNELS);
  g_assert_cmpmem (gate[0], sizeof (gate[0]), gate[1], sizeof (gate[1]));

  args.out = back[0];
  for (gsize row = 0; row < 2 * STYLE; row++)
    {
      double sum = 0.0;

      for (gsize i = 0; i < CHANNELS; i++)
        sum += dot_element_demodulate_product (&args, row, i);
      dot_element_demodulate_back (&args, row, sum);
    }
  dot_kernel_demodulate_back (NULL, back[1], gate[1], in, 2, &how, accumulate);
  g_assert_cmpmem (back[0], sizeof (back[0]), back[1], sizeof (back[1]));
}

static void
test_demodulation (void)
{
  check_demodulation (FALSE);
  check_demodulation (TRUE);
}

/* @limit: 0 of noise that isn't clamped */
static void
check_noise (gboolean narrow, DotActivation activation, float limit)
{
  Room         room;
  Pair         out;
  float        table[WIDTH * HEIGHT / 2];
  DotView      in    = draw (&room, narrow);
  DotPixels    half  = { WIDTH * HEIGHT / 2, CHANNELS };
  DotNoise     noise = { table, activation, limit };
  DotNoiseArgs args;

  pair_init (&out, narrow);
  draw_table (table, G_N_ELEMENTS (table));
  args = (DotNoiseArgs) { out.found, in, half, noise };
  for (gsize i = 0; i < SMALL; i++)
    dot_element_noise (&args, i);
  dot_kernel_noise (NULL, out.expected, in, 2, half, &noise);
  pair_compare (&out);
}

/* @limit: in bfloat16 no number is that */
static void
check_clamp (guint bits, DotActivation activation, float limit)
{
  gboolean     accumulate = (bits & 2) != 0;
  Room         rooms[2];
  Pair         out;
  DotView      in       = draw (&rooms[0], bits & 1);
  DotView      gradient = draw (&rooms[1], bits & 1);
  DotClampArgs args;

  pair_init (&out, bits & 1);
  args = (DotClampArgs) { out.found, in, gradient, activation, limit, accumulate };
  for (gsize i = 0; i < SMALL; i++)
    dot_element_clamp (&args, i);
  dot_kernel_clamp (NULL, out.expected, in, SMALL, limit);
  pair_compare (&out);

  rooms[0] = out.rooms[0];
  pair_init (&out, bits & 1);
  args.out = out.found;
  for (gsize i = 0; i < SMALL; i++)
    dot_element_clamp_back (&args, i);
  dot_kernel_clamp_back (NULL, out.expected, gradient, in, SMALL, activation, limit, accumulate);
  pair_compare (&out);
}

static void
test_noise (void)
{
  for (guint a = 0; a < G_N_ELEMENTS (activations); a++)
    for (guint bits = 0; bits < 4; bits++)
      {
        check_noise (bits & 1, activations[a], bits & 2 ? 1.3f : 0.0f);
        check_clamp (bits, activations[a], 1.3f);
        check_clamp (bits, activations[a], 1.501f);
      }
}

/* @period: one weight a channel, or one a number */
static void
check_head (gboolean narrow, gsize period)
{
  Room        room;
  Pair        out;
  float       weight[SMALL];
  double      expected[2];
  DotView     in    = draw (&room, narrow);
  float       shift = 0.5f;
  DotHead     head  = { weight, period, 0.25, &shift };
  DotHeadArgs args;

  pair_init (&out, narrow);
  draw_table (weight, period);
  args = (DotHeadArgs) { in, SMALL, head, NULL };
  dot_kernel_dot (NULL, expected, in, 2, pixels, &head);
  for (gsize b = 0; b < 2; b++)
    {
      double sum = head.bias + shift;

      for (gsize i = 0; i < SMALL; i++)
        sum += dot_element_dot (&args, b, i);
      g_assert_cmpfloat_with_epsilon (sum, expected[b], 1e-3);
    }

  args.view = out.found;
  for (gsize i = 0; i < 2 * SMALL; i++)
    dot_element_spread (&args, i);
  dot_kernel_spread (NULL, out.expected, 2, pixels, &head);
  pair_compare (&out);
}

static void
test_head (void)
{
  for (guint narrow = 0; narrow < 2; narrow++)
    {
      check_head (narrow, CHANNELS);
      check_head (narrow, SMALL);
    }
}

static void
test_softmax (void)
{
  for (guint narrow = 0; narrow < 2; narrow++)
    {
      Room           rooms[2];
      Pair           out;
      DotView        gradient = draw (&rooms[0], narrow);
      DotView        result   = draw (&rooms[1], narrow);
      DotSoftmaxArgs args;

      pair_init (&out, FALSE);
      args = (DotSoftmaxArgs) { out.found, gradient, result, CHANNELS };
      for (gsize first = 0; first < SMALL; first += CHANNELS)
        {
          double sum = 0.0;

          for (gsize i = 0; i < CHANNELS; i++)
            sum += dot_element_softmax_product (&args, first + i);
          for (gsize i = 0; i < CHANNELS; i++)
            dot_element_softmax_back (&args, first + i, sum);
        }
      dot_kernel_softmax_back (NULL, out.expected, gradient, result, pixels.count, CHANNELS);
      for (gsize i = 0; i < SMALL; i++)
        g_assert_cmpfloat_with_epsilon (out.rooms[0].data[i], out.rooms[1].data[i], 1e-4);
    }
}

/*  the transport's step  */

#define D 100

/* A point, and all that its step depends on. */
typedef struct
{
  double point[D];
  double origin[D];
  double second_moment[D];
  double gradient[D];
  double k_eff;
  double distance;
  float  latent[D];
  float  found[D];
} Point;

static void
draw_point (Point *point, const double delta)
{
  for (guint i = 0; i < D; i++)
    {
      point->point[i]         = g_test_rand_double_range (-2.0, 2.0);
      point->origin[i]        = g_test_rand_double_range (-2.0, 2.0);
      point->gradient[i]      = g_test_rand_double_range (-2.0, 2.0);
      point->second_moment[i] = g_test_rand_double_range (0.0, 0.1);
      point->found[i]         = (float) g_test_rand_double_range (-2.0, 2.0);
    }
  point->k_eff    = g_test_rand_double_range (0.1, 10.0);
  point->distance = dot_objective_distance (point->point, point->origin, delta, D);
}

/* As the CPU's transport makes it. */
static void
step_plainly (Point *point, const DotMotionStep *step, guint t)
{
  double descent[D];

  dot_objective_gradient (step->method, point->point, point->origin, step->delta, point->k_eff,
                          point->gradient, descent, D);
  dot_objective_project (step->projection, point->point, descent, D);
  if (step->optimizer == DOT_OPTIMIZER_ADAM)
    dot_optimizer_adam_step (0.1, t, descent, point->second_moment, point->point, D);
  else
    dot_optimizer_sgd_step (step->rate, descent, point->point, D);
  for (guint i = 0; i < D; i++)
    {
      if (step->clip > 0.0)
        point->point[i] = CLAMP (point->point[i], -step->clip, step->clip);
      point->latent[i]   = (float) point->point[i];
      point->gradient[i] = point->found[i];
    }
  point->distance = dot_objective_distance (point->point, point->origin, step->delta, D);
}

/* As a GPU's block makes it. */
static void
step_by_elements (Point *point, const DotMotionStep *step)
{
  DotMotion m      = { D,
                       step,
                       point->origin,
                       &point->k_eff,
                       point->point,
                       point->second_moment,
                       point->gradient,
                       &point->distance,
                       point->latent,
                       point->found };
  double    radial = 0.0, square = 0.0, sum = 0.0;

  for (gsize i = 0; i < D; i++)
    {
      radial += dot_motion_descent (&m, 0, i) * point->point[i];
      square += point->point[i] * point->point[i];
    }
  for (gsize i = 0; i < D; i++)
    dot_motion_move (&m, 0, i, dot_motion_project (&m, radial, square));
  for (gsize i = 0; i < D; i++)
    {
      dot_motion_take (&m, i);
      sum += dot_motion_difference (&m, i) * dot_motion_difference (&m, i);
    }
  point->distance = sqrt (sum);
}

static void
check_motion (const DotMotionStep *step, guint t)
{
  Point found, expected;

  draw_point (&found, step->delta);
  if (t == 1)
    memcpy (found.point, found.origin, sizeof (found.point));
  if (t == 1)
    found.distance = dot_objective_distance (found.point, found.origin, step->delta, D);
  expected = found;
  step_by_elements (&found, step);
  step_plainly (&expected, step, t);
  g_assert_cmpmem (&found, sizeof (found), &expected, sizeof (expected));
}

static void
test_motion (void)
{
  for (guint i = 0; i < 96; i++)
    {
      guint         t    = i / 24 + 1;
      gboolean      adam = i / 2 % 2;
      DotMotionStep step = {
        .method     = i % 2 ? DOT_METHOD_DOT : DOT_METHOD_NAIVE,
        .optimizer  = adam ? DOT_OPTIMIZER_ADAM : DOT_OPTIMIZER_SGD,
        .projection = i / 4 % 3,
        .rate       = adam ? dot_optimizer_adam_rate (0.1, t) : 0.1,
        .delta      = t == 1 ? 0.0 : 0.001,
        .clip       = i / 12 % 2 ? 1.0 : 0.0,
      };

      check_motion (&step, t);
    }
}

/* Infinities, not-a-numbers, ties. */
static void
test_rounding (void)
{
  static const guint32 bits[]    = { 0x7f800000, 0xff800000, 0x7fc12345, 0x7f800001, 0x3f808000,
                                     0x3f818000, 0x3f808001, 0x00000001, 0x80000000, 0x7f7fffff };
  static const guint16 rounded[] = { 0x7f80, 0xff80, 0x7fc0, 0x7fc0, 0x3f80,
                                     0x3f82, 0x3f81, 0x0000, 0x8000, 0x7f80 };

  for (guint i = 0; i < G_N_ELEMENTS (bits); i++)
    {
      float value;

      memcpy (&value, &bits[i], sizeof (value));
      g_assert_cmphex (dot_element_narrow (value), ==, rounded[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/elements/affine", test_affine);
  g_test_add_func ("/elements/add", test_add);
  g_test_add_func ("/elements/resize", test_resize);
  g_test_add_func ("/elements/sizes", test_sizes);
  g_test_add_func ("/elements/copy", test_copy);
  g_test_add_func ("/elements/further", test_further);
  g_test_add_func ("/elements/modulation", test_modulation);
  g_test_add_func ("/elements/demodulation", test_demodulation);
  g_test_add_func ("/elements/noise", test_noise);
  g_test_add_func ("/elements/head", test_head);
  g_test_add_func ("/elements/softmax", test_softmax);
  g_test_add_func ("/elements/motion", test_motion);
  g_test_add_func ("/elements/rounding", test_rounding);
  return g_test_run ();
}
