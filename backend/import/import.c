/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Somebody's pair becomes a model of our own format: its weights as
 * .safetensors, or TorchScript as it is, a manifest, the constants and a
 * contact sheet.  The model is
 * made beside its place and moved there at the end, after it was loaded and
 * has made the very picture that the original made. */

#include "contact-sheet.h"
#include "convert.h"
#include "describe.h"
#include "staging.h"

#include "engine/deviation.h"
#include "engine/k-eff.h"
#include "engine/pair-check.h"
#include "engine/pair.h"
#include "model/manifest.h"
#include "model/model.h"

#include "base/intl.h"
#include "base/whole-file.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#define IMAGE_TOLERANCE 1e-6f

/**
 * dot_import_options_new:
 *
 * Returns: (transfer full): the defaults: a normal prior, k_eff estimated,
 *   automatic device, and the person's models as the folder
 */
DotImportOptions *
dot_import_options_new (void)
{
  DotImportOptions *options = g_new0 (DotImportOptions, 1);

  options->k_eff = TRUE;
  return options;
}

void
dot_import_options_free (DotImportOptions *options)
{
  if (! options)
    return;

  g_free (options->generator);
  g_free (options->discriminator);
  g_free (options->architecture);
  g_free (options->id);
  g_free (options->title);
  g_free (options->license);
  g_free (options->provenance);
  g_free (options->classes);
  g_free (options->key_map);
  g_free (options->description);
  g_free (options->folder);
  g_free (options);
}

typedef struct
{
  const DotImportOptions *options;
  DotProgressFunc         progress;
  gpointer                user_data;
  GCancellable           *cancellable;
  DotStaging              place;
  DotModel               *original;
  char                   *targets[2];
  DotKeyMap              *map;
  DotManifest            *manifest;
  DotPair                *pair;
  char                   *warning;
  float                  *image;
  guint                   done;
  guint                   n_classes;
} Import;

static void
import_clear (Import *import)
{
  dot_staging_close (&import->place);
  g_clear_pointer (&import->original, dot_model_unref);
  g_clear_pointer (&import->targets[0], g_free);
  g_clear_pointer (&import->targets[1], g_free);
  g_clear_pointer (&import->map, dot_key_map_free);
  g_clear_pointer (&import->manifest, dot_manifest_free);
  g_clear_pointer (&import->pair, dot_pair_unref);
  g_clear_pointer (&import->warning, g_free);
  g_clear_pointer (&import->image, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Import, import_clear)

static void
show_progress (Import *import, const char *message, double fraction)
{
  if (import->progress)
    import->progress (message, fraction, import->user_data);
}

/*  the weights  */

/* What the pair makes of seed 0, in its first class. */
static float *
make_image (Import *import, DotPair *pair, GError **error)
{
  DotModel          *model  = dot_pair_get_model (pair);
  gsize              d      = dot_model_get_latent_size (model);
  g_autofree double *latent = g_new (double, d);
  g_autofree float  *image  = g_new (float, dot_model_get_image_items (model));
  guint              label  = 0;
  double             score;

  dot_model_draw_latent (model, 0, DOT_STREAM_LATENT, 0.0, latent);
  if (! dot_pair_score (pair, latent, &label, 1, &score, NULL, image, import->cancellable, error))
    return NULL;
  return g_steal_pointer (&image);
}

/* TorchScript where a description of such is given. */
static DotModel *
find_original (const DotImportOptions *options, GError **error)
{
  const char *architecture = options->architecture;
  DotModel   *model;

  if (options->description && ! architecture)
    architecture = DOT_SCRIPT_ARCHITECTURE;
  model = dot_model_files_new_described (options->generator, options->discriminator, architecture,
                                         options->prior, options->description, error);
  if (model)
    dot_model_set_trusted (model, options->trust);
  return model;
}

/* Loads the original, to see that it works and what it makes.  Files that
 * need a key map can't be loaded before they are converted. */
static gboolean
try_original (Import *import, GError **error)
{
  const DotImportOptions *options = import->options;
  g_autoptr (DotPair) pair        = NULL;

  if (import->map)
    return TRUE;

  import->original = find_original (options, error);
  pair = import->original ? dot_pair_load (import->original, DOT_ENGINE_AUTO, options->device,
                                           DOT_PRECISION_FLOAT32, import->progress,
                                           import->user_data, import->cancellable, error)
                          : NULL;
  import->image = pair ? make_image (import, pair, error) : NULL;
  return import->image != NULL;
}

static gboolean
is_script (const Import *import)
{
  return import->original && dot_model_get_script (import->original);
}

static void
choose_targets (Import *import)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *name = g_strconcat (dot_manifest_roles[i],
                                           is_script (import) ? ".pt" : ".safetensors", NULL);

      import->targets[i] = g_build_filename (import->place.temporary, name, NULL);
    }
}

static gboolean
convert_file (Import *import, guint file, const char *source, GError **error)
{
  const char *target = import->targets[file];
  GHashTable *rules  = NULL;

  if (is_script (import))
    return dot_convert_copy (source, target, import->cancellable, error);
  if (import->map)
    rules = dot_key_map_get_rules (import->map, file);
  return dot_convert_weights (source, file, rules, target, import->cancellable, error);
}

static gboolean
convert (Import *import, GError **error)
{
  const char *sources[] = { import->options->generator, import->options->discriminator };

  choose_targets (import);
  if (import->original)
    {
      sources[0] = dot_model_get_generator (import->original);
      sources[1] = dot_model_get_discriminator (import->original);
    }

  for (guint i = 0; i < 2; i++)
    {
      show_progress (import, _ ("Converting the weights"), i / 2.0);
      if (! convert_file (import, i, sources[i], error))
        return FALSE;
    }
  return TRUE;
}

/*  the manifest  */

/* (nullable) (transfer full): what was given, or else said beside the files. */
static char *
find_architecture (const DotImportOptions *options, DotPrior *prior)
{
  DotPrior         of_other = *prior;
  g_autofree char *g        = NULL;
  g_autofree char *d        = NULL;

  if (options->architecture)
    return g_strdup (options->architecture);
  g = dot_import_guess_architecture (options->generator, TRUE, prior, NULL);
  d = dot_import_guess_architecture (options->discriminator, FALSE, &of_other, NULL);
  return g && d ? g_strdup_printf ("%s,%s", g, d) : g_strdup (g ? g : d);
}

/* How much pictures differ, where the discriminator looks at that. */
static gboolean
compare_pictures (Import *import, GError **error)
{
  if (! dot_deviation_matters (import->original))
    return TRUE;

  show_progress (import, _ ("Comparing the generator's pictures"), 0.0);
  return dot_deviation_measure (import->original, import->options->device,
                                &import->manifest->deviation, import->cancellable, error);
}

/* Of files that weren't loaded before what they hold is told by the new
 * ones. */
static gboolean
describe_package (Import *import, GError **error)
{
  const DotImportOptions *options      = import->options;
  DotPrior                prior        = options->prior;
  g_autofree char        *architecture = find_architecture (options, &prior);

  if (! import->original)
    import->original = dot_model_new_from_files (import->targets[0], import->targets[1],
                                                 architecture, prior, error);
  if (import->original)
    import->manifest = dot_describe_import (options, import->place.id, import->original,
                                            import->targets, error);
  return import->manifest && compare_pictures (import, error) &&
         dot_manifest_write (import->manifest, import->place.temporary, error);
}

/*  the package  */

static gboolean
compare_images (Import *import, const float *image, GError **error)
{
  DotModel *model = dot_pair_get_model (import->pair);
  gsize     items = dot_model_get_image_items (model);

  for (gsize i = 0; import->image && i < items; i++)
    if (! (fabsf (image[i] - import->image[i]) <= IMAGE_TOLERANCE))
      {
        g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
                     _ ("The model made of %s doesn't make the picture that the "
                        "original makes: import it again with --device cpu."),
                     import->options->generator);
        return FALSE;
      }
  return TRUE;
}

/* Reads what was written, as every later run will. */
static gboolean
load_package (Import *import, GError **error)
{
  g_autoptr (DotModel) model = dot_model_find (import->place.temporary, error);
  g_autofree float *image    = NULL;

  if (! model)
    return FALSE;
  /* Programs are the very ones that were run before. */
  dot_model_set_trusted (model, TRUE);
  import->pair = dot_pair_load (model, DOT_ENGINE_AUTO, import->options->device,
                                DOT_PRECISION_FLOAT32, import->progress, import->user_data,
                                import->cancellable, error);
  image        = import->pair ? make_image (import, import->pair, error) : NULL;
  return image && compare_images (import, image, error);
}

/* Where nobody asks what comes of it, nothing is refused for it either: a
 * training makes a model however it went. */
static gboolean
check_scores (Import *import, gboolean asked, GError **error)
{
  return ! asked || dot_pair_check_scores (import->pair, import->options->discriminator,
                                           &import->warning, import->cancellable, error);
}

/* One class's progress as all classes'. */
static void
show_k_eff_progress (const char *message, double fraction, gpointer user_data)
{
  Import *import = user_data;

  show_progress (import, _ ("Estimating k_eff"), (import->done + fraction) / import->n_classes);
}

/* Each estimate is in the person's cache when it is there, so that a run that
 * was stopped goes on where it was. */
static gboolean
estimate_k_eff (Import *import, GError **error)
{
  DotModel *model = dot_pair_get_model (import->pair);

  if (! import->options->k_eff)
    return TRUE;

  import->n_classes       = dot_model_get_n_classes (model);
  import->manifest->k_eff = g_new0 (double, import->n_classes);
  for (guint i = 0; i < import->n_classes; i++)
    {
      import->done               = i;
      import->manifest->k_eff[i] = dot_k_eff_get (import->pair, dot_model_get_class (model, i),
                                                  DOT_SPACE_LATENT, show_k_eff_progress, import,
                                                  import->cancellable, error);
      if (import->manifest->k_eff[i] == 0.0)
        return FALSE;
    }
  show_progress (import, _ ("Estimating k_eff"), 1.0);
  return dot_manifest_write (import->manifest, import->place.temporary, error);
}

static gboolean
draw_preview (Import *import, GError **error)
{
  g_autofree char *path = g_build_filename (import->place.temporary, "preview.png", NULL);

  show_progress (import, _ ("Painting the contact sheet"), 0.0);
  return dot_contact_sheet_save (import->pair, path, import->cancellable, error);
}

static gboolean
check_options (const DotImportOptions *options, GError **error)
{
  if (options->description && ! g_file_test (options->description, G_FILE_TEST_EXISTS))
    return dot_whole_file_fail_open (options->description, ENOENT, error);
  if (! options->key_map ||
      ! (options->description ||
         (options->architecture && strstr (options->architecture, DOT_SCRIPT_ARCHITECTURE))))
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("A key map is for arrays, and TorchScript files are programs: leave out one of "
                  "the key map and what says that they are TorchScript."));
  return FALSE;
}

static gboolean
read_map (Import *import, GError **error)
{
  if (import->options->key_map)
    import->map = dot_key_map_new_from_file (import->options->key_map, error);
  return import->map || ! import->options->key_map;
}

/**
 * dot_import_check_trust:
 * @options: what to import
 *
 * Runs nothing and reads but what is beside the files, so that whoever
 * imports can be asked before.
 *
 * Returns: %FALSE with %DOT_ERROR_NOT_TRUSTED where the import would run a
 *   program that nobody has said yes to, and with what else is wrong with the
 *   files
 */
gboolean
dot_import_check_trust (const DotImportOptions *options, GError **error)
{
  g_autoptr (DotModel) model = NULL;

  if (options->key_map)
    return TRUE;

  model = find_original (options, error);
  return model && dot_model_trust_check (model, error);
}

/**
 * dot_import:
 * @options: what to import, and what to call it
 * @progress: (nullable) (scope call):
 * @cancellable: (nullable):
 * @warning: (out) (optional) (transfer full) (nullable): one sentence on why the
 *   new model's pictures will hardly move; without it scores aren't looked at
 *
 * Makes a model of two files of weights.  It takes minutes, hours with a
 * thousand classes: call it from a worker thread.  What fails or is
 * cancelled leaves nothing but the estimates of k_eff so far, from which the
 * next call goes on.
 *
 * Returns: (transfer full): the new model
 */
DotModel *
dot_import (const DotImportOptions *options,
            DotProgressFunc         progress,
            gpointer                user_data,
            GCancellable           *cancellable,
            char                  **warning,
            GError                **error)
{
  g_auto (Import) import = { .place       = { .lock = DOT_LOCK_NONE },
                             .options     = options,
                             .progress    = progress,
                             .user_data   = user_data,
                             .cancellable = cancellable };

  if (! check_options (options, error) || ! read_map (&import, error) ||
      ! dot_staging_open (&import.place, options, error) || ! try_original (&import, error) ||
      ! convert (&import, error) || ! describe_package (&import, error) ||
      ! load_package (&import, error) || ! check_scores (&import, warning != NULL, error) ||
      ! draw_preview (&import, error) || ! estimate_k_eff (&import, error) ||
      ! dot_staging_finish (&import.place, error))
    return NULL;

  if (warning)
    *warning = g_steal_pointer (&import.warning);
  return dot_model_find (import.place.target, error);
}
