/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "message-bar.h"

#include "dot.h"
#include "link-text.h"
#include "low-window.h"

/**
 * DotMessageBar:
 *
 * One sentence about what doesn't work and what would help, inside a dialog;
 * it takes no room while there is nothing to say.
 */

struct _DotMessageBar
{
  GtkInfoBar parent_instance;

  GtkWidget *text;
  GtkWidget *window;
};

G_DEFINE_FINAL_TYPE (DotMessageBar, dot_message_bar, GTK_TYPE_INFO_BAR)

/* A person can copy it; the keys pass it by, for its links. */
static GtkWidget *
make_text (void)
{
  GtkWidget *text  = dot_link_text_new ();
  GtkLabel  *label = dot_link_text_get_label (DOT_LINK_TEXT (text));

  gtk_label_set_max_width_chars (label, 44);
  gtk_label_set_selectable (label, TRUE);
  gtk_widget_set_can_focus (GTK_WIDGET (label), FALSE);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_widget_set_valign (text, GTK_ALIGN_CENTER);
  return text;
}

static void
dot_message_bar_class_init (DotMessageBarClass *klass)
{
}

static void
dot_message_bar_init (DotMessageBar *bar)
{
  GtkWidget *area = gtk_info_bar_get_content_area (GTK_INFO_BAR (bar));
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning", GTK_ICON_SIZE_LARGE_TOOLBAR);

  bar->text   = make_text ();
  bar->window = dot_low_window_new (bar->text);
  gtk_container_add (GTK_CONTAINER (area), icon);
  gtk_container_add (GTK_CONTAINER (area), bar->window);
  gtk_widget_show_all (area);

  gtk_info_bar_set_message_type (GTK_INFO_BAR (bar), GTK_MESSAGE_WARNING);
  gtk_widget_set_no_show_all (GTK_WIDGET (bar), TRUE);
}

/**
 * dot_message_bar_new:
 *
 * Returns: a bar that stays hidden until it has something to say
 */
GtkWidget *
dot_message_bar_new (void)
{
  return g_object_new (DOT_TYPE_MESSAGE_BAR, NULL);
}

/**
 * dot_message_bar_add_action:
 * @label: what its button is called
 * @action: in the window's groups, "dot.fix" say
 *
 * Adds a button, which is there while the action is enabled.
 *
 * Returns: (transfer none): the button
 */
GtkWidget *
dot_message_bar_add_action (DotMessageBar *bar, const char *label, const char *action)
{
  GtkWidget *area   = gtk_info_bar_get_action_area (GTK_INFO_BAR (bar));
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_container_add (GTK_CONTAINER (area), button);
  g_object_bind_property (button, "sensitive", button, "visible", G_BINDING_SYNC_CREATE);
  return button;
}

/**
 * dot_message_bar_set:
 * @message: (nullable): one sentence, or %NULL to hide the bar
 */
void
dot_message_bar_set (DotMessageBar *bar, const char *message)
{
  g_autofree char *line = dot_line_from_text (message ? message : "");

  g_return_if_fail (DOT_IS_MESSAGE_BAR (bar));

  dot_link_text_set (DOT_LINK_TEXT (bar->text), line);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (bar->window)),
                            0.0);
  gtk_widget_set_visible (GTK_WIDGET (bar), message != NULL);
}
