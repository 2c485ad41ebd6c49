/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "graph.h"

G_BEGIN_DECLS

#define DOT_NO_BUFFER G_MAXUINT

/**
 * DotQuestion:
 * @DOT_QUESTION_IMAGE: G(z|y)
 * @DOT_QUESTION_SCORE: D(G(z|y)|y)
 * @DOT_QUESTION_GRADIENT: that and its gradient with respect to z
 * @DOT_QUESTION_BACKWARD: G(z|y), and the gradient with respect to z of its product
 *   with numbers that are given
 * @DOT_QUESTION_IMAGE_SCORE: D(x|y)
 * @DOT_QUESTION_IMAGE_GRADIENT: that and its gradient with respect to x
 *
 * What a plan computes.
 */
typedef enum
{
  DOT_QUESTION_IMAGE,
  DOT_QUESTION_SCORE,
  DOT_QUESTION_GRADIENT,
  DOT_QUESTION_BACKWARD,
  DOT_QUESTION_IMAGE_SCORE,
  DOT_QUESTION_IMAGE_GRADIENT
} DotQuestion;

/**
 * DotTaskKind:
 * @DOT_TASK_PRIMITIVE: the device's library: out from in, and aux where it
 *   is a product
 * @DOT_TASK_AFFINE: out = activation (scale · in + shift)
 * @DOT_TASK_BACK: the gradient of that; aux is its result
 * @DOT_TASK_ADD: out = in + factor · aux
 * @DOT_TASK_POOL: out = factor · sum over 2×2 of in
 * @DOT_TASK_UNPOOL: out = factor · in, at 2×2 places
 * @DOT_TASK_FIR_UP: out = factor · in, twice as large, by [3, 1] in both
 *   directions
 * @DOT_TASK_FIR_DOWN: out = factor · in, half as large, by [1, 3, 3, 1]
 * @DOT_TASK_RESIZE: out = in, bilinear
 * @DOT_TASK_RESIZE_BACK: the gradient of that
 * @DOT_TASK_MAX_POOL: out = the largest of 3×3 or 2×2 of in
 * @DOT_TASK_MAX_POOL_BACK: the gradient of that; aux is what it took
 * @DOT_TASK_JOIN: in are some of the channels of out
 * @DOT_TASK_SPLIT: the gradient of that
 * @DOT_TASK_CONCAT: out = in and the label's channels
 * @DOT_TASK_SLICE: the gradient of that
 * @DOT_TASK_MODULATE: out = activation (s · in + t), s and t of each sample in
 *   aux
 * @DOT_TASK_MODULATE_BACK: the gradient of that with respect to in
 * @DOT_TASK_MODULATE_ROWS: that with respect to s and t; aux is what was
 *   modulated
 * @DOT_TASK_DEMODULATE: out are the scales that in is demodulated by, then shifts
 * @DOT_TASK_DEMODULATE_GATE: the gradient of that before the square root; aux is
 *   its result
 * @DOT_TASK_DEMODULATE_BACK: that with respect to aux
 * @DOT_TASK_NOISE: out = activation (in + noise), and maybe clamped
 * @DOT_TASK_CLAMP: out = in, clamped
 * @DOT_TASK_CLAMP_BACK: the gradient of that, and of an activation before; aux is
 *   the result
 * @DOT_TASK_DOT: the scores from in
 * @DOT_TASK_SPREAD: the gradient of that
 * @DOT_TASK_SOFTMAX_BACK: out from the gradient in and the result aux
 */
typedef enum
{
  DOT_TASK_PRIMITIVE,
  DOT_TASK_AFFINE,
  DOT_TASK_BACK,
  DOT_TASK_ADD,
  DOT_TASK_POOL,
  DOT_TASK_UNPOOL,
  DOT_TASK_FIR_UP,
  DOT_TASK_FIR_DOWN,
  DOT_TASK_RESIZE,
  DOT_TASK_RESIZE_BACK,
  DOT_TASK_MAX_POOL,
  DOT_TASK_MAX_POOL_BACK,
  DOT_TASK_JOIN,
  DOT_TASK_SPLIT,
  DOT_TASK_CONCAT,
  DOT_TASK_SLICE,
  DOT_TASK_MODULATE,
  DOT_TASK_MODULATE_BACK,
  DOT_TASK_MODULATE_ROWS,
  DOT_TASK_DEMODULATE,
  DOT_TASK_DEMODULATE_GATE,
  DOT_TASK_DEMODULATE_BACK,
  DOT_TASK_NOISE,
  DOT_TASK_CLAMP,
  DOT_TASK_CLAMP_BACK,
  DOT_TASK_DOT,
  DOT_TASK_SPREAD,
  DOT_TASK_SOFTMAX_BACK
} DotTaskKind;

/**
 * DotTask:
 * @node: whose tables and sizes are meant
 * @out, @in, @aux: numbers of buffers
 * @input: of a join: which of the node's inputs
 * @scaled: of an affine step or its gradient: whether the scale is applied
 * @activation: the same
 * @accumulate: whether the result is added to what is there
 * @primitive: (nullable): owned
 */
typedef struct
{
  DotTaskKind   kind;
  DotNode      *node;
  guint         out;
  guint         in;
  guint         aux;
  guint         input;
  gboolean      scaled;
  DotActivation activation;
  gboolean      accumulate;
  float         factor;
  DotPrimitive *primitive;
} DotTask;

/**
 * DotBuffer:
 * @items: numbers, of all samples
 * @narrow: whether they are bfloat16
 * @first, @last: the steps between which it holds something
 * @offset: bytes from the start of the arena
 */
typedef struct
{
  gsize    items;
  gboolean narrow;
  guint    first;
  guint    last;
  gsize    offset;
} DotBuffer;

/**
 * DotPlan:
 * @values: for each node the buffer of its result
 * @gradients: for each node the buffer of the gradient with respect to its result
 * @seed: the buffer of the gradient that is given, where one is
 * @attentions: for each attention the buffer of its softmax
 * @readers: for each buffer how many nodes take it for their gradient
 * @row_at: for each node where its rows lie among all
 * @n_rows: numbers of all nodes' rows for one label
 * @rows: the rows of the label that is computed
 * @scores: (batch) double
 * @input, @cotangent, @image, @gradient: what goes in and comes out, always float32
 * @arena: where the buffers are; not owned
 * @recording: (nullable): the device's own
 * @mover: (nullable): what makes whole updates where the device does that
 *   (cuda/advance.c), freed by @free_mover
 *
 * A question, compiled for a batch size: a list of steps, and a place in
 * memory for each thing that they read and write.
 */
typedef struct
{
  const DotGraph *graph;
  DotContext     *context;
  DotQuestion     question;
  gsize           batch;
  gboolean        narrow;
  GArray         *steps;
  GArray         *buffers;
  guint          *values;
  guint          *gradients;
  guint           seed;
  guint          *attentions;
  GArray         *readers;
  gsize          *row_at;
  gsize           n_rows;
  DotShared       rows;
  DotShared       scores;
  DotShared       input;
  DotShared       cotangent;
  DotShared       image;
  DotShared       gradient;
  gsize           scratch_offset;
  gsize           rows_offset;
  gsize           scores_offset;
  gsize           arena_size;
  char           *arena;
  DotRecording   *recording;
  gpointer        mover;
  GDestroyNotify  free_mover;
} DotPlan;

DotPlan *dot_plan_compile (const DotGraph *graph,
                           DotContext     *context,
                           DotQuestion     question,
                           gsize           batch,
                           gboolean        narrow,
                           GError        **error);
void     dot_plan_free (DotPlan *plan);
gboolean dot_plan_place (DotPlan *plan, gpointer arena, GError **error);
gboolean dot_plan_run (DotPlan *plan, guint label, GError **error);

/* What the parts of planning, placing and running share. */
gboolean dot_plan_run_steps (DotPlan *plan, GError **error);
gboolean dot_plan_forward (DotPlan *plan, GError **error);
gboolean dot_plan_backward (DotPlan *plan, GError **error);
void     dot_plan_memory_assign (DotPlan *plan);
void     dot_plan_unplace (DotPlan *plan);
void     dot_plan_rows_arrange (DotPlan *plan);
void     dot_plan_rows_fill (DotPlan *plan, guint label);
float   *dot_plan_rows_get_scales (const DotPlan *plan, const DotNode *node);
float   *dot_plan_rows_get_shifts (const DotPlan *plan, const DotNode *node);
DotNode *dot_plan_get_source (const DotPlan *plan);
guint    dot_plan_get_end (const DotPlan *plan);
guint    dot_plan_add_buffer (DotPlan *plan, gsize items, gboolean narrow);
gboolean dot_plan_is_narrow (const DotPlan *plan, guint buffer);
void     dot_plan_add_step (DotPlan *plan, DotTask step);
gboolean dot_plan_add_product (DotPlan       *plan,
                               guint          out,
                               guint          first,
                               guint          second,
                               const gsize    size[3],
                               const gboolean transposed[2],
                               float          factor,
                               gboolean       accumulate,
                               GError       **error);
DotView  dot_plan_get_view (const DotPlan *plan, guint buffer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotPlan, dot_plan_free)

G_END_DECLS
