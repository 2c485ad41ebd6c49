/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The GIMPs of a person, and where each looks for plug-ins.
 *
 * The system's GIMP and an AppImage have the same settings; Flatpak and Snap
 * keep theirs in the person's folder, too. */

#include "doctor-gimp.h"

#include <string.h>

#include "base/intl.h"

/* All versions 3.N have plug-ins of this one. */
#define API            "3.0"
#define DEFAULT_CONFIG "(plug-in-path \"${gimp_dir}/plug-ins:${gimp_plug_in_dir}/plug-ins\")"

/* Where programs keep their libraries; of several machines a folder deeper. */
static const char *const library_folders[] = { "/usr/local/lib", "/usr/local/lib64", "/usr/lib",
                                               "/usr/lib64" };

static void
gimp_free (gpointer data)
{
  DotGimp *gimp = data;

  g_free (gimp->name);
  g_free (gimp->settings);
  g_strfreev (gimp->folders);
  g_free (gimp);
}

/*  what the system has  */

static void
add_if_there (GStrvBuilder *folders, const char *library_folder)
{
  g_autofree char *folder = g_build_filename (library_folder, "gimp", API, NULL);

  if (g_file_test (folder, G_FILE_TEST_IS_DIR))
    g_strv_builder_add (folders, folder);
}

/* "/usr/lib/x86_64-linux-gnu/gimp/3.0", say.  DOT_REFINE_GIMP says it of a GIMP
 * that is elsewhere. */
static GStrv
list_system_folders (void)
{
  g_autoptr (GStrvBuilder) folders = g_strv_builder_new ();
  const char *chosen               = g_getenv ("DOT_REFINE_GIMP");

  if (chosen)
    {
      g_strv_builder_add (folders, chosen);
      return g_strv_builder_end (folders);
    }
  for (guint i = 0; i < G_N_ELEMENTS (library_folders); i++)
    {
      g_autoptr (GDir) dir = g_dir_open (library_folders[i], 0, NULL);
      const char *name;

      add_if_there (folders, library_folders[i]);
      while (dir && (name = g_dir_read_name (dir)))
        if (strstr (name, "-linux-"))
          {
            g_autofree char *deeper = g_build_filename (library_folders[i], name, NULL);

            add_if_there (folders, deeper);
          }
    }
  return g_strv_builder_end (folders);
}

/*  what its settings say  */

/* Returns: (transfer full) (nullable): the value of plug-in-path */
static char *
find_path (const char *config)
{
  g_autoptr (GRegex) line      = g_regex_new ("^\\s*\\(plug-in-path\\s+\"([^\"]*)\"\\)",
                                              G_REGEX_MULTILINE | G_REGEX_RAW, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  return g_regex_match (line, config, 0, &match) ? g_match_info_fetch (match, 1) : NULL;
}

static void
read_path (char **path, const char *folder)
{
  g_autofree char *file   = g_build_filename (folder, "gimprc", NULL);
  g_autofree char *config = NULL;
  char            *found;

  if (! g_file_get_contents (file, &config, NULL, NULL) || ! (found = find_path (config)))
    return;
  g_free (*path);
  *path = found;
}

/* The person's settings go before the system's. */
static char *
get_path (const char *settings)
{
  const char *system = g_getenv ("GIMP3_SYSCONFDIR");
  char       *path   = find_path (DEFAULT_CONFIG);

  read_path (&path, system ? system : "/etc/gimp/" API);
  read_path (&path, settings);
  return path;
}

static char *
replace (const char *text, const char *variable, const char *value)
{
  g_auto (GStrv) parts = g_strsplit (text, variable, -1);

  return g_strjoinv (value, parts);
}

static void
add_expanded (GStrvBuilder *folders, const char *part, const char *settings, GStrv system)
{
  g_autofree char *own  = replace (part, "${gimp_dir}", settings);
  g_autofree char *home = replace (own, "${home_dir}", g_get_home_dir ());

  if (! strstr (home, "${gimp_plug_in_dir}"))
    {
      g_strv_builder_add (folders, home);
      return;
    }
  for (guint i = 0; system[i]; i++)
    {
      g_autofree char *folder = replace (home, "${gimp_plug_in_dir}", system[i]);

      g_strv_builder_add (folders, folder);
    }
}

static GStrv
list_folders (const char *settings, GStrv system)
{
  g_autoptr (GStrvBuilder) folders = g_strv_builder_new ();
  g_autofree char *path            = get_path (settings);
  g_auto (GStrv) parts             = g_strsplit (path, G_SEARCHPATH_SEPARATOR_S, -1);

  for (guint i = 0; parts[i]; i++)
    if (*parts[i])
      add_expanded (folders, parts[i], settings, system);
  return g_strv_builder_end (folders);
}

/*  the list  */

static void
add (GPtrArray *gimps, const char *settings, const char *what, gboolean sandbox, GStrv system)
{
  g_autofree char *version = g_path_get_basename (settings);
  DotGimp         *gimp    = g_new (DotGimp, 1);

  *gimp = (DotGimp) {
    .name     = what ? g_strdup_printf ("GIMP %s (%s)", version, what)
                     : g_strdup_printf ("GIMP %s", version),
    .settings = g_strdup (settings),
    .folders  = list_folders (settings, system),
    .sandbox  = sandbox,
  };
  g_ptr_array_add (gimps, gimp);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Those of GIMP 3 that were started: "3.0", "3.2". */
static void
add_settings (GPtrArray  *gimps,
              const char *config,
              const char *what,
              gboolean    sandbox,
              GStrv       system)
{
  g_autofree char *parent     = g_build_filename (config, "GIMP", NULL);
  g_autoptr (GDir) dir        = g_dir_open (parent, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    if (g_regex_match_simple ("^3\\.\\d+$", name, 0, 0))
      g_ptr_array_add (names, g_build_filename (parent, name, NULL));

  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    if (g_file_test (names->pdata[i], G_FILE_TEST_IS_DIR))
      add (gimps, names->pdata[i], what, sandbox, system);
}

/* Where GIMP is installed, but wasn't started. */
static void
add_unstarted (GPtrArray *gimps, GStrv system)
{
  g_autofree char *settings = g_build_filename (g_get_user_config_dir (), "GIMP", API, NULL);

  add (gimps, settings, _ ("not started yet"), FALSE, system);
}

/**
 * dot_doctor_gimp_list:
 *
 * Returns: (transfer full) (element-type DotGimp): the person's GIMPs, those in
 *   sandboxes last
 */
GPtrArray *
dot_doctor_gimp_list (void)
{
  GPtrArray *gimps          = g_ptr_array_new_with_free_func (gimp_free);
  g_auto (GStrv) system     = list_system_folders ();
  const char      *settings = g_getenv ("GIMP3_DIRECTORY");
  g_autofree char *flatpak  = NULL;
  g_autofree char *snap     = NULL;

  flatpak = g_build_filename (g_get_home_dir (), ".var", "app", "org.gimp.GIMP", "config", NULL);
  snap    = g_build_filename (g_get_home_dir (), "snap", "gimp", "current", ".config", NULL);
  if (settings)
    add (gimps, settings, "GIMP3_DIRECTORY", FALSE, system);
  else
    add_settings (gimps, g_get_user_config_dir (), NULL, FALSE, system);
  if (gimps->len == 0 && system[0])
    add_unstarted (gimps, system);
  add_settings (gimps, flatpak, "Flatpak", TRUE, system);
  add_settings (gimps, snap, "Snap", TRUE, system);
  return gimps;
}
