/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "runs.h"

static char *
make_state (guint update, guint candidate, gint64 seed)
{
  char score[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_dtostr (score, sizeof (score), update + candidate / 10.0);
  return g_strdup_printf ("{\"format\":\"dot-refine-state\",\"version\":1,"
                          "\"model\":{\"id\":\"imagenet10-64\"},"
                          "\"class\":{\"name\":\"goldfish\",\"wnid\":null},"
                          "\"seed\":%d,\"update\":%u,\"score\":%s,"
                          "\"latent\":[%u.25,-1e-17,0.1],\"origin\":[%u.1,0.10000000000000001,-2]}",
                          (int) seed, update, score, update, candidate);
}

static DotFrame *
make_frame (guint update, guint candidate, guint count, guint width, guint height, int seed)
{
  DotFrame *frame = g_atomic_rc_box_new0 (DotFrame);
  gsize     plane = (gsize) width * height;

  *frame            = (DotFrame) { .update    = update,
                                   .n_updates = 16,
                                   .candidate = candidate,
                                   .batch     = count,
                                   .seed      = seed < 0 ? -1 : seed + (int) candidate,
                                   .channels  = 3,
                                   .width     = width,
                                   .height    = height };
  frame->class_name = g_strdup ("goldfish");
  frame->title      = g_strdup ("goldfish");
  frame->filename   = g_strdup ("goldfish.png");
  frame->state      = make_state (update, candidate, frame->seed);
  frame->score      = update + candidate / 10.0;
  frame->distance   = update / 2.0;
  frame->image      = g_new (float, 3 * plane);
  for (gsize i = 0; i < 3 * plane; i++)
    frame->image[i] = (i < plane ? update : i < 2 * plane ? candidate : 0) / 127.5f - 1.0f;
  return frame;
}

GPtrArray *
run_frames_new (guint update, guint count, guint width, guint height, int seed)
{
  GPtrArray *frames;

  frames = g_ptr_array_new_with_free_func ((GDestroyNotify) dot_frame_unref);
  for (guint c = 0; c < count; c++)
    g_ptr_array_add (frames, make_frame (update, c, count, width, height, seed));
  return frames;
}
