#include "testing/gradient_check.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <ostream>

#include "tensor/shape.hpp"

namespace nn {

std::ostream& operator<<(std::ostream& out, const GradientCheck& check) { return out << check.message; }

GradientCheck check_gradient(const std::function<Real()>& loss, std::span<Real> x, std::span<const Real> dx) {
  static_assert(sizeof(Real) == sizeof(double) || sizeof(Real) == sizeof(float));
  if (dx.size() != x.size()) {
    return {false, fmt::format("the gradient has {} numbers for {} inputs", dx.size(), x.size())};
  }

  // Move one input at a time by a small step in both directions
  const Real h = std::cbrt(std::numeric_limits<Real>::epsilon());
  double worst = 0;
  GradientCheck check{true, "the gradient equals the central differences"};
  for (std::size_t i = 0; i < x.size(); ++i) {
    const Real kept = x[i];
    x[i] = kept + h;
    const Real above = loss();
    x[i] = kept - h;
    const Real below = loss();
    x[i] = kept;

    // Compare the slope with the gradient
    const double numeric = static_cast<double>(above - below) / (2 * static_cast<double>(h));
    const double got = static_cast<double>(dx[i]);
    const double error = std::abs(got - numeric) / std::max(1e-8, std::abs(got) + std::abs(numeric));
    const double scale = std::max({1.0, std::abs(static_cast<double>(above)), std::abs(static_cast<double>(below))});
    const bool is_rounding = std::abs(got - numeric) < 1e-9 * scale;
    if (!(error <= 1e-6) && !is_rounding && !(error <= worst)) {
      worst = error;
      check.passed = false;
      check.message = fmt::format("gradient check: number {} of {} is {:.9g}, but central differences give {:.9g}", i,
                                  x.size(), got, numeric);
    }
  }
  return check;
}

Real project(std::span<const Real> a, std::span<const Real> b) {
  if (a.size() != b.size()) {
    throw ShapeError(fmt::format("project: {} numbers times {} numbers", a.size(), b.size()));
  }
  Real sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    sum += a[i] * b[i];
  }
  return sum;
}

}  // namespace nn
