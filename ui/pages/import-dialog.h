/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "dot.h"

G_BEGIN_DECLS

#define DOT_TYPE_IMPORT_DIALOG (dot_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DotImportDialog, dot_import_dialog, DOT, IMPORT_DIALOG, GtkDialog)

GtkWidget *dot_import_dialog_new (GtkWindow *parent, DotModel *wanted);
DotModel  *dot_import_dialog_run (DotImportDialog *dialog);

G_END_DECLS
