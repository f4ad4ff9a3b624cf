#include "tensor/random.hpp"

#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>

namespace nn {

namespace {

/// Natural logarithm of x > 0, computed with + - * / only: std::log differs between libraries in the last bit, IEEE
/// arithmetic does not.
double portable_log(double x) {
  // Write x = m 2^e with m in [sqrt(1/2), sqrt(2))
  int exponent = 0;
  double mantissa = std::frexp(x, &exponent);
  if (mantissa < std::numbers::sqrt2 / 2) {
    mantissa *= 2;
    --exponent;
  }

  // Sum ln m = 2 artanh(s) = 2 (s + s^3/3 + s^5/5 + ...), s = (m - 1) / (m + 1), |s| < 0.172
  const double s = (mantissa - 1) / (mantissa + 1);
  const double square = s * s;
  double sum = 0;
  for (int k = 21; k >= 1; k -= 2) {
    sum = sum * square + 1.0 / k;
  }
  return 2 * s * sum + exponent * std::numbers::ln2;
}

}  // namespace

Random::Random(std::uint64_t seed, std::uint64_t stream) : state_{0, (stream << 1) | 1} {
  bits();
  state_[0] += seed;
  bits();
}

std::uint32_t Random::bits() {
  // Advance the linear congruential generator
  const std::uint64_t old = state_[0];
  state_[0] = old * 6364136223846793005ULL + state_[1];

  // Permute the old state: xor-shift the high bits down, then rotate by the top five
  const auto shifted = static_cast<std::uint32_t>(((old >> 18) ^ old) >> 27);
  const auto rotation = static_cast<std::uint32_t>(old >> 59);
  return (shifted >> rotation) | (shifted << ((32 - rotation) & 31));
}

double Random::uniform_double() {
  const std::uint64_t high = bits();
  const std::uint64_t low = bits();
  return static_cast<double>((high << 32 | low) >> 11) * 0x1p-53;
}

Real Random::uniform() {
  // Truncate instead of rounding: a float just below 1 must not become 1
  constexpr double steps = 1.0 / static_cast<double>(std::numeric_limits<Real>::epsilon()) * 2;
  return static_cast<Real>(std::floor(uniform_double() * steps) / steps);
}

Real Random::uniform(Real low, Real high) {
  // Rounding may make the sum equal to high
  const Real x = low + (high - low) * uniform();
  return x < high ? x : std::nextafter(high, low);
}

Real Random::normal(Real mean, Real deviation) {
  // Draw a point (u, v) in the unit disc, except its centre
  double u = 0;
  double square = 0;
  do {
    u = 2 * uniform_double() - 1;
    const double v = 2 * uniform_double() - 1;
    square = u * u + v * v;
  } while (square >= 1 || square == 0);

  // Scale its first coordinate
  return mean + deviation * static_cast<Real>(u * std::sqrt(-2 * portable_log(square) / square));
}

std::size_t Random::below(std::size_t count) {
  if (count == 0) {
    throw std::invalid_argument("Random::below: count is 0, so there is nothing to choose from");
  }
  // Reject the draws beyond the last full multiple of count, so that no result is more likely than another
  const std::uint64_t limit = std::numeric_limits<std::uint64_t>::max() / count * count;
  std::uint64_t draw = 0;
  do {
    const std::uint64_t high = bits();
    draw = high << 32 | bits();
  } while (draw >= limit);
  return static_cast<std::size_t>(draw % count);
}

void fill_uniform(std::span<Real> x, Random& random, Real low, Real high) {
  for (Real& value : x) {
    value = random.uniform(low, high);
  }
}

void fill_normal(std::span<Real> x, Random& random, Real mean, Real deviation) {
  for (Real& value : x) {
    value = random.normal(mean, deviation);
  }
}

}  // namespace nn
