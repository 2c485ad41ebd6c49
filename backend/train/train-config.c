/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A training's configuration: JSON, each key of which is known, so that a
 * mistyped one is no silent default. */

#include "train-config.h"

#include "dot-enums.h"
#include "model/manifest.h"
#include "network/architecture.h"

#include "base/intl.h"
#include "base/json.h"

#include <math.h>
#include <string.h>

#define MAX_COUNT 1000000000u

/* An inception score is of ten parts. */
#define MIN_SAMPLES 10
#define MAX_SAMPLES 10000000

/*  reading values  */

static void
report_wrong (const char *file,
              const char *inside,
              const char *key,
              const char *must_be,
              GError    **error)
{
  /* Translators: the first %s is a file, then a key in it, and what its value
   * must be */
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE, _ ("%s: “%s%s” must be %s."), file, inside,
               key, must_be);
}

static void
report_unknown (const char *file, const char *inside, const char *key, GError **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("%s: the key “%s%s” is not known: docs/train.md lists those there are."), file,
               inside, key);
}

static const DotJsonSentences sentences = { report_wrong, report_unknown };

static char *
read_text (DotJson *json, const char *key, const char *fallback)
{
  const char *text = dot_json_get_string (json, key, fallback);

  if (text && ! *text)
    dot_json_fail (json, key, _ ("a text"));
  return g_strdup (text);
}

/* Files are looked for beside the configuration. */
static char *
read_path (const DotTrainConfig *config, DotJson *json, const char *key)
{
  g_autofree char *path = read_text (json, key, NULL);

  return path ? g_canonicalize_filename (path, config->folder) : NULL;
}

static const DotJsonWord losses[]     = { { "logistic", DOT_LOSS_LOGISTIC },
                                          { "hinge", DOT_LOSS_HINGE },
                                          { "wgan", DOT_LOSS_WGAN },
                                          { NULL, 0 } };
static const DotJsonWord augments[]   = { { "color", DOT_AUGMENT_COLOR },
                                          { "translation", DOT_AUGMENT_TRANSLATION },
                                          { "cutout", DOT_AUGMENT_CUTOUT },
                                          { NULL, 0 } };
static const DotJsonWord fakes[]      = { { "current", DOT_FAKES_CURRENT },
                                          { "average", DOT_FAKES_AVERAGE },
                                          { NULL, 0 } };
static const DotJsonWord critics[]    = { { "sn", TRUE }, { "wgan", FALSE }, { NULL, 0 } };
static const DotJsonWord precisions[] = { { "auto", DOT_PRECISION_AUTO },
                                          { "float32", DOT_PRECISION_FLOAT32 },
                                          { "tf32", DOT_PRECISION_TF32 },
                                          { "bfloat16", DOT_PRECISION_BFLOAT16 },
                                          { NULL, 0 } };

static void
read_data (DotTrainConfig *config, DotJson *parent)
{
  g_autoptr (DotJson) json = dot_json_get_object (parent, "data", "data.");

  config->data_kind    = read_text (json, "kind", NULL);
  config->data_path    = read_path (config, json, "path");
  config->data_part    = read_text (json, "part", NULL);
  config->data_classes = dot_json_get_strings (json, "classes");
  config->data_flip    = dot_json_get_boolean (json, "flip", FALSE);
  dot_json_check_keys (json);
}

/* One network's own numbers. */
static void
read_network (DotTrainConfig *config,
              DotJson        *parent,
              guint           network,
              const char     *key,
              const char     *prefix,
              guint           width)
{
  g_autoptr (DotJson) json = dot_json_get_object (parent, key, prefix);

  config->rates[network]            = dot_json_get_number (json, "rate", 2e-4, 0.0, 1.0);
  config->trainer.betas[network][0] = dot_json_get_number (json, "beta1", 0.0, 0.0, 0.9999);
  config->trainer.betas[network][1] = dot_json_get_number (json, "beta2", 0.9, 0.0, 0.9999999);
  config->widths[network]           = dot_json_get_integer (json, "width", width, 1, 4096);
  dot_json_check_keys (json);
}

static void
read_initial (DotTrainConfig *config, DotJson *parent)
{
  const char *const *files = dot_manifest_roles;
  g_autoptr (DotJson) json = dot_json_get_object (parent, "initial", "initial.");

  for (guint i = 0; i < 2; i++)
    config->initial[i] = read_path (config, json, files[i]);
  config->projected.initial = read_path (config, json, "projected");
  if (dot_json_has (parent, "initial") && (! config->initial[0] || ! config->initial[1]))
    dot_json_fail (json, config->initial[0] ? files[1] : files[0], _ ("a file"));
  dot_json_check_keys (json);
}

/*  judges  */

/* Of a judge of which nothing else is said.
 * @fallback: where there is no word of it */
static double
read_weight (DotJson *parent, const char *judge, const char *prefix, double fallback)
{
  g_autoptr (DotJson) json = dot_json_get_object (parent, judge, prefix);
  double weight;

  weight = dot_json_get_number (json, "weight", dot_json_has (parent, judge) ? 1.0 : fallback, 0.0,
                                1e6);
  dot_json_check_keys (json);
  return weight;
}

static void
read_projected (DotTrainConfig *config, DotJson *parent)
{
  g_autoptr (DotJson) json = dot_json_get_object (parent, "projected", "judges.projected.");
  DotTrainProjected *judge = &config->projected;

  judge->features = read_path (config, json, "features");
  judge->side     = dot_json_get_integer (json, "side", 0, 0, 4096);
  judge->weight   = dot_json_get_number (json, "weight", 1.0, 1e-6, 1e6);
  judge->rate     = dot_json_get_number (json, "rate", 2e-4, 0.0, 1.0);
  judge->betas[0] = dot_json_get_number (json, "beta1", 0.0, 0.0, 0.9999);
  judge->betas[1] = dot_json_get_number (json, "beta2", 0.99, 0.0, 0.9999999);
  if (dot_json_has (parent, "projected") && ! judge->features)
    dot_json_fail (json, "features", _ ("a file"));
  dot_json_check_keys (json);
}

static void
read_judges (DotTrainConfig *config, DotJson *parent)
{
  g_autoptr (DotJson) json = dot_json_get_object (parent, "judges", "judges.");

  /* Without a word of judges the pair's own discriminator is alone. */
  config->trainer.weight = read_weight (json, "plain", "judges.plain.",
                                        dot_json_has (parent, "judges") ? 0.0 : 1.0);
  read_projected (config, json);
  config->trainer.texture = read_weight (json, "texture", "judges.texture.", 0.0);
  dot_json_check_keys (json);
  if (config->trainer.weight == 0.0 && ! config->projected.features)
    dot_json_fail (parent, "judges", _ ("an object with “plain”, “projected”, or both"));
  if (config->projected.initial && ! config->projected.features)
    dot_json_fail (parent, "initial.projected", _ ("left out without a projected judge"));
}

static void
read_blur (DotTrainConfig *config, DotJson *parent)
{
  g_autoptr (DotJson) json = dot_json_get_object (parent, "blur", "blur.");

  config->blur_sigma    = dot_json_get_number (json, "sigma", 0.0, 0.0, 64.0);
  config->blur_pictures = dot_json_get_integer (json, "pictures", 0, 1, MAX_COUNT);
  if (config->blur_sigma > 0.0 && config->blur_pictures == 0)
    dot_json_fail (json, "pictures", _ ("the number of pictures that it takes to go away"));
  dot_json_check_keys (json);
}

/*  retouching  */

static void
read_retouch (DotTrainConfig *config, DotJson *parent)
{
  g_autoptr (DotJson) json = dot_json_get_object (parent, "retouch", "retouch.");
  DotTrainerRetouch *how   = &config->trainer.retouch;

  config->retouch_width = dot_json_get_integer (json, "width",
                                                dot_json_has (parent, "retouch") ? 16 : 0, 1, 1024);
  how->grain            = dot_json_get_number (json, "grain", 0.1, 0.0, 4.0);
  how->edges            = dot_json_get_number (json, "edges", 0.03, 0.0, 4.0);
  how->colors           = dot_json_get_number (json, "colors", 0.2, 0.0, 0.5);
  dot_json_check_keys (json);
}

/* It is of a generator that can paint already, and of one architecture. */
static void
check_retouch (DotTrainConfig *config, DotJson *json)
{
  if (strcmp (config->architecture, "sngan-projection") != 0)
    dot_json_fail (json, "retouch", _ ("left out but with sngan-projection"));
  else if (! config->initial[0])
    dot_json_fail (json, "initial.generator", _ ("the generator that is to retouch its pictures"));
}

/*  the training  */

static void
read_refined (DotTrainRefined *refined, DotJson *parent)
{
  g_autoptr (DotJson) json = dot_json_get_object (parent, "refined", "finish.refined.");
  gboolean there           = dot_json_has (parent, "refined");

  refined->share   = dot_json_get_number (json, "share", there ? 0.5 : 0.0, 0.0, 1.0);
  refined->updates = dot_json_get_integer (json, "updates", 4, 1, 1000);
  refined->rate    = dot_json_get_number (json, "rate", 0.04, 1e-6, 10.0);
  refined->k_eff   = dot_json_get_number (json, "k_eff", 1.0, 1e-6, 1e6);
  dot_json_check_keys (json);
}

static void
read_finish (DotTrainConfig *config, DotJson *parent)
{
  g_autoptr (DotJson) json = dot_json_get_object (parent, "finish", "finish.");

  config->finish_steps          = dot_json_get_integer (json, "steps", 0, 0, MAX_COUNT);
  config->finish_rate           = dot_json_get_number (json, "rate", config->rates[1], 0.0, 1.0);
  config->projected.finish_rate = dot_json_get_number (json, "rate", config->projected.rate, 0.0,
                                                       1.0);
  config->finish_augment        = dot_json_get_flags (json, "augment", augments, config->augment);
  config->finish_mismatch = dot_json_get_number (json, "mismatch", config->mismatch, 0.0, 1e6);
  config->finish_decay    = dot_json_get_boolean (json, "decay", FALSE);
  read_refined (&config->refined, json);
  dot_json_check_keys (json);
}

static void
read_intervals (DotTrainConfig *config, DotJson *parent)
{
  g_autoptr (DotJson) json = dot_json_get_object (parent, "every", "every.");

  config->log_every      = dot_json_get_integer (json, "log", 100, 1, MAX_COUNT);
  config->save_every     = dot_json_get_integer (json, "checkpoint", 500, 1, MAX_COUNT);
  config->samples_every  = dot_json_get_integer (json, "samples", 500, 0, MAX_COUNT);
  config->evaluate_every = dot_json_get_integer (json, "evaluate", 0, 0, MAX_COUNT);
  config->weights_every  = dot_json_get_integer (json, "weights", 0, 0, MAX_COUNT);
  dot_json_check_keys (json);
}

static void
read_evaluation (DotTrainConfig *config, DotJson *parent)
{
  g_autoptr (DotJson) json = dot_json_get_object (parent, "evaluate", "evaluate.");
  g_autofree char *against = read_text (json, "against", "train");

  config->evaluate_features = read_path (config, json, "features");
  config->evaluate_samples = dot_json_get_integer (json, "samples", 1000, MIN_SAMPLES, MAX_SAMPLES);
  if (strcmp (against, "train") != 0)
    config->evaluate_against = g_canonicalize_filename (against, config->folder);
  dot_json_check_keys (json);
}

static void
read_pair (DotTrainConfig *config, DotJson *json)
{
  const DotArchitecture *architecture;
  const DotInitial      *initial;
  gboolean               points;

  config->architecture = read_text (json, "architecture", "sngan-projection");
  architecture         = dot_architecture_find (config->architecture, NULL);
  initial              = architecture ? architecture->initial : dot_sngan_projection.initial;
  if (! initial)
    {
      dot_json_fail (json, "architecture", _ ("one that a pair is trained with"));
      initial = dot_sngan_projection.initial;
    }
  points              = initial->points;
  config->image_size  = dot_json_get_integer (json, "image_size", points ? 1 : 64, 1, 4096);
  config->latent_size = dot_json_get_integer (json, "latent_size", points ? 2 : 128, 1, 65536);
  config->prior       = dot_json_get_enum (json, "prior", DOT_TYPE_PRIOR,
                                     points ? DOT_PRIOR_UNIFORM : DOT_PRIOR_NORMAL);
  config->labels      = dot_json_get_boolean (json, "labels", FALSE);
  config->attention   = dot_json_get_boolean (json, "attention", FALSE);
  read_network (config, json, 0, "generator", "generator.",
                dot_initial_get_width (initial, config->image_size, 0));
  read_network (config, json, 1, "discriminator", "discriminator.",
                dot_initial_get_width (initial, config->image_size, 1));
  read_initial (config, json);
}

static void
read_training (DotTrainConfig *config, DotJson *json)
{
  DotTrainerOptions *trainer = &config->trainer;
  gboolean           wgan;

  trainer->loss      = dot_json_get_word (json, "loss", losses, DOT_LOSS_HINGE);
  wgan               = trainer->loss == DOT_LOSS_WGAN;
  trainer->penalty   = dot_json_get_number (json, "penalty", wgan ? 10.0 : 0.0, 0.0, 1e6);
  trainer->precision = dot_json_get_word (json, "precision", precisions, DOT_PRECISION_AUTO);
  config->spectral   = dot_json_get_word (json, "critic", critics, ! wgan);
  config->batch      = dot_json_get_integer (json, "batch", 64, 1, 65536);
  config->steps      = dot_json_get_integer (json, "steps", 0, 0, MAX_COUNT);
  config->n_dis      = dot_json_get_integer (json, "n_dis", 1, 1, 1000);
  config->decay_from = dot_json_get_integer (json, "decay_from", 0, 0, MAX_COUNT);
  config->average    = dot_json_get_number (json, "average", 0.999, 0.0, 0.9999999);
  config->augment    = dot_json_get_flags (json, "augment", augments, 0);
  config->fakes      = dot_json_get_word (json, "fakes", fakes, DOT_FAKES_CURRENT);
  config->mismatch   = dot_json_get_number (json, "mismatch", 0.0, 0.0, 1e6);
  config->seed       = dot_json_get_integer (json, "seed", 0, 0, G_MAXINT32);
  read_judges (config, json);
  read_blur (config, json);
  read_retouch (config, json);
  read_finish (config, json);
  read_intervals (config, json);
  read_evaluation (config, json);
}

/* What only pictures have. */
static void
check_points (DotTrainConfig *config, DotJson *json)
{
  const char *key = NULL;

  if (config->augment != DOT_AUGMENT_NONE)
    key = "augment";
  else if (config->blur_sigma > 0.0)
    key = "blur";
  else if (config->projected.features)
    key = "judges.projected";
  else if (config->trainer.texture > 0.0)
    key = "judges.texture";
  if (key)
    dot_json_fail (json, key, _ ("left out where there are points, not pictures"));
}

static void
check (DotTrainConfig *config, DotJson *json)
{
  if (config->steps == 0 && config->finish_steps == 0)
    dot_json_fail (json, "steps", _ ("the number of updates of the generator"));
  if (config->decay_from > config->steps)
    dot_json_fail (json, "decay_from", _ ("no larger than “steps”"));
  if (! config->labels && MAX (config->mismatch, config->finish_mismatch) > 0.0)
    dot_json_fail (json, config->mismatch > 0.0 ? "mismatch" : "finish.mismatch",
                   _ ("left out without “labels”"));
  if (config->retouch_width > 0)
    check_retouch (config, json);
  if (config->image_size == 1)
    check_points (config, json);
}

static void
read_all (DotTrainConfig *config, DotJson *json)
{
  config->id         = read_text (json, "id", "model");
  config->title      = read_text (json, "title", NULL);
  config->license    = read_text (json, "license", NULL);
  config->provenance = read_text (json, "provenance", NULL);
  read_pair (config, json);
  read_data (config, json);
  read_training (config, json);
}

/*  the file  */

/* Files may move.
 *
 * Returns: (transfer full): all else that @object says */
static JsonNode *
copy_without (JsonObject *object, const char *key)
{
  JsonNode *node              = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) copy = json_object_new ();
  g_autoptr (GList) names     = json_object_get_members (object);

  for (GList *link = names; link; link = link->next)
    if (strcmp (link->data, key) != 0)
      json_object_set_member (copy, link->data,
                              json_node_copy (json_object_get_member (object, link->data)));
  json_node_set_object (node, copy);
  return node;
}

/* Which feature network it is a run knows from what is in the file. */
static JsonNode *
copy_judges (JsonObject *judges)
{
  JsonNode   *node = copy_without (judges, "");
  JsonObject *copy = json_node_get_object (node);

  if (json_object_has_member (copy, "projected"))
    json_object_set_member (copy, "projected",
                            copy_without (json_object_get_object_member (copy, "projected"),
                                          "features"));
  return node;
}

/* What only says how long, how often, where the data are, how it is measured
 * and what it is called may change in a run that goes on; with rates that fall,
 * its length may not. */
static char *
make_checksum (const DotTrainConfig *config, JsonObject *object)
{
  static const char *const free_keys[] = { "id",    "title",  "license", "provenance",
                                           "every", "finish", "evaluate" };
  g_autoptr (JsonNode) node            = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) copy          = json_object_new ();
  g_autoptr (GList) names              = json_object_get_members (object);
  g_autofree char *text                = NULL;

  names = g_list_sort (names, (GCompareFunc) strcmp);
  for (GList *link = names; link; link = link->next)
    json_object_set_member (copy, link->data,
                            json_node_copy (json_object_get_member (object, link->data)));
  for (gsize i = 0; i < G_N_ELEMENTS (free_keys); i++)
    if (json_object_has_member (copy, free_keys[i]))
      json_object_remove_member (copy, free_keys[i]);
  if (json_object_has_member (copy, "data"))
    json_object_set_member (copy, "data",
                            copy_without (json_object_get_object_member (copy, "data"), "path"));
  if (json_object_has_member (copy, "judges"))
    json_object_set_member (copy, "judges",
                            copy_judges (json_object_get_object_member (copy, "judges")));
  if (config->decay_from == 0 && json_object_has_member (copy, "steps"))
    json_object_remove_member (copy, "steps");

  json_node_set_object (node, copy);
  text = json_to_string (node, FALSE);
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static JsonObject *
read_root (const char *path, GError **error)
{
  g_autoptr (GError) reason = NULL;
  JsonObject *root          = dot_json_read (path, &reason);

  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                 _ ("%s holds no JSON object: give a configuration as in docs/train.md."), path);
  else if (! root)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                 _ ("%s can't be read (%s): give a configuration as JSON."), path, reason->message);
  return root;
}

/* From the root on: what lies there is looked for by such paths only. */
static char *
find_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return g_canonicalize_filename (folder, NULL);
}

/**
 * dot_train_config_read:
 *
 * Returns: (transfer full): what @path says, or %NULL with an @error that
 *   names the key
 */
DotTrainConfig *
dot_train_config_read (const char *path, GError **error)
{
  g_autoptr (JsonObject) root       = read_root (path, error);
  g_autoptr (DotTrainConfig) config = g_new0 (DotTrainConfig, 1);
  g_autoptr (DotJson) json          = root ? dot_json_new (root, path, &sentences, error) : NULL;

  config->folder = find_folder (path);
  if (! json)
    return NULL;

  read_all (config, json);
  if (! dot_json_is_right (json) || ! dot_architecture_find (config->architecture, error))
    return NULL;
  check (config, json);
  if (! dot_json_check_keys (json))
    return NULL;

  config->checksum = make_checksum (config, root);
  return g_steal_pointer (&config);
}

void
dot_train_config_free (DotTrainConfig *config)
{
  g_free (config->folder);
  g_free (config->id);
  g_free (config->title);
  g_free (config->license);
  g_free (config->provenance);
  g_free (config->architecture);
  g_free (config->initial[0]);
  g_free (config->initial[1]);
  g_free (config->projected.features);
  g_free (config->projected.initial);
  g_free (config->data_kind);
  g_free (config->data_path);
  g_free (config->data_part);
  g_strfreev (config->data_classes);
  g_free (config->evaluate_features);
  g_free (config->evaluate_against);
  g_free (config->checksum);
  g_free (config);
}
