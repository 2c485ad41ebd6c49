/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The widgets of what the dialog keeps, on an X server without a screen. */

#include "pages/architecture-combo.h"
#include "pages/class-entry.h"
#include "helpers.h"
#include "pages/history-row.h"
#include "pages/history-view.h"
#include "pages/import-dialog.h"
#include "pages/model-row.h"
#include "pages/options-page.h"
#include "person.h"
#include "pages/preset-menu.h"
#include "widgets/progress-row.h"
#include "runs.h"
#include "pages/seed-entry.h"
#include "synthetic.h"
#include "widgets/link-text.h"
#include "widgets/message-bar.h"

#include <string.h>

#include <gdk/gdkkeysyms.h>

/* An answer for the next dialog: what is typed into it, and its response. */
typedef struct
{
  const char *typed;
  const char *button;
  int         response;
  guint       asked;
} Answer;

static gboolean
give_answer (gpointer data)
{
  Answer *answer            = data;
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *window = windows; window; window = window->next)
    {
      GtkWidget *button;
      GtkWidget *entry;

      if (! GTK_IS_DIALOG (window->data) || ! gtk_widget_get_visible (window->data))
        continue;

      entry = person_find (window->data, GTK_TYPE_ENTRY);
      if (entry && answer->typed)
        gtk_entry_set_text (GTK_ENTRY (entry), answer->typed);
      button = gtk_dialog_get_widget_for_response (window->data, answer->response);
      if (answer->button)
        g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (button)), ==, answer->button);
      person_check_names (window->data);
      answer->asked++;
      gtk_dialog_response (window->data, answer->response);
      return G_SOURCE_REMOVE;
    }
  return G_SOURCE_CONTINUE;
}

/*  the history  */

typedef struct
{
  char            *folder;
  DotHistory      *history;
  GtkWidget       *view;
  GtkWidget       *window;
  DotHistoryEntry *restored;
} Runs;

/* The model that the runs are of. */
#define MODEL "Ten ImageNet classes, 64 pixels"

static void
take_restored (DotHistoryView *view, DotHistoryEntry *entry, Runs *runs)
{
  g_set_object (&runs->restored, entry);
}

static void
add_run (Runs *runs, int seed)
{
  g_autoptr (GPtrArray) frames = run_frames_new (0, 1, 8, 8, seed);

  g_assert_true (dot_history_add (runs->history, NULL, NULL, frames, frames, NULL));
}

static void
open_runs (Runs *runs, gconstpointer data)
{
  runs->folder  = helper_folder_new ();
  runs->history = dot_history_new (runs->folder);
  for (int seed = 1; seed <= 3; seed++)
    add_run (runs, seed);
  runs->view   = dot_history_view_new (runs->history);
  runs->window = person_open (runs->view, 640, 480);
  g_signal_connect (runs->view, "restore", G_CALLBACK (take_restored), runs);
}

static void
close_runs (Runs *runs, gconstpointer data)
{
  gtk_widget_destroy (runs->window);
  g_clear_object (&runs->restored);
  g_assert_finalize_object (runs->history);
  helper_folder_remove (runs->folder);
}

static GtkListBox *
get_list (Runs *runs)
{
  return GTK_LIST_BOX (person_find_named (runs->view, GTK_TYPE_LIST_BOX, "History"));
}

/* The titles, newest first, separated by |. */
static void
assert_runs (Runs *runs, const char *expected)
{
  g_autoptr (GString) titles = g_string_new (NULL);
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (get_list (runs), i)); i++)
    {
      const char *title = atk_object_get_name (gtk_widget_get_accessible (GTK_WIDGET (row)));

      g_assert_true (g_str_has_prefix (title, "goldfish · seed "));
      g_string_append_c (titles, title[strlen ("goldfish · seed ")]);
    }
  g_assert_cmpstr (titles->str, ==, expected);
}

static GtkWidget *
get_row (Runs *runs, int i)
{
  return GTK_WIDGET (gtk_list_box_get_row_at_index (get_list (runs), i));
}

static void
test_history_list (Runs *runs, gconstpointer data)
{
  const char *facts;

  assert_runs (runs, "321");
  add_run (runs, 4);
  dot_history_view_reload (DOT_HISTORY_VIEW (runs->view));
  assert_runs (runs, "4321");
  person_check_names (runs->window);
  facts = atk_object_get_description (gtk_widget_get_accessible (get_row (runs, 0)));
  g_assert_true (g_str_has_prefix (facts, MODEL " · just now\n"));
  g_assert_nonnull (strstr (facts, "Score 0.00 → 0.00"));
}

static void
test_history_restore (Runs *runs, gconstpointer data)
{
  gtk_widget_grab_focus (get_row (runs, 1));
  person_type (runs->window, GDK_KEY_Return, 0);
  g_assert_cmpstr (dot_history_entry_get_title (runs->restored), ==,
                   "goldfish · seed 2 · 0 updates");
  gtk_button_clicked (
    GTK_BUTTON (person_find_named (get_row (runs, 0), GTK_TYPE_BUTTON, "Restore")));
  g_assert_cmpstr (dot_history_entry_get_title (runs->restored), ==,
                   "goldfish · seed 3 · 0 updates");
}

/* The row shows what is best of what has a right to its score. */
static void
test_history_collapsed (Runs *runs, gconstpointer data)
{
  g_autoptr (GPtrArray) first = run_frames_new (0, 2, 8, 8, 9);
  g_autoptr (GPtrArray) last  = run_frames_new (16, 2, 8, 8, 9);
  const char *facts;

  ((DotFrame *) last->pdata[1])->excess = 9.0;
  g_assert_true (dot_history_add (runs->history, NULL, NULL, first, last, NULL));
  dot_history_view_reload (DOT_HISTORY_VIEW (runs->view));
  facts = atk_object_get_description (gtk_widget_get_accessible (get_row (runs, 0)));
  g_assert_nonnull (strstr (facts, "Score 0.00 → 16.00"));
}

/* Those that are seen, as assert_runs(). */
static void
assert_seen (Runs *runs, const char *expected)
{
  g_autoptr (GString) seen = g_string_new (NULL);
  GtkWidget *row;

  person_settle ();
  for (int i = 0; (row = get_row (runs, i)); i++)
    if (gtk_widget_get_mapped (row))
      {
        const char *title = atk_object_get_name (gtk_widget_get_accessible (row));

        g_string_append_c (seen, title[strlen ("goldfish · seed ")]);
      }
  g_assert_cmpstr (seen->str, ==, expected);
}

/* By class, seed and model, and who removes what was found stays with it. */
static void
test_history_search (Runs *runs, gconstpointer data)
{
  GtkEntry *search = GTK_ENTRY (person_find (runs->view, GTK_TYPE_SEARCH_ENTRY));

  assert_seen (runs, "321");
  gtk_entry_set_text (search, "GOLD seed 2");
  assert_seen (runs, "2");
  gtk_entry_set_text (search, "imagenet classes");
  assert_seen (runs, "321");
  gtk_entry_set_text (search, "lemon");
  assert_seen (runs, "");
  person_find_named (runs->view, GTK_TYPE_LABEL, "No run is like that.");
  gtk_widget_grab_focus (GTK_WIDGET (search));
  person_type (runs->window, GDK_KEY_Escape, 0);
  g_assert_cmpstr (gtk_entry_get_text (search), ==, "");
  assert_seen (runs, "321");
}

static GtkToggleButton *
get_star (Runs *runs, int i)
{
  return GTK_TOGGLE_BUTTON (person_find_named (get_row (runs, i), GTK_TYPE_TOGGLE_BUTTON, "Star"));
}

/* A star stays when the history is cleared, and is there again. */
static void
test_history_star (Runs *runs, gconstpointer data)
{
  GtkWidget *clear = person_find_named (runs->view, GTK_TYPE_BUTTON, "Clear History…");
  GtkWidget *only = person_find_named (runs->view, GTK_TYPE_TOGGLE_BUTTON, "Only runs with a star");
  Answer     answer = { .response = GTK_RESPONSE_ACCEPT };

  gtk_toggle_button_set_active (get_star (runs, 1), TRUE);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (only), TRUE);
  assert_seen (runs, "2");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (only), FALSE);

  g_idle_add (give_answer, &answer);
  gtk_button_clicked (GTK_BUTTON (clear));
  assert_seen (runs, "2");
  g_assert_true (gtk_toggle_button_get_active (get_star (runs, 0)));
  g_assert_false (gtk_widget_get_sensitive (clear));
  gtk_toggle_button_set_active (get_star (runs, 0), FALSE);
  g_assert_true (gtk_widget_get_sensitive (clear));
}

/* Delete goes on with the next one, and where that was the last with the one
 * before; other keys do nothing. */
static void
test_history_remove (Runs *runs, gconstpointer data)
{
  gtk_widget_grab_focus (get_row (runs, 1));
  person_type (runs->window, GDK_KEY_x, 0);
  assert_runs (runs, "321");
  person_type (runs->window, GDK_KEY_Delete, 0);
  assert_runs (runs, "31");
  person_type (runs->window, GDK_KEY_KP_Delete, 0);
  assert_runs (runs, "3");
  gtk_widget_grab_focus (person_find_named (get_row (runs, 0), GTK_TYPE_BUTTON, "Remove"));
  gtk_button_clicked (
    GTK_BUTTON (person_find_named (get_row (runs, 0), GTK_TYPE_BUTTON, "Remove")));
  assert_runs (runs, "");
  g_assert_false (
    gtk_widget_get_sensitive (person_find_named (runs->view, GTK_TYPE_BUTTON, "Clear History…")));
}

static void
test_history_clear (Runs *runs, gconstpointer data)
{
  GtkButton *clear = GTK_BUTTON (person_find_named (runs->view, GTK_TYPE_BUTTON, "Clear History…"));
  Answer     answer = { .response = GTK_RESPONSE_CANCEL };

  g_idle_add (give_answer, &answer);
  gtk_button_clicked (clear);
  assert_runs (runs, "321");

  answer.response = GTK_RESPONSE_ACCEPT;
  g_idle_add (give_answer, &answer);
  gtk_button_clicked (clear);
  assert_runs (runs, "");
  g_assert_cmpuint (answer.asked, ==, 2);
}

/* What is selected stays so when another run ends. */
static void
test_history_selection (Runs *runs, gconstpointer data)
{
  gtk_list_box_select_row (get_list (runs), GTK_LIST_BOX_ROW (get_row (runs, 1)));
  add_run (runs, 4);
  dot_history_view_reload (DOT_HISTORY_VIEW (runs->view));
  g_assert_true (GTK_WIDGET (gtk_list_box_get_selected_row (get_list (runs))) == get_row (runs, 2));
}

/*  presets  */

static void
take_settings (DotPresetMenu *menu, JsonObject *settings, gint64 *updates)
{
  *updates = json_object_get_int_member (settings, "updates");
}

static JsonObject *
give_settings (DotPresetMenu *menu, gint64 *updates)
{
  JsonObject *settings = json_object_new ();

  json_object_set_int_member (settings, "updates", *updates);
  return settings;
}

static void
activate (GtkWidget *menu, const char *name)
{
  GtkWidget *popup = GTK_WIDGET (gtk_menu_button_get_popup (GTK_MENU_BUTTON (menu)));

  gtk_menu_item_activate (GTK_MENU_ITEM (person_find_named (popup, GTK_TYPE_MENU_ITEM, name)));
  person_settle ();
}

/* Of the items of one name the second is the one to remove it. */
static void
activate_remove (GtkWidget *menu, const char *name)
{
  GtkWidget *popup  = GTK_WIDGET (gtk_menu_button_get_popup (GTK_MENU_BUTTON (menu)));
  GtkWidget *remove = person_find_named (popup, GTK_TYPE_MENU_ITEM, "Remove");

  g_assert_true (gtk_widget_get_sensitive (remove));
  gtk_menu_item_activate (
    GTK_MENU_ITEM (person_find_named (gtk_menu_item_get_submenu (GTK_MENU_ITEM (remove)),
                                      GTK_TYPE_MENU_ITEM, name)));
  person_settle ();
}

static void
test_presets (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *path           = g_build_filename (folder, "presets.json", NULL);
  g_autoptr (DotPresets) presets  = dot_presets_new (path);
  GtkWidget *menu                 = dot_preset_menu_new (presets);
  GtkWidget *window               = person_open (menu, 640, 480);
  gint64     updates              = 0;
  Answer     answer               = { .response = GTK_RESPONSE_ACCEPT };

  g_signal_connect (menu, "apply", G_CALLBACK (take_settings), &updates);
  g_signal_connect (menu, "get-settings", G_CALLBACK (give_settings), &updates);
  activate (menu, "Fast preview (4 updates)");
  g_assert_cmpint (updates, ==, 4);

  updates = 77;
  answer  = (Answer) { "mine_", "_Save", GTK_RESPONSE_ACCEPT };
  g_idle_add (give_answer, &answer);
  activate (menu, "Save As…");
  updates = 78;
  answer  = (Answer) { "mine_", "_Replace", GTK_RESPONSE_ACCEPT };
  g_idle_add (give_answer, &answer);
  activate (menu, "Save As…");
  updates = 0;
  activate (menu, "mine_");
  g_assert_cmpint (updates, ==, 78);

  answer = (Answer) { NULL, NULL, GTK_RESPONSE_CANCEL };
  g_idle_add (give_answer, &answer);
  activate_remove (menu, "mine_");
  g_assert_true (dot_presets_is_own (presets, "mine_"));
  answer.response = GTK_RESPONSE_ACCEPT;
  g_idle_add (give_answer, &answer);
  activate_remove (menu, "mine_");
  g_assert_false (dot_presets_is_own (presets, "mine_"));

  gtk_widget_destroy (window);
}

/* A name that can't be had is asked for again. */
static gboolean
give_two_answers (gpointer data)
{
  Answer *answer = data;

  if (give_answer (data) == G_SOURCE_CONTINUE)
    return G_SOURCE_CONTINUE;
  if (answer->asked == 2)
    return G_SOURCE_REMOVE;

  answer->typed = "better";
  return G_SOURCE_CONTINUE;
}

static void
test_preset_again (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *path           = g_build_filename (folder, "presets.json", NULL);
  g_autoptr (DotPresets) presets  = dot_presets_new (path);
  GtkWidget *menu                 = dot_preset_menu_new (presets);
  GtkWidget *window               = person_open (menu, 640, 480);
  gint64     updates              = 5;
  Answer     answer               = { "Default", NULL, GTK_RESPONSE_ACCEPT };

  g_signal_connect (menu, "get-settings", G_CALLBACK (give_settings), &updates);
  g_idle_add (give_two_answers, &answer);
  activate (menu, "Save As…");
  g_assert_cmpuint (answer.asked, ==, 2);
  g_assert_true (dot_presets_is_own (presets, "better"));

  gtk_widget_destroy (window);
}

/*  class and seed  */

static void
test_class (void)
{
  g_autoptr (DotModel) model   = dot_model_find ("imagenet10-64", NULL);
  g_autoptr (DotRecent) recent = dot_recent_new (NULL, 3);
  GtkWidget *entry             = dot_class_entry_new ();
  GtkWidget *button            = dot_class_entry_make_surprise (DOT_CLASS_ENTRY (entry));
  GtkWidget *box               = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *window;

  gtk_container_add (GTK_CONTAINER (box), entry);
  gtk_container_add (GTK_CONTAINER (box), button);
  window = person_open (box, 640, 480);
  person_check_names (window);
  g_assert_false (gtk_widget_get_sensitive (button));

  dot_class_entry_set_recent (DOT_CLASS_ENTRY (entry), recent);
  dot_class_entry_set_model (DOT_CLASS_ENTRY (entry), model);
  g_assert_true (gtk_widget_get_sensitive (button));
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *before = g_strdup (gtk_entry_get_text (GTK_ENTRY (entry)));

      gtk_button_clicked (GTK_BUTTON (button));
      g_assert_cmpstr (gtk_entry_get_text (GTK_ENTRY (entry)), !=, before);
      g_assert_null (dot_class_entry_get_problem (DOT_CLASS_ENTRY (entry)));
    }

  gtk_entry_set_text (GTK_ENTRY (entry), "N07749582");
  dot_class_entry_remember (DOT_CLASS_ENTRY (entry));
  gtk_entry_set_text (GTK_ENTRY (entry), "no such fish");
  g_assert_nonnull (dot_class_entry_get_problem (DOT_CLASS_ENTRY (entry)));
  dot_class_entry_remember (DOT_CLASS_ENTRY (entry));
  g_assert_cmpuint (g_strv_length ((GStrv) dot_recent_get (recent)), ==, 1);
  g_assert_cmpstr (dot_recent_get (recent)[0], ==, "lemon");

  dot_class_entry_set_model (DOT_CLASS_ENTRY (entry), NULL);
  g_assert_false (gtk_widget_get_sensitive (button));
  gtk_widget_destroy (window);
  dot_recent_add (recent, "goldfish");
}

static void
test_seeds (void)
{
  g_autoptr (DotRecent) recent = dot_recent_new (NULL, 20);
  GtkWidget *entry             = dot_seed_entry_new ();
  GtkWidget *window            = person_open (entry, 640, 480);
  GtkWidget *used;
  int        seed;

  dot_seed_entry_set_recent (DOT_SEED_ENTRY (entry), recent);
  used = person_find_named (entry, GTK_TYPE_MENU_BUTTON, "Seeds Used Before");
  g_assert_true (gtk_widget_get_visible (used));
  g_assert_false (gtk_widget_get_sensitive (used));
  person_check_names (window);

  g_object_set (entry, "seed", 42, NULL);
  dot_seed_entry_remember (DOT_SEED_ENTRY (entry));
  g_object_set (entry, "seed", G_MAXINT, NULL);
  dot_seed_entry_remember (DOT_SEED_ENTRY (entry));
  g_assert_true (gtk_widget_get_sensitive (used));
  activate (used, "42");
  g_object_get (entry, "seed", &seed, NULL);
  g_assert_cmpint (seed, ==, 42);
  activate (used, "2147483647");
  g_object_get (entry, "seed", &seed, NULL);
  g_assert_cmpint (seed, ==, G_MAXINT);

  gtk_widget_destroy (window);
  dot_recent_add_number (recent, 1);
}

static void
test_progress (void)
{
  GtkWidget *row    = dot_progress_row_new ("_Stop");
  GtkWidget *window = person_open (row, 640, 480);

  dot_progress_row_set (DOT_PROGRESS_ROW (row), "Refining", 0.5);
  dot_progress_row_set_time_left (DOT_PROGRESS_ROW (row), "About 20 seconds left");
  person_find_named (row, GTK_TYPE_LABEL, "About 20 seconds left");
  person_find_named (row, GTK_TYPE_LABEL, "Refining");
  dot_progress_row_set_time_left (DOT_PROGRESS_ROW (row), NULL);
  person_find_named (row, GTK_TYPE_LABEL, "");
  gtk_widget_destroy (window);
}

/* A model of one class leaves nothing to choose, whatever another was set to. */
static void
test_one_class (void)
{
  g_autofree char *models               = NULL;
  g_autoptr (DotSettings) settings      = dot_settings_new ();
  g_autoptr (DotRefineOptions) options  = NULL;
  g_autoptr (DotRefineOptions) goldfish = NULL;
  GtkWidget *combo                      = dot_model_combo_new (settings);
  GtkWidget *page                       = dot_options_page_new (settings, DOT_MODEL_COMBO (combo));
  GtkWidget *window                     = person_open (page, 640, 480);
  GtkWidget *entry                      = person_find (page, DOT_TYPE_CLASS_ENTRY);

  models = g_build_filename (g_get_user_data_dir (), "dot-refine", "models", NULL);
  synthetic_model_write (models, "one", 1, "[{\"name\": \"blob\"}]");
  g_assert_true (gtk_widget_get_mapped (entry));
  g_object_set (settings, "model", "one", NULL);
  g_assert_nonnull (dot_settings_get_model (settings, NULL));
  person_settle ();
  g_assert_false (gtk_widget_get_mapped (entry));
  options = dot_settings_get_options (settings);
  g_assert_null (options->class_name);

  g_object_set (settings, "model", "imagenet10-64", NULL);
  person_settle ();
  g_assert_true (gtk_widget_get_mapped (entry));
  goldfish = dot_settings_get_options (settings);
  g_assert_cmpstr (goldfish->class_name, ==, "goldfish");
  gtk_widget_destroy (window);
}

static void
set_relative_scores (const char *models, const char *id)
{
  g_autofree char *path      = g_build_filename (models, id, "model.json", NULL);
  g_autofree char *text      = NULL;
  g_autoptr (GString) longer = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  longer = g_string_new (text);
  g_string_insert (longer, 1, "\"score_is_relative\": true, ");
  helper_write (path, longer->str, longer->len);
}

static void
assert_note (GtkWidget *widget, const char *note)
{
  g_autofree char *tooltip = gtk_widget_get_tooltip_text (widget);

  g_assert_cmpstr (tooltip, ==, note);
}

/* What must be known of a model's scores can be read where it is chosen, and in
 * its row. */
static void
test_score_note (void)
{
  g_autofree char *models          = NULL;
  g_autofree char *line            = NULL;
  g_autoptr (DotSettings) settings = dot_settings_new ();
  g_autoptr (DotModel) model       = NULL;
  g_autoptr (GtkWidget) row        = NULL;
  GtkWidget  *combo                = dot_model_combo_new (settings);
  GtkWidget  *page                 = dot_options_page_new (settings, DOT_MODEL_COMBO (combo));
  GtkWidget  *window               = person_open (page, 640, 480);
  const char *note;

  models = g_build_filename (g_get_user_data_dir (), "dot-refine", "models", NULL);
  synthetic_model_write (models, "relative", 2, "[{}, {}]");
  set_relative_scores (models, "relative");
  model = dot_model_find ("relative", NULL);
  note  = dot_model_describe_score (model);
  line  = g_strdup_printf ("Score: %s", note);
  g_assert_nonnull (strstr (note, "differences"));
  assert_note (combo, NULL);
  g_object_set (settings, "model", "relative", NULL);
  assert_note (combo, line);
  g_object_set (settings, "model", "imagenet10-64", NULL);
  assert_note (combo, NULL);

  row = g_object_ref_sink (dot_model_row_new (model));
  assert_note (person_find_named (row, GTK_TYPE_LABEL, line), note);
  gtk_widget_destroy (window);
}

/*  what is open  */

static gboolean
is_sensitive (GtkWidget *combo, DotSource source)
{
  GtkTreeModel *rows      = gtk_combo_box_get_model (GTK_COMBO_BOX (combo));
  g_autoptr (GList) cells = gtk_cell_layout_get_cells (GTK_CELL_LAYOUT (combo));
  gboolean    sensitive;
  GtkTreeIter row;

  g_assert_true (gtk_tree_model_iter_nth_child (rows, &row, NULL, source));
  gtk_cell_area_apply_attributes (gtk_cell_layout_get_area (GTK_CELL_LAYOUT (combo)), rows, &row,
                                  FALSE, FALSE);
  g_object_get (cells->data, "sensitive", &sensitive, NULL);
  return sensitive;
}

static void
assert_open (GtkWidget *combo, gboolean is_open)
{
  g_autofree char *tooltip = gtk_widget_get_tooltip_text (combo);

  g_assert_true (is_sensitive (combo, DOT_SOURCE_SEED));
  g_assert_true (is_sensitive (combo, DOT_SOURCE_BETWEEN));
  g_assert_cmpint (is_sensitive (combo, DOT_SOURCE_IMAGE), ==, is_open);
  g_assert_true (g_str_has_prefix (tooltip, "What the unrefined pictures come from"));
  g_assert_cmpint (strstr (tooltip, "“The image in GIMP” is there where") == NULL, ==, is_open);
}

/* What isn't there can't be chosen, and the tooltip says why. */
static void
test_open_image (void)
{
  g_autoptr (DotSettings) settings = dot_settings_new ();
  GtkWidget *page                  = dot_options_page_new_advanced (settings);
  GtkWidget *window                = person_open (page, 640, 480);
  GtkWidget *combo                 = g_object_get_data (G_OBJECT (page), "source");

  assert_open (combo, FALSE);
  dot_options_page_set_open (page, TRUE);
  assert_open (combo, TRUE);
  dot_options_page_set_open (page, FALSE);
  assert_open (combo, FALSE);
  gtk_widget_destroy (window);
}

/*  the import  */

typedef struct
{
  GtkWidget *dialog;
  GPtrArray *choosers;
  guint      step;
} Import;

/* Those that can't be left out. */
static void
find_choosers (GtkWidget *widget, gpointer choosers)
{
  if (GTK_IS_FILE_CHOOSER_BUTTON (widget) && GTK_IS_GRID (gtk_widget_get_parent (widget)))
    g_ptr_array_add (choosers, widget);
  else if (GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), find_choosers, choosers);
}

static gboolean
has_message (Import *import)
{
  return gtk_widget_get_visible (person_find (import->dialog, DOT_TYPE_MESSAGE_BAR));
}

/* Imports what is no pair, reads what is wrong, and chooses another file. */
static gboolean
import_on (gpointer data)
{
  Import    *import = data;
  GtkDialog *dialog = GTK_DIALOG (import->dialog);
  GtkWidget *accept = gtk_dialog_get_widget_for_response (dialog, GTK_RESPONSE_ACCEPT);

  if (import->step == 0 && gtk_widget_get_sensitive (accept))
    {
      import->step++;
      gtk_dialog_response (dialog, GTK_RESPONSE_ACCEPT);
    }
  else if (import->step == 1 && has_message (import))
    {
      import->step++;
      g_signal_emit_by_name (import->choosers->pdata[1], "file-set");
      g_assert_false (has_message (import));
      gtk_dialog_response (dialog, GTK_RESPONSE_CANCEL);
      return G_SOURCE_REMOVE;
    }
  return G_SOURCE_CONTINUE;
}

/* What was wrong with other files isn't said of these. */
static void
test_import_again (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *path           = g_build_filename (folder, "nothing.npz", NULL);
  g_autoptr (GBytes) bytes        = g_bytes_new_static ("x", 1);
  GtkWidget *window               = person_open (gtk_label_new (NULL), 640, 480);
  Import     import               = { .dialog = dot_import_dialog_new (GTK_WINDOW (window), NULL) };

  helper_write_zip (path, "nothing.npy", bytes, FALSE);
  import.choosers = g_ptr_array_new ();
  find_choosers (import.dialog, import.choosers);
  for (guint i = 0; i < 2; i++)
    {
      gtk_file_chooser_set_filename (import.choosers->pdata[i], path);
      person_settle ();
      g_signal_emit_by_name (import.choosers->pdata[i], "file-set");
    }

  g_timeout_add (20, import_on, &import);
  g_assert_null (dot_import_dialog_run (DOT_IMPORT_DIALOG (import.dialog)));
  g_assert_cmpuint (import.step, ==, 2);
  g_ptr_array_unref (import.choosers);
  gtk_widget_destroy (import.dialog);
  gtk_widget_destroy (window);
}

/*  addresses  */

static const struct
{
  const char *sentence;
  const char *addresses;
} sentences[] = {
  { "Get “it” from https://a.b/c?d=1&e=2.", "https://a.b/c?d=1&e=2" },
  { "a < b", "" },
  { "“https://a.b” & http://c.d/e", "https://a.b http://c.d/e" },
  { "https://a.b, that is https://a.b!", "https://a.b" },
  { "", "" },
};

static void
find_links (GtkWidget *widget, gpointer links)
{
  if (GTK_IS_LINK_BUTTON (widget) && gtk_widget_get_visible (widget))
    g_ptr_array_add (links, widget);
  else if (GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), find_links, links);
}

/* Who sees a link, points at it or hears it knows where it leads. */
static void
check_link (GtkWidget *button, const char *address)
{
  GtkWidget       *label   = gtk_bin_get_child (GTK_BIN (button));
  g_autofree char *tooltip = gtk_widget_get_tooltip_text (button);

  g_assert_cmpstr (gtk_link_button_get_uri (GTK_LINK_BUTTON (button)), ==, address);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, strstr (address, "://") + 3);
  g_assert_cmpstr (tooltip, ==, address);
  g_assert_cmpstr (atk_object_get_name (gtk_widget_get_accessible (button)), ==, address);
  g_assert_true (gtk_widget_get_can_focus (button));
}

static void
check_sentence (GtkWidget *text, guint i)
{
  g_autoptr (GPtrArray) links = g_ptr_array_new ();
  g_auto (GStrv) addresses    = g_strsplit (sentences[i].addresses, " ", -1);
  GtkLabel *label             = dot_link_text_get_label (DOT_LINK_TEXT (text));

  dot_link_text_set (DOT_LINK_TEXT (text), sentences[i].sentence);
  g_assert_cmpstr (gtk_label_get_label (label), ==, sentences[i].sentence);
  g_assert_cmpstr (gtk_label_get_text (label), ==, sentences[i].sentence);
  find_links (text, links);
  g_assert_cmpuint (links->len, ==, g_strv_length (addresses));
  for (guint n = 0; n < links->len; n++)
    check_link (links->pdata[n], addresses[n]);
  person_check_names (text);
}

/* Each sentence after each other one. */
static void
test_link_text (void)
{
  g_autoptr (GtkWidget) text = g_object_ref_sink (dot_link_text_new ());

  gtk_widget_show_all (text);
  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    for (guint j = 0; j < G_N_ELEMENTS (sentences); j++)
      {
        check_sentence (text, i);
        check_sentence (text, j);
      }
}

static gboolean
open_link (GtkLinkButton *button, gpointer opened)
{
  g_string_append_printf (opened, "%s ", gtk_link_button_get_uri (button));
  return TRUE;
}

/* By a click, by a key, and by who can't see it; it is where its text is now. */
static void
test_link_opens (void)
{
  g_autoptr (GString) opened = g_string_new (NULL);
  GtkWidget *text            = dot_link_text_new ();
  GtkWidget *window          = NULL;
  GtkWidget *button          = NULL;

  dot_link_text_set (DOT_LINK_TEXT (text), "Get it from https://a.b/c.");
  window = person_open (text, 320, 240);
  button = person_find (text, GTK_TYPE_LINK_BUTTON);
  g_signal_connect (button, "activate-link", G_CALLBACK (open_link), opened);
  person_click (button, 4, 4, 0);
  dot_link_text_set (DOT_LINK_TEXT (text), "Get it from https://d.e/f.");
  gtk_widget_grab_focus (button);
  person_type (button, GDK_KEY_Return, 0);
  person_wait (400); /* that long GTK shows it pressed */
  g_assert_true (atk_action_do_action (ATK_ACTION (gtk_widget_get_accessible (button)), 0));
  g_assert_cmpstr (opened->str, ==, "https://a.b/c https://d.e/f https://d.e/f ");
  gtk_widget_destroy (window);
}

/* What a reader of the screen has got hold of, @object and all in it. */
static void
hold (AtkObject *object, GPtrArray *held)
{
  g_ptr_array_add (held, g_object_ref (object));
  for (int i = 0; i < atk_object_get_n_accessible_children (object); i++)
    {
      g_autoptr (AtkObject) child = atk_object_ref_accessible_child (object, i);

      hold (child, held);
    }
}

static gboolean
is_called (gconstpointer object, gconstpointer name)
{
  return g_strcmp0 (atk_object_get_name ((AtkObject *) object), name) == 0;
}

static void
check_states (GPtrArray *held)
{
  for (guint i = 0; i < held->len; i++)
    {
      AtkStateSet *states = atk_object_ref_state_set (held->pdata[i]);

      g_assert_nonnull (states);
      g_object_unref (states);
    }
}

/* Who read a sentence may ask its parts, its links too, after it has changed:
 * AT-SPI's bridge has references to all of them. */
static void
test_link_held (void)
{
  g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func (g_object_unref);
  GtkWidget  *bar            = g_object_ref_sink (dot_message_bar_new ());
  const char *after[]        = { "Get it from https://d.e/f.", "There is no such file.", NULL,
                                 "Get it from https://d.e/f or https://a.b/c." };

  dot_message_bar_set (DOT_MESSAGE_BAR (bar), "Get it from https://a.b/c.");
  hold (gtk_widget_get_accessible (bar), held);
  g_assert_true (g_ptr_array_find_with_equal_func (held, "https://a.b/c", is_called, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (after); i++)
    {
      dot_message_bar_set (DOT_MESSAGE_BAR (bar), after[i]);
      check_states (held);
    }
  g_object_unref (bar);
}

static void
count_address (GtkWidget *widget, gpointer n)
{
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), "https://"))
    ++*(guint *) n;
  if (GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), count_address, n);
}

/* Returns: how many sentences with an address are in it, each with a link */
static guint
check_links (GtkWidget *widget)
{
  g_autoptr (GPtrArray) links = g_ptr_array_new ();
  guint n                     = 0;

  person_check_names (widget);
  count_address (widget, &n);
  find_links (widget, links);
  g_assert_cmpuint (links->len, ==, n);
  for (guint i = 0; i < links->len; i++)
    check_link (links->pdata[i], gtk_link_button_get_uri (links->pdata[i]));
  return n;
}

/* Where a model is to be fetched from can be clicked, in its row and where it
 * is chosen. */
static void
test_address (void)
{
  g_autoptr (GPtrArray) models = dot_model_list ();
  GtkWidget *bar               = g_object_ref_sink (dot_message_bar_new ());
  guint      n                 = 0;

  for (guint i = 0; i < models->len; i++)
    {
      GtkWidget *row = g_object_ref_sink (dot_model_row_new (models->pdata[i]));

      n += check_links (row);
      if (dot_model_get_problem (models->pdata[i]))
        dot_message_bar_set (DOT_MESSAGE_BAR (bar), dot_model_get_problem (models->pdata[i]));
      g_object_unref (row);
    }
  n += check_links (bar);
  g_assert_cmpuint (n, >=, 2);
  g_object_unref (bar);
}

/*  what is chosen for an import  */

typedef struct
{
  HelperFolder *folder;
  char         *path;
  GtkWidget    *dialog;
} Chosen;

static GtkWidget *
find_generator (GtkWidget *dialog)
{
  g_autoptr (GPtrArray) choosers = g_ptr_array_new ();

  find_choosers (dialog, choosers);
  for (guint i = 0; i < choosers->len; i++)
    if (g_strcmp0 (gtk_file_chooser_button_get_title (choosers->pdata[i]), "Open the Generator") ==
        0)
      return choosers->pdata[i];
  g_assert_not_reached ();
}

static void
choose (Chosen *chosen_file, const char *member, const void *data, gsize size)
{
  GtkWidget       *button  = find_generator (chosen_file->dialog);
  g_autofree char *chosen  = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  if (member)
    helper_write_zip (chosen_file->path, member, bytes, FALSE);
  else
    helper_write (chosen_file->path, data, size);
  gtk_file_chooser_set_filename (GTK_FILE_CHOOSER (button), chosen_file->path);
  for (guint i = 0; g_strcmp0 (chosen, chosen_file->path) != 0 && i < 100; i++)
    {
      person_wait (20);
      g_free (chosen);
      chosen = gtk_file_chooser_get_filename (GTK_FILE_CHOOSER (button));
    }
  g_assert_cmpstr (chosen, ==, chosen_file->path);
  g_signal_emit_by_name (button, "file-set");
  person_settle ();
}

static void
assert_chosen (Chosen *chosen_file, const char *architecture, gboolean problem)
{
  GtkWidget *combo = person_find (chosen_file->dialog, DOT_TYPE_ARCHITECTURE_COMBO);
  GtkWidget *bar   = person_find (chosen_file->dialog, DOT_TYPE_MESSAGE_BAR);

  g_assert_cmpstr (gtk_combo_box_get_active_id (GTK_COMBO_BOX (combo)), ==, architecture);
  g_assert_cmpint (gtk_widget_get_visible (bar), ==, problem);
}

#define BESIDE                                                                       \
  "{\"format\": \"dot-refine-model\", \"version\": 1, \"architecture\": \"resnet\"," \
  " \"image\": {\"size\": 32, \"channels\": 3},"                                     \
  " \"latent\": {\"size\": 4, \"prior\": \"uniform\"}, \"classes\": 0}"

/* What a file is is told by its content, as soon as it is chosen. */
static void
test_chosen (void)
{
  Chosen           import = { .folder = helper_folder_new () };
  GtkWidget       *parent = gtk_window_new (GTK_WINDOW_TOPLEVEL);
  g_autofree char *beside = g_build_filename (import.folder, "model.json", NULL);

  import.path   = g_build_filename (import.folder, "G.pt", NULL);
  import.dialog = dot_import_dialog_new (GTK_WINDOW (parent), NULL);
  gtk_widget_show (import.dialog);

  choose (&import, "G/constants.pkl", "\x80\x02).", 4);
  assert_chosen (&import, "torchscript", FALSE);
  choose (&import, "archive/data.pkl", "\x80\x02).", 4);
  assert_chosen (&import, "sngan-projection", FALSE);
  choose (&import, "l1/W.npy", "", 0);
  assert_chosen (&import, "sngan-projection", FALSE);
  choose (&import, NULL, "<html>", 6);
  assert_chosen (&import, "sngan-projection", TRUE);
  helper_write (beside, BESIDE, strlen (BESIDE));
  choose (&import, "l1/W.npy", "", 0);
  assert_chosen (&import, "resnet", FALSE);

  gtk_widget_destroy (import.dialog);
  gtk_widget_destroy (parent);
  g_free (import.path);
  helper_folder_remove (import.folder);
}

#define ADD_RUNS(name, function) \
  g_test_add ("/keep/history/" name, Runs, NULL, open_runs, function, close_runs)

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  ADD_RUNS ("list", test_history_list);
  ADD_RUNS ("restore", test_history_restore);
  ADD_RUNS ("collapsed", test_history_collapsed);
  ADD_RUNS ("search", test_history_search);
  ADD_RUNS ("star", test_history_star);
  ADD_RUNS ("remove", test_history_remove);
  ADD_RUNS ("clear", test_history_clear);
  ADD_RUNS ("selection", test_history_selection);
  g_test_add_func ("/keep/presets", test_presets);
  g_test_add_func ("/keep/preset-again", test_preset_again);
  g_test_add_func ("/keep/class", test_class);
  g_test_add_func ("/keep/seeds", test_seeds);
  g_test_add_func ("/keep/progress", test_progress);
  g_test_add_func ("/keep/one-class", test_one_class);
  g_test_add_func ("/keep/score-note", test_score_note);
  g_test_add_func ("/keep/open-image", test_open_image);
  g_test_add_func ("/keep/import-again", test_import_again);
  g_test_add_func ("/keep/import-chosen", test_chosen);
  g_test_add_func ("/keep/link-text", test_link_text);
  g_test_add_func ("/keep/link-opens", test_link_opens);
  g_test_add_func ("/keep/link-held", test_link_held);
  g_test_add_func ("/keep/address", test_address);
  return g_test_run ();
}
