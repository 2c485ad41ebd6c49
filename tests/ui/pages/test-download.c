/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A public pair in the list of models: its terms, what goes wrong, and Cancel,
 * against a server in this program. */

#include "helpers.h"
#include "pages/download-dialog.h"
#include "pages/model-page.h"
#include "pages/model-row.h"
#include "person.h"
#include "widgets/message-bar.h"
#include "widgets/progress-row.h"

#include <string.h>

#define ID      "tiny"
#define NAME    "tiny.pth"
#define LICENSE "Not stated: made for a test"
#define KNOWN                                                                              \
  "{\"models\": [{\"id\": \"" ID "\", \"title\": \"A tiny pair\", \"license\": \"" LICENSE \
  "\", \"provenance\": \"A test\", \"architecture\": \"biggan\", \"image_size\": 32,"      \
  "\"latent_size\": 4, \"n_classes\": 6, \"file\": \"" NAME "\", \"sha256\": \"%s\","      \
  "\"megabytes\": 4, \"readme\": \"https://a.b\", \"addresses\": [\"http://127.0.0.1:%u/\"]}]}"

/* What is fetched: a small pair in its authors' own file. */
#define REFERENCE                                                                                \
  SHARED_DIR "/reference/mmgen-biggan-128/biggan_imagenet1k_128x128_b32x8_best_fid_iter_1232000" \
             "_20211111_122548-5315b13d.pth"

#define NOT_THERE "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
#define WHOLE     "HTTP/1.1 200 OK\r\nETag: \"one\"\r\nConnection: close\r\n\r\n"
#define SOME      "some of it"
#define BEGIN     "HTTP/1.1 200 OK\r\nETag: \"one\"\r\nContent-Length: 1000\r\n\r\n" SOME

static struct
{
  GSocketService *service;
  const char     *answer;
  GMappedFile    *file;
  int             requests;
  GMutex          held;
} server;

/*  the server  */

/* In a thread of its own: what it says, and then nothing until it may go on. */
static gboolean
serve (GThreadedSocketService *service, GSocketConnection *connection)
{
  GInputStream  *in  = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  char           request[4096];

  g_input_stream_read (in, request, sizeof request, NULL, NULL);
  g_atomic_int_inc (&server.requests);
  g_output_stream_write_all (out, server.answer, strlen (server.answer), NULL, NULL, NULL);
  if (strcmp (server.answer, WHOLE) == 0)
    g_output_stream_write_all (out, g_mapped_file_get_contents (server.file),
                               g_mapped_file_get_length (server.file), NULL, NULL, NULL);
  g_mutex_lock (&server.held);
  g_mutex_unlock (&server.held);
  return TRUE;
}

static void
open_server (const char *list)
{
  guint            port;
  g_autofree char *sum  = NULL;
  g_autofree char *text = NULL;

  server.file = g_mapped_file_new (REFERENCE, FALSE, NULL);
  if (server.file)
    sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256,
                                       (guchar *) g_mapped_file_get_contents (server.file),
                                       g_mapped_file_get_length (server.file));
  server.service = g_threaded_socket_service_new (4);
  port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (server.service), NULL, NULL);
  g_assert_cmpuint (port, !=, 0);
  g_signal_connect (server.service, "run", G_CALLBACK (serve), NULL);
  text = g_strdup_printf (KNOWN, sum ? sum : "00000000", port);
  helper_write (list, text, strlen (text));
}

/*  the person  */

typedef struct
{
  GtkWidget *window;
  GtkDialog *dialog;
  guint      step;
  char      *said;
} Visit;

static DotModel *
find_tiny (void)
{
  g_autoptr (GPtrArray) models = dot_model_list ();

  for (guint i = 0; i < models->len; i++)
    if (strcmp (dot_model_get_id (models->pdata[i]), ID) == 0)
      return dot_model_ref (models->pdata[i]);
  g_assert_not_reached ();
}

static void
open_dialog (Visit *visit, gconstpointer answer)
{
  g_autoptr (DotModel) model = find_tiny ();

  server.answer   = answer;
  server.requests = 0;
  visit->window   = person_open (gtk_label_new (NULL), 640, 480);
  visit->dialog   = GTK_DIALOG (dot_download_dialog_new (GTK_WINDOW (visit->window), model));
}

static void
close_dialog (Visit *visit, gconstpointer answer)
{
  gtk_widget_destroy (GTK_WIDGET (visit->dialog));
  gtk_widget_destroy (visit->window);
  g_free (visit->said);
}

static void
add_text (GtkWidget *widget, gpointer text)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_visible (widget))
    g_string_append_printf (text, "%s\n", gtk_label_get_text (GTK_LABEL (widget)));
  else if (GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), add_text, text);
}

/* (transfer full): all that can be read in it */
static char *
read_all (GtkWidget *widget)
{
  GString *text = g_string_new (NULL);

  add_text (widget, text);
  return g_string_free (text, FALSE);
}

static gboolean
has_message (Visit *visit)
{
  return gtk_widget_get_visible (person_find (GTK_WIDGET (visit->dialog), DOT_TYPE_MESSAGE_BAR));
}

/*  what is tried  */

/* Before a yes no server is asked. */
static void
test_terms (Visit *visit, gconstpointer answer)
{
  static const char *const words[] = { "A tiny pair", LICENSE, "4.0\302\240MB",
                                       "http://127.0.0.1" };
  g_autofree char         *text    = NULL;

  gtk_widget_show (GTK_WIDGET (visit->dialog));
  person_settle ();
  person_check_names (GTK_WIDGET (visit->dialog));
  text = read_all (GTK_WIDGET (visit->dialog));
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_nonnull (strstr (text, words[i]));
  g_assert_false (has_message (visit));
  g_assert_cmpint (server.requests, ==, 0);
}

/* Accepts the terms, reads what is wrong, and leaves. */
static gboolean
read_problem (gpointer data)
{
  Visit *visit = data;

  if (visit->step == 0)
    {
      visit->step++;
      gtk_dialog_response (visit->dialog, GTK_RESPONSE_ACCEPT);
    }
  else if (has_message (visit))
    {
      visit->said = read_all (person_find (GTK_WIDGET (visit->dialog), DOT_TYPE_MESSAGE_BAR));
      gtk_dialog_response (visit->dialog, GTK_RESPONSE_CANCEL);
      return G_SOURCE_REMOVE;
    }
  return G_SOURCE_CONTINUE;
}

static void
test_problem (Visit *visit, gconstpointer answer)
{
  g_timeout_add (20, read_problem, visit);
  g_assert_null (dot_download_dialog_run (DOT_DOWNLOAD_DIALOG (visit->dialog)));
  g_assert_nonnull (strstr (visit->said, "404"));
  g_assert_cmpint (server.requests, ==, 1);
}

/* (transfer full): what has come */
static char *
read_part (void)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "dot-refine", "models",
                                            "." ID ".downloading", NAME ".part", NULL);
  char            *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

static gboolean
cancel_on (gpointer data)
{
  Visit           *visit = data;
  g_autofree char *part  = read_part ();

  if (visit->step == 0 || g_strcmp0 (part, SOME) != 0)
    {
      if (visit->step++ == 0)
        gtk_dialog_response (visit->dialog, GTK_RESPONSE_ACCEPT);
      return G_SOURCE_CONTINUE;
    }
  g_signal_emit_by_name (person_find (GTK_WIDGET (visit->dialog), DOT_TYPE_PROGRESS_ROW), "cancel");
  g_timeout_add (20, read_problem, visit);
  return G_SOURCE_REMOVE;
}

/* A server that is silent is left at once, and what has come stays. */
static void
test_cancel (Visit *visit, gconstpointer answer)
{
  g_autofree char *part = NULL;

  g_mutex_lock (&server.held);
  g_timeout_add (20, cancel_on, visit);
  g_assert_null (dot_download_dialog_run (DOT_DOWNLOAD_DIALOG (visit->dialog)));
  g_mutex_unlock (&server.held);
  g_assert_nonnull (strstr (visit->said, "kept"));
  g_assert_false (
    gtk_widget_get_visible (person_find (GTK_WIDGET (visit->dialog), DOT_TYPE_PROGRESS_ROW)));
  part = read_part ();
  g_assert_cmpstr (part, ==, SOME);
}

static gboolean
accept (gpointer dialog)
{
  gtk_dialog_response (dialog, GTK_RESPONSE_ACCEPT);
  return G_SOURCE_REMOVE;
}

/* Of what was kept before, and is another file's, nothing stays. */
static void
test_fetched (Visit *visit, gconstpointer answer)
{
  g_autoptr (DotModel) model = NULL;

  if (! server.file)
    {
      g_test_skip ("the reference pairs are not beside the checkout");
      return;
    }
  g_timeout_add (20, accept, visit->dialog);
  model = dot_download_dialog_run (DOT_DOWNLOAD_DIALOG (visit->dialog));
  g_assert_false (has_message (visit));
  g_assert_cmpstr (dot_model_get_id (model), ==, ID);
  g_assert_cmpstr (dot_model_get_license (model), ==, LICENSE);
  g_assert_cmpuint (dot_model_get_image_size (model), ==, 128);
  g_assert_null (read_part ());
  g_assert_true (dot_model_remove (model, NULL));
}

/* The button is for those that can be fetched. */
static void
test_button (void)
{
  GtkWidget     *page   = dot_model_page_new (NULL);
  GtkWidget     *list   = person_find (page, GTK_TYPE_LIST_BOX);
  GtkWidget     *button = person_find_named (page, GTK_TYPE_BUTTON, "Download…");
  guint          n      = 0;
  gboolean       is_tiny;
  GtkListBoxRow *row;

  gtk_widget_show (page);
  for (; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), n)); n++)
    {
      gtk_list_box_select_row (GTK_LIST_BOX (list), row);
      is_tiny = strcmp (dot_model_get_id (dot_model_row_get_model (DOT_MODEL_ROW (row))), ID) == 0;
      g_assert_cmpint (gtk_widget_get_sensitive (button), ==, is_tiny);
    }
  g_assert_cmpuint (n, >, 1);
  gtk_widget_destroy (page);
}

#define ADD(name, answer, function) \
  g_test_add ("/download/" name, Visit, answer, open_dialog, function, close_dialog)

int
main (int argc, char **argv)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autofree char *list           = g_build_filename (folder, "known.json", NULL);

  gtk_test_init (&argc, &argv, NULL);
  g_setenv ("DOT_REFINE_KNOWN_MODELS", list, TRUE);
  g_setenv ("no_proxy", "*", TRUE);
  open_server (list);

  ADD ("terms", NOT_THERE, test_terms);
  ADD ("problem", NOT_THERE, test_problem);
  ADD ("cancel", BEGIN, test_cancel);
  ADD ("fetched", WHOLE, test_fetched);
  g_test_add_func ("/download/button", test_button);
  return g_test_run ();
}
