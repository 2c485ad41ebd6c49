/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* Somebody's pair becomes a model of our own format: its weights as
 * .safetensors, a manifest, the constants and a contact sheet.  The model is
 * made beside its place and moved there at the end, after it was loaded and
 * has made the very picture that the original made.
 */

#include "class-table.h"
#include "contact-sheet.h"
#include "convert.h"
#include "place.h"

#include "format/checksum.h"
#include "pair/k-eff.h"
#include "pair/manifest.h"
#include "pair/model.h"
#include "transport/latent.h"

#include "backend-intl.h"

#include <math.h>
#include <string.h>

#define IMAGE_TOLERANCE 1e-6f

static const char *const file_names[] = { "generator.safetensors",
                                          "discriminator.safetensors" };

typedef struct
{
  const DotImportOptions *options;
  DotProgressFunc         progress;
  gpointer                user_data;
  GCancellable           *cancellable;
  DotPlace                place;
  char                   *sources[2];
  DotKeyMap              *map;
  DotManifest            *manifest;
  DotPair                *pair;
  float                  *image;
  guint                   done;
  guint                   n_classes;
} Import;

static void
import_clear (Import *import)
{
  dot_place_close (&import->place);
  g_clear_pointer (&import->sources[0], g_free);
  g_clear_pointer (&import->sources[1], g_free);
  g_clear_pointer (&import->map, dot_key_map_free);
  g_clear_pointer (&import->manifest, dot_manifest_free);
  g_clear_pointer (&import->pair, dot_pair_unref);
  g_clear_pointer (&import->image, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Import, import_clear)

static void
tell (Import     *import,
      const char *message,
      double      fraction)
{
  if (import->progress)
    import->progress (message, fraction, import->user_data);
}

/*  the weights  */

/* What the pair makes of seed 0, in its first class.  */
static float *
make_image (Import  *import,
            DotPair *pair,
            GError **error)
{
  DotModel          *model  = dot_pair_get_model (pair);
  gsize              d      = dot_model_get_latent_size (model);
  g_autofree double *latent = g_new (double, d);
  g_autofree float  *image  = g_new (float, dot_model_get_image_items (model));
  guint              label  = 0;
  double             score;

  dot_latent_draw (dot_model_get_prior (model), 0, DOT_STREAM_LATENT, latent,
                   d);
  if (! dot_pair_score (pair, latent, &label, 1, &score, NULL, image,
                        import->cancellable, error))
    return NULL;
  return g_steal_pointer (&image);
}

static DotModel *
describe (Import     *import,
          const char *generator,
          const char *discriminator,
          GError    **error)
{
  return dot_model_new_from_files (generator, discriminator,
                                   import->options->architecture,
                                   import->options->prior, error);
}

/* Loads the original, to see that it works and what it makes.  Files that
 * need a key map can't be loaded before they are converted.  */
static gboolean
try_original (Import  *import,
              GError **error)
{
  const DotImportOptions *options = import->options;
  g_autoptr (DotModel)    model   = NULL;
  g_autoptr (DotPair)     pair    = NULL;

  if (import->map)
    {
      import->sources[0] = g_strdup (options->generator);
      import->sources[1] = g_strdup (options->discriminator);
      return TRUE;
    }

  model = describe (import, options->generator, options->discriminator, error);
  pair  = model ? dot_pair_load (model, options->device, DOT_PRECISION_FLOAT32,
                                 import->progress, import->user_data,
                                 import->cancellable, error)
                : NULL;
  import->image = pair ? make_image (import, pair, error) : NULL;
  if (! import->image)
    return FALSE;

  import->sources[0] = g_strdup (dot_model_get_generator (model));
  import->sources[1] = g_strdup (dot_model_get_discriminator (model));
  return TRUE;
}

static gboolean
convert (Import  *import,
         GError **error)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *target = g_build_filename (import->place.temporary,
                                                  file_names[i], NULL);
      GHashTable      *rules  = NULL;

      if (import->map)
        rules = dot_key_map_get_rules (import->map, i);
      tell (import, _("Converting the weights"), i / 2.0);
      if (! dot_convert_weights (import->sources[i], rules, target,
                                 import->cancellable, error))
        return FALSE;
    }
  return TRUE;
}

/*  the manifest  */

/* Texts go into the manifest as one line each.  */
static char *
one_line (const char *text,
          const char *fallback)
{
  char *line = g_utf8_make_valid (text && *text ? text : fallback, -1);

  for (char *at = line; *at; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      for (char *end = g_utf8_next_char (at), *byte = at; byte < end; byte++)
        *byte = ' ';
  return g_strstrip (line);
}

static char *
guess_provenance (const DotImportOptions *options)
{
  g_autofree char *generator     = g_path_get_basename (options->generator);
  g_autofree char *discriminator = g_path_get_basename (options->discriminator);

  return g_strdup_printf (_("Imported from %s and %s"), generator,
                          discriminator);
}

/* Only names that are known: of a table, or ImageNet's.  */
static GArray *
list_classes (Import   *import,
              DotModel *model,
              GError  **error)
{
  guint   n       = dot_model_get_n_classes (model);
  GArray *classes = NULL;

  if (import->options->classes)
    return dot_class_table_read (import->options->classes, n, error);

  classes = g_array_new (FALSE, TRUE, sizeof (DotClass));
  for (guint i = 0; dot_model_has_labels (model) && i < n; i++)
    {
      DotClass klass = *dot_model_get_class (model, i);

      if (! klass.wnid)
        klass.name = NULL;
      g_array_append_val (classes, klass);
    }
  return classes;
}

static gboolean
describe_package (Import  *import,
                  GError **error)
{
  const DotImportOptions *options    = import->options;
  DotManifest            *manifest   = g_new0 (DotManifest, 1);
  g_autofree char        *provenance = guess_provenance (options);
  g_autoptr (DotModel)    model      = NULL;

  import->manifest = manifest;
  for (guint i = 0; i < 2; i++)
    {
      manifest->files[i] = g_build_filename (import->place.temporary,
                                             file_names[i], NULL);
      manifest->checksums[i] = dot_file_checksum (manifest->files[i], error);
      if (! manifest->checksums[i])
        return FALSE;
    }

  model = describe (import, manifest->files[0], manifest->files[1], error);
  if (! model || ! (manifest->classes = list_classes (import, model, error)))
    return FALSE;

  manifest->title        = one_line (options->title, import->place.id);
  manifest->license      = one_line (options->license, _("unknown"));
  manifest->provenance   = one_line (options->provenance, provenance);
  manifest->architecture = g_strdup (dot_model_get_architecture (model));
  manifest->discriminator_architecture
    = g_strdup (dot_model_get_discriminator_architecture (model));
  manifest->image_size   = dot_model_get_image_size (model);
  manifest->channels     = dot_model_get_channels (model);
  manifest->latent_size  = dot_model_get_latent_size (model);
  manifest->prior        = options->prior;
  return dot_manifest_write (manifest, import->place.temporary, error);
}

/*  the package  */

static gboolean
compare_images (Import      *import,
                const float *image,
                GError     **error)
{
  DotModel *model = dot_pair_get_model (import->pair);
  gsize     items = dot_model_get_image_items (model);

  for (gsize i = 0; import->image && i < items; i++)
    if (! (fabsf (image[i] - import->image[i]) <= IMAGE_TOLERANCE))
      {
        g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
                     _("The model made of %s doesn't make the picture that the "
                       "original makes: import it again with --device cpu."),
                     import->options->generator);
        return FALSE;
      }
  return TRUE;
}

/* Reads what was written, as every later run will.  */
static gboolean
load_package (Import  *import,
              GError **error)
{
  g_autoptr (DotModel) model = dot_model_find (import->place.temporary, error);
  g_autofree float    *image = NULL;

  if (! model)
    return FALSE;
  import->pair = dot_pair_load (model, import->options->device,
                                DOT_PRECISION_FLOAT32, import->progress,
                                import->user_data, import->cancellable, error);
  image = import->pair ? make_image (import, import->pair, error) : NULL;
  return image && compare_images (import, image, error);
}

/* One class's progress as all classes'.  */
static void
tell_k_eff (const char *message,
            double      fraction,
            gpointer    user_data)
{
  Import *import = user_data;

  tell (import, _("Estimating k_eff"),
        (import->done + fraction) / import->n_classes);
}

/* Each estimate is in the person's cache when it is there, so that a run that
 * was stopped goes on where it was.  */
static gboolean
estimate_k_eff (Import  *import,
                GError **error)
{
  DotModel *model = dot_pair_get_model (import->pair);

  if (! import->options->k_eff)
    return TRUE;

  import->n_classes       = dot_model_get_n_classes (model);
  import->manifest->k_eff = g_new0 (double, import->n_classes);
  for (guint i = 0; i < import->n_classes; i++)
    {
      import->done = i;
      import->manifest->k_eff[i]
        = dot_pair_get_k_eff (import->pair, dot_model_get_class (model, i),
                              DOT_SPACE_LATENT, tell_k_eff, import,
                              import->cancellable, error);
      if (import->manifest->k_eff[i] == 0.0)
        return FALSE;
    }
  tell (import, _("Estimating k_eff"), 1.0);
  return dot_manifest_write (import->manifest, import->place.temporary, error);
}

static gboolean
draw_preview (Import  *import,
              GError **error)
{
  g_autofree char *path = g_build_filename (import->place.temporary,
                                            "preview.png", NULL);

  tell (import, _("Painting the contact sheet"), 0.0);
  return dot_contact_sheet_save (import->pair, path, import->cancellable,
                                 error);
}

/* They are programs, which no other format can hold, and their folder is a
 * model already.  */
static gboolean
refuse_scripts (const DotImportOptions *options,
                GError                **error)
{
  if (! options->architecture
      || ! strstr (options->architecture, "torchscript"))
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _("TorchScript files need no import: with their model.json their "
                 "folder is a model, put it among your own."));
  return FALSE;
}

static gboolean
read_map (Import  *import,
          GError **error)
{
  if (import->options->key_map)
    import->map = dot_key_map_new_from_file (import->options->key_map, error);
  return import->map || ! import->options->key_map;
}

/**
 * dot_import:
 * @options: what to import, and what to call it
 * @progress: (nullable) (scope call):
 * @cancellable: (nullable):
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
            GError                **error)
{
  g_auto (Import) import = { .options     = options,
                             .progress    = progress,
                             .user_data   = user_data,
                             .cancellable = cancellable };

  if (! refuse_scripts (options, error)
      || ! read_map (&import, error)
      || ! dot_place_open (&import.place, options, error)
      || ! try_original (&import, error)
      || ! convert (&import, error)
      || ! describe_package (&import, error)
      || ! load_package (&import, error)
      || ! draw_preview (&import, error)
      || ! estimate_k_eff (&import, error)
      || ! dot_place_finish (&import.place, error))
    return NULL;

  return dot_model_find (import.place.target, error);
}
