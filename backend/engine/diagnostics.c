/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What a report of a bug should say. */

#include "diagnostics.h"

#include "engine.h"
#include "gpu.h"

#include "engine/diagnostics.h"

#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include "base/intl.h"

/* where a path's part ends: what is longer is another name */
#define END "(?=[/\\s\"'”),;:]|\\.?(\\s|$))"

static void
add_system (GString *text)
{
  g_autofree char *name = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  struct utsname   kernel;

  if (uname (&kernel) != 0)
    return;

  g_string_append_printf (text, _ ("System: %s, %s %s, %s\n"), name ? name : "?", kernel.sysname,
                          kernel.release, kernel.machine);
}

/* Linux calls it so on most machines; (nullable) on the others. */
static char *
find_processor (void)
{
  g_autoptr (GRegex)
    line = g_regex_new ("^model name\\s*: (.*)$", G_REGEX_MULTILINE | G_REGEX_RAW, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *table       = NULL;

  if (! g_file_get_contents ("/proc/cpuinfo", &table, NULL, NULL) ||
      ! g_regex_match (line, table, 0, &match))
    return NULL;
  return g_match_info_fetch (match, 1);
}

static void
add_processor (GString *text)
{
  g_autofree char *name = find_processor ();

  g_string_append_printf (text, _ ("Processors: %u\n"), g_get_num_processors ());
  if (name)
    g_string_append_printf (text, _ ("Processor: %s\n"), name);
}

static void
add_models (GString *text)
{
  g_autoptr (GPtrArray) models = dot_model_list ();
  g_auto (GStrv) folders       = dot_model_folders_list ();

  for (guint i = 0; folders[i]; i++)
    g_string_append_printf (text, _ ("Folder of models: %s\n"), folders[i]);
  for (guint i = 0; i < models->len; i++)
    {
      const char *problem = dot_model_get_problem (models->pdata[i]);

      g_string_append_printf (text, _ ("Model: %s %s\n"), dot_model_get_id (models->pdata[i]),
                              problem ? problem : "");
    }
}

/**
 * dot_diagnostics_describe:
 *
 * The versions of the program and its backend, the computer, and what the GPU
 * says when it is asked to compute.  What doesn't work is part of the answer,
 * and no failure.  Loads the engines, which takes a second or two.
 *
 * Returns: (transfer full): lines of "name: value"; paths are as they are
 */
char *
dot_diagnostics_describe (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *backend = NULL;
  g_autofree char *gpu     = NULL;
  GString         *text    = g_string_new (NULL);

  if (! dot_engine_check (&backend, &error))
    backend = g_strdup (error->message);
  dot_gpu_describe (&gpu);

  g_string_append_printf (text, "DOT Refine: %s\n", DOT_VERSION);
  g_string_append_printf (text, _ ("Backend: %s\n"), backend);
  g_string_append_printf (text, _ ("GPU: %s\n"), gpu);
  add_system (text);
  add_processor (text);
  add_models (text);
  return g_string_free (text, FALSE);
}

/*  for others to read  */

/* Returns: (transfer full): @text with @by for what @pattern finds */
static char *
replace (const char *text, const char *pattern, const char *by)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  char *made               = NULL;

  if (regex)
    made = g_regex_replace_literal (regex, text, -1, 0, by, 0, NULL);
  return made ? made : g_strdup (text);
}

static char *
hide_home (const char *text, const char *home)
{
  g_autofree char *valid   = g_utf8_make_valid (home, -1);
  g_autofree char *escaped = NULL;
  g_autofree char *pattern = NULL;

  while (*valid && g_str_has_suffix (valid, "/"))
    valid[strlen (valid) - 1] = '\0';
  if (! *valid)
    return g_strdup (text);

  escaped = g_regex_escape_string (valid, -1);
  pattern = g_strconcat ("(?<![\\w.-])", escaped, END, NULL);
  return replace (text, pattern, "~");
}

/* /media/anna/disk, say. */
static char *
hide_user (const char *text, const char *user)
{
  g_autofree char *valid   = g_utf8_make_valid (user, -1);
  g_autofree char *escaped = g_regex_escape_string (valid, -1);
  g_autofree char *pattern = g_strconcat ("/", escaped, END, NULL);

  return *valid ? replace (text, pattern, "/…") : g_strdup (text);
}

/**
 * dot_diagnostics_hide:
 * @text: which may have paths in it
 * @home: (type filename): the person's folder, shown as ~
 * @user: what a folder of the person's elsewhere is called
 *
 * Returns: (transfer full): @text, which doesn't say whose paths these are
 */
char *
dot_diagnostics_hide (const char *text, const char *home, const char *user)
{
  g_autofree char *valid  = g_utf8_make_valid (text, -1);
  g_autofree char *hidden = hide_home (valid, home);

  return hide_user (hidden, user);
}

/* The folder may be reached by a link, and be meant by either path. */
static char *
hide_person (const char *text)
{
  const char      *home   = g_get_home_dir ();
  char            *real   = realpath (home, NULL);
  g_autofree char *hidden = NULL;

  hidden = dot_diagnostics_hide (text, real ? real : home, g_get_user_name ());
  free (real);
  return dot_diagnostics_hide (hidden, home, g_get_user_name ());
}

static void
add_model (GString *text, DotModel *model)
{
  const char *problem = dot_model_get_problem (model);

  g_string_append_printf (text, _ ("Model in use: %s, %s, pixels: %u, classes: %u %s\n"),
                          dot_model_get_id (model), dot_model_get_architecture (model),
                          dot_model_get_image_size (model), dot_model_get_n_classes (model),
                          problem ? problem : "");
}

/**
 * dot_diagnostics_text:
 * @host: (nullable): the program around it, "GIMP 3.0.4\nGTK 3.24.50" say
 * @model: (nullable): the model in use
 * @problem: (nullable): the last error's sentence
 *
 * What a person copies into a report of a bug, and doesn't mind others to read:
 * versions, the computer, the model and the last error; no file's contents, and
 * of paths not whose they are.  Loads the engines and asks the GPU, which takes a second or two; may be
 * called in any thread.
 *
 * Returns: (transfer full): lines of text
 */
char *
dot_diagnostics_text (const char *host, DotModel *model, const char *problem)
{
  g_autofree char *backend = dot_diagnostics_describe ();
  g_autoptr (GString) text = g_string_new (backend);

  if (host)
    g_string_append_printf (text, "%s, ", host);
  g_string_append_printf (text, "GLib %u.%u.%u\n", glib_major_version, glib_minor_version,
                          glib_micro_version);
  if (model)
    add_model (text, model);
  if (problem)
    g_string_append_printf (text, _ ("Last error: %s\n"), problem);
  return hide_person (text->str);
}
