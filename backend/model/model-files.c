/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* A model of two files that are in no package, or of two models' halves. */

#include "model-files.h"

#include "classes.h"
#include "model.h"

#include "base/intl.h"

#define DEFAULT_ARCHITECTURE "sngan-projection"

/* One half: a file, or that of a model that has it. */
typedef struct
{
  char     *path;
  char     *architecture;
  DotModel *model;
} Half;

static void
half_clear (Half *half)
{
  g_free (half->path);
  g_free (half->architecture);
  g_clear_pointer (&half->model, dot_model_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Half, half_clear)

/* "dcgan" for both files, or "dcgan,resnet" for one and the other. */
static char *
architecture_of_file (const char *architecture, guint file)
{
  g_auto (GStrv) words = g_strsplit (architecture ? architecture : DEFAULT_ARCHITECTURE, ",", 2);

  return g_strdup (file == 1 && words[0] && words[1] ? words[1] : words[0] ? words[0] : "");
}

static gboolean
half_use_model (Half *half, guint file, GError **error)
{
  if (dot_model_get_problem (half->model))
    {
      g_set_error_literal (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                           dot_model_get_problem (half->model));
      return FALSE;
    }

  half->path         = g_strdup (file == 0 ? dot_model_get_generator (half->model)
                                           : dot_model_get_discriminator (half->model));
  half->architecture = g_strdup (file == 0
                                   ? dot_model_get_architecture (half->model)
                                   : dot_model_get_discriminator_architecture (half->model));
  return TRUE;
}

/* What is no file and has no folder in its name is the name of a model. */
static gboolean
half_init (Half *half, const char *text, guint file, const char *architecture, GError **error)
{
  if (! g_file_test (text, G_FILE_TEST_IS_REGULAR) &&
      (! strchr (text, '/') || g_file_test (text, G_FILE_TEST_IS_DIR)))
    {
      half->model = dot_model_find (text, error);
      return half->model && half_use_model (half, file, error);
    }

  half->path         = g_strdup (text);
  half->architecture = architecture_of_file (architecture, file);
  return TRUE;
}

/* Where both halves know their classes these must be the same ones. */
static gboolean
check_classes (const Half *g, const Half *d, GError **error)
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

static DotManifest *
manifest_new (Half *g, Half *d, DotPrior prior)
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
  manifest->prior                      = g->model ? dot_model_get_prior (g->model) : prior;
  manifest->classes                    = named ? copy_classes (named) : NULL;
  return manifest;
}

/**
 * dot_manifest_new_from_halves:
 *
 * Returns: (transfer full): what is known of two halves before they are
 *   described; the classes are those of a model that one of them is of, or
 *   %NULL
 */
DotManifest *
dot_manifest_new_from_halves (const char *generator,
                              const char *discriminator,
                              const char *architecture,
                              DotPrior    prior,
                              GError    **error)
{
  g_auto (Half) g = {
    NULL,
  };
  g_auto (Half) d = {
    NULL,
  };

  if (! half_init (&g, generator, 0, architecture, error) ||
      ! half_init (&d, discriminator, 1, architecture, error) || ! check_classes (&g, &d, error))
    return NULL;
  return manifest_new (&g, &d, prior);
}
