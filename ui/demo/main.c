/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* dot-refine-widgets: shows the widgets without GIMP and without a model, or
 * makes pictures of them.  A tool for those who work on them; it isn't
 * installed. */

#include "config.h"

#include <locale.h>
#include <stdlib.h>

#include "made-up.h"
#include "demo-widgets.h"

/* Long enough for a window to come up, in milliseconds. */
#define SETTLE 400

/* From one made-up update to the next. */
#define PACE 250

/* @position, @mark, @select: what the command line says; @next: the update
 * that comes next; @status: what the program ends with */
typedef struct
{
  DotGallery *gallery;
  DotMadeUp   run;
  int         position;
  int         mark;
  int         select;
  gboolean    live;
  gboolean    dark;
  gboolean    rtl;
  gboolean    compare;
  gboolean    list;
  char       *screenshot;
  char       *size;
  GtkWidget  *window;
  guint       next;
  int         status;
} Demo;

/*  a picture of the window  */

static cairo_surface_t *
draw_window (GtkWidget *window)
{
  int              factor  = gtk_widget_get_scale_factor (window);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32,
                                                         factor *
                                                           gtk_widget_get_allocated_width (window),
                                                         factor * gtk_widget_get_allocated_height (
                                                                    window));
  cairo_t         *cr      = NULL;

  cairo_surface_set_device_scale (surface, factor, factor);
  cr = cairo_create (surface);
  gtk_widget_draw (window, cr);
  cairo_destroy (cr);
  return surface;
}

static gboolean
take_screenshot (gpointer data)
{
  Demo            *demo    = data;
  cairo_surface_t *surface = draw_window (demo->window);
  cairo_status_t   status  = cairo_surface_write_to_png (surface, demo->screenshot);

  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_printerr ("%s can't be written (%s): choose another place.\n", demo->screenshot,
                  cairo_status_to_string (status));
      demo->status = EXIT_FAILURE;
    }
  cairo_surface_destroy (surface);
  gtk_main_quit ();
  return G_SOURCE_REMOVE;
}

/*  what there is to see  */

static gboolean
add_next (gpointer data)
{
  Demo *demo = data;

  dot_made_up_add (&demo->run, demo->gallery, demo->next++);
  return demo->next <= demo->run.updates ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
fill_gallery (Demo *demo)
{
  guint at_once = demo->live ? 0 : demo->run.updates;

  demo->gallery = dot_gallery_new ();
  while (demo->next <= at_once)
    add_next (demo);
  if (demo->live && demo->next <= demo->run.updates)
    g_timeout_add (PACE, add_next, demo);

  if (demo->position >= 0)
    dot_gallery_set_position (demo->gallery, demo->position);
  for (guint i = 0; i < MIN ((guint) demo->mark, demo->next); i++)
    dot_gallery_set_marked (demo->gallery, 2 * i % demo->next, TRUE);
  for (guint i = 0; i < MIN ((guint) demo->select, demo->run.candidates); i++)
    dot_gallery_select (demo->gallery, i, TRUE);
  dot_gallery_set_comparing (demo->gallery, demo->compare);
}

static GtkWidget *
make_window (Demo *demo, const DotDemoWidget *found)
{
  GtkWidget *widget = found->make (demo->gallery);
  GtkWidget *window = NULL;
  int        width  = found->width;
  int        height = found->height;

  if (demo->size)
    sscanf (demo->size, "%dx%d", &width, &height);
  if (gtk_widget_is_toplevel (widget))
    {
      if (demo->size)
        gtk_window_set_default_size (GTK_WINDOW (widget), width, height);
      return widget;
    }

  window = gtk_window_new (GTK_WINDOW_TOPLEVEL);
  gtk_window_set_title (GTK_WINDOW (window), found->name);
  gtk_window_set_default_size (GTK_WINDOW (window), width > 0 ? width : -1,
                               height > 0 ? height : -1);
  gtk_container_set_border_width (GTK_CONTAINER (window), 12);
  gtk_container_add (GTK_CONTAINER (window), widget);
  gtk_widget_show_all (widget);
  return window;
}

static void
show (Demo *demo, const DotDemoWidget *found)
{
  fill_gallery (demo);
  demo->window = make_window (demo, found);
  g_signal_connect (demo->window, "destroy", G_CALLBACK (gtk_main_quit), NULL);
  if (GTK_IS_DIALOG (demo->window))
    g_signal_connect (demo->window, "response", G_CALLBACK (gtk_main_quit), NULL);
  gtk_widget_show (demo->window);
  if (demo->screenshot)
    g_timeout_add (SETTLE, take_screenshot, demo);
  gtk_main ();
  g_object_unref (demo->gallery);
}

/*  the command line  */

static int
list_widgets (void)
{
  gsize                n;
  const DotDemoWidget *widgets = dot_demo_widgets_get (&n);

  for (gsize i = 0; i < n; i++)
    g_print ("%s\n", widgets[i].name);
  return EXIT_SUCCESS;
}

static gboolean
parse (Demo *demo, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "list", 'l', 0, G_OPTION_ARG_NONE, &demo->list, "Name the widgets", NULL },
    { "screenshot", 's', 0, G_OPTION_ARG_FILENAME, &demo->screenshot, "Make a picture and exit",
      "FILE.png" },
    { "candidates", 'c', 0, G_OPTION_ARG_INT, &demo->run.candidates, "How many pictures", "N" },
    { "updates", 'u', 0, G_OPTION_ARG_INT, &demo->run.updates, "How many updates", "N" },
    { "pixels", 'p', 0, G_OPTION_ARG_INT, &demo->run.size, "How large a picture is", "N" },
    { "position", 0, 0, G_OPTION_ARG_INT, &demo->position, "Which update to look at", "N" },
    { "mark", 0, 0, G_OPTION_ARG_INT, &demo->mark, "Mark so many updates", "N" },
    { "select", 0, 0, G_OPTION_ARG_INT, &demo->select, "Select so many pictures", "N" },
    { "compare", 0, 0, G_OPTION_ARG_NONE, &demo->compare, "Show the pictures before refinement",
      NULL },
    { "live", 0, 0, G_OPTION_ARG_NONE, &demo->live, "Show the updates one by one", NULL },
    { "dark", 'd', 0, G_OPTION_ARG_NONE, &demo->dark, "Take the theme's dark colours", NULL },
    { "rtl", 'r', 0, G_OPTION_ARG_NONE, &demo->rtl, "Lay out from right to left", NULL },
    { "size", 0, 0, G_OPTION_ARG_STRING, &demo->size, "Of the window", "WIDTHxHEIGHT" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("[WIDGET]");

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_group (context, gtk_get_option_group (TRUE));
  return g_option_context_parse (context, argc, argv, error);
}

/* Nothing divides by it or allocates that many. */
static void
keep_in_bounds (Demo *demo)
{
  demo->run.candidates = CLAMP (demo->run.candidates, 1, 64);
  demo->run.updates    = MIN (demo->run.updates, 10000);
  demo->run.size       = CLAMP (demo->run.size, 1, 1024);
  demo->mark           = MAX (demo->mark, 0);
  demo->select         = MAX (demo->select, 0);
}

static int
run (Demo *demo, int argc, char *argv[])
{
  const char          *name  = argc > 1 ? argv[1] : "preview";
  const DotDemoWidget *found = dot_demo_widgets_find (name);

  if (demo->list)
    return list_widgets ();
  if (! found)
    {
      g_printerr ("There is no widget “%s”: --list names them.\n", name);
      return 2;
    }

  keep_in_bounds (demo);
  if (demo->rtl)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  if (demo->dark)
    g_object_set (gtk_settings_get_default (), "gtk-application-prefer-dark-theme", TRUE, NULL);
  show (demo, found);
  return demo->status;
}

int
main (int argc, char *argv[])
{
  Demo demo                = { .run = { 6, 16, 64 }, .position = -1 };
  g_autoptr (GError) error = NULL;
  int status;

  if (! parse (&demo, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  status = run (&demo, argc, argv);
  g_free (demo.screenshot);
  g_free (demo.size);
  return status;
}
