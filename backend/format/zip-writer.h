/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

typedef struct _DotZipWriter DotZipWriter;

DotZipWriter *dot_zip_writer_new (const char *path, GError **error);
gboolean      dot_zip_writer_add (DotZipWriter *writer,
                                  const char   *member,
                                  guint8       *bytes,
                                  gsize         size,
                                  gboolean      stored,
                                  GError      **error);
void          dot_zip_writer_watch (DotZipWriter   *writer,
                                    const char     *message,
                                    DotProgressFunc progress,
                                    gpointer        user_data,
                                    GCancellable   *cancellable);
gboolean      dot_zip_writer_close (DotZipWriter *writer, GError **error);
void          dot_zip_writer_free (DotZipWriter *writer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotZipWriter, dot_zip_writer_free)

G_END_DECLS
