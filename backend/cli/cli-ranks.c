/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Which of the processes of a training this one is: by its options, or by what
 * the program that started them all has set. */

#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "cli-parse.h"
#include "cli-ranks.h"

#define DEFAULT_SECONDS 1800

/* What launchers set.  Of Slurm it is the step's number of tasks: a script that
 * sbatch runs alone has the job's. */
static const struct
{
  const char *rank;
  const char *n_ranks;
} launchers[] = {
  { "RANK", "WORLD_SIZE" },
  { "OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE" },
  { "PMI_RANK", "PMI_SIZE" },
  { "SLURM_PROCID", "SLURM_STEP_NUM_TASKS" },
};

/*  private functions  */

/* Returns: whether a launcher says so; -1 for none */
static int
find_launcher (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (launchers); i++)
    if (g_getenv (launchers[i].rank) && g_getenv (launchers[i].n_ranks))
      return (int) i;
  return -1;
}

static gboolean
fail (GError **error, const char *sentence)
{
  cli_parse_usage_error (error, "%s", sentence);
  return FALSE;
}

static gboolean
parse_numbers (const CliRanksTexts *texts, DotRanksOptions *options, GError **error)
{
  int      launcher = find_launcher ();
  gboolean given    = strcmp (texts->ranks, "auto") != 0;

  if (launcher < 0 && ! given)
    return fail (error, _ ("No launcher has set a rank: give --ranks and --rank as numbers"));
  if (launcher < 0 && ! texts->rank)
    return fail (error, _ ("--ranks needs --rank, which of them this process is"));

  return (given
            ? cli_parse_uint ("--ranks", texts->ranks, 1, &options->n_ranks, error)
            : cli_parse_uint (launchers[launcher].n_ranks, g_getenv (launchers[launcher].n_ranks),
                              1, &options->n_ranks, error)) &&
         (texts->rank
            ? cli_parse_uint ("--rank", texts->rank, 0, &options->rank, error)
            : cli_parse_uint (launchers[launcher].rank, g_getenv (launchers[launcher].rank), 0,
                              &options->rank, error));
}

/* torchrun listens there itself, and counts how often it has begun anew. */
static void
fill_rendezvous (CliRanksTexts *texts, DotRanksOptions *options)
{
  const char *host = g_getenv ("MASTER_ADDR");
  const char *port = g_getenv ("MASTER_PORT");

  if (! texts->rendezvous && host && port)
    {
      texts->rendezvous = g_strdup_printf (strchr (host, ':') ? "[%s]:%s" : "%s:%s", host, port);
      if (g_strcmp0 (g_getenv ("TORCHELASTIC_USE_AGENT_STORE"), "True") == 0)
        options->hosted = g_getenv ("TORCHELASTIC_RESTART_COUNT");
    }
  options->rendezvous = texts->rendezvous;
}

/*  public functions  */

/**
 * cli_ranks_parse:
 * @texts: which must stay as long as @options
 * @options: (out): what they say
 * @error: where it says why it failed
 *
 * Without --ranks one process trains alone, whatever launchers have set.
 *
 * Returns: whether they make sense
 */
gboolean
cli_ranks_parse (CliRanksTexts *texts, DotRanksOptions *options, GError **error)
{
  *options = (DotRanksOptions) {
    .n_ranks = 1,
    .seconds = DEFAULT_SECONDS,
  };
  if (! texts->ranks)
    return ! (texts->rank || texts->rendezvous || texts->timeout) ||
           fail (error, _ ("--rank, --rendezvous and --rank-timeout need --ranks"));
  if (! parse_numbers (texts, options, error) ||
      ! cli_parse_uint ("--rank-timeout", texts->timeout, 1, &options->seconds, error))
    return FALSE;
  if (options->rank >= options->n_ranks)
    {
      cli_parse_usage_error (error,
                             _ ("There is no rank %u of %u: the first one is 0"), options->rank,
                             options->n_ranks);
      return FALSE;
    }
  fill_rendezvous (texts, options);
  return TRUE;
}
