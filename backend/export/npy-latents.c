/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Where the frames are, as numbers that a run can begin at. */

#include "exporting.h"
#include "format/npy.h"
#include "refine/state.h"

#include "base/intl.h"

#define MAX_NUMBERS (1 << 28)

static gboolean
append_latent (const DotExporting *exporting,
               guint               position,
               GArray             *values,
               gsize              *d,
               GError            **error)
{
  const DotFrame    *frame  = dot_exporting_get_frame (exporting, position);
  gsize              size   = 0;
  g_autofree double *latent = NULL;

  latent = dot_state_get_latent (frame->state ? frame->state : "", &size, error);
  if (! latent)
    return FALSE;
  if (position > 0 && size != *d)
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                   _ ("The latents of %s and others have %zu and %zu numbers: "
                      "export pictures of one model."),
                   frame->title, size, *d);
      return FALSE;
    }

  if ((guint64) exporting->frames->len * size > MAX_NUMBERS)
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                   _ ("%s would have more than 1 GB: export fewer frames."), exporting->options->path);
      return FALSE;
    }

  *d = size;
  for (gsize i = 0; i < size; i++)
    {
      float value = (float) latent[i];

      g_array_append_val (values, value);
    }
  return TRUE;
}

/* @header: (transfer full): */
static GBytes *
join (GBytes *header, GArray *values)
{
  GByteArray *file = g_bytes_unref_to_array (header);

  g_byte_array_append (file, (const guint8 *) values->data, (guint) (values->len * sizeof (float)));
  return g_byte_array_free_to_bytes (file);
}

/**
 * dot_npy_latents_export:
 *
 * Writes an .npy, (count, d) float32, in the order of the frames.
 */
gboolean
dot_npy_latents_export (const DotExporting *exporting, GError **error)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (float));
  g_autoptr (GBytes) bytes  = NULL;
  guint n                   = exporting->frames->len;
  gsize d                   = 0;

  for (guint i = 0; i < n; i++)
    if (! dot_exporting_tick (exporting, i, n, error) ||
        ! append_latent (exporting, i, values, &d, error))
      return FALSE;

  bytes = join (dot_npy_new_header ("<f4", 2, (gsize[]) { n, d }), values);
  return dot_exporting_save (exporting, bytes, error);
}
