/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#include "model.h"

#include "network/architecture.h"
#include "classes.h"
#include "base/checksum.h"
#include "model-files.h"
#include "known.h"
#include "manifest.h"
#include "base/paths.h"
#include "model-scripts.h"

#include "base/intl.h"

#include <string.h>

/* A model that has a problem is in the list all the same: its manifest is
 * then empty but for what could be read. */
struct _DotModel
{
  gatomicrefcount ref_count;
  char           *id;
  char           *problem;
  char           *folder;
  char           *preview;
  gboolean        package;
  gboolean        trusted;
  DotManifest    *manifest;
  GMutex          checksum_lock;
};

static DotModel *
model_new (const char *id, DotManifest *manifest)
{
  DotModel *model = g_new0 (DotModel, 1);

  g_atomic_ref_count_init (&model->ref_count);
  g_mutex_init (&model->checksum_lock);
  model->id       = g_strdup (id);
  model->manifest = manifest;
  return model;
}

static void
set_folder (DotModel *model, const char *folder)
{
  g_autofree char *preview = g_build_filename (folder, "preview.png", NULL);

  model->folder = g_strdup (folder);
  if (g_file_test (preview, G_FILE_TEST_IS_REGULAR))
    model->preview = g_steal_pointer (&preview);
}

/* In a list a problem is a part of the model; whoever asks for that model
 * alone hears of it as an error. */
static void
take_problem (DotModel *model, GError *problem, GError **error)
{
  if (! problem)
    return;

  model->problem = dot_text_to_line (problem->message);
  g_propagate_error (error, problem);
}

/* Reads @folder; what is wrong with it becomes the model's problem, and
 * @error beside the model. */
static DotModel *
model_new_from_folder (const char *folder, GError **error)
{
  g_autofree char *id       = g_path_get_basename (folder);
  GError          *problem  = NULL;
  DotManifest     *manifest = dot_manifest_read (folder, &problem);
  DotModel        *model;

  if (! manifest)
    {
      manifest          = g_new0 (DotManifest, 1);
      manifest->classes = dot_classes_new_for_labels (0);
    }

  model          = model_new (id, manifest);
  model->package = TRUE;
  set_folder (model, folder);
  take_problem (model, problem, error);
  return model;
}

/* Names that are known stay; without any the labels are numbered. */
static void
set_shape (DotManifest *manifest, const DotPairShape *shape)
{
  guint n = MAX (shape->n_labels, 1);

  manifest->image_size  = shape->image_size;
  manifest->channels    = shape->channels;
  manifest->latent_size = shape->latent_size;
  if (manifest->classes && manifest->classes->len != n)
    g_clear_pointer (&manifest->classes, g_array_unref);
  if (! manifest->classes)
    manifest->classes = dot_classes_new_for_labels (shape->n_labels);
}

/* @description: (nullable): of TorchScript files. */
static gboolean
describe_files (DotManifest *manifest, const char *description, GError **error)
{
  const char            *of_discriminator = manifest->discriminator_architecture
                                              ? manifest->discriminator_architecture
                                              : manifest->architecture;
  const DotArchitecture *g_architecture;
  const DotArchitecture *d_architecture;
  g_autoptr (DotWeights) g = NULL;
  g_autoptr (DotWeights) d = NULL;
  DotPairShape shape       = {
    0,
  };

  if (dot_manifest_has_script (manifest))
    return dot_manifest_describe_scripts (manifest, description, error);
  if (! (g_architecture = dot_architecture_find (manifest->architecture, error)) ||
      ! (d_architecture = dot_architecture_find (of_discriminator, error)) ||
      ! (g = dot_weights_open (manifest->files[0], error)) ||
      ! (d = dot_weights_open (manifest->files[1], error)) ||
      ! dot_architecture_describe_pair (g_architecture, g, d_architecture, d, &shape, error))
    return FALSE;

  set_shape (manifest, &shape);
  return TRUE;
}

/* A known model: described by its two files once they are there, by what is
 * known of them before. */
static DotModel *
model_new_known (const char *id, GError **error)
{
  g_autofree char *folder   = dot_known_find_folder (id);
  DotManifest     *manifest = dot_known_read (id, folder);
  DotModel        *model    = model_new (id, manifest);
  GError          *problem  = NULL;

  set_folder (model, folder);
  if (dot_known_check (id, manifest, &problem))
    describe_files (manifest, NULL, &problem);
  take_problem (model, problem, error);
  return model;
}

static int
compare_models (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(DotModel **) a)->id, (*(DotModel **) b)->id);
}

static void
list_folder (GPtrArray *models, GHashTable *seen, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path     = g_build_filename (folder, name, NULL);
      g_autofree char *manifest = g_build_filename (path, "model.json", NULL);

      /* What is hidden is being made. */
      if (name[0] != '.' && g_file_test (manifest, G_FILE_TEST_EXISTS) &&
          g_hash_table_add (seen, g_strdup (name)))
        g_ptr_array_add (models, model_new_from_folder (path, NULL));
    }
}

static void
list_known (GPtrArray *models, GHashTable *seen)
{
  g_auto (GStrv) ids = dot_known_list ();

  for (guint i = 0; ids[i]; i++)
    if (! g_hash_table_contains (seen, ids[i]))
      g_ptr_array_add (models, model_new_known (ids[i], NULL));
}

/**
 * dot_model_list:
 *
 * Returns: (transfer full) (element-type DotModel): the models in all of the
 *   folders that are searched, by id; of two with one id the first found.
 *   Public models that only wait for their files are among them.
 *   dot_model_get_problem() tells those that can't be used.
 */
GPtrArray *
dot_model_list (void)
{
  GPtrArray *models           = g_ptr_array_new_with_free_func ((GDestroyNotify) dot_model_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) folders      = dot_paths_get_model_folders ();

  for (guint i = 0; folders[i]; i++)
    list_folder (models, seen, folders[i]);
  list_known (models, seen);

  g_ptr_array_sort (models, compare_models);
  return models;
}

/* The folder of a model's id, or of a path to a folder or its model.json. */
static char *
model_folder (const char *id)
{
  g_auto (GStrv) folders = dot_paths_get_model_folders ();

  if (g_str_has_suffix (id, "/model.json"))
    return g_path_get_dirname (id);
  if (strchr (id, '/') && g_file_test (id, G_FILE_TEST_IS_DIR))
    return g_canonicalize_filename (id, NULL);

  for (guint i = 0; *id && ! strchr (id, '/') && folders[i]; i++)
    {
      g_autofree char *folder   = g_build_filename (folders[i], id, NULL);
      g_autofree char *manifest = g_build_filename (folder, "model.json", NULL);

      if (g_file_test (manifest, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&folder);
    }
  return NULL;
}

static void
set_unknown_model (const char *id, GError **error)
{
  g_autoptr (GPtrArray) models = dot_model_list ();
  g_autoptr (GString) known    = g_string_new (NULL);
  g_autofree char *shown       = g_filename_display_name (id);

  for (guint i = 0; i < models->len; i++)
    g_string_append_printf (known, "%s%s", i ? ", " : "", dot_model_get_id (models->pdata[i]));

  if (models->len > 0)
    g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND,
                 _ ("The model “%s” is not there: take one of %s, or put it "
                    "into %s/dot-refine/models."),
                 shown, known->str, g_get_user_data_dir ());
  else
    g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND,
                 _ ("The model “%s” is not there: put it into "
                    "%s/dot-refine/models, or install DOT Refine again."),
                 shown, g_get_user_data_dir ());
}

/**
 * dot_model_find:
 * @id: the name of its folder, or a path to the folder or its model.json
 *
 * Returns: (transfer full): the model, without its weights
 */
DotModel *
dot_model_find (const char *id, GError **error)
{
  g_autofree char *folder  = model_folder (id);
  g_autofree char *known   = folder ? NULL : dot_known_find_folder (id);
  GError          *problem = NULL;
  DotModel        *model   = NULL;

  if (folder)
    model = model_new_from_folder (folder, &problem);
  else if (known)
    model = model_new_known (id, &problem);
  else
    set_unknown_model (id, &problem);

  if (problem)
    {
      g_propagate_error (error, problem);
      g_clear_pointer (&model, dot_model_unref);
    }
  return model;
}

/**
 * dot_model_new_from_files:
 * @generator: path of an .npz, .safetensors or TorchScript, or a model's id
 *   for that model's generator
 * @discriminator: the same of a discriminator, from wherever it comes
 * @architecture: (nullable): of those that are files; "dcgan" of both,
 *   "dcgan,resnet" of one and the other, "sngan-projection" where it is %NULL
 *
 * Returns: (transfer full): a model of two files, described by the shapes in
 *   them, TorchScript by the model.json beside it; or %NULL with the reason
 *   why they don't go together
 */
DotModel *
dot_model_new_from_files (const char *generator,
                          const char *discriminator,
                          const char *architecture,
                          DotPrior    prior,
                          GError    **error)
{
  return dot_model_new_described (generator, discriminator, architecture, prior, NULL, error);
}

/**
 * dot_model_new_described:
 * @description: (nullable): a file like model.json that says how TorchScript
 *   files are called, where none is beside them
 *
 * Returns: (transfer full): as dot_model_new_from_files()
 */
DotModel *
dot_model_new_described (const char *generator,
                         const char *discriminator,
                         const char *architecture,
                         DotPrior    prior,
                         const char *description,
                         GError    **error)
{
  g_autoptr (DotManifest)
    manifest = dot_manifest_new_from_halves (generator, discriminator, architecture, prior, error);
  g_autofree char *id = NULL;

  if (! manifest || ! describe_files (manifest, description, error))
    return NULL;

  id = g_path_get_basename (generator);
  return model_new (id, g_steal_pointer (&manifest));
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

static void
set_unknown_class (DotModel *model, const char *text, GError **error)
{
  g_autoptr (GString) known = g_string_new (NULL);
  guint n                   = dot_model_get_n_classes (model);

  for (guint i = 0; i < MIN (n, 10); i++)
    g_string_append_printf (known, "%s%s", i ? ", " : "", dot_model_get_class (model, i)->name);
  if (n > 10)
    g_string_append (known, " …");

  g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND, _ ("“%s” is no class of %s: take one of %s."),
               text, model->id, known->str);
}

/**
 * dot_model_find_class:
 * @text: (nullable): a name, a WordNet id, an ImageNet index or a synonym,
 *   in any case; %NULL or empty for the first class
 *
 * Returns: (transfer none): the class, which is the model's.  A model
 *   without labels has one class, and any @text finds it.
 */
const DotClass *
dot_model_find_class (DotModel *model, const char *text, GError **error)
{
  g_autofree char *valid = NULL;
  const DotClass  *klass;

  if (! text || ! *text || ! dot_model_has_labels (model))
    return dot_model_get_class (model, 0);

  valid = g_utf8_make_valid (text, -1);
  klass = dot_classes_find (model->manifest->classes, valid);
  if (! klass)
    set_unknown_class (model, valid, error);
  return klass;
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

  if (! dot_script_is_architecture (manifest->architecture))
    return NULL;

  manifest->script.generator     = manifest->files[0];
  manifest->script.discriminator = manifest->files[1];
  return &manifest->script;
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
    *checksum = dot_file_checksum (model->manifest->files[file], NULL);
  if (! *checksum)
    *checksum = g_strdup ("");
  g_mutex_unlock (&model->checksum_lock);
  return *checksum;
}
