/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* TorchScript files that were given by their names: what a model.json beside
 * them says of them. */

#include "model-scripts.h"

#include "format/file-kind.h"

#include "base/intl.h"

#include <string.h>

/* (nullable): of the folder that @file is in; what isn't about TorchScript is
 * no answer. */
static DotManifest *
read_beside (const char *file, GError **error)
{
  g_autofree char *folder          = g_path_get_dirname (file);
  g_autofree char *path            = g_build_filename (folder, "model.json", NULL);
  g_autoptr (DotManifest) manifest = NULL;

  if (! g_file_test (path, G_FILE_TEST_EXISTS))
    return NULL;

  manifest = dot_manifest_read (folder, error);
  return manifest && dot_manifest_has_script (manifest) ? g_steal_pointer (&manifest) : NULL;
}

/* The description that was given for both, or that of @file's folder. */
static DotManifest *
read_facts (const char *description, const char *file, GError **error)
{
  g_autoptr (DotManifest) manifest = NULL;
  g_autofree char *shown           = NULL;

  if (! description)
    return read_beside (file, error);

  manifest = dot_manifest_read_description (description, error);
  if (! manifest || dot_manifest_has_script (manifest))
    return g_steal_pointer (&manifest);

  shown = g_filename_display_name (description);
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("%s describes no TorchScript files: make its architecture “torchscript”."), shown);
  return NULL;
}

static gboolean
check_kinds (const DotManifest *manifest, GError **error)
{
  if (! manifest->discriminator_architecture ||
      g_strcmp0 (manifest->architecture, manifest->discriminator_architecture) == 0)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("Only one of %s and %s is TorchScript: give two of a kind."), manifest->files[0],
               manifest->files[1]);
  return FALSE;
}

/* Only the range and how the class is given may differ. */
static gboolean
check_fit (const DotManifest *g, const DotManifest *d, const DotManifest *files, GError **error)
{
  if (g->image_size == d->image_size && g->channels == d->channels &&
      (d->script.class_input[1] == DOT_SCRIPT_CLASS_NONE || g->classes->len == d->classes->len))
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("%s makes other pictures (pixels: %u, channels: %u, classes: %u) than %s judges "
                  "(%u, %u, %u): give two that fit."),
               files->files[0], g->image_size, g->channels, g->classes->len, files->files[1],
               d->image_size, d->channels, d->classes->len);
  return FALSE;
}

/* Texts of a model.json that is about both files. */
static void
copy_text (char **text, char *source)
{
  if (source)
    {
      g_free (*text);
      *text = g_strdup (source);
    }
}

static void
copy_texts (DotManifest *manifest, DotManifest *facts)
{
  copy_text (&manifest->title, facts->title);
  copy_text (&manifest->license, facts->license);
  copy_text (&manifest->provenance, facts->provenance);
}

/* The sha256 of the file that is called as @facts call one; the one of the
 * same role goes first. */
static void
copy_checksum (DotManifest *manifest, guint file, DotManifest *facts)
{
  g_autofree char *name = g_path_get_basename (manifest->files[file]);

  for (guint i = 0; i < 2 && ! manifest->checksums[file]; i++)
    {
      guint            role  = (file + i) % 2;
      g_autofree char *named = facts->files[role] ? g_path_get_basename (facts->files[role]) : NULL;

      if (g_strcmp0 (name, named) == 0)
        manifest->checksums[file] = g_strdup (facts->checksums[role]);
    }
}

static void
copy_facts (DotManifest *manifest, DotManifest *g, DotManifest *d)
{
  manifest->image_size            = g->image_size;
  manifest->channels              = g->channels;
  manifest->latent_size           = g->latent_size;
  manifest->prior                 = g->prior;
  manifest->truncation            = g->truncation;
  manifest->relative_scores       = d->relative_scores;
  manifest->script                = g->script;
  manifest->script.class_input[1] = d->script.class_input[1];
  for (guint i = 0; i < 2; i++)
    manifest->script.range[1][i] = d->script.range[1][i];

  g_clear_pointer (&manifest->classes, g_array_unref);
  manifest->classes = g_array_ref (g->classes);
}

static gboolean
are_beside (const DotManifest *manifest)
{
  g_autofree char *g = g_path_get_dirname (manifest->files[0]);
  g_autofree char *d = g_path_get_dirname (manifest->files[1]);

  return strcmp (g, d) == 0;
}

static gboolean
fail_undescribed (const DotManifest *manifest, GError **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND,
               _ ("TorchScript files don't say how they are called: put a "
                  "model.json of the architecture “torchscript” beside %s."),
               manifest->files[0]);
  return FALSE;
}

/**
 * dot_model_scripts_describe:
 * @manifest: of two files, TorchScript
 * @description: (nullable): a file like model.json, about both
 *
 * Takes what @description says, or else the generator's model.json, and of
 * the discriminator's, where it has one of its own, the range and how the
 * class is given.
 */
gboolean
dot_model_scripts_describe (DotManifest *manifest, const char *description, GError **error)
{
  g_autoptr (DotManifest) g = NULL;
  g_autoptr (DotManifest) d = NULL;
  GError *problem           = NULL;

  if (! check_kinds (manifest, error) ||
      ! dot_file_kind_expect (manifest->files[0], DOT_FILE_WANT_PROGRAM, error) ||
      ! dot_file_kind_expect (manifest->files[1], DOT_FILE_WANT_PROGRAM, error))
    return FALSE;

  g = read_facts (description, manifest->files[0], &problem);
  if (g)
    d = read_facts (description, manifest->files[1], &problem);
  if (! g && ! problem)
    fail_undescribed (manifest, &problem);
  if (problem)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }

  if (! check_fit (g, d ? d : g, manifest, error))
    return FALSE;
  copy_facts (manifest, g, d ? d : g);
  copy_checksum (manifest, 0, g);
  if (d)
    copy_checksum (manifest, 1, d);
  if (description || are_beside (manifest))
    copy_texts (manifest, g);
  return TRUE;
}
