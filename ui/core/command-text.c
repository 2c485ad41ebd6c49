/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* What a run is called on the command line, and in Script-Fu: one line that
 * makes the same pictures again.  Numbers are written with as many digits as
 * it takes to read the same ones, and a point, whatever the language. */

#include "config.h"

#include "command-text.h"

#include <string.h>

#include "class-list.h"
#include "dot-enums.h"

typedef enum
{
  KIND_TEXT,
  KIND_MODEL,
  KIND_FILE,
  KIND_INT64,
  KIND_UINT,
  KIND_NUMBER,
  KIND_CHOICE,
  KIND_FLAG
} Kind;

/* ALWAYS: said even where it is the default; OF_FILES: means something
 * together with the generator's file only; OF_BLEND: with a second class;
 * TRUST: who may run a program is nothing that a script decides. */
typedef enum
{
  ALWAYS   = 1 << 0,
  OF_FILES = 1 << 1,
  OF_BLEND = 1 << 2,
  TRUST    = 1 << 3
} Flags;

/* shell, script: what it is called there, or NULL where it isn't known */
typedef struct
{
  const char *shell;
  const char *script;
  Kind        kind;
  glong       offset;
  Flags       flags;
  GType (*enum_type) (void);
} Option;

#define AT(member) G_STRUCT_OFFSET (DotRefineOptions, member)
#define MEMBER(options, option, Type) \
  (*(const Type *) ((const char *) (options) + (option)->offset))

static const Option table[] = {
  { "model", "model", KIND_MODEL, AT (model), ALWAYS },
  { "generator", NULL, KIND_MODEL, AT (generator) },
  { "discriminator", NULL, KIND_MODEL, AT (discriminator) },
  { "architecture", NULL, KIND_TEXT, AT (architecture), OF_FILES },
  { "prior", NULL, KIND_CHOICE, AT (prior), OF_FILES, dot_prior_get_type },
  { "trust", NULL, KIND_FLAG, AT (trust), TRUST },
  { "class", "class", KIND_TEXT, AT (class_name), ALWAYS },
  { "blend", NULL, KIND_TEXT, AT (blend) },
  { "blend-amount", NULL, KIND_NUMBER, AT (blend_amount), OF_BLEND },
  { "seed", "seed", KIND_INT64, AT (seed), ALWAYS },
  { "count", "count", KIND_UINT, AT (count) },
  { "to-seed", NULL, KIND_INT64, AT (to_seed) },
  { "truncation", NULL, KIND_NUMBER, AT (truncation) },
  { "latents", "latents", KIND_FILE, AT (latents) },
  { "labels", NULL, KIND_FILE, AT (labels) },
  { "updates", "updates", KIND_UINT, AT (updates) },
  { "keep-every", "keep-every", KIND_UINT, AT (keep_every) },
  { "method", "method", KIND_CHOICE, AT (method), 0, dot_method_get_type },
  { "space", NULL, KIND_CHOICE, AT (space), 0, dot_space_get_type },
  { "optimizer", "optimizer", KIND_CHOICE, AT (optimizer), 0, dot_optimizer_get_type },
  { "step-size", "step-size", KIND_NUMBER, AT (step_size) },
  { "projection", "projection", KIND_CHOICE, AT (projection), 0, dot_projection_get_type },
  { "k-eff", "k-eff", KIND_NUMBER, AT (k_eff) },
  { "engine", NULL, KIND_CHOICE, AT (engine), 0, dot_engine_get_type },
  { "device", "device", KIND_CHOICE, AT (device), 0, dot_device_get_type },
  { "precision", "precision", KIND_CHOICE, AT (precision), 0, dot_precision_get_type },
  { "delta", NULL, KIND_NUMBER, AT (delta) },
};

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
value_to_text (const Option *option, const DotRefineOptions *options)
{
  const char *text = option->kind <= KIND_FILE ? MEMBER (options, option, char *) : NULL;

  switch (option->kind)
    {
    case KIND_TEXT:
      return g_strdup (text);
    case KIND_MODEL:
      return text ? model_to_text (text) : NULL;
    case KIND_FILE:
      return text ? file_to_text (text) : NULL;
    case KIND_INT64:
      return g_strdup_printf ("%" G_GINT64_FORMAT, MEMBER (options, option, gint64));
    case KIND_UINT:
      return g_strdup_printf ("%u", MEMBER (options, option, guint));
    case KIND_NUMBER:
      return number_to_text (MEMBER (options, option, double));
    case KIND_CHOICE:
      return g_strdup (dot_enum_to_nick (option->enum_type (), MEMBER (options, option, int)));
    case KIND_FLAG:
      return MEMBER (options, option, gboolean) ? g_strdup ("") : NULL;
    }

  return NULL;
}

static gboolean
is_said (const Option           *option,
         const DotRefineOptions *options,
         const char             *value,
         const char             *by_default)
{
  if (! value || ((option->flags & OF_FILES) && ! options->generator) ||
      ((option->flags & OF_BLEND) && ! options->blend) ||
      (option->offset == AT (model) && options->generator))
    return FALSE;
  return (option->flags & ALWAYS) || g_strcmp0 (value, by_default) != 0;
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

static gboolean
is_number (const Option *option)
{
  return option->kind == KIND_INT64 || option->kind == KIND_UINT || option->kind == KIND_NUMBER;
}

static void
append_shell (GString *line, const Option *option, const char *value)
{
  g_autofree char *quoted = quote_for_shell (value);

  g_string_append_printf (line, " --%s", option->shell);
  if (option->kind != KIND_FLAG)
    g_string_append_printf (line, " %s", quoted);
}

static void
append_script (GString *line, const Option *option, const char *value)
{
  g_autofree char *quoted = is_number (option) ? g_strdup (value) : quote_for_scheme (value);

  g_string_append_printf (line, " #:%s %s", option->script, quoted);
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

/* Returns: whether all that the options say could be said */
static gboolean
append_options (GString *line, const DotRefineOptions *options, gboolean script)
{
  g_autoptr (DotRefineOptions) defaults = dot_refine_options_new ();

  if (options->states)
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const Option    *option     = &table[i];
      const char      *name       = script ? option->script : option->shell;
      g_autofree char *value      = value_to_text (option, options);
      g_autofree char *by_default = value_to_text (option, defaults);

      if (! is_said (option, options, value, by_default) || (script && (option->flags & TRUST)))
        continue;
      if (! name)
        return FALSE;
      if (script)
        append_script (line, option, value);
      else
        append_shell (line, option, value);
    }

  return TRUE;
}

static void
append_folder (GString *line, const char *folder, gboolean script)
{
  static const Option out   = { "out", "export-folder", KIND_FILE };
  g_autofree char    *value = folder ? file_to_text (folder) : NULL;

  if (value && script)
    append_script (line, &out, value);
  else if (value)
    append_shell (line, &out, value);
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
 *   where it has what can't be said there: the state of an earlier step, which
 *   is in no file
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
