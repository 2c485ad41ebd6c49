/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Processes that train together.  C++, for modules/torch/ only. */

#pragma once

#include "torch-common.h"
#include "train/ranks.h"

namespace dot_torch
{

/* What the processes of a training do together.  All of them call the same in
 * the same order.
 * @number: this one's, from 0
 * @lost: whether one of them couldn't be reached */
class Ranks
{
public:
  virtual ~Ranks () = default;

  /* Adds up the ranks' @values in place, to the same bits on each. */
  virtual void sum (Tensor &values) = 0;
  /* Gives all of them those of rank 0. */
  virtual void share (Tensor &values) = 0;

  gint64 size{ 1 };
  gint64 number{ 0 };
  bool   lost{ false };
};

void   average (Ranks &ranks, Tensor &values);
Tensor average_of (Ranks &ranks, const Tensor &values);
void   set_lost (GError **error);

/* Runs @body as guarded() does; where another rank is why it failed, that is
 * what is said. */
template <typename Body>
gboolean
guarded_together (const Ranks *ranks, GError **error, Body body)
{
  g_autoptr (GError) cause = nullptr;
  gboolean done            = guarded (&cause, body);

  if (! done && ranks && ranks->lost)
    set_lost (error);
  else if (! done)
    g_propagate_error (error, g_steal_pointer (&cause));
  return done;
}

} // namespace dot_torch
