/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Dot-refine train. */

#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "train/evaluator.h"
#include "train/train.h"

#include "dot-enums.h"
#include "cli-job.h"
#include "cli-output.h"
#include "cli-parse.h"
#include "cli-progress.h"
#include "cli-ranks.h"
#include "cli.h"

#include "base/json.h"

typedef struct
{
  DotTrainConfig *config;
  DotTrainOptions options;
  DotTrainResult  result;
} Run;

static struct
{
  char    *out;
  char    *data;
  char    *device;
  char    *precision;
  char    *steps;
  char    *threads;
  char    *features;
  char   **operands;
  gboolean trust;
  gboolean as_json;

  CliRanksTexts ranks;
} texts;

static const GOptionEntry entries[] = {
  { "out", 0, 0, G_OPTION_ARG_FILENAME, &texts.out,
    N_ ("The run's folder (the configuration's name)"), N_ ("FOLDER") },
  { "data", 0, 0, G_OPTION_ARG_FILENAME, &texts.data,
    N_ ("The pictures, in place of the configuration's data.path"), N_ ("PATH") },
  { "steps", 0, 0, G_OPTION_ARG_STRING, &texts.steps,
    N_ ("How many steps, in place of the configuration's"), N_ ("N") },
  { "device", 0, 0, G_OPTION_ARG_STRING, &texts.device,
    N_ ("Where to compute (auto: CUDA if it works)"),
    "auto|cpu|cuda" },
  { "precision", 0, 0, G_OPTION_ARG_STRING, &texts.precision,
    N_ ("Numbers of convolutions, in place of the configuration's"), "auto|float32|tf32|bfloat16" },
  { "threads", 0, 0, G_OPTION_ARG_STRING, &texts.threads,
    N_ ("How many threads (as many as the processor has)"), N_ ("N") },
  { "features", 0, 0, G_OPTION_ARG_FILENAME, &texts.features,
    N_ ("The TorchScript network that looks at the pictures, in place of the configuration's"),
    N_ ("FILE") },
  { "trust", 0, 0, G_OPTION_ARG_NONE, &texts.trust,
    N_ ("Run TorchScript files, which are programs, wherever they lie"), NULL },
  { "ranks", 0, 0, G_OPTION_ARG_STRING, &texts.ranks.ranks,
    N_ ("How many processes train together, one a machine (1)"), N_ ("N|auto") },
  { "rank", 0, 0, G_OPTION_ARG_STRING, &texts.ranks.rank,
    N_ ("Which of them this one is, from 0 (what the launcher has set)"), N_ ("N") },
  { "rendezvous", 0, 0, G_OPTION_ARG_FILENAME, &texts.ranks.rendezvous,
    N_ ("Where rank 0 listens, or a file that all see (a file in the run's folder)"),
    N_ ("HOST:PORT|FILE") },
  { "rank-timeout", 0, 0, G_OPTION_ARG_STRING, &texts.ranks.timeout,
    N_ ("How long a rank waits for the others (1800)"), N_ ("SECONDS") },
  { "json", 0, 0, G_OPTION_ARG_NONE, &texts.as_json,
    N_ ("Print JSON instead of a sentence"), NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &texts.operands, NULL,
    N_ ("CONFIG.json") },
  { NULL },
};

/*  private functions  */

static gboolean
apply_texts (Run *run, GError **error)
{
  DotTrainConfig *config = run->config;

  if (texts.data)
    {
      g_free (config->data_path);
      config->data_path = g_canonicalize_filename (texts.data, NULL);
    }
  if (texts.features)
    {
      g_free (config->evaluate_features);
      config->evaluate_features = g_canonicalize_filename (texts.features, NULL);
    }
  return (cli_parse_uint ("--steps", texts.steps, 0, &config->steps, error) &&
          cli_parse_uint ("--threads", texts.threads, 0, &run->options.n_threads, error) &&
          cli_parse_word (DOT_TYPE_DEVICE, "--device", texts.device, &run->options.device, error) &&
          cli_parse_word (DOT_TYPE_PRECISION, "--precision", texts.precision,
                          &config->trainer.precision, error));
}

/* "runs/fish.json" trains in "fish", in the folder one is in. */
static char *
guess_folder (const char *path)
{
  char *name = g_path_get_basename (path);

  if (g_str_has_suffix (name, ".json"))
    name[strlen (name) - strlen (".json")] = '\0';
  return name;
}

static gboolean
parse (Run *run, int argc, char **argv, GError **error)
{
  run->options.device = DOT_DEVICE_AUTO;
  if (! cli_parse_arguments (&argc, &argv, entries,
                             _ ("Trains a pair as a configuration says (docs/train.md).  Where the "
                                "folder holds a run that was interrupted, it goes on."),
                             NULL, error))
    return FALSE;
  if (! texts.operands || texts.operands[1])
    {
      cli_parse_usage_error (error, _ ("One configuration is needed"));
      return FALSE;
    }

  run->config = dot_train_config_read (texts.operands[0], error);
  if (! run->config || ! apply_texts (run, error) ||
      ! cli_ranks_parse (&texts.ranks, &run->options.ranks, error))
    return FALSE;
  if (! texts.out)
    texts.out = guess_folder (texts.operands[0]);
  run->options.out   = texts.out;
  run->options.trust = texts.trust;
  return TRUE;
}

static gboolean
compute (gpointer data, GCancellable *cancellable, GError **error)
{
  Run *run                           = data;
  g_autoptr (DotEvaluator) evaluator = NULL;

  run->options.progress    = cli_progress_show_long_phase;
  run->options.notice      = cli_progress_show_notice;
  run->options.cancellable = cancellable;
  if (run->config->evaluate_features && run->options.ranks.rank == 0)
    {
      evaluator = dot_evaluator_new (run->config, texts.trust, &run->options, error);
      if (! evaluator)
        return FALSE;
      run->options.prepare       = dot_evaluator_prepare;
      run->options.evaluate      = dot_evaluator_measure;
      run->options.evaluate_data = evaluator;
    }

  return dot_train (run->config, &run->options, &run->result, error);
}

static void
print_json (const DotTrainResult *result)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  dot_json_write_string (builder, "model", result->model);
  dot_json_write_string (builder, "device", result->device);
  dot_json_write_int (builder, "resumed", result->resumed);
  dot_json_write_int (builder, "step", result->step);
  json_builder_end_object (builder);

  cli_output_json (builder);
}

static void
print_sentence (const DotTrainResult *result)
{
  g_autofree char *folder = g_filename_display_name (result->model);

  cli_print (_ ("The model is in %s.\n"), folder);
}

/* Rank 0 says it for all. */
static void
print_result (const DotTrainResult *result)
{
  if (texts.as_json)
    print_json (result);
  else
    print_sentence (result);
}

/*  public functions  */

/**
 * cli_train:
 * @argc: how many strings there are in @argv
 * @argv: the command's name and what follows it
 * @error: where it says why it failed
 *
 * Trains a pair.
 *
 * Returns: whether it is done.
 */
gboolean
cli_train (int argc, char **argv, GError **error)
{
  Run run = {
    NULL,
  };
  gboolean success;

  cli_job_keep_memory ();
  success = parse (&run, argc, argv, error) &&
            cli_job_run (compute, &run,
                         _ ("Cancelled; the same command goes on from here."), error);
  if (success && run.options.ranks.rank == 0)
    print_result (&run.result);

  dot_train_result_clear (&run.result);
  g_clear_pointer (&run.config, dot_train_config_free);
  return success;
}
