#pragma once

#include "tensor/tensor.hpp"

namespace nn {

/// The fraction of predictions: (count) that equal their labels: (count), between 0 and 1. Throws ShapeError if the
/// counts differ or are 0.
double accuracy(const IdVector& predictions, const IdVector& labels);

}  // namespace nn
