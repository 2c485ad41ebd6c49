/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What all drawings have in common: colours and text. */

#include "plot-style.h"

#include <math.h>

#define FONT      "Sans"
#define FONT_SIZE 11.0

/* By Okabe and Ito, to be told apart by everyone. */
static const DotPlotColor colors[] = {
  { 0.000, 0.447, 0.698 }, { 0.835, 0.369, 0.000 }, { 0.000, 0.620, 0.451 },
  { 0.800, 0.475, 0.655 }, { 0.902, 0.624, 0.000 }, { 0.337, 0.706, 0.914 },
  { 0.300, 0.300, 0.300 },
};

const DotPlotColor dot_plot_style_text  = { 0.13, 0.13, 0.13 };
const DotPlotColor dot_plot_style_faint = { 0.45, 0.45, 0.45 };
const DotPlotColor dot_plot_style_axis  = { 0.35, 0.35, 0.35 };
const DotPlotColor dot_plot_style_grid  = { 0.90, 0.90, 0.90 };

/*  text  */

PangoLayout *
dot_plot_style_new_layout (cairo_t *cairo, const char *text, gboolean bold, double max_width)
{
  PangoLayout          *layout = pango_cairo_create_layout (cairo);
  PangoFontDescription *font   = pango_font_description_from_string (FONT);

  pango_font_description_set_absolute_size (font, FONT_SIZE * PANGO_SCALE);
  if (bold)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_text (layout, text, -1);
  if (max_width > 0.0)
    {
      int width;

      pango_layout_get_pixel_size (layout, &width, NULL);
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      if (width > max_width)
        pango_layout_set_width (layout, (int) (max_width * PANGO_SCALE));
    }
  pango_font_description_free (font);
  return layout;
}

void
dot_plot_style_set_color (cairo_t *cairo, const DotPlotColor *color)
{
  cairo_set_source_rgb (cairo, color->red, color->green, color->blue);
}

/* @align: 0 where @x is the text's left end, 1 where its right; @y is its
 * middle.
 *
 * Returns: its width */
double
dot_plot_style_show_text (cairo_t            *cairo,
                          const char         *text,
                          gboolean            bold,
                          const DotPlotColor *color,
                          double              max_width,
                          double              x,
                          double              y,
                          double              align)
{
  PangoLayout *layout = dot_plot_style_new_layout (cairo, text, bold, max_width);
  int          width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  dot_plot_style_set_color (cairo, color);
  cairo_move_to (cairo, round (x - align * width), round (y - height / 2.0));
  pango_cairo_show_layout (cairo, layout);
  g_object_unref (layout);
  return width;
}

/*  colours  */

/* Of one run the second line has a colour of its own; of several it is the
 * run's, lighter. */
DotPlotColor
dot_plot_style_get_color (const DotPlot *plot, guint run, gboolean second)
{
  gboolean     several = plot->runs->len > 1;
  DotPlotColor color   = colors[(several ? run : second ? 1 : 0) % G_N_ELEMENTS (colors)];

  if (second && several)
    {
      color.red   = 0.5 + 0.5 * color.red;
      color.green = 0.5 + 0.5 * color.green;
      color.blue  = 0.5 + 0.5 * color.blue;
    }
  return color;
}

void
dot_plot_style_draw_line (cairo_t            *cairo,
                          const DotPlotColor *color,
                          double              x0,
                          double              y0,
                          double              x1,
                          double              y1)
{
  dot_plot_style_set_color (cairo, color);
  cairo_set_line_width (cairo, 1.0);
  cairo_move_to (cairo, x0, y0);
  cairo_line_to (cairo, x1, y1);
  cairo_stroke (cairo);
}
