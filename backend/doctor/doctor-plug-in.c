/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "doctor-plug-in.h"

#include "config.h"
#include "doctor-gimp.h"
#include "doctor-query.h"

#include <string.h>

#include "base/intl.h"
#include "base/whole-file.h"

#define CHECK "plug-in"

/* GIMP wants a folder and a program in it of the same name. */
#define NAME "dot-refine"

/* What is in the program before its version. */
#define MARK "dot-refine-plug-in "

/* Returns: (transfer full) (nullable): the version that is written into it */
static char *
find_version (const char *program)
{
  g_autoptr (GMappedFile) file = dot_whole_file_map (program, NULL);
  const char *begin            = file ? g_mapped_file_get_contents (file) : NULL;
  gsize       size             = file ? g_mapped_file_get_length (file) : 0;
  const char *found            = begin ? memmem (begin, size, MARK, strlen (MARK)) : NULL;
  gsize       left;

  if (! found)
    return NULL;
  found += strlen (MARK);
  left = begin + size - found;
  return g_strndup (found, MIN (left, 32));
}

/* Takes @text and @fix. */
static void
problem (GPtrArray *findings, char *text, char *fix)
{
  dot_finding_note (findings, CHECK, DOT_FINDING_PROBLEM, text, fix);
}

static char *
install_again (void)
{
  return g_strdup (_ ("Install DOT Refine again, and restart GIMP."));
}

/* That it can be run, is of this version and answers. */
static void
look_at (GPtrArray *findings, const DotGimp *gimp, const char *program)
{
  g_autofree char *version = find_version (program);
  g_autofree char *words   = NULL;

  if (! g_file_test (program, G_FILE_TEST_IS_EXECUTABLE))
    problem (findings,
             g_strdup_printf (_ ("%s: %s is no program that may be run."), gimp->name, program),
             g_strdup_printf (_ ("Run: chmod +x '%s'"), program));
  else if (! dot_doctor_query (program, &words))
    problem (findings, g_strdup_printf (_ ("%s: %s doesn't answer (%s)."), gimp->name, program, words),
             g_strdup (_ ("Install what it says is missing; or install DOT Refine again, built for "
                          "this GIMP.")));
  else if (g_strcmp0 (version, DOT_VERSION) != 0)
    problem (findings,
             g_strdup_printf (
               _ ("%s: %s is of version %s, this program of %s."), gimp->name, program,
                              version ? version : "?", DOT_VERSION),
             install_again ());
  else
    dot_finding_note (findings, CHECK, DOT_FINDING_FINE,
                      g_strdup_printf (
                        _ ("%s: %s answers, and is of version %s."), gimp->name, program,
                                       version),
                      NULL);
}

/* Returns: (transfer full) (nullable): the first that GIMP finds; where it is in
 * the wrong place, @misplaced is that */
static char *
find_program (const DotGimp *gimp, char **misplaced)
{
  for (guint i = 0; gimp->folders[i]; i++)
    {
      g_autofree char *folder  = g_build_filename (gimp->folders[i], NAME, NULL);
      g_autofree char *program = g_build_filename (folder, NAME, NULL);

      if (g_file_test (program, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&program);
      if (! *misplaced && g_file_test (folder, G_FILE_TEST_IS_REGULAR))
        *misplaced = g_steal_pointer (&folder);
    }
  return NULL;
}

/* The plug-in's libraries aren't those of a sandbox. */
static void
note_sandbox (GPtrArray *findings, const DotGimp *gimp)
{
  dot_finding_note (findings, CHECK, DOT_FINDING_NONE,
                    g_strdup_printf (_ ("%s runs in a sandbox with libraries of its own, for which "
                                        "this plug-in isn't built."),
                                     gimp->name),
                    NULL);
}

static void
note_missing (GPtrArray *findings, const DotGimp *gimp, const char *misplaced)
{
  const char *folder = gimp->folders[0] ? gimp->folders[0] : gimp->settings;

  if (misplaced)
    problem (findings,
             g_strdup_printf (_ ("%s passes over %s, which has no folder of its own."), gimp->name,
                              misplaced),
             g_strdup_printf (_ ("Move it, with what belongs to it, into %s/%s."), folder, NAME));
  else
    problem (findings, g_strdup_printf (_ ("%s doesn't have the plug-in."), gimp->name),
             g_strdup_printf (
               _ ("Install it: its program is to be %s/%s/%s."), folder, NAME, NAME));
}

static void
look_in (GPtrArray *findings, const DotGimp *gimp, GPtrArray *places)
{
  g_autofree char *misplaced = NULL;
  g_autofree char *program   = NULL;

  if (gimp->sandbox)
    {
      note_sandbox (findings, gimp);
      return;
    }
  program = find_program (gimp, &misplaced);
  if (! program)
    {
      note_missing (findings, gimp, misplaced);
      return;
    }
  look_at (findings, gimp, program);
  g_ptr_array_add (places, g_path_get_dirname (program));
}

/**
 * dot_doctor_plug_in_look:
 * @findings: gets what is said of each GIMP
 *
 * Returns: (transfer full) (element-type filename): the folders of the plug-ins
 *   that were found
 */
GPtrArray *
dot_doctor_plug_in_look (GPtrArray *findings)
{
  g_autoptr (GPtrArray) gimps = dot_doctor_gimp_list ();
  GPtrArray *places           = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < gimps->len; i++)
    look_in (findings, gimps->pdata[i], places);

  if (gimps->len == 0)
    dot_finding_note (findings, CHECK, DOT_FINDING_NONE, g_strdup (_ ("There is no GIMP 3.")), NULL);
  return places;
}
