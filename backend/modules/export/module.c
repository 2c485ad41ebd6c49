/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#include "export/encoder.h"

#include <gmodule.h>
#include <leptonica/allheaders.h>

static const DotEncoderClass encoder_class = {
  .abi         = DOT_ENCODER_ABI,
  .encode_gif  = dot_encode_gif,
  .encode_webp = dot_encode_webp,
  .paint_text  = dot_paint_text,
  .draw_plot   = dot_draw_plot,
};

G_MODULE_EXPORT const DotEncoderClass *dot_encoder_module (void);

const DotEncoderClass *
dot_encoder_module (void)
{
  /* What fails is said in our own sentence. */
  setMsgSeverity (L_SEVERITY_NONE);
  return &encoder_class;
}
