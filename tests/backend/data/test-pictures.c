/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Pictures in class folders: which they are, how they are scaled, and what is
 * said of damaged ones. */

#include "helpers.h"
#include "small-datasets.h"
#include "data/batches.h"
#include "export/encoder.h"
#include "data/jpeg.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>
#include <unistd.h>

static const char *const chosen[]  = { "n03", "n01", NULL };
static const char *const missing[] = { "n03", "n07", NULL };
static const char *const twice[]   = { "n03", "n03", NULL };

static void
choose (DotDatasetOptions *options)
{
  sample_small (options);
  options->classes = chosen;
}

static void
choose_missing (DotDatasetOptions *options)
{
  options->classes = missing;
}

static void
choose_twice (DotDatasetOptions *options)
{
  options->classes = twice;
}

static void
on_the_fly (DotDatasetOptions *options)
{
  sample_small (options);
  options->memory_limit = 1;
}

static void
lazy_one (DotDatasetOptions *options)
{
  sample_small (options);
  options->lazy = TRUE;
}

static void
scale_to_four (DotDatasetOptions *options)
{
  options->size = 4;
}

/* Three classes with 2, 3 and 1 pictures, numbered in the order of the
 * dataset, and what is no picture. */
static void
write_folder (const char *folder)
{
  sample_write (folder, "n02/b.PNG", sample_png (3, SAMPLE_SIZE, SAMPLE_SIZE));
  sample_write (folder, "n02/a.png", sample_png (2, SAMPLE_SIZE, SAMPLE_SIZE));
  sample_write (folder, "n02/sub/c.png", sample_png (4, SAMPLE_SIZE, SAMPLE_SIZE));
  sample_write (folder, "n01/2.png", sample_png (1, SAMPLE_SIZE, SAMPLE_SIZE));
  sample_write (folder, "n01/1.png", sample_png (0, SAMPLE_SIZE, SAMPLE_SIZE));
  sample_write (folder, "n03/x.png", sample_png (5, SAMPLE_SIZE, SAMPLE_SIZE));
  sample_write (folder, "n03/._x.png", g_bytes_new_static ("x", 1));
  sample_write (folder, "n03/boxes.txt", g_bytes_new_static ("x", 1));
  sample_write (folder, "overview.png", g_bytes_new_static ("x", 1));
}

static void
check_folder (DotDataset *dataset)
{
  const guint labels[] = { 0, 0, 1, 1, 1, 2 };

  g_assert_cmpstr (dot_dataset_get_kind (dataset), ==, "folder");
  g_assert_cmpuint (dot_dataset_get_n_items (dataset), ==, 6);
  g_assert_cmpuint (dot_dataset_get_n_labels (dataset), ==, 3);
  g_assert_cmpstr (dot_dataset_get_label_name (dataset, 0), ==, "n01");
  g_assert_cmpstr (dot_dataset_get_label_name (dataset, 2), ==, "n03");
  g_assert_cmpuint (dot_dataset_get_channels (dataset), ==, 3);
  g_assert_cmpuint (dot_dataset_get_height (dataset), ==, SAMPLE_SIZE);
  g_assert_cmpuint (dot_dataset_get_width (dataset), ==, SAMPLE_SIZE);
  for (guint i = 0; i < 6; i++)
    {
      g_assert_cmpuint (dot_dataset_get_label (dataset, i), ==, labels[i]);
      sample_check (dataset, i, i);
    }
}

static void
test_folder (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autoptr (DotDataset) memory   = NULL;
  g_autoptr (DotDataset) disk     = NULL;

  write_folder (folder);
  memory = sample_open (folder, sample_small);
  disk   = sample_open (folder, on_the_fly);
  g_assert_true (dot_dataset_is_in_memory (memory));
  g_assert_false (dot_dataset_is_in_memory (disk));
  check_folder (memory);
  check_folder (disk);
}

static void
test_classes (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autoptr (DotDataset) dataset  = NULL;
  g_autoptr (GError) error        = NULL;
  g_autoptr (GError) again        = NULL;

  write_folder (folder);
  dataset = sample_open (folder, choose);
  g_assert_cmpuint (dot_dataset_get_n_labels (dataset), ==, 2);
  g_assert_cmpuint (dot_dataset_get_n_items (dataset), ==, 3);
  g_assert_cmpstr (dot_dataset_get_label_name (dataset, 0), ==, "n03");
  sample_check (dataset, 0, 5);
  sample_check (dataset, 2, 1);

  error = sample_open_badly (folder, choose_missing);
  assert_sentence (error, DOT_ERROR_NOT_FOUND);
  assert_mentions (error, "n07");
  again = sample_open_badly (folder, choose_twice);
  assert_sentence (again, DOT_ERROR_INVALID_ARGUMENT);
  assert_mentions (again, "n03");
}

/* The middle of 20 × 8 and of 8 × 12, each pixel the mean of four. */
static void
test_scaling (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autoptr (DotDataset) dataset  = NULL;
  const guint left[2]             = { 6, 0 };
  const guint top[2]              = { 0, 2 };

  sample_write (folder, "c/1.png", sample_png (0, 20, 8));
  sample_write (folder, "c/2.png", sample_png (1, 8, 12));
  dataset = sample_open (folder, scale_to_four);
  for (guint p = 0; p < 2; p++)
    {
      guint8 pixels[3 * 4 * 4];

      sample_read (dataset, p, pixels);
      for (guint i = 0; i < G_N_ELEMENTS (pixels); i++)
        {
          guint c = i / 16, y = top[p] + i / 4 % 4 * 2, x = left[p] + i % 4 * 2;
          guint sum = sample_level (p, c, y, x) + sample_level (p, c, y, x + 1) +
                      sample_level (p, c, y + 1, x) + sample_level (p, c, y + 1, x + 1);

          /* Rounded up or down. */
          g_assert_cmpuint (pixels[i], >=, sum / 4);
          g_assert_cmpuint (pixels[i], <=, (sum + 3) / 4);
        }
    }
}

/* What is transparent becomes white. */
static void
test_alpha (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *path           = g_build_filename (folder, "c", "1.png", NULL);
  g_autoptr (DotDataset) dataset  = NULL;
  g_autoptr (GdkPixbuf) picture   = NULL;
  g_autoptr (GdkPixbuf) opaque    = NULL;
  guint8 pixels[3 * 4 * 4];

  sample_write (folder, "c/1.png", g_bytes_new_static ("", 0));
  picture = gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, 8, 8);
  gdk_pixbuf_fill (picture, 0xff000000);
  opaque = gdk_pixbuf_new_subpixbuf (picture, 0, 0, 4, 8);
  gdk_pixbuf_fill (opaque, 0xff0000ff);
  g_assert_true (gdk_pixbuf_save (picture, path, "png", NULL, NULL));
  dataset = sample_open (folder, scale_to_four);
  sample_read (dataset, 0, pixels);
  for (guint i = 0; i < G_N_ELEMENTS (pixels); i++)
    g_assert_cmpuint (pixels[i], ==, i >= 16 && i % 4 < 2 ? 0 : 255);
}

/*  every file once, and nothing left out without a word  */

static void
on_notice (const char *sentence, gpointer notices)
{
  g_assert_cmpstr (helper_sentence_fault (sentence), ==, NULL);
  g_ptr_array_add (notices, g_strdup (sentence));
}

/* Of a folder or a tar: the pictures, and what is said. */
static DotDataset *
open_and_listen (const char *path, GPtrArray **notices)
{
  g_autoptr (GError) error = NULL;
  DotDatasetOptions options;
  DotDataset       *dataset;

  *notices = g_ptr_array_new_with_free_func (g_free);
  dot_dataset_options_init (&options);
  sample_small (&options);
  options.path      = path;
  options.notice    = on_notice;
  options.user_data = *notices;
  dataset           = dot_dataset_open (&options, &error);
  g_assert_no_error (error);
  return dataset;
}

static void
assert_said (GPtrArray *notices, const char *count, const char *first)
{
  for (guint i = 0; i < notices->len; i++)
    if (strstr (notices->pdata[i], count) && strstr (notices->pdata[i], first))
      return;
  g_error ("nothing is said of %s, %s", count, first);
}

static void
link_to (const char *folder, const char *name, const char *target)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_cmpint (symlink (target, path), ==, 0);
}

static void
test_depth (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autoptr (GPtrArray) notices   = NULL;
  g_autoptr (DotDataset) dataset  = NULL;
  g_autoptr (GString) name        = g_string_new ("c/");

  for (guint depth = 0; depth < 40; depth++)
    {
      g_autofree char *path = g_strconcat (name->str, "1.png", NULL);

      sample_write (folder, path, sample_png (depth, SAMPLE_SIZE, SAMPLE_SIZE));
      g_string_append (name, "d/");
    }
  dataset = open_and_listen (folder, &notices);
  g_assert_cmpuint (dot_dataset_get_n_items (dataset), ==, 40);
  g_assert_cmpuint (notices->len, ==, 0);
}

/* Links back, and names before those that they lead to. */
static void
test_links (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *from           = g_build_filename (folder, "n01", "1.png", NULL);
  g_autofree char *to             = g_build_filename (folder, "n02", "0.png", NULL);
  g_autoptr (GPtrArray) notices   = NULL;
  g_autoptr (DotDataset) dataset  = NULL;

  write_folder (folder);
  link_to (folder, "again", "n03");
  link_to (folder, "n01/up", "..");
  link_to (folder, "n02/self", ".");
  link_to (folder, "n03/none.png", "nothing.png");
  link_to (folder, "n03/0.png", "x.png");
  g_assert_cmpint (link (from, to), ==, 0);

  dataset = open_and_listen (folder, &notices);
  check_folder (dataset);
  assert_said (notices, "5 names", "/again");
  assert_said (notices, "1 link ", "/n03/none.png");
  assert_said (notices, "1 file ", "/n03/boxes.txt");
  assert_said (notices, "1 picture ", "/overview.png");
  g_assert_cmpuint (notices->len, ==, 4);
}

/* What is elsewhere is read, and once, too. */
static void
test_links_elsewhere (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autoptr (HelperFolder) other  = helper_folder_new ();
  g_autofree char *inside         = g_build_filename (other, "in", NULL);
  g_autoptr (GPtrArray) notices   = NULL;
  g_autoptr (DotDataset) dataset  = NULL;

  sample_write (folder, "a/1.png", sample_png (0, SAMPLE_SIZE, SAMPLE_SIZE));
  sample_write (other, "in/2.png", sample_png (1, SAMPLE_SIZE, SAMPLE_SIZE));
  sample_write (other, "in/3.png", sample_png (2, SAMPLE_SIZE, SAMPLE_SIZE));
  link_to (folder, "b", inside);
  link_to (other, "in/back", folder);

  dataset = open_and_listen (folder, &notices);
  g_assert_cmpuint (dot_dataset_get_n_items (dataset), ==, 3);
  g_assert_cmpuint (dot_dataset_get_n_labels (dataset), ==, 2);
  for (guint i = 0; i < 3; i++)
    sample_check (dataset, i, i);
  assert_said (notices, "1 name ", "/b/back");
  g_assert_cmpuint (notices->len, ==, 1);
}

/* A tar says it, too. */
static void
test_tar (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *path           = g_build_filename (folder, "x.tar", NULL);
  g_autoptr (GPtrArray) notices   = NULL;
  g_autoptr (DotDataset) dataset  = NULL;
  SampleTar *tar                  = sample_tar_new (path);

  sample_tar_add_picture (tar, "c/1.png", 0);
  sample_tar_add_picture (tar, "c/.hidden/2.png", 1);
  sample_tar_add (tar, "c/notes.txt", g_bytes_new_static ("x", 1));
  sample_tar_add_link (tar, "c/3.png", "1.png", FALSE);
  sample_tar_add_link (tar, "c/2.png", "c/1.png", TRUE);
  sample_tar_finish (tar);

  dataset = open_and_listen (path, &notices);
  g_assert_cmpuint (dot_dataset_get_n_items (dataset), ==, 1);
  assert_said (notices, "1 file ", "c/notes.txt");
  assert_said (notices, "2 links ", "c/2.png");
  g_assert_cmpuint (notices->len, ==, 2);
}

static void
test_nothing_there (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *path           = g_build_filename (folder, "none", NULL);
  g_autoptr (GError) empty        = sample_open_badly (folder, NULL);
  g_autoptr (GError) none         = sample_open_badly (path, NULL);

  assert_sentence (empty, DOT_ERROR_NOT_FOUND);
  assert_mentions (empty, folder);
  assert_sentence (none, DOT_ERROR_NOT_FOUND);
  assert_mentions (none, path);
}

/*  damage  */

static GBytes *
cut (GBytes *bytes)
{
  GBytes *half = g_bytes_new (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes) / 2);

  g_bytes_unref (bytes);
  return half;
}

static void
check_damage (const char *folder, const char *name)
{
  g_autoptr (GError) at_once     = sample_open_badly (folder, sample_small);
  g_autoptr (GError) later       = NULL;
  g_autoptr (DotDataset) dataset = sample_open (folder, on_the_fly);
  g_autoptr (DotBatches) batches = dot_batches_new (dataset, 7, 1, 2);
  float  images[7 * SAMPLE_ITEM];
  gint32 labels[7];

  assert_sentence (at_once, DOT_ERROR_INVALID_FILE);
  assert_mentions (at_once, name);
  for (guint again = 0; again < 2; again++)
    {
      g_clear_error (&later);
      g_assert_false (dot_batches_get (batches, again, images, labels, &later));
      assert_sentence (later, DOT_ERROR_INVALID_FILE);
      assert_mentions (later, name);
    }
}

static void
test_damaged (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();

  write_folder (folder);
  sample_write (folder, "n02/a.png", cut (sample_png (2, SAMPLE_SIZE, SAMPLE_SIZE)));
  check_damage (folder, "n02/a.png");
  sample_write (folder, "n02/a.png", g_bytes_new_static ("", 0));
  check_damage (folder, "n02/a.png");
  sample_write (folder, "n02/a.png", g_bytes_new_static ("no picture", 10));
  check_damage (folder, "n02/a.png");
}

/* Of several it is always the first. */
static void
test_first_damaged (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();

  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *name = g_strdup_printf ("c/%03u.png", i);

      sample_write (folder, name,
                    i < 77 || i % 3 ? sample_png (i, SAMPLE_SIZE, SAMPLE_SIZE)
                                    : g_bytes_new_static ("no", 2));
    }
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GError) error = sample_open_badly (folder, sample_small);

      assert_sentence (error, DOT_ERROR_INVALID_FILE);
      assert_mentions (error, "c/078.png");
    }
}

/* A file of each format, whole and cut off: what there is of a picture
 * is no picture. */
static void
check_format (const char *folder, const char *format)
{
  g_autofree char *name              = g_strconcat ("c/1.", format, NULL);
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  g_autoptr (GBytes) png             = sample_png (3, 48, 48);
  g_autoptr (DotDataset) whole       = NULL;
  g_autofree char *bytes             = NULL;
  gsize            size;

  g_assert_true (gdk_pixbuf_loader_write_bytes (loader, png, NULL));
  g_assert_true (gdk_pixbuf_loader_close (loader, NULL));
  g_assert_true (gdk_pixbuf_save_to_buffer (gdk_pixbuf_loader_get_pixbuf (loader), &bytes, &size,
                                            format, NULL, NULL));
  sample_write (folder, name, g_bytes_new (bytes, size));
  whole = sample_open (folder, sample_small);
  for (guint i = 1; i < 16; i++)
    {
      g_autoptr (GError) error = NULL;

      sample_write (folder, name, g_bytes_new (bytes, i * size / 16));

      error = sample_open_badly (folder, sample_small);
      assert_sentence (error, DOT_ERROR_INVALID_FILE);
      assert_mentions (error, name);
    }
}

static void
test_formats (void)
{
  const char *const formats[] = { "png", "jpeg", "bmp", "tiff" };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (HelperFolder) folder = helper_folder_new ();

      check_format (folder, formats[i]);
    }
}

/* Signs that stand for none, in what is coded and as filling; a preview with an
 * end of its own; something behind the end. */
static void
test_jpeg_end (void)
{
  static const guint8 jpeg[] = {
    0xff, 0xd8, 0xff, 0xe1, 0,    8, 0xff, 0xd8, 1,    0xff, 0xd9, 2, 0xff, 0xff, 0xda,
    0,    4,    1,    2,    0xff, 0, 3,    0xff, 0xd0, 0xff, 0,    4, 0xff, 0xd9, 5,
  };

  for (gsize i = 0; i <= sizeof (jpeg); i++)
    {
      g_autofree guint8 *copy = g_memdup2 (jpeg, i);

      g_assert_cmpint (dot_jpeg_has_end (copy, i), ==, i >= sizeof (jpeg) - 1);
    }
}

/* The left half is black; turned to the right, as the camera says, the upper
 * one is. */
static void
test_turned (void)
{
  static const guint8 exif[] = {
    0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8,
    0,    1,    1, 18, 0,   3,   0,   0,   0, 1, 0,   6,   0, 0,  0, 0, 0, 0,
  };
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autoptr (GdkPixbuf) picture   = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 32, 32);
  g_autoptr (GdkPixbuf) left      = gdk_pixbuf_new_subpixbuf (picture, 0, 0, 16, 32);
  g_autoptr (DotDataset) dataset  = NULL;
  g_autofree char *bytes          = NULL;
  GByteArray      *jpeg           = g_byte_array_new ();
  gsize            size;
  guint8           pixels[3 * 4 * 4];

  gdk_pixbuf_fill (picture, 0xffffffff);
  gdk_pixbuf_fill (left, 0x000000ff);
  g_assert_true (gdk_pixbuf_save_to_buffer (picture, &bytes, &size, "jpeg", NULL, NULL));
  g_byte_array_append (jpeg, (const guint8 *) bytes, 2);
  g_byte_array_append (jpeg, exif, sizeof (exif));
  g_byte_array_append (jpeg, (const guint8 *) bytes + 2, (guint) size - 2);
  sample_write (folder, "c/1.jpg", g_byte_array_free_to_bytes (jpeg));
  dataset = sample_open (folder, scale_to_four);
  sample_read (dataset, 0, pixels);
  for (guint i = 0; i < G_N_ELEMENTS (pixels); i++)
    g_assert_cmpint (ABS (pixels[i] - (i % 16 < 8 ? 0 : 255)), <, 16);
}

/*  WebP, and a TIFF that nobody makes RGB of  */

static gboolean
paint_sample (gpointer picture, guint index, guint8 *pixels, GError **error)
{
  for (guint y = 0; y < SAMPLE_SIZE; y++)
    for (guint x = 0; x < SAMPLE_SIZE; x++)
      for (guint c = 0; c < 3; c++)
        *pixels++ = (guint8) sample_level (GPOINTER_TO_UINT (picture) + index, c, y, x);
  return TRUE;
}

/* (nullable): without loss, of so many frames */
static GBytes *
webp_new (guint picture, guint n_frames)
{
  const DotEncoderClass *encoder   = dot_encoder_load (NULL);
  const DotAnimation     animation = { .width    = SAMPLE_SIZE,
                                       .height   = SAMPLE_SIZE,
                                       .n_frames = n_frames,
                                       .delay    = 100,
                                       .quality  = 100,
                                       .data     = GUINT_TO_POINTER (picture),
                                       .paint    = paint_sample };

  return encoder ? encoder->encode_webp (&animation, NULL) : NULL;
}

static void
check_webp (guint n_frames)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autoptr (GBytes) bytes        = webp_new (3, n_frames);
  g_autoptr (GBytes) half         = NULL;
  g_autoptr (DotDataset) dataset  = NULL;
  g_autoptr (GError) error        = NULL;

  if (! bytes)
    {
      g_test_skip ("there is no libwebp");
      return;
    }
  half = g_bytes_new_from_bytes (bytes, 0, g_bytes_get_size (bytes) / 2);
  sample_write (folder, "c/1.webp", g_bytes_ref (bytes));
  dataset = sample_open (folder, sample_small);
  sample_check (dataset, 0, 3);

  sample_write (folder, "c/1.webp", g_bytes_ref (half));
  error = sample_open_badly (folder, sample_small);
  assert_sentence (error, DOT_ERROR_INVALID_FILE);
  assert_mentions (error, "c/1.webp is damaged");
}

static void
test_webp (void)
{
  check_webp (1);
  check_webp (3);
}

static gboolean
is_loadable (const guint8 *bytes, gsize size)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  gboolean written                   = gdk_pixbuf_loader_write (loader, bytes, size, NULL);

  return gdk_pixbuf_loader_close (loader, NULL) && written;
}

/* One pixel in CMYK of 16 bits: whole, and cut off. */
static void
test_cmyk (void)
{
  static const guint8 tiff[] = {
    'I', 'I', 42, 0, 24, 0, 0, 0, 0,  16, 0,  32, 0, 48, 0, 64, 16, 0, 16, 0, 16, 0, 16, 0,  10,
    0,   0,   1,  3, 0,  1, 0, 0, 0,  1,  0,  0,  0, 1,  1, 3,  0,  1, 0,  0, 0,  1, 0,  0,  0,
    2,   1,   3,  0, 4,  0, 0, 0, 16, 0,  0,  0,  3, 1,  3, 0,  1,  0, 0,  0, 1,  0, 0,  0,  6,
    1,   3,   0,  1, 0,  0, 0, 5, 0,  0,  0,  17, 1, 4,  0, 1,  0,  0, 0,  8, 0,  0, 0,  21, 1,
    3,   0,   1,  0, 0,  0, 4, 0, 0,  0,  22, 1,  3, 0,  1, 0,  0,  0, 1,  0, 0,  0, 23, 1,  4,
    0,   1,   0,  0, 0,  8, 0, 0, 0,  28, 1,  3,  0, 1,  0, 0,  0,  1, 0,  0, 0,  0, 0,  0,  0,
  };
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autoptr (GError) whole        = NULL;
  g_autoptr (GError) cut_off      = NULL;

  if (is_loadable (tiff, sizeof (tiff)))
    {
      g_test_skip ("GdkPixbuf makes RGB of it");
      return;
    }
  sample_write (folder, "c/1.tif", g_bytes_new_static (tiff, sizeof (tiff)));
  whole = sample_open_badly (folder, sample_small);
  assert_sentence (whole, DOT_ERROR_INVALID_FILE);
  assert_mentions (whole, "c/1.tif is a kind of TIFF");
  sample_write (folder, "c/1.tif", g_bytes_new_static (tiff, 100));
  cut_off = sample_open_badly (folder, sample_small);
  assert_mentions (cut_off, "damaged");
}

/* A GIF whose only picture is smaller than its frame. */
static void
test_small_frame (void)
{
  static const guint8 gif[] = {
    'G', 'I',  'F', '8', '9', 'a', 2, 0, 2, 0, 0x80, 0, 0, 0,    0, 0, 255,  255,
    255, 0x2c, 0,   0,   0,   0,   1, 0, 1, 0, 0,    2, 2, 0x44, 1, 0, 0x3b,
  };
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autoptr (DotDataset) dataset  = NULL;

  sample_write (folder, "c/1.gif", g_bytes_new_static (gif, sizeof (gif)));
  dataset = sample_open (folder, sample_small);
  g_assert_cmpuint (dot_dataset_get_n_items (dataset), ==, 1);
}

static void
test_read_item (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autoptr (DotDataset) memory   = NULL;
  g_autoptr (DotDataset) lazy     = NULL;

  write_folder (folder);
  memory = sample_open (folder, sample_small);
  lazy   = sample_open (folder, lazy_one);
  g_assert_true (dot_dataset_is_in_memory (memory));
  g_assert_false (dot_dataset_is_in_memory (lazy));
  g_assert_cmpuint (dot_dataset_get_item_size (lazy), ==, SAMPLE_ITEM);
  for (guint item = 0; item < 6; item++)
    {
      guint8 pixels[SAMPLE_ITEM], again[SAMPLE_ITEM];

      g_assert_true (dot_dataset_read_item (memory, item, pixels, NULL));
      g_assert_true (dot_dataset_read_item (lazy, item, again, NULL));
      g_assert_cmpmem (pixels, SAMPLE_ITEM, again, SAMPLE_ITEM);
      g_assert_cmpuint (pixels[9], ==, sample_level (item, 0, 1, 1));
    }
}

/* A header that claims 40,000 × 40,000 pixels. */
static void
test_huge (void)
{
  static const guint8 header[] = {
    0x89, 'P',  'N',  'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I',  'H',  'D',  'R',  0,
    0,    0x9c, 0x40, 0,   0,    0x9c, 0x40, 8,    2, 0, 0, 0,  0x51, 0x78, 0x3c, 0xe2,
  };
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autoptr (GError) error        = NULL;

  sample_write (folder, "c/1.png", g_bytes_new_static (header, sizeof (header)));
  error = sample_open_badly (folder, sample_small);
  assert_sentence (error, DOT_ERROR_INVALID_FILE);
  assert_mentions (error, "c/1.png");
}

static void
count_progress (const char *message, double fraction, gpointer data)
{
  guint *calls = data;

  g_assert_cmpfloat (fraction, >=, 0.0);
  g_assert_cmpfloat (fraction, <=, 1.0);
  ++*calls;
}

static void
test_cancel (void)
{
  g_autoptr (HelperFolder) folder      = helper_folder_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error             = NULL;
  g_autoptr (DotDataset) read          = NULL;
  guint             calls              = 0;
  DotDatasetOptions options;

  write_folder (folder);
  dot_dataset_options_init (&options);
  options.path        = folder;
  options.progress    = count_progress;
  options.user_data   = &calls;
  options.cancellable = cancellable;
  read                = dot_dataset_open (&options, &error);
  g_assert_no_error (error);

  g_cancellable_cancel (cancellable);
  g_assert_null (dot_dataset_open (&options, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pictures/folder", test_folder);
  g_test_add_func ("/pictures/classes", test_classes);
  g_test_add_func ("/pictures/scaling", test_scaling);
  g_test_add_func ("/pictures/alpha", test_alpha);
  g_test_add_func ("/pictures/depth", test_depth);
  g_test_add_func ("/pictures/links", test_links);
  g_test_add_func ("/pictures/links-elsewhere", test_links_elsewhere);
  g_test_add_func ("/pictures/tar", test_tar);
  g_test_add_func ("/pictures/nothing-there", test_nothing_there);
  g_test_add_func ("/pictures/damaged", test_damaged);
  g_test_add_func ("/pictures/first-damaged", test_first_damaged);
  g_test_add_func ("/pictures/formats", test_formats);
  g_test_add_func ("/pictures/jpeg-end", test_jpeg_end);
  g_test_add_func ("/pictures/turned", test_turned);
  g_test_add_func ("/pictures/webp", test_webp);
  g_test_add_func ("/pictures/cmyk", test_cmyk);
  g_test_add_func ("/pictures/small-frame", test_small_frame);
  g_test_add_func ("/pictures/read-item", test_read_item);
  g_test_add_func ("/pictures/huge", test_huge);
  g_test_add_func ("/pictures/cancel", test_cancel);
  return g_test_run ();
}
