/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Dot-refine invert. */

#include "config.h"

#include <glib/gi18n.h>

#include "dot.h"
#include "cli-job.h"
#include "cli-output.h"
#include "cli-parse.h"
#include "cli-progress.h"
#include "cli-run-arguments.h"
#include "cli.h"

#include "base/json.h"
#include "base/whole-file.h"
#include "inversion/inversion-target.h"
#include "inversion/inversion.h"
#include "model/model.h"
#include "refine/pixels.h"

#define MAX_STARTS 64
#define MAX_STEPS  100000

#define LATENT_FILE  "latent.npy"
#define PICTURE_FILE "picture.png"

static struct
{
  char  *class_name;
  char  *seed;
  char  *starts;
  char  *steps;
  char  *out;
  char **operands;
} texts;

static const GOptionEntry entries[] = {
  { "class", 0, 0, G_OPTION_ARG_STRING, &texts.class_name,
    N_ ("What the pictures show: a name, WordNet id or index (goldfish)"), N_ ("CLASS") },
  { "starts", 0, 0, G_OPTION_ARG_STRING, &texts.starts,
    N_ ("How many latents to start from, the mean one and drawn ones (16)"), N_ ("NUMBER") },
  { "seed", 0, 0, G_OPTION_ARG_STRING, &texts.seed,
    N_ ("Decides the first drawn latent; the next ones follow (0)"), N_ ("NUMBER") },
  { "steps", 0, 0, G_OPTION_ARG_STRING, &texts.steps,
    N_ ("How many steps the nearest of them makes (150)"), N_ ("NUMBER") },
  { "out", 'o', 0, G_OPTION_ARG_FILENAME, &texts.out, N_ ("Folder for latent.npy and picture.png"),
    N_ ("FOLDER") },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &texts.operands, NULL, N_ ("PICTURE") },
  { NULL },
};

typedef struct
{
  DotRefineOptions   *run;
  DotInversionOptions options;
  DotModel           *model;
  DotPair            *pair;
  double             *target;
  DotInversion       *inversion;
} Run;

/*  private functions  */

static gboolean
parse_count (const char *option, const char *text, guint largest, guint *value, GError **error)
{
  if (! cli_parse_uint (option, text, 1, value, error))
    return FALSE;
  if (*value <= largest)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("%s %s is out of range: give a whole number from %u to %u."), option, text, 1,
               largest);
  return FALSE;
}

static gboolean
parse (int argc, char **argv, Run *run, GError **error)
{
  g_autofree GOptionEntry *all = cli_run_arguments_join (entries, CLI_RUN_PAIR);

  if (! cli_parse_arguments (&argc, &argv, all,
                             _ ("Finds the latent whose picture is nearest to one of your own, to "
                                "refine from there."),
                             _ (
                               "The picture's middle square is taken. Go on with dot-refine refine "
                               "--latents, for the same class."),
                             error) ||
      ! cli_run_arguments_read (run->run, error) ||
      ! parse_count ("--starts", texts.starts, MAX_STARTS, &run->options.starts, error) ||
      ! parse_count ("--steps", texts.steps, MAX_STEPS, &run->options.steps, error) ||
      ! cli_parse_uint ("--seed", texts.seed, 0, &run->options.seed, error))
    return FALSE;

  if (! texts.operands || g_strv_length (texts.operands) != 1)
    cli_parse_usage_error (error, _ ("One picture is needed"));
  else if (! texts.out)
    cli_parse_usage_error (error, _ ("--out is needed"));
  else
    return TRUE;
  return FALSE;
}

/* What a person got wrong is said before anything takes long. */
static gboolean
prepare (Run *run, GError **error)
{
  const char *class_name = texts.class_name ? texts.class_name : run->run->class_name;

  return (run->model = dot_refine_options_find_model (run->run, error)) &&
         (run->options.klass = dot_model_find_class (run->model, class_name, error)) &&
         (run->target = dot_inversion_target_read (texts.operands[0], run->model, error)) &&
         dot_whole_file_make_folder (texts.out, error);
}

static gboolean
compute (gpointer data, GCancellable *cancellable, GError **error)
{
  Run *run = data;

  run->pair = dot_pair_load (run->model, run->run->engine, run->run->device, run->run->precision,
                             cli_progress_show_phase, NULL, cancellable, error);
  if (run->pair)
    run->inversion = dot_inversion_find (run->pair, run->target, &run->options, cancellable, error);
  return run->inversion != NULL;
}

static gboolean
save_latent (const Run *run, const char *path, GError **error)
{
  gsize d                  = dot_model_get_latent_size (run->model);
  g_autoptr (GBytes) bytes = dot_latents_to_npy (run->inversion->latent, 1, d);

  return dot_whole_file_save (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                              error);
}

static gboolean
save_picture (const Run *run, const char *path, GError **error)
{
  guint side = dot_model_get_image_size (run->model);
  g_autoptr (GdkPixbuf)
    pixbuf = dot_pixels_new_pixbuf (run->inversion->image, dot_model_get_channels (run->model),
                                    side, side);
  g_autofree char *bytes = NULL;
  gsize            size;

  return dot_pixels_encode (pixbuf, run->options.klass->name, NULL, &bytes, &size, error) &&
         dot_whole_file_save (path, bytes, size, error);
}

static void
print_json (const Run *run, const char *latent, const char *picture)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  dot_json_write_string (builder, "model", dot_model_get_id (run->model));
  dot_json_write_string (builder, "class", run->options.klass->name);
  dot_json_write_double (builder, "distance", run->inversion->distance);
  dot_json_write_double (builder, "score", run->inversion->score);
  dot_json_write_int (builder, "start", run->inversion->start);
  dot_json_write_string (builder, "latent", latent);
  dot_json_write_string (builder, "picture", picture);
  json_builder_end_object (builder);

  cli_output_json (builder);
}

/* Where a person stopped it, what is there is kept, and the command says so. */
static gboolean
finish (const Run *run, GError **error)
{
  g_autofree char *latent  = g_build_filename (texts.out, LATENT_FILE, NULL);
  g_autofree char *picture = g_build_filename (texts.out, PICTURE_FILE, NULL);

  if (! save_latent (run, latent, error) || ! save_picture (run, picture, error))
    return FALSE;

  if (run->inversion->stopped)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                   _ ("Stopped at a distance of %.4f; the nearest picture is kept."),
                   run->inversion->distance);
      return FALSE;
    }
  if (cli_run_arguments_as_json ())
    print_json (run, latent, picture);
  else
    cli_print (_ ("Distance %.4f, score %.3f: %s, %s\n"), run->inversion->distance,
               run->inversion->score, latent, picture);
  return TRUE;
}

/*  public functions  */

/**
 * cli_invert:
 * @argc: how many strings there are in @argv
 * @argv: the command's name and what follows it
 * @error: where it says why it failed
 *
 * Finds the latent of a person's own picture.
 *
 * Returns: whether it is done.
 */
gboolean
cli_invert (int argc, char **argv, GError **error)
{
  Run run = {
    .run     = dot_refine_options_new (),
    .options = { .starts    = DOT_INVERSION_STARTS,
                 .steps     = DOT_INVERSION_STEPS,
                 .step_size = DOT_INVERSION_STEP_SIZE,
                 .map_share = DOT_INVERSION_MAP_SHARE,
                 .progress  = cli_progress_show_long_phase },
  };
  gboolean success;

  success = parse (argc, argv, &run, error) && prepare (&run, error) &&
            cli_job_run (compute, &run, _ ("Cancelled."), error) && finish (&run, error);
  g_clear_pointer (&run.inversion, dot_inversion_free);
  g_clear_pointer (&run.pair, dot_pair_unref);
  g_clear_pointer (&run.model, dot_model_unref);
  g_free (run.target);
  dot_refine_options_free (run.run);
  return success;
}
