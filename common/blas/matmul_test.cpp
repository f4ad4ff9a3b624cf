#include "blas/matmul.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <doctest/doctest.h>
#include <limits>
#include <vector>

#include "tensor/random.hpp"
#include "tensor/shape.hpp"

namespace {

using nn::Matrix;
using nn::Random;
using nn::Real;
using nn::Tensor3;
using nn::zeros;

Matrix random_matrix(std::size_t rows, std::size_t columns, Random& random) {
  Matrix x = zeros({rows, columns});
  nn::fill_normal(nn::values(x), random, 0, 1);
  return x;
}

Matrix transposed(const Matrix& x) {
  Matrix y = zeros({x.shape(1), x.shape(0)});
  for (std::size_t r = 0; r < x.shape(0); ++r) {
    for (std::size_t c = 0; c < x.shape(1); ++c) {
      y(c, r) = x(r, c);
    }
  }
  return y;
}

/// The product by its definition.
Matrix triple_loop(const Matrix& a, const Matrix& b) {
  Matrix c = zeros({a.shape(0), b.shape(1)});
  for (std::size_t r = 0; r < c.shape(0); ++r) {
    for (std::size_t i = 0; i < c.shape(1); ++i) {
      for (std::size_t k = 0; k < a.shape(1); ++k) {
        c(r, i) += a(r, k) * b(k, i);
      }
    }
  }
  return c;
}

bool near(const Matrix& a, const Matrix& b) {
  const Real tolerance = 100 * std::numeric_limits<Real>::epsilon();
  return a.shape() == b.shape() &&
         std::ranges::equal(nn::values(a), nn::values(b), [=](Real x, Real y) { return std::abs(x - y) <= tolerance; });
}

Tensor3 stack(const std::vector<Matrix>& matrices) {
  Tensor3 x = zeros({matrices.size(), matrices.front().shape(0), matrices.front().shape(1)});
  for (std::size_t i = 0; i < matrices.size(); ++i) {
    std::copy(matrices[i].begin(), matrices[i].end(), nn::block(x, i).data);
  }
  return x;
}

Matrix slice(const Tensor3& x, std::size_t i) {
  Matrix y = zeros({x.shape(1), x.shape(2)});
  std::copy_n(nn::block(x, i).data, y.size(), y.begin());
  return y;
}

/// The shapes (m, n, k) of a product: empty, single, odd and beyond one block of the BLAS.
const std::vector<std::array<std::size_t, 3>> shapes = {{0, 0, 0}, {0, 3, 2}, {3, 0, 2}, {3, 2, 0},
                                                        {1, 1, 1}, {1, 5, 7}, {5, 1, 7}, {5, 7, 1},
                                                        {1, 1, 9}, {2, 3, 4}, {7, 5, 3}, {17, 31, 13}};

}  // namespace

TEST_CASE("matmul and matmul_tn and matmul_nt equal the triple loop") {
  Random random(3);
  for (const auto& [m, n, k] : shapes) {
    const Matrix a = random_matrix(m, k, random);
    const Matrix b = random_matrix(k, n, random);
    const Matrix expected = triple_loop(a, b);
    CHECK(near(nn::matmul(a, b), expected));
    CHECK(near(nn::matmul_tn(transposed(a), b), expected));
    CHECK(near(nn::matmul_nt(a, transposed(b)), expected));
  }
}

TEST_CASE("add_matmul and its variants add to the old numbers") {
  Random random(4);
  for (const auto& [m, n, k] : shapes) {
    const Matrix a = random_matrix(m, k, random);
    const Matrix b = random_matrix(k, n, random);
    const Matrix start = random_matrix(m, n, random);
    const Matrix expected = start + triple_loop(a, b);
    std::array<Matrix, 3> sums = {start, start, start};
    nn::add_matmul(a, b, sums[0]);
    nn::add_matmul_tn(transposed(a), b, sums[1]);
    nn::add_matmul_nt(a, transposed(b), sums[2]);
    for (const Matrix& sum : sums) {
      CHECK(near(sum, expected));
    }
  }
}

TEST_CASE("batched products equal the products of each pair") {
  Random random(5);
  for (const auto& [m, n, k] : shapes) {
    std::vector<Matrix> a, a_transposed, b, b_transposed;
    for (int i = 0; i < 3; ++i) {
      a.push_back(random_matrix(m, k, random));
      b.push_back(random_matrix(k, n, random));
      a_transposed.push_back(transposed(a.back()));
      b_transposed.push_back(transposed(b.back()));
    }
    const Tensor3 nn_product = nn::batched_matmul(stack(a), stack(b));
    const Tensor3 tn_product = nn::batched_matmul_tn(stack(a_transposed), stack(b));
    const Tensor3 nt_product = nn::batched_matmul_nt(stack(a), stack(b_transposed));
    for (std::size_t i = 0; i < 3; ++i) {
      const Matrix expected = triple_loop(a[i], b[i]);
      CHECK(near(slice(nn_product, i), expected));
      CHECK(near(slice(tn_product, i), expected));
      CHECK(near(slice(nt_product, i), expected));
    }
  }
  CHECK(nn::batched_matmul(zeros({0, 2, 3}), zeros({0, 3, 4})).shape() == std::array<std::size_t, 3>{0, 2, 4});
}

TEST_CASE("a block of images is one of them, or all") {
  nn::Tensor4 x = zeros({2, 3, 4, 5});
  const nn::Block<Real> image = nn::block(x, 1);
  CHECK(image.data == &x(1, 0, 0, 0));
  CHECK(image.rows == 3);
  CHECK(image.columns == 20);
  CHECK(image.data + 2 * image.stride == &x(1, 2, 0, 0));
  const nn::Block<Real> all = nn::block(x);
  CHECK(all.data == x.data());
  CHECK(all.rows == 2);
  CHECK(all.columns == 60);
  CHECK(all.data + all.stride == &x(1, 0, 0, 0));
}

TEST_CASE("products of shapes that do not fit name both") {
  CHECK_THROWS_WITH_AS(nn::matmul(zeros({2, 3}), zeros({4, 5})),
                       "matmul: a has shape (2, 3) and b (4, 5), their inner sizes 3 and 4 differ", nn::ShapeError);
  CHECK_THROWS_WITH_AS(nn::matmul_tn(zeros({2, 3}), zeros({3, 5})),
                       "matmul_tn: a has shape (2, 3) and b (3, 5), their inner sizes 2 and 3 differ", nn::ShapeError);
  CHECK_THROWS_WITH_AS(nn::matmul_nt(zeros({2, 3}), zeros({3, 5})),
                       "matmul_nt: a has shape (2, 3) and b (3, 5), their inner sizes 3 and 5 differ", nn::ShapeError);
  Matrix sum = zeros({2, 4});
  CHECK_THROWS_WITH_AS(nn::add_matmul(zeros({2, 3}), zeros({3, 5}), sum),
                       "add_matmul: sum has shape (2, 4), expected (2, 5)", nn::ShapeError);
  CHECK_THROWS_WITH_AS(nn::batched_matmul(zeros({2, 3, 4}), zeros({3, 4, 5})),
                       "batched_matmul: b has shape (3, 4, 5), expected (2, any, any)", nn::ShapeError);
  CHECK_THROWS_WITH_AS(nn::batched_matmul_nt(zeros({2, 3, 4}), zeros({2, 4, 5})),
                       "batched_matmul_nt: a has shape (3, 4) and b (4, 5), their inner sizes 4 and 5 differ",
                       nn::ShapeError);
}
