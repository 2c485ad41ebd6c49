/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

gboolean dot_question_ask (GtkWidget  *asker,
                           const char *question,
                           const char *detail,
                           const char *yes);
void     dot_question_warn (GtkWidget *asker, const char *warning);

G_END_DECLS
