/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A smaller picture shows nothing, in GTK's pixels. */
#define DOT_CANDIDATE_SMALLEST 48

#define DOT_TYPE_CANDIDATE (dot_candidate_get_type ())
G_DECLARE_FINAL_TYPE (DotCandidate, dot_candidate, DOT, CANDIDATE, GtkFlowBoxChild)

GtkWidget *dot_candidate_new (void);
void       dot_candidate_show (DotCandidate *candidate,
                               GdkPixbuf    *picture,
                               const char   *title,
                               const char   *caption,
                               const char   *text);
void       dot_candidate_set_current (DotCandidate *candidate, gboolean current);

G_END_DECLS
