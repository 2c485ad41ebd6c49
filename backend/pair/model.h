/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_MODEL_H__
#define __DOT_MODEL_H__

#include "dot.h"
#include "script.h"

G_BEGIN_DECLS

const char * dot_model_get_checksum (DotModel *model,
                                     guint     file);
double       dot_model_get_k_eff    (DotModel *model,
                                     guint     label);
const char * dot_model_get_discriminator_architecture
                                    (DotModel *model);
double       dot_model_get_truncation
                                    (DotModel *model);
const DotScript *
             dot_model_get_script   (DotModel *model);
gboolean     dot_model_is_trusted   (DotModel *model);
gboolean     dot_model_is_package   (DotModel *model);
gboolean     dot_model_has_labels   (DotModel *model);

G_END_DECLS

#endif /* __DOT_MODEL_H__ */
