/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Pictures that look like something, at no cost: a ball of some colour before
 * some ground, which comes out of noise. */

#include "config.h"

#include "made-up.h"

#include <math.h>

/* From 0 to 1, the same for the same place. */
static float
get_noise (guint x, guint y, guint channel, guint candidate)
{
  guint n = x * 73856093u ^ y * 19349663u ^ channel * 83492791u ^ (candidate + 1) * 2654435761u;

  n ^= n >> 13;
  n *= 0x5bd1e995u;
  n ^= n >> 15;
  return (n & 0xffff) / 65535.0f;
}

static float
get_color (guint channel, guint candidate)
{
  return 0.5f + 0.5f * cosf (6.283f * (channel / 3.0f + 0.13f * candidate));
}

/* @x, @y: from −1 to 1; from 0 to 1 as the run ends */
static float
get_ball (float x, float y, guint channel, guint candidate)
{
  float color = get_color (channel, candidate);
  float r2    = x * x + y * y;
  float light;

  if (r2 > 0.5f)
    return 0.25f + 0.2f * (1.0f - y) + 0.25f * get_color (channel + 1, candidate);

  light = (-x - y) * 0.5f + sqrtf (0.5f - r2);
  return CLAMP (0.15f + (color + 0.25f * sinf (12.0f * x + 4.0f * y)) * light +
                  powf (MAX (light, 0.0f), 12.0f),
                0.0f, 1.0f);
}

static void
paint (const DotMadeUp *run, DotFrame *frame, double done)
{
  guint size  = run->size;
  guint plane = size * size;
  float part  = (float) (0.35 + 0.65 * sqrt (done));

  for (guint i = 0; i < 3 * plane; i++)
    {
      guint channel = i / plane;
      guint x       = i % size;
      guint y       = i / size % size;
      float ball    = get_ball (2.0f * (x + 0.5f) / size - 1.0f, 2.0f * (y + 0.5f) / size - 1.0f,
                                channel, frame->candidate);
      float noise   = get_noise (x, y, channel, frame->candidate);

      frame->image[i] = 2.0f * (part * ball + (1.0f - part) * noise) - 1.0f;
    }
}

static DotFrame *
make_frame (const DotMadeUp *run, guint update, guint candidate)
{
  DotFrame *frame = g_atomic_rc_box_new0 (DotFrame);
  double    done  = update / (double) MAX (run->updates, 1);

  frame->update     = update;
  frame->n_updates  = run->updates;
  frame->candidate  = candidate;
  frame->batch      = run->candidates;
  frame->seed       = 7 + candidate;
  frame->class_name = g_strdup ("goldfish");
  frame->score      = -1.0 + 0.35 * candidate + 2.5 * (1.0 - exp (-3.0 * done)) +
                 0.15 * sin (update + candidate);
  frame->distance = 0.01 + 0.8 * sqrt (done) + 0.02 * candidate;
  frame->title = g_strdup_printf ("goldfish · seed %u · update %u · D %.2f", 7 + candidate, update,
                                  frame->score);
  frame->filename = g_strdup_printf ("goldfish-%u-%u.png", 7 + candidate, update);
  frame->state    = g_strdup ("{}");
  frame->channels = 3;
  frame->width    = run->size;
  frame->height   = run->size;
  frame->image    = g_new (float, 3 * run->size * run->size);
  paint (run, frame, done);
  return frame;
}

/**
 * dot_made_up_add:
 * @gallery: what gets the pictures after @update
 */
void
dot_made_up_add (const DotMadeUp *run, DotGallery *gallery, guint update)
{
  g_autoptr (GPtrArray) frames = NULL;

  frames = g_ptr_array_new_with_free_func ((GDestroyNotify) dot_frame_unref);
  for (guint i = 0; i < run->candidates; i++)
    g_ptr_array_add (frames, make_frame (run, update, i));
  dot_gallery_add (gallery, frames);
}
