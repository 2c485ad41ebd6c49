/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The runs that are kept, also where somebody else has been at them. */

#include "core/history.h"

#include "format/npy.h"
#include "helpers.h"
#include "runs.h"

#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

#include <glib/gstdio.h>

typedef struct
{
  char       *folder;
  DotHistory *history;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *parent = helper_folder_new ();

  fixture->folder  = g_build_filename (parent, "history", NULL);
  fixture->history = dot_history_new (fixture->folder);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  char *parent = g_path_get_dirname (fixture->folder);

  g_clear_object (&fixture->history);
  g_free (fixture->folder);
  helper_folder_remove (parent);
}

static gboolean
add (DotHistory *history, guint count, int seed, GError **error)
{
  g_autoptr (GPtrArray) first     = run_frames_new (0, count, 4, 2, seed);
  g_autoptr (GPtrArray) last      = run_frames_new (16, count, 4, 2, seed);
  g_autoptr (JsonObject) settings = json_object_new ();

  json_object_set_int_member (settings, "seed", seed);
  return dot_history_add (history, settings, NULL, first, last, error);
}

static void
add_well (DotHistory *history, guint count, int seed)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (add (history, count, seed, &error));
  g_assert_no_error (error);
}

static guint
count_entries (DotHistory *history)
{
  g_autoptr (GPtrArray) entries = dot_history_list (history);

  return entries->len;
}

static DotHistoryEntry *
newest (DotHistory *history)
{
  g_autoptr (GPtrArray) entries = dot_history_list (history);

  g_assert_cmpuint (entries->len, >, 0);
  return g_object_ref (entries->pdata[0]);
}

static char *
entry_file (DotHistory *history, const char *name)
{
  g_autoptr (DotHistoryEntry) entry = newest (history);

  return g_build_filename (dot_history_entry_get_folder (entry), name, NULL);
}

/*  what comes back  */

static void
test_summary (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DotHistoryEntry) entry = NULL;
  gint64 now                        = g_get_real_time () / G_USEC_PER_SEC;

  g_assert_cmpuint (count_entries (fixture->history), ==, 0);
  add_well (fixture->history, 3, 7);
  entry = newest (fixture->history);

  g_assert_cmpstr (dot_history_entry_get_title (entry), ==, "goldfish · seeds 7–9 · 16 updates");
  g_assert_cmpstr (dot_history_entry_get_model (entry), ==, "imagenet10-64");
  g_assert_cmpuint (dot_history_entry_get_n_candidates (entry), ==, 3);
  g_assert_cmpuint (dot_history_entry_get_update (entry, 2, DOT_HISTORY_LAST), ==, 16);
  g_assert_cmpfloat (dot_history_entry_get_score (entry, 2, DOT_HISTORY_FIRST), ==, 0.2);
  g_assert_cmpfloat (dot_history_entry_get_score (entry, 1, DOT_HISTORY_LAST), ==, 16.1);
  g_assert_cmpint (json_object_get_int_member (dot_history_entry_get_settings (entry), "seed"), ==,
                   7);
  g_assert_cmpint (ABS (g_date_time_to_unix (dot_history_entry_get_time (entry)) - now), <=, 5);
}

static void
test_titles (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    guint       count;
    int         seed;
    const char *title;
  } cases[] = {
    { 1, 0, "goldfish · seed 0 · 16 updates" },
    { 2, -1, "goldfish · 2 pictures · 16 updates" },
    { 1, -1, "goldfish · 1 picture · 16 updates" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DotHistoryEntry) entry = NULL;

      add_well (fixture->history, cases[i].count, cases[i].seed);
      entry = newest (fixture->history);
      g_assert_cmpstr (dot_history_entry_get_title (entry), ==, cases[i].title);
    }
}

static void
test_mixed_classes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) first       = run_frames_new (0, 2, 4, 2, 7);
  g_autoptr (GPtrArray) last        = run_frames_new (1, 2, 4, 2, 7);
  g_autoptr (DotHistoryEntry) entry = NULL;
  DotFrame *other                   = last->pdata[1];

  g_free (other->class_name);
  other->class_name = g_strdup ("two\nlines");
  other->score      = NAN;
  g_assert_true (dot_history_add (fixture->history, NULL, NULL, first, last, NULL));
  entry = newest (fixture->history);
  g_assert_cmpstr (dot_history_entry_get_title (entry), ==,
                   "goldfish and others · seeds 7–8 · 1 update");
  g_assert_true (isnan (dot_history_entry_get_score (entry, 1, DOT_HISTORY_LAST)));
}

static void
test_states (Fixture *fixture, gconstpointer data)
{
  const DotHistoryMoment moments[] = { DOT_HISTORY_FIRST, DOT_HISTORY_LAST };

  add_well (fixture->history, 3, 7);
  for (guint m = 0; m < 2; m++)
    {
      g_autoptr (DotHistoryEntry) entry = newest (fixture->history);
      g_autoptr (GPtrArray) frames      = run_frames_new (16 * m, 3, 4, 2, 7);
      g_autoptr (GError) error          = NULL;
      g_auto (GStrv) states             = NULL;

      states = dot_history_entry_get_states (entry, moments[m], &error);
      g_assert_no_error (error);
      g_assert_cmpuint (g_strv_length (states), ==, 3);
      for (guint c = 0; c < 3; c++)
        {
          g_autoptr (JsonNode) kept = json_from_string (states[c], NULL);
          g_autoptr (JsonNode) was  = NULL;

          was = json_from_string (((DotFrame *) frames->pdata[c])->state, NULL);
          g_assert_true (json_node_equal (kept, was));
        }
    }
}

/* How the updates in between were made. */
static void
test_parts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) frames      = run_frames_new (16, 1, 4, 2, 7);
  g_autoptr (JsonNode) parts        = NULL;
  g_autoptr (DotHistoryEntry) entry = NULL;

  add_well (fixture->history, 1, 7);
  entry = newest (fixture->history);
  g_assert_cmpuint (dot_history_entry_get_n_parts (entry), ==, 0);
  g_clear_object (&entry);

  parts = json_from_string ("[{\"settings\":{\"seed\":3},\"updates\":7},"
                            "{\"settings\":{},\"updates\":9}]",
                            NULL);
  g_assert_true (
    dot_history_add (fixture->history, NULL, json_node_get_array (parts), frames, frames, NULL));
  entry = newest (fixture->history);
  g_assert_cmpuint (dot_history_entry_get_n_parts (entry), ==, 2);
  g_assert_cmpuint (dot_history_entry_get_part_updates (entry, 0), ==, 7);
  g_assert_cmpuint (dot_history_entry_get_part_updates (entry, 1), ==, 9);
  g_assert_cmpint (json_object_get_int_member (dot_history_entry_get_part_settings (entry, 0),
                                               "seed"),
                   ==, 3);
}

/* A score that means nothing is told apart. */
static void
test_collapsed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) first       = run_frames_new (0, 2, 4, 2, 7);
  g_autoptr (GPtrArray) last        = run_frames_new (16, 2, 4, 2, 7);
  g_autoptr (DotHistoryEntry) entry = NULL;

  ((DotFrame *) last->pdata[1])->excess = 9.0;
  g_assert_true (dot_history_add (fixture->history, NULL, NULL, first, last, NULL));
  entry = newest (fixture->history);
  g_assert_false (dot_history_entry_is_collapsed (entry, 0));
  g_assert_true (dot_history_entry_is_collapsed (entry, 1));
}

static void
test_latents (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DotHistoryEntry) entry = NULL;
  g_autoptr (GError) error          = NULL;
  g_autofree char   *path           = NULL;
  g_autofree double *values         = NULL;
  DotNpyHeader       header;

  add_well (fixture->history, 3, 7);
  entry  = newest (fixture->history);
  path   = dot_history_entry_get_latents (entry);
  values = dot_npy_read (path, &header, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (header.n_dims, ==, 2);
  g_assert_cmpuint (header.shape[0], ==, 3);
  g_assert_cmpuint (header.shape[1], ==, RUN_LATENT);
  g_assert_cmpfloat (values[0], ==, 0.1);
  g_assert_cmpfloat (values[7], ==, 0.10000000000000001);
  g_assert_cmpfloat (values[6], ==, 2.1);
  g_assert_cmpfloat (values[8], ==, -2.0);
}

static void
test_thumbnails (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) first       = run_frames_new (40, 2, 200, 100, 7);
  g_autoptr (GPtrArray) last        = run_frames_new (90, 2, 4, 2, 7);
  g_autoptr (DotHistoryEntry) entry = NULL;
  GdkPixbuf *small;

  g_assert_true (dot_history_add (fixture->history, NULL, NULL, first, last, NULL));
  entry = newest (fixture->history);

  small = dot_history_entry_get_thumbnail (entry, 1, DOT_HISTORY_FIRST);
  g_assert_cmpint (gdk_pixbuf_get_width (small), ==, 128);
  g_assert_cmpint (gdk_pixbuf_get_height (small), ==, 64);
  g_assert_cmpuint (gdk_pixbuf_read_pixels (small)[0], ==, 40);
  g_assert_cmpuint (gdk_pixbuf_read_pixels (small)[1], ==, 1);

  small = dot_history_entry_get_thumbnail (entry, 0, DOT_HISTORY_LAST);
  g_assert_cmpint (gdk_pixbuf_get_width (small), ==, 4);
  g_assert_cmpuint (gdk_pixbuf_read_pixels (small)[0], ==, 90);
  g_assert_true (dot_history_entry_get_thumbnail (entry, 0, DOT_HISTORY_LAST) == small);
}

/* The pair of Figure 3 makes points, which nothing can show. */
static void
test_points (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) first       = run_frames_new (0, 1, 1, 1, 7);
  g_autoptr (DotHistoryEntry) entry = NULL;

  ((DotFrame *) first->pdata[0])->channels = 2;
  g_assert_true (dot_history_add (fixture->history, NULL, NULL, first, first, NULL));
  entry = newest (fixture->history);
  g_assert_null (dot_history_entry_get_thumbnail (entry, 0, DOT_HISTORY_LAST));
}

/*  how many  */

static void
count_change (DotHistory *history, guint *n)
{
  ++*n;
}

static void
test_bound (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) entries = NULL;

  for (int seed = 0; seed < DOT_HISTORY_MAX_RUNS + 3; seed++)
    add_well (fixture->history, 1, seed);

  entries = dot_history_list (fixture->history);
  g_assert_cmpuint (entries->len, ==, DOT_HISTORY_MAX_RUNS);
  g_assert_cmpuint (helper_count_names (fixture->folder), ==, DOT_HISTORY_MAX_RUNS);
  for (guint i = 0; i < entries->len; i++)
    {
      JsonObject *settings = dot_history_entry_get_settings (entries->pdata[i]);

      g_assert_cmpint (json_object_get_int_member (settings, "seed"), ==,
                       DOT_HISTORY_MAX_RUNS + 2 - i);
    }
}

static gint64
get_seed (DotHistoryEntry *entry)
{
  return json_object_get_int_member (dot_history_entry_get_settings (entry), "seed");
}

/* What has a star stays, however many come after it, until it is removed. */
static void
test_star (Fixture *fixture, gconstpointer data)
{
  DotHistory *history           = fixture->history;
  g_autoptr (GPtrArray) one     = NULL;
  g_autoptr (GPtrArray) many    = NULL;
  g_autoptr (GPtrArray) cleared = NULL;
  g_autoptr (GError) error      = NULL;

  add_well (history, 1, 7);
  one = dot_history_list (history);
  g_assert_false (dot_history_entry_is_starred (one->pdata[0]));
  g_assert_true (dot_history_set_starred (history, one->pdata[0], TRUE, &error));
  g_assert_true (dot_history_set_starred (history, one->pdata[0], TRUE, &error));
  g_assert_true (dot_history_entry_is_starred (one->pdata[0]));
  for (int seed = 0; seed <= DOT_HISTORY_MAX_RUNS; seed++)
    add_well (history, 1, 100 + seed);

  many = dot_history_list (history);
  g_assert_cmpuint (many->len, ==, DOT_HISTORY_MAX_RUNS + 1);
  g_assert_cmpint (get_seed (many->pdata[0]), ==, 100 + DOT_HISTORY_MAX_RUNS);
  g_assert_cmpint (get_seed (many->pdata[DOT_HISTORY_MAX_RUNS]), ==, 7);
  g_assert_true (dot_history_clear (history, &error));
  cleared = dot_history_list (history);
  g_assert_cmpuint (cleared->len, ==, 1);
  g_assert_cmpint (get_seed (cleared->pdata[0]), ==, 7);

  g_assert_true (dot_history_set_starred (history, cleared->pdata[0], FALSE, &error));
  g_assert_true (dot_history_clear (history, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (helper_count_names (fixture->folder), ==, 0);
  g_assert_false (dot_history_set_starred (history, cleared->pdata[0], TRUE, &error));
  assert_sentence (error, DOT_ERROR_FAILED);
}

static void
test_remove (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error      = NULL;
  guint changes                 = 0;

  g_signal_connect (fixture->history, "changed", G_CALLBACK (count_change), &changes);
  for (int seed = 0; seed < 3; seed++)
    add_well (fixture->history, 1, seed);
  entries = dot_history_list (fixture->history);

  g_assert_true (dot_history_remove (fixture->history, entries->pdata[1], &error));
  g_assert_true (dot_history_remove (fixture->history, entries->pdata[1], &error));
  g_assert_no_error (error);
  g_assert_cmpuint (helper_count_names (fixture->folder), ==, 2);
  g_assert_null (dot_history_entry_get_states (entries->pdata[1], DOT_HISTORY_LAST, &error));
  assert_sentence (error, DOT_ERROR_INVALID_FILE);
  g_clear_error (&error);

  g_assert_true (dot_history_clear (fixture->history, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (helper_count_names (fixture->folder), ==, 0);
  g_assert_cmpuint (changes, ==, 3);

  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_assert_true (dot_history_remove (fixture->history, entries->pdata[0], &error));
  g_assert_true (dot_history_clear (fixture->history, &error));
}

/* As many at once as there is room for, from several processes. */
static void
test_processes (Fixture *fixture, gconstpointer data)
{
  GSubprocess *children[3];

  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      children[i] = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, NULL, "/proc/self/exe", "--add",
                                      fixture->folder, NULL);
      g_assert_nonnull (children[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      g_assert_true (g_subprocess_wait_check (children[i], NULL, NULL));
      g_object_unref (children[i]);
    }

  g_assert_cmpuint (count_entries (fixture->history), ==, DOT_HISTORY_MAX_RUNS);
  g_assert_cmpuint (helper_count_names (fixture->folder), ==, DOT_HISTORY_MAX_RUNS);
}

static int
add_many (const char *folder)
{
  g_autoptr (DotHistory) history = dot_history_new (folder);

  for (int seed = 0; seed < 60; seed++)
    {
      g_autoptr (GError) error      = NULL;
      g_autoptr (GPtrArray) entries = NULL;

      if (! add (history, 1, seed, &error))
        {
          g_printerr ("%s\n", error->message);
          return 1;
        }
      /* what is there is whole, whatever the others do */
      entries = dot_history_list (history);
      if (entries->len == 0)
        return 1;
    }
  return 0;
}

/*  what fails  */

static void
test_too_many (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (add (fixture->history, DOT_HISTORY_MAX_CANDIDATES + 1, 0, &error));
  assert_sentence (error, DOT_ERROR_INVALID_ARGUMENT);
  assert_mentions (error, "1001");
  g_assert_false (g_file_test (fixture->folder, G_FILE_TEST_EXISTS));
}

static void
test_many (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DotHistoryEntry) entry = NULL;
  g_auto (GStrv) states             = NULL;

  add_well (fixture->history, DOT_HISTORY_MAX_CANDIDATES, 0);
  entry  = newest (fixture->history);
  states = dot_history_entry_get_states (entry, DOT_HISTORY_LAST, NULL);
  g_assert_cmpuint (g_strv_length (states), ==, DOT_HISTORY_MAX_CANDIDATES);
  g_assert_nonnull (dot_history_entry_get_thumbnail (entry, 999, DOT_HISTORY_LAST));
}

static void
test_unwritable (void)
{
  g_autoptr (DotHistory) history = dot_history_new ("/proc/dot-refine/history");
  g_autoptr (GError) error       = NULL;

  g_assert_false (add (history, 1, 0, &error));
  assert_sentence (error, DOT_ERROR_FAILED);
  assert_mentions (error, "/proc/dot-refine/history");
  g_assert_cmpuint (count_entries (history), ==, 0);
}

/* Files can't grow beyond the limit: nothing says "the disk is full" more
 * cheaply.  Each limit stops another of the files. */
static void
test_full_disk (Fixture *fixture, gconstpointer data)
{
  g_autofree char *run    = NULL;
  g_autofree char *states = NULL;
  struct rlimit    before;
  GStatBuf         sizes[2];
  rlim_t           largest;

  add_well (fixture->history, 1, 0);
  run    = entry_file (fixture->history, DOT_HISTORY_RUN);
  states = entry_file (fixture->history, DOT_HISTORY_STATES);
  g_assert_cmpint (g_stat (run, &sizes[0]) | g_stat (states, &sizes[1]), ==, 0);
  largest = MAX (sizes[0].st_size, sizes[1].st_size) - 1;
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  signal (SIGXFSZ, SIG_IGN);

  for (rlim_t limit = 0; limit < largest; limit += 16)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &(struct rlimit) { limit, before.rlim_max }), ==,
                       0);
      g_assert_false (add (fixture->history, 1, 1, &error));
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
      assert_sentence (error, DOT_ERROR_FAILED);
      assert_mentions (error, fixture->folder);
      g_assert_cmpuint (count_entries (fixture->history), ==, 1);
      g_assert_cmpuint (helper_count_names (fixture->folder), ==, 1);
    }
  add_well (fixture->history, 1, 1);
}

static void
test_bad_states (Fixture *fixture, gconstpointer data)
{
  static const char *const states[] = {
    "",
    "{",
    "[]",
    "{}",
    "null",
    "{}{}",
    "{\"format\":\"dot-refine-state\",\"version\":2,\"origin\":[1,2,3]}",
    "{\"format\":\"dot-refine-state\",\"version\":1}",
    "{\"format\":\"dot-refine-state\",\"version\":1,\"origin\":3}"
  };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autoptr (GPtrArray) frames = run_frames_new (0, 1, 4, 2, 7);
      g_autoptr (GError) error     = NULL;
      DotFrame *frame              = frames->pdata[0];

      g_free (frame->state);
      frame->state = g_strdup (states[i]);
      g_assert_false (dot_history_add (fixture->history, NULL, NULL, frames, frames, &error));
      assert_sentence (error, DOT_ERROR_FAILED);
    }
  g_assert_cmpuint (helper_count_names (fixture->folder), ==, 0);
}

/*  what somebody else has been at  */

/* Reads all that there is, whatever it is. */
static void
read_all (DotHistory *history)
{
  g_autoptr (GPtrArray) entries = dot_history_list (history);

  for (guint i = 0; i < entries->len; i++)
    {
      DotHistoryEntry *entry = entries->pdata[i];
      guint            n     = dot_history_entry_get_n_candidates (entry);

      g_assert_true (g_utf8_validate (dot_history_entry_get_title (entry), -1, NULL));
      for (guint c = 0; c < n; c++)
        for (guint m = 0; m < 2; m++)
          {
            g_autoptr (GError) error = NULL;
            g_auto (GStrv) states    = NULL;
            GdkPixbuf *small;

            small = dot_history_entry_get_thumbnail (entry, c, (DotHistoryMoment) m);
            g_assert_true (! small || gdk_pixbuf_get_width (small) <= 128);
            states = dot_history_entry_get_states (entry, (DotHistoryMoment) m, &error);
            g_assert_true (! states == (error != NULL));
            if (states)
              g_assert_cmpuint (g_strv_length (states), ==, n);
            else
              assert_sentence (error, DOT_ERROR_INVALID_FILE);
          }
    }
}

/* Every file cut off at every place, and with every byte changed. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { DOT_HISTORY_RUN, DOT_HISTORY_STATES, "first-0000.png" };
  g_autoptr (GRand) chance         = g_rand_new_with_seed (7);

  add_well (fixture->history, 1, 7);
  for (guint f = 0; f < G_N_ELEMENTS (names); f++)
    {
      g_autofree char *path    = entry_file (fixture->history, names[f]);
      g_autoptr (GBytes) whole = helper_read (path);
      gsize size               = g_bytes_get_size (whole);

      for (gsize at = 0; at < size; at++)
        {
          g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (whole, NULL), size);

          helper_write (path, copy, at);
          read_all (fixture->history);
          copy[at] = (guint8) g_rand_int_range (chance, 0, 256);
          helper_write (path, copy, size);
          read_all (fixture->history);
        }
      helper_write (path, g_bytes_get_data (whole, NULL), size);
    }
  g_assert_cmpuint (count_entries (fixture->history), ==, 1);
}

static void
write_run (DotHistory *history, const char *text)
{
  g_autofree char *path = entry_file (history, DOT_HISTORY_RUN);

  helper_write (path, text, strlen (text));
}

#define RUN(version, time, updates, candidates)                             \
  "{\"format\":\"dot-refine-run\",\"version\":" version ",\"settings\":{}," \
  "\"time\":" time ",\"updates\":" updates ",\"candidates\":" candidates "}"
#define TIME         "\"2026-07-14T17:58:25Z\""
#define PARTS(parts) RUN ("1", TIME, "1", ONE ",\"parts\":" parts)
#define ONE          "[{\"class\":\"a\",\"first\":{\"update\":0},\"last\":{\"update\":1}}]"

static void
test_nonsense (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = {
    RUN ("2", TIME, "1", ONE),
    RUN ("\"1\"", TIME, "1", ONE),
    RUN ("1", "7", "1", ONE),
    RUN ("1", "\"yesterday\"", "1", ONE),
    RUN ("1", "null", "1", ONE),
    RUN ("1", TIME, "-1", ONE),
    RUN ("1", TIME, "1e300", ONE),
    RUN ("1", TIME, "[]", ONE),
    RUN ("1", TIME, "1", "[]"),
    RUN ("1", TIME, "1", "{}"),
    RUN ("1", TIME, "1", "[1]"),
    RUN ("1", TIME, "1", "[null,{}]"),
    RUN ("1", TIME, "1", "[{\"class\":7}]"),
    RUN ("1", TIME, "1", "[{\"class\":\"a\",\"first\":0,\"last\":{}}]"),
    RUN ("1", TIME, "1",
         "[{\"class\":\"a\",\"seed\":-3,\"first\":{\"update\":0},\"last\":{\"update\":0}}]"),
    RUN ("1", TIME, "1", ONE) RUN ("1", TIME, "1", ONE),
    PARTS ("7"),
    PARTS ("{}"),
    PARTS ("[7]"),
    PARTS ("[{}]"),
    PARTS ("[{\"updates\":1}]"),
    PARTS ("[{\"settings\":{}}]"),
    PARTS ("[{\"settings\":{},\"updates\":-1}]"),
    PARTS ("[{\"settings\":[],\"updates\":1}]"),
    "[]",
    "7",
    "",
  };

  add_well (fixture->history, 1, 7);
  write_run (fixture->history, RUN ("1", TIME, "1", ONE));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *path = entry_file (fixture->history, DOT_HISTORY_RUN);

      helper_write (path, texts[i], strlen (texts[i]));
      g_assert_cmpuint (count_entries (fixture->history), ==, 0);
      helper_write (path, RUN ("1", TIME, "1", ONE), strlen (RUN ("1", TIME, "1", ONE)));
      g_assert_cmpuint (count_entries (fixture->history), ==, 1);
    }
}

/* Brackets in brackets, more than a stack has room for. */
static void
test_depth (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  add_well (fixture->history, 1, 7);
  text = g_strnfill (DOT_HISTORY_MAX_RUN_SIZE - 1, '[');
  write_run (fixture->history, text);
  g_assert_cmpuint (count_entries (fixture->history), ==, 0);
}

static void
test_sizes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DotHistoryEntry) entry = NULL;
  g_autoptr (GError) error          = NULL;
  g_autofree char *states           = NULL;
  g_autofree char *small            = NULL;
  g_autofree char *run              = NULL;

  add_well (fixture->history, 1, 7);
  entry  = newest (fixture->history);
  states = entry_file (fixture->history, DOT_HISTORY_STATES);
  small  = entry_file (fixture->history, "last-0000.png");
  run    = entry_file (fixture->history, DOT_HISTORY_RUN);

  /* holes: they take no room, and would take more memory than there is */
  g_assert_cmpint (truncate (states, G_GINT64_CONSTANT (1) << 40), ==, 0);
  g_assert_cmpint (truncate (small, G_GINT64_CONSTANT (1) << 40), ==, 0);
  g_assert_null (dot_history_entry_get_states (entry, DOT_HISTORY_LAST, &error));
  assert_sentence (error, DOT_ERROR_INVALID_FILE);
  g_assert_null (dot_history_entry_get_thumbnail (entry, 0, DOT_HISTORY_LAST));
  g_assert_cmpint (truncate (run, G_GINT64_CONSTANT (1) << 40), ==, 0);
  g_assert_cmpuint (count_entries (fixture->history), ==, 0);
}

/* A small file can be a picture of any size. */
static void
test_large_picture (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GdkPixbuf) large       = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 129, 128);
  g_autoptr (DotHistoryEntry) entry = NULL;
  g_autofree char *path             = NULL;

  add_well (fixture->history, 1, 7);
  entry = newest (fixture->history);
  path  = entry_file (fixture->history, "last-0000.png");
  gdk_pixbuf_fill (large, 0);
  g_assert_true (gdk_pixbuf_save (large, path, "png", NULL, NULL));
  g_assert_null (dot_history_entry_get_thumbnail (entry, 0, DOT_HISTORY_LAST));
  g_assert_nonnull (dot_history_entry_get_thumbnail (entry, 0, DOT_HISTORY_FIRST));
}

static void
test_links (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HelperFolder) elsewhere = helper_folder_new ();
  g_autofree char *precious          = g_build_filename (elsewhere, DOT_HISTORY_RUN, NULL);
  g_autofree char *link              = NULL;
  g_autofree char *run               = NULL;

  helper_write (precious, RUN ("1", TIME, "1", ONE), strlen (RUN ("1", TIME, "1", ONE)));
  add_well (fixture->history, 1, 7);

  /* a folder that is a link is no run, a run whose file is one is damaged */
  link = g_build_filename (fixture->folder, "20300101-000000-000000-00000000", NULL);
  g_assert_cmpint (symlink (elsewhere, link), ==, 0);
  g_assert_cmpuint (count_entries (fixture->history), ==, 1);
  run = entry_file (fixture->history, DOT_HISTORY_RUN);
  g_assert_cmpint (g_unlink (run), ==, 0);
  g_assert_cmpint (symlink (precious, run), ==, 0);
  g_assert_cmpuint (count_entries (fixture->history), ==, 0);

  g_assert_true (dot_history_clear (fixture->history, NULL));
  g_assert_true (g_file_test (precious, G_FILE_TEST_IS_REGULAR));
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
}

/* Nobody writes into it, and who reads it waits for ever. */
static void
test_pipe (Fixture *fixture, gconstpointer data)
{
  g_autofree char *run = NULL;

  add_well (fixture->history, 1, 7);
  run = entry_file (fixture->history, DOT_HISTORY_RUN);
  g_assert_cmpint (g_unlink (run), ==, 0);
  g_assert_cmpint (mkfifo (run, 0600), ==, 0);
  g_assert_cmpuint (count_entries (fixture->history), ==, 0);
}

/* The folder itself may be a link, to another disk say. */
static void
test_linked_folder (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HelperFolder) elsewhere = helper_folder_new ();

  g_assert_cmpint (symlink (elsewhere, fixture->folder), ==, 0);
  add_well (fixture->history, 1, 7);
  g_assert_cmpuint (count_entries (fixture->history), ==, 1);
  g_assert_cmpuint (helper_count_names (elsewhere), ==, 1);
}

static void
test_foreign (Fixture *fixture, gconstpointer data)
{
  static const char *const folders[] = { "notes", "20260714", ".new-abcdef",
                                         "20260714-175825-123456-0123456g", "\xff\xfe" };
  static const char *const empty     = "20260714-175825-123456-01234567";
  g_autofree char         *path      = g_build_filename (fixture->folder, "a file", NULL);
  g_autofree char         *run       = g_build_filename (fixture->folder, empty, NULL);

  add_well (fixture->history, 1, 7);
  helper_write (path, "x", 1);
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *folder = g_build_filename (fixture->folder, folders[i], NULL);

      g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
    }
  g_assert_cmpint (g_mkdir (run, 0700), ==, 0);

  g_assert_cmpuint (count_entries (fixture->history), ==, 1);
  add_well (fixture->history, 1, 8);
  g_assert_true (dot_history_clear (fixture->history, NULL));
  g_assert_cmpuint (helper_count_names (fixture->folder), ==, 1 + G_N_ELEMENTS (folders));
}

/* What a killed process left goes after a while, and not before. */
static void
test_stale (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { ".new-aaaaaa", ".old-aaaaaa", ".new-bbbbbb" };

  add_well (fixture->history, 1, 7);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *folder = g_build_filename (fixture->folder, names[i], NULL);
      g_autofree char *file   = g_build_filename (folder, DOT_HISTORY_RUN, NULL);
      struct utimbuf   old    = { 1000000000, 1000000000 };

      g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
      helper_write (file, "{", 1);
      if (i < 2)
        g_assert_cmpint (utime (folder, &old), ==, 0);
    }

  add_well (fixture->history, 1, 8);
  g_assert_cmpuint (helper_count_names (fixture->folder), ==, 3);
  g_assert_cmpuint (count_entries (fixture->history), ==, 2);
}

#define ADD(name, function) \
  g_test_add ("/history/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  if (argc == 3 && strcmp (argv[1], "--add") == 0)
    return add_many (argv[2]);

  g_test_init (&argc, &argv, NULL);
  ADD ("summary", test_summary);
  ADD ("titles", test_titles);
  ADD ("mixed-classes", test_mixed_classes);
  ADD ("states", test_states);
  ADD ("parts", test_parts);
  ADD ("collapsed", test_collapsed);
  ADD ("latents", test_latents);
  ADD ("thumbnails", test_thumbnails);
  ADD ("points", test_points);
  ADD ("bound", test_bound);
  ADD ("star", test_star);
  ADD ("remove", test_remove);
  ADD ("processes", test_processes);
  ADD ("too-many", test_too_many);
  ADD ("many", test_many);
  g_test_add_func ("/history/unwritable", test_unwritable);
  ADD ("full-disk", test_full_disk);
  ADD ("bad-states", test_bad_states);
  ADD ("damaged", test_damaged);
  ADD ("nonsense", test_nonsense);
  ADD ("depth", test_depth);
  ADD ("sizes", test_sizes);
  ADD ("large-picture", test_large_picture);
  ADD ("links", test_links);
  ADD ("pipe", test_pipe);
  ADD ("linked-folder", test_linked_folder);
  ADD ("foreign", test_foreign);
  ADD ("stale", test_stale);
  return g_test_run ();
}
