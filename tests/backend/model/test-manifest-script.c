/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What model.json says of TorchScript files, right and wrong. */

#include "helpers.h"
#include "model/manifest.h"

#include <string.h>

#define CHECKSUM "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

/* @image, @latent: further members of these objects, with their comma. */
static DotManifest *
read_with (const char *image,
           const char *latent,
           const char *class_input,
           const char *classes,
           GError    **error)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *path           = g_build_filename (folder, "model.json", NULL);
  g_autofree char *text =
    g_strdup_printf ("{\"format\": \"dot-refine-model\", \"version\": 1, \"title\": \"A "
                     "title\",\"license\": \"CC0\", \"provenance\": \"made for a "
                     "test\",\"architecture\": \"torchscript\",\"image\": {\"size\": 32 "
                     "%s},\"latent\": {\"size\": 24, \"prior\": \"normal\" %s},\"class_input\": "
                     "%s, \"classes\": %s,\"files\": {  \"generator\": {\"name\": \"g.pt\", "
                     "\"sha256\": \"" CHECKSUM "\"},"
                     "  \"discriminator\": {\"name\": \"d.pt\", \"sha256\": \"" CHECKSUM "\"}}}",
                     image, latent, class_input, classes);

  helper_write (path, text, strlen (text));
  return dot_manifest_read (folder, error);
}

static void
test_defaults (void)
{
  g_autoptr (GError) error         = NULL;
  g_autoptr (DotManifest) manifest = read_with (", \"channels\": 3", "", "\"none\"", "[]", &error);

  g_assert_no_error (error);
  g_assert_cmpfloat (manifest->script.range[0][0], ==, -1.0);
  g_assert_cmpfloat (manifest->script.range[1][1], ==, 1.0);
  g_assert_cmpuint (manifest->script.n_dims, ==, 1);
  g_assert_cmpuint (manifest->script.shape[0], ==, 24);
  g_assert_cmpint (manifest->script.class_input[0], ==, DOT_SCRIPT_CLASS_NONE);
  g_assert_cmpfloat (manifest->truncation, ==, 0.0);
}

static void
test_all_given (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DotManifest)
    manifest = read_with (", \"channels\": 1, \"range\": [0, 255.5]",
                          ", \"shape\": [2, 3, 4], \"truncation\": 0.7", "\"one-hot\"",
                          "[{\"name\": \"a\"}, {\"name\": \"b\"}]", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (manifest->script.channels, ==, 1);
  g_assert_cmpuint (manifest->script.image_size, ==, 32);
  g_assert_cmpfloat (manifest->script.range[0][1], ==, 255.5);
  g_assert_cmpuint (manifest->script.n_dims, ==, 3);
  g_assert_cmpuint (manifest->script.shape[2], ==, 4);
  g_assert_cmpint (manifest->script.class_input[1], ==, DOT_SCRIPT_CLASS_ONE_HOT);
  g_assert_cmpuint (manifest->script.n_classes, ==, 2);
  g_assert_cmpfloat (manifest->truncation, ==, 0.7);
}

static void
test_discriminator_from_elsewhere (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DotManifest)
    manifest = read_with (", \"channels\": 1, \"discriminator_range\": [0, 255]", "",
                          "\"index\", \"discriminator_class_input\": \"none\"",
                          "[{\"name\": \"a\"}]", &error);

  g_assert_no_error (error);
  g_assert_cmpfloat (manifest->script.range[0][1], ==, 1.0);
  g_assert_cmpfloat (manifest->script.range[1][1], ==, 255.0);
  g_assert_cmpint (manifest->script.class_input[0], ==, DOT_SCRIPT_CLASS_INDEX);
  g_assert_cmpint (manifest->script.class_input[1], ==, DOT_SCRIPT_CLASS_NONE);
}

/* What is written is what was read. */
static void
test_written (void)
{
  g_autoptr (GError) error        = NULL;
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autoptr (DotManifest) again   = NULL;
  g_autoptr (DotManifest)
    manifest = read_with (", \"channels\": 1, \"range\": [0, 0.1],"
                          "\"discriminator_range\": [-3, 255]",
                          ", \"shape\": [2, 3, 4], \"truncation\": 0.7",
                          "\"one-hot\", \"discriminator_class_input\": \"index\"",
                          "[{\"name\": \"a\"}, {}]", &error);

  g_assert_no_error (error);
  manifest->has_first   = TRUE;
  manifest->first_label = 1;
  manifest->first_seed  = 9;
  g_assert_true (dot_manifest_write (manifest, folder, &error));
  again = dot_manifest_read (folder, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (&again->script, sizeof (DotScript), &manifest->script, sizeof (DotScript));
  g_assert_cmpfloat (again->truncation, ==, 0.7);
  g_assert_true (again->has_first);
  g_assert_cmpuint (again->first_label, ==, 1);
  g_assert_cmpuint (again->first_seed, ==, 9);
  g_assert_cmpstr (g_array_index (again->classes, DotClass, 0).name, ==, "a");
}

static void
assert_refused (const char *mentions,
                const char *image,
                const char *latent,
                const char *class_input,
                const char *classes)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *all = g_strconcat (strstr (image, "channels") ? "" : ", \"channels\": 3", image,
                                      NULL);
  g_autoptr (DotManifest) manifest = read_with (all, latent, class_input, classes, &error);

  g_assert_null (manifest);
  assert_sentence (error, DOT_ERROR_INVALID_FILE);
  assert_mentions (error, mentions);
}

static void
test_refused (void)
{
  static const char *const ranges[] = {
    "0", "[0]", "[0, 1, 2]", "[1, 0]", "[1, 1]", "[\"0\", 1]", "{}", "null",
  };
  static const char *const shapes[] = {
    "24",
    "[]",
    "[23]",
    "[24, 2]",
    "[0, 24]",
    "[-4, -6]",
    "[1.5, 16]",
    "[4294967296, 24]",
    "[1,1,1,1,1,1,1,1,24]",
    "[null]",
  };
  static const char *const truncations[] = { "0", "-1", "\"1\"", "1e9", "[]" };

  for (gsize i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      g_autofree char *image = g_strdup_printf (", \"range\": %s", ranges[i]);

      assert_refused ("range", image, "", "\"none\"", "[]");
    }
  assert_refused ("range", ", \"discriminator_range\": [1, 0]", "", "\"none\"", "[]");
  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autofree char *latent = g_strdup_printf (", \"shape\": %s", shapes[i]);

      assert_refused ("shape", "", latent, "\"none\"", "[]");
    }
  for (gsize i = 0; i < G_N_ELEMENTS (truncations); i++)
    {
      g_autofree char *latent = g_strdup_printf (", \"truncation\": %s", truncations[i]);

      assert_refused ("truncation", "", latent, "\"none\"", "[]");
    }
}

static void
test_refused_classes (void)
{
  assert_refused ("class_input", "", "", "\"names\"", "[]");
  assert_refused ("class_input", "", "", "1", "[]");
  assert_refused ("class_input", "", "", "null", "[]");
  assert_refused ("class_input", "", "", "\"index\"", "[]");
  assert_refused ("class_input", "", "", "\"none\"", "[{}, {}]");
  assert_refused ("class_input", "", "", "\"none\", \"discriminator_class_input\": \"index\"",
                  "[]");
  assert_refused ("class_input", "", "", "\"index\", \"discriminator_class_input\": 1", "[{}, {}]");
  assert_refused ("image", ", \"channels\": 2", "", "\"none\"", "[]");
  assert_refused ("image", ", \"channels\": 4", "", "\"none\"", "[]");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/manifest-script/defaults", test_defaults);
  g_test_add_func ("/manifest-script/all-given", test_all_given);
  g_test_add_func ("/manifest-script/discriminator-from-elsewhere",
                   test_discriminator_from_elsewhere);
  g_test_add_func ("/manifest-script/written", test_written);
  g_test_add_func ("/manifest-script/refused", test_refused);
  g_test_add_func ("/manifest-script/refused-classes", test_refused_classes);
  return g_test_run ();
}
