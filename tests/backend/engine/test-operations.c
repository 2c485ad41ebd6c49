/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Each engine against the plain double-precision reference, on small random
 * networks that have every operation; and its gradient against the
 * reference's central differences. */

#include "networks.h"
#include "helpers.h"
#include "engine/engine.h"
#include "plain-network.h"

#include <math.h>
#include <stdlib.h>

#define LATENT NETWORKS_LATENT
#define LABELS NETWORKS_LABELS
#define SIZE   NETWORKS_SIZE

/* An engine, and how near it must come: libtorch computes in double, the
 * native engine in float32. */
typedef struct
{
  DotEngine    engine;
  DotPrecision precision;
  /* Of an image, the length of what is wrong beside its own length. */
  double image;
  double score;
  double gradient;
  DotNetwork *(*make_generator) (void);
  DotNetwork *(*make_discriminator) (void);
} Subject;

static const Subject torch = {
  DOT_ENGINE_TORCH,        DOT_PRECISION_FLOAT64,       1e-6, 1e-11, 1e-7,
  networks_make_generator, networks_make_discriminator,
};
static const Subject native = {
  DOT_ENGINE_NATIVE,       DOT_PRECISION_FLOAT32,       5e-6, 1e-4, 1e-4,
  networks_make_generator, networks_make_discriminator,
};
static const Subject torch_judge = {
  DOT_ENGINE_TORCH,        DOT_PRECISION_FLOAT64, 1e-6, 1e-11, 1e-7,
  networks_make_generator, networks_make_judge,
};
static const Subject native_judge = {
  DOT_ENGINE_NATIVE,       DOT_PRECISION_FLOAT32, 5e-6, 1e-4, 1e-4,
  networks_make_generator, networks_make_judge,
};

static const Subject torch_modulated = {
  DOT_ENGINE_TORCH,        DOT_PRECISION_FLOAT64,       1e-6, 1e-11, 1e-7,
  networks_make_modulated, networks_make_discriminator,
};
static const Subject native_modulated = {
  DOT_ENGINE_NATIVE,       DOT_PRECISION_FLOAT32,       5e-6, 1e-4, 1e-4,
  networks_make_modulated, networks_make_discriminator,
};

static const Subject torch_grouped = {
  DOT_ENGINE_TORCH,        DOT_PRECISION_FLOAT64,       1e-6, 1e-11, 1e-7,
  networks_make_filtering, networks_make_grouped_judge,
};
static const Subject native_grouped = {
  DOT_ENGINE_NATIVE,       DOT_PRECISION_FLOAT32,       5e-6, 1e-4, 1e-4,
  networks_make_filtering, networks_make_grouped_judge,
};

static const Subject torch_styled = {
  DOT_ENGINE_TORCH,     DOT_PRECISION_FLOAT64,       1e-6, 1e-11, 1e-7,
  networks_make_styled, networks_make_halving_judge,
};
static const Subject native_styled = {
  DOT_ENGINE_NATIVE,    DOT_PRECISION_FLOAT32,       5e-6, 1e-4, 1e-4,
  networks_make_styled, networks_make_halving_judge,
};

#define STAND_IN_MEMORY "DOT_REFINE_STAND_IN_MEMORY"

/* Of the native engine: DOT_REFINE_TEST_DEVICE=cuda takes a GPU. */
static DotDevice device = DOT_DEVICE_CPU;

typedef struct
{
  DotNetwork           *generator;
  DotNetwork           *discriminator;
  const DotEngineClass *klass;
  gpointer              engine;
} Fixture;

static DotDevice
device_of (const Subject *subject)
{
  return subject->engine == DOT_ENGINE_NATIVE ? device : DOT_DEVICE_CPU;
}

static void
fixture_open (Fixture *fixture, const Subject *subject)
{
  g_autoptr (GError) error = NULL;

  fixture->generator     = subject->make_generator ();
  fixture->discriminator = subject->make_discriminator ();
  fixture->klass         = dot_engine_load (subject->engine, device_of (subject), &error);
  g_assert_no_error (error);
  fixture->engine = fixture->klass->create (fixture->generator, fixture->discriminator,
                                            device_of (subject), subject->precision, &error);
  g_assert_no_error (error);
}

static void
fixture_close (Fixture *fixture)
{
  fixture->klass->destroy (fixture->engine);
  dot_network_free (fixture->generator);
  dot_network_free (fixture->discriminator);
}

static double
reference_score (const Fixture *fixture, const double *latent, guint label)
{
  g_autofree double *image = reference_forward (fixture->generator, latent, label);
  g_autofree double *score = reference_forward (fixture->discriminator, image, label);

  return score[0];
}

static void
draw_latents (double *latents, guint *labels)
{
  for (int i = 0; i < LABELS * LATENT; i++)
    latents[i] = g_test_rand_double_range (-2.0, 2.0);
  for (guint b = 0; b < LABELS; b++)
    labels[b] = LABELS - 1 - b;
}

static double
image_error (const float *found, const double *expected)
{
  double image[3 * SIZE * SIZE];

  for (int i = 0; i < 3 * SIZE * SIZE; i++)
    image[i] = found[i];
  return helper_relative_norm (image, expected, 3 * SIZE * SIZE);
}

static void
test_forward (gconstpointer data)
{
  const Subject *subject = data;
  Fixture        fixture = {
    0,
  };
  g_autoptr (GError) error = NULL;
  double latents[LABELS * LATENT], scores[LABELS];
  float  images[LABELS * 3 * SIZE * SIZE];
  guint  labels[LABELS];

  fixture_open (&fixture, subject);
  draw_latents (latents, labels);
  fixture.klass->score (fixture.engine, latents, labels, LABELS, scores, NULL, images, &error);
  g_assert_no_error (error);

  for (guint b = 0; b < LABELS; b++)
    {
      g_autofree double *image = reference_forward (fixture.generator, latents + b * LATENT,
                                                    labels[b]);

      g_assert_cmpfloat (image_error (images + b * 3 * SIZE * SIZE, image), <=, subject->image);
      g_assert_cmpfloat_with_epsilon (scores[b],
                                      reference_score (&fixture, latents + b * LATENT, labels[b]),
                                      subject->score);
    }
  fixture_close (&fixture);
}

static void
test_gradient (gconstpointer data)
{
  const Subject *subject = data;
  const double   h       = 1e-6;
  Fixture        fixture = {
    0,
  };
  g_autoptr (GError) error = NULL;
  double latents[LABELS * LATENT], gradients[LABELS * LATENT];
  double scores[LABELS];
  guint  labels[LABELS];

  fixture_open (&fixture, subject);
  draw_latents (latents, labels);
  fixture.klass->score (fixture.engine, latents, labels, LABELS, scores, gradients, NULL, &error);
  g_assert_no_error (error);

  for (int i = 0; i < LABELS * LATENT; i++)
    {
      double *latent = latents + i / LATENT * LATENT;
      guint   label  = labels[i / LATENT];
      double  kept   = latents[i];
      double  high, low;

      latents[i] = kept + h;
      high       = reference_score (&fixture, latent, label);
      latents[i] = kept - h;
      low        = reference_score (&fixture, latent, label);
      latents[i] = kept;
      g_assert_cmpfloat_with_epsilon (gradients[i], (high - low) / (2 * h), subject->gradient);
    }
  fixture_close (&fixture);
}

static double
reference_product (const Fixture *fixture,
                   const double  *latent,
                   guint          label,
                   const double  *cotangent)
{
  g_autofree double *image = reference_forward (fixture->generator, latent, label);
  double             sum   = 0.0;

  for (int i = 0; i < 3 * SIZE * SIZE; i++)
    sum += image[i] * cotangent[i];
  return sum;
}

/* Any gradient of the images, taken back to the latents, twice: what was given the
 * first time must be gone. */
static void
test_backward (gconstpointer data)
{
  const Subject *subject = data;
  const double   h       = 1e-6;
  Fixture        fixture = {
    0,
  };
  g_autoptr (GError) error = NULL;
  double cotangents[LABELS * 3 * SIZE * SIZE];
  double latents[LABELS * LATENT], gradients[LABELS * LATENT];
  guint  labels[LABELS];

  fixture_open (&fixture, subject);
  draw_latents (latents, labels);
  for (int turn = 0; turn < 2; turn++)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (cotangents); i++)
        cotangents[i] = g_test_rand_double_range (-0.1, 0.1);
      fixture.klass->backward (fixture.engine, latents, cotangents, labels, LABELS, gradients,
                               &error);
      g_assert_no_error (error);
    }

  for (int i = 0; i < LABELS * LATENT; i++)
    {
      const double *cotangent = cotangents + i / LATENT * 3 * SIZE * SIZE;
      double       *latent    = latents + i / LATENT * LATENT;
      guint         label     = labels[i / LATENT];
      double        kept      = latents[i];
      double        high, low;

      latents[i] = kept + h;
      high       = reference_product (&fixture, latent, label, cotangent);
      latents[i] = kept - h;
      low        = reference_product (&fixture, latent, label, cotangent);
      latents[i] = kept;
      g_assert_cmpfloat_with_epsilon (gradients[i], (high - low) / (2 * h), subject->gradient);
    }
  fixture_close (&fixture);
}

static gpointer
create (const Fixture *fixture, DotPrecision precision, GError **error)
{
  return fixture->klass->create (fixture->generator, fixture->discriminator, device, precision,
                                 error);
}

static double
middle (double *numbers, gsize n)
{
  qsort (numbers, n, sizeof (double), helper_compare_doubles);
  return numbers[n / 2];
}

/* How far the gradients of one draw of latents are apart, in the middle: a
 * relu that rounding flips makes some of them differ a lot. */
static double
middle_error (const double *found, const double *expected)
{
  double errors[LABELS];

  for (guint b = 0; b < LABELS; b++)
    errors[b] = helper_relative_norm (found + b * LATENT, expected + b * LATENT, LATENT);
  return middle (errors, LABELS);
}

/* How far scores and gradients are apart: of many draws the middle, because
 * some scores are nearly 0. */
static void
compare_draws (const Fixture *fixture, gpointer narrow, double *score, double *gradient)
{
  g_autoptr (GError) error = NULL;
  double latents[LABELS * LATENT], scores[2][LABELS];
  double gradients[2][LABELS * LATENT], errors[2][25];
  guint  labels[LABELS];

  for (guint i = 0; i < G_N_ELEMENTS (errors[0]); i++)
    {
      draw_latents (latents, labels);
      fixture->klass->score (fixture->engine, latents, labels, LABELS, scores[0], gradients[0],
                             NULL, &error);
      fixture->klass->score (narrow, latents, labels, LABELS, scores[1], gradients[1], NULL,
                             &error);
      g_assert_no_error (error);
      errors[0][i] = helper_relative_norm (scores[1], scores[0], LABELS);
      errors[1][i] = middle_error (gradients[1], gradients[0]);
    }
  *score    = middle (errors[0], G_N_ELEMENTS (errors[0]));
  *gradient = middle (errors[1], G_N_ELEMENTS (errors[1]));
}

/* Of several networks the middle one: in some of them more of the gradient cancels
 * out than in others.
 * @loss: what rounding may lose, far less than a wrong operation would */
static void
compare_precisions (const Subject *subject, DotPrecision precision, double loss)
{
  double scores[9], gradients[9];

  for (guint i = 0; i < G_N_ELEMENTS (scores); i++)
    {
      Fixture fixture = {
        0,
      };
      g_autoptr (GError) error = NULL;
      gpointer narrow;

      fixture_open (&fixture, subject);
      narrow = create (&fixture, precision, &error);
      g_assert_no_error (error);
      compare_draws (&fixture, narrow, &scores[i], &gradients[i]);
      fixture.klass->destroy (narrow);
      fixture_close (&fixture);
    }
  g_assert_cmpfloat (middle (scores, G_N_ELEMENTS (scores)), <=, loss);
  g_assert_cmpfloat (middle (gradients, G_N_ELEMENTS (gradients)), <=, loss);
  g_test_message ("score %.1e, gradient %.1e", scores[G_N_ELEMENTS (scores) / 2],
                  gradients[G_N_ELEMENTS (gradients) / 2]);
  g_assert_cmpfloat (gradients[G_N_ELEMENTS (gradients) / 2], >, 1e-6);
}

/* Whether the engine computes in it; else @error says why not. */
static gboolean
computes_in (const Subject *subject, DotPrecision precision, GError **error)
{
  Fixture fixture = {
    0,
  };
  gpointer narrow;

  fixture_open (&fixture, subject);
  narrow = create (&fixture, precision, error);
  if (narrow)
    fixture.klass->destroy (narrow);
  fixture_close (&fixture);
  return narrow != NULL;
}

/* bfloat16 has eight bits: each operation may lose 2⁻⁹ of its result. */
static void
test_bfloat16 (gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  if (computes_in (data, DOT_PRECISION_BFLOAT16, &error))
    {
      compare_precisions (data, DOT_PRECISION_BFLOAT16, 0.05);
      return;
    }
  g_assert_error (error, DOT_ERROR, DOT_ERROR_NO_BACKEND);
  g_test_skip ("this processor doesn't multiply bfloat16");
}

/* TF32 has eleven: each factor may lose 2⁻¹².  What hasn't it says what has. */
static void
test_tf32 (void)
{
  g_autoptr (GError) error = NULL;
  gboolean has             = computes_in (&native, DOT_PRECISION_TF32, &error);

  if (device == DOT_DEVICE_CPU || g_error_matches (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT))
    {
      g_assert_false (has);
      g_assert_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT);
      g_assert_nonnull (strstr (error->message, "float32"));
      return;
    }
  g_assert_no_error (error);
  compare_precisions (&native, DOT_PRECISION_TF32, 0.05 / 8);
}

/* What a device records of the first questions it must answer anew: other
 * latents, other labels, and a label that was made in between. */
static void
test_repeated (gconstpointer data)
{
  Fixture fixture = {
    0,
  };
  g_autoptr (GError) error = NULL;
  double latents[LABELS * LATENT], gradients[LABELS * LATENT];
  double score;
  guint  labels[LABELS], blend = 0;

  fixture_open (&fixture, data);
  for (guint i = 0; i < 8; i++)
    {
      guint label = i % LABELS;
      guint asked = label;

      draw_latents (latents, labels);
      if (i == 6)
        g_assert_true (fixture.klass->add_blend (fixture.engine, label, 0, 0.0, &blend, &error));
      if (i == 6)
        asked = blend;
      fixture.klass->score (fixture.engine, latents, &asked, 1, &score, gradients, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpfloat_with_epsilon (score, reference_score (&fixture, latents, label),
                                      native.score);
    }
  fixture_close (&fixture);
}

/* What lies between two labels, by both engines: where a label's part of scales
 * and shifts is made a row it is as if the label's numbers themselves were
 * blended. */
static void
test_blended (gconstpointer data)
{
  const DotEngineClass *exact;
  const double          amount  = 0.3;
  Fixture               fixture = {
    0,
  };
  g_autoptr (GError) error = NULL;
  double   latents[LABELS * LATENT], gradients[2][LATENT], scores[2];
  guint    labels[LABELS], blends[2];
  gpointer twin;

  fixture_open (&fixture, data);
  draw_latents (latents, labels);
  exact = dot_engine_load (DOT_ENGINE_TORCH, DOT_DEVICE_CPU, &error);
  g_assert_no_error (error);
  twin = exact->create (fixture.generator, fixture.discriminator, DOT_DEVICE_CPU,
                        DOT_PRECISION_FLOAT64, &error);
  g_assert_no_error (error);

  g_assert_true (fixture.klass->add_blend (fixture.engine, 1, 2, amount, &blends[0], &error));
  g_assert_true (exact->add_blend (twin, 1, 2, amount, &blends[1], &error));
  fixture.klass->score (fixture.engine, latents, &blends[0], 1, &scores[0], gradients[0], NULL,
                        &error);
  exact->score (twin, latents, &blends[1], 1, &scores[1], gradients[1], NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon (scores[0], scores[1], native.score);
  g_assert_cmpfloat (helper_relative_norm (gradients[0], gradients[1], LATENT), <=,
                     native.gradient);
  exact->destroy (twin);
  fixture_close (&fixture);
}

#define MANY 16

/* Whether a GPU with so much memory answers for @batch samples, which are all
 * the same. */
static gboolean
fits (gsize bytes, gsize batch)
{
  g_autofree char *text    = g_strdup_printf ("%zu", bytes);
  Fixture          fixture = {
    0,
  };
  g_autoptr (GError) error = NULL;
  double latents[MANY * LATENT], scores[MANY];
  guint  labels[MANY] = {
    0,
  };

  fixture_open (&fixture, &native);
  for (guint i = 0; i < MANY * LATENT; i++)
    latents[i] = sin (i % LATENT);
  g_setenv (STAND_IN_MEMORY, text, TRUE);
  fixture.klass->score (fixture.engine, latents, labels, batch, scores, NULL, NULL, &error);
  g_unsetenv (STAND_IN_MEMORY);
  if (error)
    g_assert_error (error, DOT_ERROR, DOT_ERROR_NO_DEVICE_MEMORY);
  else
    g_assert_cmpfloat_with_epsilon (scores[batch - 1], reference_score (&fixture, latents, 0),
                                    native.score);
  fixture_close (&fixture);
  return error == NULL;
}

/* Where the memory suffices for one sample it suffices for many: they take
 * turns. */
static void
test_memory (void)
{
  gsize bytes = 1 << 20;

  if (! g_getenv ("DOT_REFINE_STAND_IN"))
    {
      g_test_skip ("only a stand-in's memory can be limited");
      return;
    }
  g_assert_false (fits (bytes, 1));
  while (! fits (bytes, 1))
    bytes += bytes / 32;
  g_test_message ("one sample needs %zu bytes", bytes);
  g_assert_true (fits (bytes, MANY));
  g_assert_false (fits (bytes - bytes / 16, MANY));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (g_strcmp0 (g_getenv ("DOT_REFINE_TEST_DEVICE"), "cuda") == 0)
    device = DOT_DEVICE_CUDA;
  g_test_add_data_func ("/operations/torch/forward", &torch, test_forward);
  g_test_add_data_func ("/operations/torch/gradient", &torch, test_gradient);
  g_test_add_data_func ("/operations/torch/backward", &torch, test_backward);
  g_test_add_data_func ("/operations/native/forward", &native, test_forward);
  g_test_add_data_func ("/operations/native/gradient", &native, test_gradient);
  g_test_add_data_func ("/operations/native/backward", &native, test_backward);
  g_test_add_data_func ("/operations/torch/judge-forward", &torch_judge, test_forward);
  g_test_add_data_func ("/operations/torch/judge-gradient", &torch_judge, test_gradient);
  g_test_add_data_func ("/operations/native/judge-forward", &native_judge, test_forward);
  g_test_add_data_func ("/operations/native/judge-gradient", &native_judge, test_gradient);
  g_test_add_data_func ("/operations/torch/modulated-forward", &torch_modulated, test_forward);
  g_test_add_data_func ("/operations/torch/modulated-gradient", &torch_modulated, test_gradient);
  g_test_add_data_func ("/operations/torch/modulated-backward", &torch_modulated, test_backward);
  g_test_add_data_func ("/operations/native/modulated-forward", &native_modulated, test_forward);
  g_test_add_data_func ("/operations/native/modulated-gradient", &native_modulated, test_gradient);
  g_test_add_data_func ("/operations/native/modulated-backward", &native_modulated, test_backward);
  g_test_add_data_func ("/operations/torch/grouped-forward", &torch_grouped, test_forward);
  g_test_add_data_func ("/operations/torch/grouped-gradient", &torch_grouped, test_gradient);
  g_test_add_data_func ("/operations/torch/grouped-backward", &torch_grouped, test_backward);
  g_test_add_data_func ("/operations/native/grouped-forward", &native_grouped, test_forward);
  g_test_add_data_func ("/operations/native/grouped-gradient", &native_grouped, test_gradient);
  g_test_add_data_func ("/operations/native/grouped-backward", &native_grouped, test_backward);
  g_test_add_data_func ("/operations/torch/styled-forward", &torch_styled, test_forward);
  g_test_add_data_func ("/operations/torch/styled-gradient", &torch_styled, test_gradient);
  g_test_add_data_func ("/operations/torch/styled-backward", &torch_styled, test_backward);
  g_test_add_data_func ("/operations/native/styled-forward", &native_styled, test_forward);
  g_test_add_data_func ("/operations/native/styled-gradient", &native_styled, test_gradient);
  g_test_add_data_func ("/operations/native/styled-backward", &native_styled, test_backward);
  g_test_add_data_func ("/operations/native/styled-repeated", &native_styled, test_repeated);
  g_test_add_data_func ("/operations/blended/styled", &native_styled, test_blended);
  g_test_add_data_func ("/operations/native/grouped-repeated", &native_grouped, test_repeated);
  g_test_add_data_func ("/operations/native/modulated-repeated", &native_modulated, test_repeated);
  g_test_add_data_func ("/operations/blended/native", &native, test_blended);
  g_test_add_data_func ("/operations/blended/modulated", &native_modulated, test_blended);
  g_test_add_data_func ("/operations/native/judge-repeated", &native_judge, test_repeated);
  g_test_add_data_func ("/operations/native/repeated", &native, test_repeated);
  g_test_add_func ("/operations/native/memory", test_memory);
  g_test_add_data_func ("/operations/native/bfloat16", &native, test_bfloat16);
  g_test_add_data_func ("/operations/native/modulated-bfloat16", &native_modulated, test_bfloat16);
  g_test_add_data_func ("/operations/native/grouped-bfloat16", &native_grouped, test_bfloat16);
  g_test_add_data_func ("/operations/native/styled-bfloat16", &native_styled, test_bfloat16);
  g_test_add_func ("/operations/native/tf32", test_tf32);
  return g_test_run ();
}
