/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dataset-private.h"
#include "left-out.h"

G_BEGIN_DECLS

typedef struct _DotPictures DotPictures;

DotPictures *dot_pictures_new (const char *archive);
void         dot_pictures_add (DotPictures *pictures,
                               const char  *name,
                               GBytes      *bytes,
                               guint64      size,
                               gint64       time);
void     dot_pictures_leave_out (DotPictures *pictures, DotLeftOutReason reason, const char *name);
gsize    dot_pictures_find_root (DotPictures *pictures);
gboolean dot_pictures_finish (DotPictures             *pictures,
                              gsize                    root,
                              const char              *single,
                              DotDataset              *dataset,
                              const DotDatasetOptions *options,
                              GError                 **error);
gboolean dot_pictures_read (const DotDataset *dataset,
                            guint64           item,
                            guint8           *pixels,
                            GError          **error);
void     dot_pictures_free (gpointer pictures);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotPictures, dot_pictures_free)

G_END_DECLS
