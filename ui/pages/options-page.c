/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The rows of the dialog's two pages of options: what a picture needs, and
 * behind it all that there is besides. */

#include "config.h"

#include "options-page.h"

#include <glib/gi18n-lib.h>

#include "class-entry.h"
#include "core/recent.h"
#include "layer-note.h"
#include "seed-entry.h"
#include "settings-grid.h"

/* more make a grid in which nothing can be seen */
#define MAX_CANDIDATES 16

/*  the class  */

/* A script may have left no class at all, which is no text for an entry. */
static gboolean
class_to_text (GBinding *binding, const GValue *klass, GValue *text, gpointer user_data)
{
  const char *name = g_value_get_string (klass);

  g_value_set_string (text, name ? name : "");
  return TRUE;
}

static void
model_changed (DotClassEntry *entry, GParamSpec *spec, DotSettings *settings)
{
  dot_class_entry_set_model (entry, dot_settings_get_model (settings, NULL));
}

/* Where there is but one class there is nothing to choose. */
static void
show_class (DotSettingsGrid *grid, GParamSpec *spec, DotSettings *settings)
{
  GtkWidget *entry = g_object_get_data (G_OBJECT (grid), "class");
  DotModel  *model = dot_settings_get_model (settings, NULL);

  dot_settings_grid_set_visible (grid, gtk_widget_get_parent (entry),
                                 ! model || dot_model_get_n_classes (model) != 1);
}

static GtkWidget *
make_class_entry (DotSettings *settings)
{
  GtkWidget *entry = dot_class_entry_new ();

  g_object_bind_property_full (settings, "class", entry, "text",
                               G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE, class_to_text, NULL,
                               NULL, NULL);
  g_signal_connect_object (settings, "notify::model", G_CALLBACK (model_changed), entry,
                           G_CONNECT_SWAPPED);
  model_changed (DOT_CLASS_ENTRY (entry), NULL, settings);
  return entry;
}

static void
add_class (DotSettings *settings, DotSettingsGrid *grid)
{
  GtkWidget *entry             = make_class_entry (settings);
  g_autoptr (DotRecent) recent = dot_recent_new_classes ();

  dot_class_entry_set_recent (DOT_CLASS_ENTRY (entry), recent);
  g_object_set_data (G_OBJECT (grid), "class", entry);
  dot_settings_grid_add_with (grid, "class", entry,
                              dot_class_entry_make_surprise (DOT_CLASS_ENTRY (entry)));
  g_signal_connect_object (settings, "notify::model", G_CALLBACK (show_class), grid,
                           G_CONNECT_SWAPPED);
}

/*  the latents  */

static GtkWidget *
make_seed_entry (DotSettings *settings)
{
  GtkWidget *entry             = dot_seed_entry_new ();
  g_autoptr (DotRecent) recent = dot_recent_new_seeds ();

  dot_seed_entry_set_recent (DOT_SEED_ENTRY (entry), recent);

  g_object_bind_property (settings, "seed", entry, "seed",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_object_bind_property (settings, "lock-seed", entry, "locked",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  return entry;
}

/* In the seed's place stands what pictures start from, where that is none. */
static void
show_start (DotSettingsGrid *grid, GParamSpec *spec, DotSettings *settings)
{
  GtkWidget *seed  = g_object_get_data (G_OBJECT (grid), "seed");
  GtkWidget *start = g_object_get_data (G_OBJECT (grid), "start");
  DotSource  source;

  g_object_get (settings, "source", &source, NULL);
  gtk_label_set_text (GTK_LABEL (start), dot_settings_get_label ("source", source));
  dot_settings_grid_set_visible (grid, seed, source == DOT_SOURCE_SEED);
  dot_settings_grid_set_visible (grid, start, source != DOT_SOURCE_SEED);
}

static GtkWidget *
make_start (void)
{
  GtkWidget *start = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (start), 0.0);
  gtk_label_set_line_wrap (GTK_LABEL (start), TRUE);
  gtk_widget_set_tooltip_text (start, _ ("“Start from”, on the page “Advanced”, says what"));
  return start;
}

static void
add_seed (DotSettings *settings, DotSettingsGrid *grid)
{
  GtkWidget *seed  = make_seed_entry (settings);
  GtkWidget *start = make_start ();

  dot_settings_grid_add (grid, "seed", seed);
  dot_settings_grid_add_note (grid, start);
  g_object_set_data (G_OBJECT (grid), "seed", seed);
  g_object_set_data (G_OBJECT (grid), "start", start);
  g_signal_connect_object (settings, "notify::source", G_CALLBACK (show_start), grid,
                           G_CONNECT_SWAPPED);
}

/* A row that a source doesn't ask for isn't shown. */
static void
show_file (DotSettingsGrid *grid, GParamSpec *spec, DotSettings *settings)
{
  GtkWidget *file = g_object_get_data (G_OBJECT (grid), "file");
  DotSource  source;

  g_object_get (settings, "source", &source, NULL);
  dot_settings_grid_set_visible (grid, file, source == DOT_SOURCE_FILE);
}

/* Only what is open can be started from. */
static void
look_for_image (GtkCellLayout   *layout,
                GtkCellRenderer *cell,
                GtkTreeModel    *rows,
                GtkTreeIter     *row,
                gpointer         combo)
{
  GtkTreePath *path     = gtk_tree_model_get_path (rows, row);
  gboolean     is_image = gtk_tree_path_get_indices (path)[0] == DOT_SOURCE_IMAGE;

  gtk_tree_path_free (path);
  g_object_set (cell, "sensitive", ! is_image || g_object_get_data (combo, "open"), NULL);
}

static void
follow_image (GtkWidget *combo)
{
  g_autoptr (GList) cells = gtk_cell_layout_get_cells (GTK_CELL_LAYOUT (combo));

  gtk_cell_layout_set_cell_data_func (GTK_CELL_LAYOUT (combo), cells->data, look_for_image, combo,
                                      NULL);
}

static void
add_source (DotSettings *settings, DotSettingsGrid *grid)
{
  GtkWidget *combo = dot_settings_grid_add_choice (grid, "source");
  GtkWidget *file;

  follow_image (combo);
  g_object_set_data (G_OBJECT (grid), "source", combo);
  file = dot_settings_grid_add_file (grid, "latents",
                                     _ ("Open Latents"), GTK_FILE_CHOOSER_ACTION_OPEN);
  g_object_set_data (G_OBJECT (grid), "file", file);
  g_signal_connect_object (settings, "notify::source", G_CALLBACK (show_file), grid,
                           G_CONNECT_SWAPPED);
}

static void
add_note (DotSettings *settings, DotSettingsGrid *grid)
{
  GtkWidget *note = dot_layer_note_new (settings);

  dot_settings_grid_add_note (grid, note);
  g_object_set_data (G_OBJECT (grid), "note", note);
}

static GtkWidget *
make_manage_button (DotModelCombo *models)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("Ma_nage models…"));

  gtk_widget_set_tooltip_text (button, _ ("Show, import and remove models"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (dot_model_combo_manage), models,
                           G_CONNECT_SWAPPED);
  return button;
}

static void
add_model (DotSettingsGrid *grid, DotModelCombo *models)
{
  GtkWidget *manage = make_manage_button (models);

  g_object_set_data (G_OBJECT (grid), "manage", manage);
  dot_settings_grid_add_with (grid, "model", GTK_WIDGET (models), manage);
}

/* What must be known of the chosen model's score is its tooltip; of most models
 * it is the row's. */
static void
show_note (GtkWidget *models, GParamSpec *spec, DotSettings *settings)
{
  DotModel        *model   = dot_settings_get_model (settings, NULL);
  const char      *score   = model ? dot_model_describe_score (model) : NULL;
  g_autofree char *tooltip = score ? g_strdup_printf (_ ("Score: %s"), score) : NULL;

  gtk_widget_set_tooltip_text (models, tooltip);
}

static void
follow_note (DotSettings *settings, DotModelCombo *models)
{
  g_signal_connect_object (settings, "notify::model", G_CALLBACK (show_note), models,
                           G_CONNECT_SWAPPED);
  show_note (GTK_WIDGET (models), NULL, settings);
}

/* Rows that aren't always there keep to themselves when all is shown. */
static void
set_page (GtkWidget *page)
{
  gtk_container_set_border_width (GTK_CONTAINER (page), 12);
  dot_settings_grid_show (DOT_SETTINGS_GRID (page));
}

/**
 * dot_options_page_new:
 * @models: becomes a part of the page
 *
 * Returns: the rows that a person changes each time
 */
GtkWidget *
dot_options_page_new (DotSettings *settings, DotModelCombo *models)
{
  GtkWidget       *page = dot_settings_grid_new (settings);
  DotSettingsGrid *grid = DOT_SETTINGS_GRID (page);

  add_model (grid, models);
  follow_note (settings, models);
  add_class (settings, grid);
  add_seed (settings, grid);
  dot_settings_grid_add_int (grid, "count", MAX_CANDIDATES);
  dot_settings_grid_add_int (grid, "updates", 0);
  add_note (settings, grid);
  set_page (page);
  show_start (grid, NULL, settings);
  show_class (grid, NULL, settings);
  return page;
}

/**
 * dot_options_page_focus_class:
 * @page: from dot_options_page_new()
 *
 * Has the keyboard go to the class.
 */
void
dot_options_page_focus_class (GtkWidget *page)
{
  gtk_widget_grab_focus (g_object_get_data (G_OBJECT (page), "class"));
}

/**
 * dot_options_page_set_image:
 * @page: from dot_options_page_new()
 * @width: of the image that gets the layers; 0 where there is none
 * @height: of that image
 * @n_selected: how many of its selected layers can be gone on from
 */
void
dot_options_page_set_image (GtkWidget *page, int width, int height, guint n_selected)
{
  dot_layer_note_set_image (g_object_get_data (G_OBJECT (page), "note"), width, height, n_selected);
}

/**
 * dot_options_page_set_open:
 * @advanced: from dot_options_page_new_advanced()
 * @is_open: whether there is an image to start from
 */
void
dot_options_page_set_open (GtkWidget *advanced, gboolean is_open)
{
  GtkWidget  *combo = g_object_get_data (G_OBJECT (advanced), "source");
  const char *what  = _ (dot_settings_get_option ("source")->tip);
  const char *why = _ ("“The image in GIMP” is there where the filter is chosen in the window of "
                       "an image that has a layer");
  g_autofree char *text = g_strdup_printf ("%s\n%s", what, why);

  g_object_set_data (G_OBJECT (combo), "open", GINT_TO_POINTER (is_open));
  gtk_widget_set_tooltip_text (combo, is_open ? what : text);
  gtk_widget_queue_draw (combo);
}

/**
 * dot_options_page_set_busy:
 * @page: from dot_options_page_new()
 * @busy: whether a run goes on, whose model must stay
 */
void
dot_options_page_set_busy (GtkWidget *page, gboolean busy)
{
  gtk_widget_set_sensitive (g_object_get_data (G_OBJECT (page), "manage"), ! busy);
}

/**
 * dot_options_page_remember:
 * @page: from dot_options_page_new()
 *
 * What is chosen is used now: it is offered first from now on.
 */
void
dot_options_page_remember (GtkWidget *page)
{
  dot_class_entry_remember (g_object_get_data (G_OBJECT (page), "class"));
  dot_seed_entry_remember (g_object_get_data (G_OBJECT (page), "seed"));
}

/* What methods other than the transport have, each some of them. */
static void
add_method_rows (DotSettingsGrid *grid)
{
  dot_settings_grid_add_choice (grid, "divergence");
  dot_settings_grid_add_number (grid, "noise", 0.01, 4, NULL);
  dot_settings_grid_add_int (grid, "particles", 0);
  dot_settings_grid_add_int (grid, "moves", 0);
  dot_settings_grid_add_choice (grid, "calibration");
  dot_settings_grid_add_int (grid, "proposals", 0);
  dot_settings_grid_add_int (grid, "pilots", 0);
  dot_settings_grid_add_number (grid, "percentile", 1.0, 1, NULL);
  dot_settings_grid_add_number (grid, "budget", 0.05, 4, NULL);
}

/**
 * dot_options_page_new_advanced:
 *
 * Returns: the other rows: what pictures start from, what becomes of them, and
 *   what is for who knows the method
 */
GtkWidget *
dot_options_page_new_advanced (DotSettings *settings)
{
  GtkWidget       *page = dot_settings_grid_new (settings);
  DotSettingsGrid *grid = DOT_SETTINGS_GRID (page);

  add_source (settings, grid);
  dot_settings_grid_add_int (grid, "keep-every", 0);
  dot_settings_grid_add_choice (grid, "scale");
  dot_settings_grid_add_toggle (grid, "live-layers");
  dot_settings_grid_add_choice (grid, "method");
  dot_settings_grid_add_choice (grid, "optimizer");
  dot_settings_grid_add_number (grid, "step-size", 0.001, 4, NULL);
  dot_settings_grid_add_choice (grid, "projection");
  dot_settings_grid_add_number (grid, "k-eff", 0.1, 3, _ ("Estimate"));
  dot_settings_grid_add_number (grid, "delta", 0.001, 4, NULL);
  add_method_rows (grid);
  dot_settings_grid_add_choice (grid, "device");
  dot_settings_grid_add_choice (grid, "precision");
  dot_settings_grid_add_file (grid, "export-folder", _ ("Select Export Folder"),
                              GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER);
  set_page (page);
  show_file (grid, NULL, settings);
  dot_options_page_set_open (page, FALSE);
  return page;
}
