/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The instructions of a pickle, one by one. */

#include "pickle-token.h"

#include "pickle-error.h"

#include "base/intl.h"

#include <string.h>

/* What follows an instruction. */
typedef enum
{
  UNKNOWN,
  NOTHING,
  NUMBER_1,
  NUMBER_2,
  NUMBER_4,
  NUMBER_8,
  SIGNED_4,
  REAL,
  TEXT_1,
  TEXT_4,
  TEXT_8,
  TWO_LINES
} Argument;

static const guint8 arguments[256] = {
  [DOT_PICKLE_OP_MARK] = NOTHING,         [DOT_PICKLE_OP_EMPTY_TUPLE] = NOTHING,
  [DOT_PICKLE_OP_STOP] = NOTHING,         [DOT_PICKLE_OP_POP] = NOTHING,
  [DOT_PICKLE_OP_BINBYTES] = TEXT_4,      [DOT_PICKLE_OP_SHORT_BINBYTES] = TEXT_1,
  [DOT_PICKLE_OP_BINFLOAT] = REAL,        [DOT_PICKLE_OP_BININT] = SIGNED_4,
  [DOT_PICKLE_OP_BININT1] = NUMBER_1,     [DOT_PICKLE_OP_BININT2] = NUMBER_2,
  [DOT_PICKLE_OP_NONE] = NOTHING,         [DOT_PICKLE_OP_BINPERSID] = NOTHING,
  [DOT_PICKLE_OP_REDUCE] = NOTHING,       [DOT_PICKLE_OP_BINUNICODE] = TEXT_4,
  [DOT_PICKLE_OP_EMPTY_LIST] = NOTHING,   [DOT_PICKLE_OP_APPEND] = NOTHING,
  [DOT_PICKLE_OP_BUILD] = NOTHING,        [DOT_PICKLE_OP_GLOBAL] = TWO_LINES,
  [DOT_PICKLE_OP_APPENDS] = NOTHING,      [DOT_PICKLE_OP_BINGET] = NUMBER_1,
  [DOT_PICKLE_OP_LONG_BINGET] = NUMBER_4, [DOT_PICKLE_OP_BINPUT] = NUMBER_1,
  [DOT_PICKLE_OP_LONG_BINPUT] = NUMBER_4, [DOT_PICKLE_OP_SETITEM] = NOTHING,
  [DOT_PICKLE_OP_TUPLE] = NOTHING,        [DOT_PICKLE_OP_SETITEMS] = NOTHING,
  [DOT_PICKLE_OP_EMPTY_DICT] = NOTHING,   [DOT_PICKLE_OP_PROTO] = NUMBER_1,
  [DOT_PICKLE_OP_NEWOBJ] = NOTHING,       [DOT_PICKLE_OP_TUPLE1] = NOTHING,
  [DOT_PICKLE_OP_TUPLE2] = NOTHING,       [DOT_PICKLE_OP_TUPLE3] = NOTHING,
  [DOT_PICKLE_OP_NEWTRUE] = NOTHING,      [DOT_PICKLE_OP_NEWFALSE] = NOTHING,
  [DOT_PICKLE_OP_LONG1] = TEXT_1,         [DOT_PICKLE_OP_SHORT_BINUNICODE] = TEXT_1,
  [DOT_PICKLE_OP_BINUNICODE8] = TEXT_8,   [DOT_PICKLE_OP_BINBYTES8] = TEXT_8,
  [DOT_PICKLE_OP_EMPTY_SET] = NOTHING,    [DOT_PICKLE_OP_ADDITEMS] = NOTHING,
  [DOT_PICKLE_OP_STACK_GLOBAL] = NOTHING, [DOT_PICKLE_OP_MEMOIZE] = NOTHING,
  [DOT_PICKLE_OP_FRAME] = NUMBER_8,
};

static gboolean
read_number (DotSlice *from, guint size, DotPickleToken *token)
{
  guint64 number;

  if (! dot_slice_take_number (from, size, &number))
    return FALSE;
  token->number = (gint64) number;
  return TRUE;
}

static gboolean
read_signed (DotSlice *from, DotPickleToken *token)
{
  if (! read_number (from, 4, token))
    return FALSE;
  token->number = (gint32) (guint32) token->number;
  return TRUE;
}

/* The highest byte comes first. */
static gboolean
read_real (DotSlice *from, DotPickleToken *token)
{
  guint64 bits;

  if (! dot_slice_take_number (from, 8, &bits))
    return FALSE;
  bits = GUINT64_SWAP_LE_BE (bits);
  memcpy (&token->real, &bits, sizeof (bits));
  return TRUE;
}

/* Its length is believed only where there is as much left. */
static gboolean
read_text (DotSlice *from, guint size, DotPickleToken *token)
{
  guint64 length;

  return dot_slice_take_number (from, size, &length) && dot_slice_take (from, length, &token->text);
}

static gboolean
read_argument (DotSlice *from, DotPickleToken *token)
{
  switch ((Argument) arguments[token->op])
    {
    case NUMBER_1:
      return read_number (from, 1, token);
    case NUMBER_2:
      return read_number (from, 2, token);
    case NUMBER_4:
      return read_number (from, 4, token);
    case NUMBER_8:
      return read_number (from, 8, token);
    case SIGNED_4:
      return read_signed (from, token);
    case REAL:
      return read_real (from, token);
    case TEXT_1:
      return read_text (from, 1, token);
    case TEXT_4:
      return read_text (from, 4, token);
    case TEXT_8:
      return read_text (from, 8, token);
    case TWO_LINES:
      return dot_slice_take_line (from, &token->text) && dot_slice_take_line (from, &token->name);
    default:
      return TRUE;
    }
}

/**
 * dot_pickle_token_read:
 * @from: loses the instruction
 * @path: for messages
 * @token: (out):
 */
gboolean
dot_pickle_token_read (DotSlice *from, const char *path, DotPickleToken *token, GError **error)
{
  g_autofree char *reason = NULL;
  guint64          op;

  memset (token, 0, sizeof (*token));
  if (! dot_slice_take_number (from, 1, &op))
    return dot_pickle_error_damaged (path, _ ("it is cut off"), error) != NULL;

  token->op = (DotPickleOp) op;
  if (arguments[op] != UNKNOWN)
    return read_argument (from, token) ||
           dot_pickle_error_damaged (path, _ ("it is cut off"), error) != NULL;

  reason = g_strdup_printf (_ ("it has an instruction that networks don't need, %u"), (guint) op);
  return dot_pickle_error_damaged (path, reason, error) != NULL;
}
