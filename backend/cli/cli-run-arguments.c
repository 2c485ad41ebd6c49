/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* What decides a run, for every command that has one.
 *
 * GOption collects the texts; the functions below make DotRefineOptions of
 * them, strictly: a default stays only where nothing was given. */

#include "config.h"

#include <glib/gi18n.h>

#include "dot-enums.h"
#include "cli-parse.h"
#include "cli-run-arguments.h"

static CliRunTexts texts;

static const GOptionEntry entries[] = {
  { "model", 0, 0, G_OPTION_ARG_FILENAME, &texts.model, N_ ("The model to use (imagenet10-64)"),
    N_ ("ID") },
  { "generator", 0, 0, G_OPTION_ARG_FILENAME, &texts.generator,
    N_ ("Weights of a generator, or a model that has one"), N_ ("FILE|ID") },
  { "discriminator", 0, 0, G_OPTION_ARG_FILENAME, &texts.discriminator,
    N_ ("Weights of a discriminator, its own or another's"), N_ ("FILE|ID") },
  { "architecture", 0, 0, G_OPTION_ARG_STRING, &texts.architecture,
    N_ ("How those two are built (sngan-projection)"), N_ ("NAME") },
  { "prior", 0, 0, G_OPTION_ARG_STRING, &texts.prior, N_ ("Where their latents come from (normal)"),
    "normal|uniform" },
  { "trust", 0, 0, G_OPTION_ARG_NONE, &texts.trust,
    N_ ("Run TorchScript files, which are programs, wherever they lie"), NULL },
  { "class", 0, 0, G_OPTION_ARG_STRING, &texts.class_name,
    N_ ("What the pictures show: a name, WordNet id or index (goldfish)"), N_ ("CLASS") },
  { "seed", 0, 0, G_OPTION_ARG_STRING, &texts.seed,
    N_ ("Decides the first candidate's latent; the next ones follow (0)"), N_ ("NUMBER") },
  { "truncation", 0, 0, G_OPTION_ARG_STRING, &texts.truncation,
    N_ ("Draw latents no further from 0 than this (the whole prior)"), N_ ("NUMBER") },
  { "method", 0, 0, G_OPTION_ARG_STRING, &texts.method,
    N_ ("With or without the distance term (dot)"),
    "dot|naive" },
  { "space", 0, 0, G_OPTION_ARG_STRING, &texts.space,
    N_ ("Move the latent or the picture itself (latent)"), "latent|target" },
  { "optimizer", 0, 0, G_OPTION_ARG_STRING, &texts.optimizer,
    N_ ("How a gradient becomes an update (adam)"), "adam|sgd" },
  { "step-size", 0, 0, G_OPTION_ARG_STRING, &texts.step_size, N_ ("Adam's α or SGD's ε (0.01)"),
    N_ ("NUMBER") },
  { "delta", 0, 0, G_OPTION_ARG_STRING, &texts.delta,
    N_ ("Added to each coordinate of the distance (0.001)"), N_ ("NUMBER") },
  { "k-eff", 0, 0, G_OPTION_ARG_STRING, &texts.k_eff,
    N_ ("The discriminator's Lipschitz constant (auto: estimate it)"), N_ ("auto|NUMBER") },
  { "projection", 0, 0, G_OPTION_ARG_STRING, &texts.projection,
    N_ ("What keeps a normal latent's length (tangent)"), "tangent|paper|none" },
  { "engine", 0, 0, G_OPTION_ARG_STRING, &texts.engine,
    N_ ("What computes (auto: the fastest that can)"), "auto|native|torch" },
  { "device", 0, 0, G_OPTION_ARG_STRING, &texts.device,
    N_ ("Where to compute (auto: CUDA if it works)"),
    "auto|cpu|cuda" },
  { "precision", 0, 0, G_OPTION_ARG_STRING, &texts.precision,
    N_ ("How exactly to compute (float32)"),
    "float32|tf32|bfloat16|float64|auto" },
  { "json", 0, 0, G_OPTION_ARG_NONE, &texts.as_json, N_ ("Print JSON instead of a table"), NULL },
};

/*  private functions  */

static gboolean
check_combination (GError **error)
{
  if (! texts.generator != ! texts.discriminator)
    cli_usage_error (error, _ ("--generator and --discriminator need each other"));
  else if (texts.generator && texts.model)
    cli_usage_error (error, _ ("--model and --generator exclude each other"));
  else if (! texts.generator && (texts.architecture || texts.prior))
    cli_usage_error (error, _ ("--architecture and --prior describe the file of "
                               "--generator, which is missing"));
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_architecture (GError **error)
{
  g_auto (GStrv) words = g_strsplit (CLI_ARCHITECTURES, ", ", 0);
  g_auto (GStrv) given = g_strsplit (texts.architecture ? texts.architecture : "", ",", 2);

  for (guint i = 0; given[i]; i++)
    if (! g_strv_contains ((const char *const *) words, given[i]))
      {
        cli_usage_error (error, _ ("“%s” of --architecture is none of: %s"), given[i],
                         CLI_ARCHITECTURES);
        return FALSE;
      }

  return TRUE;
}

static gboolean
parse_numbers (DotRefineOptions *options, GError **error)
{
  return (cli_parse_int64 ("--seed", texts.seed, &options->seed, error) &&
          cli_parse_double ("--step-size", texts.step_size, &options->step_size, error) &&
          cli_parse_double ("--delta", texts.delta, &options->delta, error) &&
          cli_parse_double ("--truncation", texts.truncation, &options->truncation, error));
}

static gboolean
parse_words (DotRefineOptions *options, GError **error)
{
  return (cli_parse_word (DOT_TYPE_PRIOR, "--prior", texts.prior, &options->prior, error) &&
          cli_parse_word (DOT_TYPE_METHOD, "--method", texts.method, &options->method, error) &&
          cli_parse_word (DOT_TYPE_SPACE, "--space", texts.space, &options->space, error) &&
          cli_parse_word (DOT_TYPE_OPTIMIZER, "--optimizer", texts.optimizer, &options->optimizer,
                          error) &&
          cli_parse_word (DOT_TYPE_PROJECTION, "--projection", texts.projection,
                          &options->projection, error) &&
          cli_parse_word (DOT_TYPE_ENGINE, "--engine", texts.engine, &options->engine, error) &&
          cli_parse_word (DOT_TYPE_DEVICE, "--device", texts.device, &options->device, error) &&
          cli_parse_word (DOT_TYPE_PRECISION, "--precision", texts.precision, &options->precision,
                          error));
}

/* The options' 0 is "auto", so a 0 that was given must be refused here. */
static gboolean
parse_k_eff (DotRefineOptions *options, GError **error)
{
  double k_eff = 1.0;

  if (! texts.k_eff || g_str_equal (texts.k_eff, "auto"))
    return TRUE;

  if (! cli_parse_double ("--k-eff", texts.k_eff, &k_eff, error))
    return FALSE;

  if (k_eff <= 0.0)
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                   _ ("--k-eff can't be %s: give “auto” or a number above 0."), texts.k_eff);
      return FALSE;
    }

  options->k_eff = k_eff;
  return TRUE;
}

/* The options' 0 is "none", so what was given must be refused here. */
static gboolean
check_truncation (DotRefineOptions *options, GError **error)
{
  if (! texts.truncation || options->truncation > 0.0)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("--truncation can't be %s: give a number above 0."), texts.truncation);
  return FALSE;
}

/*  public functions  */

/**
 * cli_run_arguments_join:
 * @own: the command's other options, ended by %NULL
 *
 * Returns: (transfer full): those of a run, then @own.
 */
GOptionEntry *
cli_run_arguments_join (const GOptionEntry *own)
{
  GArray *all = g_array_new (TRUE, FALSE, sizeof (GOptionEntry));

  g_array_append_vals (all, entries, G_N_ELEMENTS (entries));
  for (; own->long_name; own++)
    g_array_append_vals (all, own, 1);
  return (GOptionEntry *) (gpointer) g_array_free (all, FALSE);
}

/**
 * cli_run_arguments_get_texts:
 *
 * Returns: (transfer none): what was given, %NULL where nothing was.
 */
const CliRunTexts *
cli_run_arguments_get_texts (void)
{
  return &texts;
}

/**
 * cli_run_arguments_read:
 * @options: with their defaults
 * @error: where it says what it cannot read
 *
 * Makes options of what GOption has collected.
 *
 * Returns: whether all was read.
 */
gboolean
cli_run_arguments_read (DotRefineOptions *options, GError **error)
{
  if (! check_combination (error) || ! check_architecture (error) ||
      ! parse_words (options, error) || ! parse_numbers (options, error) ||
      ! parse_k_eff (options, error) || ! check_truncation (options, error))
    return FALSE;

  cli_take_string (&options->model, &texts.model);
  cli_take_string (&options->generator, &texts.generator);
  cli_take_string (&options->discriminator, &texts.discriminator);
  cli_take_string (&options->architecture, &texts.architecture);
  cli_take_string (&options->class_name, &texts.class_name);
  options->trust = texts.trust;
  return TRUE;
}
