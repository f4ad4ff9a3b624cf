#pragma once

#include <functional>
#include <iosfwd>
#include <span>
#include <string>

#include "tensor/real.hpp"

namespace nn {

/// What a gradient check found. Prints as a sentence; converts to whether the gradient is right.
struct GradientCheck {
  bool passed = false;
  std::string message;
  explicit operator bool() const { return passed; }
};
std::ostream& operator<<(std::ostream& out, const GradientCheck& check);

/// Compares the gradient dx of loss() by x with central differences, (loss(x + h) - loss(x - h)) / 2h, where h is the
/// cube root of the rounding unit. The relative error |dx - numeric| / max(1e-8, |dx| + |numeric|) of every number must
/// be at most 1e-6, or the two equal but for the rounding of the loss. x is restored. Make a scalar loss of a tensor y
/// by projecting it on a fixed random dy: sum(y * dy), whose gradient by y is dy. Keep x away from kinks. Use as
/// CHECK(check_gradient(...)).
GradientCheck check_gradient(const std::function<Real()>& loss, std::span<Real> x, std::span<const Real> dx);

/// Sum of the elementwise products of a and b: the projection above. Throws ShapeError if the sizes differ.
Real project(std::span<const Real> a, std::span<const Real> b);

}  // namespace nn
