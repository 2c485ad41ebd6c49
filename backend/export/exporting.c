/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What every format needs: progress, larger pictures, one file written. */

#include "exporting.h"

#include "base/whole-file.h"
#include "refine/pixels.h"

#include "base/intl.h"

/**
 * dot_exporting_tick:
 *
 * Says that @done of @all steps are done.
 *
 * Returns: %FALSE where the person has had enough
 */
gboolean
dot_exporting_tick (const DotExporting *exporting, guint done, guint all, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (exporting->cancellable, error))
    return FALSE;

  if (exporting->progress)
    {
      g_autofree char *path    = dot_line_from_text (exporting->options->path);
      g_autofree char *message = g_strdup_printf (_ ("Writing %s"), path);

      exporting->progress (message, (double) done / MAX (all, 1), exporting->user_data);
    }
  return TRUE;
}

const DotFrame *
dot_exporting_get_frame (const DotExporting *exporting, guint position)
{
  return g_ptr_array_index (exporting->frames, position);
}

/**
 * dot_exporting_get_picture:
 *
 * Returns: (transfer full): @frame, as large as the options ask for
 */
GdkPixbuf *
dot_exporting_get_picture (const DotExporting *exporting, const DotFrame *frame, GError **error)
{
  const DotExportOptions *options = exporting->options;
  g_autoptr (GdkPixbuf) picture   = NULL;
  GdkPixbuf *scaled;

  picture = dot_pixels_new_pixbuf (frame->image, frame->channels, frame->width, frame->height);
  if (options->scale == 1)
    return g_steal_pointer (&picture);

  scaled = gdk_pixbuf_scale_simple (picture, frame->width * options->scale,
                                    frame->height * options->scale,
                                    options->smooth ? GDK_INTERP_BILINEAR : GDK_INTERP_NEAREST);
  if (! scaled)
    g_set_error (error, DOT_ERROR, DOT_ERROR_NO_MEMORY,
                 _ ("There is not enough memory to export %s: take a smaller scale."), frame->title);
  return scaled;
}

/**
 * dot_exporting_save:
 *
 * Writes the file, which appears whole or not at all.
 */
gboolean
dot_exporting_save (const DotExporting *exporting, GBytes *bytes, GError **error)
{
  gsize         size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  if (! dot_exporting_tick (exporting, 1, 1, error))
    return FALSE;
  return dot_whole_file_save (exporting->options->path, data, size, error);
}
