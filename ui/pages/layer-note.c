/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "layer-note.h"

#include "core/layer-plan.h"

/**
 * DotLayerNote:
 *
 * Says how many layers the next run makes, and how large they will be.
 */

#define MAX_CHARS 32

struct _DotLayerNote
{
  GtkLabel parent_instance;

  DotSettings *settings;
  int          image_width;
  int          image_height;
  guint        n_selected;
};

G_DEFINE_FINAL_TYPE (DotLayerNote, dot_layer_note, GTK_TYPE_LABEL)

/* A run that goes on from layers has as many candidates, and one of an image has one. */
static void
add_selected (DotLayerNote *note, DotRefineOptions *options)
{
  DotSource source;

  g_object_get (note->settings, "source", &source, NULL);
  if (source == DOT_SOURCE_IMAGE)
    options->count = 1;
  if (source != DOT_SOURCE_LAYER || note->n_selected == 0)
    return;

  options->states = g_new0 (char *, note->n_selected + 1);
  for (guint i = 0; i < note->n_selected; i++)
    options->states[i] = g_strdup ("");
}

static guint64
count_layers (DotLayerNote *note)
{
  g_autoptr (DotRefineOptions) options = dot_settings_get_options (note->settings);
  gboolean live;

  g_object_get (note->settings, "live-layers", &live, NULL);
  add_selected (note, options);
  return live ? dot_layer_plan_count (options) : 0;
}

static void
update (DotLayerNote *note)
{
  DotModel        *model  = dot_settings_get_model (note->settings, NULL);
  int              width  = model ? (int) dot_model_get_image_size (model) : 0;
  int              height = width;
  g_autofree char *text   = NULL;
  DotScale         scale;

  if (width == 0)
    {
      gtk_label_set_text (GTK_LABEL (note), "");
      return;
    }

  g_object_get (note->settings, "scale", &scale, NULL);
  dot_layer_plan_size (scale, note->image_width, note->image_height, &width, &height);
  text = dot_layer_plan_text (count_layers (note), width, height);
  gtk_label_set_text (GTK_LABEL (note), text);
}

static void
dot_layer_note_dispose (GObject *object)
{
  g_clear_object (&DOT_LAYER_NOTE (object)->settings);

  G_OBJECT_CLASS (dot_layer_note_parent_class)->dispose (object);
}

static void
dot_layer_note_class_init (DotLayerNoteClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dot_layer_note_dispose;
}

static void
dot_layer_note_init (DotLayerNote *note)
{
  GtkLabel *label = GTK_LABEL (note);

  gtk_style_context_add_class (gtk_widget_get_style_context (GTK_WIDGET (note)),
                               GTK_STYLE_CLASS_DIM_LABEL);
  gtk_label_set_xalign (label, 0.0);
  gtk_label_set_line_wrap (label, TRUE);
  gtk_label_set_max_width_chars (label, MAX_CHARS);
}

/**
 * dot_layer_note_new:
 * @settings: decide it
 *
 * Returns: the note
 */
GtkWidget *
dot_layer_note_new (DotSettings *settings)
{
  DotLayerNote *note = g_object_new (DOT_TYPE_LAYER_NOTE, NULL);

  note->settings = g_object_ref (settings);
  g_signal_connect_object (settings, "notify", G_CALLBACK (update), note, G_CONNECT_SWAPPED);
  update (note);
  return GTK_WIDGET (note);
}

/**
 * dot_layer_note_set_image:
 * @width: of the image that gets the layers; 0 where there is none
 * @height: of that image
 * @n_selected: how many of its selected layers can be gone on from
 */
void
dot_layer_note_set_image (DotLayerNote *note, int width, int height, guint n_selected)
{
  note->image_width  = width;
  note->image_height = height;
  note->n_selected   = n_selected;
  update (note);
}
