#include "tensor/sums.hpp"

#include <doctest/doctest.h>
#include <numeric>
#include <vector>

#include "tensor/shape.hpp"

using nn::Real;

TEST_CASE("sum_of and dot_product take every number once, whatever their count") {
  for (std::size_t count = 0; count < 40; ++count) {
    std::vector<Real> x(count), ones(count, 1);
    std::iota(x.begin(), x.end(), Real{1});
    const Real triangle = static_cast<Real>(count * (count + 1) / 2);
    CHECK(nn::sum_of(x) == triangle);
    CHECK(nn::dot_product(x, ones) == triangle);
    CHECK(nn::dot_product(x, x) == triangle * static_cast<Real>(2 * count + 1) / 3);
  }
}

TEST_CASE("dot_product refuses another size") {
  CHECK_THROWS_WITH_AS(nn::dot_product(std::vector<Real>(3), std::vector<Real>(2)),
                       "dot_product: b has shape (2,), expected (3,)", nn::ShapeError);
}

TEST_CASE("add_scaled changes every number once, whatever their count") {
  for (std::size_t count = 0; count < 40; ++count) {
    std::vector<Real> x(count), y(count, 1), expected(count);
    std::iota(x.begin(), x.end(), Real{1});
    for (std::size_t i = 0; i < count; ++i) {
      expected[i] = 1 - 2 * x[i];
    }
    nn::add_scaled(x, -2, y);
    CHECK(y == expected);
  }
}

TEST_CASE("add_scaled refuses another size") {
  std::vector<Real> y(3);
  CHECK_THROWS_WITH_AS(nn::add_scaled(std::vector<Real>(2), 1, y), "add_scaled: x has shape (2,), expected (3,)",
                       nn::ShapeError);
}
