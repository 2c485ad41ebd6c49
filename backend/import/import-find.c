/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Which of somebody's files hold a generator and its discriminator, where their
 * arrays' names tell that. */

#include "import-find.h"

#include "format/weights-part.h"
#include "network/architecture-describe.h"

#include "base/intl.h"

#include <string.h>

/* What mmgeneration's files call the update that they are of, and StudioGAN's
 * names of files. */
#define STEP         "meta/iter"
#define STEP_IN_NAME "step="

/* A network that was found.
 * @average: whether it is one of a generator's training
 * @step: of the training; −1 where nothing says it */
typedef struct
{
  const DotArchitecture *architecture;
  const char            *path;
  DotPairShape           shape;
  gboolean               average;
  double                 step;
} Found;

static gboolean
says_average (const char *text)
{
  g_autofree char *folded = g_ascii_strdown (text ? text : "", -1);

  return g_strrstr (folded, "ema") != NULL;
}

/* Returns: the update that a file is of, or −1 */
static double
get_step (DotWeights *weights, const char *name)
{
  const char *said = strstr (name, STEP_IN_NAME);
  double      step = -1.0;

  if (dot_weights_get_number (weights, STEP, &step) || ! said ||
      ! g_ascii_isdigit (said[strlen (STEP_IN_NAME)]))
    return step;
  return g_ascii_strtoull (said + strlen (STEP_IN_NAME), NULL, 10);
}

/* Returns: whether @path holds a network of that role */
static gboolean
look (Found *found, const char *path, guint role, GError **error)
{
  g_autofree char *name          = g_path_get_basename (path);
  g_autoptr (DotWeights) weights = dot_weights_open (path, error);
  const char *part               = weights ? dot_weights_part_find (weights, role) : NULL;

  if (! weights)
    return FALSE;

  found->path = path;
  found->step = get_step (weights, name);
  if (part)
    dot_weights_enter (weights, part);
  found->average      = says_average (part) || says_average (name);
  found->architecture = dot_architecture_describe_find (weights, role == 0, &found->shape, error);
  return found->architecture != NULL;
}

/* The first in the order of the command; of generators an average goes before
 * what it is of. */
static void
look_at_all (const char *const *files, guint role, Found *best, GError **error)
{
  for (; *files; files++)
    {
      g_autoptr (GError) problem = NULL;
      Found found                = { NULL };

      if (look (&found, *files, role, &problem) &&
          (! best->path || (role == 0 && found.average && ! best->average)))
        *best = found;
      if (problem && error && ! *error)
        g_propagate_error (error, g_steal_pointer (&problem));
    }
}

static void
fail (const char *const *files, guint role, GError **error)
{
  g_autofree char *list = g_strjoinv (", ", (char **) files);

  if (role == 0)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                 _ ("No generator was found in %s: give its file, too, or --generator, "
                    "--discriminator and --architecture."),
                 list);
  else
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                 _ ("No discriminator was found in %s, and without it nothing can be refined: give "
                    "its file, too, or --generator, --discriminator and --architecture."),
                 list);
}

/* "BigGAN, 128 pixels, 1000 classes, G_ema of step 138,000" */
static char *
describe (const Found *generator)
{
  const char      *label = _ (generator->architecture->label);
  const char      *which = generator->average ? "G_ema" : "G";
  g_autofree char *step  = g_strdup_printf ("%'.0f", generator->step);

  if (generator->step < 0.0)
    /* Translators: BigGAN, 128 pixels, 1000 classes, G_ema */
    return g_strdup_printf (_ ("%s, %u pixels, %u classes, %s"), label, generator->shape.image_size,
                            generator->shape.n_labels, which);
  /* Translators: BigGAN, 128 pixels, 1000 classes, G_ema of step 138,000 */
  return g_strdup_printf (_ ("%s, %u pixels, %u classes, %s of step %s"), label,
                          generator->shape.image_size, generator->shape.n_labels, which, step);
}

/**
 * dot_import_find:
 * @options: gets generator, discriminator and architecture
 * @files: which hold them, and maybe others that aren't needed
 * @found: (out) (transfer full): what that is, in a line
 *
 * Returns: %FALSE where one of the two isn't among them
 */
gboolean
dot_import_find (DotImportOptions *options, const char *const *files, char **found, GError **error)
{
  g_autoptr (GError) problem = NULL;
  Found best[2]              = { { NULL }, { NULL } };

  for (guint role = 0; role < 2; role++)
    {
      look_at_all (files, role, &best[role], &problem);
      if (best[role].path)
        continue;
      /* A file that can't be read may be the one. */
      if (problem)
        g_propagate_error (error, g_steal_pointer (&problem));
      else
        fail (files, role, error);
      return FALSE;
    }

  options->generator     = g_strdup (best[0].path);
  options->discriminator = g_strdup (best[1].path);
  options->architecture  = g_strdup_printf ("%s,%s", best[0].architecture->name,
                                            best[1].architecture->name);
  *found                 = describe (&best[0]);
  return TRUE;
}
