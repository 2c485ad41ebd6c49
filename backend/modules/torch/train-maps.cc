/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Runs the feature network of a projected discriminator: a TorchScript file,
 * pictures in [−1, 1] → maps, the finest first (docs/train.md). */

#include "train-maps.h"

#include <ATen/autocast_mode.h>

#include <torch/csrc/jit/runtime/graph_executor.h>

#include "base/intl.h"

namespace dot_torch
{

namespace
{

/* Convolutions multiply bfloat16 while it lives, whatever numbers the module's
 * weights are. */
class Autocast
{
public:
  Autocast (const Place &place, at::ScalarType numbers)
      : device (place.device.type ()), enabled (at::autocast::is_autocast_enabled (device)),
        dtype (at::autocast::get_autocast_dtype (device)),
        cached (at::autocast::is_autocast_cache_enabled ())
  {
    at::autocast::set_autocast_enabled (device, numbers == at::kBFloat16);
    at::autocast::set_autocast_dtype (device, at::kBFloat16);
    at::autocast::set_autocast_cache_enabled (false);
  }

  ~Autocast ()
  {
    at::autocast::set_autocast_enabled (device, enabled);
    at::autocast::set_autocast_dtype (device, dtype);
    at::autocast::set_autocast_cache_enabled (cached);
  }

  Autocast (const Autocast &)            = delete;
  Autocast &operator= (const Autocast &) = delete;

private:
  at::DeviceType device;
  bool           enabled;
  at::ScalarType dtype;
  bool           cached;
};

} // namespace

FeatureMaps::FeatureMaps (const DotFeatureNetwork &source,
                          const Place             &where,
                          at::ScalarType           numbers)
    : path (source.path), module (read_module (source.path, where.device)), place (where),
      compute_type (numbers), side (source.side)
{
  module.eval ();
  if (place.dtype != at::kFloat)
    module.to (place.dtype);
  for (Tensor parameter : module.parameters ())
    parameter.set_requires_grad (false);
}

/* Graphs run as they were written, so that all calls give the same numbers. */
torch::jit::IValue
FeatureMaps::call (const Tensor &images)
{
  torch::jit::GraphOptimizerEnabledGuard as_written (false);
  Autocast                               autocast (place, compute_type);

  try
    {
      return module.get_method ("forward") ({ images });
    }
  catch (const std::exception &e)
    {
      throw_memory_errors (e.what ());
      fail (DOT_ERROR_INVALID_FILE,
            g_strdup_printf (_ ("The feature network %s can't be run (%s): take "
                                "one that takes pictures of this size."),
                             path.c_str (), reason_of (e.what ()).c_str ()));
    }
}

/* A tuple or a list of maps, each (n, channels, height, width). */
std::vector<Tensor>
FeatureMaps::take (const torch::jit::IValue &value, gint64 n)
{
  std::vector<Tensor> maps;

  if (value.isTuple ())
    for (const torch::jit::IValue &element : value.toTupleRef ().elements ())
      maps.push_back (element.isTensor () ? element.toTensor () : Tensor ());
  else if (value.isTensorList ())
    maps = value.toTensorVector ();

  bool right = maps.size () == DOT_FEATURE_MAPS;

  for (const Tensor &map : maps)
    right = right && map.defined () && map.dim () == 4 && map.size (0) == n && map.numel () > 0;
  if (! right)
    fail (DOT_ERROR_INVALID_FILE,
          g_strdup_printf (_ ("%s doesn't give %d maps of features: export a module "
                              "whose forward() returns them (docs/train.md)."),
                           path.c_str (), DOT_FEATURE_MAPS));
  return maps;
}

/* @images is (B, 3, H, W) in [−1, 1].  Where the source says so they are
 * brought to its size before the network sees them, by a bicubic window that
 * takes in all pixels where they become fewer.  Channels last is the layout that
 * convolutions are quickest in, and goes on through the network. */
std::vector<Tensor>
FeatureMaps::compute (const Tensor &images)
{
  Tensor x = images;

  if (side > 0)
    x = at::_upsample_bicubic2d_aa (images, { (gint64) side, (gint64) side }, false);
  return take (call (x.contiguous (at::MemoryFormat::ChannelsLast)), images.size (0));
}

} // namespace dot_torch
