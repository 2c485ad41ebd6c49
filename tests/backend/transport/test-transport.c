/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The transport on objectives whose answer is known without a network. */

#include "transport/transport.h"

#include <math.h>

#define D     4
#define BATCH 3

static const double target[D]         = { 0.5, -0.5, 1.0, 0.0 };
static const double origins[BATCH][D] = {
  { 0.0, 0.0, 0.0, 0.0 },
  { 1.0, 2.0, -1.0, 0.5 },
  { -0.9, 0.9, 0.9, -0.9 },
};
static const double ones[BATCH] = { 1.0, 1.0, 1.0 };

/* What a run leaves behind. */
typedef struct
{
  guint         calls;
  gsize         batch;
  guint         cancel_at;
  GCancellable *cancellable;
  double        points[BATCH * D];
  double        scores[BATCH];
  double        distances[BATCH];
  gboolean      fail;
} Record;

/* D(z) = −½ ‖z − target‖². */
static gboolean
score_quadratic (gpointer      data,
                 const double *points,
                 gsize         batch,
                 double       *scores,
                 double       *gradients,
                 GError      **error)
{
  for (gsize b = 0; b < batch; b++)
    {
      scores[b] = 0.0;
      for (int i = 0; i < D; i++)
        {
          double difference = points[b * D + i] - target[i];

          scores[b] -= 0.5 * difference * difference;
          gradients[b * D + i] = -difference;
        }
    }
  return TRUE;
}

/* D(z) = ⟨target, z⟩, whose slope is ‖target‖ = √1.5. */
static gboolean
score_linear (gpointer      data,
              const double *points,
              gsize         batch,
              double       *scores,
              double       *gradients,
              GError      **error)
{
  for (gsize b = 0; b < batch; b++)
    {
      scores[b] = 0.0;
      for (int i = 0; i < D; i++)
        {
          scores[b] += target[i] * points[b * D + i];
          gradients[b * D + i] = target[i];
        }
    }
  return TRUE;
}

static gboolean
score_broken (gpointer      data,
              const double *points,
              gsize         batch,
              double       *scores,
              double       *gradients,
              GError      **error)
{
  guint *calls = data;

  score_linear (NULL, points, batch, scores, gradients, error);
  if (++*calls == 3)
    gradients[1] = NAN;
  return TRUE;
}

static gboolean
score_failing (gpointer      data,
               const double *points,
               gsize         batch,
               double       *scores,
               double       *gradients,
               GError      **error)
{
  g_set_error_literal (error, DOT_ERROR, DOT_ERROR_NO_MEMORY, "full.");
  return FALSE;
}

static gboolean
record (const DotTransportState *state, gpointer user_data, GError **error)
{
  Record *run   = user_data;
  gsize   batch = run->batch ? run->batch : BATCH;

  g_assert_cmpuint (state->update, ==, run->calls);
  run->calls++;
  memcpy (run->points, state->points, batch * D * sizeof (double));
  memcpy (run->scores, state->scores, batch * sizeof (double));
  memcpy (run->distances, state->distances, batch * sizeof (double));
  if (run->cancellable && state->update == run->cancel_at)
    g_cancellable_cancel (run->cancellable);
  if (run->fail)
    g_set_error_literal (error, DOT_ERROR, DOT_ERROR_FAILED, "no.");
  return ! run->fail;
}

static const DotScoreFunction quadratic = { NULL, D, score_quadratic };
static const DotScoreFunction linear    = { NULL, D, score_linear };

static DotTransportOptions
sgd_options (void)
{
  return (DotTransportOptions) {
    .method     = DOT_METHOD_NAIVE,
    .optimizer  = DOT_OPTIMIZER_SGD,
    .projection = DOT_PROJECTION_NONE,
    .step_size  = 0.1,
    .delta      = 0.001,
    .updates    = 10,
    .k_eff      = ones,
  };
}

static void
run_transport (const DotScoreFunction    *function,
               const DotTransportOptions *options,
               gsize                      batch,
               Record                    *run)
{
  g_autoptr (GError) error = NULL;
  gboolean done;

  done = dot_transport (function, options, &origins[0][0], batch, record, run, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (done);
  g_assert_cmpuint (run->calls, ==, options->updates + 1);
}

/* SGD on a quadratic: z_t = target + (1 − ε/k)ᵗ (z₀ − target). */
static void
test_naive_quadratic (void)
{
  const double        k[BATCH] = { 1.0, 2.0, 0.5 };
  DotTransportOptions options  = sgd_options ();
  Record              run      = {
    0,
  };

  options.k_eff = k;
  run_transport (&quadratic, &options, BATCH, &run);
  for (int b = 0; b < BATCH; b++)
    for (int i = 0; i < D; i++)
      g_assert_cmpfloat_with_epsilon (run.points[b * D + i],
                                      target[i] +
                                        pow (1.0 - 0.1 / k[b], 10) * (origins[b][i] - target[i]),
                                      1e-12);
}

/* Where D's slope over k stays below the distance's, transport is at rest
 * near the origin; where it is above, the point runs away along it. */
static void
test_lipschitz_balance (void)
{
  const double        k[BATCH] = { 2.0, 2.0, 0.5 };
  DotTransportOptions options  = sgd_options ();
  Record              run      = {
    0,
  };

  options.method  = DOT_METHOD_DOT;
  options.updates = 200;
  options.k_eff   = k;
  run_transport (&linear, &options, BATCH, &run);
  g_assert_cmpfloat (run.distances[0], <, 0.2);
  g_assert_cmpfloat (run.distances[1], <, 0.2);
  g_assert_cmpfloat (run.distances[2], >, 10.0);
}

/* One step of SGD on the whole objective, by hand: at the origin the
 * distance's gradient is (1, 1, 1, 1) / 2. */
static void
test_one_step (void)
{
  DotTransportOptions options = sgd_options ();
  Record              run     = {
    0,
  };

  options.method  = DOT_METHOD_DOT;
  options.updates = 1;
  run_transport (&linear, &options, BATCH, &run);
  for (int b = 0; b < BATCH; b++)
    for (int i = 0; i < D; i++)
      g_assert_cmpfloat_with_epsilon (run.points[b * D + i],
                                      origins[b][i] - 0.1 * (0.5 - target[i]), 1e-12);
}

static void
test_update_zero (void)
{
  DotTransportOptions options = sgd_options ();
  Record              run     = {
    0,
  };

  options.updates = 0;
  run_transport (&quadratic, &options, BATCH, &run);
  g_assert_cmpmem (run.points, sizeof (run.points), origins, sizeof (origins));
  g_assert_cmpfloat (run.scores[0], ==, -0.75);
  g_assert_cmpfloat_with_epsilon (run.distances[0], 0.002, 1e-15);
}

/* A candidate's path doesn't depend on those beside it. */
static void
test_batch (void)
{
  DotTransportOptions options = sgd_options ();
  Record              all     = {
    0,
  };

  options.optimizer  = DOT_OPTIMIZER_ADAM;
  options.method     = DOT_METHOD_DOT;
  options.projection = DOT_PROJECTION_TANGENT;
  run_transport (&quadratic, &options, BATCH, &all);

  for (int b = 0; b < BATCH; b++)
    {
      Record alone = { .batch = 1 };

      g_assert_true (
        dot_transport (&quadratic, &options, origins[b], 1, record, &alone, NULL, NULL));
      g_assert_cmpmem (alone.points, D * sizeof (double), all.points + b * D, D * sizeof (double));
    }
}

/* A tangent step leaves the sphere in second order only. */
static void
test_tangent_radius (void)
{
  DotTransportOptions options = sgd_options ();
  Record              run     = {
    0,
  };
  double radius = 0.0;

  options.projection = DOT_PROJECTION_TANGENT;
  options.step_size  = 1e-4;
  options.updates    = 100;
  run_transport (&linear, &options, BATCH, &run);
  for (int i = 0; i < D; i++)
    radius += run.points[D + i] * run.points[D + i];
  g_assert_cmpfloat_with_epsilon (sqrt (radius), 2.5, 1e-5);
  g_assert_cmpfloat (run.distances[1], >, 1e-3);
}

static void
test_clip (void)
{
  DotTransportOptions options = sgd_options ();
  Record              run     = {
    0,
  };

  options.clip    = 1.0;
  options.updates = 50;
  run_transport (&linear, &options, BATCH, &run);
  for (int b = 0; b < BATCH; b++)
    {
      g_assert_cmpfloat (run.points[b * D], ==, 1.0);
      g_assert_cmpfloat (run.points[b * D + 1], ==, -1.0);
      g_assert_cmpfloat (run.points[b * D + 2], ==, 1.0);
    }
}

static void
test_cancel (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error             = NULL;
  DotTransportOptions options          = sgd_options ();
  Record              run              = { .cancel_at = 3, .cancellable = cancellable };

  g_assert_false (
    dot_transport (&quadratic, &options, &origins[0][0], BATCH, record, &run, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (run.calls, ==, 4);
}

static void
test_not_finite (void)
{
  g_autoptr (GError) error     = NULL;
  guint               calls    = 0;
  DotScoreFunction    function = { &calls, D, score_broken };
  DotTransportOptions options  = sgd_options ();
  Record              run      = {
    0,
  };

  g_assert_false (
    dot_transport (&function, &options, &origins[0][0], BATCH, record, &run, NULL, &error));
  g_assert_error (error, DOT_ERROR, DOT_ERROR_NOT_FINITE);
  g_assert_cmpuint (run.calls, ==, 2);
}

/*  who makes updates itself  */

/* @mark: what the next call must find
 * @broken: whether its third update isn't finite */
typedef struct
{
  guint    updates;
  guint64  mark;
  gboolean broken;
} Mover;

static gboolean
score_by_mover (gpointer      data,
                const double *points,
                gsize         batch,
                double       *scores,
                double       *gradients,
                GError      **error)
{
  const Mover *mover = data;

  g_assert_cmpuint (mover->updates, ==, 0);
  return score_quadratic (NULL, points, batch, scores, gradients, error);
}

/* Naive gradient descent. */
static gboolean
advance_quadratic (gpointer data, const DotAdvance *advance, gsize batch, GError **error)
{
  Mover *mover = data;

  for (gsize b = 0; b < batch; b++)
    {
      g_assert_cmpuint (advance->marks[b], ==, mover->mark);
      advance->marks[b]     = mover->mark + 1;
      advance->distances[b] = b + mover->updates;
      for (gsize i = b * D; i < (b + 1) * D; i++)
        advance->points[i] -= advance->rate * -advance->gradients[i] / advance->options->k_eff[b];
    }
  mover->mark++;
  mover->updates++;
  score_quadratic (NULL, advance->points, batch, advance->scores, advance->gradients, error);
  if (mover->broken && mover->updates == 3)
    advance->scores[0] = NAN;
  return TRUE;
}

static void
test_advance (void)
{
  Mover mover = {
    0,
  };
  DotScoreFunction    function = { &mover, D, score_by_mover, advance_quadratic };
  DotTransportOptions options  = sgd_options ();
  Record              run      = {
    0,
  };
  Record expected = {
    0,
  };

  run_transport (&function, &options, BATCH, &run);
  run_transport (&quadratic, &options, BATCH, &expected);
  g_assert_cmpuint (mover.updates, ==, options.updates);
  g_assert_cmpmem (run.points, sizeof (run.points), expected.points, sizeof (expected.points));
  g_assert_cmpmem (run.scores, sizeof (run.scores), expected.scores, sizeof (expected.scores));
  for (guint b = 0; b < BATCH; b++)
    g_assert_cmpfloat (run.distances[b], ==, b + options.updates - 1);
}

/* Adam's rate follows the number of the update, counted from the first run. */
static gboolean
check_rate (gpointer data, const DotAdvance *advance, gsize batch, GError **error)
{
  Mover *mover = data;

  g_assert_cmpfloat_with_epsilon (advance->rate, 0.1 * sqrt (1.0 - pow (0.9, 5 + mover->updates++)),
                                  1e-15);
  if (mover->updates == 3)
    g_set_error_literal (error, DOT_ERROR, DOT_ERROR_NO_DEVICE_MEMORY, "full.");
  return mover->updates < 3;
}

static gboolean
record_nothing (const DotTransportState *state, gpointer user_data, GError **error)
{
  return TRUE;
}

static void
test_advance_fails (void)
{
  g_autoptr (GError) full      = NULL;
  g_autoptr (GError) infinite  = NULL;
  Mover               mover    = { .broken = TRUE };
  DotScoreFunction    function = { &mover, D, score_quadratic, advance_quadratic };
  DotTransportOptions options  = sgd_options ();

  g_assert_false (dot_transport (&function, &options, &origins[0][0], BATCH, record_nothing, NULL,
                                 NULL, &infinite));
  g_assert_error (infinite, DOT_ERROR, DOT_ERROR_NOT_FINITE);
  g_assert_cmpuint (mover.updates, ==, 3);

  mover = (Mover) {
    0,
  };
  function.advance     = check_rate;
  options.optimizer    = DOT_OPTIMIZER_ADAM;
  options.first_update = 4;
  g_assert_false (
    dot_transport (&function, &options, &origins[0][0], BATCH, record_nothing, NULL, NULL, &full));
  g_assert_error (full, DOT_ERROR, DOT_ERROR_NO_DEVICE_MEMORY);
}

static void
test_failures (void)
{
  g_autoptr (GError) score_error = NULL;
  g_autoptr (GError) step_error  = NULL;
  DotScoreFunction    failing    = { NULL, D, score_failing };
  DotTransportOptions options    = sgd_options ();
  Record              run        = {
    0,
  };

  g_assert_false (
    dot_transport (&failing, &options, &origins[0][0], BATCH, record, &run, NULL, &score_error));
  g_assert_error (score_error, DOT_ERROR, DOT_ERROR_NO_MEMORY);
  g_assert_cmpuint (run.calls, ==, 0);

  run.fail = TRUE;
  g_assert_false (
    dot_transport (&linear, &options, &origins[0][0], BATCH, record, &run, NULL, &step_error));
  g_assert_error (step_error, DOT_ERROR, DOT_ERROR_FAILED);
  g_assert_cmpuint (run.calls, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/transport/naive-quadratic", test_naive_quadratic);
  g_test_add_func ("/transport/lipschitz-balance", test_lipschitz_balance);
  g_test_add_func ("/transport/one-step", test_one_step);
  g_test_add_func ("/transport/update-zero", test_update_zero);
  g_test_add_func ("/transport/batch", test_batch);
  g_test_add_func ("/transport/tangent-radius", test_tangent_radius);
  g_test_add_func ("/transport/clip", test_clip);
  g_test_add_func ("/transport/cancel", test_cancel);
  g_test_add_func ("/transport/not-finite", test_not_finite);
  g_test_add_func ("/transport/advance", test_advance);
  g_test_add_func ("/transport/advance-fails", test_advance_fails);
  g_test_add_func ("/transport/failures", test_failures);
  return g_test_run ();
}
