/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What is made where a pickle would call a function: data, for the few that
 * networks need; nothing is ever called. */

#include "pickle-call.h"

#include "pickle-error.h"

#include "base/intl.h"

#include <string.h>

static gpointer
fail_fit (const DotPickle *pickle, GError **error)
{
  return dot_pickle_error_damaged (pickle->path, _ ("its instructions don't fit together"), error);
}

static gboolean
is_global (const DotPickleValue *value, const char *module, const char *name)
{
  return value->kind == DOT_PICKLE_GLOBAL && dot_slice_is (&value->module, module) &&
         dot_slice_is (&value->name, name);
}

/*  tensors  */

/* (nullable) */
static DotPickleValue *
get_argument (const DotPickleValue *arguments, guint i, DotPickleKind kind)
{
  DotPickleValue *value = NULL;

  if (i < dot_pickle_value_get_length (arguments))
    value = dot_pickle_value_get_item (arguments, i);
  return value && value->kind == kind ? value : NULL;
}

static gboolean
read_sizes (const DotPickleValue *tuple, guint n, gsize *sizes)
{
  if (! tuple || dot_pickle_value_get_length (tuple) != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (! dot_pickle_value_get_size (dot_pickle_value_get_item (tuple, i), &sizes[i]))
      return FALSE;
  return TRUE;
}

/* Storage, offset, sizes, strides; what comes after them is for training. */
static gboolean
read_tensor (const DotPickleValue *arguments, DotTensor *tensor)
{
  const DotPickleValue *storage = get_argument (arguments, 0, DOT_PICKLE_STORAGE);
  const DotPickleValue *offset  = get_argument (arguments, 1, DOT_PICKLE_INTEGER);
  const DotPickleValue *sizes   = get_argument (arguments, 2, DOT_PICKLE_TUPLE);
  const DotPickleValue *strides = get_argument (arguments, 3, DOT_PICKLE_TUPLE);
  guint                 n       = sizes ? dot_pickle_value_get_length (sizes) : 0;

  if (! storage || ! offset || ! sizes || n > DOT_ARRAY_MAX_DIMS)
    return FALSE;
  tensor->storage      = storage->storage;
  tensor->shape.n_dims = n;
  return dot_pickle_value_get_size (offset, &tensor->offset) &&
         read_sizes (sizes, n, tensor->shape.axes) && read_sizes (strides, n, tensor->strides) &&
         dot_tensor_check (tensor);
}

static DotPickleValue *
make_tensor (DotPickle *pickle, const DotPickleValue *arguments, GError **error)
{
  DotTensor       tensor = { 0 };
  DotPickleValue *value;

  if (! read_tensor (arguments, &tensor))
    return dot_pickle_error_damaged (pickle->path,
                                     _ ("an array doesn't lie in its numbers"), error);

  value         = dot_pickle_value_new (pickle->arena, DOT_PICKLE_TENSOR);
  value->tensor = g_memdup2 (&tensor, sizeof (tensor));
  return value;
}

static DotPickleValue *
make_parameter (DotPickle *pickle, const DotPickleValue *arguments, GError **error)
{
  DotPickleValue *tensor = get_argument (arguments, 0, DOT_PICKLE_TENSOR);

  return tensor ? tensor : fail_fit (pickle, error);
}

static DotPickleValue *
make_storage (DotPickle *pickle, DotStorage *storage)
{
  DotPickleValue *value;

  if (! storage)
    return NULL;
  value          = dot_pickle_value_new (pickle->arena, DOT_PICKLE_STORAGE);
  value->storage = storage;
  return value;
}

static DotPickleValue *
make_unpacked (DotPickle *pickle, const DotPickleValue *arguments, GError **error)
{
  const DotPickleValue *bytes = get_argument (arguments, 0, DOT_PICKLE_BYTES);

  if (! bytes || ! pickle->unpack_storage)
    return fail_fit (pickle, error);
  return make_storage (pickle, pickle->unpack_storage (pickle->container, &bytes->text, error));
}

/*  what else there is  */

static DotPickleValue *
make_dictionary (DotPickle *pickle, const DotPickleValue *arguments, GError **error)
{
  if (dot_pickle_value_get_length (arguments) > 0)
    return fail_fit (pickle, error);
  return dot_pickle_value_new (pickle->arena, DOT_PICKLE_DICTIONARY);
}

static DotPickleValue *
make_inert (DotPickle *pickle, const DotPickleValue *arguments, GError **error)
{
  return dot_pickle_value_new (pickle->arena, DOT_PICKLE_INERT);
}

/* StyleGAN's own way to keep a network, with the text of its program. */
static DotPickleValue *
make_persistent (DotPickle *pickle, const DotPickleValue *arguments, GError **error)
{
  const DotPickleValue *meta  = get_argument (arguments, 0, DOT_PICKLE_DICTIONARY);
  const DotPickleValue *name  = meta ? dot_pickle_value_look_up (meta, "class_name") : NULL;
  DotPickleValue       *state = meta ? dot_pickle_value_look_up (meta, "state") : NULL;
  DotPickleValue       *object;

  if (! name || name->kind != DOT_PICKLE_TEXT || ! state || state->kind != DOT_PICKLE_DICTIONARY ||
      ! pickle->keeps_objects)
    return fail_fit (pickle, error);

  object        = dot_pickle_value_new (pickle->arena, DOT_PICKLE_OBJECT);
  object->name  = name->text;
  object->state = state;
  return object;
}

static const struct
{
  const char *module;
  const char *name;
  DotPickleValue *(*make) (DotPickle *pickle, const DotPickleValue *arguments, GError **error);
} functions[] = {
  { "collections", "OrderedDict", make_dictionary },
  { "torch._utils", "_rebuild_tensor_v2", make_tensor },
  { "torch._utils", "_rebuild_parameter", make_parameter },
  { "torch.storage", "_load_from_bytes", make_unpacked },
  { "torch_utils.persistence", "_reconstruct_persistent_obj", make_persistent },
  { "numpy", "dtype", make_inert },
  { "numpy.core.multiarray", "scalar", make_inert },
  { "numpy._core.multiarray", "scalar", make_inert },
  { "numpy.core.multiarray", "_reconstruct", make_inert },
  { "numpy._core.multiarray", "_reconstruct", make_inert },
  { "_codecs", "encode", make_inert },
  { "builtins", "set", make_inert },
  { "__builtin__", "set", make_inert },
};

/**
 * dot_pickle_call_function:
 * @arguments: a tuple
 *
 * Returns: (transfer none): what stands for the result of @function
 */
DotPickleValue *
dot_pickle_call_function (DotPickle            *pickle,
                          const DotPickleValue *function,
                          const DotPickleValue *arguments,
                          GError              **error)
{
  if (function->kind != DOT_PICKLE_GLOBAL || arguments->kind != DOT_PICKLE_TUPLE)
    return fail_fit (pickle, error);

  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    if (is_global (function, functions[i].module, functions[i].name))
      return functions[i].make (pickle, arguments, error);
  return dot_pickle_error_call (pickle->path, &function->module, &function->name, error);
}

/**
 * dot_pickle_call_class:
 *
 * Returns: (transfer none): what stands for a new object of @class
 */
DotPickleValue *
dot_pickle_call_class (DotPickle *pickle, const DotPickleValue *class, GError **error)
{
  DotPickleValue *object;

  if (class->kind != DOT_PICKLE_GLOBAL)
    return fail_fit (pickle, error);
  if (is_global (class, "collections", "OrderedDict") ||
      is_global (class, "dnnlib.util", "EasyDict"))
    return dot_pickle_value_new (pickle->arena, DOT_PICKLE_DICTIONARY);
  if (! pickle->keeps_objects && ! is_global (class, "argparse", "Namespace"))
    return dot_pickle_error_object (pickle->path, &class->module, &class->name, error);

  object         = dot_pickle_value_new (pickle->arena, DOT_PICKLE_OBJECT);
  object->module = class->module;
  object->name   = class->name;
  return object;
}

/**
 * dot_pickle_call_build:
 *
 * Gives @value the state that an object of its class would take.
 */
gboolean
dot_pickle_call_build (DotPickle      *pickle,
                       DotPickleValue *value,
                       DotPickleValue *state,
                       GError        **error)
{
  if (value->kind == DOT_PICKLE_DICTIONARY || value->kind == DOT_PICKLE_INERT)
    return TRUE;
  if (value->kind != DOT_PICKLE_OBJECT || value->state || state->kind != DOT_PICKLE_DICTIONARY)
    return fail_fit (pickle, error) != NULL;
  value->state = state;
  return TRUE;
}

/*  storages  */

/* 'storage', class, key, where it was, count, and in old files a part of it. */
static gboolean
read_storage (const DotPickleValue *id, DotStorage *storage, const DotPickleValue **class)
{
  const DotPickleValue *key   = get_argument (id, 2, DOT_PICKLE_TEXT);
  const DotPickleValue *count = get_argument (id, 4, DOT_PICKLE_INTEGER);
  guint                 n     = dot_pickle_value_get_length (id);
  gsize                 size;

  *class = get_argument (id, 1, DOT_PICKLE_GLOBAL);
  if (! *class || ! key || ! count || n > 6 || (n == 6 && ! get_argument (id, 5, DOT_PICKLE_NONE)))
    return FALSE;
  storage->key = key->text;
  return dot_pickle_value_get_size (count, &storage->n_items) &&
         dot_storage_get_size (storage, &size);
}

static DotPickleValue *
find_storage (DotPickle *pickle, const DotPickleValue *id, GError **error)
{
  DotStorage storage = { .type = { .size = sizeof (double) } };
  const DotPickleValue *class;

  if (! read_storage (id, &storage, &class))
    return fail_fit (pickle, error);
  if (! dot_slice_is (&class->module, "torch") ||
      ! dot_storage_find_type (&class->name, &storage.type))
    {
      g_autofree char *name   = dot_slice_to_line (&class->name);
      g_autofree char *reason = g_strdup_printf (_ ("it has numbers of an unknown type, %s"), name);

      return dot_pickle_error_damaged (pickle->path, reason, error);
    }
  return make_storage (pickle, pickle->find_storage (pickle->container, &storage, error));
}

/**
 * dot_pickle_call_persistent:
 * @id: what names something outside of the pickle
 *
 * Returns: (transfer none): a storage, or a class
 */
DotPickleValue *
dot_pickle_call_persistent (DotPickle *pickle, const DotPickleValue *id, GError **error)
{
  const DotPickleValue *what = NULL;

  if (id->kind == DOT_PICKLE_TUPLE)
    what = get_argument (id, 0, DOT_PICKLE_TEXT);
  if (what && dot_slice_is (&what->text, "storage"))
    return find_storage (pickle, id, error);
  if (what && dot_slice_is (&what->text, "module") && get_argument (id, 1, DOT_PICKLE_GLOBAL))
    return get_argument (id, 1, DOT_PICKLE_GLOBAL);
  return fail_fit (pickle, error);
}
