/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "classes.h"

#include "dot-resources.h"

#include "base/intl.h"

#include <string.h>

#define N_IMAGENET 1000

/* The 1000 classes of ImageNet's 2012 challenge, in its order; read once. */
static const DotClass *
imagenet_classes (void)
{
  static gsize    loaded = 0;
  static DotClass classes[N_IMAGENET];

  if (g_once_init_enter (&loaded))
    {
      g_autoptr (GBytes)
        table = g_resource_lookup_data (dot_get_resource (), "/dot-refine/imagenet-classes.tsv",
                                        G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      g_auto (GStrv) lines = g_strsplit (g_bytes_get_data (table, NULL), "\n", -1);

      for (guint i = 0; i < N_IMAGENET && lines[i]; i++)
        {
          g_auto (GStrv) columns = g_strsplit (lines[i], "\t", 4);

          if (g_strv_length (columns) == 4)
            classes[i] = (DotClass) {
              .label    = i,
              .index    = i,
              .wnid     = g_intern_string (columns[1]),
              .name     = g_intern_string (columns[2]),
              .synonyms = g_intern_string (columns[3]),
            };
        }
      g_once_init_leave (&loaded, 1);
    }

  return classes;
}

/**
 * dot_classes_new_for_labels:
 * @n_labels: rows of a pair's label tables, 0 without labels
 *
 * Returns: (transfer full): names for a pair that comes without any:
 *   ImageNet's for 1000 labels, "class 3" for others
 */
GArray *
dot_classes_new_for_labels (guint n_labels)
{
  GArray *classes = g_array_new (FALSE, TRUE, sizeof (DotClass));

  for (guint i = 0; i < MAX (n_labels, 1); i++)
    {
      g_autofree char *name  = g_strdup_printf (_ ("class %u"), i);
      DotClass         klass = { .label = i, .index = i };

      klass.name = g_intern_string (n_labels ? name : _ ("any"));
      if (n_labels == N_IMAGENET)
        klass = imagenet_classes ()[i];
      g_array_append_val (classes, klass);
    }

  return classes;
}

/**
 * dot_classes_init_class:
 * @wnid: (nullable): the WordNet id, which gives what else is missing
 * @name: (nullable):
 * @index: the ImageNet index, or −1
 *
 * Fills a class from a manifest.
 */
void
dot_classes_init_class (DotClass   *klass,
                        guint       label,
                        const char *wnid,
                        const char *name,
                        gint64      index)
{
  const DotClass  *known    = NULL;
  g_autofree char *fallback = g_strdup_printf (_ ("class %u"), label);

  for (guint i = 0; wnid && ! known && i < N_IMAGENET; i++)
    if (strcmp (imagenet_classes ()[i].wnid, wnid) == 0)
      known = &imagenet_classes ()[i];

  klass->label    = label;
  klass->index    = index >= 0 ? (guint) index : known ? known->index : label;
  klass->wnid     = g_intern_string (wnid);
  klass->synonyms = known ? known->synonyms : NULL;
  klass->name = name ? g_intern_string (name) : known ? known->name : g_intern_string (fallback);
}

/**
 * dot_classes_is_named:
 *
 * Returns: whether the class has a name of its own, not only a number
 */
gboolean
dot_classes_is_named (const DotClass *klass)
{
  g_autofree char *fallback = g_strdup_printf (_ ("class %u"), klass->label);

  return klass->name && strcmp (klass->name, fallback) != 0;
}

static gboolean
same_word (const char *a, const char *b)
{
  g_autofree char *folded_a = g_utf8_casefold (a, -1);
  g_autofree char *folded_b = g_utf8_casefold (b, -1);

  return strcmp (folded_a, folded_b) == 0;
}

static gboolean
has_synonym (const DotClass *klass, const char *text)
{
  g_auto (GStrv) words = g_strsplit (klass->synonyms ? klass->synonyms : "", ", ", -1);

  for (guint i = 0; words[i]; i++)
    if (same_word (words[i], text))
      return TRUE;
  return FALSE;
}

static gboolean
has_index (const DotClass *klass, const char *text)
{
  char   *end;
  guint64 index = g_ascii_strtoull (text, &end, 10);

  return g_ascii_isdigit (*text) && *end == '\0' && index == klass->index;
}

static gboolean
has_name (const DotClass *klass, const char *text)
{
  return same_word (klass->name, text) || (klass->wnid && same_word (klass->wnid, text)) ||
         has_index (klass, text);
}

/**
 * dot_classes_find:
 * @text: a name, a WordNet id, an index or a synonym; case doesn't matter
 *
 * Returns: (transfer none) (nullable): the class; a name goes before a synonym
 */
const DotClass *
dot_classes_find (GArray *classes, const char *text)
{
  for (guint i = 0; i < classes->len; i++)
    if (has_name (&g_array_index (classes, DotClass, i), text))
      return &g_array_index (classes, DotClass, i);

  for (guint i = 0; i < classes->len; i++)
    if (has_synonym (&g_array_index (classes, DotClass, i), text))
      return &g_array_index (classes, DotClass, i);
  return NULL;
}
