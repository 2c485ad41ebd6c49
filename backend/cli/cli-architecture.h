/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What is said of an architecture. */

#pragma once

#include <glib.h>

gboolean cli_architecture_print (const char *name,
                                 guint       image_size,
                                 gboolean    as_json,
                                 GError    **error);
