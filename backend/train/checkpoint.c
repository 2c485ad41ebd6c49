/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A run's state as one .safetensors, which appears whole or not at all.  The
 * format has no place for numbers but arrays of float32, so those that aren't
 * are kept as words of 16 bits, which a float holds exactly. */

#include "checkpoint.h"

#include "format/npz.h"
#include "format/safetensors.h"
#include "base/whole-file.h"

#include "base/intl.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define PREFIX   "checkpoint-"
#define SUFFIX   ".safetensors"
#define KEPT     2
#define STATE    "run/state"
#define CHECKSUM "run/configuration"

/* The sums that there have always been are in the first array, those that came
 * later in others, which old checkpoints don't have. */
#define FIRST_SUMS 8

static const struct
{
  const char *name;
  guint       n;
} later[] = { { "run/state-of-judges", 4 }, { "run/state-of-texture", 1 } };

#define WORDS_EACH     4
#define STATE_WORDS    (WORDS_EACH * (2 + FIRST_SUMS))
#define CHECKSUM_WORDS 64

/*  arrays, with the names they have in the file  */

static void
unref_array (gpointer array)
{
  dot_array_unref (array);
}

static gboolean
keep_array (const char     *name,
            const DotShape *shape,
            float          *values,
            gpointer        user_data,
            GError        **error)
{
  GHashTable *arrays = user_data;
  DotArray   *array  = dot_array_new (shape->n_dims, shape->axes, error);

  if (! array)
    return FALSE;
  memcpy (array->data, values, array->n_items * sizeof (float));
  g_hash_table_insert (arrays, g_strdup (name), array);
  return dot_array_check_finite (array, _ ("the training's state"), name, error);
}

static GHashTable *
collect (DotTrainer *trainer, GError **error)
{
  g_autoptr (GHashTable)
    arrays = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_array);

  if (! dot_trainer_for_each_array (trainer, FALSE, keep_array, arrays, error))
    return NULL;
  return g_steal_pointer (&arrays);
}

/*  the state as an array  */

static void
put_words (float *words, gconstpointer value)
{
  guint16 parts[WORDS_EACH];

  memcpy (parts, value, sizeof (parts));
  for (guint i = 0; i < WORDS_EACH; i++)
    words[i] = parts[i];
}

static void
get_words (const float *words, gpointer value)
{
  guint16 parts[WORDS_EACH];

  for (guint i = 0; i < WORDS_EACH; i++)
    parts[i] = (guint16) CLAMP (words[i], 0.0f, 65535.0f);
  memcpy (value, parts, sizeof (parts));
}

/* Returns: (transfer none) (nullable): a new array of words, in @arrays */
static float *
add_words (GHashTable *arrays, const char *key, gsize n, GError **error)
{
  DotArray *array = dot_array_new (1, &n, error);

  if (! array)
    return NULL;
  g_hash_table_insert (arrays, g_strdup (key), array);
  return array->data;
}

static gboolean
add_later_sums (GHashTable *arrays, const double *sums, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (later); sums += later[i++].n)
    {
      float *words = add_words (arrays, later[i].name, WORDS_EACH * later[i].n, error);

      if (! words)
        return FALSE;
      for (guint j = 0; j < later[i].n; j++)
        put_words (words + WORDS_EACH * j, &sums[j]);
    }
  return TRUE;
}

static gboolean
add_state (GHashTable *arrays, const DotTrainState *state, const char *checksum, GError **error)
{
  float *numbers = add_words (arrays, STATE, STATE_WORDS, error);
  float *text    = numbers ? add_words (arrays, CHECKSUM, CHECKSUM_WORDS, error) : NULL;

  if (! text || ! add_later_sums (arrays, state->sums + FIRST_SUMS, error))
    return FALSE;

  put_words (numbers, &state->step);
  put_words (numbers + WORDS_EACH, &state->finish_step);
  for (guint i = 0; i < FIRST_SUMS; i++)
    put_words (numbers + WORDS_EACH * (2 + i), &state->sums[i]);
  for (guint i = 0; i < CHECKSUM_WORDS; i++)
    text[i] = checksum[i];
  return TRUE;
}

/*  saving  */

static DotArray *
get_array (const char *key, gpointer user_data, GError **error)
{
  return dot_array_ref (g_hash_table_lookup (user_data, key));
}

static gboolean
write_arrays (const char *path, GHashTable *arrays, GError **error)
{
  g_autoptr (DotSafetensorsWriter) writer = dot_safetensors_writer_new (path);
  GHashTableIter iter;
  gpointer       key, value;

  g_hash_table_iter_init (&iter, arrays);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      DotArray *array = value;
      DotShape  shape = { .n_dims = array->n_dims };

      memcpy (shape.axes, array->shape, sizeof (shape.axes));
      dot_safetensors_writer_declare (writer, key, &shape);
    }
  return dot_safetensors_writer_write (writer, get_array, arrays, error);
}

/* The number in a checkpoint's name, or −1. */
static gint64
get_number (const char *name)
{
  char  *end    = NULL;
  gint64 number = -1;

  if (g_str_has_prefix (name, PREFIX))
    number = g_ascii_strtoll (name + strlen (PREFIX), &end, 10);
  return end && strcmp (end, SUFFIX) == 0 ? number : -1;
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  gint64 first  = get_number (*(const char *const *) a);
  gint64 second = get_number (*(const char *const *) b);

  return first < second ? 1 : first > second ? -1 : 0;
}

/* Names of all checkpoints, the newest first. */
static GPtrArray *
list_checkpoints (const char *folder)
{
  GPtrArray *names     = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    if (get_number (name) >= 0)
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

/* Half-written files of runs that were killed, and checkpoints that newer ones
 * stand for.  Only this run writes into its folder. */
static void
clean_up (const char *folder)
{
  g_autoptr (GPtrArray) names = list_checkpoints (folder);
  g_autoptr (GDir) dir        = g_dir_open (folder, 0, NULL);
  const char *name;

  for (guint i = KEPT; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, names->pdata[i], NULL);

      g_unlink (path);
    }
  while (dir && (name = g_dir_read_name (dir)))
    if (g_str_has_prefix (name, PREFIX) && strstr (name, SUFFIX "."))
      {
        g_autofree char *path = g_build_filename (folder, name, NULL);

        g_unlink (path);
      }
}

/* A rename is on the disk when its folder is. */
static void
sync_folder (const char *folder)
{
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (fd >= 0)
    {
      fsync (fd);
      close (fd);
    }
}

/**
 * dot_checkpoint_save:
 * @checksum: of the configuration
 *
 * Writes a checkpoint and removes all but the last two.  What can't be
 * written, or holds a NaN, leaves those as they are.
 */
gboolean
dot_checkpoint_save (const char          *folder,
                     DotTrainer          *trainer,
                     const DotTrainState *state,
                     const char          *checksum,
                     GError             **error)
{
  g_autoptr (GHashTable) arrays = collect (trainer, error);
  g_autofree char *name         = g_strdup_printf (PREFIX "%09" G_GUINT64_FORMAT SUFFIX,
                                                   state->step + state->finish_step);
  g_autofree char *path         = g_build_filename (folder, name, NULL);

  if (! arrays || ! add_state (arrays, state, checksum, error) ||
      ! write_arrays (path, arrays, error))
    return FALSE;

  sync_folder (folder);
  clean_up (folder);
  return TRUE;
}

/*  loading  */

/**
 * dot_checkpoint_find:
 *
 * Returns: (transfer full) (nullable): the newest checkpoint in @folder
 */
char *
dot_checkpoint_find (const char *folder)
{
  g_autoptr (GPtrArray) names = list_checkpoints (folder);

  return names->len > 0 ? g_build_filename (folder, names->pdata[0], NULL) : NULL;
}

static gboolean
load_array (const char     *name,
            const DotShape *shape,
            float          *values,
            gpointer        user_data,
            GError        **error)
{
  g_autoptr (DotArray)
    array = dot_safetensors_read (user_data, name, shape->n_dims, shape->axes, error);

  if (array)
    memcpy (values, array->data, array->n_items * sizeof (float));
  return array != NULL;
}

static gboolean
check_configuration (DotSafetensors *file, const char *checksum, GError **error)
{
  gsize n                   = CHECKSUM_WORDS;
  g_autoptr (DotArray) text = dot_safetensors_read (file, CHECKSUM, 1, &n, error);
  gboolean same             = text != NULL;

  for (guint i = 0; same && i < CHECKSUM_WORDS; i++)
    same = text->data[i] == checksum[i];
  if (text && ! same)
    g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                 _ ("%s is of a run with another configuration: choose another "
                    "folder with --out, or give that configuration."),
                 dot_safetensors_get_path (file));
  return same;
}

static gboolean
load_later_sums (DotSafetensors *file, double *sums, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (later); sums += later[i++].n)
    {
      gsize n                    = WORDS_EACH * later[i].n;
      g_autoptr (DotArray) words = NULL;

      if (! dot_safetensors_look_up (file, later[i].name))
        continue;
      if (! (words = dot_safetensors_read (file, later[i].name, 1, &n, error)))
        return FALSE;
      for (guint j = 0; j < later[i].n; j++)
        get_words (words->data + WORDS_EACH * j, &sums[j]);
    }
  return TRUE;
}

static gboolean
load_state (DotSafetensors *file, DotTrainState *state, GError **error)
{
  gsize n                      = STATE_WORDS;
  g_autoptr (DotArray) numbers = dot_safetensors_read (file, STATE, 1, &n, error);

  if (! numbers)
    return FALSE;

  get_words (numbers->data, &state->step);
  get_words (numbers->data + WORDS_EACH, &state->finish_step);
  for (guint i = 0; i < FIRST_SUMS; i++)
    get_words (numbers->data + WORDS_EACH * (2 + i), &state->sums[i]);
  return load_later_sums (file, state->sums + FIRST_SUMS, error);
}

/**
 * dot_checkpoint_load:
 * @state: (out): where the run was
 * @checksum: of the configuration, which must be the checkpoint's
 */
gboolean
dot_checkpoint_load (const char    *path,
                     DotTrainer    *trainer,
                     DotTrainState *state,
                     const char    *checksum,
                     GError       **error)
{
  g_autoptr (DotSafetensors) file = dot_safetensors_open (path, error);

  return file && check_configuration (file, checksum, error) && load_state (file, state, error) &&
         dot_trainer_for_each_array (trainer, TRUE, load_array, file, error);
}

/*  the pair's two files  */

typedef struct
{
  DotNpzWriter *writer;
  const char   *prefix;
} Export;

static gboolean
export_array (const char     *name,
              const DotShape *shape,
              float          *values,
              gpointer        user_data,
              GError        **error)
{
  Export *export = user_data;

  return ! g_str_has_prefix (name, export->prefix) ||
         dot_npz_writer_add (export->writer, name + strlen (export->prefix), values, shape->n_dims,
                             shape->axes, error);
}

static gboolean
save_file (DotTrainer *trainer,
           const char *prefix,
           const char *folder,
           const char *name,
           GError    **error)
{
  g_autofree char *path           = g_build_filename (folder, name, NULL);
  g_autoptr (DotNpzWriter) writer = dot_npz_writer_new (path, error);
  Export export                   = { writer, prefix };

  return writer && dot_trainer_for_each_array (trainer, FALSE, export_array, &export, error) &&
         dot_npz_writer_close (writer, error);
}

/**
 * dot_checkpoint_save_files:
 * @projected: whether there is a projected discriminator
 *
 * Writes the averaged generator and the discriminator as generator.npz and
 * discriminator.npz, in the layout of the Chainer snapshots, and the projected
 * one as projected.npz.
 */
gboolean
dot_checkpoint_save_files (DotTrainer *trainer,
                           gboolean    projected,
                           const char *folder,
                           GError    **error)
{
  return dot_whole_file_make_folder (folder, error) &&
         save_file (trainer, "average/", folder, "generator.npz", error) &&
         save_file (trainer, "discriminator/", folder, "discriminator.npz", error) &&
         (! projected || save_file (trainer, "projected/", folder, "projected.npz", error));
}
