/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* Results for programs. */

#include "config.h"

#include <math.h>
#include <stdio.h>

#include "cli-json.h"

/**
 * cli_json_add_string:
 * @builder: inside an object
 * @name: the member's name
 * @value: (nullable): its value; %NULL becomes null
 *
 * A path may hold any bytes, and JSON only text: what is none is replaced.
 */
void
cli_json_add_string (JsonBuilder *builder, const char *name, const char *value)
{
  g_autofree char *text = value ? g_utf8_make_valid (value, -1) : NULL;

  json_builder_set_member_name (builder, name);

  if (text)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

/**
 * cli_json_add_int:
 * @builder: inside an object
 * @name: the member's name
 * @value: its value
 */
void
cli_json_add_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

/**
 * cli_json_add_boolean:
 * @builder: inside an object
 * @name: the member's name
 * @value: its value
 */
void
cli_json_add_boolean (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

/**
 * cli_json_add_double:
 * @builder: inside an object
 * @name: the member's name
 * @value: its value; JSON has no word for what isn't finite: that is null
 */
void
cli_json_add_double (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);

  if (isfinite (value))
    json_builder_add_double_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

/**
 * cli_json_add_word:
 * @builder: inside an object
 * @name: the member's name
 * @type: an enumeration's type
 * @value: one of its values, which becomes its word of the command line
 */
void
cli_json_add_word (JsonBuilder *builder, const char *name, GType type, int value)
{
  cli_json_add_string (builder, name, dot_enum_to_nick (type, value));
}

/**
 * cli_json_print:
 * @builder: a finished value
 *
 * Prints it on the standard output, in UTF-8 as all JSON is, whatever the
 * locale.
 */
void
cli_json_print (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text     = json_to_string (root, TRUE);

  fputs (text, stdout);
  fputc ('\n', stdout);
}
