/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* Results for programs. */

#ifndef __CLI_JSON_H__
#define __CLI_JSON_H__

#include <json-glib/json-glib.h>

#include "dot.h"

void cli_json_add_string (JsonBuilder *builder, const char *name, const char *value);
void cli_json_add_int (JsonBuilder *builder, const char *name, gint64 value);
void cli_json_add_boolean (JsonBuilder *builder, const char *name, gboolean value);
void cli_json_add_double (JsonBuilder *builder, const char *name, double value);
void cli_json_add_word (JsonBuilder *builder, const char *name, GType type, int value);
void cli_json_print (JsonBuilder *builder);

#endif /* __CLI_JSON_H__ */
