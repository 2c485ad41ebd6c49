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
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *cache          = g_build_filename (folder, "dot-refine", "k-eff", NULL);
  g_autoptr (GError) error        = NULL;
  g_autoptr (DotModel) model      = dot_model_find (MODELS_DIR "/imagenet10-64", &error);

  g_assert_no_error (error);
  g_setenv ("XDG_CACHE_HOME", folder, TRUE);
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/k-eff-cache/at-once", test_at_once);
  return g_test_run ();
}
