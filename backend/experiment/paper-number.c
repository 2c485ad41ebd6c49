/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Numbers that were published: facts of “Discriminator optimal transport” (Tanaka,
 * NeurIPS 2019), as its text and the supplement in arXiv 1910.06832v3 have them.
 * Table 1's caption counts the updates by data (CIFAR-10 20, STL-10 10), the
 * supplement by networks (DCGAN 20, ResNet 10).  Figure 11's are those that its
 * prose names. */

#include "paper-number.h"

#include <math.h>

static const DotPaperNumber numbers[] = {
  { "Table 1", "CIFAR-10", "DCGAN", "WGAN-GP", "bare", "", 0, 6.53, 0.08, 27.84 },
  { "Table 1", "CIFAR-10", "DCGAN", "WGAN-GP", "dot", "", -1, 7.45, 0.05, 24.14 },
  { "Table 1", "STL-10", "DCGAN", "WGAN-GP", "bare", "", 0, 8.69, 0.07, 49.94 },
  { "Table 1", "STL-10", "DCGAN", "WGAN-GP", "dot", "", -1, 9.31, 0.07, 44.45 },
  { "Table 1", "CIFAR-10", "DCGAN", "SNGAN(ns)", "bare", "", 0, 7.45, 0.09, 20.74 },
  { "Table 1", "CIFAR-10", "DCGAN", "SNGAN(ns)", "dot", "", -1, 7.97, 0.14, 15.78 },
  { "Table 1", "STL-10", "DCGAN", "SNGAN(ns)", "bare", "", 0, 8.67, 0.01, 41.18 },
  { "Table 1", "STL-10", "DCGAN", "SNGAN(ns)", "dot", "", -1, 9.45, 0.13, 34.84 },
  { "Table 1", "CIFAR-10", "DCGAN", "SNGAN(hi)", "bare", "", 0, 7.45, 0.08, 20.47 },
  { "Table 1", "CIFAR-10", "DCGAN", "SNGAN(hi)", "dot", "", -1, 8.02, 0.16, 17.12 },
  { "Table 1", "STL-10", "DCGAN", "SNGAN(hi)", "bare", "", 0, 8.83, 0.12, 40.10 },
  { "Table 1", "STL-10", "DCGAN", "SNGAN(hi)", "dot", "", -1, 9.35, 0.12, 34.85 },
  { "Table 1", "CIFAR-10", "DCGAN", "SAGAN(ns)", "bare", "", 0, 7.75, 0.07, 25.37 },
  { "Table 1", "CIFAR-10", "DCGAN", "SAGAN(ns)", "dot", "", -1, 8.50, 0.01, 20.57 },
  { "Table 1", "STL-10", "DCGAN", "SAGAN(ns)", "bare", "", 0, 8.68, 0.01, 48.23 },
  { "Table 1", "STL-10", "DCGAN", "SAGAN(ns)", "dot", "", -1, 10.04, 0.14, 41.19 },
  { "Table 1", "CIFAR-10", "DCGAN", "SAGAN(hi)", "bare", "", 0, 7.52, 0.06, 25.78 },
  { "Table 1", "CIFAR-10", "DCGAN", "SAGAN(hi)", "dot", "", -1, 8.38, 0.05, 21.21 },
  { "Table 1", "STL-10", "DCGAN", "SAGAN(hi)", "bare", "", 0, 9.29, 0.13, 45.79 },
  { "Table 1", "STL-10", "DCGAN", "SAGAN(hi)", "dot", "", -1, 10.30, 0.21, 40.51 },
  { "Table 1", "CIFAR-10", "ResNet", "SAGAN(ns)", "bare", "", 0, 7.74, 0.09, 22.13 },
  { "Table 1", "CIFAR-10", "ResNet", "SAGAN(ns)", "dot", "", -1, 8.49, 0.13, 20.22 },
  { "Table 1", "STL-10", "ResNet", "SAGAN(ns)", "bare", "", 0, 9.33, 0.08, 41.91 },
  { "Table 1", "STL-10", "ResNet", "SAGAN(ns)", "dot", "", -1, 10.03, 0.14, 39.48 },
  { "Table 1", "CIFAR-10", "ResNet", "SAGAN(hi)", "bare", "", 0, 7.85, 0.11, 21.53 },
  { "Table 1", "CIFAR-10", "ResNet", "SAGAN(hi)", "dot", "", -1, 8.50, 0.12, 19.71 },
  { "Table 2", "CIFAR-10", "DCGAN", "", "bare", "", 0, 7.52, 0.06, 25.78 },
  { "Table 2", "CIFAR-10", "DCGAN", "WGAN-GP", "dot", "", 20, 8.03, 0.11, 24.47 },
  { "Table 2", "CIFAR-10", "DCGAN", "SNGAN(ns)", "dot", "", 20, 8.22, 0.07, 21.45 },
  { "Table 2", "CIFAR-10", "DCGAN", "SNGAN(hi)", "dot", "", 20, 8.38, 0.07, 23.03 },
  { "Table 2", "CIFAR-10", "DCGAN", "SAGAN(ns)", "dot", "", 20, 8.36, 0.12, 21.07 },
  { "Table 2", "CIFAR-10", "DCGAN", "SAGAN(hi)", "dot", "", 20, 8.38, 0.05, 21.21 },
  { "Table 3", "ImageNet", "ResNet", "SNGAN", "dot", "k_eff 1, trial 1", 0, 36.40, 0.91, 43.34 },
  { "Table 3", "ImageNet", "ResNet", "SNGAN", "dot", "k_eff 1, trial 1", 4, 36.99, 0.75, 43.01 },
  { "Table 3", "ImageNet", "ResNet", "SNGAN", "dot", "k_eff 1, trial 1", 16, 37.25, 0.84, 42.70 },
  { "Table 3", "ImageNet", "ResNet", "SNGAN", "dot", "k_eff 1, trial 1", 32, 37.61, 0.88, 42.35 },
  { "Table 3", "ImageNet", "ResNet", "SNGAN", "dot", "k_eff 1, trial 2", 0, 36.68, 0.59, 43.60 },
  { "Table 3", "ImageNet", "ResNet", "SNGAN", "dot", "k_eff 1, trial 2", 4, 36.26, 0.98, 43.09 },
  { "Table 3", "ImageNet", "ResNet", "SNGAN", "dot", "k_eff 1, trial 2", 16, 36.97, 0.63, 42.85 },
  { "Table 3", "ImageNet", "ResNet", "SNGAN", "dot", "k_eff 1, trial 2", 32, 37.02, 0.73, 42.74 },
  { "Table 3", "ImageNet", "ResNet", "SNGAN", "dot", "k_eff estimated, trial 3", 0, 36.64, 0.63,
    43.55 },
  { "Table 3", "ImageNet", "ResNet", "SNGAN", "dot", "k_eff estimated, trial 3", 4, 36.87, 0.84,
    43.11 },
  { "Table 3", "ImageNet", "ResNet", "SNGAN", "dot", "k_eff estimated, trial 3", 16, 37.51, 0.01,
    42.43 },
  { "Table 3", "ImageNet", "ResNet", "SNGAN", "dot", "k_eff estimated, trial 3", 32, 36.88, 0.79,
    42.52 },
  { "Table 3", "ImageNet", "ResNet", "SNGAN", "dot", "k_eff estimated, trial 4", 0, 36.23, 0.98,
    43.63 },
  { "Table 3", "ImageNet", "ResNet", "SNGAN", "dot", "k_eff estimated, trial 4", 4, 36.49, 0.54,
    43.25 },
  { "Table 3", "ImageNet", "ResNet", "SNGAN", "dot", "k_eff estimated, trial 4", 16, 37.29, 0.86,
    42.67 },
  { "Table 3", "ImageNet", "ResNet", "SNGAN", "dot", "k_eff estimated, trial 4", 32, 37.29, 0.07,
    42.40 },
  { "Table 7", "CIFAR-10", "DCGAN", "WGAN-GP", "bare", "", 0, 6.5, 0.08, 27.93 },
  { "Table 7", "CIFAR-10", "DCGAN", "WGAN-GP", "mh", "", 500, 7.23, 0.11, 36.14 },
  { "Table 7", "STL-10", "DCGAN", "WGAN-GP", "bare", "", 0, 8.71, 0.13, 49.98 },
  { "Table 7", "STL-10", "DCGAN", "WGAN-GP", "mh", "", 500, 8.98, 0.13, 48.03 },
  { "Table 7", "CIFAR-10", "DCGAN", "SNGAN(ns)", "bare", "", 0, 7.42, 0.09, 20.73 },
  { "Table 7", "CIFAR-10", "DCGAN", "SNGAN(ns)", "mh", "", 500, 7.16, 0.01, 23.24 },
  { "Table 7", "STL-10", "DCGAN", "SNGAN(ns)", "bare", "", 0, 8.62, 0.15, 41.35 },
  { "Table 7", "STL-10", "DCGAN", "SNGAN(ns)", "mh", "", 500, 8.0, 0.11, 46.27 },
  { "Table 7", "CIFAR-10", "DCGAN", "SNGAN(hi)", "bare", "", 0, 7.44, 0.08, 20.53 },
  { "Table 7", "CIFAR-10", "DCGAN", "SNGAN(hi)", "mh", "", 500, 8.23, 0.12, 18.57 },
  { "Table 7", "STL-10", "DCGAN", "SNGAN(hi)", "bare", "", 0, 8.78, 0.01, 40.11 },
  { "Table 7", "STL-10", "DCGAN", "SNGAN(hi)", "mh", "", 500, 10.02, 0.08, 36.34 },
  { "Table 7", "CIFAR-10", "DCGAN", "SAGAN(ns)", "bare", "", 0, 7.69, 0.08, 24.97 },
  { "Table 7", "CIFAR-10", "DCGAN", "SAGAN(ns)", "mh", "", 500, 7.87, 0.07, 22.48 },
  { "Table 7", "STL-10", "DCGAN", "SAGAN(ns)", "bare", "", 0, 8.63, 0.08, 48.33 },
  { "Table 7", "STL-10", "DCGAN", "SAGAN(ns)", "mh", "", 500, 9.79, 0.12, 44.44 },
  { "Table 7", "CIFAR-10", "DCGAN", "SAGAN(hi)", "bare", "", 0, 7.52, 0.06, 25.77 },
  { "Table 7", "CIFAR-10", "DCGAN", "SAGAN(hi)", "mh", "", 500, 7.92, 0.09, 23.75 },
  { "Table 7", "STL-10", "DCGAN", "SAGAN(hi)", "bare", "", 0, 9.32, 0.11, 45.66 },
  { "Table 7", "STL-10", "DCGAN", "SAGAN(hi)", "mh", "", 500, 9.73, 0.19, 49.1 },
  { "Figure 11", "CIFAR-10", "", "", "dot", "large lr", 0, 7.40, NAN, 22.37 },
  { "Figure 11", "CIFAR-10", "", "", "dot", "large lr", 10, 8.88, NAN, 17.61 },
  { "Figure 11", "CIFAR-10", "", "", "dot", "large lr", 90, 7.79, NAN, 58.64 },
  { "Figure 3", "gaussians-25", "mlp", "WGAN-GP", "bare", "", 0, 0.052, 0.008, NAN },
  { "Figure 3", "gaussians-25", "mlp", "WGAN-GP", "dot", "", 100, 0.052, 0.010, NAN },
  { "Figure 3", "gaussians-25", "mlp", "WGAN-GP", "naive", "", 100, 0.065, 0.011, NAN },
  { "Figure 3", "swiss-roll", "mlp", "WGAN-GP", "bare", "", 0, 0.021, 0.005, NAN },
  { "Figure 3", "swiss-roll", "mlp", "WGAN-GP", "dot", "", 100, 0.020, 0.006, NAN },
  { "Figure 3", "swiss-roll", "mlp", "WGAN-GP", "naive", "", 100, 0.160, 0.022, NAN },
};

/**
 * dot_paper_number_list:
 *
 * Returns: (transfer none): all there are
 */
const DotPaperNumber *
dot_paper_number_list (guint *n)
{
  *n = G_N_ELEMENTS (numbers);
  return numbers;
}

static gboolean
is_same (const char *wanted, const char *found)
{
  return ! wanted || g_str_equal (wanted, found);
}

/**
 * dot_paper_number_find:
 * @place, @method: as in #DotPaperNumber
 * @data, @networks, @gan, @setting: (nullable): likewise; %NULL: any
 * @updates: likewise; −1: any
 *
 * Returns: (transfer none) (nullable): the first that fits
 */
const DotPaperNumber *
dot_paper_number_find (const char *place,
                       const char *data,
                       const char *networks,
                       const char *gan,
                       const char *method,
                       const char *setting,
                       int         updates)
{
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      const DotPaperNumber *number = &numbers[i];

      if (g_str_equal (number->place, place) && g_str_equal (number->method, method) &&
          is_same (data, number->data) && is_same (networks, number->networks) &&
          is_same (gan, number->gan) && is_same (setting, number->setting) &&
          (updates < 0 || updates == number->updates))
        return number;
    }
  return NULL;
}
