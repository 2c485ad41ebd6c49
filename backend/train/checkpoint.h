/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "trainer.h"

G_BEGIN_DECLS

#define DOT_CHECKPOINT_SUMS 13

/**
 * DotTrainState:
 * @step: updates of the generator done
 * @finish_step: updates of the discriminator alone done, after those
 * @sums: what the log's next row is the mean of, and of how many
 *
 * Where a run is, beside the trainer's arrays.
 */
typedef struct
{
  guint64 step;
  guint64 finish_step;
  double  sums[DOT_CHECKPOINT_SUMS];
} DotTrainState;

gboolean dot_checkpoint_save (const char          *folder,
                              DotTrainer          *trainer,
                              const DotTrainState *state,
                              const char          *checksum,
                              GError             **error);
char    *dot_checkpoint_find (const char *folder);
gboolean dot_checkpoint_load (const char    *path,
                              DotTrainer    *trainer,
                              DotTrainState *state,
                              const char    *checksum,
                              GError       **error);
gboolean dot_checkpoint_save_files (DotTrainer *trainer,
                                    gboolean    projected,
                                    const char *folder,
                                    GError    **error);

G_END_DECLS
