/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The same updates in PyTorch, where there is a Python with one that computes on
 * the GPU: by the script of tests/bench, which times an update for each line that
 * it reads. */

#include "trial-peer.h"

#include "config.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#include "base/json.h"
#include "model/model.h"

/* Updates before it is warm, and those that are timed. */
#define WARM_UPS 6
#define TIMED    20

/* Returns: (transfer full): the script, which may not be there */
static char *
find_script (void)
{
  const char *chosen = g_getenv ("DOT_REFINE_PEER");

  return g_strdup (chosen ? chosen : DOT_DATA_DIR "/bench/peer.py");
}

static gboolean
has_torch (void)
{
  static const char ask[]         = "import sys, torch; sys.exit(not torch.cuda.is_available())";
  g_autoptr (GSubprocess) process = NULL;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                              NULL, "python3", "-c", ask, NULL);
  return process && g_subprocess_wait_check (process, NULL, NULL);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double one = *(const double *) a, other = *(const double *) b;

  return (one > other) - (one < other);
}

/* The median of the updates after the first ones; NaN where there are too few. */
static double
read_answers (const char *text)
{
  g_auto (GStrv) lines     = g_strsplit (text, "\n", -1);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; lines[i]; i++)
    {
      g_autoptr (JsonObject) root = dot_json_parse (lines[i], strlen (lines[i]), NULL);
      g_autoptr (DotJson) line    = dot_json_new (root, NULL, NULL, NULL);
      double milliseconds         = dot_json_get_number (line, "update_ms", NAN, 0.0, HUGE_VAL);

      if (isfinite (milliseconds))
        g_array_append_val (times, milliseconds);
    }
  if (times->len <= WARM_UPS)
    return NAN;
  g_array_remove_range (times, 0, WARM_UPS);
  g_array_sort (times, compare_doubles);
  return g_array_index (times, double, times->len / 2);
}

static double
time_update (const char *script, DotModel *model, guint batch, GCancellable *cancellable)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *number         = g_strdup_printf ("%u", batch);
  g_autofree char *questions      = g_strnfill (WARM_UPS + TIMED, '\n');
  g_autofree char *text           = NULL;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                              NULL, "python3", script, "--generator",
                              dot_model_get_generator (model), "--discriminator",
                              dot_model_get_discriminator (model), "--batch", number, "--device",
                              "cuda", "--variant", "graph", NULL);
  if (! process ||
      ! g_subprocess_communicate_utf8 (process, questions, cancellable, &text, NULL, NULL) ||
      ! text)
    return NAN;
  return read_answers (text);
}

/**
 * dot_trial_peer:
 * @model: whose files are .npz of sngan-projection
 * @batches: (array length=n): how many candidates at once
 *
 * Times PyTorch in float32, by a CUDA graph, too.
 */
void
dot_trial_peer (DotTrials *trials, DotModel *model, const guint *batches, guint n)
{
  g_autofree char *script  = find_script ();
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean all             = TRUE;

  if (! dot_trial_begin (trials, "speed, PyTorch, float32"))
    return;
  if (! g_file_test (script, G_FILE_TEST_EXISTS))
    {
      dot_trial_note (trials, DOT_TRIAL_MISSED, "there is no %s, which DOT_REFINE_PEER may name",
                      script);
      return;
    }
  if (! has_torch ())
    {
      dot_trial_note (trials, DOT_TRIAL_MISSED, "there is no python3 with a PyTorch that has CUDA");
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      double milliseconds = time_update (script, model, batches[i], trials->cancellable);

      all = all && isfinite (milliseconds);
      g_string_append_printf (text, "%s%u at once: %.3f ms an update", i ? ", " : "", batches[i],
                              milliseconds);
    }
  dot_trial_note (trials, all ? DOT_TRIAL_PASSED : DOT_TRIAL_FAILED, "%s", text->str);
}
