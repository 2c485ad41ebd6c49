/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Long work that Ctrl+C can end. */

#pragma once

#include <gio/gio.h>

/**
 * CliJobFunc:
 * @data: as given to cli_job_run()
 * @cancellable: cancelled when the person has had enough
 * @error: where it says why it failed
 *
 * Long work, done in a thread of its own.
 *
 * Returns: whether it is done.
 */
typedef gboolean (*CliJobFunc) (gpointer data, GCancellable *cancellable, GError **error);

void     cli_job_keep_memory (void);
gboolean cli_job_run (CliJobFunc func, gpointer data, const char *cancelled, GError **error);
