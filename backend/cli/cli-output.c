/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What the program says, and what libraries must not. */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n.h>

#include "dot.h"
#include "cli-output.h"

/* Where our own words go once the libraries' are silenced. */
static int errors_fd = STDERR_FILENO;

/*  private functions  */

/* The text in the encoding that the person's terminal reads. */
static char *
to_locale (const char *text)
{
  g_autofree char *shown = cli_output_get_shown (text);
  const char      *charset;

  if (g_get_charset (&charset))
    return g_steal_pointer (&shown);
  return g_convert (shown, -1, charset, "UTF-8", NULL, NULL, NULL);
}

static void
write_all (int fd, const char *text)
{
  gsize left = strlen (text);

  while (left > 0)
    {
      gssize written = write (fd, text, left);

      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        return;

      text += written;
      left -= written;
    }
}

/*  public functions  */

/**
 * cli_output_get_shown:
 * @text: in UTF-8, but for the name of a file, which may be in no encoding
 *
 * Returns: (transfer full): what the person's terminal can show of it, in
 *   UTF-8: where its encoding hasn't all, ASCII, with plain quotes for curly
 *   ones, and so on
 */
char *
cli_output_get_shown (const char *text)
{
  g_autofree char *valid     = g_utf8_make_valid (text, -1);
  g_autofree char *converted = NULL;
  const char      *charset;

  if (g_get_charset (&charset))
    return g_steal_pointer (&valid);

  converted = g_convert (valid, -1, charset, "UTF-8", NULL, NULL, NULL);
  return converted ? g_steal_pointer (&valid) : g_str_to_ascii (valid, NULL);
}

/**
 * cli_output_get_width:
 * @text: in UTF-8
 *
 * Returns: how many columns of a terminal it takes: characters of Chinese and
 *   Japanese take two, accents that join none.
 */
guint
cli_output_get_width (const char *text)
{
  guint width = 0;

  for (; *text; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (! g_unichar_iszerowidth (c))
        width += g_unichar_iswide (c) ? 2 : 1;
    }
  return width;
}

/**
 * cli_output_silence_libraries:
 *
 * Keeps the warnings of libraries off the standard error, which is for our
 * own sentences.  DOT_REFINE_DEBUG in the environment lets them through.
 */
void
cli_output_silence_libraries (void)
{
  int null;

  if (g_getenv ("DOT_REFINE_DEBUG"))
    return;

  null = open ("/dev/null", O_WRONLY | O_CLOEXEC);
  if (null < 0)
    return;

  errors_fd = fcntl (STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  dup2 (null, STDERR_FILENO);
  close (null);
}

/**
 * cli_output_is_terminal:
 *
 * Returns: whether the standard error is a terminal, where a line can be
 *   drawn again.
 */
gboolean
cli_output_is_terminal (void)
{
  return isatty (errors_fd);
}

/**
 * cli_print:
 * @format: as for printf(), in UTF-8
 * @...: its arguments
 *
 * Prints on the standard output.  A failure is kept for cli_output_flush().
 */
void
cli_print (const char *format, ...)
{
  g_autofree char *text      = NULL;
  g_autofree char *converted = NULL;
  va_list          arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  converted = to_locale (text);
  fputs (converted, stdout);
}

/**
 * cli_print_error:
 * @format: as for printf(), in UTF-8
 * @...: its arguments
 *
 * Prints on the standard error, past cli_output_silence_libraries().  Any thread
 * may call it.
 */
void
cli_print_error (const char *format, ...)
{
  g_autofree char *text      = NULL;
  g_autofree char *converted = NULL;
  va_list          arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  converted = to_locale (text);
  write_all (errors_fd, converted);
}

/**
 * cli_output_flush:
 * @error: where it says that not all was printed
 *
 * Ends the printing on the standard output.
 *
 * Returns: whether all of it arrived.
 */
gboolean
cli_output_flush (GError **error)
{
  gboolean failed = ferror (stdout) != 0;

  if (fclose (stdout) == 0 && ! failed)
    return TRUE;

  g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
               _ ("The results can't be written to the standard output (%s): "
                  "free some space there, or write them elsewhere."),
               g_strerror (errno));
  return FALSE;
}

/**
 * cli_output_warn:
 * @warning: (nullable): one sentence on something that has worked
 *
 * Prints it on the standard error, as a failure would be.
 */
void
cli_output_warn (const char *warning)
{
  g_autofree char *line = warning ? dot_line_from_text (warning) : NULL;

  if (line)
    cli_print_error ("%s: %s\n", PROGRAM, line);
}

/**
 * cli_output_json:
 * @builder: a finished value
 *
 * Prints it on the standard output, in UTF-8 as all JSON is, whatever the
 * locale.
 */
void
cli_output_json (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text     = json_to_string (root, TRUE);

  fputs (text, stdout);
  fputc ('\n', stdout);
}
