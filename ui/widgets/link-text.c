/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Sentences in which an address of the web can be clicked. */

#include "config.h"

#include "link-text.h"

#include <string.h>

/* What a sentence has behind an address isn't part of it. */
#define ADDRESS "https?://[^\\s<>\"“”]*[^\\s<>\"“”.,;:!?()]"

static void
append (GString *markup, const char *format, const char *text, int from, int to)
{
  g_autofree char *part    = g_strndup (text + from, to - from);
  g_autofree char *escaped = g_markup_escape_text (part, -1);

  g_string_append_printf (markup, format, escaped, escaped);
}

/* Returns: (transfer full) (nullable): @text as markup, where it has a link */
static char *
make_markup (const char *text)
{
  g_autoptr (GRegex) address   = g_regex_new (ADDRESS, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GString) markup   = g_string_new (NULL);
  int end                      = 0;

  if (! g_regex_match (address, text, 0, &match))
    return NULL;

  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      int from, to;

      g_match_info_fetch_pos (match, 0, &from, &to);
      append (markup, "%s", text, end, from);
      append (markup, "<a href=\"%s\">%s</a>", text, from, to);
      end = to;
    }
  append (markup, "%s", text, end, (int) strlen (text));
  return g_string_free_and_steal (g_steal_pointer (&markup));
}

/* Who can't see a link hears where it leads. */
static void
name_links (GtkLabel *label, const char *text)
{
  AtkObject *accessible        = gtk_widget_get_accessible (GTK_WIDGET (label));
  g_autoptr (GRegex) address   = g_regex_new (ADDRESS, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  int n                        = 0;

  g_regex_match (address, text, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *name      = g_match_info_fetch (match, 0);
      g_autoptr (AtkObject) link = atk_object_ref_accessible_child (accessible, n++);

      if (link)
        atk_object_set_name (link, name);
    }
}

/**
 * dot_link_text_set:
 * @text: plain
 *
 * Has @label show @text, in which each address is a link that a click opens,
 * and a key, too.
 */
void
dot_link_text_set (GtkLabel *label, const char *text)
{
  g_autofree char *markup = make_markup (text);

  if (markup)
    gtk_label_set_markup (label, markup);
  else
    gtk_label_set_text (label, text);
  gtk_widget_set_can_focus (GTK_WIDGET (label), markup != NULL);
  name_links (label, text);
}
