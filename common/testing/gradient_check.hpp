#pragma once

#include <functional>
#include <iosfwd>
#include <span>
#include <string>

#include "tensor/real.hpp"

namespace nn {

/// The result of a gradient check. Prints as a sentence; converts to whether the gradient is correct.
struct GradientCheck {
  bool passed = false;
  std::string message;
  explicit operator bool() const { return passed; }
};
std::ostream& operator<<(std::ostream& out, const GradientCheck& check);

/// Compares dx, the gradient of loss() with respect to x, with central differences, (loss(x + h) - loss(x - h)) / 2h,
/// where h is the cube root of the rounding unit. The relative error |dx - numeric| / max(1e-8, |dx| + |numeric|) of
/// every number must be at most 1e-6, or the difference must be within the rounding of the loss. x is restored. To make
/// a scalar loss of a tensor y, project it on a fixed random dy: sum(y * dy), whose gradient with respect to y is dy.
/// Keep x away from points without a derivative. Use as CHECK(check_gradient(...)).
GradientCheck check_gradient(const std::function<Real()>& loss, std::span<Real> x, std::span<const Real> dx);

/// Sum of the elementwise products of a and b: the projection above. Throws ShapeError if the sizes differ.
Real project(std::span<const Real> a, std::span<const Real> b);

}  // namespace nn
