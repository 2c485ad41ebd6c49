/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What of a set of data isn't read, and why: nothing is left out without a
 * word. */

#include "left-out.h"

#include "base/intl.h"

#include <string.h>

/**
 * dot_left_out_add:
 * @name: what isn't read
 */
void
dot_left_out_add (DotLeftOut *out, DotLeftOutReason reason, const char *name)
{
  char **first = &out->first[reason];

  out->count[reason]++;
  if (*first && strcmp (*first, name) <= 0)
    return;
  g_free (*first);
  *first = g_strdup (name);
}

/* (transfer full) */
static char *
describe (DotLeftOutReason reason, guint n, const char *path, const char *first)
{
  switch (reason)
    {
    case DOT_LEFT_OUT_TWICE:
      return g_strdup_printf (
        ngettext ("In %2$s %1$u name leads to what counts already and is passed over: %3$s.",
                  "In %2$s %1$u names lead to what counts already and are passed over, first %3$s.",
                  n),
        n, path, first);
    case DOT_LEFT_OUT_NOWHERE:
      return g_strdup_printf (
        ngettext ("In %2$s %1$u link leads nowhere and is passed over: %3$s.",
                  "In %2$s %1$u links lead nowhere and are passed over, first %3$s.", n),
        n, path, first);
    case DOT_LEFT_OUT_LINK:
      return g_strdup_printf (ngettext ("In %2$s %1$u link is passed over: %3$s.",
                                        "In %2$s %1$u links are passed over, first %3$s.", n),
                              n, path, first);
    case DOT_LEFT_OUT_OTHER:
      return g_strdup_printf (
        ngettext ("In %2$s %1$u file isn't called like a picture and is passed over: %3$s.",
                  "In %2$s %1$u files aren't called like pictures and are passed over, first %3$s.",
                  n),
        n, path, first);
    default:
      return g_strdup_printf (
        ngettext ("In %2$s %1$u picture is in no class's folder and is passed over: %3$s.",
                  "In %2$s %1$u pictures are in no class's folder and are passed over, first %3$s.",
                  n),
        n, path, first);
    }
}

/**
 * dot_left_out_tell:
 *
 * Says it to whom @options name for that, a sentence for each reason.
 */
void
dot_left_out_tell (const DotLeftOut *out, const DotDatasetOptions *options)
{
  for (guint i = 0; options->notice && i < DOT_LEFT_OUT_REASONS; i++)
    if (out->count[i] > 0)
      {
        g_autofree char *text = describe (i, out->count[i], options->path, out->first[i]);

        options->notice (text, options->user_data);
      }
}

void
dot_left_out_clear (DotLeftOut *out)
{
  for (guint i = 0; i < DOT_LEFT_OUT_REASONS; i++)
    g_free (out->first[i]);
}
