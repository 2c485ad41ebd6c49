/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What a first look is offered: of any model, with or without a sheet of its
 * pictures. */

#include "core/example.h"
#include "helpers.h"
#include "synthetic.h"

#define CELL 64
#define ROWS 4

/* A model of three classes. */
static char *
write_model (const char *id)
{
  char *models = g_build_filename (g_get_user_data_dir (), "dot-refine", "models", NULL);

  synthetic_model_write (models, id, 3,
                         "[{\"name\": \"a\"}, {\"name\": \"b\"}, {\"name\": \"c\"}]");
  return models;
}

/* A picture of grey squares; one of them has a colourful corner. */
static void
write_sheet (const char *models, const char *id, guint columns, guint column, guint row)
{
  g_autofree char *path        = g_build_filename (models, id, "preview.png", NULL);
  g_autoptr (GdkPixbuf) sheet  = NULL;
  g_autoptr (GdkPixbuf) corner = NULL;

  sheet = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, columns * CELL, ROWS * CELL);
  gdk_pixbuf_fill (sheet, 0x808080ff);
  corner = gdk_pixbuf_new_subpixbuf (sheet, column * CELL, row * CELL, CELL / 2, CELL / 2);
  gdk_pixbuf_fill (corner, 0xff8000ff);
  g_assert_true (gdk_pixbuf_save (sheet, path, "png", NULL, NULL));
}

static GPtrArray *
list (const char *id)
{
  g_autoptr (DotModel) model = dot_model_find (id, NULL);

  g_assert_nonnull (model);
  return dot_example_list (model);
}

static void
assert_example (GPtrArray *examples, guint i, const char *class_name, guint seed, gboolean picture)
{
  const DotExample *example = examples->pdata[i];

  g_assert_cmpstr (example->class_name, ==, class_name);
  g_assert_cmpuint (example->seed, ==, seed);
  g_assert_true ((example->picture != NULL) == picture);
  if (picture)
    g_assert_cmpint (gdk_pixbuf_get_width (example->picture), ==, CELL);
}

static void
test_bare (void)
{
  g_autofree char *models        = write_model ("bare");
  g_autoptr (GPtrArray) examples = list ("bare");

  g_assert_cmpuint (examples->len, ==, DOT_EXAMPLES);
  assert_example (examples, 0, "a", 0, FALSE);
  assert_example (examples, 2, "c", 0, FALSE);
}

/* The most colourful of each class; where none is, the first seed's that no other has. */
static void
test_colors (void)
{
  g_autofree char *models        = write_model ("sheet");
  g_autoptr (GPtrArray) examples = NULL;

  write_sheet (models, "sheet", 3, 1, 2);
  examples = list ("sheet");
  g_assert_cmpuint (examples->len, ==, DOT_EXAMPLES);
  assert_example (examples, 0, "a", 0, TRUE);
  assert_example (examples, 1, "b", 2, TRUE);
  assert_example (examples, 2, "c", 1, TRUE);
}

/* Another size says that it isn't this model's sheet. */
static void
test_other_size (void)
{
  g_autofree char *models        = write_model ("other");
  g_autoptr (GPtrArray) examples = NULL;

  write_sheet (models, "other", 4, 1, 2);
  examples = list ("other");
  assert_example (examples, 1, "b", 0, FALSE);
}

static void
test_shipped (void)
{
  g_autoptr (GPtrArray) examples = list (DOT_DEFAULT_MODEL);

  g_assert_cmpuint (examples->len, ==, DOT_EXAMPLES);
  for (guint i = 0; i < examples->len; i++)
    {
      const DotExample *example = examples->pdata[i];

      g_test_message ("%s, seed %u", example->class_name, example->seed);
      g_assert_nonnull (example->picture);
      g_assert_cmpuint (example->seed, <, ROWS);
      for (guint j = 0; j < i; j++)
        {
          const DotExample *other = examples->pdata[j];

          g_assert_cmpstr (example->class_name, !=, other->class_name);
          g_assert_cmpuint (example->seed, !=, other->seed);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/example/bare", test_bare);
  g_test_add_func ("/example/colors", test_colors);
  g_test_add_func ("/example/other-size", test_other_size);
  g_test_add_func ("/example/shipped", test_shipped);
  return g_test_run ();
}
