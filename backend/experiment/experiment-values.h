/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

/**
 * DotExperimentOptionKind:
 * @DOT_EXPERIMENT_OPTION_TEXT: any text
 * @DOT_EXPERIMENT_OPTION_FILE: a path
 * @DOT_EXPERIMENT_OPTION_COUNT: a whole number in the option's range
 * @DOT_EXPERIMENT_OPTION_NUMBER: a number in the option's range
 * @DOT_EXPERIMENT_OPTION_WORD: one of an enumeration's words
 * @DOT_EXPERIMENT_OPTION_FLAG: given or not
 */
typedef enum
{
  DOT_EXPERIMENT_OPTION_TEXT,
  DOT_EXPERIMENT_OPTION_FILE,
  DOT_EXPERIMENT_OPTION_COUNT,
  DOT_EXPERIMENT_OPTION_NUMBER,
  DOT_EXPERIMENT_OPTION_WORD,
  DOT_EXPERIMENT_OPTION_FLAG
} DotExperimentOptionKind;

/**
 * DotExperimentOption:
 * @name: on the command line
 * @many: whether it may have several values: numbers with commas between them;
 *   files and texts are given once each
 * @free: whether it decides none of the numbers that a part keeps, so that parts of
 *   other values go together
 * @initial: (nullable): what it is where it isn't given, as it would be written
 * @minimum, @maximum: of a number
 * @enum_type: of a word
 * @help: a sentence for --help, which names the default in parentheses
 * @placeholder: (nullable): what --help shows for the value
 *
 * An option of an experiment.  The texts are to be translated.
 */
typedef struct
{
  const char             *name;
  DotExperimentOptionKind kind;
  gboolean                many;
  gboolean                free;
  const char             *initial;
  double                  minimum;
  double                  maximum;
  GType (*enum_type) (void);
  const char *help;
  const char *placeholder;
} DotExperimentOption;

typedef struct _DotExperimentValues DotExperimentValues;

DotExperimentValues *dot_experiment_values_new (const DotExperimentOption *options);
void                 dot_experiment_values_free (DotExperimentValues *values);
gboolean             dot_experiment_values_set (DotExperimentValues *values,
                                                const char          *name,
                                                const char          *text,
                                                GError             **error);
guint       dot_experiment_values_get_n (const DotExperimentValues *values, const char *name);
const char *dot_experiment_values_get_text (const DotExperimentValues *values,
                                            const char                *name,
                                            guint                      i);
guint       dot_experiment_values_get_count (const DotExperimentValues *values,
                                             const char                *name,
                                             guint                      i);
double      dot_experiment_values_get_number (const DotExperimentValues *values,
                                              const char                *name,
                                              guint                      i);
int         dot_experiment_values_get_word (const DotExperimentValues *values, const char *name);
gboolean    dot_experiment_values_get_flag (const DotExperimentValues *values, const char *name);
char       *dot_experiment_values_describe (const DotExperimentValues *values);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotExperimentValues, dot_experiment_values_free)

G_END_DECLS
