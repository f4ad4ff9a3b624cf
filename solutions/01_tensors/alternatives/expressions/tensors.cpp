#include "01_tensors/tensors.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

#include "blas/cxxblas.hpp"
#include "blas/matmul.hpp"
#include "tensor/shape.hpp"

// The lab in another way: expressions on whole tensors, other algebra, BLAS column by column.

namespace nn {

Matrix one_hot(const IdVector& ids, std::size_t classes) {
  check_ids("one_hot", ids, classes);
  Matrix y = zeros({ids.size(), classes});
  for (std::size_t r = 0; r < ids.size(); ++r)
    for (std::size_t c = 0; c < classes; ++c) y(r, c) = c == ids(r);
  return y;
}

Vector pick(const Matrix& x, const IdVector& ids) {
  check_shape("pick", "ids", ids, {x.shape(0)});
  const Matrix chosen = x * one_hot(ids, x.shape(1));
  return xt::sum(chosen, {1});
}

Vector column_mean(const Matrix& x) {
  if (x.shape(0) == 0) throw ShapeError("no rows");
  return xt::mean(x, {0});
}

Vector column_variance(const Matrix& x) {  // Welford
  if (x.shape(0) == 0) throw ShapeError("no rows");
  Vector mean = zeros({x.shape(1)}), m2 = zeros({x.shape(1)});
  for (std::size_t r = 0; r < x.shape(0); ++r)
    for (std::size_t i = 0; i < x.shape(1); ++i) {
      const Real d = x(r, i) - mean(i);
      mean(i) += d / static_cast<Real>(r + 1);
      m2(i) += d * (x(r, i) - mean(i));
    }
  return m2 / static_cast<Real>(x.shape(0));
}

Matrix standardize(const Matrix& x, const Vector& mean, const Vector& variance, Real epsilon) {
  check_shape("standardize", "mean", mean, {x.shape(1)});
  check_shape("standardize", "variance", variance, {x.shape(1)});
  return (x - mean) * xt::pow(variance + epsilon, Real{-0.5});
}

Matrix pairwise_squared_distances(const Matrix& a, const Matrix& b) {
  check_shape("pairwise", "b", b, {any, a.shape(1)});
  Matrix d = zeros({a.shape(0), b.shape(0)});
  for (std::size_t i = 0; i < a.shape(0); ++i)
    for (std::size_t j = 0; j < b.shape(0); ++j)
      for (std::size_t k = 0; k < a.shape(1); ++k) d(i, j) += (a(i, k) - b(j, k)) * (a(i, k) - b(j, k));
  return d;
}

Vector logsumexp(const Matrix& x) {
  const Matrix m = xt::amax(x, {1}, xt::keep_dims);
  const Vector m1 = xt::amax(x, {1});
  const Vector s = xt::sum(xt::exp(x - m), {1});
  return m1 + xt::log(s);
}

Matrix softmax(const Matrix& x) {
  const Vector l = logsumexp(x);
  Matrix y = x;
  for (std::size_t r = 0; r < x.shape(0); ++r)
    for (Real& v : row(y, r)) v = std::exp(v - l(r));
  return y;
}

Matrix cosine_similarity(const Matrix& a, const Matrix& b) {
  check_shape("cosine", "b", b, {any, a.shape(1)});
  Matrix c = zeros({a.shape(0), b.shape(0)});
  for (std::size_t i = 0; i < a.shape(0); ++i)
    for (std::size_t j = 0; j < b.shape(0); ++j) {
      Real ab = 0, aa = 0, bb = 0;
      for (std::size_t k = 0; k < a.shape(1); ++k) {
        ab += a(i, k) * b(j, k);
        aa += a(i, k) * a(i, k);
        bb += b(j, k) * b(j, k);
      }
      c(i, j) = aa * bb == 0 ? 0 : ab / std::sqrt(aa * bb);
    }
  return c;
}

Matrix matmul_naive(const Matrix& a, const Matrix& b) {
  check_shape("n", "b", b, {a.shape(1), any});
  Matrix c = zeros({a.shape(0), b.shape(1)});
  for (std::size_t j = 0; j < b.shape(1); ++j)
    for (std::size_t i = 0; i < a.shape(0); ++i)
      for (std::size_t k = a.shape(1); k-- > 0;) c(i, j) += a(i, k) * b(k, j);
  return c;
}

Matrix matmul_blocked(const Matrix& a, const Matrix& b, std::size_t block) {
  check_shape("n", "b", b, {a.shape(1), any});
  if (block == 0) throw std::invalid_argument("block");
  Matrix c = zeros({a.shape(0), b.shape(1)});
  for (std::size_t j0 = 0; j0 < b.shape(1); j0 += block)
    for (std::size_t i = 0; i < a.shape(0); ++i)
      for (std::size_t k0 = 0; k0 < b.shape(0); k0 += block)
        for (std::size_t k = k0; k < std::min(k0 + block, b.shape(0)); ++k)
          for (std::size_t j = j0; j < std::min(j0 + block, b.shape(1)); ++j) c(i, j) += a(i, k) * b(k, j);
  return c;
}

void matmul_blas(Transpose ta, Block<const Real> a, Transpose tb, Block<const Real> b, Block<Real> c) {
  const std::size_t m = ta == Transpose::yes ? a.columns : a.rows, k = ta == Transpose::yes ? a.rows : a.columns;
  const std::size_t kb = tb == Transpose::yes ? b.columns : b.rows, n = tb == Transpose::yes ? b.rows : b.columns;
  if (k != kb || c.rows != m || c.columns != n) throw ShapeError("blas");
  for (std::size_t r = 0; r < m; ++r) std::fill_n(c.data + r * c.stride, n, Real{0});
  if (m * n * k == 0) return;
  // c^T = op(b)^T op(a)^T, and a row-major matrix read by columns is its transpose
  const auto count = [](std::size_t size) { return static_cast<int>(size); };
  cxxblas::gemm(cxxblas::ColMajor, tb == Transpose::yes ? cxxblas::Trans : cxxblas::NoTrans,
                ta == Transpose::yes ? cxxblas::Trans : cxxblas::NoTrans, count(n), count(m), count(k), Real{1}, b.data,
                count(b.stride), a.data, count(a.stride), Real{1}, c.data, count(c.stride));
}

Matrix matmul_blas(Transpose ta, const Matrix& a, Transpose tb, const Matrix& b) {
  const Matrix at = ta == Transpose::yes ? Matrix(xt::transpose(a)) : a;
  const Matrix bt = tb == Transpose::yes ? Matrix(xt::transpose(b)) : b;
  return matmul(at, bt);
}

}  // namespace nn
