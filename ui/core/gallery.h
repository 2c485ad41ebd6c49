/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "dot.h"

G_BEGIN_DECLS

/**
 * DotGalleryChange:
 * @DOT_GALLERY_CLEARED: all pictures went; nothing else is told of it
 * @DOT_GALLERY_ADDED: there is one more update, the last; what there was
 *   before is as it was
 * @DOT_GALLERY_SHOWN: another update is to be seen
 * @DOT_GALLERY_CANDIDATE: another candidate's numbers are
 * @DOT_GALLERY_SELECTION: other candidates are selected
 * @DOT_GALLERY_MARKS: other updates are marked
 *
 * What another state of a gallery consists in.
 */
typedef enum
{
  DOT_GALLERY_CLEARED   = 1 << 0,
  DOT_GALLERY_ADDED     = 1 << 1,
  DOT_GALLERY_SHOWN     = 1 << 2,
  DOT_GALLERY_CANDIDATE = 1 << 3,
  DOT_GALLERY_SELECTION = 1 << 4,
  DOT_GALLERY_MARKS     = 1 << 5,
} DotGalleryChange;

#define DOT_TYPE_GALLERY (dot_gallery_get_type ())
G_DECLARE_FINAL_TYPE (DotGallery, dot_gallery, DOT, GALLERY, GObject)

DotGallery *dot_gallery_new (void);
void        dot_gallery_clear (DotGallery *gallery);
void        dot_gallery_add (DotGallery *gallery, GPtrArray *frames);

/*  what is there  */

guint       dot_gallery_get_n_candidates (DotGallery *gallery);
guint       dot_gallery_get_n_positions (DotGallery *gallery);
guint       dot_gallery_get_n_updates (DotGallery *gallery);
guint       dot_gallery_get_update (DotGallery *gallery, guint position);
double      dot_gallery_get_score (DotGallery *gallery, guint candidate, guint position);
double      dot_gallery_get_distance (DotGallery *gallery, guint candidate, guint position);
gboolean    dot_gallery_get_score_range (DotGallery *gallery, double *lowest, double *highest);
gboolean    dot_gallery_get_distance_range (DotGallery *gallery, double *lowest, double *highest);
const char *dot_gallery_get_title (DotGallery *gallery, guint candidate, guint position);
DotFrame   *dot_gallery_get_frame (DotGallery *gallery, guint candidate, guint position);
GdkPixbuf  *dot_gallery_get_picture (DotGallery *gallery, guint candidate, guint position);
GPtrArray  *dot_gallery_get_last_frames (DotGallery *gallery);
GStrv       dot_gallery_get_last_states (DotGallery *gallery);

/*  what is looked at  */

guint    dot_gallery_get_position (DotGallery *gallery);
void     dot_gallery_set_position (DotGallery *gallery, guint position);
gboolean dot_gallery_get_comparing (DotGallery *gallery);
void     dot_gallery_set_comparing (DotGallery *gallery, gboolean comparing);
guint    dot_gallery_get_shown (DotGallery *gallery);
guint    dot_gallery_get_candidate (DotGallery *gallery);
void     dot_gallery_set_candidate (DotGallery *gallery, guint candidate);

/*  what is chosen  */

guint    dot_gallery_get_n_selected (DotGallery *gallery);
gboolean dot_gallery_is_selected (DotGallery *gallery, guint candidate);
void     dot_gallery_select (DotGallery *gallery, guint candidate, gboolean selected);
void     dot_gallery_select_only (DotGallery *gallery, const guint *candidates, guint n_candidates);
void     dot_gallery_select_all (DotGallery *gallery);
void     dot_gallery_select_none (DotGallery *gallery);
guint    dot_gallery_get_n_marked (DotGallery *gallery);
gboolean dot_gallery_is_marked (DotGallery *gallery, guint position);
void     dot_gallery_set_marked (DotGallery *gallery, guint position, gboolean marked);
void     dot_gallery_mark_all (DotGallery *gallery);
void     dot_gallery_mark_none (DotGallery *gallery);
guint    dot_gallery_get_n_chosen (DotGallery *gallery);
GPtrArray *dot_gallery_get_chosen (DotGallery *gallery);

G_END_DECLS
