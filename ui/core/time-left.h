/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _DotTimeLeft DotTimeLeft;

DotTimeLeft *dot_time_left_new (void);
void         dot_time_left_free (DotTimeLeft *left);
void         dot_time_left_reset (DotTimeLeft *left);
void         dot_time_left_set (DotTimeLeft *left, double fraction, gint64 now);
char        *dot_time_left_get_text (DotTimeLeft *left, gint64 now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotTimeLeft, dot_time_left_free)

G_END_DECLS
