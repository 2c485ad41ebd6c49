/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

/**
 * DotTrialPair:
 * @model: that of the two files in @folder
 *
 * A small pair of random weights.
 */
typedef struct
{
  char     *folder;
  DotModel *model;
} DotTrialPair;

guint       dot_trial_pair_count (void);
const char *dot_trial_pair_get_name (guint index);
gboolean    dot_trial_pair_make (DotTrialPair *pair, guint index, GError **error);
void        dot_trial_pair_clear (DotTrialPair *pair);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DotTrialPair, dot_trial_pair_clear)

G_END_DECLS
