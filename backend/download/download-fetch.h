/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "download-part.h"

#include "model/known.h"

G_BEGIN_DECLS

gboolean dot_download_fetch (DotDownloadPart    *part,
                             const char         *id,
                             const DotKnownFile *file,
                             DotProgressFunc     progress,
                             gpointer            user_data,
                             GCancellable       *cancellable,
                             GError            **error);

G_END_DECLS
