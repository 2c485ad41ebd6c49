/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What a run starts from: one candidate of the image, and everything else as it was. */

#include "core/command-text.h"
#include "core/layer-plan.h"
#include "core/queue.h"
#include "core/source.h"
#include "helpers.h"

typedef struct
{
  DotSettings      *settings;
  GBytes           *picture;
  DotRefineOptions *options;
} Fixture;

static void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  fixture->settings = dot_settings_new ();
  fixture->picture  = g_bytes_new_static ("picture", 7);
  g_object_set (fixture->settings, "count", 5, "updates", 2, "source", DOT_SOURCE_IMAGE, NULL);
  fixture->options = dot_settings_get_options (fixture->settings);
}

static void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->settings);
  g_bytes_unref (fixture->picture);
  dot_refine_options_free (fixture->options);
}

static void
apply (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  dot_source_apply (fixture->settings, NULL, fixture->picture, fixture->options, &error);
  g_assert_no_error (error);
}

static void
test_image (Fixture *fixture, gconstpointer data)
{
  apply (fixture);
  g_assert_true (fixture->options->picture == fixture->picture);
  g_assert_cmpuint (fixture->options->count, ==, 1);
  g_assert_cmpuint (dot_layer_plan_count (fixture->options), ==, 3);
}

static void
test_no_image (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (dot_source_apply (fixture->settings, NULL, NULL, fixture->options, &error));
  assert_sentence (error, DOT_ERROR_INVALID_ARGUMENT);
  assert_mentions (error, "start from a seed");
  g_assert_null (fixture->options->picture);
}

/* What is open is nothing to a run of seeds. */
static void
test_seed (Fixture *fixture, gconstpointer data)
{
  g_object_set (fixture->settings, "source", DOT_SOURCE_SEED, NULL);
  apply (fixture);
  g_assert_null (fixture->options->picture);
  g_assert_cmpuint (fixture->options->count, ==, 5);
}

/* No command has a picture that is in no file. */
static void
test_command (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = dot_command_text_shell (fixture->options, NULL);

  g_assert_nonnull (before);
  apply (fixture);
  g_assert_null (dot_command_text_shell (fixture->options, NULL));
  g_assert_null (dot_command_text_script_fu (fixture->options, NULL));
}

static void
test_next (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DotSession) session = dot_session_new ();
  g_autoptr (DotQueue) queue     = dot_queue_new (fixture->settings, session);
  g_autofree char *text          = NULL;

  apply (fixture);
  dot_queue_set (queue, fixture->options);
  text = dot_queue_get_text (queue);
  g_assert_cmpstr (text, ==, "Next: goldfish · your image · 2 updates");
}

/* It is kept and repeated by its name. */
static void
test_json (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) values   = dot_settings_to_json (fixture->settings);
  g_autoptr (DotSettings) another = dot_settings_new ();
  DotSource source;

  g_assert_cmpstr (json_object_get_string_member (values, "source"), ==, "image");
  dot_settings_apply_json (another, values);
  g_object_get (another, "source", &source, NULL);
  g_assert_cmpint (source, ==, DOT_SOURCE_IMAGE);
}

#define ADD(name, function) \
  g_test_add (name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/source/image", test_image);
  ADD ("/source/no-image", test_no_image);
  ADD ("/source/seed", test_seed);
  ADD ("/source/command", test_command);
  ADD ("/source/next", test_next);
  ADD ("/source/json", test_json);
  return g_test_run ();
}
