/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What a person can choose: defaults, JSON there and back, and what of it
 * decides a run. */

#include "core/settings.h"
#include "helpers.h"

#include <string.h>

static void
test_defaults (void)
{
  g_autoptr (DotSettings) settings      = dot_settings_new ();
  g_autoptr (DotRefineOptions) found    = dot_settings_get_options (settings);
  g_autoptr (DotRefineOptions) expected = dot_refine_options_new ();

  g_assert_cmpstr (found->model, ==, expected->model);
  g_assert_cmpstr (found->class_name, ==, "goldfish");
  g_assert_cmpint (found->seed, ==, expected->seed);
  g_assert_cmpuint (found->updates, ==, 16);
  g_assert_cmpfloat (found->step_size, ==, expected->step_size);
  g_assert_cmpfloat (found->delta, ==, expected->delta);
  g_assert_cmpint (found->projection, ==, DOT_PROJECTION_TANGENT);
  g_assert_cmpint (found->precision, ==, expected->precision);
  g_assert_null (found->states);
}

static JsonObject *
parse (const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  return json_object_ref (json_node_get_object (node));
}

static char *
print (DotSettings *settings)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, dot_settings_to_json (settings));
  return json_to_string (node, FALSE);
}

static void
apply (DotSettings *settings, const char *text)
{
  g_autoptr (JsonObject) values = parse (text);

  dot_settings_apply_json (settings, values);
}

/* Every property, through JSON, into another object. */
static void
test_round_trip (void)
{
  g_autoptr (DotSettings) first  = dot_settings_new ();
  g_autoptr (DotSettings) second = dot_settings_new ();
  g_autofree char *a             = NULL;
  g_autofree char *b             = NULL;

  apply (first, "{\"model\":\"m\",\"class\":\"\\\"ä\",\"source\":\"between\","
                "\"seed\":2147483647,\"lock-seed\":true,\"latents\":\"/a b\","
                "\"count\":3,\"updates\":0,\"keep-every\":7,"
                "\"live-layers\":false,\"scale\":\"image\","
                "\"method\":\"naive\",\"optimizer\":\"sgd\","
                "\"step-size\":0.1234567890123,\"projection\":\"paper\","
                "\"k-eff\":2.5,\"delta\":0.25,\"divergence\":\"js\","
                "\"noise\":0.5,\"particles\":3,\"moves\":0,\"calibration\":\"raw\","
                "\"proposals\":9,\"pilots\":8,\"percentile\":95,\"budget\":0.25,\"device\":\"cpu\","
                "\"precision\":\"bfloat16\",\"export-folder\":\"/tmp\"}");
  a = print (first);
  apply (second, a);
  b = print (second);
  g_assert_cmpstr (a, ==, b);
  g_assert_nonnull (strstr (a, "\"between\""));
  g_assert_nonnull (strstr (a, "0.1234567890123"));
  g_assert_nonnull (strstr (a, "\"export-folder\":\"/tmp\""));
}

/* A file that a person has edited, or another version has written. */
static void
test_what_does_not_fit_stays (void)
{
  g_autoptr (DotSettings) settings = dot_settings_new ();
  g_autofree char *before          = print (settings);
  g_autofree char *after           = NULL;

  apply (settings, "{\"seed\":-1,\"count\":0,\"updates\":1e9,\"k-eff\":-1,"
                   "\"step-size\":\"large\",\"method\":\"best\",\"model\":7,"
                   "\"source\":null,\"lock-seed\":1,\"delta\":[],"
                   "\"latents\":{},\"unknown\":true,\"keep-every\":1e300}");
  after = print (settings);
  g_assert_cmpstr (before, ==, after);
}

static void
test_sources (void)
{
  g_autoptr (DotSettings) settings   = dot_settings_new ();
  g_autoptr (DotRefineOptions) seeds = NULL;
  g_autoptr (DotRefineOptions) file  = NULL;

  apply (settings, "{\"latents\":\"/some/file.npy\",\"class\":\"\"}");
  seeds = dot_settings_get_options (settings);
  g_assert_null (seeds->latents);
  g_assert_null (seeds->class_name);
  apply (settings, "{\"source\":\"file\"}");
  file = dot_settings_get_options (settings);
  g_assert_cmpstr (file->latents, ==, "/some/file.npy");
}

/* The model is found once, for who shows it and for its runs. */
static void
test_model (void)
{
  g_autoptr (DotSettings) settings     = dot_settings_new ();
  g_autoptr (DotRefineOptions) options = dot_settings_get_options (settings);
  g_autoptr (DotRefineOptions) copy    = dot_refine_options_copy (options);
  g_autoptr (DotModel) found           = dot_refine_options_find_model (copy, NULL);
  g_autoptr (GError) error             = NULL;

  g_assert_nonnull (found);
  g_assert_true (found == dot_settings_get_model (settings, NULL));

  dot_settings_forget_model (settings);
  g_assert_true (found != dot_settings_get_model (settings, NULL));

  g_object_set (settings, "model", "gone", NULL);
  g_assert_null (dot_settings_get_model (settings, &error));
  g_assert_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND);

  g_object_set (settings, "model", "imagenet10-64", NULL);
  g_assert_cmpstr (dot_model_get_id (dot_settings_get_model (settings, NULL)), ==, "imagenet10-64");
}

/* Each choice's every value has a name, and each property says what it does. */
static void
test_labels (void)
{
  g_autoptr (GTypeClass) klass  = g_type_class_ref (DOT_TYPE_SETTINGS);
  g_autofree GParamSpec **specs = NULL;
  guint                   n;

  specs = g_object_class_list_properties (G_OBJECT_CLASS (klass), &n);
  g_assert_cmpuint (n, >, 15);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpuint (strlen (g_param_spec_get_blurb (specs[i])), >, 10);
      if (! G_IS_PARAM_SPEC_ENUM (specs[i]))
        continue;
      for (guint j = 0; j < G_PARAM_SPEC_ENUM (specs[i])->enum_class->n_values; j++)
        g_assert_nonnull (dot_settings_get_label (specs[i]->name, j));
    }
}

#define SHA256 "\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\""
#define WITHOUT_CLASSES                                                                            \
  "{\"format\": \"dot-refine-model\", \"version\": 1, \"architecture\": \"dcgan\","                \
  " \"title\": \"T\", \"license\": \"CC0\", \"provenance\": \"a test\","                           \
  " \"image\": {\"size\": 32, \"channels\": 3}, \"latent\": {\"size\": 4, \"prior\": \"normal\"}," \
  " \"classes\": [], \"files\": {\"generator\": {\"name\": \"g.npz\", \"sha256\": " SHA256         \
  "}, \"discriminator\": {\"name\": \"d.npz\", \"sha256\": " SHA256 "}}}"

/* The picture that a model recommends to begin with. */
static void
test_first (void)
{
  static const char first[]        = "\"classes\": [{\"name\": \"ant\"}, {\"name\": \"bee\"}],"
                                     " \"first\": {\"label\": 1, \"seed\": 4}";
  g_autoptr (HelperFolder) folder  = helper_folder_new ();
  g_autofree char *path            = g_build_filename (folder, "model.json", NULL);
  g_autoptr (DotSettings) settings = dot_settings_new ();
  g_autoptr (GString) text         = g_string_new (WITHOUT_CLASSES);
  g_autofree char *class_name      = NULL;
  int              seed;

  helper_write (path, text->str, text->len);
  g_object_set (settings, "model", folder, "class", "ant", "seed", 3, NULL);
  dot_settings_take_first (settings);
  g_object_get (settings, "seed", &seed, NULL);
  g_assert_cmpint (seed, ==, 3);

  g_assert_cmpuint (g_string_replace (text, "\"classes\": []", first, 1), ==, 1);
  helper_write (path, text->str, text->len);
  dot_settings_forget_model (settings);
  dot_settings_take_first (settings);
  g_object_get (settings, "class", &class_name, "seed", &seed, NULL);
  g_assert_cmpstr (class_name, ==, "bee");
  g_assert_cmpint (seed, ==, 4);
}

/* The class that was chosen for another model waits, and decides nothing. */
static void
test_no_classes (void)
{
  g_autoptr (HelperFolder) folder      = helper_folder_new ();
  g_autofree char *path                = g_build_filename (folder, "model.json", NULL);
  g_autoptr (DotSettings) settings     = dot_settings_new ();
  g_autoptr (DotRefineOptions) options = NULL;
  g_autofree char *class_name          = NULL;

  helper_write (path, WITHOUT_CLASSES, strlen (WITHOUT_CLASSES));
  g_object_set (settings, "model", folder, "class", "tench", NULL);
  options = dot_settings_get_options (settings);
  g_assert_nonnull (dot_settings_get_model (settings, NULL));
  g_assert_null (options->class_name);
  g_object_get (settings, "class", &class_name, NULL);
  g_assert_cmpstr (class_name, ==, "tench");
}

/* The dialog offers DOT and naive ascent; a script has all methods. */
/* What a method doesn't have isn't shown, and a choice is made once. */
static void
test_method (void)
{
  g_autoptr (DotSettings) settings     = dot_settings_new ();
  g_autoptr (DotRefineOptions) options = NULL;

  g_assert_true (dot_settings_has (settings, "projection"));
  g_assert_false (dot_settings_has (settings, "budget"));
  g_assert_true (dot_settings_is_of_some ("updates"));
  g_assert_false (dot_settings_is_of_some ("seed"));

  g_object_set (settings, "method", DOT_METHOD_OBRS, NULL);
  g_assert_false (dot_settings_has (settings, "projection"));
  g_assert_false (dot_settings_has (settings, "updates"));
  g_assert_true (dot_settings_has (settings, "budget"));
  options = dot_settings_get_options (settings);
  g_assert_cmpuint (options->updates, ==, 1);
}

/* Defaults follow the method that a person chooses; what was changed stays. */
static void
test_choose_method (void)
{
  g_autoptr (DotSettings) settings = dot_settings_new ();
  double size;
  int    updates;

  dot_settings_choose_method (settings, DOT_METHOD_DGFLOW);
  g_object_get (settings, "step-size", &size, "updates", &updates, NULL);
  g_assert_cmpfloat (size, ==, 0.1);
  g_assert_cmpint (updates, ==, 25);

  g_object_set (settings, "updates", 7, NULL);
  dot_settings_choose_method (settings, DOT_METHOD_DOT);
  g_object_get (settings, "step-size", &size, "updates", &updates, NULL);
  g_assert_cmpfloat (size, ==, 0.01);
  g_assert_cmpint (updates, ==, 7);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/settings/defaults", test_defaults);
  g_test_add_func ("/settings/method", test_method);
  g_test_add_func ("/settings/choose-method", test_choose_method);
  g_test_add_func ("/settings/round-trip", test_round_trip);
  g_test_add_func ("/settings/what-does-not-fit-stays", test_what_does_not_fit_stays);
  g_test_add_func ("/settings/sources", test_sources);
  g_test_add_func ("/settings/labels", test_labels);
  g_test_add_func ("/settings/model", test_model);
  g_test_add_func ("/settings/no-classes", test_no_classes);
  g_test_add_func ("/settings/first", test_first);
  return g_test_run ();
}
