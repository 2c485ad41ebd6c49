/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Dot-refine models. */

#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "cli-model.h"
#include "cli-output.h"
#include "cli-parse.h"
#include "cli-table.h"
#include "cli.h"

static gboolean as_json   = FALSE;
static char    *to_add    = NULL;
static char    *to_forget = NULL;

static const GOptionEntry entries[] = {
  { "folder", 0, 0, G_OPTION_ARG_FILENAME, &to_add,
    N_ ("Look for models in this folder too, from now on"), N_ ("FOLDER") },
  { "forget-folder", 0, 0, G_OPTION_ARG_FILENAME, &to_forget,
    N_ ("Look for models in this folder no longer"), N_ ("FOLDER") },
  { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("Print JSON instead of a table"), NULL },
  { NULL },
};

static const CliColumn columns[] = {
  { N_ ("Model"), FALSE }, { N_ ("Pixels"), TRUE },   { N_ ("Classes"), TRUE }, { N_ ("Size"), TRUE },
  { N_ ("Kind"), FALSE },  { N_ ("Licence"), FALSE }, { N_ ("From"), FALSE },   { N_ ("Title"), FALSE },
};

/*  private functions  */

static void
print_json (GPtrArray *models)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < models->len; i++)
    {
      json_builder_begin_object (builder);
      cli_model_add_members (builder, models->pdata[i]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  cli_output_json (builder);
}

/* What stands before the colon: "Research use" of "Research use: …". */
static char *
shorten (const char *text)
{
  return g_strndup (text, strcspn (text, ":"));
}

static char *
format_size (DotModel *model)
{
  guint64 bytes = dot_model_get_bytes (model);

  return bytes > 0 ? g_format_size (bytes) : g_strdup ("–");
}

static void
add_row (CliTable *table, DotModel *model)
{
  g_autofree char *license = shorten (dot_model_get_license (model));
  g_autofree char *origin  = shorten (dot_model_get_provenance (model));
  g_autofree char *size    = format_size (model);

  cli_table_add (table, "%s", dot_model_get_id (model));
  cli_table_add (table, "%u", dot_model_get_image_size (model));
  cli_table_add (table, "%u", dot_model_get_n_classes (model));
  cli_table_add (table, "%s", size);
  cli_table_add (table, "%s", cli_model_get_kind (model));
  cli_table_add (table, "%s", license);
  cli_table_add (table, "%s", origin);
  cli_table_add (table, "%s", dot_model_get_title (model));
}

/* What keeps a model from being used takes more than a cell to say. */
static void
print_problems (GPtrArray *models)
{
  for (guint i = 0; i < models->len; i++)
    {
      const char *problem = dot_model_get_problem (models->pdata[i]);

      if (problem)
        cli_print ("\n%s: %s\n", dot_model_get_id (models->pdata[i]), problem);
    }
}

static void
print_table (GPtrArray *models)
{
  g_autoptr (CliTable) table = NULL;

  table = cli_table_new (columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < models->len; i++)
    add_row (table, models->pdata[i]);

  cli_table_print (table);
  print_problems (models);
}

static gboolean
change_folders (GError **error)
{
  return (! to_add || dot_model_folders_add (to_add, error)) &&
         (! to_forget || dot_model_folders_forget (to_forget, error));
}

/*  public functions  */

/**
 * cli_models:
 * @argc: how many strings there are in @argv
 * @argv: the command's name and what follows it
 * @error: where it says why it failed
 *
 * Lists the models that are found, after changing where they are looked for.
 *
 * Returns: whether it is done.
 */
gboolean
cli_models (int argc, char **argv, GError **error)
{
  g_autoptr (GPtrArray) models = NULL;

  if (! cli_parse_arguments (&argc, &argv, entries, _ ("Lists the models that are found."), NULL,
                             error))
    return FALSE;
  if (! change_folders (error))
    return FALSE;

  models = dot_model_list ();

  if (as_json)
    print_json (models);
  else
    print_table (models);
  return TRUE;
}
