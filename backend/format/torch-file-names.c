/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Dictionaries in one another, and objects with their parameters, buffers and
 * modules, become one list: "G_ema/mapping.fc0.weight". */

#include "torch-file-names.h"

#include "dot.h"
#include "pickle-error.h"

#include "base/intl.h"

#include <string.h>

/* Deeper than this no network lies. */
#define MAX_DEPTH 64

/* A value may lie in several others: what is met is counted, not what is there. */
#define MAX_MET 200000

/* What has a longer name is nothing that anyone asks for. */
#define MAX_NAME 512

#define PARALLEL "module."

/* A dictionary that is being gone through, its next key, and how much of the
 * name is its own.  @is_state: an object's; @in_object: that, or a part of one. */
typedef struct
{
  const DotPickleValue *items;
  guint                 next;
  gsize                 length;
  gboolean              is_state;
  gboolean              in_object;
  char                  separator;
} Frame;

typedef struct
{
  DotTorchFileNames *names;
  GArray            *frames;
  GString           *name;
  guint              met;
} Walk;

/*  names  */

static gboolean
append_key (Walk *walk, const Frame *frame, const DotPickleValue *key)
{
  g_string_truncate (walk->name, frame->length);
  if (frame->length > 0)
    g_string_append_c (walk->name, frame->separator);
  if (key->kind == DOT_PICKLE_INTEGER)
    g_string_append_printf (walk->name, "%" G_GINT64_FORMAT, key->integer);
  else if (key->text.size > MAX_NAME || memchr (key->text.bytes, '\0', key->text.size))
    return FALSE;
  else
    g_string_append_len (walk->name, (const char *) key->text.bytes, key->text.size);
  return walk->name->len <= MAX_NAME && dot_line_is_valid (walk->name->str);
}

/* Whether the last part of @name is @part. */
static gboolean
ends_in (const char *name, const char *part)
{
  gsize length = strlen (name);
  gsize size   = strlen (part);

  return g_str_has_suffix (name, part) &&
         (length == size || strchr ("./", name[length - size - 1]) != NULL);
}

/* Of two of one name the last one counts, as in Python.  A count of batches is
 * no array of a network's. */
static void
add (Walk *walk, DotPickleValue *value)
{
  GHashTable *values = walk->names->values;
  char       *name;

  if (walk->name->len == 0 || ends_in (walk->name->str, "num_batches_tracked"))
    return;
  name = g_strdup (walk->name->str);
  if (value->kind == DOT_PICKLE_TENSOR && ! g_hash_table_contains (values, name))
    g_ptr_array_add (walk->names->keys, g_strdup (name));
  g_hash_table_replace (values, name, value);
}

/*  the walk  */

/* What lies in itself is gone through once. */
static gboolean
is_open (const Walk *walk, const DotPickleValue *items)
{
  for (guint i = 0; i < walk->frames->len; i++)
    if (g_array_index (walk->frames, Frame, i).items == items)
      return TRUE;
  return FALSE;
}

static void
open_items (Walk *walk, Frame frame)
{
  frame.length = walk->name->len;
  if (! is_open (walk, frame.items))
    g_array_append_val (walk->frames, frame);
}

/* An object in a dictionary is a network, the objects in it are its layers. */
static void
meet_object (Walk *walk, DotPickleValue *object, gboolean in_object)
{
  Frame frame = { .items     = object->state,
                  .is_state  = TRUE,
                  .in_object = TRUE,
                  .separator = in_object ? '.' : '/' };

  add (walk, object);
  if (object->state)
    open_items (walk, frame);
}

static void
meet (Walk *walk, DotPickleValue *value, gboolean in_object)
{
  switch (value->kind)
    {
    case DOT_PICKLE_DICTIONARY:
      open_items (walk, (Frame) { .items = value, .separator = '/' });
      break;
    case DOT_PICKLE_OBJECT:
      meet_object (walk, value, in_object);
      break;
    case DOT_PICKLE_TENSOR:
    case DOT_PICKLE_BOOLEAN:
    case DOT_PICKLE_INTEGER:
    case DOT_PICKLE_REAL:
    case DOT_PICKLE_TEXT:
      add (walk, value);
      break;
    default:
      break;
    }
}

/* What a module of PyTorch's has is named as if it were the module's own. */
static gboolean
is_part_of_module (const DotPickleValue *key, const DotPickleValue *value)
{
  return value->kind == DOT_PICKLE_DICTIONARY && key->kind == DOT_PICKLE_TEXT &&
         (dot_slice_is (&key->text, "_parameters") || dot_slice_is (&key->text, "_buffers") ||
          dot_slice_is (&key->text, "_modules"));
}

static void
meet_next (Walk *walk)
{
  /* A copy: the array moves when it grows. */
  Frame           frame = g_array_index (walk->frames, Frame, walk->frames->len - 1);
  DotPickleValue *key   = dot_pickle_value_get_item (frame.items, frame.next);
  DotPickleValue *value = dot_pickle_value_get_item (frame.items, frame.next + 1);

  g_array_index (walk->frames, Frame, walk->frames->len - 1).next += 2;
  if (frame.is_state && is_part_of_module (key, value))
    {
      g_string_truncate (walk->name, frame.length);
      open_items (walk,
                  (Frame) { .items = value, .in_object = TRUE, .separator = frame.separator });
    }
  else if (append_key (walk, &frame, key))
    meet (walk, value, frame.in_object);
}

/* Returns: %FALSE where there is more than in any network */
static gboolean
walk_all (Walk *walk, DotPickleValue *root)
{
  meet (walk, root, FALSE);
  while (walk->frames->len > 0)
    {
      const Frame *frame = &g_array_index (walk->frames, Frame, walk->frames->len - 1);

      if (walk->frames->len > MAX_DEPTH || walk->met++ > MAX_MET)
        return FALSE;
      if (frame->next < dot_pickle_value_get_length (frame->items))
        meet_next (walk);
      else
        g_array_set_size (walk->frames, walk->frames->len - 1);
    }
  return TRUE;
}

/*  torch.nn.DataParallel  */

/* Where the name of an array in its dictionary begins. */
static gsize
find_local_name (const char *name)
{
  const char *slash = strrchr (name, '/');

  return slash ? slash + 1 - name : 0;
}

/* The dictionaries with an array that isn't called "module.…". */
static GHashTable *
find_plain_dictionaries (const GPtrArray *keys)
{
  GHashTable *plain = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < keys->len; i++)
    {
      const char *name  = keys->pdata[i];
      gsize       local = find_local_name (name);

      if (! g_str_has_prefix (name + local, PARALLEL))
        g_hash_table_add (plain, g_strndup (name, local));
    }
  return plain;
}

/* Where all names of a dictionary begin with "module." they are listed without
 * it, and found in either way. */
static void
cut_parallel (DotTorchFileNames *names)
{
  g_autoptr (GHashTable) plain = find_plain_dictionaries (names->keys);

  for (guint i = 0; i < names->keys->len; i++)
    {
      char            *name       = names->keys->pdata[i];
      gsize            local      = find_local_name (name);
      g_autofree char *dictionary = g_strndup (name, local);
      char            *cut;

      if (g_hash_table_contains (plain, dictionary))
        continue;
      cut = g_strconcat (dictionary, name + local + strlen (PARALLEL), NULL);
      g_hash_table_replace (names->values, g_strdup (cut),
                            g_hash_table_lookup (names->values, name));
      names->keys->pdata[i] = cut;
      g_free (name);
    }
}

/**
 * dot_torch_file_names_init:
 * @names: (out caller-allocates):
 * @root: what was saved
 * @path: for messages
 */
gboolean
dot_torch_file_names_init (DotTorchFileNames *names,
                           DotPickleValue    *root,
                           const char        *path,
                           GError           **error)
{
  g_autoptr (GArray) frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  g_autoptr (GString) name  = g_string_new (NULL);
  Walk walk                 = { .names = names, .frames = frames, .name = name };

  names->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  names->keys   = g_ptr_array_new_with_free_func (g_free);
  if (! walk_all (&walk, root))
    return dot_pickle_error_damaged (path, _ ("it is longer than any network's"), error) != NULL;
  if (names->keys->len == 0)
    return dot_pickle_error_damaged (path, _ ("it holds no arrays"), error) != NULL;
  cut_parallel (names);
  return TRUE;
}

void
dot_torch_file_names_clear (DotTorchFileNames *names)
{
  g_clear_pointer (&names->values, g_hash_table_unref);
  g_clear_pointer (&names->keys, g_ptr_array_unref);
}
