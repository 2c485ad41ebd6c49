/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What a file is, told by its content under a name that says another thing, and
 * the sentence on each that isn't what it was taken for. */

#include "format/file-kind.h"
#include "format/npz.h"
#include "format/weights.h"
#include "helpers.h"

#include <string.h>

#define LEGACY "\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19\x2e"

/* A file's bytes, what it is, and words of what is said of it where weights are
 * wanted. */
typedef struct
{
  DotFileKind kind;
  const char *bytes;
  gsize       size;
  const char *mentions[2];
} Case;

#define CASE(kind, bytes, ...)                       \
  {                                                  \
    DOT_FILE_KIND_##kind, bytes, sizeof (bytes) - 1, \
    {                                                \
      __VA_ARGS__                                    \
    }                                                \
  }

static const Case cases[] = {
  CASE (OLD_CHECKPOINT, LEGACY "\x80\x02M\xe9\x03.", "PyTorch file", "cut off"),
  CASE (PICKLE, "\x80\x04}q.", "PyTorch file", "cut off"),
  CASE (PICKLE, "\x80\x03}.", "PyTorch file", "no arrays"),
  CASE (NPY, "\x93NUMPY\x01\0v\0{'descr'", ".npy", "numpy.savez()"),
  CASE (HDF5, "\x89HDF\r\n\x1a\n\0\0\0", "HDF5", "numpy.savez()"),
  CASE (ONNX,
        "\x08\x07\x12\x07pytorch\x1a\x05"
        "2.1.0",
        "ONNX",
        "torch.jit.save()"),
  CASE (GGUF, "GGUF\x03\0\0\0", "GGUF", ".npz"),
  CASE (TFLITE, "\x1c\0\0\0TFL3\x14\0", "TensorFlow Lite", ".npz"),
  CASE (WEB_PAGE, "\r\n <!DOCTYPE html><html>Virus scan", "web page", "browser"),
  CASE (WEB_PAGE, "<html><body>", "web page", "browser"),
  CASE (LFS_POINTER, "version https://git-lfs.github.com/spec/v1\noid", "Git LFS", "git lfs pull"),
  CASE (PICTURE, "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", "picture", ".npz"),
  CASE (PICTURE, "\xff\xd8\xff\xe0\0", "picture", ".npz"),
  CASE (PICTURE, "RIFF\x10\0\0\0WEBPVP8 ", "picture", ".npz"),
  CASE (ARCHIVE, "\x1f\x8b\x08\0\0", "archive", "unpack"),
  CASE (ARCHIVE, "7z\xbc\xaf\x27\x1c\0\x04", "archive", "unpack"),
  CASE (DAMAGED_ZIP, "PK\3\4\x14\0\0\0", "cut off", "again"),
  CASE (TEXT, "{\"generator\": 1}", "text", ".npz"),
  CASE (TEXT, "Pesos de la red, \xc3\xa1 la carte\n", "text", ".npz"),
  CASE (EMPTY, "", "empty", "again"),
  CASE (UNKNOWN, "\xfe\xed\xfa\xce\0\1\2", "no known kind", ".npz"),
  /* What only looks like a safetensors' begin is text. */
  CASE (TEXT, "12345678{}", "text", ".npz"),
};

static void
assert_expected (const char *path, DotFileWant want, gboolean fits, const char *mentions)
{
  g_autoptr (GError) error = NULL;
  gboolean found           = dot_file_kind_expect (path, want, &error);

  g_assert_cmpint (found, ==, fits);
  if (fits)
    return;
  assert_sentence (error, DOT_ERROR_INVALID_FILE);
  assert_mentions (error, path);
  assert_mentions (error, mentions);
}

static void
test_by_begin (HelperFile *fixture, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *one          = &cases[i];
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", one->mentions[0]);
      helper_write (fixture->path, one->bytes, one->size);
      g_assert_cmpint (dot_file_kind_find (fixture->path), ==, one->kind);
      g_assert_null (dot_weights_open (fixture->path, &error));
      assert_sentence (error, DOT_ERROR_INVALID_FILE);
      assert_mentions (error, fixture->path);
      assert_mentions (error, one->mentions[0]);
      assert_mentions (error, one->mentions[1]);
    }
}

static void
assert_zip (HelperFile *fixture, const char *member, DotFileKind kind)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\x80\x02}q.", 5);

  g_test_message ("%s", member);
  helper_write_zip (fixture->path, member, bytes, FALSE);
  g_assert_cmpint (dot_file_kind_find (fixture->path), ==, kind);
}

static void
test_zip (HelperFile *fixture, gconstpointer data)
{
  assert_zip (fixture, "archive/data.pkl", DOT_FILE_KIND_CHECKPOINT);
  assert_expected (fixture->path, DOT_FILE_WANT_WEIGHTS, TRUE, NULL);
  assert_expected (fixture->path, DOT_FILE_WANT_NETWORK, TRUE, NULL);
  assert_expected (fixture->path, DOT_FILE_WANT_PROGRAM, FALSE, "torch.jit.save()");
  assert_expected (fixture->path, DOT_FILE_WANT_STATISTICS, FALSE, "PyTorch checkpoint");
  assert_expected (fixture->path, DOT_FILE_WANT_NUMBERS, FALSE, "numpy.save()");

  assert_zip (fixture, "G/constants.pkl", DOT_FILE_KIND_TORCHSCRIPT);
  assert_expected (fixture->path, DOT_FILE_WANT_WEIGHTS, FALSE, "--architecture");
  assert_expected (fixture->path, DOT_FILE_WANT_PROGRAM, TRUE, NULL);
  assert_expected (fixture->path, DOT_FILE_WANT_NETWORK, TRUE, NULL);

  assert_zip (fixture, "l1/W.npy", DOT_FILE_KIND_NPZ);
  assert_expected (fixture->path, DOT_FILE_WANT_WEIGHTS, TRUE, NULL);
  assert_expected (fixture->path, DOT_FILE_WANT_STATISTICS, TRUE, NULL);
  assert_expected (fixture->path, DOT_FILE_WANT_PROGRAM, FALSE, "instead of “torchscript”");

  assert_zip (fixture, "project/code/x.py", DOT_FILE_KIND_ZIP);
  assert_zip (fixture, "word/document.xml", DOT_FILE_KIND_ZIP);
  assert_zip (fixture, "mydata.pkl", DOT_FILE_KIND_ZIP);
  assert_expected (fixture->path, DOT_FILE_WANT_WEIGHTS, FALSE, "unpack");
}

static void
test_safetensors (HelperFile *fixture, gconstpointer data)
{
  helper_write (fixture->path, "\2\0\0\0\0\0\0\0{}", 10);
  g_assert_cmpint (dot_file_kind_find (fixture->path), ==, DOT_FILE_KIND_SAFETENSORS);
  assert_expected (fixture->path, DOT_FILE_WANT_WEIGHTS, TRUE, NULL);
  assert_expected (fixture->path, DOT_FILE_WANT_PROGRAM, FALSE, "instead of “torchscript”");
  assert_expected (fixture->path, DOT_FILE_WANT_STATISTICS, FALSE, "mu and sigma");
}

static void
test_no_file (HelperFile *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (dot_file_kind_find (fixture->path), ==, DOT_FILE_KIND_UNREADABLE);
  g_assert_true (dot_file_kind_expect (fixture->path, DOT_FILE_WANT_WEIGHTS, NULL));
  g_assert_cmpint (dot_file_kind_find ("/dev/zero"), ==, DOT_FILE_KIND_UNREADABLE);
  g_assert_false (dot_file_kind_expect (fixture->folder, DOT_FILE_WANT_WEIGHTS, &error));
  assert_sentence (error, DOT_ERROR_NOT_FOUND);
  assert_mentions (error, "folder");
}

/*  files of PyTorch's own  */

static DotFileKind
kind_of_odd (const char *name)
{
  static const struct
  {
    const char *name;
    DotFileKind kind;
  } special[] = {
    { "ok-legacy.pth", DOT_FILE_KIND_OLD_CHECKPOINT },
    { "bad-truncated-legacy.pth", DOT_FILE_KIND_OLD_CHECKPOINT },
    { "bad-legacy-size.pth", DOT_FILE_KIND_OLD_CHECKPOINT },
    { "bad-truncated-zip.pth", DOT_FILE_KIND_DAMAGED_ZIP },
    { "bad-html.pth", DOT_FILE_KIND_WEB_PAGE },
    { "bad-torchscript.pt", DOT_FILE_KIND_TORCHSCRIPT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (special); i++)
    if (strcmp (name, special[i].name) == 0)
      return special[i].kind;
  return DOT_FILE_KIND_CHECKPOINT;
}

static void
test_odd (HelperFile *fixture, gconstpointer data)
{
  const char *folder   = SHARED_DIR "/reference/pth-odd";
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint       n        = 0;
  const char *name;

  if (! dir)
    {
      g_test_skip ("reference/pth-odd is not there");
      return;
    }
  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (! g_str_has_suffix (name, ".pth") && ! g_str_has_suffix (name, ".pt"))
        continue;
      g_test_message ("%s", name);
      g_assert_cmpint (dot_file_kind_find (path), ==, kind_of_odd (name));
      n++;
    }
  g_assert_cmpuint (n, ==, 40);
}

static void
add (const char *path, void (*test) (HelperFile *fixture, gconstpointer data))
{
  /* Not one of the files is what its name says. */
  g_test_add (path, HelperFile, "x.safetensors", helper_file_set_up, test, helper_file_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("/file-kind/by-begin", test_by_begin);
  add ("/file-kind/zip", test_zip);
  add ("/file-kind/safetensors", test_safetensors);
  add ("/file-kind/no-file", test_no_file);
  add ("/file-kind/odd", test_odd);
  return g_test_run ();
}
