/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Questions on the terminal. */

#pragma once

#include <glib.h>

gboolean cli_ask_can (void);
gboolean cli_ask_read_yes (void);
