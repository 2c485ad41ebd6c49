/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What an experiment is told: texts, which are looked at when they are given. */

#include "experiment-values.h"

#include "base/intl.h"

#include <math.h>

struct _DotExperimentValues
{
  const DotExperimentOption *options; /* ended by one without a name */
  GHashTable                *given;   /* name → GPtrArray of texts */
};

/**
 * dot_experiment_values_new:
 * @options: ended by one without a name; they outlive the values
 *
 * Returns: (transfer full): the defaults
 */
DotExperimentValues *
dot_experiment_values_new (const DotExperimentOption *options)
{
  DotExperimentValues *values = g_new0 (DotExperimentValues, 1);

  values->options = options;
  values->given   = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                           (GDestroyNotify) g_ptr_array_unref);
  return values;
}

void
dot_experiment_values_free (DotExperimentValues *values)
{
  g_hash_table_unref (values->given);
  g_free (values);
}

static const DotExperimentOption *
find_option (const DotExperimentValues *values, const char *name)
{
  for (const DotExperimentOption *option = values->options; option->name; option++)
    if (g_str_equal (option->name, name))
      return option;
  return NULL;
}

/*  reading  */

static gboolean
check_number (const DotExperimentOption *option, const char *text, GError **error)
{
  gboolean whole = option->kind == DOT_EXPERIMENT_OPTION_COUNT;
  char    *end   = NULL;
  double   value = g_ascii_strtod (text, &end);

  if (end != text && ! *end && ! g_ascii_isspace (*text) && value >= option->minimum &&
      value <= option->maximum && (! whole || value == floor (value)))
    return TRUE;

  if (whole)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                 _ ("--%s can't be “%s”: give a whole number from %.0f to %.0f."), option->name, text,
                 option->minimum, option->maximum);
  else
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                 _ ("--%s can't be “%s”: give a number from %.10g to %.10g."), option->name, text,
                 option->minimum, option->maximum);
  return FALSE;
}

static gboolean
check_text (const DotExperimentOption *option, const char *text, GError **error)
{
  g_autofree char *name = g_strconcat ("--", option->name, NULL);
  int              value;

  switch (option->kind)
    {
    case DOT_EXPERIMENT_OPTION_COUNT:
    case DOT_EXPERIMENT_OPTION_NUMBER:
      return check_number (option, text, error);
    case DOT_EXPERIMENT_OPTION_WORD:
      return dot_enum_from_nick (option->enum_type (), name, text, &value, error);
    case DOT_EXPERIMENT_OPTION_TEXT:
    case DOT_EXPERIMENT_OPTION_FILE:
    case DOT_EXPERIMENT_OPTION_FLAG:
      break;
    }
  return TRUE;
}

/* A list of numbers is one text, a list of files several. */
static GStrv
split (const DotExperimentOption *option, const char *text)
{
  gboolean numbers = option->kind == DOT_EXPERIMENT_OPTION_COUNT ||
                     option->kind == DOT_EXPERIMENT_OPTION_NUMBER;
  GStrvBuilder *one;
  GStrv         texts;

  if (option->many && numbers)
    return g_strsplit (text, ",", -1);
  one = g_strv_builder_new ();
  g_strv_builder_add (one, text);
  texts = g_strv_builder_end (one);
  g_strv_builder_unref (one);
  return texts;
}

/**
 * dot_experiment_values_set:
 * @name: of one of the options
 * @text: as it was written; of an option that may be given several times the next one
 *
 * Returns: whether it is a value of that option
 */
gboolean
dot_experiment_values_set (DotExperimentValues *values,
                           const char          *name,
                           const char          *text,
                           GError             **error)
{
  const DotExperimentOption *option = find_option (values, name);
  g_auto (GStrv) texts              = split (option, text);
  GPtrArray *given                  = g_hash_table_lookup (values->given, name);

  for (guint i = 0; texts[i]; i++)
    if (! check_text (option, texts[i], error))
      return FALSE;

  if (! given)
    {
      given = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (values->given, g_strdup (name), given);
    }
  for (guint i = 0; texts[i]; i++)
    g_ptr_array_add (given, g_strdup (texts[i]));
  return TRUE;
}

/*  what they are  */

static GPtrArray *
get_given (const DotExperimentValues *values, const DotExperimentOption *option)
{
  GPtrArray *given = g_hash_table_lookup (values->given, option->name);

  if (given || ! option->initial)
    return given;

  /* Defaults are read once, as if they had been given. */
  dot_experiment_values_set ((DotExperimentValues *) values, option->name, option->initial, NULL);
  return g_hash_table_lookup (values->given, option->name);
}

/**
 * dot_experiment_values_get_n:
 *
 * Returns: how many values there are of an option; 0 where it has no default and
 *   wasn't given
 */
guint
dot_experiment_values_get_n (const DotExperimentValues *values, const char *name)
{
  const DotExperimentOption *option = find_option (values, name);
  GPtrArray                 *given  = option ? get_given (values, option) : NULL;

  return given ? given->len : 0;
}

/**
 * dot_experiment_values_get_text:
 *
 * Returns: (transfer none) (nullable): value @i of an option, or %NULL
 */
const char *
dot_experiment_values_get_text (const DotExperimentValues *values, const char *name, guint i)
{
  const DotExperimentOption *option = find_option (values, name);
  GPtrArray                 *given  = option ? get_given (values, option) : NULL;

  return given && i < given->len ? given->pdata[i] : NULL;
}

/**
 * dot_experiment_values_get_number:
 *
 * Returns: value @i of an option, which must be there
 */
double
dot_experiment_values_get_number (const DotExperimentValues *values, const char *name, guint i)
{
  const char *text = dot_experiment_values_get_text (values, name, i);

  g_return_val_if_fail (text, 0.0);
  return g_ascii_strtod (text, NULL);
}

/**
 * dot_experiment_values_get_count:
 *
 * Returns: value @i of an option, which must be there
 */
guint
dot_experiment_values_get_count (const DotExperimentValues *values, const char *name, guint i)
{
  return (guint) dot_experiment_values_get_number (values, name, i);
}

/**
 * dot_experiment_values_get_word:
 *
 * Returns: the value of an option that has a default
 */
int
dot_experiment_values_get_word (const DotExperimentValues *values, const char *name)
{
  const DotExperimentOption *option = find_option (values, name);
  int                        value  = 0;

  dot_enum_from_nick (option->enum_type (), name, dot_experiment_values_get_text (values, name, 0),
                      &value, NULL);
  return value;
}

/**
 * dot_experiment_values_get_flag:
 *
 * Returns: whether it was given
 */
gboolean
dot_experiment_values_get_flag (const DotExperimentValues *values, const char *name)
{
  return dot_experiment_values_get_n (values, name) > 0;
}

/**
 * dot_experiment_values_describe:
 *
 * Files are left out, for what is in them decides: whoever opens them adds that.
 *
 * Returns: (transfer full): all that decides the parts' numbers, in the options' order
 */
char *
dot_experiment_values_describe (const DotExperimentValues *values)
{
  GString *text = g_string_new (NULL);

  for (const DotExperimentOption *option = values->options; option->name; option++)
    {
      GPtrArray *given = get_given (values, option);

      if (option->free || option->kind == DOT_EXPERIMENT_OPTION_FILE || ! given)
        continue;
      g_string_append_printf (text, " --%s", option->name);
      for (guint i = 0; i < given->len; i++)
        g_string_append_printf (text, "%c%s", i ? ',' : ' ', (const char *) given->pdata[i]);
    }
  return g_string_free (text, FALSE);
}
