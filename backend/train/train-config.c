/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

/* A training's configuration: JSON, each key of which is known, so that a
 * mistyped one is no silent default. */

#include "train-config.h"

#include "network/architecture.h"

#include "base/intl.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#define MAX_COUNT 1000000000u

/* An inception score is of ten parts. */
#define MIN_SAMPLES 10
#define MAX_SAMPLES 10000000

/* One object of the file, with the keys that were asked for. */
typedef struct
{
  const char *path;
  const char *prefix;
  JsonObject *object;
  GHashTable *known;
  GError    **error;
  gboolean    failed;
} Reader;

typedef struct
{
  const char *word;
  int         value;
} Word;

/*  reading values  */

static void
fail (Reader *reader, const char *key, const char *what)
{
  if (reader->failed)
    return;

  reader->failed = TRUE;
  /* Translators: the first %s is a file, then a key in it, and what its value
   * must be */
  g_set_error (reader->error, DOT_ERROR, DOT_ERROR_INVALID_FILE, _ ("%s: “%s%s” must be %s."),
               reader->path, reader->prefix, key, what);
}

static JsonNode *
look_up (Reader *reader, const char *key)
{
  g_hash_table_add (reader->known, (gpointer) key);
  return reader->object ? json_object_get_member (reader->object, key) : NULL;
}

static double
read_number (Reader *reader, const char *key, double fallback, double smallest, double largest)
{
  JsonNode        *node  = look_up (reader, key);
  GType            type  = node && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node)
                                                                : G_TYPE_INVALID;
  double           value = fallback;
  g_autofree char *what  = NULL;

  if (! node)
    return fallback;
  if (type == G_TYPE_INT64)
    value = (double) json_node_get_int (node);
  else if (type == G_TYPE_DOUBLE)
    value = json_node_get_double (node);

  if (type != G_TYPE_INVALID && type != G_TYPE_STRING && type != G_TYPE_BOOLEAN &&
      value >= smallest && value <= largest)
    return value;

  what = g_strdup_printf (_ ("a number from %g to %g"), smallest, largest);
  fail (reader, key, what);
  return fallback;
}

static guint
read_count (Reader *reader, const char *key, guint fallback, guint smallest, guint largest)
{
  JsonNode        *node = look_up (reader, key);
  gint64           value;
  g_autofree char *what = NULL;

  if (! node)
    return fallback;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64)
    {
      value = json_node_get_int (node);
      if (value >= smallest && value <= largest)
        return (guint) value;
    }

  what = g_strdup_printf (_ ("a whole number from %u to %u"), smallest, largest);
  fail (reader, key, what);
  return fallback;
}

static char *
read_string (Reader *reader, const char *key, const char *fallback)
{
  JsonNode *node = look_up (reader, key);

  if (! node)
    return g_strdup (fallback);
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING &&
      *json_node_get_string (node))
    return g_strdup (json_node_get_string (node));

  fail (reader, key, _ ("a text"));
  return g_strdup (fallback);
}

static gboolean
read_boolean (Reader *reader, const char *key, gboolean fallback)
{
  JsonNode *node = look_up (reader, key);

  if (! node)
    return fallback;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (node);

  fail (reader, key, _ ("true or false"));
  return fallback;
}

static char *
list_words (const Word *words)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; words[i].word; i++)
    g_string_append_printf (text, "%s“%s”", i ? ", " : "", words[i].word);
  return g_string_free (text, FALSE);
}

static gboolean
find_word (const Word *words, const char *text, int *value)
{
  for (gsize i = 0; words[i].word; i++)
    if (g_strcmp0 (words[i].word, text) == 0)
      {
        *value = words[i].value;
        return TRUE;
      }
  return FALSE;
}

static int
read_word (Reader *reader, const char *key, const Word *words, int fallback)
{
  JsonNode        *node  = look_up (reader, key);
  int              value = fallback;
  g_autofree char *list  = NULL;
  g_autofree char *what  = NULL;

  if (! node || (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING &&
                 find_word (words, json_node_get_string (node), &value)))
    return value;

  list = list_words (words);
  what = g_strdup_printf (_ ("one of %s"), list);
  fail (reader, key, what);
  return fallback;
}

static const char *
get_text (JsonNode *node)
{
  if (! JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

/* A list of words, each of which is a bit. */
static guint
read_flags (Reader *reader, const char *key, const Word *words, guint fallback)
{
  JsonNode        *node  = look_up (reader, key);
  JsonArray       *array = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint            flags = 0;
  g_autofree char *list  = NULL;
  g_autofree char *what  = NULL;
  gboolean         right = array != NULL;
  int              value;

  if (! node)
    return fallback;
  for (guint i = 0; right && i < json_array_get_length (array); i++)
    {
      right = find_word (words, get_text (json_array_get_element (array, i)), &value);
      flags |= right ? (guint) value : 0;
    }
  if (right)
    return flags;

  list = list_words (words);
  what = g_strdup_printf (_ ("a list of %s"), list);
  fail (reader, key, what);
  return fallback;
}

static char **
read_strings (Reader *reader, const char *key)
{
  JsonNode  *node  = look_up (reader, key);
  JsonArray *array = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);

  if (! node)
    return NULL;
  for (guint i = 0; array && i < json_array_get_length (array); i++)
    {
      const char *text = get_text (json_array_get_element (array, i));

      if (! text)
        break;
      g_ptr_array_add (list, g_strdup (text));
      if (i + 1 < json_array_get_length (array))
        continue;
      g_ptr_array_add (list, NULL);
      return (char **) g_ptr_array_steal (list, NULL);
    }

  fail (reader, key, _ ("a list of texts"));
  return NULL;
}

/*  objects  */

static Reader
reader_new (Reader *parent, const char *key, const char *prefix)
{
  JsonNode *node = look_up (parent, key);

  if (node && ! JSON_NODE_HOLDS_OBJECT (node))
    fail (parent, key, _ ("an object in braces"));
  return (Reader) {
    .path   = parent->path,
    .prefix = prefix,
    .object = node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL,
    .known  = g_hash_table_new (g_str_hash, g_str_equal),
    .error  = parent->error,
    .failed = parent->failed,
  };
}

static void
check_keys (Reader *reader)
{
  g_autoptr (GList) members = reader->object ? json_object_get_members (reader->object) : NULL;

  for (GList *link = members; link && ! reader->failed; link = link->next)
    if (! g_hash_table_contains (reader->known, link->data))
      {
        reader->failed = TRUE;
        g_set_error (reader->error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                     _ ("%s: the key “%s%s” is not known: docs/train.md lists "
                        "those there are."),
                     reader->path, reader->prefix, (const char *) link->data);
      }
}

/* Ends the reading of an object inside another. */
static void
reader_finish (Reader *reader, Reader *parent)
{
  check_keys (reader);
  parent->failed = reader->failed;
  g_hash_table_unref (reader->known);
}

/* Files are looked for beside the configuration. */
static char *
resolve (Reader *reader, char *path)
{
  g_autofree char *folder = g_path_get_dirname (reader->path);
  g_autofree char *taken  = path;

  return taken ? g_canonicalize_filename (taken, folder) : NULL;
}

static const Word losses[]     = { { "logistic", DOT_LOSS_LOGISTIC },
                                   { "hinge", DOT_LOSS_HINGE },
                                   { "wgan", DOT_LOSS_WGAN },
                                   { NULL, 0 } };
static const Word priors[]     = { { "normal", DOT_PRIOR_NORMAL },
                                   { "uniform", DOT_PRIOR_UNIFORM },
                                   { NULL, 0 } };
static const Word augments[]   = { { "color", DOT_AUGMENT_COLOR },
                                   { "translation", DOT_AUGMENT_TRANSLATION },
                                   { "cutout", DOT_AUGMENT_CUTOUT },
                                   { NULL, 0 } };
static const Word fakes[]      = { { "current", DOT_FAKES_CURRENT },
                                   { "average", DOT_FAKES_AVERAGE },
                                   { NULL, 0 } };
static const Word critics[]    = { { "sn", TRUE }, { "wgan", FALSE }, { NULL, 0 } };
static const Word precisions[] = { { "auto", DOT_PRECISION_AUTO },
                                   { "float32", DOT_PRECISION_FLOAT32 },
                                   { "tf32", DOT_PRECISION_TF32 },
                                   { "bfloat16", DOT_PRECISION_BFLOAT16 },
                                   { NULL, 0 } };

static void
read_data (DotTrainConfig *config, Reader *parent)
{
  Reader reader = reader_new (parent, "data", "data.");

  config->data_kind    = read_string (&reader, "kind", NULL);
  config->data_path    = resolve (&reader, read_string (&reader, "path", NULL));
  config->data_part    = read_string (&reader, "part", NULL);
  config->data_classes = read_strings (&reader, "classes");
  config->data_flip    = read_boolean (&reader, "flip", FALSE);
  reader_finish (&reader, parent);
}

/* One network's own numbers. */
static void
read_network (DotTrainConfig *config,
              Reader         *parent,
              guint           network,
              const char     *key,
              const char     *prefix,
              guint           width)
{
  Reader reader = reader_new (parent, key, prefix);

  config->rates[network]            = read_number (&reader, "rate", 2e-4, 0.0, 1.0);
  config->trainer.betas[network][0] = read_number (&reader, "beta1", 0.0, 0.0, 0.9999);
  config->trainer.betas[network][1] = read_number (&reader, "beta2", 0.9, 0.0, 0.9999999);
  config->widths[network]           = read_count (&reader, "width", width, 1, 4096);
  reader_finish (&reader, parent);
}

static void
read_initial (DotTrainConfig *config, Reader *parent)
{
  static const char *const files[] = { "generator", "discriminator" };
  Reader                   reader  = reader_new (parent, "initial", "initial.");

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    config->initial[i] = resolve (&reader, read_string (&reader, files[i], NULL));
  if (reader.object && (! config->initial[0] || ! config->initial[1]))
    fail (&reader, config->initial[0] ? files[1] : files[0], _ ("a file"));
  reader_finish (&reader, parent);
}

static void
read_finish (DotTrainConfig *config, Reader *parent)
{
  Reader reader = reader_new (parent, "finish", "finish.");

  config->finish_steps   = read_count (&reader, "steps", 0, 0, MAX_COUNT);
  config->finish_rate    = read_number (&reader, "rate", config->rates[1], 0.0, 1.0);
  config->finish_augment = read_flags (&reader, "augment", augments, config->augment);
  reader_finish (&reader, parent);
}

static void
read_intervals (DotTrainConfig *config, Reader *parent)
{
  Reader reader = reader_new (parent, "every", "every.");

  config->log_every      = read_count (&reader, "log", 100, 1, MAX_COUNT);
  config->save_every     = read_count (&reader, "checkpoint", 500, 1, MAX_COUNT);
  config->samples_every  = read_count (&reader, "samples", 500, 0, MAX_COUNT);
  config->evaluate_every = read_count (&reader, "evaluate", 0, 0, MAX_COUNT);
  reader_finish (&reader, parent);
}

static void
read_evaluation (DotTrainConfig *config, Reader *parent)
{
  Reader           reader  = reader_new (parent, "evaluate", "evaluate.");
  g_autofree char *against = read_string (&reader, "against", "train");

  config->evaluate_features = resolve (&reader, read_string (&reader, "features", NULL));
  config->evaluate_samples  = read_count (&reader, "samples", 1000, MIN_SAMPLES, MAX_SAMPLES);
  if (strcmp (against, "train") != 0)
    config->evaluate_against = resolve (&reader, g_steal_pointer (&against));
  reader_finish (&reader, parent);
}

/* Default widths: those of the authors. */
static guint
get_width (const DotTrainConfig *config, guint network)
{
  if (g_strcmp0 (config->architecture, "mlp") == 0)
    return network == 0 ? 256 : 512;
  if (g_strcmp0 (config->architecture, "sngan-projection") == 0)
    return config->image_size == 32 ? (network == 0 ? 256 : 128) : 64;
  return strstr (config->architecture, "resnet") ? 128 : 512;
}

static void
read_pair (DotTrainConfig *config, Reader *reader)
{
  gboolean mlp;

  config->architecture = read_string (reader, "architecture", "sngan-projection");
  mlp                  = strcmp (config->architecture, "mlp") == 0;
  config->image_size   = read_count (reader, "image_size", mlp ? 1 : 64, 1, 4096);
  config->latent_size  = read_count (reader, "latent_size", mlp ? 2 : 128, 1, 65536);
  config->prior  = read_word (reader, "prior", priors, mlp ? DOT_PRIOR_UNIFORM : DOT_PRIOR_NORMAL);
  config->labels = read_boolean (reader, "labels", FALSE);
  config->attention = read_boolean (reader, "attention", FALSE);
  read_network (config, reader, 0, "generator", "generator.", get_width (config, 0));
  read_network (config, reader, 1, "discriminator", "discriminator.", get_width (config, 1));
  read_initial (config, reader);
}

static void
read_training (DotTrainConfig *config, Reader *reader)
{
  DotTrainerOptions *trainer = &config->trainer;
  gboolean           wgan;

  trainer->loss      = read_word (reader, "loss", losses, DOT_LOSS_HINGE);
  wgan               = trainer->loss == DOT_LOSS_WGAN;
  trainer->penalty   = read_number (reader, "penalty", wgan ? 10.0 : 0.0, 0.0, 1e6);
  trainer->precision = read_word (reader, "precision", precisions, DOT_PRECISION_AUTO);
  config->spectral   = read_word (reader, "critic", critics, ! wgan);
  config->batch      = read_count (reader, "batch", 64, 1, 65536);
  config->steps      = read_count (reader, "steps", 0, 0, MAX_COUNT);
  config->n_dis      = read_count (reader, "n_dis", 1, 1, 1000);
  config->decay_from = read_count (reader, "decay_from", 0, 0, MAX_COUNT);
  config->average    = read_number (reader, "average", 0.999, 0.0, 0.9999999);
  config->augment    = read_flags (reader, "augment", augments, 0);
  config->fakes      = read_word (reader, "fakes", fakes, DOT_FAKES_CURRENT);
  config->seed       = read_count (reader, "seed", 0, 0, G_MAXINT32);
  read_finish (config, reader);
  read_intervals (config, reader);
  read_evaluation (config, reader);
}

static void
check (DotTrainConfig *config, Reader *reader)
{
  if (! reader->failed && ! dot_architecture_find (config->architecture, reader->error))
    reader->failed = TRUE;
  if (config->steps == 0 && config->finish_steps == 0)
    fail (reader, "steps", _ ("the number of updates of the generator"));
  if (config->decay_from > config->steps)
    fail (reader, "decay_from", _ ("no larger than “steps”"));
  if (config->image_size == 1 && config->augment != DOT_AUGMENT_NONE)
    fail (reader, "augment", _ ("left out where there are points, not pictures"));
}

static void
read_all (DotTrainConfig *config, Reader *reader)
{
  config->id         = read_string (reader, "id", "model");
  config->title      = read_string (reader, "title", NULL);
  config->license    = read_string (reader, "license", NULL);
  config->provenance = read_string (reader, "provenance", NULL);
  read_pair (config, reader);
  read_data (config, reader);
  read_training (config, reader);
  check (config, reader);
  check_keys (reader);
}

/*  the file  */

/* Data may move.
 *
 * Returns: (transfer full): all else that is said of them */
static JsonNode *
copy_without_path (JsonObject *data)
{
  JsonNode *node              = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) copy = json_object_new ();
  g_autoptr (GList) names     = json_object_get_members (data);

  for (GList *link = names; link; link = link->next)
    if (strcmp (link->data, "path") != 0)
      json_object_set_member (copy, link->data,
                              json_node_copy (json_object_get_member (data, link->data)));
  json_node_set_object (node, copy);
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
                            copy_without_path (json_object_get_object_member (copy, "data")));
  if (config->decay_from == 0 && json_object_has_member (copy, "steps"))
    json_object_remove_member (copy, "steps");

  json_node_set_object (node, copy);
  text = json_to_string (node, FALSE);
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static JsonObject *
get_object (JsonParser *parser, const char *path, GError **error)
{
  g_autoptr (GError) reason = NULL;
  JsonNode *root;

  if (! json_parser_load_from_file (parser, path, &reason))
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                   _ ("%s can't be read (%s): give a configuration as JSON."), path, reason->message);
      return NULL;
    }

  root = json_parser_get_root (parser);
  if (root && JSON_NODE_HOLDS_OBJECT (root))
    return json_node_get_object (root);

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("%s holds no JSON object: give a configuration as in "
                  "docs/train.md."),
               path);
  return NULL;
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
  g_autoptr (JsonParser) parser     = json_parser_new ();
  g_autoptr (DotTrainConfig) config = g_new0 (DotTrainConfig, 1);
  g_autoptr (GHashTable) known      = g_hash_table_new (g_str_hash, g_str_equal);
  JsonObject *object                = get_object (parser, path, error);
  Reader reader = { .path = path, .prefix = "", .object = object, .known = known, .error = error };

  if (! object)
    return NULL;

  read_all (config, &reader);
  if (reader.failed)
    return NULL;

  config->checksum = make_checksum (config, object);
  return g_steal_pointer (&config);
}

void
dot_train_config_free (DotTrainConfig *config)
{
  g_free (config->id);
  g_free (config->title);
  g_free (config->license);
  g_free (config->provenance);
  g_free (config->architecture);
  g_free (config->initial[0]);
  g_free (config->initial[1]);
  g_free (config->data_kind);
  g_free (config->data_path);
  g_free (config->data_part);
  g_strfreev (config->data_classes);
  g_free (config->evaluate_features);
  g_free (config->evaluate_against);
  g_free (config->checksum);
  g_free (config);
}
