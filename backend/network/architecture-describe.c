/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What a pair's two files are together, and what is said of two that are none:
 * one in the other's place, or of another architecture. */

#include "architecture-describe.h"

#include "base/intl.h"

static gboolean
set_mismatch (const DotPairShape *g_shape,
              DotWeights         *g,
              const DotPairShape *d_shape,
              DotWeights         *d,
              GError            **error)
{
  const char *generator     = dot_weights_get_path (g);
  const char *discriminator = dot_weights_get_path (d);

  if (d_shape->image_size != 0 && g_shape->image_size != d_shape->image_size)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                 _ ("%s makes images of %u pixels and %s is for %u: give two files that match."),
                 generator, g_shape->image_size, discriminator, d_shape->image_size);
  else if (g_shape->channels != d_shape->channels)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                 _ ("The channels of %s and %s differ (%u and %u): give two files that match."),
                 generator, discriminator, g_shape->channels, d_shape->channels);
  else if (! d_shape->ignores_labels && g_shape->n_labels != d_shape->n_labels)
    g_set_error (
      error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
      _ (
        "The classes of %s and %s differ in number (%u and %u): give two files with the same classes."),
      generator, discriminator, g_shape->n_labels, d_shape->n_labels);
  else
    return FALSE;
  return TRUE;
}

/*  why not  */

/* One of the two files, and what it is taken for. */
typedef struct
{
  const DotArchitecture *architecture;
  DotWeights            *weights;
  gboolean               is_generator;
} Part;

static gboolean
has_shapes (const DotArchitecture *architecture, DotWeights *weights, gboolean is_generator)
{
  DotPairShape shape = { 0 };

  return is_generator ? architecture->describe_generator (weights, &shape, NULL)
                      : architecture->describe_discriminator (weights, &shape, NULL);
}

/* (transfer full): the names of those whose generators, or discriminators, have
 * such arrays; empty where none does. */
static char *
list_fitting (DotWeights *weights, gboolean is_generator)
{
  g_autoptr (GString) list = g_string_new (NULL);
  const char *label;
  const char *name;

  for (guint i = 0; (name = dot_architecture_get_name (i, &label)); i++)
    {
      const DotArchitecture *architecture = dot_architecture_find (name, NULL);

      if (architecture && has_shapes (architecture, weights, is_generator))
        g_string_append_printf (list, "%s%s", list->len ? ", " : "", name);
    }
  return g_string_free (g_steal_pointer (&list), FALSE);
}

static void
replace_by_role (const Part *part, GError **error)
{
  const char *path = dot_weights_get_path (part->weights);

  g_clear_error (error);
  if (part->is_generator)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                 _ ("%s is a discriminator, and a generator is needed: exchange the two files, or "
                    "give the right one."),
                 path);
  else
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                 _ ("%s is a generator, and a discriminator is needed: exchange the two files, or "
                    "give the right one."),
                 path);
}

/* Says what the file is, where it is one of the other role or of another
 * architecture; else the reason stays. */
static void
explain (const Part *part, GError **error)
{
  g_autofree char *same  = NULL;
  g_autofree char *other = NULL;

  if (has_shapes (part->architecture, part->weights, ! part->is_generator))
    {
      replace_by_role (part, error);
      return;
    }

  same  = list_fitting (part->weights, part->is_generator);
  other = list_fitting (part->weights, ! part->is_generator);
  if (*same)
    {
      g_clear_error (error);
      g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                   _ ("%s isn't built as “%s”: give the architecture that has such arrays (%s)."),
                   dot_weights_get_path (part->weights), part->architecture->name, same);
    }
  else if (*other)
    replace_by_role (part, error);
}

static gboolean
describe (const Part *part, DotPairShape *shape, GError **error)
{
  g_autoptr (GError) reason = NULL;
  gboolean described;

  memset (shape, 0, sizeof (*shape));
  described = part->is_generator
                ? part->architecture->describe_generator (part->weights, shape, &reason)
                : part->architecture->describe_discriminator (part->weights, shape, &reason);
  if (described)
    return TRUE;

  explain (part, &reason);
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

/**
 * dot_architecture_describe_find:
 * @is_generator: or a discriminator
 * @shape: (out): what it says of the pair
 *
 * Returns: (transfer none) (nullable): the architecture, where the names of a
 *   file's arrays are no other's; %NULL with %DOT_ERROR_FAILED where they are,
 *   and nothing can be done with it
 */
const DotArchitecture *
dot_architecture_describe_find (DotWeights   *weights,
                                gboolean      is_generator,
                                DotPairShape *shape,
                                GError      **error)
{
  const char *label;
  const char *name;

  for (guint i = 0; (name = dot_architecture_get_name (i, &label)); i++)
    {
      const DotArchitecture *architecture = dot_architecture_find (name, NULL);
      g_autoptr (GError) reason           = NULL;

      memset (shape, 0, sizeof (*shape));
      if (! architecture || ! architecture->named)
        continue;
      if (is_generator ? architecture->describe_generator (weights, shape, &reason)
                       : architecture->describe_discriminator (weights, shape, &reason))
        return architecture;
      if (g_error_matches (reason, DOT_ERROR, DOT_ERROR_FAILED))
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return NULL;
        }
    }
  return NULL;
}

/**
 * dot_architecture_describe_pair:
 * @generator: how @g is built
 * @discriminator: how @d is built, which may be another way
 * @shape: (out): of the pair
 *
 * Any G and D go together whose images and labels match, from one training
 * or from two.
 *
 * Returns: %FALSE with the reason where they don't
 */
gboolean
dot_architecture_describe_pair (const DotArchitecture *generator,
                                DotWeights            *g,
                                const DotArchitecture *discriminator,
                                DotWeights            *d,
                                DotPairShape          *shape,
                                GError               **error)
{
  const Part   g_part = { generator, g, TRUE };
  const Part   d_part = { discriminator, d, FALSE };
  DotPairShape d_shape;

  if (! describe (&g_part, shape, error) || ! describe (&d_part, &d_shape, error) ||
      set_mismatch (shape, g, &d_shape, d, error))
    return FALSE;

  shape->ignores_labels = d_shape.ignores_labels;
  shape->group          = d_shape.group;
  return TRUE;
}
