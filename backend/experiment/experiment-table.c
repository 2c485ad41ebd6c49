/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* An experiment's rows, as text, CSV and JSON. */

#include "experiment-table.h"

#include "base/json.h"

#include <math.h>
#include <string.h>

#define NOTHING "–"

/* @value: NaN: there is none */
typedef struct
{
  char  *text;
  double value;
  double sigma;
} Cell;

struct _DotExperimentTable
{
  const DotExperimentColumn *columns;
  guint                      n_columns;
  GArray                    *cells; /* row after row */
  GPtrArray                 *notes;
};

static void
cell_clear (gpointer cell)
{
  g_free (((Cell *) cell)->text);
}

/**
 * dot_experiment_table_new:
 * @columns: ended by one without a key; they outlive the table
 *
 * Returns: (transfer full): a table without rows
 */
DotExperimentTable *
dot_experiment_table_new (const DotExperimentColumn *columns)
{
  DotExperimentTable *table = g_new0 (DotExperimentTable, 1);

  table->columns = columns;
  table->cells   = g_array_new (FALSE, FALSE, sizeof (Cell));
  table->notes   = g_ptr_array_new_with_free_func (g_free);
  g_array_set_clear_func (table->cells, cell_clear);
  while (columns[table->n_columns].key)
    table->n_columns++;
  return table;
}

void
dot_experiment_table_free (DotExperimentTable *table)
{
  g_array_unref (table->cells);
  g_ptr_array_unref (table->notes);
  g_free (table);
}

/*  filling  */

static void
add_cell (DotExperimentTable *table, const char *text, double value, double sigma)
{
  Cell cell = { g_strdup (text), value, sigma };

  g_array_append_val (table->cells, cell);
}

/**
 * dot_experiment_table_add_text:
 * @text: translated, where it is words
 */
void
dot_experiment_table_add_text (DotExperimentTable *table, const char *text)
{
  add_cell (table, text, NAN, NAN);
}

/**
 * dot_experiment_table_add_number:
 * @value: NaN: there is none
 */
void
dot_experiment_table_add_number (DotExperimentTable *table, double value)
{
  add_cell (table, NULL, value, NAN);
}

/**
 * dot_experiment_table_add_mean:
 * @sigma: NaN: it isn't known
 */
void
dot_experiment_table_add_mean (DotExperimentTable *table, double mean, double sigma)
{
  add_cell (table, NULL, mean, sigma);
}

/**
 * dot_experiment_table_mean_of:
 * @values: (array length=n): of trials
 * @sigma: (out): their deviation, that of a sample: 1/(n − 1); NaN of one trial
 *
 * Returns: their mean; NaN where there is none
 */
double
dot_experiment_table_mean_of (const double *values, gsize n, double *sigma)
{
  double mean = 0.0;
  double sum  = 0.0;

  for (gsize i = 0; i < n; i++)
    mean += values[i] / n;
  for (gsize i = 0; i < n; i++)
    sum += (values[i] - mean) * (values[i] - mean);
  *sigma = n > 1 ? sqrt (sum / (n - 1)) : (double) NAN;
  return n > 0 ? mean : (double) NAN;
}

/**
 * dot_experiment_table_add_mean_of:
 * @values: (array length=n): of trials
 *
 * Adds their mean and its deviation.
 */
void
dot_experiment_table_add_mean_of (DotExperimentTable *table, const double *values, gsize n)
{
  double sigma;
  double mean = dot_experiment_table_mean_of (values, n, &sigma);

  dot_experiment_table_add_mean (table, mean, sigma);
}

/**
 * dot_experiment_table_add_note:
 * @sentence: translated: what the numbers don't show
 */
void
dot_experiment_table_add_note (DotExperimentTable *table, const char *sentence)
{
  g_ptr_array_add (table->notes, g_strdup (sentence));
}

/*  reading  */

static const Cell *
get_cell (const DotExperimentTable *table, guint row, guint column)
{
  return &g_array_index (table->cells, Cell, row * table->n_columns + column);
}

const DotExperimentColumn *
dot_experiment_table_get_columns (const DotExperimentTable *table, guint *n)
{
  *n = table->n_columns;
  return table->columns;
}

guint
dot_experiment_table_get_n_rows (const DotExperimentTable *table)
{
  return table->cells->len / table->n_columns;
}

/**
 * dot_experiment_table_get_notes:
 *
 * Returns: (transfer none) (array zero-terminated=1): sentences
 */
const char *const *
dot_experiment_table_get_notes (const DotExperimentTable *table)
{
  /* The end, which is no note. */
  g_ptr_array_add (table->notes, NULL);
  g_ptr_array_set_size (table->notes, table->notes->len - 1);
  return (const char *const *) table->notes->pdata;
}

/**
 * dot_experiment_table_get_shown:
 *
 * Returns: (transfer full): a cell as it is printed: “0.054 ± 0.011”
 */
char *
dot_experiment_table_get_shown (const DotExperimentTable *table, guint row, guint column)
{
  const Cell *cell   = get_cell (table, row, column);
  int         digits = table->columns[column].digits;

  if (cell->text)
    return g_strdup (cell->text);
  if (isnan (cell->value))
    return g_strdup (NOTHING);
  if (isnan (cell->sigma))
    return g_strdup_printf ("%.*f", digits, cell->value);
  return g_strdup_printf ("%.*f ± %.*f", digits, cell->value, digits, cell->sigma);
}

/**
 * dot_experiment_table_get_number:
 *
 * Returns: a cell's number, or the mean; NaN where there is none
 */
double
dot_experiment_table_get_number (const DotExperimentTable *table, guint row, guint column)
{
  return get_cell (table, row, column)->value;
}

/*  CSV  */

static void
append_text (GString *csv, const char *text)
{
  g_auto (GStrv) parts     = NULL;
  g_autofree char *doubled = NULL;

  if (! strpbrk (text, ",\"\n"))
    {
      g_string_append (csv, text);
      return;
    }
  parts   = g_strsplit (text, "\"", -1);
  doubled = g_strjoinv ("\"\"", parts);
  g_string_append_printf (csv, "\"%s\"", doubled);
}

/* As few digits as make the same number again. */
static void
append_number (GString *csv, double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (isnan (value))
    return;
  for (int n = 15; n <= 17; n++)
    {
      char format[8];

      g_snprintf (format, sizeof (format), "%%.%dg", n);
      g_ascii_formatd (digits, sizeof (digits), format, value);
      if (g_ascii_strtod (digits, NULL) == value)
        break;
    }
  g_string_append (csv, digits);
}

static void
append_titles (const DotExperimentTable *table, GString *csv)
{
  for (guint i = 0; i < table->n_columns; i++)
    {
      const DotExperimentColumn *column = &table->columns[i];

      g_string_append_printf (csv, "%s%s", i ? "," : "", column->key);
      if (column->deviation)
        g_string_append_printf (csv, ",%s_sigma", column->key);
    }
  g_string_append_c (csv, '\n');
}

/**
 * dot_experiment_table_to_csv:
 *
 * Returns: (transfer full): the keys, then a line a row
 */
char *
dot_experiment_table_to_csv (const DotExperimentTable *table)
{
  GString *csv = g_string_new (NULL);

  append_titles (table, csv);
  for (guint row = 0; row < dot_experiment_table_get_n_rows (table); row++)
    {
      for (guint i = 0; i < table->n_columns; i++)
        {
          const Cell *cell = get_cell (table, row, i);

          g_string_append (csv, i ? "," : "");
          if (cell->text)
            append_text (csv, cell->text);
          else
            append_number (csv, cell->value);
          if (table->columns[i].deviation)
            {
              g_string_append_c (csv, ',');
              append_number (csv, cell->sigma);
            }
        }
      g_string_append_c (csv, '\n');
    }
  return g_string_free (csv, FALSE);
}

/*  JSON  */

static void
write_cell (JsonBuilder *builder, const DotExperimentColumn *column, const Cell *cell)
{
  g_autofree char *sigma = g_strconcat (column->key, "_sigma", NULL);

  if (cell->text)
    dot_json_write_string (builder, column->key, cell->text);
  else
    dot_json_write_double (builder, column->key, cell->value);
  if (column->deviation)
    dot_json_write_double (builder, sigma, cell->sigma);
}

/**
 * dot_experiment_table_write_json:
 * @builder: in an object
 *
 * Adds "rows" and "notes".
 */
void
dot_experiment_table_write_json (const DotExperimentTable *table, JsonBuilder *builder)
{
  dot_json_write_begin_array (builder, "rows");
  for (guint row = 0; row < dot_experiment_table_get_n_rows (table); row++)
    {
      json_builder_begin_object (builder);
      for (guint i = 0; i < table->n_columns; i++)
        write_cell (builder, &table->columns[i], get_cell (table, row, i));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  dot_json_write_begin_array (builder, "notes");
  for (guint i = 0; i < table->notes->len; i++)
    json_builder_add_string_value (builder, table->notes->pdata[i]);
  json_builder_end_array (builder);
}
