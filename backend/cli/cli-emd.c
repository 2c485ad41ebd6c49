/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Dot-refine emd. */

#include "config.h"

#include <glib/gi18n.h>

#include "dot.h"
#include "format/npy.h"
#include "metrics/emd.h"
#include "cli-job.h"
#include "cli-output.h"
#include "cli-parse.h"
#include "cli.h"

#include "base/json.h"

static gboolean as_json  = FALSE;
static char   **operands = NULL;

static const GOptionEntry entries[] = {
  { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("Print JSON instead of text"), NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &operands, NULL, "A.npy B.npy" },
  { NULL },
};

typedef struct
{
  double      *points[2];
  DotNpyHeader headers[2];
  double       squared;
  double       euclid;
} Comparison;

/*  private functions  */

static gboolean
read_points (const char *path, double **points, DotNpyHeader *header, GError **error)
{
  *points = dot_npy_read (path, header, error);
  if (! *points)
    return FALSE;
  if (header->n_dims == 2 && header->n_items > 0)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("%s holds no points: give an array of shape (points, coordinates)."), path);
  return FALSE;
}

static gboolean
check_dimensions (const Comparison *comparison, GError **error)
{
  gsize one   = comparison->headers[0].shape[1];
  gsize other = comparison->headers[1].shape[1];

  if (one == other)
    return TRUE;

  g_set_error (
    error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
    _ ("The points of %s and %s have different dimensions (%zu and %zu): give two that fit."),
    operands[0], operands[1], one, other);
  return FALSE;
}

static gboolean
compute (gpointer data, GCancellable *cancellable, GError **error)
{
  Comparison         *comparison = data;
  const DotNpyHeader *headers    = comparison->headers;
  double             *results[]  = { &comparison->squared, &comparison->euclid };

  for (DotCost cost = DOT_COST_SQUARED; cost <= DOT_COST_EUCLID; cost++)
    if (! dot_emd (comparison->points[0], headers[0].shape[0], comparison->points[1],
                   headers[1].shape[0], headers[0].shape[1], cost, results[cost], cancellable,
                   error))
      return FALSE;
  return TRUE;
}

static void
print_json (const Comparison *comparison)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  dot_json_write_int (builder, "n", comparison->headers[0].shape[0]);
  dot_json_write_int (builder, "m", comparison->headers[1].shape[0]);
  dot_json_write_double (builder, "emd_squared", comparison->squared);
  dot_json_write_double (builder, "emd", comparison->euclid);
  json_builder_end_object (builder);

  cli_output_json (builder);
}

static gboolean
compare (Comparison *comparison, GError **error)
{
  for (int i = 0; i < 2; i++)
    if (! read_points (operands[i], &comparison->points[i], &comparison->headers[i], error))
      return FALSE;

  if (! check_dimensions (comparison, error) || ! cli_job_run (compute, comparison, NULL, error))
    return FALSE;

  if (as_json)
    print_json (comparison);
  else
    cli_print (
      _ ("EMD, squared distances: %.9g\nEMD, plain distances: %.9g\n"), comparison->squared,
               comparison->euclid);
  return TRUE;
}

/*  public functions  */

/**
 * cli_emd:
 * @argc: how many strings there are in @argv
 * @argv: the command's name and what follows it
 * @error: where it says why it failed
 *
 * Compares two sets of points.
 *
 * Returns: whether it is done.
 */
gboolean
cli_emd (int argc, char **argv, GError **error)
{
  Comparison comparison = { 0 };
  gboolean   success;

  if (! cli_parse_arguments (&argc, &argv, entries,
                             _ ("Computes the exact earth mover's distance "
                                "between two sets of points."),
                             _ ("Both are arrays of shape (points, "
                                "coordinates), all points of one weight."),
                             error))
    return FALSE;

  if (! operands || g_strv_length (operands) != 2)
    {
      cli_parse_usage_error (error, _ ("Two files of points are needed"));
      return FALSE;
    }

  success = compare (&comparison, error);
  g_free (comparison.points[0]);
  g_free (comparison.points[1]);
  return success;
}
