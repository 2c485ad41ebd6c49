/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The text chunks of a PNG (W3C, Portable Network Graphics, third edition,
 * 11.3.3), which are ours whatever library makes the pixels: not each keeps what
 * isn't Latin-1. */

#include "png.h"

#include <gio/gio.h>
#include <libdeflate.h>
#include <string.h>

/* Beside a chunk's data: its length, type and checksum. */
#define FRAME  12
#define HEADER 13
#define BLOCK  65536

static const guint8 signature[8] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };

typedef struct
{
  const guint8 *data;
  gsize         size;
} Bytes;

/*  writing  */

static void
append_number (GByteArray *png, guint32 number)
{
  guint32 bytes = GUINT32_TO_BE (number);

  g_byte_array_append (png, (const guint8 *) &bytes, sizeof (bytes));
}

/* (transfer full) (nullable): in Latin-1, where that suffices */
static GByteArray *
to_latin (const char *text)
{
  g_autoptr (GByteArray) latin = g_byte_array_new ();

  for (; *text; text = g_utf8_next_char (text))
    {
      gunichar character = g_utf8_get_char (text);
      guint8   byte      = (guint8) character;

      if (character > 0xff)
        return NULL;
      g_byte_array_append (latin, &byte, 1);
    }
  return g_steal_pointer (&latin);
}

static void
append_chunk (GByteArray *png, const char *type, const GByteArray *data)
{
  guint start = png->len + 4;

  append_number (png, data->len);
  g_byte_array_append (png, (const guint8 *) type, 4);
  g_byte_array_append (png, data->data, data->len);
  append_number (png, libdeflate_crc32 (0, png->data + start, png->len - start));
}

/* An iTXt is not compressed, in no language, and its key isn't translated. */
static void
append_text (GByteArray *png, const char *key, const char *text)
{
  static const guint8 plain[]  = { 0, 0, 0, 0 };
  g_autoptr (GByteArray) data  = g_byte_array_new ();
  g_autoptr (GByteArray) latin = to_latin (text);

  g_byte_array_append (data, (const guint8 *) key, (guint) strlen (key) + 1);
  if (latin)
    g_byte_array_append (data, latin->data, latin->len);
  else
    {
      g_byte_array_append (data, plain, sizeof (plain));
      g_byte_array_append (data, (const guint8 *) text, (guint) strlen (text));
    }
  append_chunk (png, latin ? "tEXt" : "iTXt", data);
}

/**
 * dot_png_add_texts:
 * @png: what a library made
 * @keys: (array zero-terminated=1): in Latin-1, of 79 letters at most
 * @texts: in UTF-8, one a key; where there is none, it is left out
 *
 * Returns: (transfer full): the same with a text chunk a key behind the header
 */
GByteArray *
dot_png_add_texts (const guint8 *png, gsize size, const char *const *keys, const char *const *texts)
{
  GByteArray *whole = g_byte_array_new ();
  gsize       start = MIN (size, sizeof (signature) + FRAME + HEADER);

  g_byte_array_append (whole, png, (guint) start);
  for (guint i = 0; keys[i]; i++)
    if (texts[i])
      append_text (whole, keys[i], texts[i]);
  g_byte_array_append (whole, png + start, (guint) (size - start));
  return whole;
}

/*  reading  */

/* (nullable) (transfer full) */
static char *
from_latin (Bytes latin)
{
  GString *text = g_string_sized_new (latin.size);

  for (gsize i = 0; i < latin.size; i++)
    g_string_append_unichar (text, latin.data[i]);
  return g_string_free (text, FALSE);
}

/* (nullable) (transfer full) */
static char *
from_utf8 (Bytes text)
{
  gboolean valid = g_utf8_validate_len ((const char *) text.data, text.size, NULL);

  return valid ? g_strndup ((const char *) text.data, text.size) : NULL;
}

/* (nullable) (transfer full): of no more than @max bytes */
static GByteArray *
inflate (Bytes deflated, gsize max)
{
  g_autoptr (GInputStream)
    source = g_memory_input_stream_new_from_data (deflated.data, deflated.size, NULL);
  g_autoptr (GConverter)
    converter = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB));
  g_autoptr (GInputStream) stream = g_converter_input_stream_new (source, converter);
  g_autoptr (GByteArray) bytes    = g_byte_array_new ();
  gsize n                         = BLOCK;

  while (n == BLOCK && bytes->len <= max)
    {
      guint start = bytes->len;

      g_byte_array_set_size (bytes, start + BLOCK);
      if (! g_input_stream_read_all (stream, bytes->data + start, BLOCK, &n, NULL, NULL))
        return NULL;
      g_byte_array_set_size (bytes, start + (guint) n);
    }
  return bytes->len <= max ? g_steal_pointer (&bytes) : NULL;
}

/* Moves @rest over a string and the 0 that ends it. */
static gboolean
skip_string (Bytes *rest)
{
  const guint8 *end = rest->size > 0 ? memchr (rest->data, 0, rest->size) : NULL;

  if (end)
    *rest = (Bytes) { end + 1, rest->size - (gsize) (end + 1 - rest->data) };
  return end != NULL;
}

/* Moves @rest over what stands between the key of a chunk and its text: in a
 * zTXt the method, in an iTXt whether it is used, the method, a language and the
 * key in that. */
static gboolean
skip_head (Bytes *rest, gboolean international)
{
  gsize n_head = international ? 2 : 1;

  if (rest->size < n_head)
    return FALSE;
  *rest = (Bytes) { rest->data + n_head, rest->size - n_head };
  return ! international || (skip_string (rest) && skip_string (rest));
}

/* (nullable) (transfer full): the text, where it is one of @key */
static char *
read_text (const guint8 *type, Bytes data, const char *key, gsize max)
{
  g_autoptr (GByteArray) inflated = NULL;
  gboolean plain                  = ! memcmp (type, "tEXt", 4);
  gboolean international          = ! memcmp (type, "iTXt", 4);
  gboolean packed                 = ! memcmp (type, "zTXt", 4);
  gsize    n_key                  = strlen (key) + 1;
  Bytes    rest;

  if (! (plain || international || packed) || data.size < n_key || memcmp (data.data, key, n_key))
    return NULL;
  rest   = (Bytes) { data.data + n_key, data.size - n_key };
  packed = packed || (international && rest.size > 0 && *rest.data == 1);
  if (! plain && ! skip_head (&rest, international))
    return NULL;
  if (packed)
    {
      inflated = inflate (rest, max);
      if (! inflated)
        return NULL;
      rest = (Bytes) { inflated->data, inflated->len };
    }
  if (rest.size > max)
    return NULL;
  return international ? from_utf8 (rest) : from_latin (rest);
}

static guint32
read_number (const guint8 *bytes)
{
  guint32 number;

  memcpy (&number, bytes, sizeof (number));
  return GUINT32_FROM_BE (number);
}

/**
 * dot_png_find_text:
 * @png: a file, perhaps no PNG
 * @max: in bytes, how much a text may be
 *
 * Returns: (transfer full) (nullable): the first text of that key
 */
char *
dot_png_find_text (const guint8 *png, gsize size, const char *key, gsize max)
{
  gsize at   = sizeof (signature);
  char *text = NULL;

  if (size < at || memcmp (png, signature, at))
    return NULL;
  while (! text && size - at >= FRAME)
    {
      const guint8 *type   = png + at + 4;
      gsize         length = read_number (png + at);

      if (length > size - at - FRAME ||
          libdeflate_crc32 (0, type, 4 + length) != read_number (type + 4 + length))
        break;
      text = read_text (type, (Bytes) { type + 4, length }, key, max);
      at += FRAME + length;
    }
  return text;
}
