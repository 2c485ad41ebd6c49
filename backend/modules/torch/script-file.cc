/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What all who run TorchScript files share: reading them, and what is said of
 * one that doesn't run. */

#include "script-file.h"

#include <ATen/CPUGeneratorImpl.h>

#include <sstream>

#include "base/intl.h"

namespace dot_torch
{

[[noreturn]] void
fail (DotError code, char *sentence)
{
  Failure failure{ code, sentence };

  g_free (sentence);
  throw failure;
}

} // namespace dot_torch

namespace
{

/* Characters of libtorch's reason that a sentence of ours quotes. */
constexpr glong MAX_REASON = 300;

/* A damaged file's bytes may be part of what libtorch says of it. */
std::string
printable (const std::string &line)
{
  g_autofree char *valid  = g_utf8_make_valid (line.data (), line.size ());
  glong            length = MIN (g_utf8_strlen (valid, -1), MAX_REASON);
  g_autofree char *start  = g_utf8_substring (valid, 0, length);

  for (char *c = start; *c; c = g_utf8_next_char (c))
    if (g_ascii_iscntrl (*c))
      *c = ' ';
  return start;
}

} // namespace

namespace dot_torch
{

/* What libtorch says is a traceback whose last line has the reason; of that
 * the first sentence. */
std::string
reason_of (const std::string &what)
{
  static const char *const mark  = "Error: ";
  std::size_t              start = what.rfind (mark);
  std::string              line;

  start = start == std::string::npos ? 0 : start + strlen (mark);
  line  = what.substr (start, what.find ('\n', start) - start);
  line  = line.substr (0, line.find (". "));
  while (! line.empty () && (line.back () == '.' || line.back () == ' '))
    line.pop_back ();
  return printable (line);
}

std::string
shape_of (at::IntArrayRef sizes)
{
  std::ostringstream text;

  text << "(";
  for (std::size_t i = 0; i < sizes.size (); i++)
    text << (i ? ", " : "") << sizes[i];
  text << ")";
  return text.str ();
}

/*  loading  */

torch::jit::Module
read_module (const char *path, torch::Device device)
{
  try
    {
      return torch::jit::load (path, device);
    }
  catch (const std::exception &e)
    {
      throw_memory_errors (e.what ());
      fail (DOT_ERROR_INVALID_FILE,
            g_strdup_printf (_ ("%s can't be loaded as TorchScript (%s): export "
                                "it again with torch.jit.save()."),
                             path, reason_of (e.what ()).c_str ()));
    }
}

/* A script that draws noise of its own draws the same at each call. */
void
reset_random_numbers (const Place &place)
{
  if (place.device.is_cuda ())
    {
      torch::manual_seed (0);
      return;
    }

  at::Generator               generator = at::detail::getDefaultCPUGenerator ();
  std::lock_guard<std::mutex> lock (generator.mutex ());

  generator.set_current_seed (0);
}

} // namespace dot_torch
