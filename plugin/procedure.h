/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <libgimp/gimp.h>

G_BEGIN_DECLS

#define DOT_PROCEDURE_NAME "plug-in-dot-refine"

GimpProcedure *dot_procedure_new (GimpPlugIn *plug_in);

G_END_DECLS
