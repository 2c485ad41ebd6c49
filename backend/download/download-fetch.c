/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* From a server into a part, until that is the whole file.  Only its sha256
 * says that it is: whatever a server says of a length, or sends, is taken until
 * then. */

#include "download-fetch.h"

#include "download-problem.h"
#include "http.h"

#include "format/file-kind.h"

#include "base/intl.h"

#include <string.h>

#define BLOCK (128 * 1024)

/* So often in a row nothing more may come before a person is asked. */
#define TRIES 3

#define MAX_REDIRECTS 8

/* How much larger than what is known of it a file may be. */
#define MAX_TIMES_LARGER 4
#define MAX_MORE         (16 * 1000 * 1000)

/* For so many seconds a server may be silent. */
#define PATIENCE          30
#define PATIENCE_VARIABLE "DOT_REFINE_TIMEOUT"
#define MAX_PATIENCE      3600

#define PROGRESS_INTERVAL (G_USEC_PER_SEC / 20)

enum
{
  HTTP_OK                 = 200,
  HTTP_PARTIAL            = 206,
  HTTP_MOVED              = 301,
  HTTP_PERMANENT_REDIRECT = 308,
  HTTP_REQUEST_TIMEOUT    = 408,
  HTTP_RANGE_NOT_THERE    = 416,
  HTTP_TOO_MANY_REQUESTS  = 429,
  HTTP_SERVER_ERROR       = 500
};

/**
 * Outcome:
 * @DONE: the file is there
 * @AGAIN: it may be otherwise in a moment
 * @ELSEWHERE: not here; at the next address, maybe
 * @NEVER: whatever is asked
 *
 * What came of asking; but for the first with an error.
 */
typedef enum
{
  DONE,
  AGAIN,
  ELSEWHERE,
  NEVER
} Outcome;

typedef struct
{
  const DotHttpClass *http;
  gpointer            session;
  DotDownloadPart    *part;
  const char         *id;
  const DotKnownFile *file;
  DotProgressFunc     progress;
  gpointer            user_data;
  GCancellable       *cancellable;
  char               *address;
  gboolean            anew;
  gboolean            begun;
  gint64              shown;
} Fetch;

static void
fetch_clear (Fetch *fetch)
{
  if (fetch->session)
    fetch->http->close (fetch->session);
  g_free (fetch->address);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fetch, fetch_clear)

/*  how far it is  */

static void
show_progress (Fetch *fetch)
{
  gint64           now     = g_get_monotonic_time ();
  gint64           length  = fetch->part->length;
  double           total   = length > 0 ? length : (double) fetch->file->bytes;
  g_autofree char *size    = g_format_size ((guint64) total);
  g_autofree char *message = NULL;

  if (! fetch->progress || now - fetch->shown < PROGRESS_INTERVAL)
    return;

  fetch->shown = now;
  if (fetch->anew)
    message = g_strdup_printf (
      _ ("Downloading %s (%s), from its beginning again"), fetch->id, size);
  else
    message = g_strdup_printf (_ ("Downloading %s (%s)"), fetch->id, size);
  fetch->progress (message, MIN (fetch->part->size / total, 1.0), fetch->user_data);
}

/*  asking  */

static gboolean
is_unreachable (const GError *problem)
{
  static const GIOErrorEnum codes[] = {
    G_IO_ERROR_CONNECTION_REFUSED, G_IO_ERROR_HOST_UNREACHABLE, G_IO_ERROR_NETWORK_UNREACHABLE,
    G_IO_ERROR_HOST_NOT_FOUND,     G_IO_ERROR_PROXY_FAILED,     G_IO_ERROR_INVALID_ARGUMENT
  };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (problem, G_IO_ERROR, codes[i]))
      return TRUE;
  return problem->domain == G_RESOLVER_ERROR;
}

static void
fail_broken (Fetch *fetch, const char *reason, GError **error)
{
  gboolean goes_on = fetch->part->validator && ! fetch->anew;

  dot_download_problem_broken (fetch->address, fetch->part->size, goes_on, reason, error);
}

/* A connection that only ends is no unsafe one. */
static gboolean
is_unsafe (const GError *problem)
{
  return problem->domain == G_TLS_ERROR && problem->code != G_TLS_ERROR_EOF;
}

/* The network may be gone for a moment only, where it was there in this run. */
static Outcome
judge_failure (Fetch *fetch, const GError *problem, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (fetch->cancellable, error))
    return NEVER;
  if (is_unsafe (problem))
    {
      dot_download_problem_unsafe (fetch->address, problem, error);
      return NEVER;
    }
  if (fetch->begun)
    {
      fail_broken (fetch, problem->message, error);
      return AGAIN;
    }
  dot_download_problem_reach (fetch->address, problem->message, error);
  return is_unreachable (problem) ? ELSEWHERE : AGAIN;
}

static gboolean
is_safe_to_follow (const char *from, const char *to)
{
  const char *scheme = g_uri_peek_scheme (to);

  return g_strcmp0 (scheme, "https") == 0 ||
         (g_strcmp0 (scheme, "http") == 0 && g_strcmp0 (g_uri_peek_scheme (from), "http") == 0);
}

static gboolean
follow (Fetch *fetch, const char *location, GError **error)
{
  g_autofree char *target = g_uri_resolve_relative (fetch->address, location,
                                                    G_URI_FLAGS_PARSE_RELAXED, NULL);

  if (! target || ! is_safe_to_follow (fetch->address, target))
    {
      dot_download_problem_redirect (fetch->address, target ? target : location, error);
      return FALSE;
    }
  g_free (fetch->address);
  fetch->address = g_steal_pointer (&target);
  return TRUE;
}

static gboolean
leads_on (const DotHttpAnswer *answer)
{
  return answer->status >= HTTP_MOVED && answer->status <= HTTP_PERMANENT_REDIRECT &&
         answer->location;
}

/* What has come stays where it is until the server says that its own file is
 * another one. */
static Outcome
ask (Fetch *fetch, const char *address, DotHttpAnswer *answer, GError **error)
{
  DotDownloadPart *part = fetch->part;

  g_free (fetch->address);
  fetch->address = g_strdup (address);
  for (guint i = 0; i <= MAX_REDIRECTS; i++)
    {
      g_autoptr (GError) problem = NULL;

      dot_http_answer_clear (answer);
      if (! fetch->http->get (fetch->session, fetch->address, part->validator ? part->size : 0,
                              part->validator, answer, fetch->cancellable, &problem))
        return judge_failure (fetch, problem, error);
      if (! leads_on (answer))
        return DONE;
      if (! follow (fetch, answer->location, error))
        return ELSEWHERE;
    }

  dot_download_problem_redirect (address, NULL, error);
  return ELSEWHERE;
}

/*  the answer  */

static Outcome
judge_status (Fetch *fetch, guint status, GError **error)
{
  dot_download_problem_status (fetch->address, status, fetch->file, error);
  return status == HTTP_REQUEST_TIMEOUT || status == HTTP_TOO_MANY_REQUESTS ||
             status >= HTTP_SERVER_ERROR
           ? AGAIN
           : ELSEWHERE;
}

/* What there is belongs to another file, or the server is confused. */
static Outcome
forget_part (Fetch *fetch, GError **error)
{
  if (! dot_download_part_forget (fetch->part, error))
    return NEVER;
  fetch->anew = TRUE;
  fail_broken (fetch, _ ("the server sends another part than it was asked for"), error);
  return AGAIN;
}

static gboolean
is_next (const DotDownloadPart *part, const DotHttpAnswer *answer)
{
  gboolean is_said = answer->length != DOT_HTTP_UNKNOWN && part->length != DOT_HTTP_UNKNOWN;

  return answer->begin == (gint64) part->size && (! is_said || answer->length == part->length);
}

static guint64
get_largest (const DotKnownFile *file)
{
  return MAX_TIMES_LARGER * file->bytes + MAX_MORE;
}

/* The model that is made of it is hardly larger than the file. */
static gboolean
check_space (Fetch *fetch, guint64 length, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (fetch->part->path);

  return dot_download_problem_check_space (folder, fetch->id,
                                           2 * length - MIN (fetch->part->size, length), error);
}

/* The one of both by which a server can be asked for the same file. */
static const char *
get_validator (const DotHttpAnswer *answer)
{
  return answer->etag && ! g_str_has_prefix (answer->etag, "W/") ? answer->etag : answer->modified;
}

static Outcome
begin (Fetch *fetch, const DotHttpAnswer *answer, GError **error)
{
  fetch->anew = fetch->anew || fetch->part->size > 0;
  return dot_download_part_begin (fetch->part, get_validator (answer), answer->length, error)
           ? DONE
           : NEVER;
}

/* Returns: %DONE where what follows belongs behind what there is */
static Outcome
look_at (Fetch *fetch, const DotHttpAnswer *answer, GError **error)
{
  if (answer->status == HTTP_RANGE_NOT_THERE ||
      (answer->status == HTTP_PARTIAL && ! is_next (fetch->part, answer)))
    return forget_part (fetch, error);
  if (answer->status != HTTP_OK && answer->status != HTTP_PARTIAL)
    return judge_status (fetch, answer->status, error);
  if (answer->type && g_ascii_strcasecmp (answer->type, "text/html") == 0)
    {
      dot_download_problem_page (fetch->address, error);
      return ELSEWHERE;
    }
  if (answer->length > 0 && (guint64) answer->length > get_largest (fetch->file))
    {
      dot_download_problem_length (fetch->address, fetch->file, error);
      return ELSEWHERE;
    }
  if (answer->length > 0 && ! check_space (fetch, answer->length, error))
    return NEVER;
  return answer->status == HTTP_OK ? begin (fetch, answer, error) : DONE;
}

/*  what follows  */

static gboolean
is_right (const DotDownloadPart *part, const DotKnownFile *file)
{
  g_autofree char *sum = dot_download_part_get_sum (part);

  return g_str_has_prefix (sum, file->sum);
}

/* All came that the server had to send, and it isn't the file. */
static Outcome
refuse (Fetch *fetch, GError **error)
{
  g_autofree char *sum  = dot_download_part_get_sum (fetch->part);
  gboolean         page = dot_file_kind_find (fetch->part->path) == DOT_FILE_KIND_WEB_PAGE;

  if (! dot_download_part_forget (fetch->part, error))
    return NEVER;
  if (page)
    dot_download_problem_page (fetch->address, error);
  else
    dot_download_problem_sum (fetch->address, sum, fetch->file, error);
  return page ? ELSEWHERE : NEVER;
}

/* @problem: (nullable): what the connection ended with */
static Outcome
judge_end (Fetch *fetch, const GError *problem, GError **error)
{
  DotDownloadPart *part = fetch->part;

  if (g_cancellable_set_error_if_cancelled (fetch->cancellable, error))
    return NEVER;
  if (is_right (part, fetch->file))
    return DONE;
  if (problem)
    {
      fail_broken (fetch, problem->message, error);
      return AGAIN;
    }
  if (part->length != DOT_HTTP_UNKNOWN && part->size < (guint64) part->length)
    {
      fail_broken (fetch, _ ("there is less than the server said"), error);
      return AGAIN;
    }
  return refuse (fetch, error);
}

/* A length that was never said, or is wrong, fills no disk. */
static Outcome
take (Fetch *fetch, gconstpointer bytes, gsize n, GError **error)
{
  DotDownloadPart *part = fetch->part;

  if (part->size + n > get_largest (fetch->file))
    {
      dot_download_problem_length (fetch->address, fetch->file, error);
      return dot_download_part_forget (part, NULL) ? ELSEWHERE : NEVER;
    }
  if (! dot_download_part_append (part, bytes, n, error))
    return NEVER;
  fetch->begun = TRUE;
  show_progress (fetch);
  return DONE;
}

static Outcome
receive (Fetch *fetch, GInputStream *body, GError **error)
{
  g_autofree guint8 *block   = g_malloc (BLOCK);
  g_autoptr (GError) problem = NULL;
  gssize n;

  while ((n = g_input_stream_read (body, block, BLOCK, fetch->cancellable, &problem)) > 0)
    {
      Outcome outcome = take (fetch, block, n, error);

      if (outcome != DONE)
        return outcome;
    }
  return judge_end (fetch, problem, error);
}

static Outcome
fetch_once (Fetch *fetch, const char *address, GError **error)
{
  g_auto (DotHttpAnswer) answer = { 0 };
  Outcome outcome               = ask (fetch, address, &answer, error);

  if (outcome == DONE)
    outcome = look_at (fetch, &answer, error);
  return outcome == DONE ? receive (fetch, answer.body, error) : outcome;
}

/*  again and elsewhere  */

/* Returns: whether that time has gone, and nobody has cancelled */
static gboolean
wait_for (guint seconds, GCancellable *cancellable)
{
  GPollFD fd;

  if (! g_cancellable_make_pollfd (cancellable, &fd))
    {
      g_usleep (seconds * G_USEC_PER_SEC);
      return ! g_cancellable_is_cancelled (cancellable);
    }
  g_poll (&fd, 1, seconds * 1000);
  g_cancellable_release_fd (cancellable);
  return ! g_cancellable_is_cancelled (cancellable);
}

/* As long as more comes than ever before it goes on by itself. */
static Outcome
fetch_from (Fetch *fetch, const char *address, GError **error)
{
  guint64 furthest = fetch->part->size;

  for (guint n = 1;; n++)
    {
      g_autoptr (GError) problem = NULL;
      Outcome outcome            = fetch_once (fetch, address, &problem);

      if (fetch->part->size > furthest)
        n = 1;
      furthest = MAX (furthest, fetch->part->size);
      if (outcome != DONE && (outcome != AGAIN || n >= TRIES))
        g_propagate_error (error, g_steal_pointer (&problem));
      if (outcome != AGAIN || n >= TRIES)
        return outcome == AGAIN && ! fetch->begun ? ELSEWHERE : outcome;
      if (! wait_for (n, fetch->cancellable))
        {
          g_cancellable_set_error_if_cancelled (fetch->cancellable, error);
          return NEVER;
        }
    }
}

static guint
get_patience (void)
{
  const char *said    = g_getenv (PATIENCE_VARIABLE);
  guint64     seconds = PATIENCE;

  if (said)
    g_ascii_string_to_unsigned (said, 10, 1, MAX_PATIENCE, &seconds, NULL);
  return seconds;
}

/**
 * dot_download_fetch:
 * @part: what has come so far
 * @id: the model's, for the sentences
 * @progress: (nullable) (scope call):
 *
 * Asks one address after another, as often as that helps, until @part is the
 * whole file.  What has come stays, but where it can't be the file.
 */
gboolean
dot_download_fetch (DotDownloadPart    *part,
                    const char         *id,
                    const DotKnownFile *file,
                    DotProgressFunc     progress,
                    gpointer            user_data,
                    GCancellable       *cancellable,
                    GError            **error)
{
  g_auto (Fetch) fetch = { .part        = part,
                           .id          = id,
                           .file        = file,
                           .progress    = progress,
                           .user_data   = user_data,
                           .cancellable = cancellable };
  Outcome outcome      = ELSEWHERE;

  if (is_right (part, file))
    return TRUE;
  fetch.http = dot_http_load (error);
  if (! fetch.http || ! check_space (&fetch, file->bytes, error))
    return FALSE;

  fetch.session = fetch.http->open (get_patience ());
  for (guint i = 0; outcome == ELSEWHERE && file->addresses[i]; i++)
    {
      g_clear_error (error);
      outcome = fetch_from (&fetch, file->addresses[i], error);
    }
  return outcome == DONE;
}
