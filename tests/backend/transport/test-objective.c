/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "transport/lipschitz.h"
#include "transport/objective.h"
#include "transport/optimizer.h"

#include <math.h>

#define D 5

static const double point[D]  = { 0.3, -1.2, 0.7, 2.0, -0.4 };
static const double origin[D] = { 0.1, -1.0, 1.7, 2.5, 0.0 };
static const double slope[D]  = { 1.5, -0.2, 0.3, 0.0, -2.0 };

/* D(z) = ⟨slope, z⟩ + ½ z₀², so that its gradient changes with z. */
static double
score (const double *z)
{
  double sum = 0.5 * z[0] * z[0];

  for (int i = 0; i < D; i++)
    sum += slope[i] * z[i];
  return sum;
}

static double
objective (const double *z, double k_eff)
{
  return dot_objective_distance (z, origin, 0.001, D) - score (z) / k_eff;
}

static void
score_gradient (const double *z, double *gradient)
{
  for (int i = 0; i < D; i++)
    gradient[i] = slope[i] + (i == 0 ? z[0] : 0.0);
}

/* H's gradient against central differences of H itself. */
static void
test_gradient (void)
{
  const double h = 1e-6;
  double       inner[D], gradient[D];

  score_gradient (point, inner);
  dot_objective_gradient (DOT_METHOD_DOT, point, origin, 0.001, 0.7, inner, gradient, D);
  for (int i = 0; i < D; i++)
    {
      double high[D], low[D];

      memcpy (high, point, sizeof (high));
      memcpy (low, point, sizeof (low));
      high[i] += h;
      low[i] -= h;
      g_assert_cmpfloat_with_epsilon (gradient[i],
                                      (objective (high, 0.7) - objective (low, 0.7)) / (2 * h),
                                      1e-8);
    }
}

static void
test_naive_gradient (void)
{
  double gradient[D];

  dot_objective_gradient (DOT_METHOD_NAIVE, point, origin, 0.001, 0.5, slope, gradient, D);
  for (int i = 0; i < D; i++)
    g_assert_cmpfloat (gradient[i], ==, -slope[i] / 0.5);
}

/* At the origin only δ keeps the distance's gradient defined. */
static void
test_gradient_at_origin (void)
{
  const double none[D] = {
    0.0,
  };
  double gradient[D];

  g_assert_cmpfloat_with_epsilon (dot_objective_distance (origin, origin, 0.001, D),
                                  0.001 * sqrt (D), 1e-15);
  dot_objective_gradient (DOT_METHOD_DOT, origin, origin, 0.001, 1.0, none, gradient, D);
  for (int i = 0; i < D; i++)
    g_assert_cmpfloat_with_epsilon (gradient[i], 1.0 / sqrt (D), 1e-12);

  dot_objective_gradient (DOT_METHOD_DOT, origin, origin, 0.0, 1.0, none, gradient, D);
  for (int i = 0; i < D; i++)
    g_assert_cmpfloat (gradient[i], ==, 0.0);
}

static double
product (const double *a, const double *b)
{
  double sum = 0.0;

  for (int i = 0; i < D; i++)
    sum += a[i] * b[i];
  return sum;
}

static void
test_projection (void)
{
  double radial = product (slope, point);
  double gradient[D];

  memcpy (gradient, slope, sizeof (gradient));
  dot_objective_project (DOT_PROJECTION_NONE, point, gradient, D);
  g_assert_cmpmem (gradient, sizeof (gradient), slope, sizeof (slope));

  dot_objective_project (DOT_PROJECTION_TANGENT, point, gradient, D);
  g_assert_cmpfloat_with_epsilon (product (gradient, point), 0.0, 1e-14);

  memcpy (gradient, slope, sizeof (gradient));
  dot_objective_project (DOT_PROJECTION_PAPER, point, gradient, D);
  for (int i = 0; i < D; i++)
    g_assert_cmpfloat_with_epsilon (gradient[i], slope[i] - radial * point[i] / sqrt (5.0), 1e-14);
}

static void
test_projection_at_zero (void)
{
  const double zero[D] = {
    0.0,
  };
  double gradient[D];

  memcpy (gradient, slope, sizeof (gradient));
  dot_objective_project (DOT_PROJECTION_TANGENT, zero, gradient, D);
  g_assert_cmpmem (gradient, sizeof (gradient), slope, sizeof (slope));
}

static void
test_sgd (void)
{
  double z[D];

  memcpy (z, point, sizeof (z));
  dot_optimizer_sgd_step (0.1, slope, z, D);
  for (int i = 0; i < D; i++)
    g_assert_cmpfloat_with_epsilon (z[i], point[i] - 0.1 * slope[i], 1e-15);
}

/* Adam in its general form, with both moments and β₁ = 0, over some steps of
 * changing gradients. */
static void
test_adam (void)
{
  const double beta1 = 0.0, beta2 = 0.9, alpha = 0.02;
  double       z[D], v[D] = {
    0.0,
  };
  double       expected[D], m1[D] = { 0.0, }, m2[D] = { 0.0, };

  memcpy (z, point, sizeof (z));
  memcpy (expected, point, sizeof (expected));
  for (guint t = 1; t <= 6; t++)
    {
      double g[D];

      for (int i = 0; i < D; i++)
        {
          g[i]  = slope[i] * t - 2.0 * (i == 3);
          m1[i] = beta1 * m1[i] + (1 - beta1) * g[i];
          m2[i] = beta2 * m2[i] + (1 - beta2) * g[i] * g[i];
          expected[i] -= alpha * sqrt (1 - pow (beta2, t)) / (1 - pow (beta1, t)) * m1[i] /
                         (sqrt (m2[i]) + 1e-8);
        }
      dot_optimizer_adam_step (alpha, t, g, v, z, D);
      for (int i = 0; i < D; i++)
        g_assert_cmpfloat_with_epsilon (z[i], expected[i], 1e-14);
    }

  /* The first step is α sign(g), nearly. */
  memset (v, 0, sizeof (v));
  memcpy (z, point, sizeof (z));
  dot_optimizer_adam_step (alpha, 1, slope, v, z, D);
  g_assert_cmpfloat_with_epsilon (z[0], point[0] - alpha, 1e-9);
  g_assert_cmpfloat_with_epsilon (z[4], point[4] + alpha, 1e-9);
  g_assert_cmpfloat (z[3], ==, point[3]);
}

static void
test_lipschitz (void)
{
  const double a[3][2]     = { { 0, 0 }, { 1, 1 }, { 2, 2 } };
  const double b[3][2]     = { { 3, 4 }, { 1, 1 }, { 2, 0 } };
  const double scores_a[3] = { 1.0, 5.0, 0.0 };
  const double scores_b[3] = { 2.0, 9.0, -1.0 };

  /* Slopes 1/5, an equal pair that doesn't count, and 1/2. */
  g_assert_cmpfloat_with_epsilon (dot_lipschitz_ratio (scores_a, scores_b, &a[0][0], &b[0][0], 3,
                                                       2),
                                  0.5, 1e-15);
  g_assert_cmpfloat (dot_lipschitz_ratio (scores_a, scores_b, &a[0][0], &b[0][0], 0, 2), ==, 0.0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/objective/gradient", test_gradient);
  g_test_add_func ("/objective/naive", test_naive_gradient);
  g_test_add_func ("/objective/at-origin", test_gradient_at_origin);
  g_test_add_func ("/objective/projection", test_projection);
  g_test_add_func ("/objective/projection-at-zero", test_projection_at_zero);
  g_test_add_func ("/optimizer/sgd", test_sgd);
  g_test_add_func ("/optimizer/adam", test_adam);
  g_test_add_func ("/lipschitz/ratio", test_lipschitz);
  return g_test_run ();
}
