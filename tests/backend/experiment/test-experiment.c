/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What experiments are told, what their parts keep, what their rows look like. */

#include "helpers.h"

#include "experiment/experiment-result.h"
#include "experiment/experiment-table.h"
#include "experiment/experiment-updates.h"
#include "experiment/experiment-values.h"
#include "experiment/experiment.h"
#include "experiment/paper-number.h"

#include "dot-enums.h"

#include <math.h>

static const DotExperimentOption options[] = {
  { "count", DOT_EXPERIMENT_OPTION_COUNT, .initial = "3", .minimum = 1, .maximum = 9 },
  { "rates", DOT_EXPERIMENT_OPTION_NUMBER, .many = TRUE, .initial = "0.5,1e-3", .maximum = 2 },
  { "updates", DOT_EXPERIMENT_OPTION_COUNT, .many = TRUE, .initial = "8,0,4,8", .maximum = 99 },
  { "file", DOT_EXPERIMENT_OPTION_FILE, .many = TRUE },
  { "space", DOT_EXPERIMENT_OPTION_WORD, .initial = "latent", .enum_type = dot_space_get_type },
  { "all", DOT_EXPERIMENT_OPTION_FLAG },
  { "trust", DOT_EXPERIMENT_OPTION_FLAG, .free = TRUE },
  { NULL },
};

static const DotExperimentColumn columns[] = {
  { "name", "Name", -1 },
  { "fid", "FID", 2 },
  { "is", "IS", 1, TRUE },
  { NULL },
};

static void
set (DotExperimentValues *values, const char *name, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (dot_experiment_values_set (values, name, text, &error));
  g_assert_no_error (error);
}

/*  values  */

static void
test_defaults (void)
{
  g_autoptr (DotExperimentValues) values = dot_experiment_values_new (options);
  g_autoptr (GArray) updates             = dot_experiment_updates_list (values, "updates");
  g_autofree char *text                  = dot_experiment_values_describe (values);

  g_assert_cmpuint (dot_experiment_values_get_count (values, "count", 0), ==, 3);
  g_assert_cmpuint (dot_experiment_values_get_n (values, "rates"), ==, 2);
  g_assert_cmpfloat (dot_experiment_values_get_number (values, "rates", 1), ==, 1e-3);
  g_assert_cmpint (dot_experiment_values_get_word (values, "space"), ==, DOT_SPACE_LATENT);
  g_assert_false (dot_experiment_values_get_flag (values, "all"));
  g_assert_null (dot_experiment_values_get_text (values, "file", 0));
  g_assert_cmpuint (updates->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (g_array_index (updates, guint, i), ==, 4 * i);
  g_assert_cmpstr (text, ==, " --count 3 --rates 0.5,1e-3 --updates 8,0,4,8 --space latent");
}

/* What decides nothing, and where files lie, isn't part of what decides. */
static void
test_given (void)
{
  g_autoptr (DotExperimentValues) values = dot_experiment_values_new (options);
  g_autofree char *text                  = NULL;

  set (values, "count", "9");
  set (values, "rates", "2");
  set (values, "file", "a,b");
  set (values, "file", "c");
  set (values, "space", "target");
  set (values, "all", "yes");
  set (values, "trust", "yes");
  g_assert_cmpuint (dot_experiment_values_get_n (values, "file"), ==, 2);
  g_assert_cmpstr (dot_experiment_values_get_text (values, "file", 0), ==, "a,b");
  g_assert_cmpint (dot_experiment_values_get_word (values, "space"), ==, DOT_SPACE_TARGET);
  text = dot_experiment_values_describe (values);
  g_assert_cmpstr (text, ==, " --count 9 --rates 2 --updates 8,0,4,8 --space target --all yes");
}

static void
test_refused (void)
{
  static const char *const wrong[][2] = {
    { "count", "0" },   { "count", "10" },   { "count", "2.5" },   { "count", "" },
    { "count", "3x" },  { "count", " 3" },   { "rates", "1,,2" },  { "rates", "3" },
    { "rates", "nan" }, { "rates", "-0.1" }, { "space", "inner" },
  };
  g_autoptr (DotExperimentValues) values = dot_experiment_values_new (options);

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (dot_experiment_values_set (values, wrong[i][0], wrong[i][1], &error));
      assert_sentence (error, DOT_ERROR_INVALID_ARGUMENT);
      assert_mentions (error, wrong[i][0]);
    }
}

/*  results  */

static void
test_result (void)
{
  const double values[]                  = { 0.1, -1e300, NAN };
  const float  floats[]                  = { 0.25f, 3.0f };
  g_autoptr (HelperFolder) folder        = helper_folder_new ();
  g_autofree char *path                  = g_build_filename (folder, "part.npz", NULL);
  g_autoptr (DotExperimentResult) result = dot_experiment_result_new ();
  g_autoptr (DotExperimentResult) read   = NULL;
  g_autoptr (GError) error               = NULL;
  const double *found;
  gsize         n;

  dot_experiment_result_set (result, "values", values, 3);
  dot_experiment_result_set_floats (result, "dot target points", floats, 2);
  dot_experiment_result_set_number (result, "k", 7.0);
  g_assert_true (dot_experiment_result_save (result, path, &error));
  read = dot_experiment_result_load (path, &error);
  g_assert_no_error (error);
  found = dot_experiment_result_get (read, "values", &n);
  g_assert_cmpuint (n, ==, 3);
  g_assert_true (found[0] == 0.1 && found[1] == -1e300 && isnan (found[2]));
  found = dot_experiment_result_get (read, "dot target points", &n);
  g_assert_true (n == 2 && found[0] == 0.25 && found[1] == 3.0);
  g_assert_cmpfloat (dot_experiment_result_get_number (read, "k"), ==, 7.0);
  g_assert_true (isnan (dot_experiment_result_get_number (read, "other")));
}

/*  rows  */

static DotExperimentTable *
make_table (void)
{
  const double        trials[] = { 1.0, 2.0, 6.0 };
  DotExperimentTable *table    = dot_experiment_table_new (columns);

  dot_experiment_table_add_text (table, "a \"b\", c");
  dot_experiment_table_add_number (table, 0.1);
  dot_experiment_table_add_mean_of (table, trials, 3);
  dot_experiment_table_add_text (table, "one");
  dot_experiment_table_add_number (table, NAN);
  dot_experiment_table_add_mean_of (table, trials, 1);
  dot_experiment_table_add_note (table, "No more.");
  return table;
}

/* The deviation is a sample's: √((4 + 1 + 9) / 2). */
static void
test_csv (void)
{
  g_autoptr (DotExperimentTable) table = make_table ();
  g_autofree char *csv                 = dot_experiment_table_to_csv (table);

  g_assert_cmpstr (csv, ==,
                   "name,fid,is,is_sigma\n\"a \"\"b\"\", c\",0.1,3,2.6457513110645907\none,,1,\n");
}

static void
test_shown (void)
{
  g_autoptr (DotExperimentTable) table = make_table ();
  static const char *const shown[]     = { "a \"b\", c", "0.10", "3.0 ± 2.6", "one", "–", "1.0" };

  g_assert_cmpuint (dot_experiment_table_get_n_rows (table), ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    {
      g_autofree char *text = dot_experiment_table_get_shown (table, i / 3, i % 3);

      g_assert_cmpstr (text, ==, shown[i]);
    }
  g_assert_cmpstr (dot_experiment_table_get_notes (table)[0], ==, "No more.");
  g_assert_null (dot_experiment_table_get_notes (table)[1]);
}

static void
test_json (void)
{
  g_autoptr (DotExperimentTable) table = make_table ();
  g_autoptr (JsonBuilder) builder      = json_builder_new ();
  g_autoptr (JsonNode) root            = NULL;
  g_autofree char *text                = NULL;

  json_builder_begin_object (builder);
  dot_experiment_table_write_json (table, builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  g_assert_cmpstr (text, ==,
                   "{\"rows\":[{\"name\":\"a \\\"b\\\", c\",\"fid\":0.10000000000000001,"
                   "\"is\":3.0,\"is_sigma\":2.6457513110645907},"
                   "{\"name\":\"one\",\"fid\":null,\"is\":1.0,\"is_sigma\":null}],"
                   "\"notes\":[\"No more.\"]}");
}

/*  what is known  */

static void
test_paper (void)
{
  const DotPaperNumber *number;

  number = dot_paper_number_find ("Table 1", "STL-10", "DCGAN", "SAGAN(hi)", "dot", NULL, -1);
  g_assert_true (number && number->score == 10.30 && number->fid == 40.51);
  number = dot_paper_number_find ("Table 3", NULL, NULL, NULL, "dot", "k_eff 1, trial 2", 16);
  g_assert_true (number && number->score == 36.97 && number->fid == 42.85);
  g_assert_null (dot_paper_number_find ("Table 3", NULL, NULL, NULL, "dot", "k_eff 1, trial 2", 5));
}

/* Each is whole: its options have a sentence, its names are its own. */
static void
test_classes (void)
{
  guint                            n;
  const DotExperimentClass *const *all = dot_experiment_list (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GHashTable) names           = g_hash_table_new (g_str_hash, g_str_equal);
      g_autoptr (DotExperimentValues) values = dot_experiment_values_new (all[i]->options);
      g_autofree char *text                  = dot_experiment_values_describe (values);

      g_assert_true (dot_experiment_find (all[i]->name, NULL) == all[i]);
      g_assert_true (g_str_has_suffix (all[i]->needs, "."));
      for (const DotExperimentOption *option = all[i]->options; option->name; option++)
        {
          g_assert_nonnull (option->help);
          g_assert_true (g_hash_table_add (names, (gpointer) option->name));
          if (option->initial)
            g_assert_cmpuint (dot_experiment_values_get_n (values, option->name), >, 0);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/experiment/values/defaults", test_defaults);
  g_test_add_func ("/experiment/values/given", test_given);
  g_test_add_func ("/experiment/values/refused", test_refused);
  g_test_add_func ("/experiment/result", test_result);
  g_test_add_func ("/experiment/table/csv", test_csv);
  g_test_add_func ("/experiment/table/shown", test_shown);
  g_test_add_func ("/experiment/table/json", test_json);
  g_test_add_func ("/experiment/paper", test_paper);
  g_test_add_func ("/experiment/classes", test_classes);
  return g_test_run ();
}
