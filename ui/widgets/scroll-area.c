/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "scroll-area.h"

#include "paint.h"

/**
 * DotScrollArea:
 *
 * A drawing of any size in a #GtkScrolledWindow.  In a viewport it would be a
 * window of that size, which must not be larger than 32,767 pixels; here its
 * part that is seen is drawn.
 */

typedef struct
{
  GtkAdjustment *adjustments[2];
  double         content[2];
} DotScrollAreaPrivate;

/* The four of GtkScrollable. */
enum
{
  PROP_0,
  PROP_HADJUSTMENT,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

G_DEFINE_TYPE_WITH_CODE (DotScrollArea,
                         dot_scroll_area,
                         GTK_TYPE_DRAWING_AREA,
                         G_ADD_PRIVATE (DotScrollArea)
                           G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

static DotScrollAreaPrivate *
get_private (DotScrollArea *area)
{
  return dot_scroll_area_get_instance_private (area);
}

/*  adjustments  */

static void
configure (DotScrollArea *area, int axis)
{
  DotScrollAreaPrivate *private = get_private (area);
  GtkWidget     *widget         = GTK_WIDGET (area);
  GtkAdjustment *adjustment     = private->adjustments[axis];
  double         page           = axis == 0 ? gtk_widget_get_allocated_width (widget)
                                            : gtk_widget_get_allocated_height (widget);
  double         upper          = MAX (private->content[axis], page);

  if (! adjustment)
    return;

  gtk_adjustment_configure (adjustment,
                            CLAMP (gtk_adjustment_get_value (adjustment), 0.0, upper - page), 0.0,
                            upper, 0.1 * page, 0.9 * page, page);
}

static void
set_adjustment (DotScrollArea *area, int axis, GtkAdjustment *adjustment)
{
  DotScrollAreaPrivate *private = get_private (area);
  GtkAdjustment **place         = &private->adjustments[axis];

  if (*place == adjustment)
    return;
  if (*place)
    g_signal_handlers_disconnect_by_data (*place, area);
  g_clear_object (place);
  if (! adjustment)
    return;

  *place = g_object_ref_sink (adjustment);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (gtk_widget_queue_draw), area,
                           G_CONNECT_SWAPPED);
  configure (area, axis);
}

static double
get_value (DotScrollArea *area, int axis)
{
  GtkAdjustment *adjustment = get_private (area)->adjustments[axis];

  return adjustment ? dot_paint_round (GTK_WIDGET (area), gtk_adjustment_get_value (adjustment))
                    : 0.0;
}

static void
set_value (DotScrollArea *area, int axis, double value)
{
  GtkAdjustment *adjustment = get_private (area)->adjustments[axis];

  if (adjustment)
    gtk_adjustment_set_value (adjustment, value);
}

/*  the class  */

static void
dot_scroll_area_size_allocate (GtkWidget *widget, GtkAllocation *allocation)
{
  GTK_WIDGET_CLASS (dot_scroll_area_parent_class)->size_allocate (widget, allocation);

  configure (DOT_SCROLL_AREA (widget), 0);
  configure (DOT_SCROLL_AREA (widget), 1);
}

static void
dot_scroll_area_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_HADJUSTMENT:
    case PROP_VADJUSTMENT:
      set_adjustment (DOT_SCROLL_AREA (object), id - PROP_HADJUSTMENT, g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
    case PROP_VSCROLL_POLICY:
      /* it has no natural size that could matter */
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dot_scroll_area_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  DotScrollAreaPrivate *private = get_private (DOT_SCROLL_AREA (object));

  switch (id)
    {
    case PROP_HADJUSTMENT:
    case PROP_VADJUSTMENT:
      g_value_set_object (value, private->adjustments[id - PROP_HADJUSTMENT]);
      break;
    case PROP_HSCROLL_POLICY:
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, GTK_SCROLL_MINIMUM);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dot_scroll_area_dispose (GObject *object)
{
  set_adjustment (DOT_SCROLL_AREA (object), 0, NULL);
  set_adjustment (DOT_SCROLL_AREA (object), 1, NULL);

  G_OBJECT_CLASS (dot_scroll_area_parent_class)->dispose (object);
}

static void
dot_scroll_area_class_init (DotScrollAreaClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property  = dot_scroll_area_set_property;
  object_class->get_property  = dot_scroll_area_get_property;
  object_class->dispose       = dot_scroll_area_dispose;
  widget_class->size_allocate = dot_scroll_area_size_allocate;

  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
}

static void
dot_scroll_area_init (DotScrollArea *area)
{
}

/**
 * dot_scroll_area_set_content:
 * @width: of the whole drawing, in GTK's pixels
 * @height: of the whole drawing
 */
void
dot_scroll_area_set_content (DotScrollArea *area, double width, double height)
{
  DotScrollAreaPrivate *private = get_private (area);

  private->content[0] = width;
  private->content[1] = height;
  configure (area, 0);
  configure (area, 1);
  gtk_widget_queue_draw (GTK_WIDGET (area));
}

/**
 * dot_scroll_area_get_x:
 *
 * Returns: how much of the drawing is out of sight on the left, on an edge of
 *   the screen's pixels
 */
double
dot_scroll_area_get_x (DotScrollArea *area)
{
  return get_value (area, 0);
}

/**
 * dot_scroll_area_get_y:
 *
 * Returns: how much of the drawing is out of sight above
 */
double
dot_scroll_area_get_y (DotScrollArea *area)
{
  return get_value (area, 1);
}

void
dot_scroll_area_set_x (DotScrollArea *area, double x)
{
  set_value (area, 0, x);
}

void
dot_scroll_area_set_y (DotScrollArea *area, double y)
{
  set_value (area, 1, y);
}

/**
 * dot_scroll_area_show_x:
 * @x: of a part of the drawing
 * @width: of that part
 *
 * Scrolls as far as is needed to see it.
 */
void
dot_scroll_area_show_x (DotScrollArea *area, double x, double width)
{
  GtkAdjustment *adjustment = get_private (area)->adjustments[0];

  if (adjustment)
    gtk_adjustment_clamp_page (adjustment, x, x + width);
}
