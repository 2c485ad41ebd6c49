/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The whole backend against values that the original authors' code computed,
 * in ../shared/reference beside the checkout; skips where it is absent. */

#include "helpers.h"
#include "engine/pair.h"
#include "format/npz.h"
#include "model/model.h"
#include "transport/lipschitz.h"

#include <glib/gstdio.h>
#include <math.h>

#define IMAGE_BOUND 5e-5
#define SCORE_BOUND 1e-5

/* @files: (nullable): the authors' own, which are one where it holds both
 * @bgr: whether its pictures' first colour is blue
 * @k_eff_bound: 1e−4, but where k_eff is a difference of scores that is so
 * small (1e−4 of 4e−3) that float32 itself leaves less of it.
 * @close_share: of the coordinates that end within 1e−3 of the reference. */
typedef struct
{
  const char *name;
  const char *architecture;
  DotPrior    prior;
  double      gradient_bound;
  double      k_eff_bound;
  double      close_share;
  const char *files[2];
  gboolean    bgr;
} Reference;

#define STUDIOGAN(network, step) "model=" network "-best-weights-step=" step ".pth"

#define MMGEN    "biggan_imagenet1k_128x128_b32x8_best_fid_iter_1232000_20211111_122548-5315b13d.pth"
#define R3GAN    "network-snapshot-final.pkl"
#define STYLEGAN "network-snapshot-025000.pkl"

/* The bounds are the project's requirements, above what float32 loses. */
static const Reference references[] = {
  { "sngan-projection", "sngan-projection", DOT_PRIOR_NORMAL, 1e-4, 1e-4, 0.8 },
  { "sngan-projection-32", "sngan-projection", DOT_PRIOR_NORMAL, 1e-4, 1e-4, 0.8 },
  { "sngan-projection-64", "sngan-projection", DOT_PRIOR_NORMAL, 1e-4, 1e-4, 0.8 },
  { "sngan-projection-256", "sngan-projection", DOT_PRIOR_NORMAL, 1e-4, 1e-4, 0.8 },
  { "dcgan-wgan", "dcgan", DOT_PRIOR_UNIFORM, 1e-4, 1e-4, 0.8 },
  { "dcgan-sngan", "dcgan", DOT_PRIOR_NORMAL, 1e-4, 1e-4, 0.7 },
  { "sndcgan", "sn-dcgan", DOT_PRIOR_UNIFORM, 1e-4, 5e-4, 0.8 },
  { "resnet-sn", "sn-resnet", DOT_PRIOR_NORMAL, 1e-3, 1e-4, 0.8 },
  { "biggan-128", "biggan", DOT_PRIOR_NORMAL, 1e-4, 1e-4, 0.8, { "G_ema.pth", "D.pth" } },
  { "biggan-256", "biggan", DOT_PRIOR_NORMAL, 1e-4, 1e-4, 0.8, { "G_ema_256.pth", "D_256.pth" } },
  { "mmgen-biggan-128", "biggan", DOT_PRIOR_NORMAL, 1e-4, 1e-4, 0.8, { MMGEN, MMGEN }, TRUE },
  { "studiogan-biggan-64",
    "studiogan",
    DOT_PRIOR_NORMAL,
    1e-4,
    1e-4,
    0.8,
    { STUDIOGAN ("G_ema", "62000"), STUDIOGAN ("D", "62000") } },
  { "studiogan-reacgan-128",
    "studiogan",
    DOT_PRIOR_NORMAL,
    1e-4,
    1e-4,
    0.8,
    { STUDIOGAN ("G_ema", "500000"), STUDIOGAN ("D", "500000") } },
  { "studiogan-sngan-32",
    "studiogan",
    DOT_PRIOR_NORMAL,
    1e-4,
    1e-4,
    0.8,
    { STUDIOGAN ("G", "98000"), STUDIOGAN ("D", "98000") } },
  { "r3gan-64", "r3gan", DOT_PRIOR_NORMAL, 1e-4, 1e-4, 0.8, { R3GAN, R3GAN } },
  { "stylegan2-ada-64", "stylegan2", DOT_PRIOR_NORMAL, 1e-4, 1e-4, 0.8, { STYLEGAN, STYLEGAN } },
};

/* A reference's files, and its pair on a device. */
typedef struct
{
  DotNpz  *expected;
  DotPair *pair;
  guint   *labels;
  double  *latents;
  gsize    batch;
  gsize    latent_size;
} Fixture;

static DotEngine    engine    = DOT_ENGINE_TORCH;
static DotDevice    device    = DOT_DEVICE_CPU;
static DotPrecision precision = DOT_PRECISION_FLOAT32;

static double *
read_expected (Fixture *fixture, const char *key, DotNpyHeader *header)
{
  g_autoptr (GError) error = NULL;
  double *values           = dot_npz_read_doubles (fixture->expected, key, header, &error);

  g_assert_no_error (error);
  return values;
}

/* (B, 3, H, W) with red first. */
static double *
read_pictures (Fixture *fixture, const Reference *reference, const char *key, DotNpyHeader *header)
{
  double *pictures = read_expected (fixture, key, header);
  gsize   plane    = header->shape[2] * header->shape[3];

  for (gsize i = 0; reference->bgr && i < header->n_items; i++)
    if (i / plane % 3 == 0)
      {
        double blue = pictures[i];

        pictures[i]             = pictures[i + 2 * plane];
        pictures[i + 2 * plane] = blue;
      }
  return pictures;
}

static DotPair *
load_pair (const char *folder, const Reference *reference, DotPrecision with_precision)
{
  const char *const *files = reference->files;
  g_autofree char   *g     = g_build_filename (folder, files[0] ? files[0] : "generator.npz", NULL);
  g_autofree char   *d = g_build_filename (folder, files[1] ? files[1] : "discriminator.npz", NULL);
  g_autoptr (GError) error   = NULL;
  g_autoptr (DotModel) model = NULL;
  DotPair *pair;

  model = dot_model_new_from_files (g, d, reference->architecture, reference->prior, &error);
  g_assert_no_error (error);
  pair = dot_pair_load (model, engine, device, with_precision, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return pair;
}

static gboolean
fixture_open (Fixture *fixture, const Reference *reference)
{
  g_autofree char   *folder = g_build_filename (SHARED_DIR, "reference", reference->name, NULL);
  g_autofree char   *path   = g_build_filename (folder, "expected.npz", NULL);
  g_autofree double *labels = NULL;
  DotNpyHeader       header;

  if (! g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("the reference values are not beside the checkout");
      return FALSE;
    }

  fixture->expected    = dot_npz_open (path, NULL);
  fixture->pair        = load_pair (folder, reference, precision);
  fixture->latents     = read_expected (fixture, "z", &header);
  fixture->batch       = header.shape[0];
  fixture->latent_size = header.shape[1];
  fixture->labels      = g_new0 (guint, fixture->batch);
  if (dot_npz_has (fixture->expected, "y"))
    labels = read_expected (fixture, "y", &header);
  for (gsize b = 0; labels && b < fixture->batch; b++)
    fixture->labels[b] = (guint) labels[b];
  return TRUE;
}

static void
fixture_close (Fixture *fixture)
{
  dot_npz_close (fixture->expected);
  dot_pair_unref (fixture->pair);
  g_free (fixture->labels);
  g_free (fixture->latents);
}

static void
report (const char *what, double error, double bound)
{
  g_test_message ("%s: %.2e (bound %.0e)", what, error, bound);
  g_assert_cmpfloat (error, <=, bound);
}

/* Sample by sample; the native engine's whole batch at once, for one of the
 * reference's own gradients has a relu on the other side of 0 than float64
 * (test_double() looks at each). */
static double
largest_error (const double *found, const double *expected, gsize batch, gsize n)
{
  double largest = 0.0;

  if (engine == DOT_ENGINE_NATIVE)
    return helper_relative_norm (found, expected, batch * n);
  for (gsize b = 0; b < batch; b++)
    largest = MAX (largest, helper_relative_norm (found + b * n, expected + b * n, n));
  return largest;
}

static void
test_questions (gconstpointer data)
{
  const Reference *reference = data;
  Fixture          fixture   = {
    0,
  };
  DotNpyHeader header;
  g_autoptr (GError) error = NULL;
  double image_error = 0.0, score_error = 0.0;
  /* A score near 0 is held against the others' size. */
  double score_size = 0.0;

  if (! fixture_open (&fixture, reference))
    return;

  g_autofree double *image     = read_pictures (&fixture, reference, "image", &header);
  gsize              n_image   = header.n_items;
  g_autofree double *score     = read_expected (&fixture, "score", &header);
  g_autofree double *gradient  = read_expected (&fixture, "score_grad", &header);
  g_autofree float  *images    = g_new (float, n_image);
  g_autofree float  *again     = g_new (float, n_image);
  g_autofree double *scores    = g_new (double, fixture.batch);
  g_autofree double *gradients = g_new (double, header.n_items);

  dot_pair_score (fixture.pair, fixture.latents, fixture.labels, fixture.batch, scores, gradients,
                  images, NULL, &error);
  g_assert_no_error (error);
  dot_pair_generate (fixture.pair, fixture.latents, fixture.labels, fixture.batch, again, NULL,
                     &error);
  g_assert_no_error (error);

  for (gsize i = 0; i < n_image; i++)
    {
      image_error = MAX (image_error, fabs (images[i] - image[i]));
      image_error = MAX (image_error, fabs (again[i] - image[i]));
    }
  for (gsize b = 0; b < fixture.batch; b++)
    score_size += fabs (score[b]) / fixture.batch;
  for (gsize b = 0; b < fixture.batch; b++)
    score_error = MAX (score_error,
                       fabs (scores[b] - score[b]) / MAX (fabs (score[b]), score_size));

  report ("image", image_error, IMAGE_BOUND);
  report ("score", score_error, SCORE_BOUND);
  report ("gradient", largest_error (gradients, gradient, fixture.batch, fixture.latent_size),
          reference->gradient_bound);
  fixture_close (&fixture);
}

/* The pair in libtorch's float64, on the CPU. */
static DotPair *
load_twin (const char *folder, const Reference *reference)
{
  DotDevice kept = device;
  DotPair  *twin;

  engine = DOT_ENGINE_TORCH;
  device = DOT_DEVICE_CPU;
  twin   = load_pair (folder, reference, DOT_PRECISION_FLOAT64);
  engine = DOT_ENGINE_NATIVE;
  device = kept;
  return twin;
}

/* The native engine's float32 against libtorch's float64, sample by sample. */
static void
test_double (gconstpointer data)
{
  const Reference *reference = data;
  Fixture          fixture   = {
    0,
  };
  g_autoptr (GError) error = NULL;
  double largest           = 0.0;

  if (! fixture_open (&fixture, reference))
    return;

  g_autofree char   *folder = g_build_filename (SHARED_DIR, "reference", reference->name, NULL);
  gsize              d      = fixture.latent_size;
  g_autofree double *scores = g_new (double, fixture.batch);
  g_autofree double *found  = g_new (double, fixture.batch *d);
  g_autofree double *exact  = g_new (double, fixture.batch *d);
  g_autoptr (DotPair) twin  = NULL;

  twin = load_twin (folder, reference);
  dot_pair_score (fixture.pair, fixture.latents, fixture.labels, fixture.batch, scores, found, NULL,
                  NULL, &error);
  g_assert_no_error (error);
  dot_pair_score (twin, fixture.latents, fixture.labels, fixture.batch, scores, exact, NULL, NULL,
                  &error);
  g_assert_no_error (error);

  for (gsize b = 0; b < fixture.batch; b++)
    largest = MAX (largest, helper_relative_norm (found + b * d, exact + b * d, d));
  report ("gradient against float64", largest, 1e-4);
  fixture_close (&fixture);
}

/* Equation 26 over the reference's own pairs of latents. */
static void
test_k_eff (gconstpointer data)
{
  const Reference *reference = data;
  Fixture          fixture   = {
    0,
  };
  DotNpyHeader header;
  g_autoptr (GError) error = NULL;

  if (! fixture_open (&fixture, reference))
    return;

  g_autofree double *z1       = read_expected (&fixture, "k_z1", &header);
  g_autofree double *z2       = read_expected (&fixture, "k_z2", &header);
  gsize              pairs    = header.shape[0];
  g_autofree double *label    = NULL;
  g_autofree double *expected = read_expected (&fixture, "k_eff", &header);
  g_autofree double *d1       = g_new (double, pairs);
  g_autofree double *d2       = g_new (double, pairs);
  g_autofree guint  *labels   = g_new0 (guint, pairs);

  if (dot_npz_has (fixture.expected, "k_label"))
    label = read_expected (&fixture, "k_label", &header);
  for (gsize i = 0; label && i < pairs; i++)
    labels[i] = (guint) *label;
  dot_pair_score (fixture.pair, z1, labels, pairs, d1, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  dot_pair_score (fixture.pair, z2, labels, pairs, d2, NULL, NULL, NULL, &error);
  g_assert_no_error (error);

  report ("k_eff",
          fabs (dot_lipschitz_ratio (d1, d2, z1, z2, pairs, fixture.latent_size) / *expected - 1.0),
          reference->k_eff_bound);
  fixture_close (&fixture);
}

/*  trajectories  */

typedef struct
{
  const double *expected;
  gsize         row;
  guint         last;
  double        errors[3];
  double        close_share;
} Path;

/* Largest difference after one and two steps; after the last, the share of
 * coordinates within 1e−3. */
static void
compare_step (const DotStep *step, gpointer user_data)
{
  Path         *path     = user_data;
  const double *expected = path->expected + step->update * path->row;
  gsize         close    = 0;
  double        largest  = 0.0;

  for (gsize i = 0; i < path->row; i++)
    {
      double difference = fabs (step->points[i] - expected[i]);

      largest = MAX (largest, difference);
      close += difference <= 1e-3;
    }
  if (step->update <= 2)
    path->errors[step->update] = largest;
  if (step->update == path->last)
    path->close_share = (double) close / path->row;
}

/* Latents and labels go the way a person's do, through .npy files. */
static char *
write_npy (const char   *descr,
           gconstpointer values,
           gsize         item_size,
           guint         n_dims,
           const gsize  *shape)
{
  g_autoptr (GBytes) header = dot_npy_new_header (descr, n_dims, shape);
  GString      *bytes       = g_string_new (NULL);
  gsize         size;
  gconstpointer begin = g_bytes_get_data (header, &size);
  char         *path  = NULL;
  int           file  = g_file_open_tmp ("XXXXXX.npy", &path, NULL);

  for (guint i = 0; i < n_dims; i++)
    item_size *= shape[i];
  g_string_append_len (bytes, begin, size);
  g_string_append_len (bytes, values, item_size);
  g_assert_true (g_file_set_contents (path, bytes->str, bytes->len, NULL));
  g_string_free (bytes, TRUE);
  g_close (file, NULL);
  return path;
}

static void
set_trajectory (DotRefineOptions *options, const char *key, double k_eff)
{
  options->projection = strstr (key, "tangent") ? DOT_PROJECTION_TANGENT : DOT_PROJECTION_PAPER;
  options->step_size  = 0.01;
  options->optimizer  = strstr (key, "sgd") ? DOT_OPTIMIZER_SGD : DOT_OPTIMIZER_ADAM;
  options->method     = strstr (key, "naive") ? DOT_METHOD_NAIVE : DOT_METHOD_DOT;
  options->k_eff      = g_str_has_prefix (key, "k1") ? 1.0 : k_eff;
}

static void
follow_trajectory (Fixture          *fixture,
                   DotRefineOptions *options,
                   const Reference  *reference,
                   const char       *key,
                   double            k_eff)
{
  DotNpyHeader       header;
  g_autofree double *expected = read_expected (fixture, key, &header);
  g_autoptr (GError) error    = NULL;
  Path path = { expected, fixture->batch * fixture->latent_size, header.shape[0] - 1 };

  set_trajectory (options, key, k_eff);
  options->updates = path.last;
  dot_refine (fixture->pair, options, compare_step, NULL, &path, NULL, &error);
  g_assert_no_error (error);

  g_test_message ("%s: start %.1e, 1 step %.1e, 2 steps %.1e, last %.1f %%", key, path.errors[0],
                  path.errors[1], path.errors[2], 100.0 * path.close_share);
  g_assert_cmpfloat (path.errors[0], ==, 0.0);
  g_assert_cmpfloat (path.errors[1], <=, 1e-4);
  g_assert_cmpfloat (path.errors[2], <=, 1e-3);
  g_assert_cmpfloat (path.close_share, >=, reference->close_share);
}

static void
test_trajectories (gconstpointer data)
{
  static const char *const keys[] = {
    "k1_sgd_dot_z",       "k1_sgd_naive_z",       "k1_adam_dot_z",        "k1_adam_naive_z",
    "keff_sgd_dot_z",     "keff_sgd_naive_z",     "keff_adam_dot_z",      "keff_adam_naive_z",
    "k1_sgd_dot_paper_z", "k1_sgd_dot_tangent_z", "keff_sgd_dot_paper_z", "keff_sgd_dot_tangent_z",
  };
  const Reference *reference = data;
  Fixture          fixture   = {
    0,
  };
  DotNpyHeader header;
  guint        followed = 0;

  if (! fixture_open (&fixture, reference))
    return;

  g_autofree double *k_eff             = read_expected (&fixture, "k_eff", &header);
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();

  options->latents = write_npy ("<f8", fixture.latents, 8, 2,
                                (gsize[]) { fixture.batch, fixture.latent_size });
  options->labels  = write_npy ("<u4", fixture.labels, 4, 1, (gsize[]) { fixture.batch });
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (dot_npz_has (fixture.expected, keys[i]))
      {
        follow_trajectory (&fixture, options, reference, keys[i], *k_eff);
        followed++;
      }

  g_assert_cmpuint (followed, >, 0);
  g_unlink (options->latents);
  g_unlink (options->labels);
  fixture_close (&fixture);
}

/* In float64, against the authors' networks in float64. */
static void
test_exact (gconstpointer data)
{
  const Reference *reference = data;
  Fixture          fixture   = {
    0,
  };
  DotNpyHeader header;
  g_autoptr (GError) error = NULL;
  double image_error       = 0.0;

  precision = DOT_PRECISION_FLOAT64;
  if (! fixture_open (&fixture, reference))
    return;

  g_autofree double *score     = read_expected (&fixture, "score64", &header);
  g_autofree double *gradient  = read_expected (&fixture, "score_grad64", &header);
  gsize              n         = header.n_items;
  g_autofree double *image     = read_pictures (&fixture, reference, "image64_first", &header);
  gsize              n_image   = header.n_items;
  g_autofree double *scores    = g_new (double, fixture.batch);
  g_autofree double *gradients = g_new (double, n);
  g_autofree float  *images    = g_new (float, n_image *fixture.batch);

  dot_pair_score (fixture.pair, fixture.latents, fixture.labels, fixture.batch, scores, gradients,
                  images, NULL, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < n_image; i++)
    image_error = MAX (image_error, fabs (images[i] - image[i]));
  report ("image", image_error, IMAGE_BOUND / 10);
  report ("score", helper_relative_norm (scores, score, fixture.batch), SCORE_BOUND / 10);
  report ("gradient", largest_error (gradients, gradient, fixture.batch, fixture.latent_size),
          reference->gradient_bound / 10);
  precision = DOT_PRECISION_FLOAT32;
  fixture_close (&fixture);
}

static const Reference *
find_reference (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (references); i++)
    if (strcmp (references[i].name, name) == 0)
      return &references[i];
  return NULL;
}

/* In double precision the gradient is the score's central difference. */
static void
test_finite_difference (void)
{
  const double h       = 1e-5;
  Fixture      fixture = {
    0,
  };
  g_autoptr (GError) error = NULL;
  double largest           = 0.0;

  precision = DOT_PRECISION_FLOAT64;
  if (! fixture_open (&fixture, find_reference ("sngan-projection-64")))
    return;

  gsize              d         = fixture.latent_size;
  g_autofree double *gradients = g_new (double, fixture.batch *d);
  g_autofree double *numeric   = g_new (double, d);
  g_autofree double *z         = g_new (double, 2 * d);
  double             scores[16];
  guint              labels[2] = { fixture.labels[0], fixture.labels[0] };

  dot_pair_score (fixture.pair, fixture.latents, fixture.labels, fixture.batch, scores, gradients,
                  NULL, NULL, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < d; i++)
    {
      memcpy (z, fixture.latents, d * sizeof (double));
      memcpy (z + d, fixture.latents, d * sizeof (double));
      z[i] += h;
      z[d + i] -= h;
      dot_pair_score (fixture.pair, z, labels, 2, scores, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      numeric[i] = (scores[0] - scores[1]) / (2 * h);
    }
  largest = helper_relative_norm (gradients, numeric, d);
  report ("gradient against finite differences", largest, 1e-6);

  precision = DOT_PRECISION_FLOAT32;
  fixture_close (&fixture);
}

/* The same question in target space: the gradient with respect to x. */
static void
test_target_gradient (void)
{
  const double h       = 1e-6;
  Fixture      fixture = {
    0,
  };
  DotNpyHeader header;
  g_autoptr (GError) error = NULL;

  precision = DOT_PRECISION_FLOAT64;
  if (! fixture_open (&fixture, find_reference ("sngan-projection-32")))
    return;

  g_autofree double *x        = read_expected (&fixture, "image", &header);
  gsize              n        = header.n_items / fixture.batch;
  g_autofree double *gradient = g_new (double, n);
  double             score[1], high[1], low[1];

  dot_pair_discriminate (fixture.pair, x, fixture.labels, 1, score, gradient, NULL, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < n; i += 97)
    {
      double kept = x[i];

      x[i] = kept + h;
      dot_pair_discriminate (fixture.pair, x, fixture.labels, 1, high, NULL, NULL, &error);
      x[i] = kept - h;
      dot_pair_discriminate (fixture.pair, x, fixture.labels, 1, low, NULL, NULL, &error);
      x[i] = kept;
      g_assert_no_error (error);
      g_assert_cmpfloat_with_epsilon (gradient[i], (*high - *low) / (2 * h), 1e-7);
    }

  precision = DOT_PRECISION_FLOAT32;
  fixture_close (&fixture);
}

static void
add_reference_tests (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (references); i++)
    {
      const Reference *reference = &references[i];
      g_autofree char *questions = g_strconcat ("/parity/questions/", reference->name, NULL);
      g_autofree char *k_eff     = g_strconcat ("/parity/k-eff/", reference->name, NULL);
      g_autofree char *paths     = g_strconcat ("/parity/trajectories/", reference->name, NULL);
      g_autofree char *exact     = g_strconcat ("/parity/double/", reference->name, NULL);

      g_test_add_data_func (questions, reference, test_questions);
      g_test_add_data_func (k_eff, reference, test_k_eff);
      g_test_add_data_func (paths, reference, test_trajectories);
      if (engine == DOT_ENGINE_NATIVE)
        g_test_add_data_func (exact, reference, test_double);
      else if (reference->files[0])
        g_test_add_data_func (exact, reference, test_exact);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (g_strcmp0 (g_getenv ("DOT_REFINE_TEST_DEVICE"), "cuda") == 0)
    device = DOT_DEVICE_CUDA;
  if (g_strcmp0 (g_getenv ("DOT_REFINE_TEST_ENGINE"), "native") == 0)
    engine = DOT_ENGINE_NATIVE;

  add_reference_tests ();
  /* The native engine has no float64. */
  if (engine == DOT_ENGINE_NATIVE)
    return g_test_run ();
  g_test_add_func ("/parity/finite-difference", test_finite_difference);
  g_test_add_func ("/parity/target-gradient", test_target_gradient);
  return g_test_run ();
}
