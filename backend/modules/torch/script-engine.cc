/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The engine that runs a pair of TorchScript files.  What they are called
 * with and what comes back is checked here, for nothing in them says it. */

#include "script-file.h"

#include <torch/csrc/jit/runtime/graph_executor.h>

#include "base/intl.h"

namespace
{

using namespace dot_torch;

/* Pictures go from middle − half to middle + half. */
struct Script
{
  std::string         path;
  DotScriptClassInput class_input;
  double              middle, half;
  torch::jit::Module  module;
  bool                takes_class;
};

struct ScriptEngine : Engine
{
  Script generator, discriminator;
  gint64 n_classes;

  Tensor generate (const Tensor &latents, const Tensor &labels) override;
  Tensor discriminate (const Tensor &images, const Tensor &labels) override;
  guint  add_blend (guint first, guint second, double amount) override;
  Tensor call (Script &script, const Tensor &input, const Tensor &labels);
  Tensor paint (const Tensor &latents, const Tensor &labels);
  bool   is_exchanged (const Tensor &latents, const Tensor &labels);
  Tensor class_tensor (const Script &script, const Tensor &labels) const;
};

/*  loading  */

/* Numbers that count, like labels in a table, keep their type. */
void
move_tensor (Tensor tensor, const Place &place)
{
  torch::Dtype dtype = tensor.is_floating_point () ? place.dtype : tensor.scalar_type ();

  tensor.set_requires_grad (false);
  tensor.set_data (tensor.to (place.device, dtype));
}

/* How many arguments forward() must and may have, without the module. */
void
count_arguments (const Script &script, guint *fewest, guint *most)
{
  auto forward = script.module.find_method ("forward");

  if (! forward)
    fail (DOT_ERROR_INVALID_FILE,
          g_strdup_printf (_ ("%s has no method forward(): export a module that has one."),
                           script.path.c_str ()));

  const auto &arguments = forward->function ().getSchema ().arguments ();

  *most   = (guint) arguments.size () - 1;
  *fewest = 0;
  for (std::size_t i = 1; i < arguments.size (); i++)
    *fewest += ! arguments[i].default_value ();
}

/* D may do without the class. */
void
check_arguments (Script &script, bool is_generator)
{
  bool  has_classes = script.class_input != DOT_SCRIPT_CLASS_NONE;
  guint fewest, most;

  count_arguments (script, &fewest, &most);
  script.takes_class = has_classes && most > 1;
  if (most < 1 || fewest > 1u + script.takes_class ||
      (is_generator && has_classes && ! script.takes_class))
    fail (DOT_ERROR_INVALID_FILE,
          g_strdup_printf (_ ("The forward() of %s doesn't fit the class_input of its model.json "
                              "(arguments: %u): correct one of them."),
                           script.path.c_str (), most));
}

Script
load_script (const DotScript &pair, guint file, const Place &place)
{
  const double *range = pair.range[file];
  Script        script;

  script.path        = file == 0 ? pair.generator : pair.discriminator;
  script.class_input = pair.class_input[file];
  script.middle      = (range[0] + range[1]) / 2.0;
  script.half        = (range[1] - range[0]) / 2.0;
  script.module      = read_module (script.path.c_str (), place.device);

  check_arguments (script, file == 0);
  script.module.eval ();
  for (const Tensor &parameter : script.module.parameters ())
    move_tensor (parameter, place);
  for (const Tensor &buffer : script.module.buffers ())
    move_tensor (buffer, place);
  return script;
}

/*  calling  */

Tensor
check_tensor (const Script &script, const torch::jit::IValue &value, const Place &place)
{
  if (! value.isTensor ())
    fail (DOT_ERROR_INVALID_FILE,
          g_strdup_printf (_ ("%s doesn't return a tensor: export a module whose "
                              "forward() returns one only."),
                           script.path.c_str ()));
  return value.toTensor ().to (place.device, place.dtype);
}

/* Graphs run as they were written: an optimizer that watches the first calls
 * would make them differ from later ones in their last bits. */
Tensor
ScriptEngine::call (Script &script, const Tensor &input, const Tensor &labels)
{
  torch::jit::GraphOptimizerEnabledGuard as_written (false);
  std::vector<torch::jit::IValue>        arguments{ input };

  if (script.takes_class)
    arguments.push_back (class_tensor (script, labels));
  reset_random_numbers (place);
  try
    {
      return check_tensor (script, script.module.forward (arguments), place);
    }
  catch (const std::exception &e)
    {
      throw_memory_errors (e.what ());
      fail (DOT_ERROR_INVALID_FILE,
            g_strdup_printf (_ ("%s can't be run (%s): correct its model.json, "
                                "or export it again."),
                             script.path.c_str (), reason_of (e.what ()).c_str ()));
    }
}

Tensor
ScriptEngine::class_tensor (const Script &script, const Tensor &labels) const
{
  return script.class_input == DOT_SCRIPT_CLASS_INDEX
           ? labels
           : torch::one_hot (labels, n_classes).to (place.dtype);
}

/* A score without a derivative would leave nothing to refine by. */
void
check_derivative (const Script &script, const Tensor &input, const Tensor &output)
{
  if (input.requires_grad () && ! output.requires_grad ())
    fail (DOT_ERROR_INVALID_FILE, g_strdup_printf (_ ("%s gives no derivative: export it without "
                                                      "detach() and torch.no_grad()."),
                                                   script.path.c_str ()));
}

std::vector<gint64>
shape_of_batch (const std::vector<gint64> &one, gint64 n)
{
  std::vector<gint64> shape = one;

  shape.insert (shape.begin (), n);
  return shape;
}

/* Whether the discriminator makes pictures of latents. */
bool
ScriptEngine::is_exchanged (const Tensor &latents, const Tensor &labels)
{
  torch::NoGradGuard no_grad;

  try
    {
      return call (discriminator, latents, labels).sizes () ==
             at::IntArrayRef (shape_of_batch (image_shape, latents.size (0)));
    }
  catch (const Failure &)
    {
      return false;
    }
}

/* What doesn't go through the generator may be for the other file. */
Tensor
ScriptEngine::paint (const Tensor &latents, const Tensor &labels)
{
  std::vector<gint64> wanted = shape_of_batch (image_shape, latents.size (0));

  try
    {
      Tensor images = call (generator, latents, labels);

      if (images.sizes () == at::IntArrayRef (wanted) || ! is_exchanged (latents, labels))
        return images;
    }
  catch (const Failure &)
    {
      if (! is_exchanged (latents, labels))
        throw;
    }
  fail (DOT_ERROR_INVALID_FILE,
        g_strdup_printf (_ ("%s is a discriminator, and a generator is needed: exchange the two "
                            "files, or give the right one."),
                         generator.path.c_str ()));
}

Tensor
ScriptEngine::generate (const Tensor &latents, const Tensor &labels)
{
  Tensor              images = paint (latents, labels);
  std::vector<gint64> wanted = shape_of_batch (image_shape, latents.size (0));

  if (images.sizes () != at::IntArrayRef (wanted))
    fail (DOT_ERROR_INVALID_FILE,
          g_strdup_printf (_ ("%s makes pictures of shape %s instead of %s: "
                              "correct its model.json, or export it again."),
                           generator.path.c_str (), shape_of (images.sizes ()).c_str (),
                           shape_of (wanted).c_str ()));

  check_derivative (generator, latents, images);
  return (images - generator.middle) / generator.half;
}

/* One number a picture, in whatever brackets. */
Tensor
ScriptEngine::discriminate (const Tensor &images, const Tensor &labels)
{
  Tensor range  = images * discriminator.half + discriminator.middle;
  Tensor scores = call (discriminator, range, labels);

  if (scores.dim () < 1 || scores.size (0) != images.size (0) || scores.numel () != images.size (0))
    fail (DOT_ERROR_INVALID_FILE,
          g_strdup_printf (_ ("%s gives scores of shape %s for a batch of %d: "
                              "export one that gives a number for each picture."),
                           discriminator.path.c_str (), shape_of (scores.sizes ()).c_str (),
                           (int) images.size (0)));

  check_derivative (discriminator, images, scores);
  return scores.flatten ();
}

guint
ScriptEngine::add_blend (guint, guint, double)
{
  fail (DOT_ERROR_INVALID_ARGUMENT,
        g_strdup_printf (_ ("%s is TorchScript, whose classes can't be blended: give one class."),
                         generator.path.c_str ()));
}

} // namespace

namespace dot_torch
{

std::unique_ptr<Engine>
script_engine_new (const DotScript &script, const Place &place)
{
  auto engine = std::make_unique<ScriptEngine> ();

  engine->place         = place;
  engine->latent_shape  = { script.shape, script.shape + script.n_dims };
  engine->image_shape   = { script.channels, script.image_size, script.image_size };
  engine->n_classes     = script.n_classes;
  engine->generator     = load_script (script, 0, place);
  engine->discriminator = load_script (script, 1, place);
  return engine;
}

} // namespace dot_torch
