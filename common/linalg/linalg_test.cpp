#include "linalg/linalg.hpp"

#include <algorithm>
#include <cmath>
#include <doctest/doctest.h>
#include <limits>

#include "blas/matmul.hpp"
#include "tensor/random.hpp"
#include "tensor/shape.hpp"

namespace {

using nn::Matrix;
using nn::Random;
using nn::Real;
using nn::Vector;
using nn::zeros;

/// Matrices of every kind of shape, of normal numbers.
std::vector<Matrix> matrices_to_factor() {
  Random random(1);
  std::vector<Matrix> all;
  for (const auto& [rows, columns] :
       std::vector<std::array<std::size_t, 2>>{{1, 1}, {1, 4}, {4, 1}, {5, 5}, {7, 3}, {3, 7}}) {
    all.push_back(zeros({rows, columns}));
    nn::fill_normal(nn::values(all.back()), random, 0, 1);
  }
  return all;
}

bool is_near(const Matrix& a, const Matrix& b) {
  const Real tolerance = 200 * std::numeric_limits<Real>::epsilon();
  return a.shape() == b.shape() &&
         std::ranges::equal(nn::values(a), nn::values(b), [=](Real x, Real y) { return std::abs(x - y) <= tolerance; });
}

Matrix identity(std::size_t size) {
  Matrix x = zeros({size, size});
  for (std::size_t i = 0; i < size; ++i) {
    x(i, i) = 1;
  }
  return x;
}

/// The columns of x, each multiplied by its number of s.
Matrix scaled_columns(const Matrix& x, const Vector& s) { return x * s; }

}  // namespace

TEST_CASE("svd: u diag(s) vt is the matrix, and u and vt are orthonormal") {
  for (const Matrix& a : matrices_to_factor()) {
    const auto [u, s, vt] = nn::svd(a);
    const std::size_t k = std::min(a.shape(0), a.shape(1));
    CHECK(s.size() == k);
    CHECK(is_near(nn::matmul_tn(u, u), identity(k)));
    CHECK(is_near(nn::matmul_nt(vt, vt), identity(k)));
    CHECK(is_near(nn::matmul(scaled_columns(u, s), vt), a));
    CHECK(std::ranges::is_sorted(s, std::greater<>()));
    CHECK(s(k - 1) >= 0);
  }
}

TEST_CASE("qr: q r is the matrix, q is orthonormal, r is 0 below the diagonal") {
  for (const Matrix& a : matrices_to_factor()) {
    const auto [q, r] = nn::qr(a);
    const std::size_t k = std::min(a.shape(0), a.shape(1));
    CHECK(is_near(nn::matmul_tn(q, q), identity(k)));
    CHECK(is_near(nn::matmul(q, r), a));
    for (std::size_t i = 0; i < k; ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        CHECK(r(i, j) == 0);
      }
    }
  }
}

TEST_CASE("eigenvalues: their sum is the trace, their product the determinant") {
  const Matrix a = {{2, 1, 0}, {-1, 3, 4}, {5, 0, 1}};
  std::complex<Real> sum = 0, product = 1;
  for (const std::complex<Real>& value : nn::eigenvalues(a)) {
    sum += value;
    product *= value;
  }
  CHECK(std::abs(sum - Real{6}) < 1e-5);
  CHECK(std::abs(product - Real{27}) < 1e-4);
}

TEST_CASE("eigenvalues of a rotation have absolute value 1 and come in a conjugate pair") {
  const Real c = std::cos(Real{0.3}), s = std::sin(Real{0.3});
  const auto values = nn::eigenvalues(Matrix{{c, -s}, {s, c}});
  REQUIRE(values.size() == 2);
  CHECK(std::abs(values[0]) == doctest::Approx(1));
  CHECK(std::abs(values[0] - std::conj(values[1])) < 1e-6);
  CHECK(std::abs(std::arg(values[0])) == doctest::Approx(0.3));
  CHECK(nn::eigenvalues(Matrix{{-7}}).front() == Real{-7});
}

TEST_CASE("lstsq: the residual of b is orthogonal to every column of a") {
  Random random(2);
  Matrix a = zeros({9, 4}), b = zeros({9, 2});
  nn::fill_normal(nn::values(a), random, 0, 1);
  nn::fill_normal(nn::values(b), random, 0, 1);
  const auto [x, rank, s] = nn::lstsq(a, b);
  CHECK(x.shape() == std::array<std::size_t, 2>{4, 2});
  CHECK(rank == 4);
  CHECK(is_near(nn::matmul_tn(a, Matrix(nn::matmul(a, x) - b)), zeros({4, 2})));
  CHECK(std::ranges::equal(s, nn::svd(a).s, [](Real p, Real q) { return std::abs(p - q) < 1e-4; }));
}

TEST_CASE("lstsq: an exact solution is found, of several the one with the smallest norm") {
  CHECK(is_near(nn::lstsq({{1, 1}, {1, 2}, {1, 3}}, {{3}, {5}, {7}}).x, {{1}, {2}}));
  CHECK(is_near(nn::lstsq({{1, 1}}, {{4}}).x, {{2}, {2}}));
  const nn::LeastSquares solution = nn::lstsq({{1, 2}, {2, 4}}, {{5}, {10}}, Real{1e-4});  // of rank 1
  CHECK(solution.rank == 1);
  CHECK(is_near(solution.x, {{1}, {2}}));
}

TEST_CASE("Matrices that do not fit are refused") {
  CHECK_THROWS_WITH_AS(nn::svd(zeros({0, 3})), "svd: a has shape (0, 3), which is empty", nn::ShapeError);
  CHECK_THROWS_AS(nn::qr(zeros({3, 0})), nn::ShapeError);
  CHECK_THROWS_WITH_AS(nn::eigenvalues(zeros({2, 3})), "eigenvalues: a has shape (2, 3), expected (2, 2)",
                       nn::ShapeError);
  CHECK_THROWS_WITH_AS(nn::lstsq(zeros({3, 2}), zeros({2, 1})), "lstsq: b has shape (2, 1), expected (3, any)",
                       nn::ShapeError);
  CHECK_THROWS_AS(nn::lstsq(zeros({3, 2}), zeros({3, 0})), nn::ShapeError);
}

TEST_CASE("A matrix with a NaN is refused") {
  const Matrix a = {{1, std::numeric_limits<Real>::quiet_NaN()}, {0, 1}};
  CHECK_THROWS_WITH_AS(nn::svd(a), "svd: a contains a number that is not finite", std::runtime_error);
  CHECK_THROWS_AS(nn::eigenvalues(a), std::runtime_error);
}
