/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "class-list.h"

#include <string.h>

/**
 * DotClassList:
 *
 * A model's classes, for a person who looks for one: those used of late go
 * first, and of the others those that what is typed means more likely.
 */

/* how well a class fits what is typed; an exact name goes before all */
typedef enum
{
  MATCH_EXACT,
  MATCH_NAME_BEGINS,
  MATCH_NAME_WORDS,
  MATCH_OTHER_WORDS,
  MATCH_ANYWHERE,
  MATCH_NONE
} Match;

#define NOT_RECENT G_MAXUINT

/* key: name, synonyms and WordNet id, folded; recent: 0 is the last one */
typedef struct
{
  const DotClass *klass;
  const char     *text;
  char           *name;
  char           *words;
  char           *key;
  guint           recent;
} Item;

struct _DotClassList
{
  DotModel *model;
  GArray   *items;
};

static Item *
get_item (DotClassList *list, guint position)
{
  return &g_array_index (list->items, Item, position);
}

static const char *
or_nothing (const char *text)
{
  return text ? text : "";
}

static void
item_init (Item *item, const DotClass *klass)
{
  item->klass  = klass;
  item->name   = g_utf8_casefold (klass->name, -1);
  item->words  = g_strdup_printf ("%s %s %s", klass->name, or_nothing (klass->synonyms),
                                  or_nothing (klass->wnid));
  item->key    = g_utf8_casefold (item->words, -1);
  item->recent = NOT_RECENT;
}

static void
item_clear (gpointer data)
{
  Item *item = data;

  g_free (item->name);
  g_free (item->words);
  g_free (item->key);
}

static void
add_name (GHashTable *names, char *name, Item *item)
{
  if (g_hash_table_contains (names, name))
    g_free (name);
  else
    g_hash_table_insert (names, name, item);
}

/* As dot_class_list_get_class_text(), which looks through all classes for each: with a
 * thousand of them that is felt.  Only a name that is a number needs it. */
static void
find_texts (DotClassList *list)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < list->items->len; i++)
    {
      Item *item = get_item (list, i);

      add_name (names, g_strdup (item->name), item);
      add_name (names, g_utf8_casefold (or_nothing (item->klass->wnid), -1), item);
    }

  for (guint i = 0; i < list->items->len; i++)
    {
      Item *item = get_item (list, i);

      if (g_ascii_isdigit (*item->name))
        item->text = dot_class_list_get_class_text (list->model, item->klass);
      else if (item->klass->wnid && g_hash_table_lookup (names, item->name) != item)
        item->text = item->klass->wnid;
      else
        item->text = item->klass->name;
    }
}

/* Classes of other models may be among them. */
static void
mark_recent (DotClassList *list, const char *const *recent)
{
  for (guint r = 0; recent && list->model && recent[r]; r++)
    {
      const DotClass *klass = dot_model_find_class (list->model, recent[r], NULL);

      for (guint i = 0; klass && i < list->items->len; i++)
        if (get_item (list, i)->klass == klass)
          get_item (list, i)->recent = MIN (get_item (list, i)->recent, r);
    }
}

/**
 * dot_class_list_new:
 * @model: (nullable): whose classes
 * @recent: (nullable): the classes used of late, newest first
 *
 * Returns: (transfer full): a list
 */
DotClassList *
dot_class_list_new (DotModel *model, const char *const *recent)
{
  DotClassList *list = g_new0 (DotClassList, 1);
  guint         n    = model ? dot_model_get_n_classes (model) : 0;

  list->model = model ? dot_model_ref (model) : NULL;
  list->items = g_array_new (FALSE, TRUE, sizeof (Item));
  g_array_set_clear_func (list->items, item_clear);
  g_array_set_size (list->items, n);
  for (guint i = 0; i < n; i++)
    item_init (get_item (list, i), dot_model_get_class (model, i));
  find_texts (list);
  mark_recent (list, recent);
  return list;
}

void
dot_class_list_free (DotClassList *list)
{
  if (! list)
    return;

  g_array_unref (list->items);
  g_clear_pointer (&list->model, dot_model_unref);
  g_free (list);
}

guint
dot_class_list_get_n (DotClassList *list)
{
  return list->items->len;
}

/**
 * dot_class_list_get_text:
 * @position: 0 … n − 1
 *
 * Returns: what stands for the class in an entry, dot_class_list_get_class_text()
 */
const char *
dot_class_list_get_text (DotClassList *list, guint position)
{
  return get_item (list, position)->text;
}

/**
 * dot_class_list_get_detail:
 *
 * Returns: (transfer full): what else a class is called
 */
char *
dot_class_list_get_detail (DotClassList *list, guint position)
{
  const DotClass *klass    = get_item (list, position)->klass;
  const char     *parts[3] = { NULL };
  guint           n        = 0;

  if (klass->synonyms && *klass->synonyms)
    parts[n++] = klass->synonyms;
  if (klass->wnid)
    parts[n++] = klass->wnid;
  return g_strjoinv (" · ", (char **) parts);
}

gboolean
dot_class_list_is_recent (DotClassList *list, guint position)
{
  return get_item (list, position)->recent != NOT_RECENT;
}

/*  looking for one  */

static Match
match_item (const Item *item, const char *typed, const char *folded)
{
  if (strcmp (item->name, folded) == 0 ||
      g_ascii_strcasecmp (or_nothing (item->klass->wnid), typed) == 0)
    return MATCH_EXACT;
  if (g_str_has_prefix (item->name, folded))
    return MATCH_NAME_BEGINS;
  /* begins of words, whatever their order, accents and case */
  if (g_str_match_string (typed, item->klass->name, TRUE))
    return MATCH_NAME_WORDS;
  if (g_str_match_string (typed, item->words, TRUE))
    return MATCH_OTHER_WORDS;
  return strstr (item->key, folded) ? MATCH_ANYWHERE : MATCH_NONE;
}

typedef struct
{
  const Item *item;
  guint       position;
  Match       match;
} Found;

/* Exact, recent, likely, and else as in the model. */
static int
compare_found (gconstpointer a, gconstpointer b)
{
  const Found *one = a, *other = b;
  gboolean     one_exact   = one->match == MATCH_EXACT;
  gboolean     other_exact = other->match == MATCH_EXACT;

  if ((one->match == MATCH_NONE) != (other->match == MATCH_NONE))
    return one->match == MATCH_NONE ? 1 : -1;
  if (one_exact != other_exact)
    return one_exact ? -1 : 1;
  if (one->item->recent != other->item->recent)
    return one->item->recent < other->item->recent ? -1 : 1;
  if (one->match != other->match)
    return one->match < other->match ? -1 : 1;
  return one->position < other->position ? -1 : one->position > other->position;
}

/**
 * dot_class_list_search:
 * @typed: a part of a name, a synonym or a WordNet id, or begins of words;
 *   everything fits nothing
 * @order: (out caller-allocates) (array): all positions; what fits goes first,
 *   classes used of late before others
 *
 * Returns: how many fit
 */
guint
dot_class_list_search (DotClassList *list, const char *typed, guint *order)
{
  g_autofree char  *stripped = g_strstrip (g_strdup (typed));
  g_autofree char  *folded   = g_utf8_casefold (stripped, -1);
  guint             n        = list->items->len;
  guint             n_fit    = 0;
  g_autofree Found *found    = g_new (Found, n + 1);

  for (guint i = 0; i < n; i++)
    {
      const Item *item = get_item (list, i);

      found[i] = (Found) { item, i,
                           *folded ? match_item (item, stripped, folded) : MATCH_ANYWHERE };
      n_fit += found[i].match != MATCH_NONE;
    }
  qsort (found, n, sizeof (Found), compare_found);
  for (guint i = 0; i < n; i++)
    order[i] = found[i].position;
  return n_fit;
}

/**
 * dot_class_list_draw:
 * @but: a text that is not to come, where there is another
 * @chance: what decides
 *
 * The list must have a class.
 *
 * Returns: a position
 */
guint
dot_class_list_draw (DotClassList *list, const char *but, GRand *chance)
{
  guint           n      = list->items->len;
  const DotClass *before = NULL;
  guint           drawn  = 0;

  if (but && *but)
    before = dot_model_find_class (list->model, but, NULL);

  do
    drawn = (guint) g_rand_int_range (chance, 0, (gint32) n);
  while (n > 1 && get_item (list, drawn)->klass == before);
  return drawn;
}

/**
 * dot_class_list_get_class_text:
 *
 * ImageNet has two cranes and two maillots: a name that leads elsewhere is no
 * name, the WordNet id is.
 *
 * Returns: what dot_model_find_class() finds @class by
 */
const char *
dot_class_list_get_class_text (DotModel *model, const DotClass *klass)
{
  if (klass->wnid && dot_model_find_class (model, klass->name, NULL) != klass)
    return klass->wnid;
  return klass->name;
}
