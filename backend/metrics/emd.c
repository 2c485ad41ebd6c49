/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Earth mover's distance between two sets of points. */

#include "emd.h"

#include "algebra.h"

#include "base/intl.h"

#include <math.h>

/* Pairs of points: LEMON takes about 100 bytes for each. */
#define MAX_PAIRS 25000000

typedef struct
{
  const DotMetricsClass *metrics;
  double                *costs;
  gsize                  n;
  gsize                  m;
  double                 emd;
} Problem;

static void
problem_free (gpointer data)
{
  Problem *problem = data;

  g_free (problem->costs);
  g_free (problem);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Problem, problem_free)

static double
cost_between (const double *x, const double *y, gsize dimension, DotCost cost)
{
  double sum = 0.0;

  for (gsize i = 0; i < dimension; i++)
    sum += (x[i] - y[i]) * (x[i] - y[i]);
  return cost == DOT_COST_SQUARED ? sum : sqrt (sum);
}

static gboolean
check_points (gsize n, gsize m, gsize dimension, GError **error)
{
  if (n > 0 && m > 0 && dimension > 0 && n <= MAX_PAIRS / m)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("Sets of points can't be compared where their numbers are %zu and %zu and their "
                  "dimension %zu: give at least one of each, and at most %d pairs."),
               n, m, dimension, MAX_PAIRS);
  return FALSE;
}

static gboolean
fill_costs (Problem      *problem,
            const double *one,
            const double *other,
            gsize         dimension,
            DotCost       cost,
            GError      **error)
{
  gsize m = problem->m;

  problem->costs = g_try_new (double, problem->n *m);
  if (! problem->costs)
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_NO_MEMORY,
                   _ ("There is not enough memory to compare %zu with %zu points: give fewer."),
                   problem->n, m);
      return FALSE;
    }

  for (gsize i = 0; i < problem->n * m; i++)
    {
      problem->costs[i] = cost_between (one + i / m * dimension, other + i % m * dimension,
                                        dimension, cost);
      if (! isfinite (problem->costs[i]))
        {
          g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FINITE,
                       _ ("Point %zu or %zu has a coordinate that is no number, "
                          "or too large: give other points."),
                       i / m, i % m);
          return FALSE;
        }
    }
  return TRUE;
}

static void
solve (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Problem *problem = data;
  GError  *error   = NULL;

  if (problem->metrics->transport (problem->costs, problem->n, problem->m, &problem->emd, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * dot_emd:
 * @one: (n, d), of which each has the weight 1/n
 * @other: (m, d), 1/m
 * @emd: (out): what moving the one to the other costs at least
 * @cancellable: (nullable): LEMON can't be stopped, so a cancelled one ends in
 *   its own thread some time later
 *
 * The exact distance, by LEMON's network simplex; with squared costs it isn't
 * taken the root of.
 */
gboolean
dot_emd (const double *one,
         gsize         n,
         const double *other,
         gsize         m,
         gsize         dimension,
         DotCost       cost,
         double       *emd,
         GCancellable *cancellable,
         GError      **error)
{
  g_autoptr (Problem) made = g_new0 (Problem, 1);
  g_autoptr (GTask) task   = NULL;
  Problem *problem;

  made->n       = n;
  made->m       = m;
  made->metrics = dot_algebra_load (error);
  if (! made->metrics || ! check_points (n, m, dimension, error) ||
      ! fill_costs (made, one, other, dimension, cost, error))
    return FALSE;

  task    = g_task_new (NULL, cancellable, NULL, NULL);
  problem = g_steal_pointer (&made);
  g_task_set_task_data (task, problem, problem_free);
  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread_sync (task, solve);
  if (! g_task_propagate_boolean (task, error))
    return FALSE;
  *emd = problem->emd;
  return TRUE;
}
