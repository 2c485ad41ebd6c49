/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "latent.h"

#include <math.h>

/**
 * dot_latent_draw:
 * @seed: the first word of Philox's key; @stream is the second
 * @latent: (out): (d)
 *
 * Draws a latent of the prior: uniform in [−1, 1], or normal by Box-Muller
 * in double.  Block i of the generator gives coordinates 2i and 2i + 1.
 * The values are rounded to float, so that a last bit of another machine's
 * logarithm does not make another latent.
 */
void
dot_latent_draw (DotPrior prior, guint32 seed, DotStream stream, double *latent, gsize dimension)
{
  for (gsize i = 0; i < dimension; i += 2)
    {
      double values[2];

      dot_random_coordinates (prior, seed, stream, (guint32) (i / 2), 0, values);
      latent[i] = values[0];
      if (i + 1 < dimension)
        latent[i + 1] = values[1];
    }
}

/**
 * dot_latent_truncate:
 * @seed: that the latent was drawn with
 * @truncation: ψ
 * @latent: (inout): (d)
 *
 * The truncation trick: coordinates of a normal latent beyond ψ are drawn
 * again until they are not; a uniform latent is scaled to [−ψ, ψ] where ψ
 * is below 1.
 */
void
dot_latent_truncate (DotPrior prior,
                     guint32  seed,
                     double   truncation,
                     double  *latent,
                     gsize    dimension)
{
  for (gsize i = 0; i < dimension; i++)
    if (prior == DOT_PRIOR_UNIFORM)
      latent[i] *= MIN (truncation, 1.0);
    else
      for (guint32 attempt = 1; fabs (latent[i]) > truncation; attempt++)
        {
          double values[2];

          dot_random_coordinates (prior, seed, DOT_STREAM_LATENT, (guint32) (i / 2), attempt,
                                  values);
          latent[i] = values[i % 2];
        }
}

/**
 * dot_latent_draw_number:
 * @number: of the seed's latents
 * @truncation: ψ, or 0 for the whole prior
 * @latent: (out): (d)
 *
 * Draws one of many latents of a seed, truncated as dot_latent_truncate() does.
 */
void
dot_latent_draw_number (DotPrior  prior,
                        guint32   seed,
                        DotStream stream,
                        guint32   number,
                        double    truncation,
                        double   *latent,
                        gsize     dimension)
{
  gboolean normal = prior == DOT_PRIOR_NORMAL;

  for (gsize i = 0; i < dimension; i++)
    {
      guint32 block   = (guint32) (i / 2);
      guint32 attempt = 0;
      double  values[2];

      do
        dot_random_numbered (prior, seed, stream, number, block, attempt++, values);
      while (normal && truncation > 0.0 && fabs (values[i % 2]) > truncation);
      latent[i] = values[i % 2];
      if (! normal && truncation > 0.0)
        latent[i] *= MIN (truncation, 1.0);
    }
}

static double
cosine (const double *a, const double *b, gsize dimension)
{
  double ab = 0.0, aa = 0.0, bb = 0.0;

  for (gsize i = 0; i < dimension; i++)
    {
      ab += a[i] * b[i];
      aa += a[i] * a[i];
      bb += b[i] * b[i];
    }
  return aa > 0.0 && bb > 0.0 ? ab / sqrt (aa * bb) : 1.0;
}

/**
 * dot_latent_between:
 * @t: 0 is @from, 1 is @to
 * @latent: (out): (d)
 *
 * A latent on the way: by spherical interpolation (Shoemake, "Animating
 * rotation with quaternion curves", SIGGRAPH 1985) for a normal prior, which
 * keeps to the radius where its mass lies, in a straight line for a uniform
 * one.
 */
void
dot_latent_between (DotPrior      prior,
                    const double *from,
                    const double *to,
                    double        t,
                    double       *latent,
                    gsize         dimension)
{
  double angle = acos (CLAMP (cosine (from, to, dimension), -1.0, 1.0));
  double a     = 1.0 - t;
  double b     = t;

  /* Of latents along one line the arc is the line. */
  if (prior == DOT_PRIOR_NORMAL && sin (angle) > 1e-6)
    {
      a = sin ((1.0 - t) * angle) / sin (angle);
      b = sin (t * angle) / sin (angle);
    }
  for (gsize i = 0; i < dimension; i++)
    latent[i] = a * from[i] + b * to[i];
}
