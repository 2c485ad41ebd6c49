/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

/**
 * DotRows:
 * @features: rows of @size numbers
 * @n: how many of them are meant
 * @size: F
 * @chosen: (nullable): (n) which; %NULL: the first @n
 */
typedef struct
{
  const float *features;
  gsize        n;
  gsize        size;
  const gsize *chosen;
} DotRows;

/**
 * DotRowBlock:
 * @same: whether rows are compared with rows of the same set
 * @first, @n: which rows of the one set
 * @second, @m: which of the other
 * @products: (n, m) x · y
 * @squares: (n, m) ‖x − y‖², not below 0; 0 of a row with itself
 */
typedef struct
{
  gboolean      same;
  gsize         first;
  gsize         n;
  gsize         second;
  gsize         m;
  const double *products;
  const double *squares;
} DotRowBlock;

typedef gboolean (*DotRowsFunc) (const DotRowBlock *block, gpointer user_data, GError **error);

gboolean dot_row_pairs_compare (const DotRows *one,
                                const DotRows *other,
                                DotRowsFunc    func,
                                gpointer       user_data,
                                GCancellable  *cancellable,
                                GError       **error);

G_END_DECLS
