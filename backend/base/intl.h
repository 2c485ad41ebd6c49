/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "config.h"

/* The library's strings come from its own domain, whoever uses it. */
#include <glib/gi18n-lib.h>
