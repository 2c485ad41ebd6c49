/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "dot.h"

G_BEGIN_DECLS

#define DOT_TYPE_DOWNLOAD_DIALOG (dot_download_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DotDownloadDialog, dot_download_dialog, DOT, DOWNLOAD_DIALOG, GtkDialog)

GtkWidget *dot_download_dialog_new (GtkWindow *parent, DotModel *model);
DotModel  *dot_download_dialog_run (DotDownloadDialog *dialog);

G_END_DECLS
