/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The entries of the table in method.c, one a file. */

#pragma once

#include "method-class.h"

G_BEGIN_DECLS

extern const DotMethodClass dot_method_dot;
extern const DotMethodClass dot_method_naive;
extern const DotMethodClass dot_method_ddls;
extern const DotMethodClass dot_method_dgflow;
extern const DotMethodClass dot_method_rep;
extern const DotMethodClass dot_method_ex2mcmc;
extern const DotMethodClass dot_method_mh;
extern const DotMethodClass dot_method_drs;
extern const DotMethodClass dot_method_obrs;

G_END_DECLS
