/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What all on libtorch shares.  C++, for modules/torch/ only. */

#pragma once

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <new>
#include <string>
#include <vector>

#include "format/array.h"

namespace dot_torch
{

using at::Tensor;

/* Where and how exactly an engine computes. */
struct Place
{
  at::Device     device{ at::kCPU };
  at::ScalarType dtype{ at::kFloat };
  bool           tf32{ false };
  std::string    name{ "CPU" };
};

Place  choose_place (DotDevice device, DotPrecision precision);
void   switch_tf32 (const Place &place);
Tensor tensor_of (const DotArray *array, const Place &place);

/* A sentence of ours, translated, on its way to the caller's GError. */
struct Failure
{
  DotError    code;
  std::string sentence;
};

void set_failure (const std::string &what, GError **error);
void throw_memory_errors (const std::string &what);

/* Runs @body; an exception becomes @error and the type's zero. */
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
      g_set_error_literal (error, DOT_ERROR, failure.code, failure.sentence.c_str ());
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
