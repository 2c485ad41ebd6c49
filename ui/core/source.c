/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What a run starts from, where it isn't a seed or a file. */

#include "config.h"

#include "source.h"

#include <glib/gi18n-lib.h>

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT, message);

  return FALSE;
}

static gboolean
use_layers (GStrv states, DotRefineOptions *options, GError **error)
{
  if (! states || ! states[0])
    return refuse (error, _ ("No layer that DOT Refine made is selected: select one, or start "
                             "from a seed."));

  options->states = g_strdupv (states);
  return TRUE;
}

static gboolean
use_two_layers (GStrv states, DotRefineOptions *options, GError **error)
{
  if (! states || g_strv_length (states) != 2)
    return refuse (error, _ ("Two layers that DOT Refine made are needed: select both (hold Ctrl), "
                             "or start from a seed."));

  options->states   = g_strdupv ((char *[]) { states[0], NULL });
  options->to_state = g_strdup (states[1]);
  return TRUE;
}

/**
 * dot_source_apply_picture:
 * @settings: say what a run starts from
 * @picture: (nullable): the bytes of a file of what is open
 * @options: what becomes of @settings
 *
 * Where that is the image, adds it.  There is one candidate, whose latent is looked
 * for.
 */
gboolean
dot_source_apply_picture (DotSettings      *settings,
                          GBytes           *picture,
                          DotRefineOptions *options,
                          GError          **error)
{
  DotSource source;

  g_object_get (settings, "source", &source, NULL);
  if (source != DOT_SOURCE_IMAGE)
    return TRUE;
  if (! picture)
    return refuse (error, _ ("There is no image in GIMP to start from: open one and choose the "
                             "filter in its window, or start from a seed."));

  options->picture = g_bytes_ref (picture);
  options->count   = 1;
  return TRUE;
}

/**
 * dot_source_apply:
 * @settings: say what a run starts from
 * @states: (nullable): of the layers that are selected, ended by %NULL
 * @picture: (nullable): dot_source_apply_picture()
 * @options: what becomes of @settings, which knows seeds and files already
 *
 * Adds what is to be gone on from.
 */
gboolean
dot_source_apply (DotSettings      *settings,
                  GStrv             states,
                  GBytes           *picture,
                  DotRefineOptions *options,
                  GError          **error)
{
  DotSource source;

  g_object_get (settings, "source", &source, NULL);
  if (source == DOT_SOURCE_LAYER)
    return use_layers (states, options, error);
  if (source == DOT_SOURCE_BETWEEN)
    return use_two_layers (states, options, error);
  return dot_source_apply_picture (settings, picture, options, error);
}
