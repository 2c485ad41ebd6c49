/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "method-class.h"

G_BEGIN_DECLS

extern const char *const dot_method_titles[];

const DotMethodClass *dot_method_get_class (DotMethod method);
gboolean              dot_method_is_transport (DotMethod method);
void dot_method_get_cost (DotMethod method, const DotMethodOptions *options, DotMethodCost *cost);
gboolean dot_method_run (DotMethod method, const DotMethodRun *run, GError **error);

G_END_DECLS
