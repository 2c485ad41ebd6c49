/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#include "line.h"

/**
 * dot_is_line:
 *
 * What files call their arrays and classes goes into messages and layer
 * names, which are one line each.
 *
 * Returns: whether @text is UTF-8 without control characters
 */
gboolean
dot_is_line (const char *text)
{
  if (! g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (; *text; text = g_utf8_next_char (text))
    if (g_unichar_iscntrl (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}
