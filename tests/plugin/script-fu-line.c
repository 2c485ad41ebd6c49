/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* script-fu-line MODEL CLASS LATENTS FOLDER: prints the Script-Fu of a run that
 * differs from the defaults, for tests/plugin to try in GIMP. */

#include "core/command-text.h"

#include <stdio.h>

int
main (int argc, char **argv)
{
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();
  g_autofree char *line                = NULL;

  if (argc != 5)
    return 2;

  g_free (options->model);
  options->model      = g_strdup (argv[1]);
  options->class_name = g_strdup (argv[2]);
  options->latents    = g_strdup (argv[3]);
  options->seed       = 2147483647;
  options->updates    = 3;
  options->keep_every = 2;
  options->method     = DOT_METHOD_NAIVE;
  options->optimizer  = DOT_OPTIMIZER_SGD;
  options->step_size  = 0.1 / 3.0;
  options->projection = DOT_PROJECTION_NONE;
  options->k_eff      = 1e-5;
  options->delta      = 0.5;
  options->device     = DOT_DEVICE_CPU;
  line                = dot_command_text_script_fu (options, argv[4]);
  if (! line)
    return 1;

  fputs (line, stdout);
  return 0;
}
