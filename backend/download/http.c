/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Asking a server for a file, by a module. */

#include "http.h"

#include "base/module.h"

void
dot_http_answer_clear (DotHttpAnswer *answer)
{
  g_free (answer->type);
  g_free (answer->etag);
  g_free (answer->modified);
  g_free (answer->location);
  g_clear_object (&answer->body);
  *answer = (DotHttpAnswer) { 0 };
}

/**
 * dot_http_load:
 *
 * Returns: (transfer none): what speaks HTTP, or %NULL with
 *   %DOT_ERROR_NO_BACKEND
 */
const DotHttpClass *
dot_http_load (GError **error)
{
  return dot_module_load (DOT_HTTP_MODULE, DOT_HTTP_SYMBOL, DOT_HTTP_ABI, error);
}
