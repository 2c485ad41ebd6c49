/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "doctor-model.h"

#include "engine/load.h"
#include "model/model.h"

#include "base/intl.h"
#include "base/paths.h"

#define CHECK "model"

/* Reads all of both files. */
static gboolean
look_at (GPtrArray *findings, DotModel *model)
{
  g_autoptr (GError) error = NULL;
  const char *id           = dot_model_get_id (model);
  const char *problem      = dot_model_get_problem (model);

  if (! problem && dot_load_check_files (model, &error))
    {
      dot_finding_note (findings, CHECK, DOT_FINDING_FINE, g_strdup_printf (_ ("%s is whole."), id),
                        NULL);
      return TRUE;
    }
  dot_finding_note (findings, CHECK, DOT_FINDING_PROBLEM, g_strdup_printf (_ ("%s is broken."), id),
                    g_strdup (problem ? problem : error->message));
  return FALSE;
}

/**
 * dot_doctor_model_look:
 * @findings: gets what is said of each model that is there
 *
 * Those that could be downloaded aren't there.
 */
void
dot_doctor_model_look (GPtrArray *findings)
{
  g_autoptr (GPtrArray) models = dot_model_list ();
  g_autofree char *own         = dot_paths_get_user_models ();
  guint            n_whole     = 0;

  for (guint i = 0; i < models->len; i++)
    if (dot_model_get_bytes (models->pdata[i]) > 0 || ! dot_model_get_problem (models->pdata[i]))
      n_whole += look_at (findings, models->pdata[i]);

  if (n_whole == 0)
    dot_finding_note (findings, CHECK, DOT_FINDING_PROBLEM,
                      g_strdup (_ ("There is no model to paint with.")),
                      g_strdup_printf (
                        _ ("Install DOT Refine again, or put a model into %s."), own));
}
