/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* From a picture's file to a square of 8-bit RGB. */

#include "decode.h"

#include "jpeg.h"
#include "tiff.h"
#include "webp.h"

#include "base/intl.h"

#include <string.h>

/* A file of some bytes may claim any size. */
#define MAX_SIDE   32768
#define MAX_PIXELS ((gsize) 128 * 1000 * 1000)

#define WHITE 0xffffffff

/* What is known of a file that couldn't be decoded: that it says it is too
 * large; that it is of a kind for which there is a loader. */
typedef struct
{
  gboolean too_large;
  gboolean known;
} Reading;

/**
 * dot_decode_has_suffix:
 *
 * Returns: whether a file is called like a picture
 */
gboolean
dot_decode_has_suffix (const char *name)
{
  static const char *const suffixes[] = { "jpg", "jpeg", "png", "bmp",  "gif",
                                          "ppm", "pgm",  "tif", "tiff", "webp" };
  const char              *suffix     = strrchr (name, '.');

  for (guint i = 0; suffix && i < G_N_ELEMENTS (suffixes); i++)
    if (! g_ascii_strcasecmp (suffix + 1, suffixes[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_too_large (gsize width, gsize height)
{
  return width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS;
}

/* A size of 0 makes gdk-pixbuf's own loaders stop before they allocate anything;
 * glycin's decode it nevertheless, in a process of their own. */
static void
check_size (GdkPixbufLoader *loader, int width, int height, Reading *reading)
{
  reading->too_large = is_too_large ((gsize) width, (gsize) height);
  if (reading->too_large)
    gdk_pixbuf_loader_set_size (loader, 0, 0);
}

static void
mark_rows (GdkPixbufLoader *loader, int x, int y, int width, int height, GByteArray *seen)
{
  guint end = (guint) MAX (y + height, 0);
  guint n   = seen->len;

  if (end > n)
    {
      g_byte_array_set_size (seen, end);
      memset (seen->data + n, 0, end - n);
    }
  for (guint row = (guint) MAX (y, 0); row < end; row++)
    seen->data[row] = TRUE;
}

static gboolean
is_all_seen (GdkPixbufLoader *loader, GByteArray *seen)
{
  GdkPixbuf *picture = gdk_pixbuf_loader_get_pixbuf (loader);
  guint      height  = picture ? (guint) gdk_pixbuf_get_height (picture) : 0;

  return height > 0 && seen->len >= height && ! memchr (seen->data, FALSE, height);
}

/* Of a file that is cut off loaders show what there is, and don't complain.
 * Those of JPEGs make up the rest: gdk-pixbuf's own when it is closed, that of
 * glycin (gdk-pixbuf 2.44) begins only then.  Others may wait until then with
 * all they have.  An animation's first picture needn't fill its frame. */
static gboolean
load_whole (GdkPixbufLoader *loader, gconstpointer bytes, gsize n_bytes, GByteArray *seen)
{
  gboolean         done   = gdk_pixbuf_loader_write (loader, bytes, n_bytes, NULL);
  gboolean         before = is_all_seen (loader, seen);
  gboolean         closed = gdk_pixbuf_loader_close (loader, NULL);
  GdkPixbufFormat *format = gdk_pixbuf_loader_get_format (loader);
  g_autofree char *name   = format ? gdk_pixbuf_format_get_name (format) : NULL;

  /* It had to be closed whatever it said. */
  if (! done || ! closed || ! g_strcmp0 (name, "gif"))
    return done && closed;
  return is_all_seen (loader, seen) &&
         (before || g_strcmp0 (name, "jpeg") || dot_jpeg_has_end (bytes, n_bytes));
}

/* One that isn't told the format looks at nothing before it has some KB. */
static GdkPixbufLoader *
new_loader (gconstpointer bytes, gsize n_bytes)
{
  GdkPixbufLoader *loader = NULL;

  if (dot_jpeg_is_jpeg (bytes, n_bytes))
    loader = gdk_pixbuf_loader_new_with_type ("jpeg", NULL);
  return loader ? loader : gdk_pixbuf_loader_new ();
}

static void
free_pixels (guint8 *pixels, gpointer data)
{
  g_free (pixels);
}

static GdkPixbuf *
load_webp (const DotWebpClass *webp, gconstpointer bytes, gsize n_bytes, Reading *reading)
{
  g_autofree guint8 *pixels = NULL;
  gsize              size;
  guint              width;
  guint              height;

  reading->known = TRUE;
  if (! webp->get_size (bytes, n_bytes, &width, &height))
    return NULL;
  reading->too_large = is_too_large (width, height);
  size               = (gsize) 4 * width * height;
  pixels             = reading->too_large ? NULL : g_try_malloc (size);
  if (! pixels || ! webp->decode (bytes, n_bytes, pixels, size))
    return NULL;
  return gdk_pixbuf_new_from_data (g_steal_pointer (&pixels), GDK_COLORSPACE_RGB, TRUE, 8,
                                   (int) width, (int) height, (int) (4 * width), free_pixels, NULL);
}

/* WebP doesn't need GdkPixbuf, which rarely has a loader for it. */
static GdkPixbuf *
load (gconstpointer bytes, gsize n_bytes, Reading *reading)
{
  const DotWebpClass *webp           = dot_webp_is_webp (bytes, n_bytes) ? dot_webp_load () : NULL;
  g_autoptr (GdkPixbufLoader) loader = NULL;
  g_autoptr (GByteArray) seen        = NULL;
  GdkPixbuf *picture;
  gboolean   whole;

  if (webp)
    return load_webp (webp, bytes, n_bytes, reading);

  loader = new_loader (bytes, n_bytes);
  seen   = g_byte_array_new ();
  g_signal_connect (loader, "size-prepared", G_CALLBACK (check_size), reading);
  g_signal_connect (loader, "area-updated", G_CALLBACK (mark_rows), seen);
  whole          = load_whole (loader, bytes, n_bytes, seen);
  reading->known = gdk_pixbuf_loader_get_format (loader) != NULL;
  if (! whole || reading->too_large)
    return NULL;
  picture = gdk_pixbuf_loader_get_pixbuf (loader);
  return picture ? gdk_pixbuf_apply_embedded_orientation (picture) : NULL;
}

/* The square in the middle. */
static GdkPixbuf *
crop (GdkPixbuf *picture)
{
  int width  = gdk_pixbuf_get_width (picture);
  int height = gdk_pixbuf_get_height (picture);
  int side   = MIN (width, height);

  return gdk_pixbuf_new_subpixbuf (picture, (width - side) / 2, (height - side) / 2, side, side);
}

/* What is transparent becomes white.
 *
 * Returns: (transfer full) (nullable) */
static GdkPixbuf *
flatten (GdkPixbuf *square)
{
  int        side = gdk_pixbuf_get_width (square);
  GdkPixbuf *flat;

  if (! gdk_pixbuf_get_has_alpha (square))
    return g_object_ref (square);
  flat = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, side, side);
  if (flat)
    {
      gdk_pixbuf_fill (flat, WHITE);
      gdk_pixbuf_composite (square, flat, 0, 0, side, side, 0.0, 0.0, 1.0, 1.0, GDK_INTERP_NEAREST,
                            255);
    }
  return flat;
}

static void
split_planes (GdkPixbuf *square, guint8 *pixels)
{
  gsize         size   = gdk_pixbuf_get_width (square);
  gsize         stride = gdk_pixbuf_get_rowstride (square);
  const guint8 *bytes  = gdk_pixbuf_read_pixels (square);

  for (gsize c = 0; c < 3; c++)
    for (gsize y = 0; y < size; y++)
      for (gsize x = 0; x < size; x++)
        *pixels++ = bytes[y * stride + 3 * x + c];
}

/**
 * dot_decode_scale:
 * @pixels: (out): (3, size, size)
 *
 * Cuts out the square in the middle and scales it: each new pixel is the mean
 * of the area that it takes the place of, or lies on a line between its
 * neighbours where the picture grows.  What is transparent becomes white.
 *
 * Returns: whether there was enough memory
 */
gboolean
dot_decode_scale (GdkPixbuf *picture, guint size, guint8 *pixels)
{
  g_autoptr (GdkPixbuf) square = crop (picture);
  g_autoptr (GdkPixbuf) flat   = flatten (square);
  g_autoptr (GdkPixbuf) scaled = NULL;

  if (flat && gdk_pixbuf_get_width (flat) == (int) size)
    scaled = g_object_ref (flat);
  else if (flat)
    scaled = gdk_pixbuf_scale_simple (flat, (int) size, (int) size, GDK_INTERP_BILINEAR);
  if (scaled)
    split_planes (scaled, pixels);
  return scaled != NULL;
}

/**
 * dot_decode_picture:
 * @name: for a message
 * @pixels: (out): (3, size, size)
 *
 * Decodes a file's bytes, turned as the camera says.
 */
gboolean
dot_decode_picture (gconstpointer bytes,
                    gsize         n_bytes,
                    const char   *name,
                    guint         size,
                    guint8       *pixels,
                    GError      **error)
{
  Reading reading               = { FALSE };
  g_autoptr (GdkPixbuf) picture = load (bytes, n_bytes, &reading);

  if (picture && dot_decode_scale (picture, size, pixels))
    return TRUE;

  if (reading.too_large)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                 _ ("%s says that it has more than 128 million pixels: make it "
                    "smaller or remove it."),
                 name);
  else if (picture)
    g_set_error (error, DOT_ERROR, DOT_ERROR_NO_MEMORY,
                 _ ("There is not enough memory for %s: make it smaller."), name);
  else if (! reading.known)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                 _ ("%s is of no kind of picture that can be read here: save it as PNG or JPEG, "
                    "or remove it."),
                 name);
  else if (dot_tiff_is_whole (bytes, n_bytes))
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                 _ ("%s is a kind of TIFF that can't be read, as CMYK of 16 bits is: save it as "
                    "RGB of 8 bits, or as PNG."),
                 name);
  else
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                 _ ("%s is damaged: replace or remove it."),
                 name);
  return FALSE;
}
