/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What a person finds who types a part of a class's name, among ten classes
 * and among ImageNet's thousand. */

#include "core/class-list.h"

#include "helpers.h"

#include <string.h>

#include <json-glib/json-glib.h>

#define SMALL "imagenet10-64"

/* A pair that is known and not there: its classes are all the same. */
static DotModel *
find_large (void)
{
  g_autoptr (GPtrArray) models = dot_model_list ();

  for (guint i = 0; i < models->len; i++)
    if (dot_model_get_n_classes (models->pdata[i]) == 1000)
      return dot_model_ref (models->pdata[i]);
  g_assert_not_reached ();
}

/* The first ones that are found, separated by |, and how many in all. */
static char *
find (DotClassList *list, const char *typed, guint *n)
{
  g_autofree guint *order  = g_new (guint, dot_class_list_get_n (list));
  g_autoptr (GString) text = g_string_new (NULL);
  guint fit                = dot_class_list_search (list, typed, order);

  for (guint i = 0; i < MIN (fit, 4); i++)
    g_string_append_printf (text, "%s%s", i ? "|" : "", dot_class_list_get_text (list, order[i]));
  if (n)
    *n = fit;
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_finds (DotClassList *list, const char *typed, const char *expected)
{
  g_autofree char *found = find (list, typed, NULL);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_names (void)
{
  g_autoptr (DotModel) model    = find_large ();
  g_autoptr (DotClassList) list = dot_class_list_new (model, NULL);

  assert_finds (list, "goldfish", "goldfish");
  assert_finds (list, "  GoldFISH ", "goldfish");
  assert_finds (list, "oldfis", "goldfish");
  assert_finds (list, "n01443537", "goldfish");
  assert_finds (list, "N01443537", "goldfish");
  assert_finds (list, "Carassius", "goldfish");
  assert_finds (list, "carcharias", "great white shark");
  assert_finds (list, "shark white", "great white shark");
  assert_finds (list, "no such fish", "");
}

/* Begins of names go before begins of words, those before what is inside. */
static void
test_likely_first (void)
{
  g_autoptr (DotModel) model    = find_large ();
  g_autoptr (DotClassList) list = dot_class_list_new (model, NULL);
  g_autofree char *king         = find (list, "king p", NULL);

  assert_finds (list, "tiger", "tiger|tiger shark|tiger cat|tiger beetle");
  assert_finds (list, "ox", "ox|oxygen mask|water buffalo|bullock cart");
  g_assert_true (g_str_has_prefix (king, "king penguin|"));
}

static void
assert_texts (DotModel *model)
{
  g_autoptr (DotClassList) list = dot_class_list_new (model, NULL);

  for (guint i = 0; i < dot_class_list_get_n (list); i++)
    {
      const char     *text  = dot_class_list_get_text (list, i);
      const DotClass *klass = dot_model_get_class (model, i);

      g_assert_true (dot_model_find_class (model, text, NULL) == klass);
      g_assert_cmpstr (text, ==, dot_class_list_get_class_text (model, klass));
    }
}

/* Two cranes: the name finds the first of them only.  A name may also be
 * another class's number, or its WordNet id. */
static void
test_twins (void)
{
  static const char *const names[] = { "crane", "CRANE", "x", "y", "145", "0107", "n01443537" };
  g_autoptr (HelperFolder) folder  = helper_folder_new ();
  g_autofree char *from = g_build_filename (g_getenv ("DOT_REFINE_MODELS"), SMALL, "model.json",
                                            NULL);
  g_autofree char *to   = g_build_filename (folder, "model.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (DotModel) large    = find_large ();
  g_autoptr (DotModel) small    = NULL;
  g_autofree char *text         = NULL;
  JsonArray       *classes;

  g_assert_true (json_parser_load_from_file (parser, from, NULL));
  classes = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)),
                                          "classes");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    json_object_set_string_member (json_array_get_object_element (classes, i), "name", names[i]);
  text = json_to_string (json_parser_get_root (parser), TRUE);
  helper_write (to, text, strlen (text));
  small = dot_model_find (folder, NULL);
  g_assert_nonnull (small);
  g_assert_cmpstr (dot_class_list_get_class_text (small, dot_model_get_class (small, 0)), ==,
                   "crane");
  g_assert_cmpstr (dot_class_list_get_class_text (small, dot_model_get_class (small, 1)), ==,
                   dot_model_get_class (small, 1)->wnid);

  assert_texts (small);
  assert_texts (large);
}

static void
test_everything (void)
{
  g_autoptr (DotModel) model    = find_large ();
  g_autoptr (DotClassList) list = dot_class_list_new (model, NULL);
  g_autofree guint *order       = g_new (guint, 1000);
  const char       *parts[]     = { "", "a", "zzz" };

  for (guint p = 0; p < G_N_ELEMENTS (parts); p++)
    {
      gboolean seen[1000] = { FALSE };
      guint    n          = dot_class_list_search (list, parts[p], order);

      g_assert_cmpuint (n, <=, 1000);
      for (guint i = 0; i < 1000; i++)
        seen[order[i]] = TRUE;
      for (guint i = 0; i < 1000; i++)
        g_assert_true (seen[i]);
    }
  g_assert_cmpuint (dot_class_list_search (list, "", order), ==, 1000);
  g_assert_cmpuint (order[999], ==, 999);
}

static void
test_recent (void)
{
  const char *const recent[]    = { "ox",       "no such class",     "n03126707",
                                    "goldfish", "Carassius auratus", NULL };
  g_autoptr (DotModel) model    = find_large ();
  g_autoptr (DotClassList) list = dot_class_list_new (model, recent);
  g_autofree guint *order       = g_new (guint, 1000);

  dot_class_list_search (list, "", order);
  g_assert_true (dot_class_list_is_recent (list, order[0]));
  g_assert_true (dot_class_list_is_recent (list, order[2]));
  g_assert_false (dot_class_list_is_recent (list, order[3]));
  assert_finds (list, "", "ox|crane (machine)|goldfish|tench");
  assert_finds (list, "gol", "goldfish|goldfinch|Golden Retriever|golf ball");
}

static void
test_draw (void)
{
  g_autoptr (DotModel) model    = dot_model_find (SMALL, NULL);
  g_autoptr (DotClassList) list = dot_class_list_new (model, NULL);
  g_autoptr (GRand) chance      = g_rand_new_with_seed (7);
  guint drawn[10]               = { 0 };

  for (guint i = 0; i < 1000; i++)
    drawn[dot_class_list_draw (list, "n01443537", chance)]++;
  g_assert_cmpuint (drawn[0], ==, 0);
  for (guint i = 1; i < 10; i++)
    g_assert_cmpuint (drawn[i], >, 50);
  for (guint i = 0; i < 100; i++)
    drawn[dot_class_list_draw (list, "no such fish", chance)]++;
  g_assert_cmpuint (drawn[0], >, 0);
}

static void
test_detail (void)
{
  g_autoptr (DotModel) model    = dot_model_find (SMALL, NULL);
  g_autoptr (DotClassList) list = dot_class_list_new (model, NULL);
  g_autofree char *detail       = dot_class_list_get_detail (list, 0);

  g_assert_cmpstr (detail, ==, "goldfish, Carassius auratus · n01443537");
}

static void
test_none (void)
{
  g_autoptr (DotClassList) list = dot_class_list_new (NULL, NULL);
  guint order[1]                = { 7 };

  g_assert_cmpuint (dot_class_list_get_n (list), ==, 0);
  g_assert_cmpuint (dot_class_list_search (list, "goldfish", order), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/class-list/names", test_names);
  g_test_add_func ("/class-list/likely-first", test_likely_first);
  g_test_add_func ("/class-list/twins", test_twins);
  g_test_add_func ("/class-list/everything", test_everything);
  g_test_add_func ("/class-list/recent", test_recent);
  g_test_add_func ("/class-list/draw", test_draw);
  g_test_add_func ("/class-list/detail", test_detail);
  g_test_add_func ("/class-list/none", test_none);
  return g_test_run ();
}
