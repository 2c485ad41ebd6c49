/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What a checkpoint keeps, and what the pair's files are made of. */

#include "train-arrays.h"

namespace dot_torch
{

static bool
visit (const Visit &to, const std::string &name, Tensor tensor)
{
  Tensor   plain = tensor.detach ().to (at::kCPU, at::kFloat, false, true).contiguous ();
  DotShape shape = { (guint) plain.dim (), {} };

  for (gint64 i = 0; i < plain.dim (); i++)
    shape.axes[i] = (gsize) plain.size (i);
  if (! to.func (name.c_str (), &shape, plain.data_ptr<float> (), to.user_data, to.error))
    return false;

  c10::NoGradGuard no_grad;

  if (to.store)
    tensor.detach ().copy_ (plain);
  return true;
}

bool
visit_parameters (const Visit                    &to,
                  const std::string              &whose,
                  const std::vector<std::string> &names,
                  const std::vector<Tensor>      &values)
{
  for (size_t i = 0; i < names.size (); i++)
    if (! visit (to, whose + "/" + names[i], values[i]))
      return false;
  return true;
}

bool
visit_network (const Visit &to, const std::string &whose, TrainNetwork &network)
{
  if (! visit_parameters (to, whose, network.names, network.parameters))
    return false;

  for (TrainLayer &layer : network.layers)
    {
      std::string name = whose + "/" + layer.name + "/";

      if ((layer.u.defined () && ! visit (to, name + "u", layer.u)) ||
          (layer.mean.defined () && (! visit (to, name + "avg_mean", layer.mean) ||
                                     ! visit (to, name + "avg_var", layer.variance))))
        return false;
    }
  return true;
}

bool
visit_adam (const Visit &to, const std::string &whose, Adam &adam)
{
  return visit (to, whose + "/first", adam.first) && visit (to, whose + "/second", adam.second);
}

/* Also what isn't trained of it: together with the feature network this is the
 * whole discriminator. */
bool
visit_projected (const Visit &to, ProjectedJudge &judge)
{
  if (! visit (to, "projected/mix/scale", judge.scale))
    return false;
  for (size_t i = 0; i < judge.channel_mixing.size (); i++)
    if (! visit (to, "projected/mix/ccm" + std::to_string (i), judge.channel_mixing[i]))
      return false;
  for (size_t i = 0; i < judge.scale_mixing.size (); i++)
    if (! visit (to, "projected/mix/csm" + std::to_string (i), judge.scale_mixing[i]))
      return false;
  for (size_t i = 0; i < judge.heads.size (); i++)
    if (! visit_network (to, "projected", judge.heads[i].network) ||
        ! visit_adam (to, "projected-adam/head" + std::to_string (i), judge.heads[i].adam))
      return false;
  return true;
}

} // namespace dot_torch
