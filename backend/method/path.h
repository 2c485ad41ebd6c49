/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "method-class.h"

G_BEGIN_DECLS

/**
 * DotPath:
 * @points: (B, d) where candidates are
 * @scores: (B) there
 * @gradients: (B, d) of the scores
 * @distances: (B) ‖point − origin + δ‖₂
 * @proposals: (B, d) where they might go
 * @proposal_scores: (B)
 * @proposal_gradients: (B, d)
 * @noise: (d)
 * @drawn: (B) how many proposals there were
 * @accepted: (B) how many of them were accepted
 *
 * What moves.
 */
struct _DotPath
{
  const DotMethodClass *method;
  const DotMethodRun   *run;
  gsize                 dimension;
  double               *points;
  double               *scores;
  double               *gradients;
  double               *distances;
  double               *proposals;
  double               *proposal_scores;
  double               *proposal_gradients;
  double               *noise;
  guint                *drawn;
  guint                *accepted;
};

gboolean dot_path_run (const DotMethodClass *method, const DotMethodRun *run, GError **error);

/* For the methods: a question, and what becomes of a proposal. */
gboolean dot_path_evaluate (DotPath *path, guint t, GError **error);
gboolean dot_path_weigh (DotPath *path, guint t, GError **error);
gboolean dot_path_arrive (DotPath *path, guint t, GError **error);
void     dot_path_accept (DotPath *path, gsize candidate);
gboolean dot_path_accept_all (DotPath *path, guint t, GError **error);
void     dot_path_clip (DotPath *path, double *point);
double  *dot_path_draw_noise (DotPath *path, gsize candidate, guint t, guint part);

G_END_DECLS
