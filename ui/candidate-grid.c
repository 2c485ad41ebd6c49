/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#include "config.h"

#include "candidate-grid.h"

#include <math.h>

#include "picture.h"

/**
 * DotCandidateGrid:
 *
 * The candidates of a gallery side by side, all after the same update; one of
 * them is selected, by mouse or keyboard.
 */

/*  One picture alone may be large; many share the room.  */
#define ROOM 256

struct _DotCandidateGrid
{
  GtkFlowBox  parent_instance;

  DotGallery *gallery;
  gboolean    updating;
};

G_DEFINE_FINAL_TYPE (DotCandidateGrid, dot_candidate_grid, GTK_TYPE_FLOW_BOX)

static guint
count_columns (guint candidates)
{
  return (guint) ceil (sqrt (MAX (candidates, 1)));
}

static void
add_picture (DotCandidateGrid *grid,
             int               size)
{
  GtkWidget *picture = dot_picture_new ();

  gtk_widget_set_size_request (picture, size, size);
  gtk_widget_show (picture);
  gtk_container_add (GTK_CONTAINER (grid), picture);
}

static void
remove_child (GtkWidget *child,
              gpointer   data)
{
  gtk_widget_destroy (child);
}

static guint
count_children (DotCandidateGrid *grid)
{
  guint n = 0;

  while (gtk_flow_box_get_child_at_index (GTK_FLOW_BOX (grid), n))
    n++;

  return n;
}

/*  As many places as there are candidates.  */
static void
make_places (DotCandidateGrid *grid)
{
  guint n       = dot_gallery_get_n_candidates (grid->gallery);
  guint columns = count_columns (n);

  if (count_children (grid) == n)
    return;

  gtk_container_foreach (GTK_CONTAINER (grid), remove_child, NULL);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (grid), columns);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (grid), columns);
  for (guint i = 0; i < n; i++)
    add_picture (grid, MAX (ROOM / columns, 64));
}

static void
show_candidate (DotCandidateGrid *grid,
                guint             candidate)
{
  guint           shown   = dot_gallery_get_shown (grid->gallery);
  const char     *title   = dot_gallery_get_title (grid->gallery, candidate,
                                                   shown);
  GtkFlowBoxChild *child  = gtk_flow_box_get_child_at_index (GTK_FLOW_BOX (grid),
                                                             candidate);
  GtkWidget       *picture = gtk_bin_get_child (GTK_BIN (child));

  dot_picture_set_pixbuf (DOT_PICTURE (picture),
                          dot_gallery_get_picture (grid->gallery, candidate,
                                                   shown));
  gtk_widget_set_tooltip_text (picture, title);
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (child)), title);
  if (candidate == dot_gallery_get_candidate (grid->gallery))
    gtk_flow_box_select_child (GTK_FLOW_BOX (grid), child);
}

static void
update (DotCandidateGrid *grid)
{
  guint n = dot_gallery_get_n_candidates (grid->gallery);

  grid->updating = TRUE;
  make_places (grid);
  for (guint i = 0; i < n; i++)
    show_candidate (grid, i);
  grid->updating = FALSE;
}

/*  What the person selected, not what update() did.  */
static void
selection_changed (DotCandidateGrid *grid)
{
  g_autoptr (GList) selected = NULL;

  if (grid->updating)
    return;
  selected = gtk_flow_box_get_selected_children (GTK_FLOW_BOX (grid));
  if (selected)
    dot_gallery_set_candidate (grid->gallery,
                               gtk_flow_box_child_get_index (selected->data));
}

static void
dot_candidate_grid_dispose (GObject *object)
{
  g_clear_object (&DOT_CANDIDATE_GRID (object)->gallery);

  G_OBJECT_CLASS (dot_candidate_grid_parent_class)->dispose (object);
}

static void
dot_candidate_grid_class_init (DotCandidateGridClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dot_candidate_grid_dispose;
}

static void
dot_candidate_grid_init (DotCandidateGrid *grid)
{
  GtkFlowBox *box = GTK_FLOW_BOX (grid);

  gtk_flow_box_set_selection_mode (box, GTK_SELECTION_BROWSE);
  gtk_flow_box_set_homogeneous (box, TRUE);
  g_signal_connect (grid, "selected-children-changed",
                    G_CALLBACK (selection_changed), NULL);
}

/**
 * dot_candidate_grid_new:
 * @gallery: what to show
 *
 * Returns: the grid
 */
GtkWidget *
dot_candidate_grid_new (DotGallery *gallery)
{
  DotCandidateGrid *grid = g_object_new (DOT_TYPE_CANDIDATE_GRID, NULL);

  grid->gallery = g_object_ref (gallery);
  g_signal_connect_object (gallery, "changed", G_CALLBACK (update), grid,
                           G_CONNECT_SWAPPED);
  update (grid);

  return GTK_WIDGET (grid);
}
