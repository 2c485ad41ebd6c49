/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "core/gallery.h"

G_BEGIN_DECLS

#define DOT_TYPE_CANDIDATE_GRID (dot_candidate_grid_get_type ())
G_DECLARE_FINAL_TYPE (DotCandidateGrid, dot_candidate_grid, DOT, CANDIDATE_GRID, GtkFlowBox)

GtkWidget *dot_candidate_grid_new (DotGallery *gallery);

G_END_DECLS
