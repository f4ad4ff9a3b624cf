#pragma once

// Sums of contiguous numbers, such as a row or a channel, that use all of the processor: several parts of a sum grow
// side by side, where in a plain loop each addition waits for the one before.

#include <span>

#include "tensor/real.hpp"

namespace nn {

/// The sum of all numbers of x; 0 if there are none.
Real sum_of(std::span<const Real> x);

/// The sum of a[i] b[i]. Throws ShapeError if the sizes differ.
Real dot_product(std::span<const Real> a, std::span<const Real> b);

/// y[i] += factor x[i]. Throws ShapeError if the sizes differ.
void add_scaled(std::span<const Real> x, Real factor, std::span<Real> y);

}  // namespace nn
