#include "blas/gemm.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <limits>

#include "blas/cxxblas.hpp"
#include "tensor/shape.hpp"
#include "xflens/cxxblas/cxxblas.cxx"

#ifndef HAVE_CBLAS
#error "xtensor-blas would multiply with loops of its own"
#endif

// The gemm that blas/cxxblas.hpp declares
template void cxxblas::gemm<int>(StorageOrder, Transpose, Transpose, int, int, int, nn::Real, const nn::Real*, int,
                                 const nn::Real*, int, nn::Real, nn::Real*, int);

namespace nn {

namespace {

/// c *= beta, where beta = 0 sets c to zero, even where it was NaN.
void scale(Block<Real> c, Real beta) {
  for (std::size_t r = 0; r < c.rows; ++r) {
    for (std::size_t i = 0; i < c.columns; ++i) {
      Real& value = c.data[r * c.stride + i];
      value = beta == 0 ? Real{0} : beta * value;
    }
  }
}

/// The sizes of op(a) (m, k) and op(b) (k, n).
struct ProductSizes {
  std::size_t m, k, n;
};

/// Checks that the three blocks fit, and that their sizes fit into the int of BLAS.
ProductSizes checked_sizes(Transpose transpose_a, Block<const Real> a, Transpose transpose_b, Block<const Real> b,
                           Block<const Real> c) {
  const bool ta = transpose_a == Transpose::yes;
  const bool tb = transpose_b == Transpose::yes;
  const ProductSizes sizes{ta ? a.columns : a.rows, ta ? a.rows : a.columns, tb ? b.rows : b.columns};
  const auto [m, k, n] = sizes;
  if ((tb ? b.columns : b.rows) != k || c.rows != m || c.columns != n) {
    throw ShapeError(fmt::format("gemm: a ({}, {}){} times b ({}, {}){} does not give c ({}, {})", a.rows, a.columns,
                                 ta ? "^T" : "", b.rows, b.columns, tb ? "^T" : "", c.rows, c.columns));
  }
  constexpr auto largest = static_cast<std::size_t>(std::numeric_limits<int>::max());
  if (std::max({m, n, k, a.stride, b.stride, c.stride}) > largest) {
    throw ShapeError("gemm: a size exceeds 2^31 - 1");
  }
  return sizes;
}

}  // namespace

void check_part(std::size_t rows, std::size_t columns, std::size_t first_row, std::size_t first_column,
                std::size_t part_rows, std::size_t part_columns) {
  const auto fits = [](std::size_t size, std::size_t first, std::size_t count) {
    return first <= size && count <= size - first;
  };
  if (!fits(rows, first_row, part_rows) || !fits(columns, first_column, part_columns)) {
    throw ShapeError(fmt::format("part: a block ({}, {}) has no part ({}, {}) that starts at ({}, {})", rows, columns,
                                 part_rows, part_columns, first_row, first_column));
  }
}

void gemm(Transpose transpose_a, Block<const Real> a, Transpose transpose_b, Block<const Real> b, Block<Real> c,
          Real alpha, Real beta) {
  const auto [m, k, n] = checked_sizes(transpose_a, a, transpose_b, b, c);

  // Handle the empty sum and the empty result here: BLAS requires a stride of at least 1
  if (m == 0 || n == 0 || k == 0) {
    scale(c, beta);
    return;
  }
  using enum cxxblas::StorageOrder;
  using enum cxxblas::Transpose;
  const bool ta = transpose_a == Transpose::yes;
  const bool tb = transpose_b == Transpose::yes;
  const auto count = [](std::size_t size) { return static_cast<int>(size); };
  if (m == 1 && (!ta || a.stride == 1)) {
    // Multiply a single contiguous row as y = op(b)^T x; xGEMM would take 1.7 times as long
    cxxblas::gemv(RowMajor, tb ? NoTrans : Trans, count(b.rows), count(b.columns), alpha, b.data, count(b.stride),
                  a.data, 1, beta, c.data, 1);
    return;
  }
  cxxblas::gemm(RowMajor, ta ? Trans : NoTrans, tb ? Trans : NoTrans, count(m), count(n), count(k), alpha, a.data,
                count(a.stride), b.data, count(b.stride), beta, c.data, count(c.stride));
}

}  // namespace nn
