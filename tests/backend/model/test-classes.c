/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Classes by all the names that people and files give them. */

#include "helpers.h"
#include "model/classes.h"

#include <string.h>

static DotModel *
shipped_model (void)
{
  g_autoptr (GError) error = NULL;
  DotModel *model          = dot_model_find (MODELS_DIR "/imagenet10-64", &error);

  g_assert_no_error (error);
  return model;
}

static void
assert_finds (DotModel *model, const char *text, guint label)
{
  g_autoptr (GError) error = NULL;
  const DotClass *klass    = dot_model_find_class (model, text, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (klass->label, ==, label);
}

static void
test_found (void)
{
  g_autoptr (DotModel) model = shipped_model ();

  assert_finds (model, "goldfish", 0);
  assert_finds (model, "GoldFish", 0);
  assert_finds (model, "n01443537", 0);
  assert_finds (model, "N01443537", 0);
  assert_finds (model, "1", 0);
  assert_finds (model, "Carassius auratus", 0);
  assert_finds (model, "carassius AURATUS", 0);
  assert_finds (model, "brain coral", 2);
  assert_finds (model, "107", 1);
  assert_finds (model, "978", 9);
  assert_finds (model, "school bus", 5);
  assert_finds (model, "", 0);
  assert_finds (model, NULL, 0);
}

/* Labels are not names: 0 to 9 but for 1 are no ImageNet index of the pair. */
static void
test_not_found (void)
{
  static const char *const texts[] = {
    "nonsense",  "gold",
    "goldfish ", "n00000000",
    "0",         "2",
    "9",         "1000",
    "-1",        "1.0",
    "1e0",       "18446744073709551617",
    "%s%n",      "goldfish, Carassius auratus",
  };
  g_autoptr (DotModel) model = shipped_model ();

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (dot_model_find_class (model, texts[i], &error));
      assert_sentence (error, DOT_ERROR_NOT_FOUND);
      assert_mentions (error, texts[i]);
      assert_mentions (error, "jellyfish");
    }
}

/* What a file or a script says may be cut in the middle of a letter. */
static void
test_broken_text (void)
{
  static const char *const texts[] = { "\xfd", "goldfis\xc3", "\xf0\x9f", "\x80", "\xff\xfe" };
  g_autoptr (DotModel) model       = shipped_model ();

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *copy    = g_strdup (texts[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (dot_model_find_class (model, copy, &error));
      assert_sentence (error, DOT_ERROR_NOT_FOUND);
    }
}

static void
test_imagenet (void)
{
  g_autoptr (GArray) classes = dot_classes_new_for_labels (1000);

  g_assert_cmpuint (classes->len, ==, 1000);
  for (guint i = 0; i < classes->len; i++)
    {
      const DotClass  *klass = &g_array_index (classes, DotClass, i);
      g_autofree char *index = g_strdup_printf ("%u", i);

      g_assert_cmpuint (klass->label, ==, i);
      g_assert_cmpuint (klass->index, ==, i);
      g_assert_true (klass->name && *klass->name);
      g_assert_true (g_regex_match_simple ("^n[0-9]{8}$", klass->wnid, 0, 0));
      g_assert_true (dot_classes_find (classes, klass->wnid) == klass);
      g_assert_true (dot_classes_find (classes, index) == klass);
      g_assert_nonnull (dot_classes_find (classes, klass->name));
    }
  g_assert_cmpstr (g_array_index (classes, DotClass, 1).name, ==, "goldfish");
  g_assert_cmpstr (g_array_index (classes, DotClass, 999).wnid, ==, "n15075141");
}

/* A name that is typed must reach its class, so no two have one name. */
static void
test_names_differ (void)
{
  g_autoptr (GArray) classes  = dot_classes_new_for_labels (1000);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < classes->len; i++)
    {
      const char *name = g_array_index (classes, DotClass, i).name;

      if (! g_hash_table_add (seen, g_utf8_casefold (name, -1)))
        g_test_message ("two classes are called %s", name);
    }
  g_assert_cmpuint (g_hash_table_size (seen), ==, classes->len);
}

static void
test_other_numbers (void)
{
  g_autoptr (GArray) three = dot_classes_new_for_labels (3);
  g_autoptr (GArray) none  = dot_classes_new_for_labels (0);

  g_assert_cmpuint (three->len, ==, 3);
  g_assert_cmpstr (g_array_index (three, DotClass, 2).name, ==, "class 2");
  g_assert_cmpuint (dot_classes_find (three, "Class 2")->label, ==, 2);
  g_assert_cmpuint (dot_classes_find (three, "2")->label, ==, 2);
  g_assert_null (dot_classes_find (three, "3"));
  g_assert_cmpuint (none->len, ==, 1);
}

/* ImageNet's list completes what a manifest leaves out. */
static void
test_completed (void)
{
  DotClass klass;

  dot_classes_init_class (&klass, 4, "n01443537", NULL, -1);
  g_assert_cmpuint (klass.label, ==, 4);
  g_assert_cmpuint (klass.index, ==, 1);
  g_assert_cmpstr (klass.name, ==, "goldfish");
  g_assert_nonnull (strstr (klass.synonyms, "Carassius auratus"));

  dot_classes_init_class (&klass, 4, "n01443537", "my fish", 77);
  g_assert_cmpuint (klass.index, ==, 77);
  g_assert_cmpstr (klass.name, ==, "my fish");

  dot_classes_init_class (&klass, 4, "n99999999", NULL, -1);
  g_assert_cmpuint (klass.index, ==, 4);
  g_assert_cmpstr (klass.name, ==, "class 4");

  dot_classes_init_class (&klass, 4, NULL, NULL, -1);
  g_assert_null (klass.wnid);
  g_assert_cmpstr (klass.name, ==, "class 4");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/classes/found", test_found);
  g_test_add_func ("/classes/not-found", test_not_found);
  g_test_add_func ("/classes/broken-text", test_broken_text);
  g_test_add_func ("/classes/imagenet", test_imagenet);
  g_test_add_func ("/classes/names-differ", test_names_differ);
  g_test_add_func ("/classes/other-numbers", test_other_numbers);
  g_test_add_func ("/classes/completed", test_completed);
  return g_test_run ();
}
