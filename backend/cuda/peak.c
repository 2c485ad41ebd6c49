/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* What a GPU could do isn't measured yet.
 */

#include "native/peak.h"

#include "backend-intl.h"

/**
 * dot_native_measure_peak:
 *
 * Returns: %FALSE with %DOT_ERROR_NO_BACKEND
 */
gboolean
dot_native_measure_peak (DotPrecision precision,
                         double      *convolution,
                         double      *product,
                         GError     **error)
{
  g_set_error_literal (error, DOT_ERROR, DOT_ERROR_NO_BACKEND,
                       _("A GPU's peak can't be measured yet: take --device "
                         "cpu."));
  return FALSE;
}
