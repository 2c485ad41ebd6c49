/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "base/json.h"

#include "dot-enums.h"

#include <math.h>
#include <string.h>

static void
report_wrong (const char *file,
              const char *inside,
              const char *key,
              const char *must_be,
              GError    **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE, "%s %s%s %s", file, inside, key,
               must_be ? must_be : "wrong");
}

static void
report_unknown (const char *file, const char *inside, const char *key, GError **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE, "%s %s%s unknown", file, inside, key);
}

static const DotJsonSentences sentences = { report_wrong, report_unknown };

static const DotJsonWord words[] = { { "one", 1 }, { "two", 2 }, { NULL, 0 } };

/* Reads one member of each kind, and an object. */
static void
read_all (DotJson *json)
{
  g_autoptr (DotJson) inner    = NULL;
  g_autoptr (GArray) numbers   = dot_json_get_numbers (json, "numbers", 0.0, 9.0);
  g_auto (GStrv) strings       = dot_json_get_strings (json, "strings");
  g_autoptr (GPtrArray) inners = dot_json_get_objects (json, "objects", "objects.");

  g_clear_pointer (&numbers, g_array_unref);
  numbers = dot_json_get_integers (json, "integers", 0, 9);
  dot_json_get_number (json, "number", 0.5, 0.0, 1.0);
  dot_json_get_integer (json, "integer", 7, 1, 9);
  dot_json_get_string (json, "string", "text");
  dot_json_get_line (json, "line", "line");
  dot_json_get_boolean (json, "boolean", TRUE);
  dot_json_get_word (json, "word", words, 1);
  dot_json_get_flags (json, "flags", words, 3);
  dot_json_get_enum (json, "enum", DOT_TYPE_OPTIMIZER, DOT_OPTIMIZER_ADAM);
  inner = dot_json_get_object (json, "object", "object.");
  dot_json_get_integer (inner, "integer", 7, 1, 9);
  dot_json_check_keys (inner);
  dot_json_check_keys (json);
}

static void
assert_read (const char *text, const char *message)
{
  g_autoptr (GError) error      = NULL;
  g_autoptr (JsonObject) object = dot_json_parse (text, strlen (text), &error);
  g_autoptr (DotJson) json      = dot_json_new (object, "file", &sentences, &error);

  g_assert_no_error (error);
  read_all (json);
  g_assert_cmpint (dot_json_is_right (json), ==, message == NULL);
  g_assert_cmpstr (error ? error->message : NULL, ==, message);
}

static void
test_right (void)
{
  assert_read ("{}", NULL);
  assert_read ("{\"number\": 1, \"integer\": 9, \"string\": \"\", \"boolean\": false,"
               " \"word\": \"two\", \"flags\": [\"one\", \"two\"], \"enum\": \"sgd\","
               " \"numbers\": [0, 9.0], \"strings\": [\"a\"], \"objects\": [{}, {\"a\": 1}],"
               " \"object\": {\"integer\": 1}}",
               NULL);
}

static void
test_wrong (void)
{
  static const char *const cases[][2] = {
    { "{\"number\": 1.5}", "file number a number from 0 to 1" },
    { "{\"number\": \"1\"}", "file number a number from 0 to 1" },
    { "{\"number\": true}", "file number a number from 0 to 1" },
    { "{\"number\": null}", "file number a number from 0 to 1" },
    { "{\"number\": [1]}", "file number a number from 0 to 1" },
    { "{\"integer\": 1.0}", "file integer a whole number from 1 to 9" },
    { "{\"integer\": -1}", "file integer a whole number from 1 to 9" },
    { "{\"integer\": 9223372036854775807}", "file integer a whole number from 1 to 9" },
    { "{\"string\": 1}", "file string a text" },
    { "{\"line\": \"two\\nlines\"}", "file line a text" },
    { "{\"boolean\": 1}", "file boolean true or false" },
    { "{\"word\": \"three\"}", "file word one of “one”, “two”" },
    { "{\"enum\": \"three\"}", "file enum one of “adam”, “sgd”" },
    { "{\"flags\": [\"one\", 2]}", "file flags a list of “one”, “two”" },
    { "{\"numbers\": [1, 10]}", "file numbers wrong" },
    { "{\"numbers\": [1, \"1\"]}", "file numbers wrong" },
    { "{\"integers\": [1, 2.0]}", "file integers wrong" },
    { "{\"numbers\": 1}", "file numbers wrong" },
    { "{\"strings\": []}", "file strings a list of texts" },
    { "{\"strings\": [\"a\", 1]}", "file strings a list of texts" },
    { "{\"objects\": [{}, null]}", "file objects wrong" },
    { "{\"object\": []}", "file object an object in braces" },
    { "{\"object\": {\"integer\": 0}}", "file object.integer a whole number from 1 to 9" },
    { "{\"object\": {\"other\": 0}}", "file object.other unknown" },
    { "{\"other\": 0}", "file other unknown" },
    /* the first that is read stays */
    { "{\"boolean\": 1, \"integer\": 0}", "file integer a whole number from 1 to 9" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_read (cases[i][0], cases[i][1]);
}

static void
test_needed (void)
{
  g_autoptr (GError) error      = NULL;
  g_autoptr (JsonObject) object = dot_json_parse ("{\"a\": 1}", 8, NULL);
  g_autoptr (DotJson) json      = dot_json_new (object, "file", &sentences, &error);

  g_assert_true (dot_json_need (json, "a", NULL));
  g_assert_cmpint (dot_json_get_integer (json, "c", 5, 0, 9), ==, 5);
  g_assert_false (dot_json_need (json, "a", "b", "c", NULL));
  g_assert_cmpstr (error->message, ==, "file b wrong");
}

static void
test_texts (void)
{
  static const char *const texts[] = { "", "[]", "7", "null", "\"a\"", "{", "{} {", "\xff" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (dot_json_parse (texts[i], strlen (texts[i]), &error));
      g_assert_nonnull (error);
    }
}

static void
test_written (void)
{
  static const double numbers[]   = { 0.1, -INFINITY };
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root       = NULL;
  g_autofree char *text           = NULL;

  json_builder_begin_object (builder);
  dot_json_write_string (builder, "a", "b\xff");
  dot_json_write_string (builder, "b", NULL);
  dot_json_write_int (builder, "c", G_MAXINT64);
  dot_json_write_boolean (builder, "d", TRUE);
  dot_json_write_double (builder, "e", NAN);
  dot_json_write_doubles (builder, "f", numbers, 2);
  dot_json_write_enum (builder, "g", DOT_TYPE_OPTIMIZER, DOT_OPTIMIZER_SGD);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  g_assert_cmpstr (text, ==,
                   "{\"a\":\"b�\",\"b\":null,\"c\":9223372036854775807,\"d\":true,"
                   "\"e\":null,\"f\":[0.10000000000000001,null],\"g\":\"sgd\"}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json/right", test_right);
  g_test_add_func ("/json/wrong", test_wrong);
  g_test_add_func ("/json/needed", test_needed);
  g_test_add_func ("/json/texts", test_texts);
  g_test_add_func ("/json/written", test_written);
  return g_test_run ();
}
