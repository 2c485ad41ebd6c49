/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The table of dot-refine bench.
 *
 * Each number is the median of what the rounds brought; a memory is the
 * largest. */

#include "config.h"

#include <math.h>

#include <glib/gi18n.h>

#include "dot-enums.h"
#include "cli-bench-lines.h"
#include "cli-output.h"
#include "cli-table.h"

#include "base/json.h"

typedef struct
{
  CliBenchCase one;
  char        *error; /* why there are no numbers */
  char        *engine;
  char        *device;
  char        *precision;
  double       flops;
  double       peak_mib;
  GArray      *updates;
  GArray      *load;
  GArray      *first_image;
} Line;

typedef struct
{
  DotPrecision precision;
  GArray      *convolution;
  GArray      *product;
} Peak;

struct _CliBenchLines
{
  GPtrArray *lines; /* of Line, one a case */
  GPtrArray *peaks; /* of Peak, one a precision */
};

static const CliColumn columns[] = {
  { N_ ("Engine"), FALSE },      { N_ ("Device"), FALSE },         { N_ ("Numbers"), FALSE }, { N_ ("Batch"), TRUE },
  { N_ ("ms an update"), TRUE }, { N_ ("First image, ms"), TRUE }, { N_ ("Load, ms"), TRUE }, { N_ ("MiB"), TRUE },
  { N_ ("GFLOP/s"), TRUE },      { N_ ("Of the peak"), TRUE },
};

/*  private functions  */

static GArray *
numbers_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (double));
}

static void
numbers_add (GArray *numbers, double number)
{
  if (! isnan (number))
    g_array_append_val (numbers, number);
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  double one   = *(const double *) a;
  double other = *(const double *) b;

  return (one > other) - (one < other);
}

/* NaN of no numbers. */
static double
get_median (const GArray *numbers)
{
  g_autoptr (GArray) sorted = g_array_copy ((GArray *) numbers);
  guint n                   = sorted->len;

  if (n == 0)
    return NAN;

  g_array_sort (sorted, compare_numbers);
  return (g_array_index (sorted, double, (n - 1) / 2) + g_array_index (sorted, double, n / 2)) /
         2.0;
}

static Line *
line_new (const CliBenchCase *one)
{
  Line *line = g_new0 (Line, 1);

  line->one         = *one;
  line->peak_mib    = NAN;
  line->updates     = numbers_new ();
  line->load        = numbers_new ();
  line->first_image = numbers_new ();
  return line;
}

static void
line_free (gpointer data)
{
  Line *line = data;

  g_array_unref (line->updates);
  g_array_unref (line->load);
  g_array_unref (line->first_image);
  g_free (line->error);
  g_free (line->engine);
  g_free (line->device);
  g_free (line->precision);
  g_free (line);
}

static Peak *
peak_new (DotPrecision precision)
{
  Peak *peak = g_new0 (Peak, 1);

  peak->precision   = precision;
  peak->convolution = numbers_new ();
  peak->product     = numbers_new ();
  return peak;
}

static void
peak_free (gpointer data)
{
  Peak *peak = data;

  g_array_unref (peak->convolution);
  g_array_unref (peak->product);
  g_free (peak);
}

static void
replace_text (char **text, const char *by)
{
  if (by)
    {
      g_free (*text);
      *text = g_strdup (by);
    }
}

/* What was asked for, until it is known what that led to. */
static const char *
get_engine (const Line *line)
{
  return line->engine ? line->engine : dot_enum_to_nick (DOT_TYPE_ENGINE, line->one.engine);
}

static const char *
get_device (const Line *line)
{
  return line->device ? line->device : dot_enum_to_nick (DOT_TYPE_DEVICE, line->one.device);
}

static const char *
get_precision (const Line *line)
{
  return line->precision ? line->precision
                         : dot_enum_to_nick (DOT_TYPE_PRECISION, line->one.precision);
}

/* Operations a second; NaN where it isn't known how many there are. */
static double
get_rate (const Line *line)
{
  if (line->flops <= 0.0)
    return NAN;
  return line->flops * line->one.batch / (get_median (line->updates) / 1000.0);
}

/* Of the processor's: what a GPU computed can't be compared with it. */
static const Peak *
find_peak (CliBenchLines *lines, const Line *line)
{
  if (g_strcmp0 (line->device, "CPU") != 0)
    return NULL;

  for (guint i = 0; i < lines->peaks->len; i++)
    {
      const Peak *peak = lines->peaks->pdata[i];

      if (g_str_equal (dot_enum_to_nick (DOT_TYPE_PRECISION, peak->precision),
                       get_precision (line)))
        return peak;
    }

  return NULL;
}

static double
get_convolution (const Peak *peak)
{
  return peak ? get_median (peak->convolution) : NAN;
}

static double
get_product (const Peak *peak)
{
  return peak ? get_median (peak->product) : NAN;
}

/*  table  */

static void
add_number (CliTable *table, const char *format, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  cli_table_add (table, "%s",
                 isnan (value) ? "–" : g_ascii_formatd (text, sizeof (text), format, value));
}

static void
add_row (CliTable *table, CliBenchLines *lines, const Line *line)
{
  double rate = get_rate (line);
  double peak = get_convolution (find_peak (lines, line));

  cli_table_add (table, "%s", get_engine (line));
  cli_table_add (table, "%s", get_device (line));
  cli_table_add (table, "%s", get_precision (line));
  cli_table_add (table, "%u", line->one.batch);
  add_number (table, "%.1f", get_median (line->updates));
  add_number (table, "%.0f", get_median (line->first_image));
  add_number (table, "%.0f", get_median (line->load));
  add_number (table, "%.0f", line->peak_mib);
  add_number (table, "%.0f", rate / 1e9);
  add_number (table, "%.2f", rate / peak);
}

static void
print_peaks (CliBenchLines *lines)
{
  for (guint i = 0; i < lines->peaks->len; i++)
    {
      const Peak *peak = lines->peaks->pdata[i];

      if (peak->convolution->len > 0)
        cli_print (_ ("This processor's peak in %s: %.0f GFLOP/s in a "
                      "convolution, %.0f in a product of matrices.\n"),
                   dot_enum_to_nick (DOT_TYPE_PRECISION, peak->precision),
                   get_convolution (peak) / 1e9, get_product (peak) / 1e9);
    }
}

static void
print_errors (CliBenchLines *lines)
{
  for (guint i = 0; i < lines->lines->len; i++)
    {
      const Line *line = lines->lines->pdata[i];

      if (line->error)
        cli_print ("\n%s, %s, %u: %s\n", get_engine (line), get_precision (line), line->one.batch,
                   line->error);
    }
}

/*  JSON  */

static void
add_case_members (JsonBuilder *builder, const Line *line)
{
  dot_json_write_string (builder, "model", line->one.model);
  dot_json_write_string (builder, "engine", get_engine (line));
  dot_json_write_string (builder, "device", get_device (line));
  dot_json_write_string (builder, "precision", get_precision (line));
  dot_json_write_int (builder, "batch", line->one.batch);
}

static void
add_members (JsonBuilder *builder, CliBenchLines *lines, const Line *line)
{
  const Peak *peak = find_peak (lines, line);
  double      rate = get_rate (line);

  dot_json_write_int (builder, "updates", line->updates->len);
  dot_json_write_double (builder, "ms_per_update", get_median (line->updates));
  dot_json_write_double (builder, "first_image_ms", get_median (line->first_image));
  dot_json_write_double (builder, "load_ms", get_median (line->load));
  dot_json_write_double (builder, "peak_mib", line->peak_mib);
  dot_json_write_double (builder, "gflop_per_update", line->flops > 0.0 ? line->flops / 1e9 : NAN);
  dot_json_write_double (builder, "gflops", rate / 1e9);
  dot_json_write_double (builder, "peak_convolution_gflops", get_convolution (peak) / 1e9);
  dot_json_write_double (builder, "peak_product_gflops", get_product (peak) / 1e9);
  dot_json_write_double (builder, "share_of_peak", rate / get_convolution (peak));
}

/*  public functions  */

/**
 * cli_bench_lines_new:
 * @arguments: what is measured; outlives the lines
 *
 * Returns: (transfer full): lines without numbers.
 */
CliBenchLines *
cli_bench_lines_new (const CliBenchArguments *arguments)
{
  CliBenchLines *lines = g_new0 (CliBenchLines, 1);

  lines->lines = g_ptr_array_new_with_free_func (line_free);
  lines->peaks = g_ptr_array_new_with_free_func (peak_free);
  for (guint i = 0; i < arguments->cases->len; i++)
    g_ptr_array_add (lines->lines, line_new (&g_array_index (arguments->cases, CliBenchCase, i)));
  for (guint i = 0; i < arguments->precisions->len; i++)
    g_ptr_array_add (lines->peaks, peak_new (g_array_index (arguments->precisions, int, i)));
  return lines;
}

/**
 * cli_bench_lines_free:
 * @lines: what cli_bench_lines_new() returned
 */
void
cli_bench_lines_free (CliBenchLines *lines)
{
  g_ptr_array_unref (lines->lines);
  g_ptr_array_unref (lines->peaks);
  g_free (lines);
}

/**
 * cli_bench_lines_has_failed:
 * @lines: the lines
 * @line: the number of a case
 *
 * Returns: whether it can't be measured, and need not be tried again.
 */
gboolean
cli_bench_lines_has_failed (CliBenchLines *lines, guint line)
{
  return ((const Line *) lines->lines->pdata[line])->error != NULL;
}

/**
 * cli_bench_lines_add:
 * @lines: the lines
 * @line: the number of a case
 * @answer: what a round brought
 */
void
cli_bench_lines_add (CliBenchLines *lines, guint line, const CliBenchAnswer *answer)
{
  Line *target = lines->lines->pdata[line];

  replace_text (&target->error, answer->error);
  replace_text (&target->engine, answer->engine);
  replace_text (&target->device, answer->device);
  replace_text (&target->precision, answer->precision);
  target->flops    = answer->flops;
  target->peak_mib = fmax (target->peak_mib, answer->peak_mib);
  numbers_add (target->load, answer->load_ms);
  numbers_add (target->first_image, answer->first_image_ms);
  g_array_append_vals (target->updates, answer->updates->data, answer->updates->len);
}

/**
 * cli_bench_lines_add_peak:
 * @lines: the lines
 * @precision: the number of a precision
 * @answer: what a round brought
 */
void
cli_bench_lines_add_peak (CliBenchLines *lines, guint precision, const CliBenchAnswer *answer)
{
  Peak *peak = lines->peaks->pdata[precision];

  numbers_add (peak->convolution, answer->peak_convolution);
  numbers_add (peak->product, answer->peak_product);
}

/**
 * cli_bench_lines_print_table:
 * @lines: the lines
 *
 * Prints a table, what it compares with, and what could not be measured.
 */
void
cli_bench_lines_print_table (CliBenchLines *lines)
{
  g_autoptr (CliTable) table = NULL;

  table = cli_table_new (columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < lines->lines->len; i++)
    add_row (table, lines, lines->lines->pdata[i]);

  cli_table_print (table);
  cli_print ("\n");
  print_peaks (lines);
  print_errors (lines);
}

/**
 * cli_bench_lines_print_json:
 * @lines: the lines
 *
 * Prints an array of an object for each line.
 */
void
cli_bench_lines_print_json (CliBenchLines *lines)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < lines->lines->len; i++)
    {
      const Line *line = lines->lines->pdata[i];

      json_builder_begin_object (builder);
      add_case_members (builder, line);
      if (line->error)
        dot_json_write_string (builder, "error", line->error);
      else
        add_members (builder, lines, line);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  cli_output_json (builder);
}
