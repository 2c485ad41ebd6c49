/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

void dot_option_write_json (const DotOption *option, gconstpointer values, JsonBuilder *builder);

G_END_DECLS
