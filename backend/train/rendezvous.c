/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Where the processes of a training find rank 0: at an address that all are
 * told, or at the one that rank 0 writes into a file.  What a killed run left
 * in the file leads nowhere, so it is read anew until somebody answers. */

#include "rendezvous.h"

#include "dot.h"

#include "base/whole-file.h"

#include "base/intl.h"

#include <string.h>

#define LOOK_MICROSECONDS 100000
#define ANSWER_SECONDS    2
#define MAX_PORT          65535

/* "node7:29500", but not what has a slash.
 *
 * Returns: (transfer full) (nullable): the host; %NULL for what is a file */
static char *
parse_address (const char *text, guint *port)
{
  const char *colon = strrchr (text, ':');
  guint64     number;

  if (! colon || colon == text || strchr (text, '/') ||
      ! g_ascii_string_to_unsigned (colon + 1, 10, 1, MAX_PORT, &number, NULL))
    return NULL;
  *port = (guint) number;
  if (text[0] == '[' && colon[-1] == ']')
    return g_strndup (text + 1, colon - text - 2);
  return g_strndup (text, colon - text);
}

/* What rank 0 has written; its own machine may not know itself by name. */
static gboolean
read_file (DotRendezvous *self)
{
  g_autofree char *text = NULL;

  g_clear_pointer (&self->host, g_free);
  if (! g_file_get_contents (self->file, &text, NULL, NULL))
    return FALSE;
  self->host = parse_address (g_strchomp (text), &self->port);
  if (self->host && strcmp (self->host, g_get_host_name ()) == 0)
    {
      g_free (self->host);
      self->host = g_strdup ("localhost");
    }
  return self->host != NULL;
}

/* Returns: (transfer full) (nullable): "10.0.0.7"; releases @address */
static char *
to_text (GSocketAddress *address)
{
  char *text = NULL;

  if (G_IS_INET_SOCKET_ADDRESS (address))
    text = g_inet_address_to_string (
      g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
  g_clear_object (&address);
  return text;
}

/* Whether somebody listens there, and as whom each sees the other. */
static gboolean
try_host (DotRendezvous *self, GCancellable *cancellable)
{
  g_autoptr (GSocketClient) client         = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;

  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_set_timeout (client, ANSWER_SECONDS);
  connection = g_socket_client_connect_to_host (client, self->host, (guint16) self->port,
                                                cancellable, NULL);
  if (! connection)
    return FALSE;

  self->own_address  = to_text (g_socket_connection_get_local_address (connection, NULL));
  self->door_address = to_text (g_socket_connection_get_remote_address (connection, NULL));
  return TRUE;
}

static gboolean
wait_for_host (DotRendezvous *self,
               const char    *where,
               guint          seconds,
               GCancellable  *cancellable,
               GError       **error)
{
  gint64 end = g_get_monotonic_time () + (gint64) seconds * G_USEC_PER_SEC;

  while ((self->file && ! read_file (self)) || ! try_host (self, cancellable))
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (g_get_monotonic_time () > end)
        {
          g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
                       _ ("Nobody was found at %s within %u s: start rank 0, and give all ranks "
                          "the same --rendezvous, or a longer --rank-timeout."),
                       where, seconds);
          return FALSE;
        }
      g_usleep (LOOK_MICROSECONDS);
    }
  return TRUE;
}

/**
 * dot_rendezvous_find:
 * @self: (out):
 * @where: "HOST:PORT" or a file; must outlive @self
 * @listens: whether this process is the one that listens there
 * @seconds: how long to wait for it where it isn't
 *
 * Finds out where to go, and waits until somebody listens there.
 */
gboolean
dot_rendezvous_find (DotRendezvous *self,
                     const char    *where,
                     gboolean       listens,
                     guint          seconds,
                     GCancellable  *cancellable,
                     GError       **error)
{
  *self      = (DotRendezvous) { 0 };
  self->host = parse_address (where, &self->port);
  if (! self->host)
    self->file = where;
  if (! listens)
    return wait_for_host (self, where, seconds, cancellable, error);
  g_clear_pointer (&self->host, g_free);
  return TRUE;
}

/**
 * dot_rendezvous_announce:
 * @port: where this process listens
 *
 * Writes that into the file, where there is one.
 */
gboolean
dot_rendezvous_announce (const DotRendezvous *self, guint port, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%s:%u\n", g_get_host_name (), port);

  return ! self->file || self->host || dot_whole_file_save (self->file, text, strlen (text), error);
}

void
dot_rendezvous_clear (DotRendezvous *self)
{
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->own_address, g_free);
  g_clear_pointer (&self->door_address, g_free);
}
