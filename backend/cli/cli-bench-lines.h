/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The table of dot-refine bench. */

#pragma once

#include "cli-bench-child.h"

typedef struct _CliBenchLines CliBenchLines;

CliBenchLines *cli_bench_lines_new (const CliBenchArguments *arguments);
void           cli_bench_lines_free (CliBenchLines *lines);

gboolean cli_bench_lines_has_failed (CliBenchLines *lines, guint line);
void     cli_bench_lines_add (CliBenchLines *lines, guint line, const CliBenchAnswer *answer);
void cli_bench_lines_add_peak (CliBenchLines *lines, guint precision, const CliBenchAnswer *answer);
void cli_bench_lines_print_table (CliBenchLines *lines);
void cli_bench_lines_print_json (CliBenchLines *lines);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliBenchLines, cli_bench_lines_free)
