/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "experiment-class.h"

#include "metrics/features.h"
#include "metrics/statistics.h"

#include "base/intl.h"

G_BEGIN_DECLS

/* The options of what looks at pictures, as they stand in an experiment's own: of as many
 * networks as are given, or of one. */
#define DOT_EXPERIMENT_JUDGE_OPTIONS     DOT_EXPERIMENT_JUDGE_OPTIONS_OF (TRUE)
#define DOT_EXPERIMENT_ONE_JUDGE_OPTIONS DOT_EXPERIMENT_JUDGE_OPTIONS_OF (FALSE)

#define DOT_EXPERIMENT_JUDGE_OPTIONS_OF(several)                                                 \
  { "against", DOT_EXPERIMENT_OPTION_FILE,                                                       \
    .help        = N_ ("Real pictures: a folder, a tar, FILE.tar:FOLDER, or statistics (.npz)"), \
    .placeholder = N_ ("PATH") },                                                                \
  {                                                                                              \
    "features", DOT_EXPERIMENT_OPTION_FILE, .many = several,                                     \
      .help        = N_ ("The TorchScript network that looks at the pictures"),                  \
      .placeholder = N_ ("FILE")                                                                 \
  }

gboolean dot_experiment_judges_find (DotExperiment *experiment, GError **error);
guint    dot_experiment_judges_count (const DotExperiment *experiment);
gboolean dot_experiment_judges_load (DotExperiment        *experiment,
                                     guint                 judge,
                                     DotModel             *model,
                                     DotFeatures         **network,
                                     const DotStatistics **reference,
                                     GCancellable         *cancellable,
                                     GError              **error);

G_END_DECLS
