/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "gallery.h"

G_BEGIN_DECLS

/**
 * DotRun:
 * @DOT_RUN_NEW: other pictures than those that are there
 * @DOT_RUN_MORE: goes on from the pictures that are there
 * @DOT_RUN_RESTORE: does again what was done from a saved state on, which is
 *   shown, too
 * @DOT_RUN_RESTORE_MORE: the same, behind the pictures that are there
 *
 * What a run is to the pictures of the one before.
 */
typedef enum
{
  DOT_RUN_NEW,
  DOT_RUN_MORE,
  DOT_RUN_RESTORE,
  DOT_RUN_RESTORE_MORE
} DotRun;

gboolean dot_run_is_restored (DotRun run);

#define DOT_TYPE_SESSION (dot_session_get_type ())
G_DECLARE_FINAL_TYPE (DotSession, dot_session, DOT, SESSION, GObject)

DotSession             *dot_session_new (void);
DotGallery             *dot_session_get_gallery (DotSession *session);
gboolean                dot_session_start (DotSession             *session,
                                           const DotRefineOptions *options,
                                           DotRun                  run,
                                           GError                **error);
void                    dot_session_stop (DotSession *session);
void                    dot_session_fail (DotSession *session, GError *error);
void                    dot_session_add_pending (DotSession *session);
void                    dot_session_remove_pending (DotSession *session);
DotRun                  dot_session_get_run (DotSession *session);
gboolean                dot_session_has_frames (DotSession *session);
gboolean                dot_session_is_running (DotSession *session);
const char             *dot_session_get_message (DotSession *session);
gboolean                dot_session_is_stopping (DotSession *session);
GCancellable           *dot_session_get_cancellable (DotSession *session);
double                  dot_session_get_fraction (DotSession *session);
const GError           *dot_session_get_problem (DotSession *session);
void                    dot_session_set_problem (DotSession *session, const GError *problem);
const DotRefineOptions *dot_session_get_options (DotSession *session);
void                    dot_session_forget_pair (DotSession *session);
const char             *dot_session_get_warning (DotSession *session, DotModel *model);

G_END_DECLS
