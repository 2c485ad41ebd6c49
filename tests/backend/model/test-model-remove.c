/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Models as folders: where they are looked for, how much of the disk they
 * take, how they go, and the public pairs that wait for their files. */

#include "helpers.h"
#include "synthetic.h"

#include "model/model.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define KNOWN         "sngan-projection-128"
#define GENERATOR     "ResNetGenerator_850000.npz"
#define DISCRIMINATOR "SNResNetProjectionDiscriminator_850000.npz"
#define CHECKSUM      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static const char manifest[] =
  "{\"format\": \"dot-refine-model\", \"version\": 1, \"title\": \"A title\",\"license\": \"CC0\", "
  "\"provenance\": \"a test\",\"architecture\": \"sngan-projection\",\"image\": {\"size\": 64, "
  "\"channels\": 3},\"latent\": {\"size\": 4, \"prior\": \"normal\"}, \"files\": {\"generator\": "
  "{\"name\": \"g.npz\", \"sha256\": \"" CHECKSUM "\"},"
  "\"discriminator\": {\"name\": \"d.npz\", \"sha256\": \"" CHECKSUM "\"}},\"classes\": []}";

static void
write_file (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_mkdir_with_parents (folder, 0700);
  helper_write (path, text, strlen (text));
}

static void
write_package (const char *models, const char *id)
{
  g_autofree char *folder = g_build_filename (models, id, NULL);

  write_file (folder, "model.json", manifest);
  write_file (folder, "g.npz", "12345");
  write_file (folder, "d.npz", "1234567");
  write_file (folder, "preview.png", "123");
}

static char *
own_models (void)
{
  return g_build_filename (g_get_user_data_dir (), "dot-refine", "models", NULL);
}

static DotModel *
find_well (const char *id)
{
  g_autoptr (GError) error = NULL;
  DotModel *model          = dot_model_find (id, &error);

  g_assert_no_error (error);
  return model;
}

static void
assert_gone (const char *id)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (dot_model_find (id, &error));
  assert_sentence (error, DOT_ERROR_NOT_FOUND);
}

static gboolean
exists (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/*  folders of the person's choice  */

static void
test_folders (void)
{
  g_autoptr (HelperFolder) chosen = helper_folder_new ();
  g_autoptr (GError) error        = NULL;
  g_auto (GStrv) before           = dot_model_folders_list ();
  g_auto (GStrv) after            = NULL;

  write_package (chosen, "mine");
  g_assert_cmpuint (g_strv_length (before), ==, 0);
  assert_gone ("mine");

  for (int i = 0; i < 2; i++)
    g_assert_true (dot_model_folders_add (chosen, &error));
  after = dot_model_folders_list ();
  g_assert_cmpuint (g_strv_length (after), ==, 1);
  g_assert_cmpstr (after[0], ==, chosen);
  dot_model_unref (find_well ("mine"));

  g_assert_true (dot_model_folders_forget (chosen, &error));
  assert_gone ("mine");
  g_assert_true (exists (chosen, "mine"));
}

static void
assert_not_added (const char *folder, DotError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (dot_model_folders_add (folder, &error));
  assert_sentence (error, code);
  g_clear_error (&error);
  g_assert_false (dot_model_folders_forget (folder, &error));
  assert_sentence (error, DOT_ERROR_NOT_FOUND);
}

static void
test_folders_refused (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *package        = g_build_filename (folder, "one", NULL);
  g_autofree char *file           = g_build_filename (package, "g.npz", NULL);

  write_package (folder, "one");
  assert_not_added ("/nonexistent", DOT_ERROR_NOT_FOUND);
  assert_not_added (file, DOT_ERROR_NOT_FOUND);
  assert_not_added (package, DOT_ERROR_INVALID_ARGUMENT);
}

/* What can't be read isn't overwritten. */
static void
test_damaged_settings (void)
{
  g_autoptr (HelperFolder) chosen = helper_folder_new ();
  g_autofree char *folder         = g_build_filename (g_get_user_config_dir (), "dot-refine", NULL);
  g_auto (GStrv) folders          = NULL;
  g_autoptr (GError) error        = NULL;

  write_file (folder, "settings.ini", "no settings");
  folders = dot_model_folders_list ();
  g_assert_cmpuint (g_strv_length (folders), ==, 0);
  g_assert_false (dot_model_folders_add (chosen, &error));
  assert_sentence (error, DOT_ERROR_INVALID_FILE);
  assert_mentions (error, "settings.ini");
  write_file (folder, "settings.ini", "[other]\nkey=value\n");
  g_assert_true (dot_model_folders_add (chosen, NULL));
  g_assert_true (dot_model_folders_forget (chosen, NULL));
}

/*  a package on the disk  */

static void
test_facts (void)
{
  g_autofree char *models    = own_models ();
  g_autofree char *folder    = g_build_filename (models, "one", NULL);
  g_autofree char *preview   = g_build_filename (folder, "preview.png", NULL);
  g_autoptr (DotModel) model = NULL;

  write_package (models, "one");
  write_file (folder, "notes.txt", "not the model's");
  model = find_well ("one");
  g_assert_cmpstr (dot_model_get_folder (model), ==, folder);
  g_assert_cmpstr (dot_model_get_preview (model), ==, preview);
  g_assert_cmpuint (dot_model_get_bytes (model), ==, 5 + 7 + 3 + strlen (manifest));
}

static void
test_remove (void)
{
  g_autofree char *models    = own_models ();
  g_autoptr (GError) error   = NULL;
  g_autoptr (DotModel) model = NULL;

  write_package (models, "one");
  model = find_well ("one");
  g_assert_true (dot_model_remove (model, &error));
  g_assert_no_error (error);
  assert_gone ("one");
  g_assert_false (exists (models, "one"));
  g_assert_false (dot_model_remove (model, &error));
  assert_sentence (error, DOT_ERROR_NOT_FOUND);
}

/* A package whose description is damaged can go as well. */
static void
test_remove_broken (void)
{
  g_autofree char *models    = own_models ();
  g_autofree char *folder    = g_build_filename (models, "broken", NULL);
  g_autoptr (GPtrArray) list = NULL;
  gboolean found             = FALSE;

  write_file (folder, "model.json", "{");
  list = dot_model_list ();
  for (guint i = 0; i < list->len; i++)
    if (strcmp (dot_model_get_id (list->pdata[i]), "broken") == 0)
      found = dot_model_remove (list->pdata[i], NULL);
  g_assert_true (found);
  g_assert_false (exists (folder, "model.json"));
}

/* Of a link the link goes. */
static void
test_remove_link (void)
{
  g_autoptr (HelperFolder) elsewhere = helper_folder_new ();
  g_autofree char *target            = g_build_filename (elsewhere, "one", NULL);
  g_autofree char *models            = own_models ();
  g_autofree char *link              = g_build_filename (models, "linked", NULL);
  g_autoptr (DotModel) model         = NULL;

  write_package (elsewhere, "one");
  g_mkdir_with_parents (models, 0700);
  g_assert_cmpint (symlink (target, link), ==, 0);
  model = find_well ("linked");
  g_assert_true (dot_model_remove (model, NULL));
  assert_gone ("linked");
  g_assert_true (exists (target, "model.json"));
  g_assert_true (exists (target, "g.npz"));
}

/* Folders that somebody else manages are left alone. */
static void
test_not_removed (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *path           = g_build_filename (folder, "one", NULL);
  g_autoptr (GError) error        = NULL;
  g_autoptr (DotModel) model      = NULL;

  write_package (folder, "one");
  g_setenv ("DOT_REFINE_MODELS", folder, TRUE);
  model = find_well ("one");
  g_unsetenv ("DOT_REFINE_MODELS");

  g_assert_false (dot_model_remove (model, &error));
  assert_sentence (error, DOT_ERROR_INVALID_ARGUMENT);
  assert_mentions (error, folder);
  g_assert_true (exists (path, "model.json"));
}

/*  a public pair that the person has to fetch  */

static DotModel *
find_known (void)
{
  g_autoptr (GPtrArray) models = dot_model_list ();

  for (guint i = 0; i < models->len; i++)
    if (strcmp (dot_model_get_id (models->pdata[i]), KNOWN) == 0)
      return dot_model_ref (models->pdata[i]);
  return NULL;
}

static void
test_known_absent (void)
{
  g_autofree char *models    = own_models ();
  g_autoptr (DotModel) model = find_known ();
  g_autoptr (GError) error   = NULL;

  g_assert_cmpuint (dot_model_get_image_size (model), ==, 128);
  g_assert_cmpuint (dot_model_get_n_classes (model), ==, 1000);
  g_assert_cmpuint (dot_model_get_bytes (model), ==, 0);
  g_assert_false (dot_model_remove_check (model, NULL));

  g_assert_null (dot_model_find (KNOWN, &error));
  assert_sentence (error, DOT_ERROR_NOT_FOUND);
  g_assert_cmpstr (dot_model_get_problem (model), ==, error->message);
  assert_mentions (error, GENERATOR);
  assert_mentions (error, DISCRIMINATOR);
  assert_mentions (error, "288 MB");
  assert_mentions (error, "github.com/pfnet-research/sngan_projection");
  assert_mentions (error, models);
}

static void
move_into (const char *from, const char *folder, const char *name)
{
  g_autofree char *path   = g_build_filename (folder, name, NULL);
  g_autoptr (GBytes) data = helper_read (from);

  g_mkdir_with_parents (folder, 0700);
  helper_write (path, g_bytes_get_data (data, NULL), g_bytes_get_size (data));
}

static void
test_known_comes (void)
{
  g_autoptr (HelperFolder) made  = helper_folder_new ();
  g_autoptr (SyntheticPair) pair = synthetic_pair_new (6, 1000);
  g_autofree char *g             = g_build_filename (made, "generator.npz", NULL);
  g_autofree char *d             = g_build_filename (made, "discriminator.npz", NULL);
  g_autofree char *models        = own_models ();
  g_autofree char *folder        = g_build_filename (models, KNOWN, NULL);
  g_autoptr (GError) error       = NULL;
  g_autoptr (DotModel) model     = NULL;

  synthetic_pair_write (pair, made);
  move_into (g, folder, GENERATOR);
  g_assert_null (dot_model_find (KNOWN, &error));
  assert_sentence (error, DOT_ERROR_NOT_FOUND);
  assert_mentions (error, DISCRIMINATOR);

  move_into (d, folder, DISCRIMINATOR);
  model = find_well (KNOWN);
  g_assert_null (dot_model_get_problem (model));
  g_assert_cmpuint (dot_model_get_n_classes (model), ==, 1000);
  g_assert_cmpuint (dot_model_find_class (model, "goldfish", NULL)->label, ==, 1);
  g_assert_cmpuint (dot_model_get_latent_size (model), ==, SYNTHETIC_LATENT);

  g_assert_true (dot_model_remove (model, NULL));
  g_assert_null (dot_model_find (KNOWN, NULL));
}

static void
test_known_damaged (void)
{
  g_autofree char *models    = own_models ();
  g_autofree char *folder    = g_build_filename (models, KNOWN, NULL);
  g_autoptr (DotModel) model = NULL;

  write_file (folder, GENERATOR, "no weights");
  write_file (folder, DISCRIMINATOR, "no weights");
  model = find_known ();
  g_assert_nonnull (strstr (dot_model_get_problem (model), GENERATOR));
  g_assert_cmpuint (dot_model_get_n_classes (model), ==, 1000);
  g_assert_true (dot_model_remove (model, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/package/folders", test_folders);
  g_test_add_func ("/package/folders-refused", test_folders_refused);
  g_test_add_func ("/package/damaged-settings", test_damaged_settings);
  g_test_add_func ("/package/facts", test_facts);
  g_test_add_func ("/package/remove", test_remove);
  g_test_add_func ("/package/remove-broken", test_remove_broken);
  g_test_add_func ("/package/remove-link", test_remove_link);
  g_test_add_func ("/package/not-removed", test_not_removed);
  g_test_add_func ("/package/known-absent", test_known_absent);
  g_test_add_func ("/package/known-comes", test_known_comes);
  g_test_add_func ("/package/known-damaged", test_known_damaged);
  return g_test_run ();
}
