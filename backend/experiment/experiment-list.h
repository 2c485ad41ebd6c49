/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The entries of the table in experiment.c, one a file. */

#pragma once

#include "experiment-class.h"

G_BEGIN_DECLS

extern const DotExperimentClass dot_experiment_figure2;
extern const DotExperimentClass dot_experiment_figure3;
extern const DotExperimentClass dot_experiment_figure5;
extern const DotExperimentClass dot_experiment_figure11;
extern const DotExperimentClass dot_experiment_methods;
extern const DotExperimentClass dot_experiment_table1;
extern const DotExperimentClass dot_experiment_table2;
extern const DotExperimentClass dot_experiment_table3;
extern const DotExperimentClass dot_experiment_table7;

G_END_DECLS
