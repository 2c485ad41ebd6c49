/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

typedef gboolean (*DotWholeFileNameFunc) (const char *name, gpointer user_data);

gboolean dot_whole_file_save (const char *path, gconstpointer bytes, gsize size, GError **error);
gboolean dot_whole_file_fail_open (const char *path, int code, GError **error);
GMappedFile *dot_whole_file_map (const char *path, GError **error);
int          dot_whole_file_open_unnamed (const char *path);
gboolean     dot_whole_file_give_name (int fd, const char *path);
void         dot_whole_file_remove_left_overs (const char *folder);
void         dot_whole_file_remove_left_overs_of (const char          *folder,
                                                  DotWholeFileNameFunc is_mine,
                                                  gpointer             user_data);
char        *dot_whole_file_get_checksum (const char *path, GError **error);
gboolean     dot_whole_file_is_same (const char *one, const char *other);
gboolean     dot_whole_file_make_folder (const char *folder, GError **error);

G_END_DECLS
