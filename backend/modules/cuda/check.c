/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What CUDA's libraries answer, as errors of ours. */

#include "cuda-context.h"

#include "base/intl.h"

static gboolean
set_memory_error (GError **error)
{
  g_set_error_literal (error, DOT_ERROR, DOT_ERROR_NO_DEVICE_MEMORY,
                       _ ("The GPU has not enough memory: ask for fewer "
                          "candidates, or take --device cpu."));
  return FALSE;
}

static gboolean
set_unfit (GError **error)
{
  g_set_error_literal (error, DOT_ERROR, DOT_ERROR_NO_BACKEND,
                       _ ("The native engine can't compute this model: take --engine torch."));
  return FALSE;
}

/* Another device may do what this one can't. */
static gboolean
set_failure (const char *reason, GError **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_NO_DEVICE,
               _ ("The GPU failed (%s): take --engine torch or --device cpu."), reason);
  return FALSE;
}

/**
 * dot_check_cuda:
 *
 * Returns: whether @status is a success; sets @error where it isn't
 */
gboolean
dot_check_cuda (cudaError_t status, GError **error)
{
  if (status == cudaSuccess)
    return TRUE;

  /* What it remembers would be taken for the next call's. */
  cudaGetLastError ();
  if (status == cudaErrorMemoryAllocation)
    return set_memory_error (error);
  return set_failure (cudaGetErrorString (status), error);
}

/**
 * dot_check_cudnn:
 *
 * Returns: whether @status is a success; sets @error where it isn't:
 *   %DOT_ERROR_NO_BACKEND where cuDNN hasn't got what was asked for
 */
gboolean
dot_check_cudnn (cudnnStatus_t status, GError **error)
{
  if (status == CUDNN_STATUS_SUCCESS)
    return TRUE;

  cudaGetLastError ();
  if (status == CUDNN_STATUS_INTERNAL_ERROR_HOST_ALLOCATION_FAILED ||
      status == CUDNN_STATUS_INTERNAL_ERROR_DEVICE_ALLOCATION_FAILED)
    return set_memory_error (error);
  if (CUDNN_STATUS_CATEGORY (status) == CUDNN_STATUS_NOT_SUPPORTED)
    return set_unfit (error);
  return set_failure (cudnnGetErrorString (status), error);
}

/**
 * dot_check_cublas:
 *
 * Returns: whether @status is a success; sets @error where it isn't:
 *   %DOT_ERROR_NO_BACKEND where cuBLAS hasn't got what was asked for
 */
gboolean
dot_check_cublas (cublasStatus_t status, GError **error)
{
  if (status == CUBLAS_STATUS_SUCCESS)
    return TRUE;

  cudaGetLastError ();
  if (status == CUBLAS_STATUS_ALLOC_FAILED)
    return set_memory_error (error);
  if (status == CUBLAS_STATUS_NOT_SUPPORTED)
    return set_unfit (error);
  return set_failure (cublasGetStatusString (status), error);
}
