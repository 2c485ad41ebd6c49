/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Constants that several processes find at the same time. */

#include "engine/k-eff-cache.h"
#include "helpers.h"

#include <sys/wait.h>
#include <unistd.h>

#define PROCESSES 8
#define EACH      40

/* As model.json begins to say it. */
#define LATENT "\"latent\": {"

static void
store_some (DotModel *model, guint process)
{
  for (guint i = 0; i < EACH; i++)
    dot_k_eff_cache_store (model, dot_model_get_class (model, 0), DOT_SPACE_LATENT,
                           1 + process * EACH + i, 1.0 + i);
}

/* Of one model, in one file: none is lost, and no other file stays. */
static void
test_at_once (void)
{
  g_autofree char *cache = g_build_filename (g_get_user_cache_dir (), "dot-refine", "k-eff", NULL);
  g_autoptr (GError) error   = NULL;
  g_autoptr (DotModel) model = dot_model_find (MODELS_DIR "/imagenet10-64", &error);

  g_assert_no_error (error);
  for (guint process = 0; process < PROCESSES; process++)
    if (fork () == 0)
      {
        store_some (model, process);
        _exit (0);
      }
  for (guint process = 0; process < PROCESSES; process++)
    wait (NULL);

  for (guint i = 0; i < PROCESSES * EACH; i++)
    g_assert_cmpfloat (dot_k_eff_cache_look_up (model, dot_model_get_class (model, 0),
                                                DOT_SPACE_LATENT, 1 + i),
                       ==, 1.0 + i % EACH);
  g_assert_cmpuint (helper_count_names (cache), ==, 1);
}

/* The model of that folder as its model.json would say it with @from replaced.
 * @folder: gets it */
static DotModel *
new_like (const char *folder, const char *from, const char *by)
{
  static const char *const files[] = { "generator.npz", "discriminator.npz" };
  const char              *source  = MODELS_DIR "/imagenet10-64";
  g_autofree char         *path    = g_build_filename (folder, "model.json", NULL);
  g_autofree char         *read    = g_build_filename (source, "model.json", NULL);
  g_autofree char         *text    = NULL;
  g_autoptr (GString) said         = NULL;
  g_autoptr (GError) error         = NULL;
  DotModel *model;

  g_assert_true (g_file_get_contents (read, &text, NULL, NULL));
  said = g_string_new (text);
  g_assert_cmpuint (g_string_replace (said, from, by, 1), ==, 1);
  helper_write (path, said->str, said->len);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *file = g_build_filename (source, files[i], NULL);
      g_autofree char *link = g_build_filename (folder, files[i], NULL);

      g_assert_cmpint (symlink (file, link), ==, 0);
    }
  model = dot_model_find (folder, &error);
  g_assert_no_error (error);
  return model;
}

/* What model.json says of styles and of a batch is looked at, too. */
static void
test_manifest (void)
{
  static const char *const said[] = { "\"latent\": { \"psi\": 0.5, ",
                                      "\"batch_deviation\": 0.25, \"latent\": {" };
  g_autoptr (DotModel) plain      = dot_model_find (MODELS_DIR "/imagenet10-64", NULL);

  dot_k_eff_cache_store (plain, dot_model_get_class (plain, 0), DOT_SPACE_LATENT, 7, 2.0);
  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    {
      g_autoptr (HelperFolder) folder = helper_folder_new ();
      g_autoptr (DotModel) model      = new_like (folder, LATENT, said[i]);
      const DotClass *klass           = dot_model_get_class (model, 0);

      g_assert_cmpfloat (dot_k_eff_cache_look_up (model, klass, DOT_SPACE_LATENT, 7), ==, 0.0);
      dot_k_eff_cache_store (model, klass, DOT_SPACE_LATENT, 7, 3.0 + i);
      g_assert_cmpfloat (dot_k_eff_cache_look_up (model, klass, DOT_SPACE_LATENT, 7), ==, 3.0 + i);
    }
  g_assert_cmpfloat (dot_k_eff_cache_look_up (plain, dot_model_get_class (plain, 0),
                                              DOT_SPACE_LATENT, 7),
                     ==, 2.0);
}

int
main (int argc, char **argv)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();

  g_test_init (&argc, &argv, NULL);
  g_setenv ("XDG_CACHE_HOME", folder, TRUE);
  g_test_add_func ("/k-eff-cache/at-once", test_at_once);
  g_test_add_func ("/k-eff-cache/manifest", test_manifest);
  return g_test_run ();
}
