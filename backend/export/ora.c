/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* OpenRaster 0.0.5: a zip archive of layers as PNG and of XML that stacks them
 * (https://www.openraster.org). */

#include "exporting.h"

#include "format/zip-writer.h"
#include "grid.h"
#include "layout.h"
#include "refine/pixels.h"

#include "base/intl.h"

#include <string.h>

#define MIME_TYPE      "image/openraster"
#define THUMBNAIL_SIDE 256

typedef struct
{
  const DotExporting *exporting;
  DotLayout           layout;
  DotZipWriter       *writer;
  GdkPixbuf          *merged;
  GPtrArray          *elements;
} Ora;

static void
ora_clear (Ora *ora)
{
  g_clear_pointer (&ora->writer, dot_zip_writer_free);
  g_clear_object (&ora->merged);
  g_clear_pointer (&ora->elements, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ora, ora_clear)

static gboolean
measure (Ora *ora, GError **error)
{
  g_auto (DotGrid) grid;

  dot_grid_init (&grid, ora->exporting->frames);
  return dot_layout_init (&ora->layout, ora->exporting->options, grid.rows->len, grid.updates->len,
                          grid.width, grid.height, error);
}

/* Transparent where frames of different sizes leave a rest. */
static gboolean
ora_init (Ora *ora, const DotExporting *exporting, GError **error)
{
  ora->exporting = exporting;
  ora->elements  = g_ptr_array_new_with_free_func (g_free);
  if (! measure (ora, error))
    return FALSE;

  ora->merged = gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, (int) ora->layout.width,
                                (int) ora->layout.height);
  if (! ora->merged)
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_NO_MEMORY,
                   _ ("There is not enough memory to make %s: export fewer "
                      "pictures, or at a smaller scale."),
                   exporting->options->path);
      return FALSE;
    }
  gdk_pixbuf_fill (ora->merged, 0);
  ora->writer = dot_zip_writer_new (exporting->options->path, error);
  return ora->writer != NULL;
}

static gboolean
add_text (Ora *ora, const char *member, const char *text, gboolean stored, GError **error)
{
  return dot_zip_writer_add (ora->writer, member, (guint8 *) strdup (text), strlen (text), stored,
                             error);
}

/* PNGs are deflated already. */
static gboolean
add_picture (Ora        *ora,
             const char *member,
             GdkPixbuf  *picture,
             const char *title,
             const char *state,
             GError    **error)
{
  char *bytes;
  gsize size;

  return dot_pixels_encode (picture, title, state, &bytes, &size, error) &&
         dot_zip_writer_add (ora->writer, member, (guint8 *) bytes, size, TRUE, error);
}

/* What XML can't say, such as a control character, isn't in a title. */
static char *
make_element (const char *title, const char *member, int x, int y)
{
  g_autofree char *line = dot_line_from_text (title);
  g_autofree char *name = g_markup_escape_text (line, -1);

  return g_strdup_printf ("    <layer name=\"%s\" src=\"%s\" x=\"%d\" y=\"%d\" opacity=\"1.0\" "
                          "visibility=\"visible\" composite-op=\"svg:src-over\"/>\n",
                          name, member, x, y);
}

static gboolean
add_layer (Ora *ora, guint position, GError **error)
{
  const DotFrame  *frame        = dot_exporting_get_frame (ora->exporting, position);
  g_autofree char *member       = g_strdup_printf ("data/layer%05u.png", position);
  g_autoptr (GdkPixbuf) picture = NULL;
  int width, height, x, y;

  picture = dot_exporting_get_picture (ora->exporting, frame, error);
  if (! picture)
    return FALSE;

  width  = gdk_pixbuf_get_width (picture);
  height = gdk_pixbuf_get_height (picture);
  x      = ((int) ora->layout.width - width) / 2;
  y      = ((int) ora->layout.height - height) / 2;
  gdk_pixbuf_copy_area (picture, 0, 0, width, height, ora->merged, x, y);
  g_ptr_array_add (ora->elements, make_element (frame->title, member, x, y));
  return add_picture (ora, member, picture, frame->title, frame->state, error);
}

/* XML counts from the top. */
static gboolean
add_stack (Ora *ora, GError **error)
{
  g_autoptr (GString) xml = g_string_new (NULL);

  g_string_printf (xml,
                   "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                   "<image version=\"0.0.5\" w=\"%u\" h=\"%u\" "
                   "xres=\"72\" yres=\"72\">\n  <stack>\n",
                   ora->layout.width, ora->layout.height);
  for (guint i = ora->elements->len; i > 0; i--)
    g_string_append (xml, ora->elements->pdata[i - 1]);
  g_string_append (xml, "  </stack>\n</image>\n");
  return add_text (ora, "stack.xml", xml->str, FALSE, error);
}

static gboolean
add_thumbnail (Ora *ora, GError **error)
{
  guint longest                   = MAX (ora->layout.width, ora->layout.height);
  guint side                      = MIN (longest, THUMBNAIL_SIDE);
  g_autoptr (GdkPixbuf) thumbnail = NULL;

  thumbnail = gdk_pixbuf_scale_simple (ora->merged,
                                       MAX (1, (int) (ora->layout.width * side / longest)),
                                       MAX (1, (int) (ora->layout.height * side / longest)),
                                       GDK_INTERP_BILINEAR);
  return add_picture (ora, "Thumbnails/thumbnail.png", thumbnail ? thumbnail : ora->merged, NULL,
                      NULL, error);
}

static gboolean
add_all (Ora *ora, GError **error)
{
  guint n = ora->exporting->frames->len;

  if (! add_text (ora, "mimetype", MIME_TYPE, TRUE, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (! dot_exporting_tick (ora->exporting, i, n, error) || ! add_layer (ora, i, error))
      return FALSE;
  return add_stack (ora, error) &&
         add_picture (ora, "mergedimage.png", ora->merged, NULL, NULL, error) &&
         add_thumbnail (ora, error);
}

/**
 * dot_ora_export:
 *
 * Writes an archive, whole or not at all.
 */
gboolean
dot_ora_export (const DotExporting *exporting, GError **error)
{
  g_auto (Ora) ora = {
    0,
  };

  if (! ora_init (&ora, exporting, error) || ! add_all (&ora, error) ||
      ! dot_exporting_tick (exporting, 1, 1, error))
    return FALSE;

  dot_zip_writer_watch (ora.writer, "", NULL, NULL, exporting->cancellable);
  return dot_zip_writer_close (ora.writer, error);
}
