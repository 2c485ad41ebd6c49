/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "method-class.h"

G_BEGIN_DECLS

/**
 * DotPilots:
 * @logits: (n) calibrated, of draws of one class
 * @largest: of them
 * @gamma: DRS's γ
 * @scale: OBRS's c
 *
 * What draws of a class are like.
 */
struct _DotPilots
{
  double *logits;
  gsize   n;
  double  largest;
  double  gamma;
  double  scale;
};

/**
 * DotChain:
 * @candidate: whose draws they are
 * @logits: (n) calibrated, of draws 0 … n − 1
 * @whole: whether there will be no more of them
 * @real_logit: of the real picture that it begins with, or NaN
 * @pilots: (nullable): of its class
 * @judged: how many of them were looked at, by dot_choice_keep_first()
 * @largest: of the pilots' logits and those
 * @best: which of those has the largest logit
 * @chosen: (inout): which of them is kept; −1 as long as that isn't known
 * @drawn: (out): how many draws were needed for that
 * @accepted: (out): how many of them were accepted
 *
 * The draws for one candidate.
 */
struct _DotChain
{
  const DotMethodRun *run;
  gsize               candidate;
  const double       *logits;
  gsize               n;
  gboolean            whole;
  double              real_logit;
  const DotPilots    *pilots;
  gsize               judged;
  double              largest;
  gsize               best;
  gssize              chosen;
  guint               drawn;
  guint               accepted;
};

gboolean dot_choice_run (const DotMethodClass *method, const DotMethodRun *run, GError **error);
void     dot_choice_keep_first (DotChain *chain, double (*chance) (DotChain *chain, gsize draw));

double dot_drs_get_chance (double gamma, double largest, double logit);
double dot_obrs_get_chance (const DotPilots *pilots, double logit);

G_END_DECLS
