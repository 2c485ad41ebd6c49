/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What pickle.dump() makes of networks, as StyleGAN's authors keep them: objects,
 * and each row of numbers in bytes that hold an old file of PyTorch's. */

#include "torch-file-plain.h"

#include "torch-file-legacy.h"
#include "pickle-error.h"
#include "pickle.h"

#include "base/intl.h"

typedef struct
{
  const char     *path;
  DotPickleArena *arena;
} Container;

static DotStorage *
unpack_storage (gpointer data, const DotSlice *bytes, GError **error)
{
  const Container      *container = data;
  const DotPickleValue *value     = dot_torch_file_legacy_load (container->path, bytes,
                                                                container->arena, error);

  if (value && value->kind != DOT_PICKLE_STORAGE)
    return dot_pickle_error_damaged (container->path,
                                     _ ("its instructions don't fit together"), error);
  return value ? value->storage : NULL;
}

/* There is nothing beside the pickle. */
static DotStorage *
find_storage (gpointer data, const DotStorage *named, GError **error)
{
  const Container *container = data;

  return dot_pickle_error_damaged (container->path,
                                   _ ("the numbers of an array are missing"), error);
}

/**
 * dot_torch_file_plain_load:
 * @file: stays mapped as long as @arena lives
 *
 * Returns: (transfer none): what was saved
 */
DotPickleValue *
dot_torch_file_plain_load (const char     *path,
                           const DotSlice *file,
                           DotPickleArena *arena,
                           GError        **error)
{
  Container container = { .path = path, .arena = arena };
  DotPickle pickle    = { .path           = path,
                          .arena          = arena,
                          .keeps_objects  = TRUE,
                          .container      = &container,
                          .find_storage   = find_storage,
                          .unpack_storage = unpack_storage };
  DotSlice  rest      = *file;

  return dot_pickle_load (&pickle, &rest, error);
}
