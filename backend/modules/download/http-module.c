/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* HTTP by libsoup, in the thread that asks. */

#include "download/http.h"

#include <gmodule.h>
#include <libsoup/soup.h>

/* The session's own context: what libsoup has to do later is done where the
 * session ends, and never in the program's main loop. */
typedef struct
{
  GMainContext *context;
  SoupSession  *session;
} Session;

static gpointer
open_session (guint patience)
{
  Session *session = g_new0 (Session, 1);

  session->context = g_main_context_new ();
  g_main_context_push_thread_default (session->context);
  session->session = soup_session_new_with_options ("user-agent", "dot-refine ", "timeout",
                                                    patience, NULL);
  /* Parts and lengths are those of the file itself. */
  soup_session_remove_feature_by_type (session->session, SOUP_TYPE_CONTENT_DECODER);
  return session;
}

static void
close_session (gpointer data)
{
  Session *session = data;

  soup_session_abort (session->session);
  while (g_main_context_iteration (session->context, FALSE))
    ;
  g_object_unref (session->session);
  g_main_context_pop_thread_default (session->context);
  g_main_context_unref (session->context);
  g_free (session);
}

static SoupMessage *
make_message (const char *address, guint64 from, const char *validator)
{
  SoupMessage        *message = soup_message_new (SOUP_METHOD_GET, address);
  SoupMessageHeaders *headers;

  if (! message)
    return NULL;

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  headers = soup_message_get_request_headers (message);
  soup_message_headers_append (headers, "Accept-Encoding", "identity");
  if (from > 0)
    {
      soup_message_headers_set_range (headers, (goffset) from, -1);
      soup_message_headers_append (headers, "If-Range", validator);
    }
  return message;
}

static char *
copy_header (SoupMessageHeaders *headers, const char *name)
{
  return g_strdup (soup_message_headers_get_one (headers, name));
}

static void
read_headers (DotHttpAnswer *answer, SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  goffset             begin, end, total;

  answer->status   = soup_message_get_status (message);
  answer->type     = g_strdup (soup_message_headers_get_content_type (headers, NULL));
  answer->etag     = copy_header (headers, "ETag");
  answer->modified = copy_header (headers, "Last-Modified");
  answer->location = copy_header (headers, "Location");
  answer->begin    = 0;
  answer->length   = DOT_HTTP_UNKNOWN;
  if (soup_message_headers_get_content_range (headers, &begin, &end, &total))
    {
      answer->begin  = begin;
      answer->length = total;
    }
  else if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH)
    {
      answer->length = soup_message_headers_get_content_length (headers);
    }
  answer->length = MAX (answer->length, DOT_HTTP_UNKNOWN);
}

static gboolean
get (gpointer       data,
     const char    *address,
     guint64        from,
     const char    *validator,
     DotHttpAnswer *answer,
     GCancellable  *cancellable,
     GError       **error)
{
  Session *session                = data;
  g_autoptr (SoupMessage) message = make_message (address, from, validator);

  *answer = (DotHttpAnswer) { 0 };
  if (! message)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, address);
      return FALSE;
    }

  answer->body = soup_session_send (session->session, message, cancellable, error);
  if (! answer->body)
    return FALSE;
  read_headers (answer, message);
  return TRUE;
}

static const DotHttpClass http_class = {
  .abi   = DOT_HTTP_ABI,
  .open  = open_session,
  .close = close_session,
  .get   = get,
};

G_MODULE_EXPORT const DotHttpClass *dot_http_module (void);

const DotHttpClass *
dot_http_module (void)
{
  return &http_class;
}
