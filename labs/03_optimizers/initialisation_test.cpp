#include <algorithm>
#include <cmath>

#include "03_optimizers/optimizers.hpp"
#include "testing/testing.hpp"

// Task 3.1; optimizers_test.cpp has 3.2 to 3.4, regularization_test.cpp has 3.5 to 3.7.
// `given` draws a random input. `observe` takes your result and compares it with that of the reference, up to rounding
// (close, within); only observations are graded. The CHECKs after them show you more: examples small enough to do by
// hand, and properties that must hold.

namespace nn {

TEST_SUITE("03_optimizers") {
  TEST_CASE("3.1 glorot_uniform" * points(5)) {
    const std::size_t in_features = given("in_features", size_between(2, 5));
    const std::size_t out_features = given("out_features", size_between(6, 9));
    Matrix weight = zeros({in_features, out_features});
    Matrix tall = zeros({out_features, in_features});
    Random random = given_random("random");
    glorot_uniform(weight, random);
    glorot_uniform(tall, random);
    observe("weight", weight);
    observe("weight of a layer that narrows", tall);

    Matrix large = zeros({200, 100});
    glorot_uniform(large, random);
    const Real limit = std::sqrt(Real{6} / (200 + 100));
    const Real largest = std::ranges::max(large);
    CHECK(largest < limit);
    CHECK(largest > 0.99 * limit);
  }

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
    CHECK(variance > 0.009);  // 2 / 200 = 0.01
    CHECK(variance < 0.011);
  }
}  // TEST_SUITE

}  // namespace nn
