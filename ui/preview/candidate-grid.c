/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "candidate-grid.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "candidate.h"
#include "compare-gesture.h"
#include "picture-text.h"

/**
 * DotCandidateGrid:
 *
 * The candidates of a gallery side by side, all after the same update.  Some
 * are selected: by a click, with Ctrl or Shift, by arrow keys, Space and
 * Ctrl+A.  The one that has the focus is the one that is looked at.  They are
 * as large as there is room for.
 */

struct _DotCandidateGrid
{
  GtkFlowBox parent_instance;

  DotGallery *gallery;
  gboolean    updating;
};

G_DEFINE_FINAL_TYPE (DotCandidateGrid, dot_candidate_grid, GTK_TYPE_FLOW_BOX)

static GtkFlowBoxChild *
get_child (DotCandidateGrid *grid, guint candidate)
{
  return gtk_flow_box_get_child_at_index (GTK_FLOW_BOX (grid), candidate);
}

static void
remove_child (GtkWidget *child, gpointer data)
{
  gtk_widget_destroy (child);
}

static guint
count_children (DotCandidateGrid *grid)
{
  guint n = 0;

  while (get_child (grid, n))
    n++;
  return n;
}

/*  how large they are  */

static guint
count_columns (guint candidates)
{
  return (guint) ceil (sqrt (MAX (candidates, 1)));
}

static guint
count_rows (guint candidates, guint columns)
{
  return (candidates + columns - 1) / columns;
}

static void
add_least (GtkWidget *child, gpointer data)
{
  GtkRequisition *least = data;
  GtkRequisition  own;

  gtk_widget_get_preferred_size (child, &own, NULL);
  least->width  = MAX (least->width, own.width);
  least->height = MAX (least->height, own.height);
}

/* Returns: what each candidate has room in, also that of the longest seed */
static GtkRequisition
measure_child (DotCandidateGrid *grid)
{
  GtkRequisition least = { 0, 0 };

  gtk_container_foreach (GTK_CONTAINER (grid), add_least, &least);
  return least;
}

/* How large a picture is where so many are in a row. */
static int
measure_picture (guint n, guint columns, int width, int height, int below)
{
  return MIN (width / (int) columns, height / (int) count_rows (n, columns) - below);
}

/* Returns: how many in a row leave each the most room */
static guint
choose_columns (DotCandidateGrid *grid, int width, int height)
{
  GtkRequisition least = measure_child (grid);
  guint          n     = count_children (grid);
  guint          best  = 1;
  int            below = least.height - DOT_CANDIDATE_SMALLEST;

  for (guint columns = 2; columns <= n; columns++)
    if (width / (int) columns >= least.width && measure_picture (n, columns, width, height, below) >
                                                  measure_picture (n, best, width, height, below))
      best = columns;
  return best;
}

static void
set_columns (DotCandidateGrid *grid, guint columns)
{
  GtkFlowBox *box = GTK_FLOW_BOX (grid);

  if (gtk_flow_box_get_max_children_per_line (box) == columns)
    return;

  /* the one may never be more than the other */
  gtk_flow_box_set_min_children_per_line (box, 1);
  gtk_flow_box_set_max_children_per_line (box, columns);
  gtk_flow_box_set_min_children_per_line (box, columns);
}

/* A column of them can be all that there is room for; as many a row as a column
 * are liked. */
static void
dot_candidate_grid_get_preferred_width (GtkWidget *widget, int *minimum, int *natural)
{
  DotCandidateGrid *grid = DOT_CANDIDATE_GRID (widget);

  *minimum = measure_child (grid).width;
  *natural = *minimum * (int) count_columns (count_children (grid));
}

static void
dot_candidate_grid_get_preferred_height (GtkWidget *widget, int *minimum, int *natural)
{
  DotCandidateGrid *grid = DOT_CANDIDATE_GRID (widget);
  guint             n    = count_children (grid);

  *minimum = *natural = measure_child (grid).height * (int) count_rows (n, count_columns (n));
}

static void
dot_candidate_grid_get_preferred_height_for_width (GtkWidget *widget,
                                                   int        width,
                                                   int       *minimum,
                                                   int       *natural)
{
  DotCandidateGrid *grid    = DOT_CANDIDATE_GRID (widget);
  GtkRequisition    least   = measure_child (grid);
  guint             n       = count_children (grid);
  guint             columns = (guint) MAX (width / MAX (least.width, 1), 1);

  *minimum = *natural = least.height * (int) count_rows (n, MIN (columns, MAX (n, 1)));
}

/* No larger than the pictures, whose captions are below them then. */
static void
shrink (DotCandidateGrid *grid, guint columns, GtkAllocation *place)
{
  GtkRequisition least  = measure_child (grid);
  guint          n      = count_children (grid);
  int            below  = least.height - DOT_CANDIDATE_SMALLEST;
  int            size   = measure_picture (n, columns, place->width, place->height, below);
  int            rows   = (int) count_rows (n, columns);
  int            width  = MIN (MAX (size, least.width) * (int) columns, place->width);
  int            height = MIN ((MAX (size, DOT_CANDIDATE_SMALLEST) + below) * rows, place->height);

  place->x += (place->width - width) / 2;
  place->width  = width;
  place->height = height;
}

static void
dot_candidate_grid_size_allocate (GtkWidget *widget, GtkAllocation *allocation)
{
  DotCandidateGrid *grid    = DOT_CANDIDATE_GRID (widget);
  guint             columns = choose_columns (grid, allocation->width, allocation->height);
  GtkAllocation     place   = *allocation;

  if (count_children (grid) > 0)
    {
      shrink (grid, columns, &place);
      set_columns (grid, columns);
    }
  GTK_WIDGET_CLASS (dot_candidate_grid_parent_class)->size_allocate (widget, &place);
}

/* As many places as there are candidates. */
static void
make_places (DotCandidateGrid *grid)
{
  guint n = dot_gallery_get_n_candidates (grid->gallery);

  if (count_children (grid) == n)
    return;

  gtk_container_foreach (GTK_CONTAINER (grid), remove_child, NULL);
  for (guint i = 0; i < n; i++)
    gtk_container_add (GTK_CONTAINER (grid), dot_candidate_new ());
}

/*  what changes  */

static void
show_candidate (DotCandidateGrid *grid, guint i)
{
  DotGallery      *gallery = grid->gallery;
  guint            shown   = dot_gallery_get_shown (gallery);
  g_autofree char *caption = dot_picture_text_short (gallery, i, shown);
  g_autofree char *text    = dot_picture_text_help (gallery, i, shown);

  dot_candidate_show (DOT_CANDIDATE (get_child (grid, i)),
                      dot_gallery_get_picture (gallery, i, shown),
                      dot_gallery_get_title (gallery, i, shown), caption, text);
}

static void
show_choice (DotCandidateGrid *grid, guint i)
{
  GtkFlowBox      *box   = GTK_FLOW_BOX (grid);
  GtkFlowBoxChild *child = get_child (grid, i);

  if (dot_gallery_is_selected (grid->gallery, i))
    gtk_flow_box_select_child (box, child);
  else
    gtk_flow_box_unselect_child (box, child);
  dot_candidate_set_current (DOT_CANDIDATE (child), i == dot_gallery_get_candidate (grid->gallery));
}

static void
show_choices (DotCandidateGrid *grid)
{
  guint n = dot_gallery_get_n_candidates (grid->gallery);

  for (guint i = 0; i < n; i++)
    show_choice (grid, i);
}

static void
update (DotCandidateGrid *grid, DotGalleryChange change)
{
  guint n = dot_gallery_get_n_candidates (grid->gallery);

  grid->updating = TRUE;
  make_places (grid);
  if (change & DOT_GALLERY_SHOWN)
    for (guint i = 0; i < n; i++)
      show_candidate (grid, i);
  if (change & (DOT_GALLERY_CANDIDATE | DOT_GALLERY_SELECTION))
    show_choices (grid);
  grid->updating = FALSE;
}

/*  what the person does  */

static GArray *
find_selected (DotCandidateGrid *grid)
{
  GArray *candidates = g_array_new (FALSE, FALSE, sizeof (guint));
  guint   n          = count_children (grid);

  for (guint i = 0; i < n; i++)
    if (gtk_flow_box_child_is_selected (get_child (grid, i)))
      g_array_append_val (candidates, i);
  return candidates;
}

/* What the person selected, not what update() did.  The one with the focus
 * comes to be looked at, if it is selected. */
static void
selection_changed (DotCandidateGrid *grid)
{
  g_autoptr (GArray) candidates = NULL;
  GtkWidget *focus              = NULL;
  guint      i;

  if (grid->updating)
    return;

  candidates = find_selected (grid);
  focus      = gtk_container_get_focus_child (GTK_CONTAINER (grid));
  dot_gallery_select_only (grid->gallery, (const guint *) candidates->data, candidates->len);
  if (! focus)
    return;

  i = gtk_flow_box_child_get_index (GTK_FLOW_BOX_CHILD (focus));
  if (dot_gallery_is_selected (grid->gallery, i))
    dot_gallery_set_candidate (grid->gallery, i);
}

/* To the current one, where arrows go on from, and ranges start.  GTK selects
 * what the focus comes to, and that alone; here the selection is as it was. */
static gboolean
focus_current (DotCandidateGrid *grid, GtkDirectionType direction)
{
  GtkFlowBox      *box     = GTK_FLOW_BOX (grid);
  guint            current = dot_gallery_get_candidate (grid->gallery);
  GtkFlowBoxChild *child   = get_child (grid, current);
  gboolean         moved;

  if (! child)
    return FALSE;

  grid->updating = TRUE;
  moved          = gtk_widget_child_focus (GTK_WIDGET (child), direction);
  show_choices (grid);
  gtk_flow_box_unselect_child (box, child);
  show_choice (grid, current);
  grid->updating = FALSE;
  return moved;
}

/* With GTK the Tab key goes from one to the next, and selects it; here it
 * leaves. */
static gboolean
dot_candidate_grid_focus (GtkWidget *widget, GtkDirectionType direction)
{
  if (! gtk_container_get_focus_child (GTK_CONTAINER (widget)))
    return focus_current (DOT_CANDIDATE_GRID (widget), direction);

  if (direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD)
    return FALSE;
  return GTK_WIDGET_CLASS (dot_candidate_grid_parent_class)->focus (widget, direction);
}

/*  the class  */

static void
dot_candidate_grid_dispose (GObject *object)
{
  g_clear_object (&DOT_CANDIDATE_GRID (object)->gallery);

  G_OBJECT_CLASS (dot_candidate_grid_parent_class)->dispose (object);
}

static void
dot_candidate_grid_class_init (DotCandidateGridClass *klass)
{
  GtkBindingSet  *set          = gtk_binding_set_by_class (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose              = dot_candidate_grid_dispose;
  widget_class->focus                          = dot_candidate_grid_focus;
  widget_class->size_allocate                  = dot_candidate_grid_size_allocate;
  widget_class->get_preferred_width            = dot_candidate_grid_get_preferred_width;
  widget_class->get_preferred_height           = dot_candidate_grid_get_preferred_height;
  widget_class->get_preferred_height_for_width = dot_candidate_grid_get_preferred_height_for_width;

  /* GTK has them with Ctrl, and activates otherwise, which means nothing here */
  gtk_binding_entry_add_signal (set, GDK_KEY_space, 0, "toggle-cursor-child", 0);
  gtk_binding_entry_add_signal (set, GDK_KEY_KP_Space, 0, "toggle-cursor-child", 0);
}

static void
dot_candidate_grid_init (DotCandidateGrid *grid)
{
  GtkFlowBox *box = GTK_FLOW_BOX (grid);

  gtk_flow_box_set_selection_mode (box, GTK_SELECTION_MULTIPLE);
  /* or else Ctrl and Shift have no meaning for clicks */
  gtk_flow_box_set_activate_on_single_click (box, FALSE);
  gtk_flow_box_set_homogeneous (box, TRUE);
  /* or else GTK 3.24 leaves the arrow keys to the window, without Shift and Ctrl */
  gtk_widget_set_can_focus (GTK_WIDGET (grid), TRUE);
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (grid)), _ ("Pictures"));
  g_signal_connect (grid, "selected-children-changed", G_CALLBACK (selection_changed), NULL);
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
  dot_compare_gesture_add (GTK_WIDGET (grid), gallery);
  g_signal_connect_object (gallery, "changed", G_CALLBACK (update), grid, G_CONNECT_SWAPPED);
  update (grid, DOT_GALLERY_SHOWN | DOT_GALLERY_SELECTION);
  return GTK_WIDGET (grid);
}
