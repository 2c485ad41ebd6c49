/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include "gimp-run.h"

G_BEGIN_DECLS

#define DOT_TYPE_REFINE_DIALOG (dot_refine_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DotRefineDialog, dot_refine_dialog, DOT, REFINE_DIALOG, GimpDialog)

void dot_refine_dialog_run (DotGimpRun          *gimp_run,
                            GimpProcedureConfig *config,
                            DotSettings         *settings);

G_END_DECLS
