/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "manifest.h"
#include "model.h"

G_BEGIN_DECLS

/* A model that has a problem is in the list all the same: its manifest is
 * then empty but for what could be read. */
struct _DotModel
{
  gatomicrefcount ref_count;
  char           *id;
  char           *problem;
  char           *folder;
  char           *preview;
  gboolean        package;
  gboolean        trusted;
  DotManifest    *manifest;
  GMutex          checksum_lock;
};

DotModel *dot_model_new (const char *id, DotManifest *manifest);

G_END_DECLS
