/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What a run is called on the command line, and in Script-Fu: one line that
 * makes the same pictures again.  Numbers are written with as many digits as
 * it takes to read the same ones, and a point, whatever the language. */

#include "config.h"

#include "command-text.h"

#include <glib/gi18n-lib.h>

#include <string.h>

#include "class-list.h"
#include "dot-enums.h"

/*  values  */

/* The shortest that reads the same. */
static char *
number_to_text (double value)
{
  static const char *const formats[] = { "%.15g", "%.16g", "%.17g" };
  char                     text[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_ascii_formatd (text, sizeof (text), formats[i], value);
      if (g_ascii_strtod (text, NULL) == value)
        break;
    }

  return g_strdup (text);
}

/* Wherever the line is run. */
static char *
file_to_text (const char *path)
{
  return g_canonicalize_filename (path, NULL);
}

/* A model's id, or where it is. */
static char *
model_to_text (const char *id)
{
  return strchr (id, G_DIR_SEPARATOR) || g_file_test (id, G_FILE_TEST_IS_REGULAR)
           ? file_to_text (id)
           : g_strdup (id);
}

/* Returns: (transfer full) (nullable): %NULL where nothing is set */
static char *
text_to_text (const DotOption *option, const char *text)
{
  if (! text)
    return NULL;
  if (option->kind == DOT_OPTION_MODEL)
    return model_to_text (text);
  return option->kind == DOT_OPTION_FILE ? file_to_text (text) : g_strdup (text);
}

/* Returns: (transfer full) (nullable): %NULL where nothing is set */
static char *
value_to_text (const DotOption *option, const DotRefineOptions *options)
{
  double number;

  if (dot_option_is_text (option))
    return text_to_text (option, DOT_OPTION_MEMBER (option, options, const char *));

  number = dot_option_get_number (option, options);
  if (option->kind == DOT_OPTION_CHOICE)
    return g_strdup (dot_enum_to_nick (option->enum_type (), (int) number));
  if (option->kind == DOT_OPTION_FLAG)
    return number != 0.0 ? g_strdup ("") : NULL;
  return option->kind == DOT_OPTION_NUMBER ? number_to_text (number)
                                           : g_strdup_printf ("%.0f", number);
}

static gboolean
is_said (const DotOption        *option,
         const DotRefineOptions *options,
         const char             *value,
         const char             *by_default)
{
  if (! value || ! dot_option_is_of (option, options->method) ||
      ((option->uses & DOT_OPTION_OF_FILES) && ! options->generator) ||
      ((option->uses & DOT_OPTION_OF_BLEND) && ! options->blend) ||
      ((option->uses & DOT_OPTION_OF_MODEL) && options->generator))
    return FALSE;

  return (option->uses & DOT_OPTION_SAID) || g_strcmp0 (value, by_default) != 0;
}

/*  quotes  */

#define PLAIN G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "_-+=.,:/@%"

static char *
quote_for_shell (const char *text)
{
  return *text && ! text[strspn (text, PLAIN)] ? g_strdup (text) : g_shell_quote (text);
}

/* What a string of Scheme can't hold as it is. */
static char *
quote_for_scheme (const char *text)
{
  GString *quoted = g_string_new ("\"");

  for (const char *c = text; *c; c++)
    if (*c == '"' || *c == '\\')
      g_string_append_printf (quoted, "\\%c", *c);
    else if (g_ascii_iscntrl (*c))
      g_string_append_printf (quoted, "\\x%02x", (guint) *c);
    else
      g_string_append_c (quoted, *c);
  return g_string_free (g_string_append_c (quoted, '"'), FALSE);
}

static void
append_shell (GString *line, const char *name, const char *value, gboolean flag)
{
  g_autofree char *quoted = quote_for_shell (value);

  g_string_append_printf (line, flag ? " --%s" : " --%s %s", name, quoted);
}

static void
append_script (GString *line, const char *name, const char *value, gboolean number)
{
  g_autofree char *quoted = number ? g_strdup (value) : quote_for_scheme (value);

  g_string_append_printf (line, " #:%s %s", name, quoted);
}

/*  the line  */

/* Returns: (transfer full): the options, with the name of the model's first
 * class where that is what they mean */
static DotRefineOptions *
name_class (const DotRefineOptions *options)
{
  DotRefineOptions *named    = dot_refine_options_copy (options);
  g_autoptr (DotModel) model = NULL;

  if (! named->class_name)
    model = dot_refine_options_find_model (options, NULL);
  if (model && dot_model_get_n_classes (model) > 0)
    named->class_name = g_strdup (
      dot_class_list_get_class_text (model, dot_model_get_class (model, 0)));
  return named;
}

/* Who may run a program is nothing that a script decides.
 * Returns: whether it could be said */
static gboolean
append_option (GString *line, const DotOption *option, const char *value, gboolean script)
{
  gboolean flag = option->kind == DOT_OPTION_FLAG;

  if (! script)
    append_shell (line, option->name, value, flag);
  else if (option->uses & DOT_OPTION_SCRIPT)
    append_script (line, option->name, value,
                   ! dot_option_is_text (option) && option->kind != DOT_OPTION_CHOICE);
  return ! script || flag || (option->uses & DOT_OPTION_SCRIPT);
}

/* What need not be said.  The command line's defaults are the method's own, GIMP's
 * procedure knows but one of each. */
static DotRefineOptions *
make_defaults (DotMethod method)
{
  DotRefineOptions *defaults = dot_refine_options_new ();
  guint             n;
  const DotOption  *table = dot_option_list (&n);

  for (guint i = 0; i < n; i++)
    if (! dot_option_is_text (&table[i]))
      dot_option_set_number (&table[i], defaults, dot_option_get_initial (&table[i], method));
  return defaults;
}

/* Returns: whether all that the options say could be said */
static gboolean
append_options (GString *line, const DotRefineOptions *options, gboolean script)
{
  g_autoptr (DotRefineOptions) defaults = make_defaults (script ? DOT_METHOD_DOT : options->method);
  guint            n;
  const DotOption *table = dot_option_list (&n);
  gboolean         all   = ! options->states && ! options->picture;

  for (guint i = 0; all && i < n; i++)
    {
      g_autofree char *value      = value_to_text (&table[i], options);
      g_autofree char *by_default = value_to_text (&table[i], defaults);

      if (is_said (&table[i], options, value, by_default))
        all = append_option (line, &table[i], value, script);
    }
  return all;
}

static void
append_folder (GString *line, const char *folder, gboolean script)
{
  g_autofree char *value = folder ? file_to_text (folder) : NULL;

  if (value && script)
    append_script (line, "export-folder", value, FALSE);
  else if (value)
    append_shell (line, "out", value, FALSE);
}

static char *
make_line (const char             *begin,
           const DotRefineOptions *options,
           const char             *export_folder,
           gboolean                script)
{
  g_autoptr (DotRefineOptions) named = name_class (options);
  GString *line                      = g_string_new (begin);
  gboolean all                       = append_options (line, named, script);

  append_folder (line, export_folder, script);

  /* nobody can paste a file's name that is no text */
  return g_string_free (line, ! all || ! g_utf8_validate (line->str, -1, NULL));
}

/**
 * dot_command_text_shell:
 * @export_folder: (nullable) (type filename): where the pictures go
 *
 * Returns: (transfer full) (nullable): the run as a command for a POSIX shell,
 *   "dot-refine refine --model imagenet10-64 --class goldfish --seed 7"; %NULL
 *   where it has what can't be said there: the state of an earlier step, or a
 *   picture, which are in no file
 */
char *
dot_command_text_shell (const DotRefineOptions *options, const char *export_folder)
{
  return make_line ("dot-refine refine", options, export_folder, FALSE);
}

/**
 * dot_command_text_script_fu:
 * @export_folder: (nullable) (type filename): where the pictures go, too
 *
 * Returns: (transfer full) (nullable): the run as Script-Fu,
 *   "(plug-in-dot-refine #:run-mode RUN-NONINTERACTIVE #:model …)"; %NULL where
 *   it has what the procedure doesn't take
 */
char *
dot_command_text_script_fu (const DotRefineOptions *options, const char *export_folder)
{
  g_autofree char *line = NULL;

  line = make_line ("(plug-in-dot-refine #:run-mode RUN-NONINTERACTIVE", options, export_folder,
                    TRUE);
  return line ? g_strconcat (line, ")", NULL) : NULL;
}

/**
 * dot_command_text_new_problem:
 * @script: whether no Script-Fu can be had of the run; else no command for a shell
 *
 * A shell's command can say more than Script-Fu's, but not all either.
 *
 * Returns: (transfer full): what a person can do
 */
GError *
dot_command_text_new_problem (const DotRefineOptions *options, gboolean script)
{
  g_autofree char *shell = dot_command_text_shell (options, NULL);

  return g_error_new_literal (
    DOT_ERROR, DOT_ERROR_FAILED,
    script && shell
      ? _ ("Script-Fu can't say all of this run: copy it as a shell command.")
      : _ (
          "No command can say what this run began with: refine a model of the list from a seed, and copy that."));
}
