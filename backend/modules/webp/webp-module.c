/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* WebP by libwebp; of an animation the first picture. */

#include "data/webp.h"

#include <gmodule.h>
#include <string.h>
#include <webp/decode.h>
#include <webp/demux.h>

static gboolean
get_size (gconstpointer bytes, gsize n_bytes, guint *width, guint *height)
{
  WebPBitstreamFeatures features;

  if (WebPGetFeatures (bytes, n_bytes, &features) != VP8_STATUS_OK)
    return FALSE;
  *width  = (guint) features.width;
  *height = (guint) features.height;
  return TRUE;
}

static gboolean
copy_first (WebPAnimDecoder *decoder, guint8 *pixels, gsize size)
{
  WebPAnimInfo info;
  guint8      *found;
  int          time;

  if (! WebPAnimDecoderGetInfo (decoder, &info) ||
      (gsize) 4 * info.canvas_width * info.canvas_height != size ||
      ! WebPAnimDecoderGetNext (decoder, &found, &time))
    return FALSE;
  memcpy (pixels, found, size);
  return TRUE;
}

static gboolean
decode (gconstpointer bytes, gsize n_bytes, guint8 *pixels, gsize size)
{
  WebPData               data = { bytes, n_bytes };
  WebPAnimDecoderOptions options;
  WebPAnimDecoder       *decoder;
  gboolean               done;

  if (! WebPAnimDecoderOptionsInit (&options))
    return FALSE;
  options.color_mode = MODE_RGBA;
  decoder            = WebPAnimDecoderNew (&data, &options);
  done               = decoder && copy_first (decoder, pixels, size);
  WebPAnimDecoderDelete (decoder);
  return done;
}

static const DotWebpClass webp_class = {
  .abi      = DOT_WEBP_ABI,
  .get_size = get_size,
  .decode   = decode,
};

G_MODULE_EXPORT const DotWebpClass *dot_webp_module (void);

const DotWebpClass *
dot_webp_module (void)
{
  return &webp_class;
}
