/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DOT_TYPE_WRAP_BOX (dot_wrap_box_get_type ())
G_DECLARE_DERIVABLE_TYPE (DotWrapBox, dot_wrap_box, DOT, WRAP_BOX, GtkContainer)

struct _DotWrapBoxClass
{
  GtkContainerClass parent_class;
};

GtkWidget *dot_wrap_box_new (int spacing);
void       dot_wrap_box_set_spacing (DotWrapBox *box, int spacing);

G_END_DECLS
