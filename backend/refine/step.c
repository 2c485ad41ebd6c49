/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A step kept beyond its callback, and what a kept step is called. */

#include "step.h"

#include "base/intl.h"

#include <inttypes.h>
#include <string.h>

/**
 * dot_step_copy:
 *
 * Returns: (transfer full): a copy of everything in @step; the classes stay
 *   the model's, which must live as long
 */
DotStep *
dot_step_copy (const DotStep *step)
{
  DotStep *copy   = g_memdup2 (step, sizeof (*step));
  gsize    batch  = step->batch * sizeof (double);
  gsize    counts = step->batch * sizeof (guint);
  gsize    points = batch * step->point_size;
  gsize    images = step->batch * step->channels * step->width * step->height;

  copy->seeds          = g_memdup2 (step->seeds, step->batch * sizeof (gint64));
  copy->classes        = g_memdup2 (step->classes, step->batch * sizeof (DotClass *));
  copy->origins        = g_memdup2 (step->origins, points);
  copy->points         = g_memdup2 (step->points, points);
  copy->latents        = g_memdup2 (step->latents, batch * step->latent_size);
  copy->scores         = g_memdup2 (step->scores, batch);
  copy->gradients      = g_memdup2 (step->gradients, points);
  copy->distances      = g_memdup2 (step->distances, batch);
  copy->k_eff          = g_memdup2 (step->k_eff, batch);
  copy->second_moments = step->second_moments ? g_memdup2 (step->second_moments, points) : NULL;
  copy->drawn          = g_memdup2 (step->drawn, step->drawn ? counts : 0);
  copy->accepted       = g_memdup2 (step->accepted, step->accepted ? counts : 0);
  copy->images         = g_memdup2 (step->images, images * sizeof (float));
  return copy;
}

/**
 * dot_step_free:
 * @step: (transfer full): from dot_step_copy()
 */
void
dot_step_free (DotStep *step)
{
  if (! step)
    return;

  g_free ((gpointer) step->seeds);
  g_free ((gpointer) step->classes);
  g_free ((gpointer) step->origins);
  g_free ((gpointer) step->points);
  g_free ((gpointer) step->latents);
  g_free ((gpointer) step->scores);
  g_free ((gpointer) step->gradients);
  g_free ((gpointer) step->distances);
  g_free ((gpointer) step->k_eff);
  g_free ((gpointer) step->second_moments);
  g_free ((gpointer) step->drawn);
  g_free ((gpointer) step->accepted);
  g_free ((gpointer) step->images);
  g_free (step);
}

/**
 * dot_step_get_title:
 *
 * Returns: (transfer full): the layer's name,
 *   "goldfish · seed 7 · update 4 · D 1.93"; of a latent from a file its
 *   number stands for the seed
 */
char *
dot_step_get_title (const DotStep *step, gsize candidate)
{
  const char      *name   = step->classes[candidate]->name;
  g_autofree char *source = NULL;
  char             score[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (score, sizeof (score), "%.2f", step->scores[candidate]);
  source = step->seeds[candidate] >= 0 ? g_strdup_printf (
                                           _ ("seed %" PRId64), step->seeds[candidate])
                                       : g_strdup_printf (_ ("latent %zu"), candidate);

  /* Translators: a layer's name: class · seed 7 · update 4 · D 1.93 */
  return g_strdup_printf (_ ("%s · %s · update %u · D %s"), name, source, step->update, score);
}

/* Its number among the candidates of its class and seed: a run that goes on
 * from several states may have some that began at the same place. */
static guint
count_twins (const DotStep *step, gsize candidate)
{
  guint n = 1;

  for (gsize b = 0; b < candidate; b++)
    if (step->seeds[b] == step->seeds[candidate] && step->classes[b] == step->classes[candidate])
      n++;
  return n;
}

/* "seed7", "seed7-2" of a second one, or "latent2". */
static char *
name_source (const DotStep *step, gsize candidate)
{
  guint twins = count_twins (step, candidate);

  if (step->seeds[candidate] < 0)
    return g_strdup_printf ("latent%zu", candidate);
  if (twins == 1)
    return g_strdup_printf ("seed%" PRId64, step->seeds[candidate]);
  return g_strdup_printf ("seed%" PRId64 "-%u", step->seeds[candidate], twins);
}

/**
 * dot_step_get_filename:
 *
 * Returns: (transfer full): "goldfish-seed7-update04.png", of the same width
 *   for all updates of a run, so that files sort; another for each candidate
 */
char *
dot_step_get_filename (const DotStep *step, gsize candidate)
{
  g_autofree char *name   = g_strdup (step->classes[candidate]->name);
  g_autofree char *source = name_source (step, candidate);
  guint            digits = 2;

  for (guint n = step->n_updates; n >= 100; n /= 10)
    digits++;
  g_strcanon (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-", '-');
  return g_strdup_printf ("%s-%s-update%0*u.png", name, source, (int) digits, step->update);
}
