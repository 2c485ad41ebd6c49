/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "gallery.h"

#include <math.h>

#include "gallery-row.h"

/**
 * DotGallery:
 *
 * The pictures of a run, which of them is looked at, and which are chosen for
 * what comes next: a row of candidates for each update that is kept.  It knows
 * nothing of widgets; those that show it listen to #DotGallery::changed.
 *
 * While the last position is shown, the next one that comes is shown, too.
 * The candidate whose numbers are shown is always selected, unless none is.
 */

/* The smallest and the largest of some numbers; lowest > highest while there
 * is none. */
typedef struct
{
  double lowest;
  double highest;
} Range;

/* @selected: set of candidates; @marked: set of positions */
struct _DotGallery
{
  GObject parent_instance;

  GPtrArray *rows;
  guint      n_updates;
  Range      scores;
  Range      distances;

  guint    position;
  guint    candidate;
  gboolean comparing;

  GHashTable *selected;
  GHashTable *marked;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DotGallery, dot_gallery, G_TYPE_OBJECT)

/*  ranges  */

static const Range nothing = { G_MAXDOUBLE, -G_MAXDOUBLE };

static void
range_add (Range *range, double value)
{
  if (! isfinite (value))
    return;

  range->lowest  = MIN (range->lowest, value);
  range->highest = MAX (range->highest, value);
}

static void
add_to_ranges (DotGallery *gallery, const DotGalleryRow *row)
{
  for (guint i = 0; i < dot_gallery_row_get_n_candidates (row); i++)
    {
      const DotFrame *frame = dot_gallery_row_get_frame (row, i);

      range_add (&gallery->scores, frame->score);
      range_add (&gallery->distances, frame->distance);
    }
}

static gboolean
range_get (const Range *range, double *lowest, double *highest)
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
  gallery->rows      = g_ptr_array_new_with_free_func (dot_gallery_row_free);
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

static void
emit_changed (DotGallery *gallery, DotGalleryChange change)
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
  emit_changed (gallery, DOT_GALLERY_CLEARED);
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

  g_ptr_array_add (gallery->rows, dot_gallery_row_new (frames));
  gallery->n_updates = MAX (gallery->n_updates, first->n_updates);
  add_to_ranges (gallery, gallery->rows->pdata[n]);
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
  emit_changed (gallery, change);
}

/*  what is there  */

guint
dot_gallery_get_n_candidates (DotGallery *gallery)
{
  return gallery->rows->len ? dot_gallery_row_get_n_candidates (gallery->rows->pdata[0]) : 0;
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
  g_return_val_if_fail (position < gallery->rows->len, 0);

  return dot_gallery_row_get_update (gallery->rows->pdata[position]);
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
  const DotFrame *frame = dot_gallery_get_frame (gallery, candidate, position);

  return frame ? frame->score : 0.0;
}

/**
 * dot_gallery_get_distance:
 *
 * Returns: how far the candidate is from where it started
 */
double
dot_gallery_get_distance (DotGallery *gallery, guint candidate, guint position)
{
  const DotFrame *frame = dot_gallery_get_frame (gallery, candidate, position);

  return frame ? frame->distance : 0.0;
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
  const DotFrame *frame = dot_gallery_get_frame (gallery, candidate, position);

  return frame ? frame->title : NULL;
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
  g_return_val_if_fail (position < gallery->rows->len, NULL);

  return dot_gallery_row_get_picture (gallery->rows->pdata[position], candidate);
}

/**
 * dot_gallery_get_frame:
 *
 * Returns: (transfer none): all there is of it
 */
DotFrame *
dot_gallery_get_frame (DotGallery *gallery, guint candidate, guint position)
{
  g_return_val_if_fail (position < gallery->rows->len, NULL);

  return dot_gallery_row_get_frame (gallery->rows->pdata[position], candidate);
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
    g_ptr_array_add (frames, dot_frame_ref (dot_gallery_get_frame (gallery, i, last)));
  return frames;
}

/**
 * dot_gallery_get_last_states:
 *
 * Returns: (transfer full): the state of each candidate after the last update
 */
GStrv
dot_gallery_get_last_states (DotGallery *gallery)
{
  g_autoptr (GPtrArray) frames    = dot_gallery_get_last_frames (gallery);
  g_autoptr (GStrvBuilder) states = g_strv_builder_new ();

  for (guint i = 0; i < frames->len; i++)
    g_strv_builder_add (states, ((DotFrame *) frames->pdata[i])->state);
  return g_strv_builder_end (states);
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
  emit_changed (gallery, DOT_GALLERY_SHOWN);
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
  emit_changed (gallery, DOT_GALLERY_SHOWN);
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

/*  which candidates are selected  */

static void
put (GHashTable *set, guint member, gboolean in)
{
  if (in)
    g_hash_table_add (set, GUINT_TO_POINTER (member));
  else
    g_hash_table_remove (set, GUINT_TO_POINTER (member));
}

static gboolean
has (GHashTable *set, guint member)
{
  return g_hash_table_contains (set, GUINT_TO_POINTER (member));
}

/* The selected one next to @candidate; itself where none is. */
static guint
find_selected (DotGallery *gallery, guint candidate)
{
  guint n = dot_gallery_get_n_candidates (gallery);

  for (guint away = 0; away < n; away++)
    {
      if (candidate + away < n && has (gallery->selected, candidate + away))
        return candidate + away;
      if (candidate >= away && has (gallery->selected, candidate - away))
        return candidate - away;
    }
  return candidate;
}

/* Tells of another selection, with @wanted as the candidate if it is in it. */
static void
selection_changed (DotGallery *gallery, guint wanted)
{
  DotGalleryChange change    = DOT_GALLERY_SELECTION;
  guint            candidate = find_selected (gallery, wanted);

  if (candidate != gallery->candidate)
    change |= DOT_GALLERY_CANDIDATE;
  gallery->candidate = candidate;
  emit_changed (gallery, change);
}

guint
dot_gallery_get_candidate (DotGallery *gallery)
{
  return gallery->candidate;
}

/**
 * dot_gallery_set_candidate:
 * @candidate: whose numbers are shown; one that isn't there changes nothing
 *
 * If it isn't selected, it is the only one that is from now on.
 */
void
dot_gallery_set_candidate (DotGallery *gallery, guint candidate)
{
  if (candidate >= dot_gallery_get_n_candidates (gallery))
    return;

  if (! has (gallery->selected, candidate))
    {
      dot_gallery_select_only (gallery, &candidate, 1);
    }
  else if (candidate != gallery->candidate)
    {
      gallery->candidate = candidate;
      emit_changed (gallery, DOT_GALLERY_CANDIDATE);
    }
}

guint
dot_gallery_get_n_selected (DotGallery *gallery)
{
  return g_hash_table_size (gallery->selected);
}

gboolean
dot_gallery_is_selected (DotGallery *gallery, guint candidate)
{
  return has (gallery->selected, candidate);
}

/**
 * dot_gallery_select:
 * @selected: whether to have it in the selection, whatever else is in it
 */
void
dot_gallery_select (DotGallery *gallery, guint candidate, gboolean selected)
{
  g_return_if_fail (candidate < dot_gallery_get_n_candidates (gallery));

  selected = ! ! selected;
  if (selected == has (gallery->selected, candidate))
    return;

  put (gallery->selected, candidate, selected);
  selection_changed (gallery, gallery->candidate);
}

static gboolean
are_selected (DotGallery *gallery, const guint *candidates, guint n_candidates)
{
  for (guint i = 0; i < n_candidates; i++)
    if (! has (gallery->selected, candidates[i]))
      return FALSE;
  return n_candidates == dot_gallery_get_n_selected (gallery);
}

/**
 * dot_gallery_select_only:
 * @candidates: (array length=n_candidates): some, each once
 *
 * Selects these and no others.
 */
void
dot_gallery_select_only (DotGallery *gallery, const guint *candidates, guint n_candidates)
{
  if (are_selected (gallery, candidates, n_candidates))
    return;

  g_hash_table_remove_all (gallery->selected);
  for (guint i = 0; i < n_candidates; i++)
    if (candidates[i] < dot_gallery_get_n_candidates (gallery))
      put (gallery->selected, candidates[i], TRUE);
  selection_changed (gallery, gallery->candidate);
}

void
dot_gallery_select_all (DotGallery *gallery)
{
  guint n = dot_gallery_get_n_candidates (gallery);

  if (dot_gallery_get_n_selected (gallery) == n)
    return;

  for (guint i = 0; i < n; i++)
    put (gallery->selected, i, TRUE);
  selection_changed (gallery, gallery->candidate);
}

void
dot_gallery_select_none (DotGallery *gallery)
{
  dot_gallery_select_only (gallery, NULL, 0);
}

/*  which updates are marked  */

guint
dot_gallery_get_n_marked (DotGallery *gallery)
{
  return g_hash_table_size (gallery->marked);
}

gboolean
dot_gallery_is_marked (DotGallery *gallery, guint position)
{
  return has (gallery->marked, position);
}

/**
 * dot_gallery_set_marked:
 * @marked: whether the update is wanted for what comes next
 */
void
dot_gallery_set_marked (DotGallery *gallery, guint position, gboolean marked)
{
  g_return_if_fail (position < dot_gallery_get_n_positions (gallery));

  marked = ! ! marked;
  if (marked == has (gallery->marked, position))
    return;

  put (gallery->marked, position, marked);
  emit_changed (gallery, DOT_GALLERY_MARKS);
}

void
dot_gallery_mark_all (DotGallery *gallery)
{
  guint n = dot_gallery_get_n_positions (gallery);

  if (dot_gallery_get_n_marked (gallery) == n)
    return;

  for (guint i = 0; i < n; i++)
    put (gallery->marked, i, TRUE);
  emit_changed (gallery, DOT_GALLERY_MARKS);
}

void
dot_gallery_mark_none (DotGallery *gallery)
{
  if (dot_gallery_get_n_marked (gallery) == 0)
    return;

  g_hash_table_remove_all (gallery->marked);
  emit_changed (gallery, DOT_GALLERY_MARKS);
}

/*  what is chosen  */

/* The one that is looked at where none is marked. */
static gboolean
is_chosen (DotGallery *gallery, guint position)
{
  if (dot_gallery_get_n_marked (gallery) == 0)
    return position == gallery->position;
  return has (gallery->marked, position);
}

/**
 * dot_gallery_get_n_chosen:
 *
 * Returns: how many frames dot_gallery_get_chosen() has
 */
guint
dot_gallery_get_n_chosen (DotGallery *gallery)
{
  return dot_gallery_get_n_selected (gallery) * MAX (dot_gallery_get_n_marked (gallery), 1);
}

/**
 * dot_gallery_get_chosen:
 *
 * Returns: (transfer container) (element-type DotFrame): the marked updates of
 *   the selected candidates, candidate by candidate, the first update first;
 *   the update that is looked at where none is marked
 */
GPtrArray *
dot_gallery_get_chosen (DotGallery *gallery)
{
  guint      n      = dot_gallery_get_n_candidates (gallery);
  guint      n_rows = dot_gallery_get_n_positions (gallery);
  GPtrArray *frames = NULL;

  frames = g_ptr_array_new_with_free_func ((GDestroyNotify) dot_frame_unref);
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n_rows && has (gallery->selected, i); j++)
      if (is_chosen (gallery, j))
        {
          DotFrame *frame = dot_gallery_get_frame (gallery, i, j);

          g_ptr_array_add (frames, dot_frame_ref (frame));
        }
  return frames;
}
