/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Feature networks: TorchScript files that say what is in pictures.  There are
 * two kinds, told apart by what their forward() takes (docs/evaluate.md):
 * ours gives features and logits at once; one whose forward() has
 * return_features, as StyleGAN's metrics have, gives features or probabilities. */

#include "script-file.h"

#include <torch/csrc/jit/runtime/graph_executor.h>

#include "base/intl.h"
#include "metrics/features.h"

#include <gmodule.h>

namespace
{

using namespace dot_torch;

struct Network
{
  std::string        path;
  Place              place;
  torch::jit::Module module;
  bool               by_keyword, has_no_output_bias;
  gint64             n_features, n_classes;
};

/* What the network says of some pictures. */
struct Answer
{
  Tensor features, probabilities;
};

/*  reading  */

bool
has_argument (const c10::FunctionSchema &schema, const char *name)
{
  return schema.argumentIndexWithName (name).has_value ();
}

void
inspect (Network &network)
{
  auto forward = network.module.find_method ("forward");

  if (! forward)
    fail (DOT_ERROR_INVALID_FILE,
          g_strdup_printf (_ ("%s has no method forward(): export a module that has one."),
                           network.path.c_str ()));

  const auto &schema = forward->function ().getSchema ();

  network.by_keyword         = has_argument (schema, "return_features");
  network.has_no_output_bias = has_argument (schema, "no_output_bias");
}

/*  calling  */

/* Graphs run as they were written, so that all calls give the same numbers. */
torch::jit::IValue
call (Network &network, const Tensor &pictures, const char *keyword)
{
  torch::jit::GraphOptimizerEnabledGuard as_written (false);
  torch::jit::Kwargs                     keywords;

  if (keyword)
    keywords[keyword] = true;
  reset_random_numbers (network.place);
  try
    {
      return network.module.get_method ("forward") ({ pictures }, keywords);
    }
  catch (const std::exception &e)
    {
      throw_memory_errors (e.what ());
      fail (DOT_ERROR_INVALID_FILE,
            g_strdup_printf (_ ("The feature network %s can't be run (%s): take "
                                "one that takes pictures of this size."),
                             network.path.c_str (), reason_of (e.what ()).c_str ()));
    }
}

[[noreturn]] void
fail_kind (const Network &network)
{
  fail (DOT_ERROR_INVALID_FILE, g_strdup_printf (
                                  _ ("%s doesn't return features and logits: export a "
                                     "module whose forward() returns both."),
                                                 network.path.c_str ()));
}

/* A row a picture. */
Tensor
take_rows (const Network &network, const torch::jit::IValue &value, gint64 n)
{
  if (! value.isTensor ())
    fail_kind (network);

  Tensor rows = value.toTensor ();

  if (rows.dim () != 2 || rows.size (0) != n || rows.size (1) < 1)
    fail (DOT_ERROR_INVALID_FILE,
          g_strdup_printf (_ ("The feature network %s gives numbers of shape %s for a batch of %d: "
                              "export one that gives a row for each picture."),
                           network.path.c_str (), shape_of (rows.sizes ()).c_str (), (int) n));
  return rows;
}

Answer
ask_by_keyword (Network &network, const Tensor &bytes, bool wants_classes)
{
  gint64 n = bytes.size (0);
  Answer answer;

  answer.features = take_rows (network, call (network, bytes, "return_features"), n);
  if (wants_classes)
    answer.probabilities = take_rows (network,
                                      call (network, bytes,
                                            network.has_no_output_bias ? "no_output_bias"
                                                                       : nullptr),
                                      n);
  return answer;
}

Answer
ask (Network &network, const Tensor &bytes)
{
  gint64             n     = bytes.size (0);
  torch::jit::IValue value = call (network, bytes.to (torch::kFloat32), nullptr);

  if (! value.isTuple () || value.toTupleRef ().elements ().size () != 2)
    fail_kind (network);

  const auto &both   = value.toTupleRef ().elements ();
  Tensor      logits = take_rows (network, both[1], n);
  return { take_rows (network, both[0], n), torch::softmax (logits.to (torch::kFloat64), 1) };
}

Answer
ask_either (Network &network, const guint8 *pixels, gint64 n, gint64 side, bool wants_classes)
{
  torch::NoGradGuard no_grad;
  Tensor             bytes = torch::from_blob (const_cast<guint8 *> (pixels), { n, side, side, 3 },
                                               torch::kUInt8)
                   .permute ({ 0, 3, 1, 2 })
                   .contiguous ()
                   .to (network.place.device);

  switch_tf32 (network.place);
  return network.by_keyword ? ask_by_keyword (network, bytes, wants_classes) : ask (network, bytes);
}

void
copy_rows (const Network &network, const Tensor &rows, gint64 width, float *values)
{
  Tensor plain = rows.to (torch::kCPU, torch::kFloat32).contiguous ();

  if (plain.size (1) != width)
    fail (DOT_ERROR_INVALID_FILE, g_strdup_printf (
                                    _ ("The feature network %s gives other numbers of "
                                       "features for other pictures: take another one."),
                                                   network.path.c_str ()));
  memcpy (values, plain.data_ptr<float> (), plain.numel () * sizeof (float));
}

/*  the class  */

/* Two gray pictures show what the network makes of this size. */
void
try_out (Network &network, guint side)
{
  std::vector<guint8> pixels ((gsize) 2 * side * side * 3, 128);
  Answer              answer = ask_either (network, pixels.data (), 2, side, true);

  network.n_features = answer.features.size (1);
  network.n_classes  = answer.probabilities.size (1);
}

gpointer
features_open (const char *path,
               guint       side,
               DotDevice   device,
               gsize      *n_features,
               gsize      *n_classes,
               GError    **error)
{
  return guarded (error, [&] () -> gpointer {
    auto network = std::make_unique<Network> ();

    network->path   = path;
    network->place  = choose_place (device, DOT_PRECISION_FLOAT32);
    network->module = read_module (path, network->place.device);
    network->module.eval ();
    inspect (*network);
    try_out (*network, side);
    *n_features = network->n_features;
    *n_classes  = network->n_classes;
    return network.release ();
  });
}

gboolean
features_compute (gpointer      data,
                  const guint8 *pixels,
                  gsize         n,
                  guint         side,
                  float        *features,
                  float        *probabilities,
                  GError      **error)
{
  Network &network = *static_cast<Network *> (data);
  return guarded (error, [&] () -> gboolean {
    Answer answer = ask_either (network, pixels, n, side, probabilities != nullptr);

    copy_rows (network, answer.features, network.n_features, features);
    if (probabilities)
      copy_rows (network, answer.probabilities, network.n_classes, probabilities);
    return TRUE;
  });
}

void
features_close (gpointer data)
{
  delete static_cast<Network *> (data);
}

const DotFeaturesClass features_class = {
  DOT_FEATURES_ABI,
  features_open,
  features_compute,
  features_close,
};

} // namespace

extern "C" G_MODULE_EXPORT const DotFeaturesClass *dot_features_module (void);

const DotFeaturesClass *
dot_features_module (void)
{
  return &features_class;
}
