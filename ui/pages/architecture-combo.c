/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "architecture-combo.h"

#include "dot.h"

/**
 * DotArchitectureCombo:
 *
 * How a generator and a discriminator are built.  Files that can be of one
 * kind only choose it themselves.
 */

#define PROGRAM "torchscript"

struct _DotArchitectureCombo
{
  GtkComboBoxText parent_instance;

  char *of_weights;
};

G_DEFINE_FINAL_TYPE (DotArchitectureCombo, dot_architecture_combo, GTK_TYPE_COMBO_BOX_TEXT)

/* Weights that are chosen after a program get back what was chosen for
 * weights. */
static void
dot_architecture_combo_changed (GtkComboBox *combo)
{
  DotArchitectureCombo *architecture = DOT_ARCHITECTURE_COMBO (combo);

  if (dot_architecture_combo_is_program (architecture))
    return;

  g_free (architecture->of_weights);
  architecture->of_weights = g_strdup (gtk_combo_box_get_active_id (combo));
}

/* A combo box of texts takes texts from here on. */
static void
dot_architecture_combo_constructed (GObject *object)
{
  const char *name;
  const char *label;

  G_OBJECT_CLASS (dot_architecture_combo_parent_class)->constructed (object);

  for (guint i = 0; (name = dot_architecture_get_name (i, &label)); i++)
    if (label)
      gtk_combo_box_text_append (GTK_COMBO_BOX_TEXT (object), name, label);
  gtk_combo_box_set_active (GTK_COMBO_BOX (object), 0);
}

static void
dot_architecture_combo_finalize (GObject *object)
{
  g_free (DOT_ARCHITECTURE_COMBO (object)->of_weights);

  G_OBJECT_CLASS (dot_architecture_combo_parent_class)->finalize (object);
}

static void
dot_architecture_combo_class_init (DotArchitectureComboClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed  = dot_architecture_combo_constructed;
  G_OBJECT_CLASS (klass)->finalize     = dot_architecture_combo_finalize;
  GTK_COMBO_BOX_CLASS (klass)->changed = dot_architecture_combo_changed;
}

static void
dot_architecture_combo_init (DotArchitectureCombo *combo)
{
}

/**
 * dot_architecture_combo_new:
 *
 * Returns: the choice, of the first for now
 */
GtkWidget *
dot_architecture_combo_new (void)
{
  return g_object_new (DOT_TYPE_ARCHITECTURE_COMBO, NULL);
}

/**
 * dot_architecture_combo_follow:
 * @architecture: (nullable): what is known of a file of a network that was
 *   chosen: %NULL of weights of which nothing is known
 *
 * Chooses what the file is built as, and for weights TorchScript no longer.
 */
void
dot_architecture_combo_follow (DotArchitectureCombo *combo, const char *architecture)
{
  if (architecture)
    gtk_combo_box_set_active_id (GTK_COMBO_BOX (combo), architecture);
  else if (dot_architecture_combo_is_program (combo))
    gtk_combo_box_set_active_id (GTK_COMBO_BOX (combo), combo->of_weights);
}

/**
 * dot_architecture_combo_is_program:
 *
 * Returns: whether files that are built so are programs, not weights
 */
gboolean
dot_architecture_combo_is_program (DotArchitectureCombo *combo)
{
  g_return_val_if_fail (DOT_IS_ARCHITECTURE_COMBO (combo), FALSE);

  return g_strcmp0 (gtk_combo_box_get_active_id (GTK_COMBO_BOX (combo)), PROGRAM) == 0;
}
