/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What is said of a download that doesn't work: what is wrong, with which
 * address or folder, and what to do. */

#include "download-problem.h"

#include "base/intl.h"
#include "base/system.h"

#include <errno.h>

static gboolean
is_full (int code)
{
  return code == ENOSPC || code == EDQUOT || code == EFBIG;
}

/**
 * dot_download_problem_write:
 * @code: an errno
 *
 * Returns: %FALSE
 */
gboolean
dot_download_problem_write (const char *path, int code, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *shown  = g_filename_display_name (folder);

  if (is_full (code))
    g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
                 _ ("There is no room left in %s (%s): free some and download again, which goes on "
                    "where this ended."),
                 shown, g_strerror (code));
  else
    g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
                 _ ("%s can't be written (%s): choose another folder or free some space."), shown,
                 g_strerror (code));
  return FALSE;
}

/**
 * dot_download_problem_check_space:
 * @folder: that is there
 * @needed: bytes
 *
 * Returns: whether they are free, or may be
 */
gboolean
dot_download_problem_check_space (const char *folder,
                                  const char *id,
                                  guint64     needed,
                                  GError    **error)
{
  guint64          free_bytes = dot_system_get_free_space (folder);
  g_autofree char *shown      = g_filename_display_name (folder);
  g_autofree char *have       = g_format_size (free_bytes);
  g_autofree char *need       = g_format_size (needed);

  if (free_bytes >= needed)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
               _ (
                 "%s has %s free, and “%s” needs %s, for the download and the model made of it: free "
                 "some, or choose another folder (on the command line with --to)."),
               shown, have, id, need);
  return FALSE;
}

static char *
get_host (const char *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);

  return g_strdup (uri && g_uri_get_host (uri) ? g_uri_get_host (uri) : address);
}

/**
 * dot_download_problem_reach:
 *
 * There is no server, or no way to it.
 */
void
dot_download_problem_reach (const char *address, const char *reason, GError **error)
{
  g_autofree char *host = get_host (address);

  g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND,
               _ (
                 "The server %s doesn't answer (%s): look whether the network is there, and download "
                 "again."),
               host, reason);
}

/**
 * dot_download_problem_unsafe:
 * @cause: of #G_TLS_ERROR
 */
void
dot_download_problem_unsafe (const char *address, const GError *cause, GError **error)
{
  g_autofree char *host = get_host (address);

  if (g_error_matches (cause, G_TLS_ERROR, G_TLS_ERROR_UNAVAILABLE))
    g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
                 _ ("Without TLS nothing is downloaded from %s: install the package "
                    "glib-networking."),
                 host);
  else
    g_set_error (
      error, DOT_ERROR, DOT_ERROR_FAILED,
      _ ("The connection to %s isn't safe (%s): set the computer's clock right, install the "
         "package ca-certificates, or use another network."),
      host, cause->message);
}

/**
 * dot_download_problem_status:
 * @status: HTTP's, which is no good one
 */
void
dot_download_problem_status (const char         *address,
                             guint               status,
                             const DotKnownFile *file,
                             GError            **error)
{
  if (status == 404 || status == 410)
    g_set_error (error, DOT_ERROR, DOT_ERROR_NOT_FOUND,
                 _ (
                   "%s is not there any more (HTTP %u): look for the file at %s, and make a model of "
                   "it with “dot-refine import”."),
                 address, status, file->readme);
  else
    g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
                 _ (
                   "%s can't be had now (HTTP %u): download again later, or look for the file at %s."),
                 address, status, file->readme);
}

/**
 * dot_download_problem_page:
 *
 * A page came, as of networks that want a login, or in the place of an error.
 */
void
dot_download_problem_page (const char *address, GError **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ (
                 "%s is a web page instead of the file: open it in a browser to see what it wants (a "
                 "network's login, say), and download again."),
               address);
}

/**
 * dot_download_problem_length:
 *
 * More comes than the file can have.
 */
void
dot_download_problem_length (const char *address, const DotKnownFile *file, GError **error)
{
  g_autofree char *size = g_format_size (file->bytes);

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ (
                 "%s is far larger than %s, so it isn't the file that it should be: look for that at "
                 "%s, or download again later."),
               address, size, file->readme);
}

/**
 * dot_download_problem_redirect:
 * @target: (nullable): where it isn't followed to; %NULL where it never ends
 */
void
dot_download_problem_redirect (const char *address, const char *target, GError **error)
{
  if (target)
    g_set_error (
      error, DOT_ERROR, DOT_ERROR_FAILED,
      _ ("%s leads on to %s, which isn't as safe, so nothing was downloaded: download again "
         "from another network, or later."),
      address, target);
  else
    g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
                 _ ("%s only leads on to other addresses: download again from another network, or "
                    "later."),
                 address);
}

/**
 * dot_download_problem_broken:
 * @size: how much has come
 * @goes_on: whether the next download begins there
 */
void
dot_download_problem_broken (const char *address,
                             guint64     size,
                             gboolean    goes_on,
                             const char *reason,
                             GError    **error)
{
  g_autofree char *come = g_format_size (size);

  if (goes_on)
    g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
                 _ ("%s broke off after %s (%s): download again, which goes on from there."), address,
                 come, reason);
  else
    g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
                 _ (
                   "%s broke off after %s (%s): download again, from the beginning, for this server "
                   "can't go on with a part."),
                 address, come, reason);
}

/**
 * dot_download_problem_sum:
 * @sum: of what came, which was removed
 */
void
dot_download_problem_sum (const char         *address,
                          const char         *sum,
                          const DotKnownFile *file,
                          GError            **error)
{
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
               _ ("What came from %s isn't the file that it should be and was removed (its SHA-256 "
                  "begins with %.8s, not with %.8s): download again, and if that doesn't help look "
                  "for it at %s."),
               address, sum, file->sum, file->readme);
}
