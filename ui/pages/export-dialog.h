/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "core/gallery.h"

G_BEGIN_DECLS

#define DOT_TYPE_EXPORT_DIALOG (dot_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DotExportDialog, dot_export_dialog, DOT, EXPORT_DIALOG, GtkFileChooserDialog)

GtkWidget        *dot_export_dialog_new (GtkWindow *parent, DotGallery *gallery);
DotExportOptions *dot_export_dialog_get_options (DotExportDialog *dialog);
GPtrArray        *dot_export_dialog_get_frames (DotExportDialog *dialog);

G_END_DECLS
