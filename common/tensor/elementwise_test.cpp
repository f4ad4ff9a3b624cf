#include "tensor/elementwise.hpp"

#include <cmath>
#include <doctest/doctest.h>
#include <limits>
#include <vector>

namespace nn {

namespace {

/// From -40 to 40, closer together around 0.
std::vector<Real> samples() {
  std::vector<Real> x;
  for (int i = -400; i <= 400; ++i) {
    x.push_back(static_cast<Real>(i * i * i) / Real(1.6e6));
  }
  return x;
}

constexpr Real rounding = 8 * std::numeric_limits<Real>::epsilon();

}  // namespace

TEST_CASE("apply_tanh gives what std::tanh gives") {
  const std::vector<Real> x = samples();
  std::vector<Real> y = x;
  apply_tanh(y);
  for (std::size_t i = 0; i < x.size(); ++i) {
    CHECK(std::abs(y[i] - std::tanh(x[i])) <= rounding * std::abs(std::tanh(x[i])));
  }
}

TEST_CASE("apply_sigmoid gives 1 / (1 + e^-x)") {
  const std::vector<Real> x = samples();
  std::vector<Real> y = x;
  apply_sigmoid(y);
  for (std::size_t i = 0; i < x.size(); ++i) {
    const Real expected = 1 / (1 + std::exp(-x[i]));
    CHECK(std::abs(y[i] - expected) <= rounding * expected);
  }
}

TEST_CASE("apply_tanh and apply_sigmoid do not overflow") {
  const Real largest = std::numeric_limits<Real>::max();
  std::vector<Real> y{-largest, -1000, 1000, largest, 0};
  apply_tanh(y);
  CHECK(y == std::vector<Real>{-1, -1, 1, 1, 0});
  std::vector<Real> z{-largest, -1000, 1000, largest, 0};
  apply_sigmoid(z);
  CHECK(z == std::vector<Real>{0, 0, 1, 1, Real(0.5)});
}

TEST_CASE("apply_tanh and apply_sigmoid give the same number at every place") {
  for (std::size_t count = 0; count < 20; ++count) {
    std::vector<Real> y(count, Real(0.3)), z(count, Real(0.3));
    apply_tanh(y);
    apply_sigmoid(z);
    for (std::size_t i = 0; i < count; ++i) {
      CHECK(y[i] == y[0]);
      CHECK(z[i] == z[0]);
    }
  }
}

}  // namespace nn
