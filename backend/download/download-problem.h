/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

#include "model/known.h"

G_BEGIN_DECLS

gboolean dot_download_problem_write (const char *path, int code, GError **error);
gboolean dot_download_problem_check_space (const char *folder,
                                           const char *id,
                                           guint64     needed,
                                           GError    **error);
void     dot_download_problem_reach (const char *address, const char *reason, GError **error);
void     dot_download_problem_unsafe (const char *address, const GError *cause, GError **error);
void     dot_download_problem_status (const char         *address,
                                      guint               status,
                                      const DotKnownFile *file,
                                      GError            **error);
void     dot_download_problem_page (const char *address, GError **error);
void dot_download_problem_length (const char *address, const DotKnownFile *file, GError **error);
void dot_download_problem_redirect (const char *address, const char *target, GError **error);
void dot_download_problem_broken (const char *address,
                                  guint64     size,
                                  gboolean    goes_on,
                                  const char *reason,
                                  GError    **error);
void dot_download_problem_sum (const char         *address,
                               const char         *sum,
                               const DotKnownFile *file,
                               GError            **error);

G_END_DECLS
