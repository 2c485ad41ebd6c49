/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* GIF by giflib.  Leptonica chooses 256 colours for each frame, by median cut,
 * and spreads what they miss over their neighbours (Floyd and Steinberg). */

#include "export/encoder.h"

#include "base/intl.h"

#include <gif_lib.h>
#include <leptonica/allheaders.h>
#include <stdbool.h>

#define N_COLORS  256
#define DITHER    1
#define BITS      6
#define MAX_BYTES (G_MAXINT32 / 2)

typedef struct
{
  const DotAnimation *animation;
  GByteArray         *bytes;
  GifFileType        *file;
  ColorMapObject     *map;
  guint8             *pixels;
  guint8             *indices;
} Gif;

static void
gif_clear (Gif *gif)
{
  if (gif->file)
    EGifCloseFile (gif->file, NULL);
  GifFreeMapObject (gif->map);
  g_clear_pointer (&gif->bytes, g_byte_array_unref);
  g_free (gif->pixels);
  g_free (gif->indices);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Gif, gif_clear)

static gboolean
gif_fail (GError **error)
{
  g_set_error_literal (error, DOT_ERROR, DOT_ERROR_NO_MEMORY,
                       _ ("There is not enough memory for this GIF, or it would have more than 1 "
                          "GB: export fewer frames, or at a smaller scale."));
  return FALSE;
}

/* An array of GLib's aborts where it can't grow. */
static int
write_bytes (GifFileType *file, const GifByteType *bytes, int size)
{
  Gif *gif = file->UserData;

  if (gif->bytes->len + (guint) size > MAX_BYTES)
    return 0;
  g_byte_array_append (gif->bytes, bytes, (guint) size);
  return size;
}

static gboolean
gif_init (Gif *gif, const DotAnimation *animation, GError **error)
{
  gsize n_pixels = (gsize) animation->width * animation->height;

  gif->animation = animation;
  gif->bytes     = g_byte_array_new ();
  gif->map       = GifMakeMapObject (N_COLORS, NULL);
  gif->pixels    = g_try_malloc (3 * n_pixels);
  gif->indices   = g_try_malloc (n_pixels);
  gif->file      = EGifOpen (gif, write_bytes, NULL);

  if (gif->map && gif->pixels && gif->indices && gif->file)
    return TRUE;
  return gif_fail (error);
}

static gboolean
put_begin (Gif *gif)
{
  const DotAnimation *animation = gif->animation;

  EGifSetGifVersion (gif->file, true);
  return EGifPutScreenDesc (gif->file, (int) animation->width, (int) animation->height, 8, 0,
                            NULL) == GIF_OK &&
         EGifPutComment (gif->file, "DOT Refine " DOT_VERSION) == GIF_OK;
}

/* What browsers took over from Netscape: 0 is for ever. */
static gboolean
put_loop (Gif *gif)
{
  static const guint8 for_ever[] = { 1, 0, 0 };
  GifFileType        *file       = gif->file;

  if (gif->animation->n_frames < 2)
    return TRUE;
  return EGifPutExtensionLeader (file, APPLICATION_EXT_FUNC_CODE) == GIF_OK &&
         EGifPutExtensionBlock (file, 11, "NETSCAPE2.0") == GIF_OK &&
         EGifPutExtensionBlock (file, sizeof (for_ever), for_ever) == GIF_OK &&
         EGifPutExtensionTrailer (file) == GIF_OK;
}

static PIX *
make_pix (const Gif *gif)
{
  int  width  = (int) gif->animation->width;
  int  height = (int) gif->animation->height;
  PIX *pix    = pixCreateNoInit (width, height, 32);

  for (int y = 0; pix && y < height; y++)
    {
      const guint8 *pixels = gif->pixels + 3 * (gsize) y * width;
      l_uint32     *line   = pixGetData (pix) + (gsize) y * pixGetWpl (pix);

      for (int x = 0; x < width; x++)
        composeRGBPixel (pixels[3 * x], pixels[3 * x + 1], pixels[3 * x + 2], line + x);
    }
  return pix;
}

/* Where there are no more than a palette holds, the same colours. */
static PIX *
choose_colors (PIX *pix)
{
  PIX *chosen = pixConvertRGBToCmapLossless (pix);
  PIX *bytes;

  if (! chosen)
    return pixMedianCutQuantGeneral (pix, DITHER, 8, N_COLORS, BITS, 1, 0);

  bytes = pixConvertTo8 (chosen, TRUE);
  pixDestroy (&chosen);
  return bytes;
}

static void
take_colors (Gif *gif, PIX *pix)
{
  int width  = (int) gif->animation->width;
  int height = (int) gif->animation->height;

  for (int i = 0; i < N_COLORS; i++)
    {
      l_int32 red = 0, green = 0, blue = 0;

      if (i < pixcmapGetCount (pixGetColormap (pix)))
        pixcmapGetColor (pixGetColormap (pix), i, &red, &green, &blue);
      gif->map->Colors[i] = (GifColorType) { red, green, blue };
    }
  for (int y = 0; y < height; y++)
    {
      l_uint32 *line = pixGetData (pix) + (gsize) y * pixGetWpl (pix);

      for (int x = 0; x < width; x++)
        gif->indices[(gsize) y * width + x] = GET_DATA_BYTE (line, x);
    }
}

static gboolean
find_colors (Gif *gif)
{
  PIX     *pix    = make_pix (gif);
  PIX     *chosen = pix ? choose_colors (pix) : NULL;
  gboolean found  = chosen && pixGetColormap (chosen);

  if (found)
    take_colors (gif, chosen);
  pixDestroy (&chosen);
  pixDestroy (&pix);
  return found;
}

static gboolean
put_control (Gif *gif)
{
  const GraphicsControlBlock control = {
    .DisposalMode     = DISPOSE_DO_NOT,
    .DelayTime        = (int) ((gif->animation->delay + 5) / 10),
    .TransparentColor = NO_TRANSPARENT_COLOR,
  };
  GifByteType bytes[4];

  EGifGCBToExtension (&control, bytes);
  return EGifPutExtension (gif->file, GRAPHICS_EXT_FUNC_CODE, sizeof (bytes), bytes) == GIF_OK;
}

static gboolean
put_image (Gif *gif)
{
  int width  = (int) gif->animation->width;
  int height = (int) gif->animation->height;

  if (EGifPutImageDesc (gif->file, 0, 0, width, height, false, gif->map) != GIF_OK)
    return FALSE;
  for (int y = 0; y < height; y++)
    if (EGifPutLine (gif->file, gif->indices + (gsize) y * width, width) != GIF_OK)
      return FALSE;
  return TRUE;
}

static gboolean
put_frame (Gif *gif, guint index, GError **error)
{
  if (! gif->animation->paint (gif->animation->data, index, gif->pixels, error))
    return FALSE;
  return (find_colors (gif) && put_control (gif) && put_image (gif)) || gif_fail (error);
}

static gboolean
put_end (Gif *gif)
{
  GifFileType *file = g_steal_pointer (&gif->file);

  return EGifCloseFile (file, NULL) == GIF_OK;
}

GBytes *
dot_gif_encode (const DotAnimation *animation, GError **error)
{
  g_auto (Gif) gif = {
    0,
  };

  if (! gif_init (&gif, animation, error))
    return NULL;
  if (! put_begin (&gif) || ! put_loop (&gif))
    {
      gif_fail (error);
      return NULL;
    }
  for (guint i = 0; i < animation->n_frames; i++)
    if (! put_frame (&gif, i, error))
      return NULL;
  if (! put_end (&gif))
    {
      gif_fail (error);
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&gif.bytes));
}
