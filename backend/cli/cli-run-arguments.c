/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What decides a run, for every command that has one.
 *
 * GOption collects the texts; the functions below make DotRefineOptions of
 * them, strictly: a default stays only where nothing was given. */

#include "config.h"

#include <glib/gi18n.h>

#include "dot-enums.h"
#include "cli-parse.h"
#include "cli-run-arguments.h"
#include "network/architecture.h"

/* What was given to each option, by its place in the table: text, or a flag. */
static char   **texts;
static gboolean trust;
static gboolean as_json;

static const GOptionEntry json_entry = {
  "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("Print JSON instead of a table"), NULL
};

/*  private functions  */

/* Returns: (nullable): what was given to an option, or NULL */
static const char *
get_text (const char *name)
{
  guint            n;
  const DotOption *table = dot_option_list (&n);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (table[i].name, name))
      return texts[i];
  return NULL;
}

static const char *
get_placeholder (const DotOption *option)
{
  if (option->placeholder || option->kind == DOT_OPTION_FLAG)
    return option->placeholder;
  return option->enum_type ? cli_parse_list_words (option->enum_type ()) : N_ ("NUMBER");
}

static GOptionEntry
make_entry (const DotOption *option, char **text)
{
  GOptionEntry entry = {
    option->name, 0, 0, G_OPTION_ARG_STRING, text, option->help, get_placeholder (option)
  };

  if (option->kind == DOT_OPTION_MODEL || option->kind == DOT_OPTION_FILE)
    entry.arg = G_OPTION_ARG_FILENAME;
  else if (option->kind == DOT_OPTION_FLAG)
    {
      entry.arg      = G_OPTION_ARG_NONE;
      entry.arg_data = &trust;
    }
  return entry;
}

static gboolean
check_combination (GError **error)
{
  const char *generator = get_text ("generator");

  if (! generator != ! get_text ("discriminator"))
    cli_parse_usage_error (error, _ ("--generator and --discriminator need each other"));
  else if (generator && get_text ("model"))
    cli_parse_usage_error (error, _ ("--model and --generator exclude each other"));
  else if (! generator && (get_text ("architecture") || get_text ("prior")))
    cli_parse_usage_error (error, _ ("--architecture and --prior describe the file of "
                                     "--generator, which is missing"));
  else
    return TRUE;
  return FALSE;
}

/* An option of other methods would be read and then mean nothing. */
static gboolean
check_method (const DotOption *option, DotMethod method, GError **error)
{
  if (dot_option_is_of (option, method))
    return TRUE;

  cli_parse_usage_error (error, _ ("--%s says nothing to --method %s"), option->name,
                         dot_enum_to_nick (DOT_TYPE_METHOD, method));
  return FALSE;
}

static gboolean
check_architecture (GError **error)
{
  const char *architecture = get_text ("architecture");
  g_auto (GStrv) words     = g_strsplit (dot_architecture_list (), ", ", 0);
  g_auto (GStrv) given     = g_strsplit (architecture ? architecture : "", ",", 2);

  for (guint i = 0; given[i]; i++)
    if (! g_strv_contains ((const char *const *) words, given[i]))
      {
        cli_parse_usage_error (error, _ ("“%s” of --architecture is none of: %s"), given[i],
                               dot_architecture_list ());
        return FALSE;
      }
  return TRUE;
}

/* The value that stands for "not given" must be refused where it was given. */
static gboolean
check_given (const DotOption *option, const char *text, double value, GError **error)
{
  if (! (option->uses & DOT_OPTION_OPTIONAL) || value > MAX (option->initial, -0.5))
    return TRUE;

  if (option->kind == DOT_OPTION_SEED)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                 _ ("--%s can't be %s: give a number from 0 to 2147483647."), option->name, text);
  else if (option->placeholder)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                 _ ("--%s can't be %s: give “auto” or a number above 0."), option->name, text);
  else
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                 _ ("--%s can't be %s: give a number above 0."), option->name, text);
  return FALSE;
}

static gboolean
read_number (const DotOption *option, const char *text, DotRefineOptions *options, GError **error)
{
  g_autofree char *name = g_strconcat ("--", option->name, NULL);
  gboolean         read;

  if (option->kind == DOT_OPTION_SEED)
    read = cli_parse_int64 (name, text, &DOT_OPTION_MEMBER (option, options, gint64), error);
  else if (option->kind == DOT_OPTION_COUNT)
    read = cli_parse_uint (name, text, (guint) option->minimum,
                           &DOT_OPTION_MEMBER (option, options, guint), error);
  else
    read = cli_parse_double (name, text, &DOT_OPTION_MEMBER (option, options, double), error);

  return read && check_given (option, text, dot_option_get_number (option, options), error);
}

static gboolean
read_option (const DotOption *option, char **text, DotRefineOptions *options, GError **error)
{
  g_autofree char *name = g_strconcat ("--", option->name, NULL);

  if (dot_option_is_text (option))
    cli_parse_string (&DOT_OPTION_MEMBER (option, options, char *), text);
  else if (option->kind == DOT_OPTION_CHOICE)
    return cli_parse_word (option->enum_type (), name, *text,
                           &DOT_OPTION_MEMBER (option, options, int), error);
  /* "auto" is what stands there where nothing is given. */
  else if (*text && ! (option->placeholder && g_str_equal (*text, "auto")))
    return read_number (option, *text, options, error);
  return TRUE;
}

/* What wasn't given is what the method has it, and what was given is of the method. */
static gboolean
fit_method (DotRefineOptions *options, GError **error)
{
  guint            n;
  const DotOption *table = dot_option_list (&n);

  for (guint i = 0; i < n; i++)
    if (texts[i] && ! check_method (&table[i], options->method, error))
      return FALSE;
    else if (! texts[i] && table[i].kind >= DOT_OPTION_SEED && table[i].kind < DOT_OPTION_FLAG)
      dot_option_set_number (&table[i], options,
                             dot_option_get_initial (&table[i], options->method));
  return TRUE;
}

static gboolean
has_option (const DotOption *option, CliRunKind kind)
{
  if (kind == CLI_RUN_PAIR)
    return option->uses & DOT_OPTION_OF_PAIR;
  return kind == CLI_RUN_ALL || ! (option->uses & DOT_OPTION_REFINE);
}

/*  public functions  */

/**
 * cli_run_arguments_join:
 * @own: the command's other options, ended by %NULL
 * @kind: which of those of a run it has
 *
 * Returns: (transfer full): those of a run, then @own.
 */
GOptionEntry *
cli_run_arguments_join (const GOptionEntry *own, CliRunKind kind)
{
  GArray          *all = g_array_new (TRUE, FALSE, sizeof (GOptionEntry));
  guint            n;
  const DotOption *table = dot_option_list (&n);

  texts = g_new0 (char *, n);
  for (guint i = 0; i < n; i++)
    if (has_option (&table[i], kind))
      {
        GOptionEntry entry = make_entry (&table[i], &texts[i]);

        g_array_append_val (all, entry);
      }
  for (; own->long_name; own++)
    g_array_append_vals (all, own, 1);
  g_array_append_vals (all, &json_entry, 1);

  return (GOptionEntry *) (gpointer) g_array_free (all, FALSE);
}

/**
 * cli_run_arguments_given:
 * @name: of an option of a run, which is no flag
 *
 * Returns: whether it was given.
 */
gboolean
cli_run_arguments_given (const char *name)
{
  return get_text (name) != NULL;
}

/**
 * cli_run_arguments_as_json:
 *
 * Returns: whether --json was given.
 */
gboolean
cli_run_arguments_as_json (void)
{
  return as_json;
}

/**
 * cli_run_arguments_read:
 * @options: with their defaults
 * @error: where it says what it cannot read
 *
 * Makes options of what GOption has collected.
 *
 * Returns: whether all was read.
 */
gboolean
cli_run_arguments_read (DotRefineOptions *options, GError **error)
{
  guint            n;
  const DotOption *table = dot_option_list (&n);

  if (! check_combination (error) || ! check_architecture (error))
    return FALSE;

  options->trust = trust;
  for (guint i = 0; i < n; i++)
    if (table[i].kind != DOT_OPTION_FLAG && ! read_option (&table[i], &texts[i], options, error))
      return FALSE;
  return fit_method (options, error);
}
