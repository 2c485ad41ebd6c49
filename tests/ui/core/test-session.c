/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Runs of the shipped pair, one after another, as the dialog has them, with
 * nothing to see. */

#include "core/session.h"

#include <string.h>

typedef struct
{
  DotSession       *session;
  DotRefineOptions *options;
  GMainLoop        *loop;
  GArray           *updates;
  guint             stop_after;
  guint             held;
} Fixture;

static gboolean
release (gpointer data)
{
  Fixture *fixture = data;

  fixture->held--;
  dot_session_remove_pending (fixture->session);
  return G_SOURCE_REMOVE;
}

/* Whoever takes frames may need a moment for each. */
static void
take_frames (Fixture *fixture, GPtrArray *frames)
{
  const DotFrame *first = frames->pdata[0];

  g_array_append_val (fixture->updates, first->update);
  if (fixture->updates->len == fixture->stop_after)
    dot_session_stop (fixture->session);
  fixture->held++;
  dot_session_add_pending (fixture->session);
  g_timeout_add (5, release, fixture);
}

static void
ended (Fixture *fixture)
{
  g_assert_cmpuint (fixture->held, ==, 0);
  g_assert_false (dot_session_is_running (fixture->session));
  g_main_loop_quit (fixture->loop);
}

static void
setup (Fixture *fixture, gconstpointer data)
{
  fixture->session          = dot_session_new ();
  fixture->options          = dot_refine_options_new ();
  fixture->loop             = g_main_loop_new (NULL, FALSE);
  fixture->updates          = g_array_new (FALSE, FALSE, sizeof (guint));
  fixture->options->updates = 2;
  fixture->options->count   = 2;
  fixture->options->k_eff   = 1.0;
  fixture->options->device  = DOT_DEVICE_CPU;
  g_signal_connect_swapped (fixture->session, "frames", G_CALLBACK (take_frames), fixture);
  g_signal_connect_swapped (fixture->session, "ended", G_CALLBACK (ended), fixture);
}

static void
teardown (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->session);
  dot_refine_options_free (fixture->options);
  g_main_loop_unref (fixture->loop);
  g_array_unref (fixture->updates);
}

static void
run (Fixture *fixture, DotRun kind)
{
  g_autoptr (GError) error = NULL;

  g_array_set_size (fixture->updates, 0);
  dot_session_start (fixture->session, fixture->options, kind, &error);
  g_assert_no_error (error);
  g_assert_true (dot_session_is_running (fixture->session));
  g_main_loop_run (fixture->loop);
}

static guint
get_update (Fixture *fixture, guint i)
{
  return g_array_index (fixture->updates, guint, i);
}

static GPtrArray *
get_last_frames (Fixture *fixture)
{
  return dot_gallery_get_last_frames (dot_session_get_gallery (fixture->session));
}

/* What every run begins with, after some before it. */
static void
go_on (Fixture *fixture)
{
  g_autoptr (GPtrArray) frames = get_last_frames (fixture);

  g_strfreev (fixture->options->states);
  fixture->options->states = g_new0 (char *, frames->len + 1);
  for (guint i = 0; i < frames->len; i++)
    fixture->options->states[i] = g_strdup (((DotFrame *) frames->pdata[i])->state);
}

static void
test_going_on (Fixture *fixture, gconstpointer data)
{
  DotGallery *gallery         = dot_session_get_gallery (fixture->session);
  g_autoptr (GPtrArray) whole = NULL;
  g_autoptr (GPtrArray) parts = NULL;

  fixture->options->updates = 4;
  run (fixture, DOT_RUN_NEW);
  g_assert_cmpuint (fixture->updates->len, ==, 5);
  whole = get_last_frames (fixture);

  fixture->options->updates = 2;
  run (fixture, DOT_RUN_NEW);
  g_assert_cmpuint (dot_gallery_get_n_positions (gallery), ==, 3);
  go_on (fixture);
  run (fixture, DOT_RUN_MORE);
  g_assert_cmpuint (fixture->updates->len, ==, 2);
  g_assert_cmpuint (get_update (fixture, 1), ==, 4);
  g_assert_cmpuint (dot_gallery_get_n_positions (gallery), ==, 5);

  parts = get_last_frames (fixture);
  for (guint i = 0; i < 2; i++)
    {
      const DotFrame *a = whole->pdata[i];
      const DotFrame *b = parts->pdata[i];

      g_assert_cmpfloat (a->score, ==, b->score);
      g_assert_cmpmem (a->image, 3 * a->width * a->height * sizeof (float), b->image,
                       3 * b->width * b->height * sizeof (float));
    }
}

/* A kept state is seen again by a run of no updates from it. */
static void
test_seeing_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after  = NULL;

  run (fixture, DOT_RUN_NEW);
  before = get_last_frames (fixture);
  go_on (fixture);
  fixture->options->updates = 0;
  run (fixture, DOT_RUN_RESTORE);
  after = get_last_frames (fixture);

  g_assert_cmpuint (fixture->updates->len, ==, 1);
  g_assert_cmpuint (get_update (fixture, 0), ==, 2);
  g_assert_cmpuint (after->len, ==, 2);
  g_assert_cmpfloat (((DotFrame *) before->pdata[1])->score, ==,
                     ((DotFrame *) after->pdata[1])->score);
}

/* Stopping keeps what is done, soon, and is no problem. */
static void
test_stopping (Fixture *fixture, gconstpointer data)
{
  fixture->options->updates = 100000;
  fixture->stop_after       = 3;
  run (fixture, DOT_RUN_NEW);
  g_assert_cmpuint (fixture->updates->len, >=, 3);
  g_assert_cmpuint (fixture->updates->len, <, 30);
  g_assert_null (dot_session_get_problem (fixture->session));
}

/* Pictures of the run before stay where the next one gives none. */
static void
test_problems (Fixture *fixture, gconstpointer data)
{
  DotGallery *gallery      = dot_session_get_gallery (fixture->session);
  g_autoptr (GError) error = NULL;
  const GError *problem;

  run (fixture, DOT_RUN_NEW);
  g_free (fixture->options->class_name);
  fixture->options->class_name = g_strdup ("no such fish");
  run (fixture, DOT_RUN_NEW);
  problem = dot_session_get_problem (fixture->session);
  g_assert_error (problem, DOT_ERROR, DOT_ERROR_NOT_FOUND);
  g_assert_cmpuint (dot_gallery_get_n_positions (gallery), ==, 3);

  fixture->options->keep_every = 0;
  g_assert_false (dot_session_start (fixture->session, fixture->options, DOT_RUN_NEW, &error));
  g_assert_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT);
  g_assert_false (dot_session_is_running (fixture->session));
}

/*  what is pending isn't done  */

static void
hold (DotSession *session, GPtrArray *frames, guint *n_held)
{
  (*n_held)++;
  dot_session_add_pending (session);
}

static void
check_not_done (DotSession *session, guint *n_held)
{
  if (*n_held > 0)
    g_assert_cmpfloat (dot_session_get_fraction (session), ==, 0.0);
}

static gboolean
let_go (gpointer data)
{
  Fixture *fixture = data;

  while (fixture->held > 0)
    {
      fixture->held--;
      dot_session_remove_pending (fixture->session);
    }
  return G_SOURCE_REMOVE;
}

/* What is added when all has come belongs to the run, too. */
static void
finish (DotSession *session, Fixture *fixture)
{
  g_signal_handlers_disconnect_by_func (session, check_not_done, &fixture->held);
  g_assert_true (dot_session_is_running (session));
  g_assert_cmpuint (fixture->held, ==, 4);
  hold (session, NULL, &fixture->held);
  g_idle_add (let_go, fixture);
}

static void
test_pending (Fixture *fixture, gconstpointer data)
{
  DotSession *session = fixture->session;

  g_signal_handlers_disconnect_by_func (session, take_frames, fixture);
  g_signal_connect (session, "frames", G_CALLBACK (hold), &fixture->held);
  g_signal_connect (session, "changed", G_CALLBACK (check_not_done), &fixture->held);
  g_signal_connect (session, "finishing", G_CALLBACK (finish), fixture);
  fixture->options->updates = 3;
  run (fixture, DOT_RUN_NEW);
  g_assert_cmpfloat (dot_session_get_fraction (session), ==, 1.0);
}

/* It says so at once, and nothing that still comes says otherwise. */
static void
check_stopping (DotSession *session)
{
  if (dot_session_is_stopping (session))
    g_assert_cmpstr (dot_session_get_message (session), ==, "Stopping…");
}

static void
test_saying_so (Fixture *fixture, gconstpointer data)
{
  g_signal_connect (fixture->session, "changed", G_CALLBACK (check_stopping), NULL);
  fixture->options->updates = 100000;
  fixture->stop_after       = 2;
  run (fixture, DOT_RUN_NEW);
  g_assert_cmpstr (dot_session_get_message (fixture->session), ==, "Stopping…");
  g_assert_false (dot_session_is_stopping (fixture->session));
}

/* Whoever takes frames may fail, a full disk say: the run ends with that. */
static void
fail (DotSession *session)
{
  dot_session_fail (session, g_error_new_literal (DOT_ERROR, DOT_ERROR_FAILED, "the disk is full"));
}

static void
test_failing (Fixture *fixture, gconstpointer data)
{
  const GError *problem;

  g_signal_connect (fixture->session, "frames", G_CALLBACK (fail), NULL);
  fixture->options->updates = 100000;
  run (fixture, DOT_RUN_NEW);
  problem = dot_session_get_problem (fixture->session);
  g_assert_cmpstr (problem->message, ==, "the disk is full");
  g_assert_cmpuint (fixture->updates->len, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) g_test_add ("/session/" name, Fixture, NULL, setup, function, teardown)
  ADD ("going-on", test_going_on);
  ADD ("seeing-again", test_seeing_again);
  ADD ("stopping", test_stopping);
  ADD ("problems", test_problems);
  ADD ("pending", test_pending);
  ADD ("saying-so", test_saying_so);
  ADD ("failing", test_failing);
  return g_test_run ();
}
