/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* From a model's files to an engine that holds it. */

#include "load.h"

#include "format/file-kind.h"
#include "format/weights-part.h"
#include "network/architecture-describe.h"
#include "network/flops.h"
#include "base/whole-file.h"
#include "gpu.h"
#include "model/model.h"

#include "base/intl.h"

#include <string.h>

static gboolean
check_checksum (DotModel *model, const char *path, guint file, GError **error)
{
  g_autofree char *found = NULL;

  if (! dot_model_is_promised (model, file))
    return TRUE;

  found = dot_whole_file_get_checksum (path, error);
  if (! found)
    return FALSE;
  if (strcmp (found, dot_model_get_checksum (model, file)) == 0)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("%s is not the file that its model.json names (the sha256 differs): install the "
                  "model again, or correct its model.json."),
               path);
  return FALSE;
}

/**
 * dot_load_check_files:
 *
 * Returns: whether both files of a model are those that its model.json names,
 *   where it names any
 */
gboolean
dot_load_check_files (DotModel *model, GError **error)
{
  const DotScript *script    = dot_model_get_script (model);
  const char      *generator = script ? script->generator : dot_model_get_generator (model);
  const char *discriminator  = script ? script->discriminator : dot_model_get_discriminator (model);

  return check_checksum (model, generator, 0, error) &&
         check_checksum (model, discriminator, 1, error);
}

/* The manifest's promises against what the files say. */
static gboolean
check_shape (DotModel *model, const DotPairShape *shape, GError **error)
{
  guint classes = dot_model_get_n_classes (model);

  if (shape->image_size == dot_model_get_image_size (model) &&
      shape->channels == dot_model_get_channels (model) &&
      shape->latent_size == dot_model_get_latent_size (model) &&
      MAX (shape->n_labels, 1) == classes)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ (
                 "%s has other sizes (pixels: %u, latent: %u, classes: %u) than its model.json says: "
                 "correct it or install the model again."),
               dot_model_get_generator (model), shape->image_size, shape->latent_size,
               shape->n_labels);
  return FALSE;
}

/* One of a pair's two files; both are read at once, each in a thread. */
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
} Source;

static void
source_clear (Source *source)
{
  g_clear_pointer (&source->weights, dot_weights_close);
  g_clear_pointer (&source->network, dot_network_free);
  g_clear_error (&source->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Source, source_clear)

static gboolean
source_open (Source *source, DotModel *model, guint file, GError **error)
{
  source->model = model;
  source->file  = file;
  source->path  = file == 0 ? dot_model_get_generator (model) : dot_model_get_discriminator (model);
  source->architecture = dot_architecture_find (file == 0
                                                  ? dot_model_get_architecture (model)
                                                  : dot_model_get_discriminator_architecture (
                                                      model),
                                                error);
  source->weights = source->architecture ? dot_weights_part_open (source->path, file, error) : NULL;
  return source->weights != NULL;
}

static gpointer
source_read (gpointer data)
{
  Source *source = data;

  if (! check_checksum (source->model, source->path, source->file, &source->error))
    return NULL;
  source->network = source->file == 0
                      ? source->architecture->read_generator (source->weights, source->shape,
                                                              DOT_FORM_INFERENCE, &source->error)
                      : source->architecture->read_discriminator (source->weights, source->shape,
                                                                  DOT_FORM_INFERENCE,
                                                                  &source->error);
  return NULL;
}

static gboolean
source_get_network (Source *source, DotNetwork **network, GError **error)
{
  *network = g_steal_pointer (&source->network);
  if (source->error)
    g_propagate_error (error, g_steal_pointer (&source->error));
  return *network != NULL;
}

static void
read_both (Source *g, Source *d)
{
  GThread *thread = g_thread_try_new ("dot-refine-read", source_read, d, NULL);

  source_read (g);
  if (thread)
    g_thread_join (thread);
  else
    source_read (d);
}

/**
 * dot_load_networks:
 * @generator: (out) (optional) (transfer full): %NULL where it isn't wanted
 * @discriminator: (out) (transfer full):
 * @shape: (out): what is known of the pair
 *
 * Reads a model's files, which aren't programs.
 */
gboolean
dot_load_networks (DotModel     *model,
                   DotNetwork  **generator,
                   DotNetwork  **discriminator,
                   DotPairShape *shape,
                   GError      **error)
{
  g_auto (Source) g = {
    NULL,
  };
  g_auto (Source) d = {
    NULL,
  };

  if (! source_open (&g, model, 0, error) || ! source_open (&d, model, 1, error) ||
      ! dot_architecture_describe_pair (g.architecture, g.weights, d.architecture, d.weights, shape,
                                        error) ||
      ! check_shape (model, shape, error))
    return FALSE;

  shape->psi       = dot_model_get_psi (model);
  shape->deviation = dot_model_get_deviation (model);
  g.shape = d.shape = shape;
  if (generator)
    read_both (&g, &d);
  else
    source_read (&d);
  return (! generator || source_get_network (&g, generator, error)) &&
         source_get_network (&d, discriminator, error);
}

/*  choosing an engine  */

/* An attempt to make an engine: a further one follows where it can't. */
typedef struct
{
  const DotNetwork *generator;
  const DotNetwork *discriminator;
  DotPrecision      precision;
} Attempt;

static gboolean
try_engine (const Attempt *attempt,
            DotEngine      engine,
            DotDevice      device,
            DotLoaded     *loaded,
            GError       **error)
{
  loaded->kind      = engine;
  loaded->precision = attempt->precision;
  loaded->klass     = dot_engine_load (engine, device, error);
  if (! loaded->klass)
    return FALSE;

  loaded->engine = loaded->klass->create (attempt->generator, attempt->discriminator, device,
                                          attempt->precision, error);
  return loaded->engine != NULL;
}

/* Whether a failure says only that this engine isn't the one. */
static gboolean
is_unfit (const GError *problem)
{
  return g_error_matches (problem, DOT_ERROR, DOT_ERROR_NO_BACKEND) ||
         g_error_matches (problem, DOT_ERROR, DOT_ERROR_NO_DEVICE);
}

/* Takes @next in place of @problem.  That libtorch has no GPU either says
 * nothing about one that the native engine has asked. */
static void
replace_problem (GError **problem, GError *next)
{
  if (g_error_matches (*problem, DOT_ERROR, DOT_ERROR_NO_DEVICE) &&
      g_error_matches (next, DOT_ERROR, DOT_ERROR_NO_DEVICE))
    {
      g_error_free (next);
      return;
    }
  g_clear_error (problem);
  *problem = next;
}

/* In the order of speed. */
typedef struct
{
  DotEngine engine;
  DotDevice device;
} Choice;

static const Choice choices[] = { { DOT_ENGINE_NATIVE, DOT_DEVICE_CUDA },
                                  { DOT_ENGINE_TORCH, DOT_DEVICE_CUDA },
                                  { DOT_ENGINE_NATIVE, DOT_DEVICE_CPU },
                                  { DOT_ENGINE_TORCH, DOT_DEVICE_CPU } };

/* Whether it is one of those that were asked for.  Where there is no GPU only
 * libtorch is asked for one, which says why not. */
static gboolean
is_choice (const Choice *choice, DotEngine engine, DotDevice device)
{
  if ((engine != DOT_ENGINE_AUTO && choice->engine != engine) ||
      (device != DOT_DEVICE_AUTO && choice->device != device))
    return FALSE;
  return choice->device == DOT_DEVICE_CPU || dot_gpu_may_exist () ||
         (device == DOT_DEVICE_CUDA && choice->engine == DOT_ENGINE_TORCH);
}

/* The first that fits; where none does, one of them says why. */
static gboolean
choose_engine (const Attempt *attempt,
               DotEngine      engine,
               DotDevice      device,
               DotLoaded     *loaded,
               GError       **error)
{
  GError *problem = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      GError *next = NULL;

      if (! is_choice (&choices[i], engine, device))
        continue;
      if (problem && ! is_unfit (problem))
        break;
      if (try_engine (attempt, choices[i].engine, choices[i].device, loaded, &next))
        {
          g_clear_error (&problem);
          return TRUE;
        }
      replace_problem (&problem, next);
    }

  if (problem)
    g_propagate_error (error, problem);
  else
    g_set_error_literal (error, DOT_ERROR, DOT_ERROR_NO_DEVICE,
                         _ ("There is no NVIDIA GPU with its driver: install "
                            "the driver, or take --device cpu."));
  return FALSE;
}

/* bfloat16 where the native engine takes it, which asks the processor. */
static gboolean
try_narrow (const Attempt *attempt, DotEngine engine, DotDevice device, DotLoaded *loaded)
{
  Attempt narrow = *attempt;

  narrow.precision = DOT_PRECISION_BFLOAT16;
  return engine != DOT_ENGINE_TORCH && device != DOT_DEVICE_CUDA &&
         ! (device == DOT_DEVICE_AUTO && dot_gpu_may_exist ()) &&
         try_engine (&narrow, DOT_ENGINE_NATIVE, DOT_DEVICE_CPU, loaded, NULL);
}

/* Only libtorch can read these. */
static gboolean
load_scripts (DotModel        *model,
              const DotScript *script,
              DotDevice        device,
              DotPrecision     precision,
              DotLoaded       *loaded,
              GError         **error)
{
  loaded->kind      = DOT_ENGINE_TORCH;
  loaded->precision = precision == DOT_PRECISION_AUTO ? DOT_PRECISION_FLOAT32 : precision;
  if (! check_checksum (model, script->generator, 0, error) ||
      ! check_checksum (model, script->discriminator, 1, error) ||
      ! dot_file_kind_expect (script->generator, DOT_FILE_WANT_PROGRAM, error) ||
      ! dot_file_kind_expect (script->discriminator, DOT_FILE_WANT_PROGRAM, error) ||
      ! (loaded->klass = dot_engine_load (DOT_ENGINE_TORCH, device, error)))
    return FALSE;

  loaded->engine = loaded->klass->create_scripts (script, device, loaded->precision, error);
  return loaded->engine != NULL;
}

/**
 * dot_load_engine:
 * @loaded: (out): an engine that holds the two networks, and its class
 *
 * The networks may be freed after it.
 */
gboolean
dot_load_engine (const DotNetwork *generator,
                 const DotNetwork *discriminator,
                 DotEngine         engine,
                 DotDevice         device,
                 DotPrecision      precision,
                 DotLoaded        *loaded,
                 GError          **error)
{
  Attempt attempt = { generator, discriminator, precision };

  loaded->flops = dot_network_count_flops (generator, TRUE) +
                  dot_network_count_flops (discriminator, TRUE);
  if (precision == DOT_PRECISION_AUTO)
    {
      if (try_narrow (&attempt, engine, device, loaded))
        return TRUE;
      attempt.precision = DOT_PRECISION_FLOAT32;
    }
  return choose_engine (&attempt, engine, device, loaded, error);
}

/* The files first: where one is damaged, no library is even loaded. */
static gboolean
load_networks (DotModel     *model,
               DotEngine     engine,
               DotDevice     device,
               DotPrecision  precision,
               GCancellable *cancellable,
               DotLoaded    *loaded,
               GError      **error)
{
  g_autoptr (DotNetwork) generator     = NULL;
  g_autoptr (DotNetwork) discriminator = NULL;
  DotPairShape shape                   = {
    0,
  };

  return dot_load_networks (model, &generator, &discriminator, &shape, error) &&
         ! g_cancellable_set_error_if_cancelled (cancellable, error) &&
         dot_load_engine (generator, discriminator, engine, device, precision, loaded, error);
}

static gboolean
check_problem (DotModel *model, GError **error)
{
  if (! dot_model_get_problem (model))
    return dot_model_trust_check (model, error);

  g_set_error_literal (error, DOT_ERROR, DOT_ERROR_INVALID_FILE, dot_model_get_problem (model));
  return FALSE;
}

/**
 * dot_load:
 * @model: what to load
 * @loaded: (out): the engine that holds it, and its class
 *
 * Reads a model's files and gives them to an engine.  %DOT_ENGINE_AUTO falls
 * back to the next engine where one can't compute the model, on that device,
 * in that precision; an engine that was asked for by name says so instead.
 */
gboolean
dot_load (DotModel     *model,
          DotEngine     engine,
          DotDevice     device,
          DotPrecision  precision,
          GCancellable *cancellable,
          DotLoaded    *loaded,
          GError      **error)
{
  const DotScript *script = dot_model_get_script (model);

  if (! check_problem (model, error) || g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (script && engine != DOT_ENGINE_NATIVE)
    return load_scripts (model, script, device, precision, loaded, error);
  if (! script)
    return load_networks (model, engine, device, precision, cancellable, loaded, error);

  g_set_error_literal (error, DOT_ERROR, DOT_ERROR_NO_BACKEND,
                       _ ("The native engine can't run TorchScript: take --engine torch."));
  return FALSE;
}
