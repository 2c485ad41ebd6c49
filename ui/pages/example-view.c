/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "example-view.h"

#include <glib/gi18n-lib.h>

#include "core/example.h"
#include "widgets/picture.h"
#include "widgets/wrap-box.h"

/**
 * DotExampleView:
 *
 * What is there before the first picture: what the dialog does, and some
 * examples of the model's to press.
 */

/* Of a picture, in GTK's pixels. */
#define SIZE 96

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _DotExampleView
{
  GtkBox parent_instance;

  DotSettings *settings;
  GtkWidget   *text;
  GtkWidget   *examples;
};

G_DEFINE_FINAL_TYPE (DotExampleView, dot_example_view, GTK_TYPE_BOX)

/*  an example  */

/* It is a new run, whatever was set to start from. */
static void
example_pressed (GtkButton *button, DotExampleView *view)
{
  const char *name = g_object_get_data (G_OBJECT (button), "class");
  guint       seed = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "seed"));

  g_object_set (view->settings, "class", name, "seed", (int) seed, "source", DOT_SOURCE_SEED, NULL);
  g_signal_emit (view, signals[CHOSEN], 0);
}

static GtkWidget *
make_content (const DotExample *example)
{
  GtkWidget *box     = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *picture = dot_picture_new ();

  gtk_widget_set_size_request (picture, SIZE, SIZE);
  dot_picture_set_pixbuf (DOT_PICTURE (picture), example->picture);
  gtk_widget_set_no_show_all (picture, ! example->picture);
  gtk_container_add (GTK_CONTAINER (box), picture);
  gtk_container_add (GTK_CONTAINER (box), gtk_label_new (example->class_name));
  return box;
}

static GtkWidget *
make_example (DotExampleView *view, const DotExample *example)
{
  GtkWidget       *button = gtk_button_new ();
  g_autofree char *text   = NULL;

  /* TRANSLATORS: presses an example: "Refine a picture of: lemon" */
  text = g_strdup_printf (_ ("Refine a picture of: %s"), example->class_name);
  gtk_container_add (GTK_CONTAINER (button), make_content (example));
  gtk_widget_set_tooltip_text (button, text);
  atk_object_set_name (gtk_widget_get_accessible (button), text);
  g_object_set_data_full (G_OBJECT (button), "class", g_strdup (example->class_name), g_free);
  g_object_set_data (G_OBJECT (button), "seed", GUINT_TO_POINTER (example->seed));
  g_signal_connect_object (button, "clicked", G_CALLBACK (example_pressed), view, 0);
  gtk_widget_show_all (button);
  return button;
}

/*  the class  */

static void
show_model (DotExampleView *view)
{
  DotModel *model                = dot_settings_get_model (view->settings, NULL);
  g_autoptr (GPtrArray) examples = NULL;

  gtk_container_foreach (GTK_CONTAINER (view->examples),
                         (GtkCallback) (gpointer) gtk_widget_destroy, NULL);
  examples = model ? dot_example_list (model) : g_ptr_array_new ();
  for (guint i = 0; i < examples->len; i++)
    gtk_container_add (GTK_CONTAINER (view->examples), make_example (view, examples->pdata[i]));
  gtk_label_set_text (
    GTK_LABEL (view->text),
    examples->len > 0
      ? _ ("One network paints a picture, and with another one, which judges it, the picture "
           "gets better step by step. Press an example:")
      : _ ("Press Refine, and the pictures appear here."));
}

static void
dot_example_view_dispose (GObject *object)
{
  g_clear_object (&DOT_EXAMPLE_VIEW (object)->settings);

  G_OBJECT_CLASS (dot_example_view_parent_class)->dispose (object);
}

static void
dot_example_view_class_init (DotExampleViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dot_example_view_dispose;

  /**
   * DotExampleView::chosen:
   *
   * The settings are an example's, which the person wants to see.
   */
  signals[CHOSEN] = g_signal_new ("chosen", DOT_TYPE_EXAMPLE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
make_text (void)
{
  GtkWidget *text = gtk_label_new (NULL);

  gtk_label_set_line_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_justify (GTK_LABEL (text), GTK_JUSTIFY_CENTER);
  gtk_label_set_max_width_chars (GTK_LABEL (text), 48);
  return text;
}

static void
dot_example_view_init (DotExampleView *view)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (view), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (view), 18);
  gtk_widget_set_valign (GTK_WIDGET (view), GTK_ALIGN_CENTER);

  view->text     = make_text ();
  view->examples = dot_wrap_box_new (12);
  gtk_widget_set_halign (view->examples, GTK_ALIGN_CENTER);
  gtk_container_add (GTK_CONTAINER (view), view->text);
  gtk_container_add (GTK_CONTAINER (view), view->examples);
}

/**
 * dot_example_view_new:
 * @settings: whose model to show examples of, and which become an example's
 *
 * Returns: the view
 */
GtkWidget *
dot_example_view_new (DotSettings *settings)
{
  DotExampleView *view = g_object_new (DOT_TYPE_EXAMPLE_VIEW, NULL);

  view->settings = g_object_ref (settings);
  g_signal_connect_object (settings, "notify::model", G_CALLBACK (show_model), view,
                           G_CONNECT_SWAPPED);
  show_model (view);
  return GTK_WIDGET (view);
}
