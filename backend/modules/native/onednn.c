/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What oneDNN answers, as errors of ours. */

#include "onednn.h"

#include "base/intl.h"

/**
 * dot_onednn_check:
 *
 * Returns: whether @status is a success; sets @error where it isn't
 */
gboolean
dot_onednn_check (dnnl_status_t status, GError **error)
{
  if (status == dnnl_success)
    return TRUE;

  if (status == dnnl_out_of_memory)
    g_set_error_literal (error, DOT_ERROR, DOT_ERROR_NO_MEMORY,
                         _ ("There is not enough memory: close other programs, "
                            "or ask for fewer candidates or a smaller model."));
  else
    g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
                 _ ("oneDNN failed (status %d): take --engine torch."), (int) status);
  return FALSE;
}
