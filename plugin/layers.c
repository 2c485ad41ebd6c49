/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Frames become layers, inside one group: in an open image above its active
 * layer, with no image open in a new one.  The image and the group come with
 * the first layers, so a run that finishes nothing leaves nothing.
 *
 * While a run computes no undo group is open: what the person does meanwhile
 * would belong to it, Ctrl+Z would do nothing, and it would stay open where
 * GIMP ends this process.  So layers are made ready outside of the image, and
 * go into it a handful at a time, each of which is a step of undo. */

#include "config.h"

#include "layers.h"

#include <glib/gi18n-lib.h>

#include "layer.h"
#include "position.h"

/* A handful: what comes in a second, and no more than GIMP takes in less. */
#define HANDFUL_TIME   G_USEC_PER_SEC
#define HANDFUL_LAYERS 32

/* How long what is ready may go into the image after Stop, in milliseconds. */
#define GRACE 600

/* How much of the work with a layer is to make it ready, the rest being
 * GIMP's: where it is enlarged, and where it isn't. */
#define SHARE_ENLARGED 0.95
#define SHARE_AS_IS    0.1

struct _DotLayers
{
  GimpImage   **target;
  DotLayersWhen when;
  gboolean      show;
  DotScale      scale;
  DotGrace      grace;

  DotLayersProgress progress;
  gpointer          progress_data;
  guint             n_frames;
  guint             n_ready;

  GimpImage *image;
  gboolean   is_new;
  gboolean   opened;

  /* the groups: the run's, and where there are several candidates one each */
  char      *name;
  GPtrArray *names;
  GArray    *candidates;
  GimpLayer *group;
  GPtrArray *groups;
  int        n_groups;

  /* what is to go into the image next, and when the first of it came */
  GPtrArray *ready;
  gint64     since;
  GPtrArray *made;
};

/*  what may go wrong  */

/**
 * dot_layers_check:
 * @image: (nullable): the image that shall get layers
 *
 * Returns: %FALSE where it can't hold them
 */
gboolean
dot_layers_check (GimpImage *image, GError **error)
{
  if (! image || gimp_image_get_base_type (image) != GIMP_INDEXED)
    return TRUE;

  g_set_error_literal (
    error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
    _ ("An indexed image can't hold the pictures' colours: choose Image → Mode → RGB first."));
  return FALSE;
}

/* What the person can take away while the run goes on. */
static gboolean
check_there (DotLayers *layers, GError **error)
{
  if (layers->image && ! gimp_image_is_valid (layers->image))
    {
      g_set_error_literal (
        error, G_IO_ERROR, G_IO_ERROR_CLOSED,
        _ (
          "The image was closed while the pictures came: they are still here, and can go into a new image."));
      return FALSE;
    }
  if (layers->group && ! gimp_item_is_valid (GIMP_ITEM (layers->group)))
    {
      g_set_error_literal (
        error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
        _ (
          "The run's group was taken out of the image while the pictures came: they are still here, and can be added again."));
      return FALSE;
    }
  return dot_layers_check (layers->image, error);
}

/* Why GIMP didn't do what it was asked for. */
static void
set_error (DotLayers *layers, GError **error)
{
  g_autofree char *said = g_strdup (gimp_pdb_get_last_error (gimp_get_pdb ()));

  if (check_there (layers, error))
    g_set_error (
      error, DOT_ERROR, DOT_ERROR_FAILED,
      _ ("GIMP couldn't make a layer (%s): free some memory or disk space, then refine again."),
      said ? said : "");
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
get_run_name (const DotFrame *first, const DotFrame *last)
{
  if (first->candidate == last->candidate)
    return get_group_name (first);
  if (first->seed < 0)
    return g_strdup_printf (_ ("%s · latents 0–%u"), first->class_name, last->candidate);

  /* TRANSLATORS: a class, the first and the last seed */
  return g_strdup_printf (_ ("%s · seeds %d–%d"), first->class_name, (int) first->seed,
                          (int) last->seed);
}

/* The first frames say which candidates there are. */
static void
note_candidates (DotLayers *layers, GPtrArray *frames)
{
  for (guint i = 0; i < frames->len; i++)
    {
      const DotFrame *frame = frames->pdata[i];
      const DotFrame *last  = i ? frames->pdata[i - 1] : NULL;

      if (last && last->candidate == frame->candidate)
        continue;
      g_array_append_val (layers->candidates, frame->candidate);
      g_ptr_array_add (layers->names, get_group_name (frame));
      g_ptr_array_add (layers->groups, NULL);
    }

  layers->name = get_run_name (frames->pdata[0], frames->pdata[frames->len - 1]);
}

/*  the groups  */

static GimpLayer *
add_group (DotLayers *layers, const char *name, GimpLayer *parent, int position)
{
  GimpLayer *group = GIMP_LAYER (gimp_group_layer_new (layers->image, name));

  if (! group)
    return NULL;

  if (! layers->group)
    dot_position_mark (group);
  return gimp_image_insert_layer (layers->image, group, parent, position) ? group : NULL;
}

static gboolean
add_run_group (DotLayers *layers)
{
  GimpLayer *parent;
  int        position = dot_position_find (layers->image, &parent);

  layers->group = add_group (layers, layers->name, parent, position);
  if (layers->group && layers->candidates->len == 1)
    layers->groups->pdata[0] = layers->group;
  return layers->group != NULL;
}

static guint
find_candidate (DotLayers *layers, guint candidate)
{
  guint i = 0;

  while (i + 1 < layers->candidates->len &&
         g_array_index (layers->candidates, guint, i) != candidate)
    i++;
  return i;
}

/* Several candidates get one each in the run's, as they come; the first
 * candidate ends on top.
 *
 * Returns: the candidate's group; %NULL where GIMP can't make it */
static GimpLayer *
get_group (DotLayers *layers, guint candidate)
{
  guint     i     = find_candidate (layers, candidate);
  gpointer *group = &layers->groups->pdata[i];

  if (! *group)
    *group = add_group (layers, layers->names->pdata[i], layers->group, layers->n_groups++);
  return *group;
}

/*  into the image  */

/* On top of its candidate's group, unless the person has deleted that. */
static gboolean
insert (DotLayers *layers, const DotLayer *layer)
{
  GimpLayer *group = get_group (layers, dot_layer_get_candidate (layer));
  GimpLayer *made;

  if (! group)
    return FALSE;
  if (! gimp_item_is_valid (GIMP_ITEM (group)))
    return gimp_item_is_valid (GIMP_ITEM (layers->group));

  made = dot_layer_make (layer, layers->image);
  if (! made || ! gimp_image_insert_layer (layers->image, made, group, 0))
    return FALSE;

  g_ptr_array_add (layers->made, made);
  return TRUE;
}

static void
tell_progress (DotLayers *layers)
{
  double share = layers->scale == DOT_SCALE_NONE ? SHARE_AS_IS : SHARE_ENLARGED;
  double done  = share * layers->n_ready + (1.0 - share) * layers->made->len;

  if (layers->progress)
    layers->progress (done / layers->n_frames, layers->progress_data);
}

static gboolean
insert_ready (DotLayers *layers)
{
  for (guint i = 0; i < layers->ready->len && ! dot_grace_is_over (&layers->grace, GRACE); i++)
    {
      if (! insert (layers, layers->ready->pdata[i]))
        return FALSE;
      tell_progress (layers);
    }
  return TRUE;
}

/* Nothing undoes what a new image begins with. */
static void
make_image (DotLayers *layers)
{
  const DotLayer *first = layers->ready->pdata[0];

  layers->image  = dot_layer_make_image (first);
  layers->is_new = TRUE;
  if (layers->image)
    gimp_image_undo_disable (layers->image);
}

static void
show (DotLayers *layers, gboolean first)
{
  if (! layers->show)
    return;

  if (first && layers->is_new)
    {
      gimp_display_new (layers->image);
      layers->opened = TRUE;
    }
  gimp_displays_flush ();
}

/* A further run goes into the image that this one makes. */
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
remove_group (DotLayers *layers)
{
  if (layers->group)
    gimp_image_remove_layer (layers->image, layers->group);
  layers->group = NULL;
}

/* The first of them, with the groups. */
static gboolean
insert_first (DotLayers *layers)
{
  gboolean ok;

  if (! layers->image)
    make_image (layers);
  if (! layers->image)
    return FALSE;

  if (! layers->is_new)
    gimp_image_undo_group_start (layers->image);
  ok = add_run_group (layers) && insert_ready (layers);
  if (layers->is_new)
    end_new_image (layers);
  else if (dot_layers_is_empty (layers))
    remove_group (layers);
  if (! layers->is_new)
    gimp_image_undo_group_end (layers->image);
  return ok;
}

static gboolean
insert_further (DotLayers *layers)
{
  gboolean ok;

  gimp_image_undo_group_start (layers->image);
  ok = insert_ready (layers);
  gimp_image_undo_group_end (layers->image);
  return ok;
}

/* What comes at the end may go into a new image where the person has closed
 * the other one. */
static void
leave_closed_image (DotLayers *layers)
{
  if (layers->when == DOT_LAYERS_AT_END && layers->image && ! gimp_image_is_valid (layers->image))
    layers->image = NULL;
}

/* Puts everything that is ready into the image. */
static gboolean
insert_handful (DotLayers *layers, GError **error)
{
  gboolean first = ! layers->group;
  gboolean ok;

  if (dot_grace_is_over (&layers->grace, GRACE))
    g_ptr_array_set_size (layers->ready, 0);
  if (layers->ready->len == 0)
    return TRUE;

  leave_closed_image (layers);
  if (! check_there (layers, error))
    return FALSE;

  ok = first ? insert_first (layers) : insert_further (layers);
  g_ptr_array_set_size (layers->ready, 0);
  if (! ok)
    set_error (layers, error);
  if (layers->made->len > 0)
    show (layers, first);
  return ok;
}

/*  public functions  */

/**
 * dot_layers_new:
 * @target: (inout) (nullable): the image that gets the layers, or %NULL for a
 *   new one, which it then is
 * @when: when they go into it
 * @show: whether to show what was made
 * @scale: how large the layers are
 * @cancellable: (nullable): soon after this nothing more is made
 *
 * Returns: (transfer full): somewhere for frames to go; its functions are for
 *   the thread that talks with GIMP
 */
DotLayers *
dot_layers_new (GimpImage   **target,
                DotLayersWhen when,
                gboolean      show,
                DotScale      scale,
                GCancellable *cancellable)
{
  DotLayers *layers = g_new0 (DotLayers, 1);

  layers->target            = target;
  layers->when              = when;
  layers->show              = show;
  layers->scale             = scale;
  layers->grace.cancellable = cancellable ? g_object_ref (cancellable) : NULL;
  layers->names             = g_ptr_array_new_with_free_func (g_free);
  layers->candidates        = g_array_new (FALSE, FALSE, sizeof (guint));
  layers->groups            = g_ptr_array_new ();
  layers->ready             = g_ptr_array_new_with_free_func ((GDestroyNotify) dot_layer_free);
  layers->made              = g_ptr_array_new ();
  return layers;
}

/**
 * dot_layers_set_progress:
 * @progress: told how much is done of the first frames that are added
 */
void
dot_layers_set_progress (DotLayers *layers, DotLayersProgress progress, gpointer user_data)
{
  layers->progress      = progress;
  layers->progress_data = user_data;
}

/**
 * dot_layers_open:
 *
 * The run begins: the image that is open now is the one.
 */
void
dot_layers_open (DotLayers *layers)
{
  if (*layers->target && gimp_image_is_valid (*layers->target))
    layers->image = *layers->target;
}

/**
 * dot_layers_add:
 * @frames: (element-type DotFrame): the first time at least one of each
 *   candidate that will come; those of one come one after another
 *
 * Makes a layer of each, unless the person has stopped.
 *
 * Returns: %FALSE where GIMP can't, or what they go into is gone
 */
gboolean
dot_layers_add (DotLayers *layers, GPtrArray *frames, GError **error)
{
  gboolean ok = TRUE;

  if (layers->candidates->len == 0)
    {
      note_candidates (layers, frames);
      layers->n_frames = frames->len;
    }
  if (layers->when == DOT_LAYERS_COMING && ! check_there (layers, error))
    return FALSE;

  for (guint i = 0; ok && i < frames->len; i++)
    {
      DotLayer *layer = dot_layer_new (frames->pdata[i], layers->image, layers->scale,
                                       &layers->grace);

      if (! layer)
        return TRUE;

      if (layers->ready->len == 0)
        layers->since = g_get_monotonic_time ();
      g_ptr_array_add (layers->ready, layer);
      layers->n_ready++;
      tell_progress (layers);
      ok = dot_layers_insert_due (layers, error);
    }
  return ok;
}

static gboolean
is_due (DotLayers *layers)
{
  return layers->ready->len >= HANDFUL_LAYERS ||
         g_get_monotonic_time () - layers->since >= HANDFUL_TIME;
}

/**
 * dot_layers_insert_due:
 *
 * Puts what has been ready for a while into the image, where that is to happen
 * while the run goes on.
 *
 * Returns: %FALSE where GIMP can't, or what they go into is gone
 */
gboolean
dot_layers_insert_due (DotLayers *layers, GError **error)
{
  if (layers->when == DOT_LAYERS_AT_END || layers->ready->len == 0 || ! is_due (layers))
    return TRUE;
  return insert_handful (layers, error);
}

/**
 * dot_layers_end:
 *
 * No further frame comes: puts what is ready into the image.
 *
 * Returns: %FALSE where GIMP can't, or what they go into is gone
 */
gboolean
dot_layers_end (DotLayers *layers, GError **error)
{
  return insert_handful (layers, error);
}

/**
 * dot_layers_take_opened:
 *
 * Returns: whether a window has opened since the last call
 */
gboolean
dot_layers_take_opened (DotLayers *layers)
{
  gboolean opened = layers->opened;

  layers->opened = FALSE;
  return opened;
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

void
dot_layers_free (DotLayers *layers)
{
  g_clear_object (&layers->grace.cancellable);
  g_ptr_array_unref (layers->names);
  g_array_unref (layers->candidates);
  g_ptr_array_unref (layers->groups);
  g_ptr_array_unref (layers->ready);
  g_ptr_array_unref (layers->made);
  g_free (layers->name);
  g_free (layers);
}
