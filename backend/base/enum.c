/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "dot.h"

#include "dot-enums.h"

#include "intl.h"

/**
 * dot_enum_to_nick:
 * @enum_type: one of the choices of dot.h, DOT_TYPE_METHOD say
 *
 * Returns: (transfer none): the word of the command line for @value
 */
const char *
dot_enum_to_nick (GType enum_type, int value)
{
  g_autoptr (GTypeClass) klass = g_type_class_ref (enum_type);
  GEnumValue *found            = g_enum_get_value (G_ENUM_CLASS (klass), value);

  return found ? found->value_nick : "";
}

/**
 * dot_enum_from_nick:
 * @option: what @nick was given for, for the message
 * @value: (out): the value called @nick
 *
 * Returns: %FALSE with %DOT_ERROR_INVALID_ARGUMENT and a list of the words
 *   there are
 */
gboolean
dot_enum_from_nick (GType       enum_type,
                    const char *option,
                    const char *nick,
                    int        *value,
                    GError    **error)
{
  g_autoptr (GTypeClass) klass = g_type_class_ref (enum_type);
  GEnumClass *names            = G_ENUM_CLASS (klass);
  g_autoptr (GString) known    = g_string_new (NULL);

  for (guint i = 0; i < names->n_values; i++)
    {
      if (g_strcmp0 (nick, names->values[i].value_nick) == 0)
        {
          *value = names->values[i].value;
          return TRUE;
        }
      g_string_append_printf (known, "%s%s", i ? ", " : "", names->values[i].value_nick);
    }

  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("“%s” is no value for %s: take one of %s."), nick ? nick : "", option, known->str);
  return FALSE;
}
