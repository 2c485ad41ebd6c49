/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* WebP by libwebp's own encoder of animations. */

#include "export/encoder.h"

#include "base/intl.h"

#include <webp/encode.h>
#include <webp/mux.h>

#define LOSSLESS 100

/* Of libwebp's ten levels the usual one: small enough, and not slow. */
#define EFFORT 6

typedef struct
{
  const DotAnimation *animation;
  guint8             *pixels;
  WebPAnimEncoder    *encoder;
  WebPConfig          config;
} WebP;

static void
webp_clear (WebP *webp)
{
  g_clear_pointer (&webp->encoder, WebPAnimEncoderDelete);
  g_free (webp->pixels);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WebP, webp_clear)

static gboolean
webp_fail (const WebP *webp, GError **error)
{
  const char *reason = webp->encoder ? WebPAnimEncoderGetError (webp->encoder) : NULL;

  g_set_error (error, DOT_ERROR, DOT_ERROR_NO_MEMORY,
               _ ("The WebP can't be made (%s): free some memory, or export "
                  "fewer frames or at a smaller scale."),
               reason && *reason ? reason : _ ("no memory"));
  return FALSE;
}

static gboolean
webp_init (WebP *webp, const DotAnimation *animation, GError **error)
{
  WebPAnimEncoderOptions options;

  webp->animation = animation;
  webp->pixels    = g_try_malloc (3 * (gsize) animation->width * animation->height);
  if (! webp->pixels || ! WebPConfigInit (&webp->config) || ! WebPAnimEncoderOptionsInit (&options))
    return webp_fail (webp, error);

  if (animation->quality < LOSSLESS)
    webp->config.quality = animation->quality;
  else if (! WebPConfigLosslessPreset (&webp->config, EFFORT))
    return webp_fail (webp, error);

  options.anim_params.loop_count = 0;
  webp->encoder = WebPAnimEncoderNew ((int) animation->width, (int) animation->height, &options);
  return webp->encoder || webp_fail (webp, error);
}

static gboolean
add_pixels (WebP *webp, int time, GError **error)
{
  WebPPicture picture;
  gboolean    added;

  if (! WebPPictureInit (&picture))
    return webp_fail (webp, error);

  picture.use_argb = 1;
  picture.width    = (int) webp->animation->width;
  picture.height   = (int) webp->animation->height;
  added            = WebPPictureImportRGB (&picture, webp->pixels, 3 * picture.width) &&
          WebPAnimEncoderAdd (webp->encoder, &picture, time, &webp->config);
  WebPPictureFree (&picture);
  return added || webp_fail (webp, error);
}

/* Times are counted in an int. */
static gboolean
check_time (const DotAnimation *animation, GError **error)
{
  if ((guint64) animation->n_frames * animation->delay <= G_MAXINT)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("%u frames of %u ms are too long for a WebP: show them more briefly."),
               animation->n_frames, animation->delay);
  return FALSE;
}

static gboolean
add_frames (WebP *webp, GError **error)
{
  const DotAnimation *animation = webp->animation;

  for (guint i = 0; i < animation->n_frames; i++)
    if (! animation->paint (animation->data, i, webp->pixels, error) ||
        ! add_pixels (webp, (int) (i * animation->delay), error))
      return FALSE;
  return WebPAnimEncoderAdd (webp->encoder, NULL, (int) (animation->n_frames * animation->delay),
                             NULL) ||
         webp_fail (webp, error);
}

static void
free_bytes (gpointer bytes)
{
  WebPFree (bytes);
}

GBytes *
dot_webp_encode (const DotAnimation *animation, GError **error)
{
  g_auto (WebP) webp = {
    0,
  };
  WebPData data;

  if (! check_time (animation, error) || ! webp_init (&webp, animation, error) ||
      ! add_frames (&webp, error))
    return NULL;

  WebPDataInit (&data);
  if (! WebPAnimEncoderAssemble (webp.encoder, &data))
    {
      webp_fail (&webp, error);
      return NULL;
    }
  return g_bytes_new_with_free_func (data.bytes, data.size, free_bytes, (gpointer) data.bytes);
}
