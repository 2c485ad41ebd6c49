/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What arrays an architecture's files have, and of what shapes: those that its
 * trainings begin with, of sizes that show what each axis is. */

#include "architecture-arrays.h"

#include "base/intl.h"

#include <string.h>

/* Primes, so that an axis is a multiple of one of them only. */
#define LATENT 1009
#define LABELS 1013
#define WIDTH  1019

/* A size that most people have. */
#define USUAL_SIZE 64

/* What there may be in a network or not, a bit each. */
enum
{
  WITH_LABELS    = 1 << 0,
  WITH_ATTENTION = 1 << 1,
  WITH_SPECTRAL  = 1 << 2,
  N_VARIANTS     = 1 << 3
};

typedef struct
{
  GPtrArray        *arrays;
  GHashTable       *variants;
  const DotInitial *initial;
  guint             variant;
} Listing;

static void
array_free (gpointer data)
{
  DotArchitectureArray *array = data;

  g_free (array->name);
  g_strfreev (array->axes);
  g_free (array);
}

/*  sizes  */

static char *
list_sizes (const DotInitial *initial)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (const guint *size = initial->image_sizes; *size; size++)
    g_string_append_printf (list, "%s%u", list->len ? ", " : "", *size);
  return g_string_free (g_steal_pointer (&list), FALSE);
}

static gboolean
has_size (const DotInitial *initial, guint image_size)
{
  for (const guint *size = initial->image_sizes; *size; size++)
    if (*size == image_size)
      return TRUE;
  return FALSE;
}

/**
 * dot_architecture_arrays_choose_size:
 * @image_size: which of those that the architecture has; 0 for a usual one
 *
 * Returns: the size, or 0 with the reason why its arrays can't be listed
 */
guint
dot_architecture_arrays_choose_size (const DotArchitecture *architecture,
                                     guint                  image_size,
                                     GError               **error)
{
  const DotInitial *initial = architecture->initial;
  g_autofree char  *sizes   = NULL;

  if (! initial)
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND,
                   _ ("The arrays of “%s” aren't listed: docs/formats.md describes them."),
                   architecture->name);
      return 0;
    }
  if (image_size == 0)
    return has_size (initial, USUAL_SIZE) ? USUAL_SIZE : initial->image_sizes[0];
  if (has_size (initial, image_size))
    return image_size;

  sizes = list_sizes (initial);
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("There is no “%s” for %u pixels: take one of %s."), architecture->name, image_size,
               sizes);
  return 0;
}

/*  arrays  */

/* "16·ch", "ch/4", "3·ch/4", of a width that is @unit times as many. */
static char *
describe_width (gsize times, gsize unit)
{
  gsize over = unit;

  for (; times % 2 == 0 && over % 2 == 0; times /= 2)
    over /= 2;
  if (times == 1 && over == 1)
    return g_strdup ("ch");
  if (over == 1)
    return g_strdup_printf ("%zu·ch", times);
  return times == 1 ? g_strdup_printf ("ch/%zu", over)
                    : g_strdup_printf ("%zu·ch/%zu", times, over);
}

static char *
describe_axis (gsize axis, gsize unit)
{
  if (axis == LATENT)
    return g_strdup ("z");
  if (axis == LABELS)
    return g_strdup ("classes");
  if (axis % WIDTH == 0)
    return describe_width (axis / WIDTH, unit);
  return g_strdup_printf ("%zu", axis);
}

/* The first time that it comes up in any variant. */
static void
add_array (Listing *listing, const char *key, guint n_dims, const gsize *shape)
{
  DotArchitectureArray *array   = g_new0 (DotArchitectureArray, 1);
  g_autoptr (GStrvBuilder) axes = g_strv_builder_new ();

  for (guint i = 0; i < n_dims; i++)
    {
      g_autofree char *axis = describe_axis (shape[i], listing->initial->width_unit);

      g_strv_builder_add (axes, axis);
    }
  array->name = g_strdup (key);
  array->axes = g_strv_builder_end (axes);
  g_ptr_array_add (listing->arrays, array);
}

static void
list_array (const char *key, guint n_dims, const gsize *shape, gpointer user_data)
{
  Listing *listing = user_data;
  guint    seen    = GPOINTER_TO_UINT (g_hash_table_lookup (listing->variants, key));

  /* A vector of spectral norms that nobody reads is training's. */
  if (g_str_has_suffix (key, "/u") && ! listing->initial->keeps_vectors)
    return;
  if (seen == 0)
    add_array (listing, key, n_dims, shape);
  g_hash_table_insert (listing->variants, g_strdup (key),
                       GUINT_TO_POINTER (seen | 1 << listing->variant));
}

static guint
get_possible (const DotInitial *initial)
{
  return (initial->takes_labels ? WITH_LABELS : 0) |
         (initial->takes_attention ? WITH_ATTENTION : 0) |
         (initial->has_critics ? WITH_SPECTRAL : 0);
}

static void
list_variant (Listing *listing, const DotArchitecture *architecture, guint image_size, guint file)
{
  const DotInitial *initial = listing->initial;
  guint             width   = WIDTH * initial->width_unit;
  DotInitialSizes   sizes   = { .architecture = architecture->name,
                                .image_size   = image_size,
                                .latent_size  = LATENT,
                                .widths       = { width, width },
                                .n_labels     = listing->variant & WITH_LABELS ? LABELS : 0,
                                .attention    = (listing->variant & WITH_ATTENTION) != 0,
                                .spectral     = (listing->variant & WITH_SPECTRAL) != 0 };

  dot_initial_list (initial, &sizes, file, list_array, listing);
}

/* Whether the array is in just those variants that have @bit, or haven't. */
static gboolean
depends_on (guint seen, guint possible, guint bit, gboolean with)
{
  for (guint variant = 0; variant < N_VARIANTS; variant++)
    if (! (variant & ~possible) && ((seen & 1 << variant) != 0) != (((variant & bit) != 0) == with))
      return FALSE;
  return TRUE;
}

static const char *
describe_variants (guint seen, guint possible)
{
  static const struct
  {
    guint       bit;
    gboolean    with;
    const char *words;
  } conditions[] = {
    { WITH_LABELS, TRUE, N_ ("with classes") },           { WITH_LABELS, FALSE, N_ ("without classes") },
    { WITH_ATTENTION, TRUE, N_ ("with self-attention") }, { WITH_SPECTRAL, TRUE, N_ ("SNGAN's critic") },
    { WITH_SPECTRAL, FALSE, N_ ("WGAN's critic") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (conditions); i++)
    if ((possible & conditions[i].bit) &&
        depends_on (seen, possible, conditions[i].bit, conditions[i].with))
      return _ (conditions[i].words);
  return NULL;
}

/**
 * dot_architecture_arrays_list:
 * @image_size: which dot_architecture_arrays_choose_size() gave
 * @file: 0 for the generator, 1 for the discriminator
 *
 * Returns: (transfer full) (element-type DotArchitectureArray): what a file has
 *   that is read, in the order of the layers
 */
GPtrArray *
dot_architecture_arrays_list (const DotArchitecture *architecture, guint image_size, guint file)
{
  g_autoptr (GHashTable) variants = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint   possible                = get_possible (architecture->initial);
  Listing listing                 = { .arrays   = g_ptr_array_new_with_free_func (array_free),
                                      .variants = variants,
                                      .initial  = architecture->initial };

  for (; listing.variant < N_VARIANTS; listing.variant++)
    if (! (listing.variant & ~possible))
      list_variant (&listing, architecture, image_size, file);

  for (guint i = 0; i < listing.arrays->len; i++)
    {
      DotArchitectureArray *array = listing.arrays->pdata[i];

      array->when = describe_variants (GPOINTER_TO_UINT (
                                         g_hash_table_lookup (variants, array->name)),
                                       possible);
    }
  return listing.arrays;
}
