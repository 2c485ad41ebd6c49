/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "slice.h"

G_BEGIN_DECLS

/* The instructions that PyTorch's files have, as Python's pickletools names them. */
typedef enum
{
  DOT_PICKLE_OP_MARK             = '(',
  DOT_PICKLE_OP_EMPTY_TUPLE      = ')',
  DOT_PICKLE_OP_STOP             = '.',
  DOT_PICKLE_OP_POP              = '0',
  DOT_PICKLE_OP_BINBYTES         = 'B',
  DOT_PICKLE_OP_SHORT_BINBYTES   = 'C',
  DOT_PICKLE_OP_BINFLOAT         = 'G',
  DOT_PICKLE_OP_BININT           = 'J',
  DOT_PICKLE_OP_BININT1          = 'K',
  DOT_PICKLE_OP_BININT2          = 'M',
  DOT_PICKLE_OP_NONE             = 'N',
  DOT_PICKLE_OP_BINPERSID        = 'Q',
  DOT_PICKLE_OP_REDUCE           = 'R',
  DOT_PICKLE_OP_BINUNICODE       = 'X',
  DOT_PICKLE_OP_EMPTY_LIST       = ']',
  DOT_PICKLE_OP_APPEND           = 'a',
  DOT_PICKLE_OP_BUILD            = 'b',
  DOT_PICKLE_OP_GLOBAL           = 'c',
  DOT_PICKLE_OP_APPENDS          = 'e',
  DOT_PICKLE_OP_BINGET           = 'h',
  DOT_PICKLE_OP_LONG_BINGET      = 'j',
  DOT_PICKLE_OP_BINPUT           = 'q',
  DOT_PICKLE_OP_LONG_BINPUT      = 'r',
  DOT_PICKLE_OP_SETITEM          = 's',
  DOT_PICKLE_OP_TUPLE            = 't',
  DOT_PICKLE_OP_SETITEMS         = 'u',
  DOT_PICKLE_OP_EMPTY_DICT       = '}',
  DOT_PICKLE_OP_PROTO            = 0x80,
  DOT_PICKLE_OP_NEWOBJ           = 0x81,
  DOT_PICKLE_OP_TUPLE1           = 0x85,
  DOT_PICKLE_OP_TUPLE2           = 0x86,
  DOT_PICKLE_OP_TUPLE3           = 0x87,
  DOT_PICKLE_OP_NEWTRUE          = 0x88,
  DOT_PICKLE_OP_NEWFALSE         = 0x89,
  DOT_PICKLE_OP_LONG1            = 0x8a,
  DOT_PICKLE_OP_SHORT_BINUNICODE = 0x8c,
  DOT_PICKLE_OP_BINUNICODE8      = 0x8d,
  DOT_PICKLE_OP_BINBYTES8        = 0x8e,
  DOT_PICKLE_OP_EMPTY_SET        = 0x8f,
  DOT_PICKLE_OP_ADDITEMS         = 0x90,
  DOT_PICKLE_OP_STACK_GLOBAL     = 0x93,
  DOT_PICKLE_OP_MEMOIZE          = 0x94,
  DOT_PICKLE_OP_FRAME            = 0x95
} DotPickleOp;

/**
 * DotPickleToken:
 * @number: what follows most instructions
 * @real: of a BINFLOAT
 * @text: a text, bytes, a module, the digits of a long number
 * @name: of a global
 *
 * An instruction and what follows it.
 */
typedef struct
{
  DotPickleOp op;
  gint64      number;
  double      real;
  DotSlice    text;
  DotSlice    name;
} DotPickleToken;

gboolean dot_pickle_token_read (DotSlice       *from,
                                const char     *path,
                                DotPickleToken *token,
                                GError        **error);

G_END_DECLS
