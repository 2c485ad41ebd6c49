/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Errors, devices and tensors, for all that is on libtorch. */

#include "torch-common.h"

#include <torch/torch.h>

#include "base/intl.h"

namespace dot_torch
{

/*  errors  */

static bool
is_cpu_memory_error (const std::string &what)
{
  return what.find ("DefaultCPUAllocator") != std::string::npos ||
         what.find ("not enough memory") != std::string::npos ||
         what.find ("can't allocate memory") != std::string::npos;
}

/* Throws on as what it is what says that memory doesn't suffice.  A script
 * that runs out of it says so in a text only. */
void
throw_memory_errors (const std::string &what)
{
  if (what.find ("CUDA out of memory") != std::string::npos)
    throw Failure{ DOT_ERROR_NO_DEVICE_MEMORY,
                   _ ("The GPU has not enough memory: ask for fewer candidates, "
                      "or take --device cpu.") };
  if (is_cpu_memory_error (what))
    throw Failure{ DOT_ERROR_NO_MEMORY,
                   _ ("There is not enough memory: close other programs, or ask "
                      "for fewer candidates or a smaller model.") };
}

void
set_failure (const std::string &what, GError **error)
{
  std::string line = what.substr (0, what.find ('\n'));

  try
    {
      throw_memory_errors (what);
      g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
                   _ ("libtorch failed (%s): try --device cpu, or another model."), line.c_str ());
    }
  catch (const Failure &failure)
    {
      g_set_error_literal (error, DOT_ERROR, failure.code, failure.sentence.c_str ());
    }
}

/*  devices  */

static at::ScalarType
dtype_of (DotPrecision precision)
{
  switch (precision)
    {
    case DOT_PRECISION_BFLOAT16:
      return torch::kBFloat16;
    case DOT_PRECISION_FLOAT64:
      return torch::kFloat64;
    default:
      return torch::kFloat32;
    }
}

/* Whether CUDA computes, not only whether a driver is there. */
static bool
cuda_works (std::string *reason)
{
  try
    {
      if (! torch::cuda::is_available ())
        {
          *reason = torch::hasCUDA () ? _ ("no usable GPU or driver is found")
                                      : _ ("this libtorch is built without CUDA");
          return false;
        }
      Tensor x = torch::ones ({ 1, 3, 8, 8 }, torch::kCUDA);
      Tensor y = torch::conv2d (x, torch::ones ({ 2, 3, 3, 3 }, torch::kCUDA));
      return y.sum ().item<float> () == 2 * 36 * 27;
    }
  catch (const std::exception &e)
    {
      std::string what = e.what ();

      *reason = what.substr (0, what.find ('\n'));
      return false;
    }
}

/* float32 means IEEE products.  libtorch has one switch for all engines, so
 * each sets it before it computes; older GPUs don't look at it. */
void
switch_tf32 (const Place &place)
{
  if (! place.device.is_cuda ())
    return;
  at::globalContext ().setAllowTF32CuDNN (place.tf32);
  at::globalContext ().setAllowTF32CuBLAS (place.tf32);
}

/* The CPU, where that may be. */
static Place
stay_on_cpu (const Place &place)
{
  if (place.tf32)
    throw Failure{ DOT_ERROR_INVALID_ARGUMENT,
                   _ ("Only NVIDIA GPUs compute in TF32: take --precision float32.") };
  return place;
}

Place
choose_place (DotDevice device, DotPrecision precision)
{
  Place            place;
  std::string      reason;
  g_autofree char *sentence = nullptr;

  place.dtype = dtype_of (precision);
  place.tf32  = precision == DOT_PRECISION_TF32;
  /* With cpu nothing may touch CUDA. */
  if (device == DOT_DEVICE_CPU)
    return stay_on_cpu (place);

  if (cuda_works (&reason))
    {
      place.device = torch::Device (torch::kCUDA, 0);
      place.name   = "CUDA GPU 0";
      return place;
    }
  if (device == DOT_DEVICE_AUTO)
    return stay_on_cpu (place);

  sentence = g_strdup_printf (_ ("CUDA can't be used (%s): install a CUDA build of "
                                 "libtorch and the driver, or take --device cpu."),
                              reason.c_str ());
  throw Failure{ DOT_ERROR_NO_DEVICE, sentence };
}

Tensor
tensor_of (const DotArray *array, const Place &place)
{
  std::vector<gint64> shape;

  if (! array)
    return Tensor ();
  for (guint i = 0; i < array->n_dims; i++)
    shape.push_back ((gint64) array->shape[i]);

  /* The copy is the engine's own; without requires_grad, so that autograd
   * never computes a gradient of a weight. */
  return torch::from_blob (array->data, shape, torch::kFloat32)
    .to (place.device, place.dtype, false, true);
}

} // namespace dot_torch
