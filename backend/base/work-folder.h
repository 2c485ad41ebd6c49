/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

#include "shard.h"

G_BEGIN_DECLS

/* Returns: (transfer full): what a part's file is called */
typedef char *(*DotWorkNameFunc) (gsize part, gpointer user_data);

/**
 * DotWork:
 * @identity: all that decides the numbers
 * @description: (nullable): the same in a line, for people
 * @shard: what is made here; %DOT_SHARD_NONE for all
 * @n_parts: how many there are
 * @name: (scope notified): names them: "batch-00000000.npz"; the ends that are
 *   known are csv, ini, json, npy, npz, png, safetensors and tsv
 * @user_data: for @name
 *
 * A long computation whose parts don't depend on each other: each becomes a
 * file, the same whoever makes it, with dot_whole_file_save() or what is as whole.
 */
typedef struct
{
  const char     *identity;
  const char     *description;
  DotShard        shard;
  gsize           n_parts;
  DotWorkNameFunc name;
  gpointer        user_data;
} DotWork;

typedef struct _DotWorkFolder DotWorkFolder;

DotWorkFolder *dot_work_folder_open (const char *path, const DotWork *work, GError **error);
char          *dot_work_folder_get_path (DotWorkFolder *folder, gsize part);
gboolean       dot_work_folder_has (DotWorkFolder *folder, gsize part);
gboolean       dot_work_folder_is_mine (DotWorkFolder *folder, gsize part);
void           dot_work_folder_remove (DotWorkFolder *folder);
void           dot_work_folder_close (DotWorkFolder *folder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotWorkFolder, dot_work_folder_close)

G_END_DECLS
