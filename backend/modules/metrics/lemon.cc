/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The transport problem by LEMON's network simplex.  LEMON is C++ of headers
 * only; no exception leaves this file, and nothing here is of libtorch.
 *
 * Flows are whole numbers: each of n sources has m parts, each of m sinks takes
 * n.  Costs are rounded to whole numbers as fine as LEMON's sums allow, about
 * 1e−13 of the largest, so that the simplex ends; what the flow that it finds
 * costs is summed from the costs as they are. */

/* Before GLib, whose MAX is a name of LEMON's. */
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

#include "metrics/algebra.h"

#include <algorithm>
#include <cmath>
#include <new>
#include <vector>

#include "base/intl.h"

namespace
{

using Graph   = lemon::SmartDigraph;
using Simplex = lemon::NetworkSimplex<Graph, gint64, gint64>;

/* LEMON adds up costs along paths, and has an arc more a node that costs as
 * much as all of them: this much is left for a single one. */
double
choose_scale (double largest, gsize nodes)
{
  double room = std::ldexp (1.0, 60) / (4.0 * nodes);

  return largest > 0.0 ? room / largest : 1.0;
}

struct Problem
{
  Graph                   graph;
  Graph::NodeMap<gint64>  supply{ graph };
  std::vector<Graph::Arc> arcs;

  Problem (gsize n, gsize m)
  {
    graph.reserveNode (n + m);
    graph.reserveArc (n * m);
    arcs.reserve (n * m);
    for (gsize i = 0; i < n + m; i++)
      graph.addNode ();
    for (gsize i = 0; i < n; i++)
      supply[graph.nodeFromId (i)] = m;
    for (gsize j = 0; j < m; j++)
      supply[graph.nodeFromId (n + j)] = -(gint64) n;
    for (gsize i = 0; i < n; i++)
      for (gsize j = 0; j < m; j++)
        arcs.push_back (graph.addArc (graph.nodeFromId (i), graph.nodeFromId (n + j)));
  }
};

/* @cost stays as it is where LEMON doesn't find the optimum. */
bool
solve (const double *costs, gsize n, gsize m, double *cost)
{
  Problem               problem (n, m);
  Graph::ArcMap<gint64> rounded (problem.graph);
  double                scale = choose_scale (*std::max_element (costs, costs + n * m), n + m);
  double                sum   = 0.0;

  for (gsize i = 0; i < n * m; i++)
    rounded[problem.arcs[i]] = std::llround (costs[i] * scale);

  Simplex simplex (problem.graph);

  simplex.costMap (rounded).supplyMap (problem.supply);
  if (simplex.run () != Simplex::OPTIMAL)
    return false;

  for (gsize i = 0; i < n * m; i++)
    sum += simplex.flow (problem.arcs[i]) * costs[i];
  *cost = sum / ((double) n * m);
  return true;
}

} // namespace

extern "C" gboolean
dot_lemon_transport (const double *costs, gsize n, gsize m, double *cost, GError **error)
{
  try
    {
      if (solve (costs, n, m, cost))
        return TRUE;
      g_set_error_literal (error, DOT_ERROR, DOT_ERROR_FAILED,
                           _ ("The transport problem has no solution: give "
                              "points whose coordinates are smaller numbers."));
    }
  catch (const std::bad_alloc &)
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_NO_MEMORY,
                   _ ("There is not enough memory to compare %zu with %zu points: give fewer."), n, m);
    }
  catch (...)
    {
      g_set_error_literal (error, DOT_ERROR, DOT_ERROR_FAILED,
                           _ ("LEMON failed: give other points."));
    }
  return FALSE;
}
