#include "blas/gemm.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <doctest/doctest.h>
#include <limits>
#include <vector>

#include "blas/matmul.hpp"
#include "tensor/random.hpp"
#include "tensor/shape.hpp"

namespace {

using nn::block;
using nn::Block;
using nn::Matrix;
using nn::part;
using nn::Random;
using nn::Real;
using nn::Transpose;
using nn::zeros;

constexpr std::array both = {Transpose::no, Transpose::yes};

constexpr Real outside = std::numeric_limits<Real>::quiet_NaN();

/// A block inside a larger buffer of NaNs, so that what is read or written outside of it shows.
struct Padded {
  Padded(std::size_t rows, std::size_t columns, std::size_t padding, Random& random)
      : numbers(rows * (columns + padding) + padding, outside),
        block{numbers.data(), rows, columns, columns + padding} {
    for (std::size_t r = 0; r < rows; ++r) {
      for (std::size_t c = 0; c < columns; ++c) {
        at(r, c) = random.normal();
      }
    }
  }
  Real& at(std::size_t r, std::size_t c) { return numbers[r * block.stride + c]; }

  std::vector<Real> numbers;
  Block<Real> block;
};

/// One number of op(a) op(b) by its definition, and the sum of the sizes of its terms.
std::pair<double, double> sum_of_products(Transpose ta, Padded& a, Transpose tb, Padded& b, std::size_t r,
                                          std::size_t c, std::size_t inner) {
  double sum = 0;
  double size = 0;
  for (std::size_t i = 0; i < inner; ++i) {
    const double term = static_cast<double>(ta == Transpose::yes ? a.at(i, r) : a.at(r, i)) *
                        static_cast<double>(tb == Transpose::yes ? b.at(c, i) : b.at(i, c));
    sum += term;
    size += std::abs(term);
  }
  return {sum, size};
}

struct Case {
  std::size_t m, n, k, padding;
  double alpha, beta;
};

std::vector<Case> every_case() {
  using Sizes = std::vector<std::size_t>;
  std::vector<Case> cases;
  for (const std::size_t m : Sizes{0, 1, 2, 5, 33}) {
    for (const std::size_t n : Sizes{0, 1, 3, 17}) {
      for (const std::size_t k : Sizes{0, 1, 4, 19}) {
        for (const std::size_t padding : Sizes{0, 1, 5}) {
          for (const auto& [alpha, beta] : {std::pair(1.0, 0.0), {1.0, 1.0}, {-0.5, 2.0}, {2.0, 0.0}, {0.0, 0.5}}) {
            cases.push_back({m, n, k, padding, alpha, beta});
          }
        }
      }
    }
  }
  return cases;
}

/// Whether gemm gives what the triple loop gives, and touches nothing around c.
bool gemm_is_right(const Case& shape, Transpose ta, Transpose tb, Random& random) {
  const auto [m, n, k, padding, alpha, beta] = shape;
  Padded a(ta == Transpose::yes ? k : m, ta == Transpose::yes ? m : k, padding, random);
  Padded b(tb == Transpose::yes ? n : k, tb == Transpose::yes ? k : n, padding, random);
  Padded c(m, n, padding, random);
  if (beta == 0) {
    std::fill(c.numbers.begin(), c.numbers.end(), outside);
  }
  Padded old = c;
  gemm(ta, a.block, tb, b.block, c.block, static_cast<Real>(alpha), static_cast<Real>(beta));

  bool right = true;
  for (std::size_t r = 0; r < m; ++r) {
    for (std::size_t i = 0; i < n; ++i) {
      const auto [sum, size] = sum_of_products(ta, a, tb, b, r, i, k);
      const double start = beta == 0 ? 0 : beta * static_cast<double>(old.at(r, i));
      const double tolerance = 4 * std::numeric_limits<Real>::epsilon() * (std::abs(alpha) * size + std::abs(start));
      right = right && std::abs(static_cast<double>(c.at(r, i)) - (alpha * sum + start)) <= tolerance;
      old.at(r, i) = c.at(r, i);
    }
  }
  for (std::size_t i = 0; i < c.numbers.size(); ++i) {
    right = right && (c.numbers[i] == old.numbers[i] || (std::isnan(c.numbers[i]) && std::isnan(old.numbers[i])));
  }
  return right;
}

}  // namespace

TEST_CASE("gemm equals the triple loop for every shape and stride and factor") {
  Random random(1);
  for (const Case& shape : every_case()) {
    for (const Transpose ta : both) {
      for (const Transpose tb : both) {
        CAPTURE(shape.m);
        CAPTURE(shape.n);
        CAPTURE(shape.k);
        CAPTURE(shape.padding);
        CAPTURE(shape.alpha);
        CAPTURE(shape.beta);
        REQUIRE(gemm_is_right(shape, ta, tb, random));
      }
    }
  }
}

TEST_CASE("gemm reads a single column as a row when it is contiguous") {
  Random random(2);
  CHECK(gemm_is_right({1, 70, 300, 0, 1, 0}, Transpose::yes, Transpose::no, random));
  CHECK(gemm_is_right({1, 70, 300, 0, 1, 0}, Transpose::no, Transpose::yes, random));
  CHECK(gemm_is_right({1, 70, 300, 3, 1, 0}, Transpose::yes, Transpose::no, random));
}

TEST_CASE("gemm refuses sizes that do not fit") {
  const auto multiply = [](Transpose ta, Transpose tb, std::array<std::size_t, 6> sizes) {
    gemm(ta, {nullptr, sizes[0], sizes[1], sizes[1]}, tb, {nullptr, sizes[2], sizes[3], sizes[3]},
         {nullptr, sizes[4], sizes[5], sizes[5]});
  };
  CHECK_THROWS_WITH_AS(multiply(Transpose::no, Transpose::no, {2, 3, 4, 5, 2, 5}),
                       "gemm: a (2, 3) times b (4, 5) does not give c (2, 5)", nn::ShapeError);
  CHECK_THROWS_WITH_AS(multiply(Transpose::yes, Transpose::yes, {3, 2, 5, 3, 2, 4}),
                       "gemm: a (3, 2)^T times b (5, 3)^T does not give c (2, 4)", nn::ShapeError);
  CHECK_THROWS_AS(multiply(Transpose::no, Transpose::no, {2, 3, 3, 5, 3, 5}), nn::ShapeError);
  const std::size_t huge = std::size_t{1} << 31;
  CHECK_THROWS_WITH_AS(multiply(Transpose::no, Transpose::no, {1, huge, huge, 1, 1, 1}),
                       "gemm: a size exceeds 2^31 - 1", nn::ShapeError);
}

TEST_CASE("gemm by default multiplies by 1 and overwrites the old numbers") {
  const Matrix a = {{1, 2}, {3, 4}};
  Matrix c = zeros({2, 2});
  c.fill(outside);
  gemm(Transpose::no, block(a), Transpose::yes, block(a), block(c));
  CHECK(c == Matrix{{5, 11}, {11, 25}});
}

TEST_CASE("part is a window on the same storage") {
  Matrix x = {{0, 1, 2, 3}, {4, 5, 6, 7}, {8, 9, 10, 11}};
  const Block<Real> middle = part(block(x), 1, 1, 2, 2);
  CHECK(middle.data == &x(1, 1));
  CHECK(middle.rows == 2);
  CHECK(middle.columns == 2);
  CHECK(middle.stride == 4);
  const Block<const Real> corner = part(middle, 1, 1, 1, 1);  // a part of a part, and read only
  CHECK(*corner.data == 10);
  CHECK(part(block(x), 3, 4, 0, 0).rows == 0);
}

TEST_CASE("part refuses what reaches beyond the block") {
  const Matrix x = zeros({3, 4});
  const auto take = [&](std::size_t r, std::size_t c, std::size_t rows, std::size_t columns) {
    part(block(x), r, c, rows, columns);
  };
  CHECK_THROWS_WITH_AS(take(1, 1, 3, 2), "part: a block (3, 4) has no part (3, 2) that starts at (1, 1)",
                       nn::ShapeError);
  CHECK_THROWS_AS(take(0, 3, 1, 2), nn::ShapeError);
  CHECK_THROWS_AS(take(4, 0, 0, 0), nn::ShapeError);
  CHECK_THROWS_AS(take(1, 0, static_cast<std::size_t>(-1), 1), nn::ShapeError);
}
