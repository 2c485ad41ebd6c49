/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Whether all of the dialog, and of the windows that it opens, has room on
 * small screens, with large letters, in every language: the widgets say what
 * they need. */

#include "helpers.h"
#include "made-up.h"
#include "pages/download-dialog.h"
#include "pages/export-dialog.h"
#include "pages/import-dialog.h"
#include "pages/model-page.h"
#include "pages/trust-question.h"
#include "person.h"
#include "preview/film.h"
#include "widgets/message-bar.h"
#include "widgets/shrink.h"
#include "widgets/small-text.h"
#include "workbench.h"

#include <libintl.h>
#include <locale.h>

/* What a window manager's title takes of a screen's height. */
#define TITLE 30

/* The longest of the sentences that the bar has to say, about. */
#define SENTENCE                                                               \
  "The export folder /home/you/Pictures/refined can't be made: choose one "    \
  "that is writable, or take the folder of before, which is on another disk, " \
  "where there is room for as many pictures as you like."

/* One with an address, which is too long for its link. */
#define ADDRESS                                                               \
  "This model is not here yet: download its two files, which the README of "  \
  "https://github.com/pfnet-research/sngan_projection/tree/master/evaluation" \
  " links as “Pretrained models”, or import them."

static const char *const    languages[] = { "en", "de", "es", "fr", "ja", "zh_CN" };
static const double         scales[]    = { 1.0, 1.5, 2.0 };
static const GtkRequisition screens[]   = { { 1024, 600 }, { 1280, 720 } };

typedef struct
{
  double         scale;
  GtkRequisition room;
} Place;

/*  what is asked  */

/* Terms of a licence may be cut, and an address on its link: they have a
 * tooltip. */
static gboolean
may_be_cut (GtkLabel *label)
{
  GtkWidget       *link    = gtk_widget_get_ancestor (GTK_WIDGET (label), GTK_TYPE_LINK_BUTTON);
  g_autofree char *tooltip = gtk_widget_get_tooltip_text (link ? link : GTK_WIDGET (label));

  return (link || gtk_label_get_lines (label) > 1) && tooltip;
}

static void
check_label (GtkLabel *label)
{
  gboolean cut = pango_layout_is_ellipsized (gtk_label_get_layout (label));

  if (cut && ! may_be_cut (label))
    g_printerr ("cut off: %s\n", gtk_label_get_text (label));
  g_assert_true (! cut || may_be_cut (label));
  person_check_label (label);
}

/* All has the size that it needs, and is inside of its window from side to
 * side; what is above or below can be scrolled to. */
static void
check_widget (GtkWidget *widget, gpointer data)
{
  const Place *place = data;
  GtkWidget   *top   = gtk_widget_get_toplevel (widget);
  int          least, x, y;

  /* a box of no buttons has one pixel */
  if (! gtk_widget_get_mapped (widget) || gtk_widget_get_allocated_width (widget) <= 1)
    return;

  gtk_widget_get_preferred_width (widget, &least, NULL);
  if (gtk_widget_get_allocated_width (widget) < least)
    g_printerr ("too narrow: %s\n", G_OBJECT_TYPE_NAME (widget));
  g_assert_cmpint (gtk_widget_get_allocated_width (widget), >=, least);
  if (gtk_widget_translate_coordinates (widget, top, 0, 0, &x, &y))
    {
      g_assert_cmpint (x, >=, 0);
      g_assert_cmpint (x + gtk_widget_get_allocated_width (widget), <=, place->room.width);
    }
  if (GTK_IS_LABEL (widget))
    check_label (GTK_LABEL (widget));
  /* GTK's own scrolls what has no room */
  if (GTK_IS_CONTAINER (widget) && ! GTK_IS_FILE_CHOOSER_WIDGET (widget))
    gtk_container_forall (GTK_CONTAINER (widget), check_widget, data);
}

static void
check_window (GtkWidget *window, const Place *place, const char *name)
{
  int width, height;

  gtk_window_resize (GTK_WINDOW (window), place->room.width, place->room.height);
  person_settle ();
  gtk_window_get_size (GTK_WINDOW (window), &width, &height);
  if (width > place->room.width || height > place->room.height)
    g_printerr ("%s, letters %g times as large: %d × %d\n", name, place->scale, width, height);
  g_assert_cmpint (width, <=, place->room.width);
  g_assert_cmpint (height, <=, place->room.height);
  check_widget (window, (gpointer) place);
}

/* A window that is small by itself. */
static void
check_dialog (GtkWidget *dialog, const Place *place)
{
  gtk_widget_show (dialog);
  check_window (dialog, place, G_OBJECT_TYPE_NAME (dialog));
  gtk_widget_destroy (dialog);
}

/*  the dialog  */

typedef struct
{
  DotSettings *settings;
  DotSession  *session;
  DotHistory  *history;
  GtkWidget   *workbench;
  GtkWidget   *window;
} Fixture;

static const char *
translate (const char *text)
{
  return g_dgettext ("dot-refine", text);
}

/* As the plug-in's is. */
static void
open_window (Fixture *fixture)
{
  GtkDialog *dialog;

  fixture->settings  = dot_settings_new ();
  fixture->session   = dot_session_new ();
  fixture->history   = dot_history_new (NULL);
  fixture->workbench = dot_workbench_new (fixture->settings, fixture->session, fixture->history,
                                          NULL);
  fixture->window    = gtk_dialog_new ();
  dialog             = GTK_DIALOG (fixture->window);
  gtk_container_set_border_width (GTK_CONTAINER (fixture->workbench), 12);
  gtk_box_pack_start (GTK_BOX (gtk_dialog_get_content_area (dialog)), fixture->workbench, TRUE,
                      TRUE, 0);
  gtk_dialog_add_buttons (dialog, translate ("Rese_t"), 1, translate ("_Close"), 2,
                          translate ("_Go On Refining"), 3, translate ("_Refine"), GTK_RESPONSE_OK,
                          NULL);
  dot_shrink_buttons (dialog);
  gtk_widget_show (fixture->window);
}

static void
close_window (Fixture *fixture)
{
  gtk_widget_destroy (fixture->window);
  g_object_unref (fixture->settings);
  g_object_unref (fixture->session);
  g_object_unref (fixture->history);
}

static void
check_pages (Fixture *fixture, const Place *place, const char *when)
{
  GtkNotebook *pages = GTK_NOTEBOOK (person_find (fixture->workbench, GTK_TYPE_NOTEBOOK));

  for (int i = 0; i < gtk_notebook_get_n_pages (pages); i++)
    {
      gtk_notebook_set_current_page (pages, i);
      check_window (fixture->window, place, when);
    }
}

/* What is under a picture of the film isn't wider than it. */
static void
check_film (Fixture *fixture)
{
  DotGallery *gallery = dot_session_get_gallery (fixture->session);
  GtkWidget  *film    = person_find (fixture->workbench, DOT_TYPE_FILM);

  for (guint i = 0; i < dot_gallery_get_n_positions (gallery); i++)
    {
      guint            update        = dot_gallery_get_update (gallery, i);
      g_autofree char *number        = g_strdup_printf ("%u", update);
      const char      *text          = update > 0 ? number : translate ("Before");
      g_autoptr (PangoLayout) layout = dot_small_text_new (film, text);
      GdkRectangle frame;

      dot_film_get_place (DOT_FILM (film), i, &frame);
      g_assert_cmpint (dot_small_text_get_width (layout), <=, frame.width);
    }
}

/* A long run, the later the higher, with scores below 0. */
static void
add_pictures (Fixture *fixture)
{
  DotGallery *gallery = dot_session_get_gallery (fixture->session);
  DotMadeUp   run     = { 6, 12345, 64 };

  for (guint update = 0; update <= run.updates; update += 2469)
    dot_made_up_add (&run, gallery, update);
}

static void
set_message (Fixture *fixture, const char *message)
{
  g_autoptr (GError) error = message ? g_error_new_literal (DOT_ERROR, DOT_ERROR_NO_DEVICE, message)
                                     : NULL;

  dot_session_set_problem (fixture->session, error);
}

/* The longest of the real ones: what to download for the public pair. */
static void
check_missing_model (Fixture *fixture, const Place *place)
{
  g_autoptr (GPtrArray) models = dot_model_list ();
  guint checked                = 0;

  for (guint i = 0; i < models->len; i++)
    {
      const char *problem = dot_model_get_problem (models->pdata[i]);

      if (! problem)
        continue;
      set_message (fixture, problem);
      check_pages (fixture, place, "with a model that isn't here yet");
      checked++;
    }
  g_assert_cmpuint (checked, >, 0);
}

static void
check_workbench (const Place *place)
{
  Fixture    fixture;
  GtkWidget *progress;

  open_window (&fixture);
  check_pages (&fixture, place, "before a run");
  add_pictures (&fixture);
  check_pages (&fixture, place, "with pictures");
  check_film (&fixture);
  progress = person_find (fixture.workbench, DOT_TYPE_PROGRESS_ROW);
  dot_progress_row_set (DOT_PROGRESS_ROW (progress), "Update 12345 of 90000 · D 12.34", 0.5);
  dot_progress_row_set_time_left (DOT_PROGRESS_ROW (progress), "About 20 seconds left");
  gtk_widget_show (progress);
  check_pages (&fixture, place, "during a run");
  gtk_widget_hide (progress);
  set_message (&fixture, SENTENCE);
  check_pages (&fixture, place, "with a message");
  set_message (&fixture, ADDRESS);
  check_pages (&fixture, place, "with an address");
  check_missing_model (&fixture, place);
  set_message (&fixture, NULL);
  check_dialog (dot_export_dialog_new (NULL, dot_session_get_gallery (fixture.session)), place);
  close_window (&fixture);
}

static void
check_download (const Place *place)
{
  g_autoptr (GPtrArray) models = dot_model_list ();

  for (guint i = 0; i < models->len; i++)
    if (dot_download_get_size (models->pdata[i], NULL) > 0)
      {
        check_dialog (dot_download_dialog_new (NULL, models->pdata[i]), place);
        return;
      }
  g_assert_not_reached ();
}

static void
check_dialogs (const Place *place)
{
  check_download (place);
  check_dialog (dot_import_dialog_new (NULL, NULL), place);
  check_dialog (dot_model_page_new (NULL), place);
  check_dialog (dot_trust_question_new (NULL, "imagenet10-64"), place);
  check_dialog (dot_trust_question_new_for_import (NULL, "/home/you/gans/generator.pt"), place);
}

/*  each language has a process of its own: classes know one  */

static void
test_language (void)
{
  for (guint s = 0; s < G_N_ELEMENTS (scales); s++)
    for (guint i = 0; i < G_N_ELEMENTS (screens); i++)
      {
        Place place = { scales[s], { screens[i].width, screens[i].height - TITLE } };

        g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (96 * 1024 * scales[s]),
                      NULL);
        check_workbench (&place);
        check_dialogs (&place);
      }
}

static void
test_layout (gconstpointer language)
{
  g_setenv ("LANGUAGE", language, TRUE);
  g_test_trap_subprocess ("/layout/subprocess", 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

/* In the locale C nobody asks LANGUAGE. */
static void
make_locale (const char *folder)
{
  g_autofree char *locale  = g_build_filename (folder, "en_US.UTF-8", NULL);
  g_autofree char *command = g_strdup_printf ("localedef -i en_US -f UTF-8 %s", locale);

  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_setenv ("LOCPATH", folder, TRUE);
  g_setenv ("LC_ALL", "en_US.UTF-8", TRUE);
}

static void
bind_catalogs (void)
{
  g_autofree char *catalogs = g_build_filename (g_getenv ("DOT_REFINE_BUILD"), "po", NULL);

  g_assert_nonnull (setlocale (LC_ALL, ""));
  bindtextdomain ("dot-refine", catalogs);
  bind_textdomain_codeset ("dot-refine", "UTF-8");
}

int
main (int argc, char **argv)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();

  gtk_test_init (&argc, &argv, NULL);
  if (g_test_subprocess ())
    bind_catalogs ();
  else
    make_locale (folder);
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autofree char *path = g_strconcat ("/layout/", languages[i], NULL);

      g_test_add_data_func (path, languages[i], test_layout);
    }
  g_test_add_func ("/layout/subprocess", test_language);
  return g_test_run ();
}
