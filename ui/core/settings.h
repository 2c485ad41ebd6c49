/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "dot.h"

G_BEGIN_DECLS

/**
 * DotSource:
 * @DOT_SOURCE_SEED: drawn from the prior by seeds
 * @DOT_SOURCE_FILE: an .npy file
 * @DOT_SOURCE_LAYER: where layers of ours are
 * @DOT_SOURCE_BETWEEN: on the way from one layer of ours to another
 * @DOT_SOURCE_IMAGE: nearest to what is open
 *
 * Where the latents of a run come from.
 */
typedef enum
{
  DOT_SOURCE_SEED,
  DOT_SOURCE_FILE,
  DOT_SOURCE_LAYER,
  DOT_SOURCE_BETWEEN,
  DOT_SOURCE_IMAGE
} DotSource;

/**
 * DotScale:
 * @DOT_SCALE_NONE: as large as the generator paints
 * @DOT_SCALE_2: twice as large
 * @DOT_SCALE_4: four times as large
 * @DOT_SCALE_8: eight times as large
 * @DOT_SCALE_IMAGE: as large as fits into the image
 *
 * How large layers are made.
 */
typedef enum
{
  DOT_SCALE_NONE,
  DOT_SCALE_2,
  DOT_SCALE_4,
  DOT_SCALE_8,
  DOT_SCALE_IMAGE
} DotScale;

#define DOT_TYPE_SETTINGS (dot_settings_get_type ())
G_DECLARE_FINAL_TYPE (DotSettings, dot_settings, DOT, SETTINGS, GObject)

DotSettings      *dot_settings_new (void);
DotSettings      *dot_settings_copy (DotSettings *settings);
void              dot_settings_assign (DotSettings *settings, DotSettings *from);
void              dot_settings_take_first (DotSettings *settings);
DotRefineOptions *dot_settings_get_options (DotSettings *settings);
DotModel         *dot_settings_get_model (DotSettings *settings, GError **error);
void              dot_settings_forget_model (DotSettings *settings);
JsonObject       *dot_settings_to_json (DotSettings *settings);
void              dot_settings_apply_json (DotSettings *settings, JsonObject *values);
const DotOption  *dot_settings_get_option (const char *property);
const char       *dot_settings_get_label (const char *property, int value);
gboolean          dot_settings_is_of_some (const char *property);
gboolean          dot_settings_has (DotSettings *settings, const char *property);
void              dot_settings_choose_method (DotSettings *settings, DotMethod method);

G_END_DECLS
