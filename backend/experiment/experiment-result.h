/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

/**
 * DotExperimentResult:
 *
 * What a part comes to: named lists of numbers.
 */
typedef struct _DotExperimentResult DotExperimentResult;

DotExperimentResult *dot_experiment_result_new (void);
void                 dot_experiment_result_free (DotExperimentResult *result);
void                 dot_experiment_result_set (DotExperimentResult *result,
                                                const char          *name,
                                                const double        *values,
                                                gsize                n);
void                 dot_experiment_result_set_floats (DotExperimentResult *result,
                                                       const char          *name,
                                                       const float         *values,
                                                       gsize                n);
void dot_experiment_result_set_number (DotExperimentResult *result, const char *name, double value);
const double *dot_experiment_result_get (const DotExperimentResult *result,
                                         const char                *name,
                                         gsize                     *n);
double   dot_experiment_result_get_number (const DotExperimentResult *result, const char *name);
gboolean dot_experiment_result_save (const DotExperimentResult *result,
                                     const char                *path,
                                     GError                   **error);
DotExperimentResult *dot_experiment_result_load (const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotExperimentResult, dot_experiment_result_free)

G_END_DECLS
