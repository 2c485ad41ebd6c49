/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What is said of a model, as JSON and in words. */

#pragma once

#include <json-glib/json-glib.h>

#include "dot.h"

DotModel   *cli_model_find_listed (const char *id, GError **error);
void        cli_model_add_members (JsonBuilder *builder, DotModel *model);
const char *cli_model_get_kind (DotModel *model);
void        cli_model_add_class_members (JsonBuilder *builder, const DotClass *class);
