/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The methods on the authors' pairs of points, in double, with the random numbers
 * of the reference: paths, decisions and calibrations. */

#include "helpers.h"
#include "method/calibration.h"
#include "method/choice.h"
#include "method/method.h"
#include "method/method-list.h"
#include "toy-pair.h"

#include "format/npz.h"

#include <math.h>
#include <string.h>

#define EXACT 1e-9

/* @noise: (S, B, 2); @chances: (S, B), or (B, S + 1) where @chains: those, and
 * (B, S) of the second run of a chain
 * @draws: (S, B, 2) latents */
typedef struct
{
  DotNpz  *npz;
  ToyPair *pair;
  gboolean latent;
  gsize    batch;
  double  *noise;
  double  *chances;
  double  *restarts;
  double  *draws;
  gsize    steps;
  double  *expected;
  gsize    row;
  double   worst;
  gsize    judged; /* rows up to this one; 0: all */
  gsize    close;  /* of the last row, how many numbers are within 1e-3 */
  double  *chosen;
  guint   *accepted;
} Fixture;

static double *
read_array (Fixture *fixture, const char *key)
{
  g_autoptr (GError) error = NULL;
  DotNpyHeader header;
  double      *values = dot_npz_read_doubles (fixture->npz, key, &header, &error);

  g_assert_no_error (error);
  return values;
}

static double
read_number (Fixture *fixture, const char *key)
{
  g_autofree double *value = read_array (fixture, key);

  return *value;
}

static gsize
count_rows (Fixture *fixture, const char *key)
{
  DotNpyHeader header;

  g_assert_true (dot_npz_get_header (fixture->npz, key, &header, NULL));
  return header.shape[0];
}

static gsize
count_columns (Fixture *fixture, const char *key)
{
  DotNpyHeader header;

  g_assert_true (dot_npz_get_header (fixture->npz, key, &header, NULL));
  return header.shape[1];
}

static gboolean
open_fixture (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_strdup_printf (SHARED_DIR "/reference/methods/toy-%s.npz", name);

  memset (fixture, 0, sizeof (*fixture));
  if (! g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("../shared/reference/methods isn't there");
      return FALSE;
    }
  fixture->npz     = dot_npz_open (path, NULL);
  fixture->pair    = toy_pair_open (SHARED_DIR "/reference/toy-2d", name);
  fixture->noise   = read_array (fixture, "noise");
  fixture->chances = read_array (fixture, "u");
  fixture->draws   = read_array (fixture, "mh_z");
  fixture->latent  = TRUE;
  fixture->batch   = count_rows (fixture, "z0");
  fixture->steps   = count_rows (fixture, "noise");
  return TRUE;
}

static void
close_fixture (Fixture *fixture)
{
  dot_npz_close (fixture->npz);
  toy_pair_close (fixture->pair);
  g_free (fixture->noise);
  g_free (fixture->chances);
  g_free (fixture->restarts);
  g_free (fixture->draws);
  g_free (fixture->chosen);
  g_free (fixture->accepted);
}

static gboolean
score (gpointer      data,
       const double *points,
       const gsize  *owners,
       gsize         n,
       double       *scores,
       double       *gradients,
       GError      **error)
{
  Fixture *fixture = data;

  toy_pair_score (fixture->pair, fixture->latent, points, n, scores, gradients);
  return TRUE;
}

static gboolean
score_batch (gpointer      data,
             const double *points,
             gsize         n,
             double       *scores,
             double       *gradients,
             GError      **error)
{
  return score (data, points, NULL, n, scores, gradients, error);
}

static void
noise (gpointer data, gsize candidate, guint step, guint part, double *values, gsize dimension)
{
  Fixture *fixture = data;

  memcpy (values, fixture->noise + ((step - 1) * fixture->batch + candidate) * 2,
          2 * sizeof (double));
}

static double
step_chance (gpointer data, gsize candidate, guint step, guint part)
{
  Fixture *fixture = data;

  return fixture->chances[(step - 1) * fixture->batch + candidate];
}

/* Of a chain: column 0 of the first run is not used. */
static double
chain_chance (gpointer data, gsize candidate, guint step, guint part)
{
  Fixture *fixture = data;

  if (part == 0)
    return fixture->chances[candidate * (fixture->steps + 1) + step + 1];
  return fixture->restarts[candidate * fixture->steps + step];
}

static void
latent (gpointer data, gsize candidate, guint number, double *point)
{
  Fixture *fixture = data;

  memcpy (point, fixture->draws + (number * fixture->batch + candidate) * 2, 2 * sizeof (double));
}

static gboolean
compare (const DotTransportState *state, gpointer user_data, GError **error)
{
  Fixture *fixture = user_data;
  gsize    n       = 2 * fixture->batch;

  fixture->close = 0;
  for (gsize i = 0; i < n; i++)
    {
      double wrong = fabs (state->points[i] - fixture->expected[fixture->row * n + i]);

      if (fixture->judged == 0 || fixture->row <= fixture->judged)
        fixture->worst = fmax (fixture->worst, wrong);
      fixture->close += wrong < 1e-3;
    }
  fixture->row++;
  return TRUE;
}

/*  dot and naive  */

static double
follow_transport (Fixture                   *fixture,
                  const DotTransportOptions *options,
                  const double              *origins,
                  const char                *key,
                  gsize                      judged)
{
  g_autofree double *expected = read_array (fixture, key);
  g_autoptr (GError) error    = NULL;
  DotScoreFunction function   = { fixture, 2, score_batch };

  fixture->expected = expected;
  fixture->row      = 0;
  fixture->worst    = 0.0;
  fixture->judged   = judged;
  dot_transport (&function, options, origins, fixture->batch, compare, fixture, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->row, ==, count_rows (fixture, key));
  g_test_message ("%s up to update %zu: %.1e", key, judged ? judged : fixture->row - 1,
                  fixture->worst);
  return fixture->worst;
}

static void
check_transport (Fixture *fixture, DotMethod method, DotOptimizer optimizer, gboolean target)
{
  g_autofree char    *key     = NULL;
  g_autofree double  *origins = read_array (fixture, target ? "x0" : "z0");
  g_autofree double  *k_eff   = g_new (double, fixture->batch);
  gboolean            adam    = optimizer == DOT_OPTIMIZER_ADAM;
  DotTransportOptions options = {
    .method    = method,
    .optimizer = optimizer,
    /* The paper keeps no latent's length where the prior is uniform. */
    .projection = DOT_PROJECTION_NONE,
    .step_size  = 0.01,
    .delta      = 0.001,
    .clip       = target ? 2.0 : 1.0,
    .k_eff      = k_eff,
  };

  for (gsize b = 0; b < fixture->batch; b++)
    k_eff[b] = read_number (fixture, target ? "K_eff" : "k_eff");
  key             = g_strdup_printf ("%s_%s_%s_%s", target ? "target" : "latent",
                         method == DOT_METHOD_DOT ? "dot" : "naive", adam ? "adam" : "sgd",
                         target ? "x" : "z");
  fixture->latent = ! target;
  options.updates = (guint) count_rows (fixture, key) - 1;
  g_assert_cmpfloat (follow_transport (fixture, &options, origins, key, target && adam ? 40 : 0),
                     <=, EXACT);
  /* At the kinks a step of Adam's has its size whatever the gradient is, so that after
   * a hundred some have parted. */
  g_assert_cmpuint (10 * fixture->close, >=, 7 * 2 * fixture->batch);
}

static void
test_transport (gconstpointer name)
{
  Fixture fixture;

  if (! open_fixture (&fixture, name))
    return;
  for (int method = DOT_METHOD_DOT; method <= DOT_METHOD_NAIVE; method++)
    for (int optimizer = DOT_OPTIMIZER_ADAM; optimizer <= DOT_OPTIMIZER_SGD; optimizer++)
      for (int target = 0; target < 2; target++)
        check_transport (&fixture, method, optimizer, target);
  close_fixture (&fixture);
}

/*  paths  */

static void
follow_path (Fixture          *fixture,
             DotMethod         method,
             DotMethodOptions *options,
             const char       *start,
             const char       *key)
{
  g_autofree double *origins  = read_array (fixture, start);
  g_autofree double *expected = read_array (fixture, key);
  g_autoptr (GError) error    = NULL;
  DotScorer    scorer         = { fixture, 2, score };
  DotDraws     draws          = { fixture, noise, step_chance, latent };
  DotMethodRun run            = {
               .scorer    = &scorer,
               .options   = options,
               .draws     = &draws,
               .origins   = origins,
               .batch     = fixture->batch,
               .report    = compare,
               .user_data = fixture,
  };

  fixture->expected = expected;
  fixture->row      = 0;
  fixture->worst    = 0.0;
  options->updates  = (guint) count_rows (fixture, key) - 1;
  dot_method_run (method, &run, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->row, ==, options->updates + 1);
  g_test_message ("%s: %.1e", key, fixture->worst);
  g_assert_cmpfloat (fixture->worst, <=, EXACT);
}

static void
test_ddls (gconstpointer name)
{
  Fixture fixture;

  if (! open_fixture (&fixture, name))
    return;
  follow_path (&fixture, DOT_METHOD_DDLS,
               &(DotMethodOptions) { .prior     = DOT_PRIOR_UNIFORM,
                                     .clip      = 1.0,
                                     .step_size = read_number (&fixture, "ddls_step") },
               "z0", "ddls_z");
  close_fixture (&fixture);
}

static void
test_dgflow (gconstpointer name)
{
  static const char *const words[] = { "KL", "JS", "logD" };
  Fixture                  fixture;

  if (! open_fixture (&fixture, name))
    return;
  for (int i = DOT_DIVERGENCE_KL; i <= DOT_DIVERGENCE_LOGD; i++)
    {
      g_autofree char *plain   = g_strdup_printf ("dgflow_%s_z", words[i]);
      g_autofree char *clip    = g_strdup_printf ("dgflow_%s_clip_z", words[i]);
      g_autofree char *target  = g_strdup_printf ("dgflow_%s_target_x", words[i]);
      DotMethodOptions options = { .divergence = i,
                                   .step_size  = read_number (&fixture, "dgflow_eta"),
                                   .noise      = read_number (&fixture, "dgflow_gamma") };

      fixture.latent = TRUE;
      follow_path (&fixture, DOT_METHOD_DGFLOW, &options, "z0", plain);
      fixture.latent = FALSE;
      follow_path (&fixture, DOT_METHOD_DGFLOW, &options, "x0", target);
      options.clip   = 1.0;
      fixture.latent = TRUE;
      follow_path (&fixture, DOT_METHOD_DGFLOW, &options, "z0", clip);
    }
  close_fixture (&fixture);
}

static void
test_rep (gconstpointer name)
{
  Fixture            fixture;
  g_autofree double *slopes = NULL;
  DotMethodOptions   options;

  if (! open_fixture (&fixture, name))
    return;
  slopes = g_new (double, fixture.batch);
  for (gsize b = 0; b < fixture.batch; b++)
    slopes[b] = read_number (&fixture, "repgan_a");
  options = (DotMethodOptions) { .prior     = DOT_PRIOR_NORMAL,
                                 .slopes    = slopes,
                                 .step_size = read_number (&fixture, "repgan_tau") };
  follow_path (&fixture, DOT_METHOD_REP, &options, "repgan_normal_z0", "repgan_normal_z");
  options.prior = DOT_PRIOR_UNIFORM;
  follow_path (&fixture, DOT_METHOD_REP, &options, "z0", "repgan_uniform_z");
  close_fixture (&fixture);
}

/*  choices  */

static gboolean
keep_chosen (const DotTransportState *state, gpointer user_data, GError **error)
{
  Fixture *fixture = user_data;

  memcpy (fixture->chosen, state->points, 2 * fixture->batch * sizeof (double));
  memcpy (fixture->accepted, state->accepted, fixture->batch * sizeof (guint));
  return TRUE;
}

/* Draw @index of candidate @b, where it is one. */
static void
assert_chosen (const Fixture *fixture, gsize b, int index)
{
  g_assert_cmpint (index, >=, 0);
  for (gsize i = 0; i < 2; i++)
    g_assert_cmpfloat (fixture->chosen[2 * b + i], ==,
                       fixture->draws[((gsize) index * fixture->batch + b) * 2 + i]);
}

/* The index counts the real picture as 0; a chain that stayed there runs again, and
 * counts from its first draw. */
static void
check_chain (Fixture *fixture, const char *prefix, double a, double b)
{
  g_autofree char   *u_key       = g_strconcat (prefix, "_u", NULL);
  g_autofree char   *restart_key = g_strconcat (prefix, "_u_restart", NULL);
  g_autofree char   *index_key   = g_strconcat (prefix, "_index", NULL);
  g_autofree char   *again_key   = g_strconcat (prefix, "_restart_index", NULL);
  g_autofree double *real        = read_array (fixture, "mh_real_score");
  g_autofree double *index       = read_array (fixture, index_key);
  g_autofree double *again       = read_array (fixture, again_key);
  g_autofree double *slopes      = g_new (double, fixture->batch);
  g_autofree double *intercepts  = g_new (double, fixture->batch);
  g_autofree double *origins     = g_memdup2 (fixture->draws, 2 * fixture->batch * sizeof (double));
  g_autoptr (GError) error       = NULL;
  DotScorer        scorer        = { fixture, 2, score };
  DotDraws         draws         = { fixture, noise, chain_chance, latent };
  DotMethodOptions options       = { .updates     = 1,
                                     .slopes      = slopes,
                                     .intercepts  = intercepts,
                                     .real_scores = real };
  DotMethodRun     run           = { .scorer    = &scorer,
                                     .options   = &options,
                                     .draws     = &draws,
                                     .origins   = origins,
                                     .batch     = fixture->batch,
                                     .report    = keep_chosen,
                                     .user_data = fixture };
  guint            restarted     = 0;

  g_free (fixture->chances);
  g_free (fixture->restarts);
  fixture->chances  = read_array (fixture, u_key);
  fixture->restarts = read_array (fixture, restart_key);
  fixture->steps = options.proposals = (guint) count_columns (fixture, restart_key);
  for (gsize i = 0; i < fixture->batch; i++)
    {
      slopes[i]     = a;
      intercepts[i] = b;
    }

  dot_method_run (DOT_METHOD_MH, &run, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < fixture->batch; i++)
    {
      assert_chosen (fixture, i, index[i] > 0 ? (int) index[i] - 1 : (int) again[i]);
      restarted += index[i] == 0;
    }
  g_test_message ("%s: all %zu chains end as expected, %u of them run again", prefix,
                  fixture->batch, restarted);
}

static void
test_mh (gconstpointer name)
{
  Fixture            fixture;
  g_autofree double *ml = NULL;

  if (! open_fixture (&fixture, name))
    return;
  fixture.chosen   = g_new (double, 2 * fixture.batch);
  fixture.accepted = g_new (guint, fixture.batch);
  ml               = read_array (&fixture, "cal_ml");
  check_chain (&fixture, "mh", ml[0], ml[1]);
  check_chain (&fixture, "mh3", read_number (&fixture, "mh3_a"), read_number (&fixture, "mh3_b"));
  close_fixture (&fixture);
}

static double
largest (const double *values, gsize n)
{
  double found = values[0];

  for (gsize i = 1; i < n; i++)
    found = fmax (found, values[i]);
  return found;
}

static void
check_drs (Fixture *fixture, const char *word, double percentile)
{
  g_autofree char   *gamma_key  = g_strconcat ("drs_gamma_", word, NULL);
  g_autofree char   *chance_key = g_strconcat ("drs_P_", word, NULL);
  g_autofree char   *accept_key = g_strconcat ("drs_accept_", word, NULL);
  g_autofree double *logits     = read_array (fixture, "drs_logit");
  g_autofree double *u          = read_array (fixture, "drs_u");
  g_autofree double *chances    = read_array (fixture, chance_key);
  g_autofree double *accepted   = read_array (fixture, accept_key);
  gsize              n          = count_rows (fixture, "drs_logit");
  DotPilots          pilots     = { logits, n, read_number (fixture, "drs_logit_max") };
  double             worst      = 0.0;

  dot_method_drs.prepare (&(DotMethodOptions) { .percentile = percentile }, &pilots);
  g_assert_cmpfloat_with_epsilon (pilots.gamma, read_number (fixture, gamma_key), EXACT);
  for (gsize i = 0; i < n; i++)
    {
      double chance = dot_drs_get_chance (pilots.gamma, pilots.largest, logits[i]);

      worst = fmax (worst, fabs (chance - chances[i]));
      g_assert_cmpint (u[i] <= chance, ==, accepted[i] != 0.0);
    }
  g_test_message ("drs_P_%s: %.1e", word, worst);
  g_assert_cmpfloat (worst, <=, EXACT);
}

static void
test_drs (gconstpointer name)
{
  Fixture fixture;

  if (! open_fixture (&fixture, name))
    return;
  check_drs (&fixture, "0", 0.0);
  check_drs (&fixture, "p80", 80.0);
  check_drs (&fixture, "p95", 95.0);
  close_fixture (&fixture);
}

static void
check_obrs (Fixture *fixture, const char *budget, gboolean decisions)
{
  g_autofree char   *c_key      = g_strconcat ("obrs_c_", budget, NULL);
  g_autofree char   *chance_key = g_strconcat ("obrs_P_", budget, NULL);
  g_autofree double *logits     = read_array (fixture, "obrs_logit");
  g_autofree double *chances    = read_array (fixture, chance_key);
  gsize              n          = count_rows (fixture, "obrs_logit");
  DotPilots          pilots     = { logits, n, largest (logits, n) };
  DotMethodOptions   options    = { .budget = g_ascii_strtod (budget, NULL) };
  double             worst      = 0.0;

  dot_method_obrs.prepare (&options, &pilots);
  g_assert_cmpfloat_with_epsilon (pilots.scale, read_number (fixture, c_key), EXACT);
  for (gsize i = 0; i < n; i++)
    worst = fmax (worst, fabs (dot_obrs_get_chance (&pilots, logits[i]) - chances[i]));
  g_test_message ("obrs_P_%s: %.1e", budget, worst);
  g_assert_cmpfloat (worst, <=, EXACT);
  if (! decisions)
    return;

  g_autofree double *u        = read_array (fixture, "obrs_u");
  g_autofree double *accepted = read_array (fixture, "obrs_accept_0.5");

  for (gsize i = 0; i < n; i++)
    g_assert_cmpint (u[i] <= dot_obrs_get_chance (&pilots, logits[i]), ==, accepted[i] != 0.0);
}

static void
test_obrs (gconstpointer name)
{
  Fixture fixture;

  if (! open_fixture (&fixture, name))
    return;
  check_obrs (&fixture, "0.5", TRUE);
  check_obrs (&fixture, "0.25", FALSE);
  close_fixture (&fixture);
}

/*  calibration  */

static double
assert_coefficients (Fixture                    *fixture,
                     const DotCalibrationScores *scores,
                     double                      ridge,
                     const char                 *key)
{
  g_autofree double *expected = read_array (fixture, key);
  DotCalibration     calibration;
  double             worst;

  g_assert_true (dot_calibration_fit (&calibration, scores, ridge));
  worst = fmax (fabs (calibration.slope - expected[0]), fabs (calibration.intercept - expected[1]));
  g_test_message ("%s: %.1e", key, worst);
  g_assert_cmpfloat (worst, <=, 1e-8);
  return dot_calibration_get_z (&calibration, scores);
}

/* Both kinds' variance about the mean of all. */
static double
get_variance (const DotCalibrationScores *scores)
{
  double sum = 0.0, square = 0.0;
  gsize  n = scores->n_real + scores->n_generated;

  for (gsize i = 0; i < n; i++)
    {
      double x = i < scores->n_real ? scores->real[i] : scores->generated[i - scores->n_real];

      sum += x;
      square += x * x;
    }
  return square / (double) n - sum * sum / ((double) n * (double) n);
}

static void
check_calibration (Fixture *fixture, const char *z_key)
{
  g_autofree double   *real      = read_array (fixture, "cal_real_score");
  g_autofree double   *generated = read_array (fixture, "cal_fake_score");
  DotNpyHeader         header;
  DotCalibrationScores scores;

  g_assert_true (dot_npz_get_header (fixture->npz, "cal_real_score", &header, NULL));
  scores = (DotCalibrationScores) { real, header.n_items, generated, header.n_items };
  g_assert_cmpfloat (fabs (assert_coefficients (fixture, &scores, 0.0, "cal_ml")), <=, 1e-6);
  assert_coefficients (fixture, &scores, 1.0 / get_variance (&scores), "cal_l2");
  g_assert_cmpfloat_with_epsilon (dot_calibration_get_z (&(DotCalibration) { .slope = 1.0 },
                                                         &scores),
                                  read_number (fixture, z_key), 1e-8);
}

static void
test_calibration (gconstpointer name)
{
  Fixture fixture;

  if (! open_fixture (&fixture, name))
    return;
  check_calibration (&fixture, "Z_uber_raw");
  close_fixture (&fixture);
}

/* Of a pair that makes pictures, and of each of its classes. */
static void
test_calibration_of_pictures (void)
{
  const char *path    = SHARED_DIR "/reference/methods/imagenet10-64.npz";
  Fixture     fixture = { 0 };

  if (! g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("../shared/reference/methods isn't there");
      return;
    }
  fixture.npz = dot_npz_open (path, NULL);
  check_calibration (&fixture, "Z_raw");

  g_autofree double *real      = read_array (&fixture, "cal_real_score");
  g_autofree double *generated = read_array (&fixture, "cal_fake_score");
  g_autofree double *expected  = read_array (&fixture, "cal_class_l2");

  for (gsize i = 0; i < 10; i++)
    {
      DotCalibrationScores scores = { real + 50 * i, 50, generated + 50 * i, 50 };
      DotCalibration       calibration;

      g_assert_true (dot_calibration_fit (&calibration, &scores, 1.0 / get_variance (&scores)));
      g_assert_cmpfloat_with_epsilon (calibration.slope, expected[2 * i], 1e-8);
      g_assert_cmpfloat_with_epsilon (calibration.intercept, expected[2 * i + 1], 1e-8);
    }
  dot_npz_close (fixture.npz);
}

int
main (int argc, char **argv)
{
  static const char *const sets[] = { "25gaussians", "swissroll" };
  static const struct
  {
    const char *name;
    void (*run) (gconstpointer name);
  } tests[] = {
    { "transport", test_transport },
    { "ddls", test_ddls },
    { "dgflow", test_dgflow },
    { "rep", test_rep },
    { "mh", test_mh },
    { "drs", test_drs },
    { "obrs", test_obrs },
    { "calibration", test_calibration },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    for (guint j = 0; j < G_N_ELEMENTS (tests); j++)
      {
        g_autofree char *path = g_strdup_printf ("/reference/%s/%s", sets[i], tests[j].name);

        g_test_add_data_func (path, sets[i], tests[j].run);
      }
  g_test_add_func ("/reference/calibration-of-pictures", test_calibration_of_pictures);
  return g_test_run ();
}
