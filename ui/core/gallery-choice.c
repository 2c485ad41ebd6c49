/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* Which candidates of a gallery are selected, and which updates are marked.
 * The candidate whose numbers are shown is always selected, unless none is. */

#include "config.h"

#include "gallery-private.h"

/*  candidates  */

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
  dot_gallery_emit_changed (gallery, change);
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
      dot_gallery_emit_changed (gallery, DOT_GALLERY_CANDIDATE);
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

/*  updates  */

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
  dot_gallery_emit_changed (gallery, DOT_GALLERY_MARKS);
}

void
dot_gallery_mark_all (DotGallery *gallery)
{
  guint n = dot_gallery_get_n_positions (gallery);

  if (dot_gallery_get_n_marked (gallery) == n)
    return;

  for (guint i = 0; i < n; i++)
    put (gallery->marked, i, TRUE);
  dot_gallery_emit_changed (gallery, DOT_GALLERY_MARKS);
}

void
dot_gallery_mark_none (DotGallery *gallery)
{
  if (dot_gallery_get_n_marked (gallery) == 0)
    return;

  g_hash_table_remove_all (gallery->marked);
  dot_gallery_emit_changed (gallery, DOT_GALLERY_MARKS);
}

/*  both  */

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
