/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A training's log: CSV with one line of names, then numbers.  An empty cell
 * is what wasn't measured at that step; nan is what was, and is none. */

#include "curves-log.h"

#include "base/intl.h"
#include "base/whole-file.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#define MAX_SIZE ((gsize) 512 << 20)

/* An empty cell, which no number is. */
#define EMPTY (-HUGE_VAL)

/* @names: of the columns
 * @cells: (element-type double): row by row */
struct _DotCurvesLog
{
  char   *path;
  GStrv   names;
  guint   n_columns;
  GArray *cells;
};

static gboolean
fail (const DotCurvesLog *log, guint line, const char *reason, GError **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("%s is damaged in line %u (%s): correct or remove that line."), log->path, line,
               reason);
  return FALSE;
}

static gboolean
read_cell (const char *text, double *value)
{
  char *end;

  *value = EMPTY;
  if (! *text)
    return TRUE;
  *value = g_ascii_strtod (text, &end);
  if (! isfinite (*value))
    *value = NAN;
  return end != text && *end == '\0' && ! g_ascii_isspace (*text);
}

static gboolean
read_row (DotCurvesLog *log, const char *text, guint line, GError **error)
{
  g_auto (GStrv) cells = g_strsplit (text, ",", -1);
  guint n              = g_strv_length (cells);

  if (n != log->n_columns)
    {
      g_autofree char *reason = NULL;

      reason = g_strdup_printf (_ ("its cells are %u and not %u in number"), n, log->n_columns);
      return fail (log, line, reason, error);
    }
  for (guint i = 0; i < n; i++)
    {
      double value;

      if (! read_cell (cells[i], &value))
        return fail (log, line, _ ("a cell is no number"), error);
      if (i == 0 && ! (value >= 0.0))
        return fail (log, line, _ ("it has no step"), error);
      g_array_append_val (log->cells, value);
    }
  return TRUE;
}

/* A line that has no end is being written just now.
 *
 * Returns: (transfer full) (nullable): the next line without its end */
static char *
next_line (const char **text, const char *end)
{
  const char *start   = *text;
  const char *newline = start < end ? memchr (start, '\n', end - start) : NULL;

  if (! newline)
    return NULL;
  *text = newline + 1;
  return g_strchomp (g_strndup (start, newline - start));
}

static gboolean
read_lines (DotCurvesLog *log, const char *text, gsize size, GError **error)
{
  const char      *end    = text + size;
  g_autofree char *header = next_line (&text, end);
  guint            line   = 1;

  if (! header || ! g_utf8_validate (header, -1, NULL) || ! (g_str_has_prefix (header, "step,")))
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                   _ ("%s is no training's log (line 1 must begin with "
                      "“step,”): give another file."),
                   log->path);
      return FALSE;
    }
  log->names     = g_strsplit (header, ",", -1);
  log->n_columns = g_strv_length (log->names);
  while (TRUE)
    {
      g_autofree char *row = next_line (&text, end);

      line++;
      if (! row)
        return TRUE;
      if (*row && ! read_row (log, row, line, error))
        return FALSE;
    }
}

/**
 * dot_curves_log_read:
 *
 * Reads a whole log.  The last line may still be in the writing.
 *
 * Returns: (transfer full): the log
 */
DotCurvesLog *
dot_curves_log_read (const char *path, GError **error)
{
  g_autoptr (GMappedFile) file = dot_whole_file_map (path, error);
  g_autoptr (DotCurvesLog) log = g_new0 (DotCurvesLog, 1);

  log->path  = g_strdup (path);
  log->cells = g_array_new (FALSE, FALSE, sizeof (double));
  if (! file)
    return NULL;
  if (g_mapped_file_get_length (file) > MAX_SIZE)
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                   _ ("%s is too large: give a training's log, of 512 MB at most."), path);
      return NULL;
    }
  return read_lines (log, g_mapped_file_get_contents (file), g_mapped_file_get_length (file), error)
           ? g_steal_pointer (&log)
           : NULL;
}

static int
find_column (const DotCurvesLog *log, const char *name)
{
  for (guint i = 0; i < log->n_columns; i++)
    if (! strcmp (log->names[i], name))
      return (int) i;
  return -1;
}

/**
 * dot_curves_log_get_points:
 * @column: its name; "NAME_sigma" has its deviations, where there is such a
 *   column
 *
 * Returns: (transfer full) (element-type DotPlotPoint): what was measured; none
 *   where there is no such column
 */
GArray *
dot_curves_log_get_points (const DotCurvesLog *log, const char *column)
{
  GArray          *points = g_array_new (FALSE, FALSE, sizeof (DotPlotPoint));
  g_autofree char *sigmas = g_strconcat (column, "_sigma", NULL);
  int              y      = find_column (log, column);
  int              sigma  = find_column (log, sigmas);

  for (gsize i = 0; y >= 0 && i < log->cells->len; i += log->n_columns)
    {
      const double *row   = &g_array_index (log->cells, double, i);
      DotPlotPoint  point = { row[0], row[y], NAN };

      if (sigma >= 0 && row[sigma] >= 0.0)
        point.sigma = row[sigma];
      if (row[y] != EMPTY)
        g_array_append_val (points, point);
    }
  return points;
}

/**
 * dot_curves_log_free:
 */
void
dot_curves_log_free (DotCurvesLog *log)
{
  g_free (log->path);
  g_strfreev (log->names);
  g_array_unref (log->cells);
  g_free (log);
}
