/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Whether this computer's GPU computes: not that a driver is there, but that
 * a kernel of ours and a convolution of cuDNN give the right numbers. */

#include "engine/probe.h"

#include <cstdio>

#include <cuda_runtime.h>
#include <cudnn.h>

namespace
{

constexpr int size   = 8;
constexpr int pixels = size * size;

__global__ void
fill (float *values, int n)
{
  int i = blockIdx.x * blockDim.x + threadIdx.x;

  if (i < n)
    values[i] = static_cast<float> (i);
}

/* Device memory and cuDNN's objects, let go on every way out. */
struct Workspace
{
  cudnnHandle_t                handle = nullptr;
  cudnnTensorDescriptor_t      tensor = nullptr;
  cudnnFilterDescriptor_t      filter = nullptr;
  cudnnConvolutionDescriptor_t conv   = nullptr;
  float                       *input  = nullptr;
  float                       *weight = nullptr;
  float                       *output = nullptr;

  ~Workspace ()
  {
    cudaFree (input);
    cudaFree (weight);
    cudaFree (output);
    if (conv)
      cudnnDestroyConvolutionDescriptor (conv);
    if (filter)
      cudnnDestroyFilterDescriptor (filter);
    if (tensor)
      cudnnDestroyTensorDescriptor (tensor);
    if (handle)
      cudnnDestroy (handle);
  }
};

const char *
allocate (Workspace &w)
{
  cudaError_t status = cudaMalloc (&w.input, pixels * sizeof (float));

  if (status == cudaSuccess)
    status = cudaMalloc (&w.weight, 9 * sizeof (float));
  if (status == cudaSuccess)
    status = cudaMalloc (&w.output, pixels * sizeof (float));
  return status == cudaSuccess ? nullptr : cudaGetErrorString (status);
}

const char *
describe (Workspace &w)
{
  cudnnStatus_t s = cudnnCreate (&w.handle);

  if (s == CUDNN_STATUS_SUCCESS)
    s = cudnnCreateTensorDescriptor (&w.tensor);
  if (s == CUDNN_STATUS_SUCCESS)
    s = cudnnSetTensor4dDescriptor (w.tensor, CUDNN_TENSOR_NCHW, CUDNN_DATA_FLOAT, 1, 1, size,
                                    size);
  if (s == CUDNN_STATUS_SUCCESS)
    s = cudnnCreateFilterDescriptor (&w.filter);
  if (s == CUDNN_STATUS_SUCCESS)
    s = cudnnSetFilter4dDescriptor (w.filter, CUDNN_DATA_FLOAT, CUDNN_TENSOR_NCHW, 1, 1, 3, 3);
  if (s == CUDNN_STATUS_SUCCESS)
    s = cudnnCreateConvolutionDescriptor (&w.conv);
  if (s == CUDNN_STATUS_SUCCESS)
    s = cudnnSetConvolution2dDescriptor (w.conv, 1, 1, 1, 1, 1, 1, CUDNN_CROSS_CORRELATION,
                                         CUDNN_DATA_FLOAT);
  return s == CUDNN_STATUS_SUCCESS ? nullptr : cudnnGetErrorString (s);
}

/* Rows 0 … 63 of pixels under a kernel of 0 … 8: the sum at pixel (1, 1). */
float
expected_at_1_1 ()
{
  float sum = 0.0f;

  for (int y = 0; y < 3; y++)
    for (int x = 0; x < 3; x++)
      sum += static_cast<float> ((y * size + x) * (y * 3 + x));
  return sum;
}

const char *
convolve (Workspace &w)
{
  const float one = 1.0f, zero = 0.0f;
  float       result = 0.0f;

  fill<<<1, pixels>>> (w.input, pixels);
  fill<<<1, 32>>> (w.weight, 9);
  if (cudaGetLastError () != cudaSuccess)
    return "no kernel was built for this GPU";

  cudnnStatus_t status = cudnnConvolutionForward (w.handle, &one, w.tensor, w.input, w.filter,
                                                  w.weight, w.conv,
                                                  CUDNN_CONVOLUTION_FWD_ALGO_IMPLICIT_GEMM, nullptr,
                                                  0, &zero, w.tensor, w.output);
  if (status != CUDNN_STATUS_SUCCESS)
    return cudnnGetErrorString (status);

  cudaError_t copied = cudaMemcpy (&result, w.output + size + 1, sizeof (float),
                                   cudaMemcpyDeviceToHost);
  if (copied != cudaSuccess)
    return cudaGetErrorString (copied);
  return result == expected_at_1_1 () ? nullptr : "it computes wrong numbers";
}

const char *
probe (cudaDeviceProp &properties)
{
  int         count  = 0;
  cudaError_t status = cudaGetDeviceCount (&count);
  Workspace   workspace;

  if (status == cudaErrorInsufficientDriver)
    return "no NVIDIA driver, or one too old for this CUDA";
  if (status != cudaSuccess)
    return cudaGetErrorString (status);
  if (count == 0)
    return "no NVIDIA GPU";
  status = cudaGetDeviceProperties (&properties, 0);
  if (status != cudaSuccess)
    return cudaGetErrorString (status);

  if (const char *reason = allocate (workspace))
    return reason;
  if (const char *reason = describe (workspace))
    return reason;
  return convolve (workspace);
}

} // namespace

extern "C" int
dot_cuda_probe (char *text, unsigned long size)
{
  cudaDeviceProp properties;
  const char    *reason = probe (properties);

  if (reason)
    std::snprintf (text, size, "%s", reason);
  else
    std::snprintf (text, size, "%s (sm_%d%d, %.0f GiB, cuDNN %zu)", properties.name,
                   properties.major, properties.minor, properties.totalGlobalMem / 1073741824.0,
                   cudnnGetVersion ());
  return reason == nullptr;
}
