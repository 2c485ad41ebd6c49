/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The table of methods. */

#include "method.h"

#include "choice.h"
#include "method-list.h"
#include "path.h"

#include "base/intl.h"

/* What the dialog calls them. */
const char *const dot_method_titles[] = {
  [DOT_METHOD_DOT]     = N_ ("DOT: a higher score, near the start"),
  [DOT_METHOD_NAIVE]   = N_ ("Naive: a higher score only"),
  [DOT_METHOD_DDLS]    = N_ ("DDLS: samples by score and prior"),
  [DOT_METHOD_DGFLOW]  = N_ ("DGflow: a noisy flow to a higher score"),
  [DOT_METHOD_REP]     = N_ ("REP-GAN: as DDLS, each step tested"),
  [DOT_METHOD_EX2MCMC] = N_ ("Ex²MCMC: new draws and tested steps in turn"),
  [DOT_METHOD_MH]      = N_ ("MH-GAN: draw several, keep a chain's last"),
  [DOT_METHOD_DRS]     = N_ ("DRS: draw several, keep as the score says"),
  [DOT_METHOD_OBRS]    = N_ ("OBRS: draw several, keep within a budget"),
};

static const DotMethodClass *const table[] = {
  [DOT_METHOD_DOT] = &dot_method_dot,   [DOT_METHOD_NAIVE] = &dot_method_naive,
  [DOT_METHOD_DDLS] = &dot_method_ddls, [DOT_METHOD_DGFLOW] = &dot_method_dgflow,
  [DOT_METHOD_REP] = &dot_method_rep,   [DOT_METHOD_EX2MCMC] = &dot_method_ex2mcmc,
  [DOT_METHOD_MH] = &dot_method_mh,     [DOT_METHOD_DRS] = &dot_method_drs,
  [DOT_METHOD_OBRS] = &dot_method_obrs,
};

/**
 * dot_method_get_class:
 *
 * Returns: (transfer none): all that is known of the method
 */
const DotMethodClass *
dot_method_get_class (DotMethod method)
{
  return table[method];
}

/**
 * dot_method_chooses:
 *
 * Returns: whether it draws several pictures for each candidate and keeps one,
 *   instead of moving it
 */
gboolean
dot_method_chooses (DotMethod method)
{
  return table[method]->kind == DOT_METHOD_KIND_CHOICE;
}

/**
 * dot_method_is_transport:
 *
 * Returns: whether dot_transport() makes its updates
 */
gboolean
dot_method_is_transport (DotMethod method)
{
  return table[method]->kind == DOT_METHOD_KIND_PATH && ! table[method]->update;
}

/**
 * dot_method_get_cost:
 * @cost: (out): of an update, or of a draw, of one candidate in latent space
 */
void
dot_method_get_cost (DotMethod method, const DotMethodOptions *options, DotMethodCost *cost)
{
  gboolean path = table[method]->kind == DOT_METHOD_KIND_PATH;

  *cost = (DotMethodCost) { 1, 1, path, path };
  if (table[method]->cost)
    table[method]->cost (options, cost);
}

/**
 * dot_method_run:
 * @method: one that dot_transport() doesn't make
 *
 * Returns: %FALSE when cancelled, when the scorer or the report failed, or when a
 *   score is no finite number
 */
gboolean
dot_method_run (DotMethod method, const DotMethodRun *run, GError **error)
{
  if (table[method]->kind == DOT_METHOD_KIND_CHOICE)
    return dot_choice_run (table[method], run, error);
  return dot_path_run (table[method], run, error);
}
