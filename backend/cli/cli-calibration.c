/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What a pair's scores mean, in words and as JSON. */

#include "config.h"

#include <glib/gi18n.h>

#include "cli-calibration.h"

#include "base/json.h"

/**
 * cli_calibration_add_members:
 * @builder: inside an object
 * @calibration: a calibration
 *
 * Adds all that is known of it.
 */
void
cli_calibration_add_members (JsonBuilder *builder, const DotCalibration *calibration)
{
  dot_json_write_double (builder, "slope", calibration->slope);
  dot_json_write_double (builder, "intercept", calibration->intercept);
  dot_json_write_double (builder, "brier", calibration->brier);
  dot_json_write_int (builder, "n_real", calibration->n_real);
  dot_json_write_int (builder, "n_generated", calibration->n_generated);

  dot_json_write_begin_array (builder, "curve");
  for (guint i = 0; i < DOT_CALIBRATION_BINS; i++)
    {
      json_builder_begin_object (builder);
      dot_json_write_int (builder, "n", calibration->bins[i].n);
      dot_json_write_double (builder, "chance", calibration->bins[i].chance);
      dot_json_write_double (builder, "real", calibration->bins[i].real);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/**
 * cli_calibration_to_text:
 * @calibration: a calibration
 *
 * Returns: (transfer full): it in a line.
 */
char *
cli_calibration_to_text (const DotCalibration *calibration)
{
  char slope[G_ASCII_DTOSTR_BUF_SIZE];
  char intercept[G_ASCII_DTOSTR_BUF_SIZE];
  char brier[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (slope, sizeof (slope), "%.4g", calibration->slope);
  g_ascii_formatd (intercept, sizeof (intercept), "%+.4g", calibration->intercept);
  g_ascii_formatd (brier, sizeof (brier), "%.4f", calibration->brier);
  /* Translators: the logit of a score D, then how good that is, and of what it was made */
  return g_strdup_printf (
    _ ("%s D %s, Brier score %s, real pictures: %zu"), slope, intercept, brier,
                          calibration->n_real);
}
