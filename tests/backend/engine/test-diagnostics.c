/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What a person copies into a report of a bug, and what stays out of it. */

#include "engine/diagnostics.h"

#include <string.h>

#define assert_has(text, part)   g_assert_cmpstr (strstr (text, part), !=, NULL)
#define assert_lacks(text, part) g_assert_cmpstr (strstr (text, part), ==, NULL)

static void
test_hide (void)
{
  static const struct
  {
    const char *text, *expected;
  } cases[] = {
    { "/home/anna/gans/a.npz can't be read.", "~/gans/a.npz can't be read." },
    { "in /home/anna.", "in ~." },
    { "in /home/anna: choose", "in ~: choose" },
    { "“/home/anna” (/home/anna)", "“~” (~)" },
    { "/home/anna", "~" },
    { "/home/annabel/x /home/anna.old/x", "/home/annabel/x /home/anna.old/x" },
    { "/mnt/home/anna/x", "/mnt/home/…/x" },
    { "/media/anna/disk/x.npz", "/media/…/disk/x.npz" },
    { "/run/media/anna", "/run/media/…" },
    { "file:///home/anna/x", "file://~/x" },
    { "anna says /x/y", "anna says /x/y" },
    { "\xff /home/anna/x", "\xef\xbf\xbd ~/x" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = dot_diagnostics_hide (cases[i].text, "/home/anna/", "anna");

      g_assert_cmpstr (found, ==, cases[i].expected);
    }
}

/* Names that mean something to a regular expression, and homes that are none. */
static void
test_hide_odd_names (void)
{
  static const struct
  {
    const char *home, *user, *text, *expected;
  } cases[] = {
    { "/srv/a.b(c)+", "a.b(c)+", "/srv/a.b(c)+/x /srv/aXb(c)+/x", "~/x /srv/aXb(c)+/x" },
    { "/", "root", "/etc/x /root/y", "/etc/x /…/y" },
    { "", "", "/etc/x", "/etc/x" },
    { "/home/\xff", "\xff", "/home/\xff/x", "~/x" },
    { "/home/金魚", "金魚", "/home/金魚/x", "~/x" },
    { "/home/\\E", "\\E", "/home/\\E/x", "~/x" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = dot_diagnostics_hide (cases[i].text, cases[i].home, cases[i].user);

      g_assert_cmpstr (found, ==, cases[i].expected);
    }
}

static void
test_text (void)
{
  g_autoptr (DotModel) model = dot_model_find ("imagenet10-64", NULL);
  g_autofree char *error     = g_build_filename (g_get_home_dir (), "secret", NULL);
  g_autofree char *text      = dot_diagnostics_text ("GIMP 3.0.4\nGTK 3.24.50", model, error);
  g_auto (GStrv) lines       = g_strsplit (text, "\n", -1);

  assert_has (text, "DOT Refine: ");
  assert_has (text, "\nBackend: ");
  assert_has (text, "\nGPU: ");
  assert_has (text, "\nSystem: ");
  assert_has (text, "\nProcessors: ");
  assert_has (text, "\nGIMP 3.0.4\n");
  assert_has (text, "\nGTK 3.24.50, GLib 2.");
  assert_has (text, "\nModel in use: imagenet10-64, sngan-projection, pixels: 64, classes: 10");
  assert_has (text, "\nLast error: ~/secret\n");
  assert_lacks (text, g_get_home_dir ());
  for (guint i = 0; lines[i]; i++)
    g_assert_cmpuint (strlen (lines[i]), <, 1000);
}

static void
test_little (void)
{
  g_autofree char *text = dot_diagnostics_text (NULL, NULL, NULL);

  assert_lacks (text, "Last error");
  assert_lacks (text, "Model in use");
  assert_lacks (text, "(null)");
  g_assert_true (g_str_has_suffix (text, "\n"));
}

int
main (int argc, char **argv)
{
  g_setenv ("HOME", "/home/anna", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/diagnostics/hide", test_hide);
  g_test_add_func ("/diagnostics/hide-odd-names", test_hide_odd_names);
  g_test_add_func ("/diagnostics/text", test_text);
  g_test_add_func ("/diagnostics/little", test_little);
  return g_test_run ();
}
