/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "candidates.h"

#include "format/npy.h"
#include "model/model.h"
#include "state.h"
#include "base/random.h"

#include "base/intl.h"

#include <math.h>

#define MAX_CANDIDATES 65536

static gboolean
invalid_file (const char *path, const char *reason, GError **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE, _ ("%s doesn't fit: %s."), path, reason);
  return FALSE;
}

static gboolean
check_finite (const char *path, const double *values, gsize n, GError **error)
{
  for (gsize i = 0; i < n; i++)
    if (! isfinite (values[i]))
      return invalid_file (path, _ ("it holds a NaN or an infinity, give finite latents"), error);
  return TRUE;
}

/* (B, d), (d) for one, or (B, d, 1, 1) as some trainings save them. */
static gboolean
read_latents (DotCandidates *candidates, DotModel *model, const char *path, GError **error)
{
  gsize        d = dot_model_get_latent_size (model);
  DotNpyHeader header;

  candidates->latents = dot_npy_read (path, &header, error);
  if (! candidates->latents)
    return FALSE;

  candidates->batch = header.n_items / d;
  if (header.n_dims < 1 || header.shape[header.n_dims > 1] != d ||
      candidates->batch * d != header.n_items || candidates->batch < 1 ||
      candidates->batch > MAX_CANDIDATES)
    {
      g_autofree char *shape = dot_array_shape_to_string (header.n_dims, header.shape);

      g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                   _ ("%s has shape %s: give latents of shape (count, %zu)."), path, shape, d);
      return FALSE;
    }

  candidates->seeds = g_new (gint64, candidates->batch);
  for (gsize b = 0; b < candidates->batch; b++)
    candidates->seeds[b] = -1;
  return check_finite (path, candidates->latents, header.n_items, error);
}

static gboolean
no_memory (gsize batch, GError **error)
{
  g_set_error (
    error, DOT_ERROR, DOT_ERROR_NO_MEMORY,
    _ (
      "There is not enough memory for so many candidates (%zu): ask for fewer, or close other programs."),
    batch);
  return FALSE;
}

static void
draw_latent (DotModel *model, const DotRefineOptions *options, gint64 seed, double *latent)
{
  dot_model_draw_latent (model, (guint32) seed, DOT_STREAM_LATENT, options->truncation, latent);
}

/* Candidates on the way between two latents, ends included. */
static void
spread (DotCandidates *candidates, DotModel *model, const double *from, const double *to)
{
  gsize d    = dot_model_get_latent_size (model);
  gsize last = MAX (candidates->batch, 2) - 1;

  for (gsize b = 0; b < candidates->batch; b++)
    {
      candidates->seeds[b] = -1;
      dot_latent_between (dot_model_get_prior (model), from, to, (double) b / last,
                          candidates->latents + b * d, d);
    }
}

static void
draw_path (DotCandidates *candidates, DotModel *model, const DotRefineOptions *options)
{
  gsize              d    = dot_model_get_latent_size (model);
  g_autofree double *from = g_new (double, d);
  g_autofree double *to   = g_new (double, d);

  draw_latent (model, options, options->seed, from);
  draw_latent (model, options, options->to_seed, to);
  spread (candidates, model, from, to);
}

static gboolean
draw_latents (DotCandidates          *candidates,
              DotModel               *model,
              const DotRefineOptions *options,
              GError                **error)
{
  gsize d = dot_model_get_latent_size (model);

  candidates->latents = g_try_new (double, candidates->batch *d);
  candidates->seeds   = g_new (gint64, candidates->batch);
  if (! candidates->latents)
    return no_memory (candidates->batch, error);

  if (options->to_seed >= 0)
    {
      draw_path (candidates, model, options);
      return TRUE;
    }

  for (gsize b = 0; b < candidates->batch; b++)
    {
      candidates->seeds[b] = options->seed + (gint64) b;
      draw_latent (model, options, candidates->seeds[b], candidates->latents + b * d);
    }
  return TRUE;
}

static gboolean
set_class (DotCandidates *candidates, gsize b, const DotClass *klass)
{
  candidates->classes[b] = klass;
  candidates->labels[b]  = klass->label;
  return TRUE;
}

static gboolean
use_labels (DotCandidates *candidates,
            DotModel      *model,
            const char    *path,
            const double  *labels,
            GError       **error)
{
  guint n = dot_model_get_n_classes (model);

  for (gsize b = 0; b < candidates->batch; b++)
    {
      if (! (labels[b] >= 0 && labels[b] < n) || floor (labels[b]) != labels[b])
        {
          g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                       _ ("%s holds the label %g: give whole numbers from 0 to %u."), path, labels[b],
                       n - 1);
          return FALSE;
        }
      set_class (candidates, b, dot_model_get_class (model, (guint) labels[b]));
    }
  return TRUE;
}

/* How many candidates there are: as many as latents or labels were given, or
 * else @count. */
static gboolean
count_candidates (DotCandidates *candidates,
                  const char    *labels_path,
                  gsize          n_labels,
                  guint          count,
                  GError       **error)
{
  if (candidates->batch == 0)
    candidates->batch = labels_path ? n_labels : count;

  if (labels_path && (n_labels != candidates->batch || n_labels < 1 || n_labels > MAX_CANDIDATES))
    {
      g_set_error (
        error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
        _ (
          "%s has another number of labels (%zu) than there are latents (%zu): give one for each."),
        labels_path, n_labels, candidates->batch);
      return FALSE;
    }

  candidates->classes = g_new0 (const DotClass *, candidates->batch);
  candidates->labels  = g_new0 (guint, candidates->batch);
  return TRUE;
}

static gboolean
choose_classes (DotCandidates          *candidates,
                DotModel               *model,
                const DotRefineOptions *options,
                const double           *labels,
                GError                **error)
{
  const DotClass *klass;

  if (labels)
    return use_labels (candidates, model, options->labels, labels, error);

  klass = dot_model_find_class (model, options->class_name, error);
  for (gsize b = 0; klass && b < candidates->batch; b++)
    set_class (candidates, b, klass);
  return klass != NULL;
}

static gboolean
allocate (DotCandidates *candidates, gsize batch, gsize d, GError **error)
{
  candidates->batch   = batch;
  candidates->seeds   = g_new (gint64, batch);
  candidates->classes = g_new0 (const DotClass *, batch);
  candidates->labels  = g_new0 (guint, batch);
  candidates->latents = g_try_new (double, batch *d);
  return candidates->latents || no_memory (batch, error);
}

/* Those that Adam hasn't moved yet have a v of 0. */
static void
place_state (DotCandidates *candidates, DotModel *model, gsize b, const DotState *state)
{
  gsize d    = dot_model_get_latent_size (model);
  gsize size = d * sizeof (double);

  candidates->seeds[b] = state->seed;
  candidates->k_eff[b] = state->k_eff;
  set_class (candidates, b, dot_model_get_class (model, state->label));
  memcpy (candidates->latents + b * d, state->origin, size);
  memcpy (candidates->starts + b * d, state->latent, size);
  if (state->second_moment)
    memcpy (candidates->moments + b * d, state->second_moment, size);
}

/* The optimizer counts updates for all candidates together. */
static gboolean
check_update (const DotCandidates *candidates, gsize b, const DotState *state, GError **error)
{
  if (b == 0 || state->update == candidates->update)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("The saved states are after update %u and after update %u: "
                  "go on from pictures of the same update."),
               candidates->update, state->update);
  return FALSE;
}

/* Candidates that earlier runs have brought some way. */
static gboolean
continue_states (DotCandidates *candidates, DotModel *model, GStrv states, GError **error)
{
  gsize d     = dot_model_get_latent_size (model);
  gsize batch = g_strv_length (states);

  if (! allocate (candidates, batch, d, error))
    return FALSE;
  candidates->k_eff   = g_new0 (double, batch);
  candidates->starts  = g_try_new (double, batch *d);
  candidates->moments = g_try_new0 (double, batch *d);
  if (! candidates->starts || ! candidates->moments)
    return no_memory (batch, error);

  for (gsize b = 0; b < batch; b++)
    {
      g_autoptr (DotState) state = dot_state_parse (states[b], model, error);

      if (! state || ! check_update (candidates, b, state, error))
        return FALSE;
      candidates->update = state->update;
      place_state (candidates, model, b, state);
    }
  return TRUE;
}

/* New candidates, of the first state's class. */
static gboolean
lead_between (DotCandidates          *candidates,
              DotModel               *model,
              const DotRefineOptions *options,
              GError                **error)
{
  gsize d                   = dot_model_get_latent_size (model);
  g_autoptr (DotState) from = NULL;
  g_autoptr (DotState) to   = NULL;

  if (! (from = dot_state_parse (options->states[0], model, error)) ||
      ! (to = dot_state_parse (options->to_state, model, error)) ||
      ! allocate (candidates, options->count, d, error))
    return FALSE;

  for (gsize b = 0; b < candidates->batch; b++)
    set_class (candidates, b, dot_model_get_class (model, from->label));
  spread (candidates, model, from->latent, to->latent);
  return TRUE;
}

static gboolean
has_states (const DotRefineOptions *options)
{
  return options->states && options->states[0];
}

static gsize
count_numbers (const char *path)
{
  DotNpyHeader header = {
    0,
  };
  g_autofree double *numbers = dot_npy_read (path, &header, NULL);

  return numbers ? header.n_items : 0;
}

/**
 * dot_candidates_count:
 *
 * Returns: how many candidates a run will have, before it begins; 0 where
 *   their file can't be read, which the run will say
 */
gsize
dot_candidates_count (DotModel *model, const DotRefineOptions *options)
{
  if (options->to_state)
    return options->count;
  if (has_states (options))
    return g_strv_length (options->states);
  if (options->latents)
    return count_numbers (options->latents) / dot_model_get_latent_size (model);
  return options->labels ? count_numbers (options->labels) : options->count;
}

/**
 * dot_candidates_init:
 *
 * Finds the classes and draws or reads the latents of a run.
 */
gboolean
dot_candidates_init (DotCandidates          *candidates,
                     DotModel               *model,
                     const DotRefineOptions *options,
                     GError                **error)
{
  g_autofree double *labels = NULL;
  DotNpyHeader       header = {
    0,
  };

  memset (candidates, 0, sizeof (*candidates));

  if (options->to_state)
    return lead_between (candidates, model, options, error);
  if (has_states (options))
    return continue_states (candidates, model, options->states, error);
  if (options->labels && ! (labels = dot_npy_read (options->labels, &header, error)))
    return FALSE;
  if (options->latents && ! read_latents (candidates, model, options->latents, error))
    return FALSE;
  if (! count_candidates (candidates, options->labels, header.n_items, options->count, error) ||
      ! choose_classes (candidates, model, options, labels, error))
    return FALSE;
  return options->latents || draw_latents (candidates, model, options, error);
}

void
dot_candidates_clear (DotCandidates *candidates)
{
  g_free (candidates->seeds);
  g_free (candidates->classes);
  g_free (candidates->labels);
  g_free (candidates->latents);
  g_free (candidates->starts);
  g_free (candidates->moments);
  g_free (candidates->k_eff);
}
