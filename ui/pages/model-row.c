/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

#include "config.h"

#include "model-row.h"

#include <glib/gi18n-lib.h>

#include "widgets/link-text.h"
#include "widgets/style.h"

/**
 * DotModelRow:
 *
 * A row of a list of models: a preview, and all that one wants to know
 * before taking or removing the model.
 */

#define PREVIEW_SIZE 96
#define WIDTH_CHARS  64
#define LEAST_CHARS  24
#define STYLE_CLASS  "dot-model"

/* a preview is small; a huge file is none */
#define MAX_PREVIEW_BYTES (8 * 1024 * 1024)

struct _DotModelRow
{
  GtkListBoxRow parent_instance;

  DotModel *model;
};

G_DEFINE_FINAL_TYPE (DotModelRow, dot_model_row, GTK_TYPE_LIST_BOX_ROW)

/*  the preview  */

static GdkPixbuf *
load_preview (DotModel *model)
{
  const char *path           = dot_model_get_preview (model);
  g_autoptr (GFile) file     = path ? g_file_new_for_path (path) : NULL;
  g_autoptr (GFileInfo) info = NULL;

  if (file)
    info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, NULL,
                              NULL);
  if (! info || g_file_info_get_size (info) > MAX_PREVIEW_BYTES)
    return NULL;
  return gdk_pixbuf_new_from_file_at_size (path, PREVIEW_SIZE, PREVIEW_SIZE, NULL);
}

static GtkWidget *
make_preview (DotModel *model)
{
  g_autoptr (GdkPixbuf) preview = load_preview (model);
  GtkWidget *image              = gtk_image_new ();

  if (preview)
    {
      gtk_image_set_from_pixbuf (GTK_IMAGE (image), preview);
    }
  else
    {
      gtk_image_set_from_icon_name (GTK_IMAGE (image), "image-x-generic-symbolic",
                                    GTK_ICON_SIZE_DIALOG);
      gtk_style_context_add_class (gtk_widget_get_style_context (image), GTK_STYLE_CLASS_DIM_LABEL);
    }
  gtk_widget_set_size_request (image, PREVIEW_SIZE, PREVIEW_SIZE);
  gtk_widget_set_valign (image, GTK_ALIGN_START);

  return image;
}

/*  the text  */

static char *
describe_size (DotModel *model)
{
  guint64 bytes = dot_model_get_bytes (model);

  return bytes > 0 ? g_format_size (bytes) : g_strdup (_ ("not there yet"));
}

/* "64 × 64 pixels · 10 classes · 6.8 MB"; a damaged model has but a size */
static char *
describe (DotModel *model)
{
  guint            pixels  = dot_model_get_image_size (model);
  guint            n       = dot_model_get_n_classes (model);
  g_autofree char *size    = describe_size (model);
  g_autofree char *classes = NULL;

  if (pixels == 0)
    return g_steal_pointer (&size);

  classes = g_strdup_printf (ngettext ("%u class", "%u classes", n), n);
  return g_strdup_printf (_ ("%u × %u pixels · %s · %s"), pixels, pixels, classes, size);
}

static void
set_width (GtkLabel *label, int least)
{
  gtk_label_set_width_chars (label, least);
  gtk_label_set_max_width_chars (label, WIDTH_CHARS);
}

static GtkWidget *
make_label (const char *text)
{
  GtkWidget *widget = gtk_label_new (text);
  GtkLabel  *label  = GTK_LABEL (widget);

  gtk_label_set_xalign (label, 0.0);
  gtk_label_set_line_wrap (label, TRUE);
  gtk_label_set_line_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  set_width (label, LEAST_CHARS);
  return widget;
}

static GtkWidget *
make_title (DotModel *model)
{
  GtkWidget     *label = make_label (dot_model_get_title (model));
  PangoAttrList *bold  = pango_attr_list_new ();

  pango_attr_list_insert (bold, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  gtk_label_set_attributes (GTK_LABEL (label), bold);
  pango_attr_list_unref (bold);
  return label;
}

/* Terms and origins can be long: two lines, and all of it as a tooltip. */
static GtkWidget *
make_detail (const char *format, const char *value)
{
  g_autofree char *sentence = g_strdup_printf (format, value);
  GtkWidget       *text     = dot_link_text_new ();
  GtkLabel        *label    = dot_link_text_get_label (DOT_LINK_TEXT (text));

  dot_link_text_set (DOT_LINK_TEXT (text), sentence);
  set_width (label, LEAST_CHARS);
  gtk_label_set_lines (label, 2);
  gtk_label_set_ellipsize (label, PANGO_ELLIPSIZE_END);
  gtk_style_context_add_class (gtk_widget_get_style_context (GTK_WIDGET (label)),
                               GTK_STYLE_CLASS_DIM_LABEL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (label), value);
  return text;
}

/* (nullable): whether a model that is a program runs without a question */
static const char *
describe_trust (DotModel *model)
{
  if (! dot_model_is_program (model))
    return NULL;
  if (dot_model_trust_check (model, NULL))
    return _ ("A program (TorchScript), trusted: it lies where models are installed.");
  return _ ("A program (TorchScript), not trusted: you are asked before each run.");
}

static GtkWidget *
make_trust (const char *trust)
{
  GtkWidget *label = make_label (trust);

  gtk_widget_set_tooltip_text (
    label,
    _ (
      "A program can read, change and delete whatever you can. It runs without a question where its folder is in that of your own models or came with the installation: move it elsewhere to be asked."));
  return label;
}

/* A person can copy it; the keys pass it by, for its links. */
static GtkWidget *
make_problem (const char *problem)
{
  GtkWidget *box   = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon  = gtk_image_new_from_icon_name ("dialog-warning", GTK_ICON_SIZE_BUTTON);
  GtkWidget *text  = dot_link_text_new ();
  GtkLabel  *label = dot_link_text_get_label (DOT_LINK_TEXT (text));

  dot_link_text_set (DOT_LINK_TEXT (text), problem);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  set_width (label, LEAST_CHARS - 4);
  gtk_label_set_selectable (label, TRUE);
  gtk_widget_set_can_focus (GTK_WIDGET (label), FALSE);
  gtk_container_add (GTK_CONTAINER (box), icon);
  gtk_container_add (GTK_CONTAINER (box), text);
  return box;
}

static GtkWidget *
make_text (DotModel *model, const char *facts)
{
  GtkWidget    *widget  = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkContainer *box     = GTK_CONTAINER (widget);
  const char   *license = dot_model_get_license (model);
  const char   *origin  = dot_model_get_provenance (model);
  const char   *score   = dot_model_describe_score (model);
  const char   *problem = dot_model_get_problem (model);
  const char   *trust   = describe_trust (model);

  gtk_container_add (box, make_title (model));
  gtk_container_add (box, make_label (facts));
  if (*license)
    gtk_container_add (box, make_detail (_ ("Licence: %s"), license));
  if (*origin)
    gtk_container_add (box, make_detail (_ ("From: %s"), origin));
  if (score)
    gtk_container_add (box, make_detail (_ ("Score: %s"), score));
  if (trust)
    gtk_container_add (box, make_trust (trust));
  if (problem)
    gtk_container_add (box, make_problem (problem));
  return widget;
}

/*  the class  */

static void
dot_model_row_finalize (GObject *object)
{
  g_clear_pointer (&DOT_MODEL_ROW (object)->model, dot_model_unref);

  G_OBJECT_CLASS (dot_model_row_parent_class)->finalize (object);
}

static void
dot_model_row_class_init (DotModelRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dot_model_row_finalize;
  /* GIMP's themes colour each label; here the row's colour says whether it is
   * selected */
  dot_style_add ("." STYLE_CLASS " * { background-color: transparent; }");
}

static void
dot_model_row_init (DotModelRow *row)
{
  gtk_style_context_add_class (gtk_widget_get_style_context (GTK_WIDGET (row)), STYLE_CLASS);
}

/* Who can't see the row hears all of it. */
static void
set_accessible (DotModelRow *row, const char *facts)
{
  AtkObject       *accessible  = gtk_widget_get_accessible (GTK_WIDGET (row));
  const char      *problem     = dot_model_get_problem (row->model);
  const char      *trust       = describe_trust (row->model);
  g_autofree char *description = g_strconcat (problem ? problem : facts, trust ? " · " : NULL,
                                              trust, NULL);

  atk_object_set_name (accessible, dot_model_get_title (row->model));
  atk_object_set_description (accessible, description);
}

/**
 * dot_model_row_new:
 *
 * Returns: a row that shows @model
 */
GtkWidget *
dot_model_row_new (DotModel *model)
{
  DotModelRow     *row   = g_object_new (DOT_TYPE_MODEL_ROW, NULL);
  GtkWidget       *box   = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *facts = describe (model);

  row->model = dot_model_ref (model);
  gtk_container_set_border_width (GTK_CONTAINER (box), 6);
  gtk_container_add (GTK_CONTAINER (box), make_preview (model));
  gtk_container_add (GTK_CONTAINER (box), make_text (model, facts));
  gtk_container_add (GTK_CONTAINER (row), box);
  set_accessible (row, facts);
  gtk_widget_show_all (GTK_WIDGET (row));
  return GTK_WIDGET (row);
}

/**
 * dot_model_row_get_model:
 *
 * Returns: (transfer none): the model that it shows
 */
DotModel *
dot_model_row_get_model (DotModelRow *row)
{
  g_return_val_if_fail (DOT_IS_MODEL_ROW (row), NULL);

  return row->model;
}
