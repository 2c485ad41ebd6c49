/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The methods that refine and evaluate know. */

#pragma once

#include <glib.h>

void cli_methods_print (gboolean as_json);
