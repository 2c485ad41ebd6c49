/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A page to send in: in English, whatever the language, for whoever reads it. */

#include "trial-report.h"

#include "config.h"

static const char *const words[] = {
  [DOT_TRIAL_PASSED] = "passed",
  [DOT_TRIAL_FAILED] = "FAILED",
  [DOT_TRIAL_MISSED] = "not tried",
};

static void
add_counts (GString *text, const DotTrials *trials)
{
  guint counts[3] = { 0 };

  for (guint i = 0; i < trials->list->len; i++)
    counts[((const DotTrial *) trials->list->pdata[i])->state]++;
  g_string_append_printf (text, "\n%u passed, %u failed, %u not tried.\n", counts[DOT_TRIAL_PASSED],
                          counts[DOT_TRIAL_FAILED], counts[DOT_TRIAL_MISSED]);
}

/**
 * dot_trial_report_new:
 *
 * Says of which computer it speaks, and what came of each trial; of paths not
 * whose they are.
 *
 * Returns: (transfer full): lines of text
 */
char *
dot_trial_report_new (const DotTrials *trials)
{
  GString         *text   = g_string_new ("DOT Refine " DOT_VERSION ": a GPU tried\n\n");
  g_autofree char *system = dot_diagnostics_text (NULL, NULL, NULL);

  g_string_append (text, system);
  g_string_append (text, "\nEach pair is compared with the processor in float32: the largest "
                         "difference of a pixel and of a score,\nthe largest relative norm of a "
                         "gradient's, and the share of a latent's coordinates within 0.001.\n\n");
  for (guint i = 0; i < trials->list->len; i++)
    {
      const DotTrial *trial = trials->list->pdata[i];

      g_string_append_printf (text, "%-9s  %s: %s\n", words[trial->state], trial->name,
                              trial->text ? trial->text : "");
    }
  add_counts (text, trials);
  return g_string_free (text, FALSE);
}
