#pragma once

#include <stdexcept>

#include "tensor/random.hpp"

namespace nn {

/// How a model runs: in training, where dropout draws and batch normalisation looks at its batch, or in evaluation.
/// Layers that differ take it as forward(x, mode, cache); none keeps a mode or a generator of its own.
class Mode {
 public:
  /// Training; `random`, which must outlive the mode, is what layers draw from.
  static Mode train(Random& random) { return Mode(&random); }

  /// Evaluation: nothing is drawn.
  static Mode evaluate() { return Mode(nullptr); }

  bool is_training() const { return random_ != nullptr; }

  /// The generator of training. Throws std::logic_error in evaluation.
  Random& random() const {
    if (random_ == nullptr) {
      throw std::logic_error("Mode::random: nothing is drawn in evaluation; ask is_training() first");
    }
    return *random_;
  }

 private:
  explicit Mode(Random* random) : random_(random) {}

  Random* random_;
};

}  // namespace nn
