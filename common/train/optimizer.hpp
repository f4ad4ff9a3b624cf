#pragma once

#include <initializer_list>
#include <string>
#include <variant>
#include <vector>

#include "nn/parameter.hpp"
#include "train/checkpoint.hpp"

namespace nn {

/// Changes the parameters of a model so that the loss falls. In lab 03 students write the rules: SGD, RMSProp, Adam,
/// AdamW. A training loop sets the gradients to zero, runs forward and backward, and calls step.
class Optimizer {
 public:
  /// The parameters must outlive the optimizer, and must not be moved.
  Optimizer(ParameterList parameters, Real rate) : learning_rate(rate), parameters_(std::move(parameters)) {}
  virtual ~Optimizer() = default;
  Optimizer(const Optimizer&) = delete;
  Optimizer& operator=(const Optimizer&) = delete;

  /// Changes the value of every parameter once, by the rule of the class, with its gradient. Does not change the
  /// gradients.
  virtual void step() = 0;

  /// Everything that the rule keeps from step to step, with names such as "velocity.layer0.weight". If it is saved and
  /// loaded with the parameters, a stopped run resumes exactly, bit for bit. The learning rate is not part of it.
  virtual std::vector<CheckpointTensor> state() = 0;

  Real learning_rate;  // used by every step; a schedule may change it between steps

 protected:
  /// One Vector for each parameter, in the order of the list, with as many numbers as the parameter has.
  using Buffers = std::vector<Vector>;

  /// Buffers full of zeros.
  Buffers zero_buffers() const;

  /// One part of a rule's state, with its name: buffers, or the number of steps so far.
  struct Remembered {
    std::string name;
    std::variant<Buffers*, std::size_t*> value;
  };

  /// The state that consists of these parts.
  std::vector<CheckpointTensor> state_of(std::initializer_list<Remembered> remembered) const;

  const ParameterList parameters_;
};

}  // namespace nn
