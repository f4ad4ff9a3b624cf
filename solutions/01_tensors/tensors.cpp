#include "01_tensors/tensors.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "blas/cxxblas.hpp"
#include "blas/matmul.hpp"
#include "tensor/shape.hpp"

namespace nn {

// 1.1 Indexing

Matrix one_hot(const IdVector& ids, std::size_t classes) {
  check_ids("one_hot", ids, classes);
  Matrix y = zeros({ids.size(), classes});
  for (std::size_t r = 0; r < ids.size(); ++r) {
    y(r, ids(r)) = 1;
  }
  return y;
}

Vector pick(const Matrix& x, const IdVector& ids) {
  check_shape("pick", "ids", ids, {x.shape(0)});
  check_ids("pick", ids, x.shape(1));
  Vector y = zeros({ids.size()});
  for (std::size_t r = 0; r < ids.size(); ++r) {
    y(r) = x(r, ids(r));
  }
  return y;
}

// 1.2 Reductions and broadcasting

Vector column_mean(const Matrix& x) {
  if (x.shape(0) == 0) {
    throw ShapeError("column_mean: x has no rows");
  }
  Vector mean = zeros({x.shape(1)});
  for (std::size_t r = 0; r < x.shape(0); ++r) {
    for (std::size_t i = 0; i < x.shape(1); ++i) {
      mean(i) += x(r, i);
    }
  }
  mean /= static_cast<Real>(x.shape(0));
  return mean;
}

Vector column_variance(const Matrix& x) {
  // Compute the means first: a difference of two large, nearly equal sums would keep no correct digit
  const Vector mean = column_mean(x);
  Vector variance = zeros({x.shape(1)});
  for (std::size_t r = 0; r < x.shape(0); ++r) {
    for (std::size_t i = 0; i < x.shape(1); ++i) {
      const Real deviation = x(r, i) - mean(i);
      variance(i) += deviation * deviation;
    }
  }
  variance /= static_cast<Real>(x.shape(0));
  return variance;
}

Matrix standardize(const Matrix& x, const Vector& mean, const Vector& variance, Real epsilon) {
  check_shape("standardize", "mean", mean, {x.shape(1)});
  check_shape("standardize", "variance", variance, {x.shape(1)});
  // Compute each root once, not once for each row; the two vectors then broadcast over the rows
  const Vector deviation = xt::sqrt(variance + epsilon);
  return (x - mean) / deviation;
}

// 1.3 Pairwise distances

namespace {

/// x: (rows, columns) -> (rows): the sum of the squares of each row.
Vector squared_norms(const Matrix& x) {
  Vector squares = zeros({x.shape(0)});
  for (std::size_t r = 0; r < x.shape(0); ++r) {
    const std::span<const Real> x_r = row(x, r);
    squares(r) = std::inner_product(x_r.begin(), x_r.end(), x_r.begin(), Real{0});
  }
  return squares;
}

}  // namespace

Matrix pairwise_squared_distances(const Matrix& a, const Matrix& b) {
  check_shape("pairwise_squared_distances", "b", b, {any, a.shape(1)});
  const Vector a_squares = squared_norms(a);  // (m)
  const Vector b_squares = squared_norms(b);  // (n)
  Matrix distances = matmul_nt(a, b);         // (m, n): a_i . b_j

  // |a_i - b_j|^2 = |a_i|^2 - 2 a_i . b_j + |b_j|^2; for close points, rounding may make this negative
  for (std::size_t i = 0; i < a.shape(0); ++i) {
    for (std::size_t j = 0; j < b.shape(0); ++j) {
      distances(i, j) = std::max(Real{0}, a_squares(i) - 2 * distances(i, j) + b_squares(j));
    }
  }
  return distances;
}

// 1.4 Softmax and log-sum-exp

Vector logsumexp(const Matrix& x) {
  Vector y = zeros({x.shape(0)});
  for (std::size_t r = 0; r < x.shape(0); ++r) {
    // Take the largest number of the row out of the sum, so that no exponent is positive
    const std::span<const Real> x_r = row(x, r);
    const Real largest = std::ranges::max(x_r);
    Real sum = 0;
    for (const Real value : x_r) {
      sum += std::exp(value - largest);
    }
    y(r) = largest + std::log(sum);
  }
  return y;
}

Matrix softmax(const Matrix& x) {
  Matrix y = x;
  for (std::size_t r = 0; r < x.shape(0); ++r) {
    // Divide numerator and denominator by e to the largest number of the row
    const std::span<Real> y_r = row(y, r);
    const Real largest = std::ranges::max(y_r);
    Real sum = 0;
    for (Real& value : y_r) {
      value = std::exp(value - largest);
      sum += value;
    }
    for (Real& value : y_r) {
      value /= sum;
    }
  }
  return y;
}

// 1.5 Cosine similarity

namespace {

/// The rows of x, each divided by its norm; a row of zeros stays as it is.
Matrix unit_rows(const Matrix& x) {
  const Vector squares = squared_norms(x);
  Matrix y = x;
  for (std::size_t r = 0; r < x.shape(0); ++r) {
    const Real norm = std::sqrt(squares(r));
    for (Real& value : row(y, r)) {
      value = norm > 0 ? value / norm : Real{0};
    }
  }
  return y;
}

}  // namespace

Matrix cosine_similarity(const Matrix& a, const Matrix& b) {
  check_shape("cosine_similarity", "b", b, {any, a.shape(1)});
  // The cosine of two rows of norm 1 is their dot product
  return matmul_nt(unit_rows(a), unit_rows(b));
}

// 1.6 The matrix product, by hand

Matrix matmul_naive(const Matrix& a, const Matrix& b) {
  check_shape("matmul_naive", "b", b, {a.shape(1), any});
  Matrix c = zeros({a.shape(0), b.shape(1)});
  for (std::size_t i = 0; i < c.shape(0); ++i) {
    for (std::size_t j = 0; j < c.shape(1); ++j) {
      Real sum = 0;
      for (std::size_t k = 0; k < a.shape(1); ++k) {
        sum += a(i, k) * b(k, j);
      }
      c(i, j) = sum;
    }
  }
  return c;
}

Matrix matmul_blocked(const Matrix& a, const Matrix& b, std::size_t block) {
  check_shape("matmul_blocked", "b", b, {a.shape(1), any});
  if (block == 0) {
    throw std::invalid_argument("matmul_blocked: block must not be 0");
  }
  Matrix c = zeros({a.shape(0), b.shape(1)});
  for (std::size_t k0 = 0; k0 < b.shape(0); k0 += block) {
    for (std::size_t j0 = 0; j0 < b.shape(1); j0 += block) {
      // The block b(k0...k1, j0...j1), smaller at the edges, stays in the cache for all rows of a
      const std::size_t k1 = k0 + std::min(block, b.shape(0) - k0);
      const std::size_t width = std::min(block, b.shape(1) - j0);
      for (std::size_t i = 0; i < a.shape(0); ++i) {
        const std::span<Real> c_i = row(c, i).subspan(j0, width);
        for (std::size_t k = k0; k < k1; ++k) {
          // c(i, j0...j1) += a(i, k) b(k, j0...j1), along two contiguous rows
          const Real factor = a(i, k);
          const std::span<const Real> b_k = row(b, k).subspan(j0, width);
          for (std::size_t j = 0; j < width; ++j) {
            c_i[j] += factor * b_k[j];
          }
        }
      }
    }
  }
  return c;
}

// 1.7 The matrix product by BLAS

void matmul_blas(Transpose transpose_a, Block<const Real> a, Transpose transpose_b, Block<const Real> b,
                 Block<Real> c) {
  // Find the sizes of op(a) (m, k) and op(b) (k, n)
  const bool ta = transpose_a == Transpose::yes;
  const bool tb = transpose_b == Transpose::yes;
  const std::size_t m = ta ? a.columns : a.rows;
  const std::size_t k = ta ? a.rows : a.columns;
  const std::size_t n = tb ? b.rows : b.columns;
  check_shape_of("matmul_blas", "op(b)", std::array{tb ? b.columns : b.rows, n}, {k, any});
  check_shape_of("matmul_blas", "c", std::array{c.rows, c.columns}, {m, n});

  // An empty sum is 0
  if (m == 0 || n == 0 || k == 0) {
    for (std::size_t r = 0; r < m; ++r) {
      std::fill_n(c.data + r * c.stride, n, Real{0});
    }
    return;
  }

  // Leading dimensions are those of the matrices as stored; with beta = 0, the old c is not read
  const auto count = [](std::size_t size) { return static_cast<int>(size); };
  const auto flag = [](bool transposed) { return transposed ? cxxblas::Trans : cxxblas::NoTrans; };
  cxxblas::gemm(cxxblas::RowMajor, flag(ta), flag(tb), count(m), count(n), count(k), Real{1}, a.data, count(a.stride),
                b.data, count(b.stride), Real{0}, c.data, count(c.stride));
}

Matrix matmul_blas(Transpose transpose_a, const Matrix& a, Transpose transpose_b, const Matrix& b) {
  const std::size_t m = transpose_a == Transpose::yes ? a.shape(1) : a.shape(0);
  const std::size_t n = transpose_b == Transpose::yes ? b.shape(0) : b.shape(1);
  Matrix c = zeros({m, n});
  matmul_blas(transpose_a, block(a), transpose_b, block(b), block(c));
  return c;
}

}  // namespace nn
