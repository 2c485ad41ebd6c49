/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <libgimp/gimp.h>

#include "core/settings.h"

G_BEGIN_DECLS

void dot_arguments_add (GimpProcedure *procedure);
void dot_arguments_read (GimpProcedureConfig *config, DotSettings *settings);
void dot_arguments_write (GimpProcedureConfig *config, DotSettings *settings);

G_END_DECLS
