/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Constants that were estimated before: a key file for each pair of weight
 * files, in the person's cache. */

#include "k-eff-cache.h"

#include "dot-enums.h"

#include "pair-cache.h"

#include <math.h>

#define KIND "k-eff"

/* All that the estimate depends on beside the files. */
static char *
cache_key (DotModel *model, const DotClass *klass, guint pairs)
{
  g_autoptr (GString) key = g_string_new (NULL);

  g_string_printf (key, "label%u-pairs%u-seed%d", klass->label, pairs, DOT_K_EFF_SEED);
  dot_pair_cache_append_settings (key, model);
  return g_string_free (g_steal_pointer (&key), FALSE);
}

/**
 * dot_k_eff_cache_look_up:
 * @pairs: that it was estimated from
 *
 * Returns: the constant, or 0
 */
double
dot_k_eff_cache_look_up (DotModel *model, const DotClass *klass, DotSpace space, guint pairs)
{
  g_autoptr (GKeyFile) file = dot_pair_cache_load (model, KIND);
  g_autofree char *key      = cache_key (model, klass, pairs);
  double k = g_key_file_get_double (file, dot_enum_to_nick (DOT_TYPE_SPACE, space), key, NULL);

  return isfinite (k) && k > 0.0 ? k : 0.0;
}

typedef struct
{
  const char *group;
  const char *key;
  double      k;
} Constant;

static void
set_constant (GKeyFile *file, gpointer data)
{
  const Constant *constant = data;

  g_key_file_set_double (file, constant->group, constant->key, constant->k);
}

/**
 * dot_k_eff_cache_store:
 * @k: the constant
 *
 * Keeps it, where it can.
 */
void
dot_k_eff_cache_store (DotModel       *model,
                       const DotClass *klass,
                       DotSpace        space,
                       guint           pairs,
                       double          k)
{
  g_autofree char *key = cache_key (model, klass, pairs);

  dot_pair_cache_change (model, KIND, set_constant,
                         &(Constant) { dot_enum_to_nick (DOT_TYPE_SPACE, space), key, k });
}
