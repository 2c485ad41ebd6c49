/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#include "config.h"

#include "repeat.h"

#include <stdio.h>
#include <string.h>

/*  Repeat (Ctrl+F) runs with the last values and the next seed.  GIMP keeps
 *  a procedure's values after a run of its dialog only, not after a repeat:
 *  how far repeats have come since is kept here, in a parasite of GIMP's, as
 *  "the dialog's seed, the last repeat's seed".
 */
#define PARASITE_NAME "dot-refine-repeat"

static int
get_int (GimpProcedureConfig *config,
         const char          *name)
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

/*  The seed of the last repeat since the dialog ran with @seed, or @seed.  */
static int
get_last_seed (int seed)
{
  GimpParasite     *parasite = gimp_get_parasite (PARASITE_NAME);
  g_autofree char  *text     = NULL;
  const char       *data;
  guint32           size;
  int               base, last;

  if (! parasite)
    return seed;

  data = gimp_parasite_get_data (parasite, &size);
  text = g_strndup (data, size);
  gimp_parasite_free (parasite);

  return sscanf (text, "%d %d", &base, &last) == 2 && base == seed ? last : seed;
}

static void
set_last_seed (int seed,
               int last)
{
  g_autofree char *text     = g_strdup_printf ("%d %d", seed, last);
  GimpParasite    *parasite = gimp_parasite_new (PARASITE_NAME,
                                                 GIMP_PARASITE_PERSISTENT,
                                                 strlen (text) + 1, text);

  gimp_attach_parasite (parasite);
  gimp_parasite_free (parasite);
}

/**
 * dot_repeat_next:
 * @config: the last values
 *
 * Sets the seed after the ones of the last run, unless the seed is locked.
 * It is remembered before the run: GIMP's own cancel ends this process.
 *
 * Returns: (nullable) (transfer full): how far repeats had come, for
 *   dot_repeat_take_back()
 */
GimpParasite *
dot_repeat_next (GimpProcedureConfig *config)
{
  GimpParasite *before = gimp_get_parasite (PARASITE_NAME);
  gint64        seed   = get_int (config, "seed");
  gint64        next;

  if (is_locked (config))
    return before;

  next = (gint64) get_last_seed (seed) + get_int (config, "count");
  /*  after the last seed comes the first  */
  if (next + get_int (config, "count") - 1 > G_MAXINT)
    next = 0;

  set_last_seed (seed, next);
  g_object_set (config, "seed", (int) next, NULL);

  return before;
}

/**
 * dot_repeat_take_back:
 * @before: (nullable): what dot_repeat_next() returned
 *
 * The repeat gave nothing: the next one takes the same seed.
 */
void
dot_repeat_take_back (const GimpParasite *before)
{
  if (before)
    gimp_attach_parasite (before);
  else
    dot_repeat_forget ();
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
  if (! is_locked (config))
    g_object_set (config, "seed", get_last_seed (get_int (config, "seed")), NULL);
}

/**
 * dot_repeat_forget:
 *
 * The dialog ran: GIMP keeps its values, repeats go on from there.
 */
void
dot_repeat_forget (void)
{
  gimp_detach_parasite (PARASITE_NAME);
}
