/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

DotStep *dot_step_copy (const DotStep *step);
void     dot_step_free (DotStep *step);

/* What a kept step is called and carries; candidate: 0 … batch − 1. */
char *dot_step_get_title (const DotStep *step, gsize candidate);
char *dot_step_get_filename (const DotStep *step, gsize candidate);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotStep, dot_step_free)

G_END_DECLS
