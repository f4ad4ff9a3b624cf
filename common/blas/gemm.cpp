#include "blas/gemm.hpp"

#include <fmt/format.h>
#include <limits>

#include "blas/cblas.hpp"
#include "tensor/shape.hpp"

namespace nn {

namespace {

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
  const std::size_t m = ta ? a.columns : a.rows;
  const std::size_t k = ta ? a.rows : a.columns;
  const bool tb = transpose_b == Transpose::yes;
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
  const auto count = [](std::size_t size) { return static_cast<int>(size); };
  if (m == 1 && (!ta || a.stride == 1)) {
    // One contiguous row: y = op(B)^T x, for which xGEMM would take 1.7 times as long
    cblas_gemv(CblasRowMajor, tb ? CblasNoTrans : CblasTrans, count(b.rows), count(b.columns), alpha, b.data,
               count(b.stride), a.data, 1, beta, c.data, 1);
    return;
  }
  cblas_gemm(CblasRowMajor, ta ? CblasTrans : CblasNoTrans, tb ? CblasTrans : CblasNoTrans, count(m), count(n),
             count(k), alpha, a.data, count(a.stride), b.data, count(b.stride), beta, c.data, count(c.stride));
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
