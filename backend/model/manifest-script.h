/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "manifest.h"

#include "base/json.h"

G_BEGIN_DECLS

gboolean dot_manifest_script_parse (DotManifest *manifest, DotJson *json, gboolean has_classes);
void     dot_manifest_script_add_image (JsonBuilder *builder, const DotManifest *manifest);
void     dot_manifest_script_add_latent (JsonBuilder *builder, const DotManifest *manifest);
void     dot_manifest_script_add_classes (JsonBuilder *builder, const DotManifest *manifest);

G_END_DECLS
