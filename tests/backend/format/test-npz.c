/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Archives made with libzip alone, right and wrong in one way each. */

#include "format/npz.h"
#include "helpers.h"
#include "base/whole-file.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

/* Offsets in an entry of a zip's directory, and of a time before a member. */
#define DIRECTORY_TIME            12
#define DIRECTORY_CHECKSUM        16
#define DIRECTORY_COMPRESSED_SIZE 20
#define DIRECTORY_SIZE            24
#define MEMBER_TIME               10

/* An archive with a/W = @items, told to be of @shape. */
static void
write_weights (HelperFile *fixture,
               const char *shape,
               const void *items,
               gsize       size,
               gboolean    deflate)
{
  g_autoptr (GBytes) npy = helper_npy ("<f4", shape, items, size);

  helper_write_zip (fixture->path, "a/W.npy", npy, deflate);
}

static DotArray *
read_weights (HelperFile *fixture, GError **error)
{
  g_autoptr (DotNpz) npz = dot_npz_open (fixture->path, error);

  return npz ? dot_npz_read (npz, "a/W", 2, (gsize[]) { 2, 3 }, error) : NULL;
}

static void
assert_refused (HelperFile *fixture, DotError code, const char *mentions)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (read_weights (fixture, &error));
  assert_sentence (error, code);
  assert_mentions (error, mentions);
  assert_mentions (error, fixture->path);
}

static const float six[] = { 1, 2, 3, 4, 5, -6 };

static void
test_read (HelperFile *fixture, gconstpointer data)
{
  for (int deflate = 0; deflate < 2; deflate++)
    {
      g_autoptr (DotArray) array = NULL;
      g_autoptr (GError) error   = NULL;

      write_weights (fixture, "(2, 3)", six, sizeof (six), deflate);
      array = read_weights (fixture, &error);
      g_assert_no_error (error);
      g_assert_cmpmem (array->data, array->n_items * sizeof (float), six, sizeof (six));
    }
}

/* Weights of other types become float32. */
static void
test_read_converted (HelperFile *fixture, gconstpointer data)
{
  const double values[]      = { 0.1, -2, 1e-3, 4, 5, 6 };
  g_autoptr (GBytes) npy     = helper_npy ("<f8", "(2, 3)", values, sizeof (values));
  g_autoptr (GError) error   = NULL;
  g_autoptr (DotArray) array = NULL;

  helper_write_zip (fixture->path, "a/W.npy", npy, TRUE);
  array = read_weights (fixture, &error);
  g_assert_no_error (error);
  for (int i = 0; i < 6; i++)
    g_assert_cmpfloat (array->data[i], ==, (float) values[i]);
}

static void
test_has (HelperFile *fixture, gconstpointer data)
{
  g_autoptr (DotNpz) npz = NULL;
  DotNpyHeader header;

  write_weights (fixture, "(2, 3)", six, sizeof (six), TRUE);
  npz = dot_npz_open (fixture->path, NULL);
  g_assert_true (dot_npz_has (npz, "a/W"));
  g_assert_false (dot_npz_has (npz, "a"));
  g_assert_false (dot_npz_has (npz, "a/w"));
  g_assert_false (dot_npz_has (npz, ""));
  g_assert_true (dot_npz_get_header (npz, "a/W", &header, NULL));
  g_assert_cmpuint (header.n_bytes, ==, sizeof (six));
}

static void
test_wrong_contents (HelperFile *fixture, gconstpointer data)
{
  float weights[6] = {
    0,
  };

  write_weights (fixture, "(3, 2)", six, sizeof (six), TRUE);
  assert_refused (fixture, DOT_ERROR_INVALID_FILE, "(3, 2)");
  write_weights (fixture, "(6,)", six, sizeof (six), TRUE);
  assert_refused (fixture, DOT_ERROR_INVALID_FILE, "(6,)");
  write_weights (fixture, "(1, 2, 3)", six, sizeof (six), TRUE);
  assert_refused (fixture, DOT_ERROR_INVALID_FILE, "(1, 2, 3)");

  weights[5] = NAN;
  write_weights (fixture, "(2, 3)", weights, sizeof (weights), TRUE);
  assert_refused (fixture, DOT_ERROR_INVALID_FILE, "a/W");
  weights[5] = -INFINITY;
  write_weights (fixture, "(2, 3)", weights, sizeof (weights), TRUE);
  assert_refused (fixture, DOT_ERROR_INVALID_FILE, "a/W");
}

/* A double that float32 can't hold is no weight either. */
static void
test_too_large (HelperFile *fixture, gconstpointer data)
{
  const double values[]  = { 0, 0, 0, 0, 0, 1e300 };
  g_autoptr (GBytes) npy = helper_npy ("<f8", "(2, 3)", values, sizeof (values));

  helper_write_zip (fixture->path, "a/W.npy", npy, TRUE);
  assert_refused (fixture, DOT_ERROR_INVALID_FILE, "a/W");
}

static void
test_missing_key (HelperFile *fixture, gconstpointer data)
{
  g_autoptr (GBytes) npy = helper_npy ("<f4", "(2, 3)", six, sizeof (six));

  helper_write_zip (fixture->path, "b/W.npy", npy, TRUE);
  assert_refused (fixture, DOT_ERROR_INVALID_FILE, "a/W");
}

/* A member that is shorter or longer than its header says. */
static void
test_wrong_length (HelperFile *fixture, gconstpointer data)
{
  for (gsize size = 0; size <= 28; size++)
    if (size != sizeof (six))
      for (int deflate = 0; deflate < 2; deflate++)
        {
          float items[7] = {
            0,
          };

          write_weights (fixture, "(2, 3)", items, size, deflate);
          assert_refused (fixture, DOT_ERROR_INVALID_FILE, "a/W");
        }
}

static void
test_no_array (HelperFile *fixture, gconstpointer data)
{
  for (gsize size = 0; size < 40; size++)
    {
      g_autofree char *text    = g_strnfill (size, 'x');
      g_autoptr (GBytes) bytes = g_bytes_new (text, size);

      helper_write_zip (fixture->path, "a/W.npy", bytes, TRUE);
      assert_refused (fixture, DOT_ERROR_INVALID_FILE, "a/W");
    }
}

static void
test_no_archive (HelperFile *fixture, gconstpointer data)
{
  g_autofree char *text = g_strnfill (5000, 'x');

  assert_refused (fixture, DOT_ERROR_NOT_FOUND, "x.npz");
  helper_write (fixture->path, "", 0);
  assert_refused (fixture, DOT_ERROR_INVALID_FILE, "x.npz");
  helper_write (fixture->path, text, 5000);
  assert_refused (fixture, DOT_ERROR_INVALID_FILE, "x.npz");

  g_free (fixture->path);
  fixture->path = g_strdup (fixture->folder);
  assert_refused (fixture, DOT_ERROR_NOT_FOUND, fixture->folder);
}

static void
test_truncated (HelperFile *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = NULL;

  write_weights (fixture, "(2, 3)", six, sizeof (six), TRUE);
  bytes = helper_read (fixture->path);
  for (gsize size = 0; size < g_bytes_get_size (bytes); size++)
    {
      helper_write (fixture->path, g_bytes_get_data (bytes, NULL), size);
      assert_refused (fixture, DOT_ERROR_INVALID_FILE, "x.npz");
    }
}

static gsize
find_bytes (GBytes *bytes, const char *needle, gsize size)
{
  gsize       length;
  const char *begin = g_bytes_get_data (bytes, &length);

  for (gsize i = 0; i + size <= length; i++)
    if (memcmp (begin + i, needle, size) == 0)
      return i;
  g_assert_not_reached ();
}

/* Puts @value over four bytes of the file. */
static void
overwrite (HelperFile *fixture, gsize offset, guint32 value)
{
  g_autoptr (GBytes) bytes = helper_read (fixture->path);
  gsize   size;
  guint8 *data = g_bytes_unref_to_data (g_steal_pointer (&bytes), &size);

  value = GUINT32_TO_LE (value);
  memcpy (data + offset, &value, 4);
  helper_write (fixture->path, data, size);
  g_free (data);
}

/* The stored numbers say other than their checksum. */
static void
test_payload_changed (HelperFile *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = NULL;
  gsize offset;

  write_weights (fixture, "(2, 3)", six, sizeof (six), FALSE);
  bytes  = helper_read (fixture->path);
  offset = find_bytes (bytes, (const char *) six, sizeof (six));
  overwrite (fixture, offset + 20, 0x3f800000);
  assert_refused (fixture, DOT_ERROR_INVALID_FILE, "a/W");
}

static void
overwrite_directory (HelperFile *fixture, gsize field, guint32 value)
{
  g_autoptr (GBytes) bytes = helper_read (fixture->path);

  overwrite (fixture, find_bytes (bytes, "PK\1\2", 4) + field, value);
}

static void
test_directory_lies (HelperFile *fixture, gconstpointer data)
{
  static const guint32 sizes[] = { 0, 1, 64, 127, 500, 1 << 20, 1u << 31, G_MAXUINT32 - 1 };

  for (int deflate = 0; deflate < 2; deflate++)
    for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
      {
        write_weights (fixture, "(2, 3)", six, sizeof (six), deflate);
        overwrite_directory (fixture, DIRECTORY_SIZE, sizes[i]);
        assert_refused (fixture, DOT_ERROR_INVALID_FILE, "x.npz");

        write_weights (fixture, "(2, 3)", six, sizeof (six), deflate);
        overwrite_directory (fixture, DIRECTORY_SIZE, sizes[i]);
        overwrite_directory (fixture, DIRECTORY_COMPRESSED_SIZE, sizes[i]);
        assert_refused (fixture, DOT_ERROR_INVALID_FILE, "x.npz");
      }

  write_weights (fixture, "(2, 3)", six, sizeof (six), TRUE);
  overwrite_directory (fixture, DIRECTORY_CHECKSUM, 0);
  assert_refused (fixture, DOT_ERROR_INVALID_FILE, "a/W");
}

/* A size of 0 in the directory and a shape whose bytes wrap round to just as
 * many as the header has: they must not be believed. */
static void
test_sizes_wrap_round (HelperFile *fixture, gconstpointer data)
{
  g_autofree char   *shape = g_strdup_printf ("%-64s", "(32377, 1212847, 3670009, 128)");
  g_autofree guint8 *items = g_malloc0 (20000);
  g_autoptr (GBytes) npy   = helper_npy ("|u1", shape, items, 20000);
  g_autoptr (DotNpz) npz   = NULL;
  g_autoptr (GError) error = NULL;
  DotNpyHeader header;

  dot_npy_parse_header (g_bytes_get_data (npy, NULL), g_bytes_get_size (npy), "x", &header, NULL);
  g_assert_cmpuint (header.n_bytes + header.offset, ==, 0);

  helper_write_zip (fixture->path, "a/W.npy", npy, FALSE);
  overwrite_directory (fixture, DIRECTORY_SIZE, 0);
  npz = dot_npz_open (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_null (dot_npz_read_doubles (npz, "a/W", &header, &error));
  assert_sentence (error, DOT_ERROR_INVALID_FILE);
}

/* A stream that goes on and on after what header and directory say. */
static void
test_inflates_to_more (HelperFile *fixture, gconstpointer data)
{
  gsize              n     = 64 << 20;
  g_autofree guint8 *zeros = g_malloc0 (n);
  g_autoptr (GBytes) npy   = helper_npy ("<f4", "(2, 3)", zeros, n);

  helper_write_zip (fixture->path, "a/W.npy", npy, TRUE);
  overwrite_directory (fixture, DIRECTORY_SIZE, g_bytes_get_size (npy) - n + sizeof (six));
  assert_refused (fixture, DOT_ERROR_INVALID_FILE, "a/W");
}

/* Each member's size is credible, and all together are too much. */
static void
test_too_much_together (HelperFile *fixture, gconstpointer data)
{
  gsize              n     = 5 << 20;
  g_autofree guint8 *zeros = g_malloc0 (n);
  g_autoptr (GBytes) npy   = helper_npy ("<f4", "(1310720,)", zeros, n);
  g_autoptr (DotNpz) npz   = NULL;
  g_autoptr (GError) error = NULL;

  helper_write_zip (fixture->path, "b.npy", npy, FALSE);
  overwrite_directory (fixture, DIRECTORY_SIZE, 3999999999u);
  npz = dot_npz_open (fixture->path, &error);
  g_assert_no_error (error);

  overwrite_directory (fixture, DIRECTORY_SIZE, 4000000001u);
  g_assert_null (dot_npz_open (fixture->path, &error));
  assert_sentence (error, DOT_ERROR_INVALID_FILE);
  assert_mentions (error, "4 GB");
}

/* Each bit of a small archive in turn: an error, or the numbers untouched. */
static void
test_every_bit_changed (HelperFile *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = NULL;

  write_weights (fixture, "(2, 3)", six, sizeof (six), TRUE);
  bytes = helper_read (fixture->path);
  for (gsize i = 0; i < 8 * g_bytes_get_size (bytes); i++)
    {
      g_autofree guint8 *copy    = g_memdup2 (g_bytes_get_data (bytes, NULL),
                                              g_bytes_get_size (bytes));
      g_autoptr (GError) error   = NULL;
      g_autoptr (DotArray) array = NULL;

      copy[i / 8] ^= 1 << (i % 8);
      helper_write (fixture->path, copy, g_bytes_get_size (bytes));
      array = read_weights (fixture, &error);
      if (array)
        g_assert_cmpmem (array->data, sizeof (six), six, sizeof (six));
      else
        assert_sentence (error, DOT_ERROR_INVALID_FILE);
    }
}

/*  writing  */

static void
test_round_trip (HelperFile *fixture, gconstpointer data)
{
  g_autoptr (DotNpzWriter) writer = NULL;
  g_autoptr (GError) error        = NULL;
  g_autoptr (DotArray) array      = NULL;
  g_autoptr (DotNpz) npz          = NULL;
  g_autofree double *scalar       = NULL;
  DotNpyHeader       header;

  writer = dot_npz_writer_new (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_true (dot_npz_writer_add (writer, "a/W", six, 2, (gsize[]) { 2, 3 }, &error));
  g_assert_true (dot_npz_writer_add (writer, "s", six + 5, 0, NULL, &error));
  g_assert_true (dot_npz_writer_add (writer, "none", six, 1, (gsize[]) { 0 }, &error));
  g_assert_true (dot_npz_writer_close (writer, &error));

  array = read_weights (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (array->data, sizeof (six), six, sizeof (six));
  npz    = dot_npz_open (fixture->path, &error);
  scalar = dot_npz_read_doubles (npz, "s", &header, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (*scalar, ==, -6.0);
  g_assert_true (dot_npz_get_header (npz, "none", &header, &error));
  g_assert_cmpuint (header.n_items, ==, 0);
}

static void
assert_unwritable (const char *path)
{
  g_autoptr (GError) error        = NULL;
  g_autoptr (DotNpzWriter) writer = dot_npz_writer_new (path, &error);
  gboolean written;

  written = writer && dot_npz_writer_add (writer, "a", six, 1, (gsize[]) { 6 }, &error) &&
            dot_npz_writer_close (writer, &error);
  g_assert_false (written);
  assert_sentence (error, DOT_ERROR_FAILED);
  assert_mentions (error, path);
}

static void
test_unwritable (HelperFile *fixture, gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (fixture->folder, "none", "x.npz", NULL);
  g_autofree char *under   = g_build_filename (fixture->path, "x.npz", NULL);

  helper_write (fixture->path, "", 0);
  assert_unwritable (nowhere);
  assert_unwritable (under);
  assert_unwritable (fixture->folder);
  assert_unwritable ("/proc/x.npz");
}

static const guint8 *
find (const guint8 *bytes, gsize size, const char *signature)
{
  const guint8 *found = memmem (bytes, size, signature, 4);

  g_assert_nonnull (found);
  return found;
}

/* 1980-01-01 00:00, whenever it is written: equal members, equal bytes. */
static void
test_time (HelperFile *fixture, gconstpointer data)
{
  static const guint8 first_day[] = { 0, 0, 0x21, 0 };
  g_autoptr (DotNpzWriter) writer = dot_npz_writer_new (fixture->path, NULL);
  g_autoptr (GBytes) file         = NULL;
  const guint8 *bytes;
  gsize         size;

  g_assert_true (dot_npz_writer_add (writer, "a", six, 1, (gsize[]) { 6 }, NULL));
  g_assert_true (dot_npz_writer_close (writer, NULL));
  file  = helper_read (fixture->path);
  bytes = g_bytes_get_data (file, &size);
  g_assert_cmpmem (find (bytes, size, "PK\3\4") + MEMBER_TIME, 4, first_day, 4);
  g_assert_cmpmem (find (bytes, size, "PK\1\2") + DIRECTORY_TIME, 4, first_day, 4);
}

/* A writer that is given up leaves nothing, and an older file as it was. */
static void
test_given_up (HelperFile *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = NULL;
  DotNpzWriter *writer;

  writer = dot_npz_writer_new (fixture->path, NULL);
  dot_npz_writer_add (writer, "a", six, 1, (gsize[]) { 6 }, NULL);
  dot_npz_writer_free (writer);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));

  helper_write (fixture->path, "old", 3);
  writer = dot_npz_writer_new (fixture->path, NULL);
  dot_npz_writer_add (writer, "a", six, 1, (gsize[]) { 6 }, NULL);
  dot_npz_writer_free (writer);
  bytes = helper_read (fixture->path);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "old", 3);
}

typedef struct
{
  const char *folder;
  double      last;
} Watched;

/* Keeps the fraction it was told last.  Before the end nothing has a name. */
static void
on_progress (const char *message, double fraction, gpointer data)
{
  Watched *watched = data;

  g_assert_cmpstr (message, ==, "Writing");
  if (watched->folder && fraction < 1.0)
    g_assert_cmpuint (helper_count_names (watched->folder), ==, 0);
  watched->last = fraction;
}

/* (nullable): where the file system has no files without names */
static const char *
get_folder_of_unnamed (HelperFile *fixture)
{
  int fd = dot_whole_file_open_unnamed (fixture->path);

  if (fd < 0)
    return NULL;
  close (fd);
  return fixture->folder;
}

static void
test_watched (HelperFile *fixture, gconstpointer data)
{
  g_autoptr (DotNpzWriter) writer = dot_npz_writer_new (fixture->path, NULL);
  g_autoptr (GError) error        = NULL;
  Watched watched                 = { get_folder_of_unnamed (fixture), -1.0 };

  dot_npz_writer_add (writer, "a", six, 1, (gsize[]) { 6 }, NULL);
  dot_npz_writer_watch (writer, "Writing", on_progress, &watched, NULL);
  g_assert_true (dot_npz_writer_close (writer, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (watched.last, ==, 1.0);
}

static void
test_cancelled (HelperFile *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error             = NULL;
  DotNpzWriter *writer                 = dot_npz_writer_new (fixture->path, NULL);

  dot_npz_writer_add (writer, "a", six, 1, (gsize[]) { 6 }, NULL);
  dot_npz_writer_watch (writer, "Writing", NULL, NULL, cancellable);
  g_cancellable_cancel (cancellable);
  g_assert_false (dot_npz_writer_close (writer, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  dot_npz_writer_free (writer);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

static void
add (const char *path, void (*test) (HelperFile *fixture, gconstpointer data))
{
  g_test_add (path, HelperFile, "x.npz", helper_file_set_up, test, helper_file_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("/npz/read", test_read);
  add ("/npz/read-converted", test_read_converted);
  add ("/npz/has", test_has);
  add ("/npz/refused/contents", test_wrong_contents);
  add ("/npz/refused/too-large", test_too_large);
  add ("/npz/refused/missing-key", test_missing_key);
  add ("/npz/refused/length", test_wrong_length);
  add ("/npz/refused/no-array", test_no_array);
  add ("/npz/refused/no-archive", test_no_archive);
  add ("/npz/refused/truncated", test_truncated);
  add ("/npz/refused/payload", test_payload_changed);
  add ("/npz/refused/directory", test_directory_lies);
  add ("/npz/refused/wrap", test_sizes_wrap_round);
  add ("/npz/refused/inflates-to-more", test_inflates_to_more);
  add ("/npz/refused/too-much-together", test_too_much_together);
  add ("/npz/damage/every-bit", test_every_bit_changed);
  add ("/npz/writer/round-trip", test_round_trip);
  add ("/npz/writer/unwritable", test_unwritable);
  add ("/npz/writer/time", test_time);
  add ("/npz/writer/given-up", test_given_up);
  add ("/npz/writer/watched", test_watched);
  add ("/npz/writer/cancelled", test_cancelled);
  return g_test_run ();
}
