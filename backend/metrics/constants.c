/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The Lipschitz constants of a pair's classes, of which several machines may
 * find some each. */

#include "constants.h"

#include "base/whole-file.h"
#include "base/work-folder.h"
#include "engine/k-eff.h"
#include "engine/pair-cache.h"
#include "engine/pair.h"
#include "format/npy.h"

#include <math.h>

/* In the folder of the work. */
#define FOLDER "constants"

typedef struct
{
  DotPair        *pair;
  GPtrArray      *classes;
  DotWorkFolder  *folder; /* NULL: nothing is kept but in the cache */
  DotProgressFunc progress;
  gpointer        user_data;
} Finding;

/* A pair without classes has one all the same. */
static GPtrArray *
list_classes (DotModel *model, const DotClass *only, GError **error)
{
  g_autoptr (GPtrArray) classes = g_ptr_array_new ();
  guint n                       = dot_model_get_n_classes (model);

  if (! only && n < 2 && ! (only = dot_model_find_class (model, NULL, error)))
    return NULL;
  if (only)
    g_ptr_array_add (classes, (gpointer) only);
  for (guint i = 0; ! only && i < n; i++)
    g_ptr_array_add (classes, (gpointer) dot_model_get_class (model, i));
  return g_steal_pointer (&classes);
}

/*  what is kept  */

static char *
describe (DotPair *pair, const GPtrArray *classes)
{
  DotModel       *model    = dot_pair_get_model (pair);
  const DotClass *first    = g_ptr_array_index (classes, 0);
  g_autoptr (GString) text = g_string_new ("constants 1");

  g_string_append_printf (text, " %s %s %s %d %u %d %d %s", dot_model_get_checksum (model, 0),
                          dot_model_get_checksum (model, 1), dot_model_get_architecture (model),
                          dot_model_get_prior (model), first->label, dot_pair_get_engine (pair),
                          dot_pair_get_precision (pair), dot_pair_get_device_name (pair));
  dot_pair_cache_append_settings (text, model);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
name_constants (gsize part, gpointer data)
{
  const GPtrArray *classes = data;
  const DotClass  *klass   = g_ptr_array_index (classes, part);

  return g_strdup_printf ("class-%08u.npy", klass->label);
}

static gboolean
open_folder (Finding *finding, const char *work, DotShard shard, GError **error)
{
  g_autofree char *path        = g_build_filename (work, FOLDER, NULL);
  g_autofree char *identity    = describe (finding->pair, finding->classes);
  g_autofree char *description = NULL;
  DotModel        *model       = dot_pair_get_model (finding->pair);
  DotWork          parts       = {
                   .identity  = identity,
                   .shard     = shard,
                   .n_parts   = finding->classes->len,
                   .name      = name_constants,
                   .user_data = finding->classes,
  };

  description       = dot_line_from_text (dot_model_get_id (model));
  parts.description = description;
  finding->folder   = dot_work_folder_open (path, &parts, error);
  return finding->folder != NULL;
}

/* FALSE where there are none that fit: they are found anew then. */
static gboolean
load_constants (const Finding *finding, gsize part, DotConstant *constant)
{
  g_autofree char   *path   = dot_work_folder_get_path (finding->folder, part);
  DotNpyHeader       header = { 0 };
  g_autofree double *values = NULL;

  if (! g_file_test (path, G_FILE_TEST_EXISTS) || ! (values = dot_npy_read (path, &header, NULL)) ||
      header.n_items != 2 || ! isfinite (values[0] + values[1]))
    return FALSE;

  constant->latent = values[0];
  constant->target = values[1];
  return TRUE;
}

static gboolean
save_constants (const Finding *finding, gsize part, const DotConstant *constant, GError **error)
{
  g_autofree char *path    = dot_work_folder_get_path (finding->folder, part);
  const double     both[2] = { constant->latent, constant->target };
  g_autoptr (GBytes) bytes = dot_latents_to_npy (both, 1, 2);

  return dot_whole_file_save (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                              error);
}

/*  finding  */

static gboolean
find_one (const Finding *finding, DotConstant *constant, GCancellable *cancellable, GError **error)
{
  constant->latent = dot_k_eff_get (finding->pair, constant->klass, DOT_SPACE_LATENT,
                                    finding->progress, finding->user_data, cancellable, error);
  if (constant->latent == 0.0)
    return FALSE;

  constant->target = dot_k_eff_get (finding->pair, constant->klass, DOT_SPACE_TARGET,
                                    finding->progress, finding->user_data, cancellable, error);
  return constant->target != 0.0;
}

static gboolean
find_or_load (const Finding *finding,
              gsize          part,
              DotConstant   *constant,
              GCancellable  *cancellable,
              GError       **error)
{
  if (finding->folder && load_constants (finding, part, constant))
    return TRUE;
  return find_one (finding, constant, cancellable, error) &&
         (! finding->folder || save_constants (finding, part, constant, error));
}

static gboolean
find_all (const Finding *finding,
          DotShard       shard,
          GArray        *constants,
          GCancellable  *cancellable,
          GError       **error)
{
  for (guint part = 0; part < finding->classes->len; part++)
    {
      DotConstant constant = { .klass = g_ptr_array_index (finding->classes, part) };

      if (! dot_shard_has (shard, part))
        continue;
      if (! find_or_load (finding, part, &constant, cancellable, error))
        return FALSE;
      g_array_append_val (constants, constant);
    }
  return TRUE;
}

/**
 * dot_constants_find:
 * @only: (nullable): one of the model's classes; %NULL for all
 * @work: (nullable): the folder that shards work in, where they are kept in one
 *   of their own
 * @shard: of which classes they are found
 *
 * Asks for k_eff(y) and K_eff(y), which are estimated where they aren't known.
 *
 * Returns: (transfer full) (element-type DotConstant): those of the shard
 */
GArray *
dot_constants_find (DotPair        *pair,
                    const DotClass *only,
                    const char     *work,
                    DotShard        shard,
                    DotProgressFunc progress,
                    gpointer        user_data,
                    GCancellable   *cancellable,
                    GError        **error)
{
  g_autoptr (GPtrArray) classes    = list_classes (dot_pair_get_model (pair), only, error);
  g_autoptr (GArray) constants     = g_array_new (FALSE, FALSE, sizeof (DotConstant));
  g_autoptr (DotWorkFolder) folder = NULL;
  Finding finding                  = {
                     .pair      = pair,
                     .classes   = classes,
                     .progress  = progress,
                     .user_data = user_data,
  };

  if (! classes || (work && ! open_folder (&finding, work, shard, error)))
    return NULL;
  folder = finding.folder;
  return find_all (&finding, shard, constants, cancellable, error) ? g_steal_pointer (&constants)
                                                                   : NULL;
}
