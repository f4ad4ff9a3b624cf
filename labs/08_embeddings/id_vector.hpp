#pragma once

// Given, not graded.

#include <algorithm>
#include <span>

#include "tensor/tensor.hpp"

namespace nn {

/// A list of ids as a vector: (ids).
inline IdVector id_vector(std::span<const Id> ids) {
  IdVector vector = IdVector::from_shape({ids.size()});
  std::ranges::copy(ids, vector.begin());
  return vector;
}

}  // namespace nn
