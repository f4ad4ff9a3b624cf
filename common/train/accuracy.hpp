#pragma once

#include "tensor/tensor.hpp"

namespace nn {

/// The share of predictions: (count) that equal their label: (count), between 0 and 1. Throws ShapeError if there are
/// more or fewer labels, or none.
double accuracy(const IdVector& predictions, const IdVector& labels);

}  // namespace nn
