/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The words and numbers of the command line. */

#pragma once

#include <glib-object.h>

gboolean cli_parse_arguments (int                *argc,
                              char             ***argv,
                              const GOptionEntry *entries,
                              const char         *summary,
                              const char         *description,
                              GError            **error);
gboolean cli_parse_is_usage_error (const GError *error);
void     cli_parse_usage_error (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

gboolean    cli_parse_int64 (const char *option, const char *text, gint64 *value, GError **error);
gboolean    cli_parse_uint (const char *option,
                            const char *text,
                            guint       smallest,
                            guint      *value,
                            GError    **error);
gboolean    cli_parse_double (const char *option, const char *text, double *value, GError **error);
void        cli_parse_string (char **option, char **text);
gboolean    cli_parse_word (GType       type,
                            const char *option,
                            const char *text,
                            gpointer    value,
                            GError    **error);
const char *cli_parse_list_words (GType type);
