/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_WIRE_H__
#define __DOT_WIRE_H__

#include <glib.h>

G_BEGIN_DECLS

typedef struct _DotWire DotWire;

typedef void (*DotWireFunc) (gpointer user_data);

DotWire *dot_wire_new (void);
void     dot_wire_push (DotWire *wire, DotWireFunc task, DotWireFunc done, gpointer user_data);
void     dot_wire_wait (DotWire *wire);
void     dot_wire_free (DotWire *wire);

G_END_DECLS

#endif /* __DOT_WIRE_H__ */
