/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "session.h"
#include "settings.h"

G_BEGIN_DECLS

#define DOT_TYPE_QUEUE (dot_queue_get_type ())
G_DECLARE_FINAL_TYPE (DotQueue, dot_queue, DOT, QUEUE, GObject)

DotQueue *dot_queue_new (DotSettings *settings, DotSession *session);
void      dot_queue_set (DotQueue *queue, const DotRefineOptions *options);
void      dot_queue_refuse (DotQueue *queue, const GError *error);
void      dot_queue_clear (DotQueue *queue);
gboolean  dot_queue_is_empty (DotQueue *queue);
char     *dot_queue_get_text (DotQueue *queue);

G_END_DECLS
