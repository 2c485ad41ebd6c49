/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <libgimp/gimp.h>

#include "core/session.h"
#include "core/settings.h"

G_BEGIN_DECLS

typedef struct _DotGimpRun DotGimpRun;

typedef void (*DotGimpRunShown) (gpointer user_data);
typedef void (*DotGimpRunAdded) (const GError *error, gpointer user_data);
typedef void (*DotGimpRunProgress) (double fraction, gpointer user_data);
/**
 * DotGimpRunOpen:
 * @width: of the image that the next run's layers go into; 0 where there is none
 * @height: of that image
 * @states: what its selected layers carry, ended by %NULL
 * @is_there: whether it has anything to see
 * @picture: (nullable): a file of that, where it was asked for
 *
 * What is open in GIMP.
 */
typedef struct
{
  int      width;
  int      height;
  GStrv    states;
  gboolean is_there;
  GBytes  *picture;
} DotGimpRunOpen;

typedef void (*DotGimpRunRead) (const DotGimpRunOpen *open, gpointer user_data);

DotGimpRun *dot_gimp_run_new (GimpImage *image, GimpRunMode run_mode, DotSettings *settings);
void dot_gimp_run_set_shown (DotGimpRun *gimp_run, DotGimpRunShown shown, gpointer user_data);
DotSession *dot_gimp_run_get_session (DotGimpRun *gimp_run);
gboolean    dot_gimp_run_start (DotGimpRun             *gimp_run,
                                const DotRefineOptions *options,
                                DotRun                  run,
                                GError                **error);
void        dot_gimp_run_wait (DotGimpRun *gimp_run);
void        dot_gimp_run_add_layers (DotGimpRun        *gimp_run,
                                     GPtrArray         *frames,
                                     GCancellable      *cancellable,
                                     DotGimpRunProgress progress,
                                     DotGimpRunAdded    added,
                                     gpointer           user_data);
void        dot_gimp_run_read (DotGimpRun    *gimp_run,
                               gboolean       with_picture,
                               DotGimpRunRead read,
                               gpointer       user_data);
void        dot_gimp_run_take_seeds (DotGimpRun *gimp_run);
void        dot_gimp_run_return_seeds (DotGimpRun *gimp_run);
gboolean    dot_gimp_run_has_made (DotGimpRun *gimp_run);
gboolean    dot_gimp_run_has_result (DotGimpRun *gimp_run);
GimpImage  *dot_gimp_run_get_image (DotGimpRun *gimp_run);
GimpLayer **dot_gimp_run_take_layers (DotGimpRun *gimp_run);
void        dot_gimp_run_free (DotGimpRun *gimp_run);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotGimpRun, dot_gimp_run_free)

G_END_DECLS
