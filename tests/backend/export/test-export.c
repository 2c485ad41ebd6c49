/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Frames made by hand, exported and read back; tests/backend/cli/test_export.py reads
 * with programs that know nothing of ours. */

/* gdk-pixbuf 2.44 would rather have no animations. */
#define GDK_PIXBUF_VERSION_MIN_REQUIRED GDK_PIXBUF_VERSION_2_40

#include "export/encoder.h"
#include "export/export-options.h"
#include "export/grid.h"
#include "format/npy.h"
#include "format/png.h"
#include "base/lock.h"
#include "helpers.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <gmodule.h>
#include <math.h>
#include <string.h>

#define SIDE   8
#define PIXELS (SIDE * SIDE)

/* What the leak checker asks for: fonts that Fontconfig keeps are not ours. */
G_MODULE_EXPORT const char *__lsan_default_suppressions (void);

const char *
__lsan_default_suppressions (void)
{
  return "leak:libfontconfig";
}

G_MODULE_EXPORT const char *__lsan_default_options (void);

const char *
__lsan_default_options (void)
{
  return "print_suppressions=0";
}

/* What a frame is made of: its place, and pictures by this function. */
typedef float (*PaintFunc) (guint frame, guint channel, guint pixel);

static void
free_frame (gpointer data)
{
  DotFrame *frame = data;

  g_free (frame->class_name);
  g_free (frame->title);
  g_free (frame->filename);
  g_free (frame->state);
  g_free (frame->image);
  g_free (frame);
}

/* A shade that eight bits hold exactly. */
static float
shade (guint level)
{
  return level / 127.5f - 1.0f;
}

/* Few colours, of which each is another in five bits too. */
static float
paint_blocks (guint frame, guint channel, guint pixel)
{
  return shade ((pixel / 8 * 32 + channel * 64 + frame * 8) % 256);
}

static float
paint_grays (guint frame, guint channel, guint pixel)
{
  return shade ((pixel * 4 + frame) % 256);
}

static DotFrame *
make_frame (guint number, guint update, gint64 seed, guint channels, PaintFunc paint)
{
  DotFrame *frame = g_new0 (DotFrame, 1);

  frame->update   = update;
  frame->seed     = seed;
  frame->channels = channels;
  frame->width = frame->height = SIDE;
  frame->score                 = 1.25 * number;
  frame->class_name            = g_strdup ("tiger & “cat” <1>");
  frame->title                 = g_strdup_printf ("%s · frame %u", frame->class_name, number);
  frame->filename              = g_strdup_printf ("seed%d-update%02u.png", (int) seed, update);
  frame->state                 = g_strdup_printf ("{\"latent\": [%u, 0.5, -1e-3]}", number);
  frame->image                 = g_new (float, channels *PIXELS);
  for (guint i = 0; i < channels * PIXELS; i++)
    frame->image[i] = paint (number, i / PIXELS, i % PIXELS);
  return frame;
}

/* @rows candidates after @columns updates, as a run tells of them. */
static GPtrArray *
make_frames (guint rows, guint columns, guint channels, PaintFunc paint)
{
  GPtrArray *frames = g_ptr_array_new_with_free_func (free_frame);

  for (guint i = 0; i < rows * columns; i++)
    g_ptr_array_add (frames, make_frame (i, i / rows, 7 + i % rows, channels, paint));
  return frames;
}

static const DotFrame *
get_frame (GPtrArray *frames, guint i)
{
  return frames->pdata[i];
}

static char *
export_to (GPtrArray *frames, const char *folder, const char *name, const DotExportOptions *changes)
{
  g_autoptr (DotExportOptions) options = NULL;
  g_autoptr (GError) error             = NULL;
  char *path                           = g_build_filename (folder, name, NULL);

  options = dot_export_options_new_for (path, &error);
  g_assert_no_error (error);
  if (changes)
    {
      options->scale  = changes->scale;
      options->smooth = changes->smooth;
      options->delay  = changes->delay;
    }
  dot_export (frames, options, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (helper_count_names (folder), ==, 1);
  return path;
}

static void
assert_level (GdkPixbuf *pixbuf, guint x, guint y, const DotFrame *frame, guint pixel)
{
  const guint8 *at = gdk_pixbuf_read_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf) +
                     x * gdk_pixbuf_get_n_channels (pixbuf);

  for (guint c = 0; c < 3; c++)
    {
      guint channel = frame->channels == 1 ? 0 : c;
      float value   = frame->image[channel * PIXELS + pixel];

      g_assert_cmpint (at[c], ==, (int) lrintf ((value + 1.0f) * 127.5f));
    }
}

/* @pixbuf has @frame, each pixel @scale times, at @x, @y. */
static void
assert_picture (GdkPixbuf *pixbuf, guint x, guint y, guint scale, const DotFrame *frame)
{
  for (guint v = 0; v < SIDE * scale; v++)
    for (guint u = 0; u < SIDE * scale; u++)
      assert_level (pixbuf, x + u, y + v, frame, v / scale * SIDE + u / scale);
}

static GdkPixbuf *
read_picture (const char *path)
{
  g_autoptr (GError) error = NULL;
  GdkPixbuf *pixbuf        = gdk_pixbuf_new_from_file (path, &error);

  g_assert_no_error (error);
  return pixbuf;
}

static void
assert_text (const char *path, const char *key, const char *expected)
{
  g_autoptr (GBytes) png = helper_read (path);
  g_autofree char *text  = dot_png_find_text (g_bytes_get_data (png, NULL), g_bytes_get_size (png),
                                              key, 1000);

  g_assert_cmpstr (text, ==, expected);
}

/*  the formats  */

static gboolean
export_folder (GPtrArray *frames, const char *folder, guint scale, GError **error)
{
  g_autoptr (DotExportOptions) options = NULL;

  options        = dot_export_options_new (DOT_EXPORT_PNG, folder);
  options->scale = scale;
  return dot_export (frames, options, NULL, NULL, NULL, error);
}

static void
test_files (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *out            = g_build_filename (folder, "out", NULL);
  g_autoptr (GPtrArray) frames    = make_frames (2, 3, 3, paint_blocks);
  g_autoptr (GError) error        = NULL;

  g_assert_true (export_folder (frames, out, 1, &error));
  g_assert_true (export_folder (frames, out, 4, &error));
  g_assert_cmpuint (helper_count_names (out), ==, 6);
  for (guint i = 0; i < frames->len; i++)
    {
      const DotFrame  *frame       = get_frame (frames, i);
      g_autofree char *path        = g_build_filename (out, frame->filename, NULL);
      g_autoptr (GdkPixbuf) pixbuf = read_picture (path);

      g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), ==, 4 * SIDE);
      assert_picture (pixbuf, 0, 0, 4, frame);
      assert_text (path, "Title", frame->title);
      assert_text (path, "dot-refine", frame->state);
    }
}

/* Of several runs: none replaces another. */
static void
test_files_of_one_name (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autoptr (GPtrArray) frames    = make_frames (1, 3, 3, paint_blocks);
  g_autofree char *third          = g_build_filename (folder, "a-3.png", NULL);
  g_autoptr (GdkPixbuf) pixbuf    = NULL;
  g_autoptr (GError) error        = NULL;

  for (guint i = 0; i < frames->len; i++)
    {
      DotFrame *frame = frames->pdata[i];

      g_free (frame->filename);
      frame->filename = g_strdup ("a.png");
    }
  g_assert_true (export_folder (frames, folder, 1, &error));
  g_assert_cmpuint (helper_count_names (folder), ==, 3);
  pixbuf = read_picture (third);
  assert_picture (pixbuf, 0, 0, 1, get_frame (frames, 2));
}

/* What an export left that was killed goes; what one is writing stays. */
static void
test_files_left_over (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autoptr (GPtrArray) frames    = make_frames (1, 3, 3, paint_blocks);
  g_autofree char *dead           = g_build_filename (folder, ".dot-refine-aB3xY9", NULL);
  g_autofree char *dead_file      = g_build_filename (dead, "a.png", NULL);
  g_autofree char *alive          = g_build_filename (folder, ".dot-refine-Cd4zW0", NULL);
  g_auto (DotLock) lock           = DOT_LOCK_NONE;
  g_autoptr (GError) error        = NULL;

  g_assert_cmpint (g_mkdir (dead, 0700), ==, 0);
  g_assert_cmpint (g_mkdir (alive, 0700), ==, 0);
  helper_write (dead_file, "x", 1);
  g_assert_true (dot_lock_try (&lock, alive));

  g_assert_true (export_folder (frames, folder, 1, &error));
  g_assert_false (g_file_test (dead, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (alive, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (helper_count_names (folder), ==, 3 + 1);
}

static void
test_latents (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autoptr (GPtrArray) frames    = make_frames (2, 2, 2, paint_blocks);
  g_autoptr (GError) error        = NULL;
  g_autofree char   *path         = export_to (frames, folder, "z.npy", NULL);
  g_autofree double *values       = NULL;
  DotNpyHeader       header;

  values = dot_npy_read (path, &header, &error);
  g_assert_no_error (error);
  g_assert_true (dot_npy_is_float (&header));
  g_assert_cmpuint (header.n_dims, ==, 2);
  g_assert_cmpuint (header.shape[0], ==, 4);
  g_assert_cmpuint (header.shape[1], ==, 3);
  for (guint i = 0; i < 4; i++)
    {
      g_assert_cmpfloat (values[3 * i], ==, i);
      g_assert_cmpfloat (values[3 * i + 1], ==, 0.5);
      g_assert_cmpfloat (values[3 * i + 2], ==, (double) -1e-3f);
    }
}

/* @state: (nullable) */
static void
assert_no_latents (const char *state)
{
  g_autoptr (HelperFolder) folder      = helper_folder_new ();
  g_autofree char *path                = g_build_filename (folder, "z.npy", NULL);
  g_autoptr (DotExportOptions) options = NULL;
  g_autoptr (GPtrArray) frames         = make_frames (1, 2, 3, paint_blocks);
  g_autoptr (GError) error             = NULL;
  DotFrame *last                       = frames->pdata[1];

  g_free (last->state);
  last->state = g_strdup (state);
  options     = dot_export_options_new (DOT_EXPORT_NPY, path);
  g_assert_false (dot_export (frames, options, NULL, NULL, NULL, &error));
  g_assert_cmpstr (helper_sentence_fault (error->message), ==, NULL);
  g_assert_cmpuint (helper_count_names (folder), ==, 0);
}

static void
test_no_latents (void)
{
  assert_no_latents (NULL);
  assert_no_latents ("");
  assert_no_latents ("[]");
  assert_no_latents ("{\"latent\": 3}");
  assert_no_latents ("{\"latent\": [1, 2, []]}");
  assert_no_latents ("{\"latent\": [1, 2, 1e999]}");
  assert_no_latents ("{\"latent\": [1, 2]}");
}

/* Where the format's magic looks: the first member, as it is. */
static void
test_ora_begins (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autoptr (GPtrArray) frames    = make_frames (1, 2, 3, paint_blocks);
  g_autofree char *path           = export_to (frames, folder, "a.ora", NULL);
  g_autoptr (GBytes) first        = helper_read (path);
  g_autoptr (GBytes) second       = NULL;
  const char *bytes               = g_bytes_get_data (first, NULL);

  g_assert_cmpmem (bytes, 4, "PK\3\4", 4);
  g_assert_cmpmem (bytes + 30, 24, "mimetypeimage/openraster", 24);
  g_free (export_to (frames, folder, "a.ora", NULL));
  second = helper_read (path);
  g_assert_true (g_bytes_equal (first, second));
}

static gboolean
has_encoder (void)
{
  if (dot_encoder_load (NULL))
    return TRUE;
  g_test_skip ("the module for GIF, WebP and sheets isn't built");
  return FALSE;
}

/* The frame that an animation shows after @time milliseconds. */
static GdkPixbuf *
get_at (GdkPixbufAnimation *animation, guint time)
{
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  GTimeVal begin                          = { 0, 0 };
  GTimeVal then                           = { time / 1000, time % 1000 * 1000 };
  g_autoptr (GdkPixbufAnimationIter) iter = NULL;

  iter = gdk_pixbuf_animation_get_iter (animation, &begin);
  gdk_pixbuf_animation_iter_advance (iter, &then);
  G_GNUC_END_IGNORE_DEPRECATIONS
  return gdk_pixbuf_copy (gdk_pixbuf_animation_iter_get_pixbuf (iter));
}

static GdkPixbufAnimation *
read_animation (const char *path)
{
  g_autoptr (GError) error      = NULL;
  GdkPixbufAnimation *animation = gdk_pixbuf_animation_new_from_file (path, &error);

  g_assert_no_error (error);
  return animation;
}

/* Ten candidates: eight beside each other, two below; three updates. */
static void
check_gif (guint channels, PaintFunc paint)
{
  const DotExportOptions changes           = { .scale = 2, .delay = 250 };
  g_autoptr (HelperFolder) folder          = helper_folder_new ();
  g_autoptr (GPtrArray) frames             = make_frames (10, 3, channels, paint);
  g_autoptr (GdkPixbufAnimation) animation = NULL;
  g_autofree char *path                    = NULL;

  path      = export_to (frames, folder, "a.gif", &changes);
  animation = read_animation (path);
  g_assert_cmpint (gdk_pixbuf_animation_get_width (animation), ==, 8 * 2 * SIDE);
  g_assert_cmpint (gdk_pixbuf_animation_get_height (animation), ==, 2 * 2 * SIDE);
  for (guint i = 0; i < 30; i++)
    {
      g_autoptr (GdkPixbuf) shown = get_at (animation, i / 10 * 250 + 125);
      guint row                   = i % 10;

      assert_picture (shown, row % 8 * 2 * SIDE, row / 8 * 2 * SIDE, 2, get_frame (frames, i));
    }
}

/* Eight colours a picture, of ten pictures: all of them are there. */
static void
test_gif (void)
{
  if (has_encoder ())
    check_gif (3, paint_blocks);
}

static void
test_gray_gif (void)
{
  if (has_encoder ())
    check_gif (1, paint_grays);
}

static float
paint_ramp (guint frame, guint channel, guint pixel)
{
  guint x = pixel % 64;
  guint y = pixel / 64;

  return shade (channel == 0 ? 4 * x : channel == 1 ? 4 * y : 128);
}

static int
level_of (float value)
{
  return (int) lrintf ((value + 1.0f) * 127.5f);
}

/* The mean of 8 × 8 pixels differs from what was painted by so much. */
static double
block_error (GdkPixbuf *shown, guint block, guint channel)
{
  double sum = 0.0;

  for (guint i = 0; i < 64; i++)
    {
      guint         x  = block % 8 * 8 + i % 8;
      guint         y  = block / 8 * 8 + i / 8;
      const guint8 *at = gdk_pixbuf_read_pixels (shown) + y * gdk_pixbuf_get_rowstride (shown) +
                         x * gdk_pixbuf_get_n_channels (shown);

      sum += at[channel] - level_of (paint_ramp (0, channel, 64 * y + x));
    }
  return fabs (sum / 64.0);
}

/* 4096 colours, evenly spread over a plane: 256 of them stand for 4 × 4 each,
 * 16 levels apart.  Spreading what is missed keeps the means within half of
 * that. */
static void
test_many_colors (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autoptr (GPtrArray) frames    = NULL;
  g_autofree char  *path          = NULL;
  g_autofree float *image         = g_new (float, 3 * 64 * 64);
  g_autoptr (GdkPixbuf) shown     = NULL;
  DotFrame frame                  = { .channels   = 3,
                                      .width      = 64,
                                      .height     = 64,
                                      .image      = image,
                                      .class_name = (char *) "",
                                      .title      = (char *) "" };

  if (! has_encoder ())
    return;
  for (guint i = 0; i < 3 * 64 * 64; i++)
    image[i] = paint_ramp (0, i / 4096, i % 4096);
  frames = g_ptr_array_new ();
  g_ptr_array_add (frames, &frame);
  path  = export_to (frames, folder, "a.gif", NULL);
  shown = read_picture (path);
  for (guint i = 0; i < 3 * 64; i++)
    g_assert_cmpfloat (block_error (shown, i / 3, i % 3), <=, 8.0);
}

/* Candidates after one update only are shown one after another. */
static void
test_in_turn (void)
{
  const DotExportOptions changes           = { .scale = 1, .delay = 100 };
  g_autoptr (HelperFolder) folder          = helper_folder_new ();
  g_autoptr (GPtrArray) frames             = make_frames (4, 1, 3, paint_blocks);
  g_autoptr (GdkPixbufAnimation) animation = NULL;
  g_autofree char *path                    = NULL;

  if (! has_encoder ())
    return;
  path      = export_to (frames, folder, "a.gif", &changes);
  animation = read_animation (path);
  g_assert_cmpint (gdk_pixbuf_animation_get_width (animation), ==, SIDE);
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (GdkPixbuf) shown = get_at (animation, i * 100 + 50);

      assert_picture (shown, 0, 0, 1, get_frame (frames, i));
    }
}

static gboolean
is_white (GdkPixbuf *pixbuf, guint x, guint y, guint width, guint height)
{
  for (guint v = y; v < y + height; v++)
    for (guint u = 3 * x; u < 3 * (x + width); u++)
      if (gdk_pixbuf_read_pixels (pixbuf)[v * gdk_pixbuf_get_rowstride (pixbuf) + u] != 255)
        return FALSE;
  return TRUE;
}

/* 8 around, lines of 18, columns of 64.  The second candidate has no picture
 * after update 2. */
static void
test_sheet (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autoptr (GPtrArray) frames    = make_frames (2, 3, 3, paint_blocks);
  g_autofree char *path           = NULL;
  g_autoptr (GdkPixbuf) sheet     = NULL;

  if (! has_encoder ())
    return;
  g_ptr_array_remove_index (frames, 5);
  path  = export_to (frames, folder, "a.png", NULL);
  sheet = read_picture (path);
  g_assert_cmpint (gdk_pixbuf_get_width (sheet), ==, 8 + 3 * (64 + 8));
  g_assert_cmpint (gdk_pixbuf_get_height (sheet), ==, 8 + 18 + 2 * (SIDE + 2 * 18 + 8));
  for (guint i = 0; i < 5; i++)
    {
      guint x = 8 + i / 2 * (64 + 8);
      guint y = 8 + 18 + i % 2 * (SIDE + 2 * 18 + 8);

      assert_picture (sheet, x, y + 18, 1, get_frame (frames, i));
      g_assert_false (is_white (sheet, x, y + 18 + SIDE, 64, 18));
      g_assert_false (is_white (sheet, x, 8, 64, 18));
      g_assert_false (is_white (sheet, 8, y, 64, 18));
    }
  g_assert_true (is_white (sheet, 8 + 2 * 72, 8 + 18 + SIDE + 2 * 18 + 8 + 18, 64, SIDE + 18));
}

/*  rows and columns  */

static void
test_grid (void)
{
  g_autoptr (GPtrArray) frames   = g_ptr_array_new_with_free_func (free_frame);
  static const guint places[][2] = { { 3, 7 }, { 0, 7 }, { 0, 8 }, { 3, 7 }, { 9, 8 } };
  g_auto (DotGrid) grid;

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    g_ptr_array_add (frames, make_frame (i, places[i][0], places[i][1], 1, paint_grays));
  dot_grid_init (&grid, frames);
  g_assert_cmpuint (grid.updates->len, ==, 3);
  g_assert_cmpuint (g_array_index (grid.updates, guint, 2), ==, 9);
  g_assert_cmpuint (grid.rows->len, ==, 3);

  g_assert_true (dot_grid_get (&grid, 0, 0) == get_frame (frames, 1));
  g_assert_true (dot_grid_get (&grid, 0, 1) == get_frame (frames, 0));
  g_assert_null (dot_grid_get (&grid, 0, 2));
  g_assert_true (dot_grid_get (&grid, 2, 1) == get_frame (frames, 3));
  g_assert_true (dot_grid_get_last (&grid, 0, 2) == get_frame (frames, 0));
  g_assert_true (dot_grid_get_last (&grid, 1, 1) == get_frame (frames, 2));
  g_assert_true (dot_grid_get_last (&grid, 2, 0) == get_frame (frames, 3));
}

/*  what can't be done  */

static const char *const names[] = { "a.ora", "a.png", "a.gif", "a.webp", "a.npy", "folder" };

static DotExportOptions *
options_for (const char *folder, const char *name)
{
  g_autofree char  *path    = g_build_filename (folder, name, NULL);
  DotExportOptions *options = dot_export_options_new_for (path, NULL);

  return options ? options : dot_export_options_new (DOT_EXPORT_PNG, path);
}

static void
test_options (void)
{
  static const char *const endings[]   = { "x", "x.jpg", "gif", "" };
  g_autoptr (DotExportOptions) options = NULL;
  g_autoptr (DotExportOptions) shouted = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (dot_export_options_new_for (endings[i], &error));
      assert_sentence (error, DOT_ERROR_INVALID_ARGUMENT);
    }
  shouted = dot_export_options_new_for ("A.GIF", NULL);
  g_assert_cmpint (shouted->format, ==, DOT_EXPORT_GIF);

  options = dot_export_options_new (DOT_EXPORT_GIF, "a");
  for (options->scale = 0; options->scale < 20; options->scale++)
    g_assert_cmpint (dot_export_options_check (options, NULL), ==,
                     options->scale == 1 || options->scale == 2 || options->scale == 4 ||
                       options->scale == 8);
  options->scale = 1;
  for (options->delay = 9; options->delay < 100000; options->delay *= 10)
    g_assert_cmpint (dot_export_options_check (options, NULL), ==,
                     options->delay >= 10 && options->delay <= 60000);
}

static void
assert_fails (GPtrArray *frames, DotExportOptions *options, DotError code, const char *mentions)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (dot_export (frames, options, NULL, NULL, NULL, &error));
  assert_sentence (error, code);
  if (mentions)
    assert_mentions (error, mentions);
}

static void
test_unwritable (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *file           = g_build_filename (folder, "file", NULL);
  g_autoptr (GPtrArray) frames    = make_frames (1, 2, 3, paint_blocks);

  if (! has_encoder ())
    return;
  helper_write (file, "x", 1);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (DotExportOptions) options = options_for (file, names[i]);

      assert_fails (frames, options, DOT_ERROR_FAILED, file);
      g_assert_cmpuint (helper_count_names (folder), ==, 1);
    }
}

/* A folder of that name is in the way, and stays. */
static void
test_onto_a_folder (void)
{
  g_autoptr (GPtrArray) frames = make_frames (1, 2, 3, paint_blocks);

  for (gsize i = 0; has_encoder () && i < G_N_ELEMENTS (names) - 1; i++)
    {
      g_autoptr (HelperFolder) folder      = helper_folder_new ();
      g_autoptr (DotExportOptions) options = options_for (folder, names[i]);

      g_assert_cmpint (g_mkdir (options->path, 0700), ==, 0);
      assert_fails (frames, options, DOT_ERROR_FAILED, options->path);
      g_assert_cmpuint (helper_count_names (folder), ==, 1);
      g_assert_cmpuint (helper_count_names (options->path), ==, 0);
      g_rmdir (options->path);
    }
}

static void
test_nothing (void)
{
  g_autoptr (GPtrArray) frames         = g_ptr_array_new ();
  g_autoptr (DotExportOptions) options = dot_export_options_new (DOT_EXPORT_PNG, "x");

  assert_fails (frames, options, DOT_ERROR_INVALID_ARGUMENT, NULL);
}

static void
test_points (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autoptr (GPtrArray) frames    = make_frames (1, 2, 2, paint_blocks);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (! g_str_has_suffix (names[i], ".npy"))
      {
        g_autoptr (DotExportOptions) options = options_for (folder, names[i]);

        assert_fails (frames, options, DOT_ERROR_INVALID_ARGUMENT, "frame 0");
      }
  g_assert_cmpuint (helper_count_names (folder), ==, 0);
}

/* A picture of @width × 1, for what a format can't hold. */
static void
assert_too_wide (const char *name, guint width, const char *mentions)
{
  g_autoptr (HelperFolder) folder      = helper_folder_new ();
  g_autoptr (DotExportOptions) options = options_for (folder, name);
  g_autoptr (GPtrArray) frames         = g_ptr_array_new ();
  g_autofree float *image              = g_new0 (float, width);
  DotFrame          frame              = { .channels   = 1,
                                           .width      = width,
                                           .height     = 1,
                                           .image      = image,
                                           .class_name = (char *) "wide",
                                           .title      = (char *) "wide" };

  options->scale = 8;
  g_ptr_array_add (frames, &frame);
  assert_fails (frames, options, DOT_ERROR_INVALID_ARGUMENT, mentions);
  g_assert_cmpuint (helper_count_names (folder), ==, 0);
}

static void
test_too_large (void)
{
  assert_too_wide ("a.webp", 2048, "16383");
  assert_too_wide ("a.gif", 8192, "65535");
  assert_too_wide ("a.png", 8192, "65535");
  assert_too_wide ("a.ora", 8192, "65535");
}

typedef struct
{
  GCancellable *cancellable;
  guint         left;
} Patience;

static void
lose_patience (const char *message, double fraction, gpointer data)
{
  Patience *patience = data;

  g_assert_cmpfloat (fraction, >=, 0.0);
  g_assert_cmpfloat (fraction, <=, 1.0);
  if (patience->left-- == 0)
    g_cancellable_cancel (patience->cancellable);
}

/* Whenever it comes, unless the file is there already, nothing is. */
static gboolean
cancel_at (GPtrArray *frames, const char *name, guint moment)
{
  g_autoptr (HelperFolder) folder      = helper_folder_new ();
  g_autoptr (DotExportOptions) options = options_for (folder, name);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error             = NULL;
  Patience patience                    = { cancellable, moment };

  if (dot_export (frames, options, lose_patience, &patience, cancellable, &error))
    {
      g_assert_cmpuint (helper_count_names (folder), ==, 1);
      return FALSE;
    }
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (helper_count_names (folder), ==, 0);
  return TRUE;
}

static void
test_cancel (void)
{
  g_autoptr (GPtrArray) frames = make_frames (2, 3, 3, paint_blocks);

  for (gsize i = 0; has_encoder () && i < G_N_ELEMENTS (names); i++)
    {
      guint moment = 0;

      while (cancel_at (frames, names[i], moment))
        moment++;
      g_assert_cmpuint (moment, >=, 2);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/export/files", test_files);
  g_test_add_func ("/export/files-of-one-name", test_files_of_one_name);
  g_test_add_func ("/export/files-left-over", test_files_left_over);
  g_test_add_func ("/export/latents", test_latents);
  g_test_add_func ("/export/no-latents", test_no_latents);
  g_test_add_func ("/export/ora-begins", test_ora_begins);
  g_test_add_func ("/export/gif", test_gif);
  g_test_add_func ("/export/gray-gif", test_gray_gif);
  g_test_add_func ("/export/many-colors", test_many_colors);
  g_test_add_func ("/export/in-turn", test_in_turn);
  g_test_add_func ("/export/sheet", test_sheet);
  g_test_add_func ("/export/grid", test_grid);
  g_test_add_func ("/export/options", test_options);
  g_test_add_func ("/export/unwritable", test_unwritable);
  g_test_add_func ("/export/onto-a-folder", test_onto_a_folder);
  g_test_add_func ("/export/nothing", test_nothing);
  g_test_add_func ("/export/points", test_points);
  g_test_add_func ("/export/too-large", test_too_large);
  g_test_add_func ("/export/cancel", test_cancel);
  return g_test_run ();
}
