/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* What the GPU engine calls of cuDNN and cuBLAS, word by word as their manuals
 * define it, on the CPU. */

#include "stand-in.h"

#include "modules/cuda/elements.h"

#include <cublas_v2.h>
#include <cudnn.h>

/* What each convolution is said to need, and destroys. */
#define WORKSPACE 1000

struct cudnnTensorStruct
{
  cudnnDataType_t type;
  int             n, c, h, w;
};

struct cudnnFilterStruct
{
  cudnnDataType_t type;
  int             k, c, h, w;
};

struct cudnnConvolutionStruct
{
  int             pad, stride, groups;
  cudnnMathType_t math;
};

/*  handles and descriptions  */

cudnnStatus_t
cudnnCreate (cudnnHandle_t *handle)
{
  *handle = (cudnnHandle_t) 1;
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t
cudnnDestroy (cudnnHandle_t handle)
{
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t
cudnnSetStream (cudnnHandle_t handle, cudaStream_t stream)
{
  return CUDNN_STATUS_SUCCESS;
}

size_t
cudnnGetVersion (void)
{
  return CUDNN_VERSION;
}

const char *
cudnnGetErrorString (cudnnStatus_t status)
{
  return "an error of the stand-in";
}

cudnnStatus_t
cudnnCreateTensorDescriptor (cudnnTensorDescriptor_t *tensor)
{
  *tensor = g_new0 (struct cudnnTensorStruct, 1);
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t
cudnnDestroyTensorDescriptor (cudnnTensorDescriptor_t tensor)
{
  g_free (tensor);
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t
cudnnSetTensor4dDescriptor (cudnnTensorDescriptor_t tensor,
                            cudnnTensorFormat_t     format,
                            cudnnDataType_t         type,
                            int                     n,
                            int                     c,
                            int                     h,
                            int                     w)
{
  *tensor = (struct cudnnTensorStruct) { type, n, c, h, w };
  return format == CUDNN_TENSOR_NHWC ? CUDNN_STATUS_SUCCESS : CUDNN_STATUS_NOT_SUPPORTED;
}

cudnnStatus_t
cudnnCreateFilterDescriptor (cudnnFilterDescriptor_t *filter)
{
  *filter = g_new0 (struct cudnnFilterStruct, 1);
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t
cudnnDestroyFilterDescriptor (cudnnFilterDescriptor_t filter)
{
  g_free (filter);
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t
cudnnSetFilter4dDescriptor (cudnnFilterDescriptor_t filter,
                            cudnnDataType_t         type,
                            cudnnTensorFormat_t     format,
                            int                     k,
                            int                     c,
                            int                     h,
                            int                     w)
{
  *filter = (struct cudnnFilterStruct) { type, k, c, h, w };
  return format == CUDNN_TENSOR_NHWC ? CUDNN_STATUS_SUCCESS : CUDNN_STATUS_NOT_SUPPORTED;
}

cudnnStatus_t
cudnnCreateConvolutionDescriptor (cudnnConvolutionDescriptor_t *window)
{
  *window = g_new0 (struct cudnnConvolutionStruct, 1);
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t
cudnnDestroyConvolutionDescriptor (cudnnConvolutionDescriptor_t window)
{
  g_free (window);
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t
cudnnSetConvolution2dDescriptor (cudnnConvolutionDescriptor_t window,
                                 int                          pad_h,
                                 int                          pad_w,
                                 int                          stride_h,
                                 int                          stride_w,
                                 int                          dilation_h,
                                 int                          dilation_w,
                                 cudnnConvolutionMode_t       mode,
                                 cudnnDataType_t              type)
{
  *window = (struct cudnnConvolutionStruct) { pad_h, stride_h, 1, CUDNN_DEFAULT_MATH };
  return pad_h == pad_w && stride_h == stride_w && stride_h > 0 && dilation_h == 1 &&
             dilation_w == 1 && mode == CUDNN_CROSS_CORRELATION && type == CUDNN_DATA_FLOAT
           ? CUDNN_STATUS_SUCCESS
           : CUDNN_STATUS_BAD_PARAM;
}

cudnnStatus_t
cudnnSetConvolutionMathType (cudnnConvolutionDescriptor_t window, cudnnMathType_t math)
{
  window->math = math;
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t
cudnnSetConvolutionGroupCount (cudnnConvolutionDescriptor_t window, int groups)
{
  window->groups = groups;
  return groups > 0 ? CUDNN_STATUS_SUCCESS : CUDNN_STATUS_BAD_PARAM;
}

cudnnStatus_t
cudnnGetConvolution2dForwardOutputDim (const cudnnConvolutionDescriptor_t window,
                                       const cudnnTensorDescriptor_t      x,
                                       const cudnnFilterDescriptor_t      filter,
                                       int                               *n,
                                       int                               *c,
                                       int                               *h,
                                       int                               *w)
{
  *n = x->n;
  *c = filter->k;
  *h = 1 + (x->h + 2 * window->pad - filter->h) / window->stride;
  *w = 1 + (x->w + 2 * window->pad - filter->w) / window->stride;
  return x->c == filter->c * window->groups && filter->k % window->groups == 0
           ? CUDNN_STATUS_SUCCESS
           : CUDNN_STATUS_BAD_PARAM;
}

/*  convolutions  */

typedef struct
{
  struct cudnnTensorStruct      x;
  struct cudnnTensorStruct      y;
  struct cudnnFilterStruct      filter;
  struct cudnnConvolutionStruct window;
  gboolean                      transposed;
  const void                   *in;
  const void                   *weight;
  void                         *out;
  void                         *workspace;
  float                         alpha;
  float                         beta;
} Convolution;

static DotView
view_of (const void *data, cudnnDataType_t type)
{
  return (DotView) { (gpointer) data, type == CUDNN_DATA_BFLOAT16 };
}

static gsize
pixel_of (const struct cudnnTensorStruct *t, int n, int y, int x)
{
  return (((gsize) n * t->h + y) * t->w + x) * t->c;
}

/* A float32 as TF32 has it: ten bits behind the point, to the nearest. */
static double
round_to_tf32 (double value)
{
  float   single = (float) value;
  guint32 bits;

  memcpy (&bits, &single, sizeof (bits));
  bits = (bits + 0x1000) & ~0x1fffu;
  memcpy (&single, &bits, sizeof (bits));
  return single;
}

/* A convolution's numbers in double. */
typedef struct
{
  const Convolution *args;
  double            *in;
  double            *weight;
  double            *sums;
} Numbers;

static double *
widen (const void *data, cudnnDataType_t type, cudnnMathType_t math, gsize n)
{
  gboolean tf32 = type == CUDNN_DATA_FLOAT && math == CUDNN_DEFAULT_MATH;
  double  *wide = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    {
      wide[i] = dot_element_load (view_of (data, type), i);
      if (tf32)
        wide[i] = round_to_tf32 (wide[i]);
    }
  return wide;
}

/* A pixel of y and one of x, which meet in one place of the window: each channel
 * of y sees those of x that are in its group. */
static void
visit_place (const Numbers *numbers, const double *weight, gsize small, gsize large)
{
  const struct cudnnFilterStruct *filter = &numbers->args->filter;
  int                             each   = filter->k / numbers->args->window.groups;

  for (int k = 0; k < filter->k; k++)
    {
      const double *row   = weight + (gsize) k * filter->h * filter->w * filter->c;
      gsize         first = large + (gsize) (k / each) * filter->c;
      double        sum   = 0.0;

      if (numbers->args->transposed)
        for (int c = 0; c < filter->c; c++)
          numbers->sums[first + c] += row[c] * numbers->in[small + k];
      else
        for (int c = 0; c < filter->c; c++)
          sum += row[c] * numbers->in[first + c];
      if (! numbers->args->transposed)
        numbers->sums[small + k] += sum;
    }
}

/* A pixel of y and the windows around it in x. */
static void
visit_pixel (const Numbers *numbers, int n, int py, int px)
{
  const Convolution *a = numbers->args;

  for (int ky = 0; ky < a->filter.h; ky++)
    for (int kx = 0; kx < a->filter.w; kx++)
      {
        int y = py * a->window.stride + ky - a->window.pad;
        int x = px * a->window.stride + kx - a->window.pad;

        if (y >= 0 && x >= 0 && y < a->x.h && x < a->x.w)
          visit_place (numbers, numbers->weight + ((gsize) ky * a->filter.w + kx) * a->filter.c,
                       pixel_of (&a->y, n, py, px), pixel_of (&a->x, n, y, x));
      }
}

static gsize
count (const struct cudnnTensorStruct *t)
{
  return (gsize) t->n * t->h * t->w * t->c;
}

static void
run_convolution (gconstpointer args)
{
  const Convolution              *a    = args;
  const struct cudnnTensorStruct *from = a->transposed ? &a->y : &a->x;
  const struct cudnnTensorStruct *to   = a->transposed ? &a->x : &a->y;
  DotView                         out  = view_of (a->out, to->type);
  Numbers                         all  = {
    a,
    widen (a->in, from->type, a->window.math, count (from)),
    widen (a->weight, a->filter.type, a->window.math,
                                    (gsize) a->filter.k * a->filter.h * a->filter.w * a->filter.c),
    g_new0 (double, count (to)),
  };

  for (int b = 0; b < a->y.n; b++)
    for (int y = 0; y < a->y.h; y++)
      for (int x = 0; x < a->y.w; x++)
        visit_pixel (&all, b, y, x);
  for (gsize i = 0; i < count (to); i++)
    dot_element_store (out, i,
                       (float) (a->alpha * all.sums[i]) +
                         (a->beta != 0.0f ? a->beta * dot_element_load (out, i) : 0.0f));
  memset (a->workspace, 0xff, WORKSPACE);
  g_free (all.in);
  g_free (all.weight);
  g_free (all.sums);
}

static cudnnStatus_t
enqueue_convolution (const Convolution *args, size_t workspace_size)
{
  if (workspace_size != WORKSPACE || args->x.type != args->y.type ||
      args->x.type != args->filter.type || args->x.c != args->filter.c * args->window.groups ||
      args->y.c != args->filter.k ||
      (args->x.type == CUDNN_DATA_FLOAT && args->window.math != CUDNN_FMA_MATH &&
       args->window.math != CUDNN_DEFAULT_MATH))
    return CUDNN_STATUS_BAD_PARAM;
  stand_in_enqueue (run_convolution, args, sizeof (*args));
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t
cudnnConvolutionForward (cudnnHandle_t                      handle,
                         const void                        *alpha,
                         const cudnnTensorDescriptor_t      x,
                         const void                        *in,
                         const cudnnFilterDescriptor_t      filter,
                         const void                        *weight,
                         const cudnnConvolutionDescriptor_t window,
                         cudnnConvolutionFwdAlgo_t          algorithm,
                         void                              *workspace,
                         size_t                             workspace_size,
                         const void                        *beta,
                         const cudnnTensorDescriptor_t      y,
                         void                              *out)
{
  Convolution args = { *x,
                       *y,
                       *filter,
                       *window,
                       FALSE,
                       in,
                       weight,
                       out,
                       workspace,
                       *(const float *) alpha,
                       *(const float *) beta };

  return enqueue_convolution (&args, workspace_size);
}

cudnnStatus_t
cudnnConvolutionBackwardData (cudnnHandle_t                      handle,
                              const void                        *alpha,
                              const cudnnFilterDescriptor_t      filter,
                              const void                        *weight,
                              const cudnnTensorDescriptor_t      dy,
                              const void                        *in,
                              const cudnnConvolutionDescriptor_t window,
                              cudnnConvolutionBwdDataAlgo_t      algorithm,
                              void                              *workspace,
                              size_t                             workspace_size,
                              const void                        *beta,
                              const cudnnTensorDescriptor_t      dx,
                              void                              *out)
{
  Convolution args = { *dx,
                       *dy,
                       *filter,
                       *window,
                       TRUE,
                       in,
                       weight,
                       out,
                       workspace,
                       *(const float *) alpha,
                       *(const float *) beta };

  return enqueue_convolution (&args, workspace_size);
}

/*  algorithms: the fastest, which mustn't be taken, comes first  */

cudnnStatus_t
cudnnFindConvolutionForwardAlgorithmEx (cudnnHandle_t                      handle,
                                        const cudnnTensorDescriptor_t      x,
                                        const void                        *in,
                                        const cudnnFilterDescriptor_t      filter,
                                        const void                        *weight,
                                        const cudnnConvolutionDescriptor_t window,
                                        const cudnnTensorDescriptor_t      y,
                                        void                              *out,
                                        const int                          most,
                                        int                               *n,
                                        cudnnConvolutionFwdAlgoPerf_t     *found,
                                        void                              *workspace,
                                        size_t                             size)
{
  *n       = 2;
  found[0] = (cudnnConvolutionFwdAlgoPerf_t) { .determinism = CUDNN_NON_DETERMINISTIC,
                                               .mathType    = CUDNN_FMA_MATH };
  found[1] = (cudnnConvolutionFwdAlgoPerf_t) { .memory      = WORKSPACE,
                                               .determinism = CUDNN_DETERMINISTIC,
                                               .mathType    = window->math };
  return CUDNN_STATUS_SUCCESS;
}

/* None fits: the engine must know one by itself. */
cudnnStatus_t
cudnnFindConvolutionBackwardDataAlgorithmEx (cudnnHandle_t                      handle,
                                             const cudnnFilterDescriptor_t      filter,
                                             const void                        *weight,
                                             const cudnnTensorDescriptor_t      dy,
                                             const void                        *in,
                                             const cudnnConvolutionDescriptor_t window,
                                             const cudnnTensorDescriptor_t      dx,
                                             void                              *out,
                                             const int                          most,
                                             int                               *n,
                                             cudnnConvolutionBwdDataAlgoPerf_t *found,
                                             void                              *workspace,
                                             size_t                             size)
{
  *n       = 1;
  found[0] = (cudnnConvolutionBwdDataAlgoPerf_t) { .status = CUDNN_STATUS_NOT_SUPPORTED };
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t
cudnnGetConvolutionForwardWorkspaceSize (cudnnHandle_t                      handle,
                                         const cudnnTensorDescriptor_t      x,
                                         const cudnnFilterDescriptor_t      filter,
                                         const cudnnConvolutionDescriptor_t window,
                                         const cudnnTensorDescriptor_t      y,
                                         cudnnConvolutionFwdAlgo_t          algorithm,
                                         size_t                            *size)
{
  *size = WORKSPACE;
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t
cudnnGetConvolutionBackwardDataWorkspaceSize (cudnnHandle_t                      handle,
                                              const cudnnFilterDescriptor_t      filter,
                                              const cudnnTensorDescriptor_t      dy,
                                              const cudnnConvolutionDescriptor_t window,
                                              const cudnnTensorDescriptor_t      dx,
                                              cudnnConvolutionBwdDataAlgo_t      algorithm,
                                              size_t                            *size)
{
  *size = WORKSPACE;
  return CUDNN_STATUS_SUCCESS;
}

/*  products of matrices that lie column by column  */

typedef struct
{
  gboolean  transposed[2];
  int       m, n, k;
  float     alpha, beta;
  DotView   a, b, c;
  int       lda, ldb, ldc;
  long long stride_a, stride_b, stride_c;
  int       batch;
  gboolean  tf32;
} Product;

static double
factor_of (const Product *p, DotView view, gsize i)
{
  double value = dot_element_load (view, i);

  return p->tf32 ? round_to_tf32 (value) : value;
}

static void
run_sample (const Product *p, int sample)
{
  for (int i = 0; i < p->m; i++)
    for (int j = 0; j < p->n; j++)
      {
        gsize  at  = sample * p->stride_c + (gsize) j * p->ldc + i;
        double sum = 0.0;

        for (int l = 0; l < p->k; l++)
          sum += factor_of (p, p->a,
                            sample * p->stride_a + (p->transposed[0] ? (gsize) i * p->lda + l
                                                                     : (gsize) l * p->lda + i)) *
                 factor_of (p, p->b,
                            sample * p->stride_b +
                              (p->transposed[1] ? (gsize) l * p->ldb + j : (gsize) j * p->ldb + l));
        dot_element_store (p->c, at,
                           (float) (p->alpha * sum) +
                             (p->beta != 0.0f ? p->beta * dot_element_load (p->c, at) : 0.0f));
      }
}

static void
run_product (gconstpointer args)
{
  const Product *product = args;

  for (int i = 0; i < product->batch; i++)
    run_sample (product, i);
}

cublasStatus_t
cublasGemmStridedBatchedEx (cublasHandle_t      handle,
                            cublasOperation_t   op_a,
                            cublasOperation_t   op_b,
                            int                 m,
                            int                 n,
                            int                 k,
                            const void         *alpha,
                            const void         *a,
                            cudaDataType        type_a,
                            int                 lda,
                            long long int       stride_a,
                            const void         *b,
                            cudaDataType        type_b,
                            int                 ldb,
                            long long int       stride_b,
                            const void         *beta,
                            void               *c,
                            cudaDataType        type_c,
                            int                 ldc,
                            long long int       stride_c,
                            int                 batch,
                            cublasComputeType_t type,
                            cublasGemmAlgo_t    algorithm)
{
  Product args = {
    { op_a == CUBLAS_OP_T, op_b == CUBLAS_OP_T },
    m,
    n,
    k,
    *(const float *) alpha,
    *(const float *) beta,
    { (gpointer) a, type_a == CUDA_R_16BF },
    { (gpointer) b, type_b == CUDA_R_16BF },
    { c, type_c == CUDA_R_16BF },
    lda,
    ldb,
    ldc,
    stride_a,
    stride_b,
    stride_c,
    batch,
    type == CUBLAS_COMPUTE_32F_FAST_TF32,
  };

  if (type_a != type_b || (type != CUBLAS_COMPUTE_32F && (! args.tf32 || args.a.narrow)) ||
      lda < (op_a == CUBLAS_OP_T ? k : m) || ldb < (op_b == CUBLAS_OP_T ? n : k) || ldc < m)
    return CUBLAS_STATUS_INVALID_VALUE;
  stand_in_enqueue (run_product, &args, sizeof (args));
  return CUBLAS_STATUS_SUCCESS;
}

cublasStatus_t
cublasCreate_v2 (cublasHandle_t *handle)
{
  *handle = (cublasHandle_t) 1;
  return CUBLAS_STATUS_SUCCESS;
}

cublasStatus_t
cublasDestroy_v2 (cublasHandle_t handle)
{
  return CUBLAS_STATUS_SUCCESS;
}

cublasStatus_t
cublasSetStream_v2 (cublasHandle_t handle, cudaStream_t stream)
{
  return CUBLAS_STATUS_SUCCESS;
}

cublasStatus_t
cublasSetWorkspace_v2 (cublasHandle_t handle, void *workspace, size_t size)
{
  return CUBLAS_STATUS_SUCCESS;
}

const char *
cublasGetStatusString (cublasStatus_t status)
{
  return "an error of the stand-in";
}
