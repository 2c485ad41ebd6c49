/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What to make of frames, and whether it can be made. */

#include "export-options.h"

#include "refine/candidates.h"
#include "encoder.h"
#include "layout.h"
#include "base/system.h"
#include "model/model.h"

#include "base/intl.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define MIN_DELAY 10
#define MAX_DELAY 60000

/* A frame's state: three vectors in decimal. */
#define STATE_BYTES(d) (4096 + 75 * (guint64) (d))

/**
 * dot_export_options_new:
 *
 * Returns: (transfer full): options for a file of the size that frames have,
 *   with ten of them a second
 */
DotExportOptions *
dot_export_options_new (DotExportFormat format, const char *path)
{
  DotExportOptions *options = g_new0 (DotExportOptions, 1);

  options->format  = format;
  options->path    = g_strdup (path);
  options->scale   = 1;
  options->delay   = 100;
  options->quality = 100;
  return options;
}

/**
 * dot_export_options_new_for:
 * @path: ends with .png, which is a sheet, .ora, .gif, .webp or .npy
 *
 * Returns: (transfer full): options for the format that @path names, or %NULL
 *   with %DOT_ERROR_INVALID_ARGUMENT
 */
DotExportOptions *
dot_export_options_new_for (const char *path, GError **error)
{
  static const struct
  {
    const char     *ending;
    DotExportFormat format;
  } known[] = {
    { ".png", DOT_EXPORT_SHEET }, { ".ora", DOT_EXPORT_ORA }, { ".gif", DOT_EXPORT_GIF },
    { ".webp", DOT_EXPORT_WEBP }, { ".npy", DOT_EXPORT_NPY },
  };
  const char *dot = strrchr (path, '.');

  for (gsize i = 0; dot && i < G_N_ELEMENTS (known); i++)
    if (g_ascii_strcasecmp (dot, known[i].ending) == 0)
      return dot_export_options_new (known[i].format, path);

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("%s doesn't say what to export: let its name end with .gif, "
                  ".webp, .ora, .png or .npy."),
               path);
  return NULL;
}

void
dot_export_options_free (DotExportOptions *options)
{
  if (! options)
    return;

  g_free (options->path);
  g_free (options);
}

/**
 * dot_export_options_check:
 *
 * Returns: %FALSE with %DOT_ERROR_INVALID_ARGUMENT for the first one that is
 *   out of its range; dot_export() asks this itself
 */
gboolean
dot_export_options_check (const DotExportOptions *options, GError **error)
{
  if (! options->path || ! options->path[0])
    g_set_error_literal (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                         _ ("The export has no name: give the path of a file."));
  else if (options->scale < 1 || options->scale > 8 || (options->scale & (options->scale - 1)) != 0)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                 _ ("An export can't be %u times as large: take 1, 2, 4 or 8."), options->scale);
  else if (options->delay < MIN_DELAY || options->delay > MAX_DELAY)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                 _ ("A frame can't be shown for %u ms: give a number from %d to %d."), options->delay,
                 MIN_DELAY, MAX_DELAY);
  else if (options->quality > 100)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                 _ ("A quality of %u is out of range: give a number from 0 to 100."), options->quality);
  else
    return TRUE;
  return FALSE;
}

/* A folder is made; a file's must be there. */
static gboolean
check_place (const DotExportOptions *options, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (options->path);

  if (options->format == DOT_EXPORT_PNG ||
      (g_file_test (folder, G_FILE_TEST_IS_DIR) &&
       ! g_file_test (options->path, G_FILE_TEST_IS_DIR) && g_access (folder, W_OK) == 0))
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
               _ ("%s can't be written: choose a folder that exists and is writable."), options->path);
  return FALSE;
}

/* GIF, WebP and sheets are a module's. */
static gboolean
check_module (const DotExportOptions *options, GError **error)
{
  switch (options->format)
    {
    case DOT_EXPORT_SHEET:
    case DOT_EXPORT_GIF:
    case DOT_EXPORT_WEBP:
      return dot_encoder_load (error) != NULL;
    default:
      return TRUE;
    }
}

/* How many updates a run keeps. */
static guint64
count_kept (const DotRefineOptions *run)
{
  gboolean continues = run->states && run->states[0] && ! run->to_state;
  guint64  kept      = run->updates / run->keep_every + (run->updates % run->keep_every != 0);

  return run->updates == 0 ? 1 : kept + ! continues;
}

static gboolean
check_memory (const DotExportOptions *options,
              DotModel               *model,
              guint64                 rows,
              guint64                 columns,
              GError                **error)
{
  guint64 memory = dot_system_get_memory ();
  guint64 frame  = dot_model_get_image_items (model) * sizeof (float) +
                  STATE_BYTES (dot_model_get_latent_size (model));
  guint64 all;

  if (g_uint64_checked_mul (&all, frame, rows) && g_uint64_checked_mul (&all, all, columns) &&
      (memory == 0 || all <= memory / 2))
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_NO_MEMORY,
               _ ("What %s is made of would take more than the computer's "
                  "memory: ask for fewer candidates, or keep fewer updates."),
               options->path);
  return FALSE;
}

/**
 * dot_export_options_check_run:
 * @run: what will be refined; all that it keeps will be exported
 *
 * A long run shouldn't end with the news that its export has no place.
 *
 * Returns: %FALSE where the file can't be written, would be too large for its
 *   format, or where the frames wouldn't fit into memory
 */
gboolean
dot_export_options_check_run (const DotExportOptions *options,
                              DotModel               *model,
                              const DotRefineOptions *run,
                              GError                **error)
{
  guint64   rows    = dot_candidates_count (model, run);
  guint64   columns = count_kept (run);
  guint     side    = dot_model_get_image_size (model);
  DotLayout layout;

  return dot_export_options_check (options, error) && check_place (options, error) &&
         check_module (options, error) && check_memory (options, model, rows, columns, error) &&
         dot_layout_init (&layout, options, rows, columns, side, side, error);
}
