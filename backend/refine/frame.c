/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* One candidate after one update, apart from the run that made it. */

#include "dot.h"

#include "base/whole-file.h"
#include "collapse.h"
#include "engine/pair.h"
#include "pixels.h"
#include "state.h"
#include "step.h"

#include "base/intl.h"

static void
copy_image (DotFrame *frame, const DotStep *step)
{
  gsize size = (gsize) step->channels * step->width * step->height;

  frame->channels = step->channels;
  frame->width    = step->width;
  frame->height   = step->height;
  frame->image    = g_memdup2 (step->images + frame->candidate * size, size * sizeof (float));
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
dot_frame_new (const DotStep *step, gsize candidate, DotPair *pair, const DotRefineOptions *options)
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
  frame->state      = dot_state_from_step (step, candidate, pair, options);
  frame->score      = step->scores[candidate];
  frame->distance   = step->distances[candidate];

  frame->picture_distance = step->picture_distance;
  copy_image (frame, step);
  dot_collapse_measure (frame, step, dot_pair_get_model (pair));
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
  return dot_pixels_from_image (frame->image, frame->channels, frame->width, frame->height);
}

static gboolean
check_picture (const DotFrame *frame, GError **error)
{
  if (frame->channels != 2)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("%s is a point, not a picture: write a trace instead."), frame->title);
  return FALSE;
}

/* Where a person deletes the folder in this very moment it is made once more. */
static gboolean
save_in_folder (const char *folder, const char *file, const char *bytes, gsize size, GError **error)
{
  g_autoptr (GError) reason = NULL;

  if (! dot_whole_file_make_folder (folder, error))
    return FALSE;
  if (dot_whole_file_save (file, bytes, size, &reason))
    return TRUE;
  if (g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  return dot_whole_file_make_folder (folder, error) &&
         dot_whole_file_save (file, bytes, size, error);
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
dot_frame_save_png (const DotFrame *frame, const char *folder, char **path, GError **error)
{
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autofree char *file        = g_build_filename (folder, frame->filename, NULL);
  g_autofree char *bytes       = NULL;
  gsize            size;

  if (! check_picture (frame, error))
    return FALSE;

  pixbuf = dot_pixels_new_pixbuf (frame->image, frame->channels, frame->width, frame->height);
  if (! dot_pixels_encode (pixbuf, frame->title, frame->state, &bytes, &size, error) ||
      ! save_in_folder (folder, file, bytes, size, error))
    return FALSE;

  if (path)
    *path = g_steal_pointer (&file);
  return TRUE;
}
