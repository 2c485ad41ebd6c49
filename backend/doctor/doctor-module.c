/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "doctor-module.h"

#include <stdlib.h>

#include "data/webp.h"
#include "download/http.h"
#include "engine/engine.h"
#include "engine/gpu.h"
#include "export/encoder.h"
#include "metrics/algebra.h"

#include "base/intl.h"
#include "base/module.h"
#include "base/paths.h"

#define CHECK       "module"
#define CUDA_MODULE "dotrefine-cuda.so"

/* What each module offers, at least. */
static const struct
{
  const char *name;
  const char *symbol;
  guint       abi;
  gboolean    computes;
} modules[] = {
  { "dotrefine-native.so", DOT_ENGINE_SYMBOL, DOT_ENGINE_ABI, TRUE },
  { "dotrefine-torch.so", DOT_ENGINE_SYMBOL, DOT_ENGINE_ABI, TRUE },
  { CUDA_MODULE, DOT_ENGINE_SYMBOL, DOT_ENGINE_ABI, FALSE },
  { "dotrefine-export.so", DOT_ENCODER_SYMBOL, DOT_ENCODER_ABI, FALSE },
  { "dotrefine-metrics.so", DOT_METRICS_SYMBOL, DOT_METRICS_ABI, FALSE },
  { "dotrefine-webp.so", DOT_WEBP_SYMBOL, DOT_WEBP_ABI, FALSE },
  { "dotrefine-download.so", DOT_HTTP_SYMBOL, DOT_HTTP_ABI, FALSE },
};

/* Returns: (transfer full) (nullable): the library that the loader didn't find */
static char *
find_missing (const char *message)
{
  g_autoptr (GRegex)
    regex = g_regex_new ("([\\w.+-]+\\.so[.\\d]*): cannot open shared object", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  return g_regex_match (regex, message, 0, &match) ? g_match_info_fetch (match, 1) : NULL;
}

/* Without a GPU nobody misses what it needs. */
static void
note_problem (GPtrArray *findings, const char *path, const GError *error)
{
  g_autofree char *missing = find_missing (error->message);
  gboolean         unused  = g_str_has_suffix (path, CUDA_MODULE) && ! dot_gpu_may_exist ();
  DotFindingState  state   = unused ? DOT_FINDING_NONE : DOT_FINDING_PROBLEM;

  if (missing)
    dot_finding_note (findings, CHECK, state,
                      g_strdup_printf (_ ("%s needs %s, which is missing."), path, missing),
                      g_strdup_printf (
                        _ ("Install the package of your system that has %s."), missing));
  else
    dot_finding_note (findings, CHECK, state, g_strdup_printf (_ ("%s can't be loaded."), path),
                      g_strdup (error->message));
}

/* Returns: whether it can compute */
static gboolean
look_at (GPtrArray *findings, const char *folder, guint module)
{
  g_autofree char *path    = g_build_filename (folder, modules[module].name, NULL);
  g_autoptr (GError) error = NULL;

  if (! g_file_test (path, G_FILE_TEST_EXISTS))
    return FALSE;
  if (! dot_module_check (path, modules[module].symbol, modules[module].abi, &error))
    {
      note_problem (findings, path, error);
      return FALSE;
    }
  dot_finding_note (findings, CHECK, DOT_FINDING_FINE, g_strdup_printf (_ ("%s can be loaded."), path),
                    NULL);
  return modules[module].computes;
}

/* Returns: (transfer full): this program's folders, and those of plug-ins, each
 * once, without links */
static GPtrArray *
list_folders (GPtrArray *places)
{
  GPtrArray *folders = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) own = dot_paths_get_module_folders ();

  for (guint i = 0; i < g_strv_length (own) + places->len; i++)
    {
      const char *place = own[MIN (i, g_strv_length (own))];
      char       *real;

      if (! place)
        place = places->pdata[i - g_strv_length (own)];
      real = realpath (place, NULL);
      if (real && ! g_ptr_array_find_with_equal_func (folders, real, g_str_equal, NULL))
        g_ptr_array_add (folders, g_strdup (real));
      free (real);
    }
  return folders;
}

/**
 * dot_doctor_module_look:
 * @findings: gets what is said of each module
 * @places: (element-type filename): the folders of plug-ins that were found
 *
 * Loads each module that there is.
 */
void
dot_doctor_module_look (GPtrArray *findings, GPtrArray *places)
{
  g_autoptr (GPtrArray) folders = list_folders (places);
  gboolean computes             = FALSE;

  for (guint i = 0; i < folders->len; i++)
    for (guint j = 0; j < G_N_ELEMENTS (modules); j++)
      if (look_at (findings, folders->pdata[i], j))
        computes = TRUE;

  if (! computes)
    dot_finding_note (findings, CHECK, DOT_FINDING_PROBLEM,
                      g_strdup (_ ("There is nothing to compute with.")),
                      g_strdup (
                        _ ("Install dotrefine-native.so or dotrefine-torch.so again, or set "
                           "DOT_REFINE_MODULE_DIR to their folder.")));
}
