/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "finding.h"

static void
finding_free (gpointer data)
{
  DotFinding *finding = data;

  g_free (finding->text);
  g_free (finding->fix);
  g_free (finding);
}

/**
 * dot_finding_list_new:
 *
 * Returns: (transfer full) (element-type DotFinding): nothing found yet
 */
GPtrArray *
dot_finding_list_new (void)
{
  return g_ptr_array_new_with_free_func (finding_free);
}

/**
 * dot_finding_note:
 * @findings: gets one more
 * @check: what was looked at, which lives longer
 * @text: (transfer full): what was found
 * @fix: (transfer full) (nullable): what mends it
 */
void
dot_finding_note (GPtrArray      *findings,
                  const char     *check,
                  DotFindingState state,
                  char           *text,
                  char           *fix)
{
  DotFinding *finding = g_new (DotFinding, 1);

  *finding = (DotFinding) { check, state, text, fix };
  g_ptr_array_add (findings, finding);
}
