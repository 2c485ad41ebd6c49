/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What a run is called elsewhere.  Shells and the real command line say what
 * arrives; GIMP's Script-Fu does so in tests/plugin. */

#include "core/command-text.h"

#include "dot-enums.h"
#include "helpers.h"

#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

#define MODEL "imagenet40-64"

/* What a careless quote would let loose, run or lose. */
static const char *const hostile[] = {
  "it's",
  "\"quoted\"",
  "back\\slash\\",
  "$(touch pwned)",
  "`touch pwned`",
  "$HOME",
  "two\nlines\n",
  "\ttab \r return",
  "a;touch pwned",
  "a&b|c>d<e",
  "*",
  "?",
  "~",
  "~root",
  "#no comment",
  "!history",
  "-x",
  "--seed",
  "",
  " ",
  "'",
  "''",
  "\\'",
  "\\n",
  "\"\\\"",
  "grüße · 金魚 🐟",
  "%s%n",
  "a=b",
  "{a,b}",
  "[a]",
};

static char *
shell_line (const DotRefineOptions *options, const char *folder)
{
  g_autofree char *line = dot_command_text_shell (options, folder);

  g_assert_nonnull (line);
  return g_steal_pointer (&line);
}

/*  what is said  */

static void
assert_texts (const DotRefineOptions *options,
              const char             *folder,
              const char             *shell,
              const char             *script)
{
  g_autofree char *found_shell  = dot_command_text_shell (options, folder);
  g_autofree char *found_script = dot_command_text_script_fu (options, folder);

  g_assert_cmpstr (found_shell, ==, shell);
  g_assert_cmpstr (found_script, ==, script);
}

static void
test_defaults (void)
{
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();

  assert_texts (options, NULL, "dot-refine refine --model imagenet40-64 --class goldfish --seed 0",
                "(plug-in-dot-refine #:run-mode RUN-NONINTERACTIVE "
                "#:model \"imagenet40-64\" #:class \"goldfish\" #:seed 0)");
  g_assert_null (options->class_name);
}

static void
test_what_differs (void)
{
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();

  options->class_name = g_strdup ("king penguin");
  options->seed       = G_MAXINT;
  options->updates    = 0;
  options->method     = DOT_METHOD_NAIVE;
  options->step_size  = 0.1;
  options->k_eff      = 1e-6;
  options->precision  = DOT_PRECISION_AUTO;
  assert_texts (options, "/tmp/a b",
                "dot-refine refine --model imagenet40-64 --class 'king penguin' "
                "--seed 2147483647 --updates 0 --method naive --step-size 0.1 "
                "--k-eff 1e-06 --precision auto --out '/tmp/a b'",
                "(plug-in-dot-refine #:run-mode RUN-NONINTERACTIVE #:model \"imagenet40-64\" "
                "#:class \"king penguin\" #:seed 2147483647 #:updates 0 #:method \"naive\" "
                "#:step-size 0.1 #:k-eff 1e-06 #:precision \"auto\" #:export-folder \"/tmp/a b\")");
}

/* On the command line a method has its own defaults, and another's options are refused. */
static void
test_method (void)
{
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();

  options->method    = DOT_METHOD_DGFLOW;
  options->step_size = 0.1;
  options->noise     = 0.5;
  options->budget    = 0.25;
  options->optimizer = DOT_OPTIMIZER_SGD;
  assert_texts (options, NULL,
                "dot-refine refine --model imagenet40-64 --class goldfish --seed 0 --updates 16 "
                "--method dgflow --noise 0.5",
                NULL);
  options->noise = 0.01;
  assert_texts (options, NULL,
                "dot-refine refine --model imagenet40-64 --class goldfish --seed 0 --updates 16 "
                "--method dgflow",
                "(plug-in-dot-refine #:run-mode RUN-NONINTERACTIVE #:model \"imagenet40-64\" "
                "#:class \"goldfish\" #:seed 0 #:method \"dgflow\" #:step-size 0.1)");
}

static void
test_files (void)
{
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();
  g_autofree char *here                = g_get_current_dir ();
  g_autofree char *line                = NULL;
  g_autofree char *latents             = g_build_filename (here, "z.npy", NULL);

  options->generator     = g_strdup ("/a/g.npz");
  options->discriminator = g_strdup ("other-model");
  options->architecture  = g_strdup ("dcgan");
  options->prior         = DOT_PRIOR_UNIFORM;
  options->class_name    = g_strdup ("3");
  options->trust         = TRUE;
  assert_texts (options, NULL,
                "dot-refine refine --generator /a/g.npz --discriminator other-model "
                "--architecture dcgan --prior uniform --trust --class 3 --seed 0",
                NULL);

  g_clear_pointer (&options->generator, g_free);
  g_clear_pointer (&options->discriminator, g_free);
  options->latents = g_strdup ("z.npy");
  line             = shell_line (options, NULL);
  g_assert_true (g_str_has_suffix (line, latents));
  g_assert_null (strstr (line, "dcgan"));
}

/* A script decides nothing about trust, but what it can't say isn't left out. */
static void
test_what_scripts_lack (void)
{
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();
  g_autofree char *line                = NULL;

  options->trust = TRUE;
  line           = dot_command_text_script_fu (options, NULL);
  g_assert_nonnull (line);

  options->blend = g_strdup ("lemon");
  assert_texts (options, NULL,
                "dot-refine refine --model imagenet40-64 --trust --class goldfish "
                "--blend lemon --seed 0",
                NULL);
  options->blend_amount = 0.25;
  options->to_seed      = 9;
  options->truncation   = 1.5;
  options->space        = DOT_SPACE_TARGET;
  options->engine       = DOT_ENGINE_TORCH;
  options->delta        = 0.5;
  assert_texts (options, NULL,
                "dot-refine refine --model imagenet40-64 --trust --class goldfish "
                "--blend lemon --blend-amount 0.25 --seed 0 --to-seed 9 "
                "--truncation 1.5 --space target --engine torch --delta 0.5",
                NULL);
}

static void
test_what_nobody_can_say (void)
{
  g_autoptr (DotRefineOptions) state = dot_refine_options_new ();
  g_autoptr (DotRefineOptions) bytes = dot_refine_options_new ();

  state->states  = g_strdupv ((char *[]) { "{}", NULL });
  bytes->latents = g_strdup ("/tmp/\xff.npy");
  assert_texts (state, NULL, NULL, NULL);
  assert_texts (bytes, NULL, NULL, NULL);
}

static void
test_numbers (void)
{
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();
  g_autoptr (GRand) chance             = g_rand_new_with_seed (7);

  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *line   = NULL;
      g_autofree char *script = NULL;

      options->step_size = g_rand_double_range (chance, 1e-6, 1.0) * (i % 2 ? 1e-5 : 1.0);
      line               = shell_line (options, NULL);
      script             = dot_command_text_script_fu (options, NULL);
      g_assert_cmpfloat (g_ascii_strtod (strstr (line, "--step-size ") + 12, NULL), ==,
                         options->step_size);
      g_assert_cmpfloat (g_ascii_strtod (strstr (script, "#:step-size ") + 12, NULL), ==,
                         options->step_size);
    }
}

static void
test_scheme_quotes (void)
{
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();

  g_free (options->class_name);
  options->class_name = g_strdup ("a\"b\\c\nd\x7f é");
  assert_texts (options, NULL,
                "dot-refine refine --model imagenet40-64 --class 'a\"b\\c\nd\x7f é' --seed 0",
                "(plug-in-dot-refine #:run-mode RUN-NONINTERACTIVE "
                "#:model \"imagenet40-64\" #:class \"a\\\"b\\\\c\\x0ad\\x7f é\" #:seed 0)");
}

/*  what arrives  */

/* Runs @line in a shell in @folder; what is first in PATH is its own. */
static char *
run_line (const char *shell, const char *line, const char *path, const char *folder, gsize *size)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) process          = NULL;
  g_autoptr (GBytes) output                = NULL;
  g_autoptr (GError) error                 = NULL;
  g_autofree char *paths                   = NULL;

  paths    = g_strdup_printf ("%s:%s", path, g_getenv ("PATH"));
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_subprocess_launcher_setenv (launcher, "PATH", paths, TRUE);
  g_subprocess_launcher_set_cwd (launcher, folder);
  process = g_subprocess_launcher_spawn (launcher, &error, shell, "-c", line, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate (process, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  if (g_subprocess_get_exit_status (process) != 0)
    g_test_message ("%s", line);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
  return g_bytes_unref_to_data (g_steal_pointer (&output), size);
}

/* A dot-refine that says what it was told, and touches nothing. */
static void
write_stand_in (const char *folder)
{
  static const char script[] = "#!/bin/sh\nprintf '%s\\0' \"$@\"\n";
  g_autofree char  *path     = g_build_filename (folder, "dot-refine", NULL);

  helper_write (path, script, sizeof (script) - 1);
  g_assert_cmpint (g_chmod (path, 0700), ==, 0);
}

static void
assert_arguments (const char        *shell,
                  const char        *line,
                  const char        *folder,
                  const char *const *expected)
{
  gsize            size;
  g_autofree char *output = run_line (shell, line, folder, folder, &size);
  const char      *at     = output;

  for (guint i = 0; expected[i]; i++)
    {
      g_assert_cmpint (at - output, <, size);
      g_assert_cmpstr (at, ==, expected[i]);
      at += strlen (at) + 1;
    }
  g_assert_cmpint (at - output, ==, size);
}

static void
test_shells (void)
{
  static const char *const shells[] = { "sh", "bash" };
  g_autoptr (HelperFolder) folder   = helper_folder_new ();

  write_stand_in (folder);
  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    for (guint s = 0; s < G_N_ELEMENTS (shells); s++)
      {
        g_autoptr (DotRefineOptions) options = dot_refine_options_new ();
        g_autofree char *path                = g_build_filename ("/tmp", hostile[i], "z.npy", NULL);
        g_autofree char *line                = NULL;

        options->class_name = g_strdup (hostile[i]);
        options->latents    = g_strdup (path);
        options->seed       = 7;
        line                = shell_line (options, path);
        assert_arguments (shells[s], line, folder,
                          (const char *[]) { "refine", "--model", MODEL, "--class", hostile[i],
                                             "--seed", "7", "--latents", path, "--out", path,
                                             NULL });
      }
}

/*  what the real one does of it  */

static char *
get_tool_folder (void)
{
  return g_path_get_dirname (g_getenv ("DOT_REFINE_BINARY"));
}

static JsonObject *
run_tool (const char *line, const char *folder)
{
  g_autofree char *tool     = get_tool_folder ();
  g_autofree char *whole    = g_strdup_printf ("%s --json", line);
  g_autofree char *output   = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error  = NULL;
  gsize size;

  output       = run_line ("sh", whole, tool, folder, &size);
  output       = g_realloc (output, size + 1);
  output[size] = '\0';
  root         = json_from_string (output, &error);
  g_assert_no_error (error);
  return json_node_dup_object (root);
}

static void
assert_word (JsonObject *object, const char *member, GType type, int value)
{
  g_assert_cmpstr (json_object_get_string_member (object, member), ==,
                   dot_enum_to_nick (type, value));
}

static void
assert_options (JsonObject *object, const DotRefineOptions *options)
{
  JsonNode *k_eff = json_object_get_member (object, "k_eff");

  g_assert_cmpint (json_object_get_int_member (object, "seed"), ==, options->seed);
  g_assert_cmpint (json_object_get_int_member (object, "count"), ==, options->count);
  g_assert_cmpint (json_object_get_int_member (object, "updates"), ==, options->updates);
  g_assert_cmpint (json_object_get_int_member (object, "keep_every"), ==, options->keep_every);
  g_assert_cmpfloat (json_object_get_double_member (object, "step_size"), ==, options->step_size);
  g_assert_cmpfloat (json_object_get_double_member (object, "delta"), ==, options->delta);
  assert_word (object, "method", DOT_TYPE_METHOD, options->method);
  assert_word (object, "space", DOT_TYPE_SPACE, options->space);
  assert_word (object, "optimizer", DOT_TYPE_OPTIMIZER, options->optimizer);
  assert_word (object, "projection", DOT_TYPE_PROJECTION, options->projection);
  assert_word (object, "device", DOT_TYPE_DEVICE, options->device);
  assert_word (object, "precision", DOT_TYPE_PRECISION, options->precision);
  if (options->k_eff == 0.0)
    g_assert_cmpstr (json_node_get_string (k_eff), ==, "auto");
  else
    g_assert_cmpfloat (json_node_get_double (k_eff), ==, options->k_eff);
}

static DotRefineOptions *
draw_options (GRand *chance)
{
  DotRefineOptions *options = dot_refine_options_new ();

  options->class_name = g_strdup (g_rand_boolean (chance) ? "king penguin" : "n07749582");
  options->seed       = g_rand_int_range (chance, 0, G_MAXINT - 10);
  options->count      = g_rand_int_range (chance, 1, 4);
  options->updates    = g_rand_int_range (chance, 0, 3);
  options->keep_every = g_rand_int_range (chance, 1, 4);
  options->method     = g_rand_int_range (chance, 0, 2);
  options->space      = g_rand_int_range (chance, 0, 2);
  options->optimizer  = g_rand_int_range (chance, 0, 2);
  options->projection = g_rand_int_range (chance, 0, 3);
  options->device     = g_rand_int_range (chance, 0, 2);
  options->step_size  = g_rand_double_range (chance, 1e-6, 1e-2);
  options->k_eff      = g_rand_double_range (chance, 0.1, 10.0);
  return options;
}

static void
test_what_ran (void)
{
  g_autoptr (HelperFolder) folder = helper_folder_new ();
  g_autoptr (GRand) chance        = g_rand_new_with_seed (7);

  for (guint i = 0; i < 12; i++)
    {
      g_autoptr (DotRefineOptions) options = draw_options (chance);
      g_autofree char *line                = shell_line (options, NULL);
      g_autoptr (JsonObject) result        = run_tool (line, folder);
      JsonObject *told                     = json_object_get_object_member (result, "options");

      assert_options (told, options);
      g_assert_cmpstr (json_object_get_string_member (told, "class"), ==, options->class_name);
    }
}

/* The pair that ships, with other names for its classes. */
static void
write_model (const char *folder, const char *name)
{
  static const char *const files[] = { "generator", "discriminator" };
  g_autofree char         *ours    = g_build_filename (g_getenv ("DOT_REFINE_MODELS"), MODEL, NULL);
  g_autofree char         *from    = g_build_filename (ours, "model.json", NULL);
  g_autofree char         *to      = g_build_filename (folder, "model.json", NULL);
  g_autoptr (JsonParser) parser    = json_parser_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  JsonObject *root, *klass;

  g_assert_true (json_parser_load_from_file (parser, from, NULL));
  root  = json_node_get_object (json_parser_get_root (parser));
  klass = json_array_get_object_element (json_object_get_array_member (root, "classes"), 3);
  json_object_remove_member (klass, "wnid");
  json_object_set_string_member (klass, "name", name);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *source = NULL;
      g_autofree char *copy   = NULL;
      JsonObject      *weights;

      weights = json_object_get_object_member (json_object_get_object_member (root, "files"),
                                               files[i]);
      source  = g_build_filename (ours, json_object_get_string_member (weights, "name"), NULL);
      copy    = g_build_filename (folder, json_object_get_string_member (weights, "name"), NULL);
      g_assert_cmpint (symlink (source, copy), ==, 0);
    }
  json_generator_set_root (generator, json_parser_get_root (parser));
  g_assert_true (json_generator_to_file (generator, to, NULL));
}

/* A model, a class and a folder whose names are a shell's nightmare. */
static void
test_hostile_run (void)
{
  static const char name[]             = "it's \"$(touch pwned)\" \\ `x` 金魚";
  g_autoptr (HelperFolder) folder      = helper_folder_new ();
  g_autoptr (DotRefineOptions) options = dot_refine_options_new ();
  g_autofree char *parent              = g_build_filename (folder, "a\nb' \"c", NULL);
  g_autofree char *model               = g_build_filename (parent, name, NULL);
  g_autofree char *out                 = g_build_filename (folder, name, NULL);
  g_autofree char *pwned               = g_build_filename (folder, "pwned", NULL);
  g_autofree char *line                = NULL;
  g_autoptr (JsonObject) result        = NULL;
  g_autoptr (GDir) files               = NULL;

  g_assert_cmpint (g_mkdir_with_parents (model, 0700), ==, 0);
  write_model (model, name);
  g_free (options->model);
  options->model      = g_strdup (model);
  options->class_name = g_strdup (name);
  options->updates    = 0;
  line                = shell_line (options, out);
  result              = run_tool (line, folder);

  g_assert_cmpstr (json_object_get_string_member (
                     json_array_get_object_element (json_object_get_array_member (result,
                                                                                  "candidates"),
                                                    0),
                     "class"),
                   ==, name);
  files = g_dir_open (out, 0, NULL);
  g_assert_nonnull (files);
  g_assert_true (g_str_has_suffix (g_dir_read_name (files), "-seed0-update00.png"));
  g_assert_false (g_file_test (pwned, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/command-text/defaults", test_defaults);
  g_test_add_func ("/command-text/what-differs", test_what_differs);
  g_test_add_func ("/command-text/method", test_method);
  g_test_add_func ("/command-text/files", test_files);
  g_test_add_func ("/command-text/what-scripts-lack", test_what_scripts_lack);
  g_test_add_func ("/command-text/what-nobody-can-say", test_what_nobody_can_say);
  g_test_add_func ("/command-text/numbers", test_numbers);
  g_test_add_func ("/command-text/scheme-quotes", test_scheme_quotes);
  g_test_add_func ("/command-text/shells", test_shells);
  g_test_add_func ("/command-text/what-ran", test_what_ran);
  g_test_add_func ("/command-text/hostile-run", test_hostile_run);
  return g_test_run ();
}
