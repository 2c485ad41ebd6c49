/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 *
 * cli-models.c: dot-refine models.
 */

#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "cli-json.h"
#include "cli-model.h"
#include "cli-output.h"
#include "cli-parse.h"
#include "cli-table.h"
#include "cli.h"

static gboolean as_json = FALSE;

static const GOptionEntry entries[] =
{
  { "json", 0, 0, G_OPTION_ARG_NONE, &as_json,
    N_("Print JSON instead of a table"), NULL },
  { NULL }
};

static const CliColumn columns[] =
{
  { N_("Model"),   FALSE },
  { N_("Pixels"),  TRUE  },
  { N_("Classes"), TRUE  },
  { N_("Licence"), FALSE },
  { N_("Title"),   FALSE }
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

  cli_json_print (builder);
}

/* What stands before the colon: "Research use" of "Research use: …". */
static char *
shorten_license (const char *license)
{
  return g_strndup (license, strcspn (license, ":"));
}

/* A model that can't be used says why where its title would stand. */
static void
add_row (CliTable *table,
         DotModel *model)
{
  const char      *problem = dot_model_get_problem (model);
  g_autofree char *license = NULL;

  license = shorten_license (dot_model_get_license (model));

  cli_table_add (table, "%s", dot_model_get_id (model));
  cli_table_add (table, "%u", dot_model_get_image_size (model));
  cli_table_add (table, "%u", dot_model_get_n_classes (model));
  cli_table_add (table, "%s", license);
  cli_table_add (table, "%s", problem ? problem : dot_model_get_title (model));
}

static void
print_table (GPtrArray *models)
{
  g_autoptr (CliTable) table = NULL;

  table = cli_table_new (columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < models->len; i++)
    add_row (table, models->pdata[i]);

  cli_table_print (table);
}


/*  public functions  */

/**
 * cli_models:
 * @argc: how many strings there are in @argv
 * @argv: the command's name and what follows it
 * @error: where it says why it failed
 *
 * Lists the models that are found.
 *
 * Returns: whether it is done.
 */
gboolean
cli_models (int      argc,
            char   **argv,
            GError **error)
{
  g_autoptr (GPtrArray) models = NULL;

  if (! cli_parse_arguments (&argc, &argv, entries,
                             _("Lists the models that are found."),
                             NULL, error))
    return FALSE;

  models = dot_model_list ();

  if (as_json)
    print_json (models);
  else
    print_table (models);

  return TRUE;
}
