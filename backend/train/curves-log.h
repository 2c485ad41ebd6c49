/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "export/plot.h"

G_BEGIN_DECLS

typedef struct _DotCurvesLog DotCurvesLog;

DotCurvesLog *dot_curves_log_read (const char *path, GError **error);
GArray       *dot_curves_log_get_points (const DotCurvesLog *log, const char *column);
void          dot_curves_log_free (DotCurvesLog *log);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotCurvesLog, dot_curves_log_free)

G_END_DECLS
