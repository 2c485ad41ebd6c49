/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The options of a run: each is one entry of one table, from which come the
 * defaults, the checks, the command line with its help, the dialog's
 * properties, GIMP's arguments, copied commands and a picture's state. */

#include "option.h"

#include "dot-enums.h"

#include "base/intl.h"
#include "base/json.h"
#include "method/method.h"

#define MAX_UPDATES 100000

/*  what the dialog calls the values of choices, in the enums' order  */

static const char *const optimizer_labels[] = {
  [DOT_OPTIMIZER_ADAM] = N_ ("Adam"),
  [DOT_OPTIMIZER_SGD]  = N_ ("Gradient descent (SGD)"),
};

static const char *const projection_labels[] = {
  [DOT_PROJECTION_TANGENT] = N_ ("Tangent to the sphere"),
  [DOT_PROJECTION_PAPER]   = N_ ("As in the paper"),
  [DOT_PROJECTION_NONE]    = N_ ("None"),
};

static const char *const divergence_labels[] = {
  [DOT_DIVERGENCE_KL]   = N_ ("Kullback and Leibler"),
  [DOT_DIVERGENCE_JS]   = N_ ("Jensen and Shannon"),
  [DOT_DIVERGENCE_LOGD] = N_ ("log D"),
};

static const char *const calibration_labels[] = {
  [DOT_CALIBRATION_USE_PAIR] = N_ ("As real pictures' scores say"),
  [DOT_CALIBRATION_USE_RAW]  = N_ ("As they are"),
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

/*  the table  */

#define AT(member)          G_STRUCT_OFFSET (DotRefineOptions, member)
#define RANGE(from, to)     .minimum = from, .maximum = to
#define IN_DIALOG(from, to) .dialog_minimum = from, .dialog_maximum = to
#define CHOICE(name)        .enum_type = dot_##name##_get_type
#define LABELS(name)        .value_labels = name##_labels

#define REFINE   DOT_OPTION_REFINE
#define SCRIPT   DOT_OPTION_SCRIPT
#define STATE    DOT_OPTION_STATE
#define SAID     DOT_OPTION_SAID
#define OPTIONAL DOT_OPTION_OPTIONAL
#define OF_MODEL DOT_OPTION_OF_MODEL
#define OF_FILES DOT_OPTION_OF_FILES
#define OF_BLEND DOT_OPTION_OF_BLEND
#define OF_PAIR  DOT_OPTION_OF_PAIR

/* Methods. */
#define ONE(name)  (1 << DOT_METHOD_##name)
#define TRANSPORTS (ONE (DOT) | ONE (NAIVE))
#define PATHS      (TRANSPORTS | ONE (DDLS) | ONE (DGFLOW) | ONE (REP) | ONE (EX2MCMC))
#define REJECTIONS (ONE (DRS) | ONE (OBRS))
#define CHOICES    (REJECTIONS | ONE (MH))

static const DotOption table[] = {
  { "model", DOT_OPTION_MODEL, AT (model), SCRIPT | SAID | OF_MODEL | OF_PAIR,
    .initial_text = DOT_DEFAULT_MODEL, .help = N_ ("The model to use (imagenet40-64)"),
    .placeholder = N_ ("ID"), .label = N_ ("_Model"),
    .tip = N_ ("Id of the pair of networks that paints and judges") },

  { "generator", DOT_OPTION_MODEL, AT (generator), OF_PAIR,
    .help = N_ ("Weights of a generator, or a model that has one"), .placeholder = N_ ("FILE|ID") },

  { "discriminator", DOT_OPTION_MODEL, AT (discriminator), OF_PAIR,
    .help = N_ ("Weights of a discriminator, its own or another's"), .placeholder = N_ ("FILE|ID") },

  { "architecture", DOT_OPTION_TEXT, AT (architecture), OF_FILES | OF_PAIR,
    .help = N_ ("How those two are built (sngan-projection)"), .placeholder = N_ ("NAME") },

  { "prior", DOT_OPTION_CHOICE, AT (prior), OF_FILES | OF_PAIR, CHOICE (prior),
    .help = N_ ("Where their latents come from (normal)") },

  { "trust", DOT_OPTION_FLAG, AT (trust), OF_PAIR,
    .help = N_ ("Run TorchScript files, which are programs, wherever they lie") },

  { "class", DOT_OPTION_TEXT, AT (class_name), SCRIPT | SAID,
    .help        = N_ ("What the pictures show: a name, WordNet id or index (goldfish)"),
    .placeholder = N_ ("CLASS"), .label = N_ ("Cl_ass"),
    .tip = N_ ("What to paint: a class's name, WordNet id or index; empty is the model's first") },

  { "blend", DOT_OPTION_TEXT, AT (blend), REFINE, .help = N_ ("A second class to mix into the first"),
    .placeholder = N_ ("CLASS") },

  { "blend-amount", DOT_OPTION_NUMBER, AT (blend_amount), REFINE | OF_BLEND, .initial = 0.5,
    RANGE (0.0, 1.0), .help = N_ ("How much of it, from 0 to 1 (0.5)") },

  { "seed", DOT_OPTION_SEED, AT (seed), SCRIPT | SAID, RANGE (0, DOT_MAX_SEED),
    IN_DIALOG (0, DOT_MAX_SEED),
    .help = N_ ("Decides the first candidate's latent; the next ones follow (0)"), .label = N_ ("Se_ed"),
    .tip = N_ ("Number that decides what the unrefined picture is") },

  { "count", DOT_OPTION_COUNT, AT (count), REFINE | SCRIPT, .initial = 1,
    RANGE (1, DOT_MAX_CANDIDATES), IN_DIALOG (1, 1000), .help = N_ ("How many candidates (1)"),
    .label = N_ ("P_ictures"),
    .tip   = N_ ("How many pictures to refine, from this seed and the ones after it") },

  { "to-seed", DOT_OPTION_SEED, AT (to_seed), REFINE | OPTIONAL, .initial = -1,
    RANGE (0, DOT_MAX_SEED),
    .help = N_ ("Spread the candidates from the seed's latent to this seed's") },

  { "truncation", DOT_OPTION_NUMBER, AT (truncation), OPTIONAL, RANGE (0.01, 100.0),
    .help = N_ ("Draw latents no further from 0 than this (the whole prior)") },

  { "updates", DOT_OPTION_COUNT, AT (updates), REFINE | SCRIPT, .initial = 16,
    RANGE (0, MAX_UPDATES), IN_DIALOG (0, MAX_UPDATES), .help = N_ ("How many updates (16)"),
    .label = N_ ("_Updates"), .tip = N_ ("How many steps of refinement to make") },

  { "keep-every", DOT_OPTION_COUNT, AT (keep_every), REFINE | SCRIPT, PATHS, 1,
    RANGE (1, MAX_UPDATES), IN_DIALOG (1, MAX_UPDATES),
    .help = N_ ("Keep the first, the last, and every so many updates (1)"), .label = N_ ("_Keep every"),
    .tip = N_ ("Make a layer of every so many updates; the first and the last always get one") },

  { "method", DOT_OPTION_CHOICE, AT (method), SCRIPT | STATE, CHOICE (method),
    .value_labels = dot_method_titles,
    .help = N_ ("How pictures get better: dot-refine info --methods (dot)"), .label = N_ ("Meth_od"),
    .tip = N_ ("What the refinement seeks: DOT weighs the discriminator's score against "
               "the distance from the start, naive only raises the score; the last three "
               "draw several pictures for each and keep one") },

  { "space", DOT_OPTION_CHOICE, AT (space), STATE, CHOICE (space),
    .help = N_ ("Move the latent or the picture itself (latent)") },

  { "optimizer", DOT_OPTION_CHOICE, AT (optimizer), SCRIPT | STATE, TRANSPORTS, CHOICE (optimizer),
    LABELS (optimizer), .help = N_ ("How a gradient becomes an update (adam)"), .label = N_ ("Opti_mizer"),
    .tip = N_ ("How a step follows from the gradient: Adam's steps are of about the "
               "step size, SGD's grow with the gradient") },

  { "step-size", DOT_OPTION_NUMBER, AT (step_size), SCRIPT | STATE, PATHS, 0.01, RANGE (1e-9, 1e6),
    IN_DIALOG (1e-6, 10.0),
    .help  = N_ ("How far a step goes, as the method counts it (0.01; dgflow: 0.1)"),
    .label = N_ ("St_ep size"),
    .tip   = N_ ("How far a step goes: smaller ones are more careful, larger ones change more") },

  { "projection", DOT_OPTION_CHOICE, AT (projection), SCRIPT | STATE, TRANSPORTS,
    CHOICE (projection), LABELS (projection),
    .help = N_ ("What keeps a normal latent's length (tangent)"), .label = N_ ("Pro_jection"),
    .tip = N_ ("What is taken out of the gradient where latents are normally distributed") },

  { "k-eff", DOT_OPTION_NUMBER, AT (k_eff), SCRIPT | OPTIONAL, TRANSPORTS, RANGE (1e-12, 1e12),
    IN_DIALOG (0.0, 1e6), .help = N_ ("The discriminator's Lipschitz constant (auto: estimate it)"),
    .placeholder = N_ ("auto|NUMBER"), .label = N_ ("Lipschit_z constant"),
    .tip = N_ ("How steep the score is taken to be: the higher, the nearer to the "
               "start; 0 estimates it") },

  { "divergence", DOT_OPTION_CHOICE, AT (divergence), STATE, ONE (DGFLOW), CHOICE (divergence),
    LABELS (divergence), .help = N_ ("What dgflow descends (kl)"), .label = N_ ("Di_vergence"),
    .tip = N_ ("Between the pictures that are painted and real ones: what the flow descends") },

  { "noise", DOT_OPTION_NUMBER, AT (noise), STATE, ONE (DGFLOW), 0.01, RANGE (0.0, 1e6),
    IN_DIALOG (0.0, 10.0), .help = N_ ("How much noise dgflow adds, its γ (0.01)"), .label = N_ ("_Noise"),
    .tip = N_ ("How much of each step of the flow is chance") },

  { "particles", DOT_OPTION_COUNT, AT (particles), STATE, ONE (EX2MCMC), 10, RANGE (1, 10000),
    IN_DIALOG (1, 1000),
    .help  = N_ ("How many latents ex2mcmc chooses among, its own and new ones (10)"),
    .label = N_ ("Choose amon_g"),
    .tip   = N_ ("How many latents an update chooses among: the picture's own and new ones") },

  { "moves", DOT_OPTION_COUNT, AT (moves), STATE, ONE (EX2MCMC), 3, RANGE (0, 1000),
    IN_DIALOG (0, 1000), .help = N_ ("How many tested steps ex2mcmc makes after each choice (3)"),
    .label = N_ ("Steps af_ter it"), .tip = N_ ("How many tested steps follow each choice") },

  { "calibration", DOT_OPTION_CHOICE, AT (calibration), STATE, CHOICES | ONE (REP),
    CHOICE (calibration_use), LABELS (calibration),
    .help  = N_ ("What rep, mh, drs and obrs take scores for: as measured, or as they are (pair)"),
    .label = N_ ("Take sco_res"),
    .tip = N_ ("What a score says about the chance that a picture is real: dot-refine calibrate "
               "finds it out with real pictures") },

  { "proposals", DOT_OPTION_COUNT, AT (proposals), STATE, CHOICES, 640, RANGE (1, 1000000),
    IN_DIALOG (1, 100000), .help = N_ ("How many draws mh, drs and obrs may take for a candidate (640)"),
    .label = N_ ("_Draws at most"), .tip = N_ ("How many pictures may be drawn to keep one") },

  { "pilots", DOT_OPTION_COUNT, AT (pilots), STATE, REJECTIONS, 1000, RANGE (2, 1000000),
    IN_DIALOG (2, 100000), .help = N_ ("How many draws of a class drs and obrs look at first (1000)"),
    .label = N_ ("Loo_k at first"),
    .tip   = N_ ("How many pictures of the class are drawn first, to know how high scores get") },

  { "percentile", DOT_OPTION_NUMBER, AT (percentile), STATE, ONE (DRS), 80.0, RANGE (0.0, 100.0),
    IN_DIALOG (0.0, 100.0),
    .help  = N_ ("Of the pilots, which decides how easily drs keeps a draw; 0: exactly (80)"),
    .label = N_ ("_Percentile"),
    .tip   = N_ ("The higher, the more rarely a picture is kept; 0 is exact rejection sampling") },

  { "budget", DOT_OPTION_NUMBER, AT (budget), STATE, ONE (OBRS), 0.5, RANGE (0.0001, 1.0),
    IN_DIALOG (0.0001, 1.0), .help = N_ ("Which share of its draws obrs keeps (0.5)"),
    .label = N_ ("Share that is _kept"), .tip = N_ ("Of the pictures that are drawn") },

  { "engine", DOT_OPTION_CHOICE, AT (engine), OF_PAIR, CHOICE (engine),
    .help = N_ ("What computes (auto: the fastest that can)") },

  { "device", DOT_OPTION_CHOICE, AT (device), SCRIPT | OF_PAIR, CHOICE (device), LABELS (device),
    .help = N_ ("Where to compute (auto: CUDA if it works)"), .label = N_ ("Compute _with"),
    .tip = N_ ("What computes: automatic takes a GPU that works, else the processor") },

  { "precision", DOT_OPTION_CHOICE, AT (precision), SCRIPT | STATE | OF_PAIR, CHOICE (precision),
    LABELS (precision), .help = N_ ("How exactly to compute (float32)"), .label = N_ ("N_umber format"),
    .tip = N_ ("The numbers that the networks compute with: fewer bits are quicker and "
               "less exact") },

  { "delta", DOT_OPTION_NUMBER, AT (delta), SCRIPT | STATE, .initial = 0.001, RANGE (0.0, 1e6),
    IN_DIALOG (0.0, 1.0), .help = N_ ("Added to each coordinate of the distance (0.001)"),
    .label = N_ ("Dista_nce offset"),
    .tip   = N_ ("Added to every coordinate of the distance, which has no gradient where it is 0") },

  { "latents", DOT_OPTION_FILE, AT (latents), REFINE | SCRIPT,
    .help = N_ ("Latents to start from, one a candidate, instead of seeds"), .placeholder = N_ ("FILE.npy"),
    .label = N_ ("Latent f_ile"),
    .tip   = N_ ("An .npy file of latents to start from, one for each picture, instead of seeds") },

  { "labels", DOT_OPTION_FILE, AT (labels), REFINE,
    .help = N_ ("A label for each candidate, instead of the class"), .placeholder = N_ ("FILE.npy") },
};

/**
 * dot_option_list:
 * @n: (out): how many there are
 *
 * Returns: (transfer none) (array length=n): the options of a run, whose
 *   offsets are those of #DotRefineOptions
 */
const DotOption *
dot_option_list (guint *n)
{
  *n = G_N_ELEMENTS (table);
  return table;
}

/*  one of them  */

/**
 * dot_option_is_text:
 *
 * Returns: whether the member is a string that belongs to its struct
 */
gboolean
dot_option_is_text (const DotOption *option)
{
  return option->kind <= DOT_OPTION_FILE;
}

/**
 * dot_option_is_of:
 *
 * Returns: whether the option says something to the method
 */
gboolean
dot_option_is_of (const DotOption *option, DotMethod method)
{
  return option->methods == 0 || (option->methods & 1u << method);
}

/**
 * dot_option_get_initial:
 *
 * Returns: the default of a number or a choice, where the method is that one
 */
double
dot_option_get_initial (const DotOption *option, DotMethod method)
{
  const DotMethodClass *klass = dot_method_get_class (method);

  if (option->offset == AT (step_size))
    return klass->step_size;
  if (option->offset == AT (updates))
    return klass->updates;
  return option->initial;
}

/**
 * dot_option_get_number:
 * @values: the struct that has the member
 *
 * Returns: the value of an option that is no text; an enum's is its number
 */
double
dot_option_get_number (const DotOption *option, gconstpointer values)
{
  switch (option->kind)
    {
    case DOT_OPTION_SEED:
      return DOT_OPTION_MEMBER (option, values, const gint64);
    case DOT_OPTION_COUNT:
      return DOT_OPTION_MEMBER (option, values, const guint);
    case DOT_OPTION_NUMBER:
      return DOT_OPTION_MEMBER (option, values, const double);
    default:
      return DOT_OPTION_MEMBER (option, values, const int);
    }
}

/**
 * dot_option_set_number:
 * @values: the struct that has the member
 * @number: which fits into it
 *
 * The opposite of dot_option_get_number().
 */
void
dot_option_set_number (const DotOption *option, gpointer values, double number)
{
  switch (option->kind)
    {
    case DOT_OPTION_SEED:
      DOT_OPTION_MEMBER (option, values, gint64) = (gint64) number;
      break;
    case DOT_OPTION_COUNT:
      DOT_OPTION_MEMBER (option, values, guint) = (guint) number;
      break;
    case DOT_OPTION_NUMBER:
      DOT_OPTION_MEMBER (option, values, double) = number;
      break;
    default:
      DOT_OPTION_MEMBER (option, values, int) = (int) number;
    }
}

static void
write_number (const DotOption *option, const char *name, double number, JsonBuilder *builder)
{
  if ((option->uses & DOT_OPTION_OPTIONAL) && number == option->initial)
    dot_json_write_string (builder, name, option->placeholder ? "auto" : "none");
  else if (option->kind == DOT_OPTION_CHOICE)
    dot_json_write_enum (builder, name, option->enum_type (), (int) number);
  else if (option->kind == DOT_OPTION_FLAG)
    dot_json_write_boolean (builder, name, number != 0.0);
  else if (option->kind == DOT_OPTION_NUMBER)
    dot_json_write_double (builder, name, number);
  else
    dot_json_write_int (builder, name, (gint64) number);
}

/**
 * dot_option_write_json:
 * @values: the struct that has the member
 *
 * Adds a member to the object that @builder is in: the option's name with
 * underscores, and its value, null where a text isn't given.
 */
void
dot_option_write_json (const DotOption *option, gconstpointer values, JsonBuilder *builder)
{
  g_autofree char *name = g_strdelimit (g_strdup (option->name), "-", '_');

  if (dot_option_is_text (option))
    dot_json_write_string (builder, name, DOT_OPTION_MEMBER (option, values, const char *const));
  else
    write_number (option, name, dot_option_get_number (option, values), builder);
}
