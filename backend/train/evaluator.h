/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "train-config.h"
#include "train-options.h"

G_BEGIN_DECLS

typedef struct _DotEvaluator DotEvaluator;

DotEvaluator *dot_evaluator_new (const DotTrainConfig  *config,
                                 gboolean               trust,
                                 const DotTrainOptions *options,
                                 GError               **error);
void          dot_evaluator_free (DotEvaluator *evaluator);
gboolean      dot_evaluator_prepare (DotDataset   *dataset,
                                     gpointer      evaluator,
                                     GCancellable *cancellable,
                                     GError      **error);
gboolean      dot_evaluator_measure (DotTrainGenerateFunc generate,
                                     gpointer             source,
                                     DotTrainMeasures    *measures,
                                     gpointer             evaluator,
                                     GCancellable        *cancellable,
                                     GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotEvaluator, dot_evaluator_free)

G_END_DECLS
