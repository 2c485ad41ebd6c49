/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#ifdef __cplusplus
extern "C"
{
#endif

#define DOT_PROBE_ABI    1
#define DOT_PROBE_SYMBOL "dot_probe_module"

  /**
   * DotProbeClass:
   * @abi: %DOT_PROBE_ABI
   * @probe: returns 1 and a description of the first GPU where a kernel and a
   *   cuDNN convolution give the right numbers on it, 0 and the reason where
   *   not
   *
   * What tries a GPU.  The module that computes on one exports
   * `const DotProbeClass *dot_probe_module (void)`.
   */
  typedef struct
  {
    unsigned int abi;
    int (*probe) (char *text, unsigned long size);
  } DotProbeClass;

  int dot_cuda_probe (char *text, unsigned long size);

#define DOT_FILL_ABI    1
#define DOT_FILL_SYMBOL "dot_fill_module"

  /**
   * DotFillClass:
   * @abi: %DOT_FILL_ABI
   * @fill: takes the GPU's memory but for about @left bytes; returns how many it took
   * @release: gives them back
   *
   * What tries how the engine does with too little memory.  The same module exports
   * `const DotFillClass *dot_fill_module (void)`.
   */
  typedef struct
  {
    unsigned int abi;
    unsigned long (*fill) (unsigned long left);
    void (*release) (void);
  } DotFillClass;

#ifdef __cplusplus
}
#endif
