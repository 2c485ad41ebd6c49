/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What is loaded at run time, and what is said where it can't be. */

#include "base/module.h"
#include "engine/engine.h"

#include "helpers.h"

#define NATIVE "dotrefine-native.so"

static void
assert_refused (const char *name, guint abi)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (dot_module_load (name, DOT_ENGINE_SYMBOL, abi, &error));
  g_assert_error (error, DOT_ERROR, DOT_ERROR_NO_BACKEND);
}

static void
test_missing (void)
{
  g_assert_false (dot_module_exists ("dotrefine-none.so"));
  assert_refused ("dotrefine-none.so", DOT_ENGINE_ABI);
}

static void
test_damaged (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *path           = g_build_filename (folder, "dotrefine-damaged.so", NULL);
  g_autofree char *folders        = g_strdup (g_getenv ("DOT_REFINE_MODULE_DIR"));

  g_assert_true (g_file_set_contents (path, "no module", -1, NULL));
  g_setenv ("DOT_REFINE_MODULE_DIR", folder, TRUE);
  g_assert_true (dot_module_exists ("dotrefine-damaged.so"));
  assert_refused ("dotrefine-damaged.so", DOT_ENGINE_ABI);
  g_setenv ("DOT_REFINE_MODULE_DIR", folders, TRUE);
}

/* One of another version is refused, and no obstacle to the right one. */
static void
test_version (void)
{
  g_autoptr (GError) error = NULL;
  gconstpointer klass;

  if (! dot_module_exists (NATIVE))
    {
      g_test_skip ("the native engine isn't built");
      return;
    }
  assert_refused (NATIVE, DOT_ENGINE_ABI + 1);
  klass = dot_module_load (NATIVE, DOT_ENGINE_SYMBOL, DOT_ENGINE_ABI, &error);
  g_assert_no_error (error);
  g_assert_true (klass == dot_engine_load (DOT_ENGINE_NATIVE, DOT_DEVICE_CPU, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/module/missing", test_missing);
  g_test_add_func ("/module/damaged", test_damaged);
  g_test_add_func ("/module/version", test_version);
  return g_test_run ();
}
