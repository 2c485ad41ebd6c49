/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_OPTIONS_GRID_H__
#define __DOT_OPTIONS_GRID_H__

#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

G_BEGIN_DECLS

#define DOT_TYPE_OPTIONS_GRID (dot_options_grid_get_type ())
G_DECLARE_FINAL_TYPE (DotOptionsGrid, dot_options_grid, DOT, OPTIONS_GRID, GtkGrid)

GtkWidget * dot_options_grid_new        (GimpProcedureConfig  *config);
void        dot_options_grid_add        (DotOptionsGrid       *grid,
                                         const char           *property,
                                         GtkWidget            *widget);
void        dot_options_grid_add_with   (DotOptionsGrid       *grid,
                                         const char           *property,
                                         GtkWidget            *widget,
                                         GtkWidget            *beside);
void        dot_options_grid_add_int    (DotOptionsGrid       *grid,
                                         const char           *property);
void        dot_options_grid_add_number (DotOptionsGrid       *grid,
                                         const char           *property,
                                         double                step,
                                         int                   digits,
                                         const char           *zero);
void        dot_options_grid_add_choice (DotOptionsGrid       *grid,
                                         const char           *property);
GtkWidget * dot_options_grid_add_toggle (DotOptionsGrid      *grid,
                                         const char           *property);
void        dot_options_grid_add_file   (DotOptionsGrid       *grid,
                                         const char           *property,
                                         const char           *title);
void        dot_options_grid_align      (DotOptionsGrid       *grid,
                                         DotOptionsGrid       *other);

G_END_DECLS

#endif /* __DOT_OPTIONS_GRID_H__ */
