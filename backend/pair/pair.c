/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#include "dot.h"

#include "architecture.h"
#include "engine.h"
#include "format/checksum.h"
#include "model.h"

#include "backend-intl.h"

#include <math.h>
#include <string.h>

/* Pixels that go through the engine at once; a larger batch goes in parts, so
 * that any number of candidates fits into memory.  */
#define MAX_PIXELS (1 << 17)

struct _DotPair
{
  gatomicrefcount       ref_count;
  DotModel             *model;
  const DotEngineClass *engine_class;
  gpointer              engine;
  gsize                 chunk;
  GPtrArray            *blends;
};

static gboolean
check_checksum (DotModel   *model,
                const char *path,
                guint       file,
                GError    **error)
{
  g_autofree char *found = NULL;

  if (! dot_model_is_promised (model, file))
    return TRUE;

  found = dot_file_checksum (path, error);
  if (! found)
    return FALSE;
  if (strcmp (found, dot_model_get_checksum (model, file)) == 0)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _("%s is not the file that its model.json names (the sha256 "
                 "differs): install the model again, or correct its "
                 "model.json."), path);
  return FALSE;
}

/* The manifest's promises against what the files say.  */
static gboolean
check_shape (DotModel           *model,
             const DotPairShape *shape,
             GError            **error)
{
  guint classes = dot_model_get_n_classes (model);

  if (shape->image_size == dot_model_get_image_size (model)
      && shape->channels == dot_model_get_channels (model)
      && shape->latent_size == dot_model_get_latent_size (model)
      && MAX (shape->n_labels, 1) == classes)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _("%s has %u pixels, a latent of %u and %u classes, which is "
                 "not what its model.json says: correct it or install the "
                 "model again."), dot_model_get_generator (model),
               shape->image_size, shape->latent_size, shape->n_labels);
  return FALSE;
}

/* One of a pair's two files; both are read at once, each in a thread.  */
typedef struct
{
  DotModel              *model;
  guint                  file;
  const char            *path;
  const DotArchitecture *architecture;
  DotWeights            *weights;
  const DotPairShape    *shape;
  DotNetwork            *network;
  GError                *error;
} Half;

static void
half_clear (Half *half)
{
  g_clear_pointer (&half->weights, dot_weights_close);
  g_clear_pointer (&half->network, dot_network_free);
  g_clear_error (&half->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Half, half_clear)

static gboolean
half_open (Half     *half,
           DotModel *model,
           guint     file,
           GError  **error)
{
  half->model = model;
  half->file  = file;
  half->path  = file == 0 ? dot_model_get_generator (model)
                          : dot_model_get_discriminator (model);
  half->architecture = dot_architecture_find (
    file == 0 ? dot_model_get_architecture (model)
              : dot_model_get_discriminator_architecture (model), error);
  half->weights = half->architecture ? dot_weights_open (half->path, error)
                                     : NULL;
  return half->weights != NULL;
}

static gpointer
half_read (gpointer data)
{
  Half *half = data;

  if (! check_checksum (half->model, half->path, half->file, &half->error))
    return NULL;
  half->network = half->file == 0
                    ? half->architecture->read_generator (
                        half->weights, half->shape, &half->error)
                    : half->architecture->read_discriminator (
                        half->weights, half->shape, &half->error);
  return NULL;
}

static gboolean
half_take (Half        *half,
           DotNetwork **network,
           GError     **error)
{
  *network = g_steal_pointer (&half->network);
  if (half->error)
    g_propagate_error (error, g_steal_pointer (&half->error));
  return *network != NULL;
}

static gboolean
read_networks (DotModel    *model,
               DotNetwork **generator,
               DotNetwork **discriminator,
               GError     **error)
{
  g_auto (Half) g      = { NULL, };
  g_auto (Half) d      = { NULL, };
  DotPairShape  shape  = { 0, };
  GThread      *thread = NULL;

  if (! half_open (&g, model, 0, error) || ! half_open (&d, model, 1, error)
      || ! dot_architecture_describe_pair (g.architecture, g.weights,
                                           d.architecture, d.weights, &shape,
                                           error)
      || ! check_shape (model, &shape, error))
    return FALSE;

  g.shape = d.shape = &shape;
  thread = g_thread_try_new ("dot-refine-read", half_read, &d, NULL);
  half_read (&g);
  if (thread)
    g_thread_join (thread);
  else
    half_read (&d);

  return half_take (&g, generator, error)
         && half_take (&d, discriminator, error);
}

/* Only libtorch can read these.  */
static gpointer
create_script_engine (DotModel              *model,
                      const DotScript       *script,
                      const DotEngineClass **engine_class,
                      DotDevice              device,
                      DotPrecision           precision,
                      GError               **error)
{
  if (! check_checksum (model, script->generator, 0, error)
      || ! check_checksum (model, script->discriminator, 1, error)
      || ! (*engine_class = dot_engine_load (error)))
    return NULL;
  return (*engine_class)->create_scripts (script, device, precision, error);
}

/* The files first: where one is damaged, libtorch isn't even loaded.  */
static gpointer
create_engine (DotModel              *model,
               const DotEngineClass **engine_class,
               DotDevice              device,
               DotPrecision           precision,
               GCancellable          *cancellable,
               GError               **error)
{
  g_autoptr (DotNetwork) generator     = NULL;
  g_autoptr (DotNetwork) discriminator = NULL;
  const DotScript       *script        = dot_model_get_script (model);

  if (script)
    return create_script_engine (model, script, engine_class, device, precision,
                                 error);
  if (! read_networks (model, &generator, &discriminator, error)
      || g_cancellable_set_error_if_cancelled (cancellable, error)
      || ! (*engine_class = dot_engine_load (error))
      || g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return (*engine_class)->create (generator, discriminator, device, precision,
                                  error);
}

static gboolean
check_problem (DotModel *model,
               GError  **error)
{
  if (! dot_model_get_problem (model))
    return dot_model_check_trust (model, error);

  g_set_error_literal (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                       dot_model_get_problem (model));
  return FALSE;
}

/**
 * dot_pair_load:
 * @model: what to load
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
dot_pair_load (DotModel        *model,
               DotDevice        device,
               DotPrecision     precision,
               DotProgressFunc  progress,
               gpointer         user_data,
               GCancellable    *cancellable,
               GError         **error)
{
  const DotEngineClass *engine_class;
  gpointer              engine = NULL;
  guint                 size;
  DotPair              *pair;

  if (progress)
    progress (_("Loading the model"), 0.0, user_data);
  if (! check_problem (model, error)
      || g_cancellable_set_error_if_cancelled (cancellable, error)
      || ! (engine = create_engine (model, &engine_class, device, precision,
                                    cancellable, error)))
    return NULL;
  if (progress)
    progress (_("Loading the model"), 1.0, user_data);

  size = dot_model_get_image_size (model);
  pair = g_new0 (DotPair, 1);
  g_atomic_ref_count_init (&pair->ref_count);
  pair->model        = dot_model_ref (model);
  pair->engine_class = engine_class;
  pair->engine       = engine;
  pair->blends       = g_ptr_array_new_with_free_func (g_free);
  pair->chunk        = MAX (1, MAX_PIXELS / ((gsize) size * size));
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
      pair->engine_class->destroy (pair->engine);
      g_ptr_array_unref (pair->blends);
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
  return pair->engine_class->get_device_name (pair->engine);
}

/* The name of a blend also tells it from others: an equal one is reused.  */
static const DotClass *
find_blend (DotPair    *pair,
            const char *name)
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
                   _("The model “%s” has no classes to blend: take one that "
                     "has."), dot_model_get_id (pair->model));
      return NULL;
    }
  if (amount == 0.0 || first == second)
    return first;

  g_ascii_formatd (percent, sizeof (percent), "%.4g", 100.0 * amount);
  /* Translators: a mix of two classes: goldfish + 30 % lemon */
  name = g_strdup_printf (_("%s + %s %% %s"), first->name, percent,
                          second->name);
  if (find_blend (pair, name))
    return find_blend (pair, name);
  if (! pair->engine_class->add_blend (pair->engine, first->label,
                                       second->label, amount, &label, error))
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
    if (g_cancellable_set_error_if_cancelled (cancellable, error)
        || ! pair->engine_class->generate (pair->engine, latents + b * d,
                                        labels + b,
                                        MIN (pair->chunk, batch - b),
                                        images + b * n, error))
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
    if (g_cancellable_set_error_if_cancelled (cancellable, error)
        || ! pair->engine_class->score (pair->engine, latents + b * d, labels + b,
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
    if (g_cancellable_set_error_if_cancelled (cancellable, error)
        || ! pair->engine_class->discriminate (
          pair->engine, images + b * n, labels + b,
          MIN (pair->chunk, batch - b), scores + b,
          gradients ? gradients + b * n : NULL, error))
      return FALSE;
  return TRUE;
}
