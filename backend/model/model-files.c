/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A model of two files that are in no package, or that other models have. */

#include "model-private.h"

#include "classes.h"
#include "manifest-describe.h"
#include "model-files.h"
#include "model.h"

#include "format/file-kind.h"
#include "format/weights-part.h"
#include "network/architecture-describe.h"

#include "base/intl.h"

#define DEFAULT_ARCHITECTURE "sngan-projection"

/* Where one of the two is from: a file, or that of a model that has it.  The
 * architecture is %NULL where nothing says it, and @prior is what the model.json
 * beside the file says, or −1. */
typedef struct
{
  char     *path;
  char     *architecture;
  int       prior;
  DotModel *model;
} Source;

static void
source_clear (Source *source)
{
  g_free (source->path);
  g_free (source->architecture);
  g_clear_pointer (&source->model, dot_model_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Source, source_clear)

/* "dcgan" for both files, or "dcgan,resnet" for one and the other. */
static char *
architecture_of_file (const char *architecture, guint file)
{
  g_auto (GStrv) words = g_strsplit (architecture, ",", 2);

  return g_strdup (file == 1 && words[0] && words[1] ? words[1] : words[0] ? words[0] : "");
}

static gboolean
source_use_model (Source *source, guint file, GError **error)
{
  if (dot_model_get_problem (source->model))
    {
      g_set_error_literal (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                           dot_model_get_problem (source->model));
      return FALSE;
    }

  source->path         = g_strdup (file == 0 ? dot_model_get_generator (source->model)
                                             : dot_model_get_discriminator (source->model));
  source->architecture = g_strdup (file == 0
                                     ? dot_model_get_architecture (source->model)
                                     : dot_model_get_discriminator_architecture (source->model));
  return TRUE;
}

/* @name: (out) (transfer full) (nullable): what the names of the file's arrays
 *   tell */
static gboolean
find_named (const char *path, guint file, char **name, GError **error)
{
  g_autoptr (GError) problem          = NULL;
  g_autoptr (DotWeights) weights      = dot_weights_part_open (path, file, NULL);
  DotPairShape           shape        = { 0 };
  const DotArchitecture *architecture = NULL;

  if (weights)
    architecture = dot_architecture_describe_find (weights, file == 0, &shape, &problem);
  *name = architecture ? g_strdup (architecture->name) : NULL;
  if (! problem)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/**
 * dot_model_files_guess:
 * @path: a generator's or a discriminator's file
 * @file: 0 for the generator, 1 for the discriminator
 * @architecture: (out) (transfer full) (nullable): how it is built: what the
 *   file is, or the model.json beside it says; %NULL where nothing does
 * @prior: (out): what that says of the latents, or −1
 *
 * Returns: %FALSE with what the file is, where it can't be any network
 */
gboolean
dot_model_files_guess (const char *path,
                       guint       file,
                       char      **architecture,
                       int        *prior,
                       GError    **error)
{
  g_autoptr (GError) problem     = NULL;
  g_autoptr (DotManifest) beside = NULL;
  const char *said               = NULL;

  *architecture = NULL;
  *prior        = -1;
  if (! dot_file_kind_expect (path, DOT_FILE_WANT_NETWORK, error))
    return FALSE;
  if (dot_file_kind_find (path) == DOT_FILE_KIND_TORCHSCRIPT)
    {
      *architecture = g_strdup (DOT_SCRIPT_ARCHITECTURE);
      return TRUE;
    }

  beside = dot_manifest_read_beside (path, file, &problem);
  if (problem)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (! beside)
    return find_named (path, file, architecture, error);
  if (dot_manifest_has_script (beside))
    return TRUE;

  said          = file == 1 ? beside->discriminator_architecture : NULL;
  *architecture = g_strdup (said ? said : beside->architecture);
  *prior        = beside->prior;
  return TRUE;
}

/* What is no file and has no folder in its name is the name of a model. */
static gboolean
source_init (Source *source, const char *text, guint file, const char *architecture, GError **error)
{
  if (! g_file_test (text, G_FILE_TEST_IS_REGULAR) &&
      (! strchr (text, '/') || g_file_test (text, G_FILE_TEST_IS_DIR)))
    {
      source->model = dot_model_find (text, error);
      return source->model && source_use_model (source, file, error);
    }

  source->path = g_strdup (text);
  if (! architecture)
    return dot_model_files_guess (text, file, &source->architecture, &source->prior, error);
  source->architecture = architecture_of_file (architecture, file);
  return TRUE;
}

/* What is said of one of the two holds for the other, where nothing is. */
static void
share_architecture (Source *g, Source *d)
{
  if (! g->architecture)
    g->architecture = g_strdup (d->architecture ? d->architecture : DEFAULT_ARCHITECTURE);
  if (! d->architecture)
    d->architecture = g_strdup (g->architecture);
}

/* Where both models know their classes these must be the same ones. */
static gboolean
check_classes (const Source *g, const Source *d, GError **error)
{
  guint n = g->model && d->model ? dot_model_get_n_classes (g->model) : 0;

  if (n > 0 && n != dot_model_get_n_classes (d->model))
    return TRUE;

  for (guint i = 0; i < n; i++)
    {
      const DotClass *a = dot_model_get_class (g->model, i);
      const DotClass *b = dot_model_get_class (d->model, i);

      if (g_strcmp0 (a->wnid, b->wnid) != 0)
        {
          g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                       _ ("Label %u is %s in %s and %s in %s: give a generator "
                          "and a discriminator of the same classes."),
                       i, a->name, dot_model_get_id (g->model), b->name,
                       dot_model_get_id (d->model));
          return FALSE;
        }
    }
  return TRUE;
}

static GArray *
copy_classes (DotModel *model)
{
  GArray *classes = g_array_new (FALSE, TRUE, sizeof (DotClass));

  for (guint i = 0; i < dot_model_get_n_classes (model); i++)
    g_array_append_vals (classes, dot_model_get_class (model, i), 1);
  return classes;
}

static DotPrior
get_prior (const Source *generator, DotPrior given)
{
  if (generator->model)
    return dot_model_get_prior (generator->model);
  return generator->prior >= 0 ? (DotPrior) generator->prior : given;
}

static DotManifest *
manifest_new (Source *g, Source *d, DotPrior prior)
{
  DotManifest *manifest = g_new0 (DotManifest, 1);
  DotModel    *named    = g->model ? g->model : d->model;

  manifest->title                      = g_path_get_basename (g->path);
  manifest->license                    = g_strdup (_ ("unknown"));
  manifest->provenance                 = g_strdup (_ ("the person's own files"));
  manifest->architecture               = g_steal_pointer (&g->architecture);
  manifest->discriminator_architecture = g_steal_pointer (&d->architecture);
  manifest->files[0]                   = g_steal_pointer (&g->path);
  manifest->files[1]                   = g_steal_pointer (&d->path);
  manifest->prior                      = get_prior (g, prior);
  manifest->classes                    = named ? copy_classes (named) : NULL;
  return manifest;
}

/* What is known of the two before they are described; the classes are those of
 * a model that one of them is of, or %NULL. */
static DotManifest *
read_files (const char *generator,
            const char *discriminator,
            const char *architecture,
            DotPrior    prior,
            GError    **error)
{
  g_auto (Source) g = { .prior = -1 };
  g_auto (Source) d = { .prior = -1 };

  if (! source_init (&g, generator, 0, architecture, error) ||
      ! source_init (&d, discriminator, 1, architecture, error) || ! check_classes (&g, &d, error))
    return NULL;

  share_architecture (&g, &d);
  return manifest_new (&g, &d, prior);
}

/**
 * dot_model_new_from_files:
 * @generator: path of an .npz, .safetensors or TorchScript, or a model's id
 *   for that model's generator
 * @discriminator: the same of a discriminator, from wherever it comes
 * @architecture: (nullable): of those that are files; "dcgan" of both,
 *   "dcgan,resnet" of one and the other; where it is %NULL what the files and
 *   the model.json beside them say, or "sngan-projection"
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
  return dot_model_files_new_described (generator, discriminator, architecture, prior, NULL, error);
}

/**
 * dot_model_files_new_described:
 * @description: (nullable): a file like model.json that says how TorchScript
 *   files are called, where none is beside them
 *
 * Returns: (transfer full): as dot_model_new_from_files()
 */
DotModel *
dot_model_files_new_described (const char *generator,
                               const char *discriminator,
                               const char *architecture,
                               DotPrior    prior,
                               const char *description,
                               GError    **error)
{
  g_autoptr (DotManifest)
    manifest          = read_files (generator, discriminator, architecture, prior, error);
  g_autofree char *id = NULL;

  if (! manifest || ! dot_manifest_describe (manifest, description, error))
    return NULL;

  id = g_path_get_basename (generator);
  return dot_model_new (id, g_steal_pointer (&manifest));
}
