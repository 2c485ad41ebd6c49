/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* Running a plan: nothing is planned, packed or allocated here.  */

#include "plan.h"

#include <string.h>

/*  labels  */

/* The label's row of a table, or the only one.  */
static float *
row_of (const DotArray *table,
        guint           label)
{
  return table->n_dims == 1 ? table->data
                            : table->data + label * table->shape[1];
}

static const float *
scale_of (const DotTask *step,
          guint          label)
{
  return step->scaled ? row_of (step->node->scale, label) : NULL;
}

static const float *
shift_of (const DotTask *step,
          guint          label)
{
  return step->scaled ? row_of (step->node->shift, label) : NULL;
}

/* w + W[label].  */
static void
set_head (DotPlan       *plan,
          const DotNode *node,
          guint          label)
{
  gsize        n   = node->weight->n_items;
  const float *row = node->scale ? row_of (node->scale, label) : NULL;

  for (gsize i = 0; i < n; i++)
    plan->head[i] = node->weight->data[i] + (row ? row[i] : 0.0f);
}

/*  placing  */

static gboolean
place_argument (DotPlan       *plan,
                const DotTask *step,
                int            argument,
                guint          buffer,
                GError       **error)
{
  return buffer == DOT_NO_BUFFER
         || dot_primitive_place (step->primitive, argument,
                                 dot_plan_get_view (plan, buffer).data, error);
}

/**
 * dot_plan_place:
 * @arena: of at least @plan->arena_size bytes, aligned to 64; must live as
 *   long as the plan, or until it is placed elsewhere
 */
gboolean
dot_plan_place (DotPlan *plan,
                gpointer arena,
                GError **error)
{
  if (plan->arena == arena)
    return TRUE;

  plan->arena = arena;
  for (guint i = 0; i < plan->steps->len; i++)
    {
      const DotTask *step = &g_array_index (plan->steps, DotTask, i);

      if (step->primitive
          && (! place_argument (plan, step, DNNL_ARG_SRC, step->in, error)
              || ! place_argument (plan, step, DNNL_ARG_WEIGHTS, step->aux,
                                   error)
              || ! place_argument (plan, step, DNNL_ARG_DST, step->out, error)
              || ! dot_primitive_place (step->primitive, DNNL_ARG_SCRATCHPAD,
                                        plan->arena + plan->scratch_offset,
                                        error)))
        {
          plan->arena = NULL;
          return FALSE;
        }
    }
  return TRUE;
}

/*  steps  */

static gboolean
run_primitive (DotPlan       *plan,
               const DotTask *step,
               guint          label,
               GError       **error)
{
  if (step->scaled
      && (! dot_primitive_place (
            step->primitive,
            DNNL_ARG_ATTR_MULTIPLE_POST_OP (0) | DNNL_ARG_SRC_1,
            row_of (step->node->scale, label), error)
          || ! dot_primitive_place (
            step->primitive,
            DNNL_ARG_ATTR_MULTIPLE_POST_OP (1) | DNNL_ARG_SRC_1,
            row_of (step->node->shift, label), error)))
    return FALSE;

  return dot_primitive_run (step->primitive, plan->dnn, error);
}

static DotPixels
pixels_of (const DotPlan *plan,
           const DotNode *node)
{
  return (DotPixels) { plan->batch * node->height * node->width,
                       node->channels };
}

static DotView
sample_of (const DotPlan *plan,
           DotView        view,
           gsize          sample,
           gsize          items)
{
  gsize size = view.narrow ? sizeof (guint16) : sizeof (float);

  return (DotView) { (char *) view.data + sample * items * size, view.narrow };
}

static void
run_dot (DotPlan       *plan,
         const DotTask *step,
         DotView        in,
         guint          label)
{
  const DotNode *input  = step->node->inputs[0];
  DotPixels      pixels = { (gsize) input->height * input->width,
                            input->channels };
  double         bias   = step->node->bias ? step->node->bias->data[0] : 0.0;

  set_head (plan, step->node, label);
  for (gsize i = 0; i < plan->batch; i++)
    plan->scores[i]
      = bias + dot_kernel_dot (sample_of (plan, in, i,
                                          dot_node_get_items (input)), pixels,
                               plan->head, step->node->weight->n_items);
}

static void
run_spread (DotPlan       *plan,
            const DotTask *step,
            DotView        out)
{
  const DotNode *input  = step->node->inputs[0];
  DotPixels      pixels = { (gsize) input->height * input->width,
                            input->channels };

  for (gsize i = 0; i < plan->batch; i++)
    dot_kernel_spread (sample_of (plan, out, i, dot_node_get_items (input)),
                       pixels, plan->head, step->node->weight->n_items);
}

/* Both go over the smaller of the two sizes.  */
static void
run_resize (DotPlan       *plan,
            const DotTask *step,
            DotView        out,
            DotView        in)
{
  const DotNode *input = step->node->inputs[0];
  const DotNode *small = input->height < step->node->height ? input
                                                            : step->node;
  gsize          rows  = plan->batch * small->height;

  if (step->kind == DOT_TASK_POOL)
    dot_kernel_pool (out, in, rows, small->width, small->channels, step->factor,
                     step->accumulate);
  else
    dot_kernel_unpool (out, in, rows, small->width, small->channels,
                       step->factor, step->accumulate);
}

static void
run_softmax_back (DotPlan       *plan,
                  const DotTask *step,
                  DotView        out,
                  DotView        in,
                  DotView        aux)
{
  const DotNode *query = step->node->inputs[0];
  const DotNode *key   = step->node->inputs[1];

  dot_kernel_softmax_back (out, in, aux,
                           plan->batch * query->height * query->width,
                           (gsize) key->height * key->width);
}

static void
run_kernel (DotPlan       *plan,
            const DotTask *step,
            guint          label)
{
  DotView none = { NULL, FALSE };
  DotView out  = step->out == DOT_NO_BUFFER
                   ? none : dot_plan_get_view (plan, step->out);
  DotView in   = step->in == DOT_NO_BUFFER
                   ? none : dot_plan_get_view (plan, step->in);
  DotView aux  = step->aux == DOT_NO_BUFFER
                   ? none : dot_plan_get_view (plan, step->aux);

  switch (step->kind)
    {
    case DOT_TASK_AFFINE:
      dot_kernel_affine (out, in, pixels_of (plan, step->node),
                         scale_of (step, label), shift_of (step, label),
                         step->activation);
      break;
    case DOT_TASK_BACK:
      dot_kernel_back (out, in, aux, pixels_of (plan, step->node),
                       scale_of (step, label), step->activation,
                       step->accumulate);
      break;
    case DOT_TASK_ADD:
      dot_kernel_add (out, in, aux,
                      g_array_index (plan->buffers, DotBuffer, step->out).items,
                      step->factor);
      break;
    case DOT_TASK_POOL:
    case DOT_TASK_UNPOOL:
      run_resize (plan, step, out, in);
      break;
    case DOT_TASK_CONCAT:
      dot_kernel_concat (out, in, pixels_of (plan, step->node->inputs[0]),
                         row_of (step->node->weight, label),
                         step->node->weight->shape[1]);
      break;
    case DOT_TASK_SLICE:
      dot_kernel_slice (out, in, pixels_of (plan, step->node->inputs[0]),
                        step->node->weight->shape[1], step->accumulate);
      break;
    case DOT_TASK_DOT:
      run_dot (plan, step, in, label);
      break;
    case DOT_TASK_SPREAD:
      run_spread (plan, step, out);
      break;
    default:
      run_softmax_back (plan, step, out, in, aux);
    }
}

/**
 * dot_plan_run:
 * @label: of all samples
 *
 * Computes what the plan is for, from what lies at dot_plan_get_input().
 */
gboolean
dot_plan_run (DotPlan *plan,
              guint    label,
              GError **error)
{
  for (guint i = 0; i < plan->steps->len; i++)
    {
      const DotTask *step = &g_array_index (plan->steps, DotTask, i);

      if (step->kind != DOT_TASK_PRIMITIVE)
        run_kernel (plan, step, label);
      else if (! run_primitive (plan, step, label, error))
        return FALSE;
    }
  return dot_onednn_check (dnnl_stream_wait (plan->dnn->stream), error);
}
