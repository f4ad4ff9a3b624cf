#include <cmath>

#include "03_optimizers/optimizers.hpp"
#include "blas/matmul.hpp"
#include "testing/testing.hpp"

// Task 3.1; optimizers_test.cpp has 3.2 to 3.4, regularization_test.cpp has 3.5 to 3.7.
// `given` draws a random input. `observe` takes your result and compares it with that of the reference, up to rounding
// (close, within); only observations are graded. The CHECKs after them show you more: examples small enough to do by
// hand, and properties that must hold.

namespace nn {

namespace {

bool is_identity(const Matrix& x) {
  for (std::size_t r = 0; r < x.shape(0); ++r) {
    for (std::size_t c = 0; c < x.shape(1); ++c) {
      if (!(std::abs(x(r, c) - (r == c ? Real{1} : Real{0})) < 1e-9)) {
        return false;
      }
    }
  }
  return true;
}

}  // namespace

TEST_SUITE("03_optimizers") {
  TEST_CASE("3.1 he_normal" * points(5)) {
    const std::size_t in_features = given("in_features", size_between(2, 5));
    const std::size_t out_features = given("out_features", size_between(6, 9));
    Matrix weight = zeros({in_features, out_features});
    Matrix tall = zeros({out_features, in_features});
    Random random = given_random("random");
    he_normal(weight, random);
    he_normal(tall, random);
    observe("weight", weight);
    observe("weight of a layer that narrows", tall);

    Matrix large = zeros({200, 100});
    he_normal(large, random);
    const Real variance = project(values(large), values(large)) / 20'000;
    CHECK_MESSAGE(variance > 0.009, "with 200 inputs the variance is about 2 / 200 = 0.01");
    CHECK_MESSAGE(variance < 0.011, "with 200 inputs the variance is about 2 / 200 = 0.01");
  }

  TEST_CASE("3.1 orthogonal" * points(5)) {
    const std::size_t low = given("low", size_between(8, 10));
    const std::size_t high = given("high", size_between(11, 14));
    Random random = given_random("random");
    Matrix tall = zeros({high, low}), wide = zeros({low, high}), square = zeros({low, low});
    orthogonal(tall, random);
    orthogonal(wide, random);
    orthogonal(square, random);
    observe("tall weight", tall, within(1e-7));
    observe("wide weight", wide, within(1e-7));
    observe("square weight", square, within(1e-7));

    // Columns of a tall weight and rows of a wide one are orthonormal; a square one keeps the norm
    CHECK_MESSAGE(is_identity(matmul_tn(tall, tall)),
                  "the columns of a tall weight are orthonormal: W^T W is the identity");
    CHECK_MESSAGE(is_identity(matmul_nt(wide, wide)),
                  "the rows of a wide weight are orthonormal: W W^T is the identity");
    Matrix x = zeros({1, low});
    fill_normal(values(x), random, 0, 1);
    const Matrix y = matmul(x, square);
    CHECK_MESSAGE(project(values(y), values(y)) == doctest::Approx(project(values(x), values(x))),
                  "a square weight keeps the norm: |x W|^2 is |x|^2");
  }
}  // TEST_SUITE

}  // namespace nn
