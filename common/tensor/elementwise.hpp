#pragma once

// Functions of every number of a span, in place, several numbers at once with the processor's vector instructions. In
// recurrent networks they are a large part of the time if std::tanh and std::exp compute number after number.

#include <span>

#include "tensor/real.hpp"

namespace nn {

/// x = tanh(x), elementwise.
void apply_tanh(std::span<Real> x);

/// x = 1 / (1 + e^-x), elementwise; does not overflow for any x.
void apply_sigmoid(std::span<Real> x);

}  // namespace nn
