/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Every widget of this folder's parent, with something in it. */

#include "config.h"

#include "demo-widgets.h"

#include "pages/architecture-combo.h"
#include "preview/candidate-grid.h"
#include "pages/class-entry.h"
#include "preview/filmstrip.h"
#include "widgets/forget-button.h"
#include "pages/download-dialog.h"
#include "pages/import-dialog.h"
#include "widgets/message-bar.h"
#include "pages/model-page.h"
#include "pages/model-row.h"
#include "widgets/optional-file.h"
#include "preview/preview.h"
#include "widgets/progress-row.h"
#include "preview/score-plot.h"
#include "pages/seed-entry.h"
#include "pages/trust-question.h"
#include "preview/zoom-bar.h"
#include "widgets/shrink.h"
#include "workbench.h"

static GtkWidget *
make_zoom_view (DotGallery *gallery)
{
  GtkWidget *box  = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *view = dot_zoom_view_new (gallery);

  gtk_container_add (GTK_CONTAINER (box), view);
  gtk_container_add (GTK_CONTAINER (box), dot_zoom_bar_new (DOT_ZOOM_VIEW (view)));
  return box;
}

static GtkWidget *
make_class_entry (DotGallery *gallery)
{
  GtkWidget *entry           = dot_class_entry_new ();
  g_autoptr (DotModel) model = dot_model_find (DOT_DEFAULT_MODEL, NULL);

  dot_class_entry_set_model (DOT_CLASS_ENTRY (entry), model);
  gtk_entry_set_text (GTK_ENTRY (entry), "goldfish");
  return entry;
}

static GtkWidget *
make_seed_entry (DotGallery *gallery)
{
  return dot_seed_entry_new ();
}

static GtkWidget *
make_progress_row (DotGallery *gallery)
{
  GtkWidget *row = dot_progress_row_new ("_Stop");

  dot_progress_row_set (DOT_PROGRESS_ROW (row), "Update 7 of 16…", 7.0 / 16.0);
  return row;
}

static GtkWidget *
make_message_bar (DotGallery *gallery)
{
  GtkWidget *bar = dot_message_bar_new ();

  dot_message_bar_set (DOT_MESSAGE_BAR (bar),
                       "The model has no class “gold”: choose one of the list.");
  return bar;
}

static GtkWidget *
make_architecture_combo (DotGallery *gallery)
{
  return dot_architecture_combo_new ();
}

static GtkWidget *
make_optional_file (DotGallery *gallery)
{
  return dot_optional_file_new ("Choose a class table", GTK_FILE_CHOOSER_ACTION_OPEN);
}

static GtkWidget *
make_forget_button (DotGallery *gallery)
{
  const char *folders[] = { "/home/artist/Models", "/media/disk", NULL };
  GtkWidget  *button    = dot_forget_button_new ();

  dot_forget_button_set_folders (DOT_FORGET_BUTTON (button), folders);
  return button;
}

static GtkWidget *
make_model_row (DotGallery *gallery)
{
  GtkWidget *list            = gtk_list_box_new ();
  g_autoptr (DotModel) model = dot_model_find (DOT_DEFAULT_MODEL, NULL);

  if (model)
    gtk_container_add (GTK_CONTAINER (list), dot_model_row_new (model));
  return list;
}

static GtkWidget *
make_model_page (DotGallery *gallery)
{
  return dot_model_page_new (NULL);
}

static GtkWidget *
make_import_dialog (DotGallery *gallery)
{
  return dot_import_dialog_new (NULL, NULL);
}

static GtkWidget *
make_download_dialog (DotGallery *gallery)
{
  g_autoptr (GPtrArray) models = dot_model_list ();

  for (guint i = 0; i < models->len; i++)
    if (dot_download_get_size (models->pdata[i], NULL) > 0)
      return dot_download_dialog_new (NULL, models->pdata[i]);
  return gtk_label_new (NULL);
}

static GtkWidget *
make_trust_question (DotGallery *gallery)
{
  return dot_trust_question_new (NULL, "stylish-cats");
}

/* The pictures of one gallery in another. */
static void
copy_pictures (DotGallery *from, DotGallery *to)
{
  for (guint p = 0; p < dot_gallery_get_n_positions (from); p++)
    {
      g_autoptr (GPtrArray) frames = NULL;

      frames = g_ptr_array_new_with_free_func ((GDestroyNotify) dot_frame_unref);
      for (guint c = 0; c < dot_gallery_get_n_candidates (from); c++)
        g_ptr_array_add (frames, dot_frame_ref (dot_gallery_get_frame (from, c, p)));
      dot_gallery_add (to, frames);
    }
}

/* As GIMP's dialog is, but for what its buttons do. */
static GtkWidget *
make_workbench (DotGallery *gallery)
{
  g_autoptr (DotSettings) settings = dot_settings_new ();
  g_autoptr (DotSession) session   = dot_session_new ();
  g_autoptr (DotHistory) history   = dot_history_new (NULL);
  GtkWidget *workbench             = dot_workbench_new (settings, session, history, NULL);
  GtkWidget *window                = gtk_dialog_new ();
  GtkDialog *dialog                = GTK_DIALOG (window);

  gtk_container_set_border_width (GTK_CONTAINER (workbench), 12);
  gtk_box_pack_start (GTK_BOX (gtk_dialog_get_content_area (dialog)), workbench, TRUE, TRUE, 0);
  gtk_dialog_add_buttons (dialog, "Rese_t", 1, "_Close", 2, "_Go On Refining", 3, "_Refine",
                          GTK_RESPONSE_OK, NULL);
  dot_shrink_buttons (dialog);
  gtk_window_set_default_size (GTK_WINDOW (window), 1120, 720);
  gtk_widget_insert_action_group (window, "dot",
                                  G_ACTION_GROUP (
                                    dot_workbench_get_actions (DOT_WORKBENCH (workbench))));
  copy_pictures (gallery, dot_session_get_gallery (session));
  return window;
}

static const DotDemoWidget widgets[] = {
  { "workbench", make_workbench, 0, 0 },
  { "preview", dot_preview_new, 680, 600 },
  { "candidate-grid", dot_candidate_grid_new, 0, 0 },
  { "zoom-view", make_zoom_view, 420, 400 },
  { "filmstrip", dot_filmstrip_new, 640, 0 },
  { "score-plot", dot_score_plot_new, 640, 0 },
  { "class-entry", make_class_entry, 320, 0 },
  { "seed-entry", make_seed_entry, 320, 0 },
  { "progress-row", make_progress_row, 480, 0 },
  { "message-bar", make_message_bar, 480, 0 },
  { "architecture-combo", make_architecture_combo, 0, 0 },
  { "optional-file", make_optional_file, 320, 0 },
  { "forget-button", make_forget_button, 0, 0 },
  { "model-row", make_model_row, 480, 0 },
  { "model-page", make_model_page, 0, 0 },
  { "import-dialog", make_import_dialog, 0, 0 },
  { "download-dialog", make_download_dialog, 0, 0 },
  { "trust-question", make_trust_question, 0, 0 },
};

/**
 * dot_demo_widgets_get:
 *
 * Returns: (array length=n_widgets): all of them
 */
const DotDemoWidget *
dot_demo_widgets_get (gsize *n_widgets)
{
  *n_widgets = G_N_ELEMENTS (widgets);
  return widgets;
}

/**
 * dot_demo_widgets_find:
 *
 * Returns: (nullable): the one of that name
 */
const DotDemoWidget *
dot_demo_widgets_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (widgets); i++)
    if (g_str_equal (widgets[i].name, name))
      return &widgets[i];
  return NULL;
}
