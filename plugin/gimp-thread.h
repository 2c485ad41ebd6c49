/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _DotGimpThread DotGimpThread;

typedef void (*DotGimpThreadFunc) (gpointer user_data);

DotGimpThread *dot_gimp_thread_new (void);
void           dot_gimp_thread_push (DotGimpThread    *thread,
                                     DotGimpThreadFunc task,
                                     DotGimpThreadFunc done,
                                     gpointer          user_data);
void           dot_gimp_thread_wait (DotGimpThread *thread);
void           dot_gimp_thread_free (DotGimpThread *thread);

G_END_DECLS
