/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What is listed of an architecture is what its files are read from: each array
 * is needed, and none that is needed isn't listed. */

#include "helpers.h"
#include "network/architecture-arrays.h"
#include "network/architecture-describe.h"

#include <string.h>

typedef struct
{
  const DotArchitecture *architecture;
  DotInitialSizes        sizes;
  const char            *only;
} Kind;

static const Kind kinds[] = {
  { &dot_sngan_projection, { "sngan-projection", 32, 4, { 8, 8 }, 3 }, "with classes" },
  { &dot_sngan_projection, { "sngan-projection", 32, 4, { 8, 8 }, 0 }, "without classes" },
  { &dot_sngan_projection, { "sngan-projection", 64, 4, { 2, 2 }, 3 }, "with classes" },
  { &dot_dcgan, { "dcgan", 32, 4, { 32, 32 } }, "WGAN's critic" },
  { &dot_dcgan, { "dcgan", 48, 4, { 32, 32 }, .spectral = TRUE }, "SNGAN's critic" },
  { &dot_sn_dcgan, { "sn-dcgan", 32, 4, { 32, 32 }, .spectral = TRUE }, "SNGAN's critic" },
  { &dot_resnet, { "resnet", 32, 4, { 32, 32 } }, NULL },
  { &dot_resnet, { "resnet", 32, 4, { 32, 32 }, .attention = TRUE }, "with self-attention" },
  { &dot_mlp, { "mlp", 1, 2, { 8, 8 } }, NULL },
};

static DotWeights *
open_part (const char *folder, const Kind *kind, guint file)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path    = g_build_filename (folder, file == 0 ? "g.npz" : "d.npz", NULL);
  DotWeights      *weights = NULL;

  g_assert_true (dot_initial_write (kind->architecture->initial, &kind->sizes, file, path, &error));
  weights = dot_weights_open (path, &error);
  g_assert_no_error (error);
  return weights;
}

/* A file of the arrays that are listed, but for one. */
static DotWeights *
write_listed (const char *folder,
              DotWeights *weights,
              GPtrArray  *arrays,
              const Kind *kind,
              guint       but)
{
  g_autofree char *path           = g_build_filename (folder, "listed.npz", NULL);
  g_autoptr (DotNpzWriter) writer = dot_npz_writer_new (path, NULL);

  for (guint i = 0; i < arrays->len; i++)
    {
      const DotArchitectureArray *array = arrays->pdata[i];
      g_autoptr (DotArray) numbers      = NULL;
      DotShape shape;

      if (i == but || (array->when && g_strcmp0 (array->when, kind->only) != 0))
        continue;
      g_assert_true (dot_weights_get_shape (weights, array->name, &shape, NULL));
      numbers = dot_weights_read (weights, array->name, shape.n_dims, shape.axes, NULL);
      dot_npz_writer_add (writer, array->name, numbers->data, shape.n_dims, shape.axes, NULL);
    }
  g_assert_true (dot_npz_writer_close (writer, NULL));
  return dot_weights_open (path, NULL);
}

static gboolean
can_read (const Kind *kind, DotWeights *weights, guint file)
{
  const DotArchitecture *architecture = kind->architecture;
  g_autoptr (DotNetwork) network      = NULL;
  DotPairShape shape                  = { 0 };

  if (file == 0 && architecture->describe_generator (weights, &shape, NULL))
    network = architecture->read_generator (weights, &shape, DOT_FORM_INFERENCE, NULL);
  else if (file == 1 && architecture->describe_discriminator (weights, &shape, NULL))
    network = architecture->read_discriminator (weights, &shape, DOT_FORM_INFERENCE, NULL);
  return network && shape.n_labels == kind->sizes.n_labels;
}

/* What is only in some tells which kind it is, and so does the shortcut of a
 * block that pools; a score may have no bias. */
static gboolean
may_be_missing (const DotArchitectureArray *array, guint file)
{
  static const char *const scores[] = { "l4/b", "l5/b", "l6/b", NULL };

  return array->when || (file == 1 && (g_strv_contains (scores, array->name) ||
                                       g_str_has_suffix (array->name, "/c_sc/W")));
}

static void
check_part (const Kind *kind, guint file)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autoptr (DotWeights) weights  = open_part (folder, kind, file);
  g_autoptr (DotWeights) whole    = NULL;
  g_autoptr (GPtrArray)
    arrays = dot_architecture_arrays_list (kind->architecture, kind->sizes.image_size, file);

  g_assert_cmpuint (arrays->len, >, 0);
  whole = write_listed (folder, weights, arrays, kind, G_MAXUINT);
  g_assert_true (can_read (kind, whole, file));
  for (guint but = 0; but < arrays->len; but++)
    {
      const DotArchitectureArray *array = arrays->pdata[but];
      g_autoptr (DotWeights) less       = NULL;

      if (may_be_missing (array, file))
        continue;
      less = write_listed (folder, weights, arrays, kind, but);
      g_test_message ("%s without %s", kind->sizes.architecture, array->name);
      g_assert_false (can_read (kind, less, file));
    }
}

static void
test_arrays (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (guint file = 0; file < 2; file++)
      check_part (&kinds[i], file);
}

static void
assert_shape (const DotArchitecture *architecture,
              guint                  size,
              guint                  file,
              const char            *name,
              const char            *axes)
{
  g_autoptr (GPtrArray) arrays = dot_architecture_arrays_list (architecture, size, file);

  for (guint i = 0; i < arrays->len; i++)
    {
      const DotArchitectureArray *array = arrays->pdata[i];
      g_autofree char            *found = g_strjoinv (", ", array->axes);

      if (strcmp (array->name, name) == 0)
        {
          g_assert_cmpstr (found, ==, axes);
          return;
        }
    }
  g_error ("%s isn't listed", name);
}

static void
test_shapes (void)
{
  assert_shape (&dot_dcgan, 32, 0, "l0/W", "16·ch, z");
  assert_shape (&dot_dcgan, 48, 0, "l0/W", "36·ch, z");
  assert_shape (&dot_dcgan, 32, 0, "dc1/W", "ch, ch/2, 4, 4");
  assert_shape (&dot_dcgan, 32, 0, "dc4/W", "ch/8, 3, 3, 3");
  assert_shape (&dot_sngan_projection, 128, 0, "l1/W", "256·ch, z");
  assert_shape (&dot_sngan_projection, 128, 0, "block2/b1/gammas/W", "classes, 16·ch");
  assert_shape (&dot_sngan_projection, 128, 1, "block1/c1/u", "1, ch");
  assert_shape (&dot_mlp, 1, 1, "l1/W", "ch, 2");
}

static void
test_sizes (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (dot_architecture_arrays_choose_size (&dot_sngan_projection, 0, NULL), ==, 64);
  g_assert_cmpuint (dot_architecture_arrays_choose_size (&dot_dcgan, 0, NULL), ==, 32);
  g_assert_cmpuint (dot_architecture_arrays_choose_size (&dot_dcgan, 48, NULL), ==, 48);
  g_assert_cmpuint (dot_architecture_arrays_choose_size (&dot_dcgan, 64, &error), ==, 0);
  assert_sentence (error, DOT_ERROR_INVALID_ARGUMENT);
  assert_mentions (error, "32, 48");
  g_clear_error (&error);
  g_assert_cmpuint (dot_architecture_arrays_choose_size (&dot_projected, 0, &error), ==, 0);
  assert_sentence (error, DOT_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/architecture-arrays/arrays", test_arrays);
  g_test_add_func ("/architecture-arrays/shapes", test_shapes);
  g_test_add_func ("/architecture-arrays/sizes", test_sizes);
  return g_test_run ();
}
