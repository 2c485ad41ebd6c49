/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Dot-refine download. */

#include "config.h"

#include <glib/gi18n.h>

#include "dot-enums.h"
#include "cli-ask.h"
#include "cli-job.h"
#include "cli-model.h"
#include "cli-output.h"
#include "cli-parse.h"
#include "cli-progress.h"
#include "cli-table.h"
#include "cli.h"

#include "base/json.h"
#include "model/known.h"

typedef struct
{
  DotModel *model;
  DotDevice device;
  DotModel *made;
  char     *warning;
} Run;

static struct
{
  char   **operands;
  gboolean accept_terms;
  char    *to;
  char    *device;
  gboolean as_json;
} texts;

static const GOptionEntry entries[] = {
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &texts.operands, NULL, N_ ("[ID]") },
  { "accept-terms", 0, 0, G_OPTION_ARG_NONE, &texts.accept_terms,
    N_ ("Don't ask whether you accept the model's terms"), NULL },
  { "to", 0, 0, G_OPTION_ARG_FILENAME, &texts.to,
    N_ ("Where to put the model's folder (your own models)"), N_ ("FOLDER") },
  { "device", 0, 0, G_OPTION_ARG_STRING, &texts.device,
    N_ ("Where to compute (auto: CUDA if it works)"),
    "auto|cpu|cuda" },
  { "json", 0, 0, G_OPTION_ARG_NONE, &texts.as_json,
    N_ ("Print JSON instead of sentences and tables"),
    NULL },
  { NULL },
};

static const CliColumn columns[] = {
  { N_ ("Model"), FALSE }, { N_ ("Pixels"), TRUE }, { N_ ("Classes"), TRUE },
  { N_ ("Size"), TRUE },   { N_ ("State"), FALSE }, { N_ ("Title"), FALSE },
};

/*  the list  */

static GPtrArray *
list_models (void)
{
  GPtrArray *models = dot_model_list ();

  for (guint i = models->len; i > 0; i--)
    {
      g_auto (DotKnownFile) file = { NULL };

      if (! dot_known_get_file (dot_model_get_id (models->pdata[i - 1]), &file))
        g_ptr_array_remove_index (models, i - 1);
    }
  return models;
}

static void
print_json_list (GPtrArray *models)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < models->len; i++)
    {
      g_autofree char *address = NULL;
      guint64          size    = dot_download_get_size (models->pdata[i], &address);

      json_builder_begin_object (builder);
      cli_model_add_members (builder, models->pdata[i]);
      dot_json_write_int (builder, "download_bytes", size);
      dot_json_write_string (builder, "address", address);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  cli_output_json (builder);
}

static void
add_row (CliTable *table, DotModel *model)
{
  guint64          bytes = dot_download_get_size (model, NULL);
  g_autofree char *size  = g_format_size (bytes > 0 ? bytes : dot_model_get_bytes (model));

  cli_table_add (table, "%s", dot_model_get_id (model));
  cli_table_add (table, "%u", dot_model_get_image_size (model));
  cli_table_add (table, "%u", dot_model_get_n_classes (model));
  cli_table_add (table, "%s", size);
  cli_table_add (table, "%s", bytes > 0 ? _ ("not there yet") : _ ("there"));
  cli_table_add (table, "%s", dot_model_get_title (model));
}

static void
print_list (GPtrArray *models)
{
  g_autoptr (CliTable) table = cli_table_new (columns, G_N_ELEMENTS (columns));

  for (guint i = 0; i < models->len; i++)
    add_row (table, models->pdata[i]);
  cli_table_print (table);
  for (guint i = 0; i < models->len; i++)
    cli_print ("\n%s: %s.\n", dot_model_get_id (models->pdata[i]),
               dot_model_get_license (models->pdata[i]));
}

static gboolean
print_known (void)
{
  g_autoptr (GPtrArray) models = list_models ();

  if (texts.as_json)
    print_json_list (models);
  else
    print_list (models);
  return TRUE;
}

/*  the terms  */

static char *
describe (DotModel *model)
{
  g_autofree char *address = NULL;
  g_autofree char *size    = g_format_size (dot_download_get_size (model, &address));

  return g_strdup_printf (_ ("%s\nFrom: %s\nAddress: %s (about %s)\nTerms: %s.\n"),
                          dot_model_get_title (model), dot_model_get_provenance (model), address,
                          size, dot_model_get_license (model));
}

static gboolean
ask (DotModel *model, GError **error)
{
  g_autofree char *terms = describe (model);

  cli_print_error ("%s", terms);
  cli_print_error (_ ("Download it on these terms? [y/N] "));
  if (cli_ask_read_yes ())
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Nothing was downloaded."));
  return FALSE;
}

/* Nothing is fetched from anywhere before. */
static gboolean
accept_terms (DotModel *model, GError **error)
{
  g_autofree char *terms = NULL;

  if (! texts.accept_terms && cli_ask_can ())
    return ask (model, error);
  if (! texts.accept_terms)
    {
      cli_parse_usage_error (error,
                             _ ("The terms of “%s” are: “%s”, and there is no terminal to ask on: "
                                "give --accept-terms where you accept them."),
                             dot_model_get_id (model), dot_model_get_license (model));
      return FALSE;
    }

  terms = describe (model);
  if (! texts.as_json)
    cli_print ("%s", terms);
  return TRUE;
}

/*  the download  */

static gboolean
compute (gpointer data, GCancellable *cancellable, GError **error)
{
  Run *run = data;

  run->made = dot_download (run->model, texts.to, run->device, cli_progress_show_long_phase, NULL,
                            cancellable, &run->warning, error);
  return run->made != NULL;
}

static void
print_result (const Run *run)
{
  g_autofree char *folder         = g_filename_display_name (dot_model_get_folder (run->made));
  g_autoptr (JsonBuilder) builder = NULL;

  if (! texts.as_json)
    {
      cli_print (_ ("The model “%s” is in %s.\n"), dot_model_get_id (run->made), folder);
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  cli_model_add_members (builder, run->made);
  if (run->warning)
    dot_json_write_string (builder, "warning", run->warning);
  json_builder_end_object (builder);
  cli_output_json (builder);
}

static gboolean
download (Run *run, GError **error)
{
  gboolean done = cli_job_run (compute, run,
                               _ ("Cancelled; what has come is kept, and the same command goes on "
                                  "with it."),
                               error);

  if (done)
    {
      print_result (run);
      cli_output_warn (run->warning);
    }
  g_clear_pointer (&run->made, dot_model_unref);
  g_free (run->warning);
  return done;
}

static gboolean
parse (int argc, char **argv, DotDevice *device, GError **error)
{
  if (! cli_parse_arguments (&argc, &argv, entries,
                             _ (
                               "Fetches a public pair and makes a model of it, once you have "
                               "accepted its terms; without ID it lists those that can be fetched."),
                             _ (
                               "What was interrupted goes on where it was when the same command is "
                               "given again."),
                             error) ||
      ! cli_parse_word (DOT_TYPE_DEVICE, "--device", texts.device, device, error))
    return FALSE;
  if (! texts.operands || g_strv_length (texts.operands) == 1)
    return TRUE;

  cli_parse_usage_error (error, _ ("One model is needed, by its id"));
  return FALSE;
}

/* One that is there is for dot_download() to refuse. */
static gboolean
check_terms (DotModel *model, GError **error)
{
  return dot_download_get_size (model, NULL) == 0 || accept_terms (model, error);
}

/*  public functions  */

/**
 * cli_download:
 * @argc: how many strings there are in @argv
 * @argv: the command's name and what follows it
 * @error: where it says why it failed
 *
 * Fetches a public pair, or lists those that can be fetched.
 *
 * Returns: whether it is done.
 */
gboolean
cli_download (int argc, char **argv, GError **error)
{
  g_autoptr (DotModel) model = NULL;
  Run run                    = { .device = DOT_DEVICE_AUTO };

  if (! parse (argc, argv, &run.device, error))
    return FALSE;
  if (! texts.operands)
    return print_known ();

  run.model = model = cli_model_find_listed (texts.operands[0], error);
  return model && check_terms (model, error) && download (&run, error);
}
