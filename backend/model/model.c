/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "model.h"

#include "model-private.h"

#include "base/whole-file.h"
#include "classes.h"

#include "base/intl.h"

#include <glib/gstdio.h>

/* What a package may have beside its two files of weights. */
static const char *const companions[] = { "preview.png", "README.md", "labels.tsv", "model.json" };

/**
 * dot_model_new:
 * @manifest: (transfer full): what is known of it
 *
 * Returns: (transfer full): the model of that manifest
 */
DotModel *
dot_model_new (const char *id, DotManifest *manifest)
{
  DotModel *model = g_new0 (DotModel, 1);

  g_atomic_ref_count_init (&model->ref_count);
  g_mutex_init (&model->checksum_lock);
  model->id       = g_strdup (id);
  model->manifest = manifest;
  return model;
}

/**
 * dot_model_set_trusted:
 * @trusted: the person's yes to running the model's files, where they are
 *   programs
 */
void
dot_model_set_trusted (DotModel *model, gboolean trusted)
{
  model->trusted = trusted;
}

DotModel *
dot_model_ref (DotModel *model)
{
  g_atomic_ref_count_inc (&model->ref_count);
  return model;
}

void
dot_model_unref (DotModel *model)
{
  if (model && g_atomic_ref_count_dec (&model->ref_count))
    {
      g_mutex_clear (&model->checksum_lock);
      dot_manifest_free (model->manifest);
      g_free (model->id);
      g_free (model->problem);
      g_free (model->folder);
      g_free (model->preview);
      g_free (model);
    }
}

const char *
dot_model_get_id (DotModel *model)
{
  return model->id;
}

const char *
dot_model_get_title (DotModel *model)
{
  return model->manifest->title ? model->manifest->title : model->id;
}

const char *
dot_model_get_license (DotModel *model)
{
  return model->manifest->license ? model->manifest->license : "";
}

const char *
dot_model_get_provenance (DotModel *model)
{
  return model->manifest->provenance ? model->manifest->provenance : "";
}

const char *
dot_model_get_architecture (DotModel *model)
{
  return model->manifest->architecture ? model->manifest->architecture : "";
}

const char *
dot_model_get_discriminator_architecture (DotModel *model)
{
  const char *other = model->manifest->discriminator_architecture;

  return other ? other : dot_model_get_architecture (model);
}

/**
 * dot_model_get_problem:
 *
 * Returns: (transfer none) (nullable): why the model can't be used
 */
const char *
dot_model_get_problem (DotModel *model)
{
  return model->problem;
}

const char *
dot_model_get_generator (DotModel *model)
{
  return model->manifest->files[0];
}

const char *
dot_model_get_discriminator (DotModel *model)
{
  return model->manifest->files[1];
}

/**
 * dot_model_get_folder:
 *
 * Returns: (transfer none) (nullable): the model's own folder, which isn't
 *   there where all of its files are still missing; %NULL of bare files
 */
const char *
dot_model_get_folder (DotModel *model)
{
  return model->folder;
}

/**
 * dot_model_get_preview:
 *
 * Returns: (transfer none) (nullable): the path of a picture of what the
 *   model makes
 */
const char *
dot_model_get_preview (DotModel *model)
{
  return model->preview;
}

guint
dot_model_get_image_size (DotModel *model)
{
  return model->manifest->image_size;
}

guint
dot_model_get_channels (DotModel *model)
{
  return model->manifest->channels;
}

/**
 * dot_model_get_image_items:
 *
 * Returns: how many numbers an image is: C·H·W
 */
gsize
dot_model_get_image_items (DotModel *model)
{
  gsize size = model->manifest->image_size;

  return model->manifest->channels * size * size;
}

guint
dot_model_get_latent_size (DotModel *model)
{
  return model->manifest->latent_size;
}

DotPrior
dot_model_get_prior (DotModel *model)
{
  return model->manifest->prior;
}

/**
 * dot_model_get_n_classes:
 *
 * Returns: how many classes there are to choose from, 1 at least
 */
guint
dot_model_get_n_classes (DotModel *model)
{
  return model->manifest->classes->len;
}

const DotClass *
dot_model_get_class (DotModel *model, guint position)
{
  return &g_array_index (model->manifest->classes, DotClass, position);
}

static gpointer
fail_unknown_class (DotModel *model, const char *text, GError **error)
{
  g_autoptr (GString) known = g_string_new (NULL);
  guint n                   = dot_model_get_n_classes (model);

  for (guint i = 0; i < MIN (n, 10); i++)
    g_string_append_printf (known, "%s%s", i ? ", " : "", dot_model_get_class (model, i)->name);
  if (n > 10)
    g_string_append (known, " …");

  g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND, _ ("“%s” is no class of %s: take one of %s."),
               text, model->id, known->str);
  return NULL;
}

static gpointer
fail_no_classes (DotModel *model, const char *text, GError **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND,
               _ ("“%s” is no class of %s, which has none: leave the class out."), text, model->id);
  return NULL;
}

/**
 * dot_model_find_class:
 * @text: (nullable): a name, a WordNet id, an ImageNet index or a synonym,
 *   in any case; %NULL or empty for the first class
 *
 * Returns: (transfer none): the class, which is the model's.  A model
 *   without labels has one class, called "any" in every language; one that
 *   can't be used has one for each @text.
 */
const DotClass *
dot_model_find_class (DotModel *model, const char *text, GError **error)
{
  g_autofree char *valid = NULL;
  const DotClass  *klass;

  if (! text || ! *text)
    return dot_model_get_class (model, 0);

  valid = g_utf8_make_valid (text, -1);
  klass = dot_classes_find (model->manifest->classes, valid);
  if (! klass && ! dot_model_has_labels (model) &&
      (model->problem || g_ascii_strcasecmp (valid, "any") == 0))
    klass = dot_model_get_class (model, 0);
  if (klass)
    return klass;
  return dot_model_has_labels (model) ? fail_unknown_class (model, valid, error)
                                      : fail_no_classes (model, valid, error);
}

/*  for the rest of the backend  */

gboolean
dot_model_is_package (DotModel *model)
{
  return model->package;
}

gboolean
dot_model_is_trusted (DotModel *model)
{
  return model->trusted;
}

/**
 * dot_model_get_script:
 *
 * Returns: (transfer none) (nullable): how to call the model's TorchScript
 *   files, where it has such
 */
const DotScript *
dot_model_get_script (DotModel *model)
{
  DotManifest *manifest = model->manifest;

  if (g_strcmp0 (manifest->architecture, DOT_SCRIPT_ARCHITECTURE) != 0)
    return NULL;

  manifest->script.generator     = manifest->files[0];
  manifest->script.discriminator = manifest->files[1];
  return &manifest->script;
}

/**
 * dot_model_ignores_class:
 *
 * Returns: whether a picture's score is the same for each class: refining then
 *   makes pictures better, but not more like their class
 */
gboolean
dot_model_ignores_class (DotModel *model)
{
  return model->manifest->ignores_class;
}

/**
 * dot_model_has_relative_scores:
 *
 * Returns: whether only differences between scores mean something: the
 *   discriminator was trained to tell pictures apart
 */
gboolean
dot_model_has_relative_scores (DotModel *model)
{
  return model->manifest->relative_scores;
}

/**
 * dot_model_describe_score:
 *
 * Returns: (nullable): what a person has to know of the pair's scores
 */
const char *
dot_model_describe_score (DotModel *model)
{
  if (dot_model_ignores_class (model))
    return _ ("the same for each class: refining makes a picture better, not more like its class");
  return dot_model_has_relative_scores (model)
           ? _ ("only differences between scores mean something, not how high one is")
           : NULL;
}

/**
 * dot_model_is_program:
 *
 * Returns: whether the model's files are programs, which run only where they
 *   are trusted
 */
gboolean
dot_model_is_program (DotModel *model)
{
  return dot_model_get_script (model) != NULL;
}

gboolean
dot_model_has_labels (DotModel *model)
{
  const DotScript *script = dot_model_get_script (model);
  const DotClass  *first  = dot_model_get_class (model, 0);

  if (script)
    return script->class_input[0] != DOT_SCRIPT_CLASS_NONE;
  return dot_model_get_n_classes (model) > 1 || first->wnid;
}

/**
 * dot_model_get_psi:
 *
 * Returns: how much of their distance from the mean styles keep; 0 where the
 *   manifest doesn't say it: all
 */
double
dot_model_get_psi (DotModel *model)
{
  return model->manifest->psi;
}

/**
 * dot_model_get_deviation:
 *
 * Returns: how much pictures of a batch differ, as the discriminator is told it; 0
 *   where the manifest doesn't say it: a picture is alone
 */
double
dot_model_get_deviation (DotModel *model)
{
  return model->manifest->deviation;
}

/**
 * dot_model_get_truncation:
 *
 * Returns: how far from 0 a latent's coordinates may be, or 0 for as far as
 *   the prior goes
 */
double
dot_model_get_truncation (DotModel *model)
{
  return model->manifest->truncation;
}

/**
 * dot_model_draw_latent:
 * @truncation: how far from 0 coordinates may be; 0: as far as the model says
 * @latent: (out): (d)
 *
 * Draws a latent of the model's prior.
 */
void
dot_model_draw_latent (DotModel *model,
                       guint32   seed,
                       DotStream stream,
                       double    truncation,
                       double   *latent)
{
  DotPrior prior = dot_model_get_prior (model);
  gsize    d     = dot_model_get_latent_size (model);

  if (truncation == 0.0)
    truncation = dot_model_get_truncation (model);
  dot_latent_draw (prior, seed, stream, latent, d);
  if (truncation > 0.0)
    dot_latent_truncate (prior, seed, truncation, latent, d);
}

/**
 * dot_model_get_first:
 * @seed: (out): of that picture
 *
 * Which picture to begin with.
 *
 * Returns: (transfer none) (nullable): its class; %NULL where the model
 *   recommends none
 */
const DotClass *
dot_model_get_first (DotModel *model, guint32 *seed)
{
  if (! model->manifest->has_first)
    return NULL;

  *seed = model->manifest->first_seed;
  return dot_model_get_class (model, model->manifest->first_label);
}

/**
 * dot_model_get_k_eff:
 *
 * Returns: the estimate that came with the model, or 0
 */
double
dot_model_get_k_eff (DotModel *model, guint label)
{
  return model->manifest->k_eff ? model->manifest->k_eff[label] : 0.0;
}

/**
 * dot_model_is_promised:
 * @file: 0 for the generator, 1 for the discriminator
 *
 * Returns: whether a model.json names the sha256 that the file must have
 */
gboolean
dot_model_is_promised (DotModel *model, guint file)
{
  return model->package || (dot_model_get_script (model) && model->manifest->checksums[file]);
}

/**
 * dot_model_get_checksum:
 * @file: 0 for the generator, 1 for the discriminator
 *
 * Returns: (transfer none): the file's sha256: the manifest's, which loading
 *   holds against the file, or computed at the first call; empty where the
 *   file has gone
 */
const char *
dot_model_get_checksum (DotModel *model, guint file)
{
  char **checksum = &model->manifest->checksums[file];

  g_mutex_lock (&model->checksum_lock);
  if (! *checksum)
    *checksum = dot_whole_file_get_checksum (model->manifest->files[file], NULL);
  if (! *checksum)
    *checksum = g_strdup ("");
  g_mutex_unlock (&model->checksum_lock);
  return *checksum;
}

/**
 * dot_model_get_files:
 *
 * Returns: (transfer full): the paths of all files that are known to be the
 *   model's, the manifest last: what is half removed is still a model, which
 *   can be removed again
 */
GStrv
dot_model_get_files (DotModel *model)
{
  g_autoptr (GStrvBuilder) files = g_strv_builder_new ();
  const char *folder             = dot_model_get_folder (model);
  const char *pair[] = { dot_model_get_generator (model), dot_model_get_discriminator (model) };

  for (gsize i = 0; i < G_N_ELEMENTS (pair); i++)
    if (pair[i] && (i == 0 || g_strcmp0 (pair[0], pair[i]) != 0))
      g_strv_builder_add (files, pair[i]);
  for (gsize i = 0; folder && i < G_N_ELEMENTS (companions); i++)
    {
      g_autofree char *path = g_build_filename (folder, companions[i], NULL);

      g_strv_builder_add (files, path);
    }

  return g_strv_builder_end (files);
}

/**
 * dot_model_get_bytes:
 *
 * Returns: how much of the disk the model's files take; 0 where there are
 *   none yet
 */
guint64
dot_model_get_bytes (DotModel *model)
{
  g_auto (GStrv) files = dot_model_get_files (model);
  guint64 sum          = 0;

  for (guint i = 0; files[i]; i++)
    {
      GStatBuf info;

      if (g_stat (files[i], &info) == 0 && S_ISREG (info.st_mode))
        sum += info.st_size;
    }
  return sum;
}
