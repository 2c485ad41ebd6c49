/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <libgimp/gimp.h>

G_BEGIN_DECLS

typedef struct _DotRepeat DotRepeat;

DotRepeat *dot_repeat_take (gint64 seed, gint64 count);
DotRepeat *dot_repeat_take_next (GimpProcedureConfig *config);
void       dot_repeat_return (const DotRepeat *seeds);
void       dot_repeat_recall (GimpProcedureConfig *config);
void       dot_repeat_free (DotRepeat *seeds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotRepeat, dot_repeat_free)

G_END_DECLS
