/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

typedef struct _DotClassList DotClassList;

DotClassList *dot_class_list_new (DotModel *model, const char *const *recent);
void          dot_class_list_free (DotClassList *list);
guint         dot_class_list_get_n (DotClassList *list);
const char   *dot_class_list_get_text (DotClassList *list, guint position);
char         *dot_class_list_get_detail (DotClassList *list, guint position);
gboolean      dot_class_list_is_recent (DotClassList *list, guint position);
guint         dot_class_list_search (DotClassList *list, const char *typed, guint *order);
guint         dot_class_list_draw (DotClassList *list, const char *but, GRand *chance);

const char *dot_class_list_get_class_text (DotModel *model, const DotClass *klass);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotClassList, dot_class_list_free)

G_END_DECLS
