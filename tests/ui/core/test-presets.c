/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Settings under a name, also where somebody else has been at the file. */

#include "core/presets.h"

#include "dot-enums.h"
#include "helpers.h"
#include "core/presets-builtin.h"

#include <string.h>
#include <sys/resource.h>
#include <signal.h>
#include <unistd.h>

#include <glib/gstdio.h>

#define N_BUILTIN 5

typedef struct
{
  char       *folder;
  char       *path;
  DotPresets *presets;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder  = helper_folder_new ();
  fixture->path    = g_build_filename (fixture->folder, "new", "presets.json", NULL);
  fixture->presets = dot_presets_new (fixture->path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->presets);
  g_free (fixture->path);
  helper_folder_remove (fixture->folder);
}

static void
save (DotPresets *presets, const char *name, int value)
{
  g_autoptr (JsonObject) settings = json_object_new ();
  g_autoptr (GError) error        = NULL;

  json_object_set_int_member (settings, "updates", value);
  g_assert_true (dot_presets_save (presets, name, settings, &error));
  g_assert_no_error (error);
}

static void
assert_value (DotPresets *presets, const char *name, int value)
{
  g_autoptr (JsonObject) settings = dot_presets_find (presets, name);

  g_assert_nonnull (settings);
  g_assert_cmpint (json_object_get_int_member (settings, "updates"), ==, value);
}

/* The person's own, separated by |. */
static void
assert_own (DotPresets *presets, const char *expected)
{
  g_auto (GStrv) names = dot_presets_list (presets);
  g_autofree char *own = NULL;

  g_assert_cmpuint (g_strv_length (names), >=, N_BUILTIN);
  own = g_strjoinv ("|", names + N_BUILTIN);
  g_assert_cmpstr (own, ==, expected);
}

/* A new look at the file. */
static void
assert_kept (Fixture *fixture, const char *expected)
{
  g_autoptr (DotPresets) other = dot_presets_new (fixture->path);

  g_assert_cmpstr (dot_presets_get_problem (other), ==, NULL);
  assert_own (other, expected);
}

/*  those that come with the program  */

static void
set_choice (JsonObject *settings, const char *member, GType type, gpointer value)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (dot_enum_from_nick (type, member, json_object_get_string_member (settings, member),
                                     value, &error));
  g_assert_no_error (error);
}

static DotRefineOptions *
options_of (JsonObject *settings)
{
  DotRefineOptions *options = dot_refine_options_new ();

  options->count      = json_object_get_int_member (settings, "count");
  options->updates    = json_object_get_int_member (settings, "updates");
  options->keep_every = json_object_get_int_member (settings, "keep-every");
  options->step_size  = json_object_get_double_member (settings, "step-size");
  options->k_eff      = json_object_get_double_member (settings, "k-eff");
  set_choice (settings, "method", DOT_TYPE_METHOD, &options->method);
  set_choice (settings, "optimizer", DOT_TYPE_OPTIMIZER, &options->optimizer);
  set_choice (settings, "projection", DOT_TYPE_PROJECTION, &options->projection);
  set_choice (settings, "precision", DOT_TYPE_PRECISION, &options->precision);
  g_assert_cmpuint (json_object_get_size (settings), ==, 9);
  return options;
}

static void
test_builtin (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) names = dot_presets_list (fixture->presets);

  g_assert_cmpuint (g_strv_length (names), ==, N_BUILTIN);
  for (guint i = 0; i < N_BUILTIN; i++)
    {
      g_autoptr (JsonObject) settings      = dot_presets_find (fixture->presets, names[i]);
      g_autoptr (DotRefineOptions) options = options_of (settings);
      g_autoptr (GError) error             = NULL;

      g_assert_true (dot_refine_options_check (options, &error));
      g_assert_no_error (error);
      g_assert_false (dot_presets_is_own (fixture->presets, names[i]));
    }
}

static void
test_default (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) settings       = dot_presets_find (fixture->presets, "Default");
  g_autoptr (DotRefineOptions) preset   = options_of (settings);
  g_autoptr (DotRefineOptions) defaults = dot_refine_options_new ();

  g_assert_cmpuint (preset->count, ==, defaults->count);
  g_assert_cmpuint (preset->updates, ==, defaults->updates);
  g_assert_cmpuint (preset->keep_every, ==, defaults->keep_every);
  g_assert_cmpuint (preset->method, ==, defaults->method);
  g_assert_cmpuint (preset->optimizer, ==, defaults->optimizer);
  g_assert_cmpuint (preset->projection, ==, defaults->projection);
  g_assert_cmpuint (preset->precision, ==, defaults->precision);
  g_assert_cmpfloat (preset->step_size, ==, defaults->step_size);
  g_assert_cmpfloat (preset->k_eff, ==, defaults->k_eff);
}

static void
test_builtin_stay (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) settings = json_object_new ();
  g_autoptr (GError) error        = NULL;

  g_assert_false (dot_presets_remove (fixture->presets, "Default", &error));
  assert_sentence (error, DOT_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_false (dot_presets_rename (fixture->presets, "Default", "Mine", &error));
  assert_sentence (error, DOT_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_false (dot_presets_save (fixture->presets, " Default ", settings, &error));
  assert_sentence (error, DOT_ERROR_INVALID_ARGUMENT);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

/*  the person's own  */

static void
count_change (DotPresets *presets, guint *n)
{
  ++*n;
}

static void
test_own (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint changes            = 0;

  g_signal_connect (fixture->presets, "changed", G_CALLBACK (count_change), &changes);
  save (fixture->presets, "slow", 64);
  save (fixture->presets, "  grüße “金魚”\n", 2);
  save (fixture->presets, "slow", 65);
  assert_own (fixture->presets, "grüße “金魚”|slow");
  assert_value (fixture->presets, "slow", 65);
  g_assert_true (dot_presets_is_own (fixture->presets, "slow"));

  g_assert_true (dot_presets_rename (fixture->presets, "slow", "steady", &error));
  assert_kept (fixture, "grüße “金魚”|steady");
  assert_value (fixture->presets, "steady", 65);
  g_assert_true (dot_presets_rename (fixture->presets, "steady", "steady", &error));
  g_assert_true (dot_presets_remove (fixture->presets, "grüße “金魚”", &error));
  g_assert_no_error (error);
  assert_kept (fixture, "steady");
  g_assert_cmpuint (changes, ==, 6);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *longest        = g_strnfill (101, 'x');
  const char      *names[]        = { "", " \n\t ", longest };
  g_autoptr (JsonObject) settings = json_object_new ();
  g_autoptr (GError) error        = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_false (dot_presets_save (fixture->presets, names[i], settings, &error));
      assert_sentence (error, DOT_ERROR_INVALID_ARGUMENT);
      g_clear_error (&error);
    }

  save (fixture->presets, "a", 1);
  save (fixture->presets, "b", 2);
  g_assert_false (dot_presets_rename (fixture->presets, "a", "b", &error));
  assert_sentence (error, DOT_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_false (dot_presets_rename (fixture->presets, "c", "d", &error));
  assert_sentence (error, DOT_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (dot_presets_remove (fixture->presets, "c", &error));
  assert_sentence (error, DOT_ERROR_NOT_FOUND);
  g_assert_null (dot_presets_find (fixture->presets, "c"));
  assert_kept (fixture, "a|b");
}

/* What one process saves the other doesn't lose. */
static void
test_two (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DotPresets) other = dot_presets_new (fixture->path);

  save (fixture->presets, "a", 1);
  save (other, "b", 2);
  save (fixture->presets, "c", 3);
  assert_kept (fixture, "a|b|c");
}

/* The program's in another language: the person's goes before it. */
static void
test_same_name (Fixture *fixture, gconstpointer data)
{
  static const char text[]       = "{\"format\":\"dot-refine-presets\",\"version\":1,\"presets\":"
                                   "[{\"name\":\"Default\",\"settings\":{\"updates\":77}}]}";
  g_autoptr (DotPresets) presets = NULL;
  g_auto (GStrv) names           = NULL;
  g_autoptr (GError) error       = NULL;

  save (fixture->presets, "a", 1);
  helper_write (fixture->path, text, strlen (text));
  presets = dot_presets_new (fixture->path);
  names   = dot_presets_list (presets);
  g_assert_cmpuint (g_strv_length (names), ==, N_BUILTIN);
  assert_value (presets, "Default", 77);
  g_assert_true (dot_presets_remove (presets, "Default", &error));
  assert_value (presets, "Default", 16);
}

static void
assert_problem (DotPresets *presets)
{
  const char *problem = dot_presets_get_problem (presets);

  g_assert_nonnull (problem);
  g_assert_cmpstr (helper_sentence_fault (problem), ==, NULL);
}

#define PRESETS(presets) "{\"format\":\"dot-refine-presets\",\"version\":1,\"presets\":" presets "}"

/* Each is put aside as it was, and the next one isn't put in its place. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = { "",
                                       "{",
                                       "[]",
                                       "null",
                                       "7",
                                       "{}",
                                       "\xff",
                                       "{\"format\":\"other\",\"version\":1,\"presets\":[]}",
                                       PRESETS ("{}"),
                                       PRESETS ("[1]"),
                                       PRESETS ("[{}]"),
                                       PRESETS ("[{\"name\":7,\"settings\":{}}]"),
                                       PRESETS ("[{\"name\":\"a\"}]"),
                                       PRESETS ("[{\"name\":\"\",\"settings\":{}}]"),
                                       PRESETS ("[{\"name\":\"a\",\"settings\":[]}]"),
                                       PRESETS ("[]") PRESETS ("[]") };
  g_autofree char         *folder  = g_path_get_dirname (fixture->path);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *aside         = g_strdup_printf ("%s.damaged-%u", fixture->path, i + 1);
      g_autoptr (DotPresets) presets = NULL;
      g_autoptr (GBytes) kept        = NULL;

      helper_write (fixture->path, texts[i], strlen (texts[i]));
      presets = dot_presets_new (fixture->path);
      assert_problem (presets);
      g_assert_nonnull (strstr (dot_presets_get_problem (presets), aside));
      assert_own (presets, "");
      g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));

      kept = helper_read (aside);
      g_assert_cmpmem (g_bytes_get_data (kept, NULL), g_bytes_get_size (kept), texts[i],
                       strlen (texts[i]));
      save (presets, "new", 1);
      g_assert_null (dot_presets_get_problem (presets));
      assert_own (presets, "new");
    }
}

/* Damaged while the program runs: what it knows isn't lost either. */
static void
test_damaged_meanwhile (Fixture *fixture, gconstpointer data)
{
  save (fixture->presets, "a", 1);
  helper_write (fixture->path, "{", 1);
  save (fixture->presets, "b", 2);
  assert_kept (fixture, "a|b");
}

/* What a later version wrote is that version's: it stays where it is. */
static void
test_unreadable (Fixture *fixture, gconstpointer data)
{
  static const char later[]       = "{\"format\":\"dot-refine-presets\",\"version\":2}";
  g_autoptr (JsonObject) settings = json_object_new ();
  g_autofree char *folder         = g_path_get_dirname (fixture->path);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (DotPresets) presets = NULL;
      g_autoptr (GError) error       = NULL;

      if (i == 0)
        {
          g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
          helper_write (fixture->path, later, strlen (later));
        }
      else
        {
          g_assert_cmpint (g_unlink (fixture->path), ==, 0);
          g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
        }
      presets = dot_presets_new (fixture->path);
      assert_problem (presets);
      g_assert_false (dot_presets_save (presets, "a", settings, &error));
      assert_sentence (error, DOT_ERROR_INVALID_FILE);
      g_assert_cmpuint (helper_count_names (folder), ==, 1);
    }
}

static void
test_link (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autofree char *real   = g_build_filename (fixture->folder, "elsewhere.json", NULL);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  helper_write (real, PRESETS ("[]"), strlen (PRESETS ("[]")));
  g_assert_cmpint (symlink (real, fixture->path), ==, 0);
  save (fixture->presets, "a", 1);
  g_assert_true (g_file_test (fixture->path, G_FILE_TEST_IS_SYMLINK));
  assert_kept (fixture, "a");
}

static void
test_full_disk (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) settings = json_object_new ();
  g_autoptr (GError) error        = NULL;
  g_autofree char *folder         = g_path_get_dirname (fixture->path);
  struct rlimit    before;

  save (fixture->presets, "a", 1);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &(struct rlimit) { 50, before.rlim_max }), ==, 0);
  g_assert_false (dot_presets_save (fixture->presets, "b", settings, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  assert_sentence (error, DOT_ERROR_FAILED);
  assert_mentions (error, fixture->path);
  assert_own (fixture->presets, "a");
  assert_kept (fixture, "a");
  g_assert_cmpuint (helper_count_names (folder), ==, 1);
}

static void
test_unwritable (void)
{
  g_autoptr (DotPresets) presets  = dot_presets_new ("/proc/dot-refine/presets.json");
  g_autoptr (JsonObject) settings = json_object_new ();
  g_autoptr (GError) error        = NULL;

  g_assert_null (dot_presets_get_problem (presets));
  g_assert_false (dot_presets_save (presets, "a", settings, &error));
  assert_sentence (error, DOT_ERROR_FAILED);
}

#define ADD(name, function) \
  g_test_add ("/presets/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("builtin", test_builtin);
  ADD ("default", test_default);
  ADD ("builtin-stay", test_builtin_stay);
  ADD ("own", test_own);
  ADD ("refused", test_refused);
  ADD ("two", test_two);
  ADD ("same-name", test_same_name);
  ADD ("damaged", test_damaged);
  ADD ("damaged-meanwhile", test_damaged_meanwhile);
  ADD ("unreadable", test_unreadable);
  ADD ("link", test_link);
  ADD ("full-disk", test_full_disk);
  g_test_add_func ("/presets/unwritable", test_unwritable);
  return g_test_run ();
}
