/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The methods on whole pairs, with the random numbers of the reference: by the native
 * engine in float32, or by libtorch in float64 where the environment says so. */

#include "engine/pair.h"
#include "helpers.h"
#include "method/method.h"
#include "model/model.h"

#include "format/npz.h"

#include <math.h>
#include <string.h>

/* In float64: weights are float32 there, too, after spectral norms were divided out.
 * What no weight is in, test-reference.c follows to 1e-9. */
#define EXACT 1e-6

/* @close: what four of five numbers differ by at most, in float32; a hundred
 * times that is a latent that lies so near a relu's kink that rounding takes it to the
 * other side.  A trained pair's gradients are a hundred times those of random ones. */
typedef struct
{
  const char *name;
  const char *folder;
  const char *architecture;
  double      close;
} Reference;

typedef struct
{
  DotNpz  *npz;
  DotPair *pair;
  guint   *labels;
  gsize    batch;
  gsize    size; /* of a latent */
  double  *noise;
  double  *chances;
  double  *expected;
  gsize    rows;
  double   tolerance;
  double   worst;
  gsize    close; /* of the last row's numbers */
} Fixture;

static gboolean
is_exact (void)
{
  return g_getenv ("DOT_REFINE_TEST_FLOAT64") != NULL;
}

static double *
read_array (Fixture *fixture, const char *key, DotNpyHeader *header)
{
  g_autoptr (GError) error = NULL;
  double *values           = dot_npz_read_doubles (fixture->npz, key, header, &error);

  g_assert_no_error (error);
  return values;
}

static double
read_number (Fixture *fixture, const char *key)
{
  DotNpyHeader       header;
  g_autofree double *value = read_array (fixture, key, &header);

  return *value;
}

static DotModel *
find_model (const Reference *reference)
{
  g_autofree char *generator     = g_build_filename (reference->folder, "generator.npz", NULL);
  g_autofree char *discriminator = g_build_filename (reference->folder, "discriminator.npz", NULL);
  g_autoptr (GError) error       = NULL;
  DotModel *model = dot_model_new_from_files (generator, discriminator, reference->architecture,
                                              DOT_PRIOR_NORMAL, &error);

  g_assert_no_error (error);
  return model;
}

static void
read_labels (Fixture *fixture)
{
  DotNpyHeader       header;
  g_autofree double *labels = NULL;

  fixture->labels = g_new0 (guint, fixture->batch);
  if (! dot_npz_has (fixture->npz, "y"))
    return;
  labels = read_array (fixture, "y", &header);
  for (gsize b = 0; b < fixture->batch; b++)
    fixture->labels[b] = (guint) labels[b];
}

static gboolean
open_fixture (Fixture *fixture, const Reference *reference)
{
  g_autofree char *path = g_strdup_printf (SHARED_DIR "/reference/methods/%s.npz", reference->name);
  g_autoptr (DotModel) model = NULL;
  g_autoptr (GError) error   = NULL;
  DotNpyHeader header;

  if (! g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("../shared/reference/methods isn't there");
      return FALSE;
    }
  fixture->tolerance = reference->close;
  model              = find_model (reference);
  fixture->npz       = dot_npz_open (path, NULL);
  fixture->pair      = dot_pair_load (model, is_exact () ? DOT_ENGINE_TORCH : DOT_ENGINE_NATIVE,
                                      DOT_DEVICE_CPU,
                                 is_exact () ? DOT_PRECISION_FLOAT64 : DOT_PRECISION_FLOAT32, NULL,
                                      NULL, NULL, &error);
  g_assert_no_error (error);
  fixture->noise   = read_array (fixture, "noise", &header);
  fixture->chances = read_array (fixture, "u", &header);
  fixture->batch   = header.shape[1];
  fixture->size    = dot_model_get_latent_size (model);
  read_labels (fixture);
  return TRUE;
}

static void
close_fixture (Fixture *fixture)
{
  dot_npz_close (fixture->npz);
  dot_pair_unref (fixture->pair);
  g_free (fixture->labels);
  g_free (fixture->noise);
  g_free (fixture->chances);
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

  return dot_pair_score (fixture->pair, points, fixture->labels, n, scores, gradients, NULL, NULL,
                         error);
}

static void
noise (gpointer data, gsize candidate, guint step, guint part, double *values, gsize dimension)
{
  Fixture *fixture = data;

  memcpy (values, fixture->noise + ((step - 1) * fixture->batch + candidate) * dimension,
          dimension * sizeof (double));
}

static double
chance (gpointer data, gsize candidate, guint step, guint part)
{
  Fixture *fixture = data;

  return fixture->chances[(step - 1) * fixture->batch + candidate];
}

static gboolean
compare (const DotTransportState *state, gpointer user_data, GError **error)
{
  Fixture *fixture = user_data;
  gsize    n       = fixture->size * fixture->batch;

  fixture->close = 0;
  for (gsize i = 0; i < n; i++)
    {
      double wrong = fabs (state->points[i] - fixture->expected[fixture->rows * n + i]);

      fixture->worst = fmax (fixture->worst, wrong);
      fixture->close += wrong <= fixture->tolerance;
    }
  fixture->rows++;
  return TRUE;
}

static void
follow (Fixture *fixture, DotMethod method, DotMethodOptions *options, const char *key)
{
  DotNpyHeader       header;
  g_autofree double *expected = read_array (fixture, key, &header);
  g_autofree double *origins  = NULL;
  g_autoptr (GError) error    = NULL;
  gsize        n;
  DotScorer    scorer = { fixture, fixture->size, score };
  DotDraws     draws  = { fixture, noise, chance };
  DotMethodRun run    = {
       .scorer    = &scorer,
       .options   = options,
       .draws     = &draws,
       .batch     = fixture->batch,
       .report    = compare,
       .user_data = fixture,
  };

  options->updates  = (guint) header.shape[0] - 1;
  fixture->expected = expected;
  fixture->rows     = 0;
  fixture->worst    = 0.0;
  origins           = read_array (fixture, "z0", &header);
  run.origins       = origins;
  dot_method_run (method, &run, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->rows, ==, options->updates + 1);
  n = fixture->size * fixture->batch;
  g_test_message ("%s: %.1e, %.0f %% close", key, fixture->worst,
                  100.0 * (double) fixture->close / (double) n);
  g_assert_cmpfloat (fixture->worst, <=, is_exact () ? EXACT : 100.0 * fixture->tolerance);
  g_assert_cmpuint (5 * fixture->close, >=, 4 * n);
}

static void
test_ddls (gconstpointer reference)
{
  Fixture fixture = { 0 };

  if (! open_fixture (&fixture, reference))
    return;
  follow (&fixture, DOT_METHOD_DDLS,
          &(DotMethodOptions) { .step_size = read_number (&fixture, "ddls_step") }, "ddls_z");
  close_fixture (&fixture);
}

static void
test_dgflow (gconstpointer reference)
{
  static const char *const keys[]  = { "dgflow_KL_z", "dgflow_JS_z", "dgflow_logD_z" };
  Fixture                  fixture = { 0 };

  if (! open_fixture (&fixture, reference))
    return;
  for (int i = DOT_DIVERGENCE_KL; i <= DOT_DIVERGENCE_LOGD; i++)
    follow (&fixture, DOT_METHOD_DGFLOW,
            &(DotMethodOptions) { .divergence = i,
                                  .step_size  = read_number (&fixture, "dgflow_eta"),
                                  .noise      = read_number (&fixture, "dgflow_gamma") },
            keys[i]);
  if (dot_npz_has (fixture.npz, "dgflow_KL_gamma0_z"))
    follow (&fixture, DOT_METHOD_DGFLOW,
            &(DotMethodOptions) { .step_size = read_number (&fixture, "dgflow_eta") },
            "dgflow_KL_gamma0_z");
  close_fixture (&fixture);
}

static void
test_rep (gconstpointer reference)
{
  Fixture            fixture = { 0 };
  g_autofree double *slopes  = NULL;

  if (! open_fixture (&fixture, reference))
    return;
  slopes = g_new (double, fixture.batch);
  for (gsize b = 0; b < fixture.batch; b++)
    slopes[b] = read_number (&fixture, "repgan_a");
  follow (&fixture, DOT_METHOD_REP,
          &(DotMethodOptions) { .step_size = read_number (&fixture, "repgan_tau"),
                                .slopes    = slopes },
          "repgan_z");
  close_fixture (&fixture);
}

int
main (int argc, char **argv)
{
  static const Reference references[] = {
    { "dcgan-sngan", SHARED_DIR "/reference/dcgan-sngan", "dcgan", 1e-6 },
    { "sngan-projection-64", SHARED_DIR "/reference/sngan-projection-64", "sngan-projection",
      1e-6 },
    { "imagenet10-64", SHARED_DIR "/models/imagenet10-64", "sngan-projection", 1e-4 },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (references); i++)
    {
      g_autofree char *ddls   = g_strdup_printf ("/pairs/%s/ddls", references[i].name);
      g_autofree char *dgflow = g_strdup_printf ("/pairs/%s/dgflow", references[i].name);
      g_autofree char *rep    = g_strdup_printf ("/pairs/%s/rep", references[i].name);

      g_test_add_data_func (ddls, &references[i], test_ddls);
      g_test_add_data_func (dgflow, &references[i], test_dgflow);
      g_test_add_data_func (rep, &references[i], test_rep);
    }
  return g_test_run ();
}
