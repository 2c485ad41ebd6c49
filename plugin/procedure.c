/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What GIMP is told about the procedure, and what each run mode does. */

#include "config.h"

#include "procedure.h"

#include <glib/gi18n-lib.h>

#include "arguments.h"
#include "core/layer-plan.h"
#include "core/recent.h"
#include "core/source.h"
#include "gimp-run.h"
#include "icon.h"
#include "layers.h"
#include "many-dialog.h"
#include "open-picture.h"
#include "refine-dialog.h"
#include "repeat.h"
#include "trust-dialog.h"

/*  before anything is computed  */

static GError *
make_error (DotError code, const char *message)
{
  return g_error_new_literal (DOT_ERROR, code, message);
}

/* What GTK would say, and exit. */
static GError *
check_display (void)
{
  if (! gtk_init_check (NULL, NULL))
    return make_error (DOT_ERROR_INVALID_ARGUMENT,
                       _ ("There is no display for the dialog: use run mode RUN-NONINTERACTIVE."));
  return NULL;
}

/*  the run modes  */

/* Who has run nothing, and changed neither class nor seed before closing, hasn't
 * chosen a picture yet. */
static gboolean
is_first_start (DotSettings *settings)
{
  g_autoptr (DotSettings) defaults = dot_settings_new ();
  g_autoptr (DotRecent) classes    = dot_recent_new_classes ();
  g_autofree char *name            = NULL;
  g_autofree char *default_name    = NULL;
  int              seed, default_seed;

  g_object_get (settings, "class", &name, "seed", &seed, NULL);
  g_object_get (defaults, "class", &default_name, "seed", &default_seed, NULL);
  return ! *dot_recent_get (classes) && seed == default_seed && g_strcmp0 (name, default_name) == 0;
}

/* The dialog stays until the person closes it. */
static void
run_dialog (DotGimpRun *gimp_run, GimpProcedureConfig *config, DotSettings *settings)
{
  gimp_ui_init (GETTEXT_PACKAGE);
  dot_icon_use ();
  dot_repeat_recall (config);
  dot_arguments_read (config, settings);
  if (is_first_start (settings))
    dot_settings_take_first (settings);
  dot_refine_dialog_run (gimp_run, config, settings);
}

/* Without a dialog the image is what it is now, where a run starts from it.
 *
 * Returns: (transfer full) (nullable): %NULL where there is none, which is said */
static DotRefineOptions *
get_options (DotGimpRun *gimp_run, DotSettings *settings)
{
  g_autoptr (DotRefineOptions) options = dot_settings_get_options (settings);
  g_autoptr (GBytes) picture           = NULL;
  g_autoptr (GError) error             = NULL;
  DotSource source;

  g_object_get (settings, "source", &source, NULL);
  if (source == DOT_SOURCE_IMAGE)
    picture = dot_open_picture_read (dot_gimp_run_get_image (gimp_run));
  if (dot_source_apply_picture (settings, picture, options, &error))
    return g_steal_pointer (&options);

  dot_session_set_problem (dot_gimp_run_get_session (gimp_run), error);
  return NULL;
}

static gboolean
run_options (DotGimpRun *gimp_run, DotRefineOptions *options)
{
  g_autoptr (GError) error = NULL;

  if (dot_gimp_run_start (gimp_run, options, DOT_RUN_NEW, &error))
    dot_gimp_run_wait (gimp_run);
  else
    dot_session_set_problem (dot_gimp_run_get_session (gimp_run), error);
  return dot_gimp_run_has_made (gimp_run);
}

/* Where layers aren't wanted as they come, a repeat makes one of each picture. */
static guint64
count_layers (const DotRefineOptions *options, DotSettings *settings)
{
  gboolean live;

  g_object_get (settings, "live-layers", &live, NULL);
  return live ? dot_layer_plan_count (options) : options->count;
}

static void
run_repeat (DotGimpRun *gimp_run, GimpProcedureConfig *config, DotSettings *settings)
{
  g_autoptr (DotRepeat) seeds          = dot_repeat_take_next (config);
  g_autoptr (DotRefineOptions) options = NULL;

  dot_arguments_read (config, settings);
  options = get_options (gimp_run, settings);
  if (! options || ! dot_trust_dialog_ask (NULL, options) ||
      ! dot_many_dialog_ask (NULL, count_layers (options, settings)) ||
      ! run_options (gimp_run, options))
    dot_repeat_return (seeds);
}

static void
run_script (DotGimpRun *gimp_run, GimpProcedureConfig *config, DotSettings *settings)
{
  g_autoptr (DotRefineOptions) options = NULL;

  dot_arguments_read (config, settings);
  options = get_options (gimp_run, settings);
  if (options)
    run_options (gimp_run, options);
}

static GError *
run (DotGimpRun *gimp_run, GimpRunMode run_mode, GimpProcedureConfig *config, DotSettings *settings)
{
  GError *error = NULL;

  switch (run_mode)
    {
    case GIMP_RUN_INTERACTIVE:
      error = check_display ();
      if (! error)
        run_dialog (gimp_run, config, settings);
      break;
    case GIMP_RUN_WITH_LAST_VALS:
      run_repeat (gimp_run, config, settings);
      break;
    case GIMP_RUN_NONINTERACTIVE:
      run_script (gimp_run, config, settings);
      break;
    }

  return error;
}

/*  the answer  */

static GimpValueArray *
return_error (GimpProcedure *procedure, GError *error)
{
  gboolean calling = g_error_matches (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT);
  char    *message = error->message;

  error->message = dot_line_from_text (message);
  g_free (message);
  return gimp_procedure_new_return_values (procedure,
                                           calling ? GIMP_PDB_CALLING_ERROR
                                                   : GIMP_PDB_EXECUTION_ERROR,
                                           error);
}

/* A person reads the sentence alone: GIMP would put "Calling error for" above
 * that of an error, which is for scripts, and where nobody sees a message. */
static GimpValueArray *
return_problem (GimpProcedure *procedure, GimpRunMode run_mode, GError *error)
{
  g_autofree char *line = NULL;

  if (run_mode == GIMP_RUN_NONINTERACTIVE || ! gtk_init_check (NULL, NULL))
    return return_error (procedure, error);

  line = dot_line_from_text (error->message);
  g_error_free (error);
  gimp_message (line);
  return gimp_procedure_new_return_values (procedure, GIMP_PDB_CANCEL, NULL);
}

/* What went wrong in a dialog was read there. */
static GimpValueArray *
return_result (GimpProcedure *procedure, GimpRunMode run_mode, DotGimpRun *gimp_run)
{
  const GError   *problem = dot_session_get_problem (dot_gimp_run_get_session (gimp_run));
  GimpValueArray *values;

  if (problem && run_mode != GIMP_RUN_INTERACTIVE)
    return return_problem (procedure, run_mode, g_error_copy (problem));
  if (! dot_gimp_run_has_result (gimp_run))
    return gimp_procedure_new_return_values (procedure, GIMP_PDB_CANCEL, NULL);

  values = gimp_procedure_new_return_values (procedure, GIMP_PDB_SUCCESS, NULL);
  GIMP_VALUES_SET_IMAGE (values, 1, dot_gimp_run_get_image (gimp_run));
  GIMP_VALUES_TAKE_CORE_OBJECT_ARRAY (values, 2, dot_gimp_run_take_layers (gimp_run));
  return values;
}

static GimpValueArray *
dot_procedure_run (GimpProcedure       *procedure,
                   GimpRunMode          run_mode,
                   GimpImage           *image,
                   GimpDrawable       **drawables,
                   GimpProcedureConfig *config,
                   gpointer             run_data)
{
  g_autoptr (DotSettings) settings = NULL;
  g_autoptr (DotGimpRun) gimp_run  = NULL;
  GError *error                    = NULL;

  if (! dot_layers_check (image, &error))
    return return_problem (procedure, run_mode, error);

  /* the person may close the image: GIMP's own words about that would be red */
  gimp_plug_in_set_pdb_error_handler (gimp_get_plug_in (), GIMP_PDB_ERROR_HANDLER_PLUGIN);

  gegl_init (NULL, NULL);
  settings = dot_settings_new ();
  gimp_run = dot_gimp_run_new (image, run_mode, settings);
  error    = run (gimp_run, run_mode, config, settings);
  if (error)
    return return_error (procedure, error);
  return return_result (procedure, run_mode, gimp_run);
}

/*  what GIMP is told  */

static void
add_return_values (GimpProcedure *procedure)
{
  gimp_procedure_add_image_return_value (procedure, "image", _ ("Image"),
                                         _ ("The image that holds the layers"), TRUE,
                                         G_PARAM_READWRITE);
  gimp_procedure_add_core_object_array_return_value (procedure, "layers", _ ("Layers"),
                                                     _ ("The layers, the unrefined ones first"),
                                                     GIMP_TYPE_LAYER, G_PARAM_READWRITE);
}

static void
set_documentation (GimpProcedure *procedure)
{
  gimp_procedure_set_documentation (
    procedure, _ ("Paint a picture with a GAN and refine it with its own discriminator"),
    _ ("A class-conditional GAN paints a picture of a class; Discriminator Optimal Transport then "
       "moves its latent by gradient steps on the GAN's own discriminator.  Each step comes back "
       "as a layer, inside one group: in a new image, or above the active layer of the open one.  "
       "Repeating the filter takes the next seed, unless the seed is locked."),
    DOT_PROCEDURE_NAME);
  gimp_procedure_set_attribution (procedure, "The DOT Refine authors", "The DOT Refine authors",
                                  "2026");
}

static void
set_menu (GimpProcedure *procedure)
{
  g_autofree char *path = g_build_path ("/", "<Image>/Filters", _ ("Gen_erate"), NULL);

  gimp_procedure_set_menu_label (procedure, _ ("_DOT Refine…"));
  gimp_procedure_add_menu_path (procedure, path);
  dot_icon_give (procedure);
}

/**
 * dot_procedure_new:
 *
 * Returns: (transfer full): plug-in-dot-refine
 */
GimpProcedure *
dot_procedure_new (GimpPlugIn *plug_in)
{
  GimpProcedure *procedure;

  procedure = gimp_image_procedure_new (plug_in, DOT_PROCEDURE_NAME, GIMP_PDB_PROC_TYPE_PLUGIN,
                                        dot_procedure_run, NULL, NULL);

  gimp_procedure_set_image_types (procedure, "*");
  gimp_procedure_set_sensitivity_mask (procedure, GIMP_PROCEDURE_SENSITIVE_ALWAYS);
  set_menu (procedure);
  set_documentation (procedure);
  dot_arguments_add (procedure);
  add_return_values (procedure);
  return procedure;
}
