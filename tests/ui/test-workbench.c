/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The dialog without GIMP, with real runs.
 *
 * What is done again and again while it stays open leaves nothing: each thing
 * some times, until all that stays loaded is, then as often again, after which
 * as much memory is in use as before. */

#include "pages/example-view.h"
#include "pages/export-dialog.h"
#include "pages/history-view.h"
#include "pages/import-dialog.h"
#include "pages/model-page.h"
#include "person.h"
#include "pages/preset-menu.h"
#include "preview/picture-text.h"
#include "widgets/message-bar.h"
#include "workbench.h"

#include <malloc.h>
#include <string.h>

/* How often a thing is done, and how much it may leave each time: half of a
 * picture, 64 pixels wide and high, of three bytes.  GTK itself keeps some
 * hundred bytes of each window. */
#define TIMES      12
#define MOST_BYTES (64 * 64 * 3 / 2)

typedef struct
{
  DotSettings *settings;
  DotSession  *session;
  DotHistory  *history;
  GtkWidget   *workbench;
  GtkWidget   *window;
  guint        n_runs;
} Fixture;

/*  what is measured  */

typedef void (*Act) (Fixture *fixture);

static gint64
count_bytes (void)
{
  struct mallinfo2 info;

  person_settle ();
  info = mallinfo2 ();
  return info.uordblks + info.hblkhd;
}

static gint64
count_left (Fixture *fixture, Act act)
{
  gint64 before = count_bytes ();

  for (guint i = 0; i < TIMES; i++)
    act (fixture);
  return (count_bytes () - before) / TIMES;
}

/* A table of GLib's or Pango's may grow once, in any of these: what leaks does in each. */
static void
assert_leaves_nothing (Fixture *fixture, Act act)
{
  gint64 left;

  count_left (fixture, act);
  left = count_left (fixture, act);
  if (left >= MOST_BYTES)
    left = count_left (fixture, act);
  g_test_message ("%" G_GINT64_FORMAT " bytes are left each time", left);
  g_assert_cmpint (left, <, MOST_BYTES);
}

/*  the dialog, without GIMP  */

static void
start (Fixture *fixture, DotRefineOptions *options, DotRun run)
{
  g_autoptr (GError) error = NULL;

  dot_session_start (fixture->session, options, run, &error);
  g_assert_no_error (error);
}

static void
wait_for_end (Fixture *fixture)
{
  while (dot_session_is_running (fixture->session))
    gtk_main_iteration ();
  g_assert_no_error (dot_session_get_problem (fixture->session));
}

static GActionGroup *
get_actions (Fixture *fixture)
{
  return G_ACTION_GROUP (dot_workbench_get_actions (DOT_WORKBENCH (fixture->workbench)));
}

static void
do_action (Fixture *fixture, const char *name)
{
  GActionGroup *actions = get_actions (fixture);

  g_assert_true (g_action_group_get_action_enabled (actions, name));
  g_action_group_activate_action (actions, name, NULL);
}

static void
refine (Fixture *fixture)
{
  do_action (fixture, "refine");
  wait_for_end (fixture);
  fixture->n_runs++;
}

static void
go_on (Fixture *fixture)
{
  do_action (fixture, "refine-more");
  wait_for_end (fixture);
  fixture->n_runs++;
}

/* Returns: (transfer full): the history, when another thread has written all */
static GPtrArray *
list_runs (Fixture *fixture)
{
  GPtrArray *entries = dot_history_list (fixture->history);

  while (entries->len < fixture->n_runs)
    {
      g_ptr_array_unref (entries);
      person_settle ();
      entries = dot_history_list (fixture->history);
    }
  person_settle ();
  return entries;
}

static void
open_workbench (Fixture *fixture)
{
  fixture->workbench = dot_workbench_new (fixture->settings, fixture->session, fixture->history,
                                          NULL);
  g_signal_connect_swapped (get_actions (fixture), "start", G_CALLBACK (start), fixture);
  fixture->window = person_open (fixture->workbench, 1120, 720);
  gtk_widget_insert_action_group (fixture->window, "dot", get_actions (fixture));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->settings = dot_settings_new ();
  fixture->session  = dot_session_new ();
  fixture->history  = dot_history_new (NULL);
  g_object_set (fixture->settings, "count", 2, "updates", 2, "k-eff", 1.0, NULL);
  open_workbench (fixture);
  refine (fixture);
  g_ptr_array_unref (list_runs (fixture));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_widget_destroy (fixture->window);
  g_assert_true (dot_history_clear (fixture->history, NULL));
  g_assert_finalize_object (fixture->history);
  g_assert_finalize_object (fixture->session);
  g_assert_finalize_object (fixture->settings);
}

/*  what is done  */

/* The history is cleared, which has a row more for each by right. */
static void
forget_runs (Fixture *fixture)
{
  g_ptr_array_unref (list_runs (fixture));
  g_assert_true (dot_history_clear (fixture->history, NULL));
  fixture->n_runs = 0;
}

static void
refine_and_look (Fixture *fixture)
{
  DotGallery *gallery = dot_session_get_gallery (fixture->session);

  refine (fixture);
  for (guint i = 0; i < dot_gallery_get_n_positions (gallery); i++)
    {
      dot_gallery_set_position (gallery, i);
      dot_gallery_set_candidate (gallery, i % 2);
      dot_gallery_set_marked (gallery, i, TRUE);
      person_settle ();
    }
  go_on (fixture);
  forget_runs (fixture);
}

static void
restore_entry (Fixture *fixture, DotHistoryEntry *entry)
{
  GtkWidget *view = person_find (fixture->workbench, DOT_TYPE_HISTORY_VIEW);

  g_signal_emit_by_name (view, "restore", entry);
  wait_for_end (fixture);
}

static void
restore (Fixture *fixture)
{
  g_autoptr (GPtrArray) entries = list_runs (fixture);

  g_assert_cmpuint (entries->len, ==, 1);
  restore_entry (fixture, entries->pdata[0]);
}

static void
show (GtkWidget *window)
{
  gtk_widget_show (window);
  person_settle ();
  gtk_widget_destroy (window);
}

static void
look_at_export (Fixture *fixture)
{
  GtkWidget *dialog = dot_export_dialog_new (GTK_WINDOW (fixture->window),
                                             dot_session_get_gallery (fixture->session));

  g_ptr_array_unref (dot_export_dialog_get_frames (DOT_EXPORT_DIALOG (dialog)));
  dot_export_options_free (dot_export_dialog_get_options (DOT_EXPORT_DIALOG (dialog)));
  show (dialog);
}

static void
look_at_models (Fixture *fixture)
{
  show (dot_model_page_new (GTK_WINDOW (fixture->window)));
}

static void
look_at_import (Fixture *fixture)
{
  show (dot_import_dialog_new (GTK_WINDOW (fixture->window), NULL));
}

static void
choose_class (Fixture *fixture)
{
  g_object_set (fixture->settings, "class", "lemon", NULL);
  person_settle ();
  g_object_set (fixture->settings, "class", "no such fish", NULL);
  person_settle ();
  g_object_set (fixture->settings, "class", "goldfish", NULL);
}

static void
look_at_presets (Fixture *fixture)
{
  GtkWidget *menu  = person_find (fixture->workbench, DOT_TYPE_PRESET_MENU);
  GtkWidget *popup = GTK_WIDGET (gtk_menu_button_get_popup (GTK_MENU_BUTTON (menu)));

  gtk_menu_item_activate (GTK_MENU_ITEM (person_find_named (popup, GTK_TYPE_MENU_ITEM, "Default")));
  g_object_set (fixture->settings, "count", 2, "updates", 2, "k-eff", 1.0, NULL);
  person_settle ();
}

static void
copy (Fixture *fixture)
{
  do_action (fixture, "copy-shell");
  do_action (fixture, "copy-script");
}

/* All of it, with its pictures. */
static void
open_again (Fixture *fixture)
{
  gtk_widget_destroy (fixture->window);
  open_workbench (fixture);
}

/* What the others would miss: that what is measured would show it. */
static void
leave_a_frame (Fixture *fixture)
{
  DotGallery *gallery = dot_session_get_gallery (fixture->session);

  refine (fixture);
  dot_frame_ref (dot_gallery_get_frame (gallery, 0, 0));
  forget_runs (fixture);
}

static void
test_finds_one (Fixture *fixture, gconstpointer data)
{
  gint64 before;

  for (guint i = 0; i < TIMES; i++)
    leave_a_frame (fixture);
  before = count_bytes ();
  for (guint i = 0; i < TIMES; i++)
    leave_a_frame (fixture);
  g_assert_cmpint ((count_bytes () - before) / TIMES, >=, MOST_BYTES);
}

static void
test_act (Fixture *fixture, gconstpointer data)
{
  assert_leaves_nothing (fixture, (Act) data);
}

/* The command of a run that was brought back begins where that run began, not
 * where the newest did. */
static void
test_copy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autofree char *latents      = NULL;
  g_autofree char *text         = NULL;

  g_object_set (fixture->settings, "seed", 9, NULL);
  refine (fixture);
  entries = list_runs (fixture);
  g_assert_cmpuint (entries->len, ==, 2);
  restore_entry (fixture, entries->pdata[1]);
  do_action (fixture, "copy-shell");

  text    = gtk_clipboard_wait_for_text (gtk_clipboard_get (GDK_SELECTION_CLIPBOARD));
  latents = dot_history_entry_get_latents (entries->pdata[1]);
  g_test_message ("%s", text);
  g_assert_nonnull (strstr (text, latents));
}

/*  what comes back from the history  */

/* Returns: (transfer full): all that is there, a row for each kept update */
static GPtrArray *
get_frames (Fixture *fixture)
{
  DotGallery *gallery = dot_session_get_gallery (fixture->session);
  GPtrArray  *frames  = NULL;

  frames = g_ptr_array_new_with_free_func ((GDestroyNotify) dot_frame_unref);
  for (guint p = 0; p < dot_gallery_get_n_positions (gallery); p++)
    for (guint c = 0; c < dot_gallery_get_n_candidates (gallery); c++)
      g_ptr_array_add (frames, dot_frame_ref (dot_gallery_get_frame (gallery, c, p)));
  return frames;
}

static void
assert_same_frames (GPtrArray *found, GPtrArray *expected)
{
  g_assert_cmpuint (found->len, ==, expected->len);
  for (guint i = 0; i < found->len; i++)
    {
      const DotFrame *a    = found->pdata[i];
      const DotFrame *b    = expected->pdata[i];
      gsize           size = 3 * a->width * a->height * sizeof (float);

      g_assert_cmpuint (a->update, ==, b->update);
      g_assert_cmpstr (a->title, ==, b->title);
      g_assert_cmpfloat (a->score, ==, b->score);
      g_assert_cmpfloat (a->distance, ==, b->distance);
      g_assert_cmpmem (a->image, size, b->image, size);
    }
}

/* A thread writes them. */
static void
wait_for_entries (Fixture *fixture, guint n)
{
  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (GPtrArray) entries = dot_history_list (fixture->history);

      if (entries->len == n)
        return;
      person_settle ();
    }
  g_assert_not_reached ();
}

/* Returns: (transfer full): the newest run */
static DotHistoryEntry *
get_newest (Fixture *fixture)
{
  g_autoptr (GPtrArray) entries = list_runs (fixture);

  return g_object_ref (entries->pdata[0]);
}

/* Nothing that is there says what was before. */
static void
restore_newest (Fixture *fixture)
{
  g_autoptr (DotHistoryEntry) entry = get_newest (fixture);

  g_object_set (fixture->settings, "seed", 9, "step-size", 1.0, "keep-every", 1, NULL);
  refine (fixture);
  restore_entry (fixture, entry);
}

/* All kept updates come back, to the bit, also of a run that went on with other
 * settings; and it can go on as it could have then. */
static void
test_restore (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) before  = NULL;
  g_autoptr (GPtrArray) after   = NULL;
  g_autoptr (GPtrArray) gone_on = NULL;
  g_autoptr (GPtrArray) went_on = NULL;
  double step_size;

  g_object_set (fixture->settings, "seed", 5, "updates", 3, "keep-every", 2, NULL);
  refine (fixture);
  g_object_set (fixture->settings, "updates", 2, "keep-every", 1, "step-size", 0.1, NULL);
  go_on (fixture);
  before = get_frames (fixture);
  g_assert_cmpuint (before->len, ==, 2 * 5);

  restore_newest (fixture);
  after = get_frames (fixture);
  assert_same_frames (after, before);
  g_object_get (fixture->settings, "step-size", &step_size, NULL);
  g_assert_cmpfloat (step_size, ==, 0.1);

  go_on (fixture);
  gone_on = get_frames (fixture);
  restore_newest (fixture);
  went_on = get_frames (fixture);
  g_assert_cmpuint (gone_on->len, ==, 2 * 7);
  assert_same_frames (went_on, gone_on);
}

/*  what rests during a run  */

/* What can't be pressed looks so, in any theme. */
static void
check_rests (GtkWidget *widget, gpointer data)
{
  if ((GTK_IS_BUTTON (widget) || GTK_IS_ENTRY (widget)) && gtk_widget_get_mapped (widget))
    {
      GtkStyleContext *context = gtk_widget_get_style_context (widget);
      double           opacity;

      gtk_style_context_get (context, gtk_style_context_get_state (context), "opacity", &opacity,
                             NULL);
      g_assert_false (gtk_widget_is_sensitive (widget));
      g_assert_cmpfloat (opacity, <=, 0.5);
      ++*(guint *) data;
    }
  if (GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), check_rests, data);
}

/* Models and other runs wait; what is chosen is for the next run. */
static void
look_at_options (DotSession *session, GPtrArray *frames, Fixture *fixture)
{
  GtkWidget *pages  = person_find (fixture->workbench, GTK_TYPE_NOTEBOOK);
  GtkWidget *manage = person_find_named (pages, GTK_TYPE_BUTTON, "Manage models…");
  guint      n      = 0;

  check_rests (person_find (fixture->workbench, DOT_TYPE_PRESET_MENU), &n);
  g_assert_cmpuint (n, >=, 1);

  g_assert_false (gtk_widget_is_sensitive (manage));
  g_assert_true (gtk_widget_is_sensitive (person_find (pages, GTK_TYPE_SPIN_BUTTON)));
  gtk_notebook_set_current_page (GTK_NOTEBOOK (pages), 2);
  check_rests (person_find (pages, DOT_TYPE_HISTORY_VIEW), &n);
  g_assert_cmpuint (n, >=, 3);
  gtk_notebook_set_current_page (GTK_NOTEBOOK (pages), 0);
}

static void
test_rests (Fixture *fixture, gconstpointer data)
{
  g_signal_connect (fixture->session, "frames", G_CALLBACK (look_at_options), fixture);
  refine (fixture);
}

/* While what was there before comes back, its settings come back. */
static void
look_at_all (DotSession *session, GPtrArray *frames, Fixture *fixture)
{
  guint n = 0;

  check_rests (person_find (fixture->workbench, GTK_TYPE_NOTEBOOK), &n);
  check_rests (person_find (fixture->workbench, DOT_TYPE_PRESET_MENU), &n);
  g_assert_cmpuint (n, >=, 8);
}

static void
test_restoring_rests (Fixture *fixture, gconstpointer data)
{
  g_signal_connect (fixture->session, "frames", G_CALLBACK (look_at_all), fixture);
  restore (fixture);
}

/*  the first look  */

/* One press, and there are pictures of what was pressed. */
static void
test_examples (Fixture *fixture, gconstpointer data)
{
  GtkWidget      *view;
  GtkWidget      *button;
  const DotFrame *frame;

  dot_gallery_clear (dot_session_get_gallery (fixture->session));
  person_settle ();
  view   = person_find (fixture->workbench, DOT_TYPE_EXAMPLE_VIEW);
  button = person_find (view, GTK_TYPE_BUTTON);
  g_assert_true (gtk_widget_get_mapped (button));
  g_object_set (fixture->settings, "source", DOT_SOURCE_LAYER, "class", "lemon", NULL);
  gtk_button_clicked (GTK_BUTTON (button));
  g_assert_false (gtk_widget_is_sensitive (button));
  wait_for_end (fixture);

  frame = dot_gallery_get_frame (dot_session_get_gallery (fixture->session), 0, 0);
  g_assert_cmpstr (frame->class_name, ==, g_object_get_data (G_OBJECT (button), "class"));
  g_assert_cmpint (frame->seed, ==,
                   GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "seed")));
  g_assert_false (gtk_widget_get_mapped (button));
}

/*  what is next  */

/* While the first run goes on a second one is asked for, and more is typed. */
static void
ask_for_next (DotSession *session, GPtrArray *frames, Fixture *fixture)
{
  g_signal_handlers_disconnect_by_func (session, ask_for_next, fixture);
  g_object_set (fixture->settings, "seed", 9, NULL);
  do_action (fixture, "refine");
  g_object_set (fixture->settings, "seed", 40, NULL);
}

static void
begin_two (Fixture *fixture)
{
  g_object_set (fixture->settings, "seed", 5, NULL);
  g_signal_connect (fixture->session, "frames", G_CALLBACK (ask_for_next), fixture);
  do_action (fixture, "refine");
}

static void
wait_for_next (Fixture *fixture, gboolean there)
{
  while (g_action_group_get_action_enabled (get_actions (fixture), "cancel-next") != there)
    gtk_main_iteration ();
}

static int
get_seed (Fixture *fixture)
{
  int seed;

  g_object_get (fixture->settings, "seed", &seed, NULL);
  return seed;
}

static void
assert_first_seed (Fixture *fixture, gint64 seed)
{
  const DotFrame *frame = dot_gallery_get_frame (dot_session_get_gallery (fixture->session), 0, 0);

  g_assert_cmpint (frame->seed, ==, seed);
}

/* Each run has the settings that it was asked for with, in the history, too;
 * what is typed meanwhile stays. */
static void
test_next (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) entries = NULL;
  const int seeds[]             = { 9, 5, 0 };

  begin_two (fixture);
  wait_for_next (fixture, TRUE);
  person_find_named (fixture->workbench, GTK_TYPE_LABEL, "Next: goldfish · seeds 9–10 · 2 updates");
  wait_for_end (fixture);
  assert_first_seed (fixture, 9);
  g_assert_cmpint (get_seed (fixture), ==, 40);
  g_assert_false (g_action_group_get_action_enabled (get_actions (fixture), "cancel-next"));

  fixture->n_runs += 2;
  entries = list_runs (fixture);
  g_assert_cmpuint (entries->len, ==, 3);
  for (guint i = 0; i < entries->len; i++)
    {
      JsonObject *settings = dot_history_entry_get_settings (entries->pdata[i]);

      g_assert_cmpint (json_object_get_int_member (settings, "seed"), ==, seeds[i]);
    }
}

static void
test_cancel_next (Fixture *fixture, gconstpointer data)
{
  begin_two (fixture);
  wait_for_next (fixture, TRUE);
  do_action (fixture, "cancel-next");
  wait_for_end (fixture);
  assert_first_seed (fixture, 5);
}

/* What can't be next is told in its place, and the run goes on. */
static void
ask_for_layers (DotSession *session, GPtrArray *frames, Fixture *fixture)
{
  g_signal_handlers_disconnect_by_func (session, ask_for_layers, fixture);
  g_object_set (fixture->settings, "source", DOT_SOURCE_LAYER, NULL);
  do_action (fixture, "refine");
}

static void
test_refused_next (Fixture *fixture, gconstpointer data)
{
  DotGallery *gallery = dot_session_get_gallery (fixture->session);

  g_signal_connect (fixture->session, "frames", G_CALLBACK (ask_for_layers), fixture);
  do_action (fixture, "refine");
  wait_for_next (fixture, TRUE);
  person_find_named (
    fixture->workbench, GTK_TYPE_LABEL,
    "No layer that DOT Refine made is selected: select one, or start from a seed.");
  wait_for_end (fixture);
  g_assert_cmpuint (dot_gallery_get_n_positions (gallery), ==, 3);
  g_assert_false (g_action_group_get_action_enabled (get_actions (fixture), "cancel-next"));
}

/* Who stops wants nothing more. */
static void
test_stop_next (Fixture *fixture, gconstpointer data)
{
  g_object_set (fixture->settings, "updates", 90000, NULL);
  begin_two (fixture);
  wait_for_next (fixture, TRUE);
  do_action (fixture, "stop");
  wait_for_end (fixture);
  assert_first_seed (fixture, 5);
}

static void
stop_after_three (DotSession *session, GPtrArray *frames, Fixture *fixture)
{
  if (dot_gallery_get_n_positions (dot_session_get_gallery (session)) == 3)
    g_action_group_activate_action (get_actions (fixture), "stop", NULL);
}

/* A run that was stopped is what was done, not what was asked for: in the list,
 * when it comes back, and as a command. */
static void
test_stopped (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DotHistoryEntry) entry = NULL;
  g_autoptr (GPtrArray) before      = NULL;
  g_autoptr (GPtrArray) after       = NULL;
  g_autofree char *text             = NULL;
  g_autofree char *title            = NULL;
  g_autofree char *updates          = NULL;
  gulong           handler;
  guint            last;

  g_object_set (fixture->settings, "updates", 90000, "keep-every", 2, NULL);
  handler = g_signal_connect (fixture->session, "frames", G_CALLBACK (stop_after_three), fixture);
  refine (fixture);
  g_signal_handler_disconnect (fixture->session, handler);
  before = get_frames (fixture);
  last   = ((DotFrame *) before->pdata[before->len - 1])->update;
  g_assert_cmpuint (last, <, 90000);

  do_action (fixture, "copy-shell");
  text    = gtk_clipboard_wait_for_text (gtk_clipboard_get (GDK_SELECTION_CLIPBOARD));
  updates = g_strdup_printf ("--updates %u ", last);
  g_test_message ("%s", text);
  g_assert_nonnull (strstr (text, updates));

  wait_for_entries (fixture, 2);
  entry = get_newest (fixture);
  title = g_strdup_printf ("goldfish · seeds 0–1 · %u updates", last);
  g_assert_cmpstr (dot_history_entry_get_title (entry), ==, title);
  restore_entry (fixture, entry);
  after = get_frames (fixture);
  assert_same_frames (after, before);
}

/*  pictures that collapse  */

static void
find_bar (GtkWidget *child, gpointer found)
{
  if (DOT_IS_MESSAGE_BAR (child))
    *(GtkWidget **) found = child;
}

/* Returns: what the bar says, "" for nothing; the history has one of its own */
static const char *
get_message (Fixture *fixture)
{
  GtkWidget *bar = NULL;
  GtkWidget *area;

  gtk_container_foreach (GTK_CONTAINER (fixture->workbench), find_bar, &bar);
  area = gtk_info_bar_get_content_area (GTK_INFO_BAR (bar));
  return gtk_widget_get_visible (bar)
           ? gtk_label_get_text (GTK_LABEL (person_find (area, GTK_TYPE_LABEL)))
           : "";
}

static void
assert_quiet (DotSession *session, GPtrArray *frames, Fixture *fixture)
{
  g_assert_cmpstr (get_message (fixture), ==, "");
}

/* What many large steps make is told, from which update on, and not of the run
 * that comes next. */
static void
test_collapse (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpstr (get_message (fixture), ==, "");
  g_object_set (fixture->settings, "updates", 24, "step-size", 0.3, "method", DOT_METHOD_NAIVE,
                NULL);
  refine (fixture);
  g_test_message ("%s", get_message (fixture));
  g_assert_true (g_str_has_prefix (get_message (fixture), "From update "));
  g_assert_cmpint (atoi (get_message (fixture) + strlen ("From update ")), >, 4);

  g_object_set (fixture->settings, "updates", 16, "step-size", 0.01, "method", DOT_METHOD_DOT,
                NULL);
  g_signal_connect (fixture->session, "frames", G_CALLBACK (assert_quiet), fixture);
  refine (fixture);
  g_assert_cmpstr (get_message (fixture), ==, "");
}

/*  a person's own picture  */

/* The first one that is shown, as a file. */
static GBytes *
make_picture (Fixture *fixture)
{
  const DotFrame *frame = dot_gallery_get_frame (dot_session_get_gallery (fixture->session), 0, 0);
  g_autofree guint8 *pixels    = dot_frame_get_pixels (frame);
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  char *bytes                  = NULL;
  gsize size;

  pixbuf = gdk_pixbuf_new_from_data (pixels, GDK_COLORSPACE_RGB, FALSE, 8, (int) frame->width,
                                     (int) frame->height, 3 * (int) frame->width, NULL, NULL);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &bytes, &size, "png", NULL, NULL));
  return g_bytes_new_take (bytes, size);
}

/* When something was found. */
static void
stop_soon (DotSession *session, Fixture *fixture)
{
  if (dot_session_get_fraction (session) > 0.01 && ! dot_session_is_stopping (session))
    g_action_group_activate_action (get_actions (fixture), "stop", NULL);
}

static void
assert_copies_latents (Fixture *fixture)
{
  g_autofree char *text = NULL;

  do_action (fixture, "copy-shell");
  text = gtk_clipboard_wait_for_text (gtk_clipboard_get (GDK_SELECTION_CLIPBOARD));
  g_test_message ("%s", text);
  g_assert_nonnull (strstr (text, "--latents "));
}

/* Who has enough of the search has what was nearest, with how near it is; it is in
 * the history, and can be gone on from. */
static void
test_image (Fixture *fixture, gconstpointer data)
{
  DotGallery *gallery               = dot_session_get_gallery (fixture->session);
  g_autoptr (GBytes) picture        = make_picture (fixture);
  g_autoptr (DotHistoryEntry) entry = NULL;
  g_autoptr (GPtrArray) before      = NULL;
  g_autoptr (GPtrArray) after       = NULL;
  g_autofree char *help             = NULL;

  g_object_set (fixture->settings, "source", DOT_SOURCE_IMAGE, NULL);
  dot_workbench_set_picture (DOT_WORKBENCH (fixture->workbench), TRUE, picture);
  g_signal_connect (fixture->session, "changed", G_CALLBACK (stop_soon), fixture);
  refine (fixture);
  g_signal_handlers_disconnect_by_func (fixture->session, stop_soon, fixture);
  g_assert_cmpuint (dot_gallery_get_n_candidates (gallery), ==, 1);
  g_assert_cmpuint (dot_gallery_get_n_positions (gallery), ==, 1);
  help = dot_picture_text_help (gallery, 0, 0);
  g_assert_nonnull (strstr (help, "\nColours are about "));
  assert_copies_latents (fixture);

  wait_for_entries (fixture, 2);
  entry  = get_newest (fixture);
  before = get_frames (fixture);
  restore_entry (fixture, entry);
  after = get_frames (fixture);
  assert_same_frames (after, before);
  go_on (fixture);
  g_assert_cmpuint (dot_gallery_get_n_positions (gallery), ==, 3);
}

/* Where no image is open that is said, and a seed mends it. */
static void
test_no_image (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) picture = make_picture (fixture);

  dot_workbench_set_picture (DOT_WORKBENCH (fixture->workbench), TRUE, picture);
  dot_workbench_set_picture (DOT_WORKBENCH (fixture->workbench), FALSE, NULL);
  g_object_set (fixture->settings, "source", DOT_SOURCE_IMAGE, NULL);
  do_action (fixture, "refine");
  g_assert_false (dot_session_is_running (fixture->session));
  g_assert_true (g_str_has_prefix (get_message (fixture), "There is no image in GIMP"));
  do_action (fixture, "fix");
  wait_for_end (fixture);
  assert_first_seed (fixture, 0);
}

#define ADD(name, act) \
  g_test_add ("/workbench/leaks/" name, Fixture, (gconstpointer) act, set_up, test_act, tear_down)

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  ADD ("refine", refine_and_look);
  ADD ("restore", restore);
  ADD ("export", look_at_export);
  ADD ("models", look_at_models);
  ADD ("import", look_at_import);
  ADD ("class", choose_class);
  ADD ("presets", look_at_presets);
  ADD ("copy", copy);
  ADD ("open", open_again);
  g_test_add ("/workbench/leaks/finds-one", Fixture, NULL, set_up, test_finds_one, tear_down);
  g_test_add ("/workbench/copy", Fixture, NULL, set_up, test_copy, tear_down);
  g_test_add ("/workbench/restore", Fixture, NULL, set_up, test_restore, tear_down);
  g_test_add ("/workbench/stopped", Fixture, NULL, set_up, test_stopped, tear_down);
  g_test_add ("/workbench/collapse", Fixture, NULL, set_up, test_collapse, tear_down);
  g_test_add ("/workbench/image", Fixture, NULL, set_up, test_image, tear_down);
  g_test_add ("/workbench/no-image", Fixture, NULL, set_up, test_no_image, tear_down);
  g_test_add ("/workbench/rests", Fixture, NULL, set_up, test_rests, tear_down);
  g_test_add ("/workbench/restoring-rests", Fixture, NULL, set_up, test_restoring_rests, tear_down);
  g_test_add ("/workbench/examples", Fixture, NULL, set_up, test_examples, tear_down);
  g_test_add ("/workbench/next", Fixture, NULL, set_up, test_next, tear_down);
  g_test_add ("/workbench/cancel-next", Fixture, NULL, set_up, test_cancel_next, tear_down);
  g_test_add ("/workbench/refused-next", Fixture, NULL, set_up, test_refused_next, tear_down);
  g_test_add ("/workbench/stop-next", Fixture, NULL, set_up, test_stop_next, tear_down);
  return g_test_run ();
}
