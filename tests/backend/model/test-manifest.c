/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* model.json with one thing wrong at a time: each is told in one sentence
 * that names the member. */

#include "helpers.h"
#include "model/manifest.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#define CHECKSUM "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static const char valid[] =
  "{\"format\": \"dot-refine-model\", \"version\": 1, \"title\": \"A title\",\"license\": \"CC0\", "
  "\"provenance\": \"made for a test\",\"architecture\": \"sngan-projection\",\"image\": "
  "{\"size\": 64, \"channels\": 3},\"latent\": {\"size\": 128, \"prior\": \"uniform\"},\"files\": "
  "{  \"generator\": {\"name\": \"g.npz\", \"sha256\": \"" CHECKSUM "\"},"
  "  \"discriminator\": {\"name\": \"d.npz\", \"sha256\": \"" CHECKSUM "\"}},"
  "\"classes\": [{\"wnid\": \"n01443537\", \"index\": 1, \"name\": \"fish\"},              "
  "{\"wnid\": \"n01910747\"}, {}],\"k_eff\": [1.5, 2, 1e-3]}";

static DotManifest *
read_text (const char *text, gssize size, GError **error)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *path           = g_build_filename (folder, "model.json", NULL);

  helper_write (path, text, size < 0 ? strlen (text) : (gsize) size);
  return dot_manifest_read (folder, error);
}

/* The valid text with the member at @path ("image/size") replaced by the JSON
 * @value, or removed with %NULL. */
static char *
with_member (const char *path, const char *value)
{
  g_autoptr (JsonNode) root = json_from_string (valid, NULL);
  g_auto (GStrv) names      = g_strsplit (path, "/", -1);
  JsonObject *object        = json_node_get_object (root);
  guint       last          = g_strv_length (names) - 1;

  for (guint i = 0; i < last; i++)
    object = json_object_get_object_member (object, names[i]);
  g_assert_nonnull (object);
  if (value)
    json_object_set_member (object, names[last], json_from_string (value, NULL));
  else
    json_object_remove_member (object, names[last]);
  return json_to_string (root, FALSE);
}

static void
assert_text_refused (const char *text, const char *mentions)
{
  g_autoptr (GError) error         = NULL;
  g_autoptr (DotManifest) manifest = read_text (text, -1, &error);

  if (manifest)
    g_test_message ("accepted: %s", text);
  g_assert_null (manifest);
  assert_sentence (error, DOT_ERROR_INVALID_FILE);
  assert_mentions (error, "model.json");
  assert_mentions (error, mentions);
}

static void
assert_refused (const char *path, const char *value, const char *mentions)
{
  g_autofree char *text = with_member (path, value);

  assert_text_refused (text, mentions);
}

static void
test_valid (void)
{
  g_autoptr (GError) error         = NULL;
  g_autoptr (DotManifest) manifest = read_text (valid, -1, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (manifest->title, ==, "A title");
  g_assert_cmpuint (manifest->image_size, ==, 64);
  g_assert_cmpuint (manifest->latent_size, ==, 128);
  g_assert_cmpint (manifest->prior, ==, DOT_PRIOR_UNIFORM);
  g_assert_true (g_str_has_suffix (manifest->files[1], "/d.npz"));
  g_assert_cmpstr (manifest->checksums[0], ==, CHECKSUM);
  g_assert_cmpuint (manifest->classes->len, ==, 3);
  g_assert_cmpstr (g_array_index (manifest->classes, DotClass, 1).name, ==, "jellyfish");
  g_assert_cmpfloat (manifest->k_eff[2], ==, 1e-3);
}

/* What may be left out. */
static void
test_optional (void)
{
  static const char *const changes[][2] = {
    { "k_eff", NULL },
    { "description", "\"anything\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *text            = with_member (changes[i][0], changes[i][1]);
      g_autoptr (GError) error         = NULL;
      g_autoptr (DotManifest) manifest = read_text (text, -1, &error);

      g_assert_no_error (error);
    }
}

static void
test_unconditional (void)
{
  g_autofree char *text            = with_member ("classes", "[]");
  g_autoptr (DotManifest) manifest = NULL;
  g_autoptr (GError) error         = NULL;
  char *k_eff                      = strstr (text, "[1.5");

  /* One class stands for all. */
  memcpy (k_eff, "[1.5]}          ", strlen (k_eff));
  manifest = read_text (text, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (manifest->classes->len, ==, 1);
}

typedef struct
{
  const char *path;
  const char *mentions;
  const char *right;
} Member;

/* Every member, what the message calls it, and the one type that is right. */
static const Member members[] = {
  { "format", "\"format\"", "string" },
  { "version", "version", "integer" },
  { "title", "title", "string" },
  { "license", "license", "string" },
  { "provenance", "provenance", "string" },
  { "architecture", "architecture", "string" },
  { "image", "image", "object" },
  { "image/size", "image", "integer" },
  { "image/channels", "image", "integer" },
  { "latent", "latent", "object" },
  { "latent/size", "latent", "integer" },
  { "latent/prior", "latent", "string" },
  { "files", "generator", "object" },
  { "files/generator", "generator", "object" },
  { "files/generator/name", "generator", "string" },
  { "files/generator/sha256", "generator", "string" },
  { "files/discriminator", "discriminator", "object" },
  { "files/discriminator/name", "discriminator", "string" },
  { "files/discriminator/sha256", "discriminator", "string" },
  { "classes", "classes", "array" },
};

static void
test_each_missing (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    assert_refused (members[i].path, NULL, members[i].mentions);
}

static void
test_each_of_wrong_type (void)
{
  static const char *const values[][2] = {
    { "null", "null" },       { "true", "boolean" }, { "1.5", "double" },        { "7", "integer" },
    { "\"text\"", "string" }, { "[[1]]", "array" },  { "{\"a\": 1}", "object" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (values); j++)
      if (strcmp (members[i].right, values[j][1]) != 0)
        assert_refused (members[i].path, values[j][0], members[i].mentions);
}

static void
test_bad_values (void)
{
  static const char *const cases[][3] = {
    { "format", "\"dot-refine-state\"", "\"format\"" },
    { "version", "2", "version" },
    { "version", "0", "version" },
    { "title", "\"two\\nlines\"", "title" },
    { "image/size", "0", "image" },
    { "image/size", "-64", "image" },
    { "image/size", "4097", "image" },
    { "image/size", "9223372036854775807", "image" },
    { "image/channels", "0", "image" },
    { "latent/size", "0", "latent" },
    { "latent/size", "4294967296", "latent" },
    { "latent/prior", "\"cauchy\"", "latent" },
    { "files/generator/sha256", "\"\"", "generator" },
    { "files/generator/sha256", "\"0123\"", "generator" },
    { "classes", "[{}, 1, {}]", "classes" },
    { "classes", "[{}, null, {}]", "classes" },
    { "classes", "[{}, [], {}]", "classes" },
    { "classes", "[{}, {\"wnid\": 5}, {}]", "classes" },
    { "classes", "[{}, {\"name\": [\"fish\"]}, {}]", "classes" },
    { "classes", "[{}, {\"name\": \"two\\nlines\"}, {}]", "classes" },
    { "classes", "[{}, {\"index\": \"1\"}, {}]", "classes" },
    { "classes", "[{}, {\"index\": -1}, {}]", "classes" },
    { "classes", "[{}, {\"index\": 1e99}, {}]", "classes" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (cases[i][0], cases[i][1], cases[i][2]);
}

/* Weights lie in the model's own folder. */
static void
test_file_names (void)
{
  static const char *const names[] = {
    "",        ".",       "..",     "../g.npz",       "/etc/passwd", "a/b.npz",
    ".hidden", "./g.npz", "g.npz/", "..\\u002fg.npz", "g\\n.npz",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *value = g_strdup_printf ("\"%s\"", names[i]);

      assert_refused ("files/generator/name", value, "generator");
      assert_refused ("files/discriminator/name", value, "discriminator");
    }
}

static void
test_k_eff (void)
{
  static const char *const values[] = {
    "null",          "1.5",          "{}",         "\"text\"",     "[]",
    "[1, 2]",        "[1, 2, 3, 4]", "[1, 2, -3]", "[1, 2, 0]",    "[1, 2, null]",
    "[1, 2, \"3\"]", "[1, 2, [3]]",  "[1, 2, {}]", "[1, 2, true]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    assert_refused ("k_eff", values[i], "k_eff");
}

static void
test_first (void)
{
  static const char *const values[] = {
    "null",
    "[]",
    "21",
    "{\"label\": 3}",
    "{\"label\": -1}",
    "{\"seed\": 2147483648}",
    "{\"label\": \"koala\"}",
  };
  g_autofree char *text            = with_member ("first", "{\"label\": 2, \"seed\": 7}");
  g_autoptr (DotManifest) manifest = read_text (text, -1, NULL);

  g_assert_nonnull (manifest);
  g_assert_true (manifest->has_first);
  g_assert_cmpuint (manifest->first_label, ==, 2);
  g_assert_cmpuint (manifest->first_seed, ==, 7);
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    assert_refused ("first", values[i], "first");
}

static void
test_relative_scores (void)
{
  static const char *const values[] = { "null", "1", "\"true\"", "[]", "{}" };
  g_autofree char         *text     = with_member ("score_is_relative", "true");
  g_autoptr (GError) error          = NULL;
  g_autoptr (DotManifest) manifest  = read_text (text, -1, &error);
  g_autoptr (DotManifest) plain     = read_text (valid, -1, NULL);

  g_assert_no_error (error);
  g_assert_true (manifest->relative_scores);
  g_assert_false (plain->relative_scores);
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    assert_refused ("score_is_relative", values[i], "score_is_relative");
}

/* What is said of styles and of a batch; nothing is said where it is missing. */
static void
test_styles (void)
{
  static const char *const psis[]       = { "0", "0.001", "1.5", "-1", "\"1\"", "null" };
  static const char *const deviations[] = { "0", "-1", "1e300", "true", "[]" };
  g_autofree char         *psi          = with_member ("latent/psi", "0.6");
  g_autofree char         *deviation    = with_member ("batch_deviation", "0.25");
  g_autoptr (GError) error              = NULL;
  g_autoptr (DotManifest) with_psi      = read_text (psi, -1, &error);
  g_autoptr (DotManifest) with_batch    = read_text (deviation, -1, &error);
  g_autoptr (DotManifest) plain         = read_text (valid, -1, &error);

  g_assert_no_error (error);
  g_assert_cmpfloat (with_psi->psi, ==, 0.6);
  g_assert_cmpfloat (with_batch->deviation, ==, 0.25);
  g_assert_cmpfloat (plain->psi, ==, 0.0);
  g_assert_cmpfloat (plain->deviation, ==, 0.0);
  for (gsize i = 0; i < G_N_ELEMENTS (psis); i++)
    assert_refused ("latent/psi", psis[i], "latent");
  for (gsize i = 0; i < G_N_ELEMENTS (deviations); i++)
    assert_refused ("batch_deviation", deviations[i], "batch_deviation");
}

static void
test_no_json (void)
{
  static const char *const texts[] = { "",         "[]",      "null", "7", "\"x\"", "{\"format\": ",
                                       "\xff\xfe", "nonsense" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_text_refused (texts[i], "no JSON");
  assert_text_refused ("{}", "\"format\": \"dot-refine-model\"");
}

static void
test_truncated (void)
{
  for (gsize size = 0; size < sizeof (valid) - 1; size++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_text (valid, size, &error));
      assert_sentence (error, DOT_ERROR_INVALID_FILE);
    }
}

static void
test_deep (void)
{
  g_autoptr (GString) text = g_string_new ("{\"format\": ");

  for (int i = 0; i < 50000; i++)
    g_string_append_c (text, '[');
  assert_text_refused (text->str, "no JSON");
}

static void
test_not_there (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autoptr (GError) error        = NULL;

  g_assert_null (dot_manifest_read (folder, &error));
  assert_sentence (error, DOT_ERROR_NOT_FOUND);
  assert_mentions (error, folder);
}

static void
test_too_large (void)
{
  gsize            size = 9 * 1024 * 1024;
  g_autofree char *text = g_strnfill (size, ' ');

  memcpy (text, valid, sizeof (valid) - 1);
  assert_text_refused (text, "too large");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/manifest/valid", test_valid);
  g_test_add_func ("/manifest/optional", test_optional);
  g_test_add_func ("/manifest/unconditional", test_unconditional);
  g_test_add_func ("/manifest/refused/missing", test_each_missing);
  g_test_add_func ("/manifest/refused/type", test_each_of_wrong_type);
  g_test_add_func ("/manifest/refused/values", test_bad_values);
  g_test_add_func ("/manifest/refused/file-names", test_file_names);
  g_test_add_func ("/manifest/refused/k-eff", test_k_eff);
  g_test_add_func ("/manifest/first", test_first);
  g_test_add_func ("/manifest/relative-scores", test_relative_scores);
  g_test_add_func ("/manifest/styles", test_styles);
  g_test_add_func ("/manifest/refused/no-json", test_no_json);
  g_test_add_func ("/manifest/refused/truncated", test_truncated);
  g_test_add_func ("/manifest/refused/deep", test_deep);
  g_test_add_func ("/manifest/refused/not-there", test_not_there);
  g_test_add_func ("/manifest/refused/too-large", test_too_large);
  return g_test_run ();
}
