/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "core/fix.h"
#include "core/queue.h"
#include "core/recorder.h"
#include "core/restorer.h"
#include "widgets/progress-row.h"
#include "work.h"

G_BEGIN_DECLS

#define DOT_TYPE_WORKBENCH_ACTIONS (dot_workbench_actions_get_type ())
G_DECLARE_FINAL_TYPE (DotWorkbenchActions,
                      dot_workbench_actions,
                      DOT,
                      WORKBENCH_ACTIONS,
                      GSimpleActionGroup)

DotWorkbenchActions *dot_workbench_actions_new (DotSettings    *settings,
                                                DotSession     *session,
                                                DotRecorder    *recorder,
                                                DotProgressRow *progress,
                                                const char     *host);
gboolean             dot_workbench_actions_is_busy (DotWorkbenchActions *actions);
gboolean             dot_workbench_actions_can_choose (DotWorkbenchActions *actions);
char                *dot_workbench_actions_get_next (DotWorkbenchActions *actions);
DotWork             *dot_workbench_actions_get_work (DotWorkbenchActions *actions);
void                 dot_workbench_actions_set_fix (DotWorkbenchActions *actions, DotFix fix);
void dot_workbench_actions_set_layer_states (DotWorkbenchActions *actions, GStrv states);
void dot_workbench_actions_set_picture (DotWorkbenchActions *actions, GBytes *picture);
void dot_workbench_actions_restore (DotWorkbenchActions *actions, DotHistoryEntry *entry);

G_END_DECLS
