/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What a button can do about a problem, besides the sentence that says it.
 * Nothing here needs a display. */

#include "config.h"

#include "fix.h"

#include <glib/gi18n-lib.h>

/* For a few pictures, in bytes. */
#define ROOM (1 << 20)

/* A model that isn't there or doesn't work needs its page. */
static gboolean
is_model_usable (DotSettings *settings)
{
  return dot_settings_get_model (settings, NULL) != NULL;
}

/* What doesn't fit may be the file or the layers to start from. */
static DotFix
find_for_input (DotSettings *settings)
{
  DotSource source;

  g_object_get (settings, "source", &source, NULL);
  if (source != DOT_SOURCE_SEED)
    return DOT_FIX_SEED;
  return DOT_FIX_NONE;
}

static DotFix
find_for_memory (DotSettings *settings)
{
  int count;

  g_object_get (settings, "count", &count, NULL);
  return count > 1 ? DOT_FIX_COUNT : DOT_FIX_NONE;
}

static gboolean
can_write (GFile *folder)
{
  g_autoptr (GFileInfo) info = NULL;

  info = g_file_query_info (folder, G_FILE_ATTRIBUTE_ACCESS_CAN_WRITE, G_FILE_QUERY_INFO_NONE, NULL,
                            NULL);
  return info && g_file_info_get_attribute_boolean (info, G_FILE_ATTRIBUTE_ACCESS_CAN_WRITE);
}

/* Where nothing is known of it there may be. */
static gboolean
has_room (GFile *folder)
{
  g_autoptr (GFileInfo) info = NULL;

  info = g_file_query_filesystem_info (folder, G_FILE_ATTRIBUTE_FILESYSTEM_FREE, NULL, NULL);
  return ! info || ! g_file_info_has_attribute (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE) ||
         g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE) > ROOM;
}

static DotFix
find_for_failure (DotSettings *settings)
{
  g_autoptr (GFile) folder = NULL;

  g_object_get (settings, "export-folder", &folder, NULL);

  if (folder && ! (can_write (folder) && has_room (folder)))
    return DOT_FIX_FOLDER;
  return DOT_FIX_NONE;
}

/* What the layers of a run were to go into is gone. */
static DotFix
find_for_target (const GError *problem)
{
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CLOSED))
    return DOT_FIX_IMAGE;
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return DOT_FIX_LAYERS;
  return DOT_FIX_NONE;
}

/**
 * dot_fix_find:
 * @problem: (nullable): what went wrong in a run, or %NULL where none was
 *   tried yet; %G_IO_ERROR_CLOSED is that its image was closed,
 *   %G_IO_ERROR_NOT_FOUND that its group of layers is gone
 * @settings: what was asked for
 *
 * Returns: what would help
 */
DotFix
dot_fix_find (const GError *problem, DotSettings *settings)
{
  if (find_for_target (problem))
    return find_for_target (problem);
  if (! is_model_usable (settings))
    return DOT_FIX_MODELS;
  if (! problem || problem->domain != DOT_ERROR)
    return DOT_FIX_NONE;

  switch ((DotError) problem->code)
    {
    case DOT_ERROR_NOT_FOUND:
      return DOT_FIX_CLASS;
    case DOT_ERROR_NO_DEVICE:
    case DOT_ERROR_NO_DEVICE_MEMORY:
      return DOT_FIX_PROCESSOR;
    case DOT_ERROR_NO_MEMORY:
      return find_for_memory (settings);
    case DOT_ERROR_NOT_TRUSTED:
      return DOT_FIX_AGAIN;
    case DOT_ERROR_INVALID_ARGUMENT:
    case DOT_ERROR_INVALID_FILE:
      return find_for_input (settings);
    case DOT_ERROR_FAILED:
      return find_for_failure (settings);
    default:
      return DOT_FIX_NONE;
    }
}

/**
 * dot_fix_get_label:
 *
 * Returns: (nullable): what its button is called
 */
const char *
dot_fix_get_label (DotFix fix)
{
  switch (fix)
    {
    case DOT_FIX_NONE:
      return NULL;
    case DOT_FIX_MODELS:
      return _ ("Show the Models");
    case DOT_FIX_CLASS:
      return _ ("Choose a Class");
    case DOT_FIX_PROCESSOR:
      return _ ("Use the Processor");
    case DOT_FIX_COUNT:
      return _ ("Half as Many Pictures");
    case DOT_FIX_FOLDER:
      return _ ("Choose Another Folder");
    case DOT_FIX_SEED:
      return _ ("Start From a Seed");
    case DOT_FIX_AGAIN:
      return _ ("Refine Again");
    case DOT_FIX_IMAGE:
      return _ ("Make a New Image");
    case DOT_FIX_LAYERS:
      return _ ("Add Them Again");
    }

  return NULL;
}

static void
halve_count (DotSettings *settings)
{
  int count;

  g_object_get (settings, "count", &count, NULL);
  g_object_set (settings, "count", MAX (count / 2, 1), NULL);
}

/**
 * dot_fix_apply:
 *
 * Changes the settings as the fix says.
 *
 * Returns: whether to refine at once; otherwise the person has something to
 *   choose first
 */
gboolean
dot_fix_apply (DotFix fix, DotSettings *settings)
{
  switch (fix)
    {
    case DOT_FIX_PROCESSOR:
      g_object_set (settings, "device", DOT_DEVICE_CPU, NULL);
      return TRUE;
    case DOT_FIX_COUNT:
      halve_count (settings);
      return TRUE;
    case DOT_FIX_SEED:
      g_object_set (settings, "source", DOT_SOURCE_SEED, NULL);
      return TRUE;
    case DOT_FIX_AGAIN:
      return TRUE;
    default:
      return FALSE;
    }
}
