#include "testing/matchers.hpp"

#include <cmath>

#include "testing/array.hpp"

namespace nn {

namespace {

/// Two correct ways to compute a number differ by a few rounding errors. Double: 2e-16 each; even the smallest mistakes
/// are wrong by 1e-4 or more, so 1e-9 leaves a wide margin on both sides. Float: 1e-7 each.
constexpr double rounding = sizeof(Real) == sizeof(double) ? 1e-9 : 1e-4;

}  // namespace

Matcher close(std::size_t terms) { return within(rounding * std::sqrt(static_cast<double>(terms))); }

Matcher within(double tolerance) {
  Matcher matcher;
  matcher.kind = Matcher::Kind::close;
  matcher.tolerance = tolerance;
  return matcher;
}

Matcher between(double low, double high) {
  Matcher matcher;
  matcher.kind = Matcher::Kind::between;
  matcher.low = low;
  matcher.high = high;
  return matcher;
}

Matcher accuracy_at_least(double fraction, const IdVector& labels) {
  Matcher matcher;
  matcher.kind = Matcher::Kind::accuracy;
  matcher.low = fraction;
  matcher.labels = to_array(labels);
  return matcher;
}

Matcher moments(double tolerance) {
  Matcher matcher;
  matcher.kind = Matcher::Kind::moments;
  matcher.tolerance = tolerance;
  return matcher;
}

}  // namespace nn
