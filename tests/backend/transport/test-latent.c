/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "transport/latent.h"

#include <math.h>
#include <string.h>

static void
assert_latent (DotPrior      prior,
               guint32       seed,
               DotStream     stream,
               const double *expected,
               gsize         dimension)
{
  g_autofree double *latent = g_new (double, dimension);

  dot_latent_draw (prior, seed, stream, latent, dimension);
  for (gsize i = 0; i < dimension; i++)
    g_assert_cmpfloat (latent[i], ==, expected[i]);
}

/* Made by another implementation, in Python: a seed is one latent for good. */
static void
test_known_latents (void)
{
  assert_latent (DOT_PRIOR_NORMAL, 0, DOT_STREAM_LATENT,
                 (double[]) { -0.12151796370744705, -1.3500326871871948, -0.08187421411275864,
                              -0.2227090448141098 },
                 4);
  assert_latent (DOT_PRIOR_NORMAL, 7, DOT_STREAM_LATENT,
                 (double[]) { 0.22970816493034363, 0.20041438937187195, 0.632674515247345,
                              1.1822866201400757 },
                 4);
  assert_latent (DOT_PRIOR_NORMAL, G_MAXINT32, DOT_STREAM_LATENT,
                 (double[]) { -0.2986040711402893, -1.4314970970153809, -1.7535178661346436 }, 3);
  assert_latent (DOT_PRIOR_UNIFORM, 7, DOT_STREAM_LATENT,
                 (double[]) { 0.9091942310333252, -0.7716452479362488, -0.18607918918132782,
                              -0.6564026474952698 },
                 4);
  assert_latent (DOT_PRIOR_NORMAL, 0, DOT_STREAM_LIPSCHITZ,
                 (double[]) { 0.03904597461223602, 0.12328965961933136 }, 2);
}

static void
test_hash (void)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint32 seed = 0; seed < 10; seed++)
    {
      double latent[128];
      float  values[128];

      dot_latent_draw (DOT_PRIOR_NORMAL, seed, DOT_STREAM_LATENT, latent, 128);
      for (int i = 0; i < 128; i++)
        values[i] = (float) latent[i];
      g_checksum_update (checksum, (const guchar *) values, sizeof (values));
    }

  g_assert_cmpstr (g_checksum_get_string (checksum), ==,
                   "8e366e3753b867498aae69fdc9ad6353cc51b20d48b638e9290e5e7e3fcd1f45");
}

/* 128,000 values: mean and variance within five standard errors. */
static void
test_moments (void)
{
  double sums[2][2] = {
    {
      0.0,
    },
  };
  gsize n = 0;

  for (guint32 seed = 0; seed < 1000; seed++)
    {
      double latent[128];

      for (int prior = 0; prior < 2; prior++)
        {
          dot_latent_draw (prior, seed, DOT_STREAM_LATENT, latent, 128);
          for (int i = 0; i < 128; i++)
            {
              sums[prior][0] += latent[i];
              sums[prior][1] += latent[i] * latent[i];
              if (prior == DOT_PRIOR_UNIFORM)
                g_assert_cmpfloat (ABS (latent[i]), <=, 1.0);
            }
        }
      n += 128;
    }

  g_assert_cmpfloat_with_epsilon (sums[DOT_PRIOR_NORMAL][0] / n, 0.0, 0.014);
  g_assert_cmpfloat_with_epsilon (sums[DOT_PRIOR_NORMAL][1] / n, 1.0, 0.02);
  g_assert_cmpfloat_with_epsilon (sums[DOT_PRIOR_UNIFORM][0] / n, 0.0, 0.0081);
  g_assert_cmpfloat_with_epsilon (sums[DOT_PRIOR_UNIFORM][1] / n, 1.0 / 3.0, 0.0042);
}

static double
product (const double *a, const double *b, gsize dimension)
{
  double sum = 0.0;

  for (gsize i = 0; i < dimension; i++)
    sum += a[i] * b[i];
  return sum;
}

/* A third of the way in angle between two of length 2 at right angles. */
static void
test_between (void)
{
  const double from[2] = { 2.0, 0.0 };
  const double to[2]   = { 0.0, 2.0 };
  double       latent[2];

  dot_latent_between (DOT_PRIOR_NORMAL, from, to, 1.0 / 3.0, latent, 2);
  g_assert_cmpfloat_with_epsilon (latent[0], sqrt (3.0), 1e-12);
  g_assert_cmpfloat_with_epsilon (latent[1], 1.0, 1e-12);

  dot_latent_between (DOT_PRIOR_UNIFORM, from, to, 0.25, latent, 2);
  g_assert_cmpfloat (latent[0], ==, 1.5);
  g_assert_cmpfloat (latent[1], ==, 0.5);
}

/* Along one line, from nothing, and back to where it came from, no division
 * by zero. */
static void
test_between_degenerate (void)
{
  const double a[2]    = { 1.0, 1.0 };
  const double b[2]    = { 3.0, 3.0 };
  const double zero[2] = { 0.0, 0.0 };
  const double back[2] = { -1.0, -1.0 };
  double       latent[2];

  dot_latent_between (DOT_PRIOR_NORMAL, a, b, 0.5, latent, 2);
  g_assert_cmpfloat (latent[0], ==, 2.0);
  dot_latent_between (DOT_PRIOR_NORMAL, zero, b, 0.5, latent, 2);
  g_assert_cmpfloat (latent[0], ==, 1.5);
  dot_latent_between (DOT_PRIOR_NORMAL, a, back, 0.5, latent, 2);
  g_assert_true (isfinite (latent[0]) && isfinite (latent[1]));
}

/* What lay within stays, what lay beyond is drawn anew: normal still, and the
 * same each time. */
static void
test_truncate (void)
{
  double plain[1000], latent[1000], again[1000];

  dot_latent_draw (DOT_PRIOR_NORMAL, 3, DOT_STREAM_LATENT, plain, 1000);
  memcpy (latent, plain, sizeof (latent));
  memcpy (again, plain, sizeof (again));
  dot_latent_truncate (DOT_PRIOR_NORMAL, 3, 0.8, latent, 1000);
  dot_latent_truncate (DOT_PRIOR_NORMAL, 3, 0.8, again, 1000);

  g_assert_cmpmem (latent, sizeof (latent), again, sizeof (again));
  for (int i = 0; i < 1000; i++)
    {
      g_assert_cmpfloat (fabs (latent[i]), <=, 0.8);
      if (fabs (plain[i]) <= 0.8)
        g_assert_cmpfloat (latent[i], ==, plain[i]);
    }
  /* The variance of a standard normal cut at 0.8: 1 − 2 · 0.8 φ(0.8) /
   * (2 Φ(0.8) − 1) = 0.1957, within five standard errors. */
  g_assert_cmpfloat_with_epsilon (product (latent, latent, 1000) / 1000, 0.1957, 0.028);

  dot_latent_draw (DOT_PRIOR_UNIFORM, 3, DOT_STREAM_LATENT, plain, 1000);
  memcpy (latent, plain, sizeof (latent));
  dot_latent_truncate (DOT_PRIOR_UNIFORM, 3, 0.5, latent, 1000);
  g_assert_cmpfloat (latent[7], ==, 0.5 * plain[7]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/latent/known", test_known_latents);
  g_test_add_func ("/latent/hash", test_hash);
  g_test_add_func ("/latent/moments", test_moments);
  g_test_add_func ("/latent/between", test_between);
  g_test_add_func ("/latent/between-degenerate", test_between_degenerate);
  g_test_add_func ("/latent/truncate", test_truncate);
  return g_test_run ();
}
