/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "link-text.h"

#include <string.h>

#include "style.h"

/**
 * DotLinkText:
 *
 * A sentence, and below it a link for each address of the web in it.
 *
 * The links are buttons of their own, since GTK 3 takes the accessibles of
 * those in a label apart while who reads the screen still asks them, which ends
 * the program.  A button that isn't needed any more is hidden: its accessible
 * stays whole.
 */

/* What a sentence has behind an address isn't part of it. */
#define ADDRESS "https?://[^\\s<>\"“”]*[^\\s<>\"“”.,;:!?()]"

/* A longer address is cut; all of it is in the sentence, and in the tooltip. */
#define MOST_CHARS 44

#define STYLE_CLASS "dot-link"

struct _DotLinkText
{
  GtkBox parent_instance;

  GtkWidget *label;
  GPtrArray *buttons;
};

G_DEFINE_FINAL_TYPE (DotLinkText, dot_link_text, GTK_TYPE_BOX)

/* Returns: (transfer full): each address in @sentence, once */
static GPtrArray *
find_addresses (const char *sentence)
{
  g_autoptr (GRegex) regex     = g_regex_new (ADDRESS, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  GPtrArray *addresses         = g_ptr_array_new_with_free_func (g_free);

  g_regex_match (regex, sentence, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *address = g_match_info_fetch (match, 0);

      if (! g_ptr_array_find_with_equal_func (addresses, address, g_str_equal, NULL))
        g_ptr_array_add (addresses, g_steal_pointer (&address));
    }
  return addresses;
}

/*  the links  */

static void
add_button (DotLinkText *text)
{
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *button;

  gtk_label_set_xalign (GTK_LABEL (label), 0.0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MOST_CHARS);
  gtk_widget_show (label);
  button = g_object_new (GTK_TYPE_LINK_BUTTON, "child", label, "halign", GTK_ALIGN_START,
                         "no-show-all", TRUE, NULL);
  gtk_style_context_add_class (gtk_widget_get_style_context (button), STYLE_CLASS);
  gtk_container_add (GTK_CONTAINER (text), button);
  g_ptr_array_add (text->buttons, button);
}

/* Who can't see the link hears where it leads, too. */
static void
show_address (GtkWidget *button, const char *address)
{
  GtkWidget *label = gtk_bin_get_child (GTK_BIN (button));

  gtk_link_button_set_uri (GTK_LINK_BUTTON (button), address);
  gtk_label_set_text (GTK_LABEL (label), strstr (address, "://") + strlen ("://"));
  gtk_widget_set_tooltip_text (button, address);
  atk_object_set_name (gtk_widget_get_accessible (button), address);
  gtk_widget_show (button);
}

/*  the class  */

static void
dot_link_text_finalize (GObject *object)
{
  g_ptr_array_unref (DOT_LINK_TEXT (object)->buttons);

  G_OBJECT_CLASS (dot_link_text_parent_class)->finalize (object);
}

static void
dot_link_text_class_init (DotLinkTextClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dot_link_text_finalize;
  /* it begins where the sentence does, and looks like a part of it */
  dot_style_add ("." STYLE_CLASS " { margin: 0; padding: 1px 0; border-width: 0; min-width: 0;"
                 " min-height: 0; background: none; box-shadow: none; }"
                 " ." STYLE_CLASS " label { text-decoration-line: underline; }");
}

static void
dot_link_text_init (DotLinkText *text)
{
  GtkLabel *label;

  text->buttons = g_ptr_array_new ();
  text->label   = gtk_label_new (NULL);
  label         = GTK_LABEL (text->label);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (text), GTK_ORIENTATION_VERTICAL);
  gtk_label_set_xalign (label, 0.0);
  gtk_label_set_line_wrap (label, TRUE);
  gtk_label_set_line_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  gtk_container_add (GTK_CONTAINER (text), text->label);
}

/**
 * dot_link_text_new:
 *
 * Returns: one without a sentence
 */
GtkWidget *
dot_link_text_new (void)
{
  return g_object_new (DOT_TYPE_LINK_TEXT, NULL);
}

/**
 * dot_link_text_set:
 * @sentence: plain
 *
 * Shows @sentence, and links to the addresses in it.
 */
void
dot_link_text_set (DotLinkText *text, const char *sentence)
{
  g_autoptr (GPtrArray) addresses = find_addresses (sentence);

  g_return_if_fail (DOT_IS_LINK_TEXT (text));

  gtk_label_set_text (GTK_LABEL (text->label), sentence);
  while (text->buttons->len < addresses->len)
    add_button (text);
  for (guint i = 0; i < text->buttons->len; i++)
    if (i < addresses->len)
      show_address (text->buttons->pdata[i], addresses->pdata[i]);
    else
      gtk_widget_hide (text->buttons->pdata[i]);
}

/**
 * dot_link_text_get_label:
 *
 * Returns: (transfer none): what shows the sentence
 */
GtkLabel *
dot_link_text_get_label (DotLinkText *text)
{
  g_return_val_if_fail (DOT_IS_LINK_TEXT (text), NULL);

  return GTK_LABEL (text->label);
}
