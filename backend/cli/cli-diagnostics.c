/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What a report of a bug should say. */

#include "config.h"

#include "engine/diagnostics.h"
#include "cli-output.h"
#include "cli.h"

/**
 * cli_diagnostics:
 *
 * Shows the versions of the program and its backend, the computer, and what
 * the GPU says when it is asked to compute.  What doesn't work is part of the
 * answer, and no failure.
 */
void
cli_diagnostics (void)
{
  g_autofree char *text = dot_diagnostics_describe ();

  cli_print ("%s", text);
}
