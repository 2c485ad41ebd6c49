/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"
#include "progress-row.h"

G_BEGIN_DECLS

/**
 * DotBackgroundFunc:
 * @data: as given
 * @progress: to be told how far it is
 * @progress_data: for @progress
 *
 * Something that takes long, in a thread of its own.
 *
 * Returns: %FALSE with an error
 */
typedef gboolean (*DotBackgroundFunc) (gpointer        data,
                                       DotProgressFunc progress,
                                       gpointer        progress_data,
                                       GCancellable   *cancellable,
                                       GError        **error);

gboolean dot_background_run (DotBackgroundFunc func,
                             gpointer          data,
                             DotProgressRow   *row,
                             GCancellable     *cancellable,
                             GError          **error);

G_END_DECLS
