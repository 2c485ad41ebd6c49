/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Perceptrons in double, forward and back, from their definition. */

#include "toy-pair.h"

#include "format/npz.h"

#include <string.h>

#define LAYERS 4
#define SLOPE  0.2

typedef struct
{
  double *weight; /* (out, in) */
  double *bias;   /* (out) */
  gsize   in;
  gsize   out;
} Layer;

typedef Layer Perceptron[LAYERS];

struct _ToyPair
{
  Perceptron generator;
  Perceptron discriminator;
};

static void
read_layer (Layer *layer, DotNpz *npz, const char *name)
{
  g_autofree char *weight  = g_strconcat (name, "/W", NULL);
  g_autofree char *bias    = g_strconcat (name, "/b", NULL);
  g_autoptr (GError) error = NULL;
  DotNpyHeader header;

  layer->weight = dot_npz_read_doubles (npz, weight, &header, &error);
  g_assert_no_error (error);
  layer->out  = header.shape[0];
  layer->in   = header.shape[1];
  layer->bias = dot_npz_read_doubles (npz, bias, &header, &error);
  g_assert_no_error (error);
}

static void
read_perceptron (Perceptron         layers,
                 const char        *folder,
                 const char        *name,
                 const char        *part,
                 const char *const *names)
{
  g_autofree char *path    = g_strdup_printf ("%s/%s-%s.npz", folder, name, part);
  g_autoptr (GError) error = NULL;
  g_autoptr (DotNpz) npz   = dot_npz_open (path, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < LAYERS; i++)
    read_layer (&layers[i], npz, names[i]);
}

ToyPair *
toy_pair_open (const char *folder, const char *name)
{
  static const char *const generator[]     = { "l0", "l1", "l2", "l4" };
  static const char *const discriminator[] = { "l1", "l2", "l3", "l4" };
  ToyPair                 *pair            = g_new0 (ToyPair, 1);

  read_perceptron (pair->generator, folder, name, "generator", generator);
  read_perceptron (pair->discriminator, folder, name, "discriminator", discriminator);
  return pair;
}

void
toy_pair_close (ToyPair *pair)
{
  for (guint i = 0; i < LAYERS; i++)
    {
      g_free (pair->generator[i].weight);
      g_free (pair->generator[i].bias);
      g_free (pair->discriminator[i].weight);
      g_free (pair->discriminator[i].bias);
    }
  g_free (pair);
}

/* @values: (LAYERS) what each layer gives, before its relu */
static void
forward (const Perceptron layers, const double *input, double *values[LAYERS])
{
  for (guint l = 0; l < LAYERS; l++)
    {
      const Layer *layer = &layers[l];

      values[l] = g_new (double, layer->out);
      for (gsize i = 0; i < layer->out; i++)
        {
          values[l][i] = layer->bias[i];
          for (gsize j = 0; j < layer->in; j++)
            values[l][i] += layer->weight[i * layer->in + j] * input[j];
          if (l + 1 < LAYERS && values[l][i] < 0.0)
            values[l][i] *= SLOPE;
        }
      input = values[l];
    }
}

/* Takes @gradient, of what comes out; returns that of what goes in. */
static double *
backward (const Perceptron layers, double *values[LAYERS], double *gradient)
{
  for (guint l = LAYERS; l-- > 0;)
    {
      const Layer *layer  = &layers[l];
      double      *before = g_new0 (double, layer->in);

      for (gsize i = 0; i < layer->out; i++)
        {
          double own = gradient[i] * (l + 1 < LAYERS && values[l][i] < 0.0 ? SLOPE : 1.0);

          for (gsize j = 0; j < layer->in; j++)
            before[j] += own * layer->weight[i * layer->in + j];
        }
      g_free (gradient);
      gradient = before;
    }
  return gradient;
}

static void
clear (double *values[LAYERS])
{
  for (guint l = 0; l < LAYERS; l++)
    g_free (values[l]);
}

void
toy_pair_generate (const ToyPair *pair, const double *latents, gsize n, double *points)
{
  for (gsize i = 0; i < n; i++)
    {
      double *values[LAYERS];

      forward (pair->generator, latents + 2 * i, values);
      memcpy (points + 2 * i, values[LAYERS - 1], 2 * sizeof (double));
      clear (values);
    }
}

static double
score_point (const ToyPair *pair, gboolean latent, const double *point, double *gradient)
{
  double *made[LAYERS] = { NULL };
  double *values[LAYERS];
  double *slope = NULL;
  double  score;

  if (latent)
    forward (pair->generator, point, made);
  forward (pair->discriminator, latent ? made[LAYERS - 1] : point, values);
  score = values[LAYERS - 1][0];
  if (gradient)
    {
      slope    = g_new (double, 1);
      slope[0] = 1.0;
      slope    = backward (pair->discriminator, values, slope);
      if (latent)
        slope = backward (pair->generator, made, slope);
      memcpy (gradient, slope, 2 * sizeof (double));
      g_free (slope);
    }
  clear (made);
  clear (values);
  return score;
}

/* D(G(z)), or D(x), and the gradient with respect to z or x. */
void
toy_pair_score (const ToyPair *pair,
                gboolean       latent,
                const double  *points,
                gsize          n,
                double        *scores,
                double        *gradients)
{
  for (gsize i = 0; i < n; i++)
    scores[i] = score_point (pair, latent, points + 2 * i, gradients ? gradients + 2 * i : NULL);
}
