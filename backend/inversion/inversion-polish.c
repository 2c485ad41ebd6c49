/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The last part of the way: near its end the picture is nearly linear in the latent,
 * and steps of Levenberg and Marquardt's method end where those of Adam only come near.
 * The slopes are differences: as many pictures as a latent has numbers. */

#include "inversion-polish.h"

#include "engine/pair.h"
#include "inversion-prior.h"
#include "model/model.h"
#include "picture-distance.h"

#include <math.h>
#include <string.h>

/* Of the differences: float32 has seven digits. */
#define STRIDE 0.01

/* Sums side by side, in a vector's width. */
#define LANES 16

/* So many of all slopes stay in the processor's cache. */
#define COLUMNS 512

/* Numbers of all slopes: 256 MiB. */
#define MAX_SLOPES (1 << 26)

#define FIRST_DAMPING 1e-3
#define MAX_DAMPING   1e3

/* Some numbers of a latent may mean nothing. */
#define TINY 1e-9

/* What a step must gain, as a share of the distance, for another to follow. */
#define ENOUGH 1e-3

typedef struct
{
  DotPair                 *pair;
  const double            *target;
  const DotInversionPoint *point;
  gsize                    d;
  gsize                    n;
  guint                   *labels;
  double                  *latents; /* (d, d) */
  float                   *slopes;  /* (d, n) */
  double                  *normal;  /* (d, d) */
  double                  *right;   /* (d) */
  double                   damping;
} Polish;

static void
polish_clear (Polish *polish)
{
  g_free (polish->labels);
  g_free (polish->latents);
  g_free (polish->slopes);
  g_free (polish->normal);
  g_free (polish->right);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Polish, polish_clear)

static gboolean
find_slopes (Polish *polish, GCancellable *cancellable, GError **error)
{
  gsize        d    = polish->d;
  gsize        n    = polish->n;
  const float *here = polish->point->image;

  for (gsize j = 0; j < d; j++)
    {
      memcpy (polish->latents + j * d, polish->point->latent, d * sizeof (double));
      polish->latents[j * d + j] += STRIDE;
    }
  if (! dot_pair_generate (polish->pair, polish->latents, polish->labels, d, polish->slopes,
                           cancellable, error))
    return FALSE;

  for (gsize i = 0; i < d * n; i++)
    polish->slopes[i] = (polish->slopes[i] - here[i % n]) / (float) STRIDE;
  return TRUE;
}

static double
product (const float *a, const float *b, gsize n)
{
  float  sums[LANES] = { 0.0f };
  gsize  whole       = n - n % LANES;
  double sum         = 0.0;

  for (gsize i = 0; i < whole; i += LANES)
    for (gsize lane = 0; lane < LANES; lane++)
      sums[lane] += a[i + lane] * b[i + lane];
  for (gsize lane = 0; lane < LANES; lane++)
    sum += sums[lane];
  for (gsize i = whole; i < n; i++)
    sum += (double) a[i] * b[i];
  return sum;
}

/* Adds those of some columns of all slopes. */
static void
add_products (Polish *polish, const float *difference, gsize first, gsize count)
{
  gsize        d      = polish->d;
  gsize        n      = polish->n;
  const float *slopes = polish->slopes + first;

  for (gsize j = 0; j < d; j++)
    {
      polish->right[j] += product (slopes + j * n, difference + first, count);
      for (gsize k = 0; k <= j; k++)
        polish->normal[j * d + k] += product (slopes + j * n, slopes + k * n, count);
    }
}

/* JᵀJ, and Jᵀ of what the pictures differ by. */
static void
make_equations (Polish *polish)
{
  gsize             d          = polish->d;
  gsize             n          = polish->n;
  g_autofree float *difference = g_new (float, n);

  for (gsize i = 0; i < n; i++)
    difference[i] = (float) (polish->point->image[i] - polish->target[i]);
  memset (polish->right, 0, d * sizeof (double));
  memset (polish->normal, 0, d * d * sizeof (double));
  for (gsize first = 0; first < n; first += COLUMNS)
    add_products (polish, difference, first, MIN (COLUMNS, n - first));
}

/* Cholesky's decomposition of the damped equations, in the lower half of @matrix. */
static gboolean
decompose (const Polish *polish, double *matrix)
{
  gsize d = polish->d;

  memcpy (matrix, polish->normal, d * d * sizeof (double));
  for (gsize j = 0; j < d; j++)
    {
      matrix[j * d + j] = matrix[j * d + j] * (1.0 + polish->damping) + TINY;
      for (gsize k = 0; k <= j; k++)
        {
          double sum = matrix[j * d + k];

          for (gsize i = 0; i < k; i++)
            sum -= matrix[j * d + i] * matrix[k * d + i];
          if (j == k && ! (sum > 0.0))
            return FALSE;
          matrix[j * d + k] = j == k ? sqrt (sum) : sum / matrix[k * d + k];
        }
    }
  return TRUE;
}

/* The damped step from where the point is.
 * Returns: (transfer full) (nullable): the latent there */
static double *
find_step (const Polish *polish)
{
  gsize              d      = polish->d;
  g_autofree double *matrix = g_new (double, d *d);
  g_autofree double *step   = g_memdup2 (polish->right, d * sizeof (double));

  if (! decompose (polish, matrix))
    return NULL;

  for (gsize j = 0; j < d; j++)
    {
      for (gsize k = 0; k < j; k++)
        step[j] -= matrix[j * d + k] * step[k];
      step[j] /= matrix[j * d + j];
    }
  for (gsize j = d; j-- > 0;)
    {
      for (gsize k = j + 1; k < d; k++)
        step[j] -= matrix[k * d + j] * step[k];
      step[j] /= matrix[j * d + j];
    }
  for (gsize j = 0; j < d; j++)
    step[j] = polish->point->latent[j] - step[j];
  dot_inversion_prior_constrain (dot_pair_get_model (polish->pair), step, 1);
  return g_steal_pointer (&step);
}

/* Goes to @latent where that is nearer. */
static gboolean
try_step (Polish *polish, const double *latent, gboolean *nearer, GError **error)
{
  const DotInversionPoint *point = polish->point;
  g_autofree float        *image = g_new (float, polish->n);
  double                   distance;

  if (! dot_pair_generate (polish->pair, latent, polish->labels, 1, image, NULL, error))
    return FALSE;

  distance = dot_picture_distance_measure (image, polish->target, polish->n);
  *nearer  = distance < *point->distance;
  if (*nearer)
    {
      *point->distance = distance;
      memcpy (point->latent, latent, polish->d * sizeof (double));
      memcpy (point->image, image, polish->n * sizeof (float));
    }
  return TRUE;
}

/* Damps until a step comes nearer. */
static gboolean
make_step (Polish *polish, GError **error)
{
  gboolean nearer = FALSE;

  while (! nearer && polish->damping <= MAX_DAMPING)
    {
      g_autofree double *latent = find_step (polish);

      if (latent && ! try_step (polish, latent, &nearer, error))
        return FALSE;
      polish->damping *= nearer ? 0.1 : 10.0;
    }
  return TRUE;
}

static gboolean
polish_allocate (Polish *polish, guint label)
{
  gsize d = polish->d;

  if (d > MAX_SLOPES / polish->n)
    return FALSE;
  polish->slopes = g_try_new (float, d * polish->n);
  if (! polish->slopes)
    return FALSE;

  polish->labels  = g_new (guint, d);
  polish->latents = g_new (double, d *d);
  polish->normal  = g_new0 (double, d *d);
  polish->right   = g_new (double, d);
  for (gsize j = 0; j < d; j++)
    polish->labels[j] = label;
  return TRUE;
}

/**
 * dot_inversion_polish:
 * @point: where to begin; where it came to, which isn't farther
 * @steps: at most
 *
 * Goes on as long as it comes nearer.  Where the slopes would take too much memory it
 * stays.
 */
gboolean
dot_inversion_polish (DotPair                 *pair,
                      guint                    label,
                      const double            *target,
                      const DotInversionPoint *point,
                      guint                    steps,
                      GCancellable            *cancellable,
                      GError                 **error)
{
  DotModel *model        = dot_pair_get_model (pair);
  g_auto (Polish) polish = {
    .pair    = pair,
    .target  = target,
    .point   = point,
    .d       = dot_model_get_latent_size (model),
    .n       = dot_model_get_image_items (model),
    .damping = FIRST_DAMPING,
  };

  if (! polish_allocate (&polish, label))
    return TRUE;

  for (guint step = 0; step < steps; step++)
    {
      double before = *point->distance;

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          ! find_slopes (&polish, cancellable, error))
        return FALSE;
      make_equations (&polish);
      if (! make_step (&polish, error))
        return FALSE;
      if (! (before - *point->distance > ENOUGH * before))
        break;
    }
  return TRUE;
}
