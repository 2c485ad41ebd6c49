/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "history.h"
#include "session.h"
#include "settings.h"

G_BEGIN_DECLS

#define DOT_TYPE_RECORDER (dot_recorder_get_type ())
G_DECLARE_FINAL_TYPE (DotRecorder, dot_recorder, DOT, RECORDER, GObject)

DotRecorder     *dot_recorder_new (DotHistory *history, DotSession *session, DotSettings *settings);
void             dot_recorder_flush (DotRecorder *recorder);
DotHistoryEntry *dot_recorder_get_newest (DotRecorder *recorder);

G_END_DECLS
