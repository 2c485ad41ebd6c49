/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

#include <stdint.h>
#include <unistd.h>

/* What a target has: libFuzzer calls it with bytes of its own, replay.c with
 * the files of a folder. */
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

const char *fuzz_write (const char *name, const uint8_t *data, size_t size);
void        fuzz_check (const GError *error);
