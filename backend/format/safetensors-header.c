/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The JSON at the begin of a safetensors file.  It is read without a JSON
 * library: of two equal names those keep one and say nothing, and a header
 * of 100 MB would take gigabytes as their tree. */

#include "safetensors-header.h"

#include "base/intl.h"

#include <string.h>

#define MAX_TENSORS 100000
#define MAX_NAME    512

typedef struct
{
  const char *path;
  const char *at;
  const char *end;
  gsize       data_size;
  GHashTable *tensors;
} Scanner;

static const struct
{
  const char *name;
  char        kind;
  guint       size;
} types[] = {
  { "F64", 'f', 8 }, { "F32", 'f', 4 }, { "F16", 'f', 2 },  { "BF16", 'h', 2 }, { "I64", 'i', 8 },
  { "I32", 'i', 4 }, { "I16", 'i', 2 }, { "I8", 'i', 1 },   { "U64", 'u', 8 },  { "U32", 'u', 4 },
  { "U16", 'u', 2 }, { "U8", 'u', 1 },  { "BOOL", 'b', 1 },
};

static gboolean
fail (const Scanner *scanner, const char *name, const char *reason, GError **error)
{
  if (name)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                 _ ("%s is damaged at %s (%s): download or export it again."), scanner->path, name,
                 reason);
  else
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                 _ ("%s is no readable .safetensors file (%s): download or export it again."),
                 scanner->path, reason);
  return FALSE;
}

/*  words of JSON  */

static void
skip_space (Scanner *scanner)
{
  while (scanner->at < scanner->end && strchr (" \t\r\n", *scanner->at) && *scanner->at)
    scanner->at++;
}

/* Goes past @character, if it is what comes next. */
static gboolean
accept (Scanner *scanner, char character)
{
  skip_space (scanner);
  if (scanner->at == scanner->end || *scanner->at != character)
    return FALSE;
  scanner->at++;
  return TRUE;
}

/* The four digits of \u; −1 where they are none. */
static int
parse_hexadecimal (Scanner *scanner)
{
  int value = 0;

  for (int i = 0; i < 4; i++)
    {
      int digit = scanner->at < scanner->end ? g_ascii_xdigit_value (*scanner->at++) : -1;

      if (digit < 0)
        return -1;
      value = 16 * value + digit;
    }
  return value;
}

/* What follows \u: one unit of UTF-16, or two that make a character. */
static gboolean
parse_unicode (Scanner *scanner, GString *text)
{
  int first = parse_hexadecimal (scanner);
  int second;

  if (first < 1 || (first >= 0xdc00 && first < 0xe000))
    return FALSE;
  if (first < 0xd800 || first >= 0xe000)
    {
      g_string_append_unichar (text, first);
      return TRUE;
    }

  if (scanner->end - scanner->at < 2 || memcmp (scanner->at, "\\u", 2) != 0)
    return FALSE;
  scanner->at += 2;
  second = parse_hexadecimal (scanner);
  if (second < 0xdc00 || second >= 0xe000)
    return FALSE;
  g_string_append_unichar (text, 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00));
  return TRUE;
}

static gboolean
parse_escape (Scanner *scanner, GString *text)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char meant[]   = "\"\\/\b\f\n\r\t";
  const char       *letter;

  if (scanner->at == scanner->end || ! *scanner->at)
    return FALSE;
  if (*scanner->at == 'u')
    {
      scanner->at++;
      return parse_unicode (scanner, text);
    }

  letter = strchr (letters, *scanner->at++);
  if (letter)
    g_string_append_c (text, meant[letter - letters]);
  return letter != NULL;
}

/* Returns: (nullable): a string's text */
static char *
parse_string (Scanner *scanner)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (! accept (scanner, '"'))
    return NULL;
  while (scanner->at < scanner->end && *scanner->at != '"')
    {
      char character = *scanner->at++;

      if (character != '\\' && (guchar) character >= ' ')
        g_string_append_c (text, character);
      else if (character != '\\' || ! parse_escape (scanner, text))
        return NULL;
    }

  if (! accept (scanner, '"') || ! g_utf8_validate (text->str, text->len, NULL))
    return NULL;
  return g_strdup (text->str);
}

static gboolean
parse_size (Scanner *scanner, gsize *value)
{
  const char *begin;

  skip_space (scanner);
  *value = 0;
  for (begin = scanner->at; scanner->at < scanner->end && g_ascii_isdigit (*scanner->at);
       scanner->at++)
    if (! g_size_checked_mul (value, *value, 10) ||
        ! g_size_checked_add (value, *value, *scanner->at - '0'))
      return FALSE;
  return scanner->at > begin && (*begin != '0' || scanner->at == begin + 1);
}

/* [1, 2, …]; fails where there are more than @most. */
static gboolean
parse_sizes (Scanner *scanner, guint most, gsize *values, guint *n)
{
  *n = 0;
  if (! accept (scanner, '['))
    return FALSE;
  if (accept (scanner, ']'))
    return TRUE;

  do
    if (*n == most || ! parse_size (scanner, &values[(*n)++]))
      return FALSE;
  while (accept (scanner, ','));
  return accept (scanner, ']');
}

/*  tensors  */

static void
tensor_free (DotSafetensor *tensor)
{
  g_free (tensor->name);
  g_free (tensor);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotSafetensor, tensor_free)

static gboolean
parse_type (Scanner *scanner, DotSafetensor *tensor)
{
  g_autofree char *name = parse_string (scanner);

  for (gsize i = 0; name && i < G_N_ELEMENTS (types); i++)
    if (strcmp (name, types[i].name) == 0)
      {
        tensor->kind      = types[i].kind;
        tensor->item_size = types[i].size;
        return TRUE;
      }
  return FALSE;
}

/* A member of a tensor's object; each must be there once. */
static gboolean
parse_member (Scanner *scanner, DotSafetensor *tensor, guint *seen)
{
  static const char *const members[]  = { "dtype", "shape", "data_offsets" };
  g_autofree char         *name       = parse_string (scanner);
  gsize                    offsets[2] = {
    0,
  };
  guint n;
  guint i;

  for (i = 0; name && i < 3 && strcmp (name, members[i]) != 0;)
    i++;
  if (! name || i == 3 || (*seen & 1 << i) || ! accept (scanner, ':'))
    return FALSE;

  *seen |= 1 << i;
  if (i == 0)
    return parse_type (scanner, tensor);
  if (i == 1)
    return parse_sizes (scanner, DOT_ARRAY_MAX_DIMS, tensor->shape.axes, &tensor->shape.n_dims);
  if (! parse_sizes (scanner, 2, offsets, &n) || n != 2)
    return FALSE;
  tensor->begin = offsets[0];
  tensor->end   = offsets[1];
  return TRUE;
}

static gboolean
parse_members (Scanner *scanner, DotSafetensor *tensor)
{
  guint seen = 0;

  if (! accept (scanner, '{'))
    return FALSE;
  do
    if (! parse_member (scanner, tensor, &seen))
      return FALSE;
  while (accept (scanner, ','));
  return seen == 7 && accept (scanner, '}');
}

/* What the header says of a tensor, against itself and the file. */
static gboolean
check_tensor (const Scanner *scanner, DotSafetensor *tensor, GError **error)
{
  gsize n_bytes;

  tensor->n_items = 1;
  for (guint i = 0; i < tensor->shape.n_dims; i++)
    if (! g_size_checked_mul (&tensor->n_items, tensor->n_items, tensor->shape.axes[i]))
      return fail (scanner, tensor->name, _ ("its shape is absurd"), error);

  if (tensor->begin > tensor->end || tensor->end > scanner->data_size)
    return fail (scanner, tensor->name, _ ("it lies outside of the file"), error);
  if (! g_size_checked_mul (&n_bytes, tensor->n_items, tensor->item_size) ||
      n_bytes != tensor->end - tensor->begin)
    return fail (scanner, tensor->name, _ ("its shape is not its size"), error);
  return TRUE;
}

/* Names go into messages, which are one line. */
static gboolean
is_name (const char *name)
{
  return *name && strlen (name) <= MAX_NAME && dot_line_is_valid (name);
}

static gboolean
parse_tensor (Scanner *scanner, const char *name, GError **error)
{
  g_autoptr (DotSafetensor) tensor = g_new0 (DotSafetensor, 1);

  if (! is_name (name))
    return fail (scanner, NULL, _ ("a name in it is no name"), error);
  tensor->name = g_strdup (name);
  if (! parse_members (scanner, tensor))
    return fail (scanner, name, _ ("its type, shape or place is unreadable"), error);
  if (! check_tensor (scanner, tensor, error))
    return FALSE;
  if (g_hash_table_contains (scanner->tensors, name))
    return fail (scanner, name, _ ("it is there twice"), error);
  if (g_hash_table_size (scanner->tensors) == MAX_TENSORS)
    return fail (scanner, NULL, _ ("it has too many arrays"), error);

  g_hash_table_insert (scanner->tensors, tensor->name, tensor);
  tensor = NULL;
  return TRUE;
}

/*  the header  */

/* Texts by name, which nobody reads. */
static gboolean
parse_metadata (Scanner *scanner)
{
  if (! accept (scanner, '{'))
    return FALSE;
  if (accept (scanner, '}'))
    return TRUE;

  do
    {
      g_autofree char *name  = parse_string (scanner);
      gboolean         colon = name && accept (scanner, ':');
      g_autofree char *value = colon ? parse_string (scanner) : NULL;

      if (! value)
        return FALSE;
    }
  while (accept (scanner, ','));
  return accept (scanner, '}');
}

static gboolean
parse_entries (Scanner *scanner, GError **error)
{
  gboolean metadata = FALSE;

  do
    {
      g_autofree char *name = parse_string (scanner);

      if (! name || ! accept (scanner, ':'))
        return fail (scanner, NULL, _ ("its header is no JSON"), error);
      if (strcmp (name, "__metadata__") != 0)
        {
          if (! parse_tensor (scanner, name, error))
            return FALSE;
        }
      else if (metadata || ! parse_metadata (scanner))
        return fail (scanner, name, _ ("it holds other than texts"), error);
      else
        metadata = TRUE;
    }
  while (accept (scanner, ','));
  return TRUE;
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const DotSafetensor *first  = *(DotSafetensor **) a;
  const DotSafetensor *second = *(DotSafetensor **) b;

  if (first->begin != second->begin)
    return first->begin < second->begin ? -1 : 1;
  return first->end < second->end ? -1 : first->end > second->end;
}

/* Each array begins where the one before ends, and the last one ends the
 * file: what overlaps or lies between could be something else in disguise. */
static gboolean
check_places (const Scanner *scanner, GError **error)
{
  g_autoptr (GPtrArray) tensors = g_hash_table_get_values_as_ptr_array (scanner->tensors);
  gsize at                      = 0;

  g_ptr_array_sort (tensors, compare_places);
  for (guint i = 0; i < tensors->len; i++)
    {
      const DotSafetensor *tensor = tensors->pdata[i];

      if (tensor->begin != at)
        return fail (scanner, tensor->name,
                     tensor->begin < at ? _ ("it overlaps another array") : _ ("there is a gap before it"),
                     error);
      at = tensor->end;
    }

  return at == scanner->data_size || fail (scanner, NULL,
                                           _ ("it goes on after its last array"), error);
}

/**
 * dot_safetensors_header_parse:
 * @text: the JSON, which need not end with a null
 * @data_size: how many bytes come after it
 * @path: for messages
 *
 * Returns: (transfer full) (element-type utf8 DotSafetensor): the arrays by
 *   name, each inside of the data and apart from the others
 */
GHashTable *
dot_safetensors_header_parse (const char *text,
                              gsize       length,
                              gsize       data_size,
                              const char *path,
                              GError    **error)
{
  g_autoptr (GHashTable)
    tensors = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) tensor_free);
  Scanner  scanner = { .path      = path,
                       .at        = text,
                       .end       = text + length,
                       .data_size = data_size,
                       .tensors   = tensors };
  gboolean parsed  = accept (&scanner, '{');

  if (parsed && ! accept (&scanner, '}'))
    {
      if (! parse_entries (&scanner, error))
        return NULL;
      parsed = accept (&scanner, '}');
    }
  skip_space (&scanner);
  if (! parsed || scanner.at != scanner.end)
    {
      fail (&scanner, NULL, _ ("its header is no JSON"), error);
      return NULL;
    }

  return check_places (&scanner, error) ? g_steal_pointer (&tensors) : NULL;
}
