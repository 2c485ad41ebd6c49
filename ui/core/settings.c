/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#include "config.h"

#include "settings.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "dot-enums.h"
#include "settings-enums.h"

/**
 * DotSettings:
 *
 * What a person can choose, a property each: its nick is the label of its
 * row, with a mnemonic, and its blurb says what it does.  GIMP's procedure
 * gets its arguments from here, too, and the defaults are those of
 * #DotRefineOptions.
 */

typedef enum
{
  KIND_STRING,
  KIND_SEED,
  KIND_COUNT,
  KIND_NUMBER,
  KIND_TOGGLE,
  KIND_CHOICE,
  KIND_FILE
} Kind;

/* Everything that decides a run, and what only the dialog knows. */
typedef struct
{
  DotRefineOptions options;
  DotSource        source;
  gboolean         lock_seed;
  gboolean         live_layers;
  DotScale         scale;
  char            *export_folder;
} Values;

typedef struct
{
  const char *name;
  Kind        kind;
  gsize       offset;
  const char *nick;
  const char *blurb;
  double      minimum;
  double      maximum;
  GType (*enum_type) (void);
  const char *const *labels;
} Setting;

#define OPTION(member) G_STRUCT_OFFSET (Values, options.member)
#define EXTRA(member)  G_STRUCT_OFFSET (Values, member)

/*  what the values of the choices are called, in the enums' order  */

static const char *const source_labels[] = {
  [DOT_SOURCE_SEED]    = N_ ("A seed"),
  [DOT_SOURCE_FILE]    = N_ ("A file of latents"),
  [DOT_SOURCE_LAYER]   = N_ ("The selected layers"),
  [DOT_SOURCE_BETWEEN] = N_ ("Between two selected layers"),
};

static const char *const method_labels[] = {
  [DOT_METHOD_DOT]   = N_ ("DOT: a higher score, near the start"),
  [DOT_METHOD_NAIVE] = N_ ("Naive: a higher score only"),
};

static const char *const optimizer_labels[] = {
  [DOT_OPTIMIZER_ADAM] = N_ ("Adam"),
  [DOT_OPTIMIZER_SGD]  = N_ ("Gradient descent (SGD)"),
};

static const char *const projection_labels[] = {
  [DOT_PROJECTION_TANGENT] = N_ ("Tangent to the sphere"),
  [DOT_PROJECTION_PAPER]   = N_ ("As in the paper"),
  [DOT_PROJECTION_NONE]    = N_ ("None"),
};

static const char *const device_labels[] = {
  [DOT_DEVICE_AUTO] = N_ ("Automatic"),
  [DOT_DEVICE_CPU]  = N_ ("Processor"),
  [DOT_DEVICE_CUDA] = N_ ("NVIDIA GPU (CUDA)"),
};

static const char *const precision_labels[] = {
  [DOT_PRECISION_FLOAT32]  = N_ ("32-bit float"),
  [DOT_PRECISION_TF32]     = N_ ("TF32 (newer GPUs: quicker, coarser)"),
  [DOT_PRECISION_BFLOAT16] = N_ ("bfloat16 (quicker, coarser)"),
  [DOT_PRECISION_FLOAT64]  = N_ ("64-bit float (slower)"),
  [DOT_PRECISION_AUTO]     = N_ ("The quickest that is good enough"),
};

static const char *const scale_labels[] = {
  [DOT_SCALE_NONE] = N_ ("As painted"), [DOT_SCALE_2] = N_ ("2 times"),          [DOT_SCALE_4] = N_ ("4 times"),
  [DOT_SCALE_8] = N_ ("8 times"),       [DOT_SCALE_IMAGE] = N_ ("To the image"),
};

static const Setting table[] = {
  { "model", KIND_STRING, OPTION (model), N_ ("_Model"),
    N_ ("Id of the pair of networks that paints and judges") },

  { "class", KIND_STRING, OPTION (class_name), N_ ("Cl_ass"),
    N_ ("What to paint: a class's name, WordNet id or index; empty is the model's first") },

  { "source", KIND_CHOICE, EXTRA (source), N_ ("Start _from"),
    N_ ("What the unrefined pictures come from"),
    .enum_type = dot_source_get_type, .labels = source_labels },

  { "seed", KIND_SEED, OPTION (seed), N_ ("Se_ed"),
    N_ ("Number that decides what the unrefined picture is"),
    .minimum = 0, .maximum = G_MAXINT },

  { "lock-seed", KIND_TOGGLE, EXTRA (lock_seed), N_ ("Loc_k"),
    N_ ("Keep the seed when the filter is repeated") },

  { "latents", KIND_FILE, OPTION (latents), N_ ("Latent f_ile"),
    N_ ("An .npy file of latents to start from, one for each picture, instead of seeds") },

  { "count", KIND_COUNT, OPTION (count), N_ ("Num_ber of pictures"),
    N_ ("How many pictures to refine, from this seed and the ones after it"), .minimum = 1,
    .maximum = 1000 },

  { "updates", KIND_COUNT, OPTION (updates), N_ ("_Updates"),
    N_ ("How many steps of refinement to make"),
    .minimum = 0, .maximum = 100000 },

  { "keep-every", KIND_COUNT, OPTION (keep_every), N_ ("Keep ever_y"),
    N_ ("Make a layer of every so many updates; the first and the last always get one"), .minimum = 1,
    .maximum = 100000 },

  { "live-layers", KIND_TOGGLE, EXTRA (live_layers), N_ ("Add each step as it c_omes"),
    N_ (
      "Put every picture that is kept into the image as a layer, at once; otherwise look first, then add what you choose") },

  { "scale", KIND_CHOICE, EXTRA (scale), N_ ("Layer si_ze"), N_ ("How large layers are made"),
    .enum_type = dot_scale_get_type, .labels = scale_labels },

  { "method", KIND_CHOICE, OPTION (method), N_ ("Meth_od"),
    N_ (
      "What the refinement seeks: DOT weighs the discriminator's score against the distance from the start, naive only raises the score"),
    .enum_type = dot_method_get_type, .labels = method_labels },

  { "optimizer", KIND_CHOICE, OPTION (optimizer), N_ ("Opt_imizer"),
    N_ (
      "How a step follows from the gradient: Adam's steps are of about the step size, SGD's grow with the gradient"),
    .enum_type = dot_optimizer_get_type, .labels = optimizer_labels },

  { "step-size", KIND_NUMBER, OPTION (step_size), N_ ("St_ep size"),
    N_ ("How far a step goes: smaller ones are more careful, larger ones change more"), .minimum = 1e-6,
    .maximum = 10.0 },

  { "projection", KIND_CHOICE, OPTION (projection), N_ ("Pro_jection"),
    N_ ("What is taken out of the gradient where latents are normally distributed"),
    .enum_type = dot_projection_get_type, .labels = projection_labels },

  { "k-eff", KIND_NUMBER, OPTION (k_eff), N_ ("Lipschit_z constant"),
    N_ ("How steep the score is taken to be: the higher, the nearer to the start; 0 estimates it"),
    .minimum = 0.0, .maximum = 1e6 },

  { "delta", KIND_NUMBER, OPTION (delta), N_ ("Dista_nce offset"),
    N_ ("Added to every coordinate of the distance, which has no gradient where it is 0"),
    .minimum = 0.0, .maximum = 1.0 },

  { "device", KIND_CHOICE, OPTION (device), N_ ("_Device"),
    N_ ("What computes: automatic takes a GPU that works, else the processor"),
    .enum_type = dot_device_get_type, .labels = device_labels },

  { "precision", KIND_CHOICE, OPTION (precision), N_ ("N_umber format"),
    N_ ("The numbers that the networks compute with: fewer bits are quicker and less exact"),
    .enum_type = dot_precision_get_type, .labels = precision_labels },

  { "export-folder", KIND_FILE, EXTRA (export_folder), N_ ("Export _folder"),
    N_ ("Folder that gets each layer as a PNG file, too") },
};

struct _DotSettings
{
  GObject parent_instance;

  Values values;
};

G_DEFINE_FINAL_TYPE (DotSettings, dot_settings, G_TYPE_OBJECT)

#define MEMBER(settings, setting, Type) \
  (*(Type *) ((char *) &(settings)->values + (setting)->offset))

static const Setting *
find_setting (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (table[i].name, name))
      return &table[i];
  return NULL;
}

/*  values in and out  */

static void
set_text (DotSettings *settings, const Setting *setting, char *text)
{
  char **member = &MEMBER (settings, setting, char *);

  g_free (*member);
  *member = text;
}

static void
set_file (DotSettings *settings, const Setting *setting, GFile *file)
{
  set_text (settings, setting, file ? g_file_get_path (file) : NULL);
}

static void
dot_settings_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  DotSettings   *settings = DOT_SETTINGS (object);
  const Setting *setting  = &table[id - 1];

  switch (setting->kind)
    {
    case KIND_STRING:
      set_text (settings, setting, g_value_dup_string (value));
      break;
    case KIND_SEED:
      MEMBER (settings, setting, gint64) = g_value_get_int (value);
      break;
    case KIND_COUNT:
      MEMBER (settings, setting, guint) = g_value_get_int (value);
      break;
    case KIND_NUMBER:
      MEMBER (settings, setting, double) = g_value_get_double (value);
      break;
    case KIND_TOGGLE:
      MEMBER (settings, setting, gboolean) = g_value_get_boolean (value);
      break;
    case KIND_CHOICE:
      MEMBER (settings, setting, int) = g_value_get_enum (value);
      break;
    case KIND_FILE:
      set_file (settings, setting, g_value_get_object (value));
      break;
    }
}

static void
dot_settings_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  DotSettings   *settings = DOT_SETTINGS (object);
  const Setting *setting  = &table[id - 1];
  const char    *path;

  switch (setting->kind)
    {
    case KIND_STRING:
      g_value_set_string (value, MEMBER (settings, setting, char *));
      break;
    case KIND_SEED:
      g_value_set_int (value, MEMBER (settings, setting, gint64));
      break;
    case KIND_COUNT:
      g_value_set_int (value, MEMBER (settings, setting, guint));
      break;
    case KIND_NUMBER:
      g_value_set_double (value, MEMBER (settings, setting, double));
      break;
    case KIND_TOGGLE:
      g_value_set_boolean (value, MEMBER (settings, setting, gboolean));
      break;
    case KIND_CHOICE:
      g_value_set_enum (value, MEMBER (settings, setting, int));
      break;
    case KIND_FILE:
      path = MEMBER (settings, setting, char *);
      g_value_take_object (value, path ? g_file_new_for_path (path) : NULL);
      break;
    }
}

/*  the class  */

/* The defaults come from a new object's values. */
static GParamSpec *
make_spec (DotSettings *defaults, const Setting *setting)
{
  const char *name  = setting->name;
  const char *nick  = _ (setting->nick);
  const char *blurb = _ (setting->blurb);

  switch (setting->kind)
    {
    case KIND_STRING:
      return g_param_spec_string (name, nick, blurb, MEMBER (defaults, setting, char *),
                                  G_PARAM_READWRITE);
    case KIND_SEED:
      return g_param_spec_int (name, nick, blurb, setting->minimum, setting->maximum,
                               MEMBER (defaults, setting, gint64), G_PARAM_READWRITE);
    case KIND_COUNT:
      return g_param_spec_int (name, nick, blurb, setting->minimum, setting->maximum,
                               MEMBER (defaults, setting, guint), G_PARAM_READWRITE);
    case KIND_NUMBER:
      return g_param_spec_double (name, nick, blurb, setting->minimum, setting->maximum,
                                  MEMBER (defaults, setting, double), G_PARAM_READWRITE);
    case KIND_TOGGLE:
      return g_param_spec_boolean (name, nick, blurb, MEMBER (defaults, setting, gboolean),
                                   G_PARAM_READWRITE);
    case KIND_CHOICE:
      return g_param_spec_enum (name, nick, blurb, setting->enum_type (),
                                MEMBER (defaults, setting, int), G_PARAM_READWRITE);
    case KIND_FILE:
      return g_param_spec_object (name, nick, blurb, G_TYPE_FILE, G_PARAM_READWRITE);
    }

  return NULL;
}

static void
values_clear (Values *values)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (table[i].kind == KIND_STRING || table[i].kind == KIND_FILE)
      g_free (*(char **) ((char *) values + table[i].offset));
}

static void
values_init (Values *values)
{
  DotRefineOptions *options = dot_refine_options_new ();

  memset (values, 0, sizeof *values);
  values->options     = *options;
  values->live_layers = TRUE;
  g_free (options);
  if (! values->options.class_name)
    values->options.class_name = g_strdup ("goldfish");
}

static void
dot_settings_finalize (GObject *object)
{
  values_clear (&DOT_SETTINGS (object)->values);

  G_OBJECT_CLASS (dot_settings_parent_class)->finalize (object);
}

static void
dot_settings_class_init (DotSettingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  DotSettings   defaults;

  object_class->finalize     = dot_settings_finalize;
  object_class->set_property = dot_settings_set_property;
  object_class->get_property = dot_settings_get_property;

  values_init (&defaults.values);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    g_object_class_install_property (object_class, i + 1, make_spec (&defaults, &table[i]));
  values_clear (&defaults.values);
}

static void
dot_settings_init (DotSettings *settings)
{
  values_init (&settings->values);
}

/**
 * dot_settings_new:
 *
 * Returns: (transfer full): the defaults
 */
DotSettings *
dot_settings_new (void)
{
  return g_object_new (DOT_TYPE_SETTINGS, NULL);
}

/**
 * dot_settings_get_label:
 * @property: one of the choices
 * @value: of its enum
 *
 * Returns: (transfer none): what a person is told that it is
 */
const char *
dot_settings_get_label (const char *property, int value)
{
  const Setting *setting = find_setting (property);

  return setting && setting->labels ? _ (setting->labels[value]) : NULL;
}

/*  settings → options  */

static void
clear_empty (char **text)
{
  if (*text && ! **text)
    g_clear_pointer (text, g_free);
}

/**
 * dot_settings_get_options:
 *
 * Returns: (transfer full): what the backend does for @settings; what a layer
 *   says is still to be added
 */
DotRefineOptions *
dot_settings_get_options (DotSettings *settings)
{
  DotRefineOptions *options = dot_refine_options_copy (&settings->values.options);

  clear_empty (&options->model);
  clear_empty (&options->class_name);
  if (settings->values.source != DOT_SOURCE_FILE)
    g_clear_pointer (&options->latents, g_free);
  return options;
}

/*  JSON: what presets and the history keep  */

static void
add_member (DotSettings *settings, const Setting *setting, JsonObject *object)
{
  const char *text;

  switch (setting->kind)
    {
    case KIND_STRING:
    case KIND_FILE:
      text = MEMBER (settings, setting, char *);
      if (text && g_utf8_validate (text, -1, NULL))
        json_object_set_string_member (object, setting->name, text);
      break;
    case KIND_SEED:
      json_object_set_int_member (object, setting->name, MEMBER (settings, setting, gint64));
      break;
    case KIND_COUNT:
      json_object_set_int_member (object, setting->name, MEMBER (settings, setting, guint));
      break;
    case KIND_NUMBER:
      json_object_set_double_member (object, setting->name, MEMBER (settings, setting, double));
      break;
    case KIND_TOGGLE:
      json_object_set_boolean_member (object, setting->name, MEMBER (settings, setting, gboolean));
      break;
    case KIND_CHOICE:
      text = dot_enum_to_nick (setting->enum_type (), MEMBER (settings, setting, int));
      json_object_set_string_member (object, setting->name, text);
      break;
    }
}

/**
 * dot_settings_to_json:
 *
 * Returns: (transfer full): each property's value by its name; an enum's is
 *   its nick
 */
JsonObject *
dot_settings_to_json (DotSettings *settings)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    add_member (settings, &table[i], object);
  return object;
}

static gboolean
set_choice (GValue *value, const Setting *setting, const char *nick)
{
  int number;

  if (! dot_enum_from_nick (setting->enum_type (), setting->name, nick, &number, NULL))
    return FALSE;

  g_value_set_enum (value, number);
  return TRUE;
}

/* A number fits if it is in range once it has the property's type. */
static gboolean
set_number (GValue *value, const Setting *setting, double number)
{
  if (! (number >= setting->minimum && number <= setting->maximum))
    return FALSE;

  if (setting->kind == KIND_NUMBER)
    g_value_set_double (value, number);
  else
    g_value_set_int (value, (int) number);
  return TRUE;
}

static gboolean
set_from_json (GValue *value, const Setting *setting, JsonNode *node)
{
  GType       type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_NONE;
  const char *text = type == G_TYPE_STRING ? json_node_get_string (node) : NULL;

  switch (setting->kind)
    {
    case KIND_STRING:
      g_value_set_string (value, text);
      return text != NULL;
    case KIND_FILE:
      g_value_take_object (value, text ? g_file_new_for_path (text) : NULL);
      return text != NULL;
    case KIND_CHOICE:
      return text && set_choice (value, setting, text);
    case KIND_TOGGLE:
      if (type == G_TYPE_BOOLEAN)
        g_value_set_boolean (value, json_node_get_boolean (node));
      return type == G_TYPE_BOOLEAN;
    default:
      return (type == G_TYPE_INT64 || type == G_TYPE_DOUBLE) &&
             set_number (value, setting, json_node_get_double (node));
    }
}

static void
apply_member (JsonObject *object, const char *name, JsonNode *node, gpointer user_data)
{
  const Setting *setting = find_setting (name);
  GParamSpec    *spec;
  GValue         value = G_VALUE_INIT;

  if (! setting)
    return;

  spec = g_object_class_find_property (G_OBJECT_GET_CLASS (user_data), name);
  g_value_init (&value, spec->value_type);
  if (set_from_json (&value, setting, node))
    g_object_set_property (user_data, name, &value);
  g_value_unset (&value);
}

/**
 * dot_settings_apply_json:
 * @values: values by the names of properties
 *
 * Takes over what is there and fits; a property that isn't there, or whose
 * value is none for it, stays.
 */
void
dot_settings_apply_json (DotSettings *settings, JsonObject *values)
{
  g_object_freeze_notify (G_OBJECT (settings));
  json_object_foreach_member (values, apply_member, settings);
  g_object_thaw_notify (G_OBJECT (settings));
}
