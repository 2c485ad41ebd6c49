/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "trace.h"

#include "candidates.h"
#include "format/npz.h"
#include "base/system.h"
#include "dot-enums.h"
#include "method/method.h"
#include "model/model.h"

#include "base/intl.h"

#include <string.h>

/* What is kept of each number while a trace is saved. */
#define COPIES 2

/* The arrays of the file; each step adds a row to all but k_eff. */
typedef enum
{
  Z,
  SCORE,
  GRADIENT,
  IMAGE,
  K_EFF,
  DRAWN,
  ACCEPTED,
  N_ARRAYS
} TraceArray;

static const char *const array_names[N_ARRAYS] = { "z",     "score", "gradient", "image",
                                                   "k_eff", "drawn", "accepted" };

struct _DotTrace
{
  DotMethod method;
  GArray   *arrays[N_ARRAYS];
  gsize     steps;
  gsize     batch;
  gsize     latent_size;
  gsize     point_size;
  gsize     channels;
  gsize     height;
  gsize     width;
};

/* How many numbers the largest array of a trace has, and all of them.  FALSE:
 * more than can be counted. */
static gboolean
count_numbers (DotModel *model, const DotRefineOptions *options, guint64 *largest, guint64 *all)
{
  guint64 items = dot_model_get_image_items (model);
  guint64 d     = dot_model_get_latent_size (model);
  guint64 point = options->space == DOT_SPACE_TARGET ? items : d;
  guint64 rows  = (guint64) options->updates + 1;

  return g_uint64_checked_mul (&rows, rows, dot_candidates_count (model, options)) &&
         g_uint64_checked_mul (largest, rows, MAX (items, point)) &&
         g_uint64_checked_mul (all, rows, d + 1 + point + items);
}

/**
 * dot_trace_check:
 * @path: where the trace shall be saved
 *
 * A trace is kept in memory until it is saved, and copied then.
 *
 * Returns: %FALSE with %DOT_ERROR_NO_MEMORY where the run that @options
 *   describe has more to trace than memory holds
 */
gboolean
dot_trace_check (DotModel *model, const DotRefineOptions *options, const char *path, GError **error)
{
  guint64          memory  = dot_system_get_memory ();
  guint64          largest = 0;
  guint64          all     = 0;
  g_autofree char *shown   = NULL;

  if (count_numbers (model, options, &largest, &all) && largest < G_MAXUINT &&
      (memory == 0 || all <= memory / (COPIES * sizeof (float))))
    return TRUE;

  shown = g_filename_display_name (path);
  g_set_error (error, DOT_ERROR, DOT_ERROR_NO_MEMORY,
               _ ("The trace %s would take more than the computer's memory: ask "
                  "for fewer updates or candidates, or for no trace."),
               shown);
  return FALSE;
}

/**
 * dot_trace_new:
 *
 * Returns: (transfer full): an empty trace
 */
DotTrace *
dot_trace_new (void)
{
  DotTrace *trace = g_new0 (DotTrace, 1);

  for (int i = 0; i < N_ARRAYS; i++)
    trace->arrays[i] = g_array_new (FALSE, FALSE, sizeof (float));
  return trace;
}

void
dot_trace_free (DotTrace *trace)
{
  if (! trace)
    return;

  for (int i = 0; i < N_ARRAYS; i++)
    g_array_unref (trace->arrays[i]);
  g_free (trace);
}

/**
 * dot_trace_set_method:
 *
 * Says by which method the steps come about; dot unless told otherwise.
 */
void
dot_trace_set_method (DotTrace *trace, DotMethod method)
{
  trace->method = method;
}

static void
append_counts (GArray *array, const guint *values, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      float value = (float) values[i];

      g_array_append_val (array, value);
    }
}

static void
append_doubles (GArray *array, const double *values, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      float value = (float) values[i];

      g_array_append_val (array, value);
    }
}

/**
 * dot_trace_add:
 *
 * Adds a step; all steps must be of one run, in their order.
 */
void
dot_trace_add (DotTrace *trace, const DotStep *step)
{
  trace->batch       = step->batch;
  trace->latent_size = step->latent_size;
  trace->point_size  = step->point_size;
  trace->channels    = step->channels;
  trace->height      = step->height;
  trace->width       = step->width;

  append_doubles (trace->arrays[Z], step->latents, step->batch * step->latent_size);
  append_doubles (trace->arrays[SCORE], step->scores, step->batch);
  append_doubles (trace->arrays[GRADIENT], step->gradients, step->batch * step->point_size);
  g_array_append_vals (trace->arrays[IMAGE], step->images,
                       step->batch * step->channels * step->height * step->width);
  if (step->drawn)
    {
      append_counts (trace->arrays[DRAWN], step->drawn, step->batch);
      append_counts (trace->arrays[ACCEPTED], step->accepted, step->batch);
    }
  if (trace->steps++ == 0)
    append_doubles (trace->arrays[K_EFF], step->k_eff, step->batch);
}

/* (out): the shape of an array; returns its number of dimensions. */
static guint
trace_shape (const DotTrace *trace, TraceArray array, gsize shape[5])
{
  const gsize tails[N_ARRAYS][3] = {
    [Z]        = { trace->latent_size },
    [GRADIENT] = { trace->point_size },
    [IMAGE]    = { trace->channels, trace->height, trace->width },
  };
  const guint n_dims[N_ARRAYS] = {
    [Z] = 3, [SCORE] = 2, [GRADIENT] = 3, [IMAGE] = 5, [K_EFF] = 1, [DRAWN] = 2, [ACCEPTED] = 2,
  };

  if (array == K_EFF)
    {
      shape[0] = trace->batch;
      return 1;
    }

  shape[0] = trace->steps;
  shape[1] = trace->batch;
  memcpy (shape + 2, tails[array], sizeof (tails[array]));
  return n_dims[array];
}

/* A word as NumPy keeps it, in UTF-32.  Transports are told apart by nothing, as they
 * always were. */
static gboolean
add_method (DotTrace *trace, DotNpzWriter *writer, GError **error)
{
  const char      *word     = dot_enum_to_nick (DOT_TYPE_METHOD, trace->method);
  gsize            n        = strlen (word);
  g_autofree char *descr    = g_strdup_printf ("<U%zu", n);
  g_autoptr (GBytes) header = dot_npy_new_header (descr, 0, NULL);
  gsize   begin             = g_bytes_get_size (header);
  guint8 *bytes;

  if (dot_method_is_transport (trace->method))
    return TRUE;
  bytes = g_malloc0 (begin + 4 * n);
  memcpy (bytes, g_bytes_get_data (header, NULL), begin);
  for (gsize i = 0; i < n; i++)
    bytes[begin + 4 * i] = (guint8) word[i];
  return dot_zip_writer_add (writer, "method.npy", bytes, begin + 4 * n, TRUE, error);
}

/**
 * dot_trace_save:
 *
 * Writes z (N+1, B, d), score (N+1, B), gradient (N+1, B, d) of the score,
 * image (N+1, B, C, H, W) and k_eff (B), all float32; in target space the
 * gradient's d is C·H·W.  Of a method that refuses there are drawn and accepted
 * (N+1, B), and the method's word where dot_transport() doesn't make it.  The file appears whole or not at all.
 */
gboolean
dot_trace_save (DotTrace *trace, const char *path, GError **error)
{
  g_autoptr (DotNpzWriter) writer = dot_npz_writer_new (path, error);

  if (! writer)
    return FALSE;

  for (int i = 0; i < N_ARRAYS; i++)
    {
      gsize shape[5];
      guint n_dims = trace_shape (trace, i, shape);

      /* A method without draws that it may refuse has none to count. */
      if (i > K_EFF && trace->arrays[i]->len == 0)
        continue;
      if (! dot_npz_writer_add (writer, array_names[i],
                                (const float *) (gconstpointer) trace->arrays[i]->data, n_dims,
                                shape, error))
        return FALSE;
    }
  return add_method (trace, writer, error) && dot_npz_writer_close (writer, error);
}
