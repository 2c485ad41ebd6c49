/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#include "config.h"

#include "procedure.h"

#include <glib/gi18n-lib.h>

#include "arguments.h"
#include "continue.h"
#include "job.h"
#include "refine-dialog.h"
#include "repeat.h"
#include "trust-dialog.h"

/*  What GIMP is told about the procedure, and what each run mode does.  */

/*  before anything is computed  */

static GError *
make_error (DotError    code,
            const char *message)
{
  return g_error_new_literal (DOT_ERROR, code, message);
}

static GError *
check_image (GimpImage *image)
{
  if (image && gimp_image_get_base_type (image) == GIMP_INDEXED)
    return make_error (DOT_ERROR_INVALID_ARGUMENT,
                       _("An indexed image can't hold the pictures' colours: choose Image → Mode → RGB first."));

  return NULL;
}

/*  What GTK would say, and exit.  */
static GError *
check_display (void)
{
  if (! gtk_init_check (NULL, NULL))
    return make_error (DOT_ERROR_INVALID_ARGUMENT,
                       _("There is no display for the dialog: use run mode RUN-NONINTERACTIVE."));

  return NULL;
}

/*  the run modes  */

/*  @state: (nullable) where to go on from, instead of class and seed  */
static DotRefineOptions *
make_options (GimpProcedureConfig *config,
              const char          *state)
{
  DotRefineOptions *options = dot_arguments_get_options (config);

  if (state)
    options->states = g_strdupv ((char *[]) { (char *) state, NULL });

  return options;
}

static gboolean
run_job (DotJob              *job,
         GimpProcedureConfig *config,
         DotRefineOptions    *options)
{
  g_autoptr (GFile) folder = NULL;

  g_object_get (config, "export-folder", &folder, NULL);

  return dot_job_run (job, options, folder);
}

/*  What went wrong is said in the dialog, which stays.  */
static void
run_from_dialog (DotJob              *job,
                 GimpProcedureConfig *config,
                 DotRefineDialog     *dialog)
{
  g_autofree char              *state   = NULL;
  g_autoptr (DotRefineOptions)  options = NULL;
  g_autoptr (DotSeeds)          seeds   = NULL;
  gboolean                      continues;

  g_object_get (config, "continue-layer", &continues, NULL);
  state   = dot_continue_read_state (dot_job_get_target (job));
  options = make_options (config, continues ? state : NULL);

  if (! dot_trust_dialog_ask (GTK_WINDOW (dialog), options))
    {
      dot_refine_dialog_end (dialog,
                             _("The program in this model was not run: refine again and choose “Run It” if you trust who made it, or take another model."));
      return;
    }
  seeds = dot_repeat_take (config);
  if (! run_job (job, config, options))
    dot_repeat_take_back (seeds);
  dot_job_clear_error (job);
}

static void
offer_continue (DotJob          *job,
                DotRefineDialog *dialog)
{
  g_autofree char *state = dot_continue_read_state (dot_job_get_target (job));

  dot_refine_dialog_offer_continue (dialog, state != NULL);
}

/*  The dialog stays until the person closes it.  */
static void
run_dialog (DotJob              *job,
            GimpProcedure       *procedure,
            GimpProcedureConfig *config)
{
  DotRefineDialog *dialog;

  gimp_ui_init (GETTEXT_PACKAGE);
  dot_repeat_recall (config);
  dialog = dot_refine_dialog_new (procedure, config);
  dot_job_set_dialog (job, dialog);

  offer_continue (job, dialog);
  while (dot_refine_dialog_ask (dialog))
    {
      run_from_dialog (job, config, dialog);
      offer_continue (job, dialog);
    }

  dot_job_set_dialog (job, NULL);
  gtk_widget_destroy (GTK_WIDGET (dialog));
}

static void
run_repeat (DotJob              *job,
            GimpProcedureConfig *config)
{
  g_autoptr (DotSeeds)         seeds   = dot_repeat_take_next (config);
  g_autoptr (DotRefineOptions) options = make_options (config, NULL);

  if (! dot_trust_dialog_ask (NULL, options)
      || ! run_job (job, config, options))
    dot_repeat_take_back (seeds);
}

static void
run_script (DotJob              *job,
            GimpProcedureConfig *config)
{
  g_autoptr (DotRefineOptions) options = make_options (config, NULL);

  run_job (job, config, options);
}

static GError *
run (DotJob              *job,
     GimpRunMode          run_mode,
     GimpProcedure       *procedure,
     GimpProcedureConfig *config)
{
  GError *error = NULL;

  switch (run_mode)
    {
    case GIMP_RUN_INTERACTIVE:
      error = check_display ();
      if (! error)
        run_dialog (job, procedure, config);
      break;
    case GIMP_RUN_WITH_LAST_VALS:
      run_repeat (job, config);
      break;
    case GIMP_RUN_NONINTERACTIVE:
      run_script (job, config);
      break;
    }

  return error;
}

/*  the answer  */

static GimpValueArray *
return_error (GimpProcedure *procedure,
              GError        *error)
{
  gboolean  calling = g_error_matches (error, DOT_ERROR,
                                       DOT_ERROR_INVALID_ARGUMENT);
  char     *message = error->message;

  error->message = dot_text_to_line (message);
  g_free (message);

  return gimp_procedure_new_return_values (procedure,
                                           calling ? GIMP_PDB_CALLING_ERROR
                                                   : GIMP_PDB_EXECUTION_ERROR,
                                           error);
}

static GimpValueArray *
return_result (GimpProcedure *procedure,
               DotJob        *job)
{
  GError         *error = dot_job_take_error (job);
  GimpValueArray *values;

  if (error)
    return return_error (procedure, error);
  if (! dot_job_has_result (job))
    return gimp_procedure_new_return_values (procedure, GIMP_PDB_CANCEL, NULL);

  values = gimp_procedure_new_return_values (procedure, GIMP_PDB_SUCCESS, NULL);
  GIMP_VALUES_SET_IMAGE (values, 1, dot_job_get_image (job));
  GIMP_VALUES_TAKE_CORE_OBJECT_ARRAY (values, 2, dot_job_take_layers (job));

  return values;
}

static GimpValueArray *
dot_procedure_run (GimpProcedure        *procedure,
                   GimpRunMode           run_mode,
                   GimpImage            *image,
                   GimpDrawable        **drawables,
                   GimpProcedureConfig  *config,
                   gpointer              run_data)
{
  g_autoptr (DotJob) job   = NULL;
  GError            *error = check_image (image);

  if (error)
    return return_error (procedure, error);

  gegl_init (NULL, NULL);
  job   = dot_job_new (image, run_mode);
  error = run (job, run_mode, procedure, config);
  if (error)
    return return_error (procedure, error);

  return return_result (procedure, job);
}

/*  what GIMP is told  */

static void
add_return_values (GimpProcedure *procedure)
{
  gimp_procedure_add_image_return_value (procedure, "image", _("Image"),
                                         _("The image that holds the layers"),
                                         TRUE, G_PARAM_READWRITE);
  gimp_procedure_add_core_object_array_return_value (procedure, "layers",
                                                     _("Layers"),
                                                     _("The layers, the unrefined ones first"),
                                                     GIMP_TYPE_LAYER,
                                                     G_PARAM_READWRITE);
}

static void
set_documentation (GimpProcedure *procedure)
{
  gimp_procedure_set_documentation (procedure,
                                    _("Paint a picture with a GAN and refine it with its own discriminator"),
                                    _("A class-conditional GAN paints a picture of a class; "
                                      "Discriminator Optimal Transport then moves its latent by "
                                      "gradient steps on the GAN's own discriminator.  Each step "
                                      "comes back as a layer, inside one group: in a new image, or "
                                      "above the active layer of the open one.  Repeating the "
                                      "filter takes the next seed, unless the seed is locked."),
                                    DOT_PROCEDURE_NAME);
  gimp_procedure_set_attribution (procedure, "The DOT Refine authors",
                                  "The DOT Refine authors", "2026");
}

static void
set_menu (GimpProcedure *procedure)
{
  g_autofree char *path = g_build_path ("/", "<Image>/Filters",
                                        _("Gen_erate"), NULL);

  gimp_procedure_set_menu_label (procedure, _("_DOT Refine…"));
  gimp_procedure_add_menu_path (procedure, path);
  gimp_procedure_set_icon_name (procedure, GIMP_ICON_EFFECT);
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

  procedure = gimp_image_procedure_new (plug_in, DOT_PROCEDURE_NAME,
                                        GIMP_PDB_PROC_TYPE_PLUGIN,
                                        dot_procedure_run, NULL, NULL);

  gimp_procedure_set_image_types (procedure, "*");
  gimp_procedure_set_sensitivity_mask (procedure, GIMP_PROCEDURE_SENSITIVE_ALWAYS);
  set_menu (procedure);
  set_documentation (procedure);
  dot_arguments_add (procedure);
  add_return_values (procedure);

  return procedure;
}
