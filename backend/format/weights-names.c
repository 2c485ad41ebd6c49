/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What the names of a file's arrays tell of it, where one that is needed isn't
 * among them. */

#include "weights-names.h"

#include "base/intl.h"

#include <string.h>

/* What torch.nn.DataParallel puts before each name. */
#define PARALLEL "module."

/* What stands between the parts of a name. */
#define SEPARATORS "./"

/* A name that is quoted: .npz files have longer ones. */
#define MAX_NAME 512

static gboolean
is_separator (char character)
{
  return character && strchr (SEPARATORS, character);
}

static const char *
get_last_part (const char *name)
{
  const char *part = name;

  for (; *name; name++)
    if (is_separator (*name))
      part = name + 1;
  return part;
}

/* Whether one that ends with @part has more before it. */
static gboolean
is_inside (const char *name, const char *part)
{
  gsize length = strlen (name);
  gsize size   = strlen (part);

  return length > size && length <= MAX_NAME && g_str_has_suffix (name, part) &&
         is_separator (name[length - size - 1]);
}

/* (nullable): a name that is @key with something before it, or the other way
 * round. */
static const char *
find_longer (const char *const *names, const char *key)
{
  for (; *names; names++)
    if (is_inside (*names, key))
      return *names;
  return NULL;
}

static const char *
find_shorter (const char *const *names, const char *key)
{
  for (; *names; names++)
    if (is_inside (key, *names))
      return *names;
  return NULL;
}

static gboolean
have_all_prefix (const char *const *names, const char *prefix)
{
  gboolean any = *names != NULL;

  for (; *names; names++)
    if (! g_str_has_prefix (*names, prefix))
      return FALSE;
  return any;
}

/* What PyTorch's optimisers keep of a weight, and Chainer's beside "l1/W". */
static gboolean
is_of_optimizer (const char *name)
{
  static const char *const torch[]   = { "exp_avg",    "exp_avg_sq",      "max_exp_avg_sq",
                                         "square_avg", "momentum_buffer", "grad_avg",
                                         NULL };
  static const char *const chainer[] = { "/W/m", "/W/v", "/b/m", "/b/v", NULL };

  for (guint i = 0; chainer[i]; i++)
    if (g_str_has_suffix (name, chainer[i]))
      return TRUE;
  return g_strv_contains (torch, get_last_part (name));
}

static gboolean
have_optimizer (const char *const *names)
{
  for (; *names; names++)
    if (is_of_optimizer (*names))
      return TRUE;
  return FALSE;
}

/* (nullable): a weight as PyTorch calls it, where one of ours is sought. */
static const char *
find_torch_name (const char *const *names, const char *key)
{
  for (; strchr (key, '/') && *names; names++)
    if (strlen (*names) <= MAX_NAME &&
        (g_str_has_suffix (*names, ".weight") || g_str_has_suffix (*names, ".weight_orig")))
      return *names;
  return NULL;
}

/* Says that the arrays lie in something else. */
static void
report_longer (const char *path, const char *name, const char *key, GError **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("%s has no %s, but %s: save the network alone, or give a key map with the "
                  "whole names."),
               path, key, name);
}

/**
 * dot_weights_names_report:
 * @names: of all arrays of a file
 * @key: one that isn't among them
 *
 * Says what the file is instead of what it was taken for, as far as its names
 * tell.
 */
void
dot_weights_names_report (const char        *path,
                          const char *const *names,
                          const char        *key,
                          GError           **error)
{
  const char *longer  = find_longer (names, key);
  const char *shorter = find_shorter (names, key);
  const char *torch   = find_torch_name (names, key);

  if (have_all_prefix (names, PARALLEL))
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                 _ ("%s has no %s, and all its arrays are called “module.…”, as "
                    "torch.nn.DataParallel leaves them: save network.module.state_dict(), or begin "
                    "the names in the key map with “module.”."),
                 path, key);
  else if (longer)
    report_longer (path, longer, key, error);
  else if (have_optimizer (names))
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                 _ ("%s is a snapshot of an optimiser, not of a network: give the network's "
                    "own file."),
                 path);
  else if (shorter)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                 _ ("%s has no %s, but %s: correct the name in the key map."), path, key, shorter);
  else if (torch)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                 _ ("%s has no %s, and PyTorch's names, like %s: give a key map, as "
                    "docs/import.md says, or export the network with torch.jit.save()."),
                 path, key, torch);
  else
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                 _ ("%s has no %s: it is another architecture, or damaged; "
                    "give the right file or architecture."),
                 path, key);
}
