/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Dot-refine statistics. */

#include "config.h"

#include <math.h>

#include <glib/gi18n.h>

#include "dot-enums.h"
#include "metrics/reference.h"
#include "cli-evaluate-arguments.h"
#include "cli-job.h"
#include "cli-output.h"
#include "cli-parse.h"
#include "cli-progress.h"
#include "cli.h"

#include "base/json.h"

#define MAX_SIDE 4096

static struct
{
  char    *features;
  char    *model;
  char    *size;
  char    *device;
  char    *out;
  gboolean trust;
  gboolean as_json;
  char   **operands;
} texts;

static const GOptionEntry entries[] = {
  { "features", 0, 0, G_OPTION_ARG_FILENAME, &texts.features,
    N_ ("The TorchScript network that looks at the pictures"), N_ ("FILE") },
  { "model", 0, 0, G_OPTION_ARG_FILENAME, &texts.model,
    N_ ("Take this model's picture size, and folders of its classes only"), N_ ("ID") },
  { "size", 0, 0, G_OPTION_ARG_STRING, &texts.size,
    N_ ("Width and height that pictures are brought to (the model's)"), N_ ("PIXELS") },
  { "device", 0, 0, G_OPTION_ARG_STRING, &texts.device,
    N_ ("Where to compute (auto: CUDA if it works)"),
    "auto|cpu|cuda" },
  { "trust", 0, 0, G_OPTION_ARG_NONE, &texts.trust,
    N_ ("Run TorchScript files, which are programs, wherever they lie"), NULL },
  { "out", 'o', 0, G_OPTION_ARG_FILENAME, &texts.out, N_ ("Where the statistics are written"),
    N_ ("FILE.npz") },
  { "json", 0, 0, G_OPTION_ARG_NONE, &texts.as_json, N_ ("Print JSON instead of text"), NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &texts.operands, NULL,
    N_ ("FOLDER|TAR") },
  { NULL },
};

typedef struct
{
  DotModel      *model;
  guint          side;
  DotDevice      device;
  DotStatistics *statistics;
} Making;

/*  private functions  */

static gboolean
parse (int argc, char **argv, Making *making, GError **error)
{
  if (! cli_parse_arguments (&argc, &argv, entries,
                             _ ("Makes the statistics that dot-refine evaluate compares with."),
                             _ ("A part of a tar is FILE.tar:FOLDER."), error) ||
      (texts.size && ! cli_parse_uint ("--size", texts.size, 1, &making->side, error)) ||
      ! cli_parse_word (DOT_TYPE_DEVICE, "--device", texts.device, &making->device, error))
    return FALSE;

  if (! texts.operands || g_strv_length (texts.operands) != 1)
    cli_parse_usage_error (error, _ ("One folder or tar is needed"));
  else if (! texts.features || ! texts.out)
    cli_parse_usage_error (error, _ ("--features and --out are needed"));
  else if (! texts.size && ! texts.model)
    cli_parse_usage_error (error, _ ("--size or --model is needed"));
  else
    return TRUE;
  return FALSE;
}

static gboolean
prepare (Making *making, GError **error)
{
  if (texts.model)
    {
      making->model = dot_model_find (texts.model, error);
      if (! making->model)
        return FALSE;
      if (! texts.size)
        making->side = dot_model_get_image_size (making->model);
    }

  if (making->side <= MAX_SIDE)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("--size %u is out of range: give a whole number from 1 to %d."), making->side,
               MAX_SIDE);
  return FALSE;
}

static gboolean
compute (gpointer data, GCancellable *cancellable, GError **error)
{
  Making *making                  = data;
  g_autoptr (DotFeatures) network = NULL;
  g_auto (GStrv) wnids            = NULL;

  network = dot_features_open (texts.features, texts.trust, making->side, making->device, error);
  if (! network)
    return FALSE;

  if (making->model)
    wnids = cli_evaluate_arguments_list_wnids (making->model, NULL);
  making->statistics = dot_reference_load (texts.operands[0], network, (const char *const *) wnids,
                                           CLI_EVALUATE_BATCH, cli_progress_show_long_phase,
                                           cli_progress_show_notice, NULL, cancellable, error);
  return (making->statistics && dot_statistics_file_save (making->statistics, texts.out, error));
}

static void
print_json (const DotStatistics *statistics)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  dot_json_write_string (builder, "file", texts.out);
  dot_json_write_int (builder, "n", statistics->n);
  dot_json_write_int (builder, "features", statistics->size);
  dot_json_write_double (builder, "inception_score", statistics->score[0]);
  dot_json_write_double (builder, "inception_score_deviation", statistics->score[1]);
  json_builder_end_object (builder);

  cli_output_json (builder);
}

static void
print_text (const DotStatistics *statistics)
{
  g_autofree char *name = g_filename_display_name (texts.out);
  char             score[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (score, sizeof (score), "%.3f", statistics->score[0]);
  /* Translators: the score is "–" where there are too few pictures for one */
  cli_print (_ ("%s: pictures: %zu, features: %zu, inception score: %s\n"), name, statistics->n,
             statistics->size, isnan (statistics->score[0]) ? "–" : score);
}

static gboolean
execute (Making *making, GError **error)
{
  gboolean success;

  cli_job_keep_memory ();
  if (! prepare (making, error))
    return FALSE;

  success = cli_job_run (compute, making, NULL, error);
  if (success && texts.as_json)
    print_json (making->statistics);
  else if (success)
    print_text (making->statistics);
  return success;
}

/*  public functions  */

/**
 * cli_statistics:
 * @argc: how many strings there are in @argv
 * @argv: the command's name and what follows it
 * @error: where it says why it failed
 *
 * Writes the statistics of real pictures.
 *
 * Returns: whether it is done.
 */
gboolean
cli_statistics (int argc, char **argv, GError **error)
{
  Making   making = { 0 };
  gboolean success;

  success = (parse (argc, argv, &making, error) && execute (&making, error));
  g_clear_pointer (&making.statistics, dot_statistics_free);
  g_clear_pointer (&making.model, dot_model_unref);
  return success;
}
