/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "repeat.h"

#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "parasite.h"

/* Repeat (Ctrl+F) runs with the last values and the next seed.  GIMP keeps
 * a procedure's values after a run of its dialog only, not after a repeat,
 * and only when that run has ended; but a repeat can be asked for while it
 * goes on.  So each run takes its seeds when it starts, and what is taken is
 * kept here, in a parasite of GIMP's: the first seed of the run that started
 * last, the one after its last, and the seeds of the dialog's runs so far,
 * the newest first.  GIMP's values are those of one of them. */
#define PARASITE_NAME "dot-refine-seeds"
#define MAX_RUNS      8

typedef struct
{
  gint64 first;
  gint64 next;
  gint64 runs[MAX_RUNS];
  int    n_runs;
} Taken;

struct _DotRepeat
{
  char *before;
  char *after;
};

/*  the lock  */

/* What one run of the plug-in has to do undisturbed by other runs.  Each run
 * is a process, and GIMP runs several at a time; its folder of settings is
 * what they have in common, and a process that dies lets go of it.
 *
 * Waits for the runs that have the lock, which none has for longer than two
 * calls to GIMP take.
 *
 * Returns: for unlock_profile(); -1 where the folder can't be locked, as on
 * some networks, and there is nothing to do but to go on */
static int
lock_profile (void)
{
  int folder = open (gimp_directory (), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (folder >= 0)
    flock (folder, LOCK_EX);
  return folder;
}

static void
unlock_profile (int lock)
{
  if (lock >= 0)
    close (lock);
}

/*  the parasite  */

/* What no run has written is no number to count on from. */
static gint64
parse_seed (const char *word)
{
  return CLAMP (g_ascii_strtoll (word, NULL, 10), 0, (gint64) G_MAXINT + 1);
}

static Taken
parse (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text ? text : "", " ", -1);
  guint n              = g_strv_length (words);
  Taken taken          = {
    0,
  };

  if (n < 3)
    return taken;

  taken.first = parse_seed (words[0]);
  taken.next  = parse_seed (words[1]);
  for (guint i = 2; i < n && taken.n_runs < MAX_RUNS; i++)
    taken.runs[taken.n_runs++] = parse_seed (words[i]);
  return taken;
}

static char *
print (const Taken *taken)
{
  GString *text = g_string_new (NULL);

  g_string_printf (text, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, taken->first, taken->next);
  for (int i = 0; i < taken->n_runs; i++)
    g_string_append_printf (text, " %" G_GINT64_FORMAT, taken->runs[i]);
  return g_string_free (text, FALSE);
}

/*  what is taken  */

static gint64
get_int (GimpProcedureConfig *config, const char *name)
{
  int value;

  g_object_get (config, name, &value, NULL);
  return value;
}

static gboolean
is_locked (GimpProcedureConfig *config)
{
  gboolean locked;

  g_object_get (config, "lock-seed", &locked, NULL);
  return locked;
}

static gboolean
has_run (const Taken *taken, gint64 seed)
{
  for (int i = 0; i < taken->n_runs; i++)
    if (taken->runs[i] == seed)
      return TRUE;
  return FALSE;
}

/* The dialog runs with @seed: it is the newest now, and there once. */
static void
add_run (Taken *taken, gint64 seed)
{
  gint64 older[MAX_RUNS];
  int    n = 0;

  for (int i = 0; i < taken->n_runs; i++)
    if (taken->runs[i] != seed)
      older[n++] = taken->runs[i];

  n              = MIN (n, MAX_RUNS - 1);
  taken->runs[0] = seed;
  memcpy (taken->runs + 1, older, n * sizeof *older);
  taken->n_runs = n + 1;
}

/* Where the dialog has never run with the values that GIMP has kept, they
 * come from elsewhere, and nothing is known of what came after them. */
static void
start_from (Taken *taken, gint64 seed, gint64 count)
{
  if (has_run (taken, seed))
    return;

  *taken = (Taken) { .first = seed, .next = seed + count };
  add_run (taken, seed);
}

static void
take (Taken *taken, gint64 first, gint64 count)
{
  /* after the last seed comes the first */
  if (first + count - 1 > G_MAXINT)
    first = 0;

  taken->first = first;
  taken->next  = first + count;
}

static DotRepeat *
store (const Taken *taken, char *before)
{
  DotRepeat *seeds = g_new0 (DotRepeat, 1);

  seeds->before = before;
  seeds->after  = print (taken);
  dot_parasite_set (NULL, PARASITE_NAME, seeds->after);
  return seeds;
}

/*  public functions  */

/**
 * dot_repeat_take:
 * @seed: the first of the run's
 * @count: how many
 *
 * The dialog's run starts: repeats go on from its seeds, those too that are
 * asked for before it ends.
 *
 * Returns: (transfer full): for dot_repeat_return()
 */
DotRepeat *
dot_repeat_take (gint64 seed, gint64 count)
{
  int        lock   = lock_profile ();
  char      *before = dot_parasite_get (NULL, PARASITE_NAME);
  Taken      taken  = parse (before);
  DotRepeat *seeds;

  add_run (&taken, seed);
  take (&taken, seed, count);
  seeds = store (&taken, before);
  unlock_profile (lock);
  return seeds;
}

/**
 * dot_repeat_take_next:
 * @config: the last values
 *
 * Sets the seed after the ones of the run that started last, unless the seed
 * is locked.  They are taken before the run: GIMP's own cancel ends this
 * process.
 *
 * Returns: (nullable) (transfer full): for dot_repeat_return()
 */
DotRepeat *
dot_repeat_take_next (GimpProcedureConfig *config)
{
  gint64     count = get_int (config, "count");
  int        lock;
  char      *before;
  Taken      taken;
  DotRepeat *seeds;

  if (is_locked (config))
    return NULL;

  lock   = lock_profile ();
  before = dot_parasite_get (NULL, PARASITE_NAME);
  taken  = parse (before);
  start_from (&taken, get_int (config, "seed"), count);
  take (&taken, taken.next, count);
  seeds = store (&taken, before);
  unlock_profile (lock);

  g_object_set (config, "seed", (int) taken.first, NULL);
  return seeds;
}

/**
 * dot_repeat_return:
 * @seeds: (nullable): what the run had taken
 *
 * The run gave nothing: the next one takes the same seeds, unless another
 * has taken some since.
 */
void
dot_repeat_return (const DotRepeat *seeds)
{
  g_autofree char *now = NULL;
  int              lock;

  if (! seeds)
    return;

  lock = lock_profile ();
  now  = dot_parasite_get (NULL, PARASITE_NAME);
  if (g_strcmp0 (now, seeds->after) == 0)
    dot_parasite_set (NULL, PARASITE_NAME, seeds->before);
  unlock_profile (lock);
}

/**
 * dot_repeat_recall:
 * @config: the last values
 *
 * Sets the seed of the last run, so that the dialog shows what ran last.
 */
void
dot_repeat_recall (GimpProcedureConfig *config)
{
  g_autofree char *text  = dot_parasite_get (NULL, PARASITE_NAME);
  Taken            taken = parse (text);

  if (! is_locked (config) && has_run (&taken, get_int (config, "seed")))
    g_object_set (config, "seed", (int) taken.first, NULL);
}

void
dot_repeat_free (DotRepeat *seeds)
{
  if (! seeds)
    return;

  g_free (seeds->before);
  g_free (seeds->after);
  g_free (seeds);
}
