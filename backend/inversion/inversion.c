/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* The latent whose picture is nearest to a given one: Adam from several starts at
 * once, of which half are left now and then, on the pixels at several sizes and on what
 * the discriminator sees; then exact steps from the few that came nearest, which count
 * where a picture can be had again, and lead nowhere that it sees less in. */

#include "inversion.h"

#include "engine/pair.h"
#include "inversion-loss.h"
#include "inversion-polish.h"
#include "inversion-prior.h"
#include "model/model.h"
#include "picture-distance.h"

#include "base/intl.h"

#include <math.h>
#include <string.h>

#define BETA1   0.9
#define BETA2   0.999
#define EPSILON 1e-8

/* After each such round of exact steps half of the finalists are left, until there is one. */
#define ROUNDS      8
#define ROUND_STEPS 4

/* What a round must gain, as a share of the distance, for another to follow. */
#define ENOUGH 1e-2

/* Of the time, as progress tells it. */
#define ADAM_SHARE 0.5

/* After each such part of the steps half of the starts are left, but for the finalists. */
#define PART(steps) MAX (1, (steps) / 5)
#define FINALISTS   4

/* One search: what all starts have side by side. */
typedef struct
{
  DotPair                   *pair;
  const DotInversionOptions *options;
  const double              *target; /* (C, H, W) */
  gsize                      d;
  gsize                      items;
  guint                      n; /* of the starts that go on */
  guint                     *starts;
  guint                     *labels;
  double                    *latents;
  double                    *moments[2]; /* Adam's m and v */
  double                    *gradients;
  float                     *images;
  double                    *cotangents;
  double                    *losses;
  DotInversionLoss          *loss;
  double                     least; /* loss so far */
  DotInversion              *nearest;
} Search;

/*  the search and its memory  */

static void
search_clear (Search *search)
{
  g_free (search->starts);
  g_free (search->labels);
  g_free (search->latents);
  g_free (search->moments[0]);
  g_free (search->moments[1]);
  g_free (search->gradients);
  g_free (search->images);
  g_free (search->cotangents);
  g_free (search->losses);
  dot_inversion_loss_free (search->loss);
  dot_inversion_free (search->nearest);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

static gboolean
search_allocate (Search *search, GError **error)
{
  gsize n = search->options->starts;
  gsize d = search->d;

  search->n                 = n;
  search->starts            = g_new (guint, n);
  search->losses            = g_new0 (double, n);
  search->labels            = g_new (guint, n);
  search->latents           = g_new0 (double, n *d);
  search->moments[0]        = g_new0 (double, n *d);
  search->moments[1]        = g_new0 (double, n *d);
  search->gradients         = g_new0 (double, n *d);
  search->images            = g_try_new (float, n * search->items);
  search->cotangents        = g_try_new (double, n * search->items);
  search->nearest           = g_new0 (DotInversion, 1);
  search->nearest->latent   = g_new0 (double, d);
  search->nearest->image    = g_new0 (float, search->items);
  search->nearest->distance = INFINITY;
  search->least             = INFINITY;
  if (search->images && search->cotangents)
    return TRUE;

  g_set_error_literal (error, DOT_ERROR, DOT_ERROR_NO_MEMORY,
                       _ ("There is not enough memory for so many starts: ask for fewer, or close "
                          "other programs."));
  return FALSE;
}

/* The first start is the mean latent, which is 0. */
static void
draw_starts (Search *search)
{
  DotModel *model = dot_pair_get_model (search->pair);

  for (guint b = 0; b < search->options->starts; b++)
    {
      search->starts[b] = b;
      search->labels[b] = search->options->klass->label;
      if (b > 0)
        dot_model_draw_latent (model, search->options->seed + b - 1, DOT_STREAM_LATENT, 0.0,
                               search->latents + b * search->d);
    }
}

/*  how near it is  */

static void
keep_nearest (Search *search, guint start, double loss)
{
  DotInversion *nearest = search->nearest;
  const float  *image   = search->images + start * search->items;

  if (! (loss < search->least))
    return;
  search->least     = loss;
  nearest->distance = dot_picture_distance_measure (image, search->target, search->items);
  nearest->start    = search->starts[start];
  memcpy (nearest->latent, search->latents + start * search->d, search->d * sizeof (double));
  memcpy (nearest->image, image, search->items * sizeof (float));
}

/* Where the starts are, and whether any is nearer than what was found so far. */
static gboolean
look (Search *search, double *cotangents, GCancellable *cancellable, GError **error)
{
  if (! dot_pair_generate (search->pair, search->latents, search->labels, search->n, search->images,
                           cancellable, error) ||
      ! dot_inversion_loss_measure (search->loss, search->images, search->n, search->losses,
                                    cotangents, error))
    return FALSE;
  for (guint b = 0; b < search->n; b++)
    keep_nearest (search, b, search->losses[b]);
  return TRUE;
}

/*  what draws it there  */

static gboolean
look_around (Search *search, GCancellable *cancellable, GError **error)
{
  return look (search, search->cotangents, cancellable, error) &&
         dot_pair_backward (search->pair, search->latents, search->cotangents, search->labels,
                            search->n, search->gradients, cancellable, error);
}

/* Large steps at first, which end at 0. */
static double
get_rate (const DotInversionOptions *options, guint step)
{
  double rate = options->step_size * 0.5 * (1.0 + cos (G_PI * step / options->steps));

  return rate * sqrt (1.0 - pow (BETA2, step + 1)) / (1.0 - pow (BETA1, step + 1));
}

static void
move (Search *search, guint step)
{
  double  rate   = get_rate (search->options, step);
  double *first  = search->moments[0];
  double *second = search->moments[1];

  for (gsize i = 0; i < search->n * search->d; i++)
    {
      double gradient = search->gradients[i];

      first[i] += (1.0 - BETA1) * (gradient - first[i]);
      second[i] += (1.0 - BETA2) * (gradient * gradient - second[i]);
      search->latents[i] -= rate * first[i] / (sqrt (second[i]) + EPSILON);
    }
}

/*  which of the starts go on  */

/* How many others are nearer. */
static guint
find_rank (const Search *search, guint start)
{
  guint rank = 0;

  for (guint b = 0; b < search->n; b++)
    rank += search->losses[b] < search->losses[start] ||
            (search->losses[b] == search->losses[start] && b < start);
  return rank;
}

static void
take_place (Search *search, guint place, guint start)
{
  gsize size = search->d * sizeof (double);

  search->starts[place] = search->starts[start];
  memmove (search->latents + place * search->d, search->latents + start * search->d, size);
  memmove (search->images + place * search->items, search->images + start * search->items,
           search->items * sizeof (float));
  for (guint i = 0; i < G_N_ELEMENTS (search->moments); i++)
    memmove (search->moments[i] + place * search->d, search->moments[i] + start * search->d, size);
}

/* Half of the starts, which were nearest at the last look, go on. */
static void
leave_half (Search *search)
{
  guint half  = (search->n + 1) / 2;
  guint place = 0;

  for (guint b = 0; b < search->n; b++)
    if (find_rank (search, b) < half)
      take_place (search, place++, b);
  search->n = place;
}

/*  the way there  */

static gboolean
report (const Search *search, double fraction, GCancellable *cancellable, GError **error)
{
  const DotInversionOptions *options = search->options;

  if (options->progress)
    options->progress (_ ("Looking for the latent"), fraction, options->user_data);
  return ! g_cancellable_set_error_if_cancelled (cancellable, error);
}

static gboolean
approach (Search *search, GCancellable *cancellable, GError **error)
{
  guint     steps = search->options->steps;
  DotModel *model = dot_pair_get_model (search->pair);

  for (guint step = 0; step < steps; step++)
    {
      if (! report (search, ADAM_SHARE * step / steps, cancellable, error) ||
          ! look_around (search, cancellable, error))
        return FALSE;
      move (search, step);
      dot_inversion_prior_constrain (model, search->latents, search->n);
      if ((step + 1) % PART (steps) == 0 && search->n > FINALISTS)
        leave_half (search);
    }
  return look (search, NULL, cancellable, error);
}

/* From where a start is.  One that is no nearer after it leads nowhere, and is as far as
 * can be from then on, as one whose picture is no numbers. */
static gboolean
polish (Search *search, guint start, GCancellable *cancellable, GError **error)
{
  float            *image    = search->images + start * search->items;
  double           *distance = &search->losses[start];
  DotInversionPoint point    = { search->latents + start * search->d, image, distance };
  double            before, after;

  if (isinf (*distance))
    return TRUE;

  *distance = dot_picture_distance_measure (image, search->target, search->items);
  if (! dot_inversion_loss_measure (search->loss, image, 1, &before, NULL, error) ||
      ! dot_inversion_polish (search->pair, search->labels[start], search->target, &point,
                              ROUND_STEPS, cancellable, error) ||
      ! dot_inversion_loss_measure (search->loss, image, 1, &after, NULL, error))
    return FALSE;
  keep_nearest (search, start, after);
  if (! (after < before))
    *distance = INFINITY;
  return TRUE;
}

static double
find_least (const Search *search)
{
  double least = INFINITY;

  for (guint b = 0; b < search->n; b++)
    least = MIN (least, search->losses[b]);
  return least;
}

/* Whether another round would find anything. */
static gboolean
comes_nearer (Search *search, double before)
{
  if (isinf (find_least (search)))
    return FALSE;
  if (search->n == 1)
    return search->least < before * (1.0 - ENOUGH);

  leave_half (search);
  return TRUE;
}

static gboolean
finish_exactly (Search *search, GCancellable *cancellable, GError **error)
{
  double before = INFINITY;
  guint  round  = 0;

  do
    {
      before = search->least;
      for (guint b = 0; b < search->n; b++)
        {
          double done = (round + (double) b / search->n) / ROUNDS;

          if (! report (search, ADAM_SHARE + (1.0 - ADAM_SHARE) * done, cancellable, error) ||
              ! polish (search, b, cancellable, error))
            return FALSE;
        }
    }
  while (comes_nearer (search, before) && ++round < ROUNDS);
  return report (search, 1.0, NULL, error);
}

/* What was found, where anything was: a person who stops has that. */
static gboolean
finish (Search *search, GError *cause, GError **error)
{
  DotInversion *nearest = search->nearest;

  nearest->stopped = cause != NULL;
  if (cause &&
      (! g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED) || isinf (nearest->distance)))
    {
      g_propagate_error (error, g_error_copy (cause));
      return FALSE;
    }
  if (isinf (nearest->distance))
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_FILE,
                   _ ("The pictures of “%s” are no numbers (NaN or infinite): take another model."),
                   dot_model_get_id (dot_pair_get_model (search->pair)));
      return FALSE;
    }
  return dot_pair_score (search->pair, nearest->latent, search->labels, 1, &nearest->score, NULL,
                         NULL, NULL, error);
}

/**
 * dot_inversion_find:
 * @target: (C, H, W) in [−1, 1], dot_inversion_target_read()
 * @cancellable: (nullable): ends it early, with the nearest so far
 *
 * Looks for the latent whose picture is nearest to @target.
 *
 * Returns: (transfer full): what it found
 */
DotInversion *
dot_inversion_find (DotPair                   *pair,
                    const double              *target,
                    const DotInversionOptions *options,
                    GCancellable              *cancellable,
                    GError                   **error)
{
  DotModel *model          = dot_pair_get_model (pair);
  g_autoptr (GError) cause = NULL;
  g_auto (Search) search   = {
      .pair    = pair,
      .options = options,
      .target  = target,
      .d       = dot_model_get_latent_size (model),
      .items   = dot_model_get_image_items (model),
  };

  if (! search_allocate (&search, error))
    return NULL;

  search.loss = dot_inversion_loss_new (pair, target, options->klass->label, options->map_share,
                                        error);
  if (! search.loss)
    return NULL;

  draw_starts (&search);
  if (approach (&search, cancellable, &cause))
    finish_exactly (&search, cancellable, &cause);
  return finish (&search, cause, error) ? g_steal_pointer (&search.nearest) : NULL;
}

void
dot_inversion_free (DotInversion *inversion)
{
  if (! inversion)
    return;

  g_free (inversion->latent);
  g_free (inversion->image);
  g_free (inversion);
}
