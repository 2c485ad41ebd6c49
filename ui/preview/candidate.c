/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "candidate.h"

#include <glib/gi18n-lib.h>

#include "widgets/picture.h"

/**
 * DotCandidate:
 *
 * A picture and what tells it from the others, one of a #DotCandidateGrid.
 */

struct _DotCandidate
{
  GtkFlowBoxChild parent_instance;

  GtkWidget *picture;
  GtkWidget *caption;
};

G_DEFINE_FINAL_TYPE (DotCandidate, dot_candidate, GTK_TYPE_FLOW_BOX_CHILD)

static void
dot_candidate_class_init (DotCandidateClass *klass)
{
}

static void
dot_candidate_init (DotCandidate *candidate)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  candidate->picture = dot_picture_new ();
  gtk_widget_set_size_request (candidate->picture, DOT_CANDIDATE_SMALLEST, DOT_CANDIDATE_SMALLEST);
  gtk_widget_set_vexpand (candidate->picture, TRUE);
  candidate->caption = gtk_label_new (NULL);
  gtk_container_add (GTK_CONTAINER (box), candidate->picture);
  gtk_container_add (GTK_CONTAINER (box), candidate->caption);
  gtk_container_add (GTK_CONTAINER (candidate), box);
  dot_candidate_set_current (candidate, FALSE);
  gtk_widget_show_all (GTK_WIDGET (candidate));
}

/**
 * dot_candidate_new:
 *
 * Returns: a candidate of which nothing is known yet, as large as there is
 *   room for
 */
GtkWidget *
dot_candidate_new (void)
{
  return g_object_new (DOT_TYPE_CANDIDATE, NULL);
}

/**
 * dot_candidate_show:
 * @title: what it is called
 * @caption: what tells it from the others
 * @text: all that is said of it
 */
void
dot_candidate_show (DotCandidate *candidate,
                    GdkPixbuf    *picture,
                    const char   *title,
                    const char   *caption,
                    const char   *text)
{
  GtkWidget       *widget = GTK_WIDGET (candidate);
  g_autofree char *help   = NULL;

  help = g_strdup_printf (_ ("%s\nHold to see it before refinement (B); Ctrl and "
                             "a click (Space) select more than one"),
                          text);
  dot_picture_set_pixbuf (DOT_PICTURE (candidate->picture), picture);
  gtk_label_set_text (GTK_LABEL (candidate->caption), caption);
  gtk_widget_set_tooltip_text (widget, help);
  atk_object_set_name (gtk_widget_get_accessible (widget), title);
}

/**
 * dot_candidate_set_current:
 * @current: whether it is the one that is looked at
 */
void
dot_candidate_set_current (DotCandidate *candidate, gboolean current)
{
  g_autoptr (PangoAttrList) list = pango_attr_list_new ();

  pango_attr_list_insert (list, pango_attr_scale_new (PANGO_SCALE_SMALL));
  if (current)
    {
      pango_attr_list_insert (list, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
      pango_attr_list_insert (list, pango_attr_underline_new (PANGO_UNDERLINE_SINGLE));
    }
  gtk_label_set_attributes (GTK_LABEL (candidate->caption), list);
}
