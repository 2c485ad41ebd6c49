/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What there is where libtorch, or its headers, have no gloo. */

#include "train-ranks.h"

#include <gmodule.h>

#include "base/intl.h"

namespace
{

gpointer
none_open (const DotRanksDoor *door, GError **error)
{
  g_set_error_literal (error, DOT_ERROR, DOT_ERROR_NO_BACKEND,
                       _ ("DOT Refine was built without gloo, so one process trains alone: leave "
                          "out --ranks, or build it again where libgloo-dev is installed."));
  return nullptr;
}

const DotRanksClass none_class = {
  DOT_RANKS_ABI, none_open, nullptr, nullptr, nullptr, nullptr, nullptr,
};

} // namespace

extern "C" G_MODULE_EXPORT const DotRanksClass *dot_ranks_module (void);

const DotRanksClass *
dot_ranks_module (void)
{
  return &none_class;
}
