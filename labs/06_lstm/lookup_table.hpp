#pragma once

// Given, not graded: learned numbers for each id, in place of one-hot rows. Lab 08 builds this layer.

#include <algorithm>

#include "nn/parameter.hpp"
#include "tensor/random.hpp"
#include "tensor/reshape.hpp"
#include "tensor/shape.hpp"
#include "tensor/tensor.hpp"

namespace nn {

/// Row id of a matrix, for each id: what a one-hot row times the matrix gives, without the product.
class LookupTable {
 public:
  /// Rows are normal with mean 0 and deviation 1.
  LookupTable(std::size_t count, std::size_t size, Random& random) : weight({count, size}) {
    fill_normal(values(weight.value), random, 0, 1);
  }

  /// ids: (time, batch) -> (time, batch, size). Throws IdError if an id is not below count.
  Tensor3 forward(const IdMatrix& ids) const {
    check_ids("LookupTable::forward", ids, weight.value.shape(0));
    Tensor3 y({ids.shape(0), ids.shape(1), weight.value.shape(1)});
    for (std::size_t t = 0; t < ids.shape(0); ++t) {
      for (std::size_t b = 0; b < ids.shape(1); ++b) {
        std::ranges::copy(row(weight.value, ids(t, b)), row(y, t, b).begin());
      }
    }
    return y;
  }

  /// dy: (time, batch, size), ids: those of forward. Adds each row of dy to the row of weight.grad it came from.
  void backward(const Tensor3& dy, const IdMatrix& ids) {
    for (std::size_t t = 0; t < ids.shape(0); ++t) {
      for (std::size_t b = 0; b < ids.shape(1); ++b) {
        const std::span<const Real> from = row(dy, t, b);
        const std::span<Real> to = row(weight.grad, ids(t, b));
        for (std::size_t k = 0; k < from.size(); ++k) {
          to[k] += from[k];
        }
      }
    }
  }

  ParameterList parameters() { return {{"weight", weight}}; }

  Parameter<2> weight;  // (count, size)
};

}  // namespace nn
