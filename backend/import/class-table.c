/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The classes of a pair as a table: a line for each row of the label tables
 * with its number, WordNet id, ImageNet index and name, separated by tabs.
 * All but the number may be empty. */

#include "class-table.h"

#include "model/classes.h"

#include "base/intl.h"
#include "base/whole-file.h"

#include <string.h>

#define MAX_SIZE (16 * 1024 * 1024)

static gboolean
fail (const char *path, guint line, const char *reason, GError **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("%s is wrong in line %u (%s): each line is label, WordNet id, "
                  "ImageNet index and name, separated by tabs."),
               path, line, reason);
  return FALSE;
}

/* −1 where @text is no whole number. */
static gint64
read_number (const char *text)
{
  guint64 number;

  if (! text || ! g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT32, &number, NULL))
    return -1;
  return (gint64) number;
}

static const char *
read_text (const char *text)
{
  return text && *text ? text : NULL;
}

static gboolean
read_line (GArray *classes, const char *text, const char *path, guint line, GError **error)
{
  g_auto (GStrv) columns = g_strsplit (text, "\t", 4);
  guint       n          = g_strv_length (columns);
  gint64      label      = n > 0 ? read_number (columns[0]) : -1;
  const char *index      = n > 2 ? read_text (columns[2]) : NULL;
  DotClass   *klass;

  if (label < 0)
    return fail (path, line, _ ("its label is no number"), error);
  if (label >= classes->len)
    return fail (path, line, _ ("the files have fewer labels"), error);
  klass = &g_array_index (classes, DotClass, label);
  if (klass->name)
    return fail (path, line, _ ("its label was there before"), error);
  if (index && read_number (index) < 0)
    return fail (path, line, _ ("its index is no number"), error);
  if (n > 3 && strpbrk (columns[3], "\t\r"))
    return fail (path, line, _ ("it has more columns"), error);

  dot_classes_init_class (klass, label, n > 1 ? read_text (columns[1]) : NULL,
                          n > 3 ? read_text (columns[3]) : NULL, index ? read_number (index) : -1);
  return TRUE;
}

/* A header, whose first column is "label", may go first. */
static gboolean
read_lines (GArray *classes, const char *text, const char *path, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i]; i++)
    {
      g_strchomp (lines[i]);
      if (*lines[i] && ! (i == 0 && g_str_has_prefix (lines[i], "label")) &&
          ! read_line (classes, lines[i], path, i + 1, error))
        return FALSE;
    }

  for (guint i = 0; i < classes->len; i++)
    if (! g_array_index (classes, DotClass, i).name)
      {
        g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                     _ (
                       "%s has no line for label %u: give a line for each label of the files (%u)."),
                     path, i, classes->len);
        return FALSE;
      }
  return TRUE;
}

/**
 * dot_class_table_read:
 * @n_classes: how many there must be
 *
 * Returns: (transfer full) (element-type DotClass): the classes by label
 */
GArray *
dot_class_table_read (const char *path, guint n_classes, GError **error)
{
  g_autoptr (GMappedFile) file = dot_whole_file_map (path, error);
  g_autoptr (GArray) classes   = NULL;
  g_autofree char *text        = NULL;
  gsize            size        = file ? g_mapped_file_get_length (file) : 0;

  if (! file)
    return NULL;
  if (size <= MAX_SIZE)
    text = g_strndup (g_mapped_file_get_contents (file), size);
  if (! text || strlen (text) != size || ! g_utf8_validate (text, -1, NULL))
    {
      fail (path, 1, _ ("it is no text"), error);
      return NULL;
    }

  classes = g_array_new (FALSE, TRUE, sizeof (DotClass));
  g_array_set_size (classes, n_classes);
  return read_lines (classes, text, path, error) ? g_steal_pointer (&classes) : NULL;
}
