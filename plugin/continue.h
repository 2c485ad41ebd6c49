/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_CONTINUE_H__
#define __DOT_CONTINUE_H__

#include <libgimp/gimp.h>

GStrv dot_continue_read_states (GimpImage *image);

#endif /* __DOT_CONTINUE_H__ */
