/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The procedure's arguments are properties of DotSettings, by the same
 * names: GIMP is told about them from there, and their values go there and
 * back.  GIMP knows a choice by its nick. */

#include "config.h"

#include "arguments.h"

/*  settings → procedure  */

static GimpChoice *
make_choice (GParamSpecEnum *spec)
{
  GimpChoice *choice = gimp_choice_new ();

  for (guint i = 0; i < spec->enum_class->n_values; i++)
    {
      const GEnumValue *value = &spec->enum_class->values[i];

      gimp_choice_add (choice, value->value_nick, value->value,
                       dot_settings_get_label (((GParamSpec *) spec)->name, value->value), NULL);
    }

  return choice;
}

static void
add_choice (GimpProcedure *procedure,
            GParamSpec    *spec,
            const char    *nick,
            const char    *blurb,
            gboolean       is_kept)
{
  GParamSpecEnum *choice  = G_PARAM_SPEC_ENUM (spec);
  const char     *initial = dot_enum_to_nick (spec->value_type, choice->default_value);

  if (is_kept)
    gimp_procedure_add_choice_aux_argument (procedure, spec->name, nick, blurb,
                                            make_choice (choice), initial, G_PARAM_READWRITE);
  else
    gimp_procedure_add_choice_argument (procedure, spec->name, nick, blurb, make_choice (choice),
                                        initial, G_PARAM_READWRITE);
}

static void
add_double (GimpProcedure *procedure,
            GParamSpec    *spec,
            const char    *nick,
            const char    *blurb,
            gboolean       is_kept)
{
  GParamSpecDouble *number = G_PARAM_SPEC_DOUBLE (spec);

  if (is_kept)
    gimp_procedure_add_double_aux_argument (procedure, spec->name, nick, blurb, number->minimum,
                                            number->maximum, number->default_value,
                                            G_PARAM_READWRITE);
  else
    gimp_procedure_add_double_argument (procedure, spec->name, nick, blurb, number->minimum,
                                        number->maximum, number->default_value, G_PARAM_READWRITE);
}

static void
add_int (GimpProcedure *procedure,
         GParamSpec    *spec,
         const char    *nick,
         const char    *blurb,
         gboolean       is_kept)
{
  GParamSpecInt *number = G_PARAM_SPEC_INT (spec);

  if (is_kept)
    gimp_procedure_add_int_aux_argument (procedure, spec->name, nick, blurb, number->minimum,
                                         number->maximum, number->default_value, G_PARAM_READWRITE);
  else
    gimp_procedure_add_int_argument (procedure, spec->name, nick, blurb, number->minimum,
                                     number->maximum, number->default_value, G_PARAM_READWRITE);
}

static void
add_file (GimpProcedure *procedure, GParamSpec *spec, const char *nick, const char *blurb)
{
  gboolean folder = g_str_has_suffix (spec->name, "folder");

  gimp_procedure_add_file_argument (procedure, spec->name, nick, blurb,
                                    folder ? GIMP_FILE_CHOOSER_ACTION_CREATE_FOLDER
                                           : GIMP_FILE_CHOOSER_ACTION_OPEN,
                                    TRUE, NULL, G_PARAM_READWRITE);
}

static void
add_argument (GimpProcedure *procedure, GParamSpec *spec, gboolean is_kept)
{
  const char *nick  = g_param_spec_get_nick (spec);
  const char *blurb = g_param_spec_get_blurb (spec);

  if (G_IS_PARAM_SPEC_ENUM (spec))
    add_choice (procedure, spec, nick, blurb, is_kept);
  else if (G_IS_PARAM_SPEC_DOUBLE (spec))
    add_double (procedure, spec, nick, blurb, is_kept);
  else if (G_IS_PARAM_SPEC_INT (spec))
    add_int (procedure, spec, nick, blurb, is_kept);
  else if (G_IS_PARAM_SPEC_OBJECT (spec))
    add_file (procedure, spec, nick, blurb);
  else if (G_IS_PARAM_SPEC_BOOLEAN (spec))
    gimp_procedure_add_boolean_aux_argument (procedure, spec->name, nick, blurb,
                                             G_PARAM_SPEC_BOOLEAN (spec)->default_value,
                                             G_PARAM_READWRITE);
  else
    gimp_procedure_add_string_argument (procedure, spec->name, nick, blurb,
                                        G_PARAM_SPEC_STRING (spec)->default_value,
                                        G_PARAM_READWRITE);
}

/* What scripts can give comes first, then what GIMP only keeps for the
 * dialog. */
static void
add_arguments (GimpProcedure *procedure, GParamSpec *const *specs, guint n, gboolean kept)
{
  for (guint i = 0; i < n; i++)
    {
      guint uses = dot_settings_get_option (specs[i]->name)->uses;

      if (kept == ! (uses & DOT_OPTION_SCRIPT))
        add_argument (procedure, specs[i], kept);
    }
}

/**
 * dot_arguments_add:
 *
 * Adds the arguments to @procedure, after the ones that GIMP gives each
 * image procedure.
 */
void
dot_arguments_add (GimpProcedure *procedure)
{
  g_autoptr (GTypeClass) klass = g_type_class_ref (DOT_TYPE_SETTINGS);
  guint                   n;
  g_autofree GParamSpec **specs = g_object_class_list_properties (G_OBJECT_CLASS (klass), &n);

  add_arguments (procedure, specs, n, FALSE);
  add_arguments (procedure, specs, n, TRUE);
}

/*  config ↔ settings  */

static void
read_choice (GimpProcedureConfig *config, GParamSpec *spec, GValue *value)
{
  g_value_set_enum (value, gimp_procedure_config_get_choice_id (config, spec->name));
}

static void
write_choice (GimpProcedureConfig *config, GParamSpec *spec, const GValue *value)
{
  g_object_set (config, spec->name, dot_enum_to_nick (spec->value_type, g_value_get_enum (value)),
                NULL);
}

static void
copy_value (GimpProcedureConfig *config,
            DotSettings         *settings,
            GParamSpec          *spec,
            gboolean             to_config)
{
  const char *name  = spec->name;
  GValue      value = G_VALUE_INIT;

  g_value_init (&value, spec->value_type);
  if (to_config)
    g_object_get_property (G_OBJECT (settings), name, &value);
  else if (! G_IS_PARAM_SPEC_ENUM (spec))
    g_object_get_property (G_OBJECT (config), name, &value);
  else
    read_choice (config, spec, &value);

  if (! to_config)
    g_object_set_property (G_OBJECT (settings), name, &value);
  else if (! G_IS_PARAM_SPEC_ENUM (spec))
    g_object_set_property (G_OBJECT (config), name, &value);
  else
    write_choice (config, spec, &value);
  g_value_unset (&value);
}

static void
copy_values (GimpProcedureConfig *config, DotSettings *settings, gboolean to_config)
{
  guint                   n;
  g_autofree GParamSpec **specs = g_object_class_list_properties (G_OBJECT_GET_CLASS (settings),
                                                                  &n);

  for (guint i = 0; i < n; i++)
    copy_value (config, settings, specs[i], to_config);
}

/**
 * dot_arguments_read:
 *
 * Sets @settings to what @config says.  A script's file of latents is what it
 * starts from.
 */
void
dot_arguments_read (GimpProcedureConfig *config, DotSettings *settings)
{
  g_autoptr (GFile) latents = NULL;
  DotSource source;

  copy_values (config, settings, FALSE);
  g_object_get (settings, "latents", &latents, "source", &source, NULL);
  if (latents)
    g_object_set (settings, "source", DOT_SOURCE_FILE, NULL);
  else if (source == DOT_SOURCE_FILE)
    g_object_set (settings, "source", DOT_SOURCE_SEED, NULL);
}

/**
 * dot_arguments_write:
 *
 * Sets @config to what @settings say, so that GIMP keeps and repeats it.
 */
void
dot_arguments_write (GimpProcedureConfig *config, DotSettings *settings)
{
  DotSource source;

  copy_values (config, settings, TRUE);
  g_object_get (settings, "source", &source, NULL);
  if (source != DOT_SOURCE_FILE)
    g_object_set (config, "latents", NULL, NULL);
}
