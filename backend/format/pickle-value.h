/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "tensor.h"

G_BEGIN_DECLS

/**
 * DotPickleKind:
 * @DOT_PICKLE_NONE: None
 * @DOT_PICKLE_INERT: something that no network needs, of which nothing is kept
 * @DOT_PICKLE_GLOBAL: the name of a function or a class, which is never looked up
 */
typedef enum
{
  DOT_PICKLE_NONE,
  DOT_PICKLE_INERT,
  DOT_PICKLE_BOOLEAN,
  DOT_PICKLE_INTEGER,
  DOT_PICKLE_REAL,
  DOT_PICKLE_TEXT,
  DOT_PICKLE_BYTES,
  DOT_PICKLE_TUPLE,
  DOT_PICKLE_LIST,
  DOT_PICKLE_DICTIONARY,
  DOT_PICKLE_GLOBAL,
  DOT_PICKLE_OBJECT,
  DOT_PICKLE_STORAGE,
  DOT_PICKLE_TENSOR
} DotPickleKind;

/**
 * DotPickleValue:
 * @integer: 0 or 1 of a boolean, too
 * @text: bytes, too; lies in the file
 * @items: (nullable): of a tuple, a list or a dictionary, whose keys and values
 *   take turns; %NULL where there are none
 * @module, @name: of a global, and of an object's class
 * @state: (nullable): a dictionary
 *
 * What an instruction of a pickle makes.  Values may lie in several others, and
 * in themselves: none of them owns another.
 */
typedef struct _DotPickleValue DotPickleValue;

struct _DotPickleValue
{
  DotPickleKind kind;
  union
  {
    gint64      integer;
    double      real;
    DotSlice    text;
    GPtrArray  *items;
    DotStorage *storage;
    DotTensor  *tensor;
    struct
    {
      DotSlice        module;
      DotSlice        name;
      DotPickleValue *state;
    };
  };
};

/**
 * DotPickleArena:
 * @steps: how many instructions were followed
 *
 * Owns all values and storages of a file.
 */
typedef struct
{
  GPtrArray *values;
  GPtrArray *storages;
  guint      steps;
} DotPickleArena;

void dot_pickle_value_arena_init (DotPickleArena *arena);
void dot_pickle_value_arena_clear (DotPickleArena *arena);

DotPickleValue *dot_pickle_value_new (DotPickleArena *arena, DotPickleKind kind);
gboolean        dot_pickle_value_has_items (const DotPickleValue *value);
void            dot_pickle_value_append (DotPickleValue *value, DotPickleValue *item);
guint           dot_pickle_value_get_length (const DotPickleValue *value);
DotPickleValue *dot_pickle_value_get_item (const DotPickleValue *value, guint i);
DotPickleValue *dot_pickle_value_look_up (const DotPickleValue *value, const char *key);
gboolean        dot_pickle_value_get_size (const DotPickleValue *value, gsize *size);

G_END_DECLS
