/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* One measurement, in a process of its own.
 *
 * Each line on the standard input asks for an update; its end is the end.
 * Each line on the standard output is a JSON object, of members that
 * cli-bench-child.c knows.  So whoever asks decides when it is whose turn. */

#include "config.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "dot-enums.h"
#include "cli-bench-worker.h"
#include "cli-bench-model.h"

#include "base/json.h"

#include "engine/engine.h"
#include "engine/pair.h"

#define MAX_UPDATES 100000

typedef struct
{
  const CliBenchCase *one;
  DotPair            *pair;
  GCancellable       *cancellable;
  double              load_ms;
  gint64              asked; /* when the update was asked for */
  gboolean            ended; /* whether no more are */
} Worker;

/*  private functions  */

static double
milliseconds_since (gint64 time)
{
  return (double) (g_get_monotonic_time () - time) / 1000.0;
}

static JsonBuilder *
begin_line (void)
{
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  return builder;
}

/* At once, for someone waits for it. */
static void
end_line (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text     = NULL;

  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  puts (text);
  fflush (stdout);
  g_object_unref (builder);
}

/* The largest resident set so far, in KiB; NaN where nobody counts it. */
static double
get_peak_memory (void)
{
  g_autofree char *text = NULL;
  const char      *line = NULL;

  if (g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    line = strstr (text, "VmHWM:");
  return line ? g_ascii_strtod (line + strlen ("VmHWM:"), NULL) : NAN;
}

static void
say_start (Worker *worker)
{
  JsonBuilder *builder = begin_line ();

  dot_json_write_enum (builder, "engine", DOT_TYPE_ENGINE, dot_pair_get_engine (worker->pair));
  dot_json_write_enum (builder, "precision", DOT_TYPE_PRECISION,
                       dot_pair_get_precision (worker->pair));
  dot_json_write_string (builder, "device", dot_pair_get_device_name (worker->pair));
  dot_json_write_double (builder, "flops", dot_pair_get_flops (worker->pair));
  dot_json_write_double (builder, "load_ms", worker->load_ms);
  /* Monotonic time is everyone's: who started the process has the rest. */
  dot_json_write_int (builder, "first_image_at", g_get_monotonic_time ());
  end_line (builder);
}

static void
say_number (const char *name, double value)
{
  JsonBuilder *builder = begin_line ();

  dot_json_write_double (builder, name, value);
  end_line (builder);
}

static gboolean
is_asked (void)
{
  char line[64];

  return fgets (line, sizeof (line), stdin) != NULL;
}

/* In the job's thread. */
static void
on_step (const DotStep *step, gpointer data)
{
  Worker *worker = data;

  if (step->update == 0)
    say_start (worker);
  else
    say_number ("update_ms", milliseconds_since (worker->asked));

  worker->ended = ! is_asked ();
  if (worker->ended)
    g_cancellable_cancel (worker->cancellable);
  worker->asked = g_get_monotonic_time ();
}

static gboolean
load (Worker *worker, GError **error)
{
  const CliBenchCase *one    = worker->one;
  gint64              begin  = g_get_monotonic_time ();
  g_autoptr (DotModel) model = NULL;

  model = cli_bench_model_find (one->model, worker->cancellable, error);
  if (! model)
    return FALSE;

  worker->pair    = dot_pair_load (model, one->engine, one->device, one->precision, NULL, NULL,
                                   worker->cancellable, error);
  worker->load_ms = milliseconds_since (begin);
  /* Nothing is computed but what is measured. */
  if (worker->pair)
    dot_pair_take_warning (worker->pair, NULL);
  return worker->pair != NULL;
}

/* A constant that is given costs nothing. */
static DotRefineOptions *
make_options (const CliBenchCase *one)
{
  DotRefineOptions *options = dot_refine_options_new ();

  options->count   = one->batch;
  options->updates = MAX_UPDATES;
  options->k_eff   = 1.0;
  return options;
}

/* The end of the questions isn't the person's cancelling. */
static gboolean
refine (Worker *worker, GError **error)
{
  g_autoptr (DotRefineOptions) options = make_options (worker->one);
  g_autoptr (GError) cause             = NULL;

  if (dot_refine (worker->pair, options, on_step, NULL, worker, worker->cancellable, &cause) ||
      (worker->ended && g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED)))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

static void
say_error (const char *message)
{
  JsonBuilder *builder = begin_line ();

  dot_json_write_string (builder, "error", message);
  end_line (builder);
}

/* What can't be computed is an answer too; only a cancelling is none. */
static gboolean
answer_error (GError *cause, GError **error)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, cause);
      return FALSE;
    }

  /* Who asks would take a pipe that nobody reads for the failure. */
  while (is_asked ())
    ;
  say_error (cause->message);
  g_error_free (cause);
  return TRUE;
}

/*  public functions  */

/**
 * cli_bench_worker_run:
 * @one: what to measure
 * @cancellable: cancelled at the end, too
 * @error: where it says that it was cancelled
 *
 * Loads and refines, one update for each line that comes in.
 *
 * Returns: whether there was an answer, though it be an error.
 */
gboolean
cli_bench_worker_run (const CliBenchCase *one, GCancellable *cancellable, GError **error)
{
  Worker   worker = { .one = one, .cancellable = cancellable };
  GError  *cause  = NULL;
  gboolean done   = load (&worker, &cause) && refine (&worker, &cause);

  g_clear_pointer (&worker.pair, dot_pair_unref);
  if (! done)
    return answer_error (cause, error);

  say_number ("peak_mib", get_peak_memory () / 1024.0);
  return TRUE;
}

/**
 * cli_bench_worker_find_peak:
 * @precision: of what is timed
 * @error: unused, as an error is an answer
 *
 * Says how fast the processor is at its best.
 *
 * Returns: whether there was an answer.
 */
gboolean
cli_bench_worker_find_peak (DotPrecision precision, GError **error)
{
  GError *cause = NULL;
  double  convolution;
  double  product;

  if (! dot_engine_measure_peak (precision, &convolution, &product, &cause))
    return answer_error (cause, error);

  say_number ("peak_convolution", convolution);
  say_number ("peak_product", product);
  return TRUE;
}
