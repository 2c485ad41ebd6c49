/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_CHECKSUM_H__
#define __DOT_CHECKSUM_H__

#include "dot.h"

char *dot_file_checksum (const char *path, GError **error);

#endif /* __DOT_CHECKSUM_H__ */
