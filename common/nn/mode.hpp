#pragma once

#include <stdexcept>

#include "tensor/random.hpp"

namespace nn {

/// How a model runs: in training, where dropout draws random numbers and batch normalisation uses its batch, or in
/// evaluation. Layers whose forward differs take it as forward(x, mode, cache); no layer keeps a mode or a generator.
class Mode {
 public:
  /// Training. Layers draw from `random`, which must outlive the mode.
  static Mode train(Random& random) { return Mode(&random); }

  /// Evaluation: no random numbers are drawn.
  static Mode evaluate() { return Mode(nullptr); }

  bool is_training() const { return random_ != nullptr; }

  /// The generator of training. Throws std::logic_error in evaluation.
  Random& random() const {
    if (random_ == nullptr) {
      throw std::logic_error("Mode::random: there is no generator in evaluation; check is_training() first");
    }
    return *random_;
  }

 private:
  explicit Mode(Random* random) : random_(random) {}

  Random* random_;
};

}  // namespace nn
