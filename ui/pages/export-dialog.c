/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "export-dialog.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "core/gallery-frames.h"
#include "widgets/shrink.h"

/**
 * DotExportDialog:
 *
 * Where pictures are to be saved, which ones, as what, and how large.
 */

enum
{
  WHAT_CHOSEN,
  WHAT_SELECTED,
  WHAT_ALL,
};

/* Of its rows so much can be seen at least, in GTK's pixels. */
#define LEAST_HEIGHT 60

/* in the order of DotExportFormat; a folder has no extension */
static const struct
{
  const char *label;
  const char *extension;
} formats[] = {
  [DOT_EXPORT_PNG]   = { N_ ("PNG pictures in a folder"), "" },
  [DOT_EXPORT_ORA]   = { N_ ("OpenRaster, with layers"), ".ora" },
  [DOT_EXPORT_SHEET] = { N_ ("Contact sheet"), ".png" },
  [DOT_EXPORT_GIF]   = { N_ ("GIF animation"), ".gif" },
  [DOT_EXPORT_WEBP]  = { N_ ("WebP animation"), ".webp" },
  [DOT_EXPORT_NPY]   = { N_ ("Latents (.npy)"), ".npy" },
};

struct _DotExportDialog
{
  GtkFileChooserDialog parent_instance;

  DotGallery *gallery;
  GtkWidget  *format;
  GtkWidget  *what;
  GtkWidget  *scale;
  GtkWidget  *smooth;
  GtkWidget  *delay;
};

G_DEFINE_FINAL_TYPE (DotExportDialog, dot_export_dialog, GTK_TYPE_FILE_CHOOSER_DIALOG)

static DotExportFormat
get_format (DotExportDialog *dialog)
{
  return gtk_combo_box_get_active (GTK_COMBO_BOX (dialog->format));
}

/*  which pictures  */

/**
 * dot_export_dialog_get_frames:
 *
 * Returns: (transfer full) (element-type DotFrame): what is to be saved
 */
GPtrArray *
dot_export_dialog_get_frames (DotExportDialog *dialog)
{
  switch (gtk_combo_box_get_active (GTK_COMBO_BOX (dialog->what)))
    {
    case WHAT_CHOSEN:
      return dot_gallery_get_chosen (dialog->gallery);
    case WHAT_SELECTED:
      return dot_gallery_frames_selected (dialog->gallery);
    default:
      return dot_gallery_frames_all (dialog->gallery);
    }
}

/**
 * dot_export_dialog_get_options:
 *
 * Returns: (transfer full): as what
 */
DotExportOptions *
dot_export_dialog_get_options (DotExportDialog *dialog)
{
  g_autofree char  *path = NULL;
  DotExportOptions *options;

  path            = gtk_file_chooser_get_filename (GTK_FILE_CHOOSER (dialog));
  options         = dot_export_options_new (get_format (dialog), path);
  options->scale  = 1u << gtk_combo_box_get_active (GTK_COMBO_BOX (dialog->scale));
  options->smooth = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (dialog->smooth));
  options->delay  = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (dialog->delay));
  return options;
}

/* The name that is proposed has the format's extension. */
static void
format_changed (DotExportDialog *dialog)
{
  DotExportFormat  format  = get_format (dialog);
  GtkFileChooser  *chooser = GTK_FILE_CHOOSER (dialog);
  g_autofree char *current = gtk_file_chooser_get_current_name (chooser);
  g_autofree char *name    = NULL;
  char            *dot     = current ? strrchr (current, '.') : NULL;

  if (dot)
    *dot = '\0';
  name = g_strconcat (current ? current : "", formats[format].extension, NULL);
  gtk_file_chooser_set_current_name (chooser, name);
  gtk_widget_set_sensitive (dialog->delay, format == DOT_EXPORT_GIF || format == DOT_EXPORT_WEBP);
  gtk_widget_set_sensitive (dialog->scale, format != DOT_EXPORT_NPY);
  gtk_widget_set_sensitive (dialog->smooth, format != DOT_EXPORT_NPY);
}

/*  what is in it  */

static void
attach (GtkWidget *grid, int row, const char *title, GtkWidget *widget)
{
  GtkWidget *label = gtk_label_new_with_mnemonic (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), widget);
  gtk_grid_attach (GTK_GRID (grid), label, 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), widget, 1, row, 1, 1);
}

static GtkWidget *
make_combo (const char *const *labels, guint n_labels, guint active)
{
  GtkWidget *combo = gtk_combo_box_text_new ();

  for (guint i = 0; i < n_labels; i++)
    gtk_combo_box_text_append_text (GTK_COMBO_BOX_TEXT (combo), labels[i]);
  gtk_combo_box_set_active (GTK_COMBO_BOX (combo), active);
  return combo;
}

static GtkWidget *
make_format (void)
{
  GtkWidget *combo = gtk_combo_box_text_new ();

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    gtk_combo_box_text_append_text (GTK_COMBO_BOX_TEXT (combo), _ (formats[i].label));
  gtk_combo_box_set_active (GTK_COMBO_BOX (combo), DOT_EXPORT_WEBP);
  return combo;
}

static GtkWidget *
make_what (void)
{
  const char *labels[] = { _ ("What is chosen"), _ ("All updates of the selected candidates"),
                           _ ("Everything") };

  return make_combo (labels, G_N_ELEMENTS (labels), WHAT_SELECTED);
}

static GtkWidget *
make_scale (void)
{
  const char *labels[] = { _ ("As painted"), _ ("2 times"), _ ("4 times"), _ ("8 times") };

  return make_combo (labels, G_N_ELEMENTS (labels), 2);
}

static GtkWidget *
make_rows (DotExportDialog *dialog)
{
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *window;

  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  dialog->format = make_format ();
  dialog->what   = make_what ();
  dialog->scale  = make_scale ();
  dialog->smooth = gtk_check_button_new_with_mnemonic (_ ("S_mooth"));
  dialog->delay  = gtk_spin_button_new_with_range (10.0, 60000.0, 10.0);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (dialog->delay), 100.0);
  attach (grid, 0, _ ("_Format"), dialog->format);
  attach (grid, 1, _ ("_Pictures"), dialog->what);
  attach (grid, 2, _ ("Si_ze"), dialog->scale);
  gtk_grid_attach (GTK_GRID (grid), dialog->smooth, 2, 2, 1, 1);
  attach (grid, 3, _ ("Milliseconds a pict_ure"), dialog->delay);
  dot_shrink_combo (GTK_COMBO_BOX (dialog->format));
  dot_shrink_combo (GTK_COMBO_BOX (dialog->what));
  g_signal_connect_object (dialog->format, "changed", G_CALLBACK (format_changed), dialog,
                           G_CONNECT_SWAPPED);
  window = dot_shrink_height (grid, LEAST_HEIGHT);
  gtk_widget_show_all (window);
  return window;
}

/* "goldfish-seed7" of "goldfish-seed7-update04.png" */
static void
propose_name (DotExportDialog *dialog)
{
  DotFrame        *frame = dot_gallery_get_frame (dialog->gallery, 0, 0);
  g_autofree char *name  = g_strdup (frame->filename);
  char            *end   = g_strrstr (name, "-update");

  if (end)
    *end = '\0';
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
}

/*  the class  */

static void
dot_export_dialog_dispose (GObject *object)
{
  g_clear_object (&DOT_EXPORT_DIALOG (object)->gallery);

  G_OBJECT_CLASS (dot_export_dialog_parent_class)->dispose (object);
}

static void
dot_export_dialog_class_init (DotExportDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dot_export_dialog_dispose;
}

static void
dot_export_dialog_init (DotExportDialog *dialog)
{
}

/**
 * dot_export_dialog_new:
 * @gallery: has the pictures, at least one
 *
 * Returns: a dialog whose response is %GTK_RESPONSE_ACCEPT to export
 */
GtkWidget *
dot_export_dialog_new (GtkWindow *parent, DotGallery *gallery)
{
  DotExportDialog *dialog = g_object_new (DOT_TYPE_EXPORT_DIALOG, "action",
                                          GTK_FILE_CHOOSER_ACTION_SAVE, "title",
                                          _ ("Export Pictures"),
                                          "modal", TRUE, "transient-for", parent,
                                          "do-overwrite-confirmation", TRUE, NULL);

  gtk_dialog_add_buttons (GTK_DIALOG (dialog), _ ("_Cancel"), GTK_RESPONSE_CANCEL, _ ("_Export"),
                          GTK_RESPONSE_ACCEPT, NULL);
  gtk_dialog_set_default_response (GTK_DIALOG (dialog), GTK_RESPONSE_ACCEPT);
  dialog->gallery = g_object_ref (gallery);
  gtk_file_chooser_set_extra_widget (GTK_FILE_CHOOSER (dialog), make_rows (dialog));
  dot_shrink_chooser (GTK_FILE_CHOOSER (dialog));
  propose_name (dialog);
  format_changed (dialog);
  return GTK_WIDGET (dialog);
}
