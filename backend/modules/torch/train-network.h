/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A network that is trained.  C++, for modules/torch/ only. */

#pragma once

#include "network/network.h"
#include "train-ranks.h"

namespace dot_torch
{

/* Which statistics batch norms go by. */
enum class Statistics
{
  BATCH,  /* the batch's */
  TRACK,  /* the batch's, which go into the running ones */
  GATHER, /* the batch's, which are added up for new ones */
  OWN     /* the running ones */
};

/* An operation of the training form.  Numbers of parameters are −1 where
 * there is none. */
struct TrainLayer
{
  DotOpKind   kind;
  guint       inputs[DOT_OP_MAX_INPUTS];
  gint64      channels, height, width, stride, padding;
  double      limit;
  std::string name;
  int         weight{ -1 }, bias{ -1 };
  bool        spectral{ false };
  Tensor      u, mean, variance;
  Tensor      sums, squares;
};

/* Parameters are leaves of autograd that lie one after the other in @flat, so
 * that an optimizer's step is a few operations on one tensor. */
class TrainNetwork
{
public:
  TrainNetwork (const DotNetwork *source,
                const Place      &place,
                double            epsilon = DOT_BATCH_NORM_EPSILON);

  std::vector<TrainLayer>  layers;
  std::vector<std::string> names;
  std::vector<Tensor>      parameters;
  Tensor                   flat;
  std::vector<gint64>      input_shape;
  Ranks                   *ranks{ nullptr };

  /* The weights as they are computed with: divided by their spectral norms,
   * those of convolutions as numbers of @compute.  With @advance each power
   * iteration's vector moves on, as it does once an update. */
  std::vector<Tensor> prepare (bool advance, at::ScalarType compute);
  std::vector<Tensor> prepare_frozen (at::ScalarType compute);

  /* @painted: (out): what the layers take that retouch a generator's pictures */
  Tensor forward (const std::vector<Tensor> &weights,
                  const Tensor              &input,
                  const Tensor              &labels,
                  Statistics                 statistics,
                  Tensor                    *painted = nullptr);

  /* The parameters, at the end of @flat, of layers whose names begin so. */
  Tensor tail (const char *prefix) const;
  void   converge ();
  void   begin_gather ();
  void   finish_gather ();

private:
  Place  place;
  double epsilon;
  gint64 gathered{ 0 };

  int  add_parameter (const std::string &name, const DotArray *array, std::vector<Tensor> &values);
  void add_layer (const DotOp &op, std::vector<Tensor> &values);
  void flatten (const std::vector<Tensor> &values);
  Tensor apply (TrainLayer                &layer,
                const std::vector<Tensor> &weights,
                const Tensor              *inputs,
                const Tensor              &labels,
                Statistics                 statistics);
  Tensor apply_norm (TrainLayer                &layer,
                     const std::vector<Tensor> &weights,
                     const Tensor              &input,
                     const Tensor              &labels,
                     Statistics                 statistics);
  Tensor norm_together (TrainLayer &layer, const Tensor &input, bool track);
  Tensor apply_attention (const Tensor &gamma, const Tensor *inputs);
};

/* Of the whole batch, with respect to the parameters that tail () has: all of them
 * without a @prefix. */
Tensor flat_gradient (const Tensor       &objective,
                      const TrainNetwork &network,
                      const char         *prefix = "");
Tensor spectral_normed (const Tensor &weight, Tensor &u, bool advance);

} // namespace dot_torch
