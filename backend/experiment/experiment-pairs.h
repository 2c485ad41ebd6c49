/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "experiment-class.h"

#include "dot-enums.h"

#include "base/intl.h"

G_BEGIN_DECLS

/* The options of what computes a pair. */
#define DOT_EXPERIMENT_ENGINE_OPTIONS                                                            \
  { "trust", DOT_EXPERIMENT_OPTION_FLAG, .free = TRUE,                                           \
    .help = N_ ("Run TorchScript files, which are programs, wherever they lie") },               \
    { "engine", DOT_EXPERIMENT_OPTION_WORD, .initial = "auto", .enum_type = dot_engine_get_type, \
      .help = N_ ("What computes (auto: the fastest that can)") },                               \
    { "device", DOT_EXPERIMENT_OPTION_WORD, .initial = "auto", .enum_type = dot_device_get_type, \
      .help = N_ ("Where to compute (auto: CUDA if it works)") },                                \
  {                                                                                              \
    "precision", DOT_EXPERIMENT_OPTION_WORD, .initial = "float32",                               \
      .enum_type = dot_precision_get_type, .help = N_ ("How exactly to compute (float32)")       \
  }

/* The options of which pairs, as they stand in an experiment's own.  PRIOR is that of
 * files without a model.json, and HELP says so. */
#define DOT_EXPERIMENT_PAIR_OPTIONS(PRIOR, HELP)                                                  \
  { "model", DOT_EXPERIMENT_OPTION_FILE, .many = TRUE,                                            \
    .help        = N_ ("A model by its id, or the path of its folder; may be given for several"), \
    .placeholder = N_ ("MODEL") },                                                                \
    { "generator", DOT_EXPERIMENT_OPTION_FILE, .many = TRUE,                                      \
      .help        = N_ ("Weights of a generator; may be given for several"),                     \
      .placeholder = N_ ("FILE") },                                                               \
    { "discriminator", DOT_EXPERIMENT_OPTION_FILE, .many = TRUE,                                  \
      .help        = N_ ("Weights of a discriminator, one for each generator, in their order"),   \
      .placeholder = N_ ("FILE") },                                                               \
    { "architecture", DOT_EXPERIMENT_OPTION_TEXT,                                                 \
      .help = N_ ("How those files are built (what they say)"), .placeholder = N_ ("NAME") },     \
    { "prior", DOT_EXPERIMENT_OPTION_WORD, .initial = PRIOR, .enum_type = dot_prior_get_type,     \
      .help = HELP },                                                                             \
    DOT_EXPERIMENT_ENGINE_OPTIONS

gboolean  dot_experiment_pairs_find (DotExperiment *experiment, GError **error);
gboolean  dot_experiment_pairs_need (DotExperiment *experiment,
                                     guint          least,
                                     guint          most,
                                     GError       **error);
gboolean  dot_experiment_pairs_cross (DotExperiment *experiment, GError **error);
void      dot_experiment_pairs_identify_calibration (DotExperiment *experiment, guint i);
char     *dot_experiment_pairs_get_name (DotExperiment *experiment, guint i);
char     *dot_experiment_pairs_name_file (DotExperiment *experiment, const char *option, guint i);
DotModel *dot_experiment_pairs_get (DotExperiment *experiment, guint i);
DotRefineOptions *dot_experiment_pairs_get_options (DotExperiment *experiment, guint i);
DotPair          *dot_experiment_pairs_load (DotExperiment *experiment,
                                             guint          i,
                                             GCancellable  *cancellable,
                                             GError       **error);
DotPair          *dot_experiment_pairs_load_for (DotExperiment          *experiment,
                                                 guint                   i,
                                                 const DotRefineOptions *run,
                                                 GCancellable           *cancellable,
                                                 GError                **error);

G_END_DECLS
