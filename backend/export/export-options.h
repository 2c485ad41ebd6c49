/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

DotExportOptions *dot_export_options_new_for (const char *path, GError **error);
gboolean          dot_export_options_check (const DotExportOptions *options, GError **error);
gboolean          dot_export_options_check_run (const DotExportOptions *options,
                                                DotModel               *model,
                                                const DotRefineOptions *run,
                                                GError                **error);

G_END_DECLS
