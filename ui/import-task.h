/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_IMPORT_TASK_H__
#define __DOT_IMPORT_TASK_H__

#include <gtk/gtk.h>

#include "dot.h"
#include "progress-row.h"

G_BEGIN_DECLS

DotModel * dot_import_task_run (const DotImportOptions  *options,
                                DotProgressRow          *progress,
                                GCancellable            *cancellable,
                                GError                 **error);

G_END_DECLS

#endif /* __DOT_IMPORT_TASK_H__ */
