/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Sums over the processes that train together, which gradients go through. */

#include "train-ranks.h"

#include <torch/csrc/autograd/custom_function.h>

#include "base/intl.h"

namespace dot_torch
{

/* The loss of all is the sum of the ranks' own, so what it changes by with a
 * sum over ranks is again a sum over ranks. */
class SumOfRanks : public torch::autograd::Function<SumOfRanks>
{
public:
  static Tensor
  forward (torch::autograd::AutogradContext *context, const Tensor &values, gint64 ranks)
  {
    Tensor sum = values.clone ();

    context->saved_data["ranks"] = ranks;
    reinterpret_cast<Ranks *> (ranks)->sum (sum);
    return sum;
  }

  static torch::autograd::variable_list
  backward (torch::autograd::AutogradContext *context, torch::autograd::variable_list gradients)
  {
    return { apply (gradients[0].contiguous (), context->saved_data["ranks"].toInt ()), Tensor () };
  }
};

/* In place, and nothing for autograd. */
void
average (Ranks &ranks, Tensor &values)
{
  ranks.sum (values);
  values.div_ ((double) ranks.size);
}

/* The mean over the ranks of their @values. */
Tensor
average_of (Ranks &ranks, const Tensor &values)
{
  return SumOfRanks::apply (values.contiguous (), reinterpret_cast<gint64> (&ranks)) /
         (double) ranks.size;
}

void
set_lost (GError **error)
{
  g_set_error_literal (error, DOT_ERROR, DOT_ERROR_FAILED,
                       _ ("Another rank of the training has ended or can't be reached: look at "
                          "what it said, and start all ranks again, which go on from the last "
                          "checkpoint."));
}

} // namespace dot_torch
