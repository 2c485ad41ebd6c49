/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What model.json says of an imported pair. */

#include "describe.h"

#include "class-table.h"

#include "base/whole-file.h"
#include "model/model.h"

#include "base/intl.h"

#include <string.h>

/* Texts go into the manifest as one line each. */
static char *
one_line (const char *text, const char *fallback)
{
  return g_strstrip (dot_line_from_text (text && *text ? text : fallback));
}

static char *
guess_provenance (const DotImportOptions *options)
{
  g_autofree char *generator     = g_path_get_basename (options->generator);
  g_autofree char *discriminator = g_path_get_basename (options->discriminator);

  if (strcmp (options->generator, options->discriminator) == 0)
    return g_strdup_printf (_ ("Imported from %s"), generator);
  return g_strdup_printf (_ ("Imported from %s and %s"), generator, discriminator);
}

/* What the original says of itself; a file's name is no title. */
static void
set_texts (DotManifest            *manifest,
           const DotImportOptions *options,
           const char             *id,
           DotModel               *original)
{
  g_autofree char *name      = g_path_get_basename (dot_model_get_generator (original));
  g_autofree char *guessed   = guess_provenance (options);
  gboolean         described = strcmp (dot_model_get_title (original), name) != 0;

  manifest->title      = one_line (options->title, described ? dot_model_get_title (original) : id);
  manifest->license    = one_line (options->license, dot_model_get_license (original));
  manifest->provenance = one_line (options->provenance,
                                   described ? dot_model_get_provenance (original) : guessed);
}

/* (nullable): the model.json that both files lie beside. */
static DotManifest *
read_beside (const DotImportOptions *options)
{
  const char *const files[]  = { options->generator, options->discriminator };
  g_autofree char  *g_folder = g_path_get_dirname (files[0]);
  g_autofree char  *d_folder = g_path_get_dirname (files[1]);
  g_autoptr (DotManifest) g  = dot_manifest_read_beside (files[0], 0, NULL);
  g_autoptr (DotManifest) d  = dot_manifest_read_beside (files[1], 1, NULL);

  return d && strcmp (g_folder, d_folder) == 0 ? g_steal_pointer (&g) : NULL;
}

/* A text that wasn't given. */
static void
take_text (char **text, const char *given, const char *beside)
{
  if (beside && ! (given && *given))
    {
      g_free (*text);
      *text = one_line (beside, "");
    }
}

static GArray *
list_classes (const DotImportOptions *options,
              DotManifest            *beside,
              DotModel               *original,
              GError                **error)
{
  guint   n = dot_model_has_labels (original) ? dot_model_get_n_classes (original) : 0;
  GArray *classes;

  if (options->classes)
    return dot_class_table_read (options->classes, dot_model_get_n_classes (original), error);
  if (beside && n > 0 && beside->classes->len == n)
    return g_array_ref (beside->classes);

  classes = g_array_new (FALSE, TRUE, sizeof (DotClass));
  for (guint i = 0; i < n; i++)
    g_array_append_vals (classes, dot_model_get_class (original, i), 1);
  return classes;
}

static gboolean
set_files (DotManifest *manifest, char *const files[2], GError **error)
{
  for (guint i = 0; i < 2; i++)
    {
      manifest->files[i]     = g_strdup (files[i]);
      manifest->checksums[i] = dot_whole_file_get_checksum (files[i], error);
      if (! manifest->checksums[i])
        return FALSE;
    }
  return TRUE;
}

static void
copy_facts (DotManifest *manifest, DotModel *original)
{
  manifest->architecture               = g_strdup (dot_model_get_architecture (original));
  manifest->discriminator_architecture = g_strdup (
    dot_model_get_discriminator_architecture (original));
  manifest->image_size      = dot_model_get_image_size (original);
  manifest->channels        = dot_model_get_channels (original);
  manifest->latent_size     = dot_model_get_latent_size (original);
  manifest->prior           = dot_model_get_prior (original);
  manifest->ignores_class   = dot_model_ignores_class (original);
  manifest->truncation      = dot_model_get_truncation (original);
  manifest->psi             = dot_model_get_psi (original);
  manifest->relative_scores = dot_model_has_relative_scores (original);
  if (dot_model_get_script (original))
    manifest->script = *dot_model_get_script (original);
}

/**
 * dot_describe_import:
 * @id: the new model's
 * @original: what is imported
 * @files: what it has become
 *
 * What the command doesn't say a model.json beside both files may.
 *
 * Returns: (transfer full): what model.json shall say
 */
DotManifest *
dot_describe_import (const DotImportOptions *options,
                     const char             *id,
                     DotModel               *original,
                     char *const             files[2],
                     GError                **error)
{
  g_autoptr (DotManifest) manifest = g_new0 (DotManifest, 1);
  g_autoptr (DotManifest) beside   = read_beside (options);

  set_texts (manifest, options, id, original);
  if (beside)
    {
      take_text (&manifest->title, options->title, beside->title);
      take_text (&manifest->license, options->license, beside->license);
      take_text (&manifest->provenance, options->provenance, beside->provenance);
    }
  copy_facts (manifest, original);
  manifest->classes = list_classes (options, beside, original, error);
  if (! manifest->classes || ! set_files (manifest, files, error))
    return NULL;
  return g_steal_pointer (&manifest);
}
