/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_CUDA_PROBE_H__
#define __DOT_CUDA_PROBE_H__

#ifdef __cplusplus
extern "C"
{
#endif

#define DOT_CUDA_PROBE_SYMBOL "dot_cuda_probe"

  /* Returns 1 and a description of the first GPU where a kernel and a cuDNN
 * convolution give the right numbers on it, 0 and the reason where not. */
  typedef int (*DotCudaProbeFunc) (char *text, unsigned long size);

  int dot_cuda_probe (char *text, unsigned long size);

#ifdef __cplusplus
}
#endif

#endif /* __DOT_CUDA_PROBE_H__ */
