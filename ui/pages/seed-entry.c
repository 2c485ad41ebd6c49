/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "seed-entry.h"

#include <glib/gi18n-lib.h>

/**
 * DotSeedEntry:
 *
 * A seed, a button that takes another one, a menu of those used of late, and
 * whether the seed is locked (repeating the filter keeps it).
 */

enum
{
  PROP_0,
  PROP_SEED,
  PROP_LOCKED,
};

struct _DotSeedEntry
{
  DotWrapBox parent_instance;

  GtkWidget *spin;
  GtkWidget *used;
  GtkWidget *lock;
  DotRecent *recent;
};

G_DEFINE_FINAL_TYPE (DotSeedEntry, dot_seed_entry, DOT_TYPE_WRAP_BOX)

static void
seed_changed (DotSeedEntry *entry)
{
  g_object_notify (G_OBJECT (entry), "seed");
}

static void
lock_toggled (DotSeedEntry *entry)
{
  g_object_notify (G_OBJECT (entry), "locked");
}

static void
take_new_seed (DotSeedEntry *entry)
{
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (entry->spin), g_random_int_range (0, G_MAXINT));
}

/* An entry's mnemonic, and its focus, is its number's. */
static gboolean
dot_seed_entry_mnemonic_activate (GtkWidget *widget, gboolean group_cycling)
{
  return gtk_widget_mnemonic_activate (DOT_SEED_ENTRY (widget)->spin, group_cycling);
}

static void
dot_seed_entry_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  DotSeedEntry *entry = DOT_SEED_ENTRY (object);

  switch (id)
    {
    case PROP_SEED:
      gtk_spin_button_set_value (GTK_SPIN_BUTTON (entry->spin), g_value_get_int (value));
      break;
    case PROP_LOCKED:
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (entry->lock), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dot_seed_entry_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  DotSeedEntry *entry = DOT_SEED_ENTRY (object);

  switch (id)
    {
    case PROP_SEED:
      g_value_set_int (value, gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (entry->spin)));
      break;
    case PROP_LOCKED:
      g_value_set_boolean (value, gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (entry->lock)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dot_seed_entry_dispose (GObject *object)
{
  g_clear_object (&DOT_SEED_ENTRY (object)->recent);

  G_OBJECT_CLASS (dot_seed_entry_parent_class)->dispose (object);
}

static void
dot_seed_entry_class_init (DotSeedEntryClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose           = dot_seed_entry_dispose;
  object_class->set_property      = dot_seed_entry_set_property;
  object_class->get_property      = dot_seed_entry_get_property;
  widget_class->mnemonic_activate = dot_seed_entry_mnemonic_activate;

  /**
   * DotSeedEntry:seed:
   *
   * The seed, 0 … 2³¹−1.
   */
  g_object_class_install_property (object_class, PROP_SEED,
                                   g_param_spec_int ("seed", NULL, NULL, 0, G_MAXINT, 0,
                                                     G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));

  /**
   * DotSeedEntry:locked:
   *
   * Whether repeating the filter keeps the seed.
   */
  g_object_class_install_property (object_class, PROP_LOCKED,
                                   g_param_spec_boolean ("locked", NULL, NULL, FALSE,
                                                         G_PARAM_READWRITE |
                                                           G_PARAM_STATIC_STRINGS));
}

static GtkWidget *
make_new_button (DotSeedEntry *entry)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("New Seed"));

  gtk_widget_set_tooltip_text (button, _ ("Take a random seed"));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (take_new_seed), entry);
  return button;
}

/*  the seeds used of late  */

#define SEED_KEY "dot-seed"

static void
take_used_seed (GtkWidget *item, DotSeedEntry *entry)
{
  int seed = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (item), SEED_KEY));

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (entry->spin), seed);
}

static void
add_used_seed (DotSeedEntry *entry, GtkMenuShell *menu, int seed)
{
  g_autofree char *text = g_strdup_printf ("%d", seed);
  GtkWidget       *item = gtk_menu_item_new_with_label (text);

  g_object_set_data (G_OBJECT (item), SEED_KEY, GINT_TO_POINTER (seed));
  g_signal_connect_object (item, "activate", G_CALLBACK (take_used_seed), entry, 0);
  gtk_widget_show (item);
  gtk_menu_shell_append (menu, item);
}

static void
fill_used (DotSeedEntry *entry)
{
  g_autoptr (GArray) seeds = dot_recent_get_numbers (entry->recent);
  GtkWidget *menu          = gtk_menu_new ();

  for (guint i = 0; i < seeds->len; i++)
    add_used_seed (entry, GTK_MENU_SHELL (menu), g_array_index (seeds, int, i));

  /* it attaches the menu, and destroys the one before */
  gtk_menu_button_set_popup (GTK_MENU_BUTTON (entry->used), menu);
  gtk_widget_set_sensitive (entry->used, seeds->len > 0);
  gtk_widget_set_tooltip_text (entry->used, seeds->len > 0 ? _ ("Take a seed that was used before")
                                                           : _ ("No seed was used yet"));
}

/* There where there is a list to choose from. */
static GtkWidget *
make_used (void)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *icon   = gtk_image_new_from_icon_name ("document-open-recent-symbolic",
                                                    GTK_ICON_SIZE_BUTTON);

  gtk_button_set_image (GTK_BUTTON (button), icon);
  atk_object_set_name (gtk_widget_get_accessible (button), _ ("Seeds Used Before"));
  gtk_widget_set_no_show_all (button, TRUE);
  return button;
}

static GtkWidget *
make_lock (DotSeedEntry *entry)
{
  GtkWidget *lock = gtk_check_button_new_with_mnemonic (_ ("Loc_k"));

  gtk_widget_set_tooltip_text (lock, _ ("Keep this seed when the filter is repeated, "
                                        "instead of taking the next one"));
  g_signal_connect_swapped (lock, "toggled", G_CALLBACK (lock_toggled), entry);
  return lock;
}

static void
dot_seed_entry_init (DotSeedEntry *entry)
{
  GtkContainer *box = GTK_CONTAINER (entry);

  dot_wrap_box_set_spacing (DOT_WRAP_BOX (entry), 6);

  entry->spin = gtk_spin_button_new_with_range (0.0, G_MAXINT, 1.0);
  entry->used = make_used ();
  entry->lock = make_lock (entry);
  gtk_widget_set_hexpand (entry->spin, TRUE);
  /* a label's letter is for the entry, and so is its name */
  atk_object_set_name (gtk_widget_get_accessible (entry->spin), _ ("Seed"));
  gtk_entry_set_activates_default (GTK_ENTRY (entry->spin), TRUE);
  g_signal_connect_swapped (entry->spin, "value-changed", G_CALLBACK (seed_changed), entry);

  gtk_container_add (box, entry->spin);
  gtk_container_add (box, entry->used);
  gtk_container_add (box, make_new_button (entry));
  gtk_container_add (box, entry->lock);
}

/**
 * dot_seed_entry_new:
 *
 * Returns: an entry for a seed
 */
GtkWidget *
dot_seed_entry_new (void)
{
  return g_object_new (DOT_TYPE_SEED_ENTRY, NULL);
}

/**
 * dot_seed_entry_set_recent:
 * @recent: (nullable): the seeds used of late, dot_recent_new_seeds()
 *
 * Offers these.
 */
void
dot_seed_entry_set_recent (DotSeedEntry *entry, DotRecent *recent)
{
  g_return_if_fail (DOT_IS_SEED_ENTRY (entry));

  if (entry->recent)
    g_signal_handlers_disconnect_by_data (entry->recent, entry);
  g_set_object (&entry->recent, recent);
  gtk_widget_set_visible (entry->used, recent != NULL);
  if (! recent)
    return;

  g_signal_connect_object (recent, "changed", G_CALLBACK (fill_used), entry, G_CONNECT_SWAPPED);
  fill_used (entry);
}

/**
 * dot_seed_entry_remember:
 *
 * The seed is used: it becomes the first of those used of late.
 */
void
dot_seed_entry_remember (DotSeedEntry *entry)
{
  g_return_if_fail (DOT_IS_SEED_ENTRY (entry));

  if (entry->recent)
    dot_recent_add_number (entry->recent,
                           gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (entry->spin)));
}
