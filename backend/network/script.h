/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define DOT_SCRIPT_ARCHITECTURE   "torchscript"
#define DOT_SCRIPT_MAX_DIMS       8
#define DOT_SCRIPT_MAX_IMAGE_SIZE 1024

/**
 * DotScriptClassInput:
 * @DOT_SCRIPT_CLASS_NONE: the scripts are called without a class
 * @DOT_SCRIPT_CLASS_INDEX: with labels, whole numbers of shape (B)
 * @DOT_SCRIPT_CLASS_ONE_HOT: with (B, classes), 1 where the class is
 */
typedef enum
{
  DOT_SCRIPT_CLASS_NONE,
  DOT_SCRIPT_CLASS_INDEX,
  DOT_SCRIPT_CLASS_ONE_HOT
} DotScriptClassInput;

/**
 * DotScript:
 * @generator, @discriminator: paths of the files, which belong to the model
 * @channels, @image_size: of an image
 * @range: what each of the two has for black and white
 * @n_dims, @shape: of one latent
 * @class_input: how each of the two is given the class
 * @n_classes: how many there are
 *
 * All that is to be known of a pair of TorchScript files to call them.
 */
typedef struct
{
  const char         *generator;
  const char         *discriminator;
  guint               channels;
  guint               image_size;
  double              range[2][2];
  guint               n_dims;
  guint               shape[DOT_SCRIPT_MAX_DIMS];
  DotScriptClassInput class_input[2];
  guint               n_classes;
} DotScript;

G_END_DECLS
