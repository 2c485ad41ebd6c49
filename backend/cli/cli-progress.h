/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* One line on the terminal that says how far it is. */

#pragma once

#include "dot.h"

void cli_progress_show_phase (const char *message, double fraction, gpointer data);
void cli_progress_show_long_phase (const char *message, double fraction, gpointer data);
void cli_progress_show_step (const DotStep *step);
void cli_progress_show_notice (const char *sentence, gpointer data);
void cli_progress_clear (void);
