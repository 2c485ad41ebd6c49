/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* One candidate after one update, apart from the run that made it. */

#include "dot.h"

#include "backend-intl.h"

#include <errno.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <math.h>

static void
copy_image (DotFrame      *frame,
            const DotStep *step)
{
  gsize size = (gsize) step->channels * step->width * step->height;

  frame->channels = step->channels;
  frame->width    = step->width;
  frame->height   = step->height;
  frame->image    = g_memdup2 (step->images + frame->candidate * size,
                               size * sizeof (float));
}

/**
 * dot_frame_new:
 * @candidate: 0 … batch − 1
 * @options: what the run was asked for
 *
 * Returns: (transfer full): a candidate of @step, with copies of all that it
 *   needs
 */
DotFrame *
dot_frame_new (const DotStep          *step,
               gsize                   candidate,
               DotPair                *pair,
               const DotRefineOptions *options)
{
  DotFrame *frame = g_atomic_rc_box_new0 (DotFrame);

  frame->update     = step->update;
  frame->n_updates  = step->n_updates;
  frame->candidate  = candidate;
  frame->batch      = step->batch;
  frame->seed       = step->seeds[candidate];
  frame->class_name = g_strdup (step->classes[candidate]->name);
  frame->title      = dot_step_get_title (step, candidate);
  frame->filename   = dot_step_get_filename (step, candidate);
  frame->state      = dot_step_to_json (step, candidate, pair, options);
  frame->score      = step->scores[candidate];
  frame->distance   = step->distances[candidate];
  copy_image (frame, step);

  return frame;
}

/**
 * dot_frame_ref:
 *
 * Returns: (transfer full): @frame; in any thread
 */
DotFrame *
dot_frame_ref (DotFrame *frame)
{
  return g_atomic_rc_box_acquire (frame);
}

static void
frame_clear (gpointer data)
{
  DotFrame *frame = data;

  g_free (frame->class_name);
  g_free (frame->title);
  g_free (frame->filename);
  g_free (frame->state);
  g_free (frame->image);
}

/**
 * dot_frame_unref:
 * @frame: (transfer full): in any thread
 */
void
dot_frame_unref (DotFrame *frame)
{
  g_atomic_rc_box_release_full (frame, frame_clear);
}

/**
 * dot_frame_get_pixels:
 *
 * The image must have three channels, or one, which is gray.
 *
 * Returns: (transfer full): (height, width, 3) 8-bit sRGB
 */
guint8 *
dot_frame_get_pixels (const DotFrame *frame)
{
  gsize   plane  = (gsize) frame->width * frame->height;
  gsize   stride = frame->channels == 1 ? 0 : plane;
  guint8 *pixels = g_new (guint8, 3 * plane);

  for (gsize i = 0; i < plane; i++)
    for (gsize c = 0; c < 3; c++)
      {
        float value = (frame->image[c * stride + i] + 1.0f) * 127.5f;

        pixels[3 * i + c] = (guint8) lrintf (CLAMP (value, 0.0f, 255.0f));
      }
  return pixels;
}

/* Written beside and renamed, so that a full disk leaves no half picture.  */
static gboolean
save_bytes (const char *path,
            const char *bytes,
            gsize       size,
            GError    **error)
{
  g_autoptr (GError) reason = NULL;

  if (g_file_set_contents (path, bytes, size, &reason))
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
               _("%s can't be written (%s): choose another folder or free some "
                 "space."), path, reason->message);
  return FALSE;
}

static gboolean
encode_png (const DotFrame *frame,
            char          **bytes,
            gsize          *size,
            GError        **error)
{
  g_autofree guint8    *pixels = dot_frame_get_pixels (frame);
  g_autoptr (GdkPixbuf) pixbuf = NULL;

  pixbuf = gdk_pixbuf_new_from_data (pixels, GDK_COLORSPACE_RGB, FALSE, 8,
                                     frame->width, frame->height,
                                     3 * frame->width, NULL, NULL);
  return gdk_pixbuf_save_to_buffer (pixbuf, bytes, size, "png", error,
                                    "tEXt::Title", frame->title,
                                    "tEXt::Software", "DOT Refine " DOT_VERSION,
                                    "tEXt::dot-refine", frame->state, NULL);
}

static gboolean
check_picture (const DotFrame *frame,
               GError        **error)
{
  if (frame->channels != 2)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _("%s is a point, not a picture: write a trace instead."),
               frame->title);
  return FALSE;
}

static gboolean
make_folder (const char *folder,
             GError    **error)
{
  if (g_mkdir_with_parents (folder, 0777) == 0)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
               _("The folder %s can't be made (%s): choose another one."),
               folder, g_strerror (errno));
  return FALSE;
}

/**
 * dot_frame_save_png:
 * @folder: made, with its parents, where it isn't there
 * @path: (out) (optional) (transfer full): of the file
 *
 * Saves the picture with its metadata as text chunks: Title, Software and
 * dot-refine, the state.
 */
gboolean
dot_frame_save_png (const DotFrame *frame,
                    const char     *folder,
                    char          **path,
                    GError        **error)
{
  g_autofree char *file  = g_build_filename (folder, frame->filename, NULL);
  g_autofree char *bytes = NULL;
  gsize            size;

  if (! check_picture (frame, error) || ! make_folder (folder, error)
      || ! encode_png (frame, &bytes, &size, error)
      || ! save_bytes (file, bytes, size, error))
    return FALSE;

  if (path)
    *path = g_steal_pointer (&file);
  return TRUE;
}
