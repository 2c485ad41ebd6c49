/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "export/encoder.h"

#include <gmodule.h>
#include <leptonica/allheaders.h>

static const DotEncoderClass encoder_class = {
  .abi         = DOT_ENCODER_ABI,
  .encode_gif  = dot_gif_encode,
  .encode_webp = dot_webp_encode,
  .paint_text  = dot_text_paint,
  .draw_plot   = dot_plot_encode,
};

G_MODULE_EXPORT const DotEncoderClass *dot_encoder_module (void);

const DotEncoderClass *
dot_encoder_module (void)
{
  /* What fails is said in our own sentence. */
  setMsgSeverity (L_SEVERITY_NONE);
  return &encoder_class;
}
