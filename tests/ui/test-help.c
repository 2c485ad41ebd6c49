/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The help is shown by what the person reads HTML with, which here is a program
 * that notes what it was given. */

#include "dot.h"
#include "help.h"
#include "person.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char      *folder;
  char      *noted;
  GtkWidget *window;
} Fixture;

/* Of all tests: GLib looks at them once. */
static char *home;

static void
write_file (const char *folder, const char *name, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path    = g_build_filename (folder, name, NULL);

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("dot-refine-help-XXXXXX", NULL);
  fixture->noted  = g_build_filename (home, "noted", NULL);
  fixture->window = person_open (gtk_label_new ("help"), 200, 100);
  write_file (fixture->folder, "dialog.html", "<!DOCTYPE html><html><p>help</p></html>");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *page = g_build_filename (fixture->folder, "dialog.html", NULL);

  gtk_widget_destroy (fixture->window);
  g_remove (page);
  g_remove (fixture->noted);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->noted);
}

static void
set_reader (const char *command)
{
  g_autofree char *applications = g_build_filename (home, "applications", NULL);
  g_autofree char *entry        = NULL;

  entry = g_strdup_printf ("[Desktop Entry]\nType=Application\nName=Reader\nExec=%s %%u\n"
                           "MimeType=text/html;x-scheme-handler/file;\n",
                           command);
  g_mkdir_with_parents (applications, 0700);
  write_file (applications, "reader.desktop", entry);
  write_file (applications, "mimeapps.list",
              "[Default Applications]\ntext/html=reader.desktop\n"
              "x-scheme-handler/file=reader.desktop\n");
}

static gboolean
show (Fixture *fixture, const char *folder, GError **error)
{
  return dot_help_show (GTK_WINDOW (fixture->window), folder, error);
}

static void
test_shown (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error  = NULL;
  g_autofree char *reader   = g_build_filename (home, "reader", NULL);
  g_autofree char *script   = g_strdup_printf ("#!/bin/sh\nprintf %%s \"$1\" >'%s.part'\n"
                                                 "mv '%s.part' '%s'\n",
                                               fixture->noted, fixture->noted, fixture->noted);
  g_autofree char *expected = g_strdup_printf ("%s/dialog.html", fixture->folder);
  g_autofree char *found    = NULL;

  write_file (home, "reader", script);
  g_assert_cmpint (g_chmod (reader, 0700), ==, 0);
  set_reader (reader);
  g_assert_true (show (fixture, fixture->folder, &error));
  g_assert_no_error (error);
  while (! g_file_test (fixture->noted, G_FILE_TEST_EXISTS))
    person_wait (10);
  g_assert_true (g_file_get_contents (fixture->noted, &found, NULL, NULL));
  g_test_message ("%s", found);
  g_assert_true (g_str_has_suffix (found, expected));
}

/* What a person can do then is said. */
static void
assert_sentence (GError *error, const char *mentioned)
{
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, mentioned));
  g_assert_true (g_str_has_suffix (error->message, "."));
}

/* In a process of its own, since GLib keeps what it has seen of programs. */
static void
test_nothing_reads_it (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  if (! g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      return;
    }
  g_assert_false (show (fixture, fixture->folder, &error));
  assert_sentence (error, fixture->folder);
}

static void
test_not_installed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (show (fixture, NULL, &error));
  assert_sentence (error, "install DOT Refine again");
  g_clear_error (&error);
  g_assert_false (show (fixture, "/nonexistent", &error));
  assert_sentence (error, "install DOT Refine again");
}

/* The computer's own programs aren't seen there. */
static gboolean
is_subprocess (int argc, char **argv)
{
  for (int i = 1; i < argc; i++)
    if (g_str_has_prefix (argv[i], "--GTestSubprocess"))
      return TRUE;
  return FALSE;
}

int
main (int argc, char **argv)
{
  home = g_dir_make_tmp ("dot-refine-reader-XXXXXX", NULL);
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_setenv ("XDG_CONFIG_HOME", home, TRUE);
  if (is_subprocess (argc, argv))
    g_setenv ("XDG_DATA_DIRS", home, TRUE);
  gtk_test_init (&argc, &argv, NULL);
  g_test_add ("/help/shown", Fixture, NULL, set_up, test_shown, tear_down);
  g_test_add ("/help/nothing-reads-it", Fixture, NULL, set_up, test_nothing_reads_it, tear_down);
  g_test_add ("/help/not-installed", Fixture, NULL, set_up, test_not_installed, tear_down);
  return g_test_run ();
}
