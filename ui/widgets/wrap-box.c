/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "wrap-box.h"

/**
 * DotWrapBox:
 *
 * Widgets side by side, as many in a line as there is room for: where letters
 * are large or the window is small the others go into the next lines.  In a
 * line those that expand share what is left.
 */

typedef struct
{
  GPtrArray *children;
  int        spacing;
} DotWrapBoxPrivate;

G_DEFINE_TYPE_WITH_PRIVATE (DotWrapBox, dot_wrap_box, GTK_TYPE_CONTAINER)

/* Children of one line, and how wide each is. */
typedef struct
{
  GPtrArray        *children;
  GtkRequestedSize *sizes;
} Line;

static DotWrapBoxPrivate *
get_private (GtkWidget *widget)
{
  return dot_wrap_box_get_instance_private (DOT_WRAP_BOX (widget));
}

/*  lines  */

static void
line_free (gpointer data)
{
  Line *line = data;

  g_ptr_array_unref (line->children);
  g_free (line->sizes);
  g_free (line);
}

static Line *
line_new (void)
{
  Line *line = g_new0 (Line, 1);

  line->children = g_ptr_array_new ();
  return line;
}

static guint
count_expanding (const Line *line)
{
  guint n = 0;

  for (guint i = 0; i < line->children->len; i++)
    n += gtk_widget_compute_expand (line->children->pdata[i], GTK_ORIENTATION_HORIZONTAL);
  return n;
}

/* Each as wide as it would like to be, then those that expand wider. */
static void
line_set_width (Line *line, int width, int spacing)
{
  guint n    = line->children->len;
  guint some = count_expanding (line);
  int   left = width - (int) (n - 1) * spacing;

  line->sizes = g_new0 (GtkRequestedSize, n);
  for (guint i = 0; i < n; i++)
    {
      gtk_widget_get_preferred_width (line->children->pdata[i], &line->sizes[i].minimum_size,
                                      &line->sizes[i].natural_size);
      left -= line->sizes[i].minimum_size;
    }

  left = gtk_distribute_natural_allocation (MAX (left, 0), n, line->sizes);
  for (guint i = 0; i < n && some > 0; i++)
    if (gtk_widget_compute_expand (line->children->pdata[i], GTK_ORIENTATION_HORIZONTAL))
      {
        line->sizes[i].minimum_size += left / (int) some;
        left -= left / (int) some--;
      }
}

/* Returns: (transfer full): all that is visible, in lines of @width */
static GPtrArray *
make_lines (GtkWidget *widget, int width)
{
  DotWrapBoxPrivate *private = get_private (widget);
  GPtrArray *lines           = g_ptr_array_new_with_free_func (line_free);
  Line      *line            = NULL;
  int        left            = 0;

  for (guint i = 0; i < private->children->len; i++)
    {
      GtkWidget *child = private->children->pdata[i];
      int        least;

      if (! gtk_widget_get_visible (child))
        continue;

      gtk_widget_get_preferred_width (child, &least, NULL);
      if (! line || least + private->spacing > left)
        {
          line = line_new ();
          left = width + private->spacing;
          g_ptr_array_add (lines, line);
        }
      g_ptr_array_add (line->children, child);
      left -= least + private->spacing;
    }

  for (guint i = 0; i < lines->len; i++)
    line_set_width (lines->pdata[i], width, private->spacing);
  return lines;
}

static void
line_get_height (const Line *line, int *minimum, int *natural)
{
  *minimum = 0;
  *natural = 0;
  for (guint i = 0; i < line->children->len; i++)
    {
      int least, wanted;

      gtk_widget_get_preferred_height_for_width (line->children->pdata[i],
                                                 line->sizes[i].minimum_size, &least, &wanted);
      *minimum = MAX (*minimum, least);
      *natural = MAX (*natural, wanted);
    }
}

/*  how large it is  */

static GtkSizeRequestMode
dot_wrap_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
dot_wrap_box_get_preferred_width (GtkWidget *widget, int *minimum, int *natural)
{
  DotWrapBoxPrivate *private = get_private (widget);
  int n                      = 0;

  *minimum = 0;
  *natural = 0;
  for (guint i = 0; i < private->children->len; i++)
    {
      int least, wanted;

      if (! gtk_widget_get_visible (private->children->pdata[i]))
        continue;

      gtk_widget_get_preferred_width (private->children->pdata[i], &least, &wanted);
      *minimum = MAX (*minimum, least);
      *natural += wanted + (n++ > 0 ? private->spacing : 0);
    }
}

static void
dot_wrap_box_get_preferred_height_for_width (GtkWidget *widget,
                                             int        width,
                                             int       *minimum,
                                             int       *natural)
{
  g_autoptr (GPtrArray) lines = make_lines (widget, width);
  int ignored;

  natural  = natural ? natural : &ignored;
  *minimum = lines->len > 0 ? (int) (lines->len - 1) * get_private (widget)->spacing : 0;
  *natural = *minimum;
  for (guint i = 0; i < lines->len; i++)
    {
      int least, wanted;

      line_get_height (lines->pdata[i], &least, &wanted);
      *minimum += least;
      *natural += wanted;
    }
}

static void
dot_wrap_box_get_preferred_height (GtkWidget *widget, int *minimum, int *natural)
{
  int width;

  gtk_widget_get_preferred_width (widget, NULL, &width);
  dot_wrap_box_get_preferred_height_for_width (widget, width, minimum, natural);
}

/* @y: its top.  Text from right to left begins on the right. */
static void
line_allocate (const Line *line, const GtkAllocation *whole, int y, int height, int spacing)
{
  int x = 0;

  for (guint i = 0; i < line->children->len; i++)
    {
      GtkWidget    *child = line->children->pdata[i];
      int           width = line->sizes[i].minimum_size;
      GtkAllocation place = { whole->x + x, y, width, height };

      if (gtk_widget_get_direction (child) == GTK_TEXT_DIR_RTL)
        place.x = whole->x + whole->width - x - width;
      gtk_widget_size_allocate (child, &place);
      x += width + spacing;
    }
}

static void
dot_wrap_box_size_allocate (GtkWidget *widget, GtkAllocation *allocation)
{
  int spacing                 = get_private (widget)->spacing;
  g_autoptr (GPtrArray) lines = make_lines (widget, allocation->width);
  int y                       = allocation->y;
  int left;

  gtk_widget_set_allocation (widget, allocation);
  dot_wrap_box_get_preferred_height_for_width (widget, allocation->width, &left, NULL);
  left = allocation->height - left;
  for (guint i = 0; i < lines->len; i++)
    {
      int least, wanted, more;

      line_get_height (lines->pdata[i], &least, &wanted);
      /* the last has all that is left */
      more = i == lines->len - 1 ? left : MIN (wanted - least, left);
      line_allocate (lines->pdata[i], allocation, y, least + more, spacing);
      left -= more;
      y += least + more + spacing;
    }
}

/*  what is in it  */

static void
dot_wrap_box_add (GtkContainer *container, GtkWidget *child)
{
  g_ptr_array_add (get_private (GTK_WIDGET (container))->children, child);
  gtk_widget_set_parent (child, GTK_WIDGET (container));
}

static void
dot_wrap_box_remove (GtkContainer *container, GtkWidget *child)
{
  g_ptr_array_remove (get_private (GTK_WIDGET (container))->children, child);
  gtk_widget_unparent (child);
  gtk_widget_queue_resize (GTK_WIDGET (container));
}

/* @func may take the child away. */
static void
dot_wrap_box_forall (GtkContainer *container, gboolean internals, GtkCallback func, gpointer data)
{
  DotWrapBoxPrivate *private   = get_private (GTK_WIDGET (container));
  g_autoptr (GPtrArray) before = g_ptr_array_copy (private->children, NULL, NULL);

  for (guint i = 0; i < before->len; i++)
    func (before->pdata[i], data);
}

static GType
dot_wrap_box_child_type (GtkContainer *container)
{
  return GTK_TYPE_WIDGET;
}

/*  the class  */

static void
dot_wrap_box_finalize (GObject *object)
{
  g_ptr_array_unref (get_private (GTK_WIDGET (object))->children);

  G_OBJECT_CLASS (dot_wrap_box_parent_class)->finalize (object);
}

static void
dot_wrap_box_class_init (DotWrapBoxClass *klass)
{
  GtkWidgetClass    *widget_class    = GTK_WIDGET_CLASS (klass);
  GtkContainerClass *container_class = GTK_CONTAINER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize             = dot_wrap_box_finalize;
  widget_class->get_request_mode               = dot_wrap_box_get_request_mode;
  widget_class->get_preferred_width            = dot_wrap_box_get_preferred_width;
  widget_class->get_preferred_height           = dot_wrap_box_get_preferred_height;
  widget_class->get_preferred_height_for_width = dot_wrap_box_get_preferred_height_for_width;
  widget_class->size_allocate                  = dot_wrap_box_size_allocate;
  container_class->add                         = dot_wrap_box_add;
  container_class->remove                      = dot_wrap_box_remove;
  container_class->forall                      = dot_wrap_box_forall;
  container_class->child_type                  = dot_wrap_box_child_type;
}

static void
dot_wrap_box_init (DotWrapBox *box)
{
  get_private (GTK_WIDGET (box))->children = g_ptr_array_new ();
  gtk_widget_set_has_window (GTK_WIDGET (box), FALSE);
}

/**
 * dot_wrap_box_new:
 * @spacing: between widgets, and between lines, in GTK's pixels
 *
 * Returns: an empty box
 */
GtkWidget *
dot_wrap_box_new (int spacing)
{
  GtkWidget *box = g_object_new (DOT_TYPE_WRAP_BOX, NULL);

  dot_wrap_box_set_spacing (DOT_WRAP_BOX (box), spacing);
  return box;
}

/**
 * dot_wrap_box_set_spacing:
 * @spacing: between widgets, and between lines, in GTK's pixels
 */
void
dot_wrap_box_set_spacing (DotWrapBox *box, int spacing)
{
  get_private (GTK_WIDGET (box))->spacing = spacing;
  gtk_widget_queue_resize (GTK_WIDGET (box));
}
