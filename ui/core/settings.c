/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "settings.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "dot-enums.h"
#include "settings-enums.h"

/**
 * DotSettings:
 *
 * What a person can choose, a property each: its nick is the label of its
 * row, with a mnemonic, and its blurb says what it does.  What decides a run
 * comes from the table of its options; GIMP's procedure gets its arguments
 * from here.
 */

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

/* An option's offset is in either struct, as long as one begins the other. */
G_STATIC_ASSERT (G_STRUCT_OFFSET (Values, options) == 0);

#define AT(member) G_STRUCT_OFFSET (Values, member)

static const char *const source_labels[] = {
  [DOT_SOURCE_SEED]    = N_ ("A seed"),
  [DOT_SOURCE_FILE]    = N_ ("A file of latents"),
  [DOT_SOURCE_LAYER]   = N_ ("The selected layers"),
  [DOT_SOURCE_BETWEEN] = N_ ("Between two selected layers"),
  [DOT_SOURCE_IMAGE]   = N_ ("The image in GIMP"),
};

static const char *const scale_labels[] = {
  [DOT_SCALE_NONE] = N_ ("As painted"), [DOT_SCALE_2] = N_ ("2 times"),          [DOT_SCALE_4] = N_ ("4 times"),
  [DOT_SCALE_8] = N_ ("8 times"),       [DOT_SCALE_IMAGE] = N_ ("To the image"),
};

/* What decides no run, in the form of what does. */
static const DotOption own[] = {
  { "source", DOT_OPTION_CHOICE, AT (source), .enum_type = dot_source_get_type,
    .value_labels = source_labels, .label = N_ ("Start _from"),
    .tip = N_ ("What the unrefined pictures come from") },

  { "lock-seed", DOT_OPTION_FLAG, AT (lock_seed), .label = N_ ("Loc_k"),
    .tip = N_ ("Keep the seed when the filter is repeated") },

  { "live-layers", DOT_OPTION_FLAG, AT (live_layers), .initial = TRUE,
    .label                                                                           = N_ ("_Add each step as it comes"),
    .tip   = N_ ("Put every picture that is kept into the image as a layer, at once; "
               "otherwise look first, then add what you choose") },

  { "scale", DOT_OPTION_CHOICE, AT (scale), .enum_type = dot_scale_get_type,
    .value_labels = scale_labels, .label = N_ ("La_yer size"), .tip = N_ ("How large layers are made") },

  { "export-folder", DOT_OPTION_FILE, AT (export_folder), DOT_OPTION_SCRIPT,
    .label = N_ ("Export fol_der"), .tip = N_ ("Folder that gets each layer as a PNG file, too") },
};

struct _DotSettings
{
  GObject parent_instance;

  Values values;
};

G_DEFINE_FINAL_TYPE (DotSettings, dot_settings, G_TYPE_OBJECT)

/* Those of a run that the dialog shows, then its own; a property's id is its
 * place here, from 1 on. */
static const DotOption *
get_option (guint id)
{
  guint            n;
  const DotOption *table = dot_option_list (&n);

  for (guint i = 0; i < n; i++)
    if (table[i].label && --id == 0)
      return &table[i];
  return id > 0 && id <= G_N_ELEMENTS (own) ? &own[id - 1] : NULL;
}

/*  values in and out  */

static void
set_text (DotSettings *settings, const DotOption *option, char *text)
{
  char **member = &DOT_OPTION_MEMBER (option, &settings->values, char *);

  g_free (*member);
  *member = text;
  if (member == &settings->values.options.model)
    dot_settings_forget_model (settings);
}

static void
dot_settings_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  DotSettings     *settings = DOT_SETTINGS (object);
  const DotOption *option   = get_option (id);
  GFile           *file;

  switch (option->kind)
    {
    case DOT_OPTION_FILE:
      file = g_value_get_object (value);
      set_text (settings, option, file ? g_file_get_path (file) : NULL);
      break;
    case DOT_OPTION_NUMBER:
      dot_option_set_number (option, &settings->values, g_value_get_double (value));
      break;
    case DOT_OPTION_FLAG:
      dot_option_set_number (option, &settings->values, g_value_get_boolean (value));
      break;
    case DOT_OPTION_CHOICE:
      dot_option_set_number (option, &settings->values, g_value_get_enum (value));
      break;
    case DOT_OPTION_SEED:
    case DOT_OPTION_COUNT:
      dot_option_set_number (option, &settings->values, g_value_get_int (value));
      break;
    default:
      set_text (settings, option, g_value_dup_string (value));
    }
}

static void
dot_settings_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  Values          *values = &DOT_SETTINGS (object)->values;
  const DotOption *option = get_option (id);
  const char      *path;

  switch (option->kind)
    {
    case DOT_OPTION_FILE:
      path = DOT_OPTION_MEMBER (option, values, char *);
      g_value_take_object (value, path ? g_file_new_for_path (path) : NULL);
      break;
    case DOT_OPTION_NUMBER:
      g_value_set_double (value, dot_option_get_number (option, values));
      break;
    case DOT_OPTION_FLAG:
      g_value_set_boolean (value, dot_option_get_number (option, values) != 0.0);
      break;
    case DOT_OPTION_CHOICE:
      g_value_set_enum (value, (int) dot_option_get_number (option, values));
      break;
    case DOT_OPTION_SEED:
    case DOT_OPTION_COUNT:
      g_value_set_int (value, (int) dot_option_get_number (option, values));
      break;
    default:
      g_value_set_string (value, DOT_OPTION_MEMBER (option, values, char *));
    }
}

/*  the class  */

static void
values_init (Values *values)
{
  DotRefineOptions *options = dot_refine_options_new ();

  memset (values, 0, sizeof *values);
  values->options = *options;
  g_free (options);
  values->options.class_name = g_strdup ("goldfish");
  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    if (! dot_option_is_text (&own[i]))
      dot_option_set_number (&own[i], values, own[i].initial);
}

static GParamSpec *
make_spec (const DotOption *option)
{
  const char *name  = option->name;
  const char *label = _ (option->label);
  const char *tip   = _ (option->tip);
  double      from  = option->dialog_minimum;
  double      to    = option->dialog_maximum;

  switch (option->kind)
    {
    case DOT_OPTION_FILE:
      return g_param_spec_object (name, label, tip, G_TYPE_FILE, G_PARAM_READWRITE);
    case DOT_OPTION_NUMBER:
      return g_param_spec_double (name, label, tip, from, to, option->initial, G_PARAM_READWRITE);
    case DOT_OPTION_FLAG:
      return g_param_spec_boolean (name, label, tip, option->initial != 0.0, G_PARAM_READWRITE);
    case DOT_OPTION_CHOICE:
      return g_param_spec_enum (name, label, tip, option->enum_type (), (int) option->initial,
                                G_PARAM_READWRITE);
    case DOT_OPTION_SEED:
    case DOT_OPTION_COUNT:
      return g_param_spec_int (name, label, tip, (int) from, (int) to, (int) option->initial,
                               G_PARAM_READWRITE);
    default:
      return g_param_spec_string (name, label, tip,
                                  g_str_equal (name, "class") ? "goldfish" : option->initial_text,
                                  G_PARAM_READWRITE);
    }
}

static void
dot_settings_finalize (GObject *object)
{
  Values *values = &DOT_SETTINGS (object)->values;

  g_clear_pointer (&values->options.resolved, dot_model_unref);
  for (guint id = 1; get_option (id); id++)
    if (dot_option_is_text (get_option (id)))
      g_free (DOT_OPTION_MEMBER (get_option (id), values, char *));

  G_OBJECT_CLASS (dot_settings_parent_class)->finalize (object);
}

static void
dot_settings_class_init (DotSettingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize     = dot_settings_finalize;
  object_class->set_property = dot_settings_set_property;
  object_class->get_property = dot_settings_get_property;

  for (guint id = 1; get_option (id); id++)
    g_object_class_install_property (object_class, id, make_spec (get_option (id)));
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

/* What is the same already stays untouched, and so does the model that was
 * found. */
static void
assign_property (GObject *settings, GObject *from, GParamSpec *spec)
{
  GValue before = G_VALUE_INIT;
  GValue value  = G_VALUE_INIT;

  g_value_init (&before, spec->value_type);
  g_value_init (&value, spec->value_type);
  g_object_get_property (settings, spec->name, &before);
  g_object_get_property (from, spec->name, &value);
  if (g_param_values_cmp (spec, &before, &value) != 0)
    g_object_set_property (settings, spec->name, &value);
  g_value_unset (&before);
  g_value_unset (&value);
}

/**
 * dot_settings_assign:
 * @from: others
 *
 * Sets all that can be chosen to what it is there.
 */
void
dot_settings_assign (DotSettings *settings, DotSettings *from)
{
  GObjectClass *klass = G_OBJECT_GET_CLASS (settings);

  g_object_freeze_notify (G_OBJECT (settings));
  for (guint id = 1; get_option (id); id++)
    assign_property (G_OBJECT (settings), G_OBJECT (from),
                     g_object_class_find_property (klass, get_option (id)->name));
  g_object_thaw_notify (G_OBJECT (settings));
}

/**
 * dot_settings_copy:
 *
 * Returns: (transfer full): the same settings, which keep what they are
 */
DotSettings *
dot_settings_copy (DotSettings *settings)
{
  DotSettings *copy = dot_settings_new ();

  dot_settings_assign (copy, settings);
  return copy;
}

/**
 * dot_settings_get_option:
 * @property: one of the properties
 *
 * Returns: (transfer none): what it is
 */
const DotOption *
dot_settings_get_option (const char *property)
{
  const DotOption *option = NULL;

  for (guint id = 1; (option = get_option (id)); id++)
    if (g_str_equal (option->name, property))
      break;
  return option;
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
  const DotOption *option = dot_settings_get_option (property);

  return option && option->value_labels ? _ (option->value_labels[value]) : NULL;
}

/**
 * dot_settings_is_of_some:
 * @property: one of the properties
 *
 * Returns: whether it says nothing to some methods
 */
gboolean
dot_settings_is_of_some (const char *property)
{
  return g_str_equal (property, "updates") || dot_settings_get_option (property)->methods != 0;
}

/**
 * dot_settings_has:
 * @property: one of the properties
 *
 * Returns: whether it says something to the chosen method
 */
gboolean
dot_settings_has (DotSettings *settings, const char *property)
{
  DotMethod method = settings->values.options.method;

  if (g_str_equal (property, "updates"))
    return ! dot_method_chooses (method);
  return dot_option_is_of (dot_settings_get_option (property), method);
}

/* The method's default in the place of another one's. */
static void
follow_method (DotSettings *settings, const DotOption *option, DotMethod from, DotMethod to)
{
  double present = dot_option_get_number (option, &settings->values);
  double initial = dot_option_get_initial (option, to);

  if (present != dot_option_get_initial (option, from) || present == initial)
    return;
  if (option->kind == DOT_OPTION_NUMBER)
    g_object_set (settings, option->name, initial, NULL);
  else
    g_object_set (settings, option->name, (int) initial, NULL);
}

/**
 * dot_settings_choose_method:
 *
 * A person chooses a method: what was at the default of the one before goes to
 * the default of this one.
 */
void
dot_settings_choose_method (DotSettings *settings, DotMethod method)
{
  DotMethod        before = settings->values.options.method;
  const DotOption *option;

  if (method == before)
    return;
  for (guint id = 1; (option = get_option (id)); id++)
    if (! dot_option_is_text (option))
      follow_method (settings, option, before, method);
  g_object_set (settings, "method", method, NULL);
}

/*  settings → model, options  */

/**
 * dot_settings_get_model:
 *
 * Finds the model when it is asked for first, and hands out the same one until
 * another is set.
 *
 * Returns: (transfer none) (nullable): the model; %NULL with the reason why it
 *   can't be used, which the next call looks into anew
 */
DotModel *
dot_settings_get_model (DotSettings *settings, GError **error)
{
  DotRefineOptions *options = &settings->values.options;

  if (! options->resolved)
    options->resolved = dot_model_find (options->model ? options->model : "", error);
  return options->resolved;
}

/**
 * dot_settings_forget_model:
 *
 * The model may be another one now, by the same name.
 */
void
dot_settings_forget_model (DotSettings *settings)
{
  g_clear_pointer (&settings->values.options.resolved, dot_model_unref);
}

/**
 * dot_settings_take_first:
 *
 * The class and the seed become those that the model recommends to begin with,
 * where it does.
 */
void
dot_settings_take_first (DotSettings *settings)
{
  DotModel       *model = dot_settings_get_model (settings, NULL);
  const DotClass *klass;
  guint32         seed;

  klass = model ? dot_model_get_first (model, &seed) : NULL;
  if (klass)
    g_object_set (settings, "class", klass->name, "seed", (int) seed, NULL);
}

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
 *   says is still to be added, and where the model has but one class none is
 *   asked for: @settings may say another model's
 */
DotRefineOptions *
dot_settings_get_options (DotSettings *settings)
{
  DotRefineOptions *options;

  dot_settings_get_model (settings, NULL);
  options = dot_refine_options_copy (&settings->values.options);
  clear_empty (&options->model);
  clear_empty (&options->class_name);
  if (options->resolved && dot_model_get_n_classes (options->resolved) == 1)
    g_clear_pointer (&options->class_name, g_free);
  if (settings->values.source != DOT_SOURCE_FILE)
    g_clear_pointer (&options->latents, g_free);
  if (dot_method_chooses (options->method))
    options->updates = MIN (options->updates, 1);
  return options;
}

/*  JSON: what presets and the history keep  */

static void
add_member (Values *values, const DotOption *option, JsonObject *object)
{
  double      number = dot_option_is_text (option) ? 0.0 : dot_option_get_number (option, values);
  const char *text;

  switch (option->kind)
    {
    case DOT_OPTION_SEED:
    case DOT_OPTION_COUNT:
      json_object_set_int_member (object, option->name, (gint64) number);
      break;
    case DOT_OPTION_NUMBER:
      json_object_set_double_member (object, option->name, number);
      break;
    case DOT_OPTION_FLAG:
      json_object_set_boolean_member (object, option->name, number != 0.0);
      break;
    case DOT_OPTION_CHOICE:
      json_object_set_string_member (object, option->name,
                                     dot_enum_to_nick (option->enum_type (), (int) number));
      break;
    default:
      text = DOT_OPTION_MEMBER (option, values, char *);
      if (text && g_utf8_validate (text, -1, NULL))
        json_object_set_string_member (object, option->name, text);
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

  for (guint id = 1; get_option (id); id++)
    add_member (&settings->values, get_option (id), object);
  return object;
}

static gboolean
set_choice (GValue *value, const DotOption *option, const char *nick)
{
  int number;

  if (! nick || ! dot_enum_from_nick (option->enum_type (), option->name, nick, &number, NULL))
    return FALSE;

  g_value_set_enum (value, number);
  return TRUE;
}

/* A number fits if it is in range once it has the property's type. */
static gboolean
set_number (GValue *value, const DotOption *option, JsonNode *node, GType type)
{
  double number = type == G_TYPE_INT64 || type == G_TYPE_DOUBLE ? json_node_get_double (node) : NAN;

  if (! (number >= option->dialog_minimum && number <= option->dialog_maximum))
    return FALSE;

  if (option->kind == DOT_OPTION_NUMBER)
    g_value_set_double (value, number);
  else
    g_value_set_int (value, (int) number);
  return TRUE;
}

static gboolean
set_from_json (GValue *value, const DotOption *option, JsonNode *node)
{
  GType       type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_NONE;
  const char *text = type == G_TYPE_STRING ? json_node_get_string (node) : NULL;

  switch (option->kind)
    {
    case DOT_OPTION_SEED:
    case DOT_OPTION_COUNT:
    case DOT_OPTION_NUMBER:
      return set_number (value, option, node, type);
    case DOT_OPTION_CHOICE:
      return set_choice (value, option, text);
    case DOT_OPTION_FLAG:
      if (type == G_TYPE_BOOLEAN)
        g_value_set_boolean (value, json_node_get_boolean (node));
      return type == G_TYPE_BOOLEAN;
    case DOT_OPTION_FILE:
      g_value_take_object (value, text ? g_file_new_for_path (text) : NULL);
      return text != NULL;
    default:
      g_value_set_string (value, text);
      return text != NULL;
    }
}

static void
apply_member (JsonObject *object, const char *name, JsonNode *node, gpointer user_data)
{
  const DotOption *option = dot_settings_get_option (name);
  GParamSpec      *spec;
  GValue           value = G_VALUE_INIT;

  if (! option)
    return;

  spec = g_object_class_find_property (G_OBJECT_GET_CLASS (user_data), name);
  g_value_init (&value, spec->value_type);
  if (set_from_json (&value, option, node))
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
