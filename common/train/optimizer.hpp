#pragma once

#include <initializer_list>
#include <string>
#include <variant>
#include <vector>

#include "nn/parameter.hpp"
#include "train/checkpoint.hpp"

namespace nn {

/// Changes the parameters of a model so that the loss falls. Lab 03 writes the rules: SGD, RMSProp, Adam, AdamW. A
/// training loop clears the gradients, runs forward and backward, and calls step.
class Optimizer {
 public:
  /// The parameters must outlive the optimizer and stay where they are.
  Optimizer(ParameterList parameters, Real rate) : learning_rate(rate), parameters_(std::move(parameters)) {}
  virtual ~Optimizer() = default;
  Optimizer(const Optimizer&) = delete;
  Optimizer& operator=(const Optimizer&) = delete;

  /// Changes the value of every parameter once, by the rule of the class and the gradient it holds. Leaves the
  /// gradients as they are.
  virtual void step() = 0;

  /// All that the rule remembers from step to step, under names such as "velocity.layer0.weight". Saved and loaded
  /// beside the parameters, it lets a stopped run go on, bit by bit the same. The learning rate is not part of it.
  virtual std::vector<CheckpointTensor> state() = 0;

  Real learning_rate;  // the only one; may be changed between steps, as a schedule does

 protected:
  /// One Vector for each parameter, in the order of the list, with as many numbers as the parameter has.
  using Buffers = std::vector<Vector>;

  /// Buffers full of zeros.
  Buffers zero_buffers() const;

  /// Something that a rule remembers, and its name: buffers, or the number of steps so far.
  struct Remembered {
    std::string name;
    std::variant<Buffers*, std::size_t*> value;
  };

  /// The state that consists of these.
  std::vector<CheckpointTensor> state_of(std::initializer_list<Remembered> remembered) const;

  const ParameterList parameters_;
};

}  // namespace nn
