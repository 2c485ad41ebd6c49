/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What a file is, and what is said of one that is something else than it was
 * taken for: what it is, and the way from there. */

#include "file-kind.h"

#include "base/intl.h"

#include <glib/gstdio.h>
#include <string.h>
#include <zip.h>

/* How much of a file is looked at. */
#define BEGIN 512

/*  telling  */

/* Bytes at the begin of a file that only its kind has there. */
static const struct
{
  DotFileKind kind;
  guint       offset;
  guint       size;
  const char *bytes;
} magics[] = {
  /* The pickle of a number that torch.save() once began with. */
  { DOT_FILE_KIND_OLD_CHECKPOINT, 0, 15,
    "\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19\x2e" },
  { DOT_FILE_KIND_NPY, 0, 6, "\x93NUMPY" },
  { DOT_FILE_KIND_HDF5, 0, 8, "\x89HDF\r\n\x1a\n" },
  { DOT_FILE_KIND_GGUF, 0, 4, "GGUF" },
  { DOT_FILE_KIND_TFLITE, 4, 4, "TFL3" },
  { DOT_FILE_KIND_LFS_POINTER, 0, 23, "version https://git-lfs" },
  { DOT_FILE_KIND_PICTURE, 0, 8, "\x89PNG\r\n\x1a\n" },
  { DOT_FILE_KIND_PICTURE, 0, 3, "\xff\xd8\xff" },
  { DOT_FILE_KIND_PICTURE, 0, 4, "GIF8" },
  { DOT_FILE_KIND_PICTURE, 8, 4, "WEBP" },
  { DOT_FILE_KIND_ARCHIVE, 0, 2, "\x1f\x8b" },
  { DOT_FILE_KIND_ARCHIVE, 0, 6,
    "\xfd"
    "7zXZ" },
  { DOT_FILE_KIND_ARCHIVE, 0, 6, "7z\xbc\xaf\x27\x1c" },
  { DOT_FILE_KIND_ARCHIVE, 0, 4, "\x28\xb5\x2f\xfd" },
  { DOT_FILE_KIND_ARCHIVE, 0, 3, "BZh" },
  { DOT_FILE_KIND_ARCHIVE, 0, 6, "Rar!\x1a\x07" },
  { DOT_FILE_KIND_ARCHIVE, 257, 5, "ustar" },
};

static gboolean
name_is (const char *name, const char *file)
{
  const char *slash = strrchr (name, '/');

  return strcmp (slash ? slash + 1 : name, file) == 0;
}

/* What is seen of a zip in the names of its members: torch.save() writes
 * data.pkl, and torch.jit.save() a program's text beside it. */
static DotFileKind
find_zip_kind (zip_t *zip)
{
  zip_int64_t n         = zip_get_num_entries (zip, 0);
  gboolean    constants = FALSE;
  gboolean    pickle    = FALSE;
  gboolean    code      = FALSE;
  gboolean    npy       = n == 0;

  for (zip_int64_t i = 0; i < n; i++)
    {
      const char *name = zip_get_name (zip, i, 0);

      if (! name)
        continue;
      constants = constants || name_is (name, "constants.pkl");
      pickle    = pickle || name_is (name, "data.pkl");
      code      = code || strstr (name, "/code/");
      npy       = npy || g_str_has_suffix (name, ".npy");
    }

  if (constants || (pickle && code))
    return DOT_FILE_KIND_TORCHSCRIPT;
  if (pickle)
    return DOT_FILE_KIND_CHECKPOINT;
  return npy ? DOT_FILE_KIND_NPZ : DOT_FILE_KIND_ZIP;
}

static DotFileKind
find_kind_of_zip (const char *path)
{
  zip_t      *zip  = zip_open (path, ZIP_RDONLY, NULL);
  DotFileKind kind = zip ? find_zip_kind (zip) : DOT_FILE_KIND_DAMAGED_ZIP;

  if (zip)
    zip_discard (zip);
  return kind;
}

/* Its header is an object in JSON, after eight bytes that say how long it is:
 * the highest of them is 0. */
static gboolean
is_safetensors (const guint8 *begin, gsize size)
{
  return size >= 9 && begin[7] == 0 && begin[8] == '{';
}

/* A model of ONNX: its version, then the name of the program that wrote it. */
static gboolean
is_onnx (const guint8 *begin, gsize size)
{
  if (size < 5 || begin[0] != 0x08 || begin[2] != 0x12 || begin[3] < 2 || 4u + begin[3] > size)
    return FALSE;
  for (guint i = 0; i < begin[3]; i++)
    if (! g_ascii_isprint (begin[4 + i]))
      return FALSE;
  return TRUE;
}

/* Without its last character, of which the rest may be missing. */
static gboolean
is_text (const guint8 *begin, gsize size)
{
  const char *end;
  gboolean    whole = g_utf8_validate ((const char *) begin, size, &end);

  if (! whole && (size < BEGIN || (const char *) begin + size - end >= 4))
    return FALSE;
  for (gsize i = 0; i < size; i++)
    if (g_ascii_iscntrl (begin[i]) && ! g_ascii_isspace (begin[i]))
      return FALSE;
  return TRUE;
}

static gboolean
is_web_page (const guint8 *begin, gsize size)
{
  static const char *const tags[] = { "<!doctype html", "<html", "<head", "<body" };
  g_autofree char         *text   = g_ascii_strdown ((const char *) begin, size);

  g_strchug (text);
  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    if (g_str_has_prefix (text, tags[i]))
      return TRUE;
  return FALSE;
}

static DotFileKind
find_kind_of_text (const guint8 *begin, gsize size)
{
  return is_web_page (begin, size) ? DOT_FILE_KIND_WEB_PAGE : DOT_FILE_KIND_TEXT;
}

static DotFileKind
find_kind_by_begin (const char *path, const guint8 *begin, gsize size)
{
  if (size == 0)
    return DOT_FILE_KIND_EMPTY;
  if (size >= 2 && memcmp (begin, "PK", 2) == 0)
    return find_kind_of_zip (path);
  if (is_safetensors (begin, size))
    return DOT_FILE_KIND_SAFETENSORS;
  for (guint i = 0; i < G_N_ELEMENTS (magics); i++)
    if (magics[i].offset + magics[i].size <= size &&
        memcmp (begin + magics[i].offset, magics[i].bytes, magics[i].size) == 0)
      return magics[i].kind;
  if (size >= 2 && begin[0] == 0x80 && begin[1] >= 2 && begin[1] <= 5)
    return DOT_FILE_KIND_PICKLE;
  if (is_onnx (begin, size))
    return DOT_FILE_KIND_ONNX;
  return is_text (begin, size) ? find_kind_of_text (begin, size) : DOT_FILE_KIND_UNKNOWN;
}

/**
 * dot_file_kind_find:
 *
 * Returns: what @path is, of which hardly more than the begin is read
 */
DotFileKind
dot_file_kind_find (const char *path)
{
  guint8   begin[BEGIN + 1] = { 0 };
  GStatBuf info;
  FILE    *file;
  gsize    size;

  if (g_stat (path, &info) != 0)
    return DOT_FILE_KIND_UNREADABLE;
  if (S_ISDIR (info.st_mode))
    return DOT_FILE_KIND_FOLDER;
  if (! S_ISREG (info.st_mode) || ! (file = g_fopen (path, "rbe")))
    return DOT_FILE_KIND_UNREADABLE;

  size = fread (begin, 1, BEGIN, file);
  fclose (file);
  return find_kind_by_begin (path, begin, size);
}

/*  saying  */

/* @fix is the way whatever was wanted, @to_network where a network was. */
typedef struct
{
  const char *noun;
  const char *fix;
  const char *to_network;
} Words;

/* Translators: each is the middle of “FILE is a …: give ….” */
static const Words words[DOT_FILE_KIND_N] = {
  [DOT_FILE_KIND_NPZ]            = { N_ ("a file of arrays (.npz)"), NULL, NULL },
  [DOT_FILE_KIND_SAFETENSORS]    = { N_ ("a file of arrays (.safetensors)"), NULL, NULL },
  [DOT_FILE_KIND_TORCHSCRIPT]    = { N_ ("TorchScript, a program"), NULL, NULL },
  [DOT_FILE_KIND_CHECKPOINT]     = { N_ ("a PyTorch checkpoint, a pickle by torch.save()"), NULL, NULL },
  [DOT_FILE_KIND_OLD_CHECKPOINT] = { N_ ("an old PyTorch checkpoint, pickles by torch.save()"), NULL,
                                     NULL },
  [DOT_FILE_KIND_PICKLE]         = { N_ ("a Python pickle, a program that is never run"), NULL, NULL },
  [DOT_FILE_KIND_NPY]            = { N_ ("one array alone (.npy)"), NULL,
                          N_ ("save all arrays of the network in one file with numpy.savez()") },
  [DOT_FILE_KIND_HDF5]           = { N_ ("an HDF5 file, as Keras writes them"), NULL,
                           N_ ("save its arrays with numpy.savez() and give that file") },
  [DOT_FILE_KIND_ONNX]           = { N_ ("an ONNX network"), NULL,
                           N_ ("save the network that it was made of with torch.jit.save()") },
  [DOT_FILE_KIND_GGUF]           = { N_ ("a GGUF file"), NULL, NULL },
  [DOT_FILE_KIND_TFLITE]         = { N_ ("a TensorFlow Lite network"), NULL, NULL },
  [DOT_FILE_KIND_WEB_PAGE]       = { N_ ("a web page instead of a download"),
                               N_ ("open the address in a browser, and download the file there"), NULL },
  [DOT_FILE_KIND_LFS_POINTER]    = { N_ ("only Git LFS's note of where the file is"),
                                  N_ ("fetch the file itself with “git lfs pull”"), NULL },
  [DOT_FILE_KIND_PICTURE]        = { N_ ("a picture"), NULL, NULL },
  [DOT_FILE_KIND_ARCHIVE]        = { N_ ("a packed archive"),
                              N_ ("unpack it, and give a file that was in it"),
                                     NULL },
  [DOT_FILE_KIND_ZIP]         = { N_ ("a zip archive of other files"),
                          N_ ("unpack it, and give a file that was in it"), NULL },
  [DOT_FILE_KIND_DAMAGED_ZIP] = { N_ ("cut off or damaged"),
                                  N_ ("download or export it again"), NULL },
  [DOT_FILE_KIND_TEXT]        = { N_ ("a text"), NULL, NULL },
  [DOT_FILE_KIND_EMPTY]       = { N_ ("empty"), N_ ("download or export it again"), NULL },
  [DOT_FILE_KIND_FOLDER]      = { N_ ("a folder"), N_ ("give a file in it"), NULL },
  [DOT_FILE_KIND_UNKNOWN]     = { N_ ("a file of no known kind"), NULL, NULL },
};

/* What there is to give instead. */
static const char *const wanted[DOT_FILE_WANT_N] = {
  [DOT_FILE_WANT_WEIGHTS]    = N_ ("give the network's arrays as an .npz, a .safetensors or a .pth"),
  [DOT_FILE_WANT_PROGRAM]    = N_ ("give a network that torch.jit.save() wrote"),
  [DOT_FILE_WANT_NETWORK]    = N_ ("give an .npz, a .safetensors, a .pth or TorchScript"),
  [DOT_FILE_WANT_STATISTICS] = N_ ("give an .npz of mu and sigma"),
  [DOT_FILE_WANT_NUMBERS]    = N_ ("give an .npy that numpy.save() wrote"),
};

static gboolean
has_arrays (DotFileKind kind)
{
  return kind == DOT_FILE_KIND_NPZ || kind == DOT_FILE_KIND_SAFETENSORS ||
         kind == DOT_FILE_KIND_CHECKPOINT || kind == DOT_FILE_KIND_OLD_CHECKPOINT ||
         kind == DOT_FILE_KIND_PICKLE;
}

static gboolean
is_wanted (DotFileKind kind, DotFileWant want)
{
  switch (want)
    {
    case DOT_FILE_WANT_WEIGHTS:
      return has_arrays (kind);
    case DOT_FILE_WANT_PROGRAM:
      return kind == DOT_FILE_KIND_TORCHSCRIPT;
    case DOT_FILE_WANT_NETWORK:
      return has_arrays (kind) || kind == DOT_FILE_KIND_TORCHSCRIPT;
    case DOT_FILE_WANT_STATISTICS:
      return kind == DOT_FILE_KIND_NPZ;
    default:
      return kind == DOT_FILE_KIND_NPY;
    }
}

/* Both kinds of networks are right with the right architecture. */
static const char *
find_fix (DotFileKind kind, DotFileWant want)
{
  if (kind == DOT_FILE_KIND_TORCHSCRIPT && want == DOT_FILE_WANT_WEIGHTS)
    return N_ ("give the architecture “torchscript” (on the command line with --architecture)");
  if (want == DOT_FILE_WANT_PROGRAM && is_wanted (kind, DOT_FILE_WANT_WEIGHTS))
    return N_ ("give the architecture of its network instead of “torchscript”, or a network that "
               "torch.jit.save() wrote");
  if (words[kind].fix)
    return words[kind].fix;
  return want <= DOT_FILE_WANT_NETWORK && words[kind].to_network ? words[kind].to_network
                                                                 : wanted[want];
}

/**
 * dot_file_kind_expect:
 *
 * Returns: %FALSE with what @path is, and the way from there, where it isn't
 *   what it is taken for; %TRUE also where it can't be opened, which is for
 *   those to say who open it
 */
gboolean
dot_file_kind_expect (const char *path, DotFileWant want, GError **error)
{
  DotFileKind      kind  = dot_file_kind_find (path);
  g_autofree char *shown = g_filename_display_name (path);

  if (kind == DOT_FILE_KIND_UNREADABLE || is_wanted (kind, want))
    return TRUE;

  /* Translators: a file, what it is, and what to do about it */
  g_set_error (error, DOT_ERROR,
               kind == DOT_FILE_KIND_FOLDER ? DOT_ERROR_NOT_FOUND : DOT_ERROR_INVALID_FILE,
               _ ("%s is %s: %s."), shown, _ (words[kind].noun), _ (find_fix (kind, want)));
  return FALSE;
}
