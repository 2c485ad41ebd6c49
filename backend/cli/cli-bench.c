/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Dot-refine bench.
 *
 * Every case has its turn in every round, so that what else the machine does
 * meets all of them. */

#include "config.h"

#include <signal.h>
#include <sys/prctl.h>

#include <glib/gi18n.h>

#include "cli-bench-lines.h"
#include "cli-bench-model.h"
#include "cli-bench-worker.h"
#include "cli-job.h"
#include "cli-progress.h"
#include "cli.h"

/* Fewer where fewer updates are asked for. */
#define ROUNDS 5

typedef struct
{
  CliBenchArguments *arguments;
  CliBenchLines     *lines;
  guint              done; /* measurements */
  guint              total;
} Bench;

/*  private functions  */

static void
show_progress (Bench *bench)
{
  cli_progress_show_long_phase (_ ("Measuring"), (double) bench->done++ / bench->total, NULL);
}

static gboolean
measure_peak (Bench *bench, guint precision, GCancellable *cancellable, GError **error)
{
  CliBenchCase one                  = { 0 };
  g_autoptr (CliBenchAnswer) answer = NULL;

  show_progress (bench);
  one           = g_array_index (bench->arguments->cases, CliBenchCase, 0);
  one.precision = g_array_index (bench->arguments->precisions, int, precision);

  answer = cli_bench_child_ask (&one, CLI_BENCH_PEAK, 0, cancellable, error);
  if (! answer)
    return FALSE;

  cli_bench_lines_add_peak (bench->lines, precision, answer);
  return TRUE;
}

static gboolean
measure_line (Bench *bench, guint line, guint updates, GCancellable *cancellable, GError **error)
{
  const CliBenchCase *one           = NULL;
  g_autoptr (CliBenchAnswer) answer = NULL;

  show_progress (bench);
  if (cli_bench_lines_has_failed (bench->lines, line))
    return TRUE;

  one    = &g_array_index (bench->arguments->cases, CliBenchCase, line);
  answer = cli_bench_child_ask (one, CLI_BENCH_WORKER, updates, cancellable, error);
  if (! answer)
    return FALSE;

  cli_bench_lines_add (bench->lines, line, answer);
  return TRUE;
}

static gboolean
measure_round (Bench *bench, guint updates, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < bench->arguments->precisions->len; i++)
    if (! measure_peak (bench, i, cancellable, error))
      return FALSE;

  for (guint i = 0; i < bench->arguments->cases->len; i++)
    if (! measure_line (bench, i, updates, cancellable, error))
      return FALSE;
  return TRUE;
}

/* A model that isn't there is no line's fault. */
static gboolean
check_model (Bench *bench, GCancellable *cancellable, GError **error)
{
  g_autoptr (DotModel) model = NULL;

  model = cli_bench_model_find (bench->arguments->model, cancellable, error);
  return model != NULL;
}

static gboolean
measure (Bench *bench, GCancellable *cancellable, GError **error)
{
  const CliBenchArguments *arguments = bench->arguments;
  guint                    rounds    = MIN (ROUNDS, arguments->updates);

  if (! check_model (bench, cancellable, error))
    return FALSE;

  bench->total = rounds * (arguments->cases->len + arguments->precisions->len);
  for (guint i = 0; i < rounds; i++)
    if (! measure_round (bench, (arguments->updates + rounds - 1 - i) / rounds, cancellable, error))
      return FALSE;
  return TRUE;
}

static gboolean
compute (gpointer data, GCancellable *cancellable, GError **error)
{
  Bench              *bench = data;
  const CliBenchCase *first = &g_array_index (bench->arguments->cases, CliBenchCase, 0);

  /* Who asks may be killed, and then nobody wants to know. */
  if (bench->arguments->role != CLI_BENCH_MEASURE)
    prctl (PR_SET_PDEATHSIG, SIGKILL);

  switch (bench->arguments->role)
    {
    case CLI_BENCH_PEAK:
      return cli_bench_worker_find_peak (first->precision, error);
    case CLI_BENCH_WORKER:
      return cli_bench_worker_run (first, cancellable, error);
    default:
      return measure (bench, cancellable, error);
    }
}

/*  public functions  */

/**
 * cli_bench:
 * @argc: how many strings there are in @argv
 * @argv: the command's name and what follows it
 * @error: where it says why it failed
 *
 * Measures updates in many ways and prints a table.
 *
 * Returns: whether it is done.
 */
gboolean
cli_bench (int argc, char **argv, GError **error)
{
  g_autoptr (CliBenchArguments) arguments = NULL;
  g_autoptr (CliBenchLines) lines         = NULL;
  Bench    bench                          = { 0 };
  gboolean success;

  arguments = cli_bench_arguments_parse (argc, argv, error);
  if (! arguments)
    return FALSE;

  bench.arguments = arguments;
  bench.lines = lines = cli_bench_lines_new (arguments);

  success = cli_job_run (compute, &bench, _ ("Cancelled."), error);
  if (success && arguments->role == CLI_BENCH_MEASURE && arguments->as_json)
    cli_bench_lines_print_json (lines);
  else if (success && arguments->role == CLI_BENCH_MEASURE)
    cli_bench_lines_print_table (lines);
  return success;
}
