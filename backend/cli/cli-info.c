/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Dot-refine info. */

#include "config.h"

#include <glib/gi18n.h>

#include "dot-enums.h"
#include "cli-architecture.h"
#include "cli-calibration.h"
#include "cli-methods.h"
#include "cli-model.h"
#include "cli-output.h"
#include "cli-parse.h"
#include "cli-table.h"
#include "cli.h"

#include "base/json.h"
#include "engine/calibration-cache.h"
#include "model/model.h"

static gboolean as_json      = FALSE;
static char    *architecture = NULL;
static char    *image_size   = NULL;
static gboolean methods      = FALSE;
static char   **operands     = NULL;

static const GOptionEntry entries[] = {
  { "architecture", 0, 0, G_OPTION_ARG_STRING, &architecture,
    N_ ("List the arrays that files of this architecture have, and their shapes"), N_ ("NAME") },
  { "image-size", 0, 0, G_OPTION_ARG_STRING, &image_size,
    N_ ("For pictures of so many pixels a side (64, or the fewest)"), N_ ("NUMBER") },
  { "methods", 0, 0, G_OPTION_ARG_NONE, &methods,
    N_ ("List the methods, with what each assumes, needs and costs"), NULL },
  { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("Print JSON instead of text"), NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &operands, NULL, N_ ("ID") },
  { NULL },
};

static const CliColumn columns[] = {
  { N_ ("Label"), TRUE },
  { N_ ("Index"), TRUE },
  { N_ ("WordNet id"), FALSE },
  { N_ ("Class"), FALSE },
};

/*  private functions  */

static void
add_classes (JsonBuilder *builder, DotModel *model)
{
  dot_json_write_begin_array (builder, "classes");

  for (guint i = 0; i < dot_model_get_n_classes (model); i++)
    {
      const DotClass *class = dot_model_get_class (model, i);

      json_builder_begin_object (builder);
      cli_model_add_class_members (builder, class);
      dot_json_write_string (builder, "synonyms", class->synonyms);
      json_builder_end_object (builder);
    }

  json_builder_end_array (builder);
}

static void
add_calibration (JsonBuilder *builder, DotModel *model)
{
  DotCalibration calibration = { 0 };

  if (! dot_calibration_cache_look_up (model, NULL, &calibration, NULL))
    {
      dot_json_write_string (builder, "calibration", NULL);
      return;
    }
  dot_json_write_begin_object (builder, "calibration");
  cli_calibration_add_members (builder, &calibration);
  json_builder_end_object (builder);
}

static void
print_json (DotModel *model)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  cli_model_add_members (builder, model);
  add_calibration (builder, model);
  add_classes (builder, model);
  json_builder_end_object (builder);

  cli_output_json (builder);
}

static void
print_line (const char *name, const char *value)
{
  g_autofree char *line = dot_line_from_text (value ? value : "–");

  cli_print ("%s: %s\n", name, line);
}

static void
print_calibration (DotModel *model)
{
  DotCalibration   calibration = { 0 };
  g_autofree char *text        = NULL;

  if (dot_calibration_cache_look_up (model, NULL, &calibration, NULL))
    text = cli_calibration_to_text (&calibration);
  print_line (_ ("Calibration"), text);
}

static void
print_facts (DotModel *model)
{
  guint            size   = dot_model_get_image_size (model);
  g_autofree char *pixels = g_strdup_printf ("%u × %u", size, size);
  g_autofree char *bytes  = g_format_size (dot_model_get_bytes (model));
  g_autofree char *latent = NULL;

  latent = g_strdup_printf ("%u", dot_model_get_latent_size (model));

  print_line (_ ("Model"), dot_model_get_id (model));
  print_line (_ ("Title"), dot_model_get_title (model));
  print_line (_ ("Architecture"), dot_model_get_architecture (model));
  print_line (_ ("Kind"), cli_model_get_kind (model));
  print_line (_ ("Pixels"), pixels);
  print_line (_ ("Latent size"), latent);
  print_line (_ ("Prior"), dot_enum_to_nick (DOT_TYPE_PRIOR, dot_model_get_prior (model)));
  if (dot_model_describe_score (model))
    print_line (_ ("Score"), dot_model_describe_score (model));
  print_calibration (model);
  print_line (_ ("Licence"), dot_model_get_license (model));
  print_line (_ ("Provenance"), dot_model_get_provenance (model));
  print_line (_ ("Size"), bytes);
  print_line (_ ("Folder"), dot_model_get_folder (model));
  print_line (_ ("Preview"), dot_model_get_preview (model));
  print_line (_ ("Generator"), dot_model_get_generator (model));
  print_line (_ ("Discriminator"), dot_model_get_discriminator (model));
}

static void
print_classes (DotModel *model)
{
  g_autoptr (CliTable) table = NULL;

  table = cli_table_new (columns, G_N_ELEMENTS (columns));

  for (guint i = 0; i < dot_model_get_n_classes (model); i++)
    {
      const DotClass *class = dot_model_get_class (model, i);

      cli_table_add (table, "%u", class->label);
      cli_table_add (table, "%u", class->index);
      cli_table_add (table, "%s", class->wnid ? class->wnid : "–");
      cli_table_add (table, "%s", class->name);
    }

  cli_print ("\n");
  cli_table_print (table);
}

static gboolean
parse (int argc, char **argv, GError **error)
{
  if (! cli_parse_arguments (&argc, &argv, entries, _ ("Shows all that is known of a model."),
                             _ ("ID is what “dot-refine models” lists, or a model's folder."), error))
    return FALSE;

  if (methods && (architecture || operands))
    cli_parse_usage_error (error, _ ("--methods stands alone"));
  else if (architecture && operands)
    cli_parse_usage_error (error, _ ("A model and --architecture exclude each other"));
  else if (image_size && ! architecture)
    cli_parse_usage_error (error, _ ("--image-size needs --architecture"));
  else if (methods || architecture || (operands && g_strv_length (operands) == 1))
    return TRUE;
  else
    cli_parse_usage_error (error, _ ("One model is needed, by its id or its folder"));
  return FALSE;
}

/*  public functions  */

/**
 * cli_info:
 * @argc: how many strings there are in @argv
 * @argv: the command's name and what follows it
 * @error: where it says why it failed
 *
 * Shows one model, or the arrays of an architecture.
 *
 * Returns: whether it is done.
 */
gboolean
cli_info (int argc, char **argv, GError **error)
{
  g_autoptr (DotModel) model = NULL;
  guint size                 = 0;

  if (! parse (argc, argv, error) ||
      (image_size && ! cli_parse_uint ("--image-size", image_size, 1, &size, error)))
    return FALSE;
  if (methods)
    {
      cli_methods_print (as_json);
      return TRUE;
    }
  if (architecture)
    return cli_architecture_print (architecture, size, as_json, error);

  model = dot_model_find (operands[0], error);
  if (! model)
    return FALSE;

  if (as_json)
    {
      print_json (model);
    }
  else
    {
      print_facts (model);
      print_classes (model);
    }

  return TRUE;
}
