/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What is said of an architecture: the arrays of its files, which a key map has
 * to name. */

#include "config.h"

#include <glib/gi18n.h>

#include "cli-architecture.h"
#include "cli-output.h"
#include "cli-table.h"

#include "base/json.h"
#include "model/manifest.h"
#include "network/architecture-arrays.h"
#include "network/script.h"

static const CliColumn columns[] = {
  { N_ ("Array"), FALSE },
  { N_ ("Shape"), FALSE },
  { N_ ("Only"), FALSE },
};

/*  private functions  */

static void
print_table (GPtrArray *arrays)
{
  g_autoptr (CliTable) table = cli_table_new (columns, G_N_ELEMENTS (columns));

  for (guint i = 0; i < arrays->len; i++)
    {
      const DotArchitectureArray *array = arrays->pdata[i];
      g_autofree char            *axes  = g_strjoinv (", ", array->axes);

      cli_table_add (table, "%s", array->name);
      cli_table_add (table, array->axes[1] ? "(%s)" : "(%s,)", axes);
      cli_table_add (table, "%s", array->when ? array->when : "");
    }
  cli_table_print (table);
}

static void
print_text (const DotArchitecture *architecture, guint size)
{
  const char *const titles[] = { _ ("Generator"), _ ("Discriminator") };

  cli_print ("%s: %s\n", _ ("Architecture"), architecture->name);
  cli_print ("%s: %u × %u\n", _ ("Pixels"), size, size);
  cli_print (
    _ ("z are the numbers of a latent, classes those of the pair, and ch is any width.\n"));
  for (guint file = 0; file < 2; file++)
    {
      g_autoptr (GPtrArray) arrays = dot_architecture_arrays_list (architecture, size, file);

      cli_print ("\n%s\n\n", titles[file]);
      print_table (arrays);
    }
}

static void
add_array (JsonBuilder *builder, const DotArchitectureArray *array)
{
  json_builder_begin_object (builder);
  dot_json_write_string (builder, "name", array->name);
  dot_json_write_begin_array (builder, "shape");
  for (guint i = 0; array->axes[i]; i++)
    json_builder_add_string_value (builder, array->axes[i]);
  json_builder_end_array (builder);
  dot_json_write_string (builder, "only", array->when);
  json_builder_end_object (builder);
}

static void
print_json (const DotArchitecture *architecture, guint size)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  dot_json_write_string (builder, "architecture", architecture->name);
  dot_json_write_int (builder, "image_size", size);
  for (guint file = 0; file < 2; file++)
    {
      g_autoptr (GPtrArray) arrays = dot_architecture_arrays_list (architecture, size, file);

      dot_json_write_begin_array (builder, dot_manifest_roles[file]);
      for (guint i = 0; i < arrays->len; i++)
        add_array (builder, arrays->pdata[i]);
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
  cli_output_json (builder);
}

/*  public functions  */

/**
 * cli_architecture_print:
 * @name: of an architecture
 * @image_size: of its pictures; 0 for a usual one
 * @as_json: whether a program reads it
 * @error: where it says why not
 *
 * Prints which arrays its files have, and their shapes.
 *
 * Returns: whether it is printed.
 */
gboolean
cli_architecture_print (const char *name, guint image_size, gboolean as_json, GError **error)
{
  const DotArchitecture *architecture;
  guint                  size = 0;

  if (g_str_equal (name, DOT_SCRIPT_ARCHITECTURE))
    {
      g_set_error_literal (error, DOT_ERROR, DOT_ERROR_NOT_FOUND,
                           _ ("TorchScript files are programs, of which no arrays are listed: "
                              "docs/torchscript.md says what they must be."));
      return FALSE;
    }

  architecture = dot_architecture_find (name, error);
  if (architecture)
    size = dot_architecture_arrays_choose_size (architecture, image_size, error);
  if (size == 0)
    return FALSE;

  if (as_json)
    print_json (architecture, size);
  else
    print_text (architecture, size);
  return TRUE;
}
