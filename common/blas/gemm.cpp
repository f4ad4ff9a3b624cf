#include "blas/gemm.hpp"

#include <cblas.h>
#include <fmt/format.h>
#include <limits>

#include "tensor/shape.hpp"

namespace nn {

namespace {

void call_gemm(CBLAS_TRANSPOSE ta, CBLAS_TRANSPOSE tb, int m, int n, int k, double alpha, Block<const double> a,
               Block<const double> b, double beta, Block<double> c) {
  cblas_dgemm(CblasRowMajor, ta, tb, m, n, k, alpha, a.data, static_cast<int>(a.stride), b.data,
              static_cast<int>(b.stride), beta, c.data, static_cast<int>(c.stride));
}

void call_gemm(CBLAS_TRANSPOSE ta, CBLAS_TRANSPOSE tb, int m, int n, int k, float alpha, Block<const float> a,
               Block<const float> b, float beta, Block<float> c) {
  cblas_sgemm(CblasRowMajor, ta, tb, m, n, k, alpha, a.data, static_cast<int>(a.stride), b.data,
              static_cast<int>(b.stride), beta, c.data, static_cast<int>(c.stride));
}

void call_gemv(CBLAS_TRANSPOSE tb, int rows, int columns, double alpha, Block<const double> b, const double* x,
               double beta, double* y) {
  cblas_dgemv(CblasRowMajor, tb, rows, columns, alpha, b.data, static_cast<int>(b.stride), x, 1, beta, y, 1);
}

void call_gemv(CBLAS_TRANSPOSE tb, int rows, int columns, float alpha, Block<const float> b, const float* x, float beta,
               float* y) {
  cblas_sgemv(CblasRowMajor, tb, rows, columns, alpha, b.data, static_cast<int>(b.stride), x, 1, beta, y, 1);
}

/// C *= beta, where beta = 0 clears C whatever it held.
template <class T>
void scale(Block<T> c, T beta) {
  for (std::size_t r = 0; r < c.rows; ++r) {
    for (std::size_t i = 0; i < c.columns; ++i) {
      T& value = c.data[r * c.stride + i];
      value = beta == T{0} ? T{0} : beta * value;
    }
  }
}

template <class T>
void checked_gemm(Transpose transpose_a, Transpose transpose_b, T alpha, Block<const T> a, Block<const T> b, T beta,
                  Block<T> c) {
  // Check that op(A) is (m, k), op(B) is (k, n) and C is (m, n), and that BLAS can count that far
  const bool ta = transpose_a == Transpose::yes;
  const bool tb = transpose_b == Transpose::yes;
  const std::size_t m = ta ? a.columns : a.rows;
  const std::size_t k = ta ? a.rows : a.columns;
  const std::size_t n = tb ? b.rows : b.columns;
  if ((tb ? b.columns : b.rows) != k || c.rows != m || c.columns != n) {
    throw ShapeError(fmt::format("gemm: A ({}, {}){} times B ({}, {}){} does not give C ({}, {})", a.rows, a.columns,
                                 ta ? "^T" : "", b.rows, b.columns, tb ? "^T" : "", c.rows, c.columns));
  }
  constexpr auto most = static_cast<std::size_t>(std::numeric_limits<int>::max());
  if (std::max({m, n, k, a.stride, b.stride, c.stride}) > most) {
    throw ShapeError("gemm: a size exceeds 2^31 - 1");
  }

  // Treat the empty sum and the empty result here: BLAS demands a stride of at least 1
  if (m == 0 || n == 0 || k == 0) {
    scale(c, beta);
    return;
  }
  const CBLAS_TRANSPOSE blas_tb = tb ? CblasTrans : CblasNoTrans;
  if (m == 1 && (!ta || a.stride == 1)) {
    // One contiguous row: y = op(B)^T x, for which xGEMM would take 1.7 times as long
    call_gemv(tb ? CblasNoTrans : CblasTrans, static_cast<int>(b.rows), static_cast<int>(b.columns), alpha, b, a.data,
              beta, c.data);
    return;
  }
  call_gemm(ta ? CblasTrans : CblasNoTrans, blas_tb, static_cast<int>(m), static_cast<int>(n), static_cast<int>(k),
            alpha, a, b, beta, c);
}

}  // namespace

void gemm(Transpose transpose_a, Transpose transpose_b, double alpha, Block<const double> a, Block<const double> b,
          double beta, Block<double> c) {
  checked_gemm(transpose_a, transpose_b, alpha, a, b, beta, c);
}

void gemm(Transpose transpose_a, Transpose transpose_b, float alpha, Block<const float> a, Block<const float> b,
          float beta, Block<float> c) {
  checked_gemm(transpose_a, transpose_b, alpha, a, b, beta, c);
}

}  // namespace nn
