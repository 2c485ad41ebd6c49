/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "settings-grid.h"

#include "widgets/optional-file.h"
#include "widgets/row-label.h"
#include "widgets/shrink.h"
#include "widgets/wrap-box.h"

/**
 * DotSettingsGrid:
 *
 * Properties of #DotSettings, one a row: a label with the property's nick,
 * and a widget bound to its value.  The property's blurb is the tooltip.
 */

struct _DotSettingsGrid
{
  GtkGrid parent_instance;

  DotSettings  *settings;
  GtkSizeGroup *labels;
  GPtrArray    *of_some; /* the widgets of rows that some methods don't have */
  int           n_rows;
};

G_DEFINE_FINAL_TYPE (DotSettingsGrid, dot_settings_grid, GTK_TYPE_GRID)

static void
dot_settings_grid_finalize (GObject *object)
{
  DotSettingsGrid *grid = DOT_SETTINGS_GRID (object);

  g_clear_object (&grid->settings);
  g_clear_object (&grid->labels);
  g_clear_pointer (&grid->of_some, g_ptr_array_unref);

  G_OBJECT_CLASS (dot_settings_grid_parent_class)->finalize (object);
}

static void
dot_settings_grid_class_init (DotSettingsGridClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dot_settings_grid_finalize;
}

static void
dot_settings_grid_init (DotSettingsGrid *grid)
{
  grid->labels  = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  grid->of_some = g_ptr_array_new ();
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
}

/**
 * dot_settings_grid_new:
 *
 * Returns: an empty grid for @settings' properties
 */
GtkWidget *
dot_settings_grid_new (DotSettings *settings)
{
  DotSettingsGrid *grid = g_object_new (DOT_TYPE_SETTINGS_GRID, NULL);

  grid->settings = g_object_ref (settings);
  return GTK_WIDGET (grid);
}

static GParamSpec *
find_property (DotSettingsGrid *grid, const char *property)
{
  return g_object_class_find_property (G_OBJECT_GET_CLASS (grid->settings), property);
}

/* A row that says nothing to the chosen method isn't shown. */
static void
method_changed (GtkWidget *widget, GParamSpec *spec, DotSettings *settings)
{
  GtkWidget  *grid     = gtk_widget_get_parent (widget);
  const char *property = g_object_get_data (G_OBJECT (widget), "property");

  dot_settings_grid_set_visible (DOT_SETTINGS_GRID (grid), widget,
                                 dot_settings_has (settings, property));
}

static void
follow_method (DotSettingsGrid *grid, const char *property, GtkWidget *widget)
{
  g_object_set_data (G_OBJECT (widget), "property", (gpointer) property);
  g_signal_connect_object (grid->settings, "notify::method", G_CALLBACK (method_changed), widget,
                           G_CONNECT_SWAPPED);
  g_ptr_array_add (grid->of_some, widget);
}

static void
attach_row (DotSettingsGrid *grid, const char *property, GtkWidget *label, GtkWidget *widget)
{
  const char *blurb = g_param_spec_get_blurb (find_property (grid, property));

  gtk_widget_set_tooltip_text (label, blurb);
  gtk_widget_set_tooltip_text (widget, blurb);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0);
  gtk_size_group_add_widget (grid->labels, label);
  gtk_widget_set_hexpand (widget, TRUE);

  gtk_grid_attach (GTK_GRID (grid), label, 0, grid->n_rows, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), widget, 1, grid->n_rows, 1, 1);
  grid->n_rows++;
  if (dot_settings_is_of_some (property))
    follow_method (grid, property, widget);
}

static GtkWidget *
make_label (DotSettingsGrid *grid, const char *property, GtkWidget *widget)
{
  const char *nick = g_param_spec_get_nick (find_property (grid, property));

  return dot_row_label_new (nick, widget);
}

/**
 * dot_settings_grid_add:
 * @widget: shows and changes @property
 */
void
dot_settings_grid_add (DotSettingsGrid *grid, const char *property, GtkWidget *widget)
{
  attach_row (grid, property, make_label (grid, property, widget), widget);
}

/**
 * dot_settings_grid_add_with:
 * @widget: shows and changes @property
 * @beside: a widget at its end, such as a button; below it where there is no
 *   room
 */
void
dot_settings_grid_add_with (DotSettingsGrid *grid,
                            const char      *property,
                            GtkWidget       *widget,
                            GtkWidget       *beside)
{
  GtkWidget *box = dot_wrap_box_new (6);

  gtk_widget_set_hexpand (widget, TRUE);
  gtk_container_add (GTK_CONTAINER (box), widget);
  gtk_container_add (GTK_CONTAINER (box), beside);
  attach_row (grid, property, make_label (grid, property, widget), box);
}

static void
bind (DotSettingsGrid *grid, const char *property, GtkWidget *widget, const char *target)
{
  g_object_bind_property (grid->settings, property, widget, target,
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
}

static GtkWidget *
add_spin_button (DotSettingsGrid *grid,
                 const char      *property,
                 double           minimum,
                 double           maximum,
                 double           step,
                 int              digits)
{
  GtkWidget *button = gtk_spin_button_new_with_range (minimum, maximum, step);

  gtk_spin_button_set_digits (GTK_SPIN_BUTTON (button), digits);
  gtk_spin_button_set_increments (GTK_SPIN_BUTTON (button), step, 10.0 * step);
  gtk_entry_set_activates_default (GTK_ENTRY (button), TRUE);
  bind (grid, property, button, "value");
  dot_settings_grid_add (grid, property, button);
  return button;
}

/**
 * dot_settings_grid_add_int:
 * @property: an int
 * @maximum: the largest that is offered; 0 for all that the property takes
 */
void
dot_settings_grid_add_int (DotSettingsGrid *grid, const char *property, int maximum)
{
  GParamSpecInt *spec = G_PARAM_SPEC_INT (find_property (grid, property));

  add_spin_button (grid, property, spec->minimum, maximum ? maximum : spec->maximum, 1.0, 0);
}

/*  a number whose zero has a name of its own  */

static gboolean
write_zero (GtkSpinButton *button, const char *zero)
{
  if (gtk_spin_button_get_value (button) != 0.0)
    return FALSE;

  gtk_entry_set_text (GTK_ENTRY (button), zero);
  return TRUE;
}

static int
read_zero (GtkSpinButton *button, double *value, const char *zero)
{
  if (g_strcmp0 (gtk_entry_get_text (GTK_ENTRY (button)), zero) != 0)
    return FALSE;

  *value = 0.0;
  return TRUE;
}

static void
free_zero (gpointer zero, GClosure *closure)
{
  g_free (zero);
}

/**
 * dot_settings_grid_add_number:
 * @property: a double
 * @zero: (nullable): what a 0 means, and is shown as
 */
void
dot_settings_grid_add_number (DotSettingsGrid *grid,
                              const char      *property,
                              double           step,
                              int              digits,
                              const char      *zero)
{
  GParamSpecDouble *spec = G_PARAM_SPEC_DOUBLE (find_property (grid, property));
  GtkWidget        *button;

  button = add_spin_button (grid, property, spec->minimum, spec->maximum, step, digits);

  if (! zero)
    return;

  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (button), FALSE);
  g_signal_connect_data (button, "output", G_CALLBACK (write_zero), g_strdup (zero), free_zero, 0);
  g_signal_connect_data (button, "input", G_CALLBACK (read_zero), g_strdup (zero), free_zero, 0);
  gtk_spin_button_update (GTK_SPIN_BUTTON (button));
}

/**
 * dot_settings_grid_add_toggle:
 * @property: a boolean
 *
 * Returns: (transfer none): its check button
 */
GtkWidget *
dot_settings_grid_add_toggle (DotSettingsGrid *grid, const char *property)
{
  GParamSpec *spec = find_property (grid, property);
  GtkWidget  *button;

  button = gtk_check_button_new_with_mnemonic (g_param_spec_get_nick (spec));
  gtk_widget_set_tooltip_text (button, g_param_spec_get_blurb (spec));
  dot_shrink_label (button);
  bind (grid, property, button, "active");
  gtk_grid_attach (GTK_GRID (grid), button, 1, grid->n_rows, 1, 1);
  grid->n_rows++;
  return button;
}

/**
 * dot_settings_grid_add_note:
 * @note: says something about the row above
 */
void
dot_settings_grid_add_note (DotSettingsGrid *grid, GtkWidget *note)
{
  gtk_grid_attach (GTK_GRID (grid), note, 1, grid->n_rows, 1, 1);
  grid->n_rows++;
}

/*  the rows of a combo box have the enum's values in its order  */

static gboolean
value_to_row (GBinding *binding, const GValue *value, GValue *row, gpointer user_data)
{
  g_value_set_int (row, g_value_get_enum (value));

  return TRUE;
}

static gboolean
row_to_value (GBinding *binding, const GValue *row, GValue *value, gpointer user_data)
{
  if (g_value_get_int (row) < 0)
    return FALSE;

  g_value_set_enum (value, g_value_get_int (row));
  return TRUE;
}

/* With a method come its defaults. */
static gboolean
row_to_method (GBinding *binding, const GValue *row, GValue *value, gpointer settings)
{
  if (! row_to_value (binding, row, value, NULL))
    return FALSE;

  dot_settings_choose_method (settings, g_value_get_enum (value));
  return TRUE;
}

/**
 * dot_settings_grid_add_choice:
 * @property: an enum
 *
 * Returns: (transfer none): its combo box
 */
GtkWidget *
dot_settings_grid_add_choice (DotSettingsGrid *grid, const char *property)
{
  GParamSpecEnum *spec  = G_PARAM_SPEC_ENUM (find_property (grid, property));
  GtkWidget      *combo = gtk_combo_box_text_new ();

  for (guint i = 0; i < spec->enum_class->n_values; i++)
    gtk_combo_box_text_append_text (GTK_COMBO_BOX_TEXT (combo),
                                    dot_settings_get_label (property, i));
  g_object_bind_property_full (grid->settings, property, combo, "active",
                               G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE, value_to_row,
                               g_str_equal (property, "method") ? row_to_method : row_to_value,
                               grid->settings, NULL);
  dot_shrink_combo (GTK_COMBO_BOX (combo));
  dot_settings_grid_add (grid, property, combo);
  return combo;
}

/**
 * dot_settings_grid_add_file:
 * @property: a file
 * @title: what the window that chooses it is called
 * @action: to open a file or to select a folder
 *
 * Returns: (transfer none): its row's widget
 */
GtkWidget *
dot_settings_grid_add_file (DotSettingsGrid     *grid,
                            const char          *property,
                            const char          *title,
                            GtkFileChooserAction action)
{
  GtkWidget *file = dot_optional_file_new (title, action);

  bind (grid, property, file, "file");
  dot_settings_grid_add (grid, property, file);
  return file;
}

/**
 * dot_settings_grid_set_visible:
 * @widget: of a row
 *
 * Shows or hides the row.
 */
void
dot_settings_grid_set_visible (DotSettingsGrid *grid, GtkWidget *widget, gboolean visible)
{
  int        row;
  GtkWidget *label;

  gtk_container_child_get (GTK_CONTAINER (grid), widget, "top-attach", &row, NULL);
  label = gtk_grid_get_child_at (GTK_GRID (grid), 0, row);
  gtk_widget_set_visible (widget, visible);
  if (label)
    gtk_widget_set_visible (label, visible);
}

/**
 * dot_settings_grid_align:
 *
 * Gives both grids' labels the same width.
 */
void
dot_settings_grid_align (DotSettingsGrid *grid, DotSettingsGrid *other)
{
  GSList *labels = gtk_size_group_get_widgets (other->labels);

  for (GSList *item = labels; item; item = item->next)
    gtk_size_group_add_widget (grid->labels, item->data);
}

/**
 * dot_settings_grid_show:
 *
 * Shows the grid, all rows that are there, and of those that only some methods have
 * the chosen one's.
 */
void
dot_settings_grid_show (DotSettingsGrid *grid)
{
  gtk_widget_show_all (GTK_WIDGET (grid));
  gtk_widget_set_no_show_all (GTK_WIDGET (grid), TRUE);
  for (guint i = 0; i < grid->of_some->len; i++)
    method_changed (grid->of_some->pdata[i], NULL, grid->settings);
}
