/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

G_BEGIN_DECLS

/**
 * DotExporting:
 * @frames: of #DotFrame, at least one
 *
 * One export under way.
 */
typedef struct
{
  GPtrArray              *frames;
  const DotExportOptions *options;
  DotProgressFunc         progress;
  gpointer                user_data;
  GCancellable           *cancellable;
} DotExporting;

gboolean dot_exporting_tick (const DotExporting *exporting, guint done, guint all, GError **error);
const DotFrame *dot_exporting_get_frame (const DotExporting *exporting, guint position);
GdkPixbuf      *dot_exporting_get_picture (const DotExporting *exporting,
                                           const DotFrame     *frame,
                                           GError            **error);
gboolean        dot_exporting_save (const DotExporting *exporting, GBytes *bytes, GError **error);

/*  the formats  */

gboolean dot_files_export (const DotExporting *exporting, GError **error);
gboolean dot_ora_export (const DotExporting *exporting, GError **error);
gboolean dot_sheet_export (const DotExporting *exporting, GError **error);
gboolean dot_animation_export (const DotExporting *exporting, GError **error);
gboolean dot_npy_latents_export (const DotExporting *exporting, GError **error);

G_END_DECLS
