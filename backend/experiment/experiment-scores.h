/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "experiment-class.h"

#include "base/intl.h"

G_BEGIN_DECLS

/* The columns of a table of inception scores and FIDs.  TITLE is what WHAT is. */
#define DOT_EXPERIMENT_SCORES_COLUMNS(TITLE)                                          \
  { "source", N_ ("Whose"), -1 }, { "what", TITLE, -1 }, { "data", N_ ("Data"), -1 }, \
    { "network", N_ ("Feature network"), -1 }, { "method", N_ ("Method"), -1 },       \
    { "updates", N_ ("Updates"), 0 }, { "is", N_ ("Inception score"), 2, TRUE },      \
    { "fid", N_ ("FID"), 3 }

/**
 * DotExperimentScores:
 * @result: (nullable): of the part; %NULL where it has none
 * @update: which of its numbers of updates
 * @what: in the second column
 * @method: in the fifth
 * @updates: in the sixth; NaN where that isn't known
 *
 * One of our rows.
 */
typedef struct
{
  const DotExperimentResult *result;
  guint                      update;
  const char                *what;
  const char                *method;
  double                     updates;
} DotExperimentScores;

/**
 * DotExperimentMark:
 * @run: whose it is, of the plot's
 * @x: where
 * @result: the part's
 * @update: which of its numbers of updates
 *
 * A point of each panel.
 */
typedef struct
{
  guint                      run;
  double                     x;
  const DotExperimentResult *result;
  guint                      update;
} DotExperimentMark;

void     dot_experiment_scores_add (DotExperiment             *experiment,
                                    DotExperimentTable        *table,
                                    const DotExperimentScores *scores);
void     dot_experiment_scores_add_paper (DotExperimentTable *table, const char *place);
gboolean dot_experiment_scores_note (DotExperiment      *experiment,
                                     GPtrArray          *results,
                                     DotExperimentTable *table,
                                     GError            **error);
char    *dot_experiment_scores_name_network (DotExperiment *experiment, guint network);
void     dot_experiment_scores_draw (DotExperiment *experiment, DotPlot *plot, const GArray *marks);

G_END_DECLS
