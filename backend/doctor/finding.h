/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

/**
 * DotFindingState:
 * @DOT_FINDING_FINE: as it should be
 * @DOT_FINDING_NONE: not there, and nothing is the worse for it
 * @DOT_FINDING_PROBLEM: to be mended
 */
typedef enum
{
  DOT_FINDING_FINE,
  DOT_FINDING_NONE,
  DOT_FINDING_PROBLEM
} DotFindingState;

/**
 * DotFinding:
 * @check: what was looked at: "plug-in", "module", "model" or "gpu"
 * @text: what was found, translated
 * @fix: (nullable): what mends it, translated
 *
 * One thing that was looked at.
 */
typedef struct
{
  const char     *check;
  DotFindingState state;
  char           *text;
  char           *fix;
} DotFinding;

GPtrArray *dot_finding_list_new (void);
void       dot_finding_note (GPtrArray      *findings,
                             const char     *check,
                             DotFindingState state,
                             char           *text,
                             char           *fix);

G_END_DECLS
