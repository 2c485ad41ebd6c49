/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Dot-refine import. */

#include "config.h"

#include <glib/gi18n.h>

#include "dot-enums.h"
#include "cli-job.h"
#include "cli-model.h"
#include "cli-output.h"
#include "cli-parse.h"
#include "cli-progress.h"
#include "cli.h"

#include "base/json.h"
#include "import/import-find.h"

typedef struct
{
  const DotImportOptions *options;
  DotModel               *model;
  char                   *warning;
} Run;

static struct
{
  char   **files;
  char    *generator;
  char    *discriminator;
  char    *architecture;
  char    *prior;
  char    *id;
  char    *title;
  char    *license;
  char    *provenance;
  char    *classes;
  char    *key_map;
  char    *manifest;
  gboolean trust;
  char    *to;
  char    *device;
  gboolean no_k_eff;
  gboolean as_json;
} texts;

static const GOptionEntry entries[] = {
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &texts.files, NULL, N_ ("[FILE…]") },
  { "generator", 0, 0, G_OPTION_ARG_FILENAME, &texts.generator,
    N_ ("The generator: .npz, .safetensors or TorchScript"), N_ ("FILE") },
  { "discriminator", 0, 0, G_OPTION_ARG_FILENAME, &texts.discriminator,
    N_ ("The discriminator, of the same kind"), N_ ("FILE") },
  { "architecture", 0, 0, G_OPTION_ARG_STRING, &texts.architecture,
    N_ ("How those two are built (sngan-projection)"), N_ ("NAME") },
  { "prior", 0, 0, G_OPTION_ARG_STRING, &texts.prior, N_ ("Where their latents come from (normal)"),
    "normal|uniform" },
  { "id", 0, 0, G_OPTION_ARG_STRING, &texts.id,
    N_ ("What the model is called (the file's or folder's name)"), N_ ("ID") },
  { "title", 0, 0, G_OPTION_ARG_STRING, &texts.title, N_ ("One line that says what it is"),
    N_ ("TEXT") },
  { "license", 0, 0, G_OPTION_ARG_STRING, &texts.license, N_ ("On which terms it may be used"),
    N_ ("TEXT") },
  { "provenance", 0, 0, G_OPTION_ARG_STRING, &texts.provenance,
    N_ ("Who made it, how, and from what"), N_ ("TEXT") },
  { "classes", 0, 0, G_OPTION_ARG_FILENAME, &texts.classes,
    N_ ("Table of label, WordNet id, ImageNet index and name"), N_ ("FILE.tsv") },
  { "key-map", 0, 0, G_OPTION_ARG_FILENAME, &texts.key_map,
    N_ ("What our arrays are called in the files"), N_ ("FILE.json") },
  { "manifest", 0, 0, G_OPTION_ARG_FILENAME, &texts.manifest,
    N_ ("How TorchScript files are called (the model.json beside them)"), N_ ("FILE.json") },
  { "trust", 0, 0, G_OPTION_ARG_NONE, &texts.trust,
    N_ ("Run TorchScript files, which are programs, wherever they lie"), NULL },
  { "to", 0, 0, G_OPTION_ARG_FILENAME, &texts.to,
    N_ ("Where to put the model's folder (your own models)"), N_ ("FOLDER") },
  { "no-k-eff", 0, 0, G_OPTION_ARG_NONE, &texts.no_k_eff,
    N_ ("Don't estimate the constant of each class"), NULL },
  { "device", 0, 0, G_OPTION_ARG_STRING, &texts.device,
    N_ ("Where to compute (auto: CUDA if it works)"),
    "auto|cpu|cuda" },
  { "json", 0, 0, G_OPTION_ARG_NONE, &texts.as_json,
    N_ ("Print JSON instead of a sentence"), NULL },
  { NULL },
};

/*  private functions  */

static void
take_texts (DotImportOptions *options)
{
  options->generator     = g_steal_pointer (&texts.generator);
  options->discriminator = g_steal_pointer (&texts.discriminator);
  options->architecture  = g_steal_pointer (&texts.architecture);
  options->id            = g_steal_pointer (&texts.id);
  options->title         = g_steal_pointer (&texts.title);
  options->license       = g_steal_pointer (&texts.license);
  options->provenance    = g_steal_pointer (&texts.provenance);
  options->classes       = g_steal_pointer (&texts.classes);
  options->key_map       = g_steal_pointer (&texts.key_map);
  options->description   = g_steal_pointer (&texts.manifest);
  options->trust         = texts.trust;
  options->folder        = g_steal_pointer (&texts.to);
  options->k_eff         = ! texts.no_k_eff;
}

static gboolean
check_both (GError **error)
{
  if (! texts.generator || ! texts.discriminator)
    cli_parse_usage_error (error, _ ("--generator and --discriminator are needed"));
  return texts.generator && texts.discriminator;
}

/* Files that are found out about leave nothing to say of which is what. */
static gboolean
check_alone (GError **error)
{
  gboolean alone = ! texts.generator && ! texts.discriminator && ! texts.architecture &&
                   ! texts.key_map && ! texts.manifest;

  if (! alone)
    cli_parse_usage_error (error, _ ("Files by themselves go without --generator, --discriminator, "
                                     "--architecture, --key-map and --manifest"));
  return alone;
}

static gboolean
find_files (DotImportOptions *options, GError **error)
{
  g_autofree char *found = NULL;

  if (! dot_import_find (options, (const char *const *) texts.files, &found, error))
    return FALSE;
  if (! texts.as_json)
    cli_print ("%s\n", found);
  return TRUE;
}

static DotImportOptions *
parse (int argc, char **argv, GError **error)
{
  g_autoptr (DotImportOptions) options = dot_import_options_new ();

  if (! cli_parse_arguments (
        &argc, &argv, entries,
        _ (
          "Makes a model of a GAN of your own, which “dot-refine refine "
          "--model” and GIMP then find: of a generator and a discriminator, "
          "or of FILEs whose arrays' names tell what they are (BigGAN, StudioGAN, R3GAN, StyleGAN2)."),
        _ ("What stands in parentheses is used where the option isn't given."), error) ||
      ! cli_parse_word (DOT_TYPE_PRIOR, "--prior", texts.prior, &options->prior, error) ||
      ! cli_parse_word (DOT_TYPE_DEVICE, "--device", texts.device, &options->device, error))
    return NULL;

  if (! (texts.files ? check_alone (error) : check_both (error)))
    return NULL;

  take_texts (options);
  if (texts.files && ! find_files (options, error))
    return NULL;
  return g_steal_pointer (&options);
}

static gboolean
compute (gpointer data, GCancellable *cancellable, GError **error)
{
  Run *run = data;

  run->model = dot_import (run->options, cli_progress_show_long_phase, NULL, cancellable,
                           &run->warning, error);
  return run->model != NULL;
}

static void
print_json (DotModel *model, const char *warning)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  cli_model_add_members (builder, model);
  if (warning)
    dot_json_write_string (builder, "warning", warning);
  json_builder_end_object (builder);

  cli_output_json (builder);
}

static void
print_sentence (DotModel *model)
{
  g_autofree char *folder = NULL;

  folder = g_filename_display_name (dot_model_get_folder (model));
  cli_print (_ ("The model “%s” is in %s.\n"), dot_model_get_id (model), folder);
}

/*  public functions  */

/**
 * cli_import:
 * @argc: how many strings there are in @argv
 * @argv: the command's name and what follows it
 * @error: where it says why it failed
 *
 * Makes a model of two files of weights.
 *
 * Returns: whether it is done.
 */
gboolean
cli_import (int argc, char **argv, GError **error)
{
  g_autoptr (DotImportOptions) options = parse (argc, argv, error);
  g_autoptr (DotModel) model           = NULL;
  Run      run                         = { options, NULL, NULL };
  gboolean success;

  if (! options)
    return FALSE;

  success = cli_job_run (compute, &run,
                         _ ("Cancelled; the same command goes on with what it "
                            "has estimated so far."),
                         error);
  model   = run.model;

  if (success && texts.as_json)
    print_json (model, run.warning);
  else if (success)
    print_sentence (model);
  if (success)
    cli_output_warn (run.warning);
  g_free (run.warning);
  return success;
}
