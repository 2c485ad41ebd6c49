/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "pickle-call.h"

G_BEGIN_DECLS

DotPickleValue *dot_pickle_load (DotPickle *pickle, DotSlice *from, GError **error);

G_END_DECLS
