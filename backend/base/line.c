/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "dot.h"

/**
 * dot_line_is_valid:
 *
 * What files call their arrays and classes goes into messages and layer
 * names, which are one line each.
 *
 * Returns: whether @text is UTF-8 without control characters
 */
gboolean
dot_line_is_valid (const char *text)
{
  if (! g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (; *text; text = g_utf8_next_char (text))
    if (g_unichar_iscntrl (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

/**
 * dot_line_from_text:
 * @text: may hold whatever a file's name may
 *
 * Messages name files, and are one line of text.
 *
 * Returns: (transfer full): @text as UTF-8 without control characters
 */
char *
dot_line_from_text (const char *text)
{
  char *line = g_utf8_make_valid (text, -1);

  for (char *at = line; *at; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      for (char *end = g_utf8_next_char (at), *byte = at; byte < end; byte++)
        *byte = ' ';
  return line;
}
