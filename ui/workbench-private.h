/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_WORKBENCH_PRIVATE_H__
#define __DOT_WORKBENCH_PRIVATE_H__

#include "core/fix.h"
#include "core/recorder.h"
#include "core/time-left.h"
#include "workbench.h"

G_BEGIN_DECLS

struct _DotWorkbench
{
  GtkBox parent_instance;

  DotSettings        *settings;
  DotSession         *session;
  DotHistory         *history;
  DotRecorder        *recorder;
  DotHistoryEntry    *restored;
  GSimpleActionGroup *actions;
  GStrv               layer_states;
  DotTimeLeft        *time_left;
  DotFix              fix;
  char               *host;

  /* something else than a run goes on, an export say */
  GCancellable *cancellable;
  gboolean      working;

  GtkWidget *models;
  GtkWidget *options;
  GtkWidget *pages;
  GtkWidget *message;
  GtkWidget *fix_button;
  GtkWidget *progress;
};

void dot_workbench_update (DotWorkbench *workbench);
void dot_workbench_start (DotWorkbench *workbench, DotRefineOptions *options, DotRun run);
void dot_workbench_stop (DotWorkbench *workbench);
void dot_workbench_add_layers (DotWorkbench *workbench, GPtrArray *frames);

/*  workbench-actions.c  */

void dot_workbench_add_actions (DotWorkbench *workbench);
void dot_workbench_update_actions (DotWorkbench *workbench);

/*  workbench-keeping.c  */

GtkWidget *dot_workbench_make_history (DotWorkbench *workbench);
GtkWidget *dot_workbench_make_presets (DotWorkbench *workbench);

G_END_DECLS

#endif /* __DOT_WORKBENCH_PRIVATE_H__ */
