/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The native engine: pairs compiled into plans of a library's convolutions
 * and our own passes between them.  A plan is made at the first question of
 * its kind and batch size, and kept.  What it runs on is the module's
 * (module.c): the CPU over oneDNN, or a GPU. */

#include "native-engine.h"

#include "base/intl.h"

#include <string.h>

/* Plans kept: the questions and batch sizes that take turns in a run. */
#define MAX_PLANS 8

/* @most: samples that the memory sufficed for */
typedef struct
{
  GMutex      lock;
  DotContext *context;
  DotGraph   *graph;
  gboolean    narrow;
  GPtrArray  *plans;
  gpointer    arena;
  gsize       arena_size;
  gsize       most;
} NativeEngine;

/*  the engine and its memory  */

static void
plan_free (gpointer plan)
{
  dot_plan_free (plan);
}

void
dot_native_engine_destroy (gpointer data)
{
  NativeEngine *engine = data;

  if (! engine)
    return;

  g_ptr_array_unref (engine->plans);
  dot_graph_free (engine->graph);
  if (engine->context)
    dot_context_release (engine->context, engine->arena);
  dot_context_free (engine->context);
  g_mutex_clear (&engine->lock);
  g_free (engine);
}

static NativeEngine *
engine_new (void)
{
  NativeEngine *engine = g_new0 (NativeEngine, 1);

  g_mutex_init (&engine->lock);
  engine->plans = g_ptr_array_new_with_free_func (plan_free);
  engine->most  = G_MAXSIZE;
  return engine;
}

/*  plans  */

static DotPlan *
find_plan (NativeEngine *engine, DotQuestion question, gsize batch)
{
  for (guint i = 0; i < engine->plans->len; i++)
    {
      DotPlan *plan = engine->plans->pdata[i];

      if (plan->question == question && plan->batch == batch)
        {
          g_ptr_array_steal_index (engine->plans, i);
          return plan;
        }
    }
  return NULL;
}

static void
drop_arena (NativeEngine *engine)
{
  dot_context_release (engine->context, engine->arena);
  engine->arena      = NULL;
  engine->arena_size = 0;
}

/* Plans stay where they were until they are asked again; then they are placed
 * anew, where the place is another. */
static gboolean
reserve_arena (NativeEngine *engine, gsize size, GError **error)
{
  if (size <= engine->arena_size)
    return TRUE;

  drop_arena (engine);
  engine->arena = dot_context_allocate (engine->context, size, error);
  if (engine->arena)
    engine->arena_size = size;
  return engine->arena != NULL;
}

/* The plan for a question, in its place; the one used last comes first. */
static DotPlan *
get_plan (NativeEngine *engine, DotQuestion question, gsize batch, GError **error)
{
  DotPlan *plan = find_plan (engine, question, batch);

  if (! plan)
    plan = dot_plan_compile (engine->graph, engine->context, question, batch, engine->narrow,
                             error);
  if (! plan)
    return NULL;

  g_ptr_array_insert (engine->plans, 0, plan);
  if (engine->plans->len > MAX_PLANS)
    g_ptr_array_remove_index (engine->plans, MAX_PLANS);
  if (! reserve_arena (engine, plan->arena_size, error) ||
      ! dot_plan_place (plan, engine->arena, error))
    return NULL;
  return plan;
}

/*  creating  */

/* Asks the largest question once: what the device refuses had better be known
 * now, when another engine can still be taken. */
static gboolean
try_plan (NativeEngine *engine, GError **error)
{
  DotPlan *plan = get_plan (engine, DOT_QUESTION_GRADIENT, 1, error);

  if (! plan)
    return FALSE;
  memset (plan->input.host, 0, plan->input.size);
  return dot_plan_run (plan, 0, error);
}

gpointer
dot_native_engine_create (const DotNetwork *generator,
                          const DotNetwork *discriminator,
                          DotDevice         device,
                          DotPrecision      precision,
                          GError          **error)
{
  g_autoptr (DotContext) context = dot_context_new (device, precision, error);
  NativeEngine *engine;

  if (! context)
    return NULL;

  engine          = engine_new ();
  engine->context = g_steal_pointer (&context);
  engine->narrow  = precision == DOT_PRECISION_BFLOAT16;
  engine->graph   = dot_graph_new (generator, discriminator);
  if (dot_graph_rewrite (engine->graph, engine->narrow, error) &&
      (dot_context_knows_all (engine->context) || try_plan (engine, error)))
    return engine;

  dot_native_engine_destroy (engine);
  return NULL;
}

gpointer
dot_native_engine_create_scripts (const DotScript *script,
                                  DotDevice        device,
                                  DotPrecision     precision,
                                  GError         **error)
{
  g_set_error_literal (error, DOT_ERROR, DOT_ERROR_NO_BACKEND,
                       _ ("The native engine can't run TorchScript: take --engine torch."));
  return NULL;
}

/*  asking  */

/* One question: everything may be %NULL that isn't asked for. */
typedef struct
{
  const double *latents;
  const double *images_in;
  const double *cotangents;
  double       *scores;
  double       *gradients;
  float        *images;
} Request;

static gsize
pixels_in (const DotNode *node)
{
  return (gsize) node->height * node->width;
}

/* Channels × pixels to pixels × channels. */
static void
put_pixels (float *out, const double *in, const DotNode *node)
{
  gsize pixels = pixels_in (node);

  for (gsize p = 0; p < pixels; p++)
    for (gsize c = 0; c < node->channels; c++)
      out[p * node->channels + c] = (float) in[c * pixels + p];
}

static void
take_pixels (double *out, const float *in, const DotNode *node)
{
  gsize pixels = pixels_in (node);

  for (gsize p = 0; p < pixels; p++)
    for (gsize c = 0; c < node->channels; c++)
      out[c * pixels + p] = in[p * node->channels + c];
}

static void
take_image (float *out, const float *in, const DotNode *node)
{
  gsize pixels = pixels_in (node);

  for (gsize p = 0; p < pixels; p++)
    for (gsize c = 0; c < node->channels; c++)
      out[c * pixels + p] = in[p * node->channels + c];
}

/**
 * dot_native_engine_take_images:
 * @images: (out): (B, C, H, W) of all samples, of which the plan has computed
 *   those from @first on
 */
void
dot_native_engine_take_images (const DotPlan *plan, float *images, gsize first)
{
  const DotNode *image = plan->graph->image;
  gsize          items = dot_node_get_items (image);

  for (gsize b = 0; b < plan->batch; b++)
    take_image (images + (first + b) * items, (float *) plan->image.host + b * items, image);
}

static void
put_input (DotPlan *plan, const Request *request, gsize first)
{
  const DotNode *source = dot_plan_get_source (plan);
  gsize          items  = dot_node_get_items (source);
  const double  *in     = request->latents ? request->latents : request->images_in;
  float         *place  = plan->input.host;

  for (gsize b = 0; b < plan->batch; b++)
    put_pixels (place + b * items, in + (first + b) * items, source);
}

static void
put_cotangents (DotPlan *plan, const Request *request, gsize first)
{
  const DotNode *image = plan->graph->image;
  gsize          items = dot_node_get_items (image);
  float         *place = plan->cotangent.host;

  for (gsize b = 0; b < plan->batch; b++)
    put_pixels (place + b * items, request->cotangents + (first + b) * items, image);
}

static void
take_answers (DotPlan *plan, const Request *request, gsize first)
{
  const DotNode *source = dot_plan_get_source (plan);
  const double  *scores = plan->scores.host;
  gsize          size   = dot_node_get_items (source);

  for (gsize b = 0; b < plan->batch; b++)
    {
      if (request->scores)
        request->scores[first + b] = scores[b];
      if (request->gradients)
        take_pixels (request->gradients + (first + b) * size,
                     (float *) plan->gradient.host + b * size, source);
    }
  if (request->images)
    dot_native_engine_take_images (plan, request->images, first);
}

static gboolean
answer_turn (DotPlan *plan, gpointer data, const guint *labels, gsize first, GError **error)
{
  const Request *request = data;

  put_input (plan, request, first);
  if (request->cotangents)
    put_cotangents (plan, request, first);
  if (! dot_plan_run (plan, labels[first], error))
    return FALSE;
  take_answers (plan, request, first);
  return TRUE;
}

/* How many samples from @first on, and before @end, have the same label. */
static gsize
count_alike (const guint *labels, gsize first, gsize end)
{
  gsize n = 1;

  while (first + n < end && labels[first + n] == labels[first])
    n++;
  return n;
}

/* Where the memory doesn't suffice for @n samples: lets go what it is full
 * of, and remembers that half of them are to be asked at once. */
static gboolean
halve (NativeEngine *engine, gsize n, GError **local_error)
{
  if (n == 1 || ! (g_error_matches (*local_error, DOT_ERROR, DOT_ERROR_NO_DEVICE_MEMORY) ||
                   g_error_matches (*local_error, DOT_ERROR, DOT_ERROR_NO_MEMORY)))
    return FALSE;

  g_clear_error (local_error);
  g_ptr_array_set_size (engine->plans, 0);
  drop_arena (engine);
  engine->most = n / 2;
  return TRUE;
}

/**
 * dot_native_engine_answer:
 * @labels: of all samples
 * @first, @batch: which of them are asked for
 * @turn: (scope call): has a plan answer for as many samples as it is for
 *
 * A plan has one label: samples with others have their own turn.
 */
gboolean
dot_native_engine_answer (gpointer     data,
                          DotQuestion  question,
                          const guint *labels,
                          gsize        first,
                          gsize        batch,
                          DotTurnFunc  turn,
                          gpointer     turn_data,
                          GError     **error)
{
  NativeEngine *engine            = data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&engine->lock);
  gsize end                       = first + batch;

  while (first < end)
    {
      GError  *local_error = NULL;
      gsize    n           = MIN (count_alike (labels, first, end), engine->most);
      DotPlan *plan        = get_plan (engine, question, n, &local_error);

      if (plan && turn (plan, turn_data, labels, first, &local_error))
        first += n;
      else if (! halve (engine, n, &local_error))
        {
          g_propagate_error (error, local_error);
          return FALSE;
        }
    }
  return TRUE;
}

/*  the class  */

const char *
dot_native_engine_get_device_name (gpointer data)
{
  const NativeEngine *engine = data;

  return dot_context_get_name (engine->context);
}

gboolean
dot_native_engine_add_blend (gpointer data,
                             guint    first,
                             guint    second,
                             double   amount,
                             guint   *label,
                             GError **error)
{
  NativeEngine *engine            = data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&engine->lock);

  return dot_graph_add_blend (engine->graph, first, second, amount, label, error);
}

gboolean
dot_native_engine_generate (gpointer      engine,
                            const double *latents,
                            const guint  *labels,
                            gsize         batch,
                            float        *images,
                            GError      **error)
{
  Request request = { .latents = latents, .images = images };

  return dot_native_engine_answer (engine, DOT_QUESTION_IMAGE, labels, 0, batch, answer_turn,
                                   &request, error);
}

gboolean
dot_native_engine_score (gpointer      engine,
                         const double *latents,
                         const guint  *labels,
                         gsize         batch,
                         double       *scores,
                         double       *gradients,
                         float        *images,
                         GError      **error)
{
  Request request = { .latents   = latents,
                      .scores    = scores,
                      .gradients = gradients,
                      .images    = images };

  return dot_native_engine_answer (engine, gradients ? DOT_QUESTION_GRADIENT : DOT_QUESTION_SCORE,
                                   labels, 0, batch, answer_turn, &request, error);
}

gboolean
dot_native_engine_discriminate (gpointer      engine,
                                const double *images,
                                const guint  *labels,
                                gsize         batch,
                                double       *scores,
                                double       *gradients,
                                GError      **error)
{
  Request request = { .images_in = images, .scores = scores, .gradients = gradients };

  return dot_native_engine_answer (engine,
                                   gradients ? DOT_QUESTION_IMAGE_GRADIENT
                                             : DOT_QUESTION_IMAGE_SCORE,
                                   labels, 0, batch, answer_turn, &request, error);
}

gboolean
dot_native_engine_backward (gpointer      engine,
                            const double *latents,
                            const double *cotangents,
                            const guint  *labels,
                            gsize         batch,
                            double       *gradients,
                            GError      **error)
{
  Request request = { .latents = latents, .cotangents = cotangents, .gradients = gradients };

  return dot_native_engine_answer (engine, DOT_QUESTION_BACKWARD, labels, 0, batch, answer_turn,
                                   &request, error);
}
