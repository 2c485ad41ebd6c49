/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "recent.h"

#include "dot.h"

/**
 * DotRecent:
 *
 * What was used of late, newest first, each once: classes, seeds.  It is kept
 * in a file, a line each, for the next start and for other processes.  It is a
 * help and nothing more: what can't be read is empty, and what can't be written
 * lasts as long as the program.
 */

#define MAX_FILE_SIZE (64 * 1024)
#define MAX_CLASSES   12
#define MAX_SEEDS     20

struct _DotRecent
{
  GObject parent_instance;

  char *path;
  guint most;
  GStrv lines;
};

G_DEFINE_FINAL_TYPE (DotRecent, dot_recent, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Returns: (transfer full): @first, and what of @lines has room after it */
static GStrv
make_lines (DotRecent *recent, const char *first, const char *const *lines)
{
  g_autoptr (GPtrArray) made = g_ptr_array_new ();

  if (first)
    g_ptr_array_add (made, g_strdup (first));
  for (guint i = 0; lines[i] && made->len < recent->most; i++)
    if (*lines[i] && dot_line_is_valid (lines[i]) &&
        ! g_ptr_array_find_with_equal_func (made, lines[i], g_str_equal, NULL))
      g_ptr_array_add (made, g_strdup (lines[i]));
  g_ptr_array_add (made, NULL);
  return (GStrv) g_ptr_array_steal (made, NULL);
}

static void
set_lines (DotRecent *recent, GStrv lines)
{
  g_strfreev (recent->lines);
  recent->lines = lines;
}

/* Another process may have added some. */
static void
read_file (DotRecent *recent)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text    = NULL;
  g_auto (GStrv) lines     = NULL;

  if (recent->path)
    bytes = dot_whole_file_read (recent->path, MAX_FILE_SIZE, TRUE, NULL);
  if (! bytes)
    return;

  text  = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  lines = g_strsplit (text, "\n", -1);
  set_lines (recent, make_lines (recent, NULL, (const char *const *) lines));
}

static void
write_file (DotRecent *recent)
{
  g_autofree char *joined = g_strjoinv ("\n", recent->lines);
  g_autofree char *text   = g_strconcat (joined, "\n", NULL);
  g_autofree char *folder = recent->path ? g_path_get_dirname (recent->path) : NULL;

  if (folder && g_mkdir_with_parents (folder, 0700) == 0)
    g_file_set_contents_full (recent->path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
}

/*  the class  */

static void
dot_recent_finalize (GObject *object)
{
  DotRecent *recent = DOT_RECENT (object);

  g_free (recent->path);
  g_strfreev (recent->lines);

  G_OBJECT_CLASS (dot_recent_parent_class)->finalize (object);
}

static void
dot_recent_class_init (DotRecentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dot_recent_finalize;

  /**
   * DotRecent::changed:
   *
   * Something was added.
   */
  signals[CHANGED] = g_signal_new ("changed", DOT_TYPE_RECENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
dot_recent_init (DotRecent *recent)
{
  recent->lines = g_new0 (char *, 1);
}

/**
 * dot_recent_new:
 * @path: (nullable) (type filename): the file; %NULL for none
 * @most: how many are remembered
 *
 * Returns: (transfer full): what is in the file
 */
DotRecent *
dot_recent_new (const char *path, guint most)
{
  DotRecent *recent = g_object_new (DOT_TYPE_RECENT, NULL);

  recent->path = g_strdup (path);
  recent->most = most;
  read_file (recent);
  return recent;
}

static DotRecent *
new_in_data_folder (const char *name, guint most)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "dot-refine", name, NULL);

  return dot_recent_new (path, most);
}

/**
 * dot_recent_new_classes:
 *
 * Returns: (transfer full): the person's last 12 classes, by what
 *   dot_class_list_get_class_text() calls them
 */
DotRecent *
dot_recent_new_classes (void)
{
  return new_in_data_folder ("recent-classes", MAX_CLASSES);
}

/**
 * dot_recent_new_seeds:
 *
 * Returns: (transfer full): the person's last 20 seeds
 */
DotRecent *
dot_recent_new_seeds (void)
{
  return new_in_data_folder ("recent-seeds", MAX_SEEDS);
}

/**
 * dot_recent_add:
 * @text: one line; anything else is ignored
 *
 * Puts it first.
 */
void
dot_recent_add (DotRecent *recent, const char *text)
{
  g_return_if_fail (DOT_IS_RECENT (recent));

  if (! *text || ! dot_line_is_valid (text))
    return;

  read_file (recent);
  set_lines (recent, make_lines (recent, text, dot_recent_get (recent)));
  write_file (recent);
  g_signal_emit (recent, signals[CHANGED], 0);
}

/**
 * dot_recent_add_number:
 * @number: 0 … 2³¹−1
 *
 * Puts it first.
 */
void
dot_recent_add_number (DotRecent *recent, int number)
{
  g_autofree char *text = g_strdup_printf ("%d", number);

  dot_recent_add (recent, text);
}

/**
 * dot_recent_get:
 *
 * Returns: (transfer none): newest first, ended by %NULL; valid until something
 *   is added
 */
const char *const *
dot_recent_get (DotRecent *recent)
{
  g_return_val_if_fail (DOT_IS_RECENT (recent), NULL);

  return (const char *const *) recent->lines;
}

/**
 * dot_recent_get_numbers:
 *
 * Returns: (transfer full) (element-type int): those that are numbers,
 *   0 … 2³¹−1, newest first
 */
GArray *
dot_recent_get_numbers (DotRecent *recent)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (int));

  g_return_val_if_fail (DOT_IS_RECENT (recent), numbers);

  for (guint i = 0; recent->lines[i]; i++)
    {
      gint64 wide;
      int    number;

      if (! g_ascii_string_to_signed (recent->lines[i], 10, 0, G_MAXINT, &wide, NULL))
        continue;
      number = (int) wide;
      g_array_append_val (numbers, number);
    }

  return numbers;
}
