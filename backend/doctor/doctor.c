/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Whether all is there that a person needs, and works: each thing that is looked
 * at is a finding, and what is wrong comes with what mends it. */

#include "doctor.h"

#include "doctor-gpu.h"
#include "doctor-model.h"
#include "doctor-module.h"
#include "doctor-plug-in.h"

/**
 * dot_doctor_look:
 *
 * Looks at everything, which takes seconds: it loads each module and reads each
 * model.
 *
 * Returns: (transfer full) (element-type DotFinding): what was found
 */
GPtrArray *
dot_doctor_look (void)
{
  GPtrArray *findings          = dot_finding_list_new ();
  g_autoptr (GPtrArray) places = NULL;

  places = dot_doctor_plug_in_look (findings);
  dot_doctor_module_look (findings, places);
  dot_doctor_model_look (findings);
  dot_doctor_gpu_look (findings);
  return findings;
}
