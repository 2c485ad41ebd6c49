/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "pickle-value.h"

G_BEGIN_DECLS

/**
 * DotPickle:
 * @keeps_objects: whether objects of any class are kept as data; else only
 *   those that lie beside state dictionaries are
 * @find_storage: makes a storage known
 * @unpack_storage: (nullable): of a storage that bytes hold
 *
 * Where a pickle lies, and what it may do there.
 */
typedef struct
{
  const char     *path;
  DotPickleArena *arena;
  gboolean        keeps_objects;
  gpointer        container;
  DotStorage *(*find_storage) (gpointer container, const DotStorage *named, GError **error);
  DotStorage *(*unpack_storage) (gpointer container, const DotSlice *bytes, GError **error);
} DotPickle;

DotPickleValue *dot_pickle_call_function (DotPickle            *pickle,
                                          const DotPickleValue *function,
                                          const DotPickleValue *arguments,
                                          GError              **error);
DotPickleValue *dot_pickle_call_class (DotPickle *pickle,
                                       const DotPickleValue *class,
                                       GError **error);
DotPickleValue *dot_pickle_call_persistent (DotPickle            *pickle,
                                            const DotPickleValue *id,
                                            GError              **error);
gboolean        dot_pickle_call_build (DotPickle      *pickle,
                                       DotPickleValue *value,
                                       DotPickleValue *state,
                                       GError        **error);

G_END_DECLS
