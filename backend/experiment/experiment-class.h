/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What an experiment is, for those who write one. */

#pragma once

#include "experiment-result.h"
#include "experiment-table.h"
#include "experiment-values.h"

#include "export/plot.h"

G_BEGIN_DECLS

typedef struct _DotExperiment DotExperiment;

/**
 * DotExperimentPart:
 * @name: what decides it, as a file may be called: "swiss-roll-trial-7"
 * @place: for the experiment: which pair, which trial …
 *
 * A unit of work, which depends on no other: the same numbers whenever, wherever
 * and in whatever order it is computed.
 */
typedef struct
{
  char *name;
  guint place[4];
} DotExperimentPart;

/**
 * DotExperimentClass:
 * @name: on the command line, and of its files
 * @title: what it shows, one line
 * @needs: a sentence: what a person must have for it
 * @architecture: (nullable): that of files which don't say it
 * @version: counted up where the same options make other numbers
 * @options: ended by one without a name
 * @columns: of its table, ended by one without a key
 * @prepare: looks at the options, finds the models and adds the parts; what can be
 *   refused is refused here
 * @run_part: computes a part; tells how far it is by dot_experiment_tell()
 * @join: makes rows of all parts' results, in the parts' order
 * @draw: (nullable): draws them
 * @clear: (nullable): frees the experiment's @data
 *
 * An experiment.  Each has a file of its own and is an entry of the table in
 * experiment.c.
 */
typedef struct
{
  const char                *name;
  const char                *title;
  const char                *needs;
  const char                *architecture;
  guint                      version;
  const DotExperimentOption *options;
  const DotExperimentColumn *columns;
  gboolean (*prepare) (DotExperiment *experiment, GCancellable *cancellable, GError **error);
  gboolean (*run_part) (DotExperiment           *experiment,
                        const DotExperimentPart *part,
                        DotExperimentResult     *result,
                        GCancellable            *cancellable,
                        GError                 **error);
  gboolean (*join) (DotExperiment      *experiment,
                    GPtrArray          *results,
                    DotExperimentTable *table,
                    GError            **error);
  void (*draw) (DotExperiment *experiment, GPtrArray *results, DotPlot *plot);
  void (*clear) (gpointer data);
} DotExperimentClass;

/**
 * DotExperiment:
 * @values: what it was told
 * @data: (nullable): the experiment's own
 * @identity: all that decides the parts' numbers, but for the values
 * @parts: (element-type DotExperimentPart)
 * @models: (element-type DotModel): those of dot_experiment_pairs_find()
 * @pair: (nullable): the one in memory
 * @loaded: of @models, which that is
 * @precision: what it computes with, as it was asked for
 * @judges: (nullable): those of dot_experiment_judges_load()
 * @progress: (nullable): told how much is done
 * @notice: (nullable): told what a person should know
 * @done: how many of the parts are done
 *
 * An experiment that is being made.
 */
struct _DotExperiment
{
  const DotExperimentClass *class;
  DotExperimentValues *values;
  gpointer             data;
  GString             *identity;
  GArray              *parts;
  GPtrArray           *models;
  DotPair             *pair;
  guint                loaded;
  DotPrecision         precision;
  GPtrArray           *judges;
  DotProgressFunc      progress;
  void (*notice) (const char *sentence, gpointer user_data);
  gpointer user_data;
  guint    done;
};

/* In prepare. */
void dot_experiment_identify (DotExperiment *experiment, const char *format, ...)
  G_GNUC_PRINTF (2, 3);
gboolean dot_experiment_identify_file (DotExperiment *experiment, const char *path, GError **error);
void     dot_experiment_add_part (DotExperiment *experiment,
                                  const guint    place[4],
                                  const char    *format,
                                  ...) G_GNUC_PRINTF (3, 4);

/* In run_part. */
void dot_experiment_tell (DotExperiment *experiment, double fraction);
void dot_experiment_tell_progress (const char *message, double fraction, gpointer experiment);

G_END_DECLS
