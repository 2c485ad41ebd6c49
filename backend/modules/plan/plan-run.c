/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Running a plan: nothing is planned, packed or allocated here. */

#include "plan.h"

static DotPixels
pixels_of (const DotPlan *plan, const DotNode *node)
{
  return (DotPixels) { plan->batch * node->height * node->width, node->channels };
}

static const float *
scales_of (const DotPlan *plan, const DotTask *step)
{
  return step->scaled ? dot_plan_rows_get_scales (plan, step->node) : NULL;
}

static const float *
shifts_of (const DotPlan *plan, const DotTask *step)
{
  return step->scaled ? dot_plan_rows_get_shifts (plan, step->node) : NULL;
}

static void
run_pass (DotPlan *plan, const DotTask *step, DotView out, DotView in, DotView aux)
{
  if (step->kind == DOT_TASK_AFFINE)
    dot_kernel_affine (plan->context, out, in, pixels_of (plan, step->node), scales_of (plan, step),
                       shifts_of (plan, step), step->activation);
  else if (step->kind == DOT_TASK_BACK)
    dot_kernel_back (plan->context, out, in, aux, pixels_of (plan, step->node),
                     scales_of (plan, step), step->activation, step->accumulate);
  else
    dot_kernel_add (plan->context, out, in, aux,
                    g_array_index (plan->buffers, DotBuffer, step->out).items, step->factor);
}

static DotHead
head_of (const DotPlan *plan, const DotNode *node)
{
  return (DotHead) { dot_plan_rows_get_scales (plan, node), dot_node_get_head_items (node),
                     node->bias ? node->bias->data[0] : 0.0,
                     node->shift ? dot_plan_rows_get_shifts (plan, node) : NULL };
}

/* @view: what the score is taken from, or its gradient */
static void
run_head (DotPlan *plan, const DotTask *step, DotView view)
{
  const DotNode *input  = step->node->inputs[0];
  DotPixels      pixels = { (gsize) input->height * input->width, input->channels };
  DotHead        head   = head_of (plan, step->node);

  if (step->kind == DOT_TASK_DOT)
    dot_kernel_dot (plan->context, plan->scores.device, view, plan->batch, pixels, &head);
  else
    dot_kernel_spread (plan->context, view, plan->batch, pixels, &head);
}

/* All go over the smaller of the two sizes. */
static void
run_scale (DotPlan *plan, const DotTask *step, DotView out, DotView in)
{
  const DotNode *input = step->node->inputs[0];
  const DotNode *small = input->height < step->node->height ? input : step->node;
  DotSizes       sizes = { plan->batch, small->channels, small->height, small->width };
  gsize          rows  = plan->batch * small->height;

  if (step->kind == DOT_TASK_POOL)
    dot_kernel_pool (plan->context, out, in, rows, small->width, small->channels, step->factor,
                     step->accumulate);
  else if (step->kind == DOT_TASK_UNPOOL)
    dot_kernel_unpool (plan->context, out, in, rows, small->width, small->channels, step->factor,
                       step->accumulate);
  else if (step->kind == DOT_TASK_FIR_DOWN)
    dot_kernel_fir_down (plan->context, out, in, &sizes, step->factor, step->accumulate);
  else
    dot_kernel_fir_up (plan->context, out, in, &sizes, step->factor, step->accumulate);
}

static DotSizes
sizes_of (const DotPlan *plan, const DotNode *node)
{
  const DotNode *input = node->inputs[0];

  return (DotSizes) { plan->batch,  node->channels, input->height, input->width,
                      node->height, node->width,    node->kernel };
}

/* @aux: what the largest were taken from, where their gradient goes back */
static void
run_sizes (DotPlan *plan, const DotTask *step, DotView out, DotView in, DotView aux)
{
  DotSizes sizes = sizes_of (plan, step->node);

  if (step->kind == DOT_TASK_RESIZE)
    dot_kernel_resize (plan->context, out, in, &sizes);
  else if (step->kind == DOT_TASK_RESIZE_BACK)
    dot_kernel_resize_back (plan->context, out, in, &sizes, step->accumulate);
  else if (step->kind == DOT_TASK_MAX_POOL)
    dot_kernel_max_pool (plan->context, out, in, &sizes);
  else
    dot_kernel_max_pool_back (plan->context, out, in, aux, &sizes, step->accumulate);
}

static void
run_further (DotPlan *plan, const DotTask *step, DotView out, DotView in)
{
  DotPixels pixels    = pixels_of (plan, step->node->inputs[0]);
  gsize     n_further = step->node->weight->shape[1];

  if (step->kind == DOT_TASK_CONCAT)
    dot_kernel_concat (plan->context, out, in, pixels, dot_plan_rows_get_scales (plan, step->node),
                       n_further);
  else
    dot_kernel_slice (plan->context, out, in, pixels, n_further, step->accumulate);
}

/* The channels of the node's inputs lie one after the other. */
static void
run_join (DotPlan *plan, const DotTask *step, DotView out, DotView in)
{
  const DotNode *node  = step->node;
  const DotNode *input = node->inputs[step->input];
  gsize          first = 0;
  DotPart        part  = { plan->batch * node->height * node->width, input->channels };

  for (guint i = 0; i < step->input; i++)
    first += node->inputs[i]->channels;
  part.out_whole = step->kind == DOT_TASK_JOIN ? node->channels : input->channels;
  part.in_whole  = step->kind == DOT_TASK_JOIN ? input->channels : node->channels;
  part.out_first = step->kind == DOT_TASK_JOIN ? first : 0;
  part.in_first  = step->kind == DOT_TASK_JOIN ? 0 : first;
  dot_kernel_copy (plan->context, out, in, &part, step->accumulate);
}

static DotView
sample_of (DotView view, gsize sample, gsize items)
{
  gsize size = view.narrow ? sizeof (guint16) : sizeof (float);

  return (DotView) { (char *) view.data + sample * items * size, view.narrow };
}

/* @rows: scales and shifts of each sample, always float32 */
static void
run_modulation (DotPlan *plan, const DotTask *step, DotView out, DotView in, DotView rows)
{
  const DotNode *node   = step->node;
  gsize          items  = dot_node_get_items (node);
  DotPixels      pixels = { (gsize) node->height * node->width, node->channels };

  for (gsize b = 0; b < plan->batch; b++)
    {
      const float *scales = (const float *) rows.data + 2 * b * node->channels;
      DotView      to     = sample_of (out, b, items);
      DotView      from   = sample_of (in, b, items);

      if (step->kind == DOT_TASK_MODULATE)
        dot_kernel_affine (plan->context, to, from, pixels, scales, scales + node->channels,
                           step->activation);
      else
        dot_kernel_back (plan->context, to, from, (DotView) { NULL, FALSE }, pixels, scales,
                         DOT_ACTIVATION_NONE, step->accumulate);
    }
}

static void
run_modulation_rows (DotPlan *plan, const DotTask *step, DotView out, DotView in, DotView aux)
{
  const DotNode *node   = step->node;
  DotPixels      pixels = { (gsize) node->height * node->width, node->channels };

  dot_kernel_modulate_rows (plan->context, out.data, in, aux, plan->batch, pixels,
                            step->accumulate);
}

/* Styles and what is made of them are always float32. */
static void
run_demodulation (DotPlan *plan, const DotTask *step, DotView out, DotView in, DotView aux)
{
  const DotNode  *node = step->node;
  DotDemodulation how  = { node->table, node->channels / 2, node->weight->shape[1],
                           dot_node_get_items (node->inputs[0]) };

  if (step->kind == DOT_TASK_DEMODULATE)
    dot_kernel_demodulate (plan->context, out.data, in.data, plan->batch, &how,
                           dot_plan_rows_get_shifts (plan, node));
  else if (step->kind == DOT_TASK_DEMODULATE_GATE)
    dot_kernel_demodulate_gate (plan->context, out.data, in.data, aux.data, plan->batch,
                                how.channels);
  else
    dot_kernel_demodulate_back (plan->context, out.data, in.data, aux.data, plan->batch, &how,
                                step->accumulate);
}

static void
run_noise (DotPlan *plan, const DotTask *step, DotView out, DotView in)
{
  const DotNode *node   = step->node;
  DotPixels      pixels = { (gsize) node->height * node->width, node->channels };
  DotNoise       noise  = { node->table, step->activation, (float) node->limit };

  dot_kernel_noise (plan->context, out, in, plan->batch, pixels, &noise);
}

static void
run_clamp (DotPlan *plan, const DotTask *step, DotView out, DotView in, DotView aux)
{
  gsize items = plan->batch * dot_node_get_items (step->node);
  float limit = (float) step->node->limit;

  if (step->kind == DOT_TASK_CLAMP)
    dot_kernel_clamp (plan->context, out, in, items, limit);
  else
    dot_kernel_clamp_back (plan->context, out, in, aux, items, step->activation, limit,
                           step->accumulate);
}

static void
run_softmax_back (DotPlan *plan, const DotTask *step, DotView out, DotView in, DotView aux)
{
  const DotNode *query = step->node->inputs[0];
  const DotNode *key   = step->node->inputs[1];

  dot_kernel_softmax_back (plan->context, out, in, aux, plan->batch * query->height * query->width,
                           (gsize) key->height * key->width);
}

static DotView
view_of (const DotPlan *plan, guint buffer)
{
  return buffer == DOT_NO_BUFFER ? (DotView) { NULL, FALSE } : dot_plan_get_view (plan, buffer);
}

/* What is done with styles and scales, and an attention's gradient. */
static void
run_style (DotPlan *plan, const DotTask *step, DotView out, DotView in, DotView aux)
{
  switch (step->kind)
    {
    case DOT_TASK_MODULATE:
    case DOT_TASK_MODULATE_BACK:
      run_modulation (plan, step, out, in, aux);
      break;
    case DOT_TASK_MODULATE_ROWS:
      run_modulation_rows (plan, step, out, in, aux);
      break;
    case DOT_TASK_DEMODULATE:
    case DOT_TASK_DEMODULATE_GATE:
    case DOT_TASK_DEMODULATE_BACK:
      run_demodulation (plan, step, out, in, aux);
      break;
    case DOT_TASK_NOISE:
      run_noise (plan, step, out, in);
      break;
    case DOT_TASK_CLAMP:
    case DOT_TASK_CLAMP_BACK:
      run_clamp (plan, step, out, in, aux);
      break;
    default:
      run_softmax_back (plan, step, out, in, aux);
    }
}

static void
run_kernel (DotPlan *plan, const DotTask *step)
{
  DotView out = view_of (plan, step->out);
  DotView in  = view_of (plan, step->in);
  DotView aux = view_of (plan, step->aux);

  switch (step->kind)
    {
    case DOT_TASK_AFFINE:
    case DOT_TASK_BACK:
    case DOT_TASK_ADD:
      run_pass (plan, step, out, in, aux);
      break;
    case DOT_TASK_POOL:
    case DOT_TASK_UNPOOL:
    case DOT_TASK_FIR_UP:
    case DOT_TASK_FIR_DOWN:
      run_scale (plan, step, out, in);
      break;
    case DOT_TASK_RESIZE:
    case DOT_TASK_RESIZE_BACK:
    case DOT_TASK_MAX_POOL:
    case DOT_TASK_MAX_POOL_BACK:
      run_sizes (plan, step, out, in, aux);
      break;
    case DOT_TASK_JOIN:
    case DOT_TASK_SPLIT:
      run_join (plan, step, out, in);
      break;
    case DOT_TASK_CONCAT:
    case DOT_TASK_SLICE:
      run_further (plan, step, out, in);
      break;
    case DOT_TASK_DOT:
      run_head (plan, step, in);
      break;
    case DOT_TASK_SPREAD:
      run_head (plan, step, out);
      break;
    default:
      run_style (plan, step, out, in, aux);
    }
}

/**
 * dot_plan_run_steps:
 *
 * Has the device compute the plan, from its input to its answers.
 */
gboolean
dot_plan_run_steps (DotPlan *plan, GError **error)
{
  for (guint i = 0; i < plan->steps->len; i++)
    {
      const DotTask *step = &g_array_index (plan->steps, DotTask, i);

      if (step->kind != DOT_TASK_PRIMITIVE)
        run_kernel (plan, step);
      else if (! dot_primitive_run (step->primitive, plan->context, error))
        return FALSE;
    }
  return TRUE;
}

/* Always the same on the same memory, whatever the label. */
static gboolean
run_whole (gpointer data, GError **error)
{
  DotPlan *plan = data;

  return dot_context_send (plan->context, &plan->rows, error) &&
         dot_context_send (plan->context, &plan->input, error) &&
         dot_context_send (plan->context, &plan->cotangent, error) &&
         dot_plan_run_steps (plan, error) &&
         dot_context_fetch (plan->context, &plan->scores, error) &&
         dot_context_fetch (plan->context, &plan->image, error) &&
         dot_context_fetch (plan->context, &plan->gradient, error);
}

/**
 * dot_plan_run:
 * @label: of all samples
 *
 * Computes what the plan is for, from what lies at @plan->input.
 */
gboolean
dot_plan_run (DotPlan *plan, guint label, GError **error)
{
  dot_plan_rows_fill (plan, label);
  return dot_context_run (plan->context, &plan->recording, run_whole, plan, error);
}
