/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "pair.h"

#include "load.h"
#include "model/model.h"

#include "base/intl.h"

#include <math.h>
#include <string.h>

/* Pixels that go through the engine at once; a larger batch goes in parts, so
 * that any number of candidates fits into memory. */
#define MAX_PIXELS (1 << 17)

/* Of scores that are remembered together. */
#define MAX_REMEMBERED 10000

struct _DotPair
{
  gatomicrefcount ref_count;
  DotModel       *model;
  DotLoaded       loaded;
  gsize           chunk;
  GPtrArray      *blends;
  gboolean        checked;
  char           *warning;
  GHashTable     *scores; /* what they are of → GArray of double */
};

/**
 * dot_pair_load:
 * @model: what to load
 * @engine: what computes
 * @device: where to; %DOT_DEVICE_AUTO takes CUDA if it really works
 * @precision: of the weights and all that is computed with them
 * @progress: (nullable) (scope call):
 * @cancellable: (nullable):
 *
 * Reads the weights, checks them and hands them to the engine.  A large
 * model takes seconds: call it from a worker thread.
 *
 * Returns: (transfer full): the pair in memory
 */
DotPair *
dot_pair_load (DotModel       *model,
               DotEngine       engine,
               DotDevice       device,
               DotPrecision    precision,
               DotProgressFunc progress,
               gpointer        user_data,
               GCancellable   *cancellable,
               GError        **error)
{
  DotLoaded loaded = {
    NULL,
  };
  guint    size;
  DotPair *pair;

  if (progress)
    progress (_ ("Loading the model"), 0.0, user_data);
  if (! dot_load (model, engine, device, precision, cancellable, &loaded, error))
    return NULL;
  if (progress)
    progress (_ ("Loading the model"), 1.0, user_data);

  size = dot_model_get_image_size (model);
  pair = g_new0 (DotPair, 1);
  g_atomic_ref_count_init (&pair->ref_count);
  pair->model  = dot_model_ref (model);
  pair->loaded = loaded;
  pair->blends = g_ptr_array_new_with_free_func (g_free);
  pair->scores = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) g_array_unref);
  pair->chunk  = MAX (1, MAX_PIXELS / ((gsize) size * size));
  return pair;
}

DotPair *
dot_pair_ref (DotPair *pair)
{
  g_atomic_ref_count_inc (&pair->ref_count);
  return pair;
}

void
dot_pair_unref (DotPair *pair)
{
  if (pair && g_atomic_ref_count_dec (&pair->ref_count))
    {
      pair->loaded.klass->destroy (pair->loaded.engine);
      g_ptr_array_unref (pair->blends);
      g_hash_table_unref (pair->scores);
      g_free (pair->warning);
      dot_model_unref (pair->model);
      g_free (pair);
    }
}

/**
 * dot_pair_get_model:
 *
 * Returns: (transfer none): what was loaded
 */
DotModel *
dot_pair_get_model (DotPair *pair)
{
  return pair->model;
}

/**
 * dot_pair_get_device_name:
 *
 * Returns: (transfer none): where the pair computes: "CPU" or a GPU's name
 */
const char *
dot_pair_get_device_name (DotPair *pair)
{
  return pair->loaded.klass->get_device_name (pair->loaded.engine);
}

/**
 * dot_pair_get_engine:
 *
 * Returns: what computes the pair, never %DOT_ENGINE_AUTO
 */
DotEngine
dot_pair_get_engine (DotPair *pair)
{
  return pair->loaded.kind;
}

/**
 * dot_pair_get_precision:
 *
 * Returns: what the pair computes with, never %DOT_PRECISION_AUTO
 */
DotPrecision
dot_pair_get_precision (DotPair *pair)
{
  return pair->loaded.precision;
}

/**
 * dot_pair_recall_scores:
 * @what: whose scores
 * @n: how many
 *
 * Returns: (transfer none) (nullable): what was remembered
 */
const double *
dot_pair_recall_scores (DotPair *pair, const char *what, gsize n)
{
  GArray *scores = g_hash_table_lookup (pair->scores, what);

  return scores && scores->len == n ? (const double *) (gconstpointer) scores->data : NULL;
}

/**
 * dot_pair_remember_scores:
 * @what: whose scores
 *
 * Remembers them as long as the pair is in memory.  Where they are very many they
 * aren't.
 */
void
dot_pair_remember_scores (DotPair *pair, const char *what, const double *scores, gsize n)
{
  GArray *copy;

  if (n > MAX_REMEMBERED)
    return;
  copy = g_array_sized_new (FALSE, FALSE, sizeof (double), (guint) n);
  g_array_append_vals (copy, scores, (guint) n);
  g_hash_table_replace (pair->scores, g_strdup (what), copy);
}

/**
 * dot_pair_get_flops:
 *
 * Returns: floating-point operations of one update of one candidate: D(G(z))
 *   and its gradient with respect to z, after the exact rewritings that merge
 *   operations; 0 where the model is a program, whose inside isn't known
 */
double
dot_pair_get_flops (DotPair *pair)
{
  return pair->loaded.flops;
}

/**
 * dot_pair_is_checked:
 *
 * Returns: whether its scores were looked at
 */
gboolean
dot_pair_is_checked (DotPair *pair)
{
  return pair->checked;
}

/**
 * dot_pair_take_warning:
 * @warning: (transfer full) (nullable): what a look at its scores has found
 */
void
dot_pair_take_warning (DotPair *pair, char *warning)
{
  g_free (pair->warning);
  pair->warning = warning;
  pair->checked = TRUE;
}

/**
 * dot_pair_get_warning:
 *
 * Returns: (transfer none) (nullable): one sentence on why its pictures will
 *   hardly move, once something was refined
 */
const char *
dot_pair_get_warning (DotPair *pair)
{
  return pair->warning;
}

/* The name of a blend also tells it from others: an equal one is reused. */
static const DotClass *
find_blend (DotPair *pair, const char *name)
{
  for (guint i = 0; i < pair->blends->len; i++)
    {
      const DotClass *blend = pair->blends->pdata[i];

      if (strcmp (blend->name, name) == 0)
        return blend;
    }
  return NULL;
}

/**
 * dot_pair_blend:
 * @first: a class of the model
 * @second: another
 * @amount: of @second, 0 … 1
 *
 * A class between two: the pair's label tables are linear in their rows.
 *
 * Returns: (transfer none): the class, which lives as long as @pair; @first
 *   itself for amount 0
 */
const DotClass *
dot_pair_blend (DotPair        *pair,
                const DotClass *first,
                const DotClass *second,
                double          amount,
                GError        **error)
{
  char             percent[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *name = NULL;
  DotClass        *blend;
  guint            label;

  if (! dot_model_has_labels (pair->model))
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                   _ ("The model “%s” has no classes to blend: take one that has."),
                   dot_model_get_id (pair->model));
      return NULL;
    }
  if (amount == 0.0 || first == second)
    return first;

  g_ascii_formatd (percent, sizeof (percent), "%.4g", 100.0 * amount);
  /* Translators: a mix of two classes: goldfish + 30 % lemon */
  name = g_strdup_printf (_ ("%s + %s %% %s"), first->name, percent, second->name);
  if (find_blend (pair, name))
    return find_blend (pair, name);
  if (! pair->loaded.klass->add_blend (pair->loaded.engine, first->label, second->label, amount,
                                       &label, error))
    return NULL;

  blend        = g_new0 (DotClass, 1);
  blend->label = label;
  blend->index = first->index;
  blend->name  = g_intern_string (name);
  g_ptr_array_add (pair->blends, blend);
  return blend;
}

/**
 * dot_pair_generate:
 * @latents: (B, d)
 * @labels: (B)
 * @images: (out): (B, C, H, W) in [−1, 1]
 * @cancellable: (nullable): looked at between the parts of a large batch
 *
 * Answers the first of the two questions: G(z|y).
 */
gboolean
dot_pair_generate (DotPair      *pair,
                   const double *latents,
                   const guint  *labels,
                   gsize         batch,
                   float        *images,
                   GCancellable *cancellable,
                   GError      **error)
{
  gsize d = dot_model_get_latent_size (pair->model);
  gsize n = dot_model_get_image_items (pair->model);

  for (gsize b = 0; b < batch; b += pair->chunk)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        ! pair->loaded.klass->generate (pair->loaded.engine, latents + b * d, labels + b,
                                        MIN (pair->chunk, batch - b), images + b * n, error))
      return FALSE;
  return TRUE;
}

/**
 * dot_pair_score:
 * @latents: (B, d)
 * @labels: (B)
 * @scores: (out): (B) D(G(z|y)|y)
 * @gradients: (out) (nullable): (B, d) of the score with respect to z
 * @images: (out) (nullable): (B, C, H, W) G(z|y), which comes for free
 * @cancellable: (nullable): looked at between the parts of a large batch
 *
 * Answers the second question.
 */
gboolean
dot_pair_score (DotPair      *pair,
                const double *latents,
                const guint  *labels,
                gsize         batch,
                double       *scores,
                double       *gradients,
                float        *images,
                GCancellable *cancellable,
                GError      **error)
{
  gsize d = dot_model_get_latent_size (pair->model);
  gsize n = dot_model_get_image_items (pair->model);

  for (gsize b = 0; b < batch; b += pair->chunk)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        ! pair->loaded.klass->score (pair->loaded.engine, latents + b * d, labels + b,
                                     MIN (pair->chunk, batch - b), scores + b,
                                     gradients ? gradients + b * d : NULL,
                                     images ? images + b * n : NULL, error))
      return FALSE;
  return TRUE;
}

/**
 * dot_pair_discriminate:
 * @images: (B, C, H, W)
 * @labels: (B)
 * @scores: (out): (B) D(x|y)
 * @gradients: (out) (nullable): (B, C, H, W) of the score with respect to x
 * @cancellable: (nullable): looked at between the parts of a large batch
 *
 * The second question in target space.
 */
gboolean
dot_pair_discriminate (DotPair      *pair,
                       const double *images,
                       const guint  *labels,
                       gsize         batch,
                       double       *scores,
                       double       *gradients,
                       GCancellable *cancellable,
                       GError      **error)
{
  gsize n = dot_model_get_image_items (pair->model);

  for (gsize b = 0; b < batch; b += pair->chunk)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        ! pair->loaded.klass->discriminate (pair->loaded.engine, images + b * n, labels + b,
                                            MIN (pair->chunk, batch - b), scores + b,
                                            gradients ? gradients + b * n : NULL, error))
      return FALSE;
  return TRUE;
}

/**
 * dot_pair_backward:
 * @latents: (B, d)
 * @cotangents: (B, C, H, W): a gradient with respect to G(z|y)
 * @labels: (B)
 * @gradients: (out): (B, d): the same with respect to z
 * @cancellable: (nullable): looked at between the parts of a large batch
 *
 * Takes the gradient of anything that is told of the images back to the latents.
 */
gboolean
dot_pair_backward (DotPair      *pair,
                   const double *latents,
                   const double *cotangents,
                   const guint  *labels,
                   gsize         batch,
                   double       *gradients,
                   GCancellable *cancellable,
                   GError      **error)
{
  gsize d = dot_model_get_latent_size (pair->model);
  gsize n = dot_model_get_image_items (pair->model);

  for (gsize b = 0; b < batch; b += pair->chunk)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        ! pair->loaded.klass->backward (pair->loaded.engine, latents + b * d, cotangents + b * n,
                                        labels + b, MIN (pair->chunk, batch - b), gradients + b * d,
                                        error))
      return FALSE;
  return TRUE;
}

/**
 * dot_pair_can_advance:
 *
 * Returns: whether dot_pair_advance() may be asked
 */
gboolean
dot_pair_can_advance (DotPair *pair)
{
  return pair->loaded.klass->advance != NULL;
}

/**
 * dot_pair_advance:
 * @advance: the latents, and how they move
 * @labels: (B)
 * @images: (out): (B, C, H, W) of where they come to
 * @cancellable: (nullable): looked at between the parts of a large batch
 *
 * One update of latents by what computes the pair, which keeps them at hand.
 */
gboolean
dot_pair_advance (DotPair          *pair,
                  const DotAdvance *advance,
                  const guint      *labels,
                  gsize             batch,
                  float            *images,
                  GCancellable     *cancellable,
                  GError          **error)
{
  for (gsize b = 0; b < batch; b += pair->chunk)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        ! pair->loaded.klass->advance (pair->loaded.engine, advance, labels, b,
                                       MIN (pair->chunk, batch - b), images, error))
      return FALSE;
  return TRUE;
}
