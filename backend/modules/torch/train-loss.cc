/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Equations 5, 6, 7, 52 and 53 of Tanaka, "Discriminator optimal transport",
 * NeurIPS 2019. */

#include "train-loss.h"

#include <torch/csrc/autograd/autograd.h>

namespace dot_torch
{

/* The discriminator's of scores, of any shape, that should be high. */
static Tensor
real_loss (DotLoss loss, const Tensor &real)
{
  switch (loss)
    {
    case DOT_LOSS_LOGISTIC:
      return at::softplus (-real).mean ();
    case DOT_LOSS_HINGE:
      return at::relu (1.0 - real).mean ();
    case DOT_LOSS_WGAN:
      return -real.mean ();
    }
  TORCH_CHECK (false, "unknown loss");
}

/* The discriminator's of scores, of any shape, that should be low. */
static Tensor
fake_loss (DotLoss loss, const Tensor &fake)
{
  switch (loss)
    {
    case DOT_LOSS_LOGISTIC:
      return at::softplus (fake).mean ();
    case DOT_LOSS_HINGE:
      return at::relu (1.0 + fake).mean ();
    case DOT_LOSS_WGAN:
      return fake.mean ();
    }
  TORCH_CHECK (false, "unknown loss");
}

Tensor
discriminator_loss (DotLoss loss, const Tensor &real, const Tensor &fake)
{
  return real_loss (loss, real) + fake_loss (loss, fake);
}

/* Reed et al., "Generative adversarial text to image synthesis", ICML 2016:
 * @wrong are scores of real pictures as another class, which weigh @mismatch
 * beside the made ones'. */
Tensor
matching_loss (DotLoss       loss,
               const Tensor &real,
               const Tensor &fake,
               const Tensor &wrong,
               double        mismatch)
{
  Tensor low = fake_loss (loss, fake) + mismatch * fake_loss (loss, wrong);

  return real_loss (loss, real) + low / (1.0 + mismatch);
}

Tensor
generator_loss (DotLoss loss, const Tensor &fake)
{
  if (loss == DOT_LOSS_LOGISTIC)
    return at::softplus (-fake).mean ();
  return -fake.mean ();
}

/* ‖∇D‖ at each of @images, (B), through which gradients go on. */
Tensor
slopes (const std::function<Tensor (const Tensor &)> &discriminator, const Tensor &images)
{
  Tensor x        = images.detach ().requires_grad_ ();
  Tensor score    = discriminator (x).sum ();
  Tensor gradient = torch::autograd::grad ({ score }, { x }, {}, true, true)[0];

  return at::linalg_vector_norm (gradient.flatten (1), 2.0, { 1 });
}

} // namespace dot_torch
