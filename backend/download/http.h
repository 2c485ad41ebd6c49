/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

#define DOT_HTTP_ABI    1
#define DOT_HTTP_MODULE "dotrefine-download.so"
#define DOT_HTTP_SYMBOL "dot_http_module"

/* What an answer's @length is where the server doesn't say. */
#define DOT_HTTP_UNKNOWN (-1)

/**
 * DotHttpAnswer:
 * @status: HTTP's
 * @begin: which byte of the file the @body begins with
 * @length: of the whole file in bytes, as the server says, or
 *   %DOT_HTTP_UNKNOWN
 * @type: (nullable): "text/html"
 * @etag: (nullable): as sent, with its quotes
 * @modified: (nullable): as sent
 * @location: (nullable): where it leads on to, as sent
 * @body: what follows
 *
 * What a server says.  Nothing of it has been looked at.
 */
typedef struct
{
  guint         status;
  gint64        begin;
  gint64        length;
  char         *type;
  char         *etag;
  char         *modified;
  char         *location;
  GInputStream *body;
} DotHttpAnswer;

void dot_http_answer_clear (DotHttpAnswer *answer);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DotHttpAnswer, dot_http_answer_clear)

/**
 * DotHttpClass:
 * @abi: %DOT_HTTP_ABI
 * @open: (transfer full): what asks servers, in this thread only; one that is
 *   silent for @patience seconds has broken off
 * @close: ends it
 * @get: asks for @address, from the byte @from on if the file is still the one
 *   of @validator (an ETag or a date).  Redirections are answers, too, and the
 *   body is what is sent, packed or not; @error is of GIO's domains, with the
 *   reason, or of the library's
 *
 * What needs libsoup, and is loaded at run time.  A module exports
 * `const DotHttpClass *dot_http_module (void)`.
 */
typedef struct
{
  guint abi;
  gpointer (*open) (guint patience);
  void (*close) (gpointer session);
  gboolean (*get) (gpointer       session,
                   const char    *address,
                   guint64        from,
                   const char    *validator,
                   DotHttpAnswer *answer,
                   GCancellable  *cancellable,
                   GError       **error);
} DotHttpClass;

const DotHttpClass *dot_http_load (GError **error);

G_END_DECLS
