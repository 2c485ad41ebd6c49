/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* A picture that shows what it was before refinement while it is pressed. */

#include "config.h"

#include "compare-gesture.h"

/* Of GTK's time for a long press, half a second. */
#define DELAY 0.5

static void
pressed (GtkGesture *gesture, double x, double y, DotGallery *gallery)
{
  /* or else the release would select, and moving would drag */
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  dot_gallery_set_comparing (gallery, TRUE);
}

/* Of any press, the short ones, too. */
static void
ended (GtkGesture *gesture, GdkEventSequence *sequence, DotGallery *gallery)
{
  dot_gallery_set_comparing (gallery, FALSE);
}

/**
 * dot_compare_gesture_add:
 * @widget: what can be pressed
 * @gallery: what is compared as long as it is
 */
void
dot_compare_gesture_add (GtkWidget *widget, DotGallery *gallery)
{
  GtkGesture *gesture = gtk_gesture_long_press_new (widget);

  g_object_set (gesture, "delay-factor", DELAY, NULL);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (gesture), GTK_PHASE_CAPTURE);
  g_signal_connect_object (gesture, "pressed", G_CALLBACK (pressed), gallery, 0);
  g_signal_connect_object (gesture, "end", G_CALLBACK (ended), gallery, 0);
  g_object_set_data_full (G_OBJECT (widget), "dot-compare-gesture", gesture, g_object_unref);
}
