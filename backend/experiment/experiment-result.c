/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What a part comes to, and its file: an .npz, an array of float64 for each list. */

#include "experiment-result.h"

#include "format/npz.h"

#include "base/intl.h"

#include <math.h>

struct _DotExperimentResult
{
  GPtrArray *lists; /* of List, in the order in which they were set */
};

typedef struct
{
  char   *name;
  double *values;
  gsize   n;
} List;

static void
list_free (gpointer data)
{
  List *list = data;

  g_free (list->name);
  g_free (list->values);
  g_free (list);
}

DotExperimentResult *
dot_experiment_result_new (void)
{
  DotExperimentResult *result = g_new0 (DotExperimentResult, 1);

  result->lists = g_ptr_array_new_with_free_func (list_free);
  return result;
}

void
dot_experiment_result_free (DotExperimentResult *result)
{
  g_ptr_array_unref (result->lists);
  g_free (result);
}

static double *
add_list (DotExperimentResult *result, const char *name, gsize n)
{
  List *list = g_new0 (List, 1);

  list->name   = g_strdup (name);
  list->values = g_new (double, n);
  list->n      = n;
  g_ptr_array_add (result->lists, list);
  return list->values;
}

/**
 * dot_experiment_result_set:
 * @name: may be that of an array in an .npz, and is set once
 * @values: (array length=n): copied; at least one
 */
void
dot_experiment_result_set (DotExperimentResult *result,
                           const char          *name,
                           const double        *values,
                           gsize                n)
{
  double *list = add_list (result, name, n);

  for (gsize i = 0; i < n; i++)
    list[i] = values[i];
}

/**
 * dot_experiment_result_set_floats:
 *
 * As dot_experiment_result_set().
 */
void
dot_experiment_result_set_floats (DotExperimentResult *result,
                                  const char          *name,
                                  const float         *values,
                                  gsize                n)
{
  double *list = add_list (result, name, n);

  for (gsize i = 0; i < n; i++)
    list[i] = values[i];
}

void
dot_experiment_result_set_number (DotExperimentResult *result, const char *name, double value)
{
  dot_experiment_result_set (result, name, &value, 1);
}

/**
 * dot_experiment_result_get:
 * @n: (out) (optional): how many there are
 *
 * Returns: (transfer none) (nullable): the list of that name
 */
const double *
dot_experiment_result_get (const DotExperimentResult *result, const char *name, gsize *n)
{
  for (guint i = 0; i < result->lists->len; i++)
    {
      const List *list = result->lists->pdata[i];

      if (! g_str_equal (list->name, name))
        continue;
      if (n)
        *n = list->n;
      return list->values;
    }
  if (n)
    *n = 0;
  return NULL;
}

/**
 * dot_experiment_result_get_number:
 *
 * Returns: the list's first number; NaN where there is none
 */
double
dot_experiment_result_get_number (const DotExperimentResult *result, const char *name)
{
  const double *values = dot_experiment_result_get (result, name, NULL);

  return values ? values[0] : (double) NAN;
}

/*  its file  */

/**
 * dot_experiment_result_save:
 * @path: appears whole or not at all
 */
gboolean
dot_experiment_result_save (const DotExperimentResult *result, const char *path, GError **error)
{
  g_autoptr (DotNpzWriter) writer = dot_npz_writer_new (path, error);

  if (! writer)
    return FALSE;
  for (guint i = 0; i < result->lists->len; i++)
    {
      const List *list = result->lists->pdata[i];

      if (! dot_npz_writer_add_doubles (writer, list->name, list->values, 1, &list->n, error))
        return FALSE;
    }
  return dot_npz_writer_close (writer, error);
}

/**
 * dot_experiment_result_load:
 *
 * Returns: (transfer full): what dot_experiment_result_save() wrote, or %NULL
 */
DotExperimentResult *
dot_experiment_result_load (const char *path, GError **error)
{
  g_autoptr (DotExperimentResult) result = NULL;
  g_autoptr (DotNpz) npz                 = dot_npz_open (path, error);
  g_auto (GStrv) keys                    = NULL;

  if (! npz)
    return NULL;
  result = dot_experiment_result_new ();
  keys   = dot_npz_list_keys (npz);
  for (guint i = 0; keys[i]; i++)
    {
      DotNpyHeader       header;
      g_autofree double *values = dot_npz_read_doubles (npz, keys[i], &header, error);

      if (! values)
        return NULL;
      if (header.n_items > 0)
        dot_experiment_result_set (result, keys[i], values, header.n_items);
    }
  return g_steal_pointer (&result);
}
