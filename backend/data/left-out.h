/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dataset.h"

G_BEGIN_DECLS

/**
 * DotLeftOutReason:
 * @DOT_LEFT_OUT_TWICE: another name leads to the same file or folder
 * @DOT_LEFT_OUT_NOWHERE: a link to what isn't there
 * @DOT_LEFT_OUT_LINK: a link in a tar
 * @DOT_LEFT_OUT_OTHER: no file that is called like a picture
 * @DOT_LEFT_OUT_OUTSIDE: in no class's folder, where there are some
 *
 * Why a name that was met isn't read.
 */
typedef enum
{
  DOT_LEFT_OUT_TWICE,
  DOT_LEFT_OUT_NOWHERE,
  DOT_LEFT_OUT_LINK,
  DOT_LEFT_OUT_OTHER,
  DOT_LEFT_OUT_OUTSIDE,
  DOT_LEFT_OUT_REASONS
} DotLeftOutReason;

/**
 * DotLeftOut:
 * @count: for each reason
 * @first: for each reason the first name in the order of the alphabet
 */
typedef struct
{
  guint count[DOT_LEFT_OUT_REASONS];
  char *first[DOT_LEFT_OUT_REASONS];
} DotLeftOut;

void dot_left_out_add (DotLeftOut *out, DotLeftOutReason reason, const char *name);
void dot_left_out_tell (const DotLeftOut *out, const DotDatasetOptions *options);
void dot_left_out_clear (DotLeftOut *out);

G_END_DECLS
