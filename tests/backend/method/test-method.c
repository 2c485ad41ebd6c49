/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What holds of each method whatever the pair is: on a score that is a closed form,
 * with Philox's numbers. */

#include "base/random.h"
#include "helpers.h"
#include "method/calibration.h"
#include "method/choice.h"
#include "method/method.h"
#include "method/method-list.h"
#include "method/draws.h"

#include <math.h>
#include <string.h>

#define D      3
#define BATCH  70
#define METHOD DOT_METHOD_DDLS
#define LAST   DOT_METHOD_OBRS

static const double target[D] = { 0.5, -0.5, 1.0 };

/* Where candidates are after each update, of a batch that may be a part. */
typedef struct
{
  guint    first;
  gsize    batch;
  guint    steps;
  double   points[BATCH * D];
  double   scores[BATCH];
  guint    drawn[BATCH];
  guint    accepted[BATCH];
  gsize    questions;
  gsize    largest; /* question */
  gboolean broken;
  double   scale;
  GArray **known; /* (2) pilots' scores of both classes, where they are remembered */
} Run;

/* D(z) = −½ ‖z − target‖², times the run's scale. */
static gboolean
score (gpointer      data,
       const double *points,
       const gsize  *owners,
       gsize         n,
       double       *scores,
       double       *gradients,
       GError      **error)
{
  Run *run = data;

  run->questions++;
  run->largest = MAX (run->largest, n);
  for (gsize b = 0; b < n; b++)
    {
      scores[b] = 0.0;
      for (int i = 0; i < D; i++)
        {
          double difference = points[b * D + i] - target[i];

          scores[b] -= 0.5 * run->scale * difference * difference;
          if (gradients)
            gradients[b * D + i] = -run->scale * difference;
        }
    }
  if (run->broken && run->questions == 3)
    scores[0] = NAN;
  return TRUE;
}

static GArray **
find_known (Run *run, gsize candidate)
{
  return run->known ? &run->known[(run->first + candidate) % 2] : NULL;
}

static const double *
recall (gpointer data, gsize candidate, gsize n)
{
  GArray **known = find_known (data, candidate);

  return known && *known && (*known)->len == n ? (const double *) (gconstpointer) (*known)->data
                                               : NULL;
}

static void
remember (gpointer data, gsize candidate, const double *scores, gsize n)
{
  GArray **known = find_known (data, candidate);

  if (! known)
    return;
  *known = g_array_new (FALSE, FALSE, sizeof (double));
  g_array_append_vals (*known, scores, (guint) n);
}

static gboolean
keep (const DotTransportState *state, gpointer user_data, GError **error)
{
  Run *run = user_data;

  run->steps++;
  memcpy (run->points, state->points, run->batch * D * sizeof (double));
  memcpy (run->scores, state->scores, run->batch * sizeof (double));
  g_assert_true (! state->drawn == ! state->accepted);
  if (! state->drawn)
    return TRUE;
  memcpy (run->drawn, state->drawn, run->batch * sizeof (guint));
  memcpy (run->accepted, state->accepted, run->batch * sizeof (guint));
  return TRUE;
}

static DotMethodOptions
make_options (void)
{
  return (DotMethodOptions) {
    .step_size  = 0.1,
    .noise      = 0.01,
    .updates    = 5,
    .particles  = 4,
    .moves      = 2,
    .proposals  = 30,
    .pilots     = 100,
    .percentile = 80.0,
    .budget     = 0.3,
  };
}

/* Seeds first, first + 1, …, whose latents are those of the prior. */
static gboolean
start (DotMethod method, const DotMethodOptions *given, Run *run, GError **error)
{
  guint32          seeds[BATCH];
  double           origins[BATCH * D], slopes[BATCH], intercepts[BATCH];
  guint            classes[BATCH];
  DotMethodOptions options = *given;
  DotScorer        scorer  = { run, D, score, .recall = recall, .remember = remember };
  DotDrawsSource   source  = { options.prior, 0.0, D, seeds, origins };
  DotDraws         draws   = dot_draws_new (&source);
  DotMethodRun     whole   = { &scorer, &options, &draws, origins, run->batch, keep, NULL, run };

  run->scale = run->scale > 0.0 ? run->scale : 1.0;
  for (gsize b = 0; b < run->batch; b++)
    {
      seeds[b]      = run->first + (guint32) b;
      slopes[b]     = 1.0;
      intercepts[b] = 0.0;
      classes[b]    = seeds[b] % 2;
      draws.latent (draws.data, b, 1000000, origins + b * D);
    }
  options.slopes     = slopes;
  options.intercepts = intercepts;
  options.classes    = classes;
  if (dot_method_get_class (method)->kind == DOT_METHOD_KIND_CHOICE)
    options.updates = 1;
  return dot_method_run (method, &whole, error);
}

static void
start_well (DotMethod method, const DotMethodOptions *options, Run *run)
{
  g_autoptr (GError) error = NULL;
  gboolean done            = start (method, options, run, &error);

  g_assert_no_error (error);
  g_assert_true (done);
}

/* Candidates 5 … 74 at once, and each alone. */
static void
test_batch (void)
{
  DotMethodOptions options = make_options ();

  for (int method = METHOD; method <= (int) LAST; method++)
    {
      Run all = { .first = 5, .batch = BATCH };

      start_well (method, &options, &all);
      for (guint b = 0; b < BATCH; b++)
        {
          Run alone = { .first = 5 + b, .batch = 1 };

          start_well (method, &options, &alone);
          g_assert_cmpuint (alone.steps, ==, all.steps);
          g_assert_cmpmem (alone.points, D * sizeof (double), all.points + b * D,
                           D * sizeof (double));
          g_assert_cmpuint (alone.drawn[0], ==, all.drawn[b]);
          g_assert_cmpuint (alone.accepted[0], ==, all.accepted[b]);
        }
      g_assert_cmpuint (all.largest, <=, BATCH);
    }
}

/* Two updates, and then three from there, are five. */
static void
test_going_on (void)
{
  for (int method = METHOD; method <= DOT_METHOD_EX2MCMC; method++)
    {
      DotMethodOptions options = make_options ();
      Run              whole = { .batch = 6 }, part = { .batch = 6 }, rest = { .batch = 6 };

      start_well (method, &options, &whole);
      options.updates = 2;
      start_well (method, &options, &part);
      options.first_update = 2;
      options.updates      = 3;
      options.start_points = part.points;
      start_well (method, &options, &rest);
      g_assert_cmpuint (rest.steps, ==, 4);
      g_assert_cmpmem (rest.points, 6 * D * sizeof (double), whole.points, 6 * D * sizeof (double));
    }
}

/* N(0, 1) times e^D is N(target / 2, 1 / 2) in each coordinate: where a chain that
 * is right ends up. */
static void
assert_moments (DotMethod method, double step_size, guint updates)
{
  DotMethodOptions options = make_options ();
  double           mean[D] = { 0.0 }, square = 0.0;
  gsize            n = 0;

  options.step_size = step_size;
  options.updates   = updates;
  /* Plain rejection sampling, of both kinds. */
  options.percentile = 0.0;
  options.budget     = 0.0001;
  options.pilots     = 2000;
  options.proposals  = 300;
  for (guint first = 0; first < 100 * BATCH; first += BATCH)
    {
      Run run = { .first = first, .batch = BATCH };

      start_well (method, &options, &run);
      for (guint b = 0; b < BATCH; b++, n++)
        for (int i = 0; i < D; i++)
          {
            double off = run.points[b * D + i] - 0.5 * target[i];

            mean[i] += off;
            square += off * off;
          }
    }

  /* 7,000 of them: four standard errors. */
  for (int i = 0; i < D; i++)
    g_assert_cmpfloat (fabs (mean[i] / (double) n), <, 4.0 * sqrt (0.5 / (double) n));
  g_assert_cmpfloat (fabs (square / (double) (n * D) - 0.5), <,
                     4.0 * 0.5 * sqrt (2.0 / (double) (n * D)));
}

static void
test_moments (void)
{
  assert_moments (DOT_METHOD_EX2MCMC, 0.1, 12);
  assert_moments (DOT_METHOD_REP, 0.4, 60);
  /* A chain that begins at a draw has all of it. */
  assert_moments (DOT_METHOD_MH, 0.1, 1);
  assert_moments (DOT_METHOD_DRS, 0.1, 1);
  assert_moments (DOT_METHOD_OBRS, 0.1, 1);
}

/* Without resampling it is Langevin's chain alone, and without moves the other. */
static void
test_halves_of_ex2mcmc (void)
{
  DotMethodOptions options = make_options ();
  Run              run     = { .batch = 8 };

  options.particles = 1;
  options.moves     = 4;
  start_well (DOT_METHOD_EX2MCMC, &options, &run);
  for (guint b = 0; b < 8; b++)
    g_assert_cmpuint (run.drawn[b], ==, 5 * 4);
  g_assert_cmpuint (run.questions, ==, 1 + 5 * 4);

  options.particles = 3;
  options.moves     = 0;
  run               = (Run) { .batch = 8 };
  start_well (DOT_METHOD_EX2MCMC, &options, &run);
  g_assert_cmpuint (run.questions, ==, 1 + 5 * (2 + 1));
}

static void
test_costs (void)
{
  DotMethodOptions options = make_options ();
  DotMethodCost    cost;

  dot_method_get_cost (DOT_METHOD_DOT, &options, &cost);
  g_assert_cmpuint (cost.generator, ==, 1);
  g_assert_cmpuint (cost.generator_back, ==, 1);
  dot_method_get_cost (DOT_METHOD_EX2MCMC, &options, &cost);
  g_assert_cmpuint (cost.discriminator, ==, 3 + 1 + 2);
  g_assert_cmpuint (cost.discriminator_back, ==, 1 + 2);
  dot_method_get_cost (DOT_METHOD_OBRS, &options, &cost);
  g_assert_cmpuint (cost.discriminator, ==, 1);
  g_assert_cmpuint (cost.discriminator_back, ==, 0);
}

/* OBRS keeps its budget of the draws, and DRS with γ = 0 what the ratio says. */
static void
test_share (void)
{
  DotMethodOptions options = make_options ();
  guint            drawn = 0, kept = 0;

  options.proposals = 1000;
  options.pilots    = 5000;
  for (guint first = 0; first < 20 * BATCH; first += BATCH)
    {
      Run run = { .first = first, .batch = BATCH };

      start_well (DOT_METHOD_OBRS, &options, &run);
      for (guint b = 0; b < BATCH; b++)
        {
          drawn += run.drawn[b];
          kept += run.accepted[b];
        }
    }
  g_assert_cmpuint (kept, ==, 20 * BATCH);
  /* 1,400 of about 4,667, and the pilots' own error: within a tenth. */
  g_assert_cmpfloat (fabs ((double) kept / drawn - options.budget), <, 0.1 * options.budget);
}

/* Pilots are asked once, and what is remembered of them is the same. */
static void
test_remembered_pilots (void)
{
  DotMethodOptions options  = make_options ();
  GArray          *known[2] = { NULL };
  Run              plain = { .batch = BATCH }, first = { .batch = BATCH, .known = known };
  Run              again = { .batch = BATCH, .known = known };

  start_well (DOT_METHOD_DRS, &options, &plain);
  start_well (DOT_METHOD_DRS, &options, &first);
  start_well (DOT_METHOD_DRS, &options, &again);
  g_assert_cmpmem (first.points, sizeof (first.points), plain.points, sizeof (plain.points));
  g_assert_cmpmem (again.points, sizeof (again.points), plain.points, sizeof (plain.points));
  g_assert_cmpuint (first.questions, ==, plain.questions);
  /* 100 pilots of two classes, 64 in a question. */
  g_assert_cmpuint (again.questions, ==, plain.questions - 2 * 2);
  for (int i = 0; i < 2; i++)
    {
      g_assert_cmpuint (known[i]->len, ==, 100);
      g_array_unref (known[i]);
    }
}

/* Where nothing is kept the best of all is given, and said not to be accepted. */
static void
test_none_kept (void)
{
  DotMethodOptions options = make_options ();
  Run   one = { .batch = BATCH, .scale = 300.0 }, first = { .batch = BATCH, .scale = 300.0 };
  guint refused = 0, better = 0;

  options.budget    = 0.0001;
  options.proposals = 1;
  start_well (DOT_METHOD_OBRS, &options, &first);
  options.proposals = 8;
  start_well (DOT_METHOD_OBRS, &options, &one);
  for (guint b = 0; b < BATCH; b++)
    {
      refused += ! one.accepted[b];
      better += one.scores[b] > first.scores[b];
      if (! one.accepted[b])
        {
          g_assert_cmpuint (one.drawn[b], ==, 8);
          g_assert_cmpfloat (one.scores[b], >=, first.scores[b]);
        }
    }
  g_assert_cmpuint (refused, >, BATCH / 2);
  g_assert_cmpuint (better, >, BATCH / 2);
}

static void
test_no_update (void)
{
  DotMethodOptions options = make_options ();

  options.updates = 0;
  for (int method = METHOD; method <= DOT_METHOD_EX2MCMC; method++)
    {
      Run one = { .batch = 2 };

      start_well (method, &options, &one);
      g_assert_cmpuint (one.steps, ==, 1);
      g_assert_cmpuint (one.questions, ==, 1);
    }
}

static void
test_not_finite (void)
{
  DotMethodOptions options = make_options ();

  for (int method = METHOD; method <= (int) LAST; method++)
    {
      Run run                  = { .batch = 4, .broken = TRUE };
      g_autoptr (GError) error = NULL;

      g_assert_false (start (method, &options, &run, &error));
      assert_sentence (error, DOT_ERROR_NOT_FINITE);
    }
}

/* A latent of a method's stream, the noise of a step and a chance are the same on
 * every machine; the prior's own latents are as they were. */
static void
test_draws (void)
{
  guint32        seeds[]   = { 7 };
  double         origins[] = { 1.0, 2.0, 3.0 };
  DotDrawsSource source    = { DOT_PRIOR_UNIFORM, 0.0, D, seeds, origins };
  DotDraws       draws     = dot_draws_new (&source);
  double         latent[D], again[D], noise[D];

  draws.latent (draws.data, 0, 0, latent);
  g_assert_cmpmem (latent, sizeof (latent), origins, sizeof (origins));
  draws.latent (draws.data, 0, 1, latent);
  draws.latent (draws.data, 0, 2, again);
  g_assert_cmpfloat (latent[0], !=, again[0]);
  for (int i = 0; i < D; i++)
    g_assert_cmpfloat (fabs (latent[i]), <, 1.0);
  draws.noise (draws.data, 0, 3, 1, noise, D);
  g_assert_cmpfloat (noise[0], !=, noise[2]);
  g_assert_cmpfloat (draws.chance (draws.data, 0, 3, 0), !=, draws.chance (draws.data, 0, 3, 1));

  source.prior      = DOT_PRIOR_NORMAL;
  source.truncation = 0.25;
  for (guint number = 1; number < 200; number++)
    {
      draws.latent (draws.data, 0, number, latent);
      for (int i = 0; i < D; i++)
        g_assert_cmpfloat (fabs (latent[i]), <=, 0.25);
    }
}

/*  calibration  */

/* Real scores a times as often as generated ones where the logit says so. */
static void
test_calibration_of_a_known_ratio (void)
{
  enum
  {
    N = 4000
  };
  static double        real[N], generated[2 * N];
  DotCalibrationScores scores = { real, N, generated, 2 * N };
  DotCalibration       calibration;
  gsize                all = 0;

  /* N(1, 1) against N(0, 1): the logit is x − ½. */
  dot_random_noise (1, DOT_STREAM_NOISE, 1, 0, real, N);
  dot_random_noise (2, DOT_STREAM_NOISE, 1, 0, generated, 2 * N);
  for (gsize i = 0; i < N; i++)
    real[i] += 1.0;

  g_assert_true (dot_calibration_fit (&calibration, &scores, 1.0));
  g_assert_cmpfloat (fabs (calibration.slope - 1.0), <, 0.1);
  g_assert_cmpfloat (fabs (calibration.intercept + 0.5), <, 0.1);
  g_assert_cmpfloat (calibration.brier, <, 0.25);
  g_assert_cmpfloat (calibration.brier, >, 0.15);
  for (guint i = 0; i < DOT_CALIBRATION_BINS; i++)
    {
      all += calibration.bins[i].n;
      if (calibration.bins[i].n == 0)
        continue;
      g_assert_cmpfloat (calibration.bins[i].chance, >=, i / 10.0);
      g_assert_cmpfloat (calibration.bins[i].chance, <=, (i + 1) / 10.0);
    }
  g_assert_cmpuint (all, ==, 3 * N);
}

static void
test_calibration_at_the_edge (void)
{
  const double         low[]  = { -3e9, -2e9, -1e9 };
  const double         high[] = { 1e9, 2e9 };
  const double         same[] = { 5.0, 5.0 };
  DotCalibrationScores apart  = { high, 2, low, 3 };
  DotCalibrationScores equal  = { same, 2, same, 2 };
  DotCalibrationScores none   = { high, 2, low, 0 };
  DotCalibration       calibration;

  /* What doesn't overlap has a slope by the ridge, of any scale. */
  g_assert_true (dot_calibration_fit (&calibration, &apart, 1.0));
  g_assert_cmpfloat (calibration.slope, >, 0.0);
  g_assert_cmpfloat (calibration.slope, <, 1e-8);
  g_assert_false (dot_calibration_fit (&calibration, &equal, 1.0));
  g_assert_false (dot_calibration_fit (&calibration, &none, 1.0));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/method/batch", test_batch);
  g_test_add_func ("/method/going-on", test_going_on);
  g_test_add_func ("/method/moments", test_moments);
  g_test_add_func ("/method/halves-of-ex2mcmc", test_halves_of_ex2mcmc);
  g_test_add_func ("/method/costs", test_costs);
  g_test_add_func ("/method/share", test_share);
  g_test_add_func ("/method/pilots-are-asked-once", test_remembered_pilots);
  g_test_add_func ("/method/none-kept", test_none_kept);
  g_test_add_func ("/method/no-update", test_no_update);
  g_test_add_func ("/method/not-finite", test_not_finite);
  g_test_add_func ("/method/draws", test_draws);
  g_test_add_func ("/method/calibration/known-ratio", test_calibration_of_a_known_ratio);
  g_test_add_func ("/method/calibration/edge", test_calibration_at_the_edge);
  return g_test_run ();
}
