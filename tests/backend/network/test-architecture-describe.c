/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Two files of one pair in each other's place, and under another architecture's
 * name. */

#include "helpers.h"
#include "network/architecture-describe.h"

typedef struct
{
  const DotArchitecture *architecture;
  DotInitialSizes        sizes;
} Kind;

static const Kind kinds[] = {
  { &dot_sngan_projection, { "sngan-projection", 32, 4, { 8, 8 }, 3 } },
  { &dot_sngan_projection, { "sngan-projection", 64, 4, { 2, 2 }, 0 } },
  { &dot_dcgan, { "dcgan", 32, 4, { 32, 32 } } },
  { &dot_dcgan, { "dcgan", 32, 4, { 32, 32 }, .spectral = TRUE } },
  { &dot_resnet, { "resnet", 32, 4, { 32, 32 } } },
  { &dot_mlp, { "mlp", 1, 2, { 8, 8 } } },
};

/* (transfer full): */
static DotWeights *
write_part (const char *folder, const Kind *kind, guint file)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path    = g_build_filename (folder, file == 0 ? "g.npz" : "d.npz", NULL);
  DotWeights      *weights = NULL;

  g_assert_true (dot_initial_write (kind->architecture->initial, &kind->sizes, file, path, &error));
  weights = dot_weights_open (path, &error);
  g_assert_no_error (error);
  return weights;
}

static void
assert_refused (const DotArchitecture *architecture,
                DotWeights            *g,
                DotWeights            *d,
                const char            *mentions,
                const char            *file)
{
  g_autoptr (GError) error = NULL;
  DotPairShape shape;

  g_test_message ("%s: %s", architecture->name, mentions);
  g_assert_false (
    dot_architecture_describe_pair (architecture, g, architecture, d, &shape, &error));
  assert_sentence (error, DOT_ERROR_INVALID_FILE);
  assert_mentions (error, mentions);
  assert_mentions (error, file);
}

static void
test_exchanged (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (HelperFolder) folder     = helper_folder_new ();
      g_autoptr (DotWeights) g            = write_part (folder, &kinds[i], 0);
      g_autoptr (DotWeights) d            = write_part (folder, &kinds[i], 1);
      const DotArchitecture *architecture = kinds[i].architecture;
      const DotArchitecture *other        = i == 0 ? &dot_resnet : &dot_sngan_projection;
      DotPairShape           shape;

      g_assert_true (
        dot_architecture_describe_pair (architecture, g, architecture, d, &shape, NULL));
      assert_refused (architecture, d, g, "is a discriminator, and a generator is needed", "d.npz");
      assert_refused (architecture, g, g, "is a generator, and a discriminator is needed", "g.npz");
      assert_refused (architecture, d, d, "is a discriminator, and a generator is needed", "d.npz");
      if (architecture != &dot_sngan_projection)
        assert_refused (other, d, g, "is a discriminator, and a generator is needed", "d.npz");
    }
}

static void
test_other_architecture (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (HelperFolder) folder     = helper_folder_new ();
      g_autoptr (DotWeights) g            = write_part (folder, &kinds[i], 0);
      g_autoptr (DotWeights) d            = write_part (folder, &kinds[i], 1);
      const DotArchitecture *architecture = kinds[i].architecture;
      const DotArchitecture *other        = architecture == &dot_resnet ? &dot_mlp : &dot_resnet;

      assert_refused (other, g, d, architecture->name, "g.npz");
    }
}

/* An array that is missing is no other architecture. */
static void
test_missing (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autoptr (DotWeights) d        = write_part (folder, &kinds[0], 1);
  g_autofree char *path           = g_build_filename (folder, "half.npz", NULL);
  g_autoptr (DotNpzWriter) writer = dot_npz_writer_new (path, NULL);
  const float numbers[128 * 4]    = { 0 };
  g_autoptr (DotWeights) g        = NULL;

  dot_npz_writer_add (writer, "l1/W", numbers, 2, (gsize[]) { 128, 4 }, NULL);
  g_assert_true (dot_npz_writer_close (writer, NULL));
  g = dot_weights_open (path, NULL);
  assert_refused (&dot_sngan_projection, g, d, "has no block2/c1/W", "half.npz");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/architecture-describe/exchanged", test_exchanged);
  g_test_add_func ("/architecture-describe/other-architecture", test_other_architecture);
  g_test_add_func ("/architecture-describe/missing", test_missing);
  return g_test_run ();
}
