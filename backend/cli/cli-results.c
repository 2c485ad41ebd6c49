/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What a run came to, as a table or as JSON
 * (docs/formats.md). */

#include "config.h"

#include <inttypes.h>

#include <glib/gi18n.h>

#include "dot-enums.h"
#include "cli-model.h"
#include "cli-output.h"
#include "cli-results.h"
#include "engine/pair.h"
#include "refine/option.h"
#include "cli-table.h"

#include "base/json.h"

typedef struct
{
  guint  update;
  double score;
  double distance;
  char  *file;
} Kept;

typedef struct
{
  const DotClass *class; /* the model's */
  gint64   seed;
  double   k_eff;
  gboolean draws; /* whether the method refuses some of what it draws */
  guint    drawn;
  guint    accepted;
  GArray  *kept; /* of Kept; the first is update 0 */
} Candidate;

struct _CliResults
{
  GPtrArray *candidates;
};

static const CliColumn columns[] = {
  { N_ ("Candidate"), TRUE }, { N_ ("Class"), FALSE },   { N_ ("Seed"), TRUE },  { N_ ("D before"), TRUE },
  { N_ ("D after"), TRUE },   { N_ ("Distance"), TRUE }, { N_ ("k_eff"), TRUE }, { N_ ("Files"), TRUE },
};

/*  private functions  */

static void
kept_clear (gpointer data)
{
  Kept *kept = data;

  g_free (kept->file);
}

static Candidate *
candidate_new (const DotStep *step, gsize index)
{
  Candidate *candidate = g_new0 (Candidate, 1);

  candidate->class = step->classes[index];
  candidate->seed  = step->seeds[index];
  candidate->k_eff = step->k_eff[index];
  candidate->kept  = g_array_new (FALSE, FALSE, sizeof (Kept));
  g_array_set_clear_func (candidate->kept, kept_clear);
  return candidate;
}

static void
candidate_free (gpointer data)
{
  Candidate *candidate = data;

  g_array_unref (candidate->kept);
  g_free (candidate);
}

static guint
count_files (Candidate *candidate)
{
  guint n_files = 0;

  for (guint i = 0; i < candidate->kept->len; i++)
    if (g_array_index (candidate->kept, Kept, i).file)
      n_files++;
  return n_files;
}

static void
add_row (CliTable *table, Candidate *candidate, guint index)
{
  const Kept *first = &g_array_index (candidate->kept, Kept, 0);
  const Kept *last  = first + candidate->kept->len - 1;

  cli_table_add (table, "%u", index);
  cli_table_add (table, "%s", candidate->class->name);
  if (candidate->seed >= 0)
    cli_table_add (table, "%" G_GINT64_FORMAT, candidate->seed);
  else
    cli_table_add (table, "–");
  cli_table_add (table, "%.4f", first->score);
  cli_table_add (table, "%.4f", last->score);
  cli_table_add (table, "%.4f", last->distance);
  if (candidate->k_eff > 0.0)
    cli_table_add (table, "%.4f", candidate->k_eff);
  else
    cli_table_add (table, "–");
  cli_table_add (table, "%u", count_files (candidate));
}

static void
add_kept (JsonBuilder *builder, const Kept *kept)
{
  json_builder_begin_object (builder);
  dot_json_write_int (builder, "update", kept->update);
  dot_json_write_double (builder, "score", kept->score);
  dot_json_write_double (builder, "distance", kept->distance);
  dot_json_write_string (builder, "file", kept->file);
  json_builder_end_object (builder);
}

static void
add_candidate (JsonBuilder *builder, Candidate *candidate)
{
  json_builder_begin_object (builder);
  cli_model_add_class_members (builder, candidate->class);

  if (candidate->seed >= 0)
    dot_json_write_int (builder, "seed", candidate->seed);
  else
    dot_json_write_string (builder, "seed", NULL);

  if (candidate->k_eff > 0.0)
    dot_json_write_double (builder, "k_eff", candidate->k_eff);
  else
    dot_json_write_string (builder, "k_eff", NULL);
  if (candidate->draws)
    {
      dot_json_write_int (builder, "drawn", candidate->drawn);
      dot_json_write_int (builder, "accepted", candidate->accepted);
    }

  dot_json_write_begin_array (builder, "updates");
  for (guint i = 0; i < candidate->kept->len; i++)
    add_kept (builder, &g_array_index (candidate->kept, Kept, i));
  json_builder_end_array (builder);

  json_builder_end_object (builder);
}

/* The model has a member of its own. */
static void
add_options (JsonBuilder *builder, const DotRefineOptions *options)
{
  guint            n;
  const DotOption *table = dot_option_list (&n);

  dot_json_write_begin_object (builder, "options");
  for (guint i = 0; i < n; i++)
    if (table[i].kind != DOT_OPTION_MODEL && ! (table[i].uses & DOT_OPTION_OF_FILES) &&
        dot_option_is_of (&table[i], options->method))
      dot_option_write_json (&table[i], options, builder);
  json_builder_end_object (builder);
}

static void
add_exports (JsonBuilder *builder, GPtrArray *exports)
{
  dot_json_write_begin_array (builder, "exports");
  for (guint i = 0; i < exports->len; i++)
    {
      const DotExportOptions *options = exports->pdata[i];
      g_autofree char        *path    = g_utf8_make_valid (options->path, -1);

      json_builder_add_string_value (builder, path);
    }
  json_builder_end_array (builder);
}

/*  public functions  */

/**
 * cli_results_new:
 *
 * Returns: (transfer full): results of no candidate yet.
 */
CliResults *
cli_results_new (void)
{
  CliResults *results = g_new0 (CliResults, 1);

  results->candidates = g_ptr_array_new_with_free_func (candidate_free);
  return results;
}

/**
 * cli_results_free:
 * @results: the results
 */
void
cli_results_free (CliResults *results)
{
  g_ptr_array_unref (results->candidates);
  g_free (results);
}

/**
 * cli_results_add:
 * @results: the results
 * @step: a kept update
 * @candidate: one of its candidates; they come in order
 * @file: (nullable): the picture that was written
 */
void
cli_results_add (CliResults *results, const DotStep *step, gsize candidate, const char *file)
{
  Kept       kept = { step->update, step->scores[candidate], step->distances[candidate],
                      g_strdup (file) };
  Candidate *found;

  if (candidate == results->candidates->len)
    g_ptr_array_add (results->candidates, candidate_new (step, candidate));

  found = results->candidates->pdata[candidate];
  g_array_append_val (found->kept, kept);
  found->draws = step->drawn != NULL;
  if (! found->draws)
    return;
  found->drawn    = step->drawn[candidate];
  found->accepted = step->accepted[candidate];
}

/* What a method that refuses has drawn for what it gave. */
static void
print_draws (CliResults *results)
{
  guint64 drawn = 0, accepted = 0;

  for (guint i = 0; i < results->candidates->len; i++)
    {
      const Candidate *candidate = results->candidates->pdata[i];

      drawn += candidate->drawn;
      accepted += candidate->accepted;
    }
  if (drawn > 0)
    cli_print (_ ("Candidates: %u, draws: %" PRIu64 ", accepted: %" PRIu64 "\n"),
               results->candidates->len, drawn, accepted);
}

/**
 * cli_results_print_table:
 * @results: the results
 *
 * Prints a line a candidate.
 */
void
cli_results_print_table (CliResults *results)
{
  g_autoptr (CliTable) table = NULL;

  table = cli_table_new (columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < results->candidates->len; i++)
    add_row (table, results->candidates->pdata[i], i);

  cli_table_print (table);
  print_draws (results);
}

/**
 * cli_results_print_json:
 * @results: the results
 * @pair: what they were computed with
 * @arguments: how they were computed, and what was written
 *
 * Prints everything, also what a run like this one needs.
 */
void
cli_results_print_json (CliResults *results, DotPair *pair, const CliRefineArguments *arguments)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);

  dot_json_write_begin_object (builder, "model");
  cli_model_add_members (builder, dot_pair_get_model (pair));
  json_builder_end_object (builder);

  dot_json_write_enum (builder, "engine", DOT_TYPE_ENGINE, dot_pair_get_engine (pair));
  dot_json_write_string (builder, "device", dot_pair_get_device_name (pair));
  dot_json_write_enum (builder, "precision", DOT_TYPE_PRECISION, dot_pair_get_precision (pair));
  if (dot_pair_get_warning (pair))
    dot_json_write_string (builder, "warning", dot_pair_get_warning (pair));
  add_options (builder, arguments->options);

  dot_json_write_begin_array (builder, "candidates");
  for (guint i = 0; i < results->candidates->len; i++)
    add_candidate (builder, results->candidates->pdata[i]);
  json_builder_end_array (builder);

  dot_json_write_string (builder, "trace", arguments->trace);
  add_exports (builder, arguments->exports);
  json_builder_end_object (builder);

  cli_output_json (builder);
}
