/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The words and numbers of the command line.
 *
 * What cannot be read is an error of usage.  A number that can be read but is
 * out of its range is not: dot_refine_options_check() refuses it later. */

#include "config.h"

#include <math.h>

#include <glib/gi18n.h>

#include "dot.h"
#include "cli-parse.h"

/**
 * cli_parse_usage_error:
 * @error: (nullable): where the error goes
 * @format: as for printf(): what is wrong; main.c points to --help
 *   unless it ends with a full stop
 * @...: its arguments
 *
 * Sets an error that ends the program with exit code 2.
 */
void
cli_parse_usage_error (GError **error, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_propagate_error (error, g_error_new_valist (G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, format,
                                                arguments));
  va_end (arguments);
}

/**
 * cli_parse_is_usage_error:
 * @error: an error
 *
 * Returns: whether @error says that the command line cannot be read.
 */
gboolean
cli_parse_is_usage_error (const GError *error)
{
  return error->domain == G_OPTION_ERROR;
}

/* GOption takes text for text of the locale, which in the locale C is ASCII:
 * nobody could say "Über".  So it is taken as it is, and looked at later. */
static GOptionEntry *
take_as_it_is (const GOptionEntry *entries)
{
  GArray *raw = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));

  for (; entries->long_name; entries++)
    {
      GOptionEntry entry = *entries;

      if (entry.arg == G_OPTION_ARG_STRING)
        entry.arg = G_OPTION_ARG_FILENAME;
      g_array_append_val (raw, entry);
    }
  return (GOptionEntry *) g_array_free (raw, FALSE);
}

/* UTF-8 is what it is; else it may be in the locale's encoding. */
static gboolean
decode_texts (const GOptionEntry *entries, GError **error)
{
  for (; entries->long_name; entries++)
    {
      char **text = entries->arg_data;
      char  *utf8;

      if (entries->arg != G_OPTION_ARG_STRING || ! *text || g_utf8_validate (*text, -1, NULL))
        continue;
      utf8 = g_locale_to_utf8 (*text, -1, NULL, NULL, NULL);
      if (! utf8)
        {
          cli_parse_usage_error (error, _ ("The text of --%s is in an unknown encoding"),
                                 entries->long_name);
          return FALSE;
        }
      g_free (*text);
      *text = utf8;
    }
  return TRUE;
}

/**
 * cli_parse_arguments:
 * @argc: (inout): how many strings there are in @argv
 * @argv: (inout): the command's name and what follows it
 * @entries: the command's options
 * @summary: what the command does, translated
 * @description: (nullable): what follows its options in --help, translated
 * @error: where it says what it cannot read
 *
 * Reads a command's options.  --help is answered here and ends the program.
 *
 * Returns: whether all was read.
 */
gboolean
cli_parse_arguments (int                *argc,
                     char             ***argv,
                     const GOptionEntry *entries,
                     const char         *summary,
                     const char         *description,
                     GError            **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autofree GOptionEntry *raw       = take_as_it_is (entries);
  g_autoptr (GError) cause           = NULL;

  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, summary);
  g_option_context_set_description (context, description);
  g_option_context_add_main_entries (context, raw, GETTEXT_PACKAGE);

  if (! g_option_context_parse (context, argc, argv, &cause))
    {
      /* Text in a foreign encoding has an error domain of its own. */
      cli_parse_usage_error (error, "%s", cause->message);
      return FALSE;
    }

  if (! decode_texts (entries, error))
    return FALSE;
  if (*argc > 1)
    {
      cli_parse_usage_error (error, _ ("Unexpected argument “%s”"), (*argv)[1]);
      return FALSE;
    }

  return TRUE;
}

/**
 * cli_parse_int64:
 * @option: the option's name, with its dashes
 * @text: (nullable): what was given to it
 * @value: (out): the number; kept as it is where @text is %NULL
 * @error: where it says that @text is no number
 *
 * Reads a whole number.  One that is too large for 64 bits becomes the
 * largest, which is out of every range too.
 *
 * Returns: whether @text was read.
 */
gboolean
cli_parse_int64 (const char *option, const char *text, gint64 *value, GError **error)
{
  char  *end = NULL;
  gint64 number;

  if (! text)
    return TRUE;

  number = g_ascii_strtoll (text, &end, 10);

  if (end == text || *end || g_ascii_isspace (*text))
    {
      cli_parse_usage_error (error, _ ("“%s” of %s is no whole number"), text, option);
      return FALSE;
    }

  *value = number;
  return TRUE;
}

/**
 * cli_parse_uint:
 * @option: the option's name, with its dashes
 * @text: (nullable): what was given to it
 * @smallest: the smallest number that makes sense
 * @value: (out): the number; kept as it is where @text is %NULL
 * @error: where it says that @text is no number or too small
 *
 * Reads a count.  One that is too large becomes the largest, which is out of
 * every range too; a negative one is refused here, for @value can't hold it.
 *
 * Returns: whether @text was read.
 */
gboolean
cli_parse_uint (const char *option, const char *text, guint smallest, guint *value, GError **error)
{
  gint64 number = *value;

  if (! cli_parse_int64 (option, text, &number, error))
    return FALSE;

  if (number < smallest)
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                   _ ("%s %s is out of range: give a whole number from %u on."), option, text,
                   smallest);
      return FALSE;
    }

  *value = MIN (number, G_MAXUINT);
  return TRUE;
}

/**
 * cli_parse_double:
 * @option: the option's name, with its dashes
 * @text: (nullable): what was given to it
 * @value: (out): the number; kept as it is where @text is %NULL
 * @error: where it says that @text is no number
 *
 * Reads a number with a decimal point, whatever the language.
 *
 * Returns: whether @text was read.
 */
gboolean
cli_parse_double (const char *option, const char *text, double *value, GError **error)
{
  char  *end = NULL;
  double number;

  if (! text)
    return TRUE;

  number = g_ascii_strtod (text, &end);

  if (end == text || *end || g_ascii_isspace (*text) || isnan (number))
    {
      cli_parse_usage_error (error, _ ("“%s” of %s is no number"), text, option);
      return FALSE;
    }

  *value = number;
  return TRUE;
}

/**
 * cli_parse_word:
 * @type: the enumeration's type
 * @option: the option's name, with its dashes
 * @text: (nullable): what was given to it
 * @value: (out): the enumeration's variable; kept where @text is %NULL
 * @error: where it says which words there are
 *
 * Reads one of an enumeration's words.
 *
 * Returns: whether @text was read.
 */
gboolean
cli_parse_word (GType type, const char *option, const char *text, gpointer value, GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (! text || dot_enum_from_nick (type, option, text, value, &cause))
    return TRUE;

  /* A word that nobody knows is usage; the library calls it an argument. */
  cli_parse_usage_error (error, "%s", cause->message);
  return FALSE;
}

/**
 * cli_parse_list_words:
 * @type: the enumeration's type
 *
 * Returns: (transfer none): "adam|sgd", which lives as long as the program
 */
const char *
cli_parse_list_words (GType type)
{
  g_autoptr (GEnumClass) words = g_type_class_ref (type);
  g_autoptr (GString) list     = g_string_new (NULL);

  for (guint i = 0; i < words->n_values; i++)
    g_string_append_printf (list, "%s%s", i ? "|" : "", words->values[i].value_nick);
  return g_intern_string (list->str);
}

/**
 * cli_parse_string:
 * @option: (inout): a string of options, which is freed where there is another
 * @text: (inout): (nullable): what was given to it
 *
 * Puts @text in the place of what is there.
 */
void
cli_parse_string (char **option, char **text)
{
  if (! *text)
    return;

  g_free (*option);
  *option = g_steal_pointer (text);
}
