/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What the button beside a problem does about it. */

#include "helpers.h"
#include "core/fix.h"

static DotFix
find (DotError code, DotSettings *settings)
{
  g_autoptr (GError) problem = g_error_new_literal (DOT_ERROR, code, "problem");

  return dot_fix_find (problem, settings);
}

static void
test_models (void)
{
  g_autoptr (DotSettings) settings = dot_settings_new ();

  g_assert_cmpint (dot_fix_find (NULL, settings), ==, DOT_FIX_NONE);
  g_assert_cmpint (find (DOT_ERROR_NO_BACKEND, settings), ==, DOT_FIX_NONE);
  g_object_set (settings, "model", "gone", NULL);
  g_assert_cmpint (dot_fix_find (NULL, settings), ==, DOT_FIX_MODELS);
  g_assert_cmpint (find (DOT_ERROR_NOT_FOUND, settings), ==, DOT_FIX_MODELS);
}

static void
test_class (void)
{
  g_autoptr (DotSettings) settings = dot_settings_new ();

  g_assert_cmpint (find (DOT_ERROR_NOT_FOUND, settings), ==, DOT_FIX_CLASS);
  g_assert_false (dot_fix_apply (DOT_FIX_CLASS, settings));
}

static void
test_device (void)
{
  g_autoptr (DotSettings) settings = dot_settings_new ();
  DotDevice device;

  g_object_set (settings, "device", DOT_DEVICE_CUDA, NULL);
  g_assert_cmpint (find (DOT_ERROR_NO_DEVICE, settings), ==, DOT_FIX_PROCESSOR);
  g_assert_true (dot_fix_apply (DOT_FIX_PROCESSOR, settings));
  g_object_get (settings, "device", &device, NULL);
  g_assert_cmpint (device, ==, DOT_DEVICE_CPU);
}

static void
test_memory (void)
{
  g_autoptr (DotSettings) settings = dot_settings_new ();
  int count;

  g_object_set (settings, "count", 5, NULL);
  g_assert_cmpint (find (DOT_ERROR_NO_MEMORY, settings), ==, DOT_FIX_COUNT);
  g_assert_true (dot_fix_apply (DOT_FIX_COUNT, settings));
  g_object_get (settings, "count", &count, NULL);
  g_assert_cmpint (count, ==, 2);
  g_object_set (settings, "count", 1, NULL);
  g_assert_cmpint (find (DOT_ERROR_NO_MEMORY, settings), ==, DOT_FIX_NONE);
}

static void
test_input (void)
{
  g_autoptr (DotSettings) settings = dot_settings_new ();
  DotSource source;

  g_assert_cmpint (find (DOT_ERROR_INVALID_FILE, settings), ==, DOT_FIX_NONE);
  g_object_set (settings, "source", DOT_SOURCE_FILE, NULL);
  g_assert_cmpint (find (DOT_ERROR_INVALID_FILE, settings), ==, DOT_FIX_SEED);
  g_assert_true (dot_fix_apply (DOT_FIX_SEED, settings));
  g_object_get (settings, "source", &source, NULL);
  g_assert_cmpint (source, ==, DOT_SOURCE_SEED);
}

static void
test_folder (void)
{
  g_autoptr (DotSettings) settings = dot_settings_new ();
  g_autoptr (HelperFolder) folder  = helper_folder_new ();
  g_autoptr (GFile) there          = g_file_new_for_path (folder);
  g_autoptr (GFile) gone           = g_file_get_child (there, "gone");

  g_assert_cmpint (find (DOT_ERROR_FAILED, settings), ==, DOT_FIX_NONE);
  g_object_set (settings, "export-folder", there, NULL);
  g_assert_cmpint (find (DOT_ERROR_FAILED, settings), ==, DOT_FIX_NONE);
  g_object_set (settings, "export-folder", gone, NULL);
  g_assert_cmpint (find (DOT_ERROR_FAILED, settings), ==, DOT_FIX_FOLDER);
  g_assert_false (dot_fix_apply (DOT_FIX_FOLDER, settings));
}

/* What the layers go into is no question of the model. */
static void
test_target (void)
{
  g_autoptr (DotSettings) settings = dot_settings_new ();
  g_autoptr (GError) closed        = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CLOSED, "closed");
  g_autoptr (GError) gone          = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "gone");

  g_object_set (settings, "model", "gone", NULL);
  g_assert_cmpint (dot_fix_find (closed, settings), ==, DOT_FIX_IMAGE);
  g_assert_cmpint (dot_fix_find (gone, settings), ==, DOT_FIX_LAYERS);
  g_assert_false (dot_fix_apply (DOT_FIX_IMAGE, settings));
  g_assert_false (dot_fix_apply (DOT_FIX_LAYERS, settings));
}

/* A fix without a name would be a button without one. */
static void
test_labels (void)
{
  g_assert_null (dot_fix_get_label (DOT_FIX_NONE));
  for (DotFix fix = DOT_FIX_MODELS; fix <= DOT_FIX_LAYERS; fix++)
    g_assert_nonnull (dot_fix_get_label (fix));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/fix/models", test_models);
  g_test_add_func ("/fix/class", test_class);
  g_test_add_func ("/fix/device", test_device);
  g_test_add_func ("/fix/memory", test_memory);
  g_test_add_func ("/fix/input", test_input);
  g_test_add_func ("/fix/folder", test_folder);
  g_test_add_func ("/fix/target", test_target);
  g_test_add_func ("/fix/labels", test_labels);
  return g_test_run ();
}
