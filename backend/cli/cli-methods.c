/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The methods that refine and evaluate know. */

#include "config.h"

#include <glib/gi18n.h>

#include "dot-enums.h"
#include "cli-methods.h"
#include "cli-output.h"
#include "cli-table.h"

#include "base/json.h"
#include "method/method.h"

static const CliColumn columns[] = {
  { N_ ("Method"), FALSE }, { N_ ("Kind"), FALSE }, { "G", TRUE },      { "D", TRUE },
  { "∇D", TRUE },      { "∇G", TRUE },    { N_ ("Needs"), FALSE }, { N_ ("What it does"), FALSE },
};

/*  private functions  */

static void
find_cost (DotMethod method, DotMethodCost *cost)
{
  g_autoptr (DotRefineOptions) initial = dot_refine_options_new ();
  DotMethodOptions options = { .particles = initial->particles, .moves = initial->moves };

  dot_method_get_cost (method, &options, cost);
}

static const char *
describe_needs (const DotMethodClass *klass)
{
  if (klass->needs & DOT_METHOD_NEEDS_CALIBRATION)
    return _ ("calibration");
  return klass->needs & DOT_METHOD_NEEDS_K_EFF ? "k_eff" : "–";
}

static const char *
describe_kind (const DotMethodClass *klass)
{
  return klass->kind == DOT_METHOD_KIND_PATH ? _ ("path") : _ ("choice");
}

static void
add_row (CliTable *table, DotMethod method)
{
  const DotMethodClass *klass = dot_method_get_class (method);
  DotMethodCost         cost;

  find_cost (method, &cost);
  cli_table_add (table, "%s", dot_enum_to_nick (DOT_TYPE_METHOD, method));
  cli_table_add (table, "%s", describe_kind (klass));
  cli_table_add (table, "%u", cost.generator);
  cli_table_add (table, "%u", cost.discriminator);
  cli_table_add (table, "%u", cost.discriminator_back);
  cli_table_add (table, "%u", cost.generator_back);
  cli_table_add (table, "%s", describe_needs (klass));
  cli_table_add (table, "%s", _ (dot_method_titles[method]));
}

static void
print_table (guint n)
{
  g_autoptr (CliTable) table = cli_table_new (columns, G_N_ELEMENTS (columns));

  for (guint i = 0; i < n; i++)
    add_row (table, i);
  cli_table_print (table);

  cli_print ("\n");
  for (guint i = 0; i < n; i++)
    cli_print ("%s: %s\n", dot_enum_to_nick (DOT_TYPE_METHOD, (int) i),
               _ (dot_method_get_class (i)->assumes));
}

static void
add_cost (JsonBuilder *builder, DotMethod method)
{
  DotMethodCost cost;

  find_cost (method, &cost);
  dot_json_write_begin_object (builder, "passes");
  dot_json_write_int (builder, "generator", cost.generator);
  dot_json_write_int (builder, "discriminator", cost.discriminator);
  dot_json_write_int (builder, "discriminator_back", cost.discriminator_back);
  dot_json_write_int (builder, "generator_back", cost.generator_back);
  json_builder_end_object (builder);
}

static void
print_json (guint n)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < n; i++)
    {
      const DotMethodClass *klass = dot_method_get_class (i);

      json_builder_begin_object (builder);
      dot_json_write_enum (builder, "method", DOT_TYPE_METHOD, (int) i);
      dot_json_write_string (builder, "kind",
                             klass->kind == DOT_METHOD_KIND_PATH ? "path" : "choice");
      dot_json_write_string (builder, "title", _ (dot_method_titles[i]));
      dot_json_write_string (builder, "assumes", _ (klass->assumes));
      dot_json_write_boolean (builder, "needs_calibration",
                              klass->needs & DOT_METHOD_NEEDS_CALIBRATION);
      dot_json_write_double (builder, "step", klass->step_size);
      dot_json_write_int (builder, "updates", klass->updates);
      add_cost (builder, i);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  cli_output_json (builder);
}

/*  public functions  */

/**
 * cli_methods_print:
 * @as_json: JSON instead of a table
 *
 * Says what each method does, takes for granted and costs: the passes through the
 * networks of an update, or of a draw.
 */
void
cli_methods_print (gboolean as_json)
{
  g_autoptr (GEnumClass) methods = g_type_class_ref (DOT_TYPE_METHOD);

  if (as_json)
    print_json (methods->n_values);
  else
    print_table (methods->n_values);
}
