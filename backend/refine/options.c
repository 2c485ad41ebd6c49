/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#include "dot.h"

#include "base/intl.h"

#include <inttypes.h>
#include <math.h>

#define MAX_SEED    G_MAXINT32
#define MAX_COUNT   65536
#define MAX_UPDATES 100000

/**
 * dot_refine_options_new:
 *
 * Returns: (transfer full): the defaults: imagenet10-64, its first class,
 *   seed 0, one candidate, 16 updates of DOT in latent space, Adam 0.01,
 *   k_eff estimated, tangent projection, automatic device, float32
 */
DotRefineOptions *
dot_refine_options_new (void)
{
  DotRefineOptions *options = g_new0 (DotRefineOptions, 1);

  options->model      = g_strdup ("imagenet10-64");
  options->count      = 1;
  options->updates    = 16;
  options->keep_every = 1;
  options->step_size  = 0.01;
  options->delta      = 0.001;
  options->to_seed    = -1;

  options->blend_amount = 0.5;
  return options;
}

DotRefineOptions *
dot_refine_options_copy (const DotRefineOptions *options)
{
  DotRefineOptions *copy = g_memdup2 (options, sizeof (*options));

  copy->model         = g_strdup (options->model);
  copy->generator     = g_strdup (options->generator);
  copy->discriminator = g_strdup (options->discriminator);
  copy->architecture  = g_strdup (options->architecture);
  copy->class_name    = g_strdup (options->class_name);
  copy->latents       = g_strdup (options->latents);
  copy->labels        = g_strdup (options->labels);
  copy->blend         = g_strdup (options->blend);
  copy->states        = g_strdupv (options->states);
  copy->to_state      = g_strdup (options->to_state);
  return copy;
}

void
dot_refine_options_free (DotRefineOptions *options)
{
  if (! options)
    return;

  g_free (options->model);
  g_free (options->generator);
  g_free (options->discriminator);
  g_free (options->architecture);
  g_free (options->class_name);
  g_free (options->latents);
  g_free (options->labels);
  g_free (options->blend);
  g_strfreev (options->states);
  g_free (options->to_state);
  g_free (options);
}

static gboolean
check_range (const char *name, double value, double smallest, double largest, GError **error)
{
  if (value >= smallest && value <= largest)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("%s %.10g is out of range: give a number from %.10g to %.10g."), name, value,
               smallest, largest);
  return FALSE;
}

/* How many candidates there are must be known before the files are read. */
static gboolean
check_states (const DotRefineOptions *options, GError **error)
{
  guint n = options->states ? g_strv_length (options->states) : 0;

  if (n > MAX_COUNT)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                 _ ("%u saved states are too many: give at most %u."), n, MAX_COUNT);
  else if (options->to_state && n != 1)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                 _ ("A way leads from one saved state to another, but %u are "
                    "given to begin at: give one."),
                 n);
  else
    return TRUE;
  return FALSE;
}

/**
 * dot_refine_options_check:
 *
 * Returns: %FALSE with %DOT_ERROR_INVALID_ARGUMENT for the first number that
 *   is out of its range, or states that don't go together; dot_refine() asks
 *   this itself
 */
gboolean
dot_refine_options_check (const DotRefineOptions *options, GError **error)
{
  if (! check_range ("seed", options->seed, 0, MAX_SEED, error) ||
      ! check_range ("count", options->count, 1, MAX_COUNT, error) ||
      ! check_range ("updates", options->updates, 0, MAX_UPDATES, error) ||
      ! check_range ("keep-every", options->keep_every, 1, MAX_UPDATES, error) ||
      ! check_range ("step-size", options->step_size, 1e-9, 1e6, error) ||
      ! check_range ("delta", options->delta, 0.0, 1e6, error) ||
      ! check_range ("to-seed", options->to_seed, -1, MAX_SEED, error) ||
      ! check_range ("blend-amount", options->blend_amount, 0.0, 1.0, error) ||
      ! check_states (options, error))
    return FALSE;

  if (options->truncation != 0.0 &&
      ! check_range ("truncation", options->truncation, 0.01, 100.0, error))
    return FALSE;

  if (options->k_eff != 0.0 && ! check_range ("k-eff", options->k_eff, 1e-12, 1e12, error))
    return FALSE;

  if (options->seed + (gint64) options->count - 1 > MAX_SEED && ! options->latents)
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                   _ ("seed %" PRId64 " leaves no room for %u "
                      "candidates below %d: give a smaller seed or count."),
                   options->seed, options->count, MAX_SEED);
      return FALSE;
    }
  return TRUE;
}

/**
 * dot_refine_options_find_model:
 *
 * Returns: (transfer full): the model that the options name, or one made of
 *   their two files
 */
DotModel *
dot_refine_options_find_model (const DotRefineOptions *options, GError **error)
{
  DotModel *model;

  if (options->generator || options->discriminator)
    model = dot_model_new_from_files (options->generator, options->discriminator,
                                      options->architecture, options->prior, error);
  else
    model = dot_model_find (options->model, error);

  if (model)
    dot_model_set_trusted (model, options->trust);
  return model;
}
