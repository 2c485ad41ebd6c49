/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Files that a program keeps for itself, and the JSON in them; dot.h includes
 * it. */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

GBytes *dot_whole_file_read (const char *path, gsize largest, gboolean follow, GError **error);
void    dot_whole_file_remove_folder (const char *folder);

/**
 * DotJsonSentences:
 * @wrong: sets @error for a member that is missing or isn't what it must be;
 *   @inside is what dot_json_get_object() was given, "" in the whole, and
 *   @must_be is %NULL where it isn't said
 * @unknown: (nullable): sets @error for a key that nobody has asked for
 *
 * What one kind of file says of its mistakes.
 */
typedef struct
{
  void (*wrong) (const char *file,
                 const char *inside,
                 const char *key,
                 const char *must_be,
                 GError    **error);
  void (*unknown) (const char *file, const char *inside, const char *key, GError **error);
} DotJsonSentences;

/**
 * DotJson:
 *
 * An object that is read.  What isn't there is the fallback, and so is what is
 * wrong; but the first that is wrong makes the whole text fail, once and for
 * all, so that nobody has to ask after each member.
 */
typedef struct _DotJson DotJson;

JsonObject *dot_json_parse_format (const char *text,
                                   gsize       size,
                                   const char *format,
                                   GError    **error);
JsonObject *dot_json_read_format (const char *path,
                                  gsize       largest,
                                  gboolean    follow,
                                  const char *format,
                                  GError    **error);

DotJson    *dot_json_new (JsonObject             *object,
                          const char             *file,
                          const DotJsonSentences *sentences,
                          GError                **error);
void        dot_json_free (DotJson *json);
gboolean    dot_json_fail (DotJson *json, const char *key, const char *must_be);
gboolean    dot_json_is_right (DotJson *json);
gboolean    dot_json_need (DotJson *json, ...) G_GNUC_NULL_TERMINATED;
gboolean    dot_json_has (DotJson *json, const char *key);
JsonNode   *dot_json_get_node (DotJson *json, const char *key);
double      dot_json_get_number (DotJson    *json,
                                 const char *key,
                                 double      fallback,
                                 double      smallest,
                                 double      largest);
const char *dot_json_get_string (DotJson *json, const char *key, const char *fallback);
GArray     *dot_json_get_numbers (DotJson *json, const char *key, double smallest, double largest);
DotJson    *dot_json_get_object (DotJson *json, const char *key, const char *inside);
GPtrArray  *dot_json_get_objects (DotJson *json, const char *key, const char *inside);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DotJson, dot_json_free)

G_END_DECLS
