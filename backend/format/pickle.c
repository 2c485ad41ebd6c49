/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Follows a pickle's instructions on a stack and a memo, and makes data. */

#include "pickle.h"

#include "pickle-error.h"
#include "pickle-token.h"

#include "base/intl.h"

/* No network's file has a tenth of it; it bounds the memory that a file may
 * take, at some hundred bytes a step. */
#define MAX_STEPS 1000000

#define MAX_PROTOCOL 5

typedef struct
{
  DotPickle  *pickle;
  GPtrArray  *stack;
  GArray     *marks;
  GHashTable *memo;
} Machine;

typedef gboolean (*Step) (Machine *machine, const DotPickleToken *token, GError **error);

static gboolean
fail (Machine *machine, const char *reason, GError **error)
{
  return dot_pickle_error_damaged (machine->pickle->path, reason, error) != NULL;
}

static gboolean
fail_fit (Machine *machine, GError **error)
{
  return fail (machine, _ ("its instructions don't fit together"), error);
}

/*  the stack  */

static DotPickleValue *
push (Machine *machine, DotPickleKind kind)
{
  DotPickleValue *value = dot_pickle_value_new (machine->pickle->arena, kind);

  g_ptr_array_add (machine->stack, value);
  return value;
}

/* What was made, unless making it failed. */
static gboolean
push_made (Machine *machine, DotPickleValue *value)
{
  if (value)
    g_ptr_array_add (machine->stack, value);
  return value != NULL;
}

/* Where the values after the last mark begin. */
static guint
get_mark (Machine *machine)
{
  return machine->marks->len > 0 ? g_array_index (machine->marks, guint, machine->marks->len - 1)
                                 : 0;
}

/* (nullable) The value so many below the top, after the last mark. */
static DotPickleValue *
peek (Machine *machine, guint depth)
{
  guint n = machine->stack->len;

  return depth < n - get_mark (machine) ? machine->stack->pdata[n - 1 - depth] : NULL;
}

/* (nullable) */
static DotPickleValue *
pop (Machine *machine)
{
  DotPickleValue *value = peek (machine, 0);

  if (value)
    g_ptr_array_set_size (machine->stack, machine->stack->len - 1);
  return value;
}

/* The last mark goes, the values after it stay. */
static gboolean
pop_mark (Machine *machine, guint *begin)
{
  if (machine->marks->len == 0)
    return FALSE;
  *begin = get_mark (machine);
  g_array_set_size (machine->marks, machine->marks->len - 1);
  return TRUE;
}

/*  what is pushed  */

static gboolean
skip (Machine *machine, const DotPickleToken *token, GError **error)
{
  return TRUE;
}

static gboolean
check_protocol (Machine *machine, const DotPickleToken *token, GError **error)
{
  return token->number <= MAX_PROTOCOL || fail_fit (machine, error);
}

static gboolean
push_none (Machine *machine, const DotPickleToken *token, GError **error)
{
  push (machine, DOT_PICKLE_NONE);
  return TRUE;
}

static gboolean
push_boolean (Machine *machine, const DotPickleToken *token, GError **error)
{
  push (machine, DOT_PICKLE_BOOLEAN)->integer = token->op == DOT_PICKLE_OP_NEWTRUE;
  return TRUE;
}

static gboolean
push_integer (Machine *machine, const DotPickleToken *token, GError **error)
{
  push (machine, DOT_PICKLE_INTEGER)->integer = token->number;
  return TRUE;
}

/* How many bytes of a number in two's complement say something. */
static gsize
count_digits (const DotSlice *digits)
{
  gsize n = digits->size;

  while (n > 1 && digits->bytes[n - 1] == (digits->bytes[n - 2] & 0x80 ? 0xff : 0))
    n--;
  return n;
}

/* Of more than 64 bits nothing is kept. */
static gboolean
push_long (Machine *machine, const DotPickleToken *token, GError **error)
{
  gsize   n    = count_digits (&token->text);
  guint64 bits = 0;

  for (gsize i = 0; i < n && i < 8; i++)
    bits |= (guint64) token->text.bytes[i] << (8 * i);
  if (n > 8)
    push (machine, DOT_PICKLE_INERT);
  else
    push (machine, DOT_PICKLE_INTEGER)->integer = n > 0 ? (gint64) (bits << (64 - 8 * n)) >>
                                                            (64 - 8 * n)
                                                        : 0;
  return TRUE;
}

static gboolean
push_real (Machine *machine, const DotPickleToken *token, GError **error)
{
  push (machine, DOT_PICKLE_REAL)->real = token->real;
  return TRUE;
}

static gboolean
push_text (Machine *machine, const DotPickleToken *token, GError **error)
{
  push (machine, DOT_PICKLE_TEXT)->text = token->text;
  return TRUE;
}

static gboolean
push_bytes (Machine *machine, const DotPickleToken *token, GError **error)
{
  push (machine, DOT_PICKLE_BYTES)->text = token->text;
  return TRUE;
}

static gboolean
push_empty (Machine *machine, const DotPickleToken *token, GError **error)
{
  switch ((int) token->op)
    {
    case DOT_PICKLE_OP_EMPTY_DICT:
      push (machine, DOT_PICKLE_DICTIONARY);
      break;
    case DOT_PICKLE_OP_EMPTY_LIST:
      push (machine, DOT_PICKLE_LIST);
      break;
    case DOT_PICKLE_OP_EMPTY_TUPLE:
      push (machine, DOT_PICKLE_TUPLE);
      break;
    default:
      push (machine, DOT_PICKLE_INERT);
      break;
    }
  return TRUE;
}

static gboolean
push_global (Machine *machine, const DotPickleToken *token, GError **error)
{
  DotPickleValue *global = push (machine, DOT_PICKLE_GLOBAL);

  global->module = token->text;
  global->name   = token->name;
  return TRUE;
}

static gboolean
push_global_of_stack (Machine *machine, const DotPickleToken *token, GError **error)
{
  const DotPickleValue *name   = pop (machine);
  const DotPickleValue *module = pop (machine);
  DotPickleValue       *global;

  if (! module || ! name || module->kind != DOT_PICKLE_TEXT || name->kind != DOT_PICKLE_TEXT)
    return fail_fit (machine, error);
  global         = push (machine, DOT_PICKLE_GLOBAL);
  global->module = module->text;
  global->name   = name->text;
  return TRUE;
}

/*  the memo  */

static gboolean
put (Machine *machine, guint number, GError **error)
{
  DotPickleValue *top = peek (machine, 0);

  if (! top)
    return fail_fit (machine, error);
  g_hash_table_insert (machine->memo, GUINT_TO_POINTER (number), top);
  return TRUE;
}

static gboolean
put_by_number (Machine *machine, const DotPickleToken *token, GError **error)
{
  return put (machine, (guint) token->number, error);
}

static gboolean
put_next (Machine *machine, const DotPickleToken *token, GError **error)
{
  return put (machine, g_hash_table_size (machine->memo), error);
}

static gboolean
get (Machine *machine, const DotPickleToken *token, GError **error)
{
  return push_made (machine, g_hash_table_lookup (machine->memo,
                                                  GUINT_TO_POINTER ((guint) token->number))) ||
         fail_fit (machine, error);
}

/*  tuples, lists, dictionaries  */

static gboolean
mark (Machine *machine, const DotPickleToken *token, GError **error)
{
  g_array_append_val (machine->marks, machine->stack->len);
  return TRUE;
}

static gboolean
drop (Machine *machine, const DotPickleToken *token, GError **error)
{
  return pop (machine) != NULL || fail_fit (machine, error);
}

/* The values from @begin on become a tuple of them. */
static gboolean
make_tuple (Machine *machine, guint begin)
{
  DotPickleValue *tuple = dot_pickle_value_new (machine->pickle->arena, DOT_PICKLE_TUPLE);

  for (guint i = begin; i < machine->stack->len; i++)
    dot_pickle_value_append (tuple, machine->stack->pdata[i]);
  g_ptr_array_set_size (machine->stack, begin);
  return push_made (machine, tuple);
}

static gboolean
make_tuple_of_mark (Machine *machine, const DotPickleToken *token, GError **error)
{
  guint begin;

  if (! pop_mark (machine, &begin))
    return fail_fit (machine, error);
  return make_tuple (machine, begin);
}

static gboolean
make_small_tuple (Machine *machine, const DotPickleToken *token, GError **error)
{
  guint n = token->op - DOT_PICKLE_OP_TUPLE1 + 1;

  if (! peek (machine, n - 1))
    return fail_fit (machine, error);
  return make_tuple (machine, machine->stack->len - n);
}

/* Anything else could take forever to compare. */
static gboolean
check_keys (Machine *machine, guint begin, GError **error)
{
  for (guint i = begin; i < machine->stack->len; i += 2)
    {
      const DotPickleValue *key = machine->stack->pdata[i];

      if (key->kind != DOT_PICKLE_TEXT && key->kind != DOT_PICKLE_INTEGER)
        return fail (machine, _ ("a key is neither a text nor a whole number"), error);
    }
  return TRUE;
}

/* The values from @begin on go into the value before them, of @kind.  Objects
 * and what is inert take them, too, and lose them. */
static gboolean
move_items (Machine *machine, guint begin, DotPickleKind kind, GError **error)
{
  DotPickleValue *target;
  guint           n = machine->stack->len - begin;

  if (begin <= get_mark (machine) || (kind == DOT_PICKLE_DICTIONARY && n % 2 != 0))
    return fail_fit (machine, error);
  target = machine->stack->pdata[begin - 1];
  if (target->kind != kind && target->kind != DOT_PICKLE_OBJECT && target->kind != DOT_PICKLE_INERT)
    return fail_fit (machine, error);
  if (kind == DOT_PICKLE_DICTIONARY && ! check_keys (machine, begin, error))
    return FALSE;

  for (guint i = begin; dot_pickle_value_has_items (target) && i < machine->stack->len; i++)
    dot_pickle_value_append (target, machine->stack->pdata[i]);
  g_ptr_array_set_size (machine->stack, begin);
  return TRUE;
}

static gboolean
move_one (Machine *machine, guint n, DotPickleKind kind, GError **error)
{
  if (! peek (machine, n))
    return fail_fit (machine, error);
  return move_items (machine, machine->stack->len - n, kind, error);
}

static gboolean
move_marked (Machine *machine, DotPickleKind kind, GError **error)
{
  guint begin;

  if (! pop_mark (machine, &begin))
    return fail_fit (machine, error);
  return move_items (machine, begin, kind, error);
}

static gboolean
append (Machine *machine, const DotPickleToken *token, GError **error)
{
  return move_one (machine, 1, DOT_PICKLE_LIST, error);
}

static gboolean
append_all (Machine *machine, const DotPickleToken *token, GError **error)
{
  return move_marked (machine, DOT_PICKLE_LIST, error);
}

static gboolean
set_item (Machine *machine, const DotPickleToken *token, GError **error)
{
  return move_one (machine, 2, DOT_PICKLE_DICTIONARY, error);
}

static gboolean
set_items (Machine *machine, const DotPickleToken *token, GError **error)
{
  return move_marked (machine, DOT_PICKLE_DICTIONARY, error);
}

static gboolean
add_items (Machine *machine, const DotPickleToken *token, GError **error)
{
  return move_marked (machine, DOT_PICKLE_INERT, error);
}

/*  where a pickle would call something  */

static gboolean
reduce (Machine *machine, const DotPickleToken *token, GError **error)
{
  DotPickleValue *arguments = pop (machine);
  DotPickleValue *function  = pop (machine);

  if (! function)
    return fail_fit (machine, error);
  return push_made (machine,
                    dot_pickle_call_function (machine->pickle, function, arguments, error));
}

/* The arguments of a class make no difference to what is kept. */
static gboolean
make_object (Machine *machine, const DotPickleToken *token, GError **error)
{
  DotPickleValue *arguments = pop (machine);
  DotPickleValue *class     = pop (machine);

  if (! class || arguments->kind != DOT_PICKLE_TUPLE)
    return fail_fit (machine, error);
  return push_made (machine, dot_pickle_call_class (machine->pickle, class, error));
}

static gboolean
build (Machine *machine, const DotPickleToken *token, GError **error)
{
  DotPickleValue *state = pop (machine);
  DotPickleValue *value = peek (machine, 0);

  if (! value)
    return fail_fit (machine, error);
  return dot_pickle_call_build (machine->pickle, value, state, error);
}

static gboolean
find_persistent (Machine *machine, const DotPickleToken *token, GError **error)
{
  DotPickleValue *id = pop (machine);

  if (! id)
    return fail_fit (machine, error);
  return push_made (machine, dot_pickle_call_persistent (machine->pickle, id, error));
}

/*  the machine  */

static const Step steps[256] = {
  [DOT_PICKLE_OP_PROTO]            = check_protocol,
  [DOT_PICKLE_OP_FRAME]            = skip,
  [DOT_PICKLE_OP_NONE]             = push_none,
  [DOT_PICKLE_OP_NEWTRUE]          = push_boolean,
  [DOT_PICKLE_OP_NEWFALSE]         = push_boolean,
  [DOT_PICKLE_OP_BININT]           = push_integer,
  [DOT_PICKLE_OP_BININT1]          = push_integer,
  [DOT_PICKLE_OP_BININT2]          = push_integer,
  [DOT_PICKLE_OP_LONG1]            = push_long,
  [DOT_PICKLE_OP_BINFLOAT]         = push_real,
  [DOT_PICKLE_OP_BINUNICODE]       = push_text,
  [DOT_PICKLE_OP_SHORT_BINUNICODE] = push_text,
  [DOT_PICKLE_OP_BINUNICODE8]      = push_text,
  [DOT_PICKLE_OP_BINBYTES]         = push_bytes,
  [DOT_PICKLE_OP_SHORT_BINBYTES]   = push_bytes,
  [DOT_PICKLE_OP_BINBYTES8]        = push_bytes,
  [DOT_PICKLE_OP_EMPTY_DICT]       = push_empty,
  [DOT_PICKLE_OP_EMPTY_LIST]       = push_empty,
  [DOT_PICKLE_OP_EMPTY_TUPLE]      = push_empty,
  [DOT_PICKLE_OP_EMPTY_SET]        = push_empty,
  [DOT_PICKLE_OP_GLOBAL]           = push_global,
  [DOT_PICKLE_OP_STACK_GLOBAL]     = push_global_of_stack,
  [DOT_PICKLE_OP_BINPUT]           = put_by_number,
  [DOT_PICKLE_OP_LONG_BINPUT]      = put_by_number,
  [DOT_PICKLE_OP_MEMOIZE]          = put_next,
  [DOT_PICKLE_OP_BINGET]           = get,
  [DOT_PICKLE_OP_LONG_BINGET]      = get,
  [DOT_PICKLE_OP_MARK]             = mark,
  [DOT_PICKLE_OP_POP]              = drop,
  [DOT_PICKLE_OP_TUPLE]            = make_tuple_of_mark,
  [DOT_PICKLE_OP_TUPLE1]           = make_small_tuple,
  [DOT_PICKLE_OP_TUPLE2]           = make_small_tuple,
  [DOT_PICKLE_OP_TUPLE3]           = make_small_tuple,
  [DOT_PICKLE_OP_APPEND]           = append,
  [DOT_PICKLE_OP_APPENDS]          = append_all,
  [DOT_PICKLE_OP_SETITEM]          = set_item,
  [DOT_PICKLE_OP_SETITEMS]         = set_items,
  [DOT_PICKLE_OP_ADDITEMS]         = add_items,
  [DOT_PICKLE_OP_REDUCE]           = reduce,
  [DOT_PICKLE_OP_NEWOBJ]           = make_object,
  [DOT_PICKLE_OP_BUILD]            = build,
  [DOT_PICKLE_OP_BINPERSID]        = find_persistent,
};

static gboolean
run (Machine *machine, DotSlice *from, GError **error)
{
  DotPickleArena *arena = machine->pickle->arena;
  DotPickleToken  token;

  for (; arena->steps < MAX_STEPS; arena->steps++)
    {
      if (! dot_pickle_token_read (from, machine->pickle->path, &token, error))
        return FALSE;
      if (token.op == DOT_PICKLE_OP_STOP)
        return TRUE;
      if (! steps[token.op](machine, &token, error))
        return FALSE;
    }
  return fail (machine, _ ("it is longer than any network's"), error);
}

/**
 * dot_pickle_load:
 * @from: loses the pickle
 *
 * Follows one pickle, and calls nothing.
 *
 * Returns: (transfer none): what it ends with, which is of the arena
 */
DotPickleValue *
dot_pickle_load (DotPickle *pickle, DotSlice *from, GError **error)
{
  g_autoptr (GPtrArray) stack = g_ptr_array_new ();
  g_autoptr (GArray) marks    = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GHashTable) memo = g_hash_table_new (NULL, NULL);
  Machine         machine     = { pickle, stack, marks, memo };
  DotPickleValue *value;

  if (! run (&machine, from, error))
    return NULL;
  value = pop (&machine);
  if (! value)
    fail_fit (&machine, error);
  return value;
}
