/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The files in a tar, one after the other, without unpacking it.  Names are
 * names only: nothing is ever written, links lead nowhere, and a size counts
 * for what is there. */

#include "tar.h"

#include "base/intl.h"
#include "base/whole-file.h"

#include <archive.h>
#include <archive_entry.h>

/* What a member costs besides its bytes. */
#define MEMBER_COST 128

/* @bytes: the file itself
 * @name: of the member that it is at
 * @links: (element-type utf8): names of links that were passed over
 * @reserved: what was unpacked or remembered so far */
struct _DotTar
{
  char                 *path;
  GBytes               *bytes;
  struct archive       *archive;
  struct archive_entry *entry;
  char                 *name;
  GPtrArray            *links;
  guint64               memory_limit;
  guint64               reserved;
};

static gboolean
fail_damaged (DotTar *tar, GError **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("%s is damaged or no tar: download or make it again."), tar->path);
  return FALSE;
}

static gboolean
reserve (DotTar *tar, guint64 size, GError **error)
{
  if (size <= tar->memory_limit && tar->reserved <= tar->memory_limit - size)
    {
      tar->reserved += size;
      return TRUE;
    }
  g_set_error (error, DOT_ERROR, DOT_ERROR_NO_MEMORY,
               _ ("%s has more in it than may be kept in memory: unpack it into "
                  "a folder, or allow more memory."),
               tar->path);
  return FALSE;
}

/* Programs that know other compressions are not started. */
static gboolean
open_archive (DotTar *tar)
{
  gsize         size;
  gconstpointer bytes = g_bytes_get_data (tar->bytes, &size);

  tar->archive = archive_read_new ();
  if (! tar->archive)
    return FALSE;
  archive_read_support_filter_gzip (tar->archive);
  archive_read_support_filter_bzip2 (tar->archive);
  archive_read_support_filter_xz (tar->archive);
  archive_read_support_filter_zstd (tar->archive);
  archive_read_support_format_tar (tar->archive);
  return size > 0 && archive_read_open_memory (tar->archive, bytes, size) == ARCHIVE_OK;
}

/**
 * dot_tar_open:
 * @path: compressed by gzip, bzip2, xz or zstd, or not
 * @memory_limit: what may be kept of a compressed one, in bytes
 *
 * Returns: (transfer full): the tar, before its first file
 */
DotTar *
dot_tar_open (const char *path, guint64 memory_limit, GError **error)
{
  g_autoptr (GMappedFile) file = dot_whole_file_map (path, error);
  g_autoptr (DotTar) tar       = NULL;

  if (! file)
    return NULL;
  tar               = g_new0 (DotTar, 1);
  tar->path         = g_strdup (path);
  tar->bytes        = g_mapped_file_get_bytes (file);
  tar->links        = g_ptr_array_new_with_free_func (g_free);
  tar->memory_limit = memory_limit;
  if (! open_archive (tar))
    {
      fail_damaged (tar, error);
      return NULL;
    }
  return g_steal_pointer (&tar);
}

/* "./a/b" and "/a/b" are "a/b". */
static gboolean
read_name (DotTar *tar)
{
  const char *name = archive_entry_pathname_utf8 (tar->entry);

  if (! name)
    name = archive_entry_pathname (tar->entry);
  while (name && (*name == '/' || (name[0] == '.' && name[1] == '/')))
    name++;
  g_free (tar->name);
  tar->name = name ? g_utf8_make_valid (name, -1) : NULL;
  return tar->name != NULL;
}

static gboolean
is_link (DotTar *tar)
{
  return archive_entry_filetype (tar->entry) == AE_IFLNK || archive_entry_hardlink (tar->entry);
}

/**
 * dot_tar_next:
 * @name: (out) (transfer none): of the file, without a leading "/" or "./"
 *
 * Goes to the next file; folders, links and devices are passed over.
 *
 * Returns: %FALSE at the end, or with @error set
 */
gboolean
dot_tar_next (DotTar *tar, const char **name, GError **error)
{
  int result;

  while ((result = archive_read_next_header (tar->archive, &tar->entry)) != ARCHIVE_EOF)
    {
      if (result < ARCHIVE_WARN)
        return fail_damaged (tar, error);
      if (! read_name (tar) || (! is_link (tar) && archive_entry_filetype (tar->entry) != AE_IFREG))
        continue;
      if (! reserve (tar, MEMBER_COST + strlen (tar->name), error))
        return FALSE;
      if (! is_link (tar))
        {
          *name = tar->name;
          return TRUE;
        }
      g_ptr_array_add (tar->links, g_strdup (tar->name));
    }
  return FALSE;
}

/**
 * dot_tar_get_links:
 *
 * Returns: (element-type utf8): the names of the links so far
 */
const GPtrArray *
dot_tar_get_links (const DotTar *tar)
{
  return tar->links;
}

/* A file of a tar that isn't compressed lies in the mapped file as it is. */
static GBytes *
get_mapped (DotTar *tar, const void *block, gsize size)
{
  gsize         n_mapped;
  const guint8 *mapped = g_bytes_get_data (tar->bytes, &n_mapped);
  const guint8 *start  = block;

  if (start < mapped || start > mapped + n_mapped || size > (gsize) (mapped + n_mapped - start))
    return NULL;
  return g_bytes_new_from_bytes (tar->bytes, (gsize) (start - mapped), size);
}

static gboolean
append (DotTar     *tar,
        GByteArray *copy,
        const void *block,
        gsize       size,
        gint64      offset,
        guint64     max_size,
        GError    **error)
{
  /* No picture has holes. */
  if (offset != (gint64) copy->len || size > max_size - copy->len)
    return fail_damaged (tar, error);
  if (! reserve (tar, size, error))
    return FALSE;
  g_byte_array_append (copy, block, (guint) size);
  return TRUE;
}

/**
 * dot_tar_read:
 * @max_size: of the file, below 4 GB
 *
 * Reads the file that dot_tar_next() went to.
 *
 * Returns: (transfer full): its bytes, not copied where the tar isn't
 *   compressed
 */
GBytes *
dot_tar_read (DotTar *tar, guint64 max_size, GError **error)
{
  g_autoptr (GByteArray) copy = g_byte_array_new ();
  gint64      size            = archive_entry_size (tar->entry);
  const void *block;
  gsize       n_block;
  gint64      offset;
  int         result;

  if (size < 0 || (guint64) size > max_size)
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                   _ ("%s has %s in it, which is too large to be read: take it "
                      "out or make it smaller."),
                   tar->path, tar->name);
      return NULL;
    }
  while ((result = archive_read_data_block (tar->archive, &block, &n_block, &offset)) == ARCHIVE_OK)
    {
      GBytes *bytes = NULL;

      if (offset == 0 && size > 0 && n_block == (guint64) size)
        bytes = get_mapped (tar, block, n_block);
      if (bytes)
        return bytes;
      if (! append (tar, copy, block, n_block, offset, max_size, error))
        return NULL;
    }
  if (result != ARCHIVE_EOF || copy->len != (guint64) size)
    {
      fail_damaged (tar, error);
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&copy));
}

/**
 * dot_tar_close:
 *
 * Closes a tar; bytes that it gave out stay.
 */
void
dot_tar_close (DotTar *tar)
{
  if (tar->archive)
    archive_read_free (tar->archive);
  g_clear_pointer (&tar->bytes, g_bytes_unref);
  g_ptr_array_unref (tar->links);
  g_free (tar->name);
  g_free (tar->path);
  g_free (tar);
}
