/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The presets that come with the program.  Each sets all that a preset is
 * about, by the names of the procedure's arguments; what isn't said in a line
 * is the default.  None says a class or a seed: these are the person's. */

#include "config.h"

#include "presets-builtin.h"

#include <glib/gi18n-lib.h>

#include "dot.h"
#include "dot-enums.h"

typedef struct
{
  const char   *name;
  guint         count;
  guint         updates;
  guint         keep_every;
  double        step_size;
  DotProjection projection;
  DotPrecision  precision;
} Builtin;

static const Builtin builtins[] = {
  { N_ ("Default"), 1, 16, 1, 0.01 },
  { N_ ("One careful picture (32 small updates)"), 1, 32, 1, 0.005 },
  { N_ ("Look at many (16 pictures, 8 updates)"), 16, 8, 8, 0.01 },
  { N_ ("As in the paper (its projection, Adam 0.01)"), 1, 16, 1, 0.01,
    .projection = DOT_PROJECTION_PAPER },
  { N_ ("Fast preview (4 updates)"), 1, 4, 4, 0.01, .precision = DOT_PRECISION_AUTO },
};

/**
 * dot_presets_builtin_get_n:
 *
 * Returns: how many there are
 */
guint
dot_presets_builtin_get_n (void)
{
  return G_N_ELEMENTS (builtins);
}

/**
 * dot_presets_builtin_get_name:
 * @index: 0 … n − 1
 *
 * Returns: its name, translated
 */
const char *
dot_presets_builtin_get_name (guint index)
{
  return _ (builtins[index].name);
}

static void
set_choice (JsonObject *settings, const char *name, GType type, int value)
{
  json_object_set_string_member (settings, name, dot_enum_to_nick (type, value));
}

/**
 * dot_presets_builtin_get_settings:
 * @index: 0 … n − 1
 *
 * Returns: (transfer full): the procedure's arguments that it sets; choices are
 *   words
 */
JsonObject *
dot_presets_builtin_get_settings (guint index)
{
  const Builtin *builtin  = &builtins[index];
  JsonObject    *settings = json_object_new ();

  json_object_set_int_member (settings, "count", builtin->count);
  json_object_set_int_member (settings, "updates", builtin->updates);
  json_object_set_int_member (settings, "keep-every", builtin->keep_every);
  set_choice (settings, "method", DOT_TYPE_METHOD, DOT_METHOD_DOT);
  set_choice (settings, "optimizer", DOT_TYPE_OPTIMIZER, DOT_OPTIMIZER_ADAM);
  json_object_set_double_member (settings, "step-size", builtin->step_size);
  set_choice (settings, "projection", DOT_TYPE_PROJECTION, (int) builtin->projection);
  json_object_set_double_member (settings, "k-eff", 0.0);
  set_choice (settings, "precision", DOT_TYPE_PRECISION, (int) builtin->precision);
  return settings;
}
