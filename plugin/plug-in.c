/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* GIMP starts this executable to ask what it offers, and again for each
 * run; everything below has to answer at once and loads nothing heavy. */

#include "config.h"

#include <libgimp/gimp.h>

#include "procedure.h"

#define DOT_TYPE_PLUG_IN (dot_plug_in_get_type ())
G_DECLARE_FINAL_TYPE (DotPlugIn, dot_plug_in, DOT, PLUG_IN, GimpPlugIn)

/* What dot-refine doctor looks for in the program. */
static const char mark[] __attribute__ ((used)) = "dot-refine-plug-in " DOT_VERSION;

struct _DotPlugIn
{
  GimpPlugIn parent_instance;
};

G_DEFINE_FINAL_TYPE (DotPlugIn, dot_plug_in, GIMP_TYPE_PLUG_IN)

static GList *
dot_plug_in_query_procedures (GimpPlugIn *plug_in)
{
  return g_list_append (NULL, g_strdup (DOT_PROCEDURE_NAME));
}

static GimpProcedure *
dot_plug_in_create_procedure (GimpPlugIn *plug_in, const char *name)
{
  g_return_val_if_fail (g_str_equal (name, DOT_PROCEDURE_NAME), NULL);

  return dot_procedure_new (plug_in);
}

/* The catalogs lie in locale/ beside the executable, where GIMP looks. */
static gboolean
dot_plug_in_set_i18n (GimpPlugIn *plug_in,
                      const char *procedure_name,
                      char      **gettext_domain,
                      char      **catalog_dir)
{
  *gettext_domain = g_strdup (GETTEXT_PACKAGE);
  *catalog_dir    = NULL;
  return TRUE;
}

static void
dot_plug_in_class_init (DotPlugInClass *klass)
{
  GimpPlugInClass *plug_in_class = GIMP_PLUG_IN_CLASS (klass);

  /* Threads that wait spinning make GIMP slow.  Before any other thread is
   * there, and before the library that reads it. */
  g_setenv ("OMP_WAIT_POLICY", "PASSIVE", FALSE);

  plug_in_class->query_procedures = dot_plug_in_query_procedures;
  plug_in_class->create_procedure = dot_plug_in_create_procedure;
  plug_in_class->set_i18n         = dot_plug_in_set_i18n;
}

static void
dot_plug_in_init (DotPlugIn *plug_in)
{
}

GIMP_MAIN (DOT_TYPE_PLUG_IN)
