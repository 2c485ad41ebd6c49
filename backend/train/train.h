/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "train-config.h"
#include "train-options.h"

G_BEGIN_DECLS

/**
 * DotTrainResult:
 * @model: the folder of the model that was made; "" for all but rank 0
 * @device: what computed
 * @resumed: the step that the run went on from; 0 for a new one
 * @step: the last one
 */
typedef struct
{
  char   *model;
  char   *device;
  guint64 resumed;
  guint64 step;
} DotTrainResult;

gboolean dot_train (const DotTrainConfig  *config,
                    const DotTrainOptions *options,
                    DotTrainResult        *result,
                    GError               **error);
void     dot_train_result_clear (DotTrainResult *result);

G_END_DECLS
