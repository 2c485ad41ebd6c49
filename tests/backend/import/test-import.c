/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What importing does without an engine: key maps, conversion, class tables. */

#include "format/npz.h"
#include "helpers.h"
#include "import/class-table.h"
#include "import/convert.h"

#include <string.h>

typedef struct
{
  HelperFolder *folder;
  char         *source;
  char         *target;
  char         *text;
} Fixture;

static const float six[] = { 1, 2, 3, 4, 5, 6 };

static void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DotNpzWriter) writer = NULL;

  fixture->folder = helper_folder_new ();
  fixture->source = g_build_filename (fixture->folder, "x.npz", NULL);
  fixture->target = g_build_filename (fixture->folder, "x.safetensors", NULL);
  fixture->text   = g_build_filename (fixture->folder, "text", NULL);

  writer = dot_npz_writer_new (fixture->source, NULL);
  dot_npz_writer_add (writer, "a", six, 2, (gsize[]) { 2, 3 }, NULL);
  dot_npz_writer_add (writer, "b", six, 3, (gsize[]) { 1, 2, 3 }, NULL);
  dot_npz_writer_add (writer, "N", six, 0, NULL, NULL);
  dot_npz_writer_add (writer, "none", six, 2, (gsize[]) { 0, 3 }, NULL);
  g_assert_true (dot_npz_writer_close (writer, NULL));
}

static void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->source);
  g_free (fixture->target);
  g_free (fixture->text);
  helper_folder_remove (fixture->folder);
}

/*  conversion  */

static gboolean
convert (Fixture *fixture, const char *rule, GError **error)
{
  g_autoptr (DotKeyMap) map = NULL;
  g_autofree char *text =
    g_strdup_printf ("{\"generator\": {\"w\": %s}, \"discriminator\": {\"v\": \"a\"}}", rule);

  helper_write (fixture->text, text, strlen (text));
  map = dot_key_map_new_from_file (fixture->text, error);
  return map && dot_convert_weights (fixture->source, 0, dot_key_map_get_rules (map, 0),
                                     fixture->target, NULL, error);
}

static void
assert_array (Fixture     *fixture,
              const char  *key,
              guint        n_dims,
              const gsize *shape,
              const float *values)
{
  g_autoptr (GError) error       = NULL;
  g_autoptr (DotWeights) weights = dot_weights_open (fixture->target, &error);
  g_autoptr (DotArray) array     = NULL;

  g_assert_no_error (error);
  array = dot_weights_read (weights, key, n_dims, shape, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (array->data, array->n_items * sizeof (float), values,
                   array->n_items * sizeof (float));
}

static void
test_all_arrays (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error       = NULL;
  g_autoptr (DotWeights) weights = NULL;

  g_assert_true (dot_convert_weights (fixture->source, 0, NULL, fixture->target, NULL, &error));
  assert_array (fixture, "a", 2, (gsize[]) { 2, 3 }, six);
  assert_array (fixture, "none", 2, (gsize[]) { 0, 3 }, six);
  weights = dot_weights_open (fixture->target, &error);
  g_assert_false (dot_weights_has (weights, "N"));
}

/* Numbers that lie beside the arrays in the authors' file. */
static void
test_attributes (Fixture *fixture, gconstpointer data)
{
  static const char *const source = SHARED_DIR
    "/reference/stylegan2-ada-64/network-snapshot-025000.pkl";
  g_autoptr (GError) error = NULL;
  gsize none               = 0;

  if (! g_file_test (source, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("the reference networks are not beside the checkout");
      return;
    }
  g_assert_true (dot_convert_weights (source, 0, NULL, fixture->target, NULL, &error));
  assert_array (fixture, "synthesis.b4.conv1.conv_clamp", 0, &none, (float[]) { 2.5f });
  g_assert_true (dot_convert_weights (source, 1, NULL, fixture->target, NULL, &error));
  assert_array (fixture, "b4.conv.conv_clamp", 0, &none, (float[]) { 2.5f });
  assert_array (fixture, "b4.mbstd.group_size", 0, &none, (float[]) { 4.0f });
}

static void
test_rules (Fixture *fixture, gconstpointer data)
{
  struct
  {
    const char *rule;
    guint       n_dims;
    gsize       shape[3];
    float       values[6];
  } const cases[] = {
    { "\"a\"", 2, { 2, 3 }, { 1, 2, 3, 4, 5, 6 } },
    { "{\"key\": \"a\", \"transpose\": true}", 2, { 3, 2 }, { 1, 4, 2, 5, 3, 6 } },
    { "{\"key\": \"a\", \"columns\": [1, 3]}", 2, { 2, 2 }, { 2, 3, 5, 6 } },
    { "{\"key\": \"a\", \"columns\": [1, 3], \"transpose\": true}", 2, { 2, 2 }, { 2, 5, 3, 6 } },
    { "{\"key\": \"b\", \"transpose\": true}", 3, { 2, 1, 3 }, { 1, 2, 3, 4, 5, 6 } },
    { "{\"key\": \"b\", \"columns\": [1, 2], \"shape\": [3]}", 1, { 3 }, { 4, 5, 6 } },
    { "{\"key\": \"a\", \"shape\": [1, 6], \"add\": -1}", 2, { 1, 6 }, { 0, 1, 2, 3, 4, 5 } },
    { "{\"key\": \"N\", \"shape\": [1]}", 1, { 1 }, { 1 } },
    { "{\"key\": \"none\", \"transpose\": true}", 2, { 3, 0 }, { 0 } },
    { "{\"key\": \"none\", \"repeat\": 3}", 2, { 0, 3 }, { 0 } },
    /* The order is the map's. */
    { "{\"key\": \"a\", \"transpose\": true, \"shape\": [2, 3]}",
      2,
      { 2, 3 },
      { 1, 4, 2, 5, 3, 6 } },
    { "{\"key\": \"a\", \"shape\": [3, 2], \"transpose\": true}",
      2,
      { 2, 3 },
      { 1, 3, 5, 2, 4, 6 } },
    { "{\"shape\": [3, 2], \"columns\": [0, 1], \"key\": \"a\"}", 2, { 3, 1 }, { 1, 3, 5 } },
    { "{\"key\": \"a\", \"columns\": [0, 1], \"shape\": [2], \"repeat\": 2}",
      1,
      { 4 },
      { 1, 1, 4, 4 } },
    { "{\"key\": \"a\", \"repeat\": 1, \"columns\": [2, 3]}", 2, { 2, 1 }, { 3, 6 } },
    { "{\"fill\": -0.5, \"shape\": [2, 1]}", 2, { 2, 1 }, { -0.5, -0.5 } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      convert (fixture, cases[i].rule, &error);
      g_assert_no_error (error);
      assert_array (fixture, "w", cases[i].n_dims, cases[i].shape, cases[i].values);
    }
}

static void
test_rules_refused (Fixture *fixture, gconstpointer data)
{
  static const char *const rules[] = {
    "\"c\"",
    "1",
    "null",
    "[]",
    "{}",
    "{\"key\": 1}",
    "{\"key\": \"c\"}",
    "{\"key\": \"a\", \"transpose\": 1}",
    "{\"key\": \"N\", \"transpose\": true}",
    "{\"key\": \"a\", \"columns\": [3, 4]}",
    "{\"key\": \"a\", \"columns\": [2, 2]}",
    "{\"key\": \"a\", \"columns\": [1]}",
    "{\"key\": \"a\", \"columns\": [-1, 2]}",
    "{\"key\": \"N\", \"columns\": [0, 1]}",
    "{\"key\": \"a\", \"shape\": [5]}",
    "{\"key\": \"a\", \"shape\": [2147483647, 2147483647, 2147483647]}",
    "{\"key\": \"a\", \"shape\": [1, 1, 1, 1, 1, 1, 1, 1, 6]}",
    "{\"key\": \"a\", \"shape\": \"6\"}",
    "{\"key\": \"a\", \"shape\": [6.0]}",
    "{\"key\": \"a\", \"add\": \"1\"}",
    "{\"key\": \"a\", \"add\": 1e300}",
    "{\"key\": \"a\", \"more\": 1}",
    "{\"key\": \"a\", \"repeat\": 0}",
    "{\"key\": \"a\", \"repeat\": 1.5}",
    "{\"key\": \"N\", \"repeat\": 2}",
    "{\"key\": \"a\", \"shape\": [6], \"transpose\": true}",
    "{\"fill\": 1}",
    "{\"fill\": 1e300, \"shape\": [2]}",
    "{\"fill\": 1, \"shape\": [2], \"key\": \"a\"}",
    "{\"fill\": 1, \"shape\": [2], \"add\": 1}",
    "{\"key\": \"a\"}, \"w\"",
    "\"a\"}}{",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rules[i]);
      g_assert_false (convert (fixture, rules[i], &error));
      assert_sentence (error, DOT_ERROR_INVALID_FILE);
    }
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error             = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (
    dot_convert_weights (fixture->source, 0, NULL, fixture->target, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (fixture->target, G_FILE_TEST_EXISTS));
}

/*  class tables  */

static GArray *
read_table (Fixture *fixture, const char *text, GError **error)
{
  helper_write (fixture->text, text, strlen (text));
  return dot_class_table_read (fixture->text, 2, error);
}

static void
test_table (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray)
    classes = read_table (fixture, "label\twnid\tindex\tname\r\n1\tn01443537\r\n\n0\t\t7\tsky",
                          &error);

  g_assert_no_error (error);
  g_assert_cmpuint (classes->len, ==, 2);
  g_assert_cmpstr (g_array_index (classes, DotClass, 0).name, ==, "sky");
  g_assert_cmpuint (g_array_index (classes, DotClass, 0).index, ==, 7);
  g_assert_cmpstr (g_array_index (classes, DotClass, 1).name, ==, "goldfish");
  g_assert_cmpuint (g_array_index (classes, DotClass, 1).index, ==, 1);
}

static void
test_table_refused (Fixture *fixture, gconstpointer data)
{
  static const char *const tables[] = {
    "",
    "0",
    "0\n0\n1",
    "0\n1\n2",
    "x\n1",
    "-1\n0\n1",
    "0\t\tx\n1",
    "\xff\n",
    "0\t\t-1\n1",
    "0\t\t\ta\tb\n1",
    "99999999999999999999\n0\n1",
    "0 \n 1",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_table (fixture, tables[i], &error));
      assert_sentence (error, DOT_ERROR_INVALID_FILE);
      assert_mentions (error, fixture->text);
    }
}

/*  trust  */

#define DESCRIPTION                                                                \
  "{\"format\": \"dot-refine-model\", \"version\": 1,"                             \
  " \"architecture\": \"torchscript\", \"image\": {\"size\": 8, \"channels\": 3}," \
  " \"latent\": {\"size\": 4, \"prior\": \"normal\"},"                             \
  " \"class_input\": \"index\", \"classes\": 2}"

/* What makes a file TorchScript is that it has such a member. */
static void
write_program (const char *path)
{
  g_autoptr (GBytes) pickle = g_bytes_new_static ("\x80\x02).", 4);

  helper_write_zip (path, "x/constants.pkl", pickle, FALSE);
}

/* The files of a program, and what describes it. */
static DotImportOptions *
make_program (Fixture *fixture)
{
  DotImportOptions *options = dot_import_options_new ();

  options->generator     = g_build_filename (fixture->folder, "g.pt", NULL);
  options->discriminator = g_build_filename (fixture->folder, "d.pt", NULL);
  options->architecture  = g_strdup ("torchscript");
  options->description   = g_strdup (fixture->text);
  write_program (options->generator);
  write_program (options->discriminator);
  helper_write (fixture->text, DESCRIPTION, strlen (DESCRIPTION));
  return options;
}

static void
test_trust (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DotImportOptions) options = make_program (fixture);
  g_autoptr (GError) error             = NULL;

  g_assert_false (dot_import_check_trust (options, &error));
  assert_sentence (error, DOT_ERROR_NOT_TRUSTED);
  assert_mentions (error, options->generator);

  g_clear_error (&error);
  options->trust = TRUE;
  g_assert_true (dot_import_check_trust (options, &error));
  g_assert_no_error (error);
}

/* What else is wrong is no question of trust, and neither are arrays. */
static void
test_no_trust (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DotImportOptions) options = make_program (fixture);
  g_autoptr (GError) error             = NULL;

  helper_write (fixture->text, "{}", 2);
  g_assert_false (dot_import_check_trust (options, &error));
  assert_sentence (error, DOT_ERROR_INVALID_FILE);
  assert_mentions (error, fixture->text);

  g_clear_error (&error);
  options->key_map = g_strdup (fixture->text);
  g_assert_true (dot_import_check_trust (options, &error));
}

static void
add (const char *path, void (*test) (Fixture *fixture, gconstpointer data))
{
  g_test_add (path, Fixture, NULL, fixture_set_up, test, fixture_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("/import/all-arrays", test_all_arrays);
  add ("/import/attributes", test_attributes);
  add ("/import/rules", test_rules);
  add ("/import/rules-refused", test_rules_refused);
  add ("/import/cancelled", test_cancelled);
  add ("/import/table", test_table);
  add ("/import/table-refused", test_table_refused);
  add ("/import/trust", test_trust);
  add ("/import/no-trust", test_no_trust);
  return g_test_run ();
}
