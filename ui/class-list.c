/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#include "config.h"

#include "class-list.h"

/**
 * dot_class_get_text:
 *
 * ImageNet has two cranes and two maillots: a name that leads elsewhere is no
 * name, the WordNet id is.
 *
 * Returns: what dot_model_find_class() finds @class by
 */
const char *
dot_class_get_text (DotModel       *model,
                    const DotClass *class)
{
  if (class->wnid && dot_model_find_class (model, class->name, NULL) != class)
    return class->wnid;

  return class->name;
}
