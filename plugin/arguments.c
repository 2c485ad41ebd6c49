/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#include "config.h"

#include "arguments.h"

#include <glib/gi18n-lib.h>

#include "dot-enums.h"

/*  The procedure's arguments, one line each: what GIMP is told about them,
 *  and the member of DotRefineOptions that they set.  The defaults are that
 *  struct's own; text stands in for a string that has none.
 */

typedef enum
{
  KIND_STRING,
  KIND_SEED,
  KIND_COUNT,
  KIND_NUMBER,
  KIND_CHOICE,
  KIND_FILE,
  KIND_FOLDER
} Kind;

#define OPTION(member) G_STRUCT_OFFSET (DotRefineOptions, member)
#define NO_OPTION      (-1)

typedef struct
{
  const char          *name;
  Kind                 kind;
  glong                option;
  const char          *nick;
  const char          *blurb;
  const char          *text;
  double               minimum;
  double               maximum;
  GType             (* enum_type) (void);
  const char * const  *labels;
} Argument;

/*  what the values of the choices are called, in the enums' order  */

static const char * const method_labels[] =
{
  [DOT_METHOD_DOT]   = N_("DOT: a higher score, near the start"),
  [DOT_METHOD_NAIVE] = N_("Naive: a higher score only")
};

static const char * const optimizer_labels[] =
{
  [DOT_OPTIMIZER_ADAM] = N_("Adam"),
  [DOT_OPTIMIZER_SGD]  = N_("Gradient descent (SGD)")
};

static const char * const projection_labels[] =
{
  [DOT_PROJECTION_TANGENT] = N_("Tangent to the sphere"),
  [DOT_PROJECTION_PAPER]   = N_("As in the paper"),
  [DOT_PROJECTION_NONE]    = N_("None")
};

static const char * const device_labels[] =
{
  [DOT_DEVICE_AUTO] = N_("Automatic"),
  [DOT_DEVICE_CPU]  = N_("Processor"),
  [DOT_DEVICE_CUDA] = N_("NVIDIA GPU (CUDA)")
};

static const char * const precision_labels[] =
{
  [DOT_PRECISION_FLOAT32]  = N_("32-bit float"),
  [DOT_PRECISION_TF32]     = N_("TF32 (newer GPUs: quicker, coarser)"),
  [DOT_PRECISION_BFLOAT16] = N_("bfloat16 (quicker, coarser)"),
  [DOT_PRECISION_FLOAT64]  = N_("64-bit float (slower)"),
  [DOT_PRECISION_AUTO]     = N_("The quickest that is good enough")
};

static const Argument arguments[] =
{
  { "model", KIND_STRING, OPTION (model),
    N_("_Model"), N_("Id of the pair of networks that paints and judges") },

  { "class", KIND_STRING, OPTION (class_name),
    N_("Cl_ass"),
    N_("What to paint: a class's name, WordNet id or index; empty is the model's first"),
    .text = "goldfish" },

  { "seed", KIND_SEED, OPTION (seed),
    N_("Se_ed"), N_("Number that decides what the unrefined picture is"),
    .minimum = 0, .maximum = G_MAXINT },

  { "count", KIND_COUNT, OPTION (count),
    N_("Num_ber of pictures"),
    N_("How many pictures to refine, from this seed and the ones after it"),
    .minimum = 1, .maximum = 1000 },

  { "updates", KIND_COUNT, OPTION (updates),
    N_("_Updates"), N_("How many steps of refinement to make"),
    .minimum = 0, .maximum = 100000 },

  { "keep-every", KIND_COUNT, OPTION (keep_every),
    N_("Keep ever_y"),
    N_("Make a layer of every so many updates; the first and the last always get one"),
    .minimum = 1, .maximum = 100000 },

  { "method", KIND_CHOICE, OPTION (method),
    N_("Meth_od"), N_("What the refinement seeks"),
    .enum_type = dot_method_get_type, .labels = method_labels },

  { "optimizer", KIND_CHOICE, OPTION (optimizer),
    N_("Opt_imizer"), N_("How a step follows from the gradient"),
    .enum_type = dot_optimizer_get_type, .labels = optimizer_labels },

  { "step-size", KIND_NUMBER, OPTION (step_size),
    N_("Ste_p size"), N_("How far a step goes"),
    .minimum = 1e-6, .maximum = 10.0 },

  { "projection", KIND_CHOICE, OPTION (projection),
    N_("Pro_jection"),
    N_("What is taken out of the gradient where latents are normally distributed"),
    .enum_type = dot_projection_get_type, .labels = projection_labels },

  { "k-eff", KIND_NUMBER, OPTION (k_eff),
    N_("Lipschit_z constant"),
    N_("How steep the score is taken to be: the higher, the nearer to the start; 0 estimates it"),
    .minimum = 0.0, .maximum = 1e6 },

  { "device", KIND_CHOICE, OPTION (device),
    N_("_Device"), N_("What computes"),
    .enum_type = dot_device_get_type, .labels = device_labels },

  { "precision", KIND_CHOICE, OPTION (precision),
    N_("Number _format"), N_("The numbers that the networks compute with"),
    .enum_type = dot_precision_get_type, .labels = precision_labels },

  { "latents", KIND_FILE, OPTION (latents),
    N_("Startin_g latents"),
    N_("An .npy file of latents to start from, one for each picture, instead of seeds") },

  { "export-folder", KIND_FOLDER, NO_OPTION,
    N_("E_xport folder"), N_("Folder that gets each layer as a PNG file, too") }
};

#define MEMBER(options, argument, Type) \
  (*(Type *) ((char *) (options) + (argument)->option))

/*  table → procedure  */

static GimpChoice *
make_choice (const Argument *argument)
{
  GEnumClass *values = g_type_class_ref (argument->enum_type ());
  GimpChoice *choice = gimp_choice_new ();

  for (guint i = 0; i < values->n_values; i++)
    {
      const GEnumValue *value = &values->values[i];

      gimp_choice_add (choice, value->value_nick, value->value,
                       _(argument->labels[value->value]), NULL);
    }
  g_type_class_unref (values);

  return choice;
}

static void
add_choice (GimpProcedure    *procedure,
            const Argument   *argument,
            DotRefineOptions *defaults)
{
  int value = MEMBER (defaults, argument, int);

  gimp_procedure_add_choice_argument (procedure, argument->name,
                                      _(argument->nick), _(argument->blurb),
                                      make_choice (argument),
                                      dot_enum_to_nick (argument->enum_type (),
                                                        value),
                                      G_PARAM_READWRITE);
}

static void
add_string (GimpProcedure  *procedure,
            const Argument *argument,
            const char     *value)
{
  gimp_procedure_add_string_argument (procedure, argument->name,
                                      _(argument->nick), _(argument->blurb),
                                      value ? value : argument->text,
                                      G_PARAM_READWRITE);
}

static void
add_int (GimpProcedure  *procedure,
         const Argument *argument,
         int             value)
{
  gimp_procedure_add_int_argument (procedure, argument->name,
                                   _(argument->nick), _(argument->blurb),
                                   argument->minimum, argument->maximum, value,
                                   G_PARAM_READWRITE);
}

static void
add_file (GimpProcedure         *procedure,
          const Argument        *argument,
          GimpFileChooserAction  action)
{
  gimp_procedure_add_file_argument (procedure, argument->name,
                                    _(argument->nick), _(argument->blurb),
                                    action, TRUE, NULL, G_PARAM_READWRITE);
}

static void
add_argument (GimpProcedure    *procedure,
              const Argument   *argument,
              DotRefineOptions *defaults)
{
  switch (argument->kind)
    {
    case KIND_STRING:
      add_string (procedure, argument, MEMBER (defaults, argument, char *));
      break;
    case KIND_SEED:
      add_int (procedure, argument, MEMBER (defaults, argument, gint64));
      break;
    case KIND_COUNT:
      add_int (procedure, argument, MEMBER (defaults, argument, guint));
      break;
    case KIND_NUMBER:
      gimp_procedure_add_double_argument (procedure, argument->name,
                                          _(argument->nick), _(argument->blurb),
                                          argument->minimum, argument->maximum,
                                          MEMBER (defaults, argument, double),
                                          G_PARAM_READWRITE);
      break;
    case KIND_CHOICE:
      add_choice (procedure, argument, defaults);
      break;
    case KIND_FILE:
      add_file (procedure, argument, GIMP_FILE_CHOOSER_ACTION_OPEN);
      break;
    case KIND_FOLDER:
      add_file (procedure, argument, GIMP_FILE_CHOOSER_ACTION_CREATE_FOLDER);
      break;
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
  g_autoptr (DotRefineOptions) defaults = dot_refine_options_new ();

  for (guint i = 0; i < G_N_ELEMENTS (arguments); i++)
    add_argument (procedure, &arguments[i], defaults);

  gimp_procedure_add_boolean_aux_argument (procedure, "lock-seed",
                                           _("Loc_k"),
                                           _("Keep the seed when the filter is repeated"),
                                           FALSE, G_PARAM_READWRITE);
  gimp_procedure_add_boolean_aux_argument (procedure, "continue-layer",
                                           _("Continue _with the selected layer"),
                                           _("Go on with the class, the latent and the updates of the selected layer"),
                                           FALSE, G_PARAM_READWRITE);
}

/*  config → options  */

static void
take_string (DotRefineOptions *options,
             const Argument   *argument,
             char             *value)
{
  char **member = &MEMBER (options, argument, char *);

  if (value && ! *value)
    g_clear_pointer (&value, g_free);

  g_free (*member);
  *member = value;
}

static int
get_int (GObject        *config,
         const Argument *argument)
{
  int value = 0;

  g_object_get (config, argument->name, &value, NULL);

  return value;
}

static char *
get_string (GObject        *config,
            const Argument *argument)
{
  char *value = NULL;

  g_object_get (config, argument->name, &value, NULL);

  return value;
}

static char *
get_path (GObject        *config,
          const Argument *argument)
{
  g_autoptr (GFile) file = NULL;

  g_object_get (config, argument->name, &file, NULL);

  return file ? g_file_get_path (file) : NULL;
}

static void
set_option (DotRefineOptions    *options,
            const Argument      *argument,
            GimpProcedureConfig *config)
{
  GObject *object = G_OBJECT (config);

  switch (argument->kind)
    {
    case KIND_STRING:
      take_string (options, argument, get_string (object, argument));
      break;
    case KIND_SEED:
      MEMBER (options, argument, gint64) = get_int (object, argument);
      break;
    case KIND_COUNT:
      MEMBER (options, argument, guint) = get_int (object, argument);
      break;
    case KIND_NUMBER:
      g_object_get (object, argument->name,
                    &MEMBER (options, argument, double), NULL);
      break;
    case KIND_CHOICE:
      MEMBER (options, argument, int) =
        gimp_procedure_config_get_choice_id (config, argument->name);
      break;
    case KIND_FILE:
    case KIND_FOLDER:
      take_string (options, argument, get_path (object, argument));
      break;
    }
}

/**
 * dot_arguments_get_options:
 *
 * Returns: (transfer full): what the backend does for @config
 */
DotRefineOptions *
dot_arguments_get_options (GimpProcedureConfig *config)
{
  DotRefineOptions *options = dot_refine_options_new ();

  for (guint i = 0; i < G_N_ELEMENTS (arguments); i++)
    if (arguments[i].option != NO_OPTION)
      set_option (options, &arguments[i], config);

  return options;
}
