/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "metrics/fid.h"
#include "metrics/inception-score.h"
#include "metrics/kid.h"
#include "metrics/precision-recall.h"

#include "format/npz.h"

#include "helpers.h"

#include <math.h>

static DotStatistics *
statistics_of (const float *features, gsize n, gsize size)
{
  g_autoptr (GError) error = NULL;
  DotStatistics *statistics;

  statistics = dot_statistics_new (size, TRUE, &error);
  g_assert_no_error (error);
  dot_statistics_add (statistics, features, n, &error);
  g_assert_no_error (error);
  return statistics;
}

/* Four pictures of two features whose moments can be seen. */
static const float four[] = { 1, 10, 3, 10, 1, 14, 3, 14 };

static void
test_moments (void)
{
  g_autoptr (DotStatistics) statistics = statistics_of (four, 4, 2);
  g_autofree double *covariance        = NULL;

  covariance = dot_statistics_get_covariance (statistics, NULL);
  g_assert_cmpuint (statistics->n, ==, 4);
  g_assert_cmpfloat (statistics->mean[0], ==, 2.0);
  g_assert_cmpfloat (statistics->mean[1], ==, 12.0);
  g_assert_cmpfloat (covariance[0], ==, 4.0 / 3.0);
  g_assert_cmpfloat (covariance[1], ==, 0.0);
  g_assert_cmpfloat (covariance[2], ==, 0.0);
  g_assert_cmpfloat (covariance[3], ==, 16.0 / 3.0);
}

/* However they come, and however large their mean is. */
static void
test_parts (void)
{
  enum
  {
    N = 1500,
    F = 3
  };
  g_autofree float *features      = g_new (float, N *F);
  g_autoptr (DotStatistics) whole = NULL;
  g_autoptr (DotStatistics) parts = dot_statistics_new (F, FALSE, NULL);
  gsize done                      = 0;

  for (guint i = 0; i < N * F; i++)
    features[i] = 4096.0f + (float) g_test_rand_int_range (0, 64) / 64.0f;
  whole = statistics_of (features, N, F);
  for (gsize n = 1; done < N; done += n, n = MIN (2 * n, N - done))
    g_assert_true (dot_statistics_add (parts, features + done * F, n, NULL));

  for (guint i = 0; i < F; i++)
    g_assert_cmpfloat_with_epsilon (parts->mean[i], whole->mean[i], 1e-9);
  for (guint i = 0; i < F * F; i++)
    g_assert_cmpfloat_with_epsilon (parts->scatter[i], whole->scatter[i], 1e-8 * whole->scatter[0]);
}

static void
test_fid_known (void)
{
  const float other[]         = { 4, 10, 10, 10, 4, 12, 10, 12 };
  g_autoptr (DotStatistics) a = statistics_of (four, 4, 2);
  g_autoptr (DotStatistics) b = statistics_of (other, 4, 2);
  double fid                  = NAN;

  /* Of axes that don't depend on each other: differences of means, and of
   * deviations. */
  g_assert_true (dot_fid (a, b, &fid, NULL));
  g_assert_cmpfloat_with_epsilon (fid,
                                  25.0 + 1.0 +
                                    (pow (3.0 - 1.0, 2) + pow (2.0 - 1.0, 2)) * 4.0 / 3.0,
                                  1e-12);
  g_assert_true (dot_fid (a, a, &fid, NULL));
  g_assert_cmpfloat_with_epsilon (fid, 0.0, 1e-12);
}

static void
test_score_known (void)
{
  const float sure[]       = { 1, 0, 0, 1, 1, 0, 0, 1 };
  const float same[]       = { .25f, .75f, .25f, .75f, .25f, .75f, .25f, .75f };
  g_autoptr (GError) error = NULL;
  double mean, deviation;

  g_assert_true (dot_inception_score (sure, 4, 2, 2, &mean, &deviation, NULL));
  g_assert_cmpfloat_with_epsilon (mean, 2.0, 1e-12);
  g_assert_cmpfloat_with_epsilon (deviation, 0.0, 1e-12);
  g_assert_true (dot_inception_score (same, 4, 2, 1, &mean, &deviation, NULL));
  g_assert_cmpfloat_with_epsilon (mean, 1.0, 1e-12);

  g_assert_false (dot_inception_score (same, 4, 2, 10, &mean, &deviation, &error));
  assert_sentence (error, DOT_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_false (dot_inception_score ((float[]) { NAN, 1 }, 1, 2, 1, &mean, &deviation, &error));
  assert_sentence (error, DOT_ERROR_NOT_FINITE);
}

static void
test_kid_known (void)
{
  const float         one[]   = { 1, 2 };
  const float         other[] = { 3, -1 };
  const DotKidOptions whole   = { 0 };
  g_autoptr (GError) error    = NULL;
  double mean, deviation;

  /* k (1, 2) = 27, k (3, −1) = −8; 64, 0, 343 and −1 between. */
  g_assert_true (dot_kid (one, 2, other, 2, 1, &whole, &mean, &deviation, NULL, NULL));
  g_assert_cmpfloat_with_epsilon (mean, 27.0 - 8.0 - 2.0 * 406.0 / 4.0, 1e-10);
  g_assert_cmpfloat (deviation, ==, 0.0);

  g_assert_false (dot_kid (one, 1, other, 2, 1, &whole, &mean, &deviation, NULL, &error));
  assert_sentence (error, DOT_ERROR_INVALID_ARGUMENT);
}

static void
test_precision_known (void)
{
  const float real[]       = { 0, 1, 2, 3, 100 };
  const float made[]       = { 0.5f, 1.5f, 50, 60, 4000 };
  g_autoptr (GError) error = NULL;
  double precision, recall;

  /* Balls of the real: 2, 1, 1, 2 and 98 wide at k = 2, so that 50, 60 and 4000
   * are in that of 100 or nowhere; of the made: 49.5, 48.5, 48.5, 58.5, 3950. */
  g_assert_true (dot_precision_recall (real, 5, made, 5, 1, 2, &precision, &recall, NULL, NULL));
  g_assert_cmpfloat (precision, ==, 4.0 / 5.0);
  g_assert_cmpfloat (recall, ==, 1.0);

  g_assert_false (dot_precision_recall (real, 3, made, 5, 1, 3, &precision, &recall, NULL, &error));
  assert_sentence (error, DOT_ERROR_INVALID_ARGUMENT);
}

static void
test_file (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *path           = g_build_filename (folder, "s.npz", NULL);
  g_autoptr (DotStatistics) a     = statistics_of (four, 4, 2);
  g_autoptr (DotStatistics) b     = NULL;
  g_autoptr (GError) error        = NULL;
  double fid;

  a->network  = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "net", -1);
  a->score[0] = 3.5;
  a->score[1] = 0.25;
  g_assert_true (dot_statistics_file_save (a, path, &error));
  b = dot_statistics_file_load (path, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (b->n, ==, 4);
  g_assert_cmpuint (b->size, ==, 2);
  g_assert_cmpstr (b->network, ==, a->network);
  g_assert_cmpmem (b->mean, 16, a->mean, 16);
  g_assert_cmpmem (b->score, 16, a->score, 16);
  g_assert_cmpmem (b->features->data, b->features->len * 4, four, sizeof (four));
  g_assert_true (dot_fid (a, b, &fid, &error));
  g_assert_cmpfloat_with_epsilon (fid, 0.0, 1e-12);

  b->network[0] ^= 1;
  g_assert_false (dot_fid (a, b, &fid, &error));
  assert_sentence (error, DOT_ERROR_INVALID_ARGUMENT);
}

static void
assert_unreadable (const char *path, const double *mean, const double *sigma, gsize rows)
{
  g_autoptr (DotNpzWriter) writer      = dot_npz_writer_new (path, NULL);
  g_autoptr (DotStatistics) statistics = NULL;
  g_autoptr (GError) error             = NULL;
  const gsize shape[]                  = { rows, 2 };

  dot_npz_writer_add_doubles (writer, "mu", mean, 1, (gsize[]) { 2 }, NULL);
  dot_npz_writer_add_doubles (writer, "sigma", sigma, 2, shape, NULL);
  g_assert_true (dot_npz_writer_close (writer, NULL));

  statistics = dot_statistics_file_load (path, &error);
  g_assert_null (statistics);
  assert_sentence (error, DOT_ERROR_INVALID_FILE);
  assert_mentions (error, path);
}

static void
test_bad_file (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *path           = g_build_filename (folder, "s.npz", NULL);
  const double     mean[]         = { 1, 2 };

  assert_unreadable (path, mean, (double[]) { 1, 0, 0, 1, 0, 0 }, 3);
  assert_unreadable (path, mean, (double[]) { 1, 0, 0.5, 1 }, 2);
  assert_unreadable (path, mean, (double[]) { NAN, 0, 0, 1 }, 2);
  assert_unreadable (path, (double[]) { 1, INFINITY }, (double[]) { 1, 0, 0, 1 }, 2);
}

static void
test_bad_features (void)
{
  g_autoptr (DotStatistics) statistics = dot_statistics_new (2, TRUE, NULL);
  g_autoptr (GError) error             = NULL;

  g_assert_false (dot_statistics_add (statistics, (float[]) { 1, 2, 3, NAN }, 2, &error));
  assert_sentence (error, DOT_ERROR_NOT_FINITE);
  g_clear_error (&error);
  g_assert_cmpuint (statistics->n, ==, 0);

  g_assert_true (dot_statistics_add (statistics, four, 1, NULL));
  g_assert_null (dot_statistics_get_covariance (statistics, &error));
  assert_sentence (error, DOT_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);

  g_assert_null (dot_statistics_new (0, FALSE, &error));
  assert_sentence (error, DOT_ERROR_INVALID_ARGUMENT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/statistics/moments", test_moments);
  g_test_add_func ("/statistics/parts", test_parts);
  g_test_add_func ("/statistics/file", test_file);
  g_test_add_func ("/statistics/bad-file", test_bad_file);
  g_test_add_func ("/statistics/bad-features", test_bad_features);
  g_test_add_func ("/fid/known", test_fid_known);
  g_test_add_func ("/inception-score/known", test_score_known);
  g_test_add_func ("/kid/known", test_kid_known);
  g_test_add_func ("/precision/known", test_precision_known);
  return g_test_run ();
}
