/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_JOB_H__
#define __DOT_JOB_H__

#include <libgimp/gimp.h>

#include "dot.h"
#include "refine-dialog.h"

G_BEGIN_DECLS

typedef struct _DotJob DotJob;

DotJob     * dot_job_new         (GimpImage              *image,
                                  GimpRunMode             run_mode);
void         dot_job_set_dialog  (DotJob                 *job,
                                  DotRefineDialog        *dialog);
gboolean     dot_job_run         (DotJob                 *job,
                                  const DotRefineOptions *options,
                                  GFile                  *export_folder);
gboolean     dot_job_has_result  (DotJob                 *job);
GimpImage  * dot_job_get_target  (DotJob                 *job);
GimpImage  * dot_job_get_image   (DotJob                 *job);
GimpLayer ** dot_job_take_layers (DotJob                 *job);
void         dot_job_clear_error (DotJob                 *job);
GError     * dot_job_take_error  (DotJob                 *job);
void         dot_job_free        (DotJob                 *job);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotJob, dot_job_free)

G_END_DECLS

#endif /* __DOT_JOB_H__ */
