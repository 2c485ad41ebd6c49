/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A training's log: what is read of it, what is refused, and where its values
 * are in the drawing. */

#include "helpers.h"
#include "train/curves-log.h"
#include "train/curves.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <math.h>
#include <string.h>

#define BLUE "stroke=\"rgb(0%, 44.7%, 69.8%)\" stroke-opacity=\"1\""

static char *
write_log (const char *folder, const char *name, const char *text)
{
  char *path = g_build_filename (folder, name, NULL);

  helper_write (path, text, strlen (text));
  return path;
}

/*  reading  */

static void
check_point (GArray *points, guint i, double x, double y, double sigma)
{
  const DotPlotPoint *point = &g_array_index (points, DotPlotPoint, i);

  g_assert_cmpfloat (point->x, ==, x);
  g_assert_true (isnan (y) ? isnan (point->y) : point->y == y);
  g_assert_true (isnan (sigma) ? isnan (point->sigma) : point->sigma == sigma);
}

static void
test_read (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *path           = NULL;
  g_autoptr (DotCurvesLog) log    = NULL;
  g_autoptr (GError) error        = NULL;
  g_autoptr (GArray) k            = NULL;
  g_autoptr (GArray) big_k        = NULL;
  g_autoptr (GArray) fid          = NULL;
  g_autoptr (GArray) none         = NULL;

  path = write_log (folder, "a.csv",
                    "step,k_eff,k_eff_sigma,K_eff,fid\r\n"
                    "100,1.5,0.25,-3e-2,\r\n"
                    "200,,,7,\r\n"
                    "\n"
                    "300,nan,,inf,\n"
                    "400,2,,8,\n"
                    "500,9,9");
  log  = dot_curves_log_read (path, &error);
  g_assert_no_error (error);
  k = dot_curves_log_get_points (log, "k_eff");
  g_assert_cmpuint (k->len, ==, 3);
  check_point (k, 0, 100, 1.5, 0.25);
  check_point (k, 1, 300, NAN, NAN);
  check_point (k, 2, 400, 2, NAN);
  big_k = dot_curves_log_get_points (log, "K_eff");
  g_assert_cmpuint (big_k->len, ==, 4);
  check_point (big_k, 0, 100, -0.03, NAN);
  check_point (big_k, 2, 300, NAN, NAN);
  fid = dot_curves_log_get_points (log, "fid");
  g_assert_cmpuint (fid->len, ==, 0);
  none = dot_curves_log_get_points (log, "loss");
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_damaged (void)
{
  static const char *const damaged[][2] = {
    { "", "line 1" },
    { "loss,step\n1,2\n", "line 1" },
    { "step,fid", "line 1" },
    { "step,fid\n100,1\n200\n", "line 3" },
    { "step,fid\n100,1\n200,1,2\n300,1\n", "line 3" },
    { "step,fid\n100,1\n\n200,x\n", "line 4" },
    { "step,fid\n100,1.5.2\n", "line 2" },
    { "step,fid\n100, 1\n", "line 2" },
    { "step,fid\n,1\n", "line 2" },
    { "step,fid\nnan,1\n", "line 2" },
    { "step,fid\n-1,1\n", "line 2" },
  };
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *none           = g_build_filename (folder, "none", NULL);
  g_autoptr (GError) absent       = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (damaged); i++)
    {
      g_autofree char *path    = write_log (folder, "a.csv", damaged[i][0]);
      g_autoptr (GError) error = NULL;

      g_assert_null (dot_curves_log_read (path, &error));
      assert_sentence (error, DOT_ERROR_INVALID_FILE);
      assert_mentions (error, path);
      assert_mentions (error, damaged[i][1]);
    }
  g_assert_null (dot_curves_log_read (none, &absent));
  assert_sentence (absent, DOT_ERROR_NOT_FOUND);
}

/*  drawing  */

static gboolean
draw (const char *log, const char *path)
{
  const char *const logs[] = { log, NULL };
  g_autoptr (GError) error = NULL;
  gboolean done            = dot_curves_export (logs, path, &error);

  if (! done && g_error_matches (error, DOT_ERROR, DOT_ERROR_NO_BACKEND))
    {
      g_test_skip ("There is no export module");
      return FALSE;
    }
  g_assert_no_error (error);
  g_assert_true (done);
  return TRUE;
}

/* The points of the first blue line that isn't a key's.
 *
 * Returns: (transfer full) (array): x and y in turn */
static double *
find_line (const char *svg, guint *n)
{
  const char *path   = strstr (svg, "stroke-width=\"1.5\"");
  const char *text   = path ? strstr (path, " d=\"") : NULL;
  GArray     *points = g_array_new (FALSE, FALSE, sizeof (double));

  g_assert_nonnull (text);
  g_assert_true (strstr (path, BLUE) < text);
  for (text += 4; *text && *text != '"';)
    if (g_ascii_isdigit (*text) || *text == '-')
      {
        double number = g_ascii_strtod (text, (char **) &text);

        g_array_append_val (points, number);
      }
    else
      text++;
  *n = points->len / 2;
  return (double *) g_array_free (points, FALSE);
}

/* Steps 0, 100, 300 and 400 with values 1, 3, 2 and 5: equal differences are
 * equal lengths; the gap of an empty cell is none. */
static void
test_places (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *log            = NULL;
  g_autofree char *path           = g_build_filename (folder, "a.svg", NULL);
  g_autoptr (GBytes) svg          = NULL;
  g_autofree double *p            = NULL;
  g_autofree char   *text         = NULL;
  double             x, y;
  guint              n;

  log = write_log (folder, "log.csv", "step,inception_score\n0,1\n100,3\n200,\n300,2\n400,5\n");
  if (! draw (log, path))
    return;
  svg  = helper_read (path);
  text = g_strndup (g_bytes_get_data (svg, NULL), g_bytes_get_size (svg));
  p    = find_line (text, &n);
  g_assert_cmpuint (n, ==, 4);
  x = (p[6] - p[0]) / 400.0;
  y = (p[7] - p[1]) / 4.0;
  g_assert_cmpfloat (x, >, 0.25);
  g_assert_cmpfloat (y, <, -20.0);
  /* The file has six decimals. */
  g_assert_cmpfloat_with_epsilon (p[2] - p[0], 100.0 * x, 1e-2);
  g_assert_cmpfloat_with_epsilon (p[4] - p[0], 300.0 * x, 1e-2);
  g_assert_cmpfloat_with_epsilon (p[3] - p[1], 2.0 * y, 1e-2);
  g_assert_cmpfloat_with_epsilon (p[5] - p[1], 1.0 * y, 1e-2);
}

static void
test_gap (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *log            = NULL;
  g_autofree char *path           = g_build_filename (folder, "a.svg", NULL);
  g_autoptr (GBytes) svg          = NULL;
  g_autofree char *text           = NULL;
  const char      *line, *second;

  log = write_log (folder, "log.csv",
                   "step,inception_score\n0,1\n100,3\n"
                   "200,nan\n300,2\n400,5\n");
  if (! draw (log, path))
    return;
  svg    = helper_read (path);
  text   = g_strndup (g_bytes_get_data (svg, NULL), g_bytes_get_size (svg));
  line   = strstr (strstr (text, "stroke-width=\"1.5\""), " d=\"M");
  second = strstr (line + 5, "M ");
  g_assert_nonnull (second);
  g_assert_true (second < strchr (line + 5, '"'));
}

/* A PNG has twice as many pixels, and a colour where the line is. */
static void
test_png (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *log            = NULL;
  g_autofree char *path           = g_build_filename (folder, "a.png", NULL);
  g_autoptr (GdkPixbuf) picture   = NULL;
  const guint8 *pixels;
  guint         blue[2][3] = {
    {
      0,
    },
  };
  guint width;

  log = write_log (folder, "log.csv",
                   "step,inception_score,fid\n0,1,\n"
                   "100,3,\n");
  if (! draw (log, path))
    return;
  picture = gdk_pixbuf_new_from_file (path, NULL);
  g_assert_nonnull (picture);
  width = gdk_pixbuf_get_width (picture);
  g_assert_cmpuint (width, ==, 2400);
  g_assert_cmpint (gdk_pixbuf_get_height (picture), ==, 1080);
  pixels = gdk_pixbuf_read_pixels (picture);
  for (guint y = 0; y < 1080; y++)
    for (guint x = 0; x < width; x++)
      {
        const guint8 *pixel = pixels + y * gdk_pixbuf_get_rowstride (picture) + 3 * x;

        blue[y / 540][x / 800] += pixel[0] == 0 && pixel[1] == 114 && pixel[2] == 178;
      }
  g_assert_cmpuint (blue[0][0], >, 500);
  g_assert_cmpuint (blue[0][1] + blue[0][2] + blue[1][0] + blue[1][1] + blue[1][2], ==, 0);
}

/* Odd values are drawn somehow. */
static void
test_odd (void)
{
  static const char *const texts[] = {
    "step,\n",
    "step,fid\n",
    "step,fid\n0,nan\n",
    "step,fid\n0,0\n",
    "step,fid\n5,-7\n",
    "step,fid,fid_sigma\n5,1e300,1e300\n6,-1e300,1\n",
    "step,fid,fid_sigma\n5,1e-300,1\n6,1e300,1\n",
    "step,fid\n1,1e-8\n2,1.00000001e-8\n",
    "step,fid\n1e300,1\n",
  };
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *svg            = g_build_filename (folder, "a.svg", NULL);
  g_autofree char *png            = g_build_filename (folder, "a.png", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *log = write_log (folder, "log.csv", texts[i]);

      if (! draw (log, svg) || ! draw (log, png))
        return;
    }
}

static void
test_not_written (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *log            = NULL;
  g_autofree char *path           = g_build_filename (folder, "no", "a.svg", NULL);
  const char      *logs[]         = { NULL, NULL };
  g_autoptr (GError) error        = NULL;
  g_autoptr (GError) suffix       = NULL;

  logs[0] = log = write_log (folder, "log.csv", "step,fid\n1,2\n");
  g_assert_false (dot_curves_export (logs, path, &error));
  g_assert_cmpstr (helper_sentence_fault (error->message), ==, NULL);
  g_assert_false (dot_curves_export (logs, "a.jpg", &suffix));
  assert_sentence (suffix, DOT_ERROR_INVALID_ARGUMENT);
  assert_mentions (suffix, "a.jpg");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/curves/read", test_read);
  g_test_add_func ("/curves/damaged", test_damaged);
  g_test_add_func ("/curves/places", test_places);
  g_test_add_func ("/curves/gap", test_gap);
  g_test_add_func ("/curves/png", test_png);
  g_test_add_func ("/curves/odd", test_odd);
  g_test_add_func ("/curves/not-written", test_not_written);
  return g_test_run ();
}
