/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What ui/ and plugin/ call of libdotrefine; the command line includes the
 * folders' headers, too.  The functions are documented above their definitions.
 *
 * A model is found or made from two files (DotModel: a description, cheap),
 * loaded onto a device (DotPair: weights in memory), and refined
 * (dot_refine: one call, a callback for every update). */

#pragma once

#include "dot-choices.h"
#include "dot-files.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*  errors  */

#define DOT_ERROR (dot_error_quark ())

/**
 * DotError:
 * @DOT_ERROR_FAILED: anything that has no code of its own
 * @DOT_ERROR_NOT_FOUND: a model, a class or a file that isn't there
 * @DOT_ERROR_INVALID_FILE: a file that is damaged or doesn't fit
 * @DOT_ERROR_INVALID_ARGUMENT: an option out of its range
 * @DOT_ERROR_NO_MEMORY: the computer's memory doesn't suffice
 * @DOT_ERROR_NO_DEVICE_MEMORY: the GPU's memory doesn't suffice
 * @DOT_ERROR_NO_BACKEND: libtorch can't be loaded
 * @DOT_ERROR_NO_DEVICE: the device that was asked for doesn't work
 * @DOT_ERROR_NOT_FINITE: a NaN or an infinity turned up
 * @DOT_ERROR_NOT_TRUSTED: a program that nobody has said yes to
 *
 * The message of each is one translated sentence that names the file or
 * the argument and says the fix.  A cancelled call ends with
 * %G_IO_ERROR_CANCELLED instead.
 */
typedef enum
{
  DOT_ERROR_FAILED,
  DOT_ERROR_NOT_FOUND,
  DOT_ERROR_INVALID_FILE,
  DOT_ERROR_INVALID_ARGUMENT,
  DOT_ERROR_NO_MEMORY,
  DOT_ERROR_NO_DEVICE_MEMORY,
  DOT_ERROR_NO_BACKEND,
  DOT_ERROR_NO_DEVICE,
  DOT_ERROR_NOT_FINITE,
  DOT_ERROR_NOT_TRUSTED
} DotError;

GQuark dot_error_quark (void);

gboolean dot_line_is_valid (const char *text);
char    *dot_line_from_text (const char *text);

/*  choices, which are in dot-choices.h  */

const char *dot_enum_to_nick (GType enum_type, int value);
gboolean    dot_enum_from_nick (GType       enum_type,
                                const char *option,
                                const char *nick,
                                int        *value,
                                GError    **error);

/*  models  */

/**
 * DotClass:
 * @label: the row of the pair's own label tables
 * @index: the ImageNet class (0 … 999), or @label where that isn't known
 * @wnid: (nullable): the WordNet id, "n01443537"
 * @name: the short name, "goldfish", or "class 3" where none is known
 * @synonyms: (nullable): further names, separated by ", "
 */
typedef struct
{
  guint       label;
  guint       index;
  const char *wnid;
  const char *name;
  const char *synonyms;
} DotClass;

typedef struct _DotModel DotModel;

GPtrArray      *dot_model_list (void);
DotModel       *dot_model_find (const char *id, GError **error);
DotModel       *dot_model_ref (DotModel *model);
void            dot_model_unref (DotModel *model);
const char     *dot_model_describe_score (DotModel *model);
gboolean        dot_model_is_program (DotModel *model);
gboolean        dot_model_trust_check (DotModel *model, GError **error);
const char     *dot_model_get_id (DotModel *model);
const char     *dot_model_get_title (DotModel *model);
const char     *dot_model_get_license (DotModel *model);
const char     *dot_model_get_provenance (DotModel *model);
const char     *dot_model_get_architecture (DotModel *model);
const char     *dot_model_get_problem (DotModel *model);
guint           dot_model_get_image_size (DotModel *model);
guint           dot_model_get_channels (DotModel *model);
DotPrior        dot_model_get_prior (DotModel *model);
guint           dot_model_get_n_classes (DotModel *model);
const DotClass *dot_model_get_class (DotModel *model, guint position);
const DotClass *dot_model_get_first (DotModel *model, guint32 *seed);
const DotClass *dot_model_find_class (DotModel *model, const char *text, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotModel, dot_model_unref)

/*  a model's folder, and the folders that models are looked for in  */

const char *dot_model_get_folder (DotModel *model);
const char *dot_model_get_preview (DotModel *model);
guint64     dot_model_get_bytes (DotModel *model);
gboolean    dot_model_remove_check (DotModel *model, GError **error);
gboolean    dot_model_remove (DotModel *model, GError **error);

GStrv    dot_model_folders_list (void);
gboolean dot_model_folders_add (const char *folder, GError **error);
gboolean dot_model_folders_forget (const char *folder, GError **error);

/*  a pair in memory  */

/**
 * DotProgressFunc:
 * @message: what is being done, translated
 * @fraction: how much of it is done, 0 … 1
 * @user_data: as given
 *
 * Told about the long steps that are no updates: loading, estimating k_eff.
 * Called in the thread that called the function.
 */
typedef void (*DotProgressFunc) (const char *message, double fraction, gpointer user_data);

typedef struct _DotPair DotPair;

DotPair *dot_pair_load (DotModel       *model,
                        DotEngine       engine,
                        DotDevice       device,
                        DotPrecision    precision,
                        DotProgressFunc progress,
                        gpointer        user_data,
                        GCancellable   *cancellable,
                        GError        **error);
DotPair *dot_pair_ref (DotPair *pair);
void     dot_pair_unref (DotPair *pair);

const char *dot_pair_get_warning (DotPair *pair);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotPair, dot_pair_unref)

char *dot_diagnostics_text (const char *host, DotModel *model, const char *problem);

/*  bringing one's own  */

const char *dot_architecture_get_name (guint index, const char **label);

/**
 * DotImportOptions:
 * @generator: a generator's weights: .npz, .safetensors or TorchScript
 * @discriminator: the discriminator's
 * @architecture: (nullable): how those two are built; where it is %NULL what
 *   the files, or a model.json beside them, say, or "sngan-projection"
 * @prior: what their latents are drawn from, unless a model.json says it
 * @id: (nullable): the new model's name; the file's or folder's where it is
 *   %NULL
 * @title: (nullable): one line
 * @license: (nullable): its terms
 * @provenance: (nullable): who made it, how, from what
 * @classes: (nullable): a table of label, WordNet id, ImageNet index and
 *   name, separated by tabs
 * @key_map: (nullable): JSON that says what our arrays are called in the
 *   files (docs/import.md)
 * @description: (nullable): JSON like model.json that says how TorchScript
 *   files are called; %NULL where one is beside them
 * @trust: whether files that are programs may run, wherever they lie
 * @folder: (nullable): where the new model's folder is put; the person's
 *   models where it is %NULL
 * @k_eff: whether to estimate the constant of each class
 * @replace: whether a model that is there already gives way to the new one, when
 *   that is whole
 * @device: where to compute
 *
 * What to make a model of.  The strings belong to the struct.
 */
typedef struct
{
  char     *generator;
  char     *discriminator;
  char     *architecture;
  DotPrior  prior;
  char     *id;
  char     *title;
  char     *license;
  char     *provenance;
  char     *classes;
  char     *key_map;
  char     *description;
  gboolean  trust;
  char     *folder;
  gboolean  k_eff;
  gboolean  replace;
  DotDevice device;
} DotImportOptions;

DotImportOptions *dot_import_options_new (void);
void              dot_import_options_free (DotImportOptions *options);
char             *dot_import_guess_id (const char *generator);
char             *dot_import_guess_architecture (const char *file,
                                                 gboolean    is_generator,
                                                 DotPrior   *prior,
                                                 GError    **error);
gboolean          dot_import_check_trust (const DotImportOptions *options, GError **error);
DotModel         *dot_import (const DotImportOptions *options,
                              DotProgressFunc         progress,
                              gpointer                user_data,
                              GCancellable           *cancellable,
                              char                  **warning,
                              GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotImportOptions, dot_import_options_free)

/*  fetching a public pair, which nothing does unless it is asked to  */

guint64   dot_download_get_size (DotModel *model, char **address);
DotModel *dot_download (DotModel       *model,
                        const char     *folder,
                        DotDevice       device,
                        DotProgressFunc progress,
                        gpointer        user_data,
                        GCancellable   *cancellable,
                        char          **warning,
                        GError        **error);

/*  refining  */

/* The pair that ships. */
#define DOT_DEFAULT_MODEL "imagenet40-64"

#define DOT_MAX_SEED       G_MAXINT32
#define DOT_MAX_CANDIDATES 65536

/**
 * DotRefineOptions:
 * @model: id of the model; ignored where @generator is set
 * @generator: (nullable): a generator's file, with @discriminator
 * @discriminator: (nullable): a discriminator's file
 * @architecture: the layout of those two files
 * @prior: the prior of those two files
 * @trust: whether files that are programs may run, wherever they lie
 * @class_name: (nullable): a class's name, WordNet id or index;
 *   %NULL is the model's first class
 * @seed: latent of the first candidate, 0 … 2³¹−1
 * @count: how many candidates, from the seeds @seed, @seed + 1 …
 * @updates: how many updates, 0 … 100000
 * @keep_every: keep update 0, every so many updates, and the last
 * @step_size: SGD's ε or Adam's α
 * @k_eff: the Lipschitz constant, or 0 to estimate it per class
 * @delta: added to every coordinate of the distance's argument
 * @divergence: that DGflow descends
 * @noise: DGflow's γ
 * @particles: how many Ex²MCMC chooses among
 * @moves: how many steps Ex²MCMC makes after each choice
 * @calibration: what the methods that must know it take scores for
 * @proposals: how many draws MH-GAN, DRS and OBRS may take for a candidate
 * @pilots: how many draws of a class DRS and OBRS look at first
 * @percentile: of the pilots' F, which is DRS's γ; 0: γ is 0
 * @budget: the share of draws that OBRS keeps
 * @to_seed: latents on the way from @seed's to this seed's, @count of them;
 *   or −1
 * @truncation: latents no further from 0 than this in any coordinate; 0 is
 *   the whole prior
 * @blend: (nullable): a second class, mixed into the first
 * @blend_amount: how much of it, 0 … 1; 0.5 unless changed
 * @states: (nullable): the JSON of candidates of earlier steps, all after the
 *   same update, to go on from as one run, ended by %NULL; each one's class,
 *   latent, update and, where @k_eff is 0, constant go before those here
 * @to_state: (nullable): with one of @states: not to go on from that one, but
 *   @count new candidates on the way from its latent to this state's, both
 *   included; all of the first one's class
 * @picture: (nullable): the bytes of a picture file, of any kind that can be read: what
 *   is refined is the latent whose picture is nearest to its middle square, which is
 *   looked for first; @seed decides where from
 * @resolved: (nullable): the model that the names above mean, where it was found
 *   already
 * @latents: (nullable): an .npy of latents (count, d) instead of seeds
 * @labels: (nullable): an .npy of labels (count), instead of the class
 *
 * Everything that decides a run.  The strings belong to the struct.
 */
typedef struct
{
  char         *model;
  char         *generator;
  char         *discriminator;
  char         *architecture;
  DotPrior      prior;
  gboolean      trust;
  char         *class_name;
  gint64        seed;
  guint         count;
  guint         updates;
  guint         keep_every;
  DotMethod     method;
  DotSpace      space;
  DotOptimizer  optimizer;
  DotProjection projection;
  double        step_size;
  double        k_eff;
  double        delta;
  gint64        to_seed;
  double        truncation;
  char         *blend;
  double        blend_amount;
  GStrv         states;
  char         *to_state;
  GBytes       *picture;
  DotModel     *resolved;
  DotEngine     engine;
  DotDevice     device;
  DotPrecision  precision;
  char         *latents;
  char         *labels;

  DotDivergence     divergence;
  double            noise;
  guint             particles;
  guint             moves;
  DotCalibrationUse calibration;
  guint             proposals;
  guint             pilots;
  double            percentile;
  double            budget;
} DotRefineOptions;

DotRefineOptions *dot_refine_options_new (void);
DotRefineOptions *dot_refine_options_copy (const DotRefineOptions *options);
void              dot_refine_options_free (DotRefineOptions *options);
gboolean          dot_refine_options_check (const DotRefineOptions *options, GError **error);
DotModel         *dot_refine_options_find_model (const DotRefineOptions *options, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotRefineOptions, dot_refine_options_free)

/*  the options one by one, for whoever reads, shows or writes them  */

/**
 * DotOptionKind:
 * @DOT_OPTION_TEXT: a char *
 * @DOT_OPTION_MODEL: a char *, the id of a model or the path of a file
 * @DOT_OPTION_FILE: a char *, a path
 * @DOT_OPTION_SEED: a gint64
 * @DOT_OPTION_COUNT: a guint
 * @DOT_OPTION_NUMBER: a double
 * @DOT_OPTION_CHOICE: an enum
 * @DOT_OPTION_FLAG: a gboolean
 *
 * What a member is.
 */
typedef enum
{
  DOT_OPTION_TEXT,
  DOT_OPTION_MODEL,
  DOT_OPTION_FILE,
  DOT_OPTION_SEED,
  DOT_OPTION_COUNT,
  DOT_OPTION_NUMBER,
  DOT_OPTION_CHOICE,
  DOT_OPTION_FLAG
} DotOptionKind;

/**
 * DotOptionUse:
 * @DOT_OPTION_REFINE: refine has it, other commands of a run don't
 * @DOT_OPTION_SCRIPT: an argument of GIMP's procedure
 * @DOT_OPTION_STATE: part of what a picture carries
 * @DOT_OPTION_SAID: part of a copied command, even where it is the default
 * @DOT_OPTION_OPTIONAL: the default means that nothing is given
 * @DOT_OPTION_OF_MODEL: means nothing beside a generator's file
 * @DOT_OPTION_OF_FILES: means something together with a generator's file only
 * @DOT_OPTION_OF_BLEND: with a second class only
 * @DOT_OPTION_OF_PAIR: says which pair, or what computes it
 *
 * Where an option is used.
 */
typedef enum
{
  DOT_OPTION_REFINE   = 1 << 0,
  DOT_OPTION_SCRIPT   = 1 << 1,
  DOT_OPTION_STATE    = 1 << 2,
  DOT_OPTION_SAID     = 1 << 3,
  DOT_OPTION_OPTIONAL = 1 << 4,
  DOT_OPTION_OF_MODEL = 1 << 5,
  DOT_OPTION_OF_FILES = 1 << 6,
  DOT_OPTION_OF_BLEND = 1 << 7,
  DOT_OPTION_OF_PAIR  = 1 << 8
} DotOptionUse;

/**
 * DotOption:
 * @name: on the command line, of GIMP's argument and of the dialog's property
 * @offset: of the member, which has the type of @kind
 * @uses: of #DotOptionUse
 * @methods: the methods that have it, a bit each; 0: all
 * @initial: the default of a number or a choice
 * @initial_text: (nullable): the default of a text
 * @minimum, @maximum: of a number
 * @dialog_minimum, @dialog_maximum: the narrower range of a dialog
 * @enum_type: of a choice
 * @help: a sentence for --help, which names the default in parentheses
 * @placeholder: (nullable): what --help shows for the value; %NULL where the
 *   kind says it
 * @label: (nullable): in the dialog, with a mnemonic; %NULL where it isn't there
 * @tip: what the dialog says more
 * @value_labels: what a choice's values are called there, in the enum's order
 *
 * All that is known about one option.  The texts are to be translated.
 */
typedef struct
{
  const char   *name;
  DotOptionKind kind;
  gsize         offset;
  guint         uses;
  guint         methods;
  double        initial;
  const char   *initial_text;
  double        minimum;
  double        maximum;
  double        dialog_minimum;
  double        dialog_maximum;
  GType (*enum_type) (void);
  const char        *help;
  const char        *placeholder;
  const char        *label;
  const char        *tip;
  const char *const *value_labels;
} DotOption;

#define DOT_OPTION_MEMBER(option, values, Type) \
  (*(Type *) (gpointer) ((char *) (values) + (option)->offset))

const DotOption *dot_option_list (guint *n);
gboolean         dot_option_is_text (const DotOption *option);
gboolean         dot_option_is_of (const DotOption *option, DotMethod method);
double           dot_option_get_initial (const DotOption *option, DotMethod method);
gboolean         dot_method_chooses (DotMethod method);
double           dot_option_get_number (const DotOption *option, gconstpointer values);
void             dot_option_set_number (const DotOption *option, gpointer values, double number);

/**
 * DotStep:
 * @update: 0 is the unrefined picture
 * @n_updates: how many there will be
 * @keep: whether @keep_every asks for this one; not for the first of a run
 *   that goes on from another, which has it
 * @batch: candidates, B
 * @latent_size: d
 * @point_size: size of what moves: d, or C·H·W in target space
 * @channels: of the pictures: 3, 1 where they are gray, or 2 where they are
 *   points of the plane
 * @width, @height: of the pictures, in pixels; 1 of points
 * @picture_distance: the root of the mean square of what update 0's picture and the
 *   one that was looked for differ by, both in [−1, 1]; 0 where none was
 * @seeds: (B); −1 where the latent came from a file, or was looked for
 * @classes: (B); owned by the model
 * @origins: (B, point_size) where each candidate started
 * @points: (B, point_size) where it is; in latent space the latent
 * @latents: (B, d) the latent, which doesn't move in target space
 * @scores: (B) D(G(z|y)|y)
 * @gradients: (B, point_size) of the score
 * @distances: (B) ‖point − origin + δ‖₂
 * @k_eff: (B); 0 where the method has none
 * @second_moments: (nullable): (B, point_size) Adam's v
 * @drawn: (nullable): (B) how many latents were proposed, where the method refuses
 *   some
 * @accepted: (nullable): (B) how many of them it accepted
 * @images: (B, channels, height, width); pictures are in [−1, 1]
 *
 * The state after an update, for all candidates.  Everything in it belongs
 * to dot_refine() and is valid during the callback only; dot_step_copy()
 * keeps it.
 */
typedef struct
{
  guint            update;
  guint            n_updates;
  gboolean         keep;
  gsize            batch;
  gsize            latent_size;
  gsize            point_size;
  guint            channels;
  guint            width;
  guint            height;
  double           picture_distance;
  const gint64    *seeds;
  const DotClass **classes;
  const double    *origins;
  const double    *points;
  const double    *latents;
  const double    *scores;
  const double    *gradients;
  const double    *distances;
  const double    *k_eff;
  const double    *second_moments;
  const guint     *drawn;
  const guint     *accepted;
  const float     *images;
} DotStep;

typedef void (*DotStepFunc) (const DotStep *step, gpointer user_data);

gboolean dot_refine (DotPair                *pair,
                     const DotRefineOptions *options,
                     DotStepFunc             step,
                     DotProgressFunc         progress,
                     gpointer                user_data,
                     GCancellable           *cancellable,
                     GError                **error);

/**
 * DotFrame:
 * @update: after how many updates; 0 is the unrefined picture
 * @n_updates: how many the run has
 * @candidate: which of the run's pictures
 * @batch: how many of them there are
 * @seed: what the latent came from, or −1
 * @class_name: what is painted
 * @title: what a layer of it is called, dot_step_get_title()
 * @filename: what a file of it is called, dot_step_get_filename()
 * @state: the JSON that is needed to continue, dot_state_from_step()
 * @score: D(G(z|y)|y)
 * @distance: from where it started
 * @picture_distance: of where it started from the picture that was looked for,
 *   #DotStep; 0 where none was
 * @channels: 3, or 1 where it is gray
 * @width, @height: in pixels
 * @image: (channels, height, width) in [−1, 1]
 * @contrast: the standard deviation of its pixels
 * @excess: by how many standard deviations its latent is longer than others
 *
 * One candidate after one update, with all that a layer, a file or a widget
 * needs of it.  It depends on nothing else, belongs to whoever holds a
 * reference, and isn't changed.
 */
typedef struct
{
  guint  update;
  guint  n_updates;
  guint  candidate;
  guint  batch;
  gint64 seed;
  char  *class_name;
  char  *title;
  char  *filename;
  char  *state;
  double score;
  double distance;
  double picture_distance;
  guint  channels;
  guint  width;
  guint  height;
  float *image;
  double contrast;
  double excess;
} DotFrame;

DotFrame *dot_frame_new (const DotStep          *step,
                         gsize                   candidate,
                         DotPair                *pair,
                         const DotRefineOptions *options);
DotFrame *dot_frame_ref (DotFrame *frame);
void      dot_frame_unref (DotFrame *frame);
guint8   *dot_frame_get_pixels (const DotFrame *frame);
gboolean  dot_collapse_check (const DotFrame *frame, const DotFrame *first);
gboolean  dot_frame_save_png (const DotFrame *frame,
                              const char     *folder,
                              char          **path,
                              GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotFrame, dot_frame_unref)

/*  frames as one file  */

/**
 * DotExportFormat:
 * @DOT_EXPORT_PNG: a folder of pictures, one a frame, with their states
 * @DOT_EXPORT_ORA: OpenRaster: a layer a frame, the first one lowest
 * @DOT_EXPORT_SHEET: a PNG of all frames: a row a candidate, a column an update
 * @DOT_EXPORT_GIF: an animation of at most 256 colours a frame
 * @DOT_EXPORT_WEBP: an animation, lossless unless another quality is asked for
 * @DOT_EXPORT_NPY: the latents, which --latents takes, (count, d) float32
 *
 * In an animation the candidates move side by side, eight in a row, one frame
 * an update; where all are after the same update it shows one after another.
 */
typedef enum
{
  DOT_EXPORT_PNG,
  DOT_EXPORT_ORA,
  DOT_EXPORT_SHEET,
  DOT_EXPORT_GIF,
  DOT_EXPORT_WEBP,
  DOT_EXPORT_NPY
} DotExportFormat;

/**
 * DotExportOptions:
 * @path: of the file; of the folder for %DOT_EXPORT_PNG
 * @scale: 1, 2, 4 or 8 times as large
 * @smooth: whether larger pixels are blended into one another
 * @delay: how long an animation shows a frame, 10 … 60000 ms; GIF knows
 *   hundredths of a second
 * @quality: of a WebP: 100 is lossless, less is smaller and lossy
 *
 * What to make of frames.  The string belongs to the struct.
 */
typedef struct
{
  DotExportFormat format;
  char           *path;
  guint           scale;
  gboolean        smooth;
  guint           delay;
  guint           quality;
} DotExportOptions;

DotExportOptions *dot_export_options_new (DotExportFormat format, const char *path);
void              dot_export_options_free (DotExportOptions *options);
gboolean          dot_export (GPtrArray              *frames,
                              const DotExportOptions *options,
                              DotProgressFunc         progress,
                              gpointer                user_data,
                              GCancellable           *cancellable,
                              GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotExportOptions, dot_export_options_free)

/*  the other way round  */

GBytes *dot_latents_to_npy (const double *latents, gsize count, gsize size);

G_END_DECLS
