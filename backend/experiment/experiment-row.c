/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A method with its options in one text, "dot projection=paper k-eff=1": the names and
 * ranges are those of a run's options. */

#include "experiment-row.h"

#include "dot-enums.h"

#include "method/method.h"

#include <string.h>

void
dot_experiment_row_free (DotExperimentRow *row)
{
  g_free (row->text);
  dot_refine_options_free (row->run);
  g_free (row);
}

/*  the options it may have  */

/* What decides how a picture is refined, not which one nor where. */
static gboolean
has_option (const DotOption *option)
{
  return g_str_equal (option->name, "k-eff") || g_str_equal (option->name, "updates") ||
         ((option->uses & DOT_OPTION_STATE) && ! g_str_equal (option->name, "method"));
}

static DotExperimentOption
make_option (const DotOption *option)
{
  DotExperimentOption made = { option->name, DOT_EXPERIMENT_OPTION_NUMBER,
                               .minimum = option->minimum, .maximum = option->maximum,
                               .enum_type = option->enum_type };

  if (option->kind == DOT_OPTION_CHOICE)
    made.kind = DOT_EXPERIMENT_OPTION_WORD;
  else if (option->kind == DOT_OPTION_COUNT)
    made.kind = DOT_EXPERIMENT_OPTION_COUNT;
  return made;
}

/* (transfer full) (element-type DotExperimentOption): ended by one without a name */
static GArray *
list_options (void)
{
  GArray          *options = g_array_new (TRUE, FALSE, sizeof (DotExperimentOption));
  guint            n;
  const DotOption *table = dot_option_list (&n);

  for (guint i = 0; i < n; i++)
    if (has_option (&table[i]))
      {
        DotExperimentOption option = make_option (&table[i]);

        g_array_append_val (options, option);
      }
  return options;
}

/*  reading  */

static const DotOption *
find_option (const char *name, DotMethod method)
{
  guint            n;
  const DotOption *table = dot_option_list (&n);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (table[i].name, name))
      return has_option (&table[i]) && dot_option_is_of (&table[i], method) ? &table[i] : NULL;
  return NULL;
}

/* A word NAME=VALUE, whose value goes to @values. */
static gboolean
read_word (const char          *row,
           const char          *word,
           DotMethod            method,
           DotExperimentValues *values,
           GError             **error)
{
  const char      *equals = strchr (word, '=');
  g_autofree char *name   = g_strndup (word, equals ? (gsize) (equals - word) : strlen (word));

  if (! equals || ! find_option (name, method))
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                   _ ("“%s” of the row “%s” is no NAME=VALUE of the method %s: give options of "
                      "“dot-refine refine” that it has."),
                   word, row, dot_enum_to_nick (DOT_TYPE_METHOD, method));
      return FALSE;
    }
  /* "auto" is what stands there where nothing is given. */
  return (g_str_equal (name, "k-eff") && g_str_equal (equals + 1, "auto")) ||
         dot_experiment_values_set (values, name, equals + 1, error);
}

static double
get_value (const DotExperimentValues *values, const DotOption *option)
{
  if (option->kind == DOT_OPTION_CHOICE)
    return dot_experiment_values_get_word (values, option->name);
  return dot_experiment_values_get_number (values, option->name, 0);
}

/* What isn't said is what the method has it; what computes stays what it is. */
static void
take_values (DotRefineOptions *run, const DotExperimentValues *values)
{
  guint            n;
  const DotOption *table = dot_option_list (&n);

  for (guint i = 0; i < n; i++)
    {
      const DotOption *option = &table[i];

      if (! has_option (option))
        continue;
      if (dot_experiment_values_get_n (values, option->name) > 0)
        dot_option_set_number (option, run, get_value (values, option));
      else if (! (option->uses & DOT_OPTION_OF_PAIR))
        dot_option_set_number (option, run, dot_option_get_initial (option, run->method));
    }
}

/*  what it costs  */

/* In target space the picture itself moves, and no generator is asked. */
static guint
count_passes (const DotRefineOptions *run)
{
  const DotMethodOptions options = { .particles = run->particles, .moves = run->moves };
  DotMethodCost          cost;

  dot_method_get_cost (run->method, &options, &cost);
  if (run->space == DOT_SPACE_TARGET)
    cost.generator = cost.generator_back = 0;
  return cost.generator + cost.discriminator + cost.discriminator_back + cost.generator_back;
}

/* A tail that is long enough for OBRS to keep its share: e⁻²⁰ of all pictures have none. */
#define TAIL 20

static void
spend (DotExperimentRow *row, const DotExperimentValues *values, guint evaluations)
{
  DotRefineOptions *run  = row->run;
  guint             many = MAX (evaluations / row->passes, 1);

  if (! row->is_choice)
    {
      if (dot_experiment_values_get_n (values, "updates") == 0)
        run->updates = many;
      return;
    }
  run->updates = 1;
  if (run->method == DOT_METHOD_OBRS && dot_experiment_values_get_n (values, "budget") == 0)
    run->budget = 1.0 / many;
  if (dot_experiment_values_get_n (values, "proposals") == 0)
    run->proposals = run->method == DOT_METHOD_OBRS ? MIN (many * TAIL, 1000000u) : many;
}

static gboolean
read_words (DotExperimentRow    *row,
            const char *const   *words,
            DotExperimentValues *values,
            GError             **error)
{
  int method;

  if (! dot_enum_from_nick (DOT_TYPE_METHOD, "--row", words[0] ? words[0] : "", &method, error))
    return FALSE;
  row->run->method = method;
  for (words++; *words; words++)
    if (**words && ! read_word (row->text, *words, method, values, error))
      return FALSE;
  return TRUE;
}

/**
 * dot_experiment_row_parse:
 * @text: a method, then NAME=VALUE
 * @initial: the pair, what computes it, and the first seed
 * @evaluations: of networks, for a picture: as many updates or draws as these pay for,
 *   at least one
 *
 * Returns: (transfer full): the row
 */
DotExperimentRow *
dot_experiment_row_parse (const char             *text,
                          const DotRefineOptions *initial,
                          guint                   evaluations,
                          GError                **error)
{
  g_autoptr (DotExperimentRow) row       = g_new0 (DotExperimentRow, 1);
  g_autoptr (GArray) options             = list_options ();
  g_autoptr (DotExperimentValues) values = NULL;
  g_auto (GStrv) words                   = g_strsplit (text, " ", -1);

  values = dot_experiment_values_new ((const DotExperimentOption *) (gconstpointer) options->data);
  row->text = g_strdup (text);
  row->run  = dot_refine_options_copy (initial);
  if (! read_words (row, (const char *const *) words, values, error))
    return NULL;

  take_values (row->run, values);
  row->passes    = count_passes (row->run);
  row->is_choice = dot_method_get_class (row->run->method)->kind == DOT_METHOD_KIND_CHOICE;
  spend (row, values, evaluations);
  return g_steal_pointer (&row);
}
