/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Finding models and describing pairs of files; no weights are computed
 * with, so that no libtorch is needed. */

#include "helpers.h"
#include "engine/engine.h"
#include "model/model.h"
#include "network/architecture.h"
#include "synthetic.h"

#include <glib/gstdio.h>
#include <string.h>

#define GENERATOR     MODELS_DIR "/imagenet10-64/generator.npz"
#define DISCRIMINATOR MODELS_DIR "/imagenet10-64/discriminator.npz"

/* A folder of models, which is the only one that is searched. */
static HelperFolder *
models_folder_new (void)
{
  HelperFolder *folder = helper_folder_new ();

  g_setenv ("DOT_REFINE_MODELS", folder, TRUE);
  return folder;
}

static void
write_broken_model (const char *models, const char *id, const char *text)
{
  g_autofree char *folder   = g_build_filename (models, id, NULL);
  g_autofree char *manifest = g_build_filename (folder, "model.json", NULL);

  g_mkdir (folder, 0700);
  helper_write (manifest, text, strlen (text));
}

static DotModel *
find_listed (GPtrArray *models, const char *id)
{
  for (guint i = 0; i < models->len; i++)
    if (strcmp (dot_model_get_id (models->pdata[i]), id) == 0)
      return models->pdata[i];
  return NULL;
}

static void
test_list (void)
{
  g_autoptr (HelperFolder) folder = models_folder_new ();
  g_autofree char *empty          = g_build_filename (folder, "empty", NULL);
  g_autoptr (GPtrArray) models    = NULL;

  synthetic_model_write (folder, "whole", 3, "[{}, {}, {}]");
  write_broken_model (folder, "broken", "{");
  g_mkdir (empty, 0700);
  models = dot_model_list ();

  g_assert_null (dot_model_get_problem (find_listed (models, "whole")));
  g_assert_cmpstr (dot_model_get_title (find_listed (models, "whole")), ==, "T whole");
  g_assert_null (find_listed (models, "empty"));
  g_assert_cmpstr (helper_sentence_fault (dot_model_get_problem (find_listed (models, "broken"))),
                   ==, NULL);
}

/* Whoever shows a list asks all of its models everything. */
static void
test_broken_model_answers (void)
{
  g_autoptr (HelperFolder) folder = models_folder_new ();
  g_autoptr (GPtrArray) models    = NULL;
  g_autoptr (GError) error        = NULL;
  DotModel *model;

  write_broken_model (folder, "broken", "{}");
  models = dot_model_list ();
  model  = find_listed (models, "broken");

  g_assert_cmpstr (dot_model_get_title (model), ==, "broken");
  g_assert_cmpstr (dot_model_get_license (model), ==, "");
  g_assert_cmpstr (dot_model_get_provenance (model), ==, "");
  g_assert_cmpstr (dot_model_get_architecture (model), ==, "");
  g_assert_cmpuint (dot_model_get_image_size (model), ==, 0);
  g_assert_cmpuint (dot_model_get_n_classes (model), ==, 1);
  g_assert_nonnull (dot_model_get_class (model, 0)->name);
  g_assert_nonnull (dot_model_find_class (model, "goldfish", NULL));

  g_assert_null (dot_pair_load (model, DOT_ENGINE_AUTO, DOT_DEVICE_CPU, DOT_PRECISION_FLOAT32, NULL,
                                NULL, NULL, &error));
  assert_sentence (error, DOT_ERROR_INVALID_FILE);
}

static void
test_first_folder_wins (void)
{
  g_autoptr (HelperFolder) first  = helper_folder_new ();
  g_autoptr (HelperFolder) second = helper_folder_new ();
  g_autofree char *both           = g_strdup_printf ("%s:/nonexistent::%s", first, second);
  g_autoptr (GPtrArray) models    = NULL;
  guint found                     = 0;

  synthetic_model_write (first, "one", 3, "[]");
  write_broken_model (second, "one", "{}");
  write_broken_model (second, "two", "{}");
  g_setenv ("DOT_REFINE_MODELS", both, TRUE);
  models = dot_model_list ();

  for (guint i = 0; i < models->len; i++)
    found += strcmp (dot_model_get_id (models->pdata[i]), "one") == 0;
  g_assert_cmpuint (found, ==, 1);
  g_assert_null (dot_model_get_problem (find_listed (models, "one")));
  g_assert_nonnull (find_listed (models, "two"));
}

static void
assert_found (const char *id)
{
  g_autoptr (GError) error   = NULL;
  g_autoptr (DotModel) model = dot_model_find (id, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (dot_model_get_id (model), ==, "one");
  g_assert_cmpuint (dot_model_get_latent_size (model), ==, 4);
}

static void
test_find (void)
{
  g_autoptr (HelperFolder) folder = models_folder_new ();
  g_autofree char *path           = g_build_filename (folder, "one", NULL);
  g_autofree char *slash          = g_strconcat (path, "/", NULL);
  g_autofree char *manifest       = g_build_filename (path, "model.json", NULL);

  synthetic_model_write (folder, "one", 3, "[{}, {}, {}]");
  assert_found ("one");
  assert_found (path);
  assert_found (slash);
  assert_found (manifest);
}

static void
test_not_found (void)
{
  static const char *const ids[]  = { "nonsense", "",     "/nonexistent", "../one",
                                      "one/",     "%s%n", "\xff" };
  g_autoptr (HelperFolder) folder = models_folder_new ();

  synthetic_model_write (folder, "one", 3, "[]");
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (dot_model_find (ids[i], &error));
      assert_sentence (error, DOT_ERROR_NOT_FOUND);
      assert_mentions (error, "one");
    }
}

static void
assert_load_refused (const char *id, DotError code, const char *mentions)
{
  g_autoptr (GError) error   = NULL;
  g_autoptr (DotModel) model = dot_model_find (id, &error);

  g_assert_no_error (error);
  g_assert_null (dot_pair_load (model, DOT_ENGINE_AUTO, DOT_DEVICE_CPU, DOT_PRECISION_FLOAT32, NULL,
                                NULL, NULL, &error));
  assert_sentence (error, code);
  assert_mentions (error, mentions);
}

/* A file that isn't the one the manifest names is refused before anything in
 * it is read. */
static void
test_checksum (void)
{
  static const char *const names[] = { "generator.npz", "discriminator.npz" };

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (HelperFolder) folder = models_folder_new ();
      g_autofree char *path           = g_build_filename (folder, "one", names[i], NULL);

      synthetic_model_write (folder, "one", 3, "[{}, {}, {}]");
      helper_write (path, "other", 5);
      assert_load_refused ("one", DOT_ERROR_INVALID_FILE, names[i]);
      helper_write (path, "", 0);
      assert_load_refused ("one", DOT_ERROR_INVALID_FILE, names[i]);
      g_remove (path);
      assert_load_refused ("one", DOT_ERROR_NOT_FOUND, names[i]);
    }
}

static void
test_no_backend (void)
{
  g_autoptr (HelperFolder) folder = models_folder_new ();
  g_autofree char *broken         = g_build_filename (folder, "dotrefine-torch.so", NULL);
  g_autoptr (GError) error        = NULL;

  synthetic_model_write (folder, "one", 3, "[{}, {}, {}]");
  g_setenv ("DOT_REFINE_MODULE_DIR", folder, TRUE);
  assert_load_refused ("one", DOT_ERROR_NO_BACKEND, "DOT_REFINE_MODULE_DIR");
  g_assert_false (dot_engine_check (NULL, &error));
  assert_sentence (error, DOT_ERROR_NO_BACKEND);

  helper_write (broken, "no library", 10);
  assert_load_refused ("one", DOT_ERROR_NO_BACKEND, "dotrefine-torch.so");
}

/*  pairs of files  */

static void
test_files (void)
{
  g_autoptr (GError) error   = NULL;
  g_autoptr (DotModel) model = NULL;

  model = dot_model_new_from_files (GENERATOR, DISCRIMINATOR, NULL, DOT_PRIOR_NORMAL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dot_model_get_image_size (model), ==, 64);
  g_assert_cmpuint (dot_model_get_latent_size (model), ==, 128);
  g_assert_cmpuint (dot_model_get_n_classes (model), ==, 10);
  g_assert_cmpstr (dot_model_get_class (model, 3)->name, ==, "class 3");
  g_assert_cmpstr (dot_model_get_architecture (model), ==, "sngan-projection");
  g_assert_cmpint (strlen (dot_model_get_checksum (model, 0)), ==, 64);
  g_assert_false (dot_model_is_package (model));
}

/* What a model.json says of its files; a sha256 is only one in form. */
#define SHA256 "\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\""
#define FILES(g, d)                                                        \
  ", \"files\": {\"generator\": {\"name\": \"" g "\", \"sha256\": " SHA256 \
  "}, \"discriminator\": {\"name\": \"" d "\", \"sha256\": " SHA256 "}}"

#define BESIDE \
  "{\"format\": \"dot-refine-model\", \"version\": 1, \"architecture\": \"%s\",             \
   \"image\": {\"size\": 32, \"channels\": 3}, \"latent\": {\"size\": 4, \"prior\": \"uniform\"}, \
   \"class_input\": \"none\", \"classes\": 0%s}"

/* Without a word on the architecture; one that doesn't fit says what does. */
static void
assert_guessed (const char *g, const char *d, const char *architecture, DotPrior prior)
{
  g_autoptr (GError) error   = NULL;
  g_autoptr (DotModel) model = dot_model_new_from_files (g, d, NULL, DOT_PRIOR_NORMAL, &error);

  g_test_message ("%s", architecture);
  if (! model)
    {
      g_assert_cmpstr (architecture, ==, "sngan-projection");
      assert_sentence (error, DOT_ERROR_INVALID_FILE);
      assert_mentions (error, "dcgan");
      return;
    }
  g_assert_cmpstr (dot_model_get_architecture (model), ==, architecture);
  g_assert_cmpstr (dot_model_get_discriminator_architecture (model), ==, architecture);
  g_assert_cmpint (dot_model_get_prior (model), ==, prior);
}

/* A model.json about the file says how it is built, where nobody else does. */
static void
test_described_beside (void)
{
  static const struct
  {
    const char *architecture;
    const char *files;
    const char *found;
    DotPrior    prior;
  } cases[] = {
    { "dcgan", "", "dcgan", DOT_PRIOR_UNIFORM },
    { "dcgan", FILES ("g.npz", "d.npz"), "dcgan", DOT_PRIOR_UNIFORM },
    { "dcgan", FILES ("x.npz", "y.npz"), "sngan-projection", DOT_PRIOR_NORMAL },
    { "torchscript", "", "sngan-projection", DOT_PRIOR_NORMAL },
    { NULL, NULL, "sngan-projection", DOT_PRIOR_NORMAL },
  };
  const DotInitialSizes sizes     = { "dcgan", 32, 4, { 32, 32 } };
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *g              = g_build_filename (folder, "g.npz", NULL);
  g_autofree char *d              = g_build_filename (folder, "d.npz", NULL);
  g_autofree char *path           = g_build_filename (folder, "model.json", NULL);

  g_assert_true (dot_initial_write (dot_dcgan.initial, &sizes, 0, g, NULL));
  g_assert_true (dot_initial_write (dot_dcgan.initial, &sizes, 1, d, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup ("{\"model\": \"of another program\"}");

      if (cases[i].architecture)
        {
          g_free (text);
          text = g_strdup_printf (BESIDE, cases[i].architecture, cases[i].files);
        }
      helper_write (path, text, strlen (text));
      assert_guessed (g, d, cases[i].found, cases[i].prior);
    }
}

/* A pair without classes has none to choose from. */
static void
test_no_classes (void)
{
  const DotInitialSizes    sizes   = { "dcgan", 32, 4, { 32, 32 } };
  static const char *const taken[] = { NULL, "", "any", "0" };
  g_autoptr (HelperFolder) folder  = helper_folder_new ();
  g_autofree char *g               = g_build_filename (folder, "g.npz", NULL);
  g_autofree char *d               = g_build_filename (folder, "d.npz", NULL);
  g_autoptr (GError) error         = NULL;
  g_autoptr (DotModel) model       = NULL;

  g_assert_true (dot_initial_write (dot_dcgan.initial, &sizes, 0, g, NULL));
  g_assert_true (dot_initial_write (dot_dcgan.initial, &sizes, 1, d, NULL));
  model = dot_model_new_from_files (g, d, "dcgan", DOT_PRIOR_NORMAL, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (taken); i++)
    g_assert_nonnull (dot_model_find_class (model, taken[i], NULL));
  g_assert_null (dot_model_find_class (model, "nonsense", &error));
  assert_sentence (error, DOT_ERROR_NOT_FOUND);
  assert_mentions (error, "nonsense");
  assert_mentions (error, "leave the class out");
}

/* A bare pair of 1000 classes is one of ImageNet's. */
static void
test_files_of_imagenet (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autoptr (SyntheticPair) pair  = synthetic_pair_new (6, 1000);
  g_autofree char *g              = g_build_filename (folder, "generator.npz", NULL);
  g_autofree char *d              = g_build_filename (folder, "discriminator.npz", NULL);
  g_autoptr (GError) error        = NULL;
  g_autoptr (DotModel) model      = NULL;

  synthetic_pair_write (pair, folder);
  model = dot_model_new_from_files (g, d, "sngan-projection", DOT_PRIOR_UNIFORM, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dot_model_get_image_size (model), ==, 128);
  g_assert_cmpint (dot_model_get_prior (model), ==, DOT_PRIOR_UNIFORM);
  g_assert_cmpuint (dot_model_get_n_classes (model), ==, 1000);
  g_assert_cmpuint (dot_model_find_class (model, "goldfish", NULL)->label, ==, 1);
  g_assert_cmpstr (dot_model_get_class (model, 933)->name, ==, "cheeseburger");
}

static void
test_files_refused (void)
{
  static const struct
  {
    const char *files[2];
    const char *architecture;
    DotError    code;
    const char *mentions;
  } cases[] = {
    { { "/nonexistent/g.npz", DISCRIMINATOR }, NULL, DOT_ERROR_NOT_FOUND, "g.npz" },
    { { GENERATOR, "/nonexistent/d.npz" }, NULL, DOT_ERROR_NOT_FOUND, "d.npz" },
    { { MODELS_DIR, DISCRIMINATOR }, NULL, DOT_ERROR_NOT_FOUND, MODELS_DIR },
    { { DISCRIMINATOR, GENERATOR }, NULL, DOT_ERROR_INVALID_FILE, "discriminator.npz" },
    { { GENERATOR, GENERATOR }, NULL, DOT_ERROR_INVALID_FILE, "generator.npz" },
    { { GENERATOR, DISCRIMINATOR }, "nonsense", DOT_ERROR_NOT_FOUND, "nonsense" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (dot_model_new_from_files (cases[i].files[0], cases[i].files[1],
                                               cases[i].architecture, DOT_PRIOR_NORMAL, &error));
      assert_sentence (error, cases[i].code);
      assert_mentions (error, cases[i].mentions);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/model/list", test_list);
  g_test_add_func ("/model/broken", test_broken_model_answers);
  g_test_add_func ("/model/first-folder", test_first_folder_wins);
  g_test_add_func ("/model/find", test_find);
  g_test_add_func ("/model/not-found", test_not_found);
  g_test_add_func ("/model/checksum", test_checksum);
  g_test_add_func ("/model/no-backend", test_no_backend);
  g_test_add_func ("/model/files", test_files);
  g_test_add_func ("/model/described-beside", test_described_beside);
  g_test_add_func ("/model/no-classes", test_no_classes);
  g_test_add_func ("/model/files-imagenet", test_files_of_imagenet);
  g_test_add_func ("/model/files-refused", test_files_refused);
  return g_test_run ();
}
