/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Frames become layers, inside one group: in an open image above its active
 * layer, as one step of undo; with no image open in a new one.  The image,
 * the undo group and the layer group come with the first frame, so a run that
 * finishes nothing leaves nothing. */

#include "config.h"

#include "layers.h"

#include <glib/gi18n-lib.h>

#include "parasite.h"
#include "position.h"
#include "scale.h"

/* Each layer carries its state; those of the selected ones are where the next
 * run can begin. */
#define PARASITE_NAME "dot-refine-state"

struct _DotLayers
{
  GimpImage **target;
  GimpImage  *image;
  gboolean    is_new;
  gboolean    begun;
  gboolean    show;
  gboolean    shown;
  DotScale    scale;
  GPtrArray  *groups;
  GArray     *candidates;
  GPtrArray  *made;
};

static GError *
make_error (void)
{
  return g_error_new (
    GIMP_PLUG_IN_ERROR, 0,
    _ ("GIMP couldn't make a layer: free some memory or disk space, then refine again."));
}

/*  names of the groups  */

static char *
get_group_name (const DotFrame *frame)
{
  if (frame->seed < 0)
    /* TRANSLATORS: a class, and which of a file's latents */
    return g_strdup_printf (_ ("%s · latent %u"), frame->class_name, frame->candidate);
  return g_strdup_printf (_ ("%s · seed %d"), frame->class_name, (int) frame->seed);
}

static char *
get_run_name (GPtrArray *frames)
{
  const DotFrame *first = frames->pdata[0];
  const DotFrame *last  = frames->pdata[frames->len - 1];

  if (frames->len == 1)
    return get_group_name (first);
  if (first->seed < 0)
    return g_strdup_printf (_ ("%s · latents 0–%u"), first->class_name, last->candidate);

  /* TRANSLATORS: a class, the first and the last seed */
  return g_strdup_printf (_ ("%s · seeds %d–%d"), first->class_name, (int) first->seed,
                          (int) last->seed);
}

/*  where the layers go  */

static void
make_image (DotLayers *layers, const DotFrame *frame)
{
  double factor = dot_scale_get_factor (layers->scale, frame, NULL);

  layers->image  = gimp_image_new (factor * frame->width, factor * frame->height, GIMP_RGB);
  layers->is_new = TRUE;
  gimp_image_undo_disable (layers->image);
}

static gboolean
add_group (DotLayers *layers, const char *name, GimpLayer *parent, int position)
{
  GimpGroupLayer *group = gimp_group_layer_new (layers->image, name);

  if (! group)
    return FALSE;

  if (layers->groups->len == 0)
    dot_position_mark (GIMP_LAYER (group));
  if (! gimp_image_insert_layer (layers->image, GIMP_LAYER (group), parent, position))
    return FALSE;

  g_ptr_array_add (layers->groups, group);
  return TRUE;
}

/* The first group is the run's. */
static gboolean
add_run_group (DotLayers *layers, GPtrArray *candidates)
{
  g_autofree char *name = get_run_name (candidates);
  GimpLayer       *parent;
  int              position;

  position = dot_position_find (layers->image, &parent);
  return add_group (layers, name, parent, position);
}

/* Several candidates get one each in it, as they come; the first candidate
 * ends on top. */
static gboolean
add_candidate_group (DotLayers *layers, const DotFrame *frame)
{
  g_autofree char *name = get_group_name (frame);

  return add_group (layers, name, layers->groups->pdata[0], layers->groups->len - 1);
}

/* A frame of each candidate, in the order of @frames. */
static GPtrArray *
find_candidates (DotLayers *layers, GPtrArray *frames)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < frames->len; i++)
    {
      const DotFrame *frame = frames->pdata[i];
      const DotFrame *last  = found->len ? found->pdata[found->len - 1] : NULL;

      if (last && last->candidate == frame->candidate)
        continue;
      g_ptr_array_add (found, frames->pdata[i]);
      g_array_append_val (layers->candidates, frame->candidate);
    }

  return found;
}

/*  one layer  */

static float *
get_float_pixels (const DotFrame *frame)
{
  gsize  n_pixels = (gsize) frame->width * frame->height;
  gsize  stride   = frame->channels == 1 ? 0 : n_pixels;
  float *pixels   = g_new (float, 3 * n_pixels);

  for (gsize i = 0; i < n_pixels; i++)
    for (gsize c = 0; c < 3; c++)
      pixels[3 * i + c] = 0.5f * (frame->image[c * stride + i] + 1.0f);
  return pixels;
}

/* An 8-bit image gets the very bytes that the PNG files get, any other one
 * all that the generator knows. */
static GeglBuffer *
make_buffer (DotLayers *layers, const DotFrame *frame)
{
  const GeglRectangle area = { 0, 0, frame->width, frame->height };
  gboolean    fine   = gimp_image_get_precision (layers->image) != GIMP_PRECISION_U8_NON_LINEAR;
  const Babl *format = babl_format (fine ? "R'G'B' float" : "R'G'B' u8");
  GeglBuffer *buffer = gegl_buffer_new (&area, format);
  g_autofree gpointer pixels = fine ? (gpointer) get_float_pixels (frame)
                                    : (gpointer) dot_frame_get_pixels (frame);

  gegl_buffer_set (buffer, &area, 0, format, pixels, GEGL_AUTO_ROWSTRIDE);
  return buffer;
}

static void
set_pixels (DotLayers *layers, GimpLayer *layer, const DotFrame *frame, double factor)
{
  GeglBuffer *target = gimp_drawable_get_buffer (GIMP_DRAWABLE (layer));
  GeglBuffer *source = make_buffer (layers, frame);

  dot_scale_buffer (source, target, factor);
  g_object_unref (source);
  /* this is what sends the pixels to GIMP */
  g_object_unref (target);
}

static GimpLayer *
make_layer (DotLayers *layers, const DotFrame *frame, double factor)
{
  GimpImage *image = layers->image;
  gboolean   gray  = gimp_image_get_base_type (image) == GIMP_GRAY;

  return gimp_layer_new (image, frame->title, factor * frame->width, factor * frame->height,
                         gray ? GIMP_GRAY_IMAGE : GIMP_RGB_IMAGE, 100.0,
                         gimp_image_get_default_new_layer_mode (image));
}

static void
centre (DotLayers *layers, GimpLayer *layer)
{
  GimpDrawable *drawable = GIMP_DRAWABLE (layer);
  int           width    = gimp_image_get_width (layers->image);
  int           height   = gimp_image_get_height (layers->image);

  gimp_layer_set_offsets (layer, (width - gimp_drawable_get_width (drawable)) / 2,
                          (height - gimp_drawable_get_height (drawable)) / 2);
}

/* Returns: (nullable): the candidate's group, if it is there yet */
static GimpLayer *
get_group (DotLayers *layers, guint candidate)
{
  if (layers->candidates->len == 1)
    return layers->groups->pdata[0];

  for (guint i = 0; i + 1 < layers->groups->len; i++)
    if (g_array_index (layers->candidates, guint, i) == candidate)
      return layers->groups->pdata[i + 1];
  return NULL;
}

/* Everything before it is in the image: GIMP draws a layer that is there,
 * and all of its group where it is moved. */
static GimpLayer *
fill_layer (DotLayers *layers, const DotFrame *frame)
{
  double     factor = dot_scale_get_factor (layers->scale, frame, layers->image);
  GimpLayer *layer  = make_layer (layers, frame, factor);

  if (! layer)
    return NULL;

  set_pixels (layers, layer, frame, factor);
  dot_parasite_set (GIMP_ITEM (layer), PARASITE_NAME, frame->state);
  centre (layers, layer);
  return layer;
}

/* On top of its candidate's group. */
static gboolean
add_layer (DotLayers *layers, const DotFrame *frame)
{
  GimpLayer *layer;

  if (! get_group (layers, frame->candidate) && ! add_candidate_group (layers, frame))
    return FALSE;

  layer = fill_layer (layers, frame);
  if (! layer ||
      ! gimp_image_insert_layer (layers->image, layer, get_group (layers, frame->candidate), 0))
    return FALSE;

  g_ptr_array_add (layers->made, layer);
  return TRUE;
}

/* The person may have closed the image. */
static gboolean
begin (DotLayers *layers, GPtrArray *frames)
{
  g_autoptr (GPtrArray) candidates = find_candidates (layers, frames);

  layers->begun = TRUE;
  if (*layers->target && gimp_image_is_valid (*layers->target))
    layers->image = *layers->target;

  if (! layers->image)
    make_image (layers, frames->pdata[0]);
  else
    gimp_image_undo_group_start (layers->image);
  return layers->image && add_run_group (layers, candidates);
}

/**
 * dot_layers_new:
 * @target: (inout) (nullable): the image that gets the layers, or %NULL for a
 *   new one, which it then is
 * @show: whether to show what was made
 * @scale: how large the layers are
 *
 * Returns: (transfer full): somewhere for frames to go; its functions are for
 *   the thread that talks with GIMP
 */
DotLayers *
dot_layers_new (GimpImage **target, gboolean show, DotScale scale)
{
  DotLayers *layers = g_new0 (DotLayers, 1);

  layers->target     = target;
  layers->show       = show;
  layers->scale      = scale;
  layers->groups     = g_ptr_array_new ();
  layers->candidates = g_array_new (FALSE, FALSE, sizeof (guint));
  layers->made       = g_ptr_array_new ();
  return layers;
}

/**
 * dot_layers_add:
 * @frames: (element-type DotFrame): the first time at least one of each
 *   candidate that will come; those of one come one after another
 *
 * Makes a layer of each, and before the first a group for them, in the image
 * that is there or a new one.
 *
 * Returns: %FALSE where GIMP can't
 */
gboolean
dot_layers_add (DotLayers *layers, GPtrArray *frames, GError **error)
{
  gboolean ok = layers->begun || begin (layers, frames);

  for (guint i = 0; ok && i < frames->len; i++)
    ok = add_layer (layers, frames->pdata[i]);
  if (! ok)
    g_propagate_error (error, make_error ());
  return ok;
}

/**
 * dot_layers_show:
 *
 * Shows what was added: in a window of its own where the image is new.
 *
 * Returns: whether that window has just opened
 */
gboolean
dot_layers_show (DotLayers *layers)
{
  gboolean opens = layers->show && layers->is_new && ! layers->shown;

  if (opens)
    gimp_display_new (layers->image);
  if (layers->show)
    gimp_displays_flush ();
  layers->shown = TRUE;
  return opens;
}

/**
 * dot_layers_get_list:
 *
 * Returns: (transfer container): the layers in the order in which they were
 *   made, ended by %NULL
 */
GimpLayer **
dot_layers_get_list (DotLayers *layers)
{
  GimpLayer **list = g_new0 (GimpLayer *, layers->made->len + 1);

  for (guint i = 0; i < layers->made->len; i++)
    list[i] = layers->made->pdata[i];
  return list;
}

/**
 * dot_layers_is_empty:
 *
 * Returns: whether no layer was made
 */
gboolean
dot_layers_is_empty (DotLayers *layers)
{
  return layers->made->len == 0;
}

static void
end_new_image (DotLayers *layers)
{
  if (dot_layers_is_empty (layers))
    {
      gimp_image_delete (layers->image);
      return;
    }

  gimp_image_undo_enable (layers->image);
  *layers->target = layers->image;
}

static void
end_open_image (DotLayers *layers)
{
  if (dot_layers_is_empty (layers) && layers->groups->len > 0)
    gimp_image_remove_layer (layers->image, layers->groups->pdata[0]);

  gimp_image_undo_group_end (layers->image);
}

/**
 * dot_layers_end:
 *
 * No further frame comes.  Gives a new image its undo, or ends the open one's
 * undo group.  What holds no layer goes.
 */
void
dot_layers_end (DotLayers *layers)
{
  if (layers->begun && layers->is_new && layers->image)
    end_new_image (layers);
  else if (layers->begun && layers->image)
    end_open_image (layers);
}

void
dot_layers_free (DotLayers *layers)
{
  g_ptr_array_unref (layers->groups);
  g_array_unref (layers->candidates);
  g_ptr_array_unref (layers->made);
  g_free (layers);
}

/**
 * dot_layers_read_states:
 * @image: (nullable): the open image
 *
 * Returns: (transfer full): the states that the selected layers carry; those
 *   that are none of the filter's have none; ended by %NULL
 */
GStrv
dot_layers_read_states (GimpImage *image)
{
  g_autofree GimpLayer **selected = NULL;
  GStrvBuilder          *builder  = g_strv_builder_new ();
  GStrv                  states;

  if (image && gimp_image_is_valid (image))
    selected = gimp_image_get_selected_layers (image);

  for (guint i = 0; selected && selected[i]; i++)
    {
      g_autofree char *state = dot_parasite_get (GIMP_ITEM (selected[i]), PARASITE_NAME);

      if (state)
        g_strv_builder_add (builder, state);
    }

  states = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return states;
}
