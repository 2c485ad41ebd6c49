/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Numbers of every type that networks are stored in. */

#include "number.h"

#include <math.h>
#include <string.h>

/* Up to eight bytes. */
static guint64
read_bits (const DotNumberType *type, const guint8 *item)
{
  guint64 value = 0;

  for (guint i = 0; i < type->size; i++)
    value |= (guint64) item[type->big_endian ? type->size - 1 - i : i] << (8 * i);
  return value;
}

static double
half_to_double (guint bits)
{
  int    exponent = bits >> 10 & 31;
  int    mantissa = bits & 1023;
  double value;

  if (exponent == 31)
    value = mantissa ? NAN : INFINITY;
  else if (exponent == 0)
    value = ldexp (mantissa, -24);
  else
    value = ldexp (mantissa + 1024, exponent - 25);
  return bits & 0x8000 ? -value : value;
}

static float
single_from_bits (guint32 bits)
{
  float value;

  memcpy (&value, &bits, sizeof (value));
  return value;
}

static double
float_item (guint64 bits, guint size)
{
  double value;

  if (size == 2)
    return half_to_double (bits);
  if (size == 4)
    return single_from_bits (bits);
  memcpy (&value, &bits, sizeof (value));
  return value;
}

float
dot_number_read (const DotNumberType *type, const guint8 *item)
{
  guint64 bits = read_bits (type, item);

  switch (type->kind)
    {
    case 'f':
      return (float) float_item (bits, type->size);
    case 'h':
      return single_from_bits ((guint32) bits << 16);
    case 'i':
      /* Carry the sign of a shorter integer up. */
      return (float) ((gint64) (bits << (64 - 8 * type->size)) >> (64 - 8 * type->size));
    default:
      return (float) bits;
    }
}

/**
 * dot_number_is_float:
 *
 * Returns: whether the numbers are this computer's own floats
 */
gboolean
dot_number_is_float (const DotNumberType *type)
{
  return type->kind == 'f' && type->size == sizeof (float) &&
         type->big_endian == (G_BYTE_ORDER == G_BIG_ENDIAN);
}

/**
 * dot_number_read_all:
 * @items: (n): one after another
 * @values: (out): (n)
 */
void
dot_number_read_all (const DotNumberType *type, const guint8 *items, gsize n, float *values)
{
  if (! dot_number_is_float (type))
    for (gsize i = 0; i < n; i++)
      values[i] = dot_number_read (type, items + i * type->size);
  else if (n > 0)
    memcpy (values, items, n * sizeof (float));
}
