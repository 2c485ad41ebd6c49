/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Columns of text. */

#pragma once

#include <glib.h>

/**
 * CliColumn:
 * @title: what stands above it, not yet translated
 * @right: whether it is flush right, as numbers are
 */
typedef struct
{
  const char *title;
  gboolean    right;
} CliColumn;

typedef struct _CliTable CliTable;

CliTable *cli_table_new (const CliColumn *columns, gsize n_columns);
void      cli_table_free (CliTable *table);
void      cli_table_add (CliTable *table, const char *format, ...) G_GNUC_PRINTF (2, 3);
void      cli_table_print (CliTable *table);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliTable, cli_table_free)
