/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#include "config.h"

#include "gallery.h"

/**
 * DotGallery:
 *
 * The pictures of a run, and which of them is looked at: a row of candidates
 * for each update that is kept.  It knows nothing of widgets; those that show
 * it listen to #DotGallery::changed, after which everything may be another.
 *
 * While the last position is shown, the next one that comes is shown, too.
 */

/*  One candidate after one update.  */
typedef struct
{
  DotFrame  *frame;
  GdkPixbuf *picture;
} Cell;

/*  All candidates after one update.  */
typedef struct
{
  guint   update;
  guint   n_cells;
  Cell   *cells;
} Row;

struct _DotGallery
{
  GObject    parent_instance;

  GPtrArray *rows;
  guint      n_updates;
  guint      position;
  guint      candidate;
  gboolean   comparing;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DotGallery, dot_gallery, G_TYPE_OBJECT)

/*  rows  */

static void
free_pixels (guchar   *pixels,
             gpointer  data)
{
  g_free (pixels);
}

static void
cell_fill (Cell     *cell,
           DotFrame *frame)
{
  cell->frame   = dot_frame_ref (frame);
  cell->picture = gdk_pixbuf_new_from_data (
    dot_frame_get_pixels (frame), GDK_COLORSPACE_RGB, FALSE, 8,
    frame->width, frame->height, 3 * frame->width, free_pixels, NULL);
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
    cell_fill (&row->cells[i], frames->pdata[i]);

  return row;
}

static void
row_free (gpointer data)
{
  Row *row = data;

  for (guint i = 0; i < row->n_cells; i++)
    {
      g_object_unref (row->cells[i].picture);
      dot_frame_unref (row->cells[i].frame);
    }
  g_free (row->cells);
  g_free (row);
}

static const Cell *
get_cell (DotGallery *gallery,
          guint       candidate,
          guint       position)
{
  const Row *row;

  g_return_val_if_fail (position < gallery->rows->len, NULL);

  row = gallery->rows->pdata[position];
  g_return_val_if_fail (candidate < row->n_cells, NULL);

  return &row->cells[candidate];
}

/*  the class  */

static void
dot_gallery_finalize (GObject *object)
{
  g_ptr_array_unref (DOT_GALLERY (object)->rows);

  G_OBJECT_CLASS (dot_gallery_parent_class)->finalize (object);
}

static void
dot_gallery_class_init (DotGalleryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dot_gallery_finalize;

  /**
   * DotGallery::changed:
   *
   * There are other pictures, or others are looked at.
   */
  signals[CHANGED] = g_signal_new ("changed", DOT_TYPE_GALLERY,
                                   G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
dot_gallery_init (DotGallery *gallery)
{
  gallery->rows = g_ptr_array_new_with_free_func (row_free);
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

static void
emit_changed (DotGallery *gallery)
{
  g_signal_emit (gallery, signals[CHANGED], 0);
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
  gallery->position  = 0;
  gallery->candidate = 0;
  gallery->comparing = FALSE;
  emit_changed (gallery);
}

/**
 * dot_gallery_add:
 * @frames: (element-type DotFrame): each candidate after an update, the next
 *   one, with as many candidates
 *
 * Adds the pictures of a step.
 */
void
dot_gallery_add (DotGallery *gallery,
                 GPtrArray  *frames)
{
  const DotFrame *first   = frames->pdata[0];
  gboolean        follows = gallery->position + 1 >= gallery->rows->len;

  g_ptr_array_add (gallery->rows, row_new (frames));
  gallery->n_updates = first->n_updates;
  if (follows)
    gallery->position = gallery->rows->len - 1;
  emit_changed (gallery);
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
dot_gallery_get_update (DotGallery *gallery,
                        guint       position)
{
  const Row *row;

  g_return_val_if_fail (position < gallery->rows->len, 0);

  row = gallery->rows->pdata[position];
  return row->update;
}

/**
 * dot_gallery_get_n_updates:
 *
 * Returns: how many updates the run will have
 */
guint
dot_gallery_get_n_updates (DotGallery *gallery)
{
  return gallery->n_updates;
}

double
dot_gallery_get_score (DotGallery *gallery,
                       guint       candidate,
                       guint       position)
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
dot_gallery_get_distance (DotGallery *gallery,
                          guint       candidate,
                          guint       position)
{
  const Cell *cell = get_cell (gallery, candidate, position);

  return cell ? cell->frame->distance : 0.0;
}

/**
 * dot_gallery_get_title:
 *
 * Returns: (transfer none): class, seed, update and score, as layers are
 *   called
 */
const char *
dot_gallery_get_title (DotGallery *gallery,
                       guint       candidate,
                       guint       position)
{
  const Cell *cell = get_cell (gallery, candidate, position);

  return cell ? cell->frame->title : NULL;
}

/**
 * dot_gallery_get_picture:
 *
 * Returns: (transfer none): as large as the generator paints it
 */
GdkPixbuf *
dot_gallery_get_picture (DotGallery *gallery,
                         guint       candidate,
                         guint       position)
{
  const Cell *cell = get_cell (gallery, candidate, position);

  return cell ? cell->picture : NULL;
}

/**
 * dot_gallery_get_frame:
 *
 * Returns: (transfer none): all there is of it
 */
DotFrame *
dot_gallery_get_frame (DotGallery *gallery,
                       guint       candidate,
                       guint       position)
{
  const Cell *cell = get_cell (gallery, candidate, position);

  return cell ? cell->frame : NULL;
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
dot_gallery_set_position (DotGallery *gallery,
                          guint       position)
{
  guint n = gallery->rows->len;

  position = n ? MIN (position, n - 1) : 0;
  if (position == gallery->position)
    return;

  gallery->position = position;
  emit_changed (gallery);
}

guint
dot_gallery_get_candidate (DotGallery *gallery)
{
  return gallery->candidate;
}

/**
 * dot_gallery_set_candidate:
 * @candidate: whose numbers are shown; one that isn't there changes nothing
 */
void
dot_gallery_set_candidate (DotGallery *gallery,
                           guint       candidate)
{
  if (candidate == gallery->candidate
      || candidate >= dot_gallery_get_n_candidates (gallery))
    return;

  gallery->candidate = candidate;
  emit_changed (gallery);
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
dot_gallery_set_comparing (DotGallery *gallery,
                           gboolean    comparing)
{
  if (gallery->comparing == comparing)
    return;

  gallery->comparing = comparing;
  emit_changed (gallery);
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
