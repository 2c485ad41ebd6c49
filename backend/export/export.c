/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Frames as one file; each format has a file of its own. */

#include "exporting.h"

#include "export-options.h"

#include "base/intl.h"

static gboolean
check_frames (GPtrArray *frames, const DotExportOptions *options, GError **error)
{
  if (frames->len == 0)
    {
      g_set_error_literal (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                           _ ("There is nothing to export: refine a picture "
                              "first, or choose some."));
      return FALSE;
    }

  for (guint i = 0; i < frames->len && options->format != DOT_EXPORT_NPY; i++)
    {
      const DotFrame *frame = frames->pdata[i];

      if (frame->channels == 2)
        {
          g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                       _ ("%s is a point, not a picture: export an .npy, or "
                          "write a trace instead."),
                       frame->title);
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * dot_export:
 * @frames: (element-type DotFrame): at least one; their order is that of
 *   files, layers, latents and of the candidates in animations and sheets
 * @progress: (nullable) (scope call):
 * @cancellable: (nullable): what is cancelled leaves nothing
 *
 * Writes frames, of one run or of several, as one file or folder.  It appears
 * whole or not at all; a file of that name is replaced.  In any thread.
 *
 * Returns: %FALSE with %G_IO_ERROR_CANCELLED or a #DotError:
 *   %DOT_ERROR_INVALID_ARGUMENT where the format can't hold as much,
 *   %DOT_ERROR_NO_BACKEND where the module for GIF, WebP and sheets is missing
 */
gboolean
dot_export (GPtrArray              *frames,
            const DotExportOptions *options,
            DotProgressFunc         progress,
            gpointer                user_data,
            GCancellable           *cancellable,
            GError                **error)
{
  static gboolean (*const formats[]) (const DotExporting *, GError **) = {
    [DOT_EXPORT_PNG] = dot_files_export,      [DOT_EXPORT_ORA] = dot_ora_export,
    [DOT_EXPORT_SHEET] = dot_sheet_export,    [DOT_EXPORT_GIF] = dot_animation_export,
    [DOT_EXPORT_WEBP] = dot_animation_export, [DOT_EXPORT_NPY] = dot_npy_latents_export,
  };
  const DotExporting exporting = {
    .frames      = frames,
    .options     = options,
    .progress    = progress,
    .user_data   = user_data,
    .cancellable = cancellable,
  };

  if (! dot_export_options_check (options, error) || ! check_frames (frames, options, error))
    return FALSE;
  return formats[options->format](&exporting, error);
}
