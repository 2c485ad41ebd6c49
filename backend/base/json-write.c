/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Members of the object that a JsonBuilder is in. */

#include "json.h"

#include <math.h>

/**
 * dot_json_write_string:
 * @builder: inside an object
 * @name: the member's name
 * @value: (nullable): its value; %NULL becomes null
 *
 * A path may hold any bytes, and JSON only text: what is none is replaced.
 */
void
dot_json_write_string (JsonBuilder *builder, const char *name, const char *value)
{
  g_autofree char *text = value ? g_utf8_make_valid (value, -1) : NULL;

  json_builder_set_member_name (builder, name);
  if (text)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

void
dot_json_write_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

void
dot_json_write_boolean (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

static void
add_number (JsonBuilder *builder, double value)
{
  if (isfinite (value))
    json_builder_add_double_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

/**
 * dot_json_write_double:
 * @builder: inside an object
 * @name: the member's name
 * @value: its value; JSON has no word for what isn't finite: that is null
 */
void
dot_json_write_double (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);
  add_number (builder, value);
}

/**
 * dot_json_write_doubles:
 * @values: (n) as for dot_json_write_double()
 */
void
dot_json_write_doubles (JsonBuilder *builder, const char *name, const double *values, gsize n)
{
  dot_json_write_begin_array (builder, name);
  for (gsize i = 0; i < n; i++)
    add_number (builder, values[i]);
  json_builder_end_array (builder);
}

/**
 * dot_json_write_enum:
 * @type: an enumeration's type
 * @value: one of its values, which becomes its word of the command line
 */
void
dot_json_write_enum (JsonBuilder *builder, const char *name, GType type, int value)
{
  dot_json_write_string (builder, name, dot_enum_to_nick (type, value));
}

/**
 * dot_json_write_begin_object:
 *
 * Begins a member that is an object; json_builder_end_object() ends it.
 */
void
dot_json_write_begin_object (JsonBuilder *builder, const char *name)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
}

/**
 * dot_json_write_begin_array:
 *
 * Begins a member that is an array; json_builder_end_array() ends it.
 */
void
dot_json_write_begin_array (JsonBuilder *builder, const char *name)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
}
