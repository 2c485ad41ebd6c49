/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Numbers that were published, to stand beside ours. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DotPaperNumber:
 * @place: "Table 1"
 * @data: "CIFAR-10", "STL-10", "ImageNet", "gaussians-25" or "swiss-roll"
 * @networks: "DCGAN", "ResNet" or "mlp"
 * @gan: how they were trained: "SNGAN(ns)"; of Table 2 whose D it is
 * @method: "bare", "dot", "naive" or "mh"
 * @setting: what else decides: "k_eff 1, trial 2"; "" where nothing does
 * @updates: after how many; −1 where the paper doesn't say
 * @score, @score_sigma: the inception score; of Figure 3 the EMD; NaN: not given
 * @fid: NaN: not given
 *
 * A row of “Discriminator optimal transport” (Tanaka, NeurIPS 2019; its supplement in
 * arXiv 1910.06832v3).
 */
typedef struct
{
  const char *place;
  const char *data;
  const char *networks;
  const char *gan;
  const char *method;
  const char *setting;
  int         updates;
  double      score;
  double      score_sigma;
  double      fid;
} DotPaperNumber;

const DotPaperNumber *dot_paper_number_list (guint *n);
const DotPaperNumber *dot_paper_number_find (const char *place,
                                             const char *data,
                                             const char *networks,
                                             const char *gan,
                                             const char *method,
                                             const char *setting,
                                             int         updates);

G_END_DECLS
