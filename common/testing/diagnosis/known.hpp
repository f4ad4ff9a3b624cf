#pragma once

#include "testing/diagnosis/wrong_value.hpp"

namespace wire::diagnosis {

/// What can be laid over a result of this shape and made of known arrays: first and last rows, sums and means over
/// axes, products of two, elementwise or of matrices. It takes no longer than a few milliseconds; what would is left
/// out.
std::vector<Known> derived_from(const std::vector<Known>& known, const Shape& shape);

}  // namespace wire::diagnosis
