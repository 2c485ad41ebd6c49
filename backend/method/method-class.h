/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "transport/transport.h"

G_BEGIN_DECLS

/**
 * DotMethodKind:
 * @DOT_METHOD_KIND_PATH: its candidates move, and each update is one of a
 *   picture's steps
 * @DOT_METHOD_KIND_CHOICE: it draws several, and keeps one for each candidate:
 *   one step, from the first draw to the one that is kept
 */
typedef enum
{
  DOT_METHOD_KIND_PATH,
  DOT_METHOD_KIND_CHOICE
} DotMethodKind;

/**
 * DotMethodNeeds:
 * @DOT_METHOD_NEEDS_K_EFF: the Lipschitz constant of each class
 * @DOT_METHOD_NEEDS_CALIBRATION: what scores mean, by real pictures' scores
 * @DOT_METHOD_NEEDS_PRIOR: a prior, which only latents have
 * @DOT_METHOD_NEEDS_PILOTS: scores of draws for each class, before it begins
 */
typedef enum
{
  DOT_METHOD_NEEDS_K_EFF       = 1 << 0,
  DOT_METHOD_NEEDS_CALIBRATION = 1 << 1,
  DOT_METHOD_NEEDS_PRIOR       = 1 << 2,
  DOT_METHOD_NEEDS_PILOTS      = 1 << 3
} DotMethodNeeds;

/**
 * DotMethodOptions:
 * @prior: what latents are drawn from
 * @step_size: ε of DDLS, η of DGflow, τ of REP-GAN and Ex²MCMC
 * @noise: γ of DGflow
 * @divergence: that DGflow descends
 * @clip: points are clipped to [−clip, clip] after a step; 0: they are not
 * @delta: δ, added to each coordinate of the distance that is told
 * @first_update: how many updates were made before; 0 for a new run
 * @updates: N
 * @start_points: (nullable): (B, d) where the updates before brought the points
 * @particles: of Ex²MCMC, the point itself included
 * @moves: of Ex²MCMC in an update
 * @proposals: how many draws a choice may take for a candidate
 * @pilots: how many draws of a class are looked at first
 * @percentile: of DRS, of the pilots' F; 0: γ is 0
 * @budget: of OBRS, the share of draws to keep
 * @slopes: (B) a, the calibrated logit of a score D is a D + b
 * @intercepts: (B) b
 * @classes: (B) what candidates have pilots together
 * @real_scores: (nullable): (B) of the real pictures that chains begin with
 *
 * All that methods are told.  The arrays belong to the caller.
 */
typedef struct
{
  DotPrior      prior;
  double        step_size;
  double        noise;
  DotDivergence divergence;
  double        clip;
  double        delta;
  guint         first_update;
  guint         updates;
  const double *start_points;
  guint         particles;
  guint         moves;
  guint         proposals;
  guint         pilots;
  double        percentile;
  double        budget;
  const double *slopes;
  const double *intercepts;
  const guint  *classes;
  const double *real_scores;
} DotMethodOptions;

/**
 * DotScorer:
 * @data: for the functions
 * @dimension: d, the size of a point
 * @score: the scores of @n points, (n, d), and, unless @gradients is %NULL, their
 *   gradients; point i is one of candidate @owners[i], of candidate i where that
 *   is %NULL
 * @take: (nullable): told that row @row of the last question with gradients is
 *   where @candidate is now, so that its picture need not be made again
 * @recall: (nullable): returns (transfer none) (nullable) the scores of the @n pilots
 *   of @candidate's class where an earlier run has had them
 * @remember: (nullable): told those scores
 *
 * All that a method knows of a pair.
 */
typedef struct
{
  gpointer data;
  gsize    dimension;
  gboolean (*score) (gpointer      data,
                     const double *points,
                     const gsize  *owners,
                     gsize         n,
                     double       *scores,
                     double       *gradients,
                     GError      **error);
  void (*take) (gpointer data, gsize row, gsize candidate);
  const double *(*recall) (gpointer data, gsize candidate, gsize n);
  void (*remember) (gpointer data, gsize candidate, const double *scores, gsize n);
} DotScorer;

/**
 * DotDraws:
 * @data: for the functions
 * @noise: (d) normal numbers of a step, or of a part of it
 * @chance: a number in (0, 1) of a step, or of a part of it
 * @latent: (d) draw @number of the prior; number 0 is where the candidate begins
 * @pilot: (d) draw @number of those that are looked at first, the same for each
 *   candidate
 *
 * All that is random, by candidate and number, so that neither the batch nor the
 * order in which things are computed decides anything.
 */
typedef struct
{
  gpointer data;
  void (*noise) (gpointer data,
                 gsize    candidate,
                 guint    step,
                 guint    part,
                 double  *values,
                 gsize    dimension);
  double (*chance) (gpointer data, gsize candidate, guint step, guint part);
  void (*latent) (gpointer data, gsize candidate, guint number, double *latent);
  void (*pilot) (gpointer data, guint number, double *latent);
} DotDraws;

/**
 * DotMethodRun:
 * @scorer: the pair
 * @options: how
 * @draws: what is random
 * @origins: (B, d) where candidates begin
 * @batch: B
 * @report: (scope call): told about the points as they are and after each update
 * @progress: (nullable) (scope call): told how much of a choice is done
 * @cancellable: (nullable): looked at between questions
 *
 * A run of a method.
 */
typedef struct
{
  const DotScorer        *scorer;
  const DotMethodOptions *options;
  const DotDraws         *draws;
  const double           *origins;
  gsize                   batch;
  DotTransportFunc        report;
  void (*progress) (double fraction, gpointer user_data);
  gpointer      user_data;
  GCancellable *cancellable;
} DotMethodRun;

/**
 * DotMethodCost:
 *
 * Passes through a network: of the generator and the discriminator forward, and
 * backward to what they are given.
 */
typedef struct
{
  guint generator;
  guint discriminator;
  guint discriminator_back;
  guint generator_back;
} DotMethodCost;

typedef struct _DotPath   DotPath;
typedef struct _DotChain  DotChain;
typedef struct _DotPilots DotPilots;

/**
 * DotMethodClass:
 * @kind: path or choice
 * @needs: of #DotMethodNeeds
 * @refuses: whether it refuses some of what it proposes, and counts that
 * @step_size: its default
 * @updates: its default; 1 of a choice
 * @assumes: what it takes for granted of the discriminator and the prior, in one
 *   sentence
 * @cost: (nullable): of an update, or of a draw, of one candidate, where it isn't
 *   one pass of everything
 * @update: (nullable): of a path: all points' update; %NULL of those that
 *   dot_transport() makes
 * @prepare: (nullable): of a choice: makes of the pilots of a class what @choose
 *   must know
 * @choose: of a choice: which of the draws to keep
 *
 * A method.  Each has a file of its own and is an entry of the table in method.c.
 */
typedef struct
{
  DotMethodKind kind;
  guint         needs;
  gboolean      refuses;
  double        step_size;
  guint         updates;
  const char   *assumes;
  void (*cost) (const DotMethodOptions *options, DotMethodCost *cost);
  gboolean (*update) (DotPath *path, guint t, GError **error);
  void (*prepare) (const DotMethodOptions *options, DotPilots *pilots);
  void (*choose) (DotChain *chain);
} DotMethodClass;

G_END_DECLS
