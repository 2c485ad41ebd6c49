/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#include "config.h"

#include "gallery.h"

#include <math.h>

#include "gallery-private.h"

/**
 * DotGallery:
 *
 * The pictures of a run, which of them is looked at, and which are chosen for
 * what comes next: a row of candidates for each update that is kept.  It knows
 * nothing of widgets; those that show it listen to #DotGallery::changed.
 *
 * While the last position is shown, the next one that comes is shown, too.
 * gallery-choice.c has what is chosen.
 */

/* One candidate after one update; its picture is made when it is looked at. */
typedef struct
{
  DotFrame  *frame;
  GdkPixbuf *picture;
} Cell;

/* All candidates after one update. */
typedef struct
{
  guint update;
  guint n_cells;
  Cell *cells;
} Row;

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DotGallery, dot_gallery, G_TYPE_OBJECT)

/*  rows  */

static void
free_pixels (guchar *pixels, gpointer data)
{
  g_free (pixels);
}

static GdkPixbuf *
make_picture (const DotFrame *frame)
{
  return gdk_pixbuf_new_from_data (dot_frame_get_pixels (frame), GDK_COLORSPACE_RGB, FALSE, 8,
                                   frame->width, frame->height, 3 * frame->width, free_pixels,
                                   NULL);
}

static Row *
row_new (GPtrArray *frames)
{
  const DotFrame *first = frames->pdata[0];
  Row            *row   = g_new0 (Row, 1);

  row->update  = first->update;
  row->n_cells = frames->len;
  row->cells   = g_new0 (Cell, frames->len);
  for (guint i = 0; i < row->n_cells; i++)
    row->cells[i].frame = dot_frame_ref (frames->pdata[i]);
  return row;
}

static void
row_free (gpointer data)
{
  Row *row = data;

  for (guint i = 0; i < row->n_cells; i++)
    {
      g_clear_object (&row->cells[i].picture);
      dot_frame_unref (row->cells[i].frame);
    }
  g_free (row->cells);
  g_free (row);
}

static Cell *
get_cell (DotGallery *gallery, guint candidate, guint position)
{
  const Row *row;

  g_return_val_if_fail (position < gallery->rows->len, NULL);

  row = gallery->rows->pdata[position];
  g_return_val_if_fail (candidate < row->n_cells, NULL);
  return &row->cells[candidate];
}

/*  ranges  */

static const DotGalleryRange nothing = { G_MAXDOUBLE, -G_MAXDOUBLE };

static void
range_take (DotGalleryRange *range, double value)
{
  if (! isfinite (value))
    return;

  range->lowest  = MIN (range->lowest, value);
  range->highest = MAX (range->highest, value);
}

static void
take_ranges (DotGallery *gallery, const Row *row)
{
  for (guint i = 0; i < row->n_cells; i++)
    {
      range_take (&gallery->scores, row->cells[i].frame->score);
      range_take (&gallery->distances, row->cells[i].frame->distance);
    }
}

static gboolean
range_get (const DotGalleryRange *range, double *lowest, double *highest)
{
  if (range->lowest > range->highest)
    return FALSE;

  *lowest  = range->lowest;
  *highest = range->highest;
  return TRUE;
}

/*  the class  */

static void
dot_gallery_finalize (GObject *object)
{
  DotGallery *gallery = DOT_GALLERY (object);

  g_ptr_array_unref (gallery->rows);
  g_hash_table_unref (gallery->selected);
  g_hash_table_unref (gallery->marked);

  G_OBJECT_CLASS (dot_gallery_parent_class)->finalize (object);
}

static void
dot_gallery_class_init (DotGalleryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dot_gallery_finalize;

  /**
   * DotGallery::changed:
   * @change: #DotGalleryChange
   *
   * There are other pictures, others are looked at, or others are chosen.
   */
  signals[CHANGED] = g_signal_new ("changed", DOT_TYPE_GALLERY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
dot_gallery_init (DotGallery *gallery)
{
  gallery->rows      = g_ptr_array_new_with_free_func (row_free);
  gallery->selected  = g_hash_table_new (NULL, NULL);
  gallery->marked    = g_hash_table_new (NULL, NULL);
  gallery->scores    = nothing;
  gallery->distances = nothing;
}

/**
 * dot_gallery_new:
 *
 * Returns: (transfer full): a gallery without pictures
 */
DotGallery *
dot_gallery_new (void)
{
  return g_object_new (DOT_TYPE_GALLERY, NULL);
}

/* For gallery-choice.c and here. */
void
dot_gallery_emit_changed (DotGallery *gallery, DotGalleryChange change)
{
  g_signal_emit (gallery, signals[CHANGED], 0, (guint) change);
}

/**
 * dot_gallery_clear:
 *
 * Lets all pictures go: another run begins.
 */
void
dot_gallery_clear (DotGallery *gallery)
{
  g_ptr_array_set_size (gallery->rows, 0);
  g_hash_table_remove_all (gallery->selected);
  g_hash_table_remove_all (gallery->marked);
  gallery->n_updates = 0;
  gallery->scores    = nothing;
  gallery->distances = nothing;
  gallery->position  = 0;
  gallery->candidate = 0;
  gallery->comparing = FALSE;
  dot_gallery_emit_changed (gallery, DOT_GALLERY_CLEARED);
}

/* Whether they belong behind what is there.  A run that goes on may tell once
 * more what it goes on from. */
static gboolean
fits (DotGallery *gallery, GPtrArray *frames)
{
  guint           n     = gallery->rows->len;
  const DotFrame *first = frames->pdata[0];

  if (n == 0)
    return TRUE;

  g_return_val_if_fail (frames->len == dot_gallery_get_n_candidates (gallery), FALSE);
  return first->update > dot_gallery_get_update (gallery, n - 1);
}

/**
 * dot_gallery_add:
 * @frames: (element-type DotFrame): each candidate after an update
 *
 * Adds the pictures of a step.  A run that goes on from the last one adds its
 * steps behind it, with as many candidates; updates that aren't after the last
 * one are there already, and are ignored.  The first step's first candidate is
 * selected.
 */
void
dot_gallery_add (DotGallery *gallery, GPtrArray *frames)
{
  const DotFrame  *first   = frames->pdata[0];
  guint            n       = gallery->rows->len;
  gboolean         follows = gallery->position + 1 >= n;
  DotGalleryChange change  = DOT_GALLERY_ADDED;

  if (! fits (gallery, frames))
    return;

  g_ptr_array_add (gallery->rows, row_new (frames));
  gallery->n_updates = MAX (gallery->n_updates, first->n_updates);
  take_ranges (gallery, gallery->rows->pdata[n]);
  if (follows)
    {
      gallery->position = n;
      change |= DOT_GALLERY_SHOWN;
    }
  if (n == 0)
    {
      g_hash_table_add (gallery->selected, GUINT_TO_POINTER (0));
      change |= DOT_GALLERY_CANDIDATE | DOT_GALLERY_SELECTION;
    }
  dot_gallery_emit_changed (gallery, change);
}

/*  what is there  */

guint
dot_gallery_get_n_candidates (DotGallery *gallery)
{
  const Row *row = gallery->rows->len ? gallery->rows->pdata[0] : NULL;

  return row ? row->n_cells : 0;
}

/**
 * dot_gallery_get_n_positions:
 *
 * Returns: how many kept updates there are, the unrefined pictures included
 */
guint
dot_gallery_get_n_positions (DotGallery *gallery)
{
  return gallery->rows->len;
}

/**
 * dot_gallery_get_update:
 *
 * Returns: after how many updates the pictures at @position are
 */
guint
dot_gallery_get_update (DotGallery *gallery, guint position)
{
  const Row *row;

  g_return_val_if_fail (position < gallery->rows->len, 0);

  row = gallery->rows->pdata[position];
  return row->update;
}

/**
 * dot_gallery_get_n_updates:
 *
 * Returns: how many updates the run will have, with those of the run that it
 *   goes on from
 */
guint
dot_gallery_get_n_updates (DotGallery *gallery)
{
  return gallery->n_updates;
}

double
dot_gallery_get_score (DotGallery *gallery, guint candidate, guint position)
{
  const Cell *cell = get_cell (gallery, candidate, position);

  return cell ? cell->frame->score : 0.0;
}

/**
 * dot_gallery_get_distance:
 *
 * Returns: how far the candidate is from where it started
 */
double
dot_gallery_get_distance (DotGallery *gallery, guint candidate, guint position)
{
  const Cell *cell = get_cell (gallery, candidate, position);

  return cell ? cell->frame->distance : 0.0;
}

/**
 * dot_gallery_get_score_range:
 * @lowest: (out): the smallest score of all candidates and updates
 * @highest: (out): the largest
 *
 * Returns: whether there is any score
 */
gboolean
dot_gallery_get_score_range (DotGallery *gallery, double *lowest, double *highest)
{
  return range_get (&gallery->scores, lowest, highest);
}

/**
 * dot_gallery_get_distance_range:
 * @lowest: (out): the smallest distance of all candidates and updates
 * @highest: (out): the largest
 *
 * Returns: whether there is any distance
 */
gboolean
dot_gallery_get_distance_range (DotGallery *gallery, double *lowest, double *highest)
{
  return range_get (&gallery->distances, lowest, highest);
}

/**
 * dot_gallery_get_title:
 *
 * Returns: (transfer none): class, seed, update and score, as layers are
 *   called
 */
const char *
dot_gallery_get_title (DotGallery *gallery, guint candidate, guint position)
{
  const Cell *cell = get_cell (gallery, candidate, position);

  return cell ? cell->frame->title : NULL;
}

/**
 * dot_gallery_get_picture:
 *
 * Returns: (transfer none): as large as the generator paints it; the same one
 *   each time
 */
GdkPixbuf *
dot_gallery_get_picture (DotGallery *gallery, guint candidate, guint position)
{
  Cell *cell = get_cell (gallery, candidate, position);

  if (cell && ! cell->picture)
    cell->picture = make_picture (cell->frame);
  return cell ? cell->picture : NULL;
}

/**
 * dot_gallery_get_frame:
 *
 * Returns: (transfer none): all there is of it
 */
DotFrame *
dot_gallery_get_frame (DotGallery *gallery, guint candidate, guint position)
{
  const Cell *cell = get_cell (gallery, candidate, position);

  return cell ? cell->frame : NULL;
}

/**
 * dot_gallery_get_last_frames:
 *
 * Returns: (transfer container) (element-type DotFrame): each candidate after
 *   the last update, what a run goes on from; none where there is none
 */
GPtrArray *
dot_gallery_get_last_frames (DotGallery *gallery)
{
  guint      n      = dot_gallery_get_n_candidates (gallery);
  guint      last   = gallery->rows->len - 1;
  GPtrArray *frames = NULL;

  frames = g_ptr_array_new_with_free_func ((GDestroyNotify) dot_frame_unref);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (frames, dot_frame_ref (get_cell (gallery, i, last)->frame));
  return frames;
}

/*  what is looked at  */

guint
dot_gallery_get_position (DotGallery *gallery)
{
  return gallery->position;
}

/**
 * dot_gallery_set_position:
 * @position: which of the kept updates to show; the last where it is larger
 */
void
dot_gallery_set_position (DotGallery *gallery, guint position)
{
  guint n = gallery->rows->len;

  position = n ? MIN (position, n - 1) : 0;
  if (position == gallery->position)
    return;

  gallery->position = position;
  dot_gallery_emit_changed (gallery, DOT_GALLERY_SHOWN);
}

gboolean
dot_gallery_get_comparing (DotGallery *gallery)
{
  return gallery->comparing;
}

/**
 * dot_gallery_set_comparing:
 * @comparing: whether to show the unrefined pictures for a moment
 */
void
dot_gallery_set_comparing (DotGallery *gallery, gboolean comparing)
{
  if (gallery->comparing == comparing)
    return;

  gallery->comparing = comparing;
  dot_gallery_emit_changed (gallery, DOT_GALLERY_SHOWN);
}

/**
 * dot_gallery_get_shown:
 *
 * Returns: the position whose pictures are to be seen: the first while
 *   comparing
 */
guint
dot_gallery_get_shown (DotGallery *gallery)
{
  return gallery->comparing ? 0 : gallery->position;
}
