/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "dot.h"

#include "dot-enums.h"

#include "method/method.h"
#include "model/model.h"

#include "base/intl.h"

#include <inttypes.h>

/**
 * dot_refine_options_new:
 *
 * Returns: (transfer full): the defaults: imagenet40-64, its first class,
 *   seed 0, one candidate, 16 updates of DOT in latent space, Adam 0.01,
 *   k_eff estimated, tangent projection, automatic device, float32
 */
DotRefineOptions *
dot_refine_options_new (void)
{
  DotRefineOptions *options = g_new0 (DotRefineOptions, 1);
  guint             n;
  const DotOption  *table = dot_option_list (&n);

  for (guint i = 0; i < n; i++)
    if (dot_option_is_text (&table[i]))
      DOT_OPTION_MEMBER (&table[i], options, char *) = g_strdup (table[i].initial_text);
    else
      dot_option_set_number (&table[i], options, table[i].initial);
  return options;
}

DotRefineOptions *
dot_refine_options_copy (const DotRefineOptions *options)
{
  DotRefineOptions *copy = g_memdup2 (options, sizeof (*options));
  guint             n;
  const DotOption  *table = dot_option_list (&n);

  for (guint i = 0; i < n; i++)
    if (dot_option_is_text (&table[i]))
      DOT_OPTION_MEMBER (&table[i], copy, char *) = g_strdup (
        DOT_OPTION_MEMBER (&table[i], options, const char *const));
  copy->states   = g_strdupv (options->states);
  copy->to_state = g_strdup (options->to_state);
  copy->picture  = options->picture ? g_bytes_ref (options->picture) : NULL;
  copy->resolved = options->resolved ? dot_model_ref (options->resolved) : NULL;
  return copy;
}

void
dot_refine_options_free (DotRefineOptions *options)
{
  guint            n;
  const DotOption *table = dot_option_list (&n);

  if (! options)
    return;

  for (guint i = 0; i < n; i++)
    if (dot_option_is_text (&table[i]))
      g_free (DOT_OPTION_MEMBER (&table[i], options, char *));
  g_strfreev (options->states);
  g_free (options->to_state);
  g_clear_pointer (&options->picture, g_bytes_unref);
  g_clear_pointer (&options->resolved, dot_model_unref);
  g_free (options);
}

static gboolean
check_range (const DotOption *option, const DotRefineOptions *options, GError **error)
{
  double value;

  if (option->minimum >= option->maximum)
    return TRUE;

  value = dot_option_get_number (option, options);
  if ((value >= option->minimum && value <= option->maximum) ||
      ((option->uses & DOT_OPTION_OPTIONAL) && value == option->initial))
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("%s %.10g is out of range: give a number from %.10g to %.10g."), option->name, value,
               option->minimum, option->maximum);
  return FALSE;
}

/* How many candidates there are must be known before the files are read. */
static gboolean
check_states (const DotRefineOptions *options, GError **error)
{
  guint n = options->states ? g_strv_length (options->states) : 0;

  if (n > DOT_MAX_CANDIDATES)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                 _ ("%u saved states are too many: give at most %u."), n, DOT_MAX_CANDIDATES);
  else if (options->to_state && n != 1)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                 _ ("A way leads from one saved state to another, but %u are "
                    "given to begin at: give one."),
                 n);
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_method (const DotRefineOptions *options, GError **error)
{
  const DotMethodClass *method = dot_method_get_class (options->method);
  const char           *word   = dot_enum_to_nick (DOT_TYPE_METHOD, options->method);
  gboolean              choice = method->kind == DOT_METHOD_KIND_CHOICE;

  if ((method->needs & DOT_METHOD_NEEDS_PRIOR) && options->space == DOT_SPACE_TARGET)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                 _ ("The method %s knows latents only: take space latent."), word);
  else if (choice && options->updates > 1)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                 _ ("The method %s chooses once: take 1 update instead of %u."), word,
                 options->updates);
  else if (choice && options->states && options->states[0] && ! options->to_state)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                 _ ("The method %s draws anew and can't go on from a saved state: "
                    "take one with steps, as dot."),
                 word);
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_last_seed (const DotRefineOptions *options, GError **error)
{
  if (options->latents || options->seed + (gint64) options->count - 1 <= DOT_MAX_SEED)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("seed %" PRId64 " leaves no room for %u "
                  "candidates below %d: give a smaller seed or count."),
               options->seed, options->count, DOT_MAX_SEED);
  return FALSE;
}

/**
 * dot_refine_options_check:
 *
 * Returns: %FALSE with %DOT_ERROR_INVALID_ARGUMENT for the first number that
 *   is out of its range, or states that don't go together; dot_refine() asks
 *   this itself
 */
gboolean
dot_refine_options_check (const DotRefineOptions *options, GError **error)
{
  guint            n;
  const DotOption *table = dot_option_list (&n);

  for (guint i = 0; i < n; i++)
    if (! check_range (&table[i], options, error))
      return FALSE;
  return check_method (options, error) && check_states (options, error) &&
         check_last_seed (options, error);
}

/**
 * dot_refine_options_find_model:
 *
 * Returns: (transfer full): the model that the options name, or one made of
 *   their two files; the same one each time where it is resolved
 */
DotModel *
dot_refine_options_find_model (const DotRefineOptions *options, GError **error)
{
  DotModel *model;

  if (options->resolved)
    model = dot_model_ref (options->resolved);
  else if (options->generator || options->discriminator)
    model = dot_model_new_from_files (options->generator, options->discriminator,
                                      options->architecture, options->prior, error);
  else
    model = dot_model_find (options->model, error);

  if (model)
    dot_model_set_trusted (model, options->trust);
  return model;
}
