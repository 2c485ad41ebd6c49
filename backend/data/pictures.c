/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Pictures in class folders or in one folder, in a tar or not: who is where, in
 * an order that doesn't depend on the disk's or the tar's. */

#include "pictures.h"

#include "identity.h"
#include "labels.h"
#include "decode.h"

#include "base/intl.h"

#include <string.h>

#define DEFAULT_SIZE 64

/* @name: the path, or in the archive
 * @bytes: (nullable): the file, where it is no path */
typedef struct
{
  const char *name;
  GBytes     *bytes;
  guint64     size;
  gint64      time;
  guint32     label;
} Entry;

/* @archive: (nullable): that the pictures are in
 * @single: (nullable): the one label, where there are no class folders */
struct _DotPictures
{
  char         *archive;
  char         *single;
  GStringChunk *names;
  GArray       *entries;
  DotLeftOut    left_out;
};

static void
clear_entry (gpointer data)
{
  Entry *entry = data;

  g_clear_pointer (&entry->bytes, g_bytes_unref);
}

/**
 * dot_pictures_new:
 * @archive: (nullable): that they are in, for messages
 */
DotPictures *
dot_pictures_new (const char *archive)
{
  DotPictures *pictures = g_new0 (DotPictures, 1);

  pictures->archive = g_strdup (archive);
  pictures->names   = g_string_chunk_new (64 * 1024);
  pictures->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (pictures->entries, clear_entry);
  return pictures;
}

/**
 * dot_pictures_free:
 */
void
dot_pictures_free (gpointer data)
{
  DotPictures *pictures = data;

  g_free (pictures->archive);
  g_free (pictures->single);
  g_string_chunk_free (pictures->names);
  g_array_unref (pictures->entries);
  dot_left_out_clear (&pictures->left_out);
  g_free (pictures);
}

/**
 * dot_pictures_add:
 * @bytes: (nullable) (transfer full): the file, where @name is no path
 * @size: of the file, in bytes
 * @time: of its change; 0 where it is no path
 */
void
dot_pictures_add (DotPictures *pictures, const char *name, GBytes *bytes, guint64 size, gint64 time)
{
  const char *kept  = g_string_chunk_insert (pictures->names, name);
  Entry       entry = { kept, bytes, size, time, 0 };

  g_array_append_val (pictures->entries, entry);
}

/**
 * dot_pictures_leave_out:
 * @name: what isn't read, as for dot_pictures_add()
 *
 * Remembers it, for dot_pictures_finish() to tell.
 */
void
dot_pictures_leave_out (DotPictures *pictures, DotLeftOutReason reason, const char *name)
{
  dot_left_out_add (&pictures->left_out, reason, name);
}

static const Entry *
get_entry (const DotPictures *pictures, gsize i)
{
  return &g_array_index (pictures->entries, Entry, i);
}

/**
 * dot_pictures_find_root:
 *
 * Returns: the length of the path of folders, with the last "/", that all
 *   class folders lie in
 */
gsize
dot_pictures_find_root (DotPictures *pictures)
{
  const char *first  = NULL;
  gsize       common = 0;

  for (gsize i = 0; i < pictures->entries->len; i++)
    {
      const char *name = get_entry (pictures, i)->name;
      const char *end  = strrchr (name, '/');
      gsize       n    = 0;

      /* What is in no folder is in no class's. */
      if (! end)
        continue;
      if (! first)
        {
          first  = name;
          common = strlen (name);
        }
      /* The last folder is the class's, even where it is the only one. */
      while (end > name && end[-1] != '/')
        end--;
      while (n < common && name + n < end && name[n] == first[n])
        n++;
      common = n;
    }
  while (common > 0 && first[common - 1] != '/')
    common--;
  return common;
}

static gboolean
has_class_folders (const DotPictures *pictures, gsize root)
{
  for (gsize i = 0; i < pictures->entries->len; i++)
    if (strchr (get_entry (pictures, i)->name + root, '/'))
      return TRUE;
  return FALSE;
}

/* (transfer full) (nullable) */
static char *
get_class (const DotPictures *pictures, const Entry *entry, gsize root)
{
  const char *end = strchr (entry->name + root, '/');

  if (pictures->single)
    return g_strdup (pictures->single);
  return end ? g_strndup (entry->name + root, end - entry->name - root) : NULL;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* (transfer full) (array zero-terminated=1) */
static char **
list_classes (DotPictures *pictures, gsize root)
{
  g_autoptr (GHashTable) found = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) names  = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; i < pictures->entries->len; i++)
    {
      g_autofree char *name = get_class (pictures, get_entry (pictures, i), root);

      if (! name || g_hash_table_contains (found, name))
        continue;
      g_hash_table_add (found, name);
      g_ptr_array_add (names, g_steal_pointer (&name));
    }
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *left  = a;
  const Entry *right = b;

  if (left->label != right->label)
    return left->label < right->label ? -1 : 1;
  return strcmp (left->name, right->name);
}

/* Keeps those whose class is asked for. */
static void
label_entries (DotPictures *pictures, gsize root, GHashTable *labels)
{
  GArray *kept = g_array_new (FALSE, FALSE, sizeof (Entry));

  g_array_set_clear_func (kept, clear_entry);
  for (gsize i = 0; i < pictures->entries->len; i++)
    {
      Entry           *entry = &g_array_index (pictures->entries, Entry, i);
      g_autofree char *name  = get_class (pictures, entry, root);
      gpointer         label;

      if (! name)
        dot_left_out_add (&pictures->left_out, DOT_LEFT_OUT_OUTSIDE, entry->name);
      if (! name || ! g_hash_table_lookup_extended (labels, name, NULL, &label))
        continue;
      entry->label = GPOINTER_TO_UINT (label);
      g_array_append_val (kept, *entry);
      entry->bytes = NULL;
    }
  g_array_unref (pictures->entries);
  pictures->entries = kept;
}

/* A tar that something was appended to may have a name twice; the last one
 * counts, as when it is unpacked. */
static void
sort_entries (DotPictures *pictures)
{
  GArray *sorted = g_array_new (FALSE, FALSE, sizeof (Entry));
  guint   n      = pictures->entries->len;

  g_array_sort (pictures->entries, compare_entries);
  g_array_set_clear_func (sorted, clear_entry);
  for (gsize i = 0; i < n; i++)
    {
      Entry *entry = &g_array_index (pictures->entries, Entry, i);

      if (i + 1 < n && ! compare_entries (entry, entry + 1))
        continue;
      g_array_append_val (sorted, *entry);
      entry->bytes = NULL;
    }
  g_array_unref (pictures->entries);
  pictures->entries = sorted;
}

static void
fill_dataset (DotPictures             *pictures,
              gsize                    root,
              DotDataset              *dataset,
              const DotDatasetOptions *options)
{
  dataset->channels = 3;
  dataset->size     = options->size ? options->size : DEFAULT_SIZE;
  dataset->n_items  = pictures->entries->len;
  dataset->labels   = g_array_sized_new (FALSE, FALSE, sizeof (guint32), pictures->entries->len);
  for (gsize i = 0; i < pictures->entries->len; i++)
    {
      const Entry *entry = get_entry (pictures, i);

      g_array_append_val (dataset->labels, entry->label);
      /* A folder may be moved; parts of a tar are told apart. */
      dot_identity_add (dataset, entry->name + (pictures->archive ? 0 : root), entry->size,
                        entry->time);
    }
}

/**
 * dot_pictures_finish:
 * @pictures: (transfer full): all of them
 * @root: how many bytes of each name lead to the class folders
 * @single: the label of all where there are no class folders
 *
 * Sorts the pictures by label and name, gives them to @dataset, and tells what
 * is left out: where there are class folders, what is outside of them, too.
 */
gboolean
dot_pictures_finish (DotPictures             *pictures,
                     gsize                    root,
                     const char              *single,
                     DotDataset              *dataset,
                     const DotDatasetOptions *options,
                     GError                 **error)
{
  g_auto (GStrv) names          = NULL;
  g_autoptr (GHashTable) labels = NULL;

  dataset->source = pictures;
  if (! has_class_folders (pictures, root))
    pictures->single = g_strdup (single);
  names = list_classes (pictures, root);
  if (! names[0])
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND,
                   _ ("There are no pictures in %s: give a folder or a tar that has some."),
                   options->path);
      return FALSE;
    }
  labels = dot_labels_new (dataset, options, (const char *const *) names, error);
  if (! labels)
    return FALSE;
  label_entries (pictures, root, labels);
  sort_entries (pictures);
  fill_dataset (pictures, root, dataset, options);
  dot_left_out_tell (&pictures->left_out, options);
  return dot_labels_check (dataset, options, error);
}

static gboolean
read_path (const char *path, char **bytes, gsize *size, GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (g_file_get_contents (path, bytes, size, &cause))
    return TRUE;
  g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND,
               _ ("%s can't be read (%s): check its permissions, or remove it."), path, cause->message);
  return FALSE;
}

static gboolean
read_file (const Entry *entry, guint size, guint8 *pixels, GError **error)
{
  g_autofree char *bytes   = NULL;
  gsize            n_bytes = 0;

  return read_path (entry->name, &bytes, &n_bytes, error) &&
         dot_decode_picture (bytes, n_bytes, entry->name, size, pixels, error);
}

/**
 * dot_pictures_read:
 *
 * See #DotDatasetKind.
 */
gboolean
dot_pictures_read (const DotDataset *dataset, guint64 item, guint8 *pixels, GError **error)
{
  const DotPictures *pictures = dataset->source;
  const Entry       *entry    = get_entry (pictures, item);
  g_autofree char   *name     = NULL;
  gconstpointer      bytes;
  gsize              n_bytes;

  if (! entry->bytes)
    return read_file (entry, dataset->size, pixels, error);
  name  = g_strconcat (pictures->archive, ":", entry->name, NULL);
  bytes = g_bytes_get_data (entry->bytes, &n_bytes);
  return dot_decode_picture (bytes, n_bytes, name, dataset->size, pixels, error);
}
