/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "gimp-thread.h"

G_BEGIN_DECLS

typedef struct _DotProgress DotProgress;

DotProgress *dot_progress_new (DotGimpThread *thread);
void         dot_progress_show (DotProgress *progress, const char *message, double fraction);
void         dot_progress_end (DotProgress *progress);
void         dot_progress_free (DotProgress *progress);

G_END_DECLS
