/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DOT_TYPE_MODEL_PAGE (dot_model_page_get_type ())
G_DECLARE_FINAL_TYPE (DotModelPage, dot_model_page, DOT, MODEL_PAGE, GtkDialog)

GtkWidget  *dot_model_page_new (GtkWindow *parent);
const char *dot_model_page_get_imported (DotModelPage *page);

G_END_DECLS
