/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "manifest.h"

G_BEGIN_DECLS

/**
 * DotKnownFile:
 * @name: of the file that has both networks
 * @sum: what its sha256 begins with, in lower case
 * @readme: whose page speaks of it
 * @addresses: where it is, the first choice first
 * @bytes: about how many it has
 *
 * What can be fetched of a model that is known.  The list holds the texts.
 */
typedef struct
{
  const char *name;
  const char *sum;
  const char *readme;
  GStrv       addresses;
  guint64     bytes;
} DotKnownFile;

GStrv        dot_known_list (void);
char        *dot_known_find_folder (const char *id);
DotManifest *dot_known_read (const char *id, const char *folder);
gboolean     dot_known_check (const char *id, const DotManifest *manifest, GError **error);
gboolean     dot_known_get_file (const char *id, DotKnownFile *file);
void         dot_known_file_clear (DotKnownFile *file);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DotKnownFile, dot_known_file_clear)

G_END_DECLS
