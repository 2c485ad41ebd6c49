/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "finding.h"

G_BEGIN_DECLS

GPtrArray *dot_doctor_look (void);

G_END_DECLS
