/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The rows of Figure 3. */

#pragma once

#include "figure3-source.h"

G_BEGIN_DECLS

/**
 * DotFigure3Method:
 * @name: of its row, and of a part's numbers
 * @paper: (nullable): the paper's row, in #DotPaperNumber
 * @updates: 0: the generator's points as they are
 *
 * How points are made.
 */
typedef struct
{
  const char   *name;
  const char   *paper;
  DotMethod     method;
  DotSpace      space;
  guint         updates;
  double        step_size;
  DotDivergence divergence;
  guint         proposals;
  double        percentile;
} DotFigure3Method;

/* So many of the table are the paper's. */
#define DOT_FIGURE3_METHOD_PAPER 3

const DotFigure3Method *dot_figure3_method_list (guint *n);
gboolean                dot_figure3_method_run (const DotFigure3Method *method,
                                                DotFigure3Source       *source,
                                                guint32                 seed,
                                                double                 *points,
                                                GCancellable           *cancellable,
                                                GError                **error);

G_END_DECLS
