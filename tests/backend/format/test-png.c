/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The text chunks of PNGs: what is written, what is read, and that nothing
 * crashes. */

#include "format/png.h"
#include "helpers.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <libdeflate.h>
#include <string.h>

#define START   33
#define LATIN   "goldfish · ÿ"
#define CHINESE "金鱼 · goldfish"

static const char *const keys[]  = { "Software", "Title", "dot-refine", NULL };
static const char *const texts[] = { LATIN, NULL, CHINESE };

/* One of 3 × 2 pixels, as a library makes it. */
static GByteArray *
plain_png (void)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 3, 2);
  char *bytes;
  gsize size;

  gdk_pixbuf_fill (pixbuf, 0x102030ff);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &bytes, &size, "png", NULL, NULL));
  return g_byte_array_new_take ((guint8 *) bytes, size);
}

static void
assert_text (const GByteArray *png, const char *key, const char *expected)
{
  g_autofree char *text = dot_png_find_text (png->data, png->len, key, 1000);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_written (void)
{
  static const guint8 latin[]       = "\0\0\0\025tEXtSoftware\0goldfish \267 \377";
  static const guint8 chinese[]     = "iTXtdot-refine\0\0\0\0\0" CHINESE;
  g_autoptr (GByteArray) plain      = plain_png ();
  g_autoptr (GByteArray) png        = dot_png_add_texts (plain->data, plain->len, keys, texts);
  g_autoptr (GdkPixbufLoader) again = gdk_pixbuf_loader_new_with_type ("png", NULL);
  gsize second                      = START + sizeof (latin) - 1 + 4 + 4;

  g_assert_cmpmem (png->data, START, plain->data, START);
  g_assert_cmpmem (png->data + START, sizeof (latin) - 1, latin, sizeof (latin) - 1);
  g_assert_cmpmem (png->data + second, sizeof (chinese) - 1, chinese, sizeof (chinese) - 1);
  assert_text (png, "Software", LATIN);
  assert_text (png, "Title", NULL);
  assert_text (png, "dot-refine", CHINESE);
  assert_text (png, "dot", NULL);

  g_assert_true (gdk_pixbuf_loader_write (again, png->data, png->len, NULL));
  g_assert_true (gdk_pixbuf_loader_close (again, NULL));
  g_assert_cmpint (gdk_pixbuf_get_width (gdk_pixbuf_loader_get_pixbuf (again)), ==, 3);
}

/*  what other programs make of our chunks  */

static GByteArray *
png_with (const char *type, gconstpointer head, gsize n_head, gconstpointer rest, gsize n_rest)
{
  GByteArray *png  = g_byte_array_new ();
  guint32     size = GUINT32_TO_BE ((guint32) (n_head + n_rest));
  guint32     crc;

  g_byte_array_append (png, (const guint8 *) "\x89PNG\r\n\x1a\n", 8);
  g_byte_array_append (png, (const guint8 *) &size, 4);
  g_byte_array_append (png, (const guint8 *) type, 4);
  g_byte_array_append (png, head, (guint) n_head);
  g_byte_array_append (png, rest, (guint) n_rest);
  crc = GUINT32_TO_BE (libdeflate_crc32 (0, png->data + 12, png->len - 12));
  g_byte_array_append (png, (const guint8 *) &crc, 4);
  return png;
}

static void
assert_read (const GByteArray *png, gsize max, const char *expected)
{
  /* Exactly as long, so that a sanitizer sees what is read beyond it. */
  g_autofree guint8 *copy = g_memdup2 (png->data, png->len);
  g_autofree char   *text = dot_png_find_text (copy, png->len, "k", max);

  g_assert_cmpstr (text, ==, expected);
}

static void
check_packed (const char   *type,
              gconstpointer head,
              gsize         n_head,
              const char   *text,
              const char   *read)
{
  struct libdeflate_compressor *packer = libdeflate_alloc_compressor (9);
  guint8                        packed[500];
  gsize size = libdeflate_zlib_compress (packer, text, strlen (text), packed, sizeof (packed));
  g_autoptr (GByteArray) png = png_with (type, head, n_head, packed, size);
  g_autoptr (GByteArray) cut = png_with (type, head, n_head, packed, size / 2);

  libdeflate_free_compressor (packer);
  assert_read (png, strlen (text), read);
  assert_read (png, strlen (text) - 1, NULL);
  assert_read (cut, strlen (text), NULL);
}

static void
test_packed (void)
{
  g_autofree char *zeros = g_strnfill (100 * 1000, '0');

  check_packed ("zTXt", "k\0", 3, "goldfish \267 \377", LATIN);
  check_packed ("iTXt", "k\0\1\0zh\0\345\233\276", 11, CHINESE, CHINESE);
  check_packed ("zTXt", "k\0", 3, zeros, zeros);
}

static void
test_damaged (void)
{
  static const struct
  {
    const char *type;
    const char *data;
    gsize       size;
  } cases[] = {
    { "tEXt", "k", 1 },         { "tEXt", "kk\0a", 4 },       { "tXTt", "k\0a", 3 },
    { "zTXt", "k\0", 2 },       { "zTXt", "k\0\0", 3 },       { "zTXt", "k\0\0abc", 6 },
    { "iTXt", "k\0", 2 },       { "iTXt", "k\0\0", 3 },       { "iTXt", "k\0\0\0", 4 },
    { "iTXt", "k\0\0\0\0", 5 }, { "iTXt", "k\0\1\0\0\0", 6 }, { "iTXt", "k\0\0\0\0\0\377", 7 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GByteArray) png = png_with (cases[i].type, cases[i].data, cases[i].size, "", 0);

      assert_read (png, 1000, NULL);
    }
}

/* Cut off, or with another bit, a chunk is none. */
static void
test_mutations (void)
{
  g_autoptr (GByteArray) png = png_with ("tEXt", "k\0", 2, "text", 4);

  assert_read (png, 4, "text");
  assert_read (png, 3, NULL);
  for (guint i = 0; i < 8 * png->len; i++)
    {
      png->data[i / 8] ^= 1 << i % 8;
      assert_read (png, 1000, NULL);
      png->data[i / 8] ^= 1 << i % 8;
    }
  while (png->len > 0)
    {
      g_byte_array_set_size (png, png->len - 1);
      assert_read (png, 1000, NULL);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/png/written", test_written);
  g_test_add_func ("/png/packed", test_packed);
  g_test_add_func ("/png/damaged", test_damaged);
  g_test_add_func ("/png/mutations", test_mutations);
  return g_test_run ();
}
