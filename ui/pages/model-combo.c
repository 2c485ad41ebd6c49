/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "model-combo.h"

#include "model-page.h"
#include "widgets/shrink.h"

/**
 * DotModelCombo:
 *
 * Which model: those that are there, by their titles.  One that is chosen and
 * isn't there any more is listed by its id, so that the combo box shows what
 * is set.
 */

enum
{
  MODELS_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

enum
{
  MODEL_ID,
  MODEL_TITLE,
};

struct _DotModelCombo
{
  GtkComboBox parent_instance;

  DotSettings *settings;
};

G_DEFINE_FINAL_TYPE (DotModelCombo, dot_model_combo, GTK_TYPE_COMBO_BOX)

static void
add_model (GtkListStore *store, const char *id, const char *title)
{
  gtk_list_store_insert_with_values (store, NULL, -1, MODEL_ID, id, MODEL_TITLE, title, -1);
}

static GtkTreeModel *
list_models (const char *current)
{
  GtkListStore *store          = gtk_list_store_new (2, G_TYPE_STRING, G_TYPE_STRING);
  g_autoptr (GPtrArray) models = dot_model_list ();
  gboolean found               = FALSE;

  for (guint i = 0; i < models->len; i++)
    {
      DotModel *model = models->pdata[i];

      add_model (store, dot_model_get_id (model), dot_model_get_title (model));
      found = found || g_strcmp0 (current, dot_model_get_id (model)) == 0;
    }
  if (! found && current && *current)
    add_model (store, current, current);
  return GTK_TREE_MODEL (store);
}

static void
show_models (DotModelCombo *combo, const char *current)
{
  g_autoptr (GtkTreeModel) models = list_models (current);

  gtk_combo_box_set_model (GTK_COMBO_BOX (combo), models);
  gtk_combo_box_set_active_id (GTK_COMBO_BOX (combo), current);
}

/* the person chose */
static void
chosen (DotModelCombo *combo)
{
  const char      *id      = gtk_combo_box_get_active_id (GTK_COMBO_BOX (combo));
  g_autofree char *current = NULL;

  g_object_get (combo->settings, "model", &current, NULL);
  if (id && g_strcmp0 (id, current) != 0)
    g_object_set (combo->settings, "model", id, NULL);
}

/* what was set may not be in the list */
static void
model_changed (DotModelCombo *combo)
{
  g_autofree char *current = NULL;

  g_object_get (combo->settings, "model", &current, NULL);
  if (! gtk_combo_box_set_active_id (GTK_COMBO_BOX (combo), current))
    show_models (combo, current);
}

static void
dot_model_combo_dispose (GObject *object)
{
  g_clear_object (&DOT_MODEL_COMBO (object)->settings);

  G_OBJECT_CLASS (dot_model_combo_parent_class)->dispose (object);
}

static void
dot_model_combo_class_init (DotModelComboClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dot_model_combo_dispose;

  /**
   * DotModelCombo::models-changed:
   *
   * Models have come, gone or become others.
   */
  signals[MODELS_CHANGED] = g_signal_new ("models-changed", DOT_TYPE_MODEL_COMBO, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dot_model_combo_init (DotModelCombo *combo)
{
  GtkCellLayout   *layout = GTK_CELL_LAYOUT (combo);
  GtkCellRenderer *cell   = gtk_cell_renderer_text_new ();

  gtk_combo_box_set_id_column (GTK_COMBO_BOX (combo), MODEL_ID);
  gtk_cell_layout_pack_start (layout, cell, TRUE);
  gtk_cell_layout_add_attribute (layout, cell, "text", MODEL_TITLE);
  dot_shrink_combo (GTK_COMBO_BOX (combo));
  g_signal_connect (combo, "changed", G_CALLBACK (chosen), NULL);
}

/**
 * dot_model_combo_new:
 * @settings: whose model to show and change
 *
 * Returns: the combo box
 */
GtkWidget *
dot_model_combo_new (DotSettings *settings)
{
  DotModelCombo   *combo   = g_object_new (DOT_TYPE_MODEL_COMBO, NULL);
  g_autofree char *current = NULL;

  combo->settings = g_object_ref (settings);
  g_object_get (settings, "model", &current, NULL);
  show_models (combo, current);
  g_signal_connect_object (settings, "notify::model", G_CALLBACK (model_changed), combo,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (combo);
}

/* A model that was removed gives way to the one that ships, or the first that
 * works. */
static char *
choose_model (const char *current)
{
  g_autoptr (DotModel) model   = dot_model_find (current ? current : "", NULL);
  g_autoptr (GPtrArray) models = dot_model_list ();

  if (! model)
    model = dot_model_find (DOT_DEFAULT_MODEL, NULL);
  for (guint i = 0; ! model && i < models->len; i++)
    if (! dot_model_get_problem (models->pdata[i]))
      model = dot_model_ref (models->pdata[i]);
  return g_strdup (model ? dot_model_get_id (model) : current);
}

/**
 * dot_model_combo_manage:
 *
 * Opens the page of models.  One that was imported there is chosen.
 */
void
dot_model_combo_manage (DotModelCombo *combo)
{
  GtkWidget       *window = gtk_widget_get_toplevel (GTK_WIDGET (combo));
  GtkWidget       *page   = dot_model_page_new (GTK_WINDOW (window));
  g_autofree char *before = NULL;
  g_autofree char *after  = NULL;
  const char      *imported;

  gtk_dialog_run (GTK_DIALOG (page));
  imported = dot_model_page_get_imported (DOT_MODEL_PAGE (page));
  g_object_get (combo->settings, "model", &before, NULL);
  after = choose_model (imported ? imported : before);
  gtk_widget_destroy (page);

  show_models (combo, after);
  g_object_set (combo->settings, "model", after, NULL);
  g_signal_emit (combo, signals[MODELS_CHANGED], 0);
}
