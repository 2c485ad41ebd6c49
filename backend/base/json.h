/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#pragma once

#include "dot.h"

G_BEGIN_DECLS

/*  texts and files  */

JsonObject *dot_json_parse (const char *text, gsize size, GError **error);
JsonObject *dot_json_read (const char *path, GError **error);

/*  reading  */

/**
 * DotJsonWord:
 *
 * A word and what it stands for; a list of them ends with a word that is %NULL.
 */
typedef struct
{
  const char *word;
  int         value;
} DotJsonWord;

gboolean    dot_json_check_keys (DotJson *json);
GStrv       dot_json_list_keys (DotJson *json);
gint64      dot_json_get_integer (DotJson    *json,
                                  const char *key,
                                  gint64      fallback,
                                  guint       smallest,
                                  guint       largest);
const char *dot_json_get_line (DotJson *json, const char *key, const char *fallback);
gboolean    dot_json_get_boolean (DotJson *json, const char *key, gboolean fallback);
int   dot_json_get_word (DotJson *json, const char *key, const DotJsonWord *words, int fallback);
guint dot_json_get_flags (DotJson *json, const char *key, const DotJsonWord *words, guint fallback);
int   dot_json_get_enum (DotJson *json, const char *key, GType type, int fallback);
GArray *dot_json_get_integers (DotJson *json, const char *key, guint smallest, guint largest);
GStrv   dot_json_get_strings (DotJson *json, const char *key);

/*  writing: members of the object that the builder is in  */

void dot_json_write_string (JsonBuilder *builder, const char *name, const char *value);
void dot_json_write_int (JsonBuilder *builder, const char *name, gint64 value);
void dot_json_write_boolean (JsonBuilder *builder, const char *name, gboolean value);
void dot_json_write_double (JsonBuilder *builder, const char *name, double value);
void dot_json_write_doubles (JsonBuilder *builder, const char *name, const double *values, gsize n);
void dot_json_write_enum (JsonBuilder *builder, const char *name, GType type, int value);
void dot_json_write_begin_object (JsonBuilder *builder, const char *name);
void dot_json_write_begin_array (JsonBuilder *builder, const char *name);

G_END_DECLS
