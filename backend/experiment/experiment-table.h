/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * DotExperimentColumn:
 * @key: its name in the CSV and the JSON
 * @title: what stands above it, not yet translated
 * @digits: after the point, of a number that is printed; −1 of a text
 * @deviation: whether a number has a deviation: the CSV and the JSON have it as
 *   KEY_sigma
 */
typedef struct
{
  const char *key;
  const char *title;
  int         digits;
  gboolean    deviation;
} DotExperimentColumn;

/**
 * DotExperimentTable:
 *
 * An experiment's rows: our numbers beside the paper's.
 */
typedef struct _DotExperimentTable DotExperimentTable;

DotExperimentTable *dot_experiment_table_new (const DotExperimentColumn *columns);
void                dot_experiment_table_free (DotExperimentTable *table);

/* A row, cell by cell, each column once, in their order. */
void   dot_experiment_table_add_text (DotExperimentTable *table, const char *text);
void   dot_experiment_table_add_number (DotExperimentTable *table, double value);
void   dot_experiment_table_add_mean (DotExperimentTable *table, double mean, double sigma);
double dot_experiment_table_mean_of (const double *values, gsize n, double *sigma);
void   dot_experiment_table_add_mean_of (DotExperimentTable *table, const double *values, gsize n);

/* What the numbers don't show. */
void dot_experiment_table_add_note (DotExperimentTable *table, const char *sentence);

const DotExperimentColumn *dot_experiment_table_get_columns (const DotExperimentTable *table,
                                                             guint                    *n);
guint                      dot_experiment_table_get_n_rows (const DotExperimentTable *table);
const char *const         *dot_experiment_table_get_notes (const DotExperimentTable *table);
char  *dot_experiment_table_get_shown (const DotExperimentTable *table, guint row, guint column);
double dot_experiment_table_get_number (const DotExperimentTable *table, guint row, guint column);

char *dot_experiment_table_to_csv (const DotExperimentTable *table);
void  dot_experiment_table_write_json (const DotExperimentTable *table, JsonBuilder *builder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotExperimentTable, dot_experiment_table_free)

G_END_DECLS
