/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_JOB_H__
#define __DOT_JOB_H__

#include <libgimp/gimp.h>

#include "core/session.h"
#include "core/settings.h"

G_BEGIN_DECLS

typedef struct _DotJob DotJob;

typedef void (*DotJobShown) (gpointer user_data);
typedef void (*DotJobAdded) (const GError *error, gpointer user_data);
typedef void (*DotJobStates) (GStrv states, gpointer user_data);

DotJob     *dot_job_new (GimpImage *image, GimpRunMode run_mode, DotSettings *settings);
void        dot_job_set_shown (DotJob *job, DotJobShown shown, gpointer user_data);
DotSession *dot_job_get_session (DotJob *job);
gboolean dot_job_start (DotJob *job, const DotRefineOptions *options, DotRun run, GError **error);
void     dot_job_wait (DotJob *job);
void     dot_job_add_layers (DotJob *job, GPtrArray *frames, DotJobAdded added, gpointer user_data);
void     dot_job_read_states (DotJob *job, DotJobStates read, gpointer user_data);
void     dot_job_take_seeds (DotJob *job);
void     dot_job_give_seeds_back (DotJob *job);
gboolean dot_job_has_made (DotJob *job);
gboolean dot_job_has_result (DotJob *job);
GimpImage  *dot_job_get_image (DotJob *job);
GimpLayer **dot_job_take_layers (DotJob *job);
void        dot_job_free (DotJob *job);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotJob, dot_job_free)

G_END_DECLS

#endif /* __DOT_JOB_H__ */
