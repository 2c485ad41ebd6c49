/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *dot_trust_question_new (GtkWindow *parent, const char *model);
GtkWidget *dot_trust_question_new_for_import (GtkWindow *parent, const char *generator);

G_END_DECLS
