/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A run's log, as CSV. */

#include "train-log.h"

#include "base/whole-file.h"

#include "base/intl.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define HEADER                                                       \
  "step,discriminator_loss,generator_loss,penalty,slope,real_score," \
  "fake_score,k_eff,k_eff_sigma,image_k_eff,image_k_eff_sigma,"      \
  "inception_score,inception_score_sigma,fid"

#define PROJECTED_HEADER                                    \
  ",projected_discriminator_loss,projected_generator_loss," \
  "projected_real_score,projected_fake_score"

#define TEXTURE_HEADER ",texture_loss"
#define LAST_HEADER    ",seconds\n"

static void
append_number (GString *line, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_c (line, ',');
  if (isfinite (value))
    g_string_append (line, g_ascii_formatd (text, sizeof (text), "%.9g", value));
}

/**
 * dot_train_log_cut:
 * @form: which judges its rows tell of
 *
 * Drops the rows after @step, which a run that goes on from there writes
 * again, and a row that wasn't finished.
 */
gboolean
dot_train_log_cut (const char *path, const DotTrainRow *form, guint64 step, GError **error)
{
  g_autofree char *text    = NULL;
  g_autoptr (GString) kept = g_string_new (HEADER);
  g_auto (GStrv) rows      = NULL;

  if (form->has_projected)
    g_string_append (kept, PROJECTED_HEADER);
  if (form->has_texture)
    g_string_append (kept, TEXTURE_HEADER);
  g_string_append (kept, LAST_HEADER);
  if (! g_file_get_contents (path, &text, NULL, NULL))
    text = g_strdup ("");
  rows = g_strsplit (text, "\n", -1);
  for (guint i = 1; rows[0] && rows[i] && rows[i + 1]; i++)
    if (g_ascii_strtoull (rows[i], NULL, 10) <= step)
      g_string_append_printf (kept, "%s\n", rows[i]);
  return dot_whole_file_save (path, kept->str, kept->len, error);
}

/**
 * dot_train_log_add:
 * @path: which dot_train_log_cut() has made
 */
gboolean
dot_train_log_add (const char *path, const DotTrainRow *row, GError **error)
{
  const double values[]    = { row->discriminator_loss,
                               row->generator_loss,
                               row->penalty,
                               row->slope,
                               row->real_score,
                               row->fake_score,
                               row->k_eff[0],
                               row->k_eff[1],
                               row->image_k_eff[0],
                               row->image_k_eff[1],
                               row->inception_score[0],
                               row->inception_score[1],
                               row->fid };
  const double projected[] = { row->projected_discriminator_loss, row->projected_generator_loss,
                               row->projected_real_score, row->projected_fake_score };
  g_autoptr (GString) line = g_string_new (NULL);
  FILE    *file            = fopen (path, "ae");
  gboolean done;

  g_string_append_printf (line, "%" G_GUINT64_FORMAT, row->step);
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    append_number (line, values[i]);
  for (gsize i = 0; row->has_projected && i < G_N_ELEMENTS (projected); i++)
    append_number (line, projected[i]);
  if (row->has_texture)
    append_number (line, row->texture_loss);
  append_number (line, row->seconds);
  g_string_append_c (line, '\n');

  done = file && fwrite (line->str, 1, line->len, file) == line->len;
  if (file && fclose (file) != 0)
    done = FALSE;
  if (! done)
    g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
                 _ ("%s can't be written (%s): choose another folder or free some space."), path,
                 g_strerror (errno));
  return done;
}
