/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

/**
 * DotFileKind:
 * @DOT_FILE_KIND_UNREADABLE: it isn't there, or can't be opened: whoever opens
 *   it says so
 * @DOT_FILE_KIND_CHECKPOINT: what torch.save() writes, a zip with a pickle in it
 * @DOT_FILE_KIND_OLD_CHECKPOINT: what it wrote before PyTorch 1.6, pickles in a
 *   row
 * @DOT_FILE_KIND_PICKLE: any other pickle, StyleGAN's say
 * @DOT_FILE_KIND_ZIP: a zip of other files
 * @DOT_FILE_KIND_DAMAGED_ZIP: one without its directory
 *
 * What a file is, told by what is in it and never by its name.
 */
typedef enum
{
  DOT_FILE_KIND_UNREADABLE,
  DOT_FILE_KIND_NPZ,
  DOT_FILE_KIND_SAFETENSORS,
  DOT_FILE_KIND_TORCHSCRIPT,
  DOT_FILE_KIND_CHECKPOINT,
  DOT_FILE_KIND_OLD_CHECKPOINT,
  DOT_FILE_KIND_PICKLE,
  DOT_FILE_KIND_NPY,
  DOT_FILE_KIND_HDF5,
  DOT_FILE_KIND_ONNX,
  DOT_FILE_KIND_GGUF,
  DOT_FILE_KIND_TFLITE,
  DOT_FILE_KIND_WEB_PAGE,
  DOT_FILE_KIND_LFS_POINTER,
  DOT_FILE_KIND_PICTURE,
  DOT_FILE_KIND_ARCHIVE,
  DOT_FILE_KIND_ZIP,
  DOT_FILE_KIND_DAMAGED_ZIP,
  DOT_FILE_KIND_TEXT,
  DOT_FILE_KIND_EMPTY,
  DOT_FILE_KIND_FOLDER,
  DOT_FILE_KIND_UNKNOWN,
  DOT_FILE_KIND_N
} DotFileKind;

/**
 * DotFileWant:
 * @DOT_FILE_WANT_WEIGHTS: a network's arrays
 * @DOT_FILE_WANT_PROGRAM: TorchScript
 * @DOT_FILE_WANT_NETWORK: either
 * @DOT_FILE_WANT_STATISTICS: an .npz of mu and sigma
 * @DOT_FILE_WANT_NUMBERS: an .npy
 *
 * What a file is taken for.
 */
typedef enum
{
  DOT_FILE_WANT_WEIGHTS,
  DOT_FILE_WANT_PROGRAM,
  DOT_FILE_WANT_NETWORK,
  DOT_FILE_WANT_STATISTICS,
  DOT_FILE_WANT_NUMBERS,
  DOT_FILE_WANT_N
} DotFileWant;

DotFileKind dot_file_kind_find (const char *path);
gboolean    dot_file_kind_expect (const char *path, DotFileWant want, GError **error);

G_END_DECLS
