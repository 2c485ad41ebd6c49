/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* What the engines on libtorch share.  C++, for backend/torch/ only.  */

#ifndef __DOT_TORCH_ENGINE_H__
#define __DOT_TORCH_ENGINE_H__

#include <torch/torch.h>

#include <memory>
#include <new>
#include <string>
#include <vector>

#include "pair/engine.h"

namespace dot_torch
{

using torch::Tensor;

/* Where and how exactly an engine computes.  */
struct Place
{
  torch::Device device{ torch::kCPU };
  torch::Dtype  dtype{ torch::kFloat32 };
  bool          tf32{ false };
  std::string   name{ "CPU" };
};

/* A pair: images are in [−1, 1], shapes are those of one sample.  */
struct Engine
{
  Place               place;
  std::vector<gint64> latent_shape, image_shape;

  virtual ~Engine () = default;

  virtual Tensor generate     (const Tensor &latents,
                               const Tensor &labels) = 0;
  virtual guint  add_blend    (guint first, guint second, double amount) = 0;
  virtual Tensor discriminate (const Tensor &images,
                               const Tensor &labels) = 0;
};

std::unique_ptr<Engine> script_engine_new (const DotScript &script,
                                           const Place     &place);

/* A sentence of ours, translated, on its way to the caller's GError.  */
struct Failure
{
  DotError    code;
  std::string sentence;
};

void set_failure         (const std::string &what,
                          GError           **error);
void throw_memory_errors (const std::string &what);

/* Runs @body; an exception becomes @error and the type's zero.  */
template <typename Body>
auto
guarded (GError **error, Body body) -> decltype (body ())
{
  try
    {
      return body ();
    }
  catch (const Failure &failure)
    {
      g_set_error_literal (error, DOT_ERROR, failure.code,
                           failure.sentence.c_str ());
    }
  catch (const c10::OutOfMemoryError &)
    {
      set_failure ("CUDA out of memory", error);
    }
  catch (const c10::Error &e)
    {
      set_failure (e.what_without_backtrace (), error);
    }
  catch (const std::bad_alloc &)
    {
      set_failure ("not enough memory", error);
    }
  catch (const std::exception &e)
    {
      set_failure (e.what (), error);
    }
  catch (...)
    {
      set_failure ("unknown exception", error);
    }
  return {};
}

} // namespace dot_torch

#endif /* __DOT_TORCH_ENGINE_H__ */
