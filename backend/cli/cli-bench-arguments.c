/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What dot-refine bench is told. */

#include "config.h"

#include <glib/gi18n.h>

#include "dot-enums.h"
#include "cli-bench-arguments.h"
#include "cli-parse.h"

#define MAX_BATCH   65536
#define MAX_UPDATES 10000

static struct
{
  char    *model;
  char    *batch;
  char    *precision;
  char    *engine;
  char    *device;
  char    *updates;
  gboolean as_json;
  gboolean worker;
  gboolean peak;
} texts;

static const GOptionEntry entries[] = {
  { "model", 0, 0, G_OPTION_ARG_FILENAME, &texts.model,
    N_ ("A model, or random-128, which is made (imagenet40-64)"), N_ ("ID") },
  { "batch", 0, 0, G_OPTION_ARG_STRING, &texts.batch, N_ ("How many candidates at once (1,4,16)"),
    N_ ("NUMBER,…") },
  { "precision", 0, 0, G_OPTION_ARG_STRING, &texts.precision,
    N_ ("How exactly to compute (float32,bfloat16)"), N_ ("WORD,…") },
  { "engine", 0, 0, G_OPTION_ARG_STRING, &texts.engine, N_ ("What computes (native,torch)"),
    N_ ("WORD,…") },
  { "device", 0, 0, G_OPTION_ARG_STRING, &texts.device,
    N_ ("Where to compute (auto: CUDA if it works)"),
    "auto|cpu|cuda" },
  { "updates", 0, 0, G_OPTION_ARG_STRING, &texts.updates,
    N_ ("How many updates to time in each line (20)"), N_ ("NUMBER") },
  { "json", 0, 0, G_OPTION_ARG_NONE, &texts.as_json, N_ ("Print JSON instead of a table"), NULL },
  { "worker", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &texts.worker, NULL, NULL },
  { "peak", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &texts.peak, NULL, NULL },
  { NULL },
};

/*  private functions  */

static gboolean
parse_texts (int argc, char **argv, GError **error)
{
  return cli_parse_arguments (&argc, &argv, entries,
                              _ ("Measures updates in all combinations of "
                                 "engines, precisions and batches."),
                              _ ("What stands in parentheses is used where the "
                                 "option isn't given; lists are separated by "
                                 "commas.\n"
                                 "random-128 is a random pair of 128 pixels and 1000 classes, "
                                 "which is made once in the cache (265 MB)."),
                              error);
}

static gboolean
check_number (const char *name, guint value, guint largest, GError **error)
{
  if (value <= largest)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("%s %.10g is out of range: give a number from %.10g to %.10g."), name, (double) value,
               1.0, (double) largest);
  return FALSE;
}

static gboolean
parse_batches (GArray *batches, GError **error)
{
  g_auto (GStrv) words = g_strsplit (texts.batch ? texts.batch : "1,4,16", ",", 0);
  gboolean done        = TRUE;

  for (guint i = 0; done && (i == 0 || words[i]); i++)
    {
      guint batch = 1;

      done = cli_parse_uint ("--batch", words[i] ? words[i] : "", 1, &batch, error) &&
             check_number ("--batch", batch, MAX_BATCH, error);
      g_array_append_val (batches, batch);
    }
  return done;
}

/* Values of an enumeration, which GArray keeps as int. */
static gboolean
parse_list (GType type, const char *option, const char *text, GArray *values, GError **error)
{
  g_auto (GStrv) words = g_strsplit (text, ",", 0);
  gboolean done        = TRUE;

  for (guint i = 0; done && (i == 0 || words[i]); i++)
    {
      int value = 0;

      done = cli_parse_word (type, option, words[i] ? words[i] : "", &value, error);
      g_array_append_val (values, value);
    }
  return done;
}

/* The batches turn fastest. */
static void
add_cases (CliBenchArguments *arguments,
           const GArray      *engines,
           DotDevice          device,
           const GArray      *precisions,
           const GArray      *batches)
{
  for (guint e = 0; e < engines->len; e++)
    for (guint p = 0; p < precisions->len; p++)
      for (guint b = 0; b < batches->len; b++)
        {
          CliBenchCase one = {
            .model     = arguments->model,
            .engine    = g_array_index (engines, int, e),
            .device    = device,
            .precision = g_array_index (precisions, int, p),
            .batch     = g_array_index (batches, guint, b),
          };

          g_array_append_val (arguments->cases, one);
        }
}

static void
add_precision (GArray *precisions, int precision)
{
  for (guint i = 0; i < precisions->len; i++)
    if (g_array_index (precisions, int, i) == precision)
      return;

  g_array_append_val (precisions, precision);
}

/* “auto” becomes one of two. */
static void
add_precisions (CliBenchArguments *arguments, const GArray *given)
{
  for (guint i = 0; i < given->len; i++)
    {
      int precision = g_array_index (given, int, i);

      if (precision != DOT_PRECISION_AUTO)
        {
          add_precision (arguments->precisions, precision);
          continue;
        }
      add_precision (arguments->precisions, DOT_PRECISION_FLOAT32);
      add_precision (arguments->precisions, DOT_PRECISION_BFLOAT16);
    }
}

static gboolean
parse_cases (CliBenchArguments *arguments, GError **error)
{
  g_autoptr (GArray) engines    = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (GArray) precisions = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (GArray) batches    = g_array_new (FALSE, FALSE, sizeof (guint));
  DotDevice device              = DOT_DEVICE_AUTO;

  if (! parse_list (DOT_TYPE_ENGINE, "--engine", texts.engine ? texts.engine : "native,torch",
                    engines, error) ||
      ! parse_list (DOT_TYPE_PRECISION, "--precision",
                    texts.precision ? texts.precision : "float32,bfloat16", precisions, error) ||
      ! parse_batches (batches, error) ||
      ! cli_parse_word (DOT_TYPE_DEVICE, "--device", texts.device, &device, error))
    return FALSE;

  add_cases (arguments, engines, device, precisions, batches);
  add_precisions (arguments, precisions);
  return TRUE;
}

static gboolean
parse_numbers (CliBenchArguments *arguments, GError **error)
{
  return cli_parse_uint ("--updates", texts.updates, 1, &arguments->updates, error) &&
         check_number ("--updates", arguments->updates, MAX_UPDATES, error);
}

/*  public functions  */

/**
 * cli_bench_arguments_parse:
 * @argc: how many strings there are in @argv
 * @argv: the command's name and what follows it
 * @error: where it says what it cannot read
 *
 * Reads the command line of dot-refine bench.
 *
 * Returns: (transfer full): what it says, or %NULL.
 */
CliBenchArguments *
cli_bench_arguments_parse (int argc, char **argv, GError **error)
{
  g_autoptr (CliBenchArguments) arguments = g_new0 (CliBenchArguments, 1);

  arguments->cases      = g_array_new (FALSE, FALSE, sizeof (CliBenchCase));
  arguments->precisions = g_array_new (FALSE, FALSE, sizeof (int));
  arguments->updates    = 20;

  if (! parse_texts (argc, argv, error))
    return NULL;

  arguments->model   = texts.model ? g_steal_pointer (&texts.model) : g_strdup (DOT_DEFAULT_MODEL);
  arguments->as_json = texts.as_json;
  arguments->role    = texts.peak     ? CLI_BENCH_PEAK
                       : texts.worker ? CLI_BENCH_WORKER
                                      : CLI_BENCH_MEASURE;
  if (! parse_cases (arguments, error) || ! parse_numbers (arguments, error))
    return NULL;
  return g_steal_pointer (&arguments);
}

/**
 * cli_bench_arguments_free:
 * @arguments: what cli_bench_arguments_parse() returned
 */
void
cli_bench_arguments_free (CliBenchArguments *arguments)
{
  g_array_unref (arguments->cases);
  g_array_unref (arguments->precisions);
  g_free (arguments->model);
  g_free (arguments);
}
