/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DotGimp:
 * @name: "GIMP 3.0", with what is special about it
 * @settings: the folder of the person's settings, which may not be there yet
 * @folders: where it looks for plug-ins, the first first
 * @sandbox: whether it runs in one, with libraries of its own
 *
 * A GIMP 3 of the person's.
 */
typedef struct
{
  char    *name;
  char    *settings;
  GStrv    folders;
  gboolean sandbox;
} DotGimp;

GPtrArray *dot_doctor_gimp_list (void);

G_END_DECLS
