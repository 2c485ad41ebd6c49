/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

char   *dot_command_text_shell (const DotRefineOptions *options, const char *export_folder);
char   *dot_command_text_script_fu (const DotRefineOptions *options, const char *export_folder);
GError *dot_command_text_new_problem (const DotRefineOptions *options, gboolean script);

G_END_DECLS
