/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A process that measures, and what it says. */

#pragma once

#include "cli-bench-arguments.h"

/**
 * CliBenchAnswer:
 * @error: (nullable): why it could not be measured
 * @engine, @device, @precision: (nullable): what computed, where and how
 * @flops: of an update of one candidate; 0 where it isn't known
 * @load_ms: reading the files, and making the engine ready
 * @first_image_ms: from the start of the process to the first picture
 * @peak_mib: the largest resident set
 * @updates: (element-type double): milliseconds of each update
 * @peak_convolution, @peak_product: operations a second
 *
 * What one process found out; a number that it hasn't said is NaN.
 */
typedef struct
{
  char   *error;
  char   *engine;
  char   *device;
  char   *precision;
  double  flops;
  double  load_ms;
  double  first_image_ms;
  double  peak_mib;
  GArray *updates;
  double  peak_convolution;
  double  peak_product;
} CliBenchAnswer;

CliBenchAnswer *cli_bench_child_ask (const CliBenchCase *one,
                                     CliBenchRole        role,
                                     guint               updates,
                                     GCancellable       *cancellable,
                                     GError            **error);
void            cli_bench_child_answer_free (CliBenchAnswer *answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliBenchAnswer, cli_bench_child_answer_free)
