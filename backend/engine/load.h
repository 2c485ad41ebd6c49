/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "engine.h"
#include "network/architecture.h"

G_BEGIN_DECLS

/**
 * DotLoaded:
 * @klass: of @engine
 * @engine: to be destroyed through @klass
 * @kind: which it is
 * @precision: what it computes with, never %DOT_PRECISION_AUTO
 * @flops: of one update of one candidate; 0 where the model is a program
 */
typedef struct
{
  const DotEngineClass *klass;
  gpointer              engine;
  DotEngine             kind;
  DotPrecision          precision;
  double                flops;
} DotLoaded;

gboolean dot_load_check_files (DotModel *model, GError **error);
gboolean dot_load_networks (DotModel     *model,
                            DotNetwork  **generator,
                            DotNetwork  **discriminator,
                            DotPairShape *shape,
                            GError      **error);
gboolean dot_load_engine (const DotNetwork *generator,
                          const DotNetwork *discriminator,
                          DotEngine         engine,
                          DotDevice         device,
                          DotPrecision      precision,
                          DotLoaded        *loaded,
                          GError          **error);
gboolean dot_load (DotModel     *model,
                   DotEngine     engine,
                   DotDevice     device,
                   DotPrecision  precision,
                   GCancellable *cancellable,
                   DotLoaded    *loaded,
                   GError      **error);

G_END_DECLS
