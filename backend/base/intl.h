/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_BACKEND_INTL_H__
#define __DOT_BACKEND_INTL_H__

#include "config.h"

/* The library's strings come from its own domain, whoever uses it. */
#include <glib/gi18n-lib.h>

#endif /* __DOT_BACKEND_INTL_H__ */
