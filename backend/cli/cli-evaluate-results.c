/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What dot-refine evaluate prints. */

#include "config.h"

#include <math.h>

#include <glib/gi18n.h>

#include "dot-enums.h"
#include "engine/pair.h"
#include "cli-evaluate-results.h"
#include "cli-output.h"
#include "cli-table.h"

#include "base/json.h"

static const CliColumn row_columns[] = {
  { N_ ("Updates"), TRUE }, { N_ ("Mean score"), TRUE }, { N_ ("FID"), TRUE },    { N_ ("Inception score"), TRUE },
  { N_ ("KID"), TRUE },     { N_ ("Precision"), TRUE },  { N_ ("Recall"), TRUE },
};

static const CliColumn constant_columns[] = {
  { N_ ("Class"), FALSE },
  { "k_eff", TRUE },
  { "K_eff", TRUE },
};

/*  private functions  */

/* The largest of the classes'. */
static DotConstant
find_largest (const GArray *constants)
{
  DotConstant largest = { 0 };

  for (guint i = 0; i < constants->len; i++)
    {
      DotConstant *constant = &g_array_index (constants, DotConstant, i);

      largest.latent = MAX (largest.latent, constant->latent);
      largest.target = MAX (largest.target, constant->target);
    }
  return largest;
}

/*  JSON  */

static void
add_row (JsonBuilder *builder, guint updates, const DotEvaluation *row)
{
  json_builder_begin_object (builder);
  dot_json_write_int (builder, "updates", updates);
  dot_json_write_double (builder, "score", row->score);
  dot_json_write_double (builder, "fid", row->fid);
  dot_json_write_double (builder, "inception_score", row->is[0]);
  dot_json_write_double (builder, "inception_score_deviation", row->is[1]);
  dot_json_write_double (builder, "kid", row->kid[0]);
  dot_json_write_double (builder, "kid_deviation", row->kid[1]);
  dot_json_write_double (builder, "precision", row->precision);
  dot_json_write_double (builder, "recall", row->recall);
  json_builder_end_object (builder);
}

static void
add_reference (JsonBuilder *builder, const DotStatistics *reference)
{
  dot_json_write_begin_object (builder, "real");
  dot_json_write_int (builder, "n", reference->n);
  dot_json_write_double (builder, "inception_score", reference->score[0]);
  dot_json_write_double (builder, "inception_score_deviation", reference->score[1]);
  json_builder_end_object (builder);
}

static void
add_constants (JsonBuilder *builder, const GArray *constants)
{
  DotConstant largest = find_largest (constants);

  dot_json_write_double (builder, "k_eff", largest.latent);
  dot_json_write_double (builder, "K_eff", largest.target);
  dot_json_write_begin_array (builder, "classes");
  for (guint i = 0; i < constants->len; i++)
    {
      DotConstant *constant = &g_array_index (constants, DotConstant, i);

      json_builder_begin_object (builder);
      dot_json_write_string (builder, "class", constant->klass->name);
      dot_json_write_double (builder, "k_eff", constant->latent);
      dot_json_write_double (builder, "K_eff", constant->target);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* What one network says, into the object that the builder is in. */
static void
add_block (JsonBuilder                *builder,
           const CliEvaluateBlock     *block,
           const CliEvaluateArguments *arguments)
{
  if (block->reference)
    add_reference (builder, block->reference);
  dot_json_write_begin_array (builder, "results");
  for (guint i = 0; i < arguments->samples.n_updates; i++)
    add_row (builder, arguments->samples.updates[i], &block->rows[i]);
  json_builder_end_array (builder);
}

static void
add_blocks (JsonBuilder *builder, const GArray *blocks, const CliEvaluateArguments *arguments)
{
  if (blocks->len == 1)
    {
      add_block (builder, &g_array_index (blocks, CliEvaluateBlock, 0), arguments);
      return;
    }

  dot_json_write_begin_array (builder, "networks");
  for (guint i = 0; i < blocks->len; i++)
    {
      const CliEvaluateBlock *block = &g_array_index (blocks, CliEvaluateBlock, i);

      json_builder_begin_object (builder);
      dot_json_write_string (builder, "features", block->features);
      add_block (builder, block, arguments);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_json (const CliEvaluateResults *results, const CliEvaluateArguments *arguments, DotPair *pair)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  dot_json_write_string (builder, "model", dot_model_get_id (dot_pair_get_model (pair)));
  dot_json_write_int (builder, "samples", arguments->samples.count);
  dot_json_write_int (builder, "seed", arguments->options->seed);
  dot_json_write_enum (builder, "engine", DOT_TYPE_ENGINE, dot_pair_get_engine (pair));
  dot_json_write_string (builder, "device", dot_pair_get_device_name (pair));
  dot_json_write_enum (builder, "precision", DOT_TYPE_PRECISION, dot_pair_get_precision (pair));
  add_blocks (builder, results->blocks, arguments);
  if (results->constants)
    add_constants (builder, results->constants);
  json_builder_end_object (builder);

  cli_output_json (builder);
}

/*  tables  */

/* "–" where it isn't known. */
static void
add_number (CliTable *table, const char *format, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  cli_table_add (table, "%s",
                 isnan (number) ? "–" : g_ascii_formatd (text, sizeof (text), format, number));
}

/* With what it varies by. */
static void
add_varying (CliTable *table, const char *format, const double number[2])
{
  char value[G_ASCII_DTOSTR_BUF_SIZE], deviation[G_ASCII_DTOSTR_BUF_SIZE];

  if (isnan (number[0]))
    {
      cli_table_add (table, "–");
      return;
    }
  g_ascii_formatd (value, sizeof (value), format, number[0]);
  g_ascii_formatd (deviation, sizeof (deviation), format, number[1]);
  cli_table_add (table, "%s ± %s", value, deviation);
}

static void
add_reference_row (CliTable *table, const DotStatistics *reference)
{
  cli_table_add (table, _ ("real"));
  cli_table_add (table, "–");
  cli_table_add (table, "–");
  add_varying (table, "%.3f", reference->score);
  for (guint i = 0; i < 3; i++)
    cli_table_add (table, "–");
}

static void
print_block (const CliEvaluateBlock *block, const CliEvaluateArguments *arguments)
{
  g_autoptr (CliTable) table = NULL;

  table = cli_table_new (row_columns, G_N_ELEMENTS (row_columns));
  for (guint i = 0; i < arguments->samples.n_updates; i++)
    {
      const DotEvaluation *row = &block->rows[i];

      cli_table_add (table, "%u", arguments->samples.updates[i]);
      add_number (table, "%.3f", row->score);
      add_number (table, "%.3f", row->fid);
      add_varying (table, "%.3f", row->is);
      add_varying (table, "%.4g", row->kid);
      add_number (table, "%.3f", row->precision);
      add_number (table, "%.3f", row->recall);
    }
  if (block->reference)
    add_reference_row (table, block->reference);

  cli_table_print (table);
}

/* Of several networks each says whose numbers those are. */
static void
print_blocks (const GArray *blocks, const CliEvaluateArguments *arguments)
{
  for (guint i = 0; i < blocks->len; i++)
    {
      const CliEvaluateBlock *block = &g_array_index (blocks, CliEvaluateBlock, i);
      g_autofree char *name = block->features ? g_filename_display_name (block->features) : NULL;

      if (blocks->len > 1)
        cli_print ("%s%s\n", i > 0 ? "\n" : "", name);
      print_block (block, arguments);
    }
}

static void
print_constants (const GArray *constants)
{
  g_autoptr (CliTable) table = NULL;
  DotConstant largest        = find_largest (constants);

  table = cli_table_new (constant_columns, G_N_ELEMENTS (constant_columns));
  for (guint i = 0; i < constants->len; i++)
    {
      DotConstant *constant = &g_array_index (constants, DotConstant, i);

      cli_table_add (table, "%s", constant->klass->name);
      add_number (table, "%.4f", constant->latent);
      add_number (table, "%.4f", constant->target);
    }
  cli_table_add (table, _ ("largest"));
  add_number (table, "%.4f", largest.latent);
  add_number (table, "%.4f", largest.target);

  cli_print ("\n");
  cli_table_print (table);
}

static void
block_clear (gpointer data)
{
  CliEvaluateBlock *block = data;

  g_clear_pointer (&block->reference, dot_statistics_free);
  g_clear_pointer (&block->rows, g_free);
}

static void
print_shard_json (DotShard shard, const char *work, guint batches, guint constants)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  dot_json_write_int (builder, "shard", shard.index);
  dot_json_write_int (builder, "shards", shard.count);
  dot_json_write_string (builder, "work", work);
  dot_json_write_int (builder, "batches", batches);
  dot_json_write_int (builder, "constants", constants);
  json_builder_end_object (builder);

  cli_output_json (builder);
}

/*  public functions  */

/**
 * cli_evaluate_results_init:
 * @results: where there is nothing yet
 * @arguments: what was asked for
 *
 * Makes room for what each network will say.
 */
void
cli_evaluate_results_init (CliEvaluateResults *results, const CliEvaluateArguments *arguments)
{
  guint n = MAX (g_strv_length (arguments->features), 1);

  results->blocks = g_array_sized_new (FALSE, TRUE, sizeof (CliEvaluateBlock), n);
  g_array_set_clear_func (results->blocks, block_clear);
  g_array_set_size (results->blocks, n);
  for (guint i = 0; i < n; i++)
    {
      CliEvaluateBlock *block = &g_array_index (results->blocks, CliEvaluateBlock, i);

      block->features = arguments->features[i];
      block->rows     = g_new0 (DotEvaluation, arguments->samples.n_updates);
    }
}

/**
 * cli_evaluate_results_print:
 * @results: what came of it
 * @arguments: what was asked for
 * @pair: which was measured
 */
void
cli_evaluate_results_print (const CliEvaluateResults   *results,
                            const CliEvaluateArguments *arguments,
                            DotPair                    *pair)
{
  if (arguments->as_json)
    {
      print_json (results, arguments, pair);
      return;
    }

  print_blocks (results->blocks, arguments);
  if (results->constants)
    print_constants (results->constants);
}

/**
 * cli_evaluate_results_print_shard:
 * @results: what came of it
 * @arguments: what was asked for, of which this is a shard
 *
 * Prints what is made; results there are where all shards are joined.
 */
void
cli_evaluate_results_print_shard (const CliEvaluateResults   *results,
                                  const CliEvaluateArguments *arguments)
{
  DotShard shard     = arguments->samples.shard;
  guint    batches   = 0;
  guint    constants = results->constants ? results->constants->len : 0;

  for (gsize part = 0; part < dot_samples_options_count_batches (&arguments->samples); part++)
    batches += dot_shard_has (shard, part);
  if (arguments->as_json)
    print_shard_json (shard, arguments->work, batches, constants);
  else
    cli_print (_ ("Shard %u/%u is in %s (batches: %u, classes with constants: %u); without --shard "
                  "all shards are joined.\n"),
               shard.index, shard.count, arguments->work, batches, constants);
}

/**
 * cli_evaluate_results_clear:
 * @results: what is freed, but for the struct itself
 */
void
cli_evaluate_results_clear (CliEvaluateResults *results)
{
  g_clear_pointer (&results->blocks, g_array_unref);
  g_clear_pointer (&results->constants, g_array_unref);
}
