/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "doctor-gpu.h"

#include "engine/gpu.h"

#include "base/intl.h"

#define CHECK "gpu"

/**
 * dot_doctor_gpu_look:
 * @findings: gets what is said of the GPU
 *
 * Where there is a driver the GPU is asked for a convolution.
 */
void
dot_doctor_gpu_look (GPtrArray *findings)
{
  g_autofree char *text = NULL;

  if (! dot_gpu_may_exist ())
    dot_finding_note (findings, CHECK, DOT_FINDING_NONE,
                      g_strdup (_ ("There is no driver of an NVIDIA GPU: the processor computes.")),
                      NULL);
  else if (dot_gpu_describe (&text))
    dot_finding_note (findings, CHECK, DOT_FINDING_FINE, g_steal_pointer (&text), NULL);
  else
    dot_finding_note (findings, CHECK, DOT_FINDING_PROBLEM, g_steal_pointer (&text),
                      g_strdup (
                        _ ("See what nvidia-smi says of the driver and of free memory; until "
                           "it works, the processor computes.")));
}
