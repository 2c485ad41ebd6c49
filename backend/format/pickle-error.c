/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What is said of a file of PyTorch's that isn't read. */

#include "pickle-error.h"

#include "dot.h"

#include "base/intl.h"

static char *
join_names (const DotSlice *module, const DotSlice *name)
{
  g_autofree char *first  = dot_slice_to_line (module);
  g_autofree char *second = dot_slice_to_line (name);

  return g_strconcat (first, *first ? "." : "", second, NULL);
}

/**
 * dot_pickle_error_damaged:
 * @reason: in words
 *
 * Returns: %NULL
 */
gpointer
dot_pickle_error_damaged (const char *path, const char *reason, GError **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("%s is no readable PyTorch file (%s): download it again, or save the network's "
                  "state_dict() with torch.save()."),
               path, reason);
  return NULL;
}

/**
 * dot_pickle_error_call:
 * @module, @name: of a function
 *
 * Returns: %NULL
 */
gpointer
dot_pickle_error_call (const char     *path,
                       const DotSlice *module,
                       const DotSlice *name,
                       GError        **error)
{
  g_autofree char *function = join_names (module, name);

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("%s calls %s, which is never done: give a file that holds a network's plain "
                  "arrays, as torch.save() writes a state_dict()."),
               path, function);
  return NULL;
}

/**
 * dot_pickle_error_object:
 * @module, @name: of a class
 *
 * Returns: %NULL
 */
gpointer
dot_pickle_error_object (const char     *path,
                         const DotSlice *module,
                         const DotSlice *name,
                         GError        **error)
{
  g_autofree char *class = join_names (module, name);

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("%s holds whole objects of class %s instead of a network's arrays: save the "
                  "network's state_dict() with torch.save() and give that file."),
               path, class);
  return NULL;
}
