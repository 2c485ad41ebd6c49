/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The values of a pickle: data, whatever the pickle would have made of it. */

#include "pickle-value.h"

/**
 * dot_pickle_value_has_items:
 *
 * Returns: whether @value is a tuple, a list or a dictionary
 */
gboolean
dot_pickle_value_has_items (const DotPickleValue *value)
{
  return value->kind == DOT_PICKLE_TUPLE || value->kind == DOT_PICKLE_LIST ||
         value->kind == DOT_PICKLE_DICTIONARY;
}

/* Of this value alone, whatever it holds. */
static void
value_free (gpointer data)
{
  DotPickleValue *value = data;

  if (dot_pickle_value_has_items (value) && value->items)
    g_ptr_array_unref (value->items);
  if (value->kind == DOT_PICKLE_TENSOR)
    g_free (value->tensor);
  g_free (value);
}

void
dot_pickle_value_arena_init (DotPickleArena *arena)
{
  arena->values   = g_ptr_array_new_with_free_func (value_free);
  arena->storages = g_ptr_array_new_with_free_func (g_free);
  arena->steps    = 0;
}

void
dot_pickle_value_arena_clear (DotPickleArena *arena)
{
  g_clear_pointer (&arena->values, g_ptr_array_unref);
  g_clear_pointer (&arena->storages, g_ptr_array_unref);
}

/**
 * dot_pickle_value_new:
 *
 * Returns: (transfer none): an empty one
 */
DotPickleValue *
dot_pickle_value_new (DotPickleArena *arena, DotPickleKind kind)
{
  DotPickleValue *value = g_new0 (DotPickleValue, 1);

  value->kind = kind;
  g_ptr_array_add (arena->values, value);
  return value;
}

/**
 * dot_pickle_value_append:
 * @value: a tuple, a list or a dictionary
 */
void
dot_pickle_value_append (DotPickleValue *value, DotPickleValue *item)
{
  if (! value->items)
    value->items = g_ptr_array_new ();
  g_ptr_array_add (value->items, item);
}

/**
 * dot_pickle_value_get_length:
 *
 * Returns: how many items @value has; of a dictionary keys and values
 */
guint
dot_pickle_value_get_length (const DotPickleValue *value)
{
  return dot_pickle_value_has_items (value) && value->items ? value->items->len : 0;
}

DotPickleValue *
dot_pickle_value_get_item (const DotPickleValue *value, guint i)
{
  return value->items->pdata[i];
}

/**
 * dot_pickle_value_look_up:
 * @value: a dictionary
 *
 * Returns: (nullable): what @key stands for
 */
DotPickleValue *
dot_pickle_value_look_up (const DotPickleValue *value, const char *key)
{
  /* Of two the last one counts. */
  for (guint i = dot_pickle_value_get_length (value); i >= 2; i -= 2)
    {
      const DotPickleValue *name = dot_pickle_value_get_item (value, i - 2);

      if (name->kind == DOT_PICKLE_TEXT && dot_slice_is (&name->text, key))
        return dot_pickle_value_get_item (value, i - 1);
    }
  return NULL;
}

/**
 * dot_pickle_value_get_size:
 * @size: (out):
 *
 * Returns: whether @value is a whole number that isn't negative
 */
gboolean
dot_pickle_value_get_size (const DotPickleValue *value, gsize *size)
{
  if (value->kind != DOT_PICKLE_INTEGER || value->integer < 0)
    return FALSE;
  *size = (gsize) value->integer;
  return TRUE;
}
