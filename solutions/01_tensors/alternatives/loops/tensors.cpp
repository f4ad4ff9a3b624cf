#include "01_tensors/tensors.hpp"

#include <cmath>
#include <stdexcept>
#include <vector>

#include "blas/cxxblas.hpp"
#include "tensor/shape.hpp"

// The lab in another way: plain loops, with helpers, recursion and other algebra.

namespace nn {

namespace {

void need(bool fits) {
  if (!fits) throw ShapeError("tensors.cpp: a shape does not fit");
}

Real dot(std::span<const Real> a, std::span<const Real> b) {
  Real sum = 0;
  for (std::size_t i = a.size(); i-- > 0;) sum += a[i] * b[i];
  return sum;
}

/// log(e^a + e^b), where both may be minus infinity.
Real log_add(Real a, Real b) {
  const Real larger = std::fmax(a, b);
  return std::isinf(larger) ? larger : larger + std::log1p(std::exp(-std::fabs(a - b)));
}

/// A part of the three loops of a product.
struct Range {
  std::size_t begin, end;
  std::size_t size() const { return end - begin; }
  std::size_t middle() const { return begin + size() / 2; }
};

/// Cuts the longest range in two until all are short, then multiplies.
void add_product(const Matrix& a, const Matrix& b, Matrix& c, Range i, Range j, Range k, std::size_t block) {
  if (i.size() > block && i.size() >= j.size() && i.size() >= k.size()) {
    add_product(a, b, c, {i.begin, i.middle()}, j, k, block);
    add_product(a, b, c, {i.middle(), i.end}, j, k, block);
  } else if (j.size() > block && j.size() >= k.size()) {
    add_product(a, b, c, i, {j.begin, j.middle()}, k, block);
    add_product(a, b, c, i, {j.middle(), j.end}, k, block);
  } else if (k.size() > block) {
    add_product(a, b, c, i, j, {k.begin, k.middle()}, block);
    add_product(a, b, c, i, j, {k.middle(), k.end}, block);
  } else {
    for (std::size_t r = i.begin; r < i.end; ++r) {
      for (std::size_t s = k.begin; s < k.end; ++s) {
        for (std::size_t t = j.begin; t < j.end; ++t) c(r, t) += a(r, s) * b(s, t);
      }
    }
  }
}

}  // namespace

// 1.1

Matrix one_hot(const IdVector& ids, std::size_t classes) {
  for (const Id id : ids) {
    if (id >= classes) throw IdError("one_hot: no such class");
  }
  Matrix y = zeros({ids.size(), classes});
  for (std::size_t r = 0; r < ids.size(); ++r) y.data()[r * classes + ids(r)] = 1;
  return y;
}

Vector pick(const Matrix& x, const IdVector& ids) {
  need(ids.size() == x.shape(0));
  Vector y = zeros({ids.size()});
  for (std::size_t r = ids.size(); r-- > 0;) {
    if (ids(r) >= x.shape(1)) throw IdError("pick: no such column");
    y(r) = row(x, r)[ids(r)];
  }
  return y;
}

// 1.2

Vector column_mean(const Matrix& x) {
  need(x.shape(0) > 0);
  Vector mean = zeros({x.shape(1)});
  for (std::size_t i = 0; i < x.shape(1); ++i) {
    for (std::size_t r = 0; r < x.shape(0); ++r) mean(i) += (x(r, i) - mean(i)) / static_cast<Real>(r + 1);
  }
  return mean;
}

Vector column_variance(const Matrix& x) {
  const Vector mean = column_mean(x);
  Vector variance = zeros({x.shape(1)});
  for (std::size_t i = 0; i < x.shape(1); ++i) {
    std::vector<Real> squares;
    for (std::size_t r = 0; r < x.shape(0); ++r) squares.push_back(std::pow(x(r, i) - mean(i), Real{2}));
    for (const Real square : squares) variance(i) += square / static_cast<Real>(squares.size());
  }
  return variance;
}

Matrix standardize(const Matrix& x, const Vector& mean, const Vector& variance, Real epsilon) {
  need(mean.size() == x.shape(1) && variance.size() == x.shape(1));
  Matrix y = x;
  for (std::size_t i = 0; i < y.shape(1); ++i) {
    const Real scale = 1 / std::sqrt(variance(i) + epsilon);
    for (std::size_t r = 0; r < y.shape(0); ++r) y(r, i) = (y(r, i) - mean(i)) * scale;
  }
  return y;
}

// 1.3

Matrix pairwise_squared_distances(const Matrix& a, const Matrix& b) {
  need(a.shape(1) == b.shape(1));
  Matrix distances = zeros({a.shape(0), b.shape(0)});
  for (std::size_t j = 0; j < b.shape(0); ++j) {
    for (std::size_t i = 0; i < a.shape(0); ++i) {
      const Real distance = dot(row(a, i), row(a, i)) + dot(row(b, j), row(b, j)) - 2 * dot(row(a, i), row(b, j));
      distances(i, j) = distance < 0 ? 0 : distance;
    }
  }
  return distances;
}

// 1.4

Vector logsumexp(const Matrix& x) {
  Vector y = zeros({x.shape(0)});
  for (std::size_t r = 0; r < x.shape(0); ++r) {
    y(r) = x(r, 0);
    for (std::size_t i = 1; i < x.shape(1); ++i) y(r) = log_add(y(r), x(r, i));
  }
  return y;
}

Matrix softmax(const Matrix& x) {
  const Vector log_sums = logsumexp(x);
  Matrix y = zeros({x.shape(0), x.shape(1)});
  for (std::size_t i = 0; i < x.shape(1); ++i) {
    for (std::size_t r = 0; r < x.shape(0); ++r) y(r, i) = std::exp(x(r, i) - log_sums(r));
  }
  return y;
}

// 1.5

Matrix cosine_similarity(const Matrix& a, const Matrix& b) {
  need(a.shape(1) == b.shape(1));
  Matrix cosines = zeros({a.shape(0), b.shape(0)});
  for (std::size_t i = 0; i < a.shape(0); ++i) {
    for (std::size_t j = 0; j < b.shape(0); ++j) {
      const Real a_norm = std::sqrt(dot(row(a, i), row(a, i)));
      const Real b_norm = std::sqrt(dot(row(b, j), row(b, j)));
      if (a_norm > 0 && b_norm > 0) cosines(i, j) = dot(row(a, i), row(b, j)) / a_norm / b_norm;
    }
  }
  return cosines;
}

// 1.6

Matrix matmul_naive(const Matrix& a, const Matrix& b) {
  need(a.shape(1) == b.shape(0));
  Matrix c = zeros({a.shape(0), b.shape(1)});
  for (std::size_t k = 0; k < a.shape(1); ++k) {
    for (std::size_t i = 0; i < a.shape(0); ++i) {
      for (std::size_t j = 0; j < b.shape(1); ++j) c(i, j) += a(i, k) * b(k, j);
    }
  }
  return c;
}

Matrix matmul_blocked(const Matrix& a, const Matrix& b, std::size_t block) {
  need(a.shape(1) == b.shape(0));
  if (block == 0) throw std::invalid_argument("matmul_blocked: block is 0");
  Matrix c = zeros({a.shape(0), b.shape(1)});
  add_product(a, b, c, {0, a.shape(0)}, {0, b.shape(1)}, {0, b.shape(0)}, block);
  return c;
}

// 1.7

void matmul_blas(Transpose transpose_a, Block<const Real> a, Transpose transpose_b, Block<const Real> b,
                 Block<Real> c) {
  const bool ta = transpose_a == Transpose::yes;
  const bool tb = transpose_b == Transpose::yes;
  const std::size_t inner = ta ? a.rows : a.columns;
  need(c.rows == (ta ? a.columns : a.rows) && c.columns == (tb ? b.rows : b.columns));
  need(inner == (tb ? b.columns : b.rows));
  if (c.rows == 0 || c.columns == 0) return;
  if (inner == 0) {
    for (std::size_t r = 0; r < c.rows; ++r) {
      for (std::size_t i = 0; i < c.columns; ++i) c.data[r * c.stride + i] = 0;
    }
    return;
  }
  const cxxblas::Transpose flags[] = {cxxblas::NoTrans, cxxblas::Trans};
  cxxblas::gemm(cxxblas::RowMajor, flags[ta], flags[tb], static_cast<int>(c.rows), static_cast<int>(c.columns),
                static_cast<int>(inner), Real{1}, a.data, static_cast<int>(a.stride), b.data,
                static_cast<int>(b.stride), Real{0}, c.data, static_cast<int>(c.stride));
}

Matrix matmul_blas(Transpose transpose_a, const Matrix& a, Transpose transpose_b, const Matrix& b) {
  Matrix c = zeros({a.shape(transpose_a == Transpose::yes), b.shape(transpose_b == Transpose::no)});
  const auto whole = [](const Matrix& x) { return Block<const Real>{x.data(), x.shape(0), x.shape(1), x.shape(1)}; };
  matmul_blas(transpose_a, whole(a), transpose_b, whole(b), {c.data(), c.shape(0), c.shape(1), c.shape(1)});
  return c;
}

}  // namespace nn
