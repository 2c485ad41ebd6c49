/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

/**
 * DotDownloadPart:
 * @path: of the part
 * @facts: of what is kept about it
 * @whole: of the file, once all of it is there
 * @fd: of the part
 * @sum: of what is in it
 * @size: how much is
 * @validator: (nullable): by which the server knows whether its file is still
 *   the same one; where it is %NULL nothing can be gone on with
 * @length: what the server says of the whole file, or %DOT_HTTP_UNKNOWN
 *
 * As much of a file as has come, over all runs of the program.
 */
typedef struct
{
  char      *path;
  char      *facts;
  char      *whole;
  int        fd;
  GChecksum *sum;
  guint64    size;
  char      *validator;
  gint64     length;
} DotDownloadPart;

#define DOT_DOWNLOAD_PART_NONE { .fd = -1 }

gboolean dot_download_part_open (DotDownloadPart *part,
                                 const char      *folder,
                                 const char      *name,
                                 GCancellable    *cancellable,
                                 GError         **error);
gboolean dot_download_part_begin (DotDownloadPart *part,
                                  const char      *validator,
                                  gint64           length,
                                  GError         **error);
gboolean dot_download_part_append (DotDownloadPart *part,
                                   gconstpointer    bytes,
                                   gsize            size,
                                   GError         **error);
gboolean dot_download_part_forget (DotDownloadPart *part, GError **error);
char    *dot_download_part_get_sum (const DotDownloadPart *part);
gboolean dot_download_part_finish (DotDownloadPart *part, GError **error);
void     dot_download_part_close (DotDownloadPart *part);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DotDownloadPart, dot_download_part_close)

G_END_DECLS
