/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

/* A failure's contract: this code, and one sentence on one line. */
#define assert_sentence(error, code)                                      \
  G_STMT_START                                                            \
  {                                                                       \
    g_assert_error (error, DOT_ERROR, (int) (code));                      \
    g_assert_cmpstr (helper_sentence_fault ((error)->message), ==, NULL); \
  }                                                                       \
  G_STMT_END

#define assert_mentions(error, text) g_assert_cmpstr (strstr ((error)->message, text), !=, NULL)

const char *helper_sentence_fault (const char *message);
char       *helper_folder_new (void);
void        helper_folder_remove (char *folder);
guint       helper_count_names (const char *folder);
void        helper_write (const char *path, const void *data, gsize size);
GBytes     *helper_read (const char *path);
GBytes     *helper_npy (const char *descr, const char *shape, const void *items, gsize size);
void        helper_write_zip (const char *path, const char *member, GBytes *data, gboolean deflate);

/* A temporary folder that goes, with what is in it, at the end of a scope. */
typedef char HelperFolder;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HelperFolder, helper_folder_remove)

/* A fixture: a folder of its own, and a path in it. */
typedef struct
{
  HelperFolder *folder;
  char         *path;
} HelperFile;

void helper_file_set_up (HelperFile *file, gconstpointer name);
void helper_file_tear_down (HelperFile *file, gconstpointer name);

/*  numbers  */

double   helper_relative_norm (const double *found, const double *expected, gsize n);
int      helper_compare_doubles (gconstpointer a, gconstpointer b);
DotPair *helper_load_shipped (DotEngine engine, DotDevice device, DotPrecision precision);

G_END_DECLS
