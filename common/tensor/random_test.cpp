#include "tensor/random.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <doctest/doctest.h>
#include <limits>
#include <map>
#include <numeric>
#include <type_traits>
#include <vector>

namespace {

using nn::Random;
using nn::Real;

constexpr std::size_t draws = 100'000;

struct Moments {
  double mean = 0;
  double variance = 0;
};

Moments moments(const std::vector<Real>& x) {
  const double count = static_cast<double>(x.size());
  const double mean = std::accumulate(x.begin(), x.end(), 0.0) / count;
  double squares = 0;
  for (const Real value : x) {
    squares += (static_cast<double>(value) - mean) * (static_cast<double>(value) - mean);
  }
  return {mean, squares / count};
}

/// Pearson's statistic of counts that should all be equal.
double chi_square(const std::vector<std::size_t>& counts) {
  const double expected = static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::size_t{0})) /
                          static_cast<double>(counts.size());
  double sum = 0;
  for (const std::size_t count : counts) {
    const double difference = static_cast<double>(count) - expected;
    sum += difference * difference / expected;
  }
  return sum;
}

/// A value of the statistic that a fair draw exceeds once in some thousand times (Wilson and Hilferty 1931, z = 3.3).
double chi_square_limit(std::size_t cells) {
  const double freedom = static_cast<double>(cells - 1);
  return freedom * std::pow(1 - 2 / (9 * freedom) + 3.3 * std::sqrt(2 / (9 * freedom)), 3);
}

}  // namespace

TEST_CASE("Random gives the published numbers of PCG32 for seed 42 and stream 54") {
  Random random(42, 54);
  for (const std::uint32_t bits : {0xa15c02b7U, 0x7b47f409U, 0xba1d3330U, 0x83d2f293U, 0xbfa4784bU, 0xcbed606eU}) {
    CHECK(random.bits() == bits);
  }
}

TEST_CASE("Random draws the same normal and uniform numbers to the last bit on every platform") {
  Random random(1);
  for (const double expected : {0x1.69e7be2c8c153p-1, 0x1.f18f1d21febc8p-1, -0x1.90eea579122e2p-1,
                                -0x1.0acf32889f983p-1, 0x1.32a68fe4adae2p+1, 0x1.14b8d3ed757dcp-1}) {
    CHECK(random.normal() == static_cast<Real>(expected));
  }
  for (const nn::Id expected : {nn::Id{584907972}, nn::Id{675944017}, nn::Id{157556018}, nn::Id{626960946}}) {
    CHECK(random.below(1'000'000'007) == expected);
  }
  if constexpr (std::is_same_v<Real, double>) {
    for (const double expected : {0x1.5c6844580f0fdp-1, 0x1.35b46eedf4ae0p-3, 0x1.3b0c8859961a8p-2}) {
      CHECK(random.uniform() == expected);
    }
  }
}

TEST_CASE("Random with another seed or stream is another sequence") {
  std::array randoms = {Random(1), Random(2), Random(1, 1), Random(1, 2)};
  std::array<std::array<double, 4>, 4> products{};
  for (std::size_t i = 0; i < draws; ++i) {
    std::array<double, 4> x{};
    std::transform(randoms.begin(), randoms.end(), x.begin(), [](Random& random) { return random.uniform() - 0.5; });
    for (std::size_t a = 0; a < 4; ++a) {
      for (std::size_t b = 0; b < a; ++b) {
        products[a][b] += 12 * x[a] * x[b];
      }
    }
  }
  for (std::size_t a = 0; a < 4; ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      CHECK(std::abs(products[a][b]) < 5 * std::sqrt(draws));
    }
  }
}

TEST_CASE("Random::uniform has the range and mean and variance of a uniform number") {
  Random random(3);
  std::vector<Real> x(draws);
  nn::fill_uniform(x, random, -2, 4);
  CHECK(*std::ranges::min_element(x) >= -2);
  CHECK(*std::ranges::max_element(x) < 4);
  CHECK(std::abs(moments(x).mean - 1) < 5 * std::sqrt(3.0 / draws));
  CHECK(std::abs(moments(x).variance - 3) < 0.05);
}

TEST_CASE("Random::uniform never gives the upper end even where rounding would") {
  Random random(4);
  const Real low = 2 / std::numeric_limits<Real>::epsilon();
  for (int i = 0; i < 1000; ++i) {
    REQUIRE(random.uniform() < 1);
    REQUIRE(random.uniform(low, low + 2) == low);
    REQUIRE(random.uniform(low, low) == low);
  }
}

TEST_CASE("Random::normal has the mean and variance that were asked for") {
  Random random(5);
  std::vector<Real> x(draws);
  nn::fill_normal(x, random, 3, 2);
  CHECK(std::abs(moments(x).mean - 3) < 5 * 2 / std::sqrt(draws));
  CHECK(std::abs(moments(x).variance - 4) < 5 * 4 * std::sqrt(2.0 / draws));
}

TEST_CASE("Random::normal follows the normal distribution function everywhere") {
  // Kolmogorov's distance between the two distribution functions exceeds 1.95 / sqrt(n) once in a thousand samples
  Random random(6);
  std::vector<Real> x(draws);
  nn::fill_normal(x, random, 0, 1);
  std::ranges::sort(x);
  double distance = 0;
  for (std::size_t i = 0; i < draws; ++i) {
    const double expected = 0.5 * std::erfc(-static_cast<double>(x[i]) / std::sqrt(2.0));
    distance = std::max(distance, std::abs(expected - (static_cast<double>(i) + 0.5) / draws));
  }
  CHECK(distance * std::sqrt(draws) < 1.95);
  CHECK(x.front() < -3.8);
  CHECK(x.back() > 3.8);
}

TEST_CASE("Random::normal is the polar method with a logarithm as good as the library's") {
  if constexpr (std::is_same_v<Real, double>) {
    Random random(7);
    for (int i = 0; i < 10'000; ++i) {
      Random copy = random;
      double u = 0;
      double square = 0;
      do {
        u = 2 * copy.uniform() - 1;
        const double v = 2 * copy.uniform() - 1;
        square = u * u + v * v;
      } while (square >= 1 || square == 0);
      const double expected = u * std::sqrt(-2 * std::log(square) / square);
      REQUIRE(std::abs(random.normal() - expected) <= 1e-14 * std::abs(expected));
    }
  }
}

TEST_CASE("Random::below gives every number with the same chance") {
  Random random(8);
  for (const std::size_t count : {std::size_t{1}, std::size_t{2}, std::size_t{3}, std::size_t{7}, std::size_t{100}}) {
    std::vector<std::size_t> counts(count);
    for (std::size_t i = 0; i < draws; ++i) {
      ++counts.at(random.below(count));
    }
    CAPTURE(count);
    CHECK((count == 1 || chi_square(counts) < chi_square_limit(count)));
  }
}

TEST_CASE("Random::below is fair where a plain remainder would prefer the lower half") {
  // 2^64 mod (3 * 2^62) = 2^62: a remainder would fall below 2^62 twice as often
  Random random(9);
  std::vector<std::size_t> counts(3);
  for (std::size_t i = 0; i < draws; ++i) {
    ++counts.at(random.below(std::size_t{3} << 62) >> 62);
  }
  CHECK(chi_square(counts) < chi_square_limit(3));
}

TEST_CASE("Random::below refuses to choose from nothing") {
  CHECK_THROWS_WITH_AS(Random(1).below(0), "Random::below: count is 0, so there is nothing to choose from",
                       std::invalid_argument);
}

TEST_CASE("Random::shuffle gives every order with the same chance") {
  Random random(10);
  std::map<std::array<int, 4>, std::size_t> orders;
  for (std::size_t i = 0; i < draws; ++i) {
    std::array order = {1, 2, 3, 4};
    random.shuffle(std::span<int>(order));
    ++orders[order];
  }
  REQUIRE(orders.size() == 24);
  std::vector<std::size_t> counts;
  for (const auto& [order, count] : orders) {
    counts.push_back(count);
  }
  CHECK(chi_square(counts) < chi_square_limit(24));
}

TEST_CASE("Random::state continues a sequence in another generator") {
  Random first(12, 3);
  first.normal();
  Random second(0);
  std::ranges::copy(first.state(), second.state().begin());
  for (std::size_t i = 0; i < 5; ++i) {
    CHECK(first.bits() == second.bits());
  }
}

TEST_CASE("Random::shuffle leaves nothing and one thing as they are") {
  Random random(11);
  std::vector<int> nothing;
  random.shuffle(std::span<int>(nothing));
  std::vector<int> one = {5};
  random.shuffle(std::span<int>(one));
  CHECK(one == std::vector<int>{5});
}
