/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Questions on the terminal. */

#include "config.h"

#include <stdio.h>
#include <unistd.h>

#include <glib/gi18n.h>

#include "cli-ask.h"

/**
 * cli_ask_can:
 *
 * Returns: whether there is a terminal to ask on.
 */
gboolean
cli_ask_can (void)
{
  return isatty (STDIN_FILENO);
}

/**
 * cli_ask_read_yes:
 *
 * Reads the answer to a question that ends with “[y/N]”.
 *
 * Returns: whether it is yes.
 */
gboolean
cli_ask_read_yes (void)
{
  char answer[16] = "";

  if (! fgets (answer, sizeof answer, stdin))
    return FALSE;

  g_strstrip (answer);
  /* TRANSLATORS: the letter that says yes to “[y/N]” */
  return ! g_ascii_strcasecmp (answer, _ ("y")) || ! g_ascii_strcasecmp (answer, "yes");
}
