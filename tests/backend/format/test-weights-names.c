/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What a file of arrays is, told by their names, where the one that is sought
 * isn't among them. */

#include "format/weights-names.h"
#include "helpers.h"

static const struct
{
  const char *names[4];
  const char *key;
  const char *mentions[2];
} cases[] = {
  { { "module.conv.weight", "module.conv.bias" },
    "l1/W",
    { "DataParallel", "module.state_dict()" } },
  { { "module.conv.weight" }, "conv.weight", { "DataParallel", "key map" } },
  { { "module.l1.W", "module.l1.b" }, "l1/W", { "DataParallel", "module." } },
  { { "updater/model:main/l1/W", "updater/iteration" },
    "l1/W",
    { "updater/model:main/l1/W", "alone" } },
  { { "g_ema.conv.weight", "g_optim.exp_avg" }, "conv.weight", { "g_ema.conv.weight", "key map" } },
  { { "state.0.exp_avg", "state.0.exp_avg_sq" }, "l1/W", { "optimiser", "own file" } },
  { { "0/momentum_buffer" }, "l1/W", { "optimiser", "own file" } },
  { { "l1/W/m", "l1/W/v", "t" }, "l1/W", { "optimiser", "own file" } },
  { { "conv.weight", "conv.bias" }, "module.conv.weight", { "conv.weight", "correct the name" } },
  { { "conv.weight", "conv.bias" }, "l1/W", { "PyTorch's names", "key map" } },
  { { "conv.weight_orig", "conv.bias" }, "l1/W", { "conv.weight_orig", "key map" } },
  { { "conv.weight", "conv.bias" }, "conv.wieght", { "no conv.wieght", "right file" } },
  { { "block2/c1/W", "xl1/W" }, "l1/W", { "no l1/W", "right file" } },
  { { NULL }, "l1/W", { "no l1/W", "right file" } },
};

static void
test_names (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s %s", cases[i].key, cases[i].mentions[0]);
      dot_weights_names_report ("x.npz", cases[i].names, cases[i].key, &error);
      assert_sentence (error, DOT_ERROR_INVALID_FILE);
      assert_mentions (error, "x.npz");
      assert_mentions (error, cases[i].mentions[0]);
      assert_mentions (error, cases[i].mentions[1]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/weights-names/names", test_names);
  return g_test_run ();
}
