#pragma once

#include "tensor/tensor.hpp"
#include "testing/record.hpp"

namespace nn {

using wire::Matcher;

/// Every number equals the expected one up to rounding. `terms` is the number of terms in the sum for each number: the
/// tolerance grows with its square root. Ids must be equal.
Matcher close(std::size_t terms = 1);

/// Every number within `tolerance` of the expected one, relative to the largest expected number of the tensor. For
/// results of many steps, which amplify rounding.
Matcher within(double tolerance);

/// Every number in [low, high]; only the shape is compared with the reference.
Matcher between(double low, double high);

/// Predicted ids, of which at least `fraction` must equal the labels; the labels come from hidden(...).
Matcher accuracy_at_least(double fraction, const IdVector& labels);

/// Mean and standard deviation of the numbers are within `tolerance` of the reference's, relative to its deviation. For
/// random outputs.
Matcher moments(double tolerance);

}  // namespace nn
