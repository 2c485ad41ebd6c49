/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later
 */

#ifndef __DOT_JSON_FILE_H__
#define __DOT_JSON_FILE_H__

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

GBytes *dot_small_file_read (const char *path, gsize largest, gboolean follow, GError **error);

JsonObject *dot_json_file_parse (GBytes *bytes, const char *format, GError **error);
JsonObject *dot_json_file_read (const char *path,
                                gsize       largest,
                                gboolean    follow,
                                const char *format,
                                GError    **error);

const char *dot_json_get_string (JsonObject *object, const char *member);
JsonObject *dot_json_get_object (JsonObject *object, const char *member);
JsonArray  *dot_json_get_array (JsonObject *object, const char *member);
JsonObject *dot_json_get_element (JsonArray *array, guint index);
gboolean    dot_json_get_number (JsonObject *object,
                                 const char *member,
                                 double      smallest,
                                 double      largest,
                                 double     *value);

G_END_DECLS

#endif /* __DOT_JSON_FILE_H__ */
