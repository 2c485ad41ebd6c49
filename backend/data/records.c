/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The published binary files of CIFAR-10 and STL-10, in a folder or in the
 * tar that they come in. */

#include "records.h"

#include "identity.h"
#include "labels.h"
#include "decode.h"
#include "tar.h"

#include "base/intl.h"

#include <string.h>

/* @files: (element-type GBytes): that are kept
 * @items: (element-type guint8*): where each picture's planes are */
typedef struct
{
  const DotRecordFormat *format;
  GPtrArray             *files;
  GArray                *items;
} Records;

static void
free_bytes (gpointer bytes)
{
  if (bytes)
    g_bytes_unref (bytes);
}

/**
 * dot_records_close:
 */
void
dot_records_close (gpointer source)
{
  Records *records = source;

  g_ptr_array_unref (records->files);
  g_array_unref (records->items);
  g_free (records);
}

/**
 * dot_records_are_in:
 * @kind: "cifar-10" or "stl-10"
 *
 * Returns: whether @folder has a file that only this set has
 */
gboolean
dot_records_are_in (const char *folder, const char *kind)
{
  static const char *const marks[][2] = {
    { "cifar-10", "data_batch_1.bin" },
    { "cifar-10", "test_batch.bin" },
    { "cifar-10", "cifar-10-batches-bin" },
    { "stl-10", "train_X.bin" },
    { "stl-10", "test_X.bin" },
    { "stl-10", "unlabeled_X.bin" },
    { "stl-10", "stl10_binary" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      g_autofree char *path = g_build_filename (folder, marks[i][1], NULL);

      if (! strcmp (kind, marks[i][0]) && g_file_test (path, G_FILE_TEST_EXISTS))
        return TRUE;
    }
  return FALSE;
}

/*  files  */

/* (transfer full) (nullable) */
static GBytes *
map_file (DotDataset *dataset, const char *folder, const char *name)
{
  const Records   *records     = dataset->source;
  g_autofree char *path        = g_build_filename (folder, name, NULL);
  g_autofree char *nested      = NULL;
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);

  nested = g_build_filename (folder, records->format->folder, name, NULL);
  dot_identity_add_file (dataset, file ? path : nested);
  if (! file)
    file = g_mapped_file_new (nested, FALSE, NULL);
  return file ? g_mapped_file_get_bytes (file) : NULL;
}

/* Which of @names a member of a tar is; −1 for none. */
static int
find_name (GPtrArray *names, const char *member)
{
  const char *base = strrchr (member, '/');

  for (guint i = 0; i < names->len; i++)
    if (! strcmp (base ? base + 1 : member, g_ptr_array_index (names, i)))
      return (int) i;
  return -1;
}

static gboolean
read_tar (Records *records, GPtrArray *names, const DotDatasetOptions *options, GError **error)
{
  g_autoptr (DotTar) tar = NULL;
  GError     *cause      = NULL;
  const char *member;

  tar = dot_tar_open (options->path, options->memory_limit, error);
  if (! tar)
    return FALSE;
  while (dot_tar_next (tar, &member, &cause))
    {
      int      i = find_name (names, member);
      GBytes **place;

      if (g_cancellable_set_error_if_cancelled (options->cancellable, error))
        return FALSE;
      if (i < 0)
        continue;
      place = (GBytes **) &g_ptr_array_index (records->files, i);
      g_clear_pointer (place, g_bytes_unref);
      *place = dot_tar_read (tar, G_MAXUINT32, error);
      if (! *place)
        return FALSE;
    }
  if (cause)
    g_propagate_error (error, cause);
  return ! cause;
}

static gboolean
read_files (DotDataset *dataset, GPtrArray *names, const DotDatasetOptions *options, GError **error)
{
  Records *records = dataset->source;

  g_ptr_array_set_size (records->files, (int) names->len);
  if (! g_file_test (options->path, G_FILE_TEST_IS_DIR))
    {
      dot_identity_add_file (dataset, options->path);
      if (! read_tar (records, names, options, error))
        return FALSE;
    }
  else
    for (guint i = 0; i < names->len; i++)
      records->files->pdata[i] = map_file (dataset, options->path, g_ptr_array_index (names, i));

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      GBytes     *file = records->files->pdata[i];

      if (! file)
        {
          g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND,
                       _ ("%s has no %s that can be read: unpack or download the set again."),
                       options->path, name);
          return FALSE;
        }
      dot_identity_add (dataset, name, g_bytes_get_size (file), 0);
    }
  return TRUE;
}

/*  what is in them  */

static gboolean
fail_size (const char *name, const char *path, GError **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("%s in %s has the wrong size: download the set again."), name, path);
  return FALSE;
}

static gsize
get_record_size (const DotRecordFormat *format)
{
  return format->header + (gsize) 3 * format->side * format->side;
}

/* One picture, if its class is wanted.
 *
 * @klass: as in the file */
static gboolean
add_record (DotDataset   *dataset,
            const guint8 *planes,
            guint         klass,
            GHashTable   *labels,
            const char   *path,
            GError      **error)
{
  Records               *records = dataset->source;
  const DotRecordFormat *format  = records->format;
  guint                  index   = klass - format->first_label;
  gpointer               label;
  guint32                number;

  if (klass < format->first_label || index >= g_strv_length ((char **) format->classes))
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                   _ ("%s has a picture of class %u, which there isn't: download the set again."), path,
                   klass);
      return FALSE;
    }
  if (! g_hash_table_lookup_extended (labels, format->classes[index], NULL, &label))
    return TRUE;
  number = GPOINTER_TO_UINT (label);
  g_array_append_val (records->items, planes);
  g_array_append_val (dataset->labels, number);
  return TRUE;
}

/* @classes: (nullable): a byte a picture; else they go before the pictures */
static gboolean
add_labelled (DotDataset   *dataset,
              GBytes       *file,
              const guint8 *classes,
              GHashTable   *labels,
              const char   *path,
              GError      **error)
{
  const DotRecordFormat *format = ((Records *) dataset->source)->format;
  gsize                  record = get_record_size (format);
  gsize                  size;
  const guint8          *bytes = g_bytes_get_data (file, &size);

  for (gsize i = 0; i < size / record; i++)
    if (! add_record (dataset, bytes + i * record + format->header,
                      classes ? classes[i] : bytes[i * record], labels, path, error))
      return FALSE;
  return TRUE;
}

static void
add_unlabelled (DotDataset *dataset, GBytes *file)
{
  Records      *records = dataset->source;
  gsize         record  = get_record_size (records->format);
  gsize         size;
  const guint8 *bytes = g_bytes_get_data (file, &size);
  guint32       label = 0;

  for (gsize i = 0; i < size / record; i++)
    {
      const guint8 *planes = bytes + i * record + records->format->header;

      g_array_append_val (records->items, planes);
      g_array_append_val (dataset->labels, label);
    }
}

static gboolean
check_sizes (Records    *records,
             GPtrArray  *names,
             gboolean    labelled,
             const char *path,
             GError    **error)
{
  gsize record = get_record_size (records->format);
  guint n      = names->len - (labelled ? 1 : 0);

  for (guint i = 0; i < n; i++)
    {
      gsize size = g_bytes_get_size (records->files->pdata[i]);

      if (size == 0 || size % record != 0)
        return fail_size (g_ptr_array_index (names, i), path, error);
    }
  /* Labels in a file of their own belong to the one file of pictures. */
  if (labelled && g_bytes_get_size (records->files->pdata[n]) !=
                    g_bytes_get_size (records->files->pdata[0]) / record)
    return fail_size (g_ptr_array_index (names, n), path, error);
  return TRUE;
}

static gboolean
add_files (DotDataset              *dataset,
           const DotRecordPart     *part,
           const DotDatasetOptions *options,
           GError                 **error)
{
  Records               *records = dataset->source;
  const DotRecordFormat *format  = records->format;
  gboolean               known   = part->labels || format->header > 0;
  const char            *one[]   = { format->unlabelled, NULL };
  const guint8          *classes = NULL;
  g_autoptr (GHashTable) labels  = NULL;

  labels = dot_labels_new (dataset, options, known ? format->classes : one, error);
  if (! labels)
    return FALSE;
  if (part->labels)
    classes = g_bytes_get_data (g_ptr_array_index (records->files, 1), NULL);
  for (guint i = 0; part->files[i]; i++)
    if (! known)
      add_unlabelled (dataset, records->files->pdata[i]);
    else if (! add_labelled (dataset, records->files->pdata[i], classes, labels, options->path,
                             error))
      return FALSE;
  dataset->n_items = records->items->len;
  return dot_labels_check (dataset, options, error);
}

static const DotRecordPart *
find_part (const DotRecordFormat *format, const DotDatasetOptions *options, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < format->n_parts; i++)
    {
      const DotRecordPart *part = &format->parts[i];

      if (! g_strcmp0 (options->part ? options->part : "train", part->name))
        return part;
      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", part->name);
    }
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("“%s” is no part of this set: choose one of %s."), options->part, names->str);
  return NULL;
}

/**
 * dot_records_open:
 *
 * See #DotDatasetKind.
 */
gboolean
dot_records_open (DotDataset              *dataset,
                  const DotRecordFormat   *format,
                  const DotDatasetOptions *options,
                  GError                 **error)
{
  const DotRecordPart *part   = find_part (format, options, error);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  Records *records            = g_new0 (Records, 1);

  records->format   = format;
  records->files    = g_ptr_array_new_with_free_func (free_bytes);
  records->items    = g_array_new (FALSE, FALSE, sizeof (guint8 *));
  dataset->source   = records;
  dataset->labels   = g_array_new (FALSE, FALSE, sizeof (guint32));
  dataset->channels = 3;
  dataset->size     = options->size ? options->size : format->size;
  if (! part)
    return FALSE;

  for (guint i = 0; part->files[i]; i++)
    g_ptr_array_add (names, (char *) part->files[i]);
  if (part->labels)
    g_ptr_array_add (names, (char *) part->labels);
  return read_files (dataset, names, options, error) &&
         check_sizes (records, names, part->labels != NULL, options->path, error) &&
         add_files (dataset, part, options, error);
}

/*  pictures  */

/* Planes become a pixbuf of interleaved pixels. */
static void
interleave (const DotRecordFormat *format, const guint8 *planes, GdkPixbuf *picture)
{
  guint8 *pixels = gdk_pixbuf_get_pixels (picture);
  gsize   stride = gdk_pixbuf_get_rowstride (picture);
  gsize   side   = format->side;

  for (gsize c = 0; c < 3; c++)
    for (gsize i = 0; i < side; i++)
      for (gsize j = 0; j < side; j++)
        {
          gsize y = format->by_column ? j : i;
          gsize x = format->by_column ? i : j;

          pixels[y * stride + 3 * x + c] = *planes++;
        }
}

/**
 * dot_records_read:
 *
 * See #DotDatasetKind.
 */
gboolean
dot_records_read (const DotDataset *dataset, guint64 item, guint8 *pixels, GError **error)
{
  const Records *records        = dataset->source;
  int            side           = (int) records->format->side;
  const guint8  *planes         = g_array_index (records->items, guint8 *, item);
  g_autoptr (GdkPixbuf) picture = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, side, side);

  if (picture)
    interleave (records->format, planes, picture);
  if (picture && dot_decode_scale (picture, dataset->size, pixels))
    return TRUE;
  g_set_error (error, DOT_ERROR, DOT_ERROR_NO_MEMORY,
               _ ("There is not enough memory for the pictures: close other "
                  "programs, or choose a smaller size."));
  return FALSE;
}
