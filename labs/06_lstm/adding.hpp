#pragma once

// Given, not graded: the adding problem (Hochreiter and Schmidhuber 1997, section 5.4; in the form of Le, Jaitly and
// Hinton 2015, section 4.1).

#include "tensor/random.hpp"
#include "tensor/tensor.hpp"

namespace nn {

/// Sequences of pairs: a number, uniform in [0, 1), and a mark, which is 1 at two steps and 0 elsewhere. One mark is in
/// the first half of the steps, one in the second. The target is the sum of the two numbers with marks. To answer
/// always with 1 has a mean squared error of 1/6.
struct AddingProblem {
  Tensor3 x;      // (time, batch, 2)
  Matrix target;  // (batch, 1)

  AddingProblem(std::size_t time, std::size_t batch, Random& random)
      : x(zeros({time, batch, 2})), target(zeros({batch, 1})) {
    for (std::size_t b = 0; b < batch; ++b) {
      for (std::size_t t = 0; t < time; ++t) {
        x(t, b, 0) = random.uniform();
      }
      for (const std::size_t marked : {random.below(time / 2), time / 2 + random.below(time - time / 2)}) {
        x(marked, b, 1) = 1;
        target(b, 0) += x(marked, b, 0);
      }
    }
  }
};

}  // namespace nn
