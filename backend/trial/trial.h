/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

/**
 * DotTrialState:
 * @DOT_TRIAL_PASSED: the numbers are right
 * @DOT_TRIAL_FAILED: they aren't
 * @DOT_TRIAL_MISSED: it couldn't be tried
 */
typedef enum
{
  DOT_TRIAL_PASSED,
  DOT_TRIAL_FAILED,
  DOT_TRIAL_MISSED
} DotTrialState;

/**
 * DotTrial:
 * @name: what was tried
 * @text: the numbers, or why it couldn't be; a line
 *
 * One thing that was tried on a GPU.
 */
typedef struct
{
  char         *name;
  DotTrialState state;
  char         *text;
} DotTrial;

/**
 * DotTrials:
 * @list: of #DotTrial
 * @only: (nullable): what the names of those have in them that are tried
 * @total: about how many there will be
 *
 * What was tried so far, and how whoever waits is told.
 */
typedef struct
{
  GPtrArray      *list;
  const char     *only;
  guint           total;
  DotProgressFunc progress;
  gpointer        user_data;
  GCancellable   *cancellable;
} DotTrials;

void     dot_trial_init (DotTrials *trials);
void     dot_trial_clear (DotTrials *trials);
gboolean dot_trial_begin (DotTrials *trials, const char *name);
void     dot_trial_refuse (DotTrials *trials, const GError *error);
void     dot_trial_note (DotTrials *trials, DotTrialState state, const char *format, ...)
  G_GNUC_PRINTF (3, 4);

G_END_DECLS
