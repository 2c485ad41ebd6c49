/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

gboolean dot_contact_sheet_save (DotPair      *pair,
                                 const char   *path,
                                 GCancellable *cancellable,
                                 GError      **error);
