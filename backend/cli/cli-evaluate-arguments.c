/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What dot-refine evaluate is told. */

#include "config.h"

#include <stdlib.h>

#include <glib/gi18n.h>

#include "cli-evaluate-arguments.h"
#include "cli-parse.h"
#include "cli-run-arguments.h"
#include "cli-shard.h"
#include "network/architecture.h"

#define MAX_SAMPLES 10000000
#define MAX_BATCH   10000
#define MAX_SUBSETS 100000

static struct
{
  char *samples;
  char *updates;
  char *batch;
  char *against;
  GStrv features;
  char *metrics;
  char *kid_subsets;
  char *work;
  char *shard;
} texts;

static const GOptionEntry entries[] = {
  { "samples", 0, 0, G_OPTION_ARG_STRING, &texts.samples,
    N_ ("How many pictures, of all classes in turn or of the class (1000)"), N_ ("NUMBER") },
  { "updates", 0, 0, G_OPTION_ARG_STRING, &texts.updates,
    N_ ("After how many updates they are looked at (0,16)"), "N,N…" },
  { "against", 0, 0, G_OPTION_ARG_FILENAME, &texts.against,
    N_ ("Real pictures: a folder, a tar, FILE.tar:FOLDER, or statistics (.npz)"), N_ ("PATH") },
  { "features", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &texts.features,
    N_ ("A TorchScript network that looks at the pictures; once for each of several"),
    N_ ("FILE") },
  { "metrics", 0, 0, G_OPTION_ARG_STRING, &texts.metrics,
    N_ ("Which numbers (all that what is given allows)"), "fid,is,kid,pr,lipschitz" },
  { "kid-subsets", 0, 0, G_OPTION_ARG_STRING, &texts.kid_subsets,
    N_ ("Random subsets that KID is the mean of; 0: all pictures at once (100)"), N_ ("NUMBER") },
  { "batch", 0, 0, G_OPTION_ARG_STRING, &texts.batch, N_ ("How many are refined at once (50)"),
    N_ ("NUMBER") },
  { "work", 0, 0, G_OPTION_ARG_FILENAME, &texts.work,
    N_ ("Keep what is finished in this folder (in the cache, until the end)"), N_ ("FOLDER") },
  { "shard", 0, 0, G_OPTION_ARG_STRING, &texts.shard,
    N_ ("Make only the I-th of N shards of it, in --work; without --shard they are joined"), "I/N" },
  { NULL },
};

static const struct
{
  const char *word;
  DotMetrics  metric;
} words[] = {
  { "fid", DOT_METRIC_FID },
  { "is", DOT_METRIC_IS },
  { "kid", DOT_METRIC_KID },
  { "pr", DOT_METRIC_PR },
  { "lipschitz", DOT_METRIC_LIPSCHITZ },
};

/*  private functions  */

static gboolean
parse_limited (const char *option,
               const char *text,
               guint       smallest,
               guint       largest,
               guint      *value,
               GError    **error)
{
  if (! cli_parse_uint (option, text, smallest, value, error))
    return FALSE;
  if (*value <= largest)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("%s %s is out of range: give a whole number from %u to %u."), option, text, smallest,
               largest);
  return FALSE;
}

static int
compare_uints (gconstpointer a, gconstpointer b)
{
  guint one   = *(const guint *) a;
  guint other = *(const guint *) b;

  return (one > other) - (one < other);
}

static gboolean
parse_updates (GArray *updates, guint whole, GError **error)
{
  g_autofree char *initial = g_strdup_printf ("0,%u", whole);
  const char      *text    = texts.updates ? texts.updates : initial;
  g_auto (GStrv) parts     = g_strsplit (text, ",", -1);

  for (char **part = parts; *part; part++)
    {
      guint update = 0;

      if (! parse_limited ("--updates", *part, 0, 100000, &update, error))
        return FALSE;
      g_array_append_val (updates, update);
    }

  /* Each number once. */
  g_array_sort (updates, compare_uints);
  for (guint i = updates->len; i-- > 1;)
    if (g_array_index (updates, guint, i) == g_array_index (updates, guint, i - 1))
      g_array_remove_index (updates, i);

  if (updates->len > 0)
    return TRUE;

  cli_parse_usage_error (error, _ ("“%s” of %s is no whole number"), text, "--updates");
  return FALSE;
}

static gboolean
parse_metric (const char *word, DotMetrics *metrics, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (word, words[i].word))
      {
        *metrics |= words[i].metric;
        return TRUE;
      }

  cli_parse_usage_error (error, _ ("“%s” of --metrics is none of: %s"), word,
                         "fid, is, kid, pr, lipschitz");
  return FALSE;
}

/* Without the option all that can be had. */
static gboolean
parse_metrics (DotMetrics *metrics, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (texts.metrics ? texts.metrics : "", ",", -1);

  if (! texts.metrics)
    {
      *metrics = DOT_METRIC_LIPSCHITZ;
      if (texts.features)
        *metrics |= DOT_METRIC_IS;
      if (texts.features && texts.against)
        *metrics |= DOT_METRIC_FID | DOT_METRIC_KID | DOT_METRIC_PR;
    }

  for (char **part = parts; *part; part++)
    if (! parse_metric (*part, metrics, error))
      return FALSE;
  return TRUE;
}

static gboolean
check_combination (const CliEvaluateArguments *arguments, GError **error)
{
  DotMetrics pictures = arguments->metrics & ~DOT_METRIC_LIPSCHITZ;

  if ((pictures || texts.against) && ! texts.features)
    cli_parse_usage_error (error, _ ("Pictures are compared by --features, which is missing"));
  else if ((pictures & ~DOT_METRIC_IS) && ! texts.against)
    cli_parse_usage_error (error, _ ("fid, kid and pr need --against"));
  else
    return TRUE;
  return FALSE;
}

static gboolean
read_numbers (CliEvaluateArguments *arguments, GError **error)
{
  guint samples = 1000;
  guint batch   = CLI_EVALUATE_BATCH;

  arguments->kid = (DotKidOptions) { 100, 1000, 0 };
  if (! parse_limited ("--samples", texts.samples, 1, MAX_SAMPLES, &samples, error) ||
      ! parse_limited ("--batch", texts.batch, 1, MAX_BATCH, &batch, error) ||
      ! parse_limited ("--kid-subsets", texts.kid_subsets, 0, MAX_SUBSETS, &arguments->kid.subsets,
                       error))
    return FALSE;

  arguments->kid.seed      = (guint32) arguments->options->seed;
  arguments->samples.count = samples;
  arguments->samples.batch = batch;
  return TRUE;
}

static gboolean
parse_texts (int argc, char **argv, GError **error)
{
  g_autofree GOptionEntry *all         = cli_run_arguments_join (entries, CLI_RUN_SAMPLES);
  g_autofree char         *description = NULL;

  description = g_strdup_printf (_ ("What stands in parentheses is used where "
                                    "the option isn't given.\n"
                                    "Architectures: %s."),
                                 dot_architecture_list ());
  return cli_parse_arguments (&argc, &argv, all,
                              _ ("Measures a pair's pictures before and after refining: FID, "
                                 "inception score, KID, precision and recall."),
                              description, error);
}

static void
take_strings (CliEvaluateArguments *arguments)
{
  arguments->against  = g_steal_pointer (&texts.against);
  arguments->features = texts.features ? g_steal_pointer (&texts.features) : g_new0 (char *, 1);
  arguments->work     = g_steal_pointer (&texts.work);
  arguments->default_metrics = ! texts.metrics;
  arguments->as_json         = cli_run_arguments_as_json ();

  arguments->samples.run       = arguments->options;
  arguments->samples.updates   = (const guint *) (gconstpointer) arguments->updates->data;
  arguments->samples.n_updates = arguments->updates->len;
  arguments->samples.work      = arguments->work;
}

/*  public functions  */

/**
 * cli_evaluate_arguments_parse:
 * @argc: how many strings there are in @argv
 * @argv: the command's name and what follows it
 * @error: where it says what it cannot read
 *
 * Reads the command line of dot-refine evaluate.
 *
 * Returns: (transfer full): what it says, or %NULL.
 */
CliEvaluateArguments *
cli_evaluate_arguments_parse (int argc, char **argv, GError **error)
{
  g_autoptr (CliEvaluateArguments) arguments = NULL;

  arguments          = g_new0 (CliEvaluateArguments, 1);
  arguments->options = dot_refine_options_new ();
  arguments->updates = g_array_new (FALSE, FALSE, sizeof (guint));

  if (! parse_texts (argc, argv, error) || ! cli_run_arguments_read (arguments->options, error) ||
      ! read_numbers (arguments, error) ||
      ! parse_updates (arguments->updates, arguments->options->updates, error) ||
      ! parse_metrics (&arguments->metrics, error) || ! check_combination (arguments, error) ||
      ! cli_shard_parse (texts.shard, texts.work, &arguments->samples.shard, error))
    return NULL;

  take_strings (arguments);
  return g_steal_pointer (&arguments);
}

/**
 * cli_evaluate_arguments_free:
 * @arguments: what cli_evaluate_arguments_parse() returned
 */
void
cli_evaluate_arguments_free (CliEvaluateArguments *arguments)
{
  dot_refine_options_free (arguments->options);
  g_array_unref (arguments->updates);
  g_free (arguments->against);
  g_strfreev (arguments->features);
  g_free (arguments->work);
  g_free (arguments);
}

/**
 * cli_evaluate_arguments_list_wnids:
 * @model: a model
 * @only: (nullable): one of its classes; %NULL for all
 *
 * Returns: (transfer full): the WordNet ids of its classes, which folders of
 *   real pictures may be called after.
 */
GStrv
cli_evaluate_arguments_list_wnids (DotModel *model, const DotClass *only)
{
  g_autoptr (GStrvBuilder) wnids = g_strv_builder_new ();

  for (guint i = 0; i < dot_model_get_n_classes (model); i++)
    {
      const DotClass *class = dot_model_get_class (model, i);

      if (class->wnid && (! only || only->label == class->label))
        g_strv_builder_add (wnids, class->wnid);
    }

  return g_strv_builder_end (wnids);
}
