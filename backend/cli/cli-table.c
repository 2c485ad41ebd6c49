/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Columns of text, each as wide as its longest cell. */

#include "config.h"

#include <glib/gi18n.h>

#include "cli-output.h"
#include "cli-table.h"
#include "dot.h"

#define GAP "  "

struct _CliTable
{
  const CliColumn *columns;
  gsize            n_columns;
  GPtrArray       *cells; /* row after row, the titles first */
};

/*  private functions  */

static guint
get_width (CliTable *table, gsize column)
{
  guint width = 0;

  for (gsize i = column; i < table->cells->len; i += table->n_columns)
    width = MAX (width, cli_output_get_width (table->cells->pdata[i]));
  return width;
}

static void
append_cell (GString *line, const char *cell, guint width, gboolean right)
{
  if (! right)
    g_string_append (line, cell);
  for (guint i = cli_output_get_width (cell); i < width; i++)
    g_string_append_c (line, ' ');
  if (right)
    g_string_append (line, cell);
}

static void
print_row (CliTable *table, gsize row, const guint *widths)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (gsize i = 0; i < table->n_columns; i++)
    {
      if (i > 0)
        g_string_append (line, GAP);
      append_cell (line, table->cells->pdata[row * table->n_columns + i], widths[i],
                   table->columns[i].right);
    }

  cli_print ("%s\n", g_strchomp (line->str));
}

/*  public functions  */

/**
 * cli_table_new:
 * @columns: (array length=n_columns): the columns, which outlive the table
 * @n_columns: how many there are
 *
 * Returns: (transfer full): a table without rows.
 */
CliTable *
cli_table_new (const CliColumn *columns, gsize n_columns)
{
  CliTable *table = g_new0 (CliTable, 1);

  table->columns   = columns;
  table->n_columns = n_columns;
  table->cells     = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; i < n_columns; i++)
    g_ptr_array_add (table->cells, cli_output_get_shown (_ (columns[i].title)));
  return table;
}

/**
 * cli_table_free:
 * @table: a table
 */
void
cli_table_free (CliTable *table)
{
  g_ptr_array_unref (table->cells);
  g_free (table);
}

/**
 * cli_table_add:
 * @table: a table
 * @format: as for printf()
 * @...: its arguments
 *
 * Adds the next cell: a row is full when every column has one.
 */
void
cli_table_add (CliTable *table, const char *format, ...)
{
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;
  va_list          arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  line = dot_line_from_text (text);
  g_ptr_array_add (table->cells, cli_output_get_shown (line));
}

/**
 * cli_table_print:
 * @table: a table
 *
 * Prints the titles and the full rows.
 */
void
cli_table_print (CliTable *table)
{
  g_autofree guint *widths = g_new (guint, table->n_columns);
  gsize             n_rows = table->cells->len / table->n_columns;

  for (gsize i = 0; i < table->n_columns; i++)
    widths[i] = get_width (table, i);

  for (gsize i = 0; i < n_rows; i++)
    print_row (table, i, widths);
}
