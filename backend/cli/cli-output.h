/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What the program says, and what libraries must not. */

#pragma once

#include <json-glib/json-glib.h>

#define PROGRAM "dot-refine"

void     cli_output_silence_libraries (void);
gboolean cli_output_is_terminal (void);
char    *cli_output_get_shown (const char *text);
guint    cli_output_get_width (const char *text);

void     cli_print (const char *format, ...) G_GNUC_PRINTF (1, 2);
void     cli_print_error (const char *format, ...) G_GNUC_PRINTF (1, 2);
void     cli_output_warn (const char *warning);
void     cli_output_json (JsonBuilder *builder);
gboolean cli_output_flush (GError **error);
