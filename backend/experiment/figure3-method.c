/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The rows of Figure 3: the paper's three, and those of all methods. */

#include "figure3-method.h"

#include "engine/pair.h"
#include "method/draws.h"
#include "method/method.h"
#include "model/model.h"

#include "base/random.h"

#include <string.h>

#define BUDGET 0.5
#define PILOTS 10000
#define NOISE  0.01 /* DGflow's γ */
#define LIMIT  1.0  /* of a uniform prior's latents */

#define TARGET .space = DOT_SPACE_TARGET
#define LATENT .space = DOT_SPACE_LATENT

static const DotFigure3Method methods[] = {
  { "G", "bare", DOT_METHOD_DOT, TARGET },
  { "dot target", "dot", DOT_METHOD_DOT, TARGET, 100, 0.01 },
  { "naive target", "naive", DOT_METHOD_NAIVE, TARGET, 100, 0.01 },

  { "dot latent", NULL, DOT_METHOD_DOT, LATENT, 100, 0.01 },
  { "naive latent", NULL, DOT_METHOD_NAIVE, LATENT, 100, 0.01 },
  { "mh-gan", NULL, DOT_METHOD_MH, LATENT, 1, .proposals = 40 },
  { "drs gamma 0", NULL, DOT_METHOD_DRS, LATENT, 1, .proposals = 640 },
  { "drs gamma p95", NULL, DOT_METHOD_DRS, LATENT, 1, .proposals = 640, .percentile = 95.0 },
  { "obrs budget 0.5", NULL, DOT_METHOD_OBRS, LATENT, 1, .proposals = 640 },
  { "ddls", NULL, DOT_METHOD_DDLS, LATENT, 40, 0.01 },
  { "dgflow KL latent", NULL, DOT_METHOD_DGFLOW, LATENT, 25, 0.02, DOT_DIVERGENCE_KL },
  { "dgflow JS latent", NULL, DOT_METHOD_DGFLOW, LATENT, 25, 0.02, DOT_DIVERGENCE_JS },
  { "dgflow logD latent", NULL, DOT_METHOD_DGFLOW, LATENT, 25, 0.02, DOT_DIVERGENCE_LOGD },
  { "dgflow KL target", NULL, DOT_METHOD_DGFLOW, TARGET, 25, 0.02, DOT_DIVERGENCE_KL },
  { "rep-gan", NULL, DOT_METHOD_REP, LATENT, 40, 0.01 },
  { "ex2mcmc", NULL, DOT_METHOD_EX2MCMC, LATENT, 10, 0.01 },
};

/**
 * dot_figure3_method_list:
 *
 * Returns: (transfer none): all there are, the paper's first
 */
const DotFigure3Method *
dot_figure3_method_list (guint *n)
{
  *n = G_N_ELEMENTS (methods);
  return methods;
}

/*  by dot_refine()  */

static void
on_step (const DotStep *step, gpointer data)
{
  double *points = data;

  if (step->update == step->n_updates)
    for (gsize i = 0; i < 2 * step->batch; i++)
      points[i] = step->images[i];
}

static gboolean
refine (const DotFigure3Method *method,
        DotFigure3Source       *source,
        guint32                 seed,
        double                 *points,
        GCancellable           *cancellable,
        GError                **error)
{
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();

  options->method     = method->method;
  options->space      = method->space;
  options->optimizer  = DOT_OPTIMIZER_ADAM;
  options->updates    = method->updates;
  options->k_eff      = source->k_eff[method->space];
  options->divergence = method->divergence;
  options->noise      = NOISE;
  options->seed       = seed;
  options->count      = source->n;
  options->keep_every = MAX (method->updates, 1);
  if (method->step_size > 0.0)
    options->step_size = method->step_size;
  return dot_refine (source->pair, options, on_step, NULL, points, cancellable, error);
}

/*  those that must know what scores mean, which isn't kept with the pair here  */

typedef struct
{
  DotFigure3Source *source;
  guint             updates;
  double           *latents; /* (n, d) at the end */
  GCancellable     *cancellable;
} Choosing;

static gboolean
score (gpointer      data,
       const double *points,
       const gsize  *owners,
       gsize         n,
       double       *scores,
       double       *gradients,
       GError      **error)
{
  Choosing         *choosing = data;
  g_autofree guint *labels   = g_new0 (guint, n);

  return dot_pair_score (choosing->source->pair, points, labels, n, scores, gradients, NULL,
                         choosing->cancellable, error);
}

static gboolean
report (const DotTransportState *state, gpointer data, GError **error)
{
  Choosing *choosing = data;
  gsize     d        = dot_model_get_latent_size (dot_pair_get_model (choosing->source->pair));

  if (state->update == choosing->updates)
    memcpy (choosing->latents, state->points, choosing->source->n * d * sizeof (double));
  return TRUE;
}

/* What each point is told of the scores, and where it begins. */
typedef struct
{
  guint32 *seeds;
  double  *origins;
  double  *slopes;
  double  *intercepts;
  double  *real_scores;
  guint   *classes;
} Beginning;

static void
beginning_clear (Beginning *beginning)
{
  g_free (beginning->seeds);
  g_free (beginning->origins);
  g_free (beginning->slopes);
  g_free (beginning->intercepts);
  g_free (beginning->real_scores);
  g_free (beginning->classes);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Beginning, beginning_clear)

static void
beginning_init (Beginning *beginning, const DotFigure3Source *source, guint32 seed)
{
  DotModel *model = dot_pair_get_model (source->pair);
  gsize     d     = dot_model_get_latent_size (model);
  GArray   *real  = source->real_scores;

  beginning->seeds       = g_new (guint32, source->n);
  beginning->origins     = g_new (double, source->n *d);
  beginning->slopes      = g_new (double, source->n);
  beginning->intercepts  = g_new (double, source->n);
  beginning->real_scores = g_new (double, source->n);
  beginning->classes     = g_new0 (guint, source->n);
  for (guint32 i = 0; i < source->n; i++)
    {
      double chance = dot_random_chance (seed + i, DOT_STREAM_REAL, 0, 0);

      beginning->seeds[i]       = seed + i;
      beginning->slopes[i]      = source->calibration.slope;
      beginning->intercepts[i]  = source->calibration.intercept;
      beginning->real_scores[i] = g_array_index (real, double, (guint) (chance * real->len));
      dot_model_draw_latent (model, seed + i, DOT_STREAM_LATENT, 0.0, beginning->origins + i * d);
    }
}

static DotMethodOptions
make_options (const DotFigure3Method *method, DotModel *model, const Beginning *beginning)
{
  DotPrior prior = dot_model_get_prior (model);

  return (DotMethodOptions) {
    .prior       = prior,
    .step_size   = method->step_size,
    .clip        = prior == DOT_PRIOR_UNIFORM ? LIMIT : 0.0,
    .updates     = method->updates,
    .proposals   = method->proposals,
    .pilots      = PILOTS,
    .percentile  = method->percentile,
    .budget      = BUDGET,
    .slopes      = beginning->slopes,
    .intercepts  = beginning->intercepts,
    .classes     = beginning->classes,
    .real_scores = beginning->real_scores,
  };
}

static gboolean
run_calibrated (const DotFigure3Method *method, Choosing *choosing, guint32 seed, GError **error)
{
  DotFigure3Source *source     = choosing->source;
  DotModel         *model      = dot_pair_get_model (source->pair);
  g_auto (Beginning) beginning = { 0 };
  DotMethodOptions options;
  DotDrawsSource   random;
  DotDraws         draws;
  DotScorer        scorer = {
           .data      = choosing,
           .dimension = dot_model_get_latent_size (model),
           .score     = score,
  };

  beginning_init (&beginning, source, seed);
  options = make_options (method, model, &beginning);
  random  = (DotDrawsSource) { options.prior, 0.0, scorer.dimension, beginning.seeds,
                               beginning.origins };
  draws   = dot_draws_new (&random);
  return dot_method_run (method->method,
                         &(DotMethodRun) {
                           .scorer      = &scorer,
                           .options     = &options,
                           .draws       = &draws,
                           .origins     = beginning.origins,
                           .batch       = source->n,
                           .report      = report,
                           .user_data   = choosing,
                           .cancellable = choosing->cancellable,
                         },
                         error);
}

static gboolean
choose (const DotFigure3Method *method,
        DotFigure3Source       *source,
        guint32                 seed,
        double                 *points,
        GCancellable           *cancellable,
        GError                **error)
{
  gsize              d        = dot_model_get_latent_size (dot_pair_get_model (source->pair));
  g_autofree double *latents  = g_new (double, source->n *d);
  g_autofree float  *images   = g_new (float, 2 * (gsize) source->n);
  g_autofree guint  *labels   = g_new0 (guint, source->n);
  Choosing           choosing = { source, method->updates, latents, cancellable };

  if (! dot_figure3_source_calibrate (source, cancellable, error) ||
      ! run_calibrated (method, &choosing, seed, error) ||
      ! dot_pair_generate (source->pair, latents, labels, source->n, images, cancellable, error))
    return FALSE;
  for (gsize i = 0; i < 2 * (gsize) source->n; i++)
    points[i] = images[i];
  return TRUE;
}

/**
 * dot_figure3_method_run:
 * @seed: of the first point; the next ones follow
 * @points: (out): (n, 2)
 */
gboolean
dot_figure3_method_run (const DotFigure3Method *method,
                        DotFigure3Source       *source,
                        guint32                 seed,
                        double                 *points,
                        GCancellable           *cancellable,
                        GError                **error)
{
  guint needs = dot_method_get_class (method->method)->needs;

  if (needs & DOT_METHOD_NEEDS_CALIBRATION)
    return choose (method, source, seed, points, cancellable, error);
  return refine (method, source, seed, points, cancellable, error);
}
