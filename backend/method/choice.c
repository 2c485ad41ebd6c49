/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Runs a method that draws several latents for each candidate and keeps one.  What
 * is drawn for a candidate, and which draw is kept, doesn't depend on how many are
 * looked at together. */

#include "choice.h"

#include "transport/objective.h"

#include "base/intl.h"

#include <math.h>

/* Points that are asked about at once. */
#define AT_ONCE 64

typedef struct
{
  const DotMethodClass *method;
  const DotMethodRun   *run;
  gsize                 dimension;
  GHashTable           *pilots; /* a class's number to its DotPilots */
  double               *points; /* (B, d) the candidates' */
  double               *scores;
  double               *gradients;
  double               *distances;
  guint                *drawn;
  guint                *accepted;

  /* a question */
  double *asked; /* (AT_ONCE, d) */
  double  answers[AT_ONCE];
  gsize   owners[AT_ONCE];
  gsize   places[AT_ONCE]; /* in logits, or in the pilots' */
  gsize   n_asked;

  /* a group of candidates */
  DotChain chains[AT_ONCE];
  double  *logits; /* (AT_ONCE, proposals) */
  gsize    n_chains;
} Choice;

static void
pilots_free (gpointer data)
{
  DotPilots *pilots = data;

  g_free (pilots->logits);
  g_free (pilots);
}

static void
choice_clear (Choice *choice)
{
  g_clear_pointer (&choice->pilots, g_hash_table_unref);
  g_free (choice->points);
  g_free (choice->scores);
  g_free (choice->gradients);
  g_free (choice->distances);
  g_free (choice->drawn);
  g_free (choice->accepted);
  g_free (choice->asked);
  g_free (choice->logits);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Choice, choice_clear)

static gboolean
choice_init (Choice *choice, const DotMethodRun *run, GError **error)
{
  gsize d = run->scorer->dimension;

  choice->run       = run;
  choice->dimension = d;
  choice->pilots    = g_hash_table_new_full (NULL, NULL, NULL, pilots_free);
  choice->points    = g_try_new (double, run->batch *d);
  choice->gradients = g_try_new (double, run->batch *d);
  choice->scores    = g_try_new (double, run->batch);
  choice->distances = g_try_new (double, run->batch);
  choice->drawn     = g_try_new0 (guint, run->batch);
  choice->accepted  = g_try_new0 (guint, run->batch);
  choice->asked     = g_try_new (double, AT_ONCE *d);
  choice->logits    = g_try_new (double, (gsize) AT_ONCE * run->options->proposals);
  if (choice->points && choice->gradients && choice->scores && choice->distances && choice->drawn &&
      choice->accepted && choice->asked && choice->logits)
    return TRUE;

  g_set_error (
    error, DOT_ERROR, DOT_ERROR_NO_MEMORY,
    _ (
      "There is not enough memory for so many candidates (%zu): ask for fewer, or close other programs."),
    run->batch);
  return FALSE;
}

static gboolean
check_finite (const double *scores, gsize n, GError **error)
{
  for (gsize i = 0; i < n; i++)
    if (! isfinite (scores[i]))
      {
        g_set_error_literal (error, DOT_ERROR, DOT_ERROR_NOT_FINITE,
                             _ ("The score of a draw is no finite number: check the model."));
        return FALSE;
      }
  return TRUE;
}

/*  questions  */

/* Scores what was collected. */
static gboolean
ask (Choice *choice, GError **error)
{
  const DotMethodRun *run = choice->run;

  return choice->n_asked == 0 ||
         (! g_cancellable_set_error_if_cancelled (run->cancellable, error) &&
          run->scorer->score (run->scorer->data, choice->asked, choice->owners, choice->n_asked,
                              choice->answers, NULL, error) &&
          check_finite (choice->answers, choice->n_asked, error));
}

static double
calibrate (const Choice *choice, gsize candidate, double score)
{
  const DotMethodOptions *options = choice->run->options;

  return options->slopes[candidate] * score + options->intercepts[candidate];
}

/* The same, as calibrated logits of the chains. */
static gboolean
answer (Choice *choice, GError **error)
{
  if (! ask (choice, error))
    return FALSE;
  for (gsize i = 0; i < choice->n_asked; i++)
    choice->logits[choice->places[i]] = calibrate (choice, choice->owners[i], choice->answers[i]);
  choice->n_asked = 0;
  return TRUE;
}

/* Returns: where the point that is asked about goes. */
static double *
collect (Choice *choice, gsize candidate, gsize place)
{
  gsize i = choice->n_asked++;

  choice->owners[i] = candidate;
  choice->places[i] = place;
  return choice->asked + i * choice->dimension;
}

/*  pilots  */

static gboolean
score_pilots (Choice *choice, gsize candidate, double *scores, gsize n, GError **error)
{
  const DotMethodRun *run = choice->run;

  for (gsize i = 0; i < n; i++)
    {
      run->draws->pilot (run->draws->data, (guint) i, collect (choice, candidate, i));
      if (choice->n_asked < AT_ONCE && i + 1 < n)
        continue;
      if (! ask (choice, error))
        return FALSE;
      for (gsize j = 0; j < choice->n_asked; j++)
        scores[choice->places[j]] = choice->answers[j];
      choice->n_asked = 0;
    }
  if (run->scorer->remember)
    run->scorer->remember (run->scorer->data, candidate, scores, n);
  return TRUE;
}

/* They are the same in each run of a pair. */
static DotPilots *
look_at_pilots (Choice *choice, gsize candidate, GError **error)
{
  const DotScorer   *scorer = choice->run->scorer;
  gsize              n      = choice->run->options->pilots;
  g_autofree double *made   = NULL;
  const double      *scores = scorer->recall ? scorer->recall (scorer->data, candidate, n) : NULL;
  DotPilots         *pilots;

  if (! scores)
    {
      scores = made = g_new (double, n);
      if (! score_pilots (choice, candidate, made, n, error))
        return NULL;
    }
  pilots         = g_new0 (DotPilots, 1);
  pilots->n      = n;
  pilots->logits = g_new (double, n);
  for (gsize i = 0; i < n; i++)
    pilots->logits[i] = calibrate (choice, candidate, scores[i]);
  return pilots;
}

/* Those of the candidate's class, which are looked at once. */
static gboolean
find_pilots (Choice *choice, DotChain *chain, GError **error)
{
  const DotMethodOptions *options = choice->run->options;
  gpointer                key     = GUINT_TO_POINTER (options->classes[chain->candidate]);
  DotPilots              *pilots  = g_hash_table_lookup (choice->pilots, key);

  if (! pilots)
    {
      pilots = look_at_pilots (choice, chain->candidate, error);
      if (! pilots)
        return FALSE;
      g_hash_table_insert (choice->pilots, key, pilots);
      pilots->largest = -INFINITY;
      for (gsize i = 0; i < pilots->n; i++)
        pilots->largest = MAX (pilots->largest, pilots->logits[i]);
      choice->method->prepare (options, pilots);
    }
  chain->pilots  = pilots;
  chain->largest = pilots->largest;
  return TRUE;
}

/*  chains  */

static gboolean
begin_chain (Choice *choice, gsize i, gsize candidate, GError **error)
{
  const DotMethodOptions *options = choice->run->options;
  const double           *real    = options->real_scores;
  DotChain               *chain   = &choice->chains[i];

  *chain = (DotChain) {
    .run        = choice->run,
    .candidate  = candidate,
    .logits     = choice->logits + i * options->proposals,
    .chosen     = -1,
    .real_logit = real
                    ? options->slopes[candidate] * real[candidate] + options->intercepts[candidate]
                    : NAN,
  };
  return ! choice->method->prepare || find_pilots (choice, chain, error);
}

/* How many further draws each open chain gets at once. */
static gsize
count_at_once (const Choice *choice)
{
  gsize open = 0;

  for (gsize i = 0; i < choice->n_chains; i++)
    open += choice->chains[i].chosen < 0;
  return open ? AT_ONCE / open : 0;
}

static void
draw_more (Choice *choice, gsize i, gsize n)
{
  const DotMethodRun *run   = choice->run;
  DotChain           *chain = &choice->chains[i];
  guint               all   = run->options->proposals;

  n = MIN (n, all - chain->n);
  for (gsize j = 0; j < n; j++)
    {
      gsize number = chain->n++;

      run->draws->latent (run->draws->data, chain->candidate, (guint) number,
                          collect (choice, chain->candidate, i * all + number));
    }
  chain->whole = chain->n == all;
}

/* Some draws of each chain that is open, then their decisions. */
static gboolean
choice_advance (Choice *choice, gsize n, GError **error)
{
  for (gsize i = 0; i < choice->n_chains; i++)
    if (choice->chains[i].chosen < 0)
      draw_more (choice, i, n);
  if (! answer (choice, error))
    return FALSE;
  for (gsize i = 0; i < choice->n_chains; i++)
    if (choice->chains[i].chosen < 0)
      choice->method->choose (&choice->chains[i]);
  return TRUE;
}

/* What was chosen is drawn again by its number. */
static void
end_chain (Choice *choice, const DotChain *chain)
{
  const DotDraws *draws = choice->run->draws;
  gsize           b     = chain->candidate;

  choice->drawn[b]    = chain->drawn;
  choice->accepted[b] = chain->accepted;
  draws->latent (draws->data, b, (guint) chain->chosen, choice->points + b * choice->dimension);
}

static gboolean
choose_group (Choice *choice, gsize first, GError **error)
{
  const DotMethodRun *run = choice->run;
  gsize               n;

  choice->n_chains = MIN (AT_ONCE, run->batch - first);
  for (gsize i = 0; i < choice->n_chains; i++)
    if (! begin_chain (choice, i, first + i, error))
      return FALSE;
  while ((n = count_at_once (choice)) > 0)
    {
      if (run->progress)
        run->progress (((double) first + (double) choice->chains[0].n / run->options->proposals) /
                         (double) run->batch,
                       run->user_data);
      if (! choice_advance (choice, n, error))
        return FALSE;
    }
  for (gsize i = 0; i < choice->n_chains; i++)
    end_chain (choice, &choice->chains[i]);
  return TRUE;
}

/*  all of it  */

/* The candidates as they are, which is what is told. */
static gboolean
report (Choice *choice, guint update, GError **error)
{
  const DotMethodRun *run   = choice->run;
  gsize               d     = choice->dimension;
  DotTransportState   state = {
      .update    = update,
      .points    = choice->points,
      .scores    = choice->scores,
      .gradients = choice->gradients,
      .distances = choice->distances,
      .drawn     = choice->drawn,
      .accepted  = choice->accepted,
  };

  if (g_cancellable_set_error_if_cancelled (run->cancellable, error) ||
      ! run->scorer->score (run->scorer->data, choice->points, NULL, run->batch, choice->scores,
                            choice->gradients, error) ||
      ! check_finite (choice->scores, run->batch, error))
    return FALSE;
  for (gsize b = 0; b < run->batch; b++)
    {
      choice->distances[b] = dot_objective_distance (choice->points + b * d, run->origins + b * d,
                                                     run->options->delta, d);
      if (run->scorer->take)
        run->scorer->take (run->scorer->data, b, b);
    }
  return run->report (&state, run->user_data, error);
}

/**
 * dot_choice_keep_first:
 * @chance: of a draw to be kept
 *
 * Keeps the first draw that chance keeps; where none was, at the end, the one with
 * the best score.
 */
void
dot_choice_keep_first (DotChain *chain, double (*chance) (DotChain *chain, gsize draw))
{
  const DotDraws *draws = chain->run->draws;

  for (; chain->judged < chain->n; chain->judged++)
    {
      gsize i = chain->judged;

      if (chain->logits[i] > chain->logits[chain->best])
        chain->best = i;
      chain->largest = MAX (chain->largest, chain->logits[i]);
      if (draws->chance (draws->data, chain->candidate, (guint) i, 0) <= chance (chain, i))
        {
          chain->chosen   = (gssize) i;
          chain->drawn    = (guint) i + 1;
          chain->accepted = 1;
          return;
        }
    }
  if (! chain->whole)
    return;
  chain->chosen = (gssize) chain->best;
  chain->drawn  = (guint) chain->n;
}

/**
 * dot_choice_run:
 * @method: a choice
 *
 * Tells of the candidates as they begin, and of those that are kept.
 */
gboolean
dot_choice_run (const DotMethodClass *method, const DotMethodRun *run, GError **error)
{
  g_auto (Choice) choice = { .method = method };

  if (! choice_init (&choice, run, error))
    return FALSE;
  memcpy (choice.points, run->origins, run->batch * choice.dimension * sizeof (double));
  if (! report (&choice, 0, error))
    return FALSE;
  if (run->options->updates == 0)
    return TRUE;
  for (gsize first = 0; first < run->batch; first += AT_ONCE)
    if (! choose_group (&choice, first, error))
      return FALSE;
  return report (&choice, 1, error);
}
