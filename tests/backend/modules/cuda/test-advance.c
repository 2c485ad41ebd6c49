/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Whole refinements by an engine that makes updates itself, against those that
 * the transport makes with the same engine's scores.  On the stand-in for
 * CUDA's libraries both add up in the same order: all numbers are the same; on
 * a GPU (DOT_REFINE_TEST_DEVICE=cuda) they are near. */

#include "dot.h"

#include "format/npz.h"
#include "helpers.h"
#include "networks.h"
#include "engine/engine.h"
#include "engine/gpu.h"
#include "engine/pair.h"
#include "model/model.h"
#include "refine/state.h"
#include "refine/step.h"

#include <gmodule.h>
#include <math.h>

#define D       NETWORKS_LATENT
#define ITEMS   (3 * NETWORKS_SIZE * NETWORKS_SIZE)
#define BATCH   5
#define UPDATES 8

#define STAND_IN_MEMORY "DOT_REFINE_STAND_IN_MEMORY"

/* Where a GPU isn't asked for there is nothing to compare. */
static gboolean
is_asked (void)
{
  if (g_strcmp0 (g_getenv ("DOT_REFINE_TEST_DEVICE"), "cuda") == 0)
    return TRUE;
  g_test_skip ("DOT_REFINE_TEST_DEVICE isn't cuda");
  return FALSE;
}

static gboolean
is_stand_in (void)
{
  return g_getenv ("DOT_REFINE_STAND_IN") != NULL;
}

/* The stand-in has no driver's files: here there is always a GPU. */
gboolean
dot_gpu_may_exist (void)
{
  return TRUE;
}

static void
assert_same (const GArray *found, const GArray *expected)
{
  g_assert_cmpuint (found->len, ==, expected->len);
  g_assert_cmpuint (found->len, >, 0);
  for (guint i = 0; i < found->len; i++)
    {
      double a = g_array_index (found, double, i);
      double b = g_array_index (expected, double, i);

      if (is_stand_in ())
        g_assert_cmpfloat (a, ==, b);
      else
        g_assert_cmpfloat_with_epsilon (a, b, 1e-3 * MAX (1.0, fabs (b)));
    }
}

/*  an engine and a run with it  */

/* @meanwhile: whether it is asked something else between the updates */
typedef struct
{
  DotNetwork           *generator;
  DotNetwork           *discriminator;
  const DotEngineClass *klass;
  gpointer              engine;
  guint                 labels[BATCH];
  float                 images[BATCH * ITEMS];
  gboolean              meanwhile;
  GArray               *numbers;
  GArray               *counts;
} Course;

static void
course_create (Course *course)
{
  g_autoptr (GError) error = NULL;

  course->engine = course->klass->create (course->generator, course->discriminator, DOT_DEVICE_CUDA,
                                          DOT_PRECISION_FLOAT32, &error);
  g_assert_no_error (error);
}

static void
course_open (Course *course)
{
  static const guint labels[BATCH] = { 2, 2, 0, 1, 1 };
  g_autoptr (GError) error         = NULL;

  course->generator     = networks_make_generator ();
  course->discriminator = networks_make_discriminator ();
  course->klass         = dot_engine_load (DOT_ENGINE_NATIVE, DOT_DEVICE_CUDA, &error);
  g_assert_no_error (error);
  g_assert_nonnull (course->klass->advance);
  memcpy (course->labels, labels, sizeof (labels));
  course_create (course);
}

static void
course_close (Course *course)
{
  course->klass->destroy (course->engine);
  dot_network_free (course->generator);
  dot_network_free (course->discriminator);
}

static gboolean
score (gpointer      data,
       const double *points,
       gsize         batch,
       double       *scores,
       double       *gradients,
       GError      **error)
{
  Course *course = data;

  return course->klass->score (course->engine, points, course->labels, batch, scores, gradients,
                               course->images, error);
}

/* As a pair does it: in two parts. */
static gboolean
advance (gpointer data, const DotAdvance *advance, gsize batch, GError **error)
{
  Course *course = data;

  return course->klass->advance (course->engine, advance, course->labels, 0, batch - 1,
                                 course->images, error) &&
         course->klass->advance (course->engine, advance, course->labels, batch - 1, 1,
                                 course->images, error);
}

static void
ask_something_else (Course *course)
{
  g_autoptr (GError) error  = NULL;
  double latents[BATCH * D] = { 0.5, -0.5, 1.0 };
  double scores[BATCH];
  double gradients[BATCH * D];
  guint  labels[BATCH] = { 0 };

  course->klass->score (course->engine, latents, labels, BATCH, scores, gradients, NULL, &error);
  course->klass->score (course->engine, latents, labels, 2, scores, gradients, NULL, &error);
  g_assert_no_error (error);
}

/* How often the stand-in was called: one by one, and with a graph. */
typedef struct
{
  guint calls;
  guint launches;
} Counts;

static Counts
count (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("DOT_REFINE_MODULE_DIR"), "dotrefine-cuda.so",
                                            NULL);
  GModule         *module = g_module_open (path, G_MODULE_BIND_LOCAL);
  Counts           counts = {
    0,
  };
  void (*stand_in_count) (guint *, guint *);

  g_assert_nonnull (module);
  g_assert_true (g_module_symbol (module, "stand_in_count", (gpointer *) &stand_in_count));
  stand_in_count (&counts.calls, &counts.launches);
  g_module_close (module);
  return counts;
}

static gboolean
record (const DotTransportState *state, gpointer data, GError **error)
{
  Course *course  = data;
  GArray *numbers = course->numbers;

  g_array_append_vals (numbers, state->points, BATCH * D);
  g_array_append_vals (numbers, state->scores, BATCH);
  g_array_append_vals (numbers, state->gradients, BATCH * D);
  g_array_append_vals (numbers, state->distances, BATCH);
  if (state->second_moments)
    g_array_append_vals (numbers, state->second_moments, BATCH * D);
  for (guint i = 0; i < BATCH * ITEMS; i++)
    {
      double value = course->images[i];

      g_array_append_val (numbers, value);
    }

  if (course->meanwhile)
    ask_something_else (course);
  if (course->counts)
    {
      Counts counts = count ();

      g_array_append_val (course->counts, counts);
    }
  return TRUE;
}

/* All numbers of a run. */
static GArray *
run (Course *course, const DotTransportOptions *options, const double *origins, gboolean whole)
{
  DotScoreFunction function = { course, D, score, whole ? advance : NULL };
  g_autoptr (GError) error  = NULL;

  course->numbers = g_array_new (FALSE, FALSE, sizeof (double));
  dot_transport (&function, options, origins, BATCH, record, course, NULL, &error);
  g_assert_no_error (error);
  return course->numbers;
}

static void
draw (double *values, gsize n, double low, double high)
{
  for (gsize i = 0; i < n; i++)
    values[i] = (float) g_test_rand_double_range (low, high);
}

static const double k_eff[BATCH] = { 0.5, 3.0, 1.0, 0.1, 20.0 };

static DotTransportOptions
usual_options (void)
{
  return (DotTransportOptions) {
    .step_size = 0.05,
    .delta     = 0.001,
    .updates   = UPDATES,
    .k_eff     = k_eff,
  };
}

static void
compare (Course *course, const DotTransportOptions *options)
{
  g_autoptr (GArray) found    = NULL;
  g_autoptr (GArray) expected = NULL;
  double origins[BATCH * D];

  draw (origins, BATCH * D, -1.0, 1.0);
  found    = run (course, options, origins, TRUE);
  expected = run (course, options, origins, FALSE);
  assert_same (found, expected);
}

/* Every way that points move, candidates of several classes and constants. */
static void
test_options (void)
{
  Course course = {
    NULL,
  };
  DotTransportOptions options = usual_options ();

  if (! is_asked ())
    return;
  course_open (&course);
  for (guint i = 0; i < 24; i++)
    {
      options.method     = i % 2 ? DOT_METHOD_DOT : DOT_METHOD_NAIVE;
      options.optimizer  = i / 2 % 2 ? DOT_OPTIMIZER_SGD : DOT_OPTIMIZER_ADAM;
      options.projection = i / 4 % 3;
      options.clip       = i / 12 ? 1.0 : 0.0;
      options.delta      = i % 5 ? 0.001 : 0.0;
      compare (&course, &options);
    }
  course_close (&course);
}

/* From an earlier run's points and moments. */
static void
test_continued (void)
{
  Course course = {
    NULL,
  };
  DotTransportOptions options = usual_options ();
  double              points[BATCH * D], moments[BATCH * D];

  if (! is_asked ())
    return;
  course_open (&course);
  draw (points, BATCH * D, -2.0, 2.0);
  draw (moments, BATCH * D, 0.0, 0.1);
  options.first_update  = 4;
  options.start_points  = points;
  options.start_moments = moments;
  compare (&course, &options);
  course_close (&course);
}

/* What else an engine is asked leaves the points alone. */
static void
test_meanwhile (void)
{
  Course              course  = { .meanwhile = TRUE };
  DotTransportOptions options = usual_options ();

  if (! is_asked ())
    return;
  course_open (&course);
  compare (&course, &options);
  memset (course.labels, 0, sizeof (course.labels));
  compare (&course, &options);
  course_close (&course);
}

/* After the runs before the recording, an update is a graph and nothing else;
 * the part of one candidate is another one. */
static void
test_one_launch (void)
{
  Course course = {
    NULL,
  };
  DotTransportOptions options = usual_options ();
  double              origins[BATCH * D];
  g_autoptr (GArray) numbers = NULL;
  g_autoptr (GArray) counts  = g_array_new (FALSE, FALSE, sizeof (Counts));

  if (! is_stand_in ())
    {
      g_test_skip ("only a stand-in counts");
      return;
    }
  course_open (&course);
  memset (course.labels, 0, sizeof (course.labels));
  draw (origins, BATCH * D, -1.0, 1.0);
  course.counts = counts;
  numbers       = run (&course, &options, origins, TRUE);
  for (guint i = 4; i < UPDATES; i++)
    {
      const Counts *before = &g_array_index (counts, Counts, i);

      g_assert_cmpuint (before[1].launches, ==, before[0].launches + 2);
      g_assert_cmpuint (before[1].calls, ==, before[0].calls);
    }
  course_close (&course);
}

/*  too little memory  */

/* The points of one update. */
typedef struct
{
  double  points[BATCH * D];
  double  second_moments[BATCH * D];
  double  gradients[BATCH * D];
  double  distances[BATCH];
  double  scores[BATCH];
  guint64 marks[BATCH];
} Points;

static gboolean
advance_once (Course *course, Points *points, GError **error)
{
  static const double origins[BATCH * D];
  DotTransportOptions options = usual_options ();
  DotAdvance          once    = {
                .options        = &options,
                .rate           = 0.01,
                .dimension      = D,
                .origins        = origins,
                .points         = points->points,
                .second_moments = points->second_moments,
                .gradients      = points->gradients,
                .distances      = points->distances,
                .scores         = points->scores,
                .marks          = points->marks,
  };

  return course->klass->advance (course->engine, &once, course->labels, 0, BATCH, course->images,
                                 error);
}

/* Whether a GPU of that size makes an update, and of what calls. */
static gboolean
fits (Course *course, gsize bytes, Points *points, guint *calls)
{
  g_autofree char *text    = g_strdup_printf ("%zu", bytes);
  g_autoptr (GError) error = NULL;
  Counts before            = {
    0,
  };

  course_create (course);
  before = count ();
  g_setenv (STAND_IN_MEMORY, text, TRUE);
  if (! advance_once (course, points, &error))
    g_assert_error (error, DOT_ERROR, DOT_ERROR_NO_DEVICE_MEMORY);
  g_unsetenv (STAND_IN_MEMORY);
  *calls = count ().calls - before.calls;
  course->klass->destroy (course->engine);
  return error == NULL;
}

/* With the least that suffices the candidates take turns, and come to the same
 * points. */
static void
test_memory (void)
{
  Course course = {
    NULL,
  };
  Points start = { { 0.0 } };
  Points all, some;
  gsize  low  = 0;
  gsize  high = (gsize) 1 << 31;
  guint  calls, most;

  if (! is_stand_in ())
    {
      g_test_skip ("only a stand-in's memory can be limited");
      return;
    }
  course_open (&course);
  course.klass->destroy (course.engine);
  memset (course.labels, 0, sizeof (course.labels));
  draw (start.points, BATCH * D, -1.0, 1.0);
  draw (start.gradients, BATCH * D, -1.0, 1.0);
  draw (start.distances, BATCH, 0.1, 1.0);

  all = start;
  g_assert_true (fits (&course, high, &all, &calls));
  while (high - low > 1)
    {
      gsize middle = (low + high) / 2;

      some = start;
      if (fits (&course, middle, &some, &most))
        high = middle;
      else
        low = middle;
    }

  some = start;
  g_assert_true (fits (&course, high, &some, &most));
  g_test_message ("%zu bytes: %u calls instead of %u", high, most, calls);
  g_assert_cmpuint (most, >, calls);
  g_assert_cmpmem (&some, G_STRUCT_OFFSET (Points, marks), &all, G_STRUCT_OFFSET (Points, marks));
  course_create (&course);
  course_close (&course);
}

/*  a refinement of a pair in files  */

#define SMALL 8

static void
add_layer (DotNpzWriter *writer, const char *layer, gsize out, gsize in)
{
  g_autofree char  *weight = g_strconcat (layer, "/W", NULL);
  g_autofree char  *bias   = g_strconcat (layer, "/b", NULL);
  g_autofree float *values = g_new (float, out *in);

  for (gsize i = 0; i < out * in; i++)
    values[i] = (float) g_test_rand_double_range (-0.8, 0.8);
  g_assert_true (dot_npz_writer_add (writer, weight, values, 2, (gsize[]) { out, in }, NULL));
  g_assert_true (dot_npz_writer_add (writer, bias, values, 1, &out, NULL));
}

/* Perceptrons of the plane. */
static char *
write_half (const char *folder, const char *name, const char *const *layers, gsize in, gsize out)
{
  char *path                      = g_build_filename (folder, name, NULL);
  g_autoptr (DotNpzWriter) writer = dot_npz_writer_new (path, NULL);

  for (guint i = 0; layers[i]; i++)
    add_layer (writer, layers[i], layers[i + 1] ? SMALL : out, i ? SMALL : in);
  g_assert_true (dot_npz_writer_close (writer, NULL));
  return path;
}

static DotPair *
make_pair (const char *folder, DotPrior prior)
{
  static const char *const layers[] = { "l0", "l1", "l2", "l4", NULL };
  static const char *const judges[] = { "l1", "l2", "l3", "l4", NULL };
  g_autofree char         *g        = write_half (folder, "g.npz", layers, SMALL, 2);
  g_autofree char         *d        = write_half (folder, "d.npz", judges, 2, 1);
  g_autoptr (GError) error          = NULL;
  g_autoptr (DotModel) model        = dot_model_new_from_files (g, d, "mlp", prior, &error);
  DotPair *pair;

  g_assert_no_error (error);
  pair = dot_pair_load (model, DOT_ENGINE_NATIVE, DOT_DEVICE_CUDA, DOT_PRECISION_FLOAT32, NULL,
                        NULL, NULL, &error);
  g_assert_no_error (error);
  return pair;
}

static void
keep_step (const DotStep *step, gpointer data)
{
  g_ptr_array_add (data, dot_step_copy (step));
}

static GPtrArray *
refine (DotPair *pair, const DotRefineOptions *options)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *steps         = g_ptr_array_new_with_free_func ((GDestroyNotify) dot_step_free);

  dot_refine (pair, options, keep_step, NULL, steps, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (steps->len, ==, options->updates + 1);
  return steps;
}

/* What the transport makes of the same pair's scores. */
typedef struct
{
  DotPair         *pair;
  const GPtrArray *steps;
} Peer;

static const guint no_labels[BATCH];

static gboolean
score_latents (gpointer      data,
               const double *points,
               gsize         batch,
               double       *scores,
               double       *gradients,
               GError      **error)
{
  const Peer *peer = data;

  return dot_pair_score (peer->pair, points, no_labels, batch, scores, gradients, NULL, NULL,
                         error);
}

static gboolean
score_images (gpointer      data,
              const double *points,
              gsize         batch,
              double       *scores,
              double       *gradients,
              GError      **error)
{
  const Peer *peer = data;

  return dot_pair_discriminate (peer->pair, points, no_labels, batch, scores, gradients, NULL,
                                error);
}

static void
assert_near (const double *found, const double *expected, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (is_stand_in ())
      g_assert_cmpfloat (found[i], ==, expected[i]);
    else
      g_assert_cmpfloat_with_epsilon (found[i], expected[i], 1e-3);
}

static gboolean
compare_step (const DotTransportState *state, gpointer data, GError **error)
{
  const Peer    *peer = data;
  const DotStep *step = peer->steps->pdata[state->update];
  gsize          n    = step->batch * step->point_size;

  g_assert_cmpuint (step->update, ==, state->update);
  assert_near (step->points, state->points, n);
  assert_near (step->scores, state->scores, step->batch);
  assert_near (step->gradients, state->gradients, n);
  assert_near (step->distances, state->distances, step->batch);
  assert_near (step->second_moments, state->second_moments, n);
  return TRUE;
}

/* The steps of a refinement against the transport's. */
static void
compare_refinement (DotPair *pair, const DotRefineOptions *options, const GPtrArray *steps)
{
  DotModel        *model    = dot_pair_get_model (pair);
  gboolean         uniform  = dot_model_get_prior (model) == DOT_PRIOR_UNIFORM;
  gboolean         target   = options->space == DOT_SPACE_TARGET;
  const DotStep   *first    = steps->pdata[0];
  Peer             peer     = { pair, steps };
  DotScoreFunction function = { &peer, first->point_size, target ? score_images : score_latents };
  DotTransportOptions transport = {
    .projection = uniform || target ? DOT_PROJECTION_NONE : options->projection,
    .step_size  = options->step_size,
    .delta      = options->delta,
    .clip       = target    ? 2.0
                  : uniform ? 1.0
                            : 0.0,
    .updates    = options->updates,
    .k_eff      = first->k_eff,
  };
  g_autoptr (GError) error = NULL;

  dot_transport (&function, &transport, first->origins, first->batch, compare_step, &peer, NULL,
                 &error);
  g_assert_no_error (error);
}

/* From a step in the middle to the same end. */
static void
check_continues (DotPair *pair, const DotRefineOptions *options, const GPtrArray *steps)
{
  g_autoptr (DotRefineOptions) rest = dot_refine_options_new ();
  g_autoptr (GPtrArray) further     = NULL;
  const DotStep *last               = steps->pdata[UPDATES];
  const DotStep *found;

  rest->states    = g_new0 (char *, 2);
  rest->states[0] = dot_state_from_step (steps->pdata[3], 1, pair, options);
  rest->step_size = options->step_size;
  rest->updates   = UPDATES - 3;
  further         = refine (pair, rest);
  found           = further->pdata[rest->updates];
  g_assert_cmpuint (found->update, ==, UPDATES);
  assert_near (found->points, last->points + SMALL, SMALL);
}

static void
refine_and_compare (DotPrior prior, DotSpace space)
{
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();
  g_autoptr (DotPair) pair             = NULL;
  g_autoptr (GPtrArray) steps          = NULL;
  g_autoptr (HelperFolder) folder      = NULL;

  if (! is_asked ())
    return;
  folder             = helper_folder_new ();
  pair               = make_pair (folder, prior);
  options->space     = space;
  options->count     = 3;
  options->updates   = UPDATES;
  options->step_size = 0.1;
  options->k_eff     = 0.2;
  steps              = refine (pair, options);
  compare_refinement (pair, options, steps);
  if (space == DOT_SPACE_LATENT)
    check_continues (pair, options, steps);
}

static void
test_normal (void)
{
  refine_and_compare (DOT_PRIOR_NORMAL, DOT_SPACE_LATENT);
}

static void
test_uniform (void)
{
  refine_and_compare (DOT_PRIOR_UNIFORM, DOT_SPACE_LATENT);
}

/* Pictures are the transport's. */
static void
test_target (void)
{
  refine_and_compare (DOT_PRIOR_NORMAL, DOT_SPACE_TARGET);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/advance/options", test_options);
  g_test_add_func ("/advance/continued", test_continued);
  g_test_add_func ("/advance/meanwhile", test_meanwhile);
  g_test_add_func ("/advance/one-launch", test_one_launch);
  g_test_add_func ("/advance/memory", test_memory);
  g_test_add_func ("/advance/refine/normal", test_normal);
  g_test_add_func ("/advance/refine/uniform", test_uniform);
  g_test_add_func ("/advance/refine/target", test_target);
  return g_test_run ();
}
