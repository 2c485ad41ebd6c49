/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "experiment-class.h"

#include "base/intl.h"

G_BEGIN_DECLS

/**
 * DotExperimentRow:
 * @text: as it was written
 * @run: what it says; its updates, or how many draws it may take, are what the
 *   network evaluations pay for unless it says them
 * @passes: network evaluations of an update, or of a draw, for a picture
 * @is_choice: whether it is draws that are paid for
 *
 * A method with its options.
 */
typedef struct
{
  char             *text;
  DotRefineOptions *run;
  guint             passes;
  gboolean          is_choice;
} DotExperimentRow;

DotExperimentRow *dot_experiment_row_parse (const char             *text,
                                            const DotRefineOptions *initial,
                                            guint                   evaluations,
                                            GError                **error);
void              dot_experiment_row_free (DotExperimentRow *row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotExperimentRow, dot_experiment_row_free)

G_END_DECLS
