/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* An axis: where its lines are, and what they are called. */

#include "plot-axis.h"

#include <math.h>
#include <string.h>

/* 1, 2 or 5 times a power of ten, so that there are at most @max_ticks. */
static double
choose_step (double length, guint max_ticks)
{
  const double factors[] = { 1.0, 2.0, 5.0, 10.0 };
  double       rough     = length / max_ticks;
  double       power     = pow (10.0, floor (log10 (rough)));

  for (guint i = 0; i < G_N_ELEMENTS (factors); i++)
    if (factors[i] * power >= rough)
      return factors[i] * power;
  return 10.0 * power;
}

/**
 * dot_plot_axis_init:
 * @low, @high: finite; @low below @high, and above 0 where @logarithmic
 * @max_ticks: at most one less than %DOT_PLOT_AXIS_MAX_TICKS
 */
void
dot_plot_axis_init (DotPlotAxis *axis,
                    double       low,
                    double       high,
                    gboolean     logarithmic,
                    guint        max_ticks)
{
  double first;

  axis->logarithmic = logarithmic;
  axis->low         = logarithmic ? log10 (low) : low;
  axis->high        = logarithmic ? log10 (high) : high;
  axis->step        = choose_step (axis->high - axis->low, max_ticks);
  if (logarithmic)
    axis->step = MAX (axis->step, 1.0);
  axis->n_ticks = 0;
  first         = ceil (axis->low / axis->step - 1e-9);
  for (guint i = 0; i < DOT_PLOT_AXIS_MAX_TICKS; i++)
    if ((first + i) * axis->step <= axis->high + 1e-9 * axis->step)
      axis->ticks[axis->n_ticks++] = (first + i) * axis->step;
}

/**
 * dot_plot_axis_place:
 *
 * Returns: where @value is, from 0 to 1
 */
double
dot_plot_axis_place (const DotPlotAxis *axis, double value)
{
  if (axis->logarithmic)
    value = log10 (value);
  return (value - axis->low) / (axis->high - axis->low);
}

/* Thousands are set apart by a narrow space, as in every language. */
static char *
group (double value)
{
  char     digits[32];
  GString *text = g_string_new (value < 0.0 ? "−" : NULL);

  g_snprintf (digits, sizeof (digits), "%.0f", fabs (value));
  for (gsize i = 0, n = strlen (digits); i < n; i++)
    {
      if (i > 0 && (n - i) % 3 == 0)
        g_string_append (text, "\u202f");
      g_string_append_c (text, digits[i]);
    }
  return g_string_free (text, FALSE);
}

/**
 * dot_plot_axis_label:
 *
 * Returns: (transfer full): what is written beside line @tick
 */
char *
dot_plot_axis_label (const DotPlotAxis *axis, guint tick)
{
  double value = axis->ticks[tick];
  double step  = axis->step;
  char   number[G_ASCII_DTOSTR_BUF_SIZE];
  char   format[8];

  if (axis->logarithmic)
    {
      value = pow (10.0, value);
      step  = value;
    }
  if (fabs (value) >= 1e9 || (value != 0.0 && step < 1e-5))
    return g_strdup (g_ascii_formatd (number, sizeof (number), "%.3g", value));
  if (step >= 0.999)
    return group (round (value));
  g_snprintf (format, sizeof (format), "%%.%df", (int) ceil (-log10 (step) - 1e-9));
  /* Not −0.0. */
  g_ascii_formatd (number, sizeof (number), format, fabs (value) < 0.5 * step ? 0.0 : fabs (value));
  return g_strconcat (value <= -0.5 * step ? "−" : "", number, NULL);
}
