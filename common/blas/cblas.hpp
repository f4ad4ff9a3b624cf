#pragma once

// The C interface of BLAS, with one name for float and double. This is the only file that includes a BLAS header.
#include <cblas.h>

namespace nn {

/// C = alpha op(A) op(B) + beta C, where op(A) is (m, k), op(B) is (k, n) and C is (m, n). `lda`, `ldb` and `ldc`, the
/// leading dimensions, say how many numbers lie between the starts of two rows (order CblasRowMajor) as A, B and C are
/// *stored*, before op transposes them (BLAS xGEMM; Dongarra et al. 1990). Sizes are not checked.
inline void cblas_gemm(CBLAS_ORDER order, CBLAS_TRANSPOSE transpose_a, CBLAS_TRANSPOSE transpose_b, int m, int n, int k,
                       double alpha, const double* a, int lda, const double* b, int ldb, double beta, double* c,
                       int ldc) {
  cblas_dgemm(order, transpose_a, transpose_b, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
}
inline void cblas_gemm(CBLAS_ORDER order, CBLAS_TRANSPOSE transpose_a, CBLAS_TRANSPOSE transpose_b, int m, int n, int k,
                       float alpha, const float* a, int lda, const float* b, int ldb, float beta, float* c, int ldc) {
  cblas_sgemm(order, transpose_a, transpose_b, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
}

/// y = alpha op(A) x + beta y, where A is stored as (m, n); incx and incy are the steps between the numbers of x and of
/// y (BLAS xGEMV). Sizes are not checked.
inline void cblas_gemv(CBLAS_ORDER order, CBLAS_TRANSPOSE transpose, int m, int n, double alpha, const double* a,
                       int lda, const double* x, int incx, double beta, double* y, int incy) {
  cblas_dgemv(order, transpose, m, n, alpha, a, lda, x, incx, beta, y, incy);
}
inline void cblas_gemv(CBLAS_ORDER order, CBLAS_TRANSPOSE transpose, int m, int n, float alpha, const float* a, int lda,
                       const float* x, int incx, float beta, float* y, int incy) {
  cblas_sgemv(order, transpose, m, n, alpha, a, lda, x, incx, beta, y, incy);
}

}  // namespace nn
