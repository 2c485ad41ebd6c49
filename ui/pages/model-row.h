/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "dot.h"

G_BEGIN_DECLS

#define DOT_TYPE_MODEL_ROW (dot_model_row_get_type ())
G_DECLARE_FINAL_TYPE (DotModelRow, dot_model_row, DOT, MODEL_ROW, GtkListBoxRow)

GtkWidget *dot_model_row_new (DotModel *model);
DotModel  *dot_model_row_get_model (DotModelRow *row);

G_END_DECLS
