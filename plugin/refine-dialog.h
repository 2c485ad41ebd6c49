/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_REFINE_DIALOG_H__
#define __DOT_REFINE_DIALOG_H__

#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include "dot.h"

G_BEGIN_DECLS

#define DOT_TYPE_REFINE_DIALOG (dot_refine_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DotRefineDialog, dot_refine_dialog, DOT, REFINE_DIALOG, GimpProcedureDialog)

DotRefineDialog * dot_refine_dialog_new          (GimpProcedure       *procedure,
                                                  GimpProcedureConfig *config);
void              dot_refine_dialog_offer_continue
                                                 (DotRefineDialog     *dialog,
                                                  gboolean             possible);
gboolean          dot_refine_dialog_ask          (DotRefineDialog     *dialog);
void              dot_refine_dialog_begin        (DotRefineDialog     *dialog,
                                                  GCancellable        *cancellable);
void              dot_refine_dialog_set_progress (DotRefineDialog     *dialog,
                                                  const char          *message,
                                                  double               fraction);
void              dot_refine_dialog_add_step     (DotRefineDialog     *dialog,
                                                  GPtrArray           *frames);
void              dot_refine_dialog_end          (DotRefineDialog     *dialog,
                                                  const char          *problem);

G_END_DECLS

#endif /* __DOT_REFINE_DIALOG_H__ */
