/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Asks a plug-in what GIMP asks it when it starts: what it offers.
 *
 * It says so in GIMP's protocol, of whose versions it knows one; it tells
 * whether another is older.  What comes back is the procedures' names and
 * arguments; GIMP's answers, which it then waits for, it doesn't get. */

#include "doctor-query.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib-unix.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "base/intl.h"

#define PROCEDURE "plug-in-dot-refine"

/* The protocol's versions: GIMP 3.0's, and what others may have. */
#define FIRST_GUESS 0x0115
#define LOWEST      0x0100
#define HIGHEST     0x01ff

/* In milliseconds. */
#define PATIENCE 20000

/* What a plug-in reads from GIMP, and what it writes to. */
#define READ_FD  3
#define WRITE_FD 4

typedef enum
{
  ANSWERED,
  IS_NEWER,
  IS_OLDER,
  FAILED
} Answer;

/*  one question  */

static GSubprocess *
start (const char *program, int version, int from_gimp, int to_gimp, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autofree char *number                  = g_strdup_printf ("%d", version);
  g_autofree char *in                      = g_strdup_printf ("%d", READ_FD);
  g_autofree char *out                     = g_strdup_printf ("%d", WRITE_FD);

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                        G_SUBPROCESS_FLAGS_STDERR_PIPE);
  /* What it says of versions is looked for in its words. */
  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C", TRUE);
  g_subprocess_launcher_unsetenv (launcher, "LANGUAGE");
  g_subprocess_launcher_take_fd (launcher, from_gimp, READ_FD);
  g_subprocess_launcher_take_fd (launcher, to_gimp, WRITE_FD);
  return g_subprocess_launcher_spawn (launcher, error, program, "-gimp", number, in, out, "-query",
                                      "0", NULL);
}

/* Reads until it is named, or nothing comes any more. */
static gboolean
hears_procedure (int fd)
{
  g_autoptr (GByteArray) heard = g_byte_array_new ();
  struct pollfd wait           = { .fd = fd, .events = POLLIN };
  guint8        buffer[4096];

  while (poll (&wait, 1, PATIENCE) > 0)
    {
      gssize n = read (fd, buffer, sizeof (buffer));

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      g_byte_array_append (heard, buffer, n);
      if (memmem (heard->data, heard->len, PROCEDURE, strlen (PROCEDURE)))
        return TRUE;
    }
  return FALSE;
}

/* The last line that it said before it ended. */
static char *
read_last_words (GSubprocess *process)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines  = NULL;
  guint n;

  if (! g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &text, NULL) || ! text)
    return g_strdup ("");
  lines = g_strsplit (g_strstrip (text), "\n", -1);
  n     = g_strv_length (lines);
  return g_strdup (n > 0 ? lines[n - 1] : "");
}

static Answer
judge (gboolean heard, const char *words, char **problem)
{
  if (heard)
    return ANSWERED;
  if (strstr (words, "GIMP is using an older version"))
    return IS_NEWER;
  if (strstr (words, "an obsolete version"))
    return IS_OLDER;

  g_free (*problem);
  *problem = g_strdup (*words ? words : _ ("it ends without a word"));
  return FAILED;
}

static Answer
ask (const char *program, int version, char **problem)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error        = NULL;
  g_autofree char *words          = NULL;
  int              to[2], from[2];
  gboolean         heard;

  if (! g_unix_open_pipe (to, O_CLOEXEC, &error))
    return judge (FALSE, error->message, problem);
  if (! g_unix_open_pipe (from, O_CLOEXEC, &error))
    {
      close (to[0]);
      close (to[1]);
      return judge (FALSE, error->message, problem);
    }
  process = start (program, version, to[0], from[1], &error);
  heard   = process && hears_procedure (from[0]);
  close (to[1]);
  close (from[0]);
  if (process)
    g_subprocess_force_exit (process);
  words = process ? read_last_words (process) : g_strdup (error->message);
  return judge (heard, words, problem);
}

/**
 * dot_doctor_query:
 * @program: (type filename): a plug-in's
 * @problem: (out) (transfer full) (nullable): what it said instead
 *
 * Runs it as GIMP does when it starts, for each version of the protocol that
 * its answers leave, each of which halves them.
 *
 * Returns: whether it offers plug-in-dot-refine
 */
gboolean
dot_doctor_query (const char *program, char **problem)
{
  int    low = LOWEST, high = HIGHEST, version = FIRST_GUESS;
  Answer answer = FAILED;

  *problem = NULL;
  while (low <= high)
    {
      answer = ask (program, version, problem);
      if (answer == ANSWERED || answer == FAILED)
        break;
      if (answer == IS_NEWER)
        low = version + 1;
      else
        high = version - 1;
      version = (low + high) / 2;
    }

  if (answer != ANSWERED && ! *problem)
    *problem = g_strdup (_ ("it speaks no version of GIMP's protocol that is known"));
  return answer == ANSWERED;
}
