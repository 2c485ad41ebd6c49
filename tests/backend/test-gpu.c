/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* The GPU, where there is one: what the probe says, and that it agrees with
 * the engine's choice of device.
 */

#include "dot.h"

static void
test_probe (void)
{
  g_autofree char *description = NULL;
  gboolean         works       = dot_gpu_describe (&description);

  g_assert_nonnull (description);
  g_assert_cmpstr (description, !=, "");
  g_test_message ("GPU: %s", description);
  if (! works)
    g_test_skip_printf ("no GPU that computes: %s", description);
}

static void
test_device_cuda (void)
{
  g_autoptr (GError)   error       = NULL;
  g_autofree char     *description = NULL;
  g_autoptr (DotModel) model       = dot_model_find ("imagenet10-64", &error);
  g_autoptr (DotPair)  pair        = NULL;

  g_assert_no_error (error);
  if (! dot_gpu_describe (&description))
    {
      g_test_skip_printf ("no GPU that computes: %s", description);
      return;
    }
  pair = dot_pair_load (model, DOT_ENGINE_AUTO, DOT_DEVICE_CUDA, DOT_PRECISION_FLOAT32, NULL,
                        NULL, NULL, &error);
  if (! pair)
    {
      g_assert_error (error, DOT_ERROR, DOT_ERROR_NO_DEVICE);
      g_test_skip_printf ("libtorch has no CUDA: %s", error->message);
      return;
    }
  g_assert_true (g_str_has_prefix (dot_pair_get_device_name (pair), "CUDA"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gpu/probe", test_probe);
  g_test_add_func ("/gpu/device", test_device_cuda);
  return g_test_run ();
}
