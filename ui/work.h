/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "widgets/background.h"
#include "widgets/progress-row.h"

G_BEGIN_DECLS

#define DOT_TYPE_WORK (dot_work_get_type ())
G_DECLARE_FINAL_TYPE (DotWork, dot_work, DOT, WORK, GObject)

DotWork      *dot_work_new (DotProgressRow *row);
GCancellable *dot_work_begin (DotWork *work, const char *message);
void          dot_work_go_on (DotWork *work, const char *message, double fraction);
void          dot_work_end (DotWork *work);
gboolean      dot_work_run (DotWork          *work,
                            const char       *message,
                            DotBackgroundFunc func,
                            gpointer          data,
                            GError          **error);
void          dot_work_stop (DotWork *work);
gboolean      dot_work_goes_on (DotWork *work);
gboolean      dot_work_is_stopping (DotWork *work);

G_END_DECLS
