/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_GALLERY_H__
#define __DOT_GALLERY_H__

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "dot.h"

G_BEGIN_DECLS

#define DOT_TYPE_GALLERY (dot_gallery_get_type ())
G_DECLARE_FINAL_TYPE (DotGallery, dot_gallery, DOT, GALLERY, GObject)

DotGallery * dot_gallery_new              (void);
void         dot_gallery_clear            (DotGallery    *gallery);
void         dot_gallery_add              (DotGallery    *gallery,
                                           GPtrArray     *frames);
guint        dot_gallery_get_n_candidates (DotGallery    *gallery);
guint        dot_gallery_get_n_positions  (DotGallery    *gallery);
guint        dot_gallery_get_position     (DotGallery    *gallery);
void         dot_gallery_set_position     (DotGallery    *gallery,
                                           guint          position);
guint        dot_gallery_get_candidate    (DotGallery    *gallery);
void         dot_gallery_set_candidate    (DotGallery    *gallery,
                                           guint          candidate);
gboolean     dot_gallery_get_comparing    (DotGallery    *gallery);
void         dot_gallery_set_comparing    (DotGallery    *gallery,
                                           gboolean       comparing);
guint        dot_gallery_get_shown        (DotGallery    *gallery);
guint        dot_gallery_get_update       (DotGallery    *gallery,
                                           guint          position);
guint        dot_gallery_get_n_updates    (DotGallery    *gallery);
double       dot_gallery_get_score        (DotGallery    *gallery,
                                           guint          candidate,
                                           guint          position);
double       dot_gallery_get_distance     (DotGallery    *gallery,
                                           guint          candidate,
                                           guint          position);
const char * dot_gallery_get_title        (DotGallery    *gallery,
                                           guint          candidate,
                                           guint          position);
DotFrame   * dot_gallery_get_frame        (DotGallery    *gallery,
                                           guint          candidate,
                                           guint          position);
GdkPixbuf  * dot_gallery_get_picture      (DotGallery    *gallery,
                                           guint          candidate,
                                           guint          position);

G_END_DECLS

#endif /* __DOT_GALLERY_H__ */
