/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

/* Of the points that are asked about, and of a run. */
#define DOT_TRIAL_BATCH   4
#define DOT_TRIAL_UPDATES 4

/**
 * DotTrialAnswers:
 * @size: of a latent
 * @items: of an image
 * @scores, @gradients, @images: of @latents
 * @points, @end_scores: after a run of four updates
 *
 * What a pair answers.
 */
typedef struct
{
  gsize   size;
  gsize   items;
  double *latents;
  guint   labels[DOT_TRIAL_BATCH];
  double  scores[DOT_TRIAL_BATCH];
  double *gradients;
  float  *images;
  double *points;
  double  end_scores[DOT_TRIAL_BATCH];
} DotTrialAnswers;

void     dot_trial_course_init (DotTrialAnswers *answers, DotModel *model);
void     dot_trial_course_clear (DotTrialAnswers *answers);
gboolean dot_trial_course_ask (DotTrialAnswers *answers, DotPair *pair, GError **error);
gboolean dot_trial_course_refine (DotTrialAnswers *answers, DotPair *pair, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DotTrialAnswers, dot_trial_course_clear)

G_END_DECLS
