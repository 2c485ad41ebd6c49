/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* What decides a run, for every command that has one. */

#ifndef __CLI_RUN_ARGUMENTS_H__
#define __CLI_RUN_ARGUMENTS_H__

#include "dot.h"

#define CLI_ARCHITECTURES                       \
  "sngan-projection, dcgan, sn-dcgan, resnet, " \
  "sn-resnet, mlp, torchscript"

/**
 * CliRunTexts:
 *
 * The options as they were given.
 */
typedef struct
{
  char    *model;
  char    *generator;
  char    *discriminator;
  char    *architecture;
  char    *prior;
  char    *class_name;
  char    *seed;
  char    *truncation;
  char    *method;
  char    *space;
  char    *optimizer;
  char    *step_size;
  char    *delta;
  char    *k_eff;
  char    *projection;
  char    *engine;
  char    *device;
  char    *precision;
  gboolean trust;
  gboolean as_json;
} CliRunTexts;

GOptionEntry      *cli_run_arguments_join (const GOptionEntry *own);
const CliRunTexts *cli_run_arguments_get_texts (void);
gboolean           cli_run_arguments_read (DotRefineOptions *options, GError **error);

#endif /* __CLI_RUN_ARGUMENTS_H__ */
