/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Every update of a run as one .npz (docs/formats.md). */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

typedef struct _DotTrace DotTrace;

gboolean  dot_trace_check (DotModel               *model,
                           const DotRefineOptions *options,
                           const char             *path,
                           GError                **error);
DotTrace *dot_trace_new (void);
void      dot_trace_set_method (DotTrace *trace, DotMethod method);
void      dot_trace_add (DotTrace *trace, const DotStep *step);
gboolean  dot_trace_save (DotTrace *trace, const char *path, GError **error);
void      dot_trace_free (DotTrace *trace);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotTrace, dot_trace_free)

G_END_DECLS
