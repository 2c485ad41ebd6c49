/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#include "config.h"

#include "options-grid.h"

#include <glib/gi18n-lib.h>

/**
 * DotOptionsGrid:
 *
 * A procedure's arguments, one a row: a label with the argument's nick, and
 * a widget bound to its value.  The argument's blurb is the tooltip.
 */

struct _DotOptionsGrid
{
  GtkGrid       parent_instance;

  GObject      *config;
  GtkSizeGroup *labels;
  int           n_rows;
};

G_DEFINE_FINAL_TYPE (DotOptionsGrid, dot_options_grid, GTK_TYPE_GRID)

static void
dot_options_grid_finalize (GObject *object)
{
  DotOptionsGrid *grid = DOT_OPTIONS_GRID (object);

  g_clear_object (&grid->config);
  g_clear_object (&grid->labels);

  G_OBJECT_CLASS (dot_options_grid_parent_class)->finalize (object);
}

static void
dot_options_grid_class_init (DotOptionsGridClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dot_options_grid_finalize;
}

static void
dot_options_grid_init (DotOptionsGrid *grid)
{
  grid->labels = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
}

/**
 * dot_options_grid_new:
 *
 * Returns: an empty grid for @config's arguments
 */
GtkWidget *
dot_options_grid_new (GimpProcedureConfig *config)
{
  DotOptionsGrid *grid = g_object_new (DOT_TYPE_OPTIONS_GRID, NULL);

  grid->config = g_object_ref (G_OBJECT (config));

  return GTK_WIDGET (grid);
}

static GParamSpec *
find_property (DotOptionsGrid *grid,
               const char     *property)
{
  return g_object_class_find_property (G_OBJECT_GET_CLASS (grid->config),
                                       property);
}

static void
attach_row (DotOptionsGrid *grid,
            const char     *property,
            GtkWidget      *label,
            GtkWidget      *widget)
{
  const char *blurb = g_param_spec_get_blurb (find_property (grid, property));

  gimp_help_set_help_data (label, blurb, NULL);
  gimp_help_set_help_data (widget, blurb, NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0);
  gtk_size_group_add_widget (grid->labels, label);
  gtk_widget_set_hexpand (widget, TRUE);

  gtk_grid_attach (GTK_GRID (grid), label, 0, grid->n_rows, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), widget, 1, grid->n_rows, 1, 1);
  grid->n_rows++;
}

static GtkWidget *
make_label (DotOptionsGrid *grid,
            const char     *property,
            GtkWidget      *widget)
{
  const char *nick  = g_param_spec_get_nick (find_property (grid, property));
  GtkWidget  *label = gtk_label_new_with_mnemonic (nick);

  gtk_label_set_mnemonic_widget (GTK_LABEL (label), widget);

  return label;
}

/**
 * dot_options_grid_add:
 * @widget: shows and changes @property
 */
void
dot_options_grid_add (DotOptionsGrid *grid,
                      const char     *property,
                      GtkWidget      *widget)
{
  attach_row (grid, property, make_label (grid, property, widget), widget);
}

/**
 * dot_options_grid_add_with:
 * @widget: shows and changes @property
 * @beside: a widget at its end, such as a button
 */
void
dot_options_grid_add_with (DotOptionsGrid *grid,
                           const char     *property,
                           GtkWidget      *widget,
                           GtkWidget      *beside)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_pack_start (GTK_BOX (box), widget, TRUE, TRUE, 0);
  gtk_box_pack_start (GTK_BOX (box), beside, FALSE, FALSE, 0);
  attach_row (grid, property, make_label (grid, property, widget), box);
}

static GtkWidget *
add_spin_button (DotOptionsGrid *grid,
                 const char     *property,
                 double          step,
                 int             digits)
{
  GtkWidget *button = gimp_prop_spin_button_new (grid->config, property,
                                                 step, 10.0 * step, digits);

  gtk_entry_set_activates_default (GTK_ENTRY (button), TRUE);
  dot_options_grid_add (grid, property, button);

  return button;
}

/**
 * dot_options_grid_add_int:
 * @property: an int argument
 */
void
dot_options_grid_add_int (DotOptionsGrid *grid,
                          const char     *property)
{
  add_spin_button (grid, property, 1.0, 0);
}

/*  a number whose zero has a name of its own  */

static gboolean
write_zero (GtkSpinButton *button,
            const char    *zero)
{
  if (gtk_spin_button_get_value (button) != 0.0)
    return FALSE;

  gtk_entry_set_text (GTK_ENTRY (button), zero);

  return TRUE;
}

static int
read_zero (GtkSpinButton *button,
           double        *value,
           const char    *zero)
{
  if (g_strcmp0 (gtk_entry_get_text (GTK_ENTRY (button)), zero) != 0)
    return FALSE;

  *value = 0.0;

  return TRUE;
}

static void
free_zero (gpointer  zero,
           GClosure *closure)
{
  g_free (zero);
}

/**
 * dot_options_grid_add_number:
 * @property: a double argument
 * @zero: (nullable): what a 0 means, and is shown as
 */
void
dot_options_grid_add_number (DotOptionsGrid *grid,
                             const char     *property,
                             double          step,
                             int             digits,
                             const char     *zero)
{
  GtkWidget *button = add_spin_button (grid, property, step, digits);

  if (! zero)
    return;

  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (button), FALSE);
  g_signal_connect_data (button, "output", G_CALLBACK (write_zero),
                         g_strdup (zero), free_zero, 0);
  g_signal_connect_data (button, "input", G_CALLBACK (read_zero),
                         g_strdup (zero), free_zero, 0);
  gtk_spin_button_update (GTK_SPIN_BUTTON (button));
}

/**
 * dot_options_grid_add_toggle:
 * @property: a boolean argument
 *
 * Returns: (transfer none): its check button
 */
GtkWidget *
dot_options_grid_add_toggle (DotOptionsGrid *grid,
                             const char     *property)
{
  GParamSpec *spec   = find_property (grid, property);
  GtkWidget  *button = gimp_prop_check_button_new (grid->config, property,
                                                   g_param_spec_get_nick (spec));

  gimp_help_set_help_data (button, g_param_spec_get_blurb (spec), NULL);
  gtk_grid_attach (GTK_GRID (grid), button, 1, grid->n_rows, 1, 1);
  grid->n_rows++;

  return button;
}

/**
 * dot_options_grid_add_choice:
 * @property: a choice argument
 */
void
dot_options_grid_add_choice (DotOptionsGrid *grid,
                             const char     *property)
{
  dot_options_grid_add (grid, property,
                        gimp_prop_choice_combo_box_new (grid->config, property));
}

/*  A GimpFileChooser brings its label along; it goes where the others are.  */
static GtkWidget *
take_label (GimpFileChooser *chooser)
{
  GtkWidget *label = g_object_ref (gimp_file_chooser_get_label_widget (chooser));

  gtk_container_remove (GTK_CONTAINER (gtk_widget_get_parent (label)), label);

  return label;
}

static void
expand_first_child (GtkWidget *box)
{
  g_autoptr (GList) children = gtk_container_get_children (GTK_CONTAINER (box));

  if (children)
    gtk_container_child_set (GTK_CONTAINER (box), children->data,
                             "expand", TRUE,
                             "fill",   TRUE,
                             NULL);
}

/**
 * dot_options_grid_add_file:
 * @property: a file argument
 * @title: what the window that chooses it is called
 */
void
dot_options_grid_add_file (DotOptionsGrid *grid,
                           const char     *property,
                           const char     *title)
{
  GtkWidget *chooser = gimp_prop_file_chooser_new (grid->config, property,
                                                   NULL, title);
  GtkWidget *label   = take_label (GIMP_FILE_CHOOSER (chooser));

  attach_row (grid, property, label, chooser);
  g_object_unref (label);
  expand_first_child (chooser);
}

/**
 * dot_options_grid_align:
 *
 * Gives both grids' labels the same width.
 */
void
dot_options_grid_align (DotOptionsGrid *grid,
                        DotOptionsGrid *other)
{
  GSList *labels = gtk_size_group_get_widgets (other->labels);

  for (GSList *item = labels; item; item = item->next)
    gtk_size_group_add_widget (grid->labels, item->data);
}
